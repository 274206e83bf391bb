"""What a derivation is: a derived table, the tables it is worked out of, and the function that does it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from chahe.evidence.model import Table

Rows = Sequence[Mapping[str, object]]
"""Rows of one table, in order of `row_id`, with its columns, `row_id` and `observed_at_us`."""


@dataclass(frozen=True, slots=True)
class Derivation:
    """One derived table and how it is made.

    `derive` is given the rows of each table it `reads`, as they stand as of the day, and gives rows of `table`: its columns
    by name (those left out are null) and `row_id`, the raw record that shows it. The same rows give the same rows.
    A control that needs the table also needs what it is worked out of: only that can be loaded, stale or rejected.
    """

    table: Table
    reads: tuple[Table, ...]
    derive: Callable[[Mapping[str, Rows]], Iterable[Mapping[str, object]]]


@dataclass(frozen=True, slots=True)
class Condensation:
    """A derived table made of so many rows that only what it counts by is taken out of the engine, in columns.

    `query` gives a SELECT (DuckDB's dialect, the portable subset) over the tables it `reads`, from the first microsecond of
    the audited period and the one after it; the rows come in no order. `derive` makes the rows of `table` of that result.
    """

    table: Table
    reads: tuple[Table, ...]
    query: Callable[[int, int], str]
    derive: Callable[[pa.Table], Iterable[Mapping[str, object]]]
