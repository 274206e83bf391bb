"""How an evidence table is declared: as data, once; all else is derived from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from chahe.wording import Text


class Kind(Enum):
    """What a value of a column is, whatever the file it came from wrote."""

    TEXT = "text"
    """Free text, kept as written."""
    NAME = "name"
    """The name of a host, device, system or account: trimmed and lower-cased, so that joins meet."""
    ADDRESS = "address"
    """An IP address in its canonical spelling (RFC 5952; IPv4-mapped IPv6 as IPv4)."""
    CHOICE = "choice"
    """One of the column's `choices`, by its code or its Chinese or English heading."""
    INTEGER = "integer"
    DECIMAL = "decimal"
    """A number with up to four decimals: prices, scores."""
    BOOLEAN = "boolean"
    DATE = "date"
    """A calendar day in Asia/Taipei; ROC years are read."""
    MOMENT = "moment"
    """Microseconds since 1970-01-01T00:00:00Z; the column's name ends in `_us`."""


class Shape(Enum):
    """How rows of a table come to be, and therefore how a later load relates to an earlier one."""

    LOG = "log"
    """Things that happened; loads add up. Coverage is counted per device or system and hour."""
    SNAPSHOT = "snapshot"
    """A state read off a system; the newest observation of a file counts."""
    REGISTER = "register"
    """A list that people keep; the newest version of a file counts."""
    DERIVED = "derived"
    """Computed by the engine from other tables; never loaded."""


class Naming(Enum):
    """What a NAME column names, where makers write one thing in several ways; the engine brings them together."""

    HOST = "host"
    """A host, device or system: short name, FQDN, address."""
    ACCOUNT = "account"
    """A sign-in account: bare, `DOMAIN\\account`, `account@domain`, SID."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name (standard term, unit in the name), kind, Chinese heading and meaning."""

    name: str
    kind: Kind
    heading: str
    """The Chinese heading, as templates and screens show it."""
    meaning: Text
    required: bool = False
    choices: Mapping[str, Text] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    """Other headings under which registers carry this column."""
    naming: Naming | None = None
    """What the name is a name of, if that may stand elsewhere under another name."""
    lasting: bool = False
    """Never changes once it is so (the day an account was made): where the newest list of a snapshot or register leaves
    it blank, another live list's value is taken, the earliest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One evidence table. `name` is a plural noun; `row` says what one row is."""

    name: str
    heading: str
    row: Text
    shape: Shape
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    """The natural key: two rows of one load that agree on it are a duplicate. Empty for logs without one."""
    time: str | None = None
    """The MOMENT column that says when the row happened (logs only)."""
    covered_by: str | None = None
    """The column coverage is counted by: the device or system that wrote the record."""
    on_trading_days: bool = False
    """Records are due on the exchange's trading days only, not on every calendar day (logs only)."""
    stale_after_months: int | None = None
    """A snapshot or register observed longer ago than this cannot support a verdict (calendar months)."""
    keep_years: int = 5
    """Least retention of the raw bytes, in years."""
    personal: bool = False
    """Its rows tell of natural persons: raw files that hold them are sealed, so that they can be made unreadable for good."""

    def column(self, name: str) -> Column:
        """The column of that name; KeyError names the table."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name} has no column {name!r}")

    @property
    def names(self) -> tuple[str, ...]:
        """The declared column names, in order, without provenance."""
        return tuple(column.name for column in self.columns)


PROVENANCE = ("row_id", "observed_at_us")
"""Columns that every table has besides its own: where the row came from, and when that was observed.

`row_id` is `<sha256 of the raw object>#<place>`, or `…#<part>!<place>` where the object has parts (a sheet,
an archive member); the place is a line, record or row number counted from 1.
"""
