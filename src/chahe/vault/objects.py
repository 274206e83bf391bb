"""A folder of raw bytes under their digests: what went in can be had back, byte for byte, and nothing is altered unseen.

Layout: `<first two hex digits>/<digest>.zst`, or `.raw` where the bytes came compressed already.
"""

import hashlib
import os
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

import zstandard

BLOCK = 1 << 20
_LEVEL = 3
_COMPRESSED_ALREADY = (b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"BZh", b"\xfd7zXZ", b"PK\x03\x04")


class MissingObject(Exception):
    """The vault holds no object of that digest."""


class AlteredObject(Exception):
    """An object's bytes no longer have its digest."""


class Objects:
    """A content-addressed store in a folder. Writing is atomic; an object is never written twice."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, opened: Callable[[], BinaryIO], *, begin: int = 0) -> "Kept":
        """Store a stream's bytes from `begin` on, reading it once from its start.

        Raises OSError when it cannot be read or the folder not written.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        draft = self._folder / f".draft-{os.getpid()}"
        whole, tail, size = hashlib.sha256(), hashlib.sha256(), 0
        with opened() as stream, draft.open("wb") as file:
            block = stream.read(BLOCK)
            raw = block.startswith(_COMPRESSED_ALREADY)
            sink = file if raw else zstandard.ZstdCompressor(level=_LEVEL).stream_writer(file, closefd=False)
            while block:
                whole.update(block)
                fresh = block[max(0, begin - size) :] if begin else block
                if begin:
                    tail.update(fresh)
                sink.write(fresh)
                size += len(block)
                block = stream.read(BLOCK)
            if not raw:
                sink.close()
            file.flush()
            os.fsync(file.fileno())
        digest = (tail if begin else whole).hexdigest()
        target = self._path(digest, raw=raw)
        if self._existing(digest) is None:
            target.parent.mkdir(exist_ok=True)
            draft.replace(target)
        else:
            draft.unlink()
        return Kept(digest, size - begin, whole.hexdigest(), size)

    def open(self, digest: str) -> BinaryIO:
        """The object's bytes as they came. Raises MissingObject."""
        path = self._existing(digest)
        if path is None:
            raise MissingObject(f"the vault holds no object {digest}")
        stream = path.open("rb")
        if path.suffix == ".raw":
            return stream
        return cast("BinaryIO", zstandard.ZstdDecompressor().stream_reader(stream, closefd=True))

    def verify(self, digest: str) -> None:
        """Raises AlteredObject, MissingObject, or returns."""
        found = hashlib.sha256()
        try:
            with self.open(digest) as stream:
                while block := stream.read(BLOCK):
                    found.update(block)
        except zstandard.ZstdError as error:
            raise AlteredObject(f"object {digest} cannot be decompressed: {error}") from error
        if found.hexdigest() != digest:
            raise AlteredObject(f"object {digest}: its bytes now have the digest {found.hexdigest()}")

    def _path(self, digest: str, *, raw: bool) -> Path:
        return self._folder / digest[:2] / f"{digest}.{'raw' if raw else 'zst'}"

    def _existing(self, digest: str) -> Path | None:
        return next((path for raw in (False, True) if (path := self._path(digest, raw=raw)).exists()), None)


@dataclass(frozen=True, slots=True)
class Kept:
    """What was stored: digest and size of the object, and of the whole stream of which it is all or the tail."""

    digest: str
    size: int
    whole_digest: str
    whole_size: int


def prefix_digests(opened: Callable[[], BinaryIO], lengths: Collection[int]) -> dict[int, str]:
    """SHA-256 of a stream's first bytes, for each of the lengths that the stream reaches."""
    running, size, found = hashlib.sha256(), 0, dict[int, str]()
    with opened() as stream:
        for length in sorted(lengths):
            while size < length and (block := stream.read(min(BLOCK, length - size))):
                running.update(block)
                size += len(block)
            if size == length:
                found[length] = running.hexdigest()
    return found
