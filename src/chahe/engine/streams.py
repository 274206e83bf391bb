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

_DAMAGE = (EOFError, OSError, zlib.error, lzma.LZMAError, zstandard.ZstdError)


class BrokenStream(Exception):
    """A compressed file is damaged or ends too early."""


def opener(raw: Callable[[], BinaryIO]) -> Callable[[], BinaryIO]:
    """From a way to open a file's bytes, a way to open its content."""
    return lambda: _content(raw())


def _content(stream: BinaryIO) -> BinaryIO:
    buffered = io.BufferedReader(cast("io.RawIOBase", stream), 1 << 20)
    magic = buffered.peek(6)[:6]
    if magic.startswith(b"\x1f\x8b"):
        return cast("BinaryIO", _Salvage(gzip.GzipFile(fileobj=buffered), buffered))
    if magic.startswith(b"\x28\xb5\x2f\xfd"):
        return cast(
            "BinaryIO",
            _Salvage(zstandard.ZstdDecompressor().stream_reader(buffered, read_across_frames=True), buffered),
        )
    if magic.startswith(b"BZh"):
        return cast("BinaryIO", _Salvage(bz2.BZ2File(buffered), buffered))
    if magic.startswith(b"\xfd7zXZ"):
        return cast("BinaryIO", _Salvage(lzma.LZMAFile(buffered), buffered))
    return buffered


class _Closes(Protocol):
    def close(self) -> None: ...


class _Reads(_Closes, Protocol):
    def read(self, size: int, /) -> bytes: ...


class _Salvage(io.RawIOBase):
    """A decompressed stream that gives out all it has before it says that the rest is broken."""

    def __init__(self, stream: _Reads, below: _Closes) -> None:
        self._stream = stream
        self._below = below
        self._error: BrokenStream | None = None

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        if self._error is not None:
            raise self._error
        wanted = sys.maxsize if size is None or size < 0 else size
        blocks: list[bytes] = []
        try:
            while wanted > 0 and (block := self._stream.read(min(wanted, _STEP))):
                blocks.append(block)
                wanted -= len(block)
        except _DAMAGE as error:
            self._error = BrokenStream(str(error))
            if not blocks:
                raise self._error from error
        return b"".join(blocks)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
            self._below.close()
        super().close()

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        view = memoryview(buffer)
        data = self.read(len(view))
        view[: len(data)] = data
        return len(data)


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
