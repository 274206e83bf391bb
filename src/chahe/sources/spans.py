"""Spans of bytes made into columns: distinct texts, numbers. Compiled. No reader of its own.

A span is a begin and a size in the bytes of a chunk; of size 0, nothing.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from chahe.sources.compiled import compiled

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Spans = tuple[Ints, Ints]
"""Where each begins, and its size."""

ABSENT, GOOD, BAD = range(3)
"""What a number is."""

_QUOTE, _BACKSLASH, _ZERO, _NINE, _DOT, _OPEN, _CLOSE, _A = (ord(sign) for sign in '"\\09.()A')
_PROBES = 32
"""Slots looked at for a value; past them it is listed again, so that texts chosen to collide cost no more than others."""


@dataclass(frozen=True, slots=True)
class Texts:
    """A column of texts: each row's code (-1 for none), and the text of each code. A text may have two codes."""

    codes: Ints
    values: pa.Array

    def column(self) -> pa.DictionaryArray:
        """The same for Arrow."""
        return coded(self.codes, self.values)


def coded(codes: Ints, values: pa.Array) -> pa.DictionaryArray:
    """Values by their codes; -1 is null."""
    mask = np.packbits(codes >= 0, bitorder="little")
    indices = pa.Array.from_buffers(pa.int32(), len(codes), [pa.py_buffer(mask), pa.py_buffer(codes)])
    return pa.DictionaryArray.from_arrays(indices, values, safe=False)


def texts(data: Bytes, begins: Ints, sizes: Ints) -> Texts:
    """The texts of spans (UTF-8). Of a span with a quote before it, `\\"` stands for a quote."""
    codes = np.empty(len(begins), np.int32)
    slots = np.zeros(1 << max(4, (2 * len(begins)).bit_length()), np.uint64)
    firsts = np.empty(len(begins), np.int32)
    count, size = _encode(data, (begins, sizes), slots, codes, firsts)
    offsets, letters = np.zeros(count + 1, np.int32), np.empty(size, np.uint8)
    _copy(data, (begins, sizes), firsts[:count], offsets, letters)
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(letters)]
    return Texts(codes, pa.Array.from_buffers(pa.string(), count, buffers))


@compiled
def numbers(data: Bytes, begins: Ints, sizes: Ints, most: int) -> tuple[Longs, Bytes]:
    """The whole numbers of spans, and of each whether it is ABSENT, GOOD, or BAD: not 1 to 18 digits, or above `most`."""
    found, states = np.zeros(len(begins), np.int64), np.zeros(len(begins), np.uint8)
    for row in range(len(begins)):
        begin, size = begins[row], sizes[row]
        if size == 0:
            continue
        number = digits(data, begin, begin + size) if size <= 18 else -1
        if 0 <= number <= most:
            found[row], states[row] = number, GOOD
        else:
            states[row] = BAD
    return found, states


@compiled
def digits(data: Bytes, begin: int, end: int) -> int:
    """The number that these decimal digits (at most 18) write; -1 where other signs stand."""
    number = 0
    for place in range(begin, end):
        sign = data[place]
        if not _ZERO <= sign <= _NINE:
            return -1
        number = number * 10 + (sign - _ZERO)
    return number


@compiled
def within_parentheses(data: Bytes, begins: Ints, sizes: Ints) -> tuple[Ints, Ints]:
    """The first stretch of hexadecimal digits, dots and colons (an IP address) between parentheses in each span."""
    found, lengths = np.zeros(len(begins), np.int32), np.zeros(len(begins), np.int32)
    for row in range(len(begins)):
        end = begins[row] + sizes[row]
        start = end
        for place in range(begins[row], end):
            sign = data[place]
            if sign == _OPEN:
                start = place + 1
            elif sign == _CLOSE and place > start:
                found[row], lengths[row] = start, place - start
                break
            elif not _of_an_address(sign):
                start = end
    return found, lengths


@compiled
def _of_an_address(sign: int) -> bool:
    # Digits and the colon behind them, the dot, A to F in both cases.
    return _ZERO <= sign <= _NINE + 1 or sign == _DOT or _A <= sign & ~32 <= _A + 5


@compiled
def _encode(data: Bytes, spans: Spans, slots: npt.NDArray[np.uint64], codes: Ints, firsts: Ints) -> tuple[int, int]:
    """Number the distinct spans; the count of them, and of their bytes. A slot holds half a hash, and a code plus one."""
    begins, sizes = spans
    last = np.uint64(len(slots) - 1)
    count, total = 0, 0
    for row in range(len(codes)):
        begin, size = begins[row], sizes[row]
        if size == 0:
            codes[row] = -1
            continue
        found = np.uint64(14695981039346656037)
        for place in range(begin, begin + size):
            found = (found ^ np.uint64(data[np.uintp(place)])) * np.uint64(1099511628211)
        found ^= found >> np.uint64(29)
        mark = found & np.uint64(0xFFFFFFFF00000000)
        code = -1
        for probe in range(_PROBES):
            slot = (found + np.uint64(probe)) & last
            held = slots[slot]
            if held == 0:
                slots[slot] = mark | np.uint64(count + 1)
                break
            if held & np.uint64(0xFFFFFFFF00000000) == mark:
                like = int(held & np.uint64(0xFFFFFFFF)) - 1
                first = firsts[like]
                if sizes[first] == size and _same(data, begins[first], begin, size):
                    code = like
                    break
        if code < 0:
            code = count
            firsts[count] = row
            count += 1
            total += size
        codes[row] = code
    return count, total


@compiled
def _same(data: Bytes, one: int, other: int, size: int) -> bool:
    for index in range(size):  # noqa: SIM110 - Numba compiles no generator expressions
        if data[one + index] != data[other + index]:
            return False
    return True


@compiled
def _copy(data: Bytes, spans: Spans, firsts: Ints, offsets: Ints, letters: Bytes) -> None:
    begins, sizes = spans
    to = 0
    for index in range(len(firsts)):
        begin = begins[firsts[index]]
        end = begin + sizes[firsts[index]]
        escapes = begin > 0 and data[begin - 1] == _QUOTE
        for place in range(begin, end):
            if escapes and data[place] == _BACKSLASH and place + 1 < end and data[place + 1] == _QUOTE:
                continue
            letters[to] = data[place]
            to += 1
        offsets[index + 1] = to
