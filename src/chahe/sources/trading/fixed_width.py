"""Records whose fields stand at fixed places: their fields as spans, prices, codes of one sign, days and times. Compiled. No reader of its own."""

from collections.abc import Mapping
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from chahe.sources.scanning.calendar_scan import NEVER, moment, number
from chahe.sources.scanning.compiled import compiled
from chahe.sources.scanning.spans import BAD, GOOD, Spans, coded, numbers, texts

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_NEVER = NEVER
_GOOD, _BAD = GOOD, BAD
_TAIPEI_US = 8 * 3_600_000_000
"""Taipei's clocks have stood eight hours ahead of UTC since 1979."""
_ZERO, _NINE, _DOT, _SPACE, _FEED, _RETURN = (ord(sign) for sign in "09. \n\r")


class Fixed(NamedTuple):
    """Lines of records: where each begins in the bytes, and its size without the line's end."""

    data: Bytes
    begins: Ints
    sizes: Ints

    @classmethod
    def of(cls, lines: pa.Array) -> Self:
        """From a string array without nulls, each line with its end."""
        _, edges, letters = lines.buffers()
        offsets = np.frombuffer(edges, np.int32)[lines.offset : lines.offset + len(lines) + 1]
        data = np.frombuffer(letters or b"\0", np.uint8)
        return cls(data, offsets[:-1].copy(), _without_ends(data, offsets))

    def field(self, where: Flags, at: Ints | int, width: int) -> Spans:
        """The spans of `width` bytes that begin `at` bytes into each record; of size 0 where a record is not looked at."""
        begins = np.where(where, self.begins + at, 0).astype(np.int32)
        return begins, np.where(where, width, 0).astype(np.int32)

    def said(self, spans: Spans, line: int) -> str:
        """What stands in one line's span."""
        begin, size = int(spans[0][line]), int(spans[1][line])
        return bytes(self.data[begin : begin + size]).decode("utf-8", "replace")

    def text(self, spans: Spans) -> pa.DictionaryArray:
        """The texts of spans without the blanks that fill them up."""
        begins, sizes = trimmed(self.data, *spans)
        return texts(self.data, begins, sizes).column()

    def sign(self, spans: Spans, meanings: Mapping[str, str | None]) -> tuple[pa.DictionaryArray, Flags]:
        """What the one sign of each span means (null: nothing), and in which lines it is none of those."""
        words = sorted({word for word in meanings.values() if word is not None})
        codes = np.full(256, -2, np.int32)
        for written, word in meanings.items():
            codes[ord(written)] = -1 if word is None else words.index(word)
        looked = spans[1] > 0
        found = np.where(looked, codes[self.data[spans[0]]], -1).astype(np.int32)
        return coded(np.maximum(found, -1), pa.array(words, pa.string())), found == -2

    def moments(self, day: Spans, clock: Spans) -> tuple[pa.Array, Flags]:
        """Days YYYYMMDD and times HHMMSS with fractions, on Taipei's clocks, as microseconds UTC; which are none."""
        found, good = _moments(self.data, day, clock)
        return nullable(found - _TAIPEI_US, good), (day[1] > 0) & ~good

    def integers(self, spans: Spans) -> tuple[Longs, Flags, Flags]:
        """The whole numbers of spans; which are there, which are none."""
        found, states = numbers(self.data, *spans, 10**18 - 1)
        return found, states == GOOD, states == BAD

    def prices(self, spans: Spans) -> tuple[Longs, Flags, Flags]:
        """Prices with at most four decimals, in ten-thousandths; which are there, which are none."""
        found, states = _prices(self.data, *spans)
        return found, states == GOOD, states == BAD


def nullable(values: Longs, valid: Flags) -> pa.Array:
    """Integers; null where they are not valid."""
    mask = pa.py_buffer(np.packbits(valid, bitorder="little"))
    return pa.Array.from_buffers(pa.int64(), len(values), [mask, pa.py_buffer(np.ascontiguousarray(values))])


def decimals(values: Longs, valid: Flags) -> pa.Array:
    """Ten-thousandths as decimals with four places; null where they are not valid."""
    wide = np.empty((len(values), 2), np.int64)
    wide[:, 0], wide[:, 1] = values, values >> 63
    mask = pa.py_buffer(np.packbits(valid, bitorder="little"))
    return pa.Array.from_buffers(pa.decimal128(18, 4), len(values), [mask, pa.py_buffer(wide)])


@compiled
def trimmed(data: Bytes, begins: Ints, sizes: Ints) -> Spans:
    """Spans without the blanks at their ends."""
    kept = np.empty(len(sizes), np.int32)
    for row in range(len(sizes)):
        end = begins[row] + sizes[row]
        while end > begins[row] and data[end - 1] == _SPACE:
            end -= 1
        kept[row] = end - begins[row]
    return begins, kept


@compiled
def _without_ends(data: Bytes, offsets: Ints) -> Ints:
    sizes = np.empty(len(offsets) - 1, np.int32)
    for line in range(len(sizes)):
        begin, end = offsets[line], offsets[line + 1]
        while end > begin and (data[end - 1] == _FEED or data[end - 1] == _RETURN):
            end -= 1
        sizes[line] = end - begin
    return sizes


@compiled
def _prices(data: Bytes, begins: Ints, sizes: Ints) -> tuple[Longs, Bytes]:
    found, states = np.zeros(len(begins), np.int64), np.zeros(len(begins), np.uint8)
    for row in range(len(begins)):
        if not sizes[row]:
            continue
        number, places, digits, good = 0, -1, 0, sizes[row] <= 15
        for place in range(begins[row], begins[row] + sizes[row]):
            sign = data[place]
            if _ZERO <= sign <= _NINE:
                number = number * 10 + (sign - _ZERO)
                digits += 1
                places += places >= 0
            elif sign == _DOT and places < 0:
                places = 0
            else:
                good = False
        if not good or not digits or places > 4:
            states[row] = _BAD
            continue
        for _ in range(4 - max(places, 0)):
            number *= 10
        found[row], states[row] = number, _GOOD
    return found, states


@compiled
def _moments(data: Bytes, days: Spans, clocks: Spans) -> tuple[Longs, Flags]:
    """Microseconds as if Taipei's clocks were those of UTC. A day is looked up once while it stays the same."""
    found, good = np.zeros(len(days[0]), np.int64), np.zeros(len(days[0]), np.bool_)
    known, midnight = -1, _NEVER
    for row in range(len(found)):
        if not days[1][row]:
            continue
        day = number(data, days[0][row], days[1][row])
        if day != known:
            known = day
            midnight = moment(day // 10_000, day // 100 % 100, day % 100, 0, 0, 0) if day > 0 else _NEVER
        clock = _clock(data, clocks[0][row], clocks[1][row])
        if midnight != _NEVER and clock >= 0:
            found[row], good[row] = midnight + clock, True
    return found, good


@compiled
def _clock(data: Bytes, begin: int, digits: int) -> int:
    """The microseconds since midnight of HHMMSS and what digits of a fraction follow; -1 where that is no time."""
    written = number(data, begin, digits)
    if written < 0 or digits < 6:
        return -1
    unit = 1
    for _ in range(digits - 6):
        unit *= 10
    whole = written // unit
    hour, minute, second = whole // 10_000, whole // 100 % 100, whole % 100
    if hour > 23 or minute > 59 or second > 59:
        return -1
    return ((hour * 60 + minute) * 60 + second) * 1_000_000 + written % unit * 1_000_000 // unit
