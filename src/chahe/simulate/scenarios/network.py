"""Scenarios of firewalls and their logs: each breach, and beside it what only looks like one."""

from datetime import date, timedelta
from typing import Final

from chahe.simulate.cast.staff_and_systems import Downtime, FirewallReview, Link, Silence
from chahe.simulate.days import DAY, at, months_before
from chahe.simulate.life import people
from chahe.simulate.life.company import Firm
from chahe.simulate.scenarios.scenario import Dial, Scenario, in_words, none
from chahe.simulate.truth import Truth
from chahe.wording import Text


def near_misses(firm: Firm, truth: Truth) -> None:
    _kept_long_enough(firm, truth)
    _explained_silences(firm, truth)
    _retired_link(firm, truth)
    _reviewed_a_year_ago(firm, truth)


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


def _log_too_short(firm: Firm, truth: Truth, dial: Dial) -> None:
    told, most = months_before(firm.as_of, 14), months_before(firm.as_of, 3)
    begins = dial.day(told, most, months_before(firm.as_of, 36) + DAY)
    firm.firewall("asa-branch").log_from = begins
    truth.planted(
        "firewall-log-retention",
        "firewall_log_too_short",
        f"台中分公司防火牆啟用逾四年，進出紀錄只留{_kept(firm, begins)}",
        device="asa-branch",
    )


def _kept(firm: Firm, begins: date) -> str:
    months = next(nth for nth in range(37) if months_before(firm.as_of, nth + 1) < begins)
    return f"{in_words(months)}個月"


def _silence(firm: Firm, truth: Truth, dial: Dial) -> None:
    hours = dial.whole(47, 120, 7)
    begin = at(firm.as_of - dial.among(40, 36, 60) * DAY, dial.among(3, 0, 15), 20)
    silence = Silence(begin, begin + timedelta(hours=hours))
    firm.firewall("fg-colo").silences.append(silence)
    truth.planted(
        "firewall-log-gaps",
        "firewall_fell_silent",
        f"主機共置防火牆斷訊 {hours} 小時，沒有停機紀錄",
        device="fg-colo",
        silent_from_us=silence,
    )


def _bare_link(firm: Firm, truth: Truth, dial: Dial) -> None:
    since = months_before(firm.as_of, dial.among(9, 2, 30))
    kind, told = dial.pick(
        ("主機共置網路", "共置機櫃備援線路"), [("網際網路", "分公司備援線路"), ("證券交易資訊網路", "備援專線")]
    )
    firm.links.append(Link("L-06", kind, told, None, since))
    truth.planted(
        "firewall-missing",
        "colocation_link_without_firewall",
        "共置機櫃的備援線路沒有經過防火牆" if told == "共置機櫃備援線路" else f"{told}沒有經過防火牆",
        subject_kind="link",
        subject="L-06",
    )


def _review_overdue(firm: Firm, truth: Truth, dial: Dial) -> None:
    last = dial.day(months_before(firm.as_of, 13), months_before(firm.as_of, 25), months_before(firm.as_of, 12) - DAY)
    _reviewed(firm, "fg-hq", last)
    told = "十三個月前" if last == months_before(firm.as_of, 13) else f"{(firm.as_of - last).days} 天前"
    truth.planted(
        "firewall-rules-unreviewed", "review_overdue", f"總公司防火牆規則最近一次檢視在{told}", device="fg-hq"
    )


def _review_without_reviewer(firm: Firm, truth: Truth, dial: Dial) -> None:
    """A review of this year that names no reviewer, after a full one long ago."""
    _reviewed(firm, "fg-colo", months_before(firm.as_of, 13))
    newest = months_before(firm.as_of, dial.among(2, 1, 11))
    firm.firewall_reviews.append(FirewallReview("FR-115-20", "fg-colo", newest, None, "無異常"))
    truth.planted(
        "firewall-rules-unreviewed", "review_without_reviewer", "主機共置防火牆今年的檢視沒有檢視人", device="fg-colo"
    )


def _reviewed(firm: Firm, device: str, day: date) -> None:
    review = next(one for one in firm.firewall_reviews if one.device == device)
    review.reviewed = day
    for rule in firm.firewall_rules:
        if rule.device == device:
            rule.changed = day - 30 * DAY


SCENARIOS: Final = (
    Scenario(
        "firewall_log_too_short",
        "firewall-log-retention",
        _log_too_short,
        Text("只留三個月…差一天滿三年", "kept for three months … a day short of three years"),
    ),
    Scenario(
        "firewall_fell_silent",
        "firewall-log-gaps",
        _silence,
        Text("斷訊五天…七小時，恰足以超出平時規律", "silent for five days … seven hours, just beyond its rhythm"),
    ),
    Scenario(
        "colocation_link_without_firewall",
        "firewall-missing",
        _bare_link,
        none("線路有防火牆或沒有；換的是線路與啟用日", "a link has a firewall or not; which link and since when vary"),
    ),
    Scenario(
        "review_overdue",
        "firewall-rules-unreviewed",
        _review_overdue,
        Text("上次檢視在二十五個月前…一年又一天前", "last reviewed 25 months … a year and a day ago"),
    ),
    Scenario(
        "review_without_reviewer",
        "firewall-rules-unreviewed",
        _review_without_reviewer,
        none("檢視人有載明或沒有；換的是檢視日", "the reviewer is named or not; the day varies"),
    ),
)
