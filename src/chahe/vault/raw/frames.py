"""Compressed objects: Zstandard frames of 1 MiB each, one after another, which any `zstd -d` reads.

Frames of their own can be made on several cores, a place within be reached without reading all before it, and one that
was altered leaves the others readable. On logs they are no larger than a single frame (docs/decisions/0014).
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from threading import local
from typing import TYPE_CHECKING, BinaryIO

import zstandard

from chahe.vault.errors import Place, Refuted
from chahe.vault.parallel import in_order
from chahe.vault.raw.blocks import PART, leaves
from chahe.vault.tlog.merkle import root

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

FRAME = PART
_LEVEL = 3
_STEP = 8 << 10
"""Bytes decompressed at once: an altered or hostile frame can become 32,768 times as long, 256 MiB."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One frame's worth of a stream, worked up."""

    leaves: list[bytes]
    """The hashes of its blocks …"""
    node: bytes
    """… and the root over them."""
    packed: bytes
    """As it is stored."""


class Packer:
    """Hashes and compresses pieces on several threads, and gives them back in order."""

    def __init__(self, *, compress: bool, threads: int) -> None:
        self._compress = compress
        self._threads = threads
        self._own = local()

    def pack(self, pieces: Iterator[bytes]) -> Iterator[Piece]:
        """No more than two pieces a thread are held at once."""
        first = next(pieces, None)
        if first is None:
            return
        if len(first) < FRAME:  # all there is: threads would only cost
            yield self._piece(first)
            return
        yield from in_order(self._piece, chain([first], pieces), threads=self._threads)

    def _piece(self, data: bytes) -> Piece:
        hashes = leaves(data)
        return Piece(hashes, root(hashes), self._compressor().compress(data) if self._compress else data)

    def _compressor(self) -> zstandard.ZstdCompressor:
        # Making one costs more than compressing a small object; one must not be used by two threads at once.
        if not hasattr(self._own, "compressor"):
            self._own.compressor = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=False)
        made: zstandard.ZstdCompressor = self._own.compressor
        return made


class Unpacked(io.RawIOBase):
    """The content of frames one after another. `read` raises Refuted where they are damaged or cut.

    zstandard's own stream reader takes a frame that was cut for a whole one.
    """

    def __init__(self, key: str, below: BinaryIO, *, ended: Callable[[int, int], None] | None = None) -> None:
        """`ended` is told, after each frame, where it ends in what is stored and in what was decompressed."""
        self._key = key
        self._below = below
        self._ended = ended
        self._frame: zstandard.ZstdDecompressionObj | None = None
        self._packed = b""
        self._ready = memoryview(b"")
        self._taken = 0
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        while not self._ready:
            if not self._packed:
                self._packed = self._below.read(_STEP)
                self._taken += len(self._packed)
            if not self._packed:
                if self._frame is not None:
                    raise Refuted(Place(self._key, first=self._taken), "the compressed bytes end within a frame")
                return 0
            self._ready = memoryview(self._more())
        view = memoryview(buffer).cast("B")
        size = min(len(view), len(self._ready))
        view[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size

    def _more(self) -> bytes:
        if self._frame is None:
            self._frame = zstandard.ZstdDecompressor().decompressobj()
        try:
            data = self._frame.decompress(self._packed)
        except zstandard.ZstdError as error:
            place = Place(self._key, first=self._taken - len(self._packed), last=self._taken - 1)
            raise Refuted(place, f"cannot be decompressed: {error}") from error
        self._packed = self._frame.unused_data if self._frame.eof else b""
        self._given += len(data)
        if self._frame.eof:
            self._frame = None
            if self._ended is not None:
                self._ended(self._taken - len(self._packed), self._given)
        return data

    def close(self) -> None:
        if not self.closed:
            self._below.close()
        super().close()
