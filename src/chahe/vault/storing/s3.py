"""A vault in an object store (S3 and what speaks its protocol; by obstore also Google's and Microsoft's).

What is published is whole: a put is atomic, and with `If-None-Match` nothing is written twice. Drafts are spooled to a
local folder, since an object's name is known only at its end, and a store with Object Lock would keep drafts, too.
Of one key there may be versions, where the bucket keeps them (Object Lock needs that): `delete` removes them all.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, BinaryIO, Protocol, Self, cast

import obstore
from obstore.exceptions import AlreadyExistsError, PreconditionError

from chahe.vault.errors import Missing, Moved, Occupied

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer
    from obstore.store import ObjectStore

_IN_MEMORY = 8 << 20
_ONE_PUT = 64 << 20
"""Bytes sent in a single conditional put; S3 takes 5 GiB at most, and obstore holds them in memory."""
_PART = 16 << 20
_READ = 1 << 20


class Locks(Protocol):
    """Object Lock and versions, which obstore cannot reach (`s3_locks.py`)."""

    def keep_until(self, key: str, until: datetime) -> None: ...

    def delete(self, key: str) -> None:
        """All versions. Raises Held where one is locked."""
        ...


class S3Storage:
    """`Storage` over an obstore store. Raises obstore's exceptions, which are OSErrors or say what the store answered."""

    def __init__(self, store: "ObjectStore", *, spool: Path, locks: Locks | None = None) -> None:
        """`spool`: a folder for drafts of more than 8 MiB; it needs room for the largest object, as it will be stored."""
        self._store = store
        self._spool = spool
        self._locks = locks

    def read(self, key: str) -> bytes:
        return self._read(key)[0]

    def open(self, key: str, *, begin: int = 0) -> BinaryIO:
        return cast("BinaryIO", io.BufferedReader(_Reading(self._store, key, self.size(key), begin), _READ))

    def size(self, key: str) -> int:
        try:
            return obstore.head(self._store, key)["size"]
        except FileNotFoundError:
            raise Missing(f"nothing is stored under {key}") from None

    def exists(self, key: str) -> bool:
        try:
            self.size(key)
        except Missing:
            return False
        return True

    def settle(self, key: str) -> None:
        """Nothing: what an object store shows, it has stored."""

    def keys(self, prefix: str) -> Iterator[str]:
        if prefix and not prefix.endswith("/"):
            raise ValueError(f"{prefix!r} is no folder's prefix, which ends in /")
        found = (entry["path"] for page in obstore.list(self._store, prefix=prefix or None) for entry in page)
        # S3 lists in the order of UTF-8 bytes; other stores need not.
        yield from sorted(found)

    def draft(self) -> "_Spooled":
        return _Spooled(self, self._spool)

    def create(self, key: str, data: bytes) -> None:
        if not self.put(key, data) and self.read(key) != data:
            raise Occupied(f"{key} holds other bytes already, and is never changed")

    def create_all(self, entries: dict[str, bytes]) -> None:
        # One after the other: a crash in between leaves a beginning, as on a disk.
        for key, data in entries.items():
            self.create(key, data)

    def replace(self, key: str, data: bytes, *, expected: bytes | None) -> None:
        moved = f"{key} was replaced by another writer since it was read; read it again"
        if expected is None:
            if not self.put(key, data):
                raise Moved(moved)
            return
        try:
            found, tag = self._read(key)
        except Missing:
            raise Moved(moved) from None
        if found != expected:
            raise Moved(moved)
        try:
            obstore.put(self._store, key, data, mode={"e_tag": tag})
        except (PreconditionError, FileNotFoundError):
            raise Moved(moved) from None

    def delete(self, key: str) -> None:
        self.size(key)  # S3 itself takes the deletion of nothing for done
        if self._locks is not None:
            self._locks.delete(key)
        else:
            obstore.delete(self._store, key)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Nothing: whoever loses the race for `replace` is told."""
        yield

    def keep_until(self, key: str, until: datetime) -> None:
        """Nothing without `locks`."""
        if self._locks is not None:
            self._locks.keep_until(key, until)

    def put(self, key: str, data: bytes) -> bool:
        """Write once; False where something is there."""
        try:
            obstore.put(self._store, key, data, mode="create")
        except AlreadyExistsError:
            return False
        return True

    def put_large(self, key: str, stream: BinaryIO) -> bool:
        """In parts, which no condition can be put on; two writers at once write the same object twice, one over the other."""
        if self.exists(key):
            return False
        obstore.put(self._store, key, stream, use_multipart=True, chunk_size=_PART, max_concurrency=4)
        return True

    def _read(self, key: str) -> tuple[bytes, str | None]:
        try:
            found = obstore.get(self._store, key)
        except FileNotFoundError:
            raise Missing(f"nothing is stored under {key}") from None
        return bytes(found.bytes()), found.meta["e_tag"]


class _Spooled:
    """`Draft` in memory or a nameless local file."""

    def __init__(self, storage: S3Storage, spool: Path) -> None:
        self._storage = storage
        spool.mkdir(parents=True, exist_ok=True)
        self._file = SpooledTemporaryFile(_IN_MEMORY, dir=str(spool))  # noqa: SIM115 - closed where the draft is left

    def write(self, data: bytes | memoryview) -> int:
        self._file.write(data)
        return memoryview(data).nbytes

    def publish(self, key: str) -> bool:
        size = self._file.tell()
        self._file.seek(0)
        if size <= _ONE_PUT:
            return self._storage.put(key, self._file.read())
        return self._storage.put_large(key, cast("BinaryIO", self._file))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *stop: object) -> None:
        self._file.close()


class _Reading(io.RawIOBase):
    """An object read in ranges, some of them ahead."""

    def __init__(self, store: "ObjectStore", key: str, size: int, begin: int) -> None:
        self._store = store
        self._key = key
        self._size = size
        self._at = min(begin, size)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        view = memoryview(buffer).cast("B")
        end = min(self._at + len(view), self._size)
        if end == self._at:
            return 0
        data = obstore.get_range(self._store, self._key, start=self._at, end=end)
        view[: end - self._at] = memoryview(data)
        taken, self._at = end - self._at, end
        return taken
