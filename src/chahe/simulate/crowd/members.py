"""The list of customers as columns: every attribute of a seat is made of the seat's number, so none is held."""

from bisect import bisect_right
from datetime import date, timedelta
from typing import Final

import numpy as np
import pyarrow as pa

from chahe.simulate.crowd.chance import Chance, Flags, Ints, Numbering
from chahe.simulate.logs.texts import Column

_LAST, _LONG, _YEARS = 30, 426, 2740
"""Days: the last customer came so long ago, whoever is not new, and over how many days these came."""
_NEW: Final = 0.04
_NEAR: Final = 60
"""Days of the story are the same in every world: their seats are drawn from a sixtieth of all, or numbers would tell them."""
_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVXYWZIO"
_BANKS: Final = ("812", "004", "013", "822")
_MILLION: Final = 1_000_000
_LIMITS: Final = np.array([3, 5, 8, 10, 20, 30, 50, 100, 150, 200]) * _MILLION
_OF_FIRMS: Final = 5_000 * _MILLION
HOUSEHOLD: Final = 3
"""Seats that may live together; they came one after the other."""


class Members:
    """Seats are numbered from 0 in the order in which their customers came; some are taken by people of the story.

    Whoever lives together shares the house's lines, and some a telephone or a tablet computer.
    """

    def __init__(self, seed: int, as_of: date, customers: int) -> None:
        self.seed, self.as_of, self.count = seed, as_of, customers
        self.taken: dict[str, int] = {}
        """Seats of the story's people by customer number."""
        self._reserved: set[int] = set()
        self._staff_ids: frozenset[str] = frozenset()
        self._digits = max(6, len(str(customers)) + 2)
        self._others: Ints | None = None
        self._home_lines: Column = None
        self._counted = 0
        self._numberings: dict[str, Numbering] = {}
        self._chances: dict[str, Chance] = {}

    def chance(self, subject: str) -> Chance:
        """The chance of one attribute of the seats."""
        if subject not in self._chances:
            self._chances[subject] = Chance(self.seed, f"seat {subject}")
        return self._chances[subject]

    def numbering(self, subject: str, digits: int = 0) -> Numbering:
        """Serial numbers of one kind, with room for several to each customer."""
        if subject not in self._numberings:
            self._numberings[subject] = Numbering(self.seed, subject, digits or self._digits)
        return self._numberings[subject]

    # Who sits where

    def seat_from(self, day: date) -> int:
        """A free seat of a customer who came on a day, or in the weeks before it."""
        before = self.chance("before").one(len(self._reserved), 1 + self.count // _NEAR)
        came = min(self.came_by(day - timedelta(days=1)), self.count - 1) - before
        # Whoever was here before all others would stand at the head of every list.
        return self._free(came if came > 0 else self.chance("early").one(len(self._reserved), self.count // 4))

    def _free(self, seat: int) -> int:
        """That seat, or the nearest in a household in which nobody of the story lives."""
        house, houses = seat // HOUSEHOLD, self.count // HOUSEHOLD
        near = (side for step in range(houses) for side in (house + step, house - step) if 0 <= side < houses)
        found = next(one for one in near if one not in self._reserved)
        self._reserved.add(found)
        return seat if found == house else found * HOUSEHOLD

    def others(self) -> Ints:
        """The seats that are the background's, in order."""
        if self._others is None or self._counted != len(self._reserved):
            seats = np.arange(self.count, dtype=np.int64)
            self._others = seats[~np.isin(seats // HOUSEHOLD, sorted(self._reserved))]
            self._counted = len(self._reserved)
        return self._others

    def keep_apart(self, staff_ids: frozenset[str]) -> None:
        """National IDs that no seat has."""
        self._staff_ids = staff_ids

    def came(self, seat: int) -> date:
        """The day on which the seat's account was opened: few within the last year, the others evenly over the years before."""
        share = (self.count - 1 - seat) / self.count
        new = min(share / _NEW, 1) * (_LONG - _LAST)
        old = max(share - _NEW, 0) / (1 - _NEW) * _YEARS
        return self.as_of - timedelta(days=_LAST + int(new + old))

    def came_by(self, day: date) -> int:
        """How many had come by the end of a day."""
        return bisect_right(range(self.count), day, key=self.came)

    # What stands on paper

    def customer(self, seat: int) -> str:
        return f"K{10 ** (self._digits - 1) + 17 * seat + self.chance('customer').one(seat, 17)}"

    def accounts(self, seats: Ints) -> Ints:
        """Account numbers, of seven digits."""
        step = max(1, min(900, 8_000_000 // (self.count + 1)))
        return 1_000_000 + seats * step + self.chance("account").below(seats, step)

    def account(self, seat: int) -> str:
        return str(int(self.accounts(np.array([seat]))[0]))

    def corporate(self, seats: Ints) -> Flags:
        return self.chance("corporate").share(seats) < 0.04

    def is_corporate(self, seat: int) -> bool:
        return bool(self.corporate(np.array([seat]))[0])

    def national_id(self, seat: int, *, corporate: bool) -> str:
        """A national ID whose check digit holds, or a company's number."""
        if corporate:
            return f"{10_000_000 + self.numbering('company', 7).of(seat)}"
        for serial in range(seat, 8 * self.count, self.count):
            rest, number = divmod(self.numbering("national id", 8).of(serial), 10**7)
            county = rest // 2 * 5 + self.chance("county").one(seat, 5)
            written = _checked(county, (1 + rest % 2) * 10**7 + number)
            if written not in self._staff_ids:
                return written
        raise ValueError(f"no national ID is left for seat {seat}")

    def bank(self, seat: int) -> str:
        return f"{_BANKS[self.chance('bank').one(seat, len(_BANKS))]}-{self.numbering('bank account', 9).of(seat):012}"

    def mail(self, seat: int) -> str:
        return f"user{self.numbering('mail').of(seat):0{self._digits}}@example.com"

    def serial(self, subject: str, serial: int) -> str:
        """The number of a paper; the background's papers have its seats as serials, four times the seats at most."""
        return f"{self.numbering(subject).of(serial):0{self._digits}}"

    def limits(self, seats: Ints) -> Ints:
        """Single-day limits in NT$."""
        drawn = _LIMITS[self.chance("limit").below(seats, len(_LIMITS))]
        return np.where(self.corporate(seats), _OF_FIRMS, drawn)

    # How they are reached

    def alone(self, seats: Ints) -> Flags:
        """Does nobody else of the three seats share their roof? Firms and every third customer."""
        return self.corporate(seats) | (self.chance("alone").share(seats) < 1 / 3)

    def houses(self, seats: Ints) -> Ints:
        """The number of the household: its own for whoever lives alone."""
        return np.where(self.alone(seats), self.count + seats, seats // HOUSEHOLD)

    def mobiles(self, seats: Ints) -> Ints:
        """Eight digits after 09; one in ten of those who live together uses the telephone of the household's first."""
        shared = ~self.alone(seats) & (self.chance("one telephone").share(seats) < 0.1)
        owner = np.where(shared, self.count + seats // HOUSEHOLD, seats)
        number = self.numbering("mobile", 7).all_of(owner)
        return np.array([1, 2, 5, 6, 7, 8])[self.chance("prefix").below(owner, 6)] * 10**7 + number

    def devices(self, seats: Ints) -> Ints:
        """Forty-eight bits; one in five of those who live together orders on the household's computer."""
        shared = ~self.alone(seats) & (self.chance("one computer").share(seats) < 0.2)
        owner = np.where(shared, self.count + seats // HOUSEHOLD, seats)
        return (self.chance("device").bits(owner) >> np.uint64(16)).astype(np.int64)

    def lines(self, houses: Ints) -> list[str]:
        """The address of each house's line: IPv4 of the range for benchmarks, or IPv6 of that for documents."""
        numbers = self.numbering("line", len(str(2 * self.count))).all_of(houses)
        newer = (numbers >= 2**17) | (self.chance("newer line").share(houses) < 0.2)
        spread = numbers * 40_503 % 2**17
        hosts = 1 + self.chance("host").below(houses, 65_000)
        return [
            f"2001:db8:{number >> 16:x}:{number & 0xFFFF:x}::{host:x}"
            if new
            else f"198.{18 + (old >> 16)}.{old >> 8 & 255}.{old & 255}"
            for number, old, host, new in zip(*(one.tolist() for one in (numbers, spread, hosts, newer)), strict=True)
        ]

    def home_lines(self) -> Column:
        """The address of the line at each seat's home; held, for orders and sign-ins ask for them again and again."""
        if self._home_lines is None:
            self._home_lines = pa.array(self.lines(self.houses(np.arange(self.count, dtype=np.int64))), pa.string())
        return self._home_lines


def _checked(letter: int, digits: int) -> str:
    tens, ones = divmod(letter + 10, 10)
    total = tens + 9 * ones + sum(int(digit) * (8 - place) for place, digit in enumerate(str(digits)))
    return f"{_LETTERS[letter]}{digits}{-total % 10}"
