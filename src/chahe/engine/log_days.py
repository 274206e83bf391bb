"""The ledger of a load: what it counted by day, and what of it the same file had held when it was read before."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa

from chahe.engine.file_readings import Ends, Reading, StreamDay, ends, newest, owed, reading_to, readings_of, wider
from chahe.engine.ledgers import DAY_US, TAIPEI_US, Ledgers
from chahe.engine.loads import Load
from chahe.engine.lost_records import Lost, lost_records
from chahe.engine.parts import PartWriter
from chahe.engine.store import Store
from chahe.evidence.catalogue import tables
from chahe.evidence.schema import arrow_type
from chahe.vault.keeping.ledger import Count, Day, Ledger, Stream, hexadecimal, still_due

_EPOCH = date(1970, 1, 1).toordinal()
_NOTHING = Lost(0, None)

Row = dict[str, object]


def ledger_of(counted: Mapping[str, Ledgers]) -> Ledger:
    """What a load counted, in the form that the vault commits."""
    return Ledger({name: stream for name, found in sorted(counted.items()) if (stream := _stream(found)) is not None})


def keep_ledger(store: Store, load: Load, counted: Mapping[str, Ledgers], loads: Sequence[Load]) -> tuple[str, ...]:
    """Write a load's ledger, and its part of the table log_days, before the load is made known.

    `loads` are those known already: where one read the same file, this one is held against it. Returns those of them every record
    of which this one holds, too.
    """
    ledger = ledger_of(counted)
    if not ledger.streams:
        return ()
    _write(store.ledger(load.load), ledger.encode())
    known = readings_of(store, load, loads)
    now = reading_to(load, ledger, known)
    found = ends(store, now.loads[:-1])
    own = _own_ends(load, counted)
    for key, of_day in own.items():
        found[key] = wider(found.get(key), of_day)
    rows = list(_Comparison(store, now, found).rows(known))
    compared = {(row["stream"], row["subject"], row["day_us"]) for row in rows}
    alone = (_alone(load, ledger, key, of_day) for key, of_day in sorted(own.items()))
    rows += [row for row in alone if (row["stream"], row["subject"], row["day_us"]) not in compared]
    path = store.days(load.load)
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = PartWriter(path, tables()["log_days"], raw_object=load.object, observed_at_us=load.observed_at_us)
    writer.write(_typed(rows))
    writer.close()
    return _held_whole(now, known.values(), rows)


def _held_whole(now: Reading, known: Iterable[Reading], rows: Sequence[Row]) -> tuple[str, ...]:
    """The loads of earlier readings that this one holds whole; its own parts are no earlier ones."""
    own = {load.load for load in now.loads}
    kept = {(row["before_load"], row["stream"], row["day_us"], row["subject"]) for row in rows if row.get("lost") == 0}

    def holds(reading: Reading) -> bool:
        name = reading.last.load
        for stream, before in reading.ledger.streams.items():
            found = now.ledger.streams.get(stream)
            for day, count in before.days.items():
                same = found is not None and count.same_records(found.days.get(day))
                if not same and (name, stream, _start_us(day), day.subject) not in kept:
                    return False
        return all(_counted_whole(load, ledger) for load, ledger in zip(reading.loads, reading.ledgers, strict=True))

    wholes = [one for one in known if not own & {load.load for load in one.loads} and holds(one)]
    return tuple(sorted({load.load for one in wholes for load in one.loads}))


def _counted_whole(load: Load, ledger: Ledger) -> bool:
    """Does the ledger tell of every row of the load? Not of rows without a time, nor of lists beside a log."""
    counted = {name: sum(day.records for day in stream.days.values()) for name, stream in ledger.streams.items()}
    return counted == {name: rows for name, rows in load.rows.items() if rows}


@dataclass(frozen=True, slots=True)
class _Comparison:
    """A file as it is now, held against earlier readings of it."""

    store: Store
    now: Reading
    ends: Mapping[StreamDay, Ends]

    def rows(self, known: Mapping[str, Reading]) -> Iterator[Row]:
        """One for each day and each earlier reading that held it.

        The last reading is looked at, and those before it of which it had lost something. Nothing older needs to be: what
        those held, the last one held as well. A log that only grew since is held against nothing.
        """
        last = newest(known.values())
        if last is None or last.last.load in {load.load for load in self.now.loads}:
            return
        lacking = owed(self.store, last)
        for name, stream in self.now.ledger.streams.items():
            before = last.ledger.streams.get(name)
            if before is None or before.over is not stream.over:
                continue
            due = still_due(before, stream)
            yield from self._beside(last, name, stream, due)
            if not due:
                continue
            for earlier in sorted(lacking.keys() & known.keys()):
                # What the last reading lacked of this one, this log still lacks or has again: it is the same log.
                days = sorted(day for of, day in lacking[earlier] if of == name)
                yield from self._beside(known[earlier], name, stream, days)

    def _beside(self, reading: Reading, name: str, stream: Stream, due: Sequence[Day]) -> Iterator[Row]:
        before = reading.ledger.streams[name].days
        changed = {day for day in due if not before[day].same_records(stream.days.get(day))}
        lost = self._lost(reading, name, changed)
        then = ends(self.store, reading.loads)
        for day in due:
            yield {
                **_named(self.now.last, name, day),
                **_found(stream.days.get(day), self.ends.get((name, day))),
                "before_load": reading.last.load,
                "before_read_at_us": reading.committed_at_us(name, day),
                "before_records": before[day].records,
                "before_digest": hexadecimal(before[day].digest),
                "before_row": then[name, day][0][1],
                **_told(lost.get(day) if day in changed else _NOTHING),
            }

    def _lost(self, reading: Reading, table: str, days: Iterable[Day]) -> Mapping[Day, Lost]:
        """Nothing where the rows of one of the readings are no longer held."""
        asked = sorted(days)
        before, now = reading.parts(self.store, table), self.now.parts(self.store, table)
        if not asked or not all(path.exists() for path in (*before, *now)):
            return {}
        found = lost_records(tables()[table], before, now, asked)
        return {day: found.get(day, _NOTHING) for day in asked}


def _alone(load: Load, ledger: Ledger, key: StreamDay, of_day: Ends) -> Row:
    """A day of the load's own that no earlier reading held."""
    name, day = key
    return {**_named(load, name, day), **_found(ledger.streams[name].days[day], of_day)}


def _named(load: Load, stream: str, day: Day) -> Row:
    return {
        "stream": stream,
        "subject": day.subject,
        "day_us": _start_us(day),
        "source": load.source,
        "path": load.path,
        "load": load.load,
        "read_at_us": load.ingested_at_us,
        "raw_place": 0,
    }


def _start_us(day: Day) -> int:
    return (date.fromisoformat(day.day).toordinal() - _EPOCH) * DAY_US - TAIPEI_US


def _found(count: Count | None, of_day: Ends | None) -> Row:
    if count is None or of_day is None:
        return {"records": 0, "digest": hexadecimal(0)}
    (first_us, first_row), (last_us, last_row) = of_day
    told: Row = {"records": count.records, "digest": hexadecimal(count.digest)}
    return {**told, "first_us": first_us, "last_us": last_us, "first_row": first_row, "last_row": last_row}


def _told(lost: Lost | None) -> Row:
    return {"lost": None, "lost_row": None} if lost is None else {"lost": lost.records, "lost_row": lost.row}


def _own_ends(load: Load, counted: Mapping[str, Ledgers]) -> dict[StreamDay, Ends]:
    found: dict[StreamDay, Ends] = {}
    for name, ledgers in counted.items():
        for (subject, number), one in ledgers.days.items():
            span = one.span
            first, last = _row_id(load.object, span.first), _row_id(load.object, span.last)
            found[name, _day(subject, number)] = ((span.first_us, first), (span.last_us, last))
    return found


def _row_id(raw_object: str, place: tuple[int, str | None]) -> str:
    number, part = place
    return f"{raw_object}#{number}" if part is None else f"{raw_object}#{part}!{number}"


def _stream(found: Ledgers) -> Stream | None:
    if found.over is None or found.edges is None:
        return None
    days = {
        _day(subject, number): Count(one.span.records, one.span.first_us, one.span.last_us, one.digest)
        for (subject, number), one in found.days.items()
    }
    return Stream(found.over, found.edges, days)


def _day(subject: str, number: int) -> Day:
    return Day(date.fromordinal(number + _EPOCH).isoformat(), subject)


def _typed(rows: Iterable[Row]) -> pa.Table:
    kinds = {column.name: arrow_type(column.kind).arrow for column in tables()["log_days"].columns}
    return pa.Table.from_pylist(list(rows), schema=pa.schema([*kinds.items(), ("raw_place", pa.int64())]))


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".draft-{os.getpid()}")
    draft.write_bytes(data)
    draft.replace(path)
