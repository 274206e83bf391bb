"""From a row's identity back to the raw bytes it was read from."""

from dataclasses import dataclass
from functools import cached_property, partial
from itertools import islice
from typing import BinaryIO

from chahe.engine.loads import Load
from chahe.engine.store import Store
from chahe.engine.streams import opener
from chahe.sources.catalogue import readers
from chahe.sources.model import Context, LineReader, RecordReader, Records
from chahe.wording import Text

_SHOWN = 4000
"""Characters of one raw record that are shown."""


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One raw record, and where it stands."""

    row_id: str
    path: str
    place: Text
    object: str
    text: str
    """The line as it was written, or the record as the format shows it, cut at 4,000 characters."""


class NoRecord(Exception):
    """The row's object or place is not in the store."""


class Raws:
    """The raw records of a store, for who asks for many: loads are read once, and each record once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._read: dict[str, RawRecord] = {}

    @cached_property
    def _loads(self) -> dict[str, Load]:
        """By object; of several loads of one, the first."""
        return {load.object: load for load in reversed(self._store.loads())}

    def of(self, row_id: str) -> RawRecord:
        """The raw record behind a row. Raises NoRecord, Missing, Refuted."""
        if row_id not in self._read:
            self._read[row_id] = self._look(row_id)
        return self._read[row_id]

    def _look(self, row_id: str) -> RawRecord:
        digest, _, where = row_id.partition("#")
        part, _, number = where.rpartition("!")
        if not number.isdigit():
            raise NoRecord(f"{row_id} names no place")
        load = self._loads.get(digest)
        if load is None:
            raise NoRecord(f"no load was read from object {digest}")
        place = int(number)
        with opener(partial(self._store.objects.open, digest))() as stream:
            text = _excerpt(load, stream, place, part or None)
        return RawRecord(row_id, load.path, _where(load, place, part), digest, text[:_SHOWN])


def raw_record(store: Store, row_id: str) -> RawRecord:
    """One raw record. Raises NoRecord, Missing, Refuted."""
    return Raws(store).of(row_id)


def _excerpt(load: Load, stream: BinaryIO, place: int, part: str | None) -> str:
    reader = readers()[load.reader]
    if isinstance(reader, LineReader):
        return _line(stream, place)
    if reader.excerpt is not None:
        return reader.excerpt(stream, place, part)
    return _as_read(reader, load, stream, place, part)


def _line(stream: BinaryIO, place: int) -> str:
    line = next(islice(stream, place - 1, place), None)
    if line is None:
        raise NoRecord(f"the object has no line {place}")
    for encoding in ("utf-8", "cp950"):
        try:
            return line.decode(encoding).rstrip("\r\n")
        except UnicodeDecodeError:
            continue
    return line.decode("latin-1").rstrip("\r\n")


def _as_read(reader: RecordReader, load: Load, stream: BinaryIO, place: int, part: str | None) -> str:
    """The record's own values, for formats whose raw form is not text."""
    context = Context(observed_at_us=load.observed_at_us, settings=load.settings, zone=load.zone)
    for unit in reader.read(stream, context):
        if unit.place == place and unit.part == part and isinstance(unit, Records):
            shown = [f"{name}: {value}" for row in unit.rows for name, value in row.values.items() if value is not None]
            return "\n".join(shown)
    raise NoRecord(f"the object has no record {place}")


def _where(load: Load, place: int, part: str) -> Text:
    lines = isinstance(readers()[load.reader], LineReader)
    zh = f"第 {place} {'行' if lines else '筆'}" + (f"（{part}）" if part else "")
    en = f"{'line' if lines else 'record'} {place}" + (f" of {part}" if part else "")
    return Text(zh, en)
