"""The story's orders among the background's: none lost, all in order of time, told by the same kind of numbers."""

from datetime import date
from itertools import pairwise

import pytest

from chahe.simulate.crowd.order_stream import Batch, batches, besides
from chahe.simulate.firm import made
from chahe.simulate.life.company import Firm
from chahe.simulate.logs.order_changes import CANCEL, REPLACE
from chahe.simulate.logs.order_rows import NEW, Row, came
from chahe.simulate.logs.order_table import rows_of
from chahe.simulate.sizes import Size
from chahe.simulate.truth import Truth

AS_OF = date(2026, 11, 22)
TINY = Size(
    name="tiny", employees=32, customers=900, orders_a_day=25, busy_days=2, busy_orders=400, transfers=0, chats=0,
    messages_a_chat=0, look_ups_a_day=3, order_sign_ins_a_day=0, firewall_an_hour=4, monitoring_an_hour=1,
)  # fmt: skip


@pytest.fixture(scope="module")
def world() -> tuple[Firm, Truth]:
    return made(7, AS_OF, clean=False, size=TINY)


@pytest.fixture(scope="module")
def held(world: tuple[Firm, Truth]) -> list[Batch]:
    return list(batches(world[0]))


def _lists(held: list[Batch]) -> tuple[list[Row], list[Row]]:
    return [row for one in held for row in rows_of(one.received)], [row for one in held for row in rows_of(one.sent)]


def test_the_size_of_a_block_changes_nothing(world: tuple[Firm, Truth], held: list[Batch]) -> None:
    assert _lists(list(batches(world[0], block=61))) == _lists(held)


def test_every_order_is_there_once_in_order_of_its_moments(world: tuple[Firm, Truth], held: list[Batch]) -> None:
    received, sent = _lists(held)
    firm, days = world[0], sorted({one.day for one in held})
    counts = {day: TINY.busy_orders if day in days[-2:] else TINY.orders_a_day for day in days}
    quoted = (
        [row for day, count in counts.items() for row in besides(firm, firm.members, day, count)]
        if firm.members
        else []
    )

    assert sum(row.event == NEW for row in sent) == len(firm.orders) + sum(counts.values()) + sum(
        row.event == NEW for row in quoted
    )
    assert {row.order_id for row in quoted} < {row.order_id for row in sent}
    assert len({(row.order_id, row.received, row.sent) for row in sent}) == len(sent)
    assert {row.order_id for row in received} == {row.order_id for row in sent if row.received is not None}
    assert all(came(a) <= came(b) for a, b in pairwise(received))
    assert all(a.sent <= b.sent for a, b in pairwise(sent))


def test_a_share_of_orders_is_changed_or_cancelled_once_and_later(held: list[Batch]) -> None:
    _, sent = _lists(held)
    orders = {row.order_id: row for row in sent}
    changed = [row for row in sent if row.event != NEW and row.channel != "專線"]
    plain = [row for row in sent if row.event == NEW and row.channel != "專線"]

    assert 0.1 < len(changed) / len(plain) < 0.3
    assert {row.event for row in changed} == {REPLACE, CANCEL}
    assert len({row.original for row in changed}) == len(changed)
    for row in changed:
        before = orders[row.original]
        assert before.followed
        assert (row.account, row.symbol, row.buy, row.channel) == (
            before.account,
            before.symbol,
            before.buy,
            before.channel,
        )
        assert row.done == before.filled + before.rest < before.quantity
        assert came(row) > before.sent + 3 * before.after
        assert (row.checked is None) == (row.event == CANCEL)
        assert row.filled <= row.quantity - row.done


def test_numbers_of_the_story_look_like_those_of_the_background(world: tuple[Firm, Truth], held: list[Batch]) -> None:
    firm, truth = world
    _, sent = _lists(held)
    told = {one.order_id for one in firm.orders}
    named = {str(one.key["order_id"]) for one in truth.findings if one.key.get("order_id")}

    assert {len(row.order_id) for row in sent} == {14}
    assert {len(row.account) for row in sent} == {7}
    assert named <= told
    assert {one.customer for one in firm.clientele.clients} <= firm.members.taken.keys() if firm.members else False
    assert {len(one.account) for one in firm.clientele.accounts} == {7}


def test_whoever_is_found_in_the_truth_is_on_the_lists(world: tuple[Firm, Truth]) -> None:
    firm, truth = world
    customers = {one.customer.lower() for one in firm.clientele.clients}
    accounts = {one.account for one in firm.clientele.accounts}
    keys = [
        one.key
        for one in truth.findings
        if one.control in ("opposite-trade-linked", "money-between-staff-and-customer")
    ]

    assert keys
    assert all(key.get("customer_id") in {None, *customers} for key in keys)
    assert all(key.get("customer_account") in {None, *accounts} for key in keys)


def test_whoever_has_left_looks_after_nobody_of_the_background(world: tuple[Firm, Truth]) -> None:
    firm, _ = world
    left = {one.person: one.left for one in firm.employees if one.left is not None}

    assert left
    assert not set(firm.brokers) & left.keys()
    assert not [one for one in firm.desk.look_ups if one.person in left and one.when.date() > left[one.person]]
