"""Lists in Excel workbooks (.xlsx, .xlsm): every sheet, hidden ones too, is a list of its own; the part is the sheet's name.

Which evidence table a sheet is for is told by its headings (see `chahe.sources.headings`), or declared as `table`. Values are those Excel
last computed; a formula without a result is rejected. Sheets without headings of ours are left aside, row by row, as long as
another sheet has some. Old (.xls, .xlsb) and password-protected workbooks are known, and refused with what to do.
"""

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime, time
from io import BytesIO
from itertools import islice, repeat
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml.common import DefusedXmlException
from lxml.etree import XMLSyntaxError
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from chahe.sources import headings
from chahe.sources.model import Context, Head, Match, RecordReader, Unit, Unreadable
from chahe.sources.raw_rows import NO_SUCH_ROW, RawRow, Uncached
from chahe.sources.sheets import TABLE_SETTING, TITLE_ROWS, Lists, find_heading, match, rank
from chahe.wording import Text

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORKBOOK_STREAM = "Workbook".encode("utf-16-le")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
LARGEST_FILE = 512 << 20
LARGEST_CONTENT = 1 << 30
"""Bytes a workbook may unpack to."""
HIGHEST_RATIO = 200
"""How many times its packed size a workbook over 64 MiB may unpack to."""
LAST_ROW = 1_048_576
"""Excel's last row; a file that claims more is not Excel's."""

_OLD = Text(
    "這是舊版（.xls）或設有密碼的 Excel 檔；請用 Excel 開啟（輸入密碼），另存為沒有密碼的 .xlsx 後重新匯入",
    "this is an old (.xls) or password-protected Excel file; open it in Excel, save it as .xlsx without a password, and load that",
)
_NOT_XLSX = Text(
    "這個壓縮檔不是 .xlsx 活頁簿（可能是 .xlsb、.ods 或其他格式）；請另存為 .xlsx 後重新匯入",
    "this archive is no .xlsx workbook (it may be .xlsb, .ods or something else); save it as .xlsx and load that",
)
_BOMB = Text(
    "活頁簿解壓縮後過大（{size:,} 位元組，為檔案的 {ratio} 倍），未讀取；請確認檔案來源，或刪去多餘的列後另存",
    "the workbook unpacks to {size:,} bytes, {ratio} times its size, and was not read; check where it comes from, or delete needless rows and save it again",
)
_TOO_LARGE = Text(
    "檔案超過 512 MiB，未讀取；請拆成幾個檔案", "the file is larger than 512 MiB and was not read; split it"
)
_DAMAGED = Text(
    "活頁簿損壞或不完整（{problem}）；請用 Excel 開啟修復後另存，再重新匯入",
    "the workbook is damaged or incomplete ({problem}); open it in Excel, let it repair and save it, then load it again",
)
_TOO_MANY_ROWS = Text(
    "工作表「{part}」的列號超過 Excel 的上限；請另存後重新匯入",
    "sheet “{part}” has a row number beyond Excel's last; save it again and load that",
)

_DISORDER = Text(
    "活頁簿損壞：第 {row} 列出現在第 {last} 列之後；請用 Excel 開啟修復後另存，再重新匯入",
    "the workbook is damaged: row {row} stands after row {last}; open it in Excel, let it repair and save it, then load it again",
)

_MARKS = re.compile(rb"""<(?:\w+:)?(?:f[\s>/]|row\s[^>]{0,200}?\br=["'](?P<row>[0-9]{1,18})["'])""")
"""The start of a formula, or of a row with its number."""
_LEADING_ZEROS = re.compile("0{2,}")
_BREAKS = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, RecursionError,
    ParseError, XMLSyntaxError, DefusedXmlException, InvalidFileException,
    KeyError, IndexError, AttributeError, TypeError, ValueError, OverflowError, AssertionError,
)  # fmt: skip
"""What openpyxl raises on workbooks that are not as Excel writes them (found by damaging good ones)."""


def recognise(head: Head) -> Match | None:
    """By the archive's members; by its headings, too, where the whole workbook is in the head."""
    if head.data.startswith(_OLE):
        named = re.search(r"\.xl\w{1,2}$", head.name.lower()) is not None
        inside = _WORKBOOK_STREAM in head.data or _ENCRYPTED_STREAM in head.data
        return Match(80, "an OLE file with a workbook or an encrypted package") if named or inside else None
    if not head.data.startswith(_ZIP):
        return None
    if not head.whole:
        named = head.name.lower().endswith((".xlsx", ".xlsm"))
        return Match(30, "a zip archive with the parts of a workbook") if named or b"xl/" in head.data else None
    try:
        with _opened(BytesIO(head.data)) as (values, _):
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
        with _opened(_whole(stream)) as (values, formulas):
            for index, sheet in enumerate(values.worksheets):
                written = formulas.worksheets[index] if formulas else None
                yield from lists.units(_rows(sheet, written), sheet.title)
    except Unreadable as stop:
        stop.tables = lists.meant
        raise
    if not lists.found:
        raise Unreadable(lists.nothing(), tables=lists.meant)


def excerpt(stream: BinaryIO, place: int, part: str | None) -> str:
    """The cells of a row with their coordinates, values and formulas. Raises Unreadable where there is no such row."""
    with _opened(_whole(stream)) as (values, formulas):
        sheets = [index for index, sheet in enumerate(values.worksheets) if sheet.title == part]
        for index in sheets:
            cells = next(islice(_rows(values.worksheets[index], None), place - 1, place), None)
            written = _rows(formulas.worksheets[index], None) if formulas else iter(())
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


def _whole(stream: BinaryIO) -> BytesIO:
    start = stream.read(len(_OLE))
    if start == _OLE:
        raise Unreadable(_OLD)
    data = start + stream.read(LARGEST_FILE)
    if len(data) > LARGEST_FILE:
        raise Unreadable(_TOO_LARGE)
    return BytesIO(data)


@contextmanager
def _opened(stream: BinaryIO) -> Iterator[tuple[Any, Any]]:
    """The workbook with its values, and again with its formulas (None where it has no formula)."""
    has_formulas = _checked(stream)
    with _breaks():
        values = openpyxl.load_workbook(stream, read_only=True, data_only=True)
        formulas = openpyxl.load_workbook(stream, read_only=True) if has_formulas else None
    with closing(values), closing(formulas or values):
        yield values, formulas


def _checked(stream: BinaryIO) -> bool:
    """Refuse what is no workbook or unpacks beyond all measure; does any sheet hold a formula?"""
    with _breaks(), zipfile.ZipFile(stream) as archive:
        members = archive.infolist()
        size = sum(member.file_size for member in members)
        packed = sum(member.compress_size for member in members) or 1
        if size > LARGEST_CONTENT or (size > 64 << 20 and size // packed > HIGHEST_RATIO):
            raise Unreadable(_BOMB.fill(size=size, ratio=size // packed))
        if not any(
            member.filename.lower().startswith("xl/") and member.filename.lower().endswith(".xml") for member in members
        ):
            raise Unreadable(_NOT_XLSX)
        sheets = [member for member in members if member.filename.lower().startswith("xl/worksheets/")]
        return any(_holds_formula(archive, sheet) for sheet in sheets)


def _holds_formula(archive: zipfile.ZipFile, sheet: zipfile.ZipInfo) -> bool:
    """Does a sheet hold a formula? Rows out of order, which openpyxl would leave out without a word, are refused."""
    found, last, tail = False, 0, b""
    with archive.open(sheet) as content:
        while data := content.read(1 << 20):
            seen = tail + data
            cut = max(seen.rfind(b"<"), 0)
            tail = seen[cut:] if len(seen) - cut < 1 << 16 else b""  # no mark is that long
            for mark in _MARKS.finditer(seen[:cut]):
                if mark["row"] is None:
                    found = True
                elif int(mark["row"]) <= last:
                    raise Unreadable(_DISORDER.fill(row=int(mark["row"]), last=last))
                else:
                    last = int(mark["row"])
    return found


def _head_rows(sheet: Any) -> list[RawRow]:  # noqa: ANN401 - openpyxl's read-only sheet has no type
    return list(islice(_rows(sheet, None), TITLE_ROWS))


def _rows(sheet: Any, written: Any) -> Iterator[RawRow]:  # noqa: ANN401 - openpyxl's read-only sheet has no type
    """The rows of a sheet from row 1, blank ones too."""
    sheet.reset_dimensions()
    rows = sheet.iter_rows()
    shadows = repeat(())
    if written is not None:
        written.reset_dimensions()
        shadows = written.iter_rows()
    for place in range(1, LAST_ROW + 2):
        with _breaks(place):
            row: Sequence[Any] | None = next(rows, None)
            shadow: Sequence[Any] = next(shadows, ()) if row is not None else ()
        if row is None:
            return
        if place > LAST_ROW:
            raise Unreadable(_TOO_MANY_ROWS.fill(part=sheet.title), place=place)
        with _breaks(place):
            cells = [_value(cell, shadow[index] if index < len(shadow) else None) for index, cell in enumerate(row)]
        yield cells


def _value(cell: Any, written: Any) -> object:  # noqa: ANN401 - openpyxl's read-only cell has no type
    value = cell.value
    if value is None and written is not None and written.data_type == "f":
        return Uncached(str(written.value)[:80])
    if isinstance(value, datetime) and value.time() == time() and not re.search("[hs]", cell.number_format.lower()):
        return value.date()
    if isinstance(value, int) and value >= 0 and _LEADING_ZEROS.fullmatch(cell.number_format):
        return str(value).zfill(len(cell.number_format))  # 50 shown as 0050 is the security 0050
    return value


@contextmanager
def _breaks(place: int = 0) -> Iterator[None]:
    """Turn what openpyxl raises on damaged workbooks into Unreadable; its remarks on styles are of no interest."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except _BREAKS as problem:
        raise Unreadable(_DAMAGED.fill(problem=f"{type(problem).__name__}: {problem}"[:200]), place=place) from problem


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
