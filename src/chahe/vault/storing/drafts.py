"""How bytes get their names on a disk: drafts, and folders that survive a loss of power.

Bytes are written to a draft, synced, and only then given their name; then the folder is synced, and the one that holds
it. So whatever has a name is whole. What a crash leaves behind are drafts, which the next writer removes.
A folder counts as durable only once this very process has synced what holds it: another may have died before it did.
"""

from collections.abc import Iterable
from contextlib import suppress
from itertools import count
from pathlib import Path

from chahe.vault.storing.files import Files

_TRIES = 3


class Drafts:
    """The drafts of the vault in a folder."""

    def __init__(self, vault: Path, files: Files) -> None:
        self._vault = vault
        self._files = files
        self._folder = vault / ".drafts"
        self._settled = set[Path]()
        self._numbers = count()

    def new(self) -> "DraftFile":
        """An empty draft, which no sweep removes while it is open. Raises OSError."""
        self.settle(self._folder)
        while True:
            path = self._folder / str(next(self._numbers))
            try:
                handle = self._files.create(path)
            except FileExistsError:
                continue
            # Between its making and its locking a sweep may take it for a dead writer's.
            if self._lock(handle) and self._files.linked(handle):
                return DraftFile(self, self._files, path, handle)
            self._files.close(handle)

    def sweep(self) -> None:
        """Remove the drafts of writers that are gone. Raises OSError."""
        try:
            found = self._files.list(self._folder)
        except FileNotFoundError:
            return
        for name, _ in found:
            try:
                handle = self._files.open(self._folder / name)
            except FileNotFoundError:
                continue
            try:
                if self._lock(handle) and self._files.linked(handle):
                    self._files.unlink(self._folder / name)
            finally:
                self._files.close(handle)

    def settle(self, folder: Path) -> None:
        """Make a folder, and those above it, so that they survive a loss of power."""
        if folder in self._settled:
            return
        if self._vault in folder.parents or not self._is_folder(folder.parent):
            self.settle(folder.parent)
        with suppress(FileExistsError):
            self._files.make_folder(folder)
        self._files.sync_folder(folder.parent)
        self._settled.add(folder)

    def unsettle(self, folder: Path) -> None:
        """It was removed, or may have been."""
        self._settled.discard(folder)

    def settle_names(self, paths: Iterable[Path]) -> None:
        """Have names survive a loss of power; also those that another process gave but may not have synced."""
        folders = {path.parent for path in paths}
        # Empty folders are removed, so another process may have made this one anew, and died: sync what holds it, too.
        above = {folder.parent for folder in folders if folder != self._vault}
        self._files.sync_folders(sorted(folders | above))

    def _lock(self, handle: int) -> bool:
        try:
            self._files.lock(handle)
        except BlockingIOError:
            return False
        return True

    def _is_folder(self, path: Path) -> bool:
        try:
            self._files.list(path)
        except FileNotFoundError:
            return False
        return True


class DraftFile:
    """A file on its way to its name."""

    def __init__(self, drafts: Drafts, files: Files, path: Path, handle: int) -> None:
        self._drafts = drafts
        self._files = files
        self._path = path
        self.handle = handle
        self._named = False
        self._open = True

    def write(self, data: bytes | memoryview) -> None:
        rest = memoryview(data).cast("B")
        while rest:
            rest = rest[self._files.write(self.handle, rest) :]

    def link(self, target: Path) -> bool:
        """Name what was synced; False where the name is taken. Durable only after `Drafts.settle_names`."""
        for attempt in range(_TRIES):
            self._drafts.settle(target.parent)
            try:
                self._files.link(self._path, target)
            except FileExistsError:
                return False
            except FileNotFoundError:
                # Another process removed the folder with the last file in it.
                self._drafts.unsettle(target.parent)
                if attempt == _TRIES - 1:
                    raise
            else:
                break
        return True

    def rename(self, target: Path) -> None:
        """Name what was synced, in place of what had the name."""
        self._drafts.settle(target.parent)
        self._files.rename(self._path, target)
        self._named = True

    def drop(self) -> None:
        """Forget the draft; names that it got stay."""
        if not self._open:
            return
        self._open = False
        try:
            if not self._named:
                self._files.unlink(self._path)
        finally:
            self._files.close(self.handle)
