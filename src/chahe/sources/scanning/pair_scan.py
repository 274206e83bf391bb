r"""Pairs of keys and values in other forms than `key_value_scan`'s: where the values of wanted keys stand. Compiled. No reader of its own.

    [junos@2636.1.1.1.2.142 source-address="10.1.2.3" policy-name="to \"web\""]      quoted: keys, `=` or `:`, a value in quotes
    [action:"Accept"; src:"10.1.2.3"; scheme::"IKE"; ]                               quoted, too
    time=22Nov2026 09:00:00|action=accept|src=10.1.2.3                               parted: by one sign, `|` here
    rule: 7; src: 10.1.2.3; proto: tcp;                                              parted by `;`, keys end in `:`
    IN=eth0 OUT= SRC=10.1.2.3 DST=192.0.2.7                                          parted by blanks

In quoted pairs a backslash takes its meaning from the next sign, so a value ends at the first bare quote; a value that is
never closed breaks its line. In parted pairs `\|` is no parting bar; other signs have no escape, and blanks around keys and
values are dropped. A key within another key's value is never a key. Of a repeated key the first counts, and of the keys
that stand for one field the first in the list that says something.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from chahe.sources.scanning.byte_blocks import BLOCK, ONE, below, find, lowest, where
from chahe.sources.scanning.compiled import compiled, inlined
from chahe.sources.scanning.wanted_keys import Keys, says_nothing, wanted

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

_TAB, _SPACE, _QUOTE, _COLON, _SEMICOLON, _EQUALS, _OPEN, _BACKSLASH, _CLOSE, _BAR = (
    ord(sign) for sign in '\t ":;=[\\]|'
)
_QUOTE_SIGN = np.uint8(_QUOTE)
_PARTING = tuple(np.uint8(sign) for sign in (_TAB, _SPACE, _COLON, _SEMICOLON, _EQUALS, _OPEN, _CLOSE))
_NONE = np.uint64(0)


class Values(NamedTuple):
    """Where the values stand, by field and line. A size of 0: the line has none."""

    begins: Ints
    sizes: Ints
    broken: Flags
    """By line: a quote was opened and not closed; no value is told."""
    closed: Flags
    """By line: quoted pairs ended in a bracket."""


def nothing(fields: int, lines: int) -> Values:
    """Where no value has been found yet."""
    begins, sizes = np.zeros((fields, lines), np.int32), np.zeros((fields, lines), np.int32)
    return Values(begins, sizes, np.zeros(lines, np.bool_), np.zeros(lines, np.bool_))


def quoted_pairs(data: Bytes, begins: Ints, ends: Ints, *, keys: Keys, values: Values) -> None:
    """Find the quoted pairs of `data[begins[i]:ends[i]]` for each line that is not empty, up to the last `]` or the end."""
    _quoted(data, (begins, ends), keys, values)


def parted_pairs(
    data: Bytes, begins: Ints, ends: Ints, *, signs: tuple[Bytes, np.uint8], keys: Keys, values: Values
) -> None:
    """Find the parted pairs of each line that is not empty. `signs`: what parts the pairs of each line, and what ends a key."""
    _parted(data, (begins, ends), signs, keys, values)


@compiled
def _quoted(  # noqa: C901, PLR0912, PLR0915 - one loop, as in key_value_scan: arrays handed on for each field would cost more than the rest
    data: Bytes, edges: tuple[Ints, Ints], keys: Keys, values: Values
) -> None:
    fields, ranks = keys.fields, keys.ranks
    begins, sizes, broken, closed = values
    firsts, lasts = edges
    taken = np.full(len(fields), -1, np.int32)
    best = np.zeros(len(begins), np.int32)
    for line in range(len(firsts)):
        place, end = firsts[line], lasts[line]
        while place < end:
            sign = data[np.uintp(place)]
            if sign in (_SPACE, _SEMICOLON, _OPEN, _TAB):
                place += 1
                continue
            if sign == _CLOSE:
                if place + 1 < end and data[np.uintp(place + 1)] == _OPEN:
                    place += 2
                    continue
                closed[line] = True
                break
            # Most pairs are a key without any sign that could end it, `=` or `:`, and a value behind its quote, all within one block.
            quotes = where(data, place, _QUOTE_SIGN) & below(end - place)
            opening = place + lowest(quotes) if quotes else place
            assigned = opening > place + 1 and data[np.uintp(opening - 1)] in (_EQUALS, _COLON)
            if assigned and _is_bare(data, place, opening - 1):
                start, stop, value = place, opening - 1, opening + 1
                place = _behind_value(data, value, end, quotes & (quotes - ONE), place)
            else:
                start = place
                while sign not in (_EQUALS, _COLON, _SPACE, _CLOSE, _QUOTE):
                    place += 1
                    if place >= end:
                        break
                    sign = data[np.uintp(place)]
                stop = place
                while place < end and (data[np.uintp(place)] == _EQUALS or data[np.uintp(place)] == _COLON):
                    place += 1
                if place >= end:
                    break
                if data[np.uintp(place)] != _QUOTE:
                    continue
                value = place + 1
                place = _behind_quotes(data, value, end)
            if place < 0:
                broken[line] = True
                sizes[:, line] = 0
                break
            if stop == start or stop == value - 1:
                continue
            key = wanted(data, start, stop, keys)
            if key >= 0 and taken[key] != line:
                taken[key] = line
                size = place - 1 - value
                field = fields[key]
                better = sizes[field, line] == 0 or ranks[key] < best[field]
                if size > 0 and better and not says_nothing(data, value, size):
                    begins[field, line], sizes[field, line], best[field] = value, size, ranks[key]


@compiled
def _parted(  # noqa: C901, PLR0912 - as above
    data: Bytes, edges: tuple[Ints, Ints], signs: tuple[Bytes, np.uint8], keys: Keys, values: Values
) -> None:
    fields, ranks = keys.fields, keys.ranks
    begins, sizes, _, _ = values
    firsts, lasts = edges
    partings, assigns = signs
    taken = np.full(len(fields), -1, np.int32)
    best = np.zeros(len(begins), np.int32)
    for line in range(len(firsts)):
        start, end, parting = firsts[line], lasts[line], partings[line]
        if start == end:
            continue
        stop = -1
        for block in range(start, end + 1, BLOCK):
            inside = below(end - block)
            ending = where(data, block, parting) & inside
            if end - block < BLOCK:
                ending |= ONE << np.uint64(end - block)
            bits = ending | (where(data, block, assigns) & inside)
            while bits:
                index = lowest(bits)
                bits &= bits - ONE
                behind = block + index
                if not ending >> np.uint64(index) & ONE:
                    stop = behind if stop < 0 else stop
                    continue
                if parting == _BAR and start < behind < end and data[behind - 1] == _BACKSLASH:
                    continue
                begin, value = start, stop + 1
                start = behind + 1
                if stop < 0:
                    continue
                while begin < stop and data[np.uintp(begin)] == _SPACE:
                    begin += 1
                while stop > begin and data[np.uintp(stop - 1)] == _SPACE:
                    stop -= 1
                key = wanted(data, begin, stop, keys) if begin < stop else -1
                stop = -1
                if key >= 0 and taken[key] != line:
                    taken[key] = line
                    while value < behind and data[np.uintp(value)] == _SPACE:
                        value += 1
                    while behind > value and data[np.uintp(behind - 1)] == _SPACE:
                        behind -= 1
                    size = behind - value
                    field = fields[key]
                    better = sizes[field, line] == 0 or ranks[key] < best[field]
                    if size > 0 and better and not says_nothing(data, value, size):
                        begins[field, line], sizes[field, line], best[field] = value, size, ranks[key]


@inlined
def _behind_quotes(data: Bytes, begin: int, end: int) -> int:
    """The place behind the closing quote; -1 for none."""
    place = find(data, begin, end, _QUOTE_SIGN)
    while place < end:
        before = place
        while before > begin and data[np.uintp(before - 1)] == _BACKSLASH:
            before -= 1
        if (place - before) % 2 == 0:
            return place + 1
        place = find(data, place + 1, end, _QUOTE_SIGN)
    return -1


@inlined
def _behind_value(data: Bytes, value: int, end: int, quotes: np.uint64, block: int) -> int:
    """The same, where the block's bits of the quotes behind the opening one are known."""
    if quotes:
        place = block + lowest(quotes)
        if data[np.uintp(place - 1)] != _BACKSLASH:
            return place + 1
    return _behind_quotes(data, value, end)


@inlined
def _is_bare(data: Bytes, place: int, end: int) -> bool:
    """Is there no sign among these bytes (fewer than a block) that parts or ends keys?"""
    found = _NONE
    for sign in _PARTING:
        found |= where(data, place, sign)
    return bool(found & below(end - place) == _NONE)
