"""What a control is: a value. It holds no function, reads no clock and opens no file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from chahe.controls.linked import Linked
from chahe.evidence.model import Table
from chahe.rules.citation import Citation
from chahe.rules.parameter import Parameter
from chahe.wording import Text


class Severity(Enum):
    """How grave an exception is, for the order of work; it never decides an outcome."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def label(self) -> Text:
        return {
            Severity.HIGH: Text("高", "high"),
            Severity.MEDIUM: Text("中", "medium"),
            Severity.LOW: Text("低", "low"),
        }[self]


class Empty(Enum):
    """What it means that a control's population is empty although all it needs was loaded."""

    NOT_APPLICABLE = "not applicable"
    """The loaded records themselves show that there is nothing to speak about."""
    UNEVIDENCED = "unevidenced"
    """No firm has none of these: emptiness says that something was not loaded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """An evidence table a control reads, and what its absence does to the verdict."""

    table: Table
    excuses: bool = False
    """Rows of this table can excuse an exception; with holes or rejects in it no exception is certain."""
    optional: bool = False
    """If no such records were ever loaded the control still runs, and the result says so."""
    fresh: bool = True
    """A snapshot or register older than the table's `stale_after_months` supports no verdict."""
    whole: bool = False
    """A log must hold records for every day of the period (trading days for orders); a day without any is a hole."""
    told: tuple[str, ...] = ()
    """Columns that say of whom, of what or when a row speaks: where no row fills one, silence of the control proves nothing."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of the firm (`[firm]` in chahe.toml, true or false) without which the control does not apply."""

    name: str
    because: Text
    """What is said when the fact is false and the control therefore does not apply."""


@dataclass(frozen=True, slots=True)
class Margin:
    """How to tell the first day on which a conforming control would fail with no new evidence.

    `query` reads `population` and returns one row with one DATE, `anchor`: the day from which the legal period
    of the parameter `period` runs out first. The engine adds the period. With `period` None the anchor itself
    is the last good day.
    """

    query: str
    period: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """One requirement of a rule, as a population and its exceptions.

    `population` selects the rows the control speaks about; a column `excluded_because` (a key of `exclusions`,
    or null) leaves a row out of the examination and counts it. `exceptions` and `undetermined` read from the relation
    `population` (examined rows only) and any needed table. Exceptions return the `key` columns, at least one column
    ending in `_row` (evidence), and whatever the message names. `undetermined` returns the `key` columns and `why` (a key
    of `unclear`): rows that cannot be judged because a value is missing; they bar a conforming outcome.

    SQL is DuckDB's dialect in the portable subset of docs/controls.md. Bound: `:as_of` DATE; `:from`, `:until` DATE (both days
    included); `:as_of_end_us`, `:from_us`, `:until_end_us` BIGINT (ends exclusive, Asia/Taipei days); `:<parameter>`; for a legal
    period also `:<parameter>_since` DATE, the earliest day that is still within the period on the as-of day, and
    `:<parameter>_since_us` BIGINT, its first microsecond. A parameter that is a list is a relation of that name
    with one column, `value`.
    """

    id: str
    title: Text
    question: Text
    cites: tuple[Citation, ...]
    deck: tuple[str, ...]
    needs: tuple[Need, ...]
    blind_spots: tuple[Text, ...]
    frame: Text
    """How the population was established: which list or log it was drawn from."""
    population: str
    exceptions: str
    key: tuple[str, ...]
    empty: Empty
    severity: Severity
    message: Text
    """For one exception; `{column}` of its row, `{column:date}`, `{column:moment}` (Asia/Taipei), `{column:duration}` (from µs), `{column:money}` (NT$), `{column:word}` (a code of `words`)."""
    remedy: Text
    margin: Margin | None
    """None: time alone cannot break this control."""
    applies: Fact | None = None
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    exclusions: Mapping[str, Text] = field(default_factory=dict)
    undetermined: str | None = None
    unclear: Mapping[str, Text] = field(default_factory=dict)
    words: Mapping[str, Text] = field(default_factory=dict)
    """What codes that the SQL returns are called; `{column:word}` in the message."""
    linked: Linked | None = None
    """How its findings join others in one case; None: each stands by itself."""
    headings: Mapping[str, Text] = field(default_factory=dict)
    """What columns of the exceptions are called that neither an evidence table nor `column_headings` names, or names otherwise."""
