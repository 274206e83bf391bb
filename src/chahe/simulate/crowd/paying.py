"""The statement of the firm's own bank account: settlements with the background's customers among the story's payments."""

from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa

from chahe.rules.trading_days import trading_days
from chahe.simulate.cast.payments import Holder, Moved
from chahe.simulate.crowd import names
from chahe.simulate.crowd.chance import Chance
from chahe.simulate.crowd.members import Members
from chahe.simulate.days import days_from
from chahe.simulate.files import csv_lines
from chahe.simulate.life.company import NAME, Firm
from chahe.simulate.life.payments import FIRM_ACCOUNT, HEADINGS, OURS, STATEMENTS, statement_lines
from chahe.simulate.logs.texts import Column


def write_payments(firm: Firm, members: Members, folder: Path) -> None:
    """A day at a time, each day by amounts."""
    calendar = trading_days()
    story: dict[date, list[Moved]] = {}
    for one in firm.money.moved:
        if one.kept_as == OURS:
            story.setdefault(one.on, []).append(one)
    called = names.column(members)
    begun = [day for day in days_from(firm.period_from, firm.as_of) if calendar.is_trading_day(day)]
    with csv_lines(folder / STATEMENTS[OURS], HEADINGS) as lines:
        for day in sorted({*story, *begun}):
            nth = begun.index(day) if calendar.is_trading_day(day) and day in begun else None
            first, last = (0, 0) if nth is None else (firm.size.transfers * n // len(begun) for n in (nth, nth + 1))
            held = [*story.get(day, []), *_background(members, day, last - first, called)]
            held.sort(key=lambda one: (one.amount, one.memo, one.payer.account, one.payee.account))
            for row in statement_lines(held):
                lines.write(row)


def _background(members: Members, day: date, count: int, called: Column) -> list[Moved]:
    ours, others = Holder(FIRM_ACCOUNT, NAME), members.others()
    others = others[: int(np.searchsorted(others, members.came_by(day)))]
    places = np.arange(count if len(others) else 0)
    chance = Chance(members.seed, f"paid {day}")
    seats = others[chance.below(places, len(others))]
    amounts = (20_000 + 1.5e6 * chance.share(places + 10**9) ** 4).astype(np.int64).tolist()
    paid = (chance.share(places + 2 * 10**9) < 0.5).tolist()
    payers = called.take(pa.array(seats)).to_pylist()
    moved = []
    for seat, amount, into, name in zip(seats.tolist(), amounts, paid, payers, strict=True):
        other = Holder(members.bank(seat), name)
        payer, payee = (other, ours) if into else (ours, other)
        moved.append(Moved(day, payer, payee, amount, "交割款", ours, OURS))
    return moved
