"""Log files read in columns: chunks of lines through a reader's query, each line with exactly one fate."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from chahe.engine.addresses import canonical_addresses
from chahe.engine.chunks import Chunk, chunks, texts
from chahe.evidence.catalogue import tables
from chahe.evidence.model import Kind, Table
from chahe.evidence.schema import arrow_type
from chahe.sources import syslog
from chahe.sources.model import Context, LineReader
from chahe.wording import Text

UNDECODABLE = Text(
    "這一行不是 UTF-8，也不是 Big5（cp950）；請確認檔案的編碼，或重新匯出為 UTF-8",
    "this line is neither UTF-8 nor Big5 (cp950); check the file's encoding, or export it again as UTF-8",
)
OVERLONG = Text(
    "這一行超過 64 MiB，無法當作一筆紀錄；請確認檔案是否為文字日誌",
    "this line is longer than 64 MiB and cannot be one record; check that the file is a text log",
)


BATCH = 20_480
"""Lines that a thread takes at once: ten of DuckDB's vectors."""


class UnevenFates(Exception):
    """A reader's query lost or doubled lines: an error of ours, never of the file."""


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


ENGINE_REASONS = {"undecodable": UNDECODABLE, "overlong": OVERLONG}


def read_lines(reader: LineReader, opened: Callable[[], BinaryIO], context: Context) -> Iterator[Fates]:
    """The fates of a stream's lines, chunk by chunk, in order. `opened` gives the stream anew each time.

    Raises UnevenFates when the reader's query is at fault, and whatever the stream raises.
    """
    table = tables()[reader.table]
    years = _years(opened, context) if reader.syslog else None
    with duckdb.connect() as connection:
        connection.execute("SET threads TO 2; SET preserve_insertion_order = true")
        query = _Query(connection, reader, table, context)
        with opened() as stream:
            for chunk in chunks(stream):
                yield query.run(chunk, years)


def _years(opened: Callable[[], BinaryIO], context: Context) -> "syslog.Years":
    years = syslog.Years(context)
    with opened() as stream:
        for chunk in chunks(stream):
            if not chunk.overlong:
                years.scan(chunk.lines)
    return years


class _Query:
    """A reader's query, wrapped so that every column of the table comes out typed."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, reader: LineReader, table: Table, context: Context
    ) -> None:
        self.connection = connection
        self.reader = reader
        self.table = table
        bindable = {"zone": context.zone, "observed_at_us": context.observed_at_us}
        bindable |= {setting.name: context.settings.get(setting.name) for setting in reader.settings}
        self.header = syslog.HEADER if reader.syslog else "SELECT place, text FROM raw_lines"
        bound = self.header + reader.query
        self.binds = {name: value for name, value in bindable.items() if f"${name}" in bound}
        self.sql: str | None = None

    def run(self, chunk: Chunk, years: "syslog.Years | None") -> Fates:
        if chunk.overlong:
            return self._fates(1, self._none(), pa.array([chunk.first]), "overlong")
        text, unreadable = texts(chunk.lines)
        places = pa.array(range(chunk.first, chunk.first + len(text)), pa.int64())
        columns = {"place": places, "text": text}
        if years is not None:
            columns["year"] = years.of(chunk.lines)
        lines = pa.table(columns)
        bad = pa.array([chunk.first + index for index in unreadable], pa.int64())
        if unreadable:
            lines = lines.filter(pc.is_valid(lines["text"]))
        # DuckDB gives each record batch to one thread.
        self.connection.register("raw_lines", pa.Table.from_batches(lines.to_batches(BATCH), lines.schema))
        found = self.connection.execute(self._sql(), self.binds).to_arrow_table()
        self.connection.unregister("raw_lines")
        if not found["place"].equals(lines["place"]):
            found = found.sort_by("place")
            if not found["place"].equals(lines["place"]):
                raise UnevenFates(f"{self.reader.name}: {len(lines)} lines went in, {len(found)} fates came out")
        return self._fates(len(text), found, bad, "undecodable")

    def _fates(self, lines: int, found: pa.Table, bad: pa.Array, why: str) -> Fates:
        fate = found["fate"]
        rows = found.filter(pc.equal(fate, "row"))
        skips = found.filter(pc.equal(fate, "skip")).select(["place", "why"]).rename_columns(["raw_place", "why"])
        rejects = found.filter(pc.equal(fate, "reject")).select(["place", "bad_column", "bad_value", "why"])
        rejects = rejects.rename_columns(["raw_place", "bad_column", "bad_value", "why"])
        if len(bad):
            more = {
                "raw_place": bad,
                "bad_column": [None] * len(bad),
                "bad_value": [None] * len(bad),
                "why": [why] * len(bad),
            }
            rejects = pa.concat_tables([rejects, pa.table(more, schema=rejects.schema)]).sort_by("raw_place")
        if len(rows) + len(skips) + len(rejects) != lines:
            raise UnevenFates(f"{self.reader.name}: a fate is none of 'row', 'skip', 'reject'")
        rows = rows.rename_columns(["raw_place" if name == "place" else name for name in rows.column_names])
        rows = rows.drop_columns(["fate", "why", "bad_column", "bad_value"])
        return Fates(lines, canonical_addresses(rows, self.table), skips, rejects)

    def _none(self) -> pa.Table:
        self.connection.register(
            "raw_lines",
            pa.table(
                {"place": pa.array([], pa.int64()), "text": pa.array([], pa.string()), "year": pa.array([], pa.int32())}
            ),
        )
        return self.connection.execute(self._sql(), self.binds).to_arrow_table()

    def _sql(self) -> str:
        """The reader's query as a CTE over the chunk, with every declared column cast to its type."""
        if self.sql is None:
            inner = f"WITH lines AS ({self.header}) {self.reader.query}"
            described = self.connection.execute(f"DESCRIBE {inner}", self.binds).fetchall()
            given = {str(name) for name, *_ in described}
            strangers = given - {"place", "fate", "why", "bad_column", "bad_value"} - set(self.table.names)
            if strangers:
                raise UnevenFates(f"{self.reader.name}: {sorted(strangers)} are not columns of {self.table.name}")
            columns = ", ".join(_typed(self.table, name, given=name in given) for name in self.table.names)
            self.sql = (
                "SELECT place, CAST(fate AS VARCHAR) AS fate, CAST(why AS VARCHAR) AS why, "
                "CAST(bad_column AS VARCHAR) AS bad_column, CAST(bad_value AS VARCHAR) AS bad_value, "
                f"{columns} FROM ({inner})"
            )
        return self.sql


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
