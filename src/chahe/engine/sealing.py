"""Which raw files are sealed, and the wrapping key that they are sealed under: a file beside the vault's signing key."""

from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from chahe.evidence.catalogue import tables
from chahe.sources.model import Context, LineReader, Reader, RecordReader, Records, Reject, Skip, Unit
from chahe.vault.errors import Unopenable
from chahe.vault.raw.seal import Sealing, Sink
from chahe.vault.raw.shredding import LOCKED, Random, Shredder, WrappingKey, make_wrapping_key, read_wrapping_key
from chahe.vault.signing.secret_files import UnusableSecret, is_made
from chahe.vault.storing.storage import Storage

_LOOKED_AT = 10_000
"""Records of a list after which nobody looks on for the table that it is for: it is sealed then."""


class NoWrappingKey(Unopenable):
    """The wrapping key's file cannot be used: `path`, and `cause`, which says why."""

    def __init__(self, object_: str, cause: UnusableSecret) -> None:
        super().__init__(object_, str(cause))
        self.path = cause.path
        self.cause = cause


class FileSeal:
    """Seals and opens under the wrapping key in a file, which is made when something is first sealed, and else read at first need."""

    def __init__(self, storage: Storage, path: Path, *, random: Random | None) -> None:
        """`random`: for sealing; None opens only."""
        self._storage = storage
        self._path = path
        self._random = random
        self._wrapping: WrappingKey | None = None

    @property
    def opens(self) -> bool:
        try:
            self._key()
        except UnusableSecret:
            return False
        return True

    def seal(self, sink: Sink) -> Sealing:
        """Raises NoWrappingKey, also where the key was lost: a new one would stand in the way of the old one's copy."""
        if self._random is None:
            raise ValueError("the vault was opened for reading; there is no chance to make keys of")
        try:
            if self._wrapping is None and not is_made(self._path) and not self._has_sealed():
                self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._wrapping = make_wrapping_key(self._path, random=self._random)
            return Shredder(self._storage, self._key(), random=self._random).seal(sink)
        except UnusableSecret as error:
            raise NoWrappingKey("that is to be kept", error) from error

    def unseal(self, digest: str, source: BinaryIO) -> BinaryIO:
        """Raises NoWrappingKey, Destroyed, Unopenable, Refuted."""
        try:
            key = self._key()
        except UnusableSecret as error:
            source.close()
            raise NoWrappingKey(digest, error) from error
        return Shredder(self._storage, key, random=self._random or _no_chance).unseal(digest, source)

    def _key(self) -> WrappingKey:
        if self._wrapping is None:
            self._wrapping = read_wrapping_key(self._path)
        return self._wrapping

    def _has_sealed(self) -> bool:
        return next(iter(self._storage.keys(LOCKED)), None) is not None


def _no_chance(_size: int) -> bytes:
    raise ValueError("nothing is sealed by whoever only opens")


def is_personal(reader: Reader, opened: Callable[[], BinaryIO], context: Context) -> bool:
    """May the file hold rows of a table that is marked personal? What cannot be told is taken to."""
    if isinstance(reader, LineReader):
        return _any_personal({*reader.tables, reader.table_in(context)})
    if not reader.generic or not _any_personal(set(reader.tables)):
        return _any_personal(set(reader.tables))
    declared = context.settings.get("table")
    if declared and any(setting.name == "table" for setting in reader.settings):
        return _any_personal({declared})
    return _holds_personal(reader, opened, context)


def _holds_personal(reader: RecordReader, opened: Callable[[], BinaryIO], context: Context) -> bool:
    """A reader of lists for many tables names them as it reads."""
    named = set[str]()
    try:
        with opened() as stream:
            units = reader.read(stream, context)
            for unit in islice(units, _LOOKED_AT):
                named |= _named(unit)
                if _any_personal(named):
                    return True
            return not named or next(units, None) is not None
    except Exception:  # noqa: BLE001 - whatever it is, it is met again and told when the file is read
        return True


def _named(unit: Unit) -> set[str]:
    match unit:
        case Records(rows=rows):
            return {row.table for row in rows}
        case Skip(table=table):
            return {table} if table else set()
        case Reject(tables=tables_):
            return set(tables_)


def _any_personal(names: set[str]) -> bool:
    known = tables()
    return any(known[name].personal for name in names if name in known)
