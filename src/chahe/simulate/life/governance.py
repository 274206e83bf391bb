"""The papers of the example firm as they should be: everything set, approved, drilled, followed up and reported in time."""

from datetime import date, datetime, timedelta

from chahe.simulate.cast.governance import (
    Asset,
    AuditFinding,
    Correction,
    Drill,
    Figures,
    FollowUp,
    Incident,
    IncidentReport,
    Officer,
    Operation,
    RecoveryPlan,
    RiskAssessment,
    Rule,
    Step,
    StepRecord,
)
from chahe.simulate.days import DAY, at, months_before
from chahe.simulate.life import people
from chahe.simulate.life.company import Firm

_OPERATIONS = (
    ("受託買賣", "經紀部"), ("網路下單", "經紀部"), ("主機共置交易", "資訊部"), ("結算交割", "結算部"),
    ("風險控管", "風險管理部"), ("帳務處理", "財務部"),
)  # fmt: skip
_ASSETS = (
    ("IA-001", "客戶基本資料庫", "資料庫", "資訊部", "機密"), ("IA-002", "委託成交紀錄", "資料庫", "資訊部", "機密"),
    ("IA-003", "員工人事資料", "文件", "總經理室", "機密"), ("IA-004", "稽核工作底稿", "文件", "稽核室", "內部"),
    ("IA-005", "系統維運手冊", "文件", "資訊部", "內部"), ("IA-006", "官網內容", "網頁", "經紀部", "公開"),
    ("IA-007", "交割款項清冊", "文件", "結算部", "機密"), ("IA-008", "異地備份磁帶", "媒體", "資訊部", "機密"),
)  # fmt: skip
_RULES = (
    ("R-01", "資訊安全政策", "資訊安全政策"),
    ("R-02", "資訊資產分級及標示要點", "資訊分級與標示"),
    ("R-03", "遠端連線作業要點", "遠端連線管理"),
    ("R-04", "特權帳號使用規範", "最高權限帳號管理"),
    ("R-05", "委外廠商管理要點", "委外人員帳號權限"),
    ("R-05", "委外廠商管理要點", "委外作業管理"),
    ("R-06", "資安事件通報及應變程序", "資訊安全事件通報"),
    ("R-07", "主機共置服務使用規則", "主機共置使用規則"),
    ("R-08", "客戶申訴處理流程", "客戶申訴或檢舉處理"),
    ("R-09", "客戶資料查詢管理辦法", "客戶資料查詢"),
)
OFFICE_INCIDENT, LEAK = "IN-01", "IN-02"


def add_papers(firm: Firm) -> None:
    """Every register of governance and incidents, in order on the as-of day."""
    _risks(firm)
    _assets_and_rules(firm)
    _recovery(firm)
    _officers(firm)
    _audit(firm)
    _steps(firm)
    _incidents(firm)


def deadline(as_of: date) -> date:
    """The last 31 March before the day."""
    this_year = date(as_of.year, 3, 31)
    return this_year if this_year < as_of else date(as_of.year - 1, 3, 31)


def _risks(firm: Firm) -> None:
    papers, president = firm.papers, firm.employee(people.PRESIDENT).name
    for nth, (operation, unit) in enumerate(_OPERATIONS, 1):
        papers.operations.append(Operation(operation, unit, months_before(firm.as_of, 60)))
        for months in (17, 5):
            day = months_before(firm.as_of, months) - nth * DAY
            papers.assessments.append(
                RiskAssessment(
                    f"RA-{day.year - 1911}-{nth:02}", operation, day, firm.employee(people.SECURITY).name,
                    "中" if nth % 2 else "低", "中", president, day + 9 * DAY,
                )
            )  # fmt: skip


def _assets_and_rules(firm: Firm) -> None:
    listed = months_before(firm.as_of, 30)
    firm.papers.assets = [
        Asset(asset, name, kind, keeper, held, held, listed) for asset, name, kind, keeper, held in _ASSETS
    ]
    approved, reviewed = months_before(firm.as_of, 26), months_before(firm.as_of, 3)
    reviewer = firm.employee(people.SECURITY).name
    firm.papers.rules = [
        Rule(number, title, subject, "董事會", approved, reviewed, reviewer, approved)
        for number, title, subject in _RULES
    ]


def _recovery(firm: Firm) -> None:
    crew = "、".join(firm.employee(nth).name for nth in (people.IT_MANAGER, people.ENGINEER, people.DATABASE))
    for nth, system in enumerate((one for one in firm.systems if one.important), 1):
        firm.papers.plans.append(RecoveryPlan(f"RP-{nth:02}", system.name, months_before(firm.as_of, 25), 120, 15))
        for months in (16, 4):
            day = months_before(firm.as_of, months) - nth * DAY
            firm.papers.drills.append(
                Drill(
                    f"DR-{day.year - 1911}-{nth:02}", system.name, day, crew, "成功", 70 + nth, 5, "檢討會議：無須改善"
                )
            )


def _officers(firm: Firm) -> None:
    chief, auditor = firm.employee(people.SECURITY), firm.employee(people.CHIEF_AUDITOR)
    due = deadline(firm.as_of)
    appointed = date(due.year, 2, 16)
    firm.papers.officers = [
        Officer(chief.person, chief.name, "資訊安全長", "職責相當於副總經理以上", appointed),
        Officer(auditor.person, auditor.name, "稽核主管", "低於副總經理", months_before(firm.as_of, 30)),
    ]
    firm.papers.figures = [Figures(date(due.year - 1, 12, 31), 12_000_000_000, "48.5", "1.1", "97.2", named=True)]


def _audit(firm: Firm) -> None:
    follower = firm.employee(people.AUDITOR).name
    first, second = months_before(firm.as_of, 9), months_before(firm.as_of, 7)
    firm.papers.findings = [
        AuditFinding("AU-01", first, "資訊部", "機房進出登記漏填離開時間", first + 41 * DAY),
        AuditFinding("AU-02", second, "經紀部", "部分委託紀錄未經主管簽章"),
    ]
    for nth, months in enumerate((5, 3, 1), 1):
        day = months_before(firm.as_of, months)
        firm.papers.follow_ups.append(FollowUp(f"FU-{nth:02}", "AU-02", day, follower, "改善中，系統修改排程已定"))


def _steps(firm: Firm) -> None:
    clerk, checker = firm.employee(people.CLERK).person, firm.employee(people.RISK_MANAGER).person
    begins = months_before(firm.as_of, 14)
    firm.papers.steps = [
        Step("IC-01", "月底核對交割款項與銀行餘額", "CA-11310", clerk, 1, None, begins),
        Step("IC-02", "每兩週抽核風控檢核紀錄", "CA-11210", checker, None, 14, begins),
        Step("IC-03", "開戶文件由主管覆核", "CA-11110", checker, None, None, begins),
    ]
    papers = firm.papers
    for months in range(13, -1, -1):
        day = months_before(firm.as_of, months)
        papers.step_records.append(StepRecord(f"CR-1-{14 - months:02}", "IC-01", None, day, clerk, "餘額核對表"))
    for nth in range(1, (firm.as_of - begins).days // 14 + 1):
        day = begins + nth * 14 * DAY
        papers.step_records.append(StepRecord(f"CR-2-{nth:02}", "IC-02", None, day, checker, "抽核紀錄"))
    for nth, back in enumerate((210, 95, 40), 1):
        day = firm.as_of - back * DAY
        papers.step_records.append(StepRecord(f"CR-3-{nth:02}", "IC-03", day + 3 * DAY, day, checker, "覆核簽名頁"))


def _incidents(firm: Firm) -> None:
    outage = at(firm.as_of - 63 * DAY, 9, 12)
    add_incident(firm, OFFICE_INCIDENT, "網路下單登入緩慢", outage)
    report(firm, OFFICE_INCIDENT, outage + timedelta(minutes=12))
    correct(firm, OFFICE_INCIDENT, outage.date())
    leak = at(firm.as_of - 140 * DAY, 14, 40)
    add_incident(firm, LEAK, "對帳單寄錯客戶信箱", leak, leaked=True)
    report(firm, LEAK, leak + timedelta(minutes=18), "證交所")
    report(firm, LEAK, leak + timedelta(hours=30), "金管會")
    correct(firm, LEAK, leak.date())


def add_incident(firm: Firm, number: str, told: str, known: datetime, *, leaked: bool = False) -> Incident:
    """An incident known at that moment, ten minutes after it happened; a leak is a major one."""
    made = Incident(
        number,
        "個人資料" if leaked else "服務異常",
        told,
        "web-order",
        3 if leaked else 2,
        known - timedelta(minutes=10),
        known,
        leaked,
        leaked,
        None,
    )
    firm.papers.incidents.append(made)
    return made


def report(firm: Firm, incident: str, when: datetime, recipient: str = "證券期貨市場資安通報系統") -> None:
    """A report of an incident; those to the exchange and the commission are letters."""
    number = f"IR-{len(firm.papers.incident_reports) + 1:02}"
    letter = recipient in ("證交所", "金管會")
    reporter = firm.employee(people.SECURITY_ENGINEER).name
    firm.papers.incident_reports.append(IncidentReport(number, incident, when, recipient, letter, reporter))


def correct(firm: Firm, incident: str, known: date) -> Correction:
    """An action put on record the next day, done in a fortnight and verified by the auditor a few days later."""
    engineer, auditor = firm.employee(people.ENGINEER).person, firm.employee(people.AUDITOR).person
    made = Correction(
        f"CA-{len(firm.papers.corrections) + 1:02}", incident, "修正設定並加強監控", engineer, known + DAY,
        known + 20 * DAY, known + 14 * DAY, known + 18 * DAY, auditor,
    )  # fmt: skip
    firm.papers.corrections.append(made)
    return made
