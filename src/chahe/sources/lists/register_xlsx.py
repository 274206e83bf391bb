"""Lists in Excel workbooks (.xlsx, .xlsm): every sheet, hidden ones too, is a list of its own; the part is the sheet's name.

Which evidence table a sheet is for is told by its headings (see `chahe.sources.lists.headings`), or declared as `table`. Values are those Excel
last computed; a formula without a result is rejected. Sheets without headings of ours are left aside, row by row, as long as
another sheet has some. Old (.xls, .xlsb) and password-protected workbooks are known, and refused with what to do.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from typing import Any, BinaryIO

from openpyxl.utils import get_column_letter

from chahe.sources.lists import headings
from chahe.sources.lists.raw_rows import NO_SUCH_ROW, RawRow
from chahe.sources.lists.sheets import TABLE_SETTING, TITLE_ROWS, Lists, find_heading, match, rank
from chahe.sources.model import Context, Head, Match, RecordReader, Unit, Unreadable
from chahe.sources.reading.workbooks import ENCRYPTED_STREAM, OLE, WORKBOOK_STREAM, ZIP, opened, rows, whole
from chahe.wording import Text


def recognise(head: Head) -> Match | None:
    """By the archive's members; by its headings, too, where the whole workbook is in the head."""
    if head.data.startswith(OLE):
        named = re.search(r"\.xl\w{1,2}$", head.name.lower()) is not None
        inside = WORKBOOK_STREAM in head.data or ENCRYPTED_STREAM in head.data
        return Match(80, "an OLE file with a workbook or an encrypted package") if named or inside else None
    if not head.data.startswith(ZIP):
        return None
    if not head.whole:
        named = head.name.lower().endswith((".xlsx", ".xlsm"))
        return Match(30, "a zip archive with the parts of a workbook") if named or b"xl/" in head.data else None
    try:
        with opened(BytesIO(head.data)) as (values, _):
            found = [find_heading(_head_rows(sheet))[1] for sheet in values.worksheets]
    except Unreadable as refusal:
        return Match(30, refusal.why.en) if b"xl/" in head.data else None
    return match(max(found, key=rank, default=None))


def read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    """One unit for each row of each sheet, in the workbook's order.

    Raises Unreadable where the workbook cannot be read, or where none of its sheets has headings of ours.
    """
    lists = Lists(context)
    try:
        with opened(whole(stream)) as (values, formulas):
            for index, sheet in enumerate(values.worksheets):
                written = formulas.worksheets[index] if formulas else None
                yield from lists.units(rows(sheet, written), sheet.title)
    except Unreadable as stop:
        stop.tables = lists.meant
        raise
    if not lists.found:
        raise Unreadable(lists.nothing(), tables=lists.meant)


def excerpt(stream: BinaryIO, place: int, part: str | None) -> str:
    """The cells of a row with their coordinates, values and formulas. Raises Unreadable where there is no such row."""
    with opened(whole(stream)) as (values, formulas):
        sheets = [index for index, sheet in enumerate(values.worksheets) if sheet.title == part]
        for index in sheets:
            cells = next(islice(rows(values.worksheets[index], None), place - 1, place), None)
            written = rows(formulas.worksheets[index], None) if formulas else iter(())
            formula = next(islice(written, place - 1, place), ())
            if cells is not None:
                return "\n".join(_cell_lines(place, cells, formula))
    raise Unreadable(NO_SUCH_ROW.fill(place=place), place=place)


def _cell_lines(place: int, cells: RawRow, formulas: RawRow) -> Iterator[str]:
    for column, value in enumerate(cells, 1):
        formula = formulas[column - 1] if column <= len(formulas) else None
        if value is not None or formula is not None:
            computed = f"  ({formula})" if isinstance(formula, str) and formula.startswith("=") else ""
            yield f"{get_column_letter(column)}{place}: {'' if value is None else value}{computed}"


def _head_rows(sheet: Any) -> list[RawRow]:  # noqa: ANN401 - openpyxl's read-only sheet has no type
    return list(islice(rows(sheet, None), TITLE_ROWS))


reader = RecordReader(
    name="register_xlsx",
    title=Text("清冊（Excel）", "list (Excel)"),
    version=1,
    tables=tuple(table.name for table in headings.loadable()),
    recognise=recognise,
    read=read,
    settings=(TABLE_SETTING,),
    excerpt=excerpt,
    generic=True,
)
