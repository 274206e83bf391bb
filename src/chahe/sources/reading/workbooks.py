"""Excel workbooks (.xlsx, .xlsm) opened with nothing in them trusted: sheets, their rows, their formulas. No reader of its own.

Values are those Excel last computed. Old (.xls, .xlsb) and password-protected workbooks are known, and refused with what to do;
so are those that unpack beyond all measure, and damaged ones.
"""

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime, time
from io import BytesIO
from itertools import repeat
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml.common import DefusedXmlException
from lxml.etree import XMLSyntaxError
from openpyxl.utils.exceptions import InvalidFileException

from chahe.sources.lists.raw_rows import RawRow, Uncached
from chahe.sources.model import Unreadable
from chahe.wording import Text

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORKBOOK_STREAM = "Workbook".encode("utf-16-le")
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
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


def whole(stream: BinaryIO) -> BytesIO:
    """The bytes of a workbook; Unreadable for an old one and for one that is too large."""
    start = stream.read(len(OLE))
    if start == OLE:
        raise Unreadable(_OLD)
    data = start + stream.read(LARGEST_FILE)
    if len(data) > LARGEST_FILE:
        raise Unreadable(_TOO_LARGE)
    return BytesIO(data)


@contextmanager
def opened(stream: BinaryIO) -> Iterator[tuple[Any, Any]]:
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


def rows(sheet: Any, written: Any) -> Iterator[RawRow]:  # noqa: ANN401 - openpyxl's read-only sheet has no type
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
