"""What a derivation is: a derived table, the tables it is worked out of, and the function that does it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

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
