"""Files whose bytes depend on nothing but what is put in: gzip, CSV and Excel without clock or chance."""

import csv
import gzip
import io
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import xlsxwriter
import zstandard

from chahe.simulate.days import roc

_CREATED = datetime(2020, 1, 1, tzinfo=UTC)
"""Stands in every workbook as its day of creation."""


def write_gzip(path: Path, text: str) -> None:
    """Text as gzip, without name and time in its header."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode(), 4, mtime=0))


class PackedLines:
    """Text that is compressed as it comes, with gzip or, where the name ends so, zstd; the bytes do not depend on how it is cut."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("wb")
        # Large logs are zstd's: gzip alone would take longer than making them.
        self._packer = (
            zstandard.ZstdCompressor(level=1).compressobj()
            if path.suffix == ".zst"
            else zlib.compressobj(4, zlib.DEFLATED, 31)
        )

    def write(self, text: str | memoryview) -> None:
        """Some more of it; a block at a time is quickest."""
        self._file.write(self._packer.compress(text.encode() if isinstance(text, str) else text))

    def close(self) -> None:
        self._file.write(self._packer.flush())
        self._file.close()


class CsvLines:
    """A list that is written as it comes, in UTF-8 with a mark at its beginning; days in ROC years."""

    def __init__(self, path: Path, headings: Sequence[str]) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file, lineterminator="\r\n")
        self._writer.writerow(headings)

    def write(self, row: Sequence[object]) -> None:
        self._writer.writerow([_roc_cell(cell) for cell in row])

    def write_lines(self, lines: str) -> None:
        """Rows that are lines already, with their ends."""
        self._file.write(lines)

    def close(self) -> None:
        self._file.close()


@contextmanager
def packed_lines(path: Path) -> Iterator[PackedLines]:
    """A file of text to be written in pieces, packed as its name ends (`.gz`, `.zst`), without name and time in its header."""
    lines = PackedLines(path)
    try:
        yield lines
    finally:
        lines.close()


@contextmanager
def csv_lines(path: Path, headings: Sequence[str]) -> Iterator[CsvLines]:
    """A list, to be written row by row."""
    lines = CsvLines(path, headings)
    try:
        yield lines
    finally:
        lines.close()


def write_text(path: Path, text: str, encoding: str = "utf-8") -> None:
    """Text as it is, line ends and all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))


def write_csv(path: Path, headings: Sequence[str], rows: Iterable[Sequence[object]], encoding: str = "cp950") -> None:
    """A list with CRLF; days in ROC years, as a clerk exports it. Default encoding Big5 (cp950)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(headings)
    for row in rows:
        writer.writerow([_roc_cell(cell) for cell in row])
    write_text(path, out.getvalue(), encoding)


def write_workbook(path: Path, sheets: Sequence[tuple[str, str, Sequence[str], Iterable[Sequence[object]]]]) -> None:
    """A workbook of lists: each sheet's name, title above the headings, headings and rows. Days are text in ROC years."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"created": _CREATED, "company": "海嶼證券"})
    bold = book.add_format({"bold": True})
    for name, title, headings, rows in sheets:
        sheet = book.add_worksheet(name)
        sheet.write_string(0, 0, title, bold)
        sheet.write_row(1, 0, headings, bold)
        for nth, row in enumerate(rows, 2):
            for column, cell in enumerate(row):
                shown = _roc_cell(cell)
                if shown != "":
                    sheet.write_string(nth, column, shown)
    book.close()


def _roc_cell(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, datetime):
        return f"{roc(cell.date())} {cell:%H:%M:%S}"
    if isinstance(cell, date):
        return roc(cell)
    return str(cell)
