"""A vault in a folder on a disk with hard links (ext4, XFS, btrfs, ZFS, APFS, NTFS, NFS).

Every key is a file below that folder. Names that begin with a dot are the storage's own: drafts and locks.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Self

from chahe.vault.errors import Held, Missing, Moved, Occupied
from chahe.vault.storing.drafts import DraftFile, Drafts
from chahe.vault.storing.files import Files

_KEY = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*")
_TOGETHER = 256  # files written before they are synced: each is open meanwhile, and a process may have 1,024


class LocalStorage:
    """`Storage` in a folder, which is made when something is first written."""

    def __init__(self, folder: Path, files: Files | None = None) -> None:
        self._folder = folder
        self.files = files or Files()
        self.drafts = Drafts(folder, self.files)

    def read(self, key: str) -> bytes:
        with self.open(key) as stream:
            return stream.read()

    def open(self, key: str, *, begin: int = 0) -> BinaryIO:
        try:
            stream = self.files.stream(self.path(key))
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            raise Missing(f"nothing is stored under {key}") from None
        if begin:
            stream.seek(begin)
        return stream

    def size(self, key: str) -> int:
        try:
            return self.files.size(self.path(key))
        except (FileNotFoundError, NotADirectoryError):
            raise Missing(f"nothing is stored under {key}") from None

    def exists(self, key: str) -> bool:
        try:
            self.size(key)
        except Missing:
            return False
        return True

    def settle(self, key: str) -> None:
        self.drafts.settle_names([self.path(key)])

    def keys(self, prefix: str) -> Iterator[str]:
        if prefix and not prefix.endswith("/"):
            raise ValueError(f"{prefix!r} is no folder's prefix, which ends in /")
        folder = self.path(prefix[:-1]) if prefix else self._folder
        try:
            found = self.files.list(folder)
        except (FileNotFoundError, NotADirectoryError):
            return
        # A folder's keys go on with `/`: sorted with it, the whole walk is in the order of the keys as text.
        for name in sorted(name + "/" if is_folder else name for name, is_folder in found if name[0] != "."):
            if name.endswith("/"):
                yield from self.keys(prefix + name)
            else:
                yield prefix + name

    def draft(self) -> "LocalDraft":
        return LocalDraft(self)

    def create(self, key: str, data: bytes) -> None:
        self.create_all({key: data})

    def create_all(self, entries: dict[str, bytes]) -> None:
        rest = iter(entries.items())
        while group := dict(islice(rest, _TOGETHER)):
            self._create_group(group)

    def replace(self, key: str, data: bytes, *, expected: bytes | None) -> None:
        target = self.path(key)
        with self._locked("replace", wait=True):
            try:
                found = self.read(key)
            except Missing:
                found = None
            if found != expected:
                raise Moved(f"{key} was replaced by another writer since it was read; read it again")
            draft = self.drafts.new()
            try:
                draft.write(data)
                self.files.sync(draft.handle)
                draft.rename(target)
            finally:
                draft.drop()
            self.drafts.settle_names([target])

    def delete(self, key: str) -> None:
        path = self.path(key)
        try:
            self.files.unlink(path)
        except (FileNotFoundError, NotADirectoryError):
            raise Missing(f"nothing is stored under {key}") from None
        self.files.sync_folder(path.parent)
        if path.parent == self._folder:
            return
        try:
            self.files.remove_folder(path.parent)
        except OSError:
            return  # something else is in it
        self.drafts.unsettle(path.parent)
        self.files.sync_folder(path.parent.parent)

    @contextmanager
    def lock(self) -> Iterator[None]:
        with self._locked("writer"):
            self.drafts.sweep()
            yield

    def keep_until(self, key: str, until: datetime) -> None:
        """Nothing: a disk's files can be removed by whoever may write to its folder. The log tells."""

    def path(self, key: str) -> Path:
        """Where the key's file is. Raises ValueError for what is no key."""
        if not _KEY.fullmatch(key):
            raise ValueError(f"{key!r} is no key")
        return self._folder / key

    def _create_group(self, entries: dict[str, bytes]) -> None:
        drafts = dict[str, DraftFile]()
        try:
            for key, data in entries.items():
                if not self._stands(key, data):
                    drafts[key] = self.drafts.new()
                    drafts[key].write(data)
            self.files.sync_all(draft.handle for draft in drafts.values())
            for key, draft in drafts.items():
                if not draft.link(self.path(key)):
                    self._stands(key, entries[key])  # another was quicker; it must have written the same
        finally:
            with ExitStack() as dropping:
                for draft in drafts.values():
                    dropping.callback(draft.drop)
        self.drafts.settle_names(self.path(key) for key in entries)

    def _stands(self, key: str, data: bytes) -> bool:
        try:
            found = self.read(key)
        except Missing:
            return False
        if found != data:
            raise Occupied(f"{key} holds {len(found)} other bytes already, and is never changed")
        return True

    @contextmanager
    def _locked(self, name: str, *, wait: bool = False) -> Iterator[None]:
        path = self._folder / ".locks" / name
        self.drafts.settle(path.parent)
        handle = self.files.open_lock(path)
        try:
            try:
                self.files.lock(handle, wait=wait)
            except BlockingIOError:
                raise Held(
                    f"another process is writing to this vault and holds {path}; try again when it is done"
                ) from None
            yield
        finally:
            self.files.close(handle)


class LocalDraft:
    """`Draft` on a disk."""

    def __init__(self, storage: LocalStorage) -> None:
        self._storage = storage
        self._draft = storage.drafts.new()

    def write(self, data: bytes | memoryview) -> int:
        self._draft.write(data)
        return memoryview(data).nbytes

    def publish(self, key: str) -> bool:
        target = self._storage.path(key)
        self._storage.files.sync(self._draft.handle)
        fresh = self._draft.link(target)
        self._storage.drafts.settle_names([target])
        self._draft.drop()
        return fresh

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *stop: object) -> None:
        self._draft.drop()
