"""Market makers among the background's customers: firms that quote both sides of one security all day, and change their quotes again and again."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import count as counted
from random import Random
from typing import Final, NamedTuple

import numpy as np

from chahe.simulate.crowd.chance import Chance, Ints
from chahe.simulate.crowd.market import tick
from chahe.simulate.crowd.members import Members
from chahe.simulate.crowd.reach import representatives
from chahe.simulate.days import at, us
from chahe.simulate.life.company import Firm
from chahe.simulate.life.orders import HEAD_OFFICE
from chahe.simulate.logs.order_changes import CANCEL, REPLACE
from chahe.simulate.logs.order_rows import NEW, Row

SERIALS: Final = 83_217_941
"""Numbers of quotes come so far behind those of a day's orders."""
_MADE: Final = (
    ("0050", 19_835, 10), ("00878", 2_234, 60), ("031872", 118, 100), ("0056", 3_712, 40), ("2330", 108_500, 2), ("045613", 236, 80),
)  # fmt: skip
"""Funds, warrants and a share: price in hundredths of a dollar, and lots of a quote."""
_CUSTOMERS_EACH, _MOST = 1_500, 12
_SHARE, _FEWEST, _ROUNDS = 20, 4, 400
"""A maker quotes once for so many orders of the day, so often at least and at most."""
_CLOSE: Final = 268 * 60_000_000
_LOT: Final = 1000
_APART: Final = 1_000
"""Microseconds between two changes of one quote, at least: more than the checks differ by."""


class Maker(NamedTuple):
    """Who quotes what."""

    seat: int
    account: str
    representative: str
    symbol: str
    price: int
    quantity: int


def makers(firm: Firm, members: Members) -> list[Maker]:
    """Firms that have been customers for long, drawn by chance; one at least where the background has a firm."""
    early = members.others()
    early = early[: int(np.searchsorted(early, members.came_by(firm.period_from)))]
    firms: Ints = early[members.corporate(early)]
    drawn = firms[np.argsort(Chance(members.seed, "maker").bits(firms), kind="stable")]
    drawn = drawn[: min(_MOST, max(1, members.count // _CUSTOMERS_EACH))]
    people = representatives(firm, members, drawn)
    return [
        Maker(seat, members.account(seat), people[nth], symbol, price, lots * _LOT)
        for nth, seat in enumerate(drawn.tolist())
        for symbol, price, lots in [_MADE[nth % len(_MADE)]]
    ]


def quotes(firm: Firm, members: Members, day: date, count: int) -> list[Row]:
    """All their messages of a day on which customers have so many orders; none on a day without orders."""
    numbers, serials = members.numbering(f"order {day}", 8), counted(SERIALS)

    def number() -> str:
        return f"{day:%y%m%d}{numbers.of(next(serials)):08}"

    rows: list[Row] = []
    for nth, maker in enumerate(makers(firm, members) if count else ()):
        rng = Random(f"{members.seed} maker {nth} {day}")
        desk, rounds = _Desk(maker, rng, number), min(max(count // _SHARE, _FEWEST), _ROUNDS)
        middle = maker.price + round(maker.price * rng.uniform(-0.03, 0.03))
        for one in range(rounds):
            step = tick(maker.symbol, middle)
            middle = (middle // step + rng.choice((-1, 0, 0, 1))) * step
            begins = us(at(day, 9)) + int((one + rng.random() * 0.3) * _CLOSE / rounds)
            rows += desk.quote(middle, begins, int(_CLOSE / rounds * 0.68))
    return rows


def owed(rows: Iterable[Row]) -> dict[str, int]:
    """What each account pays (or, below zero, gets) for those that were filled at once, in whole dollars."""
    nets: dict[str, int] = {}
    for one in rows:
        if one.filled:
            worth = round(one.filled * float(one.price))
            nets[one.account] = nets.get(one.account, 0) + (worth if one.buy else -worth)
    return nets


class _Desk:
    """One maker's day."""

    def __init__(self, maker: Maker, rng: Random, number: Callable[[], str]) -> None:
        self._maker, self._rng, self._number = maker, rng, number

    def quote(self, middle: int, begins: int, lasts: int) -> Iterator[Row]:
        """A bid and an offer, moved together up to twice, and taken away in the end unless somebody took them."""
        rng, step = self._rng, tick(self._maker.symbol, middle)
        moves = [0.0, *sorted(rng.uniform(0.05, 0.9) for _ in range(rng.randrange(3)))]
        middles = [middle]
        for _ in moves[1:]:
            middles.append(middles[-1] + rng.choice((-1, 1)) * step)
        wide = step * (1 + rng.randrange(2))
        for buy in (True, False):
            late = 0 if buy else rng.randrange(150, 900)
            moments = [begins + late + int(share * lasts) + (rng.randrange(400) if share else 0) for share in moves]
            for nth in range(1, len(moments)):
                # A change never overtakes what it changes on its way through the checks.
                moments[nth] = max(moments[nth], moments[nth - 1] + _APART)
            yield from self._side(buy, moments, [one - wide if buy else one + wide for one in middles], begins + lasts)

    def _side(self, buy: bool, moments: list[int], prices: list[int], ends: int) -> Iterator[Row]:
        taken, before = self._rng.random() < 0.25, ""
        for nth, (moment, price) in enumerate(zip(moments, prices, strict=True)):
            last = nth == len(moments) - 1
            row = self._row(REPLACE if before else NEW, moment, buy, price)
            filled = self._maker.quantity if last and taken else 0
            yield row._replace(original=before, filled=filled, followed=not (last and taken))
            before = row.order_id
        if not taken:
            yield self._row(CANCEL, ends + self._rng.randrange(900), buy, prices[-1])._replace(original=before)

    def _row(self, event: str, moment: int, buy: bool, price: int) -> Row:
        maker, rng = self._maker, self._rng
        checked = moment + 60 + rng.randrange(200)
        return Row(
            self._number(), maker.account, maker.symbol, buy, f"{price // 100}.{price % 100:02}", maker.quantity, moment,
            None if event == CANCEL else checked, checked + 90 + rng.randrange(400), maker.quantity, True, 0, 0,
            1_500 + rng.randrange(300_000), "專線", maker.representative, "", "", "", "", "普通", "", HEAD_OFFICE, False, event,
        )  # fmt: skip
