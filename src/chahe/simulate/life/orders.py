"""Orders on every trading day of the period: customers' messages to the firm, checks of risk, and the firm's messages to the exchange."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from math import pi, sin
from random import Random
from typing import Final

from chahe.rules.trading_days import trading_days
from chahe.simulate.cast.staff_and_systems import Order
from chahe.simulate.days import DAY, at, days_from
from chahe.simulate.life.company import Firm
from chahe.simulate.life.customers import TRADERS
from chahe.simulate.life.people import BROKER, FOURTH_BROKER, SECOND_BROKER, THIRD_BROKER

_SECURITIES: Final = (
    ("2330", "1085.00"), ("2317", "182.50"), ("2454", "1320.00"), ("0050", "198.35"), ("2603", "201.00"), ("2881", "89.60"),
)  # fmt: skip
_PER_DAY: Final = 6
OTHERS: Final = (16, 17, 18)
"""Places of customers who trade without co-location."""
MICROSECOND: Final = timedelta(microseconds=1)
HEAD_OFFICE: Final = "HAIYU-HQ"
"""The firm on its line to the exchange that is not co-located."""


_BURST: Final = 4
_APART: Final = 50 * MICROSECOND
"""Between the orders of a burst; the fastest takes three times as long through the firm."""


def add_orders(firm: Firm) -> None:
    """A handful of orders a day, each received, checked and sent within a millisecond, and a burst from several customers."""
    rng = firm.rng("orders")
    customers = [one.account for one in firm.clientele.accounts[:TRADERS]]
    firm.traders = customers
    calendar = trading_days()
    for day in days_from(firm.period_from, firm.as_of):
        if not calendar.is_trading_day(day):
            continue
        minutes = sorted(rng.sample(range(2, 262), _PER_DAY))
        for nth, minute in enumerate(minutes, 1):
            symbol, price = rng.choice(_SECURITIES)
            received = at(day, 9 + minute // 60, minute % 60, rng.randrange(60), rng.randrange(900_000))
            checked = received + MICROSECOND * (60 + rng.randrange(200))
            firm.orders.append(
                Order(
                    order_id=f"{day:%y%m%d}{nth:03}",
                    account=rng.choice(customers),
                    symbol=symbol,
                    buy=rng.random() < 0.5,
                    price=Decimal(price),
                    quantity=1000 * (1 + rng.randrange(9)),
                    received=received,
                    checked=checked,
                    sent=checked + MICROSECOND * (90 + rng.randrange(400)),
                )
            )
        _add_burst(firm, day, customers)
    _keep_book(firm)
    _add_others(firm)


def _add_burst(firm: Firm, day: date, customers: list[str]) -> None:
    """Orders of different customers that overlap on their way and are sent as they came."""
    rng = firm.rng(f"burst {day}")
    received = at(day, 13, 23 + rng.randrange(2), rng.randrange(60), rng.randrange(900_000))
    free = received
    for nth, account in enumerate(rng.sample(customers, _BURST), 1):
        checked = received + MICROSECOND * (40 + rng.randrange(60))
        free = max(checked + MICROSECOND * (110 + rng.randrange(200)), free + 15 * MICROSECOND)
        symbol, price = rng.choice(_SECURITIES)
        firm.orders.append(
            Order(
                order_id=f"{day:%y%m%d}{_PER_DAY + nth:03}",
                account=account,
                symbol=symbol,
                buy=rng.random() < 0.5,
                price=Decimal(price),
                quantity=1000 * (1 + rng.randrange(9)),
                received=received,
                checked=checked,
                sent=free,
                in_burst=True,
            )
        )
        received += _APART


def _add_others(firm: Firm) -> None:
    """An order a week of customers who do not use co-location."""
    rng = firm.rng("other orders")
    calendar = trading_days()
    for week in days_from(firm.period_from, firm.as_of)[3::7]:
        day = calendar.previous_trading_day(week + DAY)
        account = firm.clientele.accounts[rng.choice(OTHERS)].account
        when = at(day, 10, rng.randrange(60), rng.randrange(60), rng.randrange(900_000))
        place(firm, account, when, price=Decimal(1085), quantity=1000, buy=rng.random() < 0.7)


def _keep_book(firm: Firm) -> None:
    """What the order book notes of each order besides: how it came and who handled it."""
    rng = firm.rng("order book")
    brokers = [firm.employee(nth).person for nth in (BROKER, SECOND_BROKER, THIRD_BROKER, FOURTH_BROKER)]
    for order in firm.orders:
        order.handler = rng.choice(brokers)
        if rng.random() < 0.3:
            by_internet(firm, order, rng)


def by_internet(firm: Firm, order: Order, rng: Random) -> None:
    """The order came over the internet, from home or by phone, with a signature."""
    client = firm.clientele.client_of(order.account)
    order.channel = "網路"
    order.address = client.home_address if rng.random() < 0.7 else f"198.51.100.{1 + rng.randrange(60)}"
    order.device = client.device
    order.signature = f"{rng.getrandbits(64):016X}"


def place(firm: Firm, account: str, when: datetime, *, price: Decimal, quantity: int, buy: bool = True) -> Order:
    """One more order of a security at a price, over the line of the head office, received at a moment of a trading day.

    Change what else it should be. The order stands first in the list, so that the places of the others stay as they are.
    """
    day = when.date()
    rng = firm.rng(f"order of {account} {when}")
    if firm.members is not None and not when.microsecond:
        when += MICROSECOND * rng.randrange(1, 900_000)  # as no other order comes at a full second
    checked = when + MICROSECOND * (60 + rng.randrange(200))
    order = Order(
        order_id=f"{day:%y%m%d}{1 + sum(one.sent.date() == day for one in firm.orders):03}",
        account=account,
        symbol="2330",
        buy=buy,
        price=price,
        quantity=quantity,
        received=when,
        checked=checked,
        sent=checked + MICROSECOND * (90 + rng.randrange(400)),
        line=HEAD_OFFICE,
    )
    order.handler = next(one.representative for one in firm.clientele.accounts if one.account == account)
    by_internet(firm, order, rng)
    firm.orders.insert(0, order)
    return order


def some_moment(day: date, rng: Random) -> datetime:
    """A moment of a trading day, likelier when trading opens and closes."""
    even = rng.random()
    minutes = 2 + 262 * (even - 0.6 * sin(2 * pi * even) / (2 * pi))
    return at(day, 9) + MICROSECOND * int(minutes * 60_000_000)


def among_others(firm: Firm, told: datetime, rng: Random) -> datetime:
    """The moment told; where the firm has a background, one of that day drawn as the background's are."""
    return told if firm.members is None else some_moment(told.date(), rng)


def trading_day(day: date) -> date:
    """The day, or the first trading day after it."""
    calendar = trading_days()
    return day if calendar.is_trading_day(day) else calendar.next_trading_day(day)


def calm(firm: Firm) -> list[Order]:
    """The orders that came alone."""
    return [one for one in firm.orders if not one.in_burst]
