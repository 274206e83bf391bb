"""What a store holds beyond its period: found by the rules of the evidence tables, and let go with an entry in the log."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import pyarrow.parquet as pq

from chahe.engine.journal import HOLD_RECORDS
from chahe.engine.loads import Load
from chahe.engine.store import Store
from chahe.evidence.catalogue import tables
from chahe.evidence.model import Shape
from chahe.rules.periods import Period, ends_on, taipei_day
from chahe.vault.entries import Kind
from chahe.vault.errors import Missing
from chahe.vault.keeping.retention import Days, Duty, Hold, Item, check_may_go, check_two_people, deletion, holds_in
from chahe.vault.raw.objects import key_of
from chahe.vault.raw.seal import SEALED
from chahe.vault.raw.shredding import destroy_key, key_name
from chahe.vault.vault import Vault

UNREAD_YEARS = 5
"""Least retention of files that gave no rows of any table: that of most tables."""


def holds(vault: Vault) -> dict[str, Hold]:
    """The holds in force, by name."""
    return holds_in(entry for _, entry in vault.entries(Kind.HOLD, Kind.RELEASE))


def items(store: Store) -> list[Item]:
    """Every raw object that is still held, with what keeps it, by source, path and object."""
    loads = store.held_loads()
    followers = _followers(loads)
    by_object: dict[str, list[Load]] = {}
    for load in loads:
        by_object.setdefault(load.object, []).append(load)
    made = (_item(store, of_object, followers) for of_object in by_object.values())
    return sorted(made, key=lambda item: (item.source, item.path, item.object))


def expire(store: Store, vault: Vault, leaving: Sequence[Item], *, day: date, by: Sequence[str], at_us: int) -> None:
    """Let objects go: their entries first, then their keys, their bytes, and what was read from them.

    Raises NotTwoPeople or TooEarly before anything is done. A crash on the way is made good by `finish`.
    """
    both = check_two_people(by)
    held = holds(vault).values()
    for item in leaving:
        check_may_go(item, held, day)
    stored = _stored(vault)
    departures = [_departure(store, vault, item, stored.get(item.object, {})) for item in leaving]
    entries = [
        (Kind.DELETION, {**deletion(one.item, stored=one.stored, parts=one.parts, by=both), "keys": list(one.keys)})
        for one in departures
    ]
    if entries:
        vault.record(at_us, entries)
    finish(store, vault)


def finish(store: Store, vault: Vault) -> int:
    """Carry out every deletion that the log speaks of and that a crash left undone; how many there were."""
    kept_at = {_digest(entry): index for index, entry in vault.entries(Kind.INGEST)}
    done = 0
    for index, entry in vault.entries(Kind.DELETION):
        digest = str(entry["object"])
        if kept_at.get(digest, -1) < index and not store.left(digest).exists():
            _carry_out(store, vault, entry)
            done += 1
    return done


@dataclass(frozen=True, slots=True)
class _Departure:
    item: Item
    stored: Mapping[str, object]
    parts: tuple[str, ...]
    keys: tuple[str, ...]


def _departure(store: Store, vault: Vault, item: Item, stored: Mapping[str, object]) -> _Departure:
    loads = [load.load for load in store.held_loads() if load.object == item.object]
    parts = sorted(name for load in loads for name in store.parts(load) if name.startswith(HOLD_RECORDS))
    form = str(stored.get("form", ""))
    keys = (key_name(vault.storage.open(key_of(item.object, form))),) if form.endswith(SEALED) else ()
    return _Departure(item, stored, tuple(parts), keys)


def _carry_out(store: Store, vault: Vault, entry: Mapping[str, object]) -> None:
    """Each step may have been done before. That the object has left is noted last."""
    digest, keys, parts = str(entry["object"]), entry["keys"], entry["parts"]
    for name in keys if isinstance(keys, list) else ():
        destroy_key(vault.storage, str(name))
    with suppress(Missing):
        vault.objects.delete(digest)
    for name in parts if isinstance(parts, list) else ():
        (store.folder / str(name)).unlink(missing_ok=True)
    note = store.left(digest)
    note.parent.mkdir(parents=True, exist_ok=True)
    note.touch()


def _stored(vault: Vault) -> dict[str, Mapping[str, object]]:
    """How the log says each object is stored."""
    return {_digest(entry): entry["object"]["stored"] for _, entry in vault.entries(Kind.INGEST)}  # type: ignore[index] # an entry's members are JSON's values


def _digest(entry: Mapping[str, object]) -> str:
    return str(entry["object"]["sha256"])  # type: ignore[index] # as above


def _followers(loads: Sequence[Load]) -> dict[str, Load | None]:
    """By load the next newer observation of the same file; None for the newest."""
    by_file: dict[tuple[str, str], list[Load]] = {}
    for load in loads:
        by_file.setdefault((load.source, load.path), []).append(load)
    found: dict[str, Load | None] = {}
    for of_file in by_file.values():
        ordered = sorted(of_file, key=lambda load: (load.observed_at_us, load.ingested_at_us, load.load))
        found |= {load.load: following for load, following in pairwise([*ordered, None]) if load is not None}
    return found


def _item(store: Store, loads: Sequence[Load], followers: Mapping[str, Load | None]) -> Item:
    lists = [load for load in loads if any(tables()[name].shape is not Shape.LOG for name in load.rows)]
    found: dict[str, Days] = {}
    for load in loads:
        for name in (name for name, rows in load.rows.items() if rows):
            found[name] = _wider(found.get(name), _days(store, load, name))
    return Item(
        object=loads[0].object,
        source=loads[0].source,
        path=loads[0].path,
        size=loads[0].size,
        tables=found,
        duties=tuple(duty for load in loads for duty in _duties(store, load, followers[load.load])),
        in_use=any(followers[load.load] is None for load in lists),
    )


def _duties(store: Store, load: Load, follower: Load | None) -> Iterator[Duty]:
    """A log's records are kept from the newest one's day; a list from the day on which a newer one took its place."""
    seen = taipei_day(load.observed_at_us)
    # A reader names every table that its file could have held; those that it did not hold keep nothing.
    named = sorted(name for name, rows in load.rows.items() if rows) or sorted(load.rows)
    if not named:
        yield _duty("unread", seen, UNREAD_YEARS)
    for name in named:
        table = tables()[name]
        if table.shape is Shape.LOG:
            last = _days(store, load, name).last
            # Of what could not be read, and of records without a time, nobody knows the day: at the latest when it was seen.
            since = seen if last is None or load.rejects else last
        else:
            since = taipei_day(follower.observed_at_us) if follower is not None else seen
        yield _duty(name, since, table.keep_years)


def _duty(rule: str, since: date, years: int) -> Duty:
    return Duty(rule, since, ends_on(since, Period(years=years)))


def _days(store: Store, load: Load, name: str) -> Days:
    """The days of a part's records; without bounds where some record has no day, or there is none."""
    path = store.part(name, load.load)
    if tables()[name].time is None or not path.exists():
        return Days(None, None)
    with pq.ParquetFile(path) as file:
        column = file.schema_arrow.get_field_index("happened_on")
        groups = [file.metadata.row_group(nth).column(column).statistics for nth in range(file.num_row_groups)]
    if not groups or any(group is None or group.null_count or not group.has_min_max for group in groups):
        return Days(None, None)
    return Days(min(group.min for group in groups), max(group.max for group in groups))


def _wider(one: Days | None, other: Days) -> Days:
    if one is None:
        return other
    first = None if one.first is None or other.first is None else min(one.first, other.first)
    last = None if one.last is None or other.last is None else max(one.last, other.last)
    return Days(first, last)
