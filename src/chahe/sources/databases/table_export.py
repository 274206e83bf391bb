"""Rows of a database's table or view as tools export them: CSV, JSON or XML, by the names of its columns. No reader of its own.

    event_time,action_id,succeeded …                      CSV with any of , ; tab |; titles before the headings are skipped
    {"event_time": …, "action_id": …}                      JSON: one a line, a list, or within `results` and `items` (SQL Developer)
    <row event_time="…" action_id="…"/>                    XML: values as attributes, as elements, or as `Property Name="…"`

Names are compared without case, blanks and underscores: `Event Time` is `event_time`. Of CSV each record is one unit, headings
and titles too; of JSON and XML each row.
"""

import codecs
import io
import re
from collections.abc import Collection, Iterator, Mapping
from typing import BinaryIO, NamedTuple

from lxml import etree

from chahe.sources.lists.raw_rows import BLANK, Broken, RawRow, is_blank_row
from chahe.sources.lists.raw_rows import shown as cell_text
from chahe.sources.model import Head, Reject, Skip, Unreadable
from chahe.sources.reading import csv_records
from chahe.sources.reading.json_records import JsonRecord, json_records
from chahe.sources.reading.peeked import rejoined
from chahe.sources.reading.xml_stream import BROKEN, DECLARES_TYPE
from chahe.wording import Text

Names = Collection[str]
"""Column names, normalised."""

_DELIMITERS = (",", "\t", ";", "|")
_LOOKED_AT = 1 << 16
_TITLES = 30
"""Records within which the headings stand."""
_NULLS = frozenset({"NULL", "(null)", "\\N"})

HEADING = Text("標題列", "a heading row")
TITLE = Text("標題列以前的說明", "a title above the headings")
RULE = Text("標題下的分隔線", "the line under the headings")
NO_HEADINGS = Text(
    "檔案前 30 筆裡沒有需要的欄位名稱（{names}）；請匯出時包含標題列，並保留原來的欄位名稱",
    "the first 30 records hold no headings with the columns needed ({names}); export with headings, and with the original names",
)
WIDTH = Text(
    "這一筆有 {found} 欄，標題有 {wanted} 欄；請確認文字欄位以引號包住，再重新匯出",
    "this record has {found} values where there are {wanted} headings; check that texts are quoted, and export again",
)
NO_ROWS = Text(
    "檔案裡沒有含需要欄位（{names}）的紀錄；請保留原來的欄位名稱重新匯出",
    "the file holds no row with the columns needed ({names}); export again with the original names",
)


class Exported(NamedTuple):
    """One row by normalised column names; values that are null are left out."""

    place: int
    values: Mapping[str, str]

    def said(self, *names: str) -> str:
        """The first of these columns that says something, or nothing."""
        for name in names:
            value = self.values.get(name)
            if value and (told := value.strip()):
                return told
        return ""

    def shown(self) -> str:
        """The row for a person to read."""
        return "\n".join(f"{name}: {value}" for name, value in self.values.items() if value)


_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum())
"""What `normal` leaves out of a column's name, and what UTF-16 puts between its letters."""


def normal(name: str) -> str:
    """A column's name without case, blanks and signs."""
    return re.sub(r"[\W_]", "", name).lower()


def holds(head: Head, needed: Names) -> bool:
    """Do the first bytes of a file hold rows with all of these columns?"""
    # Reading rows is the dear part, and every file is asked.
    letters = head.data.translate(None, _SIGNS).lower()
    if any(name.encode() not in letters for name in needed):
        return False
    try:
        for row in exported_rows(io.BytesIO(head.data), needed, whole=head.whole):
            if isinstance(row, Exported) or (isinstance(row, Skip) and row.why == HEADING):
                return True
    except Unreadable:
        return False
    return False


def exported_rows(stream: BinaryIO, needed: Names, *, whole: bool = False) -> Iterator[Exported | Skip | Reject]:
    """The rows in file order, numbered from 1. Raises Unreadable where none has the columns needed, or the file breaks."""
    first = stream.read(_LOOKED_AT)
    begun = first.replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").lstrip()[:1]
    if begun in (b"{", b"["):
        yield from _json_rows(rejoined(first, stream), needed)
    elif begun == b"<":
        yield from _xml_rows(first, stream, needed)
    else:
        yield from _csv_rows(first, stream, needed, whole=whole)


def _csv_rows(first: bytes, stream: BinaryIO, needed: Names, *, whole: bool) -> Iterator[Exported | Skip | Reject]:
    encoding, mark = csv_records.encoding_of(first, whole=whole or len(first) < _LOOKED_AT)
    delimiter, heading = _headings(first, needed)
    if heading < 0:
        raise Unreadable(NO_HEADINGS.fill(names=", ".join(needed)), place=1)
    names: list[str] = []
    for place, row in enumerate(csv_records.records(stream, first[mark:], encoding, delimiter), 1):
        if place <= heading:
            yield Skip(place, TITLE)
        elif place == heading + 1:
            names = [normal(cell_text(cell)) for cell in row] if not isinstance(row, Broken) else []
            yield Skip(place, HEADING)
        else:
            yield _csv_row(place, row, names)


def _csv_row(place: int, row: RawRow, names: list[str]) -> Exported | Skip | Reject:
    if isinstance(row, Broken):
        return Reject(place, row.why)
    if is_blank_row(row):
        return Skip(place, BLANK)
    cells = [cell_text(cell) for cell in row]
    if all(re.fullmatch(r"-+", cell) for cell in cells if cell):
        return Skip(place, RULE)
    if len(cells) != len(names) and any(cells[len(names) :]):
        return Reject(place, WIDTH.fill(found=len(cells), wanted=len(names)))
    return Exported(
        place, {name: cell for name, cell in zip(names, cells, strict=False) if name and cell not in _NULLS}
    )


def _headings(first: bytes, needed: Names) -> tuple[str, int]:
    """What parts the values, and how many records stand before the headings; -1 where there are none."""
    for delimiter in _DELIMITERS:
        for index, row in enumerate(
            csv_records.head_records(first, delimiter, whole=len(first) < _LOOKED_AT)[:_TITLES]
        ):
            if not isinstance(row, Broken) and set(needed) <= {normal(cell_text(cell)) for cell in row}:
                return delimiter, index
    return ",", -1


def _json_rows(stream: BinaryIO, needed: Names) -> Iterator[Exported | Skip | Reject]:
    place, found = 0, False
    for record in json_records(stream):
        value = record.value() if isinstance(record, JsonRecord) else record
        if isinstance(value, Skip | Reject):
            place += 1
            yield value._replace(place=place)
            continue
        for row in _flat(value):
            place += 1
            values = {normal(name): _json_text(item) for name, item in row.items() if item is not None}
            if set(needed) <= {normal(name) for name in row}:
                found = True
                yield Exported(place, values)
            else:
                yield Reject(place, NO_ROWS.fill(names=", ".join(needed)))
    if not found:
        raise Unreadable(NO_ROWS.fill(names=", ".join(needed)), place=place + 1)


def _flat(value: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """The rows of a document: itself, or those in its `results` and `items`."""
    nested = [inner for name in ("results", "items", "rows", "value") if isinstance(inner := value.get(name), list)]
    if not nested:
        yield value
    for inner in nested:
        for item in inner:
            if isinstance(item, dict):
                yield from _flat(item)


def _json_text(item: object) -> str:
    if isinstance(item, bool):
        return "1" if item else "0"
    return str(item)


def _xml_rows(first: bytes, stream: BinaryIO, needed: Names) -> Iterator[Exported]:
    """Elements that have the columns needed, wherever they stand; a fragment without a root is a document, too."""
    wanted = set(needed)
    place = 0
    for element in _elements(first, stream):
        values = _xml_values(element)
        if wanted <= set(values):
            place += 1
            yield Exported(place, {name: value for name, value in values.items() if value})
            element.clear()
    if not place:
        raise Unreadable(NO_ROWS.fill(names=", ".join(needed)), place=1)


def _elements(first: bytes, stream: BinaryIO) -> Iterator[etree._Element]:
    parser = etree.XMLPullParser(
        events=("end",), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    encoding, mark = csv_records.encoding_of(first, whole=False)
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    text = re.sub(rb"\A\s*<\?xml[^>]*\?>", b"", decoder.decode(first[mark:]).encode())
    if b"<!DOCTYPE" in text:
        raise Unreadable(DECLARES_TYPE)
    try:
        parser.feed(b"<rows>" + text)
        yield from (element for _, element in parser.read_events())
        while piece := stream.read(_LOOKED_AT):
            parser.feed(decoder.decode(piece).encode())
            yield from (element for _, element in parser.read_events())
        parser.feed(b"</rows>")
        parser.close()
    except etree.XMLSyntaxError as error:
        yield from (element for _, element in parser.read_events())
        line, column = (max(1, reached) for reached in error.position)
        raise Unreadable(BROKEN.fill(line=line, column=column)) from None


def _xml_values(element: etree._Element) -> dict[str, str]:
    values = {normal(str(name)): str(value) for name, value in element.attrib.items()}
    for child in element:
        if isinstance(child.tag, str):
            name = child.get("Name") or child.get("NAME") or etree.QName(child).localname
            values[normal(name)] = child.text or ""
    return values
