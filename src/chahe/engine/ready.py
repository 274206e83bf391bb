"""Sets an engine up for an audit: the tables as of the day, and where each of them stands."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from chahe.derivations.catalogue import derivations
from chahe.derivations.model import Condensation
from chahe.engine.binding import Span
from chahe.engine.deriving import condense, derive
from chahe.engine.engines import Engine, QueryFailed
from chahe.engine.late_identity import PARTED
from chahe.engine.loads import Load
from chahe.engine.naming import KNOWN, STORED, Known, known, relation, united
from chahe.engine.standing import Standing
from chahe.engine.store import Store, live, lost, readings
from chahe.engine.unread import unread_by_table
from chahe.engine.views import RAW_PREFIX, parted, repeated, view
from chahe.evidence.catalogue import tables
from chahe.evidence.model import Shape, Table
from chahe.evidence.schema import schema
from chahe.rules.periods import day_end_us, taipei_day
from chahe.rules.trading_days import trading_days
from chahe.workspace import Source

if TYPE_CHECKING:
    from chahe.engine.materials import Refusal  # which reads sources, databases among them

HOURS, DAYS = "log_hours", "log_days"
EXPOSURES = "data_exposures"
PLANTED = "planted_"
"""Rows that are shown beside those of table T are the relation planted_T."""
HELD = "held_"
"""The rows of a large register or snapshot T, worked out once, are the relation held_T."""
LARGE = 50_000
"""Many controls read the lists of customers and accounts, some three times; below this, working them out again costs nothing."""


class Ready:
    """The evidence an audit can see. Relations are made when a control first needs them.

    Lists of `large` stored rows and more are counted first: where each natural key was observed once, the stored rows are the
    list; else it is worked out once, and held by the engine.
    """

    def __init__(
        self,
        engine: Engine,
        store: Store,
        span: Span,
        sources: Collection[Source],
        unread: Collection["Refusal"] = (),
        *,
        large: int = LARGE,
    ) -> None:
        self._engine = engine
        self._large = large
        self._store = store
        self._span = span
        self._sources = {source.name for source in sources}
        held = store.held_loads()
        self._withheld = [load for load in held if store.lacks_rows(load)]
        lacking = {load.load for load in self._withheld}
        self._loads = [load for load in held if load.load not in lacking]
        self._unread = unread_by_table(unread, sources, self._loads)
        self._made: set[str] = set()
        self._days: dict[str, set[date]] | None = None
        self._stored: set[str] = set()
        self._held: set[str] = set()
        self._once: set[str] = set()
        self._filled: dict[str, set[str]] = {}
        self._parted: set[str] = set()
        self._known: Known | None = None

    def known(self) -> Known:
        """What the names in the evidence mean: made once, over all tables, so that every control sees the same."""
        if self._known is None:
            self._store_relation(tables()[HOURS])
            self._known = known(self._engine, self._names_read)
            for naming, relation_name in KNOWN.items():
                if self._known.names[naming].meanings:
                    self._engine.arrow(relation_name, relation(self._known.names[naming]))
        return self._known

    def _names_read(self, name: str) -> bool:
        """Does a table hold rows, so that its names can be read? Its parts are named then; opening those of every table takes a while."""
        if tables()[name].shape is Shape.DERIVED or not self._live(name):
            return False
        self._store_relation(tables()[name])
        return True

    def loads(self, names: Iterable[str]) -> list[Load]:
        """The loads whose rows the named tables hold as of the day, each once, in order of identity."""
        found = {load.load: load for name in self._loaded(names) for load in self._live(name)}
        return [found[key] for key in sorted(found)]

    def prepare(self, names: Iterable[str]) -> None:
        """Make the named tables relations of the engine."""
        for name in names:
            if name not in self._made:
                self._make(tables()[name])
                self._made.add(name)

    @property
    def parted(self) -> frozenset[str]:
        """The tables that can be read in parts, too (`chahe.engine.late_identity`): logs, on an engine that runs DuckDB's dialect."""
        return frozenset(self._parted)

    def standing(self, table: Table, told: Collection[str] = ()) -> Standing:
        """Where a table stands for the audited period; of the columns that must be told, those that no row fills."""
        if table.name == EXPOSURES:
            return self._scanned()
        loads = self._live(table.name)
        gone = () if table.shape is Shape.LOG else tuple(self._lost(table.name))
        unread = self._unread.get(table.name, ())
        withheld = self._without_rows(table.name)
        if not loads:
            return Standing(loaded=False, lost=gone, unread=unread, withheld=withheld)
        observed = None if table.shape is Shape.LOG else min(taipei_day(load.observed_at_us) for load in loads)
        return Standing(
            loaded=True,
            observed_on=observed,
            units=sum(load.units for load in loads),
            rejects=sum(load.rejects for load in loads),
            holes=self._holes(table) if table.shape is Shape.LOG else (),
            lost=gone,
            unread=unread,
            withheld=withheld,
            unseen=_unseen(loads, table),
            blank=self._blank(table, told) if told else (),
            doubts=tuple(self.known().doubts(table)),
        )

    def _blank(self, table: Table, columns: Collection[str]) -> tuple[str, ...]:
        """Of these columns the ones that no row fills; none where there are no rows. One row is enough, and asked for once."""
        self.prepare([table.name])
        filled = self._filled.setdefault(table.name, set())
        wanted = sorted({"row_id", *columns} - filled)
        if wanted:
            first = (
                f"SELECT '{name}' AS name FROM (SELECT 1 AS one FROM {table.name} WHERE {name} IS NOT NULL LIMIT 1) AS of_{name}"
                for name in wanted
            )
            filled.update(self._engine.rows(" UNION ALL ".join(first))["name"].to_pylist())
        return tuple(sorted(set(columns) - filled)) if "row_id" in filled else ()

    def _scanned(self) -> Standing:
        """What was found in files stands where all of them were looked through."""
        loads = self.loads([EXPOSURES])
        unseen = {load.path for load in loads if not self._store.part(EXPOSURES, load.load).exists()}
        return Standing(loaded=bool(loads), unread=tuple(sorted(unseen | set(self.unread([EXPOSURES])))))

    def unread(self, names: Iterable[str]) -> list[str]:
        """The files that were not read, of sources that hold the named tables, and those whose rows are not here."""
        every = self._loaded(names)
        return sorted({path for name in every for path in (*self._unread.get(name, ()), *self._without_rows(name))})

    def _without_rows(self, name: str) -> tuple[str, ...]:
        return tuple(
            sorted({load.path for load in self._withheld if name in load.rows and load.source in self._sources})
        )

    def _loaded(self, names: Iterable[str]) -> list[str]:
        """The tables behind the named ones that files are loaded for; what is found in files rests on all of them."""
        wanted = list(names)
        every = tables() if EXPOSURES in wanted else wanted
        return [name for name in every if tables()[name].shape is not Shape.DERIVED]

    def _live(self, name: str) -> list[Load]:
        return live(self._loads, name, sources=self._sources, as_of_end_us=day_end_us(self._span.as_of))

    def _lost(self, name: str) -> list[str]:
        return lost(self._loads, name, sources=self._sources, as_of_end_us=day_end_us(self._span.as_of))

    def _make(self, table: Table) -> None:
        derivation = derivations().get(table.name)
        if derivation is not None:
            self.prepare(one.name for one in derivation.reads)
            if isinstance(derivation, Condensation):
                condense(self._engine, derivation, self._span)
            else:
                derive(self._engine, derivation)
            return
        meant = [naming for naming, names in self.known().names.items() if names.meanings]
        self._store_relation(table)
        self._engine.view(f"{RAW_PREFIX}{table.name}", united(table, schema(table).names, meant))
        self._hold(table)
        self._engine.view(table.name, self._view(table))
        if table.shape is Shape.LOG and self._engine.dialect == "duckdb":
            self._engine.view(f"{PARTED}{table.name}", parted(table, day_end_us(self._span.as_of)))
            self._parted.add(table.name)

    def _hold(self, table: Table) -> None:
        """Find out whether a large list must be worked out, and do; where that fails, the control that asks for it says so."""
        stored = sum(load.rows.get(table.name, 0) for load in self._live(table.name))
        if table.shape not in (Shape.SNAPSHOT, Shape.REGISTER) or not table.key or stored < self._large:
            return
        try:
            [counted] = self._engine.rows(repeated(table, day_end_us(self._span.as_of))).to_pylist()
            if not counted["n"]:
                self._once.add(table.name)
                return
            self._engine.view(table.name, self._view(table))
            self._engine.keep(f"{HELD}{table.name}", f"SELECT * FROM {table.name}")
        except QueryFailed:
            return
        self._held.add(table.name)

    def _view(self, table: Table) -> str:
        if table.name in self._held:
            return f"SELECT * FROM {HELD}{table.name}"
        return view(table, day_end_us(self._span.as_of), once=table.name in self._once)

    @contextmanager
    def beside(self, planted: Mapping[str, pa.Table]) -> Iterator[None]:
        """Show other rows beside those that are loaded, in memory and for as long as this lasts; `prepare` the tables before."""
        held = {name: self._shown_with(tables()[name], rows) for name, rows in planted.items()}
        try:
            yield
        finally:
            for name, rows in held.items():
                if rows is None:
                    self._engine.view(name, self._view(tables()[name]))
                else:
                    self._engine.arrow(name, rows)

    def _shown_with(self, table: Table, rows: pa.Table) -> pa.Table | None:
        """Name a table's rows together with others; what was derived, and must be named again, is given back."""
        columns = ", ".join(rows.column_names)
        if table.name in derivations():
            held = self._engine.rows(f"SELECT {columns} FROM {table.name}").cast(rows.schema)
            self._engine.arrow(table.name, pa.concat_tables([held, rows]))
            return held
        self._engine.arrow(f"{PLANTED}{table.name}", rows)
        both = (
            f"SELECT {columns} FROM ({self._view(table)}) AS own UNION ALL SELECT {columns} FROM {PLANTED}{table.name}"
        )
        self._engine.view(table.name, both)
        return None

    def _store_relation(self, table: Table) -> None:
        """Name the stored parts, once."""
        if table.name in self._stored:
            return
        self._stored.add(table.name)
        files = [path for path in self._parts(table) if path.exists()]
        self._engine.files(f"{STORED}{table.name}", files, schema(table))

    def _parts(self, table: Table) -> list[Path]:
        """Where the table's rows would be; of the ledgers, those of all logs."""
        logs = [
            (name, load.load) for name, log in tables().items() if log.shape is Shape.LOG for load in self._live(name)
        ]
        if table.name == HOURS:
            return [self._store.hours(name, load) for name, load in logs]
        if table.name == EXPOSURES:
            return [self._store.part(EXPOSURES, load.load) for load in self.loads([EXPOSURES])]
        if table.name == DAYS:
            # What an earlier reading lacked stays told, though a later one holds all of it.
            every = [
                readings(self._loads, name, sources=self._sources)
                for name, log in tables().items()
                if log.shape is Shape.LOG
            ]
            return [self._store.days(load) for load in sorted({load.load for read in every for load in read})]
        return [self._store.part(table.name, load.load) for load in self._live(table.name)]

    def _holes(self, table: Table) -> tuple[date, ...]:
        """The days of the period on which the table's records were due and there is none."""
        if self._days is None:
            self.prepare([HOURS])
            rows = self._engine.rows(f"SELECT DISTINCT stream, happened_on FROM {HOURS}").to_pylist()
            self._days = {}
            for row in rows:
                self._days.setdefault(row["stream"], set()).add(row["happened_on"])
        seen = self._days.get(table.name, set())
        return tuple(day for day in _due(table, self._span) if day not in seen)


def newest_day(loads: Sequence[Load]) -> date | None:
    """The newest day of observation: the day the loaded evidence can speak for."""
    return max((taipei_day(load.observed_at_us) for load in loads), default=None)


def today(now: datetime) -> date:
    """The day in Asia/Taipei of a clock reading."""
    return taipei_day((now - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1))


def _unseen(loads: Sequence[Load], table: Table) -> tuple[tuple[str, str, str], ...]:
    """What no load of a source has among those by one mapping: a file alone may be too short to hold every field."""
    by_mapping: dict[tuple[str, str], list[Load]] = {}
    for load in loads:
        if load.rows.get(table.name):
            by_mapping.setdefault((load.source, load.settings.get("map", "")), []).append(load)
    found = [
        (source, column, fields)
        for (source, _), alike in by_mapping.items()
        for column, fields in alike[0].unseen.items()
        if all(column in load.unseen for load in alike)
    ]
    return tuple(sorted(found))


def _due(table: Table, span: Span) -> Iterable[date]:
    length = (span.until - span.begin).days + 1
    days = (span.begin + timedelta(days=offset) for offset in range(length))
    if not table.on_trading_days:
        return days
    calendar = trading_days()
    return (day for day in days if calendar.is_trading_day(day))
