"""Traps of papers: closed the day before, reviewed to the day, reported to the minute, released in order."""

from datetime import timedelta
from typing import Final

from chahe.simulate.cast.development import AppRelease, Click, Component, ComponentRelease, Project, Stage
from chahe.simulate.cast.governance import Asset, AuditFinding, FollowUp, Operation, StepRecord
from chahe.simulate.cast.staff_and_systems import Contract
from chahe.simulate.days import DAY, at, months_before, us
from chahe.simulate.life import people
from chahe.simulate.life.company import COLOCATED, ORDER_GATEWAY, SETTLEMENT, WEB_ORDER, Firm
from chahe.simulate.life.development import DATABASE_ACCOUNT, change, edit, release
from chahe.simulate.life.governance import add_incident, correct, report
from chahe.simulate.life.sourcing import APP, STAGES
from chahe.simulate.systems.web_pages import SITE
from chahe.simulate.traps.trap import Trap
from chahe.simulate.truth import Truth, Value
from chahe.wording import Text

_REVIEWED: Final = (
    ("資訊安全政策", "security_policy"), ("資訊安全事件通報", "incident_reporting"), ("客戶資料查詢", "customer_data_query"),
)  # fmt: skip
_LIBRARIES: Final = (
    "guava",
    "netty-handler",
    "commons-io",
    "slf4j-api",
    "snakeyaml",
    "gson",
    "bcprov-jdk18on",
    "jsoup",
)
_OFFICIAL: Final = (
    "www.fsc.gov.tw", "mops.twse.com.tw", "www.tpex.org.tw", "www.tdcc.com.tw", "www.sfb.gov.tw", "www.twsa.org.tw",
    "law.moj.gov.tw", "www.sfipc.org.tw", "www.ndc.gov.tw", "www.cbc.gov.tw",
)  # fmt: skip


def _closed(firm: Firm, truth: Truth, nth: int) -> None:
    """An operation and an asset that the firm gave up."""
    ended, operation, asset = firm.as_of - nth * DAY, f"舊業務{nth:02}", f"IA-1{nth:02}"
    firm.papers.operations.append(Operation(operation, "經紀部", months_before(firm.as_of, 40), ended))
    truth.silent("risk-level-undefined", "已停辦的作業", operation=operation)
    listed = months_before(firm.as_of, 50)
    firm.papers.assets.append(Asset(asset, "汰換設備", "設備", "資訊部", None, None, listed, ended))
    truth.silent("information-unclassified", "已報廢的資產", subject_kind="asset", subject=asset)


def _reviewed_a_year_ago(firm: Firm, truth: Truth, nth: int) -> None:
    subject, kind = _REVIEWED[nth - 1]
    for rule in firm.papers.rules:
        if rule.subject == subject:
            rule.reviewed = months_before(firm.as_of, 12)
    truth.silent("policy-missing", "恰在一年前當日檢視", kind=kind)


def _drilled_a_year_ago(firm: Firm, truth: Truth, _nth: int) -> None:
    drills = [one for one in firm.papers.drills if one.system == COLOCATED]
    max(drills, key=lambda one: one.drilled).drilled = months_before(firm.as_of, 12)
    truth.silent("recovery-drill-overdue", "恰在一年前當日演練", system=COLOCATED)


def _followed_up(firm: Firm, truth: Truth, nth: int) -> None:
    number, follower = f"AU-1{nth:02}", firm.employee(people.AUDITOR).name
    firm.papers.findings.append(AuditFinding(number, months_before(firm.as_of, 6), "經紀部", "表單漏填日期"))
    followed = months_before(firm.as_of, 3)
    firm.papers.follow_ups.append(FollowUp(f"FU-1{nth:02}", number, followed, follower, "改善中"))
    truth.silent("audit-finding-untracked", "兩次追蹤恰好相隔三個月", finding_id=number)


def _done_on_the_last_day(firm: Firm, truth: Truth, nth: int) -> None:
    day, record = firm.as_of - (100 + 7 * nth) * DAY, f"CR-4-{nth:02}"
    who = firm.employee(people.RISK_MANAGER).person
    firm.papers.step_records.append(StepRecord(record, "IC-03", day, day, who, "覆核簽名頁"))
    truth.silent("internal-control-breach", "期限當日辦理", control_id="ic-03", due_on=day, record_id=record)


def _reported_in_time(firm: Firm, truth: Truth, nth: int) -> None:
    """An incident reported on the last minute, with an action due today, and a leak on the last hour."""
    known, number = at(firm.as_of - (150 + 6 * nth) * DAY, 10, 5), f"IN-3{nth:02}"
    add_incident(firm, number, "行情畫面延遲", known)
    report(firm, number, known + timedelta(minutes=30))
    truth.silent("incident-unreported", "恰在知悉後三十分鐘通報", incident_id=number)
    action = correct(firm, number, known.date())
    action.due, action.done, action.verified, action.verifier = firm.as_of, None, None, None
    truth.silent("incident-uncorrected", "矯正期限是今天", incident_id=number, action_id=action.correction)
    leak, number = at(firm.as_of - (152 + 6 * nth) * DAY, 16, 20), f"IN-4{nth:02}"
    add_incident(firm, number, "對帳單誤寄", leak, leaked=True)
    report(firm, number, leak + timedelta(minutes=25), "證交所")
    report(firm, number, leak + timedelta(hours=72), "金管會")
    correct(firm, number, leak.date())
    truth.silent("personal-data-breach-late", "恰在七十二小時通報金管會", incident_id=number, duty="authority")


def _released_in_order(firm: Firm, truth: Truth, nth: int) -> None:
    """Approved a minute before; and one of before the period whose form is incomplete."""
    made = change(firm, ORDER_GATEWAY, firm.as_of - (95 + 7 * nth) * DAY, title="修正逾時設定")
    deployed = release(firm, made, f"4.0.{nth}")
    made.approved, made.tested = deployed.deployed - timedelta(minutes=1), made.released
    key: dict[str, Value] = {
        "system": ORDER_GATEWAY,
        "deployed_at_us": us(deployed.deployed),
        "deployment_id": deployed.deployment,
    }
    truth.silent("change-unapproved", "上線前一分鐘核准，當日測試", **key)
    old = change(firm, WEB_ORDER, months_before(firm.as_of, 12) - (1 + nth) * DAY, title="舊版調整")
    old.program = old.tester = None
    truth.silent("change-record-incomplete", "查核期間前上線", system=WEB_ORDER, request_id=old.request, field="tester")


def _repaired_in_order(firm: Firm, truth: Truth, nth: int) -> None:
    day = firm.as_of - (60 + 9 * nth) * DAY
    change(firm, SETTLEMENT, day, title="更正交割日期錯誤資料").released_by = DATABASE_ACCOUNT
    edit(firm, day, 3)
    key: dict[str, Value] = {
        "system": SETTLEMENT,
        "account": DATABASE_ACCOUNT,
        "change_kind": "data",
        "happened_on": day,
    }
    truth.silent("production-edited-directly", "有核准單，由指定的人更正資料", **key)


def _ended_contract(firm: Firm, truth: Truth, nth: int) -> None:
    number, ended = f"C-110-{nth:02}", months_before(firm.as_of, 28) - nth * DAY
    firm.contracts.append(Contract(number, "瀚星資訊", "設備維護", months_before(firm.as_of, 45), ended))
    truth.silent("contract-clause-missing", "已到期且無人履行的契約", contract_id=number, clause="right_to_audit")


def _official_link(firm: Firm, truth: Truth, nth: int) -> None:
    host, page = _OFFICIAL[nth - 1], f"{SITE}news.html"
    firm.development.clicks.append(Click(page, "主管機關與周邊單位", f"https://{host}/", host, "沒有提示", ""))
    truth.silent("external-link-unwarned", "連往機關的連結不是社群媒體", page=page, target=f"https://{host}/")


def _under_way(firm: Firm, truth: Truth, nth: int) -> None:
    project, confirmed = f"PJ-1{nth:02}", firm.employee(people.IT_DEPUTY).person
    firm.development.projects.append(Project(project, "C-113-07", "瀚星資訊", "共置程式調整", None))
    for back, stage in zip((4, 3), STAGES, strict=False):
        done = months_before(firm.as_of, back)
        firm.development.stages.append(Stage(project, stage, f"{project}-{stage}文件", done, confirmed))
    truth.silent("outsourcing-stage-undocumented", "進行中的專案尚未到測試階段", project_id=project, stage="test")


def _new_release(firm: Firm, truth: Truth, nth: int) -> None:
    name, kept = _LIBRARIES[nth - 1], firm.development
    kept.components.append(Component(WEB_ORDER, name, "2.1.0", at(firm.as_of - 6 * DAY, 22)))
    kept.component_releases.append(ComponentRelease(name, "2.1.0", months_before(firm.as_of, 14)))
    kept.component_releases.append(ComponentRelease(name, "2.2.0", firm.as_of - 90 * DAY))
    truth.silent("library-outdated", "新版發布恰滿九十日", system=WEB_ORDER, component=name, version="2.1.0")


def _small_update(firm: Firm, truth: Truth, nth: int) -> None:
    version, released = f"3.2.{nth}", months_before(firm.as_of, 2) + nth * DAY
    firm.development.app_releases.append(AppRelease(APP, "iOS", version, released, important=False))
    key: dict[str, Value] = {"app": APP, "platform": "ios", "app_version": version, "duty": "update"}
    truth.silent("mobile-app-untested", "不是重大更新", **key)


TRAPS: Final = (
    Trap("risk-level-undefined information-unclassified", _closed),
    Trap("policy-missing", _reviewed_a_year_ago, len(_REVIEWED), Text("規章只有十份", "there are ten rules")),
    Trap(
        "recovery-drill-overdue", _drilled_a_year_ago, 1, Text("只有五個重要系統", "there are five important systems")
    ),
    Trap("audit-finding-untracked", _followed_up),
    Trap("internal-control-breach", _done_on_the_last_day, 35, Text("一年之內", "within the year")),
    Trap(
        "incident-unreported incident-uncorrected personal-data-breach-late",
        _reported_in_time,
        30,
        Text("一年之內", "within the year"),
    ),
    Trap("change-unapproved change-record-incomplete", _released_in_order, 30, Text("一年之內", "within the year")),
    Trap("production-edited-directly", _repaired_in_order, 30, Text("一年之內", "within the year")),
    Trap("contract-clause-missing", _ended_contract),
    Trap(
        "external-link-unwarned",
        _official_link,
        len(_OFFICIAL),
        Text("官網的連結只有這些", "the site has no more links"),
    ),
    Trap("outsourcing-stage-undocumented", _under_way),
    Trap("library-outdated", _new_release, len(_LIBRARIES), Text("函式庫只有這些", "there are no more libraries")),
    Trap("mobile-app-untested", _small_update, 25, Text("兩次重大更新之間", "between two important updates")),
)
