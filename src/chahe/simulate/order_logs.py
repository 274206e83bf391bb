"""Orders as files: FIX 4.2 from customers, FIX 4.4 to the exchange, both parted by SOH, the risk system's checks and the book as CSV."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from heapq import heappop, heappush
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from chahe.simulate.cabinet import OLD_LINE
from chahe.simulate.company import Firm
from chahe.simulate.crowd.order_stream import Batch, batches
from chahe.simulate.days import at
from chahe.simulate.files import GzipLines, gzip_lines, write_gzip
from chahe.simulate.order_rows import (
    BOOK_HEADING,
    CHECKS_HEADING,
    Row,
    beat_line,
    book_line,
    came,
    check_line,
    customer_line,
    exchange_line,
    fills,
    resent_line,
)

_STAMP = "%Y-%m-%d %H:%M:%S.%f"
_BEAT = 20
"""Orders between two heartbeats."""


class _Files(NamedTuple):
    customer: GzipLines
    exchange: GzipLines
    checks: GzipLines
    book: GzipLines


def write_orders(firm: Firm, folder: Path) -> None:
    """One file a quarter each, `customer_YYYYQn.log.gz`, `exchange_…`, `checks_YYYYQn.csv.gz`, `book_…`, and `archive.csv.gz`."""
    for quarter, held in groupby(batches(firm), key=lambda one: f"{one.day.year}Q{(one.day.month + 2) // 3}"):
        with ExitStack() as stack:
            opened = [
                stack.enter_context(gzip_lines(folder / f"{kind}_{quarter}.{ending}.gz"))
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
        self._received, self._sent, self._slip = 1, 1, 0
        self._today: date | None = None
        self._waiting: list[tuple[int, int, str]] = []

    def write(self, held: Iterator[Batch]) -> None:
        self._files.checks.write(f"{CHECKS_HEADING}\r\n")
        self._files.book.write(f"{BOOK_HEADING}\r\n")
        for batch in held:
            if batch.day != self._today:
                self._slip, self._today = 0, batch.day
            self._files.customer.write("".join(self._customer_lines(batch.received, batch.resent)))
            self._write_sent(batch.sent)
        self._files.exchange.write("".join(self._waited(None)))

    def _customer_lines(self, received: list[Row], resent: dict[str, int]) -> Iterator[str]:
        for one in received:
            self._received += 1
            yield customer_line(self._received, one) + "\n"
            if one.order_id in resent:
                yield resent_line(self._received, one, resent[one.order_id]) + "\n"
            if self._received % _BEAT == 0:
                yield beat_line(self._received, came(one)) + "\n"

    def _write_sent(self, sent: list[Row]) -> None:
        exchange, checks, book = [], [], []
        for one in sent:
            self._sent += 1
            slip = ""
            if one.received is not None:
                self._slip += 2 if one.skips_number else 1
                slip = f"A{self._slip:04}"
                book.append(book_line(one, slip))
            if one.checked is not None:
                checks.append(check_line(one))
            exchange += self._waited(one.sent)
            exchange.append(exchange_line(self._sent, one) + "\n")
            for nth, (when, line) in enumerate(fills(self._sent, one, slip)):
                heappush(self._waiting, (when if self._in_time else 0, 2 * self._sent + nth, line))
            if not self._in_time:
                exchange += self._waited(None)
        self._files.exchange.write("".join(exchange))
        self._files.checks.write("".join(f"{line}\r\n" for line in checks))
        self._files.book.write("".join(f"{line}\r\n" for line in book))

    def _waited(self, until: int | None) -> list[str]:
        """The reports that came by a moment."""
        lines = []
        while self._waiting and (until is None or self._waiting[0][0] <= until):
            lines.append(heappop(self._waiting)[2] + "\n")
        return lines
