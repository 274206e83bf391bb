"""The grammar of `key_values` compiled: where in many lines the values of wanted keys stand. No reader of its own.

One pass over the bytes, which knows at each of them whether it is within quotes. Where bytes are looked at one by one
the index is unsigned: for a signed one Numba asks each time whether it counts from the end.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from chahe.sources.compiled import compiled

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]

SPACES, COMMAS, CEF, BROKEN = range(4)
"""Forms of a line: fields between spaces, fields between commas, CEF (not looked into), quotes that do not pair."""

_SPACE, _COMMA, _EQUALS, _QUOTE, _BACKSLASH, _BAR = (ord(sign) for sign in ' ,="\\|')
_LESS, _GREATER, _ZERO, _NINE, _FEED, _RETURN = (ord(sign) for sign in "<>09\n\r")
_FORTINET = np.frombuffer(b"|Fortinet|Forti", np.uint8)
_NOTHING = (np.frombuffer(b"N/A", np.uint8), np.frombuffer(b"(null)", np.uint8))


class Keys(NamedTuple):
    """The wanted keys, as the compiled code looks them up."""

    letters: Bytes
    starts: Ints
    """Where in `letters` each key begins (and the last ends)."""
    chains: Ints
    """By `_slot`: the first key there, or -1."""
    following: Ints
    """By key: the next of its chain, or -1."""
    fields: Ints
    ranks: Ints
    """By key: its field, and its place among the keys of that field."""


class Values(NamedTuple):
    """Where the values stand, by field and line. A size of 0: the line has none."""

    begins: Ints
    sizes: Ints
    forms: Bytes
    """By line: SPACES, COMMAS, CEF or BROKEN; of the last two no value is told."""


def keys_of(fields: Mapping[str, Sequence[str]]) -> Keys:
    """For fields in order, each with the keys it may stand under, the first that says something first."""
    words = [(key.encode(), field, rank) for field, keys in enumerate(fields.values()) for rank, key in enumerate(keys)]
    letters = np.frombuffer(b"".join(word for word, _, _ in words), np.uint8)
    starts = np.cumsum([0, *(len(word) for word, _, _ in words)], dtype=np.int32)
    chains, following = np.full(256, -1, np.int32), np.full(len(words), -1, np.int32)
    for index in range(len(words)):
        slot = _slot(letters, starts[index], starts[index + 1])
        following[index] = chains[slot]
        chains[slot] = index
    ranks = np.array([rank for _, _, rank in words], np.int32)
    return Keys(letters, starts, chains, following, np.array([field for _, field, _ in words], np.int32), ranks)


def scan(data: Bytes, offsets: Ints, keys: Keys) -> Values:
    """The values in the lines `data[offsets[i]:offsets[i + 1]]`, each with its end.

    A value that is empty, `N/A` or `(null)` says nothing, and then the next key of its field counts. Values in quotes
    are given without them, with their escapes: `\\"` stands for a quote where a quote stands before the value.
    """
    shape = (int(keys.fields[-1]) + 1, len(offsets) - 1)
    values = Values(np.zeros(shape, np.int32), np.zeros(shape, np.int32), np.zeros(shape[1], np.uint8))
    _scan(data, offsets, keys, values)
    return values


@compiled
def _slot(data: Bytes, begin: int, end: int) -> int:
    return (int(data[begin]) + 5 * int(data[end - 1]) + 11 * (end - begin)) & 255


@compiled
def _scan(  # noqa: C901 - arrays handed to a function for each field would cost more than the rest of the work
    data: Bytes, offsets: Ints, keys: Keys, values: Values
) -> None:
    letters, starts, chains, following, fields, ranks = keys
    begins, sizes, forms = values
    taken = np.full(len(fields), -1, np.int32)
    best = np.zeros(len(begins), np.int32)
    for line in range(len(forms)):
        begin, end = offsets[line], offsets[line + 1]
        while end > begin and (data[end - 1] == _FEED or data[end - 1] == _RETURN):
            end -= 1
        form = _form(data, begin, end)
        delimiter = _COMMA if form == COMMAS else _SPACE
        place = _behind_priority(data, begin, end) if form != CEF else end
        while place < end:
            start = place
            while place < end:
                sign = data[np.uintp(place)]
                if sign in (_EQUALS, delimiter, _QUOTE):
                    break
                place += 1
            if place < end and data[np.uintp(place)] == delimiter:
                place += 1
                continue
            equals = place
            place = _behind_value(data, equals, end, delimiter)
            if place < 0:
                form = BROKEN
                sizes[:, line] = 0
                break
            if start < equals < end:
                key = chains[_slot(data, start, equals)]
                while key >= 0 and not _same(data, start, equals, letters, starts[key], starts[key + 1]):
                    key = following[key]
                if key >= 0 and taken[key] != line:
                    taken[key] = line
                    quoted = place - equals > 2 and data[equals + 1] == _QUOTE
                    value = equals + 2 if quoted else equals + 1
                    size = place - value - 1 if quoted else place - value
                    field = fields[key]
                    better = sizes[field, line] == 0 or ranks[key] < best[field]
                    if size > 0 and better and not _says_nothing(data, value, size):
                        begins[field, line], sizes[field, line], best[field] = value, size, ranks[key]
            place += 1
        forms[line] = form


@compiled
def _behind_value(data: Bytes, place: int, end: int, delimiter: int) -> int:
    """Where the value ends whose `=` stands at `place` (the line's end if none does); -1 where its quotes do not pair."""
    while place < end:
        sign = data[np.uintp(place)]
        if sign == delimiter:
            return place
        if sign == _QUOTE:
            return -1
        place += 1
        if sign == _EQUALS and place < end and data[np.uintp(place)] == _QUOTE:
            place = _behind_quotes(data, place + 1, end)
            if place < 0 or (place < end and data[np.uintp(place)] != delimiter):
                return -1
    return place


@compiled
def _says_nothing(data: Bytes, begin: int, size: int) -> bool:
    for word in _NOTHING:  # noqa: SIM110 - Numba compiles no generator expressions
        if size == len(word) and _equal(data, begin, word):
            return True
    return False


@compiled
def _equal(data: Bytes, begin: int, word: Bytes) -> bool:
    for index in range(len(word)):  # noqa: SIM110 - Numba compiles no generator expressions
        if data[begin + index] != word[index]:
            return False
    return True


@compiled
def _behind_quotes(data: Bytes, place: int, end: int) -> int:
    """The place behind the closing quote; -1 for none."""
    while place < end:
        sign = data[np.uintp(place)]
        place += 1
        if sign == _QUOTE:
            return place
        if (
            sign == _BACKSLASH
            and place < end
            and (data[np.uintp(place)] == _QUOTE or data[np.uintp(place)] == _BACKSLASH)
        ):
            place += 1
    return -1


@compiled
def _same(data: Bytes, begin: int, end: int, letters: Bytes, start: int, stop: int) -> bool:
    if end - begin != stop - start:
        return False
    for index in range(end - begin):  # noqa: SIM110 - Numba compiles no generator expressions
        if data[begin + index] != letters[start + index]:
            return False
    return True


@compiled
def _behind_priority(data: Bytes, begin: int, end: int) -> int:
    """The place behind the priority that syslog puts in front (RFC 3164, 4.1.1), one to three digits."""
    if begin < end and data[begin] == _LESS:
        place = begin + 1
        while place < end and place < begin + 4 and _ZERO <= data[place] <= _NINE:
            place += 1
        if begin + 1 < place < end and data[place] == _GREATER:
            return place + 1
    return begin


@compiled
def _form(data: Bytes, begin: int, end: int) -> int:
    """Told by what stands before the first `=` or quote (the head of CEF), or behind the first field (a comma)."""
    place = begin
    while place < end and data[place] != _EQUALS and data[place] != _QUOTE:
        if data[place] == _BAR and place + len(_FORTINET) <= end and _equal(data, place, _FORTINET):
            return CEF
        place += 1
    if place >= end or data[place] == _QUOTE:
        return SPACES
    place += 1
    if place < end and data[place] == _QUOTE:
        place += 1
        while place < end and data[place] != _QUOTE:
            place += 1
        place += 1
    else:
        while place < end and data[place] != _SPACE and data[place] != _COMMA and data[place] != _QUOTE:
            place += 1
    if place + 1 < end and data[place] == _COMMA and _begins_a_key(data[place + 1]):
        return COMMAS
    return SPACES


@compiled
def _begins_a_key(sign: int) -> bool:
    return ord("a") <= sign <= ord("z") or ord("A") <= sign <= ord("Z") or sign == ord("_")
