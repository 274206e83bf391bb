"""Scenarios of upkeep: fixes, anti-virus and assessments in time or not; and what only looks late."""

from datetime import datetime
from typing import Final

from chahe.simulate.cast.upkeep import Patch, Session, Software, StressTest
from chahe.simulate.days import DAY, at, months_before, us
from chahe.simulate.life import people
from chahe.simulate.life.company import OGW, SETTLEMENT, WEB, WEB_ORDER, WIN, WWW, Firm
from chahe.simulate.life.deeds import approve
from chahe.simulate.life.remote import ACCOUNT, ADDRESS, GATEWAY, month_end
from chahe.simulate.life.upkeep import GUARD
from chahe.simulate.scenarios.scenario import Dial, Scenario, in_words, none
from chahe.simulate.truth import Truth
from chahe.wording import Text


def near_misses(firm: Firm, truth: Truth) -> None:
    upkeep, manager = firm.upkeep, firm.employee(people.IT_MANAGER).name
    upkeep.assessments[-1].assessed = months_before(firm.as_of, 12) + DAY
    truth.silent("network-assessment-overdue", "去年底的評估仍在一年內", subject="network-of-last-year")
    _guard(firm, WWW).signatures = firm.as_of - 7 * DAY
    truth.silent("antivirus-stale", "病毒碼恰在七天前更新", host=WWW)
    upkeep.patches.append(
        Patch(
            "RHSA-9001",
            OGW,
            "Red Hat Enterprise Linux",
            "高",
            firm.as_of - 70 * DAY,
            None,
            firm.as_of,
            manager,
            "與下單程式不相容",
        )
    )
    truth.silent("security-patch-overdue", "核准暫緩到今天", subject_kind="fix", host=OGW, subject="RHSA-9001")
    _quiet_access(firm, truth)
    _tested(firm, SETTLEMENT).tested = months_before(firm.as_of, 12)
    truth.silent("capacity-untested", "恰在一年前當日壓力測試", system=SETTLEMENT)


def _quiet_access(firm: Firm, truth: Truth) -> None:
    """A session at the very moment its request begins, a month whose review is not due, an approval that nobody used."""
    first = firm.upkeep.sessions[0]
    truth.silent("remote-access-uncontrolled", "申請期間的第一秒連入", **_session(first.begins))
    newest = month_end(months_before(firm.as_of, 2))
    truth.silent("remote-access-unreviewed", "覆核期限未到", device=GATEWAY, month_end=newest)
    night = at(firm.as_of - 60 * DAY, 3)
    unused = approve(firm, OGW, night, night + DAY / 24)
    firm.upkeep.unrecorded.add(unused.approval)
    truth.silent("privileged-use-unrecorded", "核准後沒有使用", approval_id=unused.approval)


def _session(begins: datetime) -> dict[str, str | int]:
    return {"device": GATEWAY, "account": ACCOUNT, "source_address": ADDRESS, "began_at_us": us(begins)}


def _assessed_in_part(firm: Firm, truth: Truth, dial: Dial) -> None:
    last = firm.upkeep.assessments[-1]
    last.result = dial.pick("", ["無", "待補"])
    truth.planted("network-assessment-overdue", "assessment_in_part", "今年的網路安全評估沒有結論", subject="network")


def _signatures_old(firm: Firm, truth: Truth, dial: Dial) -> None:
    days = dial.whole(23, 200, 8)
    _guard(firm, WIN).signatures = firm.as_of - days * DAY
    truth.planted("antivirus-stale", "signatures_old", f"結算主機病毒碼{in_words(days)}天未更新", host=WIN)


def _patch_overdue(firm: Firm, truth: Truth, dial: Dial) -> None:
    days = dial.whole(31, 400, 31)
    firm.upkeep.patches.append(Patch("RHSA-9002", WEB, "Apache HTTP Server", "嚴重", firm.as_of - days * DAY))
    truth.planted(
        "security-patch-overdue",
        "patch_overdue",
        f"網路下單主機的嚴重修補{in_words(days)}天未安裝",
        subject_kind="fix",
        host=WEB,
        subject="RHSA-9002",
    )


def _host_left_out(firm: Firm, truth: Truth, dial: Dial) -> None:
    _tested(firm, WEB_ORDER).scope = dial.pick("負載平衡器、資料庫", ["負載平衡器", "資料庫、備援線路"])
    truth.planted("capacity-untested", "host_left_out", "網路下單的壓力測試漏了網路下單主機", system=WEB_ORDER)


def _without_request(firm: Firm, truth: Truth, dial: Dial) -> None:
    upkeep = firm.upkeep
    stray = at(firm.as_of - dial.among(48, 36, 55) * DAY, dial.by_degree(22, (2, 22, 20, 15)), 40)
    upkeep.sessions.append(Session(ACCOUNT, stray))
    truth.planted(
        "remote-access-uncontrolled",
        "remote_without_request",
        f"廠商{'夜間' if stray.hour in (2, 22) else ''}連入沒有申請",
        **_session(stray),
    )


def _month_unreviewed(firm: Firm, truth: Truth, dial: Dial) -> None:
    upkeep = firm.upkeep
    month = months_before(firm.as_of, dial.among(5, 4, 9))
    kept = next(one for one in upkeep.reviews if one.begins <= month <= one.ends)
    upkeep.reviews.remove(kept)
    truth.planted(
        "remote-access-unreviewed",
        "month_unreviewed",
        "有一個月的遠端連線沒有覆核",
        device=GATEWAY,
        month_end=kept.ends,
    )


def _no_record(firm: Firm, truth: Truth, dial: Dial) -> None:
    silent = firm.approvals[dial.among(3, 1, 9)].approval
    firm.upkeep.unrecorded.add(silent)
    truth.planted("privileged-use-unrecorded", "no_record", "核准使用 root 而沒有維護紀錄", approval_id=silent)


def _tested(firm: Firm, system: str) -> StressTest:
    return next(one for one in firm.upkeep.stress_tests if one.system == system)


def _guard(firm: Firm, host: str) -> Software:
    return next(one for one in firm.upkeep.software if one.host == host and one.kind == GUARD)


SCENARIOS: Final = (
    Scenario(
        "assessment_in_part",
        "network-assessment-overdue",
        _assessed_in_part,
        none("結論有寫或沒有；換的是空白的寫法", "a result is written or not; how the blank is written varies"),
    ),
    Scenario(
        "signatures_old",
        "antivirus-stale",
        _signatures_old,
        Text("病毒碼兩百天…八天未更新", "signatures 200 … 8 days old"),
    ),
    Scenario(
        "patch_overdue",
        "security-patch-overdue",
        _patch_overdue,
        Text("嚴重修補四百天…三十一天未安裝", "a critical fix 400 … 31 days after its release"),
    ),
    Scenario(
        "host_left_out",
        "capacity-untested",
        _host_left_out,
        none("主機在測試範圍內或不在；換的是其餘範圍", "the host is in the scope or not; the rest of the scope varies"),
    ),
    Scenario(
        "remote_without_request",
        "remote-access-uncontrolled",
        _without_request,
        Text("凌晨…上班時間連入", "at night … in working hours"),
    ),
    Scenario(
        "month_unreviewed",
        "remote-access-unreviewed",
        _month_unreviewed,
        none("一個月有覆核或沒有；換的是月份", "a month is reviewed or not; which month varies"),
    ),
    Scenario(
        "no_record",
        "privileged-use-unrecorded",
        _no_record,
        none("有維護紀錄或沒有；換的是哪一次核准", "there is a record or not; which approval varies"),
    ),
)
