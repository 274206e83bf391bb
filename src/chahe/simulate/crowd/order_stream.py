"""All orders of the firm a batch at a time: those of its story among those of the background, as the files take them."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import numpy as np

from chahe.rules.trading_days import trading_days
from chahe.simulate.cast.staff_and_systems import Order
from chahe.simulate.crowd.chance import Ints
from chahe.simulate.crowd.disposed import disposed_orders
from chahe.simulate.crowd.flow import BLOCK, Flow
from chahe.simulate.crowd.makers import quotes
from chahe.simulate.crowd.members import Members
from chahe.simulate.crowd.order_maker import OrderMaker
from chahe.simulate.days import days_from
from chahe.simulate.life.company import Firm
from chahe.simulate.logs.order_rows import Row, row_of
from chahe.simulate.logs.order_table import Table, begins, merged, numbers, table_of


class Batch(NamedTuple):
    """Orders of one day that follow those of the batch before; each table in the order of its moments."""

    day: date
    received: Table
    sent: Table


def batches(firm: Firm, block: int = BLOCK) -> Iterator[Batch]:
    """Day by day, in order of time whatever the size of a block."""
    story: dict[date, list[Order]] = {}
    for one in firm.orders:
        story.setdefault(one.sent.date(), []).append(one)
    if firm.members is None:
        for day in sorted(story):
            yield _whole(day, table_of([row_of(one, lambda order: f"{order.price}") for one in story[day]]))
        return
    flows = dict(day_counts(firm))
    for day in sorted({*story, *flows}):
        rows = [row_of(one, lambda order: f"{order.price:.2f}") for one in story.get(day, [])]
        count = flows.get(day, 0)
        table = table_of([*rows, *besides(firm, firm.members, day, count)])
        if count:
            yield from _mixed(firm, firm.members, flow_of(firm, day, count), table, block)
        else:
            yield _whole(day, merged([table], "received"))


def _whole(day: date, rows: Table) -> Batch:
    """A day that has nothing but what is told."""
    received = rows.filter(rows.column("received").is_valid())
    return Batch(day, merged([received], "received"), merged([rows], "sent"))


def day_counts(firm: Firm) -> list[tuple[date, int]]:
    """How many orders the background has on each trading day of the period."""
    calendar = trading_days()
    days = [day for day in days_from(firm.period_from, firm.as_of) if calendar.is_trading_day(day)]
    busy = days[len(days) - firm.size.busy_days :]
    return [(day, firm.size.busy_orders if day in busy else firm.size.orders_a_day) for day in days]


def besides(firm: Firm, members: Members, day: date, count: int) -> list[Row]:
    """What the background orders beside its flow: market makers' quotes, and the security under disposition."""
    return [*quotes(firm, members, day, count), *(disposed_orders(firm, members, day) if count else ())]


def flow_of(firm: Firm, day: date, count: int) -> Flow:
    """The background's orders of a day; ValueError where the firm has no background."""
    if firm.members is None:
        raise ValueError(f"a {firm.size.name} firm has no background")
    return Flow(firm.members, firm.members.others(), day, count)


def _mixed(firm: Firm, members: Members, flow: Flow, story: Table, block: int) -> Iterator[Batch]:
    """A batch a block; what is sent after the next block begins waits for it."""
    waiting, others = story.slice(0, 0), [merged([story], "received")]
    maker = OrderMaker(firm, members, flow.day)
    for orders in flow.blocks(block):
        horizon = flow.horizon(int(orders.places[-1]) + 1)
        rows, later = maker.made(orders)
        # Changes come minutes after their orders, among those of later blocks.
        others.append(merged([later], "received"))
        ends = [_before(begins(one), horizon) for one in others]
        joined = merged([rows, *(one.slice(0, end) for one, end in zip(others, ends, strict=True))], "received")
        others = [left for one, end in zip(others, ends, strict=True) if len(left := one.slice(end))]
        waiting = merged([waiting, joined], "sent")
        ready = _before(numbers(waiting, "sent"), horizon)
        yield Batch(flow.day, joined.filter(joined.column("received").is_valid()), waiting.slice(0, ready))
        waiting = waiting.slice(ready)


def _before(moments: Ints, horizon: int | None) -> int:
    """How many of them come before a moment; all where there is none."""
    return len(moments) if horizon is None else int(np.searchsorted(moments, horizon))
