"""A vault whose raw files and log lie in one place, and what is made of them in another: an object store beside a disk."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from heapq import merge
from typing import BinaryIO

from chahe.vault.storing.storage import Draft, Storage


class JoinedStorage:
    """`Storage`: keys below some folders lie near, all others far."""

    def __init__(self, near: Storage, far: Storage, folders: tuple[str, ...]) -> None:
        """`folders`: prefixes of the keys that lie near, each ending in `/`."""
        self._near = near
        self._far = far
        self._folders = folders

    def read(self, key: str) -> bytes:
        return self._of(key).read(key)

    def open(self, key: str, *, begin: int = 0) -> BinaryIO:
        return self._of(key).open(key, begin=begin)

    def size(self, key: str) -> int:
        return self._of(key).size(key)

    def exists(self, key: str) -> bool:
        return self._of(key).exists(key)

    def settle(self, key: str) -> None:
        self._of(key).settle(key)

    def keys(self, prefix: str) -> Iterator[str]:
        if prefix.startswith(self._folders):
            return self._near.keys(prefix)
        if prefix:
            return self._far.keys(prefix)
        return merge(*(self._near.keys(folder) for folder in sorted(self._folders)), self._far.keys(""))

    def draft(self) -> Draft:
        """For a key that lies far, as raw files do: what lies near is small, and created at once."""
        return self._far.draft()

    def create(self, key: str, data: bytes) -> None:
        self._of(key).create(key, data)

    def create_all(self, entries: dict[str, bytes]) -> None:
        """Those that lie far last."""
        near = {key: data for key, data in entries.items() if key.startswith(self._folders)}
        self._near.create_all(near)
        self._far.create_all({key: data for key, data in entries.items() if key not in near})

    def replace(self, key: str, data: bytes, *, expected: bytes | None) -> None:
        self._of(key).replace(key, data, expected=expected)

    def delete(self, key: str) -> None:
        self._of(key).delete(key)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Near and far: writers on other machines are met by `replace`, where the store has no locks."""
        with ExitStack() as held:
            held.enter_context(self._near.lock())
            held.enter_context(self._far.lock())
            yield

    def keep_until(self, key: str, until: datetime) -> None:
        self._of(key).keep_until(key, until)

    def _of(self, key: str) -> Storage:
        return self._near if key.startswith(self._folders) else self._far
