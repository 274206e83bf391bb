"""Customers' sign-ins to the web ordering system over three years, or as far back as its host's log goes, the story's among the background's, day by day."""

from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from chahe.simulate.cast.access import OrderSignIn
from chahe.simulate.crowd.chance import Chance
from chahe.simulate.crowd.members import Members
from chahe.simulate.crowd.reach import addresses
from chahe.simulate.days import at, days_from, roc, us
from chahe.simulate.files import csv_lines
from chahe.simulate.life.access import SIGN_IN_HEADINGS, SIGN_INS
from chahe.simulate.life.company import WEB, WEB_ORDER, Firm
from chahe.simulate.logs.texts import Column, digits, hexadecimal, hours, joined, listed, minutes_and_seconds, written

Table = Any
"""A `pyarrow.RecordBatch`, which has no types of its own."""
_SCHEMA: Final = pa.schema(
    [("when", pa.int64()), *((name, pa.string()) for name in ("account", "address", "method", "session"))]
)

_METHODS: Final = ("password+certificate", "password+otp", "password+device", "certificate+biometric")
_HOURS: Final = 15 * 3_600_000_000
"""From seven in the morning on, in microseconds."""


def write_sign_ins(firm: Firm, members: Members, records: Path) -> None:
    """One log, in order of time."""
    story: dict[date, list[OrderSignIn]] = {}
    for one in firm.access.order_sign_ins:
        story.setdefault(one.when.date(), []).append(one)
    with csv_lines(records / SIGN_INS, SIGN_IN_HEADINGS) as lines:
        for day in days_from(firm.kept_from, firm.as_of):
            held = [_told(story.get(day, []))]
            if day >= firm.log_from[firm.called(WEB)]:
                held.append(_background(firm, members, day))
            lines.write_lines(bytes(written(_lines(firm, day, pa.concat_batches(held)))).decode())


def _lines(firm: Firm, day: date, table: Table) -> Column:
    """In order of time, as the web application's log has them."""
    table = table.take(pc.sort_indices(table, [(name, "ascending") for name in ("when", "account", "method")]))
    seconds = np.asarray(table.column("when").to_numpy()) // 1_000_000
    hour, rest = hours(seconds * 1_000_000, "%H:")
    return joined(
        f"{roc(day)} ", hour, minutes_and_seconds(rest), f",{firm.called(WEB_ORDER)},登入,成功,", table.column("account"), ",",
        table.column("address"), ",", table.column("method"), ",weborder,", table.column("session"), "\r\n",
    )  # fmt: skip


def _told(story: list[OrderSignIn]) -> Table:
    held = [(us(one.when), one.account, one.address, one.method, one.session) for one in story]
    columns = list(zip(*held, strict=True)) or [()] * len(_SCHEMA)
    return pa.record_batch([pa.array(one, kind.type) for one, kind in zip(columns, _SCHEMA, strict=True)], _SCHEMA)


def _background(firm: Firm, members: Members, day: date) -> Table:
    others = members.others()
    others = others[: int(np.searchsorted(others, members.came_by(day)))]
    places = np.arange(firm.size.order_sign_ins_a_day if len(others) else 0)
    chance, began = Chance(members.seed, f"visit {day}"), us(at(day, 7))
    seats = others[chance.below(places, len(others))]
    when = began + chance.below(places + 10**9, _HOURS)
    columns = [
        pa.array(when - when % 1_000_000),
        digits(members.accounts(seats), 7),
        addresses(members, day, seats, places),
        listed(_METHODS, chance.below(places + 2 * 10**9, len(_METHODS))),
        hexadecimal(chance.bits(places + 3 * 10**9) >> np.uint64(32), 8),
    ]
    return pa.record_batch(columns, _SCHEMA)
