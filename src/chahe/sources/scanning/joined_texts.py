"""Texts and numbers that stand in columns put behind one another, row by row. Compiled. No reader of its own."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from chahe.sources.scanning.byte_blocks import eight, put_eight
from chahe.sources.scanning.compiled import compiled, inlined

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]

_ZERO, _MINUS = np.uint8(ord("0")), np.uint8(ord("-"))
_TEN, _NOTHING = np.uint64(10), np.uint64(0)
_OVER = 8
"""Bytes behind the last row: texts are copied eight bytes at a time."""


class Columns(NamedTuple):
    """What stands in the rows of columns: a text or a whole number, between two texts that are always the same."""

    codes: Ints
    """By column and row which text; of a column of numbers 0, and of either -1 where nothing stands."""
    heads: Ints
    """By column the text before each value."""
    tail: int
    """The text behind each value."""
    numbers: Ints
    """By column which of `values`, or -1 for a column of texts."""
    values: Longs
    """By column of numbers and row."""


def joined(letters: Bytes, edges: Ints, columns: Columns) -> tuple[Bytes, Ints]:
    """The bytes of all rows, and where each row begins (and the last ends). Text i is `letters[edges[i]:edges[i + 1]]`.

    Raises OverflowError for 2 GiB or more.
    """
    offsets = np.zeros(columns.codes.shape[1] + 1, np.int64)
    _measure(edges, columns, offsets)
    if offsets[-1] > np.iinfo(np.int32).max:
        raise OverflowError(f"{len(offsets) - 1} rows have {offsets[-1]} bytes")
    found = np.empty(offsets[-1] + _OVER, np.uint8)
    _fill(letters, edges, columns, found)
    return found[: offsets[-1]], offsets.astype(np.int32)


@compiled
def _measure(edges: Ints, columns: Columns, offsets: Longs) -> None:
    codes, heads, tail, numbers, values = columns
    for column in range(codes.shape[0]):
        number, head = numbers[column], heads[column]
        around = edges[head + 1] - edges[head] + edges[tail + 1] - edges[tail]
        for row in range(codes.shape[1]):
            code = codes[column, row]
            if code >= 0:
                size = _size(values[number, row]) if number >= 0 else edges[code + 1] - edges[code]
                offsets[row + 1] += around + size
    for row in range(codes.shape[1]):
        offsets[row + 1] += offsets[row]


@compiled
def _fill(letters: Bytes, edges: Ints, columns: Columns, found: Bytes) -> None:
    codes, heads, tail, numbers, values = columns
    to = 0
    for row in range(codes.shape[1]):
        for column in range(codes.shape[0]):
            code, number, head = codes[column, row], numbers[column], heads[column]
            if code < 0:
                continue
            to = _copied(letters, edges[head], edges[head + 1], found, to)
            if number >= 0:
                to = _written(values[number, row], found, to)
            else:
                to = _copied(letters, edges[code], edges[code + 1], found, to)
            to = _copied(letters, edges[tail], edges[tail + 1], found, to)


@inlined
def _copied(letters: Bytes, begin: int, end: int, found: Bytes, to: int) -> int:
    """The place behind a text put at a place."""
    size = end - begin
    for at in range(0, size, 8):
        if begin + at + 8 <= len(letters):
            put_eight(found, to + at, eight(letters, begin + at))
        else:
            for place in range(at, size):
                found[np.uintp(to + place)] = letters[np.uintp(begin + place)]
    return to + size


@inlined
def _magnitude(number: int) -> np.uint64:
    return _NOTHING - np.uint64(number) if number < 0 else np.uint64(number)


@inlined
def _size(number: int) -> int:
    """How many signs a number is written with."""
    left = _magnitude(number) // _TEN
    size = 2 if number < 0 else 1
    while left > _NOTHING:
        left //= _TEN
        size += 1
    return size


@inlined
def _written(number: int, found: Bytes, to: int) -> int:
    """The place behind a number put at a place."""
    behind = to + _size(number)
    if number < 0:
        found[np.uintp(to)] = _MINUS
    left = _magnitude(number)
    place = behind - 1
    while True:
        found[np.uintp(place)] = _ZERO + np.uint8(left % _TEN)
        left //= _TEN
        if left == _NOTHING:
            return behind
        place -= 1
