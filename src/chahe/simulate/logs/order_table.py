"""Orders as columns: rows of the story and of the background in one table, as many at a time as stay in memory."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from chahe.simulate.logs.order_rows import Row
from chahe.simulate.logs.texts import Column, Ints

Table = Any
"""A `pyarrow.RecordBatch` of `SCHEMA`, which has no types of its own."""
_FLAGS: Final = ("buy", "passed", "skips_number", "followed")
_NUMBERS: Final = (
    "quantity",
    "received",
    "checked",
    "sent",
    "checked_quantity",
    "filled",
    "rest",
    "after",
    "done",
    "again",
)


def _kind(name: str) -> Any:  # noqa: ANN401 - pyarrow has no types
    return pa.bool_() if name in _FLAGS else pa.int64() if name in _NUMBERS else pa.string()


SCHEMA: Final = pa.schema([(name, _kind(name)) for name in Row._fields])


def table_of(rows: Sequence[Row]) -> Table:
    """Rows as columns."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(SCHEMA)
    return pa.record_batch([pa.array(held, one.type) for held, one in zip(columns, SCHEMA, strict=True)], SCHEMA)


def rows_of(table: Table) -> list[Row]:
    """Columns as rows, for whoever looks at one order after the other."""
    return [Row._make(one) for one in zip(*(column.to_pylist() for column in table.columns), strict=True)]


def changed(table: Table, columns: dict[str, Column]) -> Table:
    """The table with other columns in place of some."""
    return pa.record_batch([columns.get(name, table.column(name)) for name in SCHEMA.names], SCHEMA)


def numbers(table: Table, name: str, missing: str | None = None) -> Ints:
    """A column of numbers; where one is missing, that of another column, or 0."""
    found = table.column(name)
    if found.null_count:
        found = pc.fill_null(found, 0) if missing is None else pc.coalesce(found, table.column(missing))
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=np.int64)


def begins(table: Table) -> Ints:
    """When each was received, or sent where nobody sent it to the firm."""
    return numbers(table, "received", "sent")


def merged(tables: Sequence[Table], name: str) -> Table:
    """All of them in order of `received` (or `sent`, where that is missing) or of `sent`; what stood first stays first."""
    held = [one for one in tables if len(one)]
    if not held:
        return tables[0]
    together = held[0] if len(held) == 1 else pa.concat_batches(held)
    moments = begins(together) if name == "received" else numbers(together, name)
    if (np.diff(moments) >= 0).all():
        return together
    return together.take(pa.array(np.argsort(moments, kind="stable")))
