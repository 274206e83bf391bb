"""Scenarios of development: contracts, changes, releases and edits of production that break the rules, or only look so."""

from datetime import timedelta

from chahe.simulate import people
from chahe.simulate.cast import Contract
from chahe.simulate.company import COLOCATED, ORDER_GATEWAY, SETTLEMENT, WEB_ORDER, Firm
from chahe.simulate.contract_texts import AUDIT
from chahe.simulate.days import DAY, at, months_before, us
from chahe.simulate.developing import DATABASE_ACCOUNT, PROGRAMS, change, digest, edit, release
from chahe.simulate.development import Click, Deployment, Measured, Release
from chahe.simulate.truth import Truth, Value
from chahe.simulate.web_pages import SITE


def near_misses(firm: Firm, truth: Truth) -> None:
    ended = months_before(firm.as_of, 28)
    firm.contracts.append(Contract("C-111-03", "瀚星資訊", "網站改版", months_before(firm.as_of, 40), ended))
    truth.silent("contract-clause-missing", "已到期且無人履行的契約", contract_id="C-111-03", clause="right_to_audit")
    truth.silent(
        "contract-clause-missing",
        "「不得拒絕甲方實施查核」是約定，不是否定",
        contract_id="C-113-07",
        clause="right_to_audit",
    )
    urgent = change(firm, ORDER_GATEWAY, firm.as_of - 8 * DAY, title="修正斷線重連")
    deployed = release(firm, urgent, "4.20")
    urgent.approved, urgent.tested = deployed.deployed - timedelta(minutes=1), firm.as_of - 8 * DAY
    _measured(firm, ORDER_GATEWAY).digest = digest(ORDER_GATEWAY, "4.20")
    truth.silent("change-unapproved", "上線前一分鐘核准，當日測試", **_deployment(deployed))
    old = change(firm, WEB_ORDER, months_before(firm.as_of, 12) - DAY, title="舊版調整")
    old.program = old.tester = None
    truth.silent(
        "change-record-incomplete", "查核期間前一日上線", system=WEB_ORDER, request_id=old.request, field="tester"
    )
    day = firm.as_of - 30 * DAY
    truth.silent("production-edited-directly", "核准單有效期間的最後一日，由指定的人更正資料", **_edit(day))
    waiting = Release(SETTLEMENT, PROGRAMS[SETTLEMENT], "4.30", digest(SETTLEMENT, "4.30"), None, None, None)
    firm.development.releases.append(waiting)
    truth.silent(
        "program-content-unknown",
        "較新的版本尚未核准，執行的仍是核定版本",
        system=SETTLEMENT,
        program=PROGRAMS[SETTLEMENT],
    )
    truth.silent("external-link-unwarned", "連往證交所的連結不是社群媒體", page=SITE, target="https://www.twse.com.tw/")


def breaches(firm: Firm, truth: Truth) -> None:
    _contracts(firm, truth)
    _changes(firm, truth)
    _edits(firm, truth)
    instagram = Click(
        f"{SITE}news.html", "IG", "https://www.instagram.com/haiyu.sec", "www.instagram.com", "沒有提示", ""
    )
    firm.development.clicks.append(instagram)
    truth.planted(
        "external-link-unwarned",
        "no_notice",
        "最新消息頁的 IG 連結沒有離站提示",
        page=instagram.page,
        target=instagram.target,
    )
    _measured(firm, COLOCATED).digest = digest(COLOCATED, "patched by hand")
    truth.planted(
        "program-content-unknown",
        "patched_in_place",
        "共置機房執行的程式不是任何核定版本",
        system=COLOCATED,
        program=PROGRAMS[COLOCATED],
    )
    older = [one for one in firm.development.releases if one.system == WEB_ORDER][-2]
    _measured(firm, WEB_ORDER).digest = older.digest
    truth.planted(
        "program-content-unknown",
        "older_release",
        "網路下單退回舊版未經核准",
        system=WEB_ORDER,
        program=PROGRAMS[WEB_ORDER],
    )


def _contracts(firm: Firm, truth: Truth) -> None:
    contract = next(one for one in firm.contracts if one.contract == "C-114-02")
    contract.articles[AUDIT] = ("甲方不得派員至乙方處所進行稽核。",)
    del contract.articles["第三條　資訊安全"]
    for clause, scenario, told in (
        ("right_to_audit", "audit_denied", "契約明文排除甲方的稽核權"),
        ("information_security", "security_absent", "契約沒有資訊安全協定"),
    ):
        truth.planted("contract-clause-missing", scenario, told, contract_id=contract.contract, clause=clause)


def _changes(firm: Firm, truth: Truth) -> None:
    bare = Deployment(
        at(firm.as_of - 20 * DAY, 21, 5), WEB_ORDER, "正式環境", "D-X-01", "4.7.1", None,
        firm.employee(people.ENGINEER).person,
    )  # fmt: skip
    firm.development.deployments.append(bare)
    truth.planted("change-unapproved", "no_request", "網路下單上線沒有異動單", **_deployment(bare))
    own = change(firm, SETTLEMENT, firm.as_of - 16 * DAY, title="報表欄位調整")
    own.approver = own.developer
    deployed = release(firm, own, "4.19")
    # What runs is what this change released; its own approval is what is wrong.
    _measured(firm, SETTLEMENT).digest = digest(SETTLEMENT, "4.19")
    truth.planted("change-unapproved", "approved_by_developer", "開發人員自行核准上線", **_deployment(deployed))
    own.tester = None
    truth.planted(
        "change-record-incomplete",
        "no_tester",
        "程式更新紀錄沒有測試人員",
        system=SETTLEMENT,
        request_id=own.request,
        field="tester",
    )


def _edits(firm: Firm, truth: Truth) -> None:
    day = firm.as_of - 12 * DAY
    edit(firm, day, 17)
    truth.planted("production-edited-directly", "no_request", "沒有異動單就修改交割資料", **_edit(day))


def _measured(firm: Firm, system: str) -> Measured:
    return next(one for one in firm.development.measured if one.system == system)


def _deployment(deployed: Deployment) -> dict[str, Value]:
    return {
        "system": deployed.system,
        "deployed_at_us": us(deployed.deployed),
        "deployment_id": deployed.deployment,
    }


def _edit(day: "Value") -> dict[str, Value]:
    return {"system": SETTLEMENT, "account": DATABASE_ACCOUNT, "change_kind": "data", "happened_on": day}
