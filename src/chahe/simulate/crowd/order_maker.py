"""The background's orders of a day as a table: what each customer's orders look like, and what changes them later."""

from datetime import date
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from chahe.simulate.crowd.chance import Chance, Flags, Ints
from chahe.simulate.crowd.changes import SERIALS, Changes, changes
from chahe.simulate.crowd.flow import Orders
from chahe.simulate.crowd.market import SYMBOLS
from chahe.simulate.crowd.members import Members
from chahe.simulate.crowd.reach import addresses, representatives_column
from chahe.simulate.life.company import Firm
from chahe.simulate.life.orders import HEAD_OFFICE
from chahe.simulate.logs.order_changes import CANCEL, REPLACE
from chahe.simulate.logs.order_rows import NEW
from chahe.simulate.logs.order_table import SCHEMA, Table, changed
from chahe.simulate.logs.texts import Column, digits, hexadecimal, joined, listed, numbers_of

_INTERNET, _VOICE, _LINE = "網路", "語音", "專線"
_RESENT: Final = 0.0004
_ODD: Final = 1000


class OrderMaker:
    """One day's orders, a block at a time."""

    def __init__(self, firm: Firm, members: Members, day: date) -> None:
        self._firm, self._members, self._day = firm, members, day
        self._way, self._signature, self._changed, self._resent = (
            Chance(members.seed, f"{subject} {day}")
            for subject in ("way", "signature", "signature of change", "resent")
        )

    def made(self, orders: Orders) -> tuple[Table, Table]:
        """A block's orders, and what changes them later."""
        found = changes(self._members.seed, self._day, orders)
        followed = np.zeros(len(orders.places), dtype=np.bool_)
        followed[found.of] = True
        rows = self._new(orders, followed)
        return rows, self._later(orders, rows.take(pa.array(found.of)), found)

    def _new(self, orders: Orders, followed: Flags) -> Table:
        places, quantity, count = orders.places, pa.array(orders.quantities), len(orders.places)
        again = self._resent.share(places) < _RESENT
        delays = 400_000 + self._resent.below(places + 10**9, 9_000_000)
        columns = {
            "order_id": order_ids(self._members, self._day, places),
            "account": digits(self._members.accounts(orders.seats), 7),
            "symbol": listed(SYMBOLS, orders.symbols),
            "buy": pa.array(orders.buys),
            "price": _prices(orders.prices),
            "quantity": quantity,
            "received": pa.array(orders.received),
            "checked": pa.array(orders.checked),
            "sent": pa.array(orders.sent),
            "checked_quantity": quantity,
            "passed": pa.repeat(True, count),
            "filled": pa.array(orders.filled),
            "rest": pa.array(orders.rest),
            "after": pa.array(orders.after),
            "trade_type": listed(["盤中零股", "普通"], (orders.quantities >= _ODD).astype(np.int64)),
            "matching": pa.repeat("", count),
            "line": pa.repeat(HEAD_OFFICE, count),
            "skips_number": pa.repeat(False, count),
            "event": pa.repeat(NEW, count),
            "original": pa.repeat("", count),
            "followed": pa.array(followed),
            "done": pa.array(np.zeros(count, dtype=np.int64)),
            "again": pa.array(delays, mask=~again),
        } | self._ways(orders)
        return pa.record_batch([columns[name] for name in SCHEMA.names], SCHEMA)

    def _ways(self, orders: Orders) -> dict[str, Column]:
        """How each order came, and from whom."""
        places, seats, members = orders.places, orders.seats, self._members
        by_line = members.corporate(seats)
        by_voice = ~by_line & (self._way.share(places) < 0.15)
        ways = np.where(by_line, 0, np.where(by_voice, 1, 2))
        spoken, online = pa.array(ways == 1), pa.array(ways == 2)
        return {
            "channel": listed((_LINE, _VOICE, _INTERNET), ways),
            "handler": representatives_column(self._firm, members, seats),
            "address": pc.if_else(online, addresses(members, self._day, seats, places), ""),
            "device": pc.if_else(online, hexadecimal(members.devices(seats).astype(np.uint64), 12), ""),
            "signature": pc.if_else(online, hexadecimal(self._signature.bits(places), 16, upper=True), ""),
            "caller": pc.if_else(spoken, joined("09", digits(members.mobiles(seats), 8)), ""),
        }

    def _later(self, orders: Orders, rows: Table, found: Changes) -> Table:
        """Replacements and cancellations; `rows` are the orders that they change."""
        places, count = orders.places[found.of], len(found.of)
        signed = pc.not_equal(rows.column("signature"), "")
        columns = {
            "order_id": order_ids(self._members, self._day, places + SERIALS),
            "price": _prices(found.prices),
            "quantity": pa.array(found.quantities),
            "checked_quantity": pa.array(found.quantities),
            "received": pa.array(found.received),
            "checked": pa.array(found.checked, mask=~found.replaces),
            "sent": pa.array(found.sent),
            "filled": pa.array(found.filled),
            "rest": pa.array(np.zeros(count, dtype=np.int64)),
            "event": listed((CANCEL, REPLACE), found.replaces.astype(np.int64)),
            "signature": pc.if_else(signed, hexadecimal(self._changed.bits(places), 16, upper=True), ""),
            "original": rows.column("order_id"),
            "followed": pa.repeat(False, count),
            "done": pa.array((orders.filled + orders.rest)[found.of]),
            "again": pa.nulls(count, pa.int64()),
        }
        return changed(rows, columns)


def order_ids(members: Members, day: date, serials: Ints) -> Column:
    """The numbers of a day's orders: those of the background have the first serials, those of the story the next."""
    return joined(f"{day:%y%m%d}", digits(members.numbering(f"order {day}", 8).all_of(serials), 8))


def _prices(cents: Ints) -> Column:
    whole, rest = np.divmod(cents, 100)
    return joined(numbers_of(whole), ".", digits(rest, 2))
