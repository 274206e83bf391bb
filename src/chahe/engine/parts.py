"""Writes the rows of one load into a Parquet part, with where each came from, and keeps its hour ledger."""

from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from chahe.evidence.model import Table
from chahe.evidence.schema import schema

_DAY_US = 86_400_000_000
_HOUR_US = 3_600_000_000
_TAIPEI_US = 8 * _HOUR_US
_LEVEL = 1


@dataclass(frozen=True, slots=True)
class Part:
    """A finished part."""

    path: Path
    rows: int
    ledger: pa.Table | None
    """stream, subject VARCHAR; hour_us, first_us, last_us, records, first_place, last_place BIGINT. None for tables
    without a time or a subject."""


class PartWriter:
    """Writes to a draft beside the path; `close` makes it the part. The same rows give the same bytes."""

    def __init__(self, path: Path, table: Table, *, raw_object: str, observed_at_us: int) -> None:
        self._path = path
        self._draft = path.with_suffix(".draft")
        self._table = table
        self._raw_object = raw_object
        self._observed_at_us = observed_at_us
        self._schema = schema(table)
        self._writer = pq.ParquetWriter(
            self._draft,
            self._schema,
            compression="zstd",
            compression_level=_LEVEL,
            use_dictionary=True,
            write_statistics=True,
        )
        self._rows = 0
        self._ledgers: list[pa.Table] = []

    def write(self, rows: pa.Table, part: str | None = None) -> None:
        """Rows with the table's columns and `raw_place`."""
        count = len(rows)
        columns: dict[str, pa.Array | pa.ChunkedArray] = {
            name: rows[name] for name in (*self._table.names, "raw_place")
        }
        columns["raw_object"] = pa.repeat(pa.scalar(self._raw_object), count)
        columns["raw_part"] = pa.repeat(pa.scalar(part, pa.string()), count)
        columns["observed_at_us"] = pa.repeat(pa.scalar(self._observed_at_us, pa.int64()), count)
        if self._table.time is not None:
            columns["happened_on"] = _taipei_days(rows[self._table.time])
        whole = pa.table({name: columns[name] for name in self._schema.names}).cast(self._schema)
        self._writer.write_table(whole)
        self._rows += count
        if self._table.time is not None and self._table.covered_by is not None and self._table.name != "log_hours":
            self._ledgers.append(_hours(rows, self._table))

    def close(self) -> Part:
        """Complete the part."""
        self._writer.close()
        self._draft.replace(self._path)
        ledger = _merged(self._ledgers, self._table.name) if self._ledgers else None
        return Part(self._path, self._rows, ledger)

    def abandon(self) -> None:
        """Close the draft without making it the part."""
        self._writer.close()
        self._draft.unlink(missing_ok=True)


def _taipei_days(moments: pa.ChunkedArray) -> pa.ChunkedArray:
    """The Asia/Taipei day of each moment. Taiwan has kept UTC+8 without summer time since 1979."""
    shifted = pc.add(moments, _TAIPEI_US)
    return pc.floor(pc.divide(shifted.cast(pa.float64()), float(_DAY_US))).cast(pa.int32()).cast(pa.date32())


def _hours(rows: pa.Table, table: Table) -> pa.Table:
    """One chunk's ledger, by subject and clock hour."""
    with duckdb.connect() as connection:
        connection.register("seen", rows.select([table.time, table.covered_by, "raw_place"]))
        return connection.sql(
            f"SELECT {table.covered_by} AS subject, {table.time} // {_HOUR_US} * {_HOUR_US} AS hour_us,"
            f" min({table.time}) AS first_us, max({table.time}) AS last_us, count(*) AS records,"
            f" min_by(raw_place, {table.time}) AS first_place, max_by(raw_place, {table.time}) AS last_place"
            f" FROM seen WHERE {table.time} IS NOT NULL AND {table.covered_by} IS NOT NULL GROUP BY 1, 2"
        ).to_arrow_table()


def _merged(ledgers: list[pa.Table], stream: str) -> pa.Table:
    with duckdb.connect() as connection:
        connection.register("ledgers", pa.concat_tables(ledgers))
        return connection.sql(
            f"SELECT '{stream}' AS stream, subject, hour_us, min(first_us) AS first_us, max(last_us) AS last_us,"
            " CAST(sum(records) AS BIGINT) AS records, min_by(first_place, first_us) AS first_place,"
            " max_by(last_place, last_us) AS last_place FROM ledgers GROUP BY subject, hour_us ORDER BY subject, hour_us"
        ).to_arrow_table()
