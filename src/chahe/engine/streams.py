"""Files as streams of their content: plain, gzip, zstd, bzip2 or xz, told by magic number, never by name."""

import bz2
import gzip
import hashlib
import io
import lzma
import sys
import zlib
from collections.abc import Callable
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

import zstandard

from chahe.sources.model import Head
from chahe.wording import Text

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

HEAD = 64 << 10
_STEP = 16 << 10
"""Small, so that of a truncated file no more than the last few bytes before the break are lost with it."""
_SUFFIXES = {".gz", ".zst", ".bz2", ".xz"}
_GZIP, _ZSTD, _BZIP2, _XZ = b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"BZh", b"\xfd7zXZ"

_DAMAGE = (EOFError, OSError, zlib.error, lzma.LZMAError, zstandard.ZstdError)


class BrokenStream(Exception):
    """A compressed file is damaged or ends too early."""


def opener(raw: Callable[[], BinaryIO]) -> Callable[[], BinaryIO]:
    """From a way to open a file's bytes, a way to open its content."""
    return lambda: _content(raw())


def _content(stream: BinaryIO) -> BinaryIO:
    buffered = io.BufferedReader(cast("io.RawIOBase", stream), 1 << 20)
    magic = buffered.peek(6)[:6]
    if magic.startswith(_GZIP):
        return cast("BinaryIO", _Salvage(gzip.GzipFile(fileobj=buffered), buffered))
    if magic.startswith(_ZSTD):
        return cast("BinaryIO", _Salvage(_ZstdFrames(buffered), buffered))
    if magic.startswith(_BZIP2):
        return cast("BinaryIO", _Salvage(bz2.BZ2File(buffered), buffered))
    if magic.startswith(_XZ):
        return cast("BinaryIO", _Salvage(lzma.LZMAFile(buffered), buffered))
    return buffered


class _Closes(Protocol):
    def close(self) -> None: ...


class _Reads(_Closes, Protocol):
    def read(self, size: int, /) -> bytes: ...


class _ZstdFrames:
    """Zstandard frames one after another. The library's own stream reader takes a truncated frame for a whole one."""

    def __init__(self, below: _Reads) -> None:
        self._below = below
        self._frame: zstandard.ZstdDecompressionObj | None = None
        self._packed = b""

    def read(self, size: int, /) -> bytes:
        while True:
            if not self._packed:
                self._packed = self._below.read(size)
            if not self._packed:
                if self._frame is not None:
                    raise EOFError("the zstandard frame ends too early")
                return b""
            if self._frame is None:
                self._frame = zstandard.ZstdDecompressor().decompressobj()
            data = self._frame.decompress(self._packed)
            self._packed = self._frame.unused_data if self._frame.eof else b""
            if self._frame.eof:
                self._frame = None
            if data:
                return data

    def close(self) -> None:
        """Nothing of its own to close."""


class _Salvage(io.BufferedIOBase):
    """A decompressed stream that gives out all it has before it says that the rest is broken."""

    def __init__(self, stream: _Reads, below: _Closes) -> None:
        self._stream = stream
        self._below = below
        self._waiting = b""
        self._begin = 0
        self._ended = False
        self._error: BrokenStream | None = None

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        wanted = sys.maxsize if size is None or size < 0 else size
        blocks: list[bytes] = []
        while wanted > 0 and (block := self._take(wanted, b"")):
            blocks.append(block)
            wanted -= len(block)
        self._complain_if_nothing(blocks)
        return b"".join(blocks)

    def readline(self, size: int | None = -1, /) -> bytes:
        wanted = sys.maxsize if size is None or size < 0 else size
        blocks: list[bytes] = []
        while wanted > 0 and (block := self._take(wanted, b"\n")):
            blocks.append(block)
            wanted -= len(block)
            if block.endswith(b"\n"):
                break
        self._complain_if_nothing(blocks)
        return b"".join(blocks)

    def _take(self, most: int, end: bytes) -> bytes:
        """What waits, up to `most` bytes and to the `end` sign if one is given; empty where the stream ends or breaks."""
        if self._begin >= len(self._waiting) and not self._ended:
            self._begin = 0
            try:
                self._waiting = self._stream.read(_STEP)
            except _DAMAGE as error:
                self._waiting = b""
                self._error = BrokenStream(str(error))
            self._ended = not self._waiting
        stop = self._waiting.find(end, self._begin) + 1 if end else 0
        stop = min(stop or len(self._waiting), self._begin + most)
        taken = self._waiting[self._begin : stop]
        self._begin = stop
        return taken

    def _complain_if_nothing(self, blocks: list[bytes]) -> None:
        if not blocks and self._error is not None:
            raise self._error

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        view = memoryview(buffer)
        data = self.read(len(view))
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
            self._below.close()
        super().close()


def is_packed(raw: Callable[[], BinaryIO]) -> bool:
    """Does the content of a file's bytes differ from the bytes themselves?"""
    with raw() as stream:
        magic = stream.read(6)
    return magic.startswith((_GZIP, _ZSTD, _BZIP2, _XZ))


def content_digest(opened: Callable[[], BinaryIO]) -> str:
    """SHA-256 of a file's content, as far as it can be read."""
    found = hashlib.sha256()
    with opened() as stream:
        try:
            while block := stream.read(1 << 20):
                found.update(block)
        except BrokenStream as error:
            found.update(str(error).encode())
    return found.hexdigest()


def head(name: str, opened: Callable[[], BinaryIO]) -> Head:
    """The first bytes of a file's content. Raises BrokenStream when not even they can be read."""
    with opened() as stream:
        data = b""
        while len(data) <= HEAD and (block := stream.read(HEAD + 1 - len(data))):
            data += block
    path = PurePath(name)
    shown = path.stem if path.suffix.lower() in _SUFFIXES else path.name
    return Head(shown, data[:HEAD], whole=len(data) <= HEAD)


def broken(error: BrokenStream) -> Text:
    """What is said of a compressed file that ends or breaks within."""
    return Text(
        f"壓縮檔在中途損壞或被截斷（{error}）；到此為止的內容已讀入，請重新取得完整的檔案",
        f"the compressed file breaks off or is damaged ({error}); what came before was read: get the whole file again",
    )
