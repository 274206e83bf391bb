"""Orders of the background in the security under disposition: what must be collected was, and before the first order."""

from datetime import date

import pytest

from chahe.simulate.crowd.disposed import disposal_days, disposed_orders
from chahe.simulate.days import us
from chahe.simulate.dials import NOTHING
from chahe.simulate.firm import made
from chahe.simulate.life.company import Firm
from chahe.simulate.logs.order_rows import Row, came
from chahe.simulate.registers.special_orders import DISPOSED
from chahe.simulate.sizes import Size

SIZE = Size(
    name="disposed", employees=30, customers=2_000, orders_a_day=0, busy_days=0, busy_orders=0, transfers=0, chats=0,
    messages_a_chat=0, look_ups_a_day=3, order_sign_ins_a_day=0, firewall_an_hour=4, monitoring_an_hour=1,
)  # fmt: skip


@pytest.fixture(scope="module")
def firm() -> Firm:
    return made(9, date(2026, 11, 22), scenarios=NOTHING, size=SIZE)[0]


def _by_customer(firm: Firm) -> dict[tuple[date, str], list[Row]]:
    held: dict[tuple[date, str], list[Row]] = {}
    for day in disposal_days(firm) if firm.members else ():
        for row in disposed_orders(firm, firm.members, day) if firm.members else ():
            held.setdefault((day, row.account), []).append(row)
    return held


def test_large_orders_are_paid_for_before_the_first_and_small_ones_are_not(firm: Firm) -> None:
    collected = {(one.day, one.account): one for one in firm.special.prepayments if one.symbol == DISPOSED}
    large = 0
    for (day, account), rows in _by_customer(firm).items():
        shares = sum(row.quantity for row in rows)
        found = collected.get((day, account))
        if max(row.quantity for row in rows) < 10_000 and shares < 30_000:
            assert found is None
            continue
        large += 1
        assert found is not None
        assert us(found.collected) < min(map(came, rows))
        if rows[0].buy:
            assert float(found.amount or 0) == pytest.approx(sum(row.quantity * float(row.price) for row in rows))
        else:
            assert found.shares == shares
    assert large >= 5


def test_some_order_little_at_a_time_and_reach_the_limit_of_the_day(firm: Firm) -> None:
    assert [
        rows for rows in _by_customer(firm).values() if len(rows) > 1 and max(row.quantity for row in rows) < 10_000
    ]


def test_collections_are_numbered_in_the_order_of_their_moments(firm: Firm) -> None:
    kept = firm.special.prepayments

    assert [one.prepayment for one in kept] == [f"PP-{nth:04}" for nth in range(1, len(kept) + 1)]
    assert [one.collected for one in kept] == sorted(one.collected for one in kept)


def test_nobody_orders_it_on_a_day_without_disposition(firm: Firm) -> None:
    assert firm.members is not None
    assert disposed_orders(firm, firm.members, date(2026, 11, 20)) == []
