"""The list of settlements of a firm with a background: what each account's filled orders of a day came to."""

from datetime import date, datetime
from pathlib import Path
from typing import Final

import numpy as np

from chahe.simulate.crowd.chance import Chance, Ints
from chahe.simulate.crowd.changes import changes
from chahe.simulate.crowd.makers import owed
from chahe.simulate.crowd.members import Members
from chahe.simulate.crowd.order_stream import besides, day_counts, flow_of
from chahe.simulate.days import at
from chahe.simulate.files import csv_lines
from chahe.simulate.life.company import Firm
from chahe.simulate.life.credit import due_on
from chahe.simulate.registers.credit import SETTLEMENTS

FILE: Final = "客戶交割清冊.csv"


def write_settlements(firm: Firm, members: Members, folder: Path) -> None:
    """A day at a time by accounts, as far as the days of settlement have come."""
    story = _story(firm)
    counts = dict(day_counts(firm))
    with csv_lines(folder / FILE, SETTLEMENTS) as lines:
        for day in sorted({*story, *counts}):
            due = due_on(day)
            if due > firm.as_of:
                continue
            nets = dict(story.get(day, {}))
            seats, amounts = _background(firm, members, day, counts.get(day, 0))
            nets.update(zip(map(str, members.accounts(seats).tolist()), amounts.tolist(), strict=True))
            for account, net in owed(besides(firm, members, day, counts.get(day, 0))).items():
                nets[account] = nets.get(account, 0) + net
            chance = Chance(firm.seed, f"settled {day}")
            for account, net in sorted(nets.items()):
                moment = chance.one(int(account) if account.isdigit() else len(account), 3600)
                usual: datetime | None = at(due, 9, moment // 60, moment % 60)
                when = firm.credit.settled_at.get((account, day), usual)
                lines.write((account, day, due, net, when is not None, when))


def _story(firm: Firm) -> dict[date, dict[str, int]]:
    nets: dict[date, dict[str, int]] = {}
    for one in firm.orders:
        if one.filled:
            held = nets.setdefault(one.sent.date(), {})
            held[one.account] = held.get(one.account, 0) + round(one.price * one.quantity) * (1 if one.buy else -1)
    return nets


def _background(firm: Firm, members: Members, day: date, count: int) -> tuple[Ints, Ints]:
    """The seats that traded, and what each pays (or, below zero, gets) in whole dollars."""
    pays = np.zeros(members.count, dtype=np.int64)
    traded = np.zeros(members.count, dtype=np.bool_)
    for orders in flow_of(firm, day, count).blocks() if count else ():
        shares, signs, later = (
            orders.filled + orders.rest,
            np.where(orders.buys, 1, -1),
            changes(firm.seed, day, orders),
        )
        np.add.at(pays, orders.seats, signs * shares * orders.prices)
        traded[orders.seats[shares > 0]] = True
        np.add.at(pays, orders.seats[later.of], signs[later.of] * later.filled * later.prices)
        traded[orders.seats[later.of[later.filled > 0]]] = True
    seats = np.flatnonzero(traded)
    return seats, np.rint(pays[seats] / 100).astype(np.int64)
