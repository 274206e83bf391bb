"""The background's orders in the security under disposition: small ones, and large ones whose money or shares were collected before."""

from datetime import date, timedelta
from itertools import count as counted
from random import Random
from typing import Final

import numpy as np

from chahe.rules.trading_days import trading_days
from chahe.simulate.cast.special_orders import Prepayment
from chahe.simulate.crowd.chance import Chance
from chahe.simulate.crowd.members import Members
from chahe.simulate.crowd.reach import representatives
from chahe.simulate.days import DAY, at, days_from, moment_of, us
from chahe.simulate.life.company import Firm
from chahe.simulate.life.orders import HEAD_OFFICE
from chahe.simulate.logs.order_rows import NEW, Row, came
from chahe.simulate.registers.special_orders import DISPOSED

SERIALS: Final = 91_480_027
"""Numbers of these orders come so far behind those of a day's others."""
_CUSTOMERS_EACH, _MOST = 200, 300
_MEANS: Final = 10_000_000
"""Single-day limit of whoever orders, at least: there is room beside the other orders of the day."""
_MIDDLE, _TICK = 4_500, 5
_SINGLE, _ALL = 10_000, 30_000
"""Shares from which an order, or all orders of a day, must be paid for before."""
_CLOSE: Final = 265 * 60_000_000


def disposal_days(firm: Firm) -> list[date]:
    """The trading days of which the exchange's file says that a security is under disposition."""
    if firm.special.disposed is None:
        return []
    first, last = firm.special.disposed
    calendar = trading_days()
    return [day for day in days_from(first, min(last, first + 3 * DAY)) if calendar.is_trading_day(day)]


def disposed_orders(firm: Firm, members: Members, day: date) -> list[Row]:
    """Of a day; none on most days."""
    if day not in disposal_days(firm):
        return []
    others = members.others()[: members.came_by(day - 30 * DAY) // 2]
    able = others[(members.limits(others) >= _MEANS) & ~members.corporate(others)]
    drawn = able[np.argsort(Chance(members.seed, f"disposed {day}").bits(able), kind="stable")]
    drawn = drawn[: min(_MOST, max(2, members.count // _CUSTOMERS_EACH))]
    numbers, serials = members.numbering(f"order {day}", 8), counted(SERIALS)
    people, mobiles = representatives(firm, members, drawn), members.mobiles(drawn).tolist()
    lines, devices = members.lines(members.houses(drawn)), members.devices(drawn).tolist()
    rows = []
    for nth, seat in enumerate(drawn.tolist()):
        rng = Random(f"{members.seed} disposed {day} {seat}")
        spoken, buy = rng.random() < 0.15, rng.random() < 0.6
        price = _MIDDLE + _TICK * rng.randrange(-18, 19)
        moment = us(at(day, 9, 20)) + int(rng.random() * (_CLOSE - 40 * 60_000_000))
        for shares in _shares(rng):
            checked = moment + 60 + rng.randrange(200)
            rows.append(
                Row(
                    f"{day:%y%m%d}{numbers.of(next(serials)):08}", members.account(seat), DISPOSED, buy,
                    f"{price // 100}.{price % 100:02}", shares, moment, checked, checked + 90 + rng.randrange(400), shares, True,
                    shares if rng.random() < 0.6 else 0, 0, 1_500 + rng.randrange(300_000), "語音" if spoken else "網路",
                    people[nth], "" if spoken else lines[nth], "" if spoken else f"{devices[nth]:012x}",
                    "" if spoken else f"{rng.getrandbits(64):016X}", f"09{mobiles[nth]:08}" if spoken else "", "普通", "",
                    HEAD_OFFICE, False, NEW,
                )
            )  # fmt: skip
            moment += rng.randrange(20_000_000, 240_000_000)
    return rows


def _shares(rng: Random) -> list[int]:
    """A small order, a large one, or several small ones that are much together."""
    kind = rng.random()
    if kind < 0.45:
        return [1_000 * rng.randrange(1, 9)]
    return [1_000 * rng.randrange(10, 20)] if kind < 0.9 else [9_000] * 4


def prepay(firm: Firm, members: Members) -> None:
    """What was collected for the large orders, among the story's collections in the order of their moments."""
    kept = firm.special.prepayments
    for day in disposal_days(firm):
        held: dict[str, list[Row]] = {}
        for one in disposed_orders(firm, members, day):
            held.setdefault(one.account, []).append(one)
        for account, orders in held.items():
            shares = sum(one.quantity for one in orders)
            if shares < _ALL and max(one.quantity for one in orders) < _SINGLE:
                continue
            before = Random(f"{members.seed} collected {day} {account}").randrange(120, 1_100)
            collected = moment_of(min(map(came, orders))).replace(microsecond=0) - timedelta(seconds=before)
            worth = f"{sum(one.quantity * float(one.price) for one in orders):.2f}"
            money, handed = (worth, None) if orders[0].buy else (None, shares)
            kept.append(Prepayment("", account, DISPOSED, day, collected, money, handed))
    kept.sort(key=lambda one: (one.collected, one.account))
    for nth, collection in enumerate(kept, 1):
        collection.prepayment = f"PP-{nth:04}"
