"""Rows of one evidence table written to Parquet with their origin, and the ledgers of hours and days kept on the way."""

from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from chahe.engine.ledgers import DAY_US, TAIPEI_US, Ledgers
from chahe.engine.numbering import one_numbering
from chahe.engine.record_digests import is_counted
from chahe.evidence.model import Table
from chahe.evidence.schema import schema
from chahe.vault.keeping.ledger import Over

GROUP = 1 << 18
"""Rows of a row group, at least (but for the first and the last): few enough to hold in memory, many enough to compress and to skip."""
_FIRST_GROUP = 1 << 16
"""Of the first; each further one has twice as many until they have all. A short log is written while it is read, too, and not behind it."""


@dataclass(frozen=True, slots=True)
class Part:
    """A finished file of rows."""

    path: Path
    rows: int
    ledger: pa.Table | None
    """Its hours (`chahe.engine.ledgers.HOURS`); None for tables that are no logs. Records without a time or a subject are in none."""
    ledgers: Ledgers | None
    """The same, and its days."""
    first_us: int | None
    """The earliest time of a record, of whatever subject."""
    last_us: int | None


class PartWriter:
    """Writes rows of one table to one Parquet file, which appears under its name when it is complete.

    The same rows in the same order give the same bytes.
    """

    def __init__(self, path: Path, table: Table, *, raw_object: str, observed_at_us: int) -> None:
        self.path = path
        self.table = table
        self.raw_object = raw_object
        self.observed_at_us = observed_at_us
        self.schema = schema(table)
        self.fields, self.names = list(self.schema), self.schema.names
        self.rows = 0
        self.waiting: list[pa.Table] = []
        self.waiting_rows = 0
        self.group_rows = min(_FIRST_GROUP, GROUP)
        self.draft = path.with_name(path.name + ".draft")
        self.ledgers = Ledgers(table) if is_counted(table) else None
        self.written = _by_dictionary(self.schema)
        numbers = _numbers(self.schema)
        self.writer = pq.ParquetWriter(
            self.draft,
            self.written,
            compression="zstd",
            compression_level=1,
            use_dictionary=[name for name in self.schema.names if name not in numbers],
            column_encoding=dict.fromkeys(numbers, "DELTA_BINARY_PACKED"),
            # The least and the greatest of a group let queries pass over it by time and number; among texts they never do.
            write_statistics=[field.name for field in self.schema if not pa.types.is_string(field.type)],
            # Texts are read as texts: that they were numbered here is nobody's concern.
            store_schema=False,
        )
        self.behind: Thread | None = None
        self.failure: BaseException | None = None

    def write(
        self, rows: pa.Table, part: str | None = None, digests: pa.Array | None = None, *, over: Over = Over.LINE
    ) -> None:
        """Rows with the table's columns (those left out are null) and `raw_place`, of one part of the raw object.

        Rows that come from lines bring the lines' digests (`chahe.engine.record_digests`); others may bring their own. Raises ValueError for a column that the table does not have, and pyarrow's errors for values of another type.
        """
        complete = self._complete(rows, part)
        self.rows += len(rows)
        if self.ledgers is not None and len(rows):
            self.ledgers.add(complete, part, digests, over)
        self.waiting.append(complete)
        self.waiting_rows += len(complete)
        if self.waiting_rows >= self.group_rows:
            self._settle()
            self.group_rows = min(2 * self.group_rows, GROUP)
            # Encoding takes as long as reading did: it goes on while the next rows are read.
            self.behind = Thread(target=self._write_behind, args=(self.waiting,), name="parquet")
            self.behind.start()
            self.waiting, self.waiting_rows = [], 0

    def close(self) -> Part:
        """Complete the file."""
        self._settle()
        if self.waiting_rows:
            self._write_group(self.waiting)
        self.writer.close()
        self.draft.replace(self.path)
        if self.ledgers is None:
            return Part(self.path, self.rows, None, None, None, None)
        ledgers = self.ledgers
        return Part(self.path, self.rows, ledgers.table(), ledgers, ledgers.first_us, ledgers.last_us)

    def abandon(self) -> None:
        """Give the file up; nothing appears under its name."""
        if self.behind is not None:
            self.behind.join()
        self.writer.close()
        self.draft.unlink(missing_ok=True)

    def _complete(self, rows: pa.Table, part: str | None) -> pa.Table:
        given = dict(zip(rows.column_names, rows.columns, strict=True))
        strangers = given.keys() - set(self.table.names) - {"raw_place"}
        if strangers:
            raise ValueError(f"{sorted(strangers)} are not columns of {self.table.name}")
        given["raw_object"] = _always(self.raw_object, len(rows))
        if part is not None:
            given["raw_part"] = _always(part, len(rows))
        given["observed_at_us"] = pa.repeat(pa.scalar(self.observed_at_us, pa.int64()), len(rows))
        if self.table.time in given:
            given["happened_on"] = days(given[self.table.time])
        return pa.table([_stored(given.get(field.name), field.type, len(rows)) for field in self.fields], self.names)

    def _write_behind(self, group: list[pa.Table]) -> None:
        try:
            self._write_group(group)
        except BaseException as failure:  # noqa: BLE001 - raised where the next rows are written, or the file is closed
            self.failure = failure

    def _write_group(self, group: list[pa.Table]) -> None:
        columns = []
        for index, field in enumerate(self.written):
            parts = [_numbered(part.column(index), field) for part in group]
            column = pa.chunked_array([chunk for part in parts for chunk in part.chunks], field.type)
            columns.append(one_numbering(column) if pa.types.is_dictionary(field.type) else column)
        rows = pa.table(columns, self.written)
        self.writer.write_table(rows, row_group_size=len(rows))

    def _settle(self) -> None:
        """Wait for the group under way; raises what went wrong with it."""
        if self.behind is not None:
            self.behind.join()
            self.behind = None
        if self.failure is not None:
            raise self.failure


def days(moments: pa.ChunkedArray | pa.Array) -> pa.Array:
    """The calendar day in Asia/Taipei (date32) of moments in microseconds UTC."""
    whole = moments.combine_chunks() if isinstance(moments, pa.ChunkedArray) else moments
    known = whole.fill_null(0) if whole.null_count else whole
    numbers = ((known.to_numpy() + TAIPEI_US) // DAY_US).astype(np.int32)
    mask = whole.is_null().to_numpy(zero_copy_only=False) if whole.null_count else None
    return pa.array(numbers, pa.int32(), mask=mask).cast(pa.date32())


def _numbers(stored: pa.Schema) -> set[str]:
    """Whole numbers: stored as differences they are both smaller and sooner written than by a dictionary."""
    return {field.name for field in stored if field.type == pa.int64()}


def _by_dictionary(stored: pa.Schema) -> pa.Schema:
    numbered = pa.dictionary(pa.int32(), pa.string())
    return pa.schema([field.with_type(numbered) if pa.types.is_string(field.type) else field for field in stored])


def _numbered(column: pa.ChunkedArray, field: pa.Field) -> pa.ChunkedArray:
    if column.type == field.type or not pa.types.is_dictionary(field.type):
        return column
    return column.cast(pa.string()).dictionary_encode()


def _stored(column: pa.ChunkedArray | pa.Array | None, kind: pa.DataType, length: int) -> pa.ChunkedArray | pa.Array:
    """The column as its kind; one that was not given is null. Numbered texts stay so: Parquet would number them otherwise."""
    if column is None:
        return pa.nulls(length, kind)
    numbered = pa.types.is_dictionary(column.type)
    return column if numbered or column.type == kind else column.cast(kind)


def _always(text: str, length: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(length, np.int32)), pa.array([text]))
