"""Scenarios of upkeep: fixes, anti-virus and assessments in time or not; and what only looks late."""

from chahe.simulate import people
from chahe.simulate.company import OGW, WEB, WIN, WWW, Firm
from chahe.simulate.days import DAY, months_before
from chahe.simulate.truth import Truth
from chahe.simulate.upkeep import Patch, Software
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


def _guard(firm: Firm, host: str) -> Software:
    return next(one for one in firm.upkeep.software if one.host == host and one.kind == GUARD)
