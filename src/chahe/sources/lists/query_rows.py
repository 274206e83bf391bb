"""The rows of a database query, as Chahe wrote them down when it asked (see `chahe.sources.lists.database`): JSON, one row a line.

    {"chahe":"query rows","version":1,"source":"postgresql://audit@hr-db/hr","query":"SELECT …","columns":["員工編號","到職日"]}
    ["e001","2026-01-02"]

The first line says what was asked; every other line is one row, in the query's order. Dates and moments are ISO 8601, decimals are strings,
so that nothing is rounded. Which evidence table the rows are for is told by the column names, or declared as `table`.
A place is a line number: the first row of the result is line 2.
"""

import json
from collections.abc import Iterator
from typing import BinaryIO

from chahe.sources.lists import headings
from chahe.sources.lists.raw_rows import NO_SUCH_ROW, Broken, RawRow
from chahe.sources.lists.sheets import TABLE_SETTING, Lists
from chahe.sources.model import Context, Head, Match, RecordReader, Unit, Unreadable
from chahe.wording import Text

MARK = b'{"chahe":"query rows"'
VERSION = 1
LONGEST = 8 << 20
"""Bytes of a line."""

_NOT_OURS = Text(
    "這不是 Chahe 寫下的查詢結果（第一行應記載查詢內容）；請重新執行查詢",
    "this is not a query result as Chahe writes it (its first line says what was asked); run the query again",
)
_NO_ROW = Text(
    "這一行不是一列查詢結果，檔案可能被改過；請重新執行查詢",
    "this line is no row of a query result, so the file may have been altered; run the query again",
)


def recognise(head: Head) -> Match | None:
    """By the first line."""
    return Match(100, "the first line says that it is a query result") if head.data.startswith(MARK) else None


def read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    """One unit for each line: the heading, then the rows. Raises Unreadable where the first line is not ours or names no table's columns."""
    yield from Lists(context).units(_rows(stream))


def excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    """The first line, which says what was asked, and the line at the place. Raises Unreadable where there is none."""
    heading = stream.readline(LONGEST)
    row = heading
    for _ in range(place - 1):
        row = stream.readline(LONGEST)
    if not row:
        raise Unreadable(NO_SUCH_ROW.fill(place=place), place=place)
    return b"".join([heading, row][: min(place, 2)]).decode("utf-8", "backslashreplace").rstrip("\n")


def _rows(stream: BinaryIO) -> Iterator[RawRow]:
    columns = _columns(stream.readline(LONGEST))
    yield columns
    while line := stream.readline(LONGEST):
        row = _json(line)
        if (
            isinstance(row, list)
            and len(row) == len(columns)
            and all(not isinstance(cell, list | dict) for cell in row)
        ):
            yield row
        else:
            yield Broken(_NO_ROW, line[:80].decode("utf-8", "backslashreplace"))


def _columns(line: bytes) -> list[object]:
    heading = _json(line) if line.startswith(MARK) else None
    columns = heading.get("columns") if isinstance(heading, dict) and heading.get("version") == VERSION else None
    if not isinstance(columns, list) or not columns or not all(isinstance(name, str) for name in columns):
        raise Unreadable(_NOT_OURS, place=1)
    return columns


def _json(line: bytes) -> object:
    try:
        value = json.loads(line)
        if b"\\u" in line:
            json.dumps(value, ensure_ascii=False).encode("utf-8")  # an escape may name half a character
    except (ValueError, RecursionError):
        return None
    return value


reader = RecordReader(
    name="query_rows",
    title=Text("資料庫查詢結果", "result of a database query"),
    version=1,
    tables=tuple(table.name for table in headings.loadable()),
    recognise=recognise,
    read=read,
    settings=(TABLE_SETTING,),
    excerpt=excerpt,
    generic=True,
)
