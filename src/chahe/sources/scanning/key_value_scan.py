"""The grammar of `key_values` compiled: where in many lines the values of wanted keys stand. No reader of its own.

Blocks of sixty-four bytes are looked at in one step (`byte_blocks`): the bits of the quotes say at once for all of them which stand
within quotes, and only what parts fields outside of them is looked at one by one.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from chahe.sources.scanning.byte_blocks import BLOCK, ONE, below, between, lowest, where
from chahe.sources.scanning.compiled import compiled, inlined
from chahe.sources.scanning.signs import behind_text
from chahe.sources.scanning.wanted_keys import Keys, same, says_nothing, wanted

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]

SPACES, COMMAS, CEF, BROKEN = range(4)
"""Forms of a line: fields between spaces, fields between commas, CEF (not looked into), quotes that do not pair."""

_SPACE, _COMMA, _EQUALS, _QUOTE, _BACKSLASH, _BAR = (np.uint8(ord(sign)) for sign in ' ,="\\|')
_LESS, _GREATER, _ZERO, _NINE = (ord(sign) for sign in "<>09")
_NONE, _LAST = np.uint64(0), np.uint64(63)
_FORTINET = np.frombuffer(b"|Fortinet|Forti", np.uint8)


class Values(NamedTuple):
    """Where the values stand, by field and line. A size of 0: the line has none."""

    begins: Ints
    sizes: Ints
    forms: Bytes
    """By line: SPACES, COMMAS, CEF or BROKEN; of the last two no value is told."""


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
def _scan(data: Bytes, offsets: Ints, keys: Keys, values: Values) -> None:
    begins, sizes, forms = values
    taken = np.full(len(keys.fields), -1, np.int32)
    best = np.zeros(len(begins), np.int32)
    for line in range(len(forms)):
        begin, end = offsets[line], behind_text(data, offsets[line], offsets[line + 1])
        forms[line] = _form(data, begin, end)
        if forms[line] == CEF:
            continue
        begin = _behind_priority(data, begin, end)
        delimiter = _COMMA if forms[line] == COMMAS else _SPACE
        if not _fields(data, begin, end, delimiter, line, taken, best, keys, begins, sizes):
            forms[line] = BROKEN
            for field in range(len(begins)):
                begins[field, line], sizes[field, line] = 0, 0


@inlined
def _fields(  # noqa: PLR0913, PLR0917 - arrays within a tuple are slower by far
    data: Bytes,
    begin: int,
    end: int,
    delimiter: np.uint8,
    line: int,
    taken: Ints,
    best: Ints,
    keys: Keys,
    begins: Ints,
    sizes: Ints,
) -> bool:
    """Note the values of wanted keys among the fields that have a `=`, the first counts. False: a quote is amiss."""
    equals, start = -1, begin
    within = escaped = behind_equals = behind_closing = _NONE
    for block in range(begin, end, BLOCK):
        inside = below(end - block)
        quotes, parts = where(data, block, _QUOTE) & inside, where(data, block, delimiter) & inside
        equal, slashes = where(data, block, _EQUALS) & inside, where(data, block, _BACKSLASH) & inside
        skipped = _NONE
        if slashes or escaped:
            skipped, escaped = _escaped(slashes, escaped)
            skipped &= quotes
            quotes ^= skipped
        quoted = between(quotes, within)
        opening, closing = quotes & quoted, quotes & ~quoted
        amiss = (
            opening & ~(equal << ONE | behind_equals)
            | (closing << ONE | behind_closing) & ~parts & inside
            | skipped & ~quoted
        )
        if amiss:
            return False
        within, behind_equals, behind_closing = quoted >> _LAST, equal >> _LAST, closing >> _LAST
        marked = (equal | parts) & ~quoted
        while marked:
            at = lowest(marked)
            marked &= marked - ONE
            place = block + at
            if not parts >> np.uint64(at) & ONE:
                equals = place if equals < 0 else equals
                continue
            if equals > start:
                _note(data, start, equals, place, line, taken, best, keys, begins, sizes)
            start, equals = place + 1, -1
    if within:
        return False
    if equals > start:
        _note(data, start, equals, end, line, taken, best, keys, begins, sizes)
    return True


@inlined
def _escaped(slashes: np.uint64, carried: np.uint64) -> tuple[np.uint64, np.uint64]:
    """What stands behind a backslash that is not itself behind one, and whether the next block's first byte does.

    Within quotes this is what is escaped; where a run of backslashes begins, none of them can be the end of another escape,
    since a quote opens behind a `=`.
    """
    found = carried
    slashes &= ~carried
    carried = _NONE
    while slashes:
        behind = (slashes & (_NONE - slashes)) << ONE
        carried = _NONE if behind else ONE
        found |= behind
        slashes &= slashes - ONE
        slashes &= ~behind
    return found, carried


@inlined
def _note(  # noqa: PLR0913, PLR0917 - as above
    data: Bytes,
    start: int,
    equals: int,
    end: int,
    line: int,
    taken: Ints,
    best: Ints,
    keys: Keys,
    begins: Ints,
    sizes: Ints,
) -> None:
    """Note a field's value where its key is wanted and no better one has said something."""
    key = wanted(data, start, equals, keys)
    if key < 0 or taken[key] == line:
        return
    taken[key] = line
    value = equals + 1
    if end > value and data[np.uintp(value)] == _QUOTE:
        value, end = value + 1, end - 1
    field = keys.fields[key]
    better = sizes[field, line] == 0 or keys.ranks[key] < best[field]
    if end > value and better and not says_nothing(data, value, end - value):
        begins[field, line], sizes[field, line], best[field] = value, end - value, keys.ranks[key]


@inlined
def _behind_priority(data: Bytes, begin: int, end: int) -> int:
    """The place behind the priority that syslog puts in front (RFC 3164, 4.1.1), one to three digits."""
    if begin < end and data[begin] == _LESS:
        place = begin + 1
        while place < end and place < begin + 4 and _ZERO <= data[place] <= _NINE:
            place += 1
        if begin + 1 < place < end and data[place] == _GREATER:
            return place + 1
    return begin


@inlined
def _form(data: Bytes, begin: int, end: int) -> int:
    """Told by what stands before the first `=` or quote (the head of CEF), or behind the first field (a comma)."""
    place = begin
    while place < end and data[place] != _EQUALS and data[place] != _QUOTE:
        if data[place] == _BAR and same(data, place, min(place + 15, end), _FORTINET, 0, 15):
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


@inlined
def _begins_a_key(sign: int) -> bool:
    return ord("a") <= sign <= ord("z") or ord("A") <= sign <= ord("Z") or sign == ord("_")
