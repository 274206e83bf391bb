"""FIX messages on the wire taken apart by compiled code: which lines are plain, where their values stand, and what values mean. No reader of its own.

A line is plain when it holds one message parted by SOH, whose version, BodyLength and CheckSum are right, in ASCII, with no wanted tag
standing twice, and its MsgType is D, F, G or 8. Of every other line nothing is told: it is for `chahe.sources.trading.fix_log` to judge.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from chahe.sources.scanning.byte_blocks import find
from chahe.sources.scanning.calendar_scan import NEVER, moment, number
from chahe.sources.scanning.compiled import compiled, inlined
from chahe.sources.scanning.spans import ABSENT, BAD, GOOD, Spans

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

MOST_TAG = 1 << 17
"""Tags have at most five digits."""
_NEVER = NEVER
_ABSENT, _GOOD, _BAD = ABSENT, GOOD, BAD
_ZERO, _NINE, _EQUALS, _DOT, _DASH, _COLON, _SPACE = (ord(sign) for sign in "09=.-: ")
_PARTING = np.uint8(1)
"""SOH."""
_DELETE = 127
_BEGIN = np.frombuffer(b"8=FIX", np.uint8)
_FIX4, _FIX50, _FIXT11 = (np.frombuffer(word, np.uint8) for word in (b"FIX.4.", b"FIX.5.0", b"FIXT.1.1"))
_LONGEST = 256
"""Bytes of a text that is read; as in fix_tags."""


class Scanned(NamedTuple):
    """What was found in lines. Of a line that is not plain, and of a tag that it lacks, no value: a size of -1."""

    kinds: Bytes
    """By line: its MsgType, or 0 where it is not plain."""
    begins: Ints
    sizes: Ints
    """By wanted tag and line."""


def slots(tags: list[str]) -> npt.NDArray[np.int16]:
    """For each number of a tag its index among the wanted ones, or -1."""
    found = np.full(MOST_TAG, -1, np.int16)
    for index, tag in enumerate(tags):
        if str(int(tag)) == tag:
            found[int(tag)] = index
    return found


def scan(data: Bytes, edges: Spans, tags: npt.NDArray[np.int16], count: int) -> Scanned:
    """Lines from where they begin to where they end, without their ends."""
    lines = len(edges[0])
    found = Scanned(
        np.zeros(lines, np.uint8), np.zeros((count, lines), np.int32), np.full((count, lines), -1, np.int32)
    )
    _scan(data, edges, tags, found)
    return found


@compiled
def _scan(data: Bytes, edges: Spans, tags: npt.NDArray[np.int16], found: Scanned) -> None:
    kinds, begins, sizes = found
    for line in range(len(kinds)):
        end = edges[1][line]
        start = _start(data, edges[0][line], end)
        if start < 0:
            continue
        kind = _message(data, start, end, line, tags, begins, sizes)
        if kind == 0:
            sizes[:, line] = -1
        kinds[line] = kind


@inlined
def _start(data: Bytes, begin: int, end: int) -> int:
    """Where a message begins; -1 where none does."""
    for place in range(begin, end - 5):
        if data[np.uintp(place)] == _BEGIN[0] and data[np.uintp(place + 1)] == _EQUALS:
            same = True
            for index in range(2, 5):
                same = same and data[place + index] == _BEGIN[index]
            if same and (place == begin or not _alphanumeric(data[place - 1])):
                return place
    return -1


@inlined
def _alphanumeric(sign: int) -> bool:
    return _ZERO <= sign <= _NINE or ord("A") <= sign & ~32 <= ord("Z")


@inlined
def _message(  # noqa: C901, PLR0911, PLR0912, PLR0913, PLR0917 - one walk over the bytes, which nothing may be handed back and forth of
    data: Bytes, start: int, end: int, line: int, tags: npt.NDArray[np.int16], begins: Ints, sizes: Ints
) -> int:
    """The MsgType of a plain message; 0 for any other."""
    place, fields, kind, length, body = start, 0, 0, -1, 0
    while place < end:
        begin, tag = place, 0
        sign = int(data[np.uintp(place)])
        if sign == _ZERO:
            return 0
        while _ZERO <= sign <= _NINE and place < end:
            tag = tag * 10 + sign - _ZERO
            place += 1
            sign = int(data[np.uintp(place)]) if place < end else 0
        if sign != _EQUALS or place == begin or place - begin > 5:
            return 0
        value = place + 1
        place = find(data, value, end, _PARTING)
        if place >= end:
            return 0
        if tag == 10:
            if kind == 0 or length != begin - body or place - value != 3:
                return 0
            if number(data, value, 3) != _checksum(data, start, begin) or not _is_ascii(data, start, end):
                return 0
            if find(data, place + 1, end, _PARTING) < end or _start(data, place + 1, end) >= 0:
                return 0
            return kind
        if fields == 0:
            if tag != 8 or not _version(data, value, place):
                return 0
        elif fields == 1:
            if tag != 9 or not 1 <= place - value <= 9:
                return 0
            length = number(data, value, place - value)
            body = place + 1
        elif fields == 2:
            kind = int(data[value])
            if tag != 35 or place - value != 1 or kind not in (ord("D"), ord("F"), ord("G"), ord("8")):
                return 0
        slot = tags[tag]
        if slot >= 0:
            if sizes[slot, line] >= 0:
                return 0
            begins[slot, line], sizes[slot, line] = value, place - value
        place += 1
        fields += 1
    return 0


@inlined
def _checksum(data: Bytes, begin: int, end: int) -> int:
    total = np.uint32(0)
    for place in range(begin, end):
        total += np.uint32(data[np.uintp(place)])
    return int(total & np.uint32(255))


@inlined
def _is_ascii(data: Bytes, begin: int, end: int) -> bool:
    together = np.uint8(0)
    for place in range(begin, end):
        together |= data[np.uintp(place)]
    return bool(together <= _DELETE)


@inlined
def _version(data: Bytes, begin: int, end: int) -> bool:
    """FIX 4.1 to 4.4, 5.0 or FIXT 1.1; 4.0 tells fills otherwise."""
    size = end - begin
    if size == 8:
        return _same(data, begin, _FIXT11)
    if size != 7:
        return False
    return _same(data, begin, _FIX50) or (_same(data, begin, _FIX4) and ord("1") <= data[begin + 6] <= ord("4"))


@inlined
def _same(data: Bytes, begin: int, word: Bytes) -> bool:
    for index in range(len(word)):  # noqa: SIM110 - Numba compiles no generator expressions
        if data[begin + index] != word[index]:
            return False
    return True


@compiled
def times(data: Bytes, begins: Ints, sizes: Ints) -> tuple[Longs, Bytes]:
    """UTCTimestamps as microseconds, and whether they are ABSENT, GOOD or BAD."""
    found, states = np.zeros(len(begins), np.int64), np.zeros(len(begins), np.uint8)
    for row in range(len(begins)):
        begin, size = begins[row], sizes[row]
        if size < 0:
            continue
        states[row] = _BAD
        if size < 17 or size > 30 or size == 18 or data[begin + 8] != _DASH or data[begin + 11] != _COLON:
            continue
        if data[begin + 14] != _COLON or (size > 17 and data[begin + 17] != _DOT):
            continue
        fraction = 0
        for place in range(begin + 18, begin + 24):
            digit = int(data[place]) - _ZERO if place < begin + size else 0
            fraction = fraction * 10 + digit if 0 <= digit <= 9 and fraction >= 0 else -1
        if fraction < 0 or (size > 24 and number(data, begin + 24, size - 24) < 0):
            continue
        parts = (number(data, begin, 4), number(data, begin + 4, 2), number(data, begin + 6, 2))
        clock = (number(data, begin + 9, 2), number(data, begin + 12, 2), number(data, begin + 15, 2))
        at = moment(parts[0], parts[1], parts[2], clock[0], clock[1], clock[2])
        if at != _NEVER:
            found[row], states[row] = at + fraction, _GOOD
    return found, states


@compiled
def decimals(data: Bytes, begins: Ints, sizes: Ints) -> tuple[Longs, Bytes]:
    """FIX floats in ten-thousandths, and whether they are ABSENT, GOOD or BAD: more than 14 digits before the point, or 4 behind it."""
    found, states = np.zeros(len(begins), np.int64), np.zeros(len(begins), np.uint8)
    for row in range(len(begins)):
        begin, size = begins[row], sizes[row]
        if size < 0:
            continue
        states[row] = _BAD
        minus = size > 0 and data[begin] == _DASH
        whole, behind, digits, good, zeros = 0, -1, 0, size <= 24, 0
        for place in range(begin + minus, begin + size):
            sign = int(data[place])
            if _ZERO <= sign <= _NINE:
                digits += 1
                if behind < 0:
                    whole = whole * 10 + sign - _ZERO
                    good = good and whole < 10**14
                elif behind < 4:
                    whole = whole * 10 + sign - _ZERO
                    behind += 1
                else:
                    zeros += sign - _ZERO
            elif sign == _DOT and behind < 0:
                behind = 0
            else:
                good = False
        if not good or not digits or zeros:
            continue
        for _ in range(4 - max(behind, 0)):
            whole *= 10
        found[row], states[row] = -whole if minus else whole, _GOOD
    return found, states


@compiled
def texts(data: Bytes, begins: Ints, sizes: Ints) -> tuple[Ints, Flags]:
    """The sizes of texts without the blanks that fill them up (0 for none), and whether they are more than plain text."""
    kept, bad = np.zeros(len(begins), np.int32), np.zeros(len(begins), np.bool_)
    for row in range(len(begins)):
        begin, size = begins[row], sizes[row]
        bad[row] = size > _LONGEST
        for place in range(begin, begin + size):
            sign = data[np.uintp(place)]
            if sign < _SPACE or sign >= _DELETE or sign == _EQUALS:
                bad[row] = True
        while size > 0 and data[begin + size - 1] == _SPACE:
            size -= 1
        kept[row] = max(size, 0)
    return kept, bad


@compiled
def hashes(data: Bytes, begins: Ints, sizes: Ints) -> npt.NDArray[np.uint32]:
    """A checksum of each text that is never 0 (FNV-1a, 32 bits)."""
    found = np.zeros(len(begins), np.uint32)
    for row in range(len(begins)):
        mark = np.uint64(2166136261)
        for place in range(begins[row], begins[row] + sizes[row]):
            mark = ((mark ^ np.uint64(data[np.uintp(place)])) * np.uint64(16777619)) & np.uint64(0xFFFFFFFF)
        found[row] = np.uint32(mark | np.uint64(1))
    return found


@compiled
def remember(marks: npt.NDArray[np.uint32], at: Longs, given: npt.NDArray[np.uint32]) -> Flags:
    """Which of the marks stand there already; all do from now on."""
    before = np.zeros(len(at), np.bool_)
    for row in range(len(at)):
        before[row] = marks[at[row]] == given[row]
        marks[at[row]] = given[row]
    return before


@compiled
def counts(data: Bytes, begins: Ints, sizes: Ints) -> Longs:
    """Sequence numbers: -1 where the tag is absent, -2 where it is not one to seven digits."""
    found = np.full(len(begins), -1, np.int64)
    for row in range(len(begins)):
        if sizes[row] >= 0:
            written = number(data, begins[row], sizes[row]) if 0 < sizes[row] <= 7 else -1
            found[row] = written if written >= 0 else -2
    return found
