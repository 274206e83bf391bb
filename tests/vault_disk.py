"""A disk in memory that loses what was not synced, and processes on it that die or fail at any call.

A file's bytes survive a loss of power once they were synced, a name once its folder was. Whatever was done since may be
there or not, each change for itself, bytes also in part: `Disk.after_power_loss` lets its caller choose.
"""

import errno
import io
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from chahe.vault.storing.files import Files

Choose = Callable[[list], object]
"""Which of these does the disk have after the power came back? First what is certain, last what was done last."""


class Crash(BaseException):
    """The process is no more. No `except` of the program under test may see this."""


@dataclass(eq=False)
class File:
    data: bytearray = field(default_factory=bytearray)
    certain: bytes = b""
    links: int = 0
    lock: int | None = None

    def possible(self) -> list[bytes]:
        whole = bytes(self.data)
        if whole == self.certain:
            return [whole]
        half = len(whole) // 2
        return [self.certain, whole[:half], whole[:half] + bytes(len(whole) - half), bytes(len(whole)), whole]


@dataclass(eq=False)
class Folder:
    names: "dict[str, File | Folder]" = field(default_factory=dict)
    certain: "dict[str, File | Folder]" = field(default_factory=dict)
    since: "dict[str, list[File | Folder | None]]" = field(default_factory=dict)
    """What each name stood for after each change since the last sync."""

    def put(self, name: str, node: "File | Folder | None") -> None:
        old = self.names.pop(name, None)
        if isinstance(old, File):
            old.links -= 1
        if node is not None:
            self.names[name] = node
            if isinstance(node, File):
                node.links += 1
        self.since.setdefault(name, []).append(node)

    def sync(self) -> None:
        self.certain = dict(self.names)
        self.since.clear()


class Disk:
    """One file system, which outlives the processes that use it."""

    def __init__(self) -> None:
        self.root = Folder()
        self.handles = 0

    def after_power_loss(self, choose: Choose) -> "Disk":
        """The disk as it may be found then."""
        disk, seen = Disk(), dict[int, File]()
        disk.root = _survivors(self.root, choose, seen)
        return disk

    def folder(self, path: Path) -> Folder:
        node = self.node(path)
        if not isinstance(node, Folder):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path))
        return node

    def node(self, path: Path) -> File | Folder:
        node: File | Folder = self.root
        for name in path.parts[1:]:
            if not isinstance(node, Folder):
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path))
            if name not in node.names:
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
            node = node.names[name]
        return node


def _survivors(folder: Folder, choose: Choose, seen: dict[int, File]) -> Folder:
    found = Folder()
    for name in sorted(folder.certain.keys() | folder.since.keys()):
        node = choose([folder.certain.get(name), *folder.since.get(name, [])])
        if isinstance(node, Folder):
            found.put(name, _survivors(node, choose, seen))
        elif isinstance(node, File):
            if id(node) not in seen:
                data = choose(node.possible())
                assert isinstance(data, bytes)
                seen[id(node)] = File(bytearray(data), data)
            found.put(name, seen[id(node)])
    found.sync()
    return found


class Process(Files):
    """The system calls of one process; each that changes the disk is counted, and may be its last or fail.

    `fault(number, call)` is asked before each: it returns None, an OSError to raise instead, or Crash to raise after.
    """

    def __init__(self, disk: Disk, fault: Callable[[int, str], OSError | type[Crash] | None] = lambda *_: None) -> None:
        self.disk = disk
        self.calls = list[str]()
        self.dead = False
        self.most = 1 << 30  # bytes that one write takes
        self._fault = fault
        self._open = dict[int, File]()

    def die(self) -> None:
        self.dead = True
        for handle in list(self._open):
            self._release(handle)

    def _alive(self) -> None:
        if self.dead:
            raise Crash

    def _changing(self, call: str, act: Callable[[], object]) -> None:
        self._alive()
        fault = self._fault(len(self.calls), call)
        if not isinstance(fault, OSError):
            act()  # what fails of itself changes nothing, and is not counted
        self.calls.append(call)
        if isinstance(fault, OSError):
            raise fault
        if fault is not None:
            self.die()
            raise Crash

    def _reading(self, call: str) -> None:
        self._alive()
        if isinstance(fault := self._fault(-1, call), OSError):
            raise fault

    def _release(self, handle: int) -> None:
        file = self._open.pop(handle)
        if file.lock == handle:
            file.lock = None

    def _opened(self, file: File) -> int:
        self.disk.handles += 1
        self._open[self.disk.handles] = file
        return self.disk.handles

    def create(self, path: Path) -> int:
        file = File()
        self._changing("create", lambda: self._give_name(path, file))
        return self._opened(file)

    def open(self, path: Path) -> int:
        self._reading("open")
        return self._opened(self._file(path))

    def open_lock(self, path: Path) -> int:
        self._alive()
        if path.name not in self.disk.folder(path.parent).names:
            self._changing("open_lock", lambda: self._give_name(path, File()))
        return self._opened(self._file(path))

    def lock(self, handle: int, *, wait: bool = False) -> None:
        self._alive()
        file = self._open[handle]
        if file.lock not in (None, handle):
            assert not wait, "one process waits for another that never goes on"
            raise BlockingIOError(errno.EWOULDBLOCK, os.strerror(errno.EWOULDBLOCK))
        file.lock = handle

    def linked(self, handle: int) -> bool:
        self._alive()
        return self._open[handle].links > 0

    def write(self, handle: int, data: bytes | memoryview) -> int:
        taken = bytes(data[: self.most])
        self._changing("write", lambda: self._open[handle].data.extend(taken))
        return len(taken)

    def sync(self, handle: int) -> None:
        file = self._open[handle]
        self._changing("sync", lambda: setattr(file, "certain", bytes(file.data)))

    def sync_all(self, handles: Iterable[int]) -> None:
        for handle in handles:
            self.sync(handle)

    def sync_folder(self, path: Path) -> None:
        self._alive()
        self._changing("sync_folder", self.disk.folder(path).sync)

    def sync_folders(self, paths: Iterable[Path]) -> None:
        # They are synced at once, so in any order: here in the one that their caller has least reason to hope for.
        for path in sorted(paths, reverse=True):
            self.sync_folder(path)

    def close(self, handle: int) -> None:
        self._alive()
        self._release(handle)

    def link(self, path: Path, second: Path) -> None:
        self._alive()
        file = self._file(path)
        self._changing("link", lambda: self._give_name(second, file))

    def rename(self, path: Path, target: Path) -> None:
        self._alive()
        source, folder = self.disk.folder(path.parent), self.disk.folder(target.parent)
        file = self._file(path)

        def act() -> None:
            folder.put(target.name, file)
            source.put(path.name, None)

        self._changing("rename", act)

    def unlink(self, path: Path) -> None:
        self._alive()
        self._file(path)
        self._changing("unlink", lambda: self.disk.folder(path.parent).put(path.name, None))

    def make_folder(self, path: Path) -> None:
        self._changing("make_folder", lambda: self._give_name(path, Folder()))

    def remove_folder(self, path: Path) -> None:
        self._alive()
        if self.disk.folder(path).names:
            raise OSError(errno.ENOTEMPTY, os.strerror(errno.ENOTEMPTY), str(path))
        self._changing("remove_folder", lambda: self.disk.folder(path.parent).put(path.name, None))

    def stream(self, path: Path) -> BinaryIO:
        self._reading("stream")
        return io.BytesIO(bytes(self._file(path).data))

    def size(self, path: Path) -> int:
        self._reading("size")
        node = self.disk.node(path)
        if not isinstance(node, File):
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
        return len(node.data)

    def list(self, path: Path) -> list[tuple[str, bool]]:
        self._reading("list")
        return [(name, isinstance(node, Folder)) for name, node in self.disk.folder(path).names.items()]

    def _give_name(self, path: Path, node: File | Folder) -> None:
        folder = self.disk.folder(path.parent)
        if path.name in folder.names:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
        folder.put(path.name, node)

    def _file(self, path: Path) -> File:
        node = self.disk.node(path)
        if not isinstance(node, File):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        return node
