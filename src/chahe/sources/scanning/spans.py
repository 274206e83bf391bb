"""Spans of bytes made into columns: distinct texts, numbers. Compiled. No reader of its own.

A span is a begin and a size in the bytes of a chunk; of size 0, nothing.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from chahe.sources.scanning.byte_blocks import eight, soon
from chahe.sources.scanning.compiled import compiled, inlined

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]
Spans = tuple[Ints, Ints]
"""Where each begins, and its size."""

ABSENT, GOOD, BAD = range(3)
"""What a number is."""

_QUOTE, _BACKSLASH, _ZERO, _NINE, _DOT, _OPEN, _CLOSE, _A = (ord(sign) for sign in '"\\09.()A')
_NONE, _ALL = np.uint64(0), np.uint64(2**64 - 1)
_HALF, _OTHER_HALF = np.uint64(0xFFFFFFFF00000000), np.uint64(0xFFFFFFFF)
_PRIME, _OTHER_PRIME = np.uint64(0x9E3779B185EBCA87), np.uint64(0xC2B2AE3D27D4EB4F)
AHEAD = 16
"""Rows ahead of the one looked at whose bytes are asked for: by then they are there."""
_PIECE = 256
"""Rows whose texts are looked at together."""
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
    """Values by their codes; -1 is null, and so is the code of a null."""
    if values.null_count:
        codes = np.where(np.append(values.is_null().to_numpy(zero_copy_only=False), True)[codes], np.int32(-1), codes)
        values = values.fill_null("")
    mask = np.packbits(codes >= 0, bitorder="little")
    indices = pa.Array.from_buffers(pa.int32(), len(codes), [pa.py_buffer(mask), pa.py_buffer(codes)])
    return pa.DictionaryArray.from_arrays(indices, values, safe=False)


def texts(data: Bytes, begins: Ints, sizes: Ints) -> Texts:
    """The texts of spans (UTF-8). Of a span with a quote before it, `\\"` stands for a quote."""
    if not sizes.any():
        return Texts(np.full(len(begins), -1, np.int32), pa.array([], pa.string()))
    codes, firsts, size = _numbered(data, begins, sizes)
    count = len(firsts)
    offsets, letters = np.zeros(count + 1, np.int32), np.empty(size, np.uint8)
    _copy(data, (begins, sizes), firsts, offsets, letters)
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(letters)]
    return Texts(codes, pa.Array.from_buffers(pa.string(), count, buffers))


def distinct(data: Bytes, begins: Ints, sizes: Ints) -> tuple[Ints, Ints]:
    """Of each span the number of its bytes (-1 for none), and by number the first span with them."""
    codes, firsts, _ = _numbered(data, begins, sizes)
    return codes, firsts


def _numbered(data: Bytes, begins: Ints, sizes: Ints) -> tuple[Ints, Ints, int]:
    """The same, and how many bytes all that are distinct have."""
    codes, firsts = np.empty(len(begins), np.int32), np.empty(len(begins), np.int32)
    slots = np.zeros(1 << max(4, (2 * len(begins)).bit_length()), np.uint64)
    count, size = _encode(data, (begins, sizes), slots, np.empty(3 * len(begins), np.uint64), (codes, firsts))
    return codes, firsts[:count], size


@compiled
def numbers(data: Bytes, begins: Ints, sizes: Ints, most: int) -> tuple[Longs, Bytes]:
    """The whole numbers of spans, and of each whether it is ABSENT, GOOD, or BAD: not 1 to 18 digits, or above `most`."""
    found, states = np.zeros(len(begins), np.int64), np.zeros(len(begins), np.uint8)
    for row in range(len(begins)):
        begin, size = begins[row], sizes[row]
        soon(data, begins[min(row + AHEAD, len(begins) - 1)])
        if size == 0:
            continue
        number = digits(data, begin, begin + size) if size <= 18 else -1
        if 0 <= number <= most:
            found[row], states[row] = number, GOOD
        else:
            states[row] = BAD
    return found, states


@inlined
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


@inlined
def _of_an_address(sign: int) -> bool:
    # Digits and the colon behind them, the dot, A to F in both cases.
    return _ZERO <= sign <= _NINE + 1 or sign == _DOT or _A <= sign & ~32 <= _A + 5


@compiled
def _encode(  # noqa: C901 - one loop: arrays handed on for each row would cost more than the row
    data: Bytes, spans: Spans, slots: Words, listed: Words, found: tuple[Ints, Ints]
) -> tuple[int, int]:
    """Number the distinct spans; the count of them, and of their bytes. `found`: each row's code, and by code its first row.

    A slot holds half a hash, and a code plus one. `listed` holds by code the size and the first and last eight bytes: of texts
    up to sixteen these are all. Rows are looked at a piece at a time, so that what their slots and codes lead to, which lies
    anywhere in memory, is on its way before it is needed.
    """
    begins, sizes = spans
    codes, firsts = found
    last = np.uint64(len(slots) - 1)
    marks = np.empty((3, _PIECE), np.uint64)
    count, total = 0, 0
    for piece in range(0, len(codes), _PIECE):
        rows = min(_PIECE, len(codes) - piece)
        for index in range(rows):
            row = piece + index
            begin, size = begins[row], sizes[row]
            soon(data, begins[min(row + AHEAD, len(codes) - 1)])
            if size == 0:
                continue
            head, tail = _head(data, begin, size), eight(data, begin + size - 8) if size > 8 else _NONE
            hashed = _hashed(data, begin, size, head, tail)
            marks[0, index], marks[1, index], marks[2, index] = hashed, head, tail
            soon(slots, int(hashed & last))
        for index in range(rows):
            held = slots[marks[0, index] & last]
            if sizes[piece + index] > 0 and held > 0:
                soon(listed, 3 * int(held & _OTHER_HALF) - 3)
        for index in range(rows):
            row = piece + index
            begin, size = begins[row], sizes[row]
            if size == 0:
                codes[row] = -1
                continue
            hashed, head, tail = marks[0, index], marks[1, index], marks[2, index]
            mark = hashed & _HALF
            code = -1
            for probe in range(_PROBES):
                slot = (hashed + np.uint64(probe)) & last
                held = slots[slot]
                if held == 0:
                    slots[slot] = mark | np.uint64(count + 1)
                    break
                if held & _HALF == mark:
                    like = int(held & _OTHER_HALF) - 1
                    short = listed[3 * like] == size and listed[3 * like + 1] == head and listed[3 * like + 2] == tail
                    if short and (size <= 16 or _same(data, begins[firsts[like]], begin, size)):
                        code = like
                        break
            if code < 0:
                code = count
                listed[3 * code], listed[3 * code + 1], listed[3 * code + 2] = size, head, tail
                firsts[code] = row
                count += 1
                total += size
            codes[row] = code
    return count, total


@inlined
def _head(data: Bytes, begin: int, size: int) -> np.uint64:
    """The first eight bytes of a span, or fewer with zeros behind them."""
    if begin + 8 <= len(data):
        return eight(data, begin) & (_ALL >> np.uint64(64 - 8 * min(size, 8)))
    found = _NONE
    for index in range(size):
        found |= np.uint64(data[begin + index]) << np.uint64(8 * index)
    return found


@inlined
def _hashed(data: Bytes, begin: int, size: int, head: np.uint64, tail: np.uint64) -> np.uint64:
    found = (head ^ np.uint64(size)) * _PRIME ^ tail * _OTHER_PRIME
    for place in range(begin + 8, begin + size - 8, 8):
        found = (found ^ found >> np.uint64(29)) * _PRIME ^ eight(data, place)
    found = (found ^ found >> np.uint64(32)) * _OTHER_PRIME
    return found ^ found >> np.uint64(29)


@inlined
def _same(data: Bytes, one: int, other: int, size: int) -> bool:
    """Of spans whose first and last eight bytes are the same."""
    for index in range(8, size - 8, 8):  # noqa: SIM110 - Numba compiles no generator expressions
        if eight(data, one + index) != eight(data, other + index):
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
            sign = data[np.uintp(place)]
            if escapes and sign == _BACKSLASH and place + 1 < end and data[place + 1] == _QUOTE:
                continue
            letters[np.uintp(to)] = sign
            to += 1
        offsets[index + 1] = to
