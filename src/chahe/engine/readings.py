"""How a chunk of lines is read: by a reader's function or its query; each line has exactly one fate."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import cast

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from chahe.engine.addresses import canonical_addresses
from chahe.engine.chunks import Chunk, decoded
from chahe.engine.extras import extra_rows
from chahe.engine.record_digests import is_counted, of_lines
from chahe.engine.spelling import spelled
from chahe.evidence.catalogue import tables
from chahe.evidence.model import Kind, Table
from chahe.evidence.schema import arrow_type
from chahe.sources.model import Columns, Context, HeadedColumns, LineReader
from chahe.wording import Text

UNDECODABLE = Text(
    "這一行不是 UTF-8，也不是 Big5（cp950）；請確認檔案的編碼，或重新匯出為 UTF-8",
    "this line is neither UTF-8 nor Big5 (cp950); check the file's encoding, or export it again as UTF-8",
)
OVERLONG = Text(
    "這一行超過 64 MiB，無法當作一筆紀錄；請確認檔案是否為文字日誌",
    "this line is longer than 64 MiB and cannot be one record; check that the file is a text log",
)

_FATE = frozenset(("fate", "why", "bad_column", "bad_value"))
_ROW, _SKIP, _REJECT, _NONE = range(4)
_KINDS = {"row": _ROW, "skip": _SKIP, "reject": _REJECT}


class UnevenFates(Exception):
    """A reader lost or doubled lines: an error of ours, never of the file."""


@dataclass(frozen=True, slots=True)
class Fates:
    """What became of one chunk's lines: rows + skips + rejects = lines."""

    lines: int
    rows: pa.Table
    """The table's columns, and `raw_place` (line number from 1)."""
    skips: pa.Table
    """raw_place BIGINT, why VARCHAR (key of the reader's reasons)."""
    rejects: pa.Table
    """raw_place BIGINT, bad_column, bad_value, why VARCHAR (key of the reader's reasons, or of ENGINE_REASONS)."""
    extras: Mapping[str, pa.Table] = field(default_factory=dict)
    """Rows of further tables, by table, with `raw_place`: of lines that are among the rows."""
    digests: Mapping[str, pa.Array] = field(default_factory=dict)
    """For tables that are counted by day, the digest of each row's line (`chahe.engine.record_digests`)."""


ENGINE_REASONS = {"undecodable": UNDECODABLE, "overlong": OVERLONG}


def reading_of(reader: LineReader, context: Context) -> "Reading":
    """A way to read chunks, for one thread at a time."""
    table = tables()[reader.table_in(context)]
    if reader.columns is not None:
        return _Columns(reader.columns, reader, table, context)
    return _Query(reader, table, context)


class Reading(ABC):
    """A way to have a reader's columns of a chunk."""

    def __init__(self, reader: LineReader, table: Table, context: Context) -> None:
        self.reader = reader
        self.table = table
        self.context = context

    @abstractmethod
    def found(self, written: pa.Array, places: pa.Array, year: pa.Array | None) -> pa.Table:
        """`place`, `fate`, `why`, `bad_column`, `bad_value` and the table's columns, typed, of lines with their ends."""

    @abstractmethod
    def close(self) -> None:
        """Give back what is held."""

    def fates(self, chunk: Chunk, year: pa.Array | None) -> Fates:
        if chunk.overlong:
            return self._without_rows(chunk.first)
        written, unreadable = decoded(chunk)
        places = pa.array(np.arange(chunk.first, chunk.first + len(written), dtype=np.int64))
        if unreadable:
            readable = pc.is_valid(written)
            written, places = written.filter(readable), places.filter(readable)
            year = year.filter(readable) if year is not None else None
        found = self.found(written, places, year)
        if not _same(found["place"], places):
            found = found.sort_by("place")
            if not _same(found["place"], places):
                raise UnevenFates(f"{self.reader.name}: {len(places)} lines went in, {len(found)} fates came out")
        bad = pa.array([chunk.first + index for index in unreadable], pa.int64())
        fates = self._fates(len(chunk.lines), found, bad)
        extras = extra_rows(self.reader.extras, written, found, self.context)
        return self._digested(replace(fates, extras=extras), chunk)

    def _digested(self, fates: Fates, chunk: Chunk) -> Fates:
        """With the digests of their lines, of rows that the ledger counts by day."""
        rows = {self.table.name: fates.rows, **fates.extras}
        counted = {name: found for name, found in rows.items() if len(found) and is_counted(tables()[name])}
        if not counted:
            return fates
        digests = of_lines(chunk.lines)
        return replace(fates, digests={name: _of_rows(found, digests, chunk) for name, found in counted.items()})

    def _known(self, given: Iterable[str]) -> set[str]:
        names = set(given)
        strangers = names - _FATE - {"place"} - set(self.table.names)
        if strangers:
            raise UnevenFates(f"{self.reader.name}: {sorted(strangers)} are not columns of {self.table.name}")
        return names

    def _fates(self, lines: int, found: pa.Table, unreadable: pa.Array) -> Fates:
        kinds = _kinds(found["fate"])
        rows = _of(found.drop_columns(sorted(_FATE)), kinds == _ROW)
        skips = _of(found.select(["place", "why"]), kinds == _SKIP)
        rejects = _of(found.select(["place", "bad_column", "bad_value", "why"]), kinds == _REJECT)
        rows, skips, rejects = (part.rename_columns({"place": "raw_place"}) for part in (rows, skips, rejects))
        skips, rejects = _with_texts(skips), _with_texts(rejects)
        if len(unreadable):
            rejects = pa.concat_tables([rejects, _rejects(unreadable, "undecodable")]).sort_by("raw_place")
        if len(rows) + len(skips) + len(rejects) != lines:
            raise UnevenFates(f"{self.reader.name}: a fate is none of 'row', 'skip', 'reject'")
        return Fates(lines, canonical_addresses(rows, self.table), skips, rejects)

    def _without_rows(self, place: int) -> Fates:
        """The fates of one line that is too long to look at."""
        columns = [pa.field(column.name, arrow_type(column.kind).arrow) for column in self.table.columns]
        rows = pa.schema([pa.field("raw_place", pa.int64()), *columns]).empty_table()
        rejects = _rejects(pa.array([place], pa.int64()), "overlong")
        return Fates(1, rows, rejects.select(["raw_place", "why"]).slice(1), rejects)


class _Columns(Reading):
    """A reader's function; its columns are spelled and typed here."""

    def __init__(self, columns: Columns | HeadedColumns, reader: LineReader, table: Table, context: Context) -> None:
        super().__init__(reader, table, context)
        self.columns = columns
        self.kinds = [(column.name, column.kind, arrow_type(column.kind).arrow) for column in table.columns]

    def close(self) -> None:
        """Nothing is held."""

    def found(self, written: pa.Array, places: pa.Array, year: pa.Array | None) -> pa.Table:
        if self.reader.syslog:
            given = cast(HeadedColumns, self.columns)(written, self.context, year)
        else:
            given = cast(Columns, self.columns)(written, self.context)
        self._known(given)
        if any(len(column) != len(places) for column in given.values()):
            raise UnevenFates(f"{self.reader.name}: {len(places)} lines went in, columns of other lengths came out")
        columns = {"place": places, **{name: given[name] for name in sorted(_FATE)}}
        for name, kind, stored in self.kinds:
            told = given.get(name)
            columns[name] = pa.nulls(len(places), stored) if told is None else spelled(told, kind)
        return pa.table(columns)


class _Query(Reading):
    """A reader's query, wrapped so that every column of the table comes out typed."""

    def __init__(self, reader: LineReader, table: Table, context: Context) -> None:
        super().__init__(reader, table, context)
        # The threads are the workers'; a query of one thread also keeps its lines in order.
        self.connection = duckdb.connect(config={"threads": 1})
        bindable = {"zone": context.zone, "observed_at_us": context.observed_at_us}
        bindable |= {setting.name: context.settings.get(setting.name) for setting in reader.settings}
        self.binds = {name: value for name, value in bindable.items() if f"${name}" in (reader.query or "")}
        self.sql: str | None = None

    def close(self) -> None:
        self.connection.close()

    def found(self, written: pa.Array, places: pa.Array, year: pa.Array | None) -> pa.Table:
        columns = {"place": places, "text": pc.ascii_rtrim(written, "\r\n")}
        if self.reader.syslog:
            columns |= _headers(written, self.context, year)
        self.connection.register("raw_lines", pa.table(columns))
        try:
            return self.connection.sql(self._sql(), params=self.binds).to_arrow_table()
        finally:
            self.connection.unregister("raw_lines")

    def _sql(self) -> str:
        """The reader's query as a CTE over the chunk, with every declared column cast to its type."""
        if self.sql is None:
            inner = f"WITH lines AS (SELECT * FROM raw_lines) {self.reader.query}"
            described = self.connection.execute(f"DESCRIBE {inner}", self.binds).fetchall()
            given = self._known(str(name) for name, *_ in described)
            columns = ", ".join(_typed(self.table, name, given=name in given) for name in self.table.names)
            self.sql = (
                "SELECT place, CAST(fate AS VARCHAR) AS fate, CAST(why AS VARCHAR) AS why, "
                "CAST(bad_column AS VARCHAR) AS bad_column, CAST(bad_value AS VARCHAR) AS bad_value, "
                f"{columns} FROM ({inner})"
            )
        return self.sql


def _headers(written: pa.Array, context: Context, year: pa.Array | None) -> dict[str, pa.Array]:
    from chahe.sources.scanning.syslog_scan import columns  # noqa: PLC0415 - Numba is imported when such a log is read

    return columns(written, context, year)


def _of_rows(rows: pa.Table, digests: pa.Array, chunk: Chunk) -> pa.Array | pa.ChunkedArray:
    """The digest of the line that each row comes from."""
    return digests if len(rows) == len(digests) else digests.take(pc.subtract(rows["raw_place"], chunk.first))


def _same(found: pa.ChunkedArray, places: pa.Array) -> bool:
    return len(found) == len(places) and bool(found.equals(pa.chunked_array([places])))


def _kinds(fate: pa.ChunkedArray) -> npt.NDArray[np.int8]:
    """By line what became of it; of a dictionary each word is looked at once."""
    written = fate.combine_chunks()
    encoded = written if pa.types.is_dictionary(written.type) else pc.dictionary_encode(written)
    by_code = np.array([*(_KINDS.get(word, _NONE) for word in encoded.dictionary.to_pylist()), _NONE], np.int8)
    codes = encoded.indices.fill_null(-1) if encoded.null_count else encoded.indices
    kinds: npt.NDArray[np.int8] = by_code[codes.to_numpy()]
    return kinds


def _of(found: pa.Table, mask: npt.NDArray[np.bool_]) -> pa.Table:
    """The rows where the mask holds; all of them, uncopied, where it always does."""
    if mask.all():
        return found
    return found.filter(pa.array(mask)) if mask.any() else found.slice(0, 0)


def _with_texts(found: pa.Table) -> pa.Table:
    """With words of their own in place of a dictionary's, and untyped nothings as texts."""
    for index, (name, column) in enumerate(zip(found.column_names, found.columns, strict=True)):
        if name != "raw_place" and column.type != pa.string():
            found = found.set_column(index, name, column.cast(pa.string()))
    return found


def _rejects(places: pa.Array, why: str) -> pa.Table:
    nothing = pa.nulls(len(places), pa.string())
    return pa.table(
        {"raw_place": places, "bad_column": nothing, "bad_value": nothing, "why": pa.repeat(why, len(places))}
    )


def _typed(table: Table, name: str, *, given: bool) -> str:
    kind = table.column(name).kind
    sql_type = arrow_type(kind).sql
    if not given:
        return f"CAST(NULL AS {sql_type}) AS {name}"
    if kind is Kind.NAME:
        return f"nullif(lower(trim({name})), '') AS {name}"
    if kind in (Kind.TEXT, Kind.ADDRESS):
        return f"nullif({name}, '') AS {name}"
    return f"CAST({name} AS {sql_type}) AS {name}"
