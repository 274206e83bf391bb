"""What a source is: how it knows its files, and how it turns their units into evidence."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO, NamedTuple

from chahe.wording import Text


@dataclass(frozen=True, slots=True)
class Head:
    """What the registry shows a reader of a file: its name and its first bytes, already decompressed."""

    name: str
    """The file's name without its folder, and without `.gz` and the like."""
    data: bytes
    """At most the first 64 KiB."""
    whole: bool
    """Is that the whole file?"""

    @property
    def text(self) -> str:
        """The first bytes as text, whatever they are: for looking at, never for evidence."""
        for encoding in ("utf-8-sig", "cp950", "latin-1"):
            try:
                return self.data.decode(encoding)
            except UnicodeDecodeError as error:
                # A character cut at the end of the head is no sign of another encoding.
                if encoding == "utf-8-sig" and not self.whole and error.start > len(self.data) - 4:
                    return self.data[: error.start].decode(encoding)
        raise AssertionError("latin-1 decodes any bytes")


class Match(NamedTuple):
    """How sure a reader is that a file is its own, 1 (could be) to 100 (magic number), and why."""

    sureness: int
    because: str


@dataclass(frozen=True, slots=True)
class Setting:
    """A fact about a file that its bytes do not hold, declared in `chahe.toml` under the source's `set`."""

    name: str
    meaning: Text
    required: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """Time and place, as arguments."""

    observed_at_us: int
    """When the file was taken (declared, or else the file's modification time), microseconds UTC."""
    settings: Mapping[str, str] = field(default_factory=dict)
    zone: str = "Asia/Taipei"
    """The zone of times that name none."""
    headings: bytes = b""
    """For a reader of lines with `headings`: what the heading lines before these lines say."""


class Row(NamedTuple):
    """One row for one evidence table. Values are Python's own: str, int, bool, Decimal, date; absent is null."""

    table: str
    values: Mapping[str, object]


class Records(NamedTuple):
    """A unit that was understood, with the rows it holds (at least one)."""

    place: int
    rows: tuple[Row, ...]
    part: str | None = None


class Skip(NamedTuple):
    """A unit that was understood and holds nothing for our tables; `why` says what it is."""

    place: int
    why: Text
    part: str | None = None
    table: str | None = None
    """This unit (a register's heading row) says that the part belongs to that table, even if no row follows."""


class Reject(NamedTuple):
    """A unit that should have been evidence and could not be read."""

    place: int
    why: Text
    column: str | None = None
    value: str | None = None
    part: str | None = None
    tables: tuple[str, ...] = ()
    """The tables this unit was meant for, where nothing else of the file says so: they have a hole now."""


Unit = Records | Skip | Reject


@dataclass(frozen=True, slots=True)
class Batch:
    """Many units that follow one another, those that can be as columns: each is a row, skipped, or among `units`."""

    first: int
    """The place of the first."""
    count: int
    rows: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """By table: its columns as Arrow arrays by name, and `raw_place` (int64); at most one row for a unit."""
    skipped: tuple[Any, Any] | None = None
    """Arrow arrays (int64): the places of skipped units, and which of `reasons` says why."""
    reasons: tuple[Text, ...] = ()
    units: tuple[Unit, ...] = ()
    """The others, in order."""


Piece = Callable[[], Callable[[], Batch]]
"""Looks into a piece of the stream, in any thread; what it returns makes the batch, and is called in order, in one thread."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReader:
    """A format read record by record: XML, binary, spreadsheets.

    `read` yields exactly one unit for each record, with places 1, 2, 3 … in order within a part; it raises
    `Unreadable` when the rest of the stream cannot be read, after yielding what could be.
    """

    name: str
    title: Text
    version: int
    """Raised whenever the same bytes would give other rows; part of each load's identity."""
    tables: tuple[str, ...]
    recognise: Callable[[Head], Match | None]
    read: Callable[[BinaryIO, Context], Iterator[Unit]]
    settings: tuple[Setting, ...] = ()
    excerpt: "Callable[[BinaryIO, int, str | None], str] | None" = None
    """Shows the raw record at a place (and part) of the stream as text, for a person to read."""
    generic: bool = False
    """Reads lists for many tables: a file belongs only to those that its units name."""
    batches: Callable[[BinaryIO, Context], Iterator[Piece]] | None = None
    """The same units as those of `read`, many at once, a piece of the stream after the other; for formats without parts, of which there are many records."""


Columns = Callable[[Any, Context], Mapping[str, Any]]
"""From an Arrow array of lines, Arrow arrays by name."""
HeadedColumns = Callable[[Any, Context, Any], Mapping[str, Any]]
"""From an Arrow array of lines, the context, and the lines' years (null where no header needs them): Arrow arrays by name."""
ExtraColumns = Callable[[Any, Any, Context], Mapping[str, Any]]
"""From an Arrow array of lines and the Arrow table of their rows, Arrow arrays by name."""
Promised = Callable[[Context], Mapping[str, str]]
"""Columns that a declaration says a file's lines fill, each with the fields it is to come from, as they were declared."""
Headings = Callable[[Any, bytes], bytes]
"""From an Arrow array of lines (binary), and what holds in front of the first: what holds behind the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """A further table to which some of a log's lines belong, too: the VPN sign-ins in a firewall's log."""

    table: str
    column: str
    values: tuple[str, ...]
    """A line is looked at when its row in the reader's own table has one of these values in that column: few should."""
    columns: ExtraColumns
    """From the lines looked at, each with its end, and their rows in the reader's own table: the columns of `table`, and `given`
    (boolean): is there a row? An extra adds evidence and decides no fate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineReader:
    """A log format read in columns: one line is one unit, and either a query or a function gives each its fate.

    `query`, in DuckDB's SQL, reads the relation `lines(place BIGINT, text VARCHAR)`, line ends and a trailing carriage
    return removed; with `syslog`, also the header's columns (see `chahe.sources.scanning.syslog_scan`). `$zone`, `$observed_at_us` and
    each declared setting (null where not set) may be bound. It returns exactly one row for each line:

    place, fate ('row', 'skip' or 'reject'), why (a key of `reasons`; null for rows), bad_column, bad_value
    (for rejects), and columns of `table` by name; those it leaves out are null. NAME columns are lower-cased
    and ADDRESS columns canonicalised afterwards, for all readers alike.

    `columns`, for formats with many records, does the same as compiled code: from a string array of lines without nulls,
    each with its end, it returns the same columns as Arrow arrays of the same length and order, without `place`. Texts
    that repeat are best dictionary-encoded. It is called in several threads, and keeps nothing between calls. With `syslog`
    it is also given the lines' years (int32, or None where every line writes its own), and hands them to
    `chahe.sources.scanning.syslog_scan.scan`, which tells time, host, program and where the message begins.

    `headings`, for formats whose heading lines say what the lines behind them are (`#fields …`), is asked of all lines in
    order; what it says is in the context (`Context.headings`) of the lines that follow. It is to be quick.
    """

    name: str
    title: Text
    version: int
    table: str | None
    """Null for a reader of declared formats: the setting `table` says it then."""
    recognise: Callable[[Head], Match | None]
    reasons: Mapping[str, Text]
    query: str | None = None
    columns: Columns | HeadedColumns | None = None
    syslog: bool = False
    settings: tuple[Setting, ...] = ()
    extras: tuple[Extra, ...] = ()
    headings: Headings | None = None
    promised: Promised | None = None
    """For declared formats. A column that no line of a file fills is told of in its load: a slip in a field's name leaves no other trace."""

    def __post_init__(self) -> None:
        if (self.query is None) == (self.columns is None):
            raise ValueError(f"{self.name}: a reader of lines has either a query or a function for columns")

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables of every file it reads; a declared one comes besides."""
        return (*([self.table] if self.table else []), *(extra.table for extra in self.extras))

    def table_in(self, context: Context) -> str:
        """The table of the lines of one file."""
        return self.table or context.settings["table"]


Reader = RecordReader | LineReader


class Unreadable(Exception):
    """The stream ends or breaks where records should go on. Carries a Text to show and the place reached."""

    def __init__(
        self,
        why: Text,
        *,
        place: int = 0,
        column: str | None = None,
        value: str | None = None,
        tables: tuple[str, ...] = (),
    ) -> None:
        super().__init__(why.en)
        self.why = why
        self.place = place
        self.column = column
        self.value = value
        self.tables = tables
        """The tables the stream was meant for, where nothing read so far says so."""
