"""One file through its reader: rows to Parquet parts, everything else to the list of fates, all of it counted."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc

from chahe.engine.addresses import canonical_addresses
from chahe.engine.batch_rows import BatchRows, rows_of
from chahe.engine.fates import FateWriter
from chahe.engine.ledgers import Ledgers
from chahe.engine.lines import read_lines
from chahe.engine.parts import PartWriter
from chahe.engine.readings import ENGINE_REASONS
from chahe.engine.store import Store
from chahe.engine.streams import BrokenStream, broken
from chahe.evidence.catalogue import tables
from chahe.evidence.model import Kind, Table
from chahe.evidence.schema import arrow_type
from chahe.sources.model import (
    Context,
    LineReader,
    Reader,
    RecordReader,
    Records,
    Reject,
    Row,
    Skip,
    Unit,
    Unreadable,
)
from chahe.vault.keeping.ledger import Over
from chahe.wording import Text

_BATCH = 20_000


class LostUnits(Exception):
    """A reader left out or doubled a unit: an error of ours, never of the file."""


@dataclass
class Intake:
    """What became of a file: rows + skips + rejects = units."""

    units: int = 0
    with_rows: int = 0
    skips: int = 0
    rejects: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    skipped_because: dict[str, tuple[str, int]] = field(default_factory=dict)
    ended_early: Text | None = None
    counted: dict[str, Ledgers] = field(default_factory=dict)
    """By table of a log that held records: what was counted by hour and by day."""
    unseen: dict[str, str] = field(default_factory=dict)
    """Promised columns that no row fills, and the fields they were to come from."""


def take_in(
    store: Store, load: str, reader: Reader, opened: Callable[[], BinaryIO], context: Context, *, raw_object: str
) -> Intake:
    """Read a file into the store's parts under the name of its load.

    Raises LostUnits, UnevenFates or whatever a faulty reader raises; a damaged file raises nothing: it is in the result.
    """
    sink = _Sink(store, load, raw_object=raw_object, observed_at_us=context.observed_at_us)
    try:
        try:
            if isinstance(reader, LineReader):
                _lines(sink, reader, opened, context)
            else:
                _records(sink, reader, opened, context)
        except Unreadable as stop:
            sink.end_early(stop.why, Reject(max(stop.place, 1), stop.why, stop.column, stop.value, tables=stop.tables))
        except BrokenStream as error:
            why = broken(error)
            sink.end_early(why, Reject(sink.intake.units + 1, why))
        if not (isinstance(reader, RecordReader) and reader.generic):
            for table in reader.tables:
                sink.intake.rows.setdefault(table, 0)
        sink.close()
    except BaseException:
        sink.abandon()
        raise
    return sink.intake


def _lines(sink: "_Sink", reader: LineReader, opened: Callable[[], BinaryIO], context: Context) -> None:
    reasons = {**reader.reasons, **ENGINE_REASONS}
    unseen = dict(reader.promised(context)) if reader.promised is not None else {}
    for fates in read_lines(reader, opened, context):
        sink.intake.units += fates.lines
        sink.intake.with_rows += len(fates.rows)
        for name in [name for name in unseen if fates.rows[name].null_count < len(fates.rows)]:
            del unseen[name]
        # Of a file without rows nothing can be said of columns.
        sink.intake.unseen = unseen if sink.intake.with_rows else {}
        own = reader.table_in(context)
        sink.write(own, fates.rows, None, fates.digests.get(own))
        for table, rows in fates.extras.items():
            sink.write(table, rows, None, fates.digests.get(table))
        sink.skip_columns(fates.skips, reasons)
        sink.reject_columns(fates.rejects, reasons)


def _records(sink: "_Sink", reader: RecordReader, opened: Callable[[], BinaryIO], context: Context) -> None:
    """Units come with places 1, 2, 3 … within each part; another place raises LostUnits."""
    reached: dict[str | None, int] = {}
    with opened() as stream:
        if reader.batches is not None:
            _batches(sink, reader.name, rows_of(reader.batches(stream, context)))
            return
        for unit in reader.read(stream, context):
            expected = reached.get(unit.part, 0) + 1
            if unit.place != expected:
                raise LostUnits(f"{reader.name}: unit {unit.place} of part {unit.part!r} came where {expected} was due")
            reached[unit.part] = expected
            sink.unit(unit)


def _batches(sink: "_Sink", name: str, batches: Iterable[BatchRows]) -> None:
    """Units that come many at once, held to following on one another and to each having one fate."""
    due = 1
    for batch, rows, digests in batches:
        skips = len(batch.skipped[0]) if batch.skipped else 0
        fates = sum(map(len, rows.values())) + skips + len(batch.units)
        if batch.first != due or fates != batch.count:
            raise LostUnits(f"{name}: {batch.count} units from {batch.first} on had {fates} fates; {due} was due")
        due += batch.count
        sink.intake.units += batch.count - len(batch.units)
        for table, typed in rows.items():
            sink.intake.with_rows += len(typed)
            sink.write(table, typed, None, digests.get(table), over=Over.ROW)
        if batch.skipped:
            places, whys = batch.skipped
            skipped = pa.table({"raw_place": places, "why": whys.cast(pa.string())})
            sink.skip_columns(skipped, {str(index): why for index, why in enumerate(batch.reasons)})
        for unit in batch.units:
            sink.unit(unit)


@dataclass(slots=True)
class _Waiting:
    """Rows of one table and part, not written yet."""

    values: list[Mapping[str, object]] = field(default_factory=list)
    places: list[int] = field(default_factory=list)


class _Sink:
    """Parts and fates of one load, written as they come."""

    def __init__(self, store: Store, load: str, *, raw_object: str, observed_at_us: int) -> None:
        self.store = store
        self.load = load
        self.raw_object = raw_object
        self.observed_at_us = observed_at_us
        self.intake = Intake()
        self.writers: dict[str, PartWriter] = {}
        self.waiting: dict[tuple[str, str | None], _Waiting] = {}
        self.fates = FateWriter(store.fates(load))

    def write(
        self, table: str, rows: pa.Table, part: str | None, digests: pa.Array | None = None, *, over: Over = Over.LINE
    ) -> None:
        if table not in self.writers:
            path = self.store.part(table, self.load)
            path.parent.mkdir(parents=True, exist_ok=True)
            self.writers[table] = PartWriter(
                path, tables()[table], raw_object=self.raw_object, observed_at_us=self.observed_at_us
            )
        self.intake.rows[table] = self.intake.rows.get(table, 0) + len(rows)
        if len(rows):
            self.writers[table].write(rows, part, digests, over=over)

    def unit(self, unit: Unit) -> None:
        self.intake.units += 1
        if isinstance(unit, Records):
            self.intake.with_rows += 1
            for row in unit.rows:
                self.row(row, unit.place, unit.part)
        elif isinstance(unit, Skip):
            self.intake.skips += 1
            if unit.table is not None:
                self.intake.rows.setdefault(unit.table, 0)
            self.fates.skip(unit)
        else:
            self.reject(unit)

    def row(self, row: Row, place: int, part: str | None) -> None:
        key = (row.table, part)
        waiting = self.waiting.get(key)
        if waiting is None:
            waiting = self.waiting[key] = _Waiting()
        waiting.values.append(row.values)
        waiting.places.append(place)
        if len(waiting.places) >= _BATCH:
            self._flush(row.table, part)

    def _flush(self, table: str, part: str | None) -> None:
        self.write(table, _typed(tables()[table], self.waiting.pop((table, part))), part)

    def reject(self, unit: Reject) -> None:
        self.intake.rejects += 1
        for table in unit.tables:
            self.intake.rows.setdefault(table, 0)
        self.fates.reject(unit)

    def end_early(self, why: Text, reject: Reject) -> None:
        """The rest of the file cannot be read: that is one more unit, and it is rejected."""
        self.intake.ended_early = why
        self.intake.units += 1
        self.reject(reject)

    def skip_columns(self, skips: pa.Table, reasons: "dict[str, Text]") -> None:
        self.intake.skips += len(skips)
        self.fates.columns("skip", skips, reasons)

    def reject_columns(self, rejects: pa.Table, reasons: "dict[str, Text]") -> None:
        self.intake.rejects += len(rejects)
        self.fates.columns("reject", rejects, reasons)

    def close(self) -> None:
        for table, part in list(self.waiting):
            self._flush(table, part)
        counted = self.intake.with_rows + self.intake.skips + self.intake.rejects
        if counted != self.intake.units:
            raise LostUnits(f"{self.intake.units} units came in, {counted} were accounted for")
        for table, writer in self.writers.items():
            made = writer.close()
            if made.ledger is not None and made.ledgers is not None and len(made.ledger):
                _write_hours(self.store.hours(table, self.load), made.ledger, self.raw_object, self.observed_at_us)
                self.intake.counted[table] = made.ledgers
        self.fates.close()
        for why, count in self.fates.skipped.items():
            zh, known = self.intake.skipped_because.get(why.en, (why.zh, 0))
            self.intake.skipped_because[why.en] = (zh, known + count)

    def abandon(self) -> None:
        """Close files without completing them; their drafts are written over by the next attempt."""
        for writer in self.writers.values():
            writer.abandon()
        self.fates.abandon()


def _write_hours(path: Path, ledger: pa.Table, raw_object: str, observed_at_us: int) -> None:
    """A load's hour ledger as a part of the table log_hours."""
    table = tables()["log_hours"]
    path.parent.mkdir(parents=True, exist_ok=True)

    def row_id(which: str) -> pa.Array:
        place = ledger[f"{which}_place"].cast(pa.string())
        part = ledger[f"{which}_part"]
        within = pc.if_else(pc.is_valid(part), pc.binary_join_element_wise(part.fill_null(""), place, "!"), place)
        return pc.binary_join_element_wise(raw_object, within, "#")

    rows = pa.table(
        {
            **{name: ledger[name] for name in ("stream", "subject", "hour_us", "first_us", "last_us", "records")},
            "first_row": row_id("first"),
            "last_row": row_id("last"),
            "raw_place": ledger["first_place"],
        }
    )
    writer = PartWriter(path, table, raw_object=raw_object, observed_at_us=observed_at_us)
    writer.write(rows, None)
    writer.close()


def _typed(table: Table, waiting: _Waiting) -> pa.Table:
    """Python rows as Arrow, names lower-cased and addresses canonical as for every reader. Raises ValueError."""
    given = set[str]().union(*waiting.values)
    strangers = given - set(table.names)
    if strangers:
        raise ValueError(f"{sorted(strangers)} are not columns of {table.name}")
    columns = {
        column.name: pa.array([values.get(column.name) for values in waiting.values], arrow_type(column.kind).arrow)
        for column in table.columns
        if column.name in given
    }
    typed = pa.table({**columns, "raw_place": pa.array(waiting.places, pa.int64())})
    for column in table.columns:
        if column.kind is Kind.NAME and column.name in columns:
            index = typed.schema.get_field_index(column.name)
            lowered = pc.utf8_lower(pc.utf8_trim_whitespace(typed[column.name]))
            typed = typed.set_column(
                index, column.name, pc.if_else(pc.equal(lowered, ""), pa.scalar(None, pa.string()), lowered)
            )
    return canonical_addresses(typed, table)
