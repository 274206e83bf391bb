"""A stream of bytes as Arrow arrays of lines, numbered from 1, in memory that does not grow with the file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

CHUNK = 32 << 20
"""Bytes read at once: enough that a query over them costs more than its start, few enough to have several at hand."""
MOST_LINES = 1 << 18
"""Lines of a chunk: what is made of a line may be larger than the line."""
SMALL = 16 << 20
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
    ascii: bool = False
    """Is it known that no byte of it is above 127?"""


Cut = Callable[[npt.NDArray[np.uint8]], tuple[npt.NDArray[np.int32], bool]]
"""From bytes that end in a line feed: where each line begins and the last ends; is it known that all are ASCII?"""


def cut(data: npt.NDArray[np.uint8]) -> tuple[npt.NDArray[np.int32], bool]:
    """The lines' offsets, in NumPy: where nothing is compiled, nothing has to be loaded. See `chahe.sources.scanning.line_ends`."""
    end = len(data)
    feeds = [np.flatnonzero(data[first : first + _BLOCK] == ord("\n")) + first for first in range(0, end, _BLOCK)]
    offsets = np.zeros(sum(len(block) for block in feeds) + 1, dtype=np.int32)
    np.add(np.concatenate(feeds), 1, out=offsets[1:], casting="same_kind")
    return offsets, False


class Block(NamedTuple):
    """Consecutive bytes of a stream."""

    data: npt.NDArray[np.uint8]
    """Whole lines; or else one without an end, the last of the stream or an overlong one."""
    lines: bool
    """Does it end in a line feed?"""
    overlong: bool


def blocks(stream: BinaryIO, size: int, longest: int = LONGEST_LINE) -> Iterator[Block]:
    """Split behind line feeds, some `size` bytes each; of a line that is longer than `longest`, its head."""
    rest = np.empty(0, np.uint8)
    while len(buffer := _read_on(stream, rest, size)) > len(rest):
        end = _behind_last_feed(buffer, len(rest))
        if end:
            yield Block(buffer[:end], lines=True, overlong=False)
            rest = buffer[end:].copy()
        elif len(buffer) > longest:
            yield Block(buffer[:longest], lines=False, overlong=True)
            rest = np.frombuffer(_after_line_feed(stream, size), np.uint8)
        else:
            rest = buffer
    if len(rest):
        yield Block(rest, lines=False, overlong=False)


def lines_of(block: Block, cut: Cut = cut) -> tuple[pa.Array, bool]:
    """The lines of a block (binary, with their ends); is it known that all are ASCII?"""
    if not block.lines:
        return pa.array([block.data.tobytes()], pa.binary()), False
    offsets, is_ascii = cut(block.data)
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(block.data)]
    return pa.Array.from_buffers(pa.binary(), len(offsets) - 1, buffers), is_ascii


def chunks(stream: BinaryIO, size: int = CHUNK, longest: int = LONGEST_LINE, *, cut: Cut = cut) -> Iterator[Chunk]:
    """Split at line feeds. The last line needs none; an empty stream has no lines."""
    place = 1
    for block in blocks(stream, size, longest):
        lines, is_ascii = lines_of(block, cut)
        for first in range(0, len(lines), MOST_LINES):
            yield Chunk(place + first, lines.slice(first, MOST_LINES), overlong=block.overlong, ascii=is_ascii)
        place += len(lines)


def decoded(chunk: Chunk) -> tuple[pa.Array, list[int]]:
    """Lines (with their ends) as strings, and the indices of those that no encoding reads (null there).

    UTF-8 first; a line that is not is read as cp950 (Big5 as Windows writes it), line by line, since files of several
    hands mix both.
    """
    if chunk.ascii:
        return chunk.lines.view(pa.string()), []
    try:
        return chunk.lines.cast(pa.string()), []
    except pa.ArrowInvalid:
        texts = [_decoded(line) for line in chunk.lines.to_pylist()]
        return pa.array(texts, pa.string()), [index for index, text in enumerate(texts) if text is None]


def _read_on(stream: BinaryIO, rest: npt.NDArray[np.uint8], size: int) -> npt.NDArray[np.uint8]:
    """The rest of what was read before, and up to `size` more bytes behind it; nothing more where the stream ends."""
    buffer = np.empty(len(rest) + size, np.uint8)
    buffer[: len(rest)] = rest
    more: int = stream.readinto(memoryview(buffer)[len(rest) :])  # type: ignore[attr-defined,arg-type] # every binary stream has it; arrays are buffers
    return buffer[: len(rest) + more]


def _behind_last_feed(buffer: npt.NDArray[np.uint8], begin: int) -> int:
    """The place behind the last line feed from `begin` on; 0 for none."""
    for end in range(len(buffer), begin, -_BLOCK):
        found = buffer[max(end - _BLOCK, begin) : end].tobytes().rfind(b"\n")
        if found >= 0:
            return max(end - _BLOCK, begin) + found + 1
    return 0


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
