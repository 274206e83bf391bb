"""Scans a load's raw file for personal data and keeps what was found as the load's part of the table data_exposures."""

from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import BinaryIO, Final, NamedTuple, cast

import pyarrow as pa
import pyarrow.compute as pc
from openpyxl.utils import get_column_letter

from chahe.engine.chunks import SMALL, chunks, decoded
from chahe.engine.loads import Load
from chahe.engine.parts import PartWriter
from chahe.engine.store import Store
from chahe.engine.streams import BrokenStream
from chahe.evidence.catalogue import tables
from chahe.evidence.schema import arrow_type
from chahe.sources.catalogue import readers
from chahe.sources.lists.raw_rows import Broken, RawRow
from chahe.sources.model import Context, LineReader, RecordReader, Records, Unreadable
from chahe.sources.personal.finds import PREFILTER, finds
from chahe.sources.personal.tally import Held, Place, Tally
from chahe.sources.personal.words import cells_of, tells_accounts
from chahe.sources.reading import csv_records, workbooks

NAME = "data_exposures"
_TRADING = {"orders", "executions", "risk_checks"}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_LONGEST = 1 << 16
"""Characters of a line that are looked through: longer ones are no records."""

Row = dict[str, object]


class Line(NamedTuple):
    """A line or row to look through. `cells`: places are told by cell, not by character."""

    text: str
    number: int
    part: str | None = None
    headings: tuple[str, ...] = ()
    cells: bool = False


def keep_exposures(store: Store, load: Load, opened: Callable[[], BinaryIO]) -> None:
    """Write what a load's file holds of personal data, before the load is made known."""
    tally, whole = Tally(), True
    try:
        for line in _lines(load, opened):
            for one in finds(line.text[:_LONGEST], line.headings):
                tally.take(one, _place(line, one.start))
    except (BrokenStream, Unreadable, _NoText):
        whole = False
    held = list(tally.held())
    if held and not _places_are_units(load, opened):
        held = [one._replace(places=tuple(place._replace(number=1) for place in one.places)) for one in held]
    path = store.part(NAME, load.load)
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = PartWriter(path, tables()[NAME], raw_object=load.object, observed_at_us=load.observed_at_us)
    for part, rows in _rows(load, held, whole=whole).items():
        writer.write(_typed(rows), part)
    writer.close()


def _places_are_units(load: Load, opened: Callable[[], BinaryIO]) -> bool:
    """Does the number of a line or row lead to the record there? In a format whose records are no lines, it does not."""
    reader = readers()[load.reader]
    if isinstance(reader, LineReader) or reader.name in _LISTS or reader.tables == _DOCUMENT:
        return True
    with opened() as stream:
        return sum(len(chunk.lines) for chunk in chunks(stream, SMALL)) == load.units


class _NoText(Exception):
    """The file holds no text that could be looked through."""


def _rows(load: Load, held: list[Held], *, whole: bool) -> Mapping[str | None, list[Row]]:
    """By part of the file; a file without any find, or one that was not looked through to its end, says so."""
    told: Row = {"path": load.path, "trading_record": bool(_TRADING & load.rows.keys())}
    found: dict[str | None, list[Row]] = {}
    for one in held:
        first, *others = one.places
        more = [None if place is None else _row_id(load, place) for place in (*others, None, None)[:2]]
        row = {"state": "found", "kind": one.kind, "found": one.found, "sample": one.sample, "raw_place": first.number}
        places = "、".join(place.shown for place in one.places)
        found.setdefault(first.part, []).append(
            {**told, **row, "places": places, "second_row": more[0], "third_row": more[1]}
        )
    if not whole or not held:
        state = "clean" if whole else "unscanned"
        found.setdefault(None, []).append({**told, "state": state, "found": 0, "raw_place": 1})
    return found


def _row_id(load: Load, place: Place) -> str:
    return f"{load.object}#{place.number}" if place.part is None else f"{load.object}#{place.part}!{place.number}"


def _place(line: Line, start: int) -> Place:
    if line.cells:
        cell = f"{get_column_letter(line.text.count(chr(9), 0, start) + 1)}{line.number}"
        return Place(line.number, line.part, f"{line.part}!{cell}" if line.part else cell)
    return Place(line.number, line.part, f"{line.number}:{start + 1}")


def _lines(load: Load, opened: Callable[[], BinaryIO]) -> Iterator[Line]:
    """Every line or row of the file in which something could be found. Raises _NoText, BrokenStream, Unreadable."""
    reader = readers()[load.reader]
    if reader.name in _LISTS:
        yield from _LISTS[reader.name](opened)
    elif isinstance(reader, RecordReader) and reader.tables == _DOCUMENT:
        context = Context(load.observed_at_us, load.settings, load.zone)
        yield from _document(reader, opened, context)
    else:
        yield from _text(opened)


def _text(opened: Callable[[], BinaryIO]) -> Iterator[Line]:
    """Lines that the prefilter lets through, with their ends."""
    headings: tuple[str, ...] = ()
    with opened() as stream:
        for chunk in chunks(stream, SMALL):
            if chunk.first == 1:
                first = cast("bytes", chunk.lines[0].as_py())
                if first.startswith(_UTF16) or b"\0" in first[:4096]:
                    raise _NoText
                headings = cells_of(first.decode("utf-8", "replace"))
            texts = decoded(chunk)[0]
            wanted = range(len(texts)) if tells_accounts(headings) else _candidates(texts)
            for index in wanted:
                text = texts[index].as_py()
                if text is not None:
                    yield Line(text, chunk.first + index, headings=headings)


def _candidates(texts: pa.Array) -> list[int]:
    matched = pc.match_substring_regex(texts, PREFILTER)
    return cast("list[int]", pc.indices_nonzero(pc.fill_null(matched, fill_value=False)).to_pylist())


def _workbook(opened: Callable[[], BinaryIO]) -> Iterator[Line]:
    with opened() as stream, workbooks.opened(workbooks.whole(stream)) as (values, _):
        for sheet in values.worksheets:
            yield from _table(workbooks.rows(sheet, None), sheet.title)


def _delimited(opened: Callable[[], BinaryIO]) -> Iterator[Line]:
    with opened() as stream:
        first = stream.read(csv_records.LOOKAHEAD)
        encoding, _ = csv_records.encoding_of(first, whole=len(first) < csv_records.LOOKAHEAD)
        text = first.decode(encoding, "replace")
        delimiter = max(csv_records.DELIMITERS, key=text.count)
        yield from _table(csv_records.records(stream, first, encoding, delimiter), None)


def _table(rows: Iterator[RawRow], part: str | None) -> Iterator[Line]:
    """Rows of cells as lines; the headings are the first row with two cells or more that are all words."""
    headings: tuple[str, ...] = ()
    for number, row in enumerate(rows, 1):
        if isinstance(row, Broken):
            continue
        cells = ["" if cell is None else str(cell).replace("\t", " ").strip() for cell in row]
        if not headings and sum(map(bool, cells)) > 1:
            headings = tuple(cells) if not any(any(map(str.isdigit, cell)) for cell in cells) else ()
        yield Line("\t".join(cells), number, part, headings, cells=True)


def _document(reader: RecordReader, opened: Callable[[], BinaryIO], context: Context) -> Iterator[Line]:
    with opened() as stream:
        units = (unit for unit in reader.read(stream, context) if isinstance(unit, Records))
        for unit, row in chain.from_iterable(((unit, row) for row in unit.rows) for unit in units):
            for text in str(row.values.get("text") or "").splitlines():
                yield Line(text, unit.place, unit.part)


_LISTS: Final[Mapping[str, Callable[[Callable[[], BinaryIO]], Iterator[Line]]]] = {
    "register_xlsx": _workbook,
    "register_csv": _delimited,
}
"""Readers of lists, whose places are rows, and how those are had."""
_DOCUMENT = ("document_passages",)


def _typed(rows: list[Row]) -> pa.Table:
    kinds = {column.name: arrow_type(column.kind).arrow for column in tables()[NAME].columns}
    return pa.Table.from_pylist(rows, schema=pa.schema([*kinds.items(), ("raw_place", pa.int64())]))
