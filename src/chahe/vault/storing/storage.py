"""What a vault needs of the place where it is kept. `local.py` is a folder on a disk, `s3.py` an object store.

Keys are relative POSIX paths of ASCII letters, digits, `-`, `_` and `.` (`objects/ab/ab…ef.zst`, `tile/0/x001/067`).
Every key but `checkpoint` and those below `state/` is written once and never changed.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from typing import BinaryIO, Protocol, Self


class Draft(Protocol):
    """Bytes on their way in, under no key yet. Leaving the `with` block unpublished leaves nothing behind."""

    def write(self, data: bytes | memoryview) -> int: ...

    def publish(self, key: str) -> bool:
        """Give what was written its key, whole and durable; False where the key was there already (and stays as it was)."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *stop: object) -> None: ...


class Storage(Protocol):
    """Bytes under keys. What was published, created or replaced survives a loss of power once the call has returned."""

    def read(self, key: str) -> bytes:
        """All of it. Raises Missing."""
        ...

    def open(self, key: str, *, begin: int = 0) -> BinaryIO:
        """A stream from byte `begin` on. Raises Missing."""
        ...

    def size(self, key: str) -> int:
        """In bytes. Raises Missing."""
        ...

    def exists(self, key: str) -> bool:
        """Now. What another writer published may still be lost with the power until `settle`, `create` or `publish` returned."""
        ...

    def settle(self, key: str) -> None:
        """Have what stands there survive a loss of power, whoever published it and died before it was durable."""
        ...

    def keys(self, prefix: str) -> Iterator[str]:
        """Every key that begins with `prefix` (a folder, ending in `/`, or empty), in order."""
        ...

    def draft(self) -> Draft:
        """A stream to write, published under its key at the end."""
        ...

    def create(self, key: str, data: bytes) -> None:
        """Write once. The same bytes again are fine; raises Occupied where the key holds other bytes."""
        ...

    def create_all(self, entries: "dict[str, bytes]") -> None:
        """`create` many, in order, made durable together: cheaper than one by one."""
        ...

    def replace(self, key: str, data: bytes, *, expected: bytes | None) -> None:
        """Write a changing key, if it still holds `expected` (None: nothing). Raises Moved otherwise."""
        ...

    def delete(self, key: str) -> None:
        """Raises Missing, or Held where the store itself still locks it."""
        ...

    def lock(self) -> AbstractContextManager[None]:
        """Be the one writer. Raises Held at once where somebody else is (or relies on `replace` where a store has no locks)."""
        ...

    def keep_until(self, key: str, until: datetime) -> None:
        """Have the store itself refuse deletion until then, where it can (Object Lock); otherwise nothing."""
        ...
