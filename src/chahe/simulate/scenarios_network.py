"""Scenarios of firewalls and their logs: each breach, and beside it what only looks like one."""

from datetime import timedelta

from chahe.simulate import people
from chahe.simulate.cast import Downtime, FirewallReview, Link, Silence
from chahe.simulate.company import Firm
from chahe.simulate.days import DAY, at, months_before
from chahe.simulate.truth import Truth


def near_misses(firm: Firm, truth: Truth) -> None:
    _kept_long_enough(firm, truth)
    _explained_silences(firm, truth)
    _retired_link(firm, truth)
    _reviewed_a_year_ago(firm, truth)


def breaches(firm: Firm, truth: Truth) -> None:
    _log_too_short(firm, truth)
    _silence(firm, truth)
    _bare_link(firm, truth)
    _unreviewed(firm, truth)


def _kept_long_enough(firm: Firm, truth: Truth) -> None:
    """The headquarters' firewall begins with the very day that must be held; the one at the recovery site is new."""
    firm.firewall("fg-hq").log_from = months_before(firm.as_of, 36)
    truth.silent("firewall-log-retention", "最早一筆恰在三年前當日", device="fg-hq")
    truth.silent("firewall-log-retention", "啟用才五個月，紀錄自啟用日起", device="fg-dr")


def _explained_silences(firm: Firm, truth: Truth) -> None:
    """Six hours of maintenance that are on record, and a quiet night at the branch."""
    begin = at(firm.as_of - 75 * DAY, 2, 5)
    down = Silence(begin, begin + timedelta(hours=6))
    firm.firewall("fg-hq").silences.append(down)
    firm.downtimes.append(
        Downtime(
            "FG-HQ",
            begin - timedelta(minutes=5),
            down.ends + timedelta(minutes=10),
            "韌體升級",
            firm.employee(people.IT_MANAGER).name,
        )
    )
    truth.silent("firewall-log-gaps", "六小時的中斷有停機紀錄", device="fg-hq", silent_from_us=down)
    night = at(firm.as_of - 33 * DAY, 1, 10)
    quiet = Silence(night, night + timedelta(hours=4, minutes=40))
    firm.firewall("asa-branch").silences.append(quiet)
    truth.silent(
        "firewall-log-gaps", "流量少的設備在夜間數小時沒有紀錄，合乎規律", device="asa-branch", silent_from_us=quiet
    )


def _retired_link(firm: Firm, truth: Truth) -> None:
    ended = months_before(firm.as_of, 1)
    firm.links.append(Link("L-90", "網際網路", "舊分公司 ADSL", None, months_before(firm.as_of, 40), ended))
    truth.silent("firewall-missing", "線路上個月已停用", subject_kind="link", subject="L-90")


def _reviewed_a_year_ago(firm: Firm, truth: Truth) -> None:
    review = next(one for one in firm.firewall_reviews if one.device == "asa-branch")
    review.reviewed = months_before(firm.as_of, 12)
    for rule in firm.firewall_rules:
        if rule.device == "asa-branch":
            rule.changed = review.reviewed - 20 * DAY
    truth.silent("firewall-rules-unreviewed", "恰在一年前當日檢視，仍在一年內", device="asa-branch")


def _log_too_short(firm: Firm, truth: Truth) -> None:
    firm.firewall("asa-branch").log_from = months_before(firm.as_of, 14)
    truth.planted(
        "firewall-log-retention",
        "firewall_log_too_short",
        "台中分公司防火牆啟用逾四年，進出紀錄只留十四個月",
        device="asa-branch",
    )


def _silence(firm: Firm, truth: Truth) -> None:
    begin = at(firm.as_of - 40 * DAY, 3, 20)
    silence = Silence(begin, begin + timedelta(hours=47))
    firm.firewall("fg-colo").silences.append(silence)
    truth.planted(
        "firewall-log-gaps",
        "firewall_fell_silent",
        "主機共置防火牆斷訊 47 小時，沒有停機紀錄",
        device="fg-colo",
        silent_from_us=silence,
    )


def _bare_link(firm: Firm, truth: Truth) -> None:
    firm.links.append(Link("L-06", "主機共置網路", "共置機櫃備援線路", None, months_before(firm.as_of, 9)))
    truth.planted(
        "firewall-missing",
        "colocation_link_without_firewall",
        "共置機櫃的備援線路沒有經過防火牆",
        subject_kind="link",
        subject="L-06",
    )


def _unreviewed(firm: Firm, truth: Truth) -> None:
    """One review thirteen months old; another of this year that names no reviewer, after a full one long ago."""
    late = months_before(firm.as_of, 13)
    for device in ("fg-hq", "fg-colo"):
        review = next(one for one in firm.firewall_reviews if one.device == device)
        review.reviewed = late
        for rule in firm.firewall_rules:
            if rule.device == device:
                rule.changed = late - 30 * DAY
    truth.planted(
        "firewall-rules-unreviewed", "review_overdue", "總公司防火牆規則最近一次檢視在十三個月前", device="fg-hq"
    )
    firm.firewall_reviews.append(FirewallReview("FR-115-20", "fg-colo", months_before(firm.as_of, 2), None, "無異常"))
    truth.planted(
        "firewall-rules-unreviewed", "review_without_reviewer", "主機共置防火牆今年的檢視沒有檢視人", device="fg-colo"
    )
