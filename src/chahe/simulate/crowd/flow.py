"""The background's orders of one day as columns, in blocks: who orders what, when, by which way, and how it ends."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

import numpy as np

from chahe.simulate.crowd.chance import Chance, Flags, Floats, Ints
from chahe.simulate.crowd.market import chosen, prices
from chahe.simulate.crowd.members import Members
from chahe.simulate.days import at, us

BLOCK: Final = 1 << 14
_MINUTE: Final = 60_000_000
_OPEN: Final = 269
"""Minutes in which orders come, from nine o'clock on."""
_BUSY_ENDS: Final = 0.6
"""How much more is ordered when trading opens and closes, as a share of the day's mean."""
_LOT: Final = 1000
_ROOM: Final = 0.8
"""A customer's orders of a day stay within so much of the limit: programs stop them there."""
_NEW: Final = timedelta(days=3)
"""Whoever came within these does not order yet."""
_CROWDED: Final = 0.04
"""Minutes in which half of all that trade buy the same share."""


class Orders(NamedTuple):
    """Some orders in the order of their receipt; moments in microseconds since 1970, prices in hundredths of a dollar."""

    places: Ints
    """Of the day, from 0."""
    seats: Ints
    symbols: Ints
    buys: Flags
    prices: Ints
    quantities: Ints
    received: Ints
    checked: Ints
    sent: Ints
    filled: Ints
    rest: Ints
    after: Ints


class Flow:
    """One day's orders. Two passes: how often each customer orders, then the orders themselves, each within the day's room."""

    def __init__(self, members: Members, others: Ints, day: date, count: int) -> None:
        self.day, self.count = day, count
        self._members, self._others = members, others[: int(np.searchsorted(others, members.came_by(day - _NEW)))]
        self._began = us(at(day, 9))
        self._chances = {
            name: Chance(members.seed, f"order {name} {day}")
            for name in (
                "who",
                "what",
                "side",
                "price",
                "lots",
                "when",
                "check",
                "send",
                "fill",
                "part",
                "report",
                "crowd",
            )
        }
        self._often = np.zeros(members.count, dtype=np.int32)
        for begin in range(0, count, BLOCK):
            seats = self._seats(np.arange(begin, min(begin + BLOCK, count)))
            self._often += np.bincount(seats, minlength=members.count).astype(np.int32)

    def blocks(self, block: int = BLOCK) -> Iterator[Orders]:
        """All of them, so many at a time; how many at a time changes nothing."""
        for begin in range(0, self.count, block):
            yield self._orders(np.arange(begin, min(begin + block, self.count)))

    def horizon(self, place: int) -> int | None:
        """When the order at a place of the day is received; None after the last."""
        return int(self._received(np.array([place]))[0]) if place < self.count else None

    def _seats(self, places: Ints) -> Ints:
        # Who has been with the firm for long orders more.
        return self._others[(self._share("who", places) ** 1.5 * len(self._others)).astype(np.int64)]

    def _share(self, name: str, places: Ints) -> Floats:
        return self._chances[name].share(places)

    def _received(self, places: Ints) -> Ints:
        """Ever later from place to place, and densest at the opening and at the close."""
        even = (places + self._share("when", places)) / self.count
        bent = even - _BUSY_ENDS * np.sin(2 * np.pi * even) / (2 * np.pi)
        return self._began + (bent * _OPEN * _MINUTE).astype(np.int64)

    def _orders(self, places: Ints) -> Orders:
        seats, received = self._seats(places), self._received(places)
        minute = (received - self._began) // _MINUTE
        follows = (self._chances["crowd"].share(minute) < _CROWDED) & (self._share("part", places + self.count) < 0.5)
        symbols = np.where(follows, chosen(self._share("what", minute)), chosen(self._share("what", places + 1000)))
        price = prices(self._chances["price"], self.day.toordinal(), symbols, places + 10**9)
        quantity = self._quantities(places, seats, price)
        checked = received + 60 + self._chances["check"].below(places, 200)
        filled = np.where(self._share("fill", places) < 0.82, quantity, 0)
        split = (filled > 1) & (self._share("part", places) < 0.2)
        first = np.where(split, np.maximum(filled // (2 * _LOT) * _LOT, 1), filled)
        whole = self._share("fill", places + self.count) < 0.6
        return Orders(
            places, seats, symbols, follows | (self._share("side", places) < 0.5), price, quantity, received, checked,
            checked + 90 + self._chances["send"].below(places, 400), first, np.where(split & whole, filled - first, 0),
            1_500 + self._chances["report"].below(places, 300_000),
        )  # fmt: skip

    def _quantities(self, places: Ints, seats: Ints, price: Ints) -> Ints:
        """Whole lots where the customer's room of the day has any, and odd lots where it has none."""
        room = self._members.limits(seats) * _ROOM / np.maximum(self._often[seats], 1)
        shares = (room * 100 / price).astype(np.int64)
        lots = 1 + (self._share("lots", places) ** 3 * 20).astype(np.int64)
        odd = np.clip(shares, 1, _LOT - 1)
        odd = 1 + (self._share("lots", places) * odd).astype(np.int64)
        return np.where(shares >= _LOT, np.minimum(lots, shares // _LOT) * _LOT, np.minimum(odd, _LOT - 1))
