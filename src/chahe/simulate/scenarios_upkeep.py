"""Scenarios of upkeep: fixes, anti-virus and assessments in time or not; and what only looks late."""

from datetime import datetime

from chahe.simulate import people
from chahe.simulate.company import OGW, SETTLEMENT, WEB, WEB_ORDER, WIN, WWW, Firm
from chahe.simulate.days import DAY, at, months_before, us
from chahe.simulate.deeds import approve
from chahe.simulate.remote import ACCOUNT, ADDRESS, GATEWAY, month_end
from chahe.simulate.truth import Truth
from chahe.simulate.upkeep import Patch, Session, Software, StressTest
from chahe.simulate.upkeeping import GUARD


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


def breaches(firm: Firm, truth: Truth) -> None:
    upkeep = firm.upkeep
    upkeep.assessments[-1].result = ""
    truth.planted("network-assessment-overdue", "assessment_in_part", "今年的網路安全評估沒有結論", subject="network")
    _guard(firm, WIN).signatures = firm.as_of - 23 * DAY
    truth.planted("antivirus-stale", "signatures_old", "結算主機病毒碼二十三天未更新", host=WIN)
    upkeep.patches.append(Patch("RHSA-9002", WEB, "Apache HTTP Server", "嚴重", firm.as_of - 31 * DAY))
    truth.planted(
        "security-patch-overdue",
        "patch_overdue",
        "網路下單主機的嚴重修補三十一天未安裝",
        subject_kind="fix",
        host=WEB,
        subject="RHSA-9002",
    )
    _loose_access(firm, truth)
    _tested(firm, WEB_ORDER).scope = "負載平衡器、資料庫"
    truth.planted("capacity-untested", "host_left_out", "網路下單的壓力測試漏了網路下單主機", system=WEB_ORDER)


def _tested(firm: Firm, system: str) -> StressTest:
    return next(one for one in firm.upkeep.stress_tests if one.system == system)


def _loose_access(firm: Firm, truth: Truth) -> None:
    upkeep = firm.upkeep
    stray = at(firm.as_of - 48 * DAY, 22, 40)
    upkeep.sessions.append(Session(ACCOUNT, stray))
    truth.planted("remote-access-uncontrolled", "no_request", "廠商夜間連入沒有申請", **_session(stray))
    kept = next(one for one in upkeep.reviews if one.begins <= months_before(firm.as_of, 5) <= one.ends)
    upkeep.reviews.remove(kept)
    truth.planted(
        "remote-access-unreviewed",
        "month_unreviewed",
        "有一個月的遠端連線沒有覆核",
        device=GATEWAY,
        month_end=kept.ends,
    )
    silent = firm.approvals[3].approval
    upkeep.unrecorded.add(silent)
    truth.planted("privileged-use-unrecorded", "no_record", "核准使用 root 而沒有維護紀錄", approval_id=silent)


def _guard(firm: Firm, host: str) -> Software:
    return next(one for one in firm.upkeep.software if one.host == host and one.kind == GUARD)
