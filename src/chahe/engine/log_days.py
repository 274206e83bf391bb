"""The ledger of a load: what it counted by day, and what of it the same file had held when it was read before."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from chahe.engine.ledgers import DAY_US, TAIPEI_US, Ledgers
from chahe.engine.loads import Load
from chahe.engine.lost_records import Lost, lost_records
from chahe.engine.parts import PartWriter
from chahe.engine.store import Store
from chahe.evidence.catalogue import tables
from chahe.vault.ledger import Count, Day, Ledger, Stream, followed, hexadecimal, still_due

_EPOCH = date(1970, 1, 1).toordinal()
_NOTHING = Lost(0, None)

Row = dict[str, object]


def ledger_of(counted: Mapping[str, Ledgers]) -> Ledger:
    """What a load counted, in the form that the vault commits."""
    return Ledger({name: stream for name, found in sorted(counted.items()) if (stream := _stream(found)) is not None})


def keep_ledger(store: Store, load: Load, counted: Mapping[str, Ledgers], loads: Sequence[Load]) -> None:
    """Write a load's ledger, and its part of the table log_days, before the load is made known.

    `loads` are those known already: where one read the same file, this one is held against it.
    """
    ledger = ledger_of(counted)
    if not ledger.streams:
        return
    _write(store.ledger(load.load), ledger.encode())
    earlier = _to_compare(store, load, loads)
    rows = [row for name, stream in ledger.streams.items() for row in _rows(store, load, counted[name], stream, earlier)]
    path = store.days(load.load)
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = PartWriter(path, tables()["log_days"], raw_object=load.object, observed_at_us=load.observed_at_us)
    writer.write(_typed(rows))
    writer.close()


@dataclass(frozen=True, slots=True)
class _Reading:
    """A file as it was read at some time: the load that read it from its start, and those of what was added to it."""

    loads: tuple[Load, ...]
    ledger: Ledger

    @property
    def first(self) -> Load:
        return self.loads[0]


def _to_compare(store: Store, load: Load, loads: Sequence[Load]) -> list[_Reading]:
    """The last reading of the same file, and those before it of which it had lost something.

    Nothing older needs to be looked at: what those held, the last one held as well.
    """
    if load.continues is not None:
        return []
    same = [one for one in loads if _is_alike(one, load) and store.ledger(one.load).exists()]
    readings = _readings(store, same)
    if not readings:
        return []
    last = max(readings.values(), key=lambda reading: (reading.loads[-1].ingested_at_us, reading.first.load))
    owed = [readings[name] for name in _owed_to(store, last.first) if name in readings]
    return [last, *owed]


def _is_alike(one: Load, load: Load) -> bool:
    """Was it read from the same file in the same way, so that its days can be held against this one's?"""
    read = (one.source, one.path, one.reader, one.reader_version, dict(one.settings), one.zone)
    return one.object != load.object and read == (
        load.source, load.path, load.reader, load.reader_version, dict(load.settings), load.zone,
    )  # fmt: skip


def _readings(store: Store, loads: Sequence[Load]) -> dict[str, _Reading]:
    """By the load that began each."""
    known = {load.load: load for load in loads}
    chains: dict[str, list[Load]] = {}
    for load in loads:
        first = load
        while first.continues in known:
            first = known[first.continues]
        chains.setdefault(first.load, []).append(load)
    return {name: _reading(store, chain) for name, chain in chains.items()}


def _reading(store: Store, chain: list[Load]) -> _Reading:
    ordered = sorted(chain, key=lambda load: load.whole_size)
    ledgers = (Ledger.decode(store.ledger(load.load).read_bytes()) for load in ordered)
    return _Reading(tuple(ordered), followed(ledgers))


def _owed_to(store: Store, load: Load) -> list[str]:
    """The loads of which this one had lost or changed something."""
    names = ["before_load", "lost", "records", "before_records", "digest", "before_digest"]
    rows = pq.read_table(store.days(load.load), columns=names).to_pylist()
    return sorted({str(row["before_load"]) for row in rows if row["before_load"] is not None and _is_amiss(row)})


def _is_amiss(row: Mapping[str, object]) -> bool:
    if row["digest"] == row["before_digest"]:
        return False
    return row["lost"] != 0 or row["records"] == row["before_records"]


def _rows(
    store: Store, load: Load, counted: Ledgers, stream: Stream, earlier: Sequence[_Reading]
) -> Iterator[Row]:
    """A row for each day and each earlier reading that held it; days that no earlier one held have one of their own."""
    own = {day: _own(load, counted, day) for day in stream.days}
    base: Row = {"stream": counted.stream, "source": load.source, "path": load.path, "load": load.load}
    base["read_at_us"] = load.ingested_at_us
    compared: set[Day] = set()
    for reading in earlier:
        before = reading.ledger.streams.get(counted.stream)
        if before is None or before.over is not stream.over:
            continue
        due = still_due(before, stream)
        changed = [day for day in due if not before.days[day].same_records(stream.days.get(day))]
        lost = _lost(store, load, counted.stream, reading, changed)
        rows = _first_rows(store, reading, counted.stream)
        for day in due:
            compared.add(day)
            now = own.get(day, _gone())
            then = _then(reading, before.days[day], rows.get(day), lost.get(day) if day in changed else _NOTHING)
            yield base | _named(day) | now | then
    yield from (base | _named(day) | row for day, row in sorted(own.items()) if day not in compared)


def _lost(store: Store, load: Load, table: str, reading: _Reading, days: Sequence[Day]) -> Mapping[Day, Lost]:
    """Nothing where the rows of one of the readings are no longer held."""
    before = [store.part(table, one.load) for one in reading.loads if table in one.rows]
    now = store.part(table, load.load)
    if not days or not all(path.exists() for path in (*before, now)):
        return {}
    found = lost_records(tables()[table], before, now, days)
    return {day: found.get(day, _NOTHING) for day in days}


def _first_rows(store: Store, reading: _Reading, stream: str) -> dict[Day, str]:
    """The row ids of the earliest records of an earlier reading's days."""
    found: dict[Day, tuple[int, str]] = {}
    for load in reading.loads:
        rows = pq.read_table(store.days(load.load), filters=[("stream", "=", stream), ("records", ">", 0)]).to_pylist()
        for row in rows:
            day, first = Day(row["happened_on"].isoformat(), row["subject"]), (row["first_us"], row["first_row"])
            found[day] = min(found.get(day, first), first)
    return {day: first[1] for day, first in found.items()}


def _own(load: Load, counted: Ledgers, day: Day) -> Row:
    found = counted.days[day.subject, date.fromisoformat(day.day).toordinal() - _EPOCH]
    span = found.span
    return {
        "records": span.records,
        "digest": hexadecimal(found.digest),
        "first_us": span.first_us,
        "last_us": span.last_us,
        "first_row": _row_id(load.object, span.first),
        "last_row": _row_id(load.object, span.last),
        "raw_place": span.first[0],
    }


def _gone() -> Row:
    return {"records": 0, "digest": hexadecimal(0), "raw_place": 0}


def _then(reading: _Reading, before: Count, row: str | None, lost: Lost | None) -> Row:
    return {
        "before_load": reading.first.load,
        "before_read_at_us": reading.first.ingested_at_us,
        "before_records": before.records,
        "before_digest": hexadecimal(before.digest),
        "before_row": row,
        "lost": lost.records if lost is not None else None,
        "lost_row": lost.row if lost is not None else None,
    }


def _named(day: Day) -> Row:
    number = date.fromisoformat(day.day).toordinal() - _EPOCH
    return {"subject": day.subject, "day_us": number * DAY_US - TAIPEI_US}


def _row_id(raw_object: str, place: tuple[int, str | None]) -> str:
    number, part = place
    return f"{raw_object}#{number}" if part is None else f"{raw_object}#{part}!{number}"


def _stream(found: Ledgers) -> Stream | None:
    if found.over is None or found.edges is None:
        return None
    days = {
        Day(date.fromordinal(number + _EPOCH).isoformat(), subject): Count(
            one.span.records, one.span.first_us, one.span.last_us, one.digest
        )
        for (subject, number), one in found.days.items()
    }
    return Stream(found.over, found.edges, days)


def _typed(rows: Iterable[Row]) -> pa.Table:
    table = tables()["log_days"]
    kinds = {column.name: pa.string() if column.kind.value in ("text", "name") else pa.int64() for column in table.columns}
    kinds["raw_place"] = pa.int64()
    return pa.Table.from_pylist(list(rows), schema=pa.schema(list(kinds.items())))


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".draft-{os.getpid()}")
    draft.write_bytes(data)
    draft.replace(path)
