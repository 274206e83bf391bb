"""Orders as files: FIX 4.2 from customers, FIX 4.4 to the exchange, both parted by SOH, the risk system's checks and the book as CSV."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from chahe.simulate.crowd.order_stream import Batch, batches
from chahe.simulate.days import at
from chahe.simulate.files import PackedLines, packed_lines, write_gzip
from chahe.simulate.life.colocation import OLD_LINE
from chahe.simulate.life.company import Firm
from chahe.simulate.logs.order_lines import (
    BOOK_HEADING,
    CHECKS_HEADING,
    beat_lines,
    book_lines,
    check_lines,
    customer_lines,
    exchange_lines,
    resent_lines,
)
from chahe.simulate.logs.order_reports import Reports, reports
from chahe.simulate.logs.order_slips import Slips
from chahe.simulate.logs.order_table import Table, numbers
from chahe.simulate.logs.texts import Column, Ints, written

_STAMP = "%Y-%m-%d %H:%M:%S.%f"
_BEAT = 20
"""Orders between two heartbeats."""


class _Files(NamedTuple):
    customer: PackedLines
    exchange: PackedLines
    checks: PackedLines
    book: PackedLines


def write_orders(firm: Firm, folder: Path) -> None:
    """One file a quarter each, `customer_YYYYQn.log.gz`, `exchange_…`, `checks_YYYYQn.csv.gz`, `book_…`, and `archive.csv.gz`."""
    for quarter, held in groupby(batches(firm), key=lambda one: f"{one.day.year}Q{(one.day.month + 2) // 3}"):
        with ExitStack() as stack:
            opened = [
                stack.enter_context(packed_lines(folder / f"{kind}_{quarter}.{ending}.{firm.size.packed}"))
                for kind, ending in (("customer", "log"), ("exchange", "log"), ("checks", "csv"), ("book", "csv"))
            ]
            _Quarter(_Files(*opened), in_time=firm.size.crowded).write(held)
    archive = ["紀錄時間,連線,方向,動作,委託編號,帳號,證券代號,買賣別,價格,數量"]
    archive += [
        f"{at(day, 9, 31):{_STAMP}},{OLD_LINE},公司至交易所,新單,{day:%y%m%d}001,{firm.traders[0]},2330,買,600,1000"
        for day in firm.cabinet.archived
    ]
    write_gzip(folder / "archive.csv.gz", "\r\n".join(archive) + "\r\n")


class _Quarter:
    """The files of a quarter while they are written; sequence numbers run through a file, slip numbers through a day."""

    def __init__(self, files: _Files, *, in_time: bool) -> None:
        self._files = files
        self._in_time = in_time
        """Do reports stand where their time puts them? Without a background they follow their order."""
        self._received, self._sent, self._slips = 1, 1, Slips()
        self._today: date | None = None
        self._waiting, self._until = pa.array([], pa.string()), np.empty(0, dtype=np.int64)
        """Reports that come after what was sent so far, and when."""

    def write(self, held: Iterator[Batch]) -> None:
        self._files.checks.write(f"{CHECKS_HEADING}\r\n")
        self._files.book.write(f"{BOOK_HEADING}\r\n")
        for batch in held:
            if batch.day != self._today:
                self._slips.begin()
                self._today = batch.day
            if len(batch.received):
                self._files.customer.write(written(self._customer_lines(batch.received)))
            if len(batch.sent):
                self._write_sent(batch.sent)
        self._files.exchange.write(written(self._waiting))

    def _customer_lines(self, received: Table) -> Column:
        places = np.arange(len(received))
        nth = self._received + 1 + places
        self._received += len(received)
        again = np.flatnonzero(received.column("again").is_valid().to_numpy(zero_copy_only=False))
        beats = np.flatnonzero(nth % _BEAT == 0)
        lines = [
            customer_lines(nth, received),
            resent_lines(nth[again], received.take(pa.array(again))),
            beat_lines(nth[beats], numbers(received, "received")[beats]),
        ]
        return _ordered(lines, np.concatenate([3 * places, 3 * again + 1, 3 * beats + 2]))

    def _write_sent(self, sent: Table) -> None:
        nth = self._sent + 1 + np.arange(len(sent))
        self._sent += len(sent)
        slips = self._slips.of(sent)
        self._files.exchange.write(
            written(self._sent_lines(sent, exchange_lines(nth, sent, slips), reports(nth, sent, slips)))
        )
        told, checked = sent.column("received").is_valid(), sent.filter(sent.column("checked").is_valid())
        self._files.checks.write(written(check_lines(checked)))
        self._files.book.write(written(book_lines(sent.filter(told), slips.filter(told))))

    def _sent_lines(self, sent: Table, lines: Column, found: Reports) -> Column:
        """Messages to the exchange, and its reports before the first message that is not sent before they came."""
        places = np.arange(len(lines))
        if not self._in_time:
            return _ordered([lines, found.lines], np.concatenate([2 * places, 2 * found.orders + 1]))
        whens = np.concatenate([self._until, found.when])
        order = np.argsort(whens, kind="stable")
        told, whens = pa.concat_arrays([self._waiting, found.lines]).take(pa.array(order)), whens[order]
        before = np.searchsorted(numbers(sent, "sent"), whens, side="left")
        ready = int(np.searchsorted(before, len(lines), side="left"))
        self._waiting, self._until = told.take(pa.array(np.arange(ready, len(told)))), whens[ready:]
        return _ordered([lines, told[:ready]], np.concatenate([2 * places + 1, 2 * before[:ready]]))


def _ordered(lines: list[Column], keys: Ints) -> Column:
    together = pa.concat_arrays(lines)
    return pc.take(together, pa.array(np.argsort(keys, kind="stable")))
