"""Scenarios of governance: levels, classes, rules, drills, officers, audit findings and own controls; and what only looks so."""

from datetime import date
from typing import Final

from chahe.simulate.cast.governance import (
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
from chahe.simulate.days import DAY, months_before
from chahe.simulate.life import people
from chahe.simulate.life.company import ORDER_GATEWAY, SETTLEMENT, WEB_ORDER, Firm
from chahe.simulate.life.governance import deadline
from chahe.simulate.scenarios.scenario import Dial, Scenario, in_words, none
from chahe.simulate.truth import Truth
from chahe.wording import Text


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


def _newest_assessment(firm: Firm, operation: str) -> RiskAssessment:
    return max((one for one in firm.papers.assessments if one.operation == operation), key=lambda one: one.assessed)


def _rule(firm: Firm, subject: str) -> Rule:
    return next(one for one in firm.papers.rules if one.subject == subject)


def _last_drill(firm: Firm, system: str) -> Drill:
    return max((one for one in firm.papers.drills if one.system == system), key=lambda one: one.drilled)


def _since(firm: Firm, day: date) -> str:
    """How long ago, in months where they are whole."""
    for months in range(1, 36):
        if months_before(firm.as_of, months) == day:
            return f"{in_words(months)}個月"
    return f" {(firm.as_of - day).days} 天"


def _level_never_set(firm: Firm, truth: Truth, dial: Dial) -> None:
    operation = dial.pick("主機共置交易", ["受託買賣", "結算交割"])
    unset = dial.pick(None, ["未定", "待定"])
    for one in firm.papers.assessments:
        if one.operation == operation:
            one.acceptable = unset
    truth.planted(
        "risk-level-undefined",
        "level_never_set",
        f"{operation}每年評鑑，但沒有定出可接受風險等級",
        operation=operation,
    )


def _assessment_overdue(firm: Firm, truth: Truth, dial: Dial) -> None:
    last = _overdue(firm, dial, 16)
    _newest_assessment(firm, "風險控管").assessed = last
    told = f"風險控管作業{_since(firm, last)}未評鑑"
    truth.planted("risk-level-undefined", "assessment_overdue", told, operation="風險控管")


def _overdue(firm: Firm, dial: Dial, most: int, told: int = 13) -> date:
    """More than a year ago: so many months, down to a year and a day."""
    ends = months_before(firm.as_of, most), months_before(firm.as_of, 12) - DAY
    return dial.day(months_before(firm.as_of, told), *ends)


def _asset(firm: Firm, number: str) -> Asset:
    return next(one for one in firm.papers.assets if one.asset == number)


def _no_label(firm: Firm, truth: Truth, dial: Dial) -> None:
    _asset(firm, "IA-007").label = dial.by_degree(None, (None, "無", "待補"))
    truth.planted(
        "information-unclassified", "no_label", "交割款項清冊已分級但沒有標示", subject_kind="asset", subject="IA-007"
    )


def _other_label(firm: Firm, truth: Truth, dial: Dial) -> None:
    _asset(firm, "IA-008").label = label = dial.by_degree("內部", ("公開", "內部"))
    truth.planted(
        "information-unclassified",
        "other_label",
        f"備份磁帶分級機密卻標示{label}",
        subject_kind="asset",
        subject="IA-008",
    )


def _rule_absent(firm: Firm, truth: Truth, dial: Dial) -> None:
    subject, kind = dial.pick(("委外人員帳號權限", "vendor_accounts"), [("最高權限帳號管理", "top_privilege")])
    firm.papers.rules.remove(_rule(firm, subject))
    truth.planted("policy-missing", "rule_absent", f"沒有{subject}的規章", kind=kind)


def _rule_unreviewed(firm: Firm, truth: Truth, dial: Dial) -> None:
    rule = _rule(firm, "遠端連線管理")
    rule.reviewed = _overdue(firm, dial, 24, told=14)
    told = f"遠端連線作業要點{_since(firm, rule.reviewed)}未檢視"
    truth.planted("policy-missing", "rule_unreviewed", told, kind="remote_access")


def _drill_overdue(firm: Firm, truth: Truth, dial: Dial) -> None:
    last = _last_drill(firm, ORDER_GATEWAY)
    last.drilled = _overdue(firm, dial, 15)
    told = f"下單閘道{_since(firm, last.drilled)}未演練"
    truth.planted("recovery-drill-overdue", "drill_overdue", told, system=ORDER_GATEWAY)


def _objective_missed(firm: Firm, truth: Truth, dial: Dial) -> None:
    missed = _last_drill(firm, WEB_ORDER)
    missed.rto, missed.follow_up = dial.whole(410, 900, 121), "切換程序過慢，應改善"
    missed.due = dial.day(months_before(firm.as_of, 1), months_before(firm.as_of, 3), firm.as_of - DAY)
    truth.planted(
        "recovery-drill-overdue",
        "objective_missed",
        "網路下單演練超過復原時間目標，改善期限已過而未完成",
        system=WEB_ORDER,
    )


def _rank_too_low(firm: Firm, truth: Truth, _dial: Dial) -> None:
    chief = next(one for one in firm.papers.officers if one.post == "資訊安全長")
    chief.rank = "低於副總經理"
    truth.planted("security-officer-missing", "rank_too_low", "資訊安全長只是部門主管", deadline=deadline(firm.as_of))


def _not_followed_up(firm: Firm, truth: Truth, dial: Dial) -> None:
    papers = firm.papers
    told, limit = months_before(firm.as_of, 6), months_before(firm.as_of, 3)
    last = dial.day(told, months_before(firm.as_of, 9), limit - DAY)
    papers.findings.append(AuditFinding("AU-04", months_before(last, 2), "資訊部", "程式異動單缺測試紀錄"))
    follower = firm.employee(people.AUDITOR).name
    papers.follow_ups.append(FollowUp("FU-05", "AU-04", last, follower, "尚未改善"))
    told_zh = f"稽核缺失{_since(firm, last)}沒有再追蹤"
    truth.planted("audit-finding-untracked", "not_followed_up", told_zh, finding_id="AU-04")


def _step_skipped(firm: Firm, truth: Truth, dial: Dial) -> None:
    skipped = months_before(firm.as_of, dial.among(4, 2, 9))
    kept = firm.papers.step_records
    firm.papers.step_records = [one for one in kept if (one.step, one.done) != ("IC-01", skipped)]
    truth.planted(
        "internal-control-breach",
        "step_skipped",
        "有一個月沒有核對交割款項",
        control_id="ic-01",
        due_on=skipped,
        record_id=None,
    )


def _done_by_another(firm: Firm, truth: Truth, dial: Dial) -> None:
    day = firm.as_of - dial.among(12, 5, 20) * DAY
    clerk = firm.employee(people.SECOND_CLERK).person
    firm.papers.step_records.append(StepRecord("CR-3-11", "IC-03", day, day - DAY, clerk, "覆核簽名頁"))
    truth.planted(
        "internal-control-breach",
        "done_by_another",
        "開戶文件由專員覆核",
        control_id="ic-03",
        due_on=day,
        record_id="CR-3-11",
    )


SCENARIOS: Final = (
    Scenario(
        "level_never_set",
        "risk-level-undefined",
        _level_never_set,
        none(
            "有定等級或沒有；換的是作業與空白的寫法",
            "a level is set or not; the operation and how the blank is written vary",
        ),
    ),
    Scenario(
        "assessment_overdue",
        "risk-level-undefined",
        _assessment_overdue,
        Text("十六個月…一年又一天未評鑑", "unassessed for 16 months … a year and a day"),
    ),
    Scenario(
        "no_label", "information-unclassified", _no_label, Text("空白…寫「待補」", "blank … 待補, to be filled in")
    ),
    Scenario(
        "other_label",
        "information-unclassified",
        _other_label,
        Text("機密標示公開…標示內部", "secret labelled public … internal"),
    ),
    Scenario(
        "rule_absent",
        "policy-missing",
        _rule_absent,
        none("有規章或沒有；換的是事項", "there is a rule or not; its subject varies"),
    ),
    Scenario(
        "rule_unreviewed",
        "policy-missing",
        _rule_unreviewed,
        Text("兩年…一年又一天未檢視", "unreviewed for two years … a year and a day"),
    ),
    Scenario(
        "drill_overdue",
        "recovery-drill-overdue",
        _drill_overdue,
        Text("十五個月…一年又一天未演練", "no drill for 15 months … a year and a day"),
    ),
    Scenario(
        "objective_missed",
        "recovery-drill-overdue",
        _objective_missed,
        Text(
            "復原九百…一百二十一分鐘，改善逾期三個月…一天",
            "900 … 121 minutes to recover, mending three months … a day overdue",
        ),
    ),
    Scenario(
        "rank_too_low",
        "security-officer-missing",
        _rank_too_low,
        none("職級夠或不夠，只有一位資安長", "the rank suffices or not, and there is one officer"),
    ),
    Scenario(
        "not_followed_up",
        "audit-finding-untracked",
        _not_followed_up,
        Text("九個月…三個月又一天沒有追蹤", "not followed up for nine months … three months and a day"),
    ),
    Scenario(
        "step_skipped",
        "internal-control-breach",
        _step_skipped,
        none("有辦理或沒有；換的是月份", "done or not; the month varies"),
    ),
    Scenario(
        "done_by_another",
        "internal-control-breach",
        _done_by_another,
        none("由負責人或別人辦理；換的是日子", "done by the one in charge or by another; the day varies"),
    ),
)
