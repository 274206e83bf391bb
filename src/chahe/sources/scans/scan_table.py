"""Scan reports as tables in CSV: what stands above the headings, the headings, and rows as texts by heading. No reader of its own.

    "Asset Vuln Datalist Report","04 Feb 2026 10:00AM GMT-0500","1"      above the headings
    "QID","Title","Severity","Asset Name"                                headings
    "800001","Information disclosure","1","SERVER01"                     a row

Every record of the file is one unit. Encoding and quoting are those of `csv_records`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

from chahe.sources.lists.raw_rows import BLANK, Broken, is_blank_row, shown
from chahe.sources.lists.sheets import TITLE_ROWS
from chahe.sources.model import Context, Head, Reject, Skip, Unit, Unreadable
from chahe.sources.reading import csv_records
from chahe.sources.reading.xml_stream import NO_SUCH_RECORD, numbered
from chahe.sources.scans.scan_rows import DECLARED, HIDDEN, Scan
from chahe.wording import Text

Cells = Mapping[str, str]
"""A row's texts by heading; a heading that stands twice counts where it stands first."""

_LONGEST: Final = 2000
"""Characters of a cell that an excerpt shows."""

ABOVE = Text("標題列之前的說明：{text}", "what stands above the headings: {text}")
HEADINGS = Text("標題列", "headings")
NO_HEADINGS = Text(
    "找不到 {headings} 這些標題；請由掃描工具重新匯出 CSV，不要刪除欄位或翻譯標題",
    "the headings {headings} are not there; export the CSV again from the scanner, with its columns and their own names",
)
UNREADABLE = Text(
    "這一列含有 NUL 字元或不成字的位元組，檔案可能損壞；請由掃描工具重新匯出為 UTF-8",
    "this row holds a NUL character or bytes that are no character, so the file may be damaged; export it again from the "
    "scanner as UTF-8",
)
OTHER_LENGTH = Text(
    "這一列有 {cells} 格，標題有 {headings} 格，分不出哪一格屬於哪個標題；檔案可能被截斷或以試算表改存，請重新匯出",
    "this row has {cells} cells and there are {headings} headings, so its cells cannot be told; the file may be cut short or "
    "saved by a spreadsheet: export it again",
)


def has_headings(head: Head, wanted: Sequence[frozenset[str]]) -> bool:
    """Does one of the first records hold, of each set, one of its headings?"""
    rows = csv_records.head_records(head.data, ",", whole=head.whole)
    return any(not isinstance(row, Broken) and _are(row, wanted) for row in rows)


def rows(stream: BinaryIO, wanted: Sequence[frozenset[str]], tables: tuple[str, ...]) -> Iterator[Cells | Unit]:
    """Each record: a row by its headings, or the unit of one that is none. Unreadable where there are no headings."""
    first = stream.read(csv_records.LOOKAHEAD)
    encoding, _ = csv_records.encoding_of(first, whole=len(first) < csv_records.LOOKAHEAD)
    headings: list[str] | None = None
    for place, row in enumerate(csv_records.records(stream, first, encoding, ","), 1):
        if headings is None and place > TITLE_ROWS:
            break
        if isinstance(row, Broken):
            # What a broken row holds may be what a check saw; it is not shown.
            yield Reject(0, row.why if row.value is None else UNREADABLE, tables=tables)
        elif is_blank_row(row):
            yield Skip(0, BLANK)
        elif headings is not None:
            yield _cells(headings, row)
        elif _are(row, wanted):
            headings = [shown(cell) for cell in row]
            yield Skip(0, HEADINGS)
        else:
            yield Skip(0, above(row))
    if headings is None:
        named = ", ".join("/".join(sorted(names)) for names in wanted)
        raise Unreadable(NO_HEADINGS.fill(headings=named), tables=tables)


def above(row: Sequence[object]) -> Text:
    """Why a row above the headings is none; its first cell says what it is."""
    return ABOVE.fill(text=shown(row[0])[:60] if row else "")


def _are(row: Sequence[object], wanted: Sequence[frozenset[str]]) -> bool:
    held = {shown(cell) for cell in row}
    return all(held & names for names in wanted)


def _cells(headings: list[str], row: Sequence[object]) -> Cells | Unit:
    if len(row) != len(headings):
        # Nothing in it stands where its heading says, so nothing of it is shown.
        return Reject(0, OTHER_LENGTH.fill(cells=len(row), headings=len(headings)))
    cells: dict[str, str] = {}
    for heading, cell in zip(headings, row, strict=True):
        text = shown(cell)
        # Exports put an apostrophe before a dash so that spreadsheets take it for no formula.
        cells.setdefault(heading, "" if text in {"'-", "-", "N/A", "null"} else text)
    return cells


def table_shown(units: Iterator[tuple[Unit, Cells | None]], place: int, *, only: frozenset[str]) -> str:
    """The row at a place as lines of heading and value, of the headings `only`. Raises Unreadable where there is none."""
    last = 0
    for last, (unit, cells) in enumerate(units, 1):
        if last == place:
            if cells is None:
                return "\n".join(unit.why) if isinstance(unit, Skip | Reject) else HIDDEN
            return "\n".join(
                f"{name}: {value[:_LONGEST] if name in only else HIDDEN}" for name, value in cells.items() if value
            )
    if place != last + 1:
        raise Unreadable(NO_SUCH_RECORD.fill(place=place), place=place)
    return f"{DECLARED.zh}\n{DECLARED.en}"


def said(cells: Cells, *names: str) -> str:
    """The first of some columns that holds anything."""
    return next(filter(None, (cells.get(name, "") for name in names)), "")


def each(
    stream: BinaryIO,
    wanted: Sequence[frozenset[str]],
    tables: tuple[str, ...],
    unit: Callable[[Cells], Unit],
) -> Iterator[tuple[Unit, Cells | None]]:
    """The unit of each record, rows by `unit`, and the row it is of."""
    for row in rows(stream, wanted, tables):
        yield (unit(row), row) if isinstance(row, Mapping) else (row, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A scanner's reports as such tables: what their readers share."""

    scanner: str
    wanted: Sequence[frozenset[str]]
    """Of each set, one heading tells the headings."""
    tables: tuple[str, ...]
    shown: frozenset[str]
    """The headings whose cells an excerpt shows: what a check saw may hold secrets."""
    unit: Callable[[Scan, Cells], Unit]

    def read(self, stream: BinaryIO, context: Context) -> Iterator[Unit]:
        """The records in order. Raises Unreadable where there are no headings."""
        return numbered(unit for unit, _ in self._units(stream, context))

    def excerpt(self, stream: BinaryIO, place: int, _part: str | None) -> str:
        """The row at a place. Raises Unreadable where there is none."""
        return table_shown(self._units(stream, Context(0)), place, only=self.shown)

    def _units(self, stream: BinaryIO, context: Context) -> Iterator[tuple[Unit, Cells | None]]:
        scan = Scan(self.scanner, "host", context)
        yield from each(stream, self.wanted, self.tables, lambda cells: self.unit(scan, cells))
        for unit in scan.declared():
            yield unit, None
