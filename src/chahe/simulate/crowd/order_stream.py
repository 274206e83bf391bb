"""All orders of the firm a batch at a time: those of its story among those of the background, as the files take them."""

from collections.abc import Iterator
from datetime import date
from operator import attrgetter
from typing import Final, NamedTuple

import numpy as np

from chahe.rules.trading_days import trading_days
from chahe.simulate.cast import Order
from chahe.simulate.company import Firm
from chahe.simulate.crowd.chance import Chance, Ints
from chahe.simulate.crowd.flow import BLOCK, Flow, Orders
from chahe.simulate.crowd.market import SYMBOLS
from chahe.simulate.crowd.members import Members
from chahe.simulate.crowd.reach import addresses, representatives
from chahe.simulate.days import days_from
from chahe.simulate.order_rows import Row, came, row_of
from chahe.simulate.orders import HEAD_OFFICE

_INTERNET, _VOICE, _LINE = "網路", "語音", "專線"
_RESENT: Final = 0.0004
_NO_ADDRESS: Final = ""


class Batch(NamedTuple):
    """Orders of one day that follow those of the batch before; each list in the order of its moments."""

    day: date
    received: list[Row]
    sent: list[Row]
    resent: dict[str, int]
    """Of which customers' messages came again, and how many microseconds later."""


def batches(firm: Firm, block: int = BLOCK) -> Iterator[Batch]:
    """Day by day, in order of time whatever the size of a block."""
    story: dict[date, list[Order]] = {}
    for one in firm.orders:
        story.setdefault(one.sent.date(), []).append(one)
    if firm.members is None:
        for day in sorted(story):
            rows = [row_of(one, lambda order: f"{order.price}") for one in story[day]]
            received = sorted((one for one in rows if one.received is not None), key=came)
            yield Batch(day, received, sorted(rows, key=attrgetter("sent")), {})
        return
    flows = dict(day_counts(firm))
    for day in sorted({*story, *flows}):
        rows = [row_of(one, lambda order: f"{order.price:.2f}") for one in story.get(day, [])]
        yield from _mixed(firm, firm.members, flow_of(firm, day, flows.get(day, 0)), rows, block)


def day_counts(firm: Firm) -> list[tuple[date, int]]:
    """How many orders the background has on each trading day of the period."""
    calendar = trading_days()
    days = [day for day in days_from(firm.period_from, firm.as_of) if calendar.is_trading_day(day)]
    busy = days[len(days) - firm.size.busy_days :]
    return [(day, firm.size.busy_orders if day in busy else firm.size.orders_a_day) for day in days]


def flow_of(firm: Firm, day: date, count: int) -> Flow:
    """The background's orders of a day; ValueError where the firm has no background."""
    if firm.members is None:
        raise ValueError(f"a {firm.size.name} firm has no background")
    return Flow(firm.members, firm.members.others(), day, count)


def _mixed(firm: Firm, members: Members, flow: Flow, story: list[Row], block: int) -> Iterator[Batch]:
    """A batch a block; what is sent after the next block begins waits for it."""
    waiting: list[Row] = []
    story = sorted(story, key=lambda one: one.received or one.sent)
    begun = 0
    chance = Chance(members.seed, f"resent {flow.day}")
    for orders in flow.blocks(block) if flow.count else ():
        horizon = flow.horizon(int(orders.places[-1]) + 1)
        rows = _rows(firm, members, flow.day, orders)
        ends = next(
            (nth for nth, one in enumerate(story[begun:], begun) if horizon and (one.received or one.sent) >= horizon),
            len(story),
        )
        joined = sorted([*rows, *story[begun:ends]], key=lambda one: one.received or one.sent)
        begun = ends
        again = np.flatnonzero(chance.share(orders.places) < _RESENT)
        delays = 400_000 + chance.below(orders.places + 10**9, 9_000_000)
        waiting = sorted([*waiting, *joined], key=attrgetter("sent"))
        ready = next((nth for nth, one in enumerate(waiting) if horizon and one.sent >= horizon), len(waiting))
        yield Batch(
            flow.day,
            [one for one in joined if one.received is not None],
            waiting[:ready],
            {rows[nth].order_id: int(delays[nth]) for nth in again.tolist()},
        )
        waiting = waiting[ready:]
    if not flow.count:
        received = [one for one in story if one.received is not None]
        yield Batch(flow.day, received, sorted(story, key=attrgetter("sent")), {})


def order_ids(members: Members, day: date, serials: Ints) -> list[str]:
    """The numbers of a day's orders: those of the background have the first serials, those of the story the next."""
    numbering = members.numbering(f"order {day}", 8)
    return [f"{day:%y%m%d}{number:08}" for number in numbering.all_of(serials).tolist()]


def _rows(firm: Firm, members: Members, day: date, orders: Orders) -> list[Row]:
    places, seats, count = orders.places, orders.seats, len(orders.places)
    chance = Chance(members.seed, f"way {day}")
    by_line = members.corporate(seats)
    by_voice = ~by_line & (chance.share(places) < 0.15)
    ways = np.where(by_line, 0, np.where(by_voice, 1, 2)).tolist()
    networks = addresses(members, day, seats, places)
    signatures = Chance(members.seed, f"signature {day}").bits(places).tolist()
    channels = (_LINE, _VOICE, _INTERNET)
    columns = (
        order_ids(members, day, places),
        map(str, members.accounts(seats).tolist()),
        [SYMBOLS[one] for one in orders.symbols.tolist()],
        orders.buys.tolist(),
        [f"{one // 100}.{one % 100:02}" for one in orders.prices.tolist()],
        orders.quantities.tolist(),
        orders.received.tolist(),
        orders.checked.tolist(),
        orders.sent.tolist(),
        orders.quantities.tolist(),
        [True] * count,
        orders.filled.tolist(),
        orders.rest.tolist(),
        orders.after.tolist(),
        [channels[way] for way in ways],
        representatives(firm, members, seats),
        [address if way == 2 else _NO_ADDRESS for address, way in zip(networks, ways, strict=True)],
        [f"{one:012x}" if way == 2 else "" for one, way in zip(members.devices(seats).tolist(), ways, strict=True)],
        [f"{one:016X}" if way == 2 else "" for one, way in zip(signatures, ways, strict=True)],
        [f"09{one:08}" if way == 1 else "" for one, way in zip(members.mobiles(seats).tolist(), ways, strict=True)],
        ["普通" if one >= 1000 else "盤中零股" for one in orders.quantities.tolist()],
        [""] * count,
        [HEAD_OFFICE] * count,
        [False] * count,
    )
    return [Row._make(one) for one in zip(*columns, strict=True)]
