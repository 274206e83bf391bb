"""Scenarios of development: contracts, changes, releases and edits of production that break the rules, or only look so."""

from datetime import timedelta
from typing import Final

from chahe.simulate.cast.development import Click, Deployment, Measured, Release
from chahe.simulate.cast.staff_and_systems import Contract
from chahe.simulate.days import DAY, at, months_before, us
from chahe.simulate.life import people
from chahe.simulate.life.company import COLOCATED, ORDER_GATEWAY, SETTLEMENT, WEB_ORDER, Firm
from chahe.simulate.life.development import DATABASE_ACCOUNT, PROGRAMS, change, digest, edit, release
from chahe.simulate.registers.contract_texts import AUDIT
from chahe.simulate.scenarios.scenario import Dial, Scenario, none
from chahe.simulate.systems.web_pages import SITE
from chahe.simulate.truth import Truth, Value
from chahe.wording import Text


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


def _no_notice(firm: Firm, truth: Truth, dial: Dial) -> None:
    platform, url, host = dial.pick(
        ("IG", "https://www.instagram.com/haiyu.sec", "www.instagram.com"),
        [
            ("YouTube", "https://www.youtube.com/@haiyu", "www.youtube.com"),
            ("LINE", "https://lin.ee/h41yu", "lin.ee"),
        ],
    )
    link = Click(f"{SITE}news.html", platform, url, host, "沒有提示", "")
    firm.development.clicks.append(link)
    truth.planted(
        "external-link-unwarned",
        "no_notice",
        f"最新消息頁的 {platform} 連結沒有離站提示",
        page=link.page,
        target=link.target,
    )


def _patched_in_place(firm: Firm, truth: Truth, _dial: Dial) -> None:
    _measured(firm, COLOCATED).digest = digest(COLOCATED, "patched by hand")
    truth.planted(
        "program-content-unknown",
        "patched_in_place",
        "共置機房執行的程式不是任何核定版本",
        system=COLOCATED,
        program=PROGRAMS[COLOCATED],
    )


def _older_release(firm: Firm, truth: Truth, _dial: Dial) -> None:
    older = [one for one in firm.development.releases if one.system == WEB_ORDER][-2]
    _measured(firm, WEB_ORDER).digest = older.digest
    truth.planted(
        "program-content-unknown",
        "older_release",
        "網路下單退回舊版未經核准",
        system=WEB_ORDER,
        program=PROGRAMS[WEB_ORDER],
    )


def _audit_denied(firm: Firm, truth: Truth, dial: Dial) -> None:
    contract = _contract(firm)
    denied = dial.by_degree("甲方不得派員至乙方處所進行稽核。", ("甲方不得派員至乙方處所進行稽核。", ""))
    if denied:
        contract.articles[AUDIT] = (denied,)
    else:
        del contract.articles[AUDIT]
    told = "契約明文排除甲方的稽核權" if denied else "契約沒有約定甲方的稽核權"
    truth.planted(
        "contract-clause-missing", "audit_denied", told, contract_id=contract.contract, clause="right_to_audit"
    )


def _security_absent(firm: Firm, truth: Truth, _dial: Dial) -> None:
    contract = _contract(firm)
    del contract.articles["第三條　資訊安全"]
    truth.planted(
        "contract-clause-missing",
        "security_absent",
        "契約沒有資訊安全協定",
        contract_id=contract.contract,
        clause="information_security",
    )


def _contract(firm: Firm) -> Contract:
    return next(one for one in firm.contracts if one.contract == "C-114-02")


def _released_without_request(firm: Firm, truth: Truth, dial: Dial) -> None:
    bare = Deployment(
        at(firm.as_of - dial.among(20, 18, 24) * DAY, dial.by_degree(21, (23, 21, 14)), 5), WEB_ORDER, "正式環境",
        "D-X-01", "4.7.1", None, firm.employee(people.ENGINEER).person,
    )  # fmt: skip
    firm.development.deployments.append(bare)
    truth.planted("change-unapproved", "released_without_request", "網路下單上線沒有異動單", **_deployment(bare))


def _approved_by_developer(firm: Firm, truth: Truth, dial: Dial) -> None:
    title = dial.pick("報表欄位調整", ["交割日計算修正", "列印格式調整"])
    own = change(firm, SETTLEMENT, firm.as_of - dial.among(16, 15, 17) * DAY, title=title)
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


def _edited(firm: Firm, truth: Truth, dial: Dial) -> None:
    day = firm.as_of - dial.among(12, 8, 14) * DAY
    edit(firm, day, dial.whole(17, 2000, 1))
    truth.planted("production-edited-directly", "edited_without_request", "沒有異動單就修改交割資料", **_edit(day))


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


SCENARIOS: Final = (
    Scenario(
        "no_notice",
        "external-link-unwarned",
        _no_notice,
        none("有提示或沒有；換的是社群媒體", "there is a notice or not; the platform varies"),
    ),
    Scenario(
        "patched_in_place",
        "program-content-unknown",
        _patched_in_place,
        none("內容與核定版本相同或不同", "the content is that of a release or not"),
    ),
    Scenario(
        "older_release",
        "program-content-unknown",
        _older_release,
        none("是核定的版本或不是", "it is the release in force or not"),
    ),
    Scenario(
        "audit_denied",
        "contract-clause-missing",
        _audit_denied,
        Text("明文排除…隻字未提", "excluded in so many words … not mentioned"),
    ),
    Scenario(
        "security_absent",
        "contract-clause-missing",
        _security_absent,
        none("有條款或沒有", "the clause is there or not"),
    ),
    Scenario(
        "released_without_request",
        "change-unapproved",
        _released_without_request,
        Text("深夜…上班時間上線", "released at night … in working hours"),
    ),
    Scenario(
        "approved_by_developer",
        "change-unapproved change-record-incomplete",
        _approved_by_developer,
        none("由開發人員核准或由別人；換的是異動", "approved by the developer or by another; the change varies"),
        also=("no_tester",),
    ),
    Scenario(
        "edited_without_request",
        "production-edited-directly",
        _edited,
        Text("修改兩千筆…一筆", "2,000 … one row changed"),
    ),
)
