"""Columns of text that point into memory already there (Arrow's string views). No reader of its own."""

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Ints = npt.NDArray[np.int64]
Span = tuple[Ints, Ints, Ints]
"""Rows, and where the value of each begins and ends."""

_INLINE = 12
"""A view holds up to so many bytes itself; of a longer value its first four, and where the rest stands."""
_MASKS = np.array([0, 0xFF, 0xFFFF, 0xFFFFFF, 0xFFFFFFFF], np.uint32)


class TextViews:
    """Makes columns of one length whose values lie in `memory`, with single values replaced by others.

    `memory` must have at least twelve bytes behind the last value; values must be whole UTF-8 characters. A value that is
    empty or one of `nothing` (twelve bytes at most) is null.
    """

    def __init__(self, memory: npt.NDArray[np.uint8], length: int, nothing: Iterable[str] = ()) -> None:
        self.memory = memory
        self.length = length
        self.words = _words(memory)
        self.nothing = [_inline(word) for word in nothing]

    def column(self, spans: Iterable[Span], instead: Mapping[int, str | None]) -> pa.Array:
        """A string_view array: row `rows[i]` is `memory[begin[i]:end[i]]`, those in `instead` are as given there.

        Where several spans have a row, the first that says something counts.
        """
        views = np.zeros((self.length, 4), np.uint32)
        for rows, begin, end in spans:
            free = views[rows, 0] == 0
            said = _views(self.words, begin[free], end[free], buffer=0)
            views[rows[free]] = self._without_nothing(said)
        buffers = [pa.py_buffer(self.memory)]
        if instead:
            views[list(instead)] = 0
            given = {row: text.encode() for row, text in instead.items() if text}
            extra = np.frombuffer(b"".join(given.values()) + bytes(_INLINE), np.uint8)
            ends = np.cumsum([len(value) for value in given.values()], dtype=np.int64)
            begins = ends - np.array([len(value) for value in given.values()], dtype=np.int64)
            views[list(given)] = self._without_nothing(_views(_words(extra), begins, ends, buffer=1))
            buffers.append(pa.py_buffer(extra))
        valid = views[:, 0] != 0
        mask = None if valid.all() else pa.py_buffer(np.packbits(valid, bitorder="little"))
        return pa.Array.from_buffers(pa.string_view(), self.length, [mask, pa.py_buffer(views), *buffers])

    def _without_nothing(self, views: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
        for nothing in self.nothing:
            likely = np.flatnonzero(views[:, 1] == nothing[1])
            if len(likely):
                views[likely[(views[likely] == nothing).all(axis=1)]] = 0
        return views


def _words(memory: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint32]:
    """The four bytes that begin at each place, little-endian."""
    return np.ndarray((len(memory) - 3,), "<u4", memory.data, strides=(1,))


def _inline(text: str) -> npt.NDArray[np.uint32]:
    value = text.encode()
    return np.frombuffer(len(value).to_bytes(4, "little") + value.ljust(_INLINE, b"\0"), "<u4")


def _views(words: npt.NDArray[np.uint32], begin: Ints, end: Ints, *, buffer: int) -> npt.NDArray[np.uint32]:
    sizes = end - begin
    views = np.empty((len(begin), 4), np.uint32)
    views[:, 0] = sizes
    for index in range(3):
        views[:, index + 1] = words[begin + 4 * index] & _MASKS[np.clip(sizes - 4 * index, 0, 4)]
    long = np.flatnonzero(sizes > _INLINE)
    views[long, 2] = buffer
    views[long, 3] = begin[long]
    return views
