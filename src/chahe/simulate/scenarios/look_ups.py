"""Scenarios of look-ups: a customer's trades read on a superior's word, approvals that are none; and what only looks so."""

from datetime import datetime, timedelta
from typing import Final

from chahe.simulate.cast.desk import Interest, LookUp
from chahe.simulate.days import at, months_before
from chahe.simulate.life import people
from chahe.simulate.life.company import SETTLEMENT, Firm
from chahe.simulate.life.desk import ask, look, number_forms, sessions
from chahe.simulate.scenarios.scenario import Dial, Scenario, in_words, none
from chahe.simulate.truth import Truth, Value
from chahe.wording import Text

_CONTROL = "customer-data-query-unapproved"
_CODES = {"開戶": "opening", "徵信": "credit", "交易": "trading", "集保": "custody", "印鑑": "seal"}
_ACTIONS = {"檢視": "view", "列印": "print", "匯出": "export"}


def near_misses(firm: Firm, truth: Truth) -> None:
    days = sessions(firm)
    _hand_over(firm)
    exact = look(firm, ask(firm, at(days[-22], 13, 7), _account(firm, 21), "客戶申請", "客戶申請交易明細", "交易"), 0)
    truth.silent(_CONTROL, "核准的同一分鐘才查詢", **_key(exact))
    ordered = ask(firm, at(days[-27], 11, 20), _account(firm, 22), "司法或主管機關調閱", "主管交辦，檢察署函查", "交易")
    ordered.document = "北檢偵字第1150044號"
    truth.silent(_CONTROL, "主管交辦但有檢察署來函並經核准", **_key(look(firm, ordered, 30, "列印")))
    auditor = firm.employee(people.AUDITOR)
    seal = ask(firm, at(days[-31], 15, 5), _account(firm, 23), "稽核或法遵查核", "抽核印鑑卡", "印鑑")
    seal.requester, seal.name, seal.title = auditor.person, auditor.name, auditor.title
    seal.approver = firm.employee(people.CHIEF_AUDITOR).person
    truth.silent(_CONTROL, "稽核經核准列印印鑑卡", **_key(look(firm, seal, 15, "列印")))
    # Over long before the period: whoever was at odds with the customer then may approve now.
    settled = firm.clientele.clients[24]
    firm.desk.interests.append(
        Interest(
            firm.employee(people.SETTLEMENT).person,
            settled.customer,
            "訴訟或保全當事人",
            months_before(firm.as_of, 30),
            months_before(firm.as_of, 20),
        )
    )
    for nth in range(1, min(firm.distractors, 40)):
        again = ask(
            firm, at(days[-40 - 4 * nth], 13, 7), _account(firm, 12 + nth % 8), "客戶申請", "客戶申請交易明細", "交易"
        )
        truth.silent(_CONTROL, "核准的同一分鐘才查詢", **_key(look(firm, again, 0)))
    form = ask(firm, at(days[-36], 10, 10), _account(firm, 24), "徵信與額度作業", "調整額度前複核徵信", "徵信")
    truth.silent(_CONTROL, "核准人與客戶的訴訟早已終結", **_key(look(firm, form, 20)))
    number_forms(firm)


def _case_two(firm: Firm, truth: Truth, dial: Dial) -> None:
    """Case two of the slides: the president is at law with customer A and has the clerks read A's trades."""
    days = sessions(firm)
    _hand_over(firm)
    clerk, president = firm.employee(people.CLERK).person, firm.employee(people.PRESIDENT).person
    target = firm.clientele.clients[30]
    firm.desk.interests.append(Interest(president, target.customer, "訴訟或保全當事人", months_before(firm.as_of, 5)))
    account = _account(firm, 30)
    told = _look(firm, at(days[-12], dial.among(16, 10, 16), 42), clerk, account, "交易")
    truth.planted(
        _CONTROL, "case_two_on_a_word", "作業中心經理受高層之託，交辦專員查詢客戶交易，沒有申請單", **_key(told)
    )
    kind, reason = dial.by_degree(
        ("主管交辦", "高層聲請假執行所需"),
        (("主管交辦", "主管交辦"), ("主管交辦", "高層聲請假執行所需"), ("其他", "主管指示，協助確認庫存")),
    )
    excused = ask(firm, at(days[-10], 9, 30), account, kind, reason, "集保")
    truth.planted(
        _CONTROL, "case_two_word_on_paper", "補了申請單，但事由只是主管交辦", **_key(look(firm, excused, 12, "列印"))
    )
    partial = ask(firm, at(days[-9], 11, 3), account, "公司涉訟或保全程序", "聲請假執行", "開戶")
    partial.document, partial.for_whom = "115年度司執字第0412號", president
    truth.planted(_CONTROL, "case_two_interested", "資料使用人是與客戶涉訟的總經理", **_key(look(firm, partial, 25)))
    number_forms(firm)


def _approved_after(firm: Firm, truth: Truth, dial: Dial) -> None:
    _hand_over(firm)
    late, minutes = dial.among(-16, -17, -14), dial.whole(40, 240, 1)
    form = ask(firm, at(sessions(firm)[late], 14, 0), _account(firm, 31), "客戶申請", "客戶申請交易明細", "交易")
    told = f"先查詢、{in_words(minutes)}分鐘後才核准"
    truth.planted(_CONTROL, "approved_after", told, **_key(look(firm, form, -minutes)))
    number_forms(firm)


def _approved_by_self(firm: Firm, truth: Truth, dial: Dial) -> None:
    _hand_over(firm)
    day, chief = sessions(firm)[dial.among(-19, -21, -18)], firm.employee(people.SETTLEMENT)
    own = ask(firm, at(day, 10, 45), _account(firm, 32), "徵信與額度作業", "調整額度前複核徵信", "徵信")
    own.requester, own.name, own.title, own.approver = chief.person, chief.name, chief.title, chief.person
    truth.planted(_CONTROL, "approved_by_self", "經理申請、經理自己核准", **_key(look(firm, own, 5)))
    number_forms(firm)


def _exported(firm: Firm, truth: Truth, dial: Dial) -> None:
    _hand_over(firm)
    broker = next(one for one in firm.clientele.accounts if one.account == _account(firm, 34)).representative
    day, action = sessions(firm)[dial.among(-6, -8, -3)], dial.by_degree("匯出", ("匯出", "列印"))
    taken = _look(firm, at(day, 13, 35), broker, _account(firm, 34), "交易", action)
    truth.planted(_CONTROL, "exported_own_customers", f"營業員{action}自己客戶的交易，沒有申請單", **_key(taken))


def _lose_a_form(firm: Firm, truth: Truth, _dial: Dial) -> None:
    """A form that nobody used is gone from the register; the next number shows it. Nobody may number the forms again."""
    following = next(one for one in firm.desk.forms[-5::-1] if not one.form.endswith("-0001"))
    approved = (following.approved or at(following.asked, 9)) - timedelta(minutes=3)
    lost = ask(firm, approved, _account(firm, 36), "客戶申請", "客戶申請補發對帳單", "開戶")
    number_forms(firm)
    firm.desk.forms.remove(lost)
    key: dict[str, Value] = dict.fromkeys(
        ("system", "person_id", "account", "customer_id", "data_class", "action"), None
    )
    truth.planted(
        _CONTROL, "form_number_missing", "申請單號中間少了一號", **key, looked_on=following.asked,
        request_id=following.form.lower(),
    )  # fmt: skip


def _hand_over(firm: Firm) -> None:
    """Whoever leaves looks nothing up any more."""
    left = {one.person: one.left for one in firm.employees if one.left}
    firm.desk.look_ups = [one for one in firm.desk.look_ups if one.when.date() <= left.get(one.person, firm.as_of)]


def _account(firm: Firm, nth: int) -> str:
    return firm.clientele.account_of(firm.clientele.clients[nth].customer).account


def _look(firm: Firm, when: datetime, person: str, account: str, data: str, action: str = "檢視") -> LookUp:
    found = LookUp(when + timedelta(seconds=17), person, account, data, action)
    firm.desk.look_ups.append(found)
    return found


def _key(one: LookUp) -> dict[str, Value]:
    return {
        "system": SETTLEMENT,
        "person_id": one.person.lower(),
        "account": one.account,
        "customer_id": None,
        "data_class": _CODES[one.data],
        "action": _ACTIONS[one.action],
        "looked_on": one.when.date(),
        "request_id": None,
    }


SCENARIOS: Final = (
    Scenario(
        "case_two_on_a_word",
        "customer-data-query-unapproved",
        _case_two,
        Text(
            "事由明寫主管交辦…以其他事由帶過",
            "the reason says it is a superior's order … says so under another kind",
        ),
        also=("case_two_word_on_paper", "case_two_interested"),
    ),
    Scenario(
        "approved_after",
        "customer-data-query-unapproved",
        _approved_after,
        Text("查詢後四小時…一分鐘才核准", "approved four hours … one minute after the look-up"),
    ),
    Scenario(
        "approved_by_self",
        "customer-data-query-unapproved",
        _approved_by_self,
        none("由自己核准或由別人；換的是日子", "approved by oneself or by another; the day varies"),
    ),
    Scenario(
        "exported_own_customers", "customer-data-query-unapproved", _exported, Text("匯出…列印", "exported … printed")
    ),
    Scenario(
        "form_number_missing",
        "customer-data-query-unapproved",
        _lose_a_form,
        none("單號連續或不連續", "numbers run on or not"),
    ),
)
