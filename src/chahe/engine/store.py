"""The folder where loads live: raw objects, Parquet parts, hour ledgers, and the fate of what gave no rows.

vault/objects/…              raw bytes (chahe.vault.raw.objects)
vault/tables/TABLE/LOAD.parquet
vault/hours/TABLE/LOAD.parquet
vault/ledgers/LOAD.json      what it counted by day, with digests (chahe.vault.keeping.ledger)
vault/days/LOAD.parquet      the same for queries, beside what the file held before (the table log_days)
vault/fates/LOAD.parquet     skips and rejects with place and reason
vault/state/left/OBJECT      the object left after its period, with what was read from it
vault/loads/LOAD.json        written last: a load without it never happened
vault/checkpoint, tile/…     the log (chahe.vault.tlog.log): written before LOAD.json, which can be had back from it
"""

import os
from collections.abc import Collection, Sequence
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from chahe.engine.journal import Journal
from chahe.engine.loads import Load
from chahe.evidence.catalogue import tables
from chahe.evidence.model import Shape
from chahe.vault.raw.objects import Kept, Objects
from chahe.vault.storing.local import LocalStorage

FATES = pa.schema(
    [
        ("fate", pa.string()),
        ("raw_part", pa.string()),
        ("raw_place", pa.int64()),
        ("why_zh", pa.string()),
        ("why_en", pa.string()),
        ("bad_column", pa.string()),
        ("bad_value", pa.string()),
    ]
)


class Store:
    """A workspace's loaded evidence."""

    def __init__(self, folder: Path, journal: Journal | None = None) -> None:
        """`journal`: whom to tell of every load; without one, loads stand in the folder only."""
        self.folder = folder
        self.journal = journal
        self.objects = journal.vault.objects if journal else Objects(LocalStorage(folder))

    def loads(self) -> list[Load]:
        """Every load, by path and time of observation; parts of a growing file in order."""
        found = [Load.from_json(path.read_text("utf-8")) for path in sorted((self.folder / "loads").glob("*.json"))]
        return sorted(found, key=lambda load: (load.path, load.observed_at_us, load.whole_size, load.load))

    def held_loads(self) -> list[Load]:
        """The loads whose rows are still held: those whose bytes left after their period are known, and hold nothing."""
        return [load for load in self.loads() if not self.left(load.object).exists()]

    def lacks_rows(self, load: Load) -> bool:
        """Should there be rows that are not there? So it is in a restored copy that was made without the rows of sealed files."""
        return any(rows and not self.part(table, load.load).exists() for table, rows in load.rows.items())

    def left(self, digest: str) -> Path:
        """Stands where an object left with all that was read from it."""
        return self.folder / "state" / "left" / digest

    def part(self, table: str, load: str) -> Path:
        return self.folder / "tables" / table / f"{load}.parquet"

    def hours(self, table: str, load: str) -> Path:
        return self.folder / "hours" / table / f"{load}.parquet"

    def ledger(self, load: str) -> Path:
        return self.folder / "ledgers" / f"{load}.json"

    def days(self, load: str) -> Path:
        return self.folder / "days" / f"{load}.parquet"

    def fates(self, load: str) -> Path:
        return self.folder / "fates" / f"{load}.parquet"

    def commit(self, load: Load, kept: Kept, *, again: bool = False) -> None:
        """Make a load known, at once and whole: in the log first, if there is one. `again`: the log has that object."""
        if self.journal is not None:
            self.journal.load(load, kept, self.parts(load.load), again=again)
        self._write(load)

    def parts(self, load: str) -> dict[str, Path]:
        """The files that were made of a load, by their names in the folder."""
        found = [*self.folder.glob(f"*/*/{load}.parquet"), self.fates(load), self.days(load), self.ledger(load)]
        return {path.relative_to(self.folder).as_posix(): path for path in sorted(found) if path.exists()}

    def reconcile(self) -> None:
        """Make the folder and the log agree; nothing without a journal.

        A crash may have come after the log was told of a load and before the folder was: the folder is told. Loads of a
        time before there was a log are told to the log now, with today's digest of what is kept.
        """
        if self.journal is None:
            return
        # A batch that was signed and not finished is part of the log: else its loads would be told to it again.
        self.journal.vault.finish()
        loads, logged = self.loads(), {load.load: load for load in self.journal.loads()}
        known = {load.load for load in loads}
        for load in logged.values():
            if load.load not in known:
                self._write(load)
        for load in loads:
            if load.load not in logged:
                kept = self.objects.keep(partial(self.objects.open, load.object))
                self.journal.load(load, kept, self.parts(load.load), again=False)

    def _write(self, load: Load) -> None:
        target = self.folder / "loads" / f"{load.load}.json"
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_suffix(f".draft-{os.getpid()}")
        draft.write_text(load.to_json(), "utf-8")
        draft.replace(target)

    def read_fates(self, load: str, fate: str) -> list[dict[str, object]]:
        """The skips or rejects of a load, in order."""
        path = self.fates(load)
        return pq.read_table(path, filters=[("fate", "=", fate)]).to_pylist() if path.exists() else []


def live(loads: Sequence[Load], table: str, *, sources: Collection[str], as_of_end_us: int) -> list[Load]:
    """The loads whose rows count for a table as of a day.

    Of a log every load counts, but for those that a later reading of the file holds whole. Of a snapshot or register only the newest
    observation of each file, taken before the end of the day. The same content under two names counts once where its rows could not
    be told to be the same. Loads of sources that chahe.toml no longer names count for nothing.
    """
    if tables()[table].shape is Shape.LOG:
        read = readings(loads, table, sources=sources)
        held = {name for load in read for name in load.supersedes}
        return [load for load in read if load.load not in held]
    named = [load for load in loads if load.source in sources]
    newest = [load for load in _newest(named, as_of_end_us).values() if table in load.rows]
    return newest if tables()[table].key else _each_once(newest)


def readings(loads: Sequence[Load], table: str, *, sources: Collection[str]) -> list[Load]:
    """All that was read of a log, whatever a later reading holds; the same content once."""
    return _each_once([load for load in loads if load.source in sources and table in load.rows])


def lost(loads: Sequence[Load], table: str, *, sources: Collection[str], as_of_end_us: int) -> list[str]:
    """The files that once held rows for a snapshot or register, and whose newest version does not."""
    named = [load for load in loads if load.source in sources]
    held = {(load.source, load.path) for load in named if table in load.rows and load.observed_at_us < as_of_end_us}
    newest = _newest(named, as_of_end_us)
    return sorted(path for source, path in held if table not in newest[source, path].rows)


def _newest(loads: Sequence[Load], as_of_end_us: int) -> dict[tuple[str, str], Load]:
    """By file. Of two of one day that which came later: it was exported to correct the other."""
    newest: dict[tuple[str, str], Load] = {}
    for load in loads:
        held = newest.get(key := (load.source, load.path))
        if load.observed_at_us < as_of_end_us and (held is None or _age(load) >= _age(held)):
            newest[key] = load
    return newest


def _age(load: Load) -> tuple[int, int]:
    return load.observed_at_us, load.ingested_at_us


def _each_once(loads: Sequence[Load]) -> list[Load]:
    """The same content of a source counts once, whatever the file's name: as the newest version of its reader read it."""
    grown = {(load.source, load.content) for load in loads if load.continues}
    newest: dict[tuple[str, ...], Load] = {}
    for load in loads:
        if load.continues:
            key: tuple[str, ...] = (load.source, load.path, load.object)
        elif (load.source, load.content) in grown:
            continue  # a copy of a log that was read in parts
        else:
            key = (load.source, load.content)
        held = newest.get(key)
        if held is None or (load.reader_version, _age(load)) > (held.reader_version, _age(held)):
            newest[key] = load
    return list(newest.values())
