"""Scenarios of customers' credit: orders over the day's limit, limits raised too late; and what only looks so."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from chahe.simulate.cast.credit import Limit
from chahe.simulate.cast.customers import Client, TradingAccount
from chahe.simulate.days import DAY, at, months_before
from chahe.simulate.life import people
from chahe.simulate.life.company import Firm
from chahe.simulate.life.credit import grant
from chahe.simulate.life.orders import among_others, place, trading_day
from chahe.simulate.scenarios.scenario import Dial, Scenario
from chahe.simulate.truth import Truth
from chahe.wording import Text

WHALE, EXACT, RAISED, SPLIT = 36, 37, 38, 39
"""Places in the list of customers."""
_BRANCHES: Final = (("9A00", people.BROKER), ("9A01", people.SECOND_BROKER), ("9A02", people.THIRD_BROKER))
_SHARES: Final = (146_000, 145_000, 147_000)
"""Of a security at 1,085: NT$158 million at each branch, 475 million a day."""


def near_misses(firm: Firm, truth: Truth) -> None:
    exact = _client(firm, EXACT)
    limit = firm.credit.limit_of(exact.customer)
    day = trading_day(months_before(firm.as_of, 2))
    price = Decimal(limit.amount) / 400_000
    for hour in (9, 12):
        when = among_others(firm, at(day, hour, 31), firm.rng(f"exact at {hour}"))
        place(firm, _account(firm, exact), when, price=price, quantity=200_000)
    truth.silent("order-over-limit", "兩筆委託合計恰為單日額度", customer_id=exact.customer.lower(), traded_on=day)
    _raised_in_time(firm, truth)


def _raised_in_time(firm: Firm, truth: Truth) -> None:
    """A raise approved and in force one second before the order that needs it."""
    client = _client(firm, SPLIT)
    before = firm.credit.limit_of(client.customer)
    day = trading_day(months_before(firm.as_of, 4))
    when = among_others(firm, at(day, 10, 12), firm.rng("raised in time"))
    order = place(firm, _account(firm, client), when, price=Decimal(500), quantity=before.amount // 400)
    _raise(firm, client, before.amount * 2, order.sent.replace(microsecond=0) - timedelta(seconds=1))
    truth.silent("order-over-limit", "調高額度在委託送出前一秒生效", customer_id=client.customer.lower(), traded_on=day)


def _three_branches(firm: Firm, truth: Truth, dial: Dial) -> None:
    """Case five: NT$475 million on each of two days over three branches, each under the limit that its branch gave."""
    whale = _client(firm, WHALE)
    opened = months_before(firm.as_of, 7)
    accounts = [_account(firm, whale)]
    for nth, (broker, clerk) in enumerate(_BRANCHES[1:], 1):
        account = f"{accounts[0][:4]}{(int(accounts[0][4:]) + 137 * nth) % 1000:03}"
        firm.clientele.accounts.append(
            TradingAccount(account, whale.customer, "一般", broker, firm.employee(clerk).person, opened)
        )
        accounts.append(account)
    held = firm.credit.limit_of(whale.customer)
    held.customer, held.account, held.amount = None, accounts[0], 160_000_000
    for account in accounts[1:]:
        grant(firm, whale.customer, 160_000_000, opened + DAY, account=account)
    part = dial.whole(100, 100, 36)
    first = trading_day(months_before(firm.as_of, 3))
    for day in (first, trading_day(first + DAY)):
        for nth, (account, most) in enumerate(zip(accounts, _SHARES, strict=True)):
            shares = most * part // 100_000 * 1000
            when = among_others(firm, at(day, 9 + nth, 14 + 7 * nth), firm.rng(f"branch {nth} on {day}"))
            place(firm, account, when, price=Decimal(1085), quantity=shares)
        truth.planted(
            "order-over-limit",
            "three_branches",
            "同一客戶在三家分公司各在分公司額度內下單，合計" + ("四億七千五百萬元" if part == 100 else "逾單日額度"),
            customer_id=whale.customer.lower(),
            traded_on=day,
        )


def _raised_too_late(firm: Firm, truth: Truth, dial: Dial) -> None:
    """The order first, the approval after it, dated back to the morning."""
    client = _client(firm, RAISED)
    before = firm.credit.limit_of(client.customer)
    day = trading_day(months_before(firm.as_of, 5))
    when = among_others(firm, at(day, 10, 41), firm.rng("raised too late"))
    order = place(firm, _account(firm, client), when, price=Decimal(500), quantity=before.amount // 400)
    late = timedelta(seconds=dial.whole(3000, 9000, 1))
    raised = _raise(firm, client, before.amount * 2, order.sent + late)
    raised.begins = at(day, 9)
    truth.planted(
        "order-over-limit",
        "raised_afterwards",
        f"委託超過額度{'五十分鐘' if late == timedelta(minutes=50) else f' {late} '}後才核准調高，生效時間倒填當日早上",
        customer_id=client.customer.lower(),
        traded_on=day,
    )


def _raise(firm: Firm, client: Client, amount: int, when: datetime) -> Limit:
    raised = grant(firm, client.customer, amount, when.date())
    raised.begins = raised.approved = when
    raised.basis = "客戶申請調高"
    return raised


def _client(firm: Firm, nth: int) -> Client:
    return firm.clientele.clients[nth]


def _account(firm: Firm, client: Client) -> str:
    return firm.clientele.account_of(client.customer).account


SCENARIOS: Final = (
    Scenario(
        "three_branches",
        "order-over-limit",
        _three_branches,
        Text("合計四億七千五百萬元…剛逾一家分公司的額度", "NT$475 million … just over one branch's limit in all"),
    ),
    Scenario(
        "raised_afterwards",
        "order-over-limit",
        _raised_too_late,
        Text("委託後兩個半小時…一秒才核准", "approved two and a half hours … one second after the order"),
    ),
)
