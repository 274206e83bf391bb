"""Every system call with which a vault on a disk is read and written, so that tests can make each of them fail."""

import fcntl
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO, TypeVar

_AT_ONCE = 16
_T = TypeVar("_T")


class Files:
    """The disk as it is. All methods raise OSError."""

    def create(self, path: Path) -> int:
        """A new file, open for writing; read-only for all who open it later. Raises FileExistsError."""
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o444)

    def open(self, path: Path) -> int:
        return os.open(path, os.O_RDONLY | os.O_CLOEXEC)

    def open_lock(self, path: Path) -> int:
        """A file that is there to be locked, made where it is not there yet."""
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)

    def lock(self, handle: int, *, wait: bool = False) -> None:
        """Until it is closed, or the process ends however it ends. Raises BlockingIOError where another has it."""
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))

    def linked(self, handle: int) -> bool:
        """Whether the open file still has a name."""
        return os.fstat(handle).st_nlink > 0

    def write(self, handle: int, data: bytes | memoryview) -> int:
        """How many bytes were taken, which may be fewer."""
        return os.write(handle, data)

    def sync(self, handle: int) -> None:
        """Have the file's bytes survive a loss of power. Its name does so only after `sync_folder`."""
        os.fsync(handle)

    def sync_all(self, handles: Iterable[int]) -> None:
        """`sync` each, at once: a disk's journal is then written once for many of them (ext4: ten times as fast)."""
        _together(self.sync, handles)

    def sync_folders(self, paths: Iterable[Path]) -> None:
        """Have names survive a loss of power: those in each of these folders."""
        _together(self.sync_folder, paths)

    def sync_folder(self, path: Path) -> None:
        handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def close(self, handle: int) -> None:
        os.close(handle)

    def link(self, path: Path, second: Path) -> None:
        """Give a file a second name. Raises FileExistsError: unlike a rename it never replaces."""
        os.link(path, second)

    def rename(self, path: Path, target: Path) -> None:
        """Replaces what was there, at once."""
        path.rename(target)

    def unlink(self, path: Path) -> None:
        path.unlink()

    def make_folder(self, path: Path) -> None:
        path.mkdir()

    def remove_folder(self, path: Path) -> None:
        """Raises OSError where it is not empty."""
        path.rmdir()

    def stream(self, path: Path) -> BinaryIO:
        return path.open("rb")

    def size(self, path: Path) -> int:
        """In bytes. Raises FileNotFoundError, also where it is a folder or below a file."""
        found = path.lstat()
        if found.st_mode & 0o170000 != 0o100000:
            raise FileNotFoundError(path)
        return found.st_size

    def list(self, path: Path) -> list[tuple[str, bool]]:
        """Names, and whether each is a folder."""
        with os.scandir(path) as entries:
            return [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries]


def _together(act: Callable[[_T], None], items: Iterable[_T]) -> None:
    """Raises what the first that failed raised, when all are done."""
    several = list(items)
    if len(several) < 2:
        for item in several:
            act(item)
        return
    with ThreadPoolExecutor(min(_AT_ONCE, len(several))) as threads:
        for done in [threads.submit(act, item) for item in several]:
            done.result()
