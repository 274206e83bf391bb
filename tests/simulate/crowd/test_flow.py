"""A day's orders of the background: in order of time, within limits, at the exchange's ticks, the same in blocks of any size."""

from datetime import date, timedelta

import numpy as np
import pytest

from chahe.simulate.crowd.flow import Flow, Orders
from chahe.simulate.crowd.members import Members

DAY = date(2026, 11, 20)
MEMBERS = Members(7, date(2026, 11, 22), 600)


@pytest.fixture(scope="module")
def flow() -> Flow:
    return Flow(MEMBERS, MEMBERS.others(), DAY, 5_000)


@pytest.fixture(scope="module")
def orders(flow: Flow) -> Orders:
    return next(flow.blocks(5_000))


def test_blocks_of_any_size_give_the_same_orders(flow: Flow, orders: Orders) -> None:
    blocks = list(flow.blocks(701))

    for nth, column in enumerate(orders):
        assert np.array_equal(np.concatenate([block[nth] for block in blocks]), column)


def test_orders_come_in_trading_hours_one_after_the_other(flow: Flow, orders: Orders) -> None:
    minute = (orders.received // 60_000_000 + 8 * 60) % 1440

    assert (np.diff(orders.received) >= 0).all()
    assert minute.min() >= 9 * 60
    assert minute.max() < 13 * 60 + 30
    assert (orders.received < orders.checked).all()
    assert (orders.checked < orders.sent).all()
    assert flow.horizon(17) == orders.received[17]
    assert flow.horizon(5_000) is None


def test_nobody_orders_more_than_the_limit_of_the_day_allows(orders: Orders) -> None:
    used = np.bincount(orders.seats, orders.prices * orders.quantities / 100, minlength=MEMBERS.count)

    assert (used <= MEMBERS.limits(np.arange(MEMBERS.count))).all()
    assert (orders.quantities < 1000).any()
    assert (orders.quantities % 1000 == 0).mean() > 0.7


def test_whoever_is_not_a_customer_yet_does_not_order(orders: Orders) -> None:
    assert all(MEMBERS.came(seat) <= DAY - timedelta(days=3) for seat in set(orders.seats.tolist()))


def test_reports_fill_no_more_than_was_ordered(orders: Orders) -> None:
    filled = orders.filled + orders.rest

    assert (filled <= orders.quantities).all()
    assert 0 < (filled == 0).sum() < 1_500
    assert ((filled > 0) & (filled < orders.quantities)).any()


def test_in_some_minutes_many_buy_the_same_share(orders: Orders) -> None:
    minute = orders.received // 60_000_000
    share = [
        np.bincount(orders.symbols[(minute == one) & orders.buys]).max() / ((minute == one) & orders.buys).sum()
        for one in np.unique(minute)
        if ((minute == one) & orders.buys).sum() >= 8
    ]

    assert max(share) > 0.5
