"""A stream of bytes as Arrow arrays of lines, numbered from 1, in memory that does not grow with the file."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
import pyarrow as pa

CHUNK = 32 << 20
"""Bytes read at once: enough that a query over them costs more than its start, few enough to have several at hand."""
MOST_LINES = 1 << 18
"""Lines of a chunk: what is made of a line may be larger than the line."""
SMALL = 8 << 20
"""Bytes read at once where nothing is planned for each chunk: memory of that size is had again without new pages."""
LONGEST_LINE = 64 << 20
"""Bytes. Of a longer line the head is kept, and the line is rejected by its place."""
_BLOCK = 1 << 18
"""Bytes looked through at once, so that what is made of them stays in the processor's cache."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Consecutive lines of a stream."""

    first: int
    """The number of the first line."""
    lines: pa.Array
    """binary; each line with its end."""
    overlong: bool = False
    """Is this the head of one line that was cut at LONGEST_LINE?"""


def chunks(stream: BinaryIO, size: int = CHUNK, longest: int = LONGEST_LINE) -> Iterator[Chunk]:
    """Split at line feeds. The last line needs none; an empty stream has no lines."""
    place = 1
    rest = b""
    while data := stream.read(size):
        buffer = rest + data
        end = buffer.rfind(b"\n") + 1
        if end:
            lines = _split(buffer, end)
            for first in range(0, len(lines), MOST_LINES):
                yield Chunk(place + first, lines.slice(first, MOST_LINES))
            place += len(lines)
            rest = buffer[end:]
        elif len(buffer) > longest:
            yield Chunk(place, pa.array([buffer[:longest]], pa.binary()), overlong=True)
            place += 1
            rest = _after_line_feed(stream, size)
        else:
            rest = buffer
    if rest:
        yield Chunk(place, pa.array([rest], pa.binary()))


def decoded(lines: pa.Array) -> tuple[pa.Array, list[int]]:
    """Lines (with their ends) as strings, and the indices of those that no encoding reads (null there).

    UTF-8 first; a line that is not is read as cp950 (Big5 as Windows writes it), line by line, since files of several
    hands mix both.
    """
    try:
        return lines.cast(pa.string()), []
    except pa.ArrowInvalid:
        texts = [_decoded(line) for line in lines.to_pylist()]
        return pa.array(texts, pa.string()), [index for index, text in enumerate(texts) if text is None]


def _split(buffer: bytes, end: int) -> pa.Array:
    """The lines of `buffer[:end]`, which ends in a line feed; shares the buffer's memory."""
    data = np.frombuffer(buffer, dtype=np.uint8, count=end)
    feeds = [np.flatnonzero(data[first : first + _BLOCK] == ord("\n")) + first for first in range(0, end, _BLOCK)]
    offsets = np.zeros(sum(len(block) for block in feeds) + 1, dtype=np.int32)
    np.add(np.concatenate(feeds), 1, out=offsets[1:], casting="same_kind")
    return pa.Array.from_buffers(pa.binary(), len(offsets) - 1, [None, pa.py_buffer(offsets), pa.py_buffer(buffer)])


def _after_line_feed(stream: BinaryIO, size: int) -> bytes:
    """Read on to the end of an overlong line; what follows it."""
    while data := stream.read(size):
        end = data.find(b"\n") + 1
        if end:
            return data[end:]
    return b""


def _decoded(line: bytes) -> str | None:
    for encoding in ("utf-8", "cp950"):
        try:
            return line.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
