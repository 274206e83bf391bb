r"""Lines that are JSON objects: where in many lines the values of wanted keys stand. Compiled. No reader of its own.

    {"type": "TRAFFIC", "port": 443, "user": "corp\\chen", "tags": ["a", {"b": 1}], "rule": null}

Keys of the object itself count, not those of objects within. A string is given without its quotes and its escapes, a number
or a word as written, an array or an object as its text; `null` and an empty string say nothing, and then the next key of a
field counts. Of a repeated key the first counts. Keys with escapes are not looked for.
(RFC 8259; what stands behind the object is not looked at.)
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from chahe.sources.scanning.byte_blocks import BLOCK, ONE, below, find, lowest, where
from chahe.sources.scanning.compiled import compiled
from chahe.sources.scanning.spans import Spans
from chahe.sources.scanning.wanted_keys import Keys, same, slot

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]

_MARK, _ESCAPE = np.uint8(ord('"')), np.uint8(ord("\\"))
_SPACE, _TAB, _COLON, _COMMA, _BACKSLASH = (ord(sign) for sign in " \t:,\\")
_OPEN, _CLOSE, _LIST, _LIST_END, _U, _ZERO, _NINE = (ord(sign) for sign in "{}[]u09")
_A, _F, _LOWER = ord("a"), ord("f"), 32
_NULL = np.frombuffer(b"null", np.uint8)
_ESCAPED = np.zeros(256, np.uint8)
for _sign, _meant in zip(b"bfnrt", b"\b\f\n\r\t", strict=True):
    _ESCAPED[_sign] = _meant
_STRANGE = 0xFFFD
"""Stands for half a character that its other half does not follow."""


class Values(NamedTuple):
    """What was found. A size of 0: there is none."""

    data: Bytes
    """What the places are in: the bytes given, and behind them the values that had escapes, without them."""
    begins: Ints
    sizes: Ints
    """By field and line."""
    broken: npt.NDArray[np.bool_]
    """By line: it is no whole object. What was found before that place is told all the same."""

    def of(self, field: int) -> Spans:
        """A field's spans, by line."""
        return self.begins[field], self.sizes[field]


def scan(data: Bytes, begins: Ints, ends: Ints, keys: Keys) -> Values:
    """The values in the objects `data[begins[i]:ends[i]]`, each from its brace on; a line that is empty is not looked at."""
    shape = (int(keys.fields[-1]) + 1, len(begins))
    found = Values(data, np.zeros(shape, np.int32), np.zeros(shape, np.int32), np.zeros(len(begins), np.bool_))
    room = _scan(data, (begins, ends), keys, found)
    if not room:
        return found
    extended = np.empty(len(data) + room, np.uint8)
    extended[: len(data)] = data
    _unescape(extended, len(data), found.begins, found.sizes)
    return found._replace(data=extended)


@compiled
def _scan(  # noqa: C901, PLR0912, PLR0915 - arrays handed to a function for each value would cost more than the rest of the work
    data: Bytes, edges: tuple[Ints, Ints], keys: Keys, values: Values
) -> int:
    """The room that values with escapes take without them, at most."""
    letters, key_starts, chains, following, fields, ranks = keys
    starts, stops = edges
    _, begins, sizes, broken = values
    taken = np.full(len(fields), -1, np.int32)
    best = np.zeros(len(begins), np.int32)
    room = 0
    for line in range(len(starts)):
        place, end = starts[line], stops[line]
        if place >= end:
            continue
        place = _behind_blanks(data, place + 1, end)
        closed = place < end and data[np.uintp(place)] == _CLOSE
        block = place
        bits = where(data, block, _MARK) & below(end - block)
        while not closed and place < end and data[np.uintp(place)] == _MARK:
            # The block's bits are those of the quotes from the key's opening one on; the next is the closing one.
            bits &= bits - ONE
            while not bits and block + BLOCK < end:
                block += BLOCK
                bits = where(data, block, _MARK) & below(end - block)
            start, stop = place + 1, block + lowest(bits) if bits else end
            bits &= bits - ONE
            place = _behind_blanks(data, stop + 1, end)
            if place >= end or data[np.uintp(place)] != _COLON:
                break
            place = _behind_blanks(data, place + 1, end)
            value = place
            if place < end and data[np.uintp(place)] == _MARK:
                value += 1
                while True:
                    while not bits and block + BLOCK < end:
                        block += BLOCK
                        bits = where(data, block, _MARK) & below(end - block)
                    if not bits:
                        place = -1
                        break
                    place = block + lowest(bits)
                    bits &= bits - ONE
                    if place >= value and not _escaped(data, place, value):
                        break
                if place < 0:
                    break
                size = place - value
                place += 1
                quoted = True
            else:
                place = _behind_value(data, place, end)
                if place < 0:
                    break
                size = place - value
                quoted = False
            if start < stop:
                key = chains[slot(data, start, stop)]
                while key >= 0 and not same(data, start, stop, letters, key_starts[key], key_starts[key + 1]):
                    key = following[key]
                if key >= 0 and taken[key] != line:
                    taken[key] = line
                    field = fields[key]
                    better = sizes[field, line] == 0 or ranks[key] < best[field]
                    if size > 0 and better and (quoted or not _is_null(data, value, size)):
                        begins[field, line], sizes[field, line], best[field] = value, size, ranks[key]
                        if quoted and find(data, value, value + size, _ESCAPE) < value + size:
                            room += size + 2  # `\u` alone is shorter than what stands for it
            place = _behind_blanks(data, place, end)
            if place >= end:
                break
            closed = data[np.uintp(place)] == _CLOSE
            if closed or data[np.uintp(place)] != _COMMA:
                break
            place = _behind_blanks(data, place + 1, end)
            if not quoted or block + BLOCK <= place:
                block = place
                bits = where(data, block, _MARK) & below(end - block)
        broken[line] = not closed
    return room


@compiled
def _is_null(data: Bytes, begin: int, size: int) -> bool:
    return size == len(_NULL) and same(data, begin, begin + size, _NULL, 0, size)


@compiled
def _escaped(data: Bytes, quote: int, begin: int) -> bool:
    """Is the quote in a string that begins there part of it: does an odd number of backslashes stand before it?"""
    before = quote
    while before > begin and data[np.uintp(before - 1)] == _BACKSLASH:
        before -= 1
    return (quote - before) % 2 == 1


@compiled
def _behind_blanks(data: Bytes, place: int, end: int) -> int:
    while place < end and (data[np.uintp(place)] == _SPACE or data[np.uintp(place)] == _TAB):
        place += 1
    return place


@compiled
def _behind_value(data: Bytes, place: int, end: int) -> int:
    """The place behind a value; -1 where none ends."""
    if place >= end:
        return -1
    start = place
    depth = 0
    while place < end:
        sign = data[np.uintp(place)]
        if depth == 0 and sign in (_COMMA, _CLOSE, _SPACE, _TAB):
            break
        if sign == _MARK:
            place = _behind_string(data, place + 1, end)
            if place < 0:
                return -1
            continue
        if sign in (_OPEN, _LIST):
            depth += 1
        elif sign in (_CLOSE, _LIST_END):
            depth -= 1
        place += 1
    return place if depth == 0 and place > start else -1


@compiled
def _behind_string(data: Bytes, place: int, end: int) -> int:
    """The place behind the closing quote; -1 for none."""
    begin = place
    while True:
        place = find(data, place, end, _MARK)
        if place >= end:
            return -1
        place += 1
        if not _escaped(data, place - 1, begin):
            return place


@compiled
def _unescape(data: Bytes, room: int, begins: Ints, sizes: Ints) -> None:
    """Write the values that have escapes behind the rest, without them."""
    for field in range(len(begins)):
        for line in range(begins.shape[1]):
            begin = begins[field, line]
            end = begin + sizes[field, line]
            if begin > 0 and data[begin - 1] == _MARK and find(data, begin, end, _ESCAPE) < end:
                begins[field, line] = room
                room = _written(data, begin, end, room)
                sizes[field, line] = room - begins[field, line]


@compiled
def _written(data: Bytes, place: int, end: int, to: int) -> int:
    """Write one value without its escapes; the place behind it. It is never longer than with them."""
    while place < end:
        sign = data[place]
        if sign != _BACKSLASH or place + 1 >= end:
            data[to] = sign
            place += 1
            to += 1
            continue
        meant = data[place + 1]
        place += 2
        if meant != _U:
            data[to] = _ESCAPED[meant] or meant
            to += 1
            continue
        point = _hexadecimal(data, place, end)
        place += 4
        if 0xD800 <= point < 0xDC00 and place + 6 <= end and data[place] == _BACKSLASH and data[place + 1] == _U:
            low = _hexadecimal(data, place + 2, end)
            if 0xDC00 <= low < 0xE000:
                point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00)
                place += 6
        to = _encoded(data, to, _STRANGE if point < 0 or 0xD800 <= point < 0xE000 else point)
    return to


@compiled
def _hexadecimal(data: Bytes, place: int, end: int) -> int:
    """The number that four hexadecimal digits write; -1 where they do not stand."""
    if place + 4 > end:
        return -1
    number = 0
    for index in range(place, place + 4):
        sign = int(data[index])
        lower = sign | _LOWER
        if _ZERO <= sign <= _NINE:
            number = number * 16 + sign - _ZERO
        elif _A <= lower <= _F:
            number = number * 16 + lower - _A + 10
        else:
            return -1
    return number


@compiled
def _encoded(data: Bytes, to: int, point: int) -> int:
    """Write a character in UTF-8; the place behind it."""
    if point < 0x80:
        data[to] = point
        return to + 1
    count = 2 if point < 0x800 else 3 if point < 0x10000 else 4
    for index in range(count - 1, 0, -1):
        data[to + index] = 0x80 | (point & 0x3F)
        point >>= 6
    data[to] = (0xF00 >> count) & 0xFF | point
    return to + count
