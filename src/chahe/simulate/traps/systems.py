"""Traps of networks, machines and logs: declared silences, fixes not yet due, findings of no weight, consent to the second."""

from datetime import timedelta
from typing import Final

from chahe.simulate.cast.staff_and_systems import Downtime, Link, Silence, Weakness
from chahe.simulate.cast.upkeep import Patch
from chahe.simulate.days import DAY, at, months_before, us
from chahe.simulate.life import people
from chahe.simulate.life.company import (
    COLO,
    COLOCATED,
    DC,
    OFFICIAL_SITE,
    OGW,
    ORDER_GATEWAY,
    WEB,
    WEB_ORDER,
    WWW,
    Firm,
)
from chahe.simulate.life.deeds import approve, use_root
from chahe.simulate.life.remote import ACCOUNT, ADDRESS, GATEWAY, connect
from chahe.simulate.life.scans import scan_of
from chahe.simulate.life.upkeep import GUARD
from chahe.simulate.scenarios.openings import add_rule, from_outside
from chahe.simulate.traps.trap import Trap
from chahe.simulate.truth import Truth, Value
from chahe.wording import Text

_SECOND: Final = timedelta(seconds=1)


def _declared_silence(firm: Firm, truth: Truth, nth: int) -> None:
    """The headquarters' firewall and the order gateway were down again, on record."""
    manager = firm.employee(people.IT_MANAGER).name
    for subject, begins, hours in (
        ("FG-HQ", at(firm.as_of - (75 + 14 * nth) * DAY, 2, 5), 6),
        ("ogw01", at(firm.as_of - (122 + 11 * nth) * DAY, 18, 30), 30),
    ):
        down = Silence(begins, begins + timedelta(hours=hours))
        firm.downtimes.append(
            Downtime(subject, begins - timedelta(minutes=5), down.ends + timedelta(minutes=10), "定期維護", manager)
        )
        if subject == "ogw01":
            firm.host_silences.setdefault(OGW, []).append(down)
            truth.silent("audit-log-gaps", "中斷有停機紀錄", system=ORDER_GATEWAY, silent_from_us=down)
        else:
            firm.firewall("fg-hq").silences.append(down)
            truth.silent("firewall-log-gaps", "中斷有停機紀錄", device="fg-hq", silent_from_us=down)


def _retired_link(firm: Firm, truth: Truth, nth: int) -> None:
    ended, link = firm.as_of - nth * DAY, f"L-{nth:02}X"
    firm.links.append(Link(link, "網際網路", "已裁撤據點專線", None, months_before(firm.as_of, 40), ended))
    truth.silent("firewall-missing", "線路已停用", subject_kind="link", subject=link)


def _lasting_rule(firm: Firm, truth: Truth, nth: int) -> None:
    rule = from_outside(firm, "", "弱掃複測", firm.as_of + nth * DAY)
    rule.rule, rule.source = str(40 + nth), f"198.51.100.{100 + nth}"
    add_rule(firm, rule)
    truth.silent("firewall-rule-too-open", "臨時規則還沒到期", device="fg-hq", policy="policy", rule=rule.rule)


def _kept_to_the_day(firm: Firm, truth: Truth, nth: int) -> None:
    last = sorted((one for one in firm.watch.backups if one.device == "fg-hq"), key=lambda one: one.ends)[-nth]
    last.kept_until = months_before(last.ends, -36)
    truth.silent("firewall-log-backup", "備份恰保存到三年後當日", device="fg-hq", happened_on=last.ends)


def _week_old_signatures(firm: Firm, truth: Truth, nth: int) -> None:
    host = (OGW, COLO, WEB, DC)[nth - 1]
    guard = next(one for one in firm.upkeep.software if one.host == host and one.kind == GUARD)
    guard.signatures = firm.as_of - 7 * DAY
    truth.silent("antivirus-stale", "病毒碼恰在七天前更新", host=host)


def _fix_not_due(firm: Firm, truth: Truth, nth: int) -> None:
    number = f"RHSA-91{nth:02}"
    out = firm.as_of - (31 - min(nth, 30)) * DAY
    firm.upkeep.patches.append(Patch(number, OGW, "Red Hat Enterprise Linux", "嚴重", out))
    truth.silent("security-patch-overdue", "修補期限未到", subject_kind="fix", host=OGW, subject=number)


def _asked_for_access(firm: Firm, truth: Truth, nth: int) -> None:
    begins = at(firm.as_of - (76 + 4 * nth) * DAY, 15, 0, nth % 60)
    connect(firm, f"RA-5{nth:02}", begins)
    key: dict[str, Value] = {
        "device": GATEWAY,
        "account": ACCOUNT,
        "source_address": ADDRESS,
        "began_at_us": us(begins),
    }
    truth.silent("remote-access-uncontrolled", "申請期間的第一秒連入", **key)


def _reviewed_month(firm: Firm, truth: Truth, nth: int) -> None:
    review = firm.upkeep.reviews[-nth]
    review.reviewed = review.ends + 28 * DAY
    truth.silent("remote-access-unreviewed", "覆核在一個月的期限內", device=GATEWAY, month_end=review.ends)


def _approved_to_the_second(firm: Firm, truth: Truth, nth: int) -> None:
    """One consent that covers the use just so, and one that nobody used."""
    account = firm.employee(people.ENGINEER).account
    when = at(firm.as_of - (62 + 4 * nth) * DAY, 20, 13, 8)
    use_root(firm, OGW, account, when)
    approve(firm, OGW, when, when + _SECOND).approved = when
    key: dict[str, Value] = {"host": OGW, "account": account, "target": "root"}
    truth.silent("privileged-use-unapproved", "核准與使用同一秒", **key, happened_on=when.date())
    night = at(firm.as_of - (61 + 4 * nth) * DAY, 3)
    unused = approve(firm, OGW, night, night + DAY / 24)
    firm.upkeep.unrecorded.add(unused.approval)
    truth.silent("privileged-use-unrecorded", "核准後沒有使用", approval_id=unused.approval)


def _weightless_finding(firm: Firm, truth: Truth, nth: int) -> None:
    """Of low risk: not due inside, and of no weight on the public site."""
    inside = Weakness(f"1052{nth:02}", "TCP/IP Timestamps Supported", 1, 0, "tcp", None, "2.1")
    scan_of(firm, DC, 2).weaknesses.append(inside)
    truth.silent("vulnerability-untreated", "低風險，處理期限未到", host=DC, finding_id=inside.plugin, port=0)
    seen = Weakness(f"1.3.6.1.4.1.25623.1.0.8{nth:04}", "Cookie without SameSite", 1, 443, "tcp", None, "2.6", "Web")
    next(one for one in reversed(firm.scans) if one.outside).weaknesses.append(seen)
    truth.silent("official-site-vulnerable", "低風險", system=OFFICIAL_SITE, host=WWW, finding_id=seen.plugin, port=443)


def _yearly_stress_test(firm: Firm, truth: Truth, nth: int) -> None:
    system = (ORDER_GATEWAY, COLOCATED)[nth - 1]
    next(one for one in firm.upkeep.stress_tests if one.system == system).tested = months_before(firm.as_of, 12)
    truth.silent("capacity-untested", "恰在一年前當日壓力測試", system=system)


def _sudo_without_source(_firm: Firm, truth: Truth, nth: int) -> None:
    system, host = ((COLOCATED, COLO), (WEB_ORDER, WEB))[nth - 1]
    truth.silent(
        "audit-log-incomplete", "使用權限（sudo）的紀錄沒有來源欄位", system=system, host=host, missing="source"
    )


TRAPS: Final = (
    Trap("firewall-log-gaps audit-log-gaps", _declared_silence, 15, Text("一年之內", "within the year")),
    Trap("firewall-missing", _retired_link),
    Trap("firewall-rule-too-open", _lasting_rule),
    Trap("firewall-log-backup", _kept_to_the_day, 12, Text("每月一份備份", "a backup a month")),
    Trap("antivirus-stale", _week_old_signatures, 4, Text("只有六部主機", "there are six hosts")),
    Trap("security-patch-overdue", _fix_not_due),
    Trap("remote-access-uncontrolled", _asked_for_access, 20, Text("一年之內", "within the year")),
    Trap("remote-access-unreviewed", _reviewed_month, 8, Text("每月一次覆核", "a review a month")),
    Trap(
        "privileged-use-unapproved privileged-use-unrecorded",
        _approved_to_the_second,
        12,
        Text("避開例行維護的日子", "days of routine work are left out"),
    ),
    Trap("vulnerability-untreated official-site-vulnerable", _weightless_finding),
    Trap("capacity-untested", _yearly_stress_test, 2, Text("只有五個重要系統", "there are five important systems")),
    Trap(
        "audit-log-incomplete",
        _sudo_without_source,
        2,
        Text("只有四部重要主機有 sudo", "few important hosts have sudo"),
    ),
)
