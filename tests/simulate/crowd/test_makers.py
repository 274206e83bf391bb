"""Market makers: both sides of one security all day, moved and taken away again and again, within what firms may order."""

from collections import Counter
from datetime import date
from itertools import count, pairwise
from random import Random

import pytest

from chahe.simulate.crowd.makers import _Desk, makers, owed, quotes
from chahe.simulate.life.company import Firm, found
from chahe.simulate.logs.order_changes import CANCEL, REPLACE
from chahe.simulate.logs.order_rows import NEW, Row, came
from chahe.simulate.sizes import MEDIUM

DAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def firm() -> Firm:
    return found(5, date(2026, 11, 22), MEDIUM)


@pytest.fixture(scope="module")
def rows(firm: Firm) -> list[Row]:
    return quotes(firm, firm.members, DAY, 2_000) if firm.members else []


def test_a_maker_is_a_firm_that_quotes_both_sides_of_one_security_all_day(firm: Firm, rows: list[Row]) -> None:
    assert firm.members is not None
    for maker in makers(firm, firm.members):
        own = [row for row in rows if row.account == maker.account]
        hours = {(came(row) // 3_600_000_000 + 8) % 24 for row in own}

        assert firm.members.is_corporate(maker.seat)
        assert {row.symbol for row in own} == {maker.symbol}
        assert {row.buy for row in own if row.event == NEW} == {True, False}
        assert hours == {9, 10, 11, 12, 13}


def test_every_quote_is_moved_taken_away_or_taken(rows: list[Row]) -> None:
    followers = Counter(row.original for row in rows if row.original)
    kinds = Counter(row.event for row in rows)

    assert kinds[REPLACE] > kinds[NEW] / 2
    assert kinds[CANCEL] > kinds[NEW] / 2
    assert max(followers.values()) == 1
    assert len({row.order_id for row in rows}) == len(rows)
    for row in rows:
        assert row.followed == (row.order_id in followers)
        assert row.followed or row.filled == row.quantity or row.event == CANCEL


def test_a_day_of_quotes_stays_within_the_limit_of_a_firm(firm: Firm, rows: list[Row]) -> None:
    assert firm.members is not None
    for maker in makers(firm, firm.members):
        ordered = sum(
            row.quantity * float(row.price) for row in rows if row.account == maker.account and row.event != CANCEL
        )

        assert ordered < 0.5 * 5_000_000_000


def test_what_a_maker_owes_is_what_was_taken(rows: list[Row]) -> None:
    nets = owed(rows)
    taken = [row for row in rows if row.filled]

    assert taken
    assert sum(nets.values()) == pytest.approx(
        sum((1 if row.buy else -1) * row.filled * float(row.price) for row in taken), abs=len(taken)
    )


def test_there_is_no_maker_where_nobody_trades(firm: Firm) -> None:
    assert firm.members is not None
    assert quotes(firm, firm.members, DAY, 0) == []


def test_a_change_does_not_overtake_what_it_changes(firm: Firm) -> None:
    assert firm.members is not None
    maker = makers(firm, firm.members)[0]

    class AtOnce(Random):
        """Moves a quote twice in one moment, whose second check is the quicker one."""

        def uniform(self, a: float, b: float) -> float:
            return (a + b) / 2

        def randrange(self, *bounds: int) -> int:
            return bounds[-1] - 1 if self.random() < 0.5 else bounds[0] if len(bounds) > 1 else 0

    for seed in range(40):
        numbers = count(1)
        desk = _Desk(maker, AtOnce(seed), lambda numbers=numbers: str(next(numbers)))
        for buy in (True, False):
            rows = [one for one in desk.quote(10_000, 10**15, 60_000_000) if one.buy == buy]
            assert all(a.sent < b.sent for a, b in pairwise(rows))
