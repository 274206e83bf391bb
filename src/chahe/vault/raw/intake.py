"""A stream on its way to becoming an object: what is read of it, what is written, and the hashes taken on the way."""

import hashlib
from collections.abc import Iterator
from io import BufferedIOBase
from typing import BinaryIO, cast

from chahe.vault.raw.blocks import BlockTree, Listing
from chahe.vault.raw.frames import FRAME, Piece
from chahe.vault.raw.index import Nodes
from chahe.vault.raw.seal import Sink

_COMPRESSED_ALREADY = (b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"BZh", b"\xfd7zXZ", b"PK\x03\x04")
_MAGIC = 8


class Source:
    """A stream that is kept from some byte on, and its digests."""

    def __init__(self, stream: BinaryIO, begin: int) -> None:
        """Reads up to `begin`, and the first piece behind it."""
        self._stream = stream
        self.whole = hashlib.sha256()
        self.whole_size = 0
        magic = b""
        while self.whole_size < begin and (data := read_full(stream, min(FRAME, begin - self.whole_size))):
            magic = magic or data[:_MAGIC]
            self.whole.update(data)
            self.whole_size += len(data)
        self.tail = hashlib.sha256() if begin else self.whole
        self.size = 0
        """Of what is kept."""
        self._first = read_full(stream, FRAME)
        compressed = (magic + self._first[:_MAGIC]).startswith(_COMPRESSED_ALREADY)
        self.form = "raw" if compressed else "zst"

    def pieces(self) -> Iterator[bytes]:
        """What is kept, in pieces of FRAME bytes, the last one shorter."""
        piece = self._first
        while piece:
            self.whole.update(piece)
            if self.tail is not self.whole:
                self.tail.update(piece)
            self.size += len(piece)
            self.whole_size += len(piece)
            yield piece
            piece = read_full(self._stream, FRAME)


class Outlet:
    """Bytes on their way into a draft, and what is to be known of them as they are stored.

    Where the raw bytes are stored as they are (`as_raw`), their own hashes serve, and none is taken twice.
    """

    def __init__(self, draft: Sink, *, as_raw: bool) -> None:
        self._draft = draft
        self._as_raw = as_raw
        self._digest = hashlib.sha256()
        self._tree = BlockTree()
        self._listing = Listing()
        self._size = 0

    def write(self, data: bytes | memoryview) -> int:
        if not self._as_raw:
            self._digest.update(data)
            self._tree.update(data)
        self._size += len(data)
        return self._draft.write(data)

    def note(self, piece: Piece) -> None:
        """The piece that was just written."""
        if self._as_raw:
            for leaf in piece.leaves:
                self._listing.append(leaf)

    def nodes(self) -> Nodes:
        """Call once, at the end."""
        return Nodes.of(self._listing if self._as_raw else self._tree.finish(), self._size)

    def hexdigest(self) -> str:
        """Empty where it is the object's own."""
        return "" if self._as_raw else self._digest.hexdigest()


def read_full(stream: BinaryIO, size: int) -> bytes:
    """So many bytes, fewer only at the stream's end: raw streams may give less than they have."""
    data = stream.read(size)
    if len(data) == size or not data:
        return data
    parts, missing = [data], size - len(data)
    while missing and (data := stream.read(missing)):
        parts.append(data)
        missing -= len(data)
    return b"".join(parts)


def digest_of(stream: BinaryIO) -> str:
    """SHA-256 of what is left of a stream, in hex."""
    # What storages open are streams of `io`, which have `readinto`; typing.BinaryIO does not say so.
    return hashlib.file_digest(cast("BufferedIOBase", stream), "sha256").hexdigest()
