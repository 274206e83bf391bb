"""Which texts are IP addresses in their one spelling. Compiled. No reader of its own.

    10.1.2.3             four numbers without leading zeros
    2001:db8::53:0:1     small letters, no leading zeros, the longest run of zeros (of two or more the first) as `::` (RFC 5952)

IPv6 with an IPv4 address in it (`::ffff:10.1.2.3`, however it is written) is none: it is spelled as IPv4.
"""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from chahe.sources.scanning.compiled import compiled, inlined

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

_DOT, _COLON, _ZERO, _NINE, _SMALL_A, _SMALL_F = (ord(sign) for sign in ".:09af")
_GROUPS = 8
_LONGEST = 39
"""Bytes of eight groups and the colons between them."""
_MAPPED = 0xFFFF


def are_plain(texts: pa.Array) -> Flags:
    """By text (string array; null is not plain)."""
    valid, edges, letters = texts.buffers()
    offsets = np.frombuffer(edges, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    plain = np.zeros(len(texts), np.bool_)
    _fill(np.frombuffer(letters or b"", np.uint8), offsets, plain)
    if valid is not None:
        plain &= texts.is_valid().to_numpy(zero_copy_only=False)
    return plain


@compiled
def _fill(data: Bytes, offsets: Ints, plain: Flags) -> None:
    for index in range(len(plain)):
        begin, end = offsets[index], offsets[index + 1]
        plain[index] = _is_four(data, begin, end) or _is_six(data, begin, end)


@inlined
def _is_four(data: Bytes, begin: int, end: int) -> bool:
    numbers, digits, number = 0, 0, 0
    if not 7 <= end - begin <= 15:
        return False
    for place in range(begin, end):
        sign = int(data[place])
        if sign == _DOT:
            if digits == 0:
                return False
            numbers, digits, number = numbers + 1, 0, 0
        elif _ZERO <= sign <= _NINE and not (digits > 0 and number == 0):
            number, digits = 10 * number + sign - _ZERO, digits + 1
            if number > 255:
                return False
        else:
            return False
    return numbers == 3 and digits > 0


@inlined
def _is_six(data: Bytes, begin: int, end: int) -> bool:
    """`run` zeros stand before the place; the longest run before and behind the gap that `::` stands for must be the shorter."""
    if not 2 <= end - begin <= _LONGEST:
        return False
    groups, gap, first, run, before, behind = 0, -1, 0, 0, 0, 0
    place = begin
    while place < end:
        if data[place] == _COLON:
            # Between groups one colon stands, or two; none stands at the beginning or the end alone.
            double = place + 1 < end and data[place + 1] == _COLON
            if double and (gap >= 0 or run > 0):
                return False
            if not double and (groups == 0 or place + 1 == end):
                return False
            gap = groups if double else gap
            place += 2 if double else 1
            if place == end:
                break
        place, group = _group(data, place, end)
        if place < 0 or (group == 0 and groups == gap):
            return False
        first = group if groups == 0 else first
        groups += 1
        run = run + 1 if group == 0 else 0
        before, behind = (max(before, run), behind) if gap < 0 else (before, max(behind, run))
    if gap < 0:
        return groups == _GROUPS and before < 2
    zeros = _GROUPS - groups
    return zeros >= 2 and before < zeros and behind <= zeros and not (gap == 0 and groups == 3 and first == _MAPPED)


@inlined
def _group(data: Bytes, start: int, end: int) -> tuple[int, int]:
    """Behind up to four hexadecimal digits as they are spelled, and their number; -1 where none stand or more follows than a colon."""
    place, group = start, 0
    while place < end and place < start + 4 and _digit(data[place]) >= 0:
        group = group * 16 + _digit(data[place])
        place += 1
    if place == start or (data[start] == _ZERO and place > start + 1) or (place < end and data[place] != _COLON):
        return -1, 0
    return place, group


@inlined
def _digit(sign: int) -> int:
    """Of a hexadecimal digit as it is spelled; -1 for other signs."""
    if _ZERO <= sign <= _NINE:
        return int(sign) - _ZERO
    return int(sign) - _SMALL_A + 10 if _SMALL_A <= sign <= _SMALL_F else -1
