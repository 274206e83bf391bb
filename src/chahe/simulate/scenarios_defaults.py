"""Scenarios of defaults and credit checks: one large, many at one firm, late, or in silence; and what only looks so."""

from datetime import date
from decimal import Decimal
from typing import Final

from chahe.simulate.cast import Order
from chahe.simulate.company import Firm
from chahe.simulate.credit import completed_halves, default, due_on, grant
from chahe.simulate.credit_papers import Default
from chahe.simulate.days import DAY, at, months_before
from chahe.simulate.orders import OTHERS, place, trading_day
from chahe.simulate.scenarios_credit import WHALE
from chahe.simulate.truth import Truth

_DEFAULTER, _EVEN, _RAISED, _NEVER, _POOR = 30, 32, 33, 34, 35
"""Places of customers."""
_RING: Final = range(20, 28)
"""Places of eight customers who default within one half-year."""


def near_misses(firm: Firm, truth: Truth) -> None:
    client = _customer(firm, _DEFAULTER)
    account = firm.clientele.account_of(client).account
    day = trading_day(months_before(firm.as_of, 6))
    place(firm, account, at(day, 11, 46), price=Decimal(1085), quantity=1000)
    default(firm, account, day, 1_085_000, cleared=due_on(day) + DAY)
    truth.silent("default-late-report", "違約於期限前申報", account=account, traded_on=day)
    paid = _others(firm)[9]
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


def breaches(firm: Firm, truth: Truth) -> None:
    cases = _large_default(firm, truth)
    _late_and_silent(firm, truth, cases)
    _many_defaults(firm, truth)
    _limits(firm, truth)


def _large_default(firm: Firm, truth: Truth) -> list[Default]:
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
            "單一客戶連續兩日違約九億五千萬元",
            subject_kind="amount",
            subject=whale.lower(),
            counted=half,
        )
    again = trading_day(cases[-1].due + 12 * DAY)
    for hour in (9, 11):
        order = place(firm, accounts[1], at(again, hour, 25), price=Decimal(1085), quantity=1000)
        order.filled = False
    truth.planted(
        "default-concentration",
        "orders_while_open",
        "違約未結案，兩週後仍接受委託",
        subject_kind="orders",
        subject=whale.lower(),
        counted=cases[0].default,
    )
    return cases


def _late_and_silent(firm: Firm, truth: Truth, cases: list[Default]) -> None:
    late = cases[2]
    late.declared = at(late.due, 15, 10)
    truth.planted(
        "default-late-report",
        "entered_in_the_afternoon",
        "違約於下午三時才申報",
        account=late.account,
        traded_on=late.traded,
    )
    silent = _others(firm)[15]
    traded = silent.sent.date()
    firm.credit.settled_at[silent.account, traded] = at(due_on(traded), 14, 5)
    truth.planted(
        "default-late-report",
        "waited_for_the_money",
        "客戶下午才補足款項，公司沒有申報違約",
        account=silent.account,
        traded_on=traded,
    )


def _many_defaults(firm: Firm, truth: Truth) -> None:
    """Case six: eight customers and the one that was settled; nine of the market's twenty-five of a half-year are the firm's."""
    begins, ends = completed_halves(firm)[-1]
    for nth, place_of in enumerate(_RING):
        account = firm.clientele.account_of(_customer(firm, place_of)).account
        day = trading_day(begins + (30 + 13 * nth) * DAY)
        place(firm, account, at(day, 10, 3 + nth), price=Decimal(1085), quantity=2000)
        default(firm, account, day, 2_170_000, cleared=due_on(day) + DAY)
    figures = firm.credit.market[-1]
    figures.market, figures.firm = 25, 9
    truth.planted(
        "default-concentration",
        "a_third_of_the_market",
        "半年內違約客戶占集中市場百分之三十六，業務比重不到百分之三",
        subject_kind="share",
        subject=None,
        counted=f"{begins} {ends}",
    )


def _limits(firm: Firm, truth: Truth) -> None:
    never = firm.credit.limit_of(_customer(firm, _NEVER))
    firm.credit.assessments = [one for one in firm.credit.assessments if one.customer != never.customer]
    truth.planted("credit-assessment-missing", "never_assessed", "核給額度而沒有徵信", limit_id=never.limit)
    poor = firm.credit.limit_of(_customer(firm, _POOR))
    for check in firm.credit.assessments:
        if check.customer == poor.customer:
            check.means = poor.amount // 10
    truth.planted("credit-assessment-missing", "beyond_the_means", "額度為查證資力的十倍", limit_id=poor.limit)
    before = firm.credit.limit_of(_customer(firm, _RAISED))
    raised = grant(firm, _customer(firm, _RAISED), before.amount * 2, months_before(firm.as_of, 9))
    raised.basis = "營業員申請調高"
    truth.planted("credit-assessment-missing", "raised_unseen", "調高額度而沒有重新徵信", limit_id=raised.limit)


def _half(day: date) -> str:
    return f"{day.year}H{1 if day.month <= 6 else 2}"


def _customer(firm: Firm, nth: int) -> str:
    return firm.clientele.clients[nth].customer


def _others(firm: Firm) -> list[Order]:
    """The weekly orders of the customers without co-location, the earliest first."""
    accounts = {firm.clientele.accounts[place_of].account for place_of in OTHERS}
    return sorted((one for one in firm.orders if one.account in accounts), key=lambda one: one.sent)
