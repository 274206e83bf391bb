"""Readings of one file at different times: the load that read it from its start, with those of what was added since."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from chahe.engine.loads import Load
from chahe.engine.store import Store
from chahe.vault.keeping.ledger import Day, Ledger, followed

Ends = tuple[tuple[int, str], tuple[int, str]]
"""The earliest and the latest record of a day: moment and row id of each."""
StreamDay = tuple[str, Day]


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as it was read up to some load: that load last, those that it continues before it."""

    loads: tuple[Load, ...]
    ledgers: tuple[Ledger, ...]

    @property
    def last(self) -> Load:
        return self.loads[-1]

    @property
    def ledger(self) -> Ledger:
        return followed(self.ledgers)

    def committed_at_us(self, stream: str, day: Day) -> int:
        """When the first records of the day were loaded."""
        pairs = zip(self.loads, self.ledgers, strict=True)
        found = [load for load, ledger in pairs if stream in ledger.streams and day in ledger.streams[stream].days]
        return min(load.ingested_at_us for load in found)

    def parts(self, store: Store, table: str) -> list[Path]:
        return [store.part(table, load.load) for load in self.loads if load.rows.get(table)]


def readings_of(store: Store, load: Load, loads: Iterable[Load]) -> dict[str, Reading]:
    """The readings of the same file in the same way, by their last load; those without a ledger are left out."""
    known = {one.load: one for one in loads if _is_alike(one, load) and store.ledger(one.load).exists()}
    return {name: _reading(store, one, known) for name, one in known.items()}


def reading_to(load: Load, ledger: Ledger, known: Mapping[str, Reading]) -> Reading:
    """The reading that a new load makes of what it continues."""
    base = known.get(load.continues) if load.continues is not None else None
    return Reading((*(base.loads if base else ()), load), (*(base.ledgers if base else ()), ledger))


def newest(readings: Iterable[Reading]) -> Reading | None:
    """The one whose last load is the newest."""
    return max(readings, key=lambda one: (one.last.ingested_at_us, one.last.whole_size, one.last.load), default=None)


def owed(store: Store, reading: Reading) -> dict[str, set[StreamDay]]:
    """By earlier load, the days of which this reading had lost or changed something that had been read up to there."""
    found: dict[str, set[StreamDay]] = {}
    for row in _rows(store, reading.loads):
        if row["before_load"] is not None and _is_amiss(row):
            found.setdefault(row["before_load"], set()).add(_day_of(row))
    return found


def ends(store: Store, loads: Sequence[Load]) -> dict[StreamDay, Ends]:
    """The ends of each day over several loads."""
    found: dict[StreamDay, Ends] = {}
    for row in _rows(store, loads):
        if row["first_row"] is not None:
            key = _day_of(row)
            of_row = ((row["first_us"], row["first_row"]), (row["last_us"], row["last_row"]))
            found[key] = wider(found.get(key), of_row)
    return found


def wider(one: Ends | None, other: Ends) -> Ends:
    """The ends of both together."""
    return other if one is None else (min(one[0], other[0]), max(one[1], other[1]))


def _is_alike(one: Load, load: Load) -> bool:
    """Was it read from the same file in the same way, so that its days can be held against this one's?"""
    return _way(one) == _way(load)


def _way(load: Load) -> tuple[object, ...]:
    return load.source, load.path, load.reader, load.reader_version, dict(load.settings), load.zone


def _reading(store: Store, load: Load, known: Mapping[str, Load]) -> Reading:
    chain = [load]
    while chain[0].continues in known:
        chain.insert(0, known[str(chain[0].continues)])
    return Reading(tuple(chain), tuple(Ledger.decode(store.ledger(one.load).read_bytes()) for one in chain))


def _rows(store: Store, loads: Sequence[Load]) -> Iterator[dict[str, Any]]:
    for load in loads:
        yield from pq.read_table(store.days(load.load)).to_pylist()


def _day_of(row: Mapping[str, Any]) -> StreamDay:
    return row["stream"], Day(row["happened_on"].isoformat(), row["subject"])


def _is_amiss(row: Mapping[str, Any]) -> bool:
    if row["digest"] == row["before_digest"]:
        return False
    return bool(row["lost"] != 0 or row["records"] == row["before_records"])
