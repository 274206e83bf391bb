"""Traps of the desk: small gifts, denials, deeds on the last day, things with a receipt, advice within the contract."""

from datetime import timedelta
from typing import Final

from chahe.simulate.cast.chats import Line
from chahe.simulate.cast.payments import Moved
from chahe.simulate.cast.supervision import Notice, Step
from chahe.simulate.days import DAY, at, us
from chahe.simulate.life import people
from chahe.simulate.life.chats import said
from chahe.simulate.life.company import Firm
from chahe.simulate.life.complaints import complain, last_business_day, step_of
from chahe.simulate.life.custody import check_desk
from chahe.simulate.life.payments import client_account
from chahe.simulate.life.recommendations import recommend
from chahe.simulate.scenarios.lending import BROKERED, between
from chahe.simulate.traps.trap import Trap
from chahe.simulate.truth import Truth, Value
from chahe.wording import Text

_WITHIN: Final = Text("一年之內", "within the year")
_GIVEN: Final = (
    (people.IT_MANAGER, 13), (people.IT_DEPUTY, 14), (people.DATABASE, 15), (people.SECOND_CLERK, 16), (people.AUDITOR, 17),
    (people.COMPLIANCE, 18), (people.RISK_MANAGER, 22), (people.SETTLEMENT, 24), (people.SECURITY_ENGINEER, 37),
)  # fmt: skip
"""Who was given something by which customer; nobody twice."""
_PAIRS: Final = ((12, 16), (14, 18), (18, 22), (22, 26), (26, 30), (24, 28), (28, 32), (20, 24), (16, 24), (30, 34))
"""Customers of one representative each, who pay that one nothing in any near miss."""
_HARMLESS: Final = (
    "我不能保證獲利喔", "公司規定不得保證獲利", "保證金明天要補足", "沒有人可以保證賺錢", "保證獲利的都是詐騙，要小心",
    "投資有賺有賠，請自行評估", "期貨保證金調高了", "我沒有辦法幫您操作", "虧損還是要您自己承擔", "不可能穩賺不賠的",
    "您的保證金專戶已收到款項", "代操要找全權委託，我們不能做",
)  # fmt: skip


def _small_gift(firm: Firm, truth: Truth, nth: int) -> None:
    place, customer = _GIVEN[nth - 1]
    who, client = firm.employee(place), firm.clientele.clients[customer]
    held = firm.money.staff_accounts[who.person]
    on, amount = firm.as_of - (40 + 13 * nth) * DAY, 3_600 + 600 * nth
    firm.money.moved.append(Moved(on, client_account(client), held, amount, "喜宴禮金", held, "員工申報"))
    key: dict[str, Value] = {"person_id": who.person.lower(), "customer_id": client.customer.lower()}
    truth.silent("money-between-staff-and-customer", "一次小額禮金", **key)


def _harmless_words(firm: Firm, truth: Truth, nth: int) -> None:
    broker, client = firm.employee(people.FOURTH_BROKER).name, firm.clientele.clients[(3, 15)[nth % 2]].name
    when = at(firm.as_of - (60 + 9 * nth) * DAY, 13, 30)
    said(firm, client, Line(when, broker, _HARMLESS[nth - 1]))
    key: dict[str, Value] = {"conversation": client, "said_at_us": us(when), "sender": broker, "number": 1}
    truth.silent("profit-guaranteed", "否認、警語或談的是保證金", **key)


def _acted_in_time(firm: Firm, truth: Truth, nth: int) -> None:
    manager = firm.employee(people.BROKERAGE).person
    known, number = last_business_day(firm.as_of - (100 + 10 * nth) * DAY, 1), f"SN-3{nth:02}"
    subject = firm.employee(people.FOURTH_BROKER).person
    firm.supervision.notices.append(Notice(number, manager, known, subject, "客戶反映服務態度", "客訴"))
    acted = last_business_day(known, 5)
    firm.supervision.steps.append(Step(f"SA-3{nth:02}", number, acted, manager, "約談並調閱錄音，查無不當"))
    truth.silent("supervision-failed", "恰在第五個營業日處置", notice_id=number, manager_id=manager.lower())


def _answered_on_the_last_day(firm: Firm, truth: Truth, nth: int) -> None:
    one = complain(firm, firm.as_of - (100 + 8 * nth) * DAY, "手續費計算疑義", customer=12 + nth % 20)
    step_of(firm, one, "回覆客戶").done = last_business_day(one.received, 15)
    step_of(firm, one, "主管覆核").done = one.closed = last_business_day(one.received, 16)
    truth.silent("complaint-step-missed", "恰在第十五個營業日回覆客戶", complaint_id=one.case.lower(), step="回覆客戶")


def _with_receipt(firm: Firm, truth: Truth, nth: int) -> None:
    found = check_desk(firm, people.THIRD_BROKER, firm.as_of - (90 + 4 * nth) * DAY, "款項")
    found.owner, found.receipt = firm.clientele.clients[12 + nth % 20].customer, f"收字第115-04{nth:02}號"
    truth.silent(
        "custody-of-customer-property",
        "開有收據、收付途中的款項",
        row_kind="item",
        person_id=found.person.lower(),
        customer_id=found.owner.lower(),
        reference=found.check.lower(),
        item_no=found.number,
        item_kind="cash",
    )


def _within_tolerance(firm: Firm, truth: Truth, nth: int) -> None:
    one = recommend(firm, at(firm.as_of - 40 * DAY, 14, 20) + timedelta(minutes=nth), 26, "9904", 4)
    truth.silent(
        "recommendation-irregular",
        "風險恰為承受等級",
        row_kind="recommended",
        recommendation_id=one.recommendation.lower(),
        customer_id=one.customer.lower() if one.customer else None,
        account=None,
        order_id=None,
    )


def _between_customers(firm: Firm, truth: Truth, nth: int) -> None:
    payer, payee = _PAIRS[nth - 1]
    between(firm, payer, payee, 150_000 + 37_000 * nth, 60 + 11 * nth, "貨款")
    one, other = (firm.clientele.clients[each].customer for each in (payer, payee))
    representative = firm.clientele.account_of(one).representative
    key: dict[str, Value] = {
        "person_id": representative.lower(),
        "lender_id": one.lower(),
        "borrower_id": other.lower(),
    }
    truth.silent(BROKERED, "同一營業員的兩位客戶之間的貨款，營業員沒有收錢", **key)


TRAPS: Final = (
    Trap(BROKERED, _between_customers, len(_PAIRS), Text("兩人只往來一次", "no two deal twice")),
    Trap(
        "money-between-staff-and-customer",
        _small_gift,
        len(_GIVEN),
        Text("一人只收一次", "nobody is given anything twice"),
    ),
    Trap(
        "profit-guaranteed", _harmless_words, len(_HARMLESS), Text("說法只有這些", "there are no more ways to say it")
    ),
    Trap("supervision-failed", _acted_in_time, 22, _WITHIN),
    Trap("complaint-step-missed", _answered_on_the_last_day, 30, _WITHIN),
    Trap("custody-of-customer-property", _with_receipt, 60, _WITHIN),
    Trap("recommendation-irregular", _within_tolerance, 200, Text("一個下午之內", "within an afternoon")),
)
