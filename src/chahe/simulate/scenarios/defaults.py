"""Scenarios of defaults and credit checks: one large, many at one firm, late, or in silence; and what only looks so."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from chahe.simulate.cast.staff_and_systems import Order
from chahe.simulate.days import DAY, at, months_before
from chahe.simulate.life.company import Firm
from chahe.simulate.life.credit import completed_halves, default, due_on, grant
from chahe.simulate.life.orders import OTHERS, among_others, place, trading_day
from chahe.simulate.scenarios.credit import WHALE
from chahe.simulate.scenarios.scenario import Dial, Scenario, in_words, none
from chahe.simulate.truth import Truth
from chahe.wording import Text

_DEFAULTER, _EVEN, _RAISED, _NEVER, _POOR = 30, 32, 33, 34, 35
"""Places of customers."""
_MINUTE: Final = timedelta(minutes=1)
_RING: Final = range(20, 28)
"""Places of eight customers who default within one half-year."""


def near_misses(firm: Firm, truth: Truth) -> None:
    client = _customer(firm, _DEFAULTER)
    account = firm.clientele.account_of(client).account
    day = trading_day(months_before(firm.as_of, 6))
    place(firm, account, among_others(firm, at(day, 11, 46), firm.rng("paid late")), price=Decimal(1085), quantity=1000)
    default(firm, account, day, 1_085_000, cleared=due_on(day) + DAY)
    truth.silent("default-late-report", "違約於期限前申報", account=account, traded_on=day)
    paid = weekly_orders(firm)[9]
    traded = paid.sent.date()
    firm.credit.settled_at[paid.account, traded] = at(due_on(traded), 11)
    truth.silent("default-late-report", "期限當時才補足款項", account=paid.account, traded_on=traded)
    begins, ends = completed_halves(firm)[-2]
    counted = f"{begins} {ends}"
    truth.silent("default-concentration", "違約人次與業務比重相當", subject_kind="share", subject=None, counted=counted)
    limit = firm.credit.limit_of(_customer(firm, _EVEN))
    for check in firm.credit.assessments:
        if check.customer == limit.customer:
            check.means = limit.amount
    truth.silent("credit-assessment-missing", "額度恰為查證的資力", limit_id=limit.limit)


def _one_customer(firm: Firm, truth: Truth, dial: Dial) -> None:
    """Case five: the customer of three branches pays for neither day, and is let to order again."""
    whale = _customer(firm, WHALE)
    accounts = [one.account for one in firm.clientele.accounts if one.customer == whale]
    bought = sorted((one for one in firm.orders if one.account in accounts), key=lambda one: one.sent)
    cases = [
        default(firm, one.account, one.sent.date(), round(one.price * one.quantity), cleared=None) for one in bought
    ]
    for half in sorted({_half(one.traded) for one in cases}):
        truth.planted(
            "default-concentration",
            "one_customer",
            "單一客戶連續兩日違約" + ("九億五千萬元" if sum(one.amount for one in cases) > 900_000_000 else "上億元"),
            subject_kind="amount",
            subject=whale.lower(),
            counted=half,
        )
    again = trading_day(cases[-1].due + dial.among(12, 3, 25) * DAY)
    for nth in range(dial.whole(2, 6, 1)):
        moment = among_others(firm, at(again, 9 + 2 * (nth % 2), 25 + nth // 2), firm.rng(f"again {nth}"))
        order = place(firm, accounts[1], moment, price=Decimal(1085), quantity=1000)
        order.filled = False
    truth.planted(
        "default-concentration",
        "orders_while_open",
        "違約未結案，其後仍接受委託",
        subject_kind="orders",
        subject=whale.lower(),
        counted=cases[0].default,
    )
    late = cases[2]
    late.declared = at(late.due, 11) + dial.whole(250, 540, 1) * _MINUTE
    truth.planted(
        "default-late-report",
        "entered_in_the_afternoon",
        f"違約於{late.declared:%H:%M}才申報",
        account=late.account,
        traded_on=late.traded,
    )


def _waited(firm: Firm, truth: Truth, dial: Dial) -> None:
    silent = weekly_orders(firm)[15]
    traded = silent.sent.date()
    settled = at(due_on(traded), 11) + dial.whole(185, 420, 1) * _MINUTE
    firm.credit.settled_at[silent.account, traded] = settled
    truth.planted(
        "default-late-report",
        "waited_for_the_money",
        f"客戶到 {settled:%H:%M} 才補足款項，公司沒有申報違約",
        account=silent.account,
        traded_on=traded,
    )


def _many_defaults(firm: Firm, truth: Truth, dial: Dial) -> None:
    """Case six: eight customers and the one that was settled; nine of the market's twenty-five of a half-year are the firm's."""
    begins, ends = completed_halves(firm)[-1]
    for nth, place_of in enumerate(_RING):
        account = firm.clientele.account_of(_customer(firm, place_of)).account
        day = trading_day(begins + (30 + 13 * nth) * DAY)
        when = among_others(firm, at(day, 10, 3 + nth), firm.rng(f"ring {nth}"))
        place(firm, account, when, price=Decimal(1085), quantity=2000)
        default(firm, account, day, 2_170_000, cleared=due_on(day) + DAY)
    figures = firm.credit.market[-1]
    figures.market, figures.firm = dial.whole(25, 20, 60), 9
    truth.planted(
        "default-concentration",
        "a_third_of_the_market",
        f"半年內違約客戶占集中市場百分之{in_words(900 // figures.market)}，業務比重不到百分之三",
        subject_kind="share",
        subject=None,
        counted=f"{begins} {ends}",
    )


def _never_assessed(firm: Firm, truth: Truth, _dial: Dial) -> None:
    never = firm.credit.limit_of(_customer(firm, _NEVER))
    firm.credit.assessments = [one for one in firm.credit.assessments if one.customer != never.customer]
    truth.planted("credit-assessment-missing", "never_assessed", "核給額度而沒有徵信", limit_id=never.limit)


def _beyond_the_means(firm: Firm, truth: Truth, dial: Dial) -> None:
    poor = firm.credit.limit_of(_customer(firm, _POOR))
    means = dial.whole(poor.amount // 10, poor.amount // 20, poor.amount - 1)
    for check in firm.credit.assessments:
        if check.customer == poor.customer:
            check.means = means
    told = "為查證資力的十倍" if means == poor.amount // 10 else f"逾查證資力 {poor.amount - means} 元"
    truth.planted("credit-assessment-missing", "beyond_the_means", f"額度{told}", limit_id=poor.limit)


def _raised_unseen(firm: Firm, truth: Truth, dial: Dial) -> None:
    before = firm.credit.limit_of(_customer(firm, _RAISED))
    amount = dial.whole(before.amount * 2, before.amount * 5 // 2, before.amount + 10_000)
    raised = grant(firm, _customer(firm, _RAISED), amount, months_before(firm.as_of, 9))
    raised.basis = "營業員申請調高"
    truth.planted("credit-assessment-missing", "raised_unseen", "調高額度而沒有重新徵信", limit_id=raised.limit)


def _half(day: date) -> str:
    return f"{day.year}H{1 if day.month <= 6 else 2}"


def _customer(firm: Firm, nth: int) -> str:
    return firm.clientele.clients[nth].customer


def weekly_orders(firm: Firm) -> list[Order]:
    """The weekly orders of the customers without co-location, the earliest first."""
    accounts = {firm.clientele.accounts[place_of].account for place_of in OTHERS}
    return sorted((one for one in firm.orders if one.account in accounts), key=lambda one: one.sent)


SCENARIOS: Final = (
    Scenario(
        "one_customer",
        "default-concentration default-late-report",
        _one_customer,
        Text(
            "其後受託六筆…一筆，申報遲九小時…一分鐘；金額隨 three_branches",
            "six orders … one since, entered nine hours … a minute late; the amount is three_branches'",
        ),
        also=("orders_while_open", "entered_in_the_afternoon"),
        needs=("three_branches",),
    ),
    Scenario(
        "waited_for_the_money",
        "default-late-report",
        _waited,
        Text("遲七小時…一分鐘補足", "money seven hours … a minute late"),
    ),
    Scenario(
        "a_third_of_the_market",
        "default-concentration",
        _many_defaults,
        Text("占市場百分之四十五…十五", "45 … 15 per cent of the market's"),
    ),
    Scenario("never_assessed", "credit-assessment-missing", _never_assessed, none("有徵信或沒有", "assessed or not")),
    Scenario(
        "beyond_the_means",
        "credit-assessment-missing",
        _beyond_the_means,
        Text("額度為資力的二十倍…多一元", "twenty times the means … NT$1 above them"),
    ),
    Scenario(
        "raised_unseen",
        "credit-assessment-missing",
        _raised_unseen,
        Text("調為兩倍半…多一萬元", "raised to two and a half times … by NT$10,000"),
    ),
)
