"""Scenarios of governance: levels, classes, rules, drills, officers, audit findings and own controls; and what only looks so."""

from datetime import date

from chahe.simulate import people
from chahe.simulate.company import ORDER_GATEWAY, SETTLEMENT, WEB_ORDER, Firm
from chahe.simulate.days import DAY, months_before
from chahe.simulate.papers import (
    Asset,
    AuditFinding,
    Drill,
    Figures,
    FollowUp,
    Operation,
    RiskAssessment,
    Rule,
    StepRecord,
)
from chahe.simulate.paperwork import deadline
from chahe.simulate.truth import Truth


def near_misses(firm: Firm, truth: Truth) -> None:
    papers, a_year_ago = firm.papers, months_before(firm.as_of, 12)
    _newest_assessment(firm, "帳務處理").assessed = a_year_ago
    truth.silent("risk-level-undefined", "恰在一年前當日評鑑，仍在一年內", operation="帳務處理")
    papers.operations.append(Operation("興櫃議價", "經紀部", months_before(firm.as_of, 40), firm.as_of - DAY))
    truth.silent("risk-level-undefined", "昨天已停辦的作業", operation="興櫃議價")
    papers.assets.append(
        Asset("IA-090", "舊客服錄音主機", "設備", "經紀部", None, None, months_before(firm.as_of, 50), firm.as_of - DAY)
    )
    truth.silent("information-unclassified", "昨天已報廢的資產", subject_kind="asset", subject="IA-090")
    _rule(firm, "客戶申訴或檢舉處理").reviewed = a_year_ago
    truth.silent("policy-missing", "恰在一年前當日檢視", kind="complaint_handling")
    _last_drill(firm, SETTLEMENT).drilled = a_year_ago
    truth.silent("recovery-drill-overdue", "恰在一年前當日演練", system=SETTLEMENT)
    before = deadline(firm.as_of).year - 1
    papers.figures.append(Figures(date(before - 1, 12, 31), 9_800_000_000, "41.0", "1.0", "97.5", named=False))
    truth.silent("security-officer-missing", "前一年度不符條件，不必設置", deadline=date(before, 3, 31))
    papers.findings.append(AuditFinding("AU-03", months_before(firm.as_of, 6), "結算部", "備份磁帶清點漏簽一次"))
    follower = firm.employee(people.AUDITOR).name
    papers.follow_ups.append(FollowUp("FU-04", "AU-03", months_before(firm.as_of, 3), follower, "改善中"))
    truth.silent("audit-finding-untracked", "兩次追蹤恰好相隔三個月", finding_id="AU-03")
    day = firm.as_of - 25 * DAY
    papers.step_records.append(
        StepRecord("CR-3-10", "IC-03", day, day, firm.employee(people.RISK_MANAGER).person, "覆核簽名頁")
    )
    truth.silent("internal-control-breach", "期限當日辦理", control_id="ic-03", due_on=day, record_id="CR-3-10")


def breaches(firm: Firm, truth: Truth) -> None:
    _risks_and_assets(firm, truth)
    _rules(firm, truth)
    _drills(firm, truth)
    _officer(firm, truth)
    _audit_and_steps(firm, truth)


def _newest_assessment(firm: Firm, operation: str) -> RiskAssessment:
    return max((one for one in firm.papers.assessments if one.operation == operation), key=lambda one: one.assessed)


def _rule(firm: Firm, subject: str) -> Rule:
    return next(one for one in firm.papers.rules if one.subject == subject)


def _last_drill(firm: Firm, system: str) -> Drill:
    return max((one for one in firm.papers.drills if one.system == system), key=lambda one: one.drilled)


def _risks_and_assets(firm: Firm, truth: Truth) -> None:
    for one in firm.papers.assessments:
        if one.operation == "主機共置交易":
            one.acceptable = None
    truth.planted(
        "risk-level-undefined",
        "level_never_set",
        "主機共置交易每年評鑑，但沒有定出可接受風險等級",
        operation="主機共置交易",
    )
    _newest_assessment(firm, "風險控管").assessed = months_before(firm.as_of, 13)
    truth.planted("risk-level-undefined", "assessment_overdue", "風險控管作業十三個月未評鑑", operation="風險控管")
    for asset in firm.papers.assets:
        if asset.asset == "IA-007":
            asset.label = None
        if asset.asset == "IA-008":
            asset.label = "內部"
    truth.planted(
        "information-unclassified", "no_label", "交割款項清冊已分級但沒有標示", subject_kind="asset", subject="IA-007"
    )
    truth.planted(
        "information-unclassified", "other_label", "備份磁帶分級機密卻標示內部", subject_kind="asset", subject="IA-008"
    )


def _rules(firm: Firm, truth: Truth) -> None:
    firm.papers.rules.remove(_rule(firm, "委外人員帳號權限"))
    truth.planted("policy-missing", "rule_absent", "沒有委外人員帳號權限的規章", kind="vendor_accounts")
    _rule(firm, "遠端連線管理").reviewed = months_before(firm.as_of, 14)
    truth.planted("policy-missing", "rule_unreviewed", "遠端連線作業要點十四個月未檢視", kind="remote_access")


def _drills(firm: Firm, truth: Truth) -> None:
    _last_drill(firm, ORDER_GATEWAY).drilled = months_before(firm.as_of, 13)
    truth.planted("recovery-drill-overdue", "drill_overdue", "下單閘道十三個月未演練", system=ORDER_GATEWAY)
    missed = _last_drill(firm, WEB_ORDER)
    missed.rto, missed.follow_up, missed.due = 410, "切換程序過慢，應改善", months_before(firm.as_of, 1)
    truth.planted(
        "recovery-drill-overdue",
        "objective_missed",
        "網路下單演練超過復原時間目標，改善期限已過而未完成",
        system=WEB_ORDER,
    )


def _officer(firm: Firm, truth: Truth) -> None:
    chief = next(one for one in firm.papers.officers if one.post == "資訊安全長")
    chief.rank = "低於副總經理"
    truth.planted("security-officer-missing", "rank_too_low", "資訊安全長只是部門主管", deadline=deadline(firm.as_of))


def _audit_and_steps(firm: Firm, truth: Truth) -> None:
    papers = firm.papers
    papers.findings.append(AuditFinding("AU-04", months_before(firm.as_of, 8), "資訊部", "程式異動單缺測試紀錄"))
    follower = firm.employee(people.AUDITOR).name
    papers.follow_ups.append(FollowUp("FU-05", "AU-04", months_before(firm.as_of, 6), follower, "尚未改善"))
    truth.planted("audit-finding-untracked", "not_followed_up", "稽核缺失六個月沒有再追蹤", finding_id="AU-04")
    skipped = months_before(firm.as_of, 4)
    papers.step_records = [one for one in papers.step_records if (one.step, one.done) != ("IC-01", skipped)]
    truth.planted(
        "internal-control-breach",
        "step_skipped",
        "有一個月沒有核對交割款項",
        control_id="ic-01",
        due_on=skipped,
        record_id=None,
    )
    day = firm.as_of - 12 * DAY
    clerk = firm.employee(people.SECOND_CLERK).person
    papers.step_records.append(StepRecord("CR-3-11", "IC-03", day, day - DAY, clerk, "覆核簽名頁"))
    truth.planted(
        "internal-control-breach",
        "done_by_another",
        "開戶文件由專員覆核",
        control_id="ic-03",
        due_on=day,
        record_id="CR-3-11",
    )
