"""Columns of text, made without a string of Python's for each row: numbers, clocks, what a table lists, and lines joined of them."""

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from chahe.simulate.days import HOUR_US, moment_of

Ints = NDArray[np.int64]
Column = Any
"""A column of text (`pyarrow.StringArray`), which has no types of its own."""
_LOT: Final = 10_000


def digits(numbers: Ints, width: int) -> Column:
    """Numbers below ten to the width, with zeros before them."""
    groups = -(-width // 4)
    written = np.empty((len(numbers), groups), dtype=np.uint32)
    left = numbers
    for group in range(groups - 1, -1, -1):
        left, found = np.divmod(left, _LOT)
        written[:, group] = _lots()[found]
    return of_width(written.view(np.uint8).reshape(len(numbers), 4 * groups)[:, 4 * groups - width :])


def hexadecimal(numbers: NDArray[np.uint64], width: int, *, upper: bool = False) -> Column:
    """The last so many digits of numbers to the base of sixteen; the width is even."""
    octets = numbers.astype(">u8").view(np.uint8).reshape(len(numbers), 8)[:, 8 - width // 2 :]
    return of_width(_octets(upper)[octets].view(np.uint8).reshape(len(numbers), width))


def of_width(signs: NDArray[np.uint8]) -> Column:
    """Rows of so many signs each, as text."""
    count, width = signs.shape
    starts = np.arange(0, (count + 1) * width, width, dtype=np.int32)
    return pa.StringArray.from_buffers(count, pa.py_buffer(starts), pa.py_buffer(np.ascontiguousarray(signs)))


def numbers_of(values: Ints) -> Column:
    """Numbers as they are, without zeros before them."""
    return pa.array(values).cast(pa.string())


def listed(texts: Column | Sequence[str], places: Ints) -> Column:
    """For each place, the text that stands there in a list."""
    held = texts if isinstance(texts, pa.Array) else pa.array(texts, pa.string())
    return held.take(pa.array(places))


def hours(micros: Ints, form: str) -> tuple[Column, Ints]:
    """The Taipei hour of each moment in a form of strftime's, and the microseconds since it began."""
    number, rest = np.divmod(micros, HOUR_US)
    known, places = np.unique(number, return_inverse=True)
    return listed([format(moment_of(hour * HOUR_US), form) for hour in known.tolist()], places), rest


def minutes_and_seconds(rest: Ints) -> Column:
    """MM:SS of microseconds since the hour began."""
    return listed(_minutes(), rest // 1_000_000)


def micros_of(micros: Ints) -> Column:
    """The six digits below the second."""
    return digits(micros % 1_000_000, 6)


def joined(*pieces: Column | str) -> Column:
    """Texts one after the other, row by row; a text alone stands in every row."""
    return pc.binary_join_element_wise(*pieces, "")


def written(lines: Column) -> memoryview:
    """All rows' bytes, one after the other."""
    if not len(lines):
        return memoryview(b"")
    starts = np.frombuffer(lines.buffers()[1], dtype=np.int32)[lines.offset : lines.offset + len(lines) + 1]
    return memoryview(lines.buffers()[2])[int(starts[0]) : int(starts[-1])]


@cache
def _lots() -> NDArray[np.uint32]:
    return np.frombuffer("".join(f"{one:04}" for one in range(_LOT)).encode(), dtype=np.uint32)


@cache
def _octets(upper: bool) -> NDArray[np.uint16]:
    return np.frombuffer(
        "".join(f"{one:02X}" if upper else f"{one:02x}" for one in range(256)).encode(), dtype=np.uint16
    )


@cache
def _minutes() -> Column:
    return pa.array([f"{one // 60:02}:{one % 60:02}" for one in range(3600)])
