r"""The grammars of CEF and LEEF compiled: where in many records the header's parts and the values of wanted keys stand.

    CEF:0|Maker|Product|1.2|100|a \| in the name|5|src=10.1.2.3 msg=text with blanks and x\=1 act=deny
    LEEF:1.0|Maker|Product|1.2|100|src=10.1.2.3<tab>msg=text with blanks<tab>act=deny
    LEEF:2.0|Maker|Product|1.2|100|^|src=10.1.2.3^msg=text with blanks^act=deny

No reader of its own. What stands before the word (syslog's header) is not looked at; for the header see `cef_heads`.

CEF (ArcSight, Common Event Format, revision 26): behind the header keys and values. A key is a word before a `=` that no backslash escapes, at the beginning or behind a blank; a
value runs to the next key, and `\=`, `\\` and `\|` stand for the sign itself. Other backslashes are kept, as are `\n` and `\r`.

LEEF (IBM, Log Event Extended Format, 1.0 and 2.0): fields between delimiters (`leef_delimiters`). A key is what stands before
a field's first `=`; a value is taken as written. Where blanks took the tabs' place, keys are told as in CEF.

In both: a value in double quotes is given without them; one that is empty, `N/A` or `(null)` says nothing, and then the next
key of its field counts; of a repeated key the first counts.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from chahe.sources.firewall_logs.byte_classes import highest, within
from chahe.sources.firewall_logs.cef_heads import CEF, LEEF, NEITHER, behind_parts, declares_delimiter, head_of
from chahe.sources.firewall_logs.leef_delimiters import TAB_WRITTEN, delimiter_of, is_tab_written
from chahe.sources.scanning.byte_blocks import BLOCK, ONE, below, find, lowest, where
from chahe.sources.scanning.compiled import compiled, inlined
from chahe.sources.scanning.signs import behind_text
from chahe.sources.scanning.wanted_keys import Keys, says_nothing, wanted

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]

MOST_KEYS = 1 << 14
"""Of a record; one with more is NEITHER."""

_EQUALS_SIGN, _BACKSLASH_SIGN = (np.uint8(ord(sign)) for sign in "=\\")
_EQUALS, _BAR, _BACKSLASH, _SPACE, _QUOTE, _HASH = (ord(sign) for sign in '=|\\ "#')
_NONE = np.uint64(0)
_SMALL_A, _SMALL_Z, _LARGE_A, _OPEN, _CLOSE, _LINE, _NOUGHT, _NINTH, _DASH, _STOP = (
    np.uint8(ord(sign)) for sign in "azA[]_09-."
)


class Extensions(NamedTuple):
    """What was found, by record (last axis). A size of 0: there is none."""

    data: Bytes
    """What the places are in: the bytes given, and behind them the values that had escapes, without them."""
    begins: Ints
    sizes: Ints
    """Two axes, field and record: where the values stand."""
    header_begins: Ints
    header_sizes: Ints
    """Two axes, part of the header and record."""
    heads: Ints
    """Where the record's header begins: with the word, or the bare version."""
    forms: Bytes
    """NEITHER (no header that is whole: nothing else is told), CEF or LEEF."""


def scan(data: Bytes, starts: Ints, ends: Ints, keys: Keys) -> Extensions:
    """The records `data[starts[i]:ends[i]]`, with their line ends or without, whatever stands before their headers.

    Where the message behind a syslog header is known to begin, let it start there; else with the line.
    """
    shape = (int(keys.fields[-1]) + 1, len(starts))
    found = Extensions(
        data,
        *(np.zeros(shape, np.int32), np.zeros(shape, np.int32)),
        *(np.zeros((6, len(starts)), np.int32), np.zeros((6, len(starts)), np.int32)),
        *(np.zeros(len(starts), np.int32), np.zeros(len(starts), np.uint8)),
    )
    if len(data) < BLOCK:  # a block must fit
        data = np.concatenate([data, np.zeros(BLOCK, np.uint8)])
        found = found._replace(data=data)
    room = _scan(data, (starts, ends), keys, found)
    if not room:
        return found
    extended = np.empty(len(data) + room, np.uint8)
    extended[: len(data)] = data
    behind = _unescape(extended, len(data), found.header_begins, found.header_sizes)
    _unescape(extended, behind, found.begins, found.sizes)
    return found._replace(data=extended)


@compiled
def _scan(data: Bytes, stretches: tuple[Ints, Ints], keys: Keys, found: Extensions) -> int:
    """Fill in what is found; of values with escapes `~begin`. Returns the sum of their sizes."""
    starts, ends = stretches
    room = 0
    taken = np.full(len(keys.fields), -1, np.int32)
    best = np.zeros(len(found.begins), np.int32)
    for record in range(len(starts)):
        begin, end = starts[record], behind_text(data, starts[record], ends[record])
        head, bar, form = head_of(data, begin, end)
        if form == NEITHER:
            continue
        parts = 6 if form == CEF else 4
        place, escaped = behind_parts(data, bar + 1, end, parts, found.header_begins, found.header_sizes, record)
        delimiter = 0
        if form == LEEF and place >= 0:
            place, delimiter = delimiter_of(data, place, end, declares_delimiter(data, head))
        if place < 0:
            more = -1
        elif delimiter == 0:
            more = _by_words(data, place, end, form == CEF, record, taken, best, keys, found)
        else:
            more = _by_delimiters(data, place, end, delimiter, record, taken, best, keys, found)
        if more < 0:
            found.header_begins[:, record], found.header_sizes[:, record] = 0, 0
            found.begins[:, record], found.sizes[:, record] = 0, 0
            continue
        found.heads[record], found.forms[record] = head, form
        room += escaped + more
    return room


@inlined
def _by_words(  # noqa: PLR0913, PLR0917 - as scanners are
    data: Bytes,
    begin: int,
    end: int,
    escapes: bool,
    record: int,
    taken: Ints,
    best: Ints,
    keys: Keys,
    found: Extensions,
) -> int:
    """Note the values of wanted keys as CEF has them: each runs to the next key. The sizes of those with escapes; -1: too many keys."""
    count, room, held, value, slashes, before = 0, 0, -1, begin, _NONE, begin - 1
    for block in range(begin, end, BLOCK):
        inside = below(end - block)
        bits = where(data, block, _EQUALS_SIGN) & inside
        slashes |= where(data, block, _BACKSLASH_SIGN) & inside
        others = inside & ~_of_keys(data, block)
        while bits:
            at = lowest(bits)
            equals = block + at
            bits &= bits - ONE
            parting = others & below(at)
            key = block + highest(parting) + 1 if parting else before + 1
            if key == equals or (key > begin and data[np.uintp(key - 1)] != _SPACE):
                continue
            if held >= 0:
                room += _note(data, value, key - 1, held, escapes and slashes != _NONE, record, best, keys, found)
            count += 1
            if count > MOST_KEYS:
                return -1
            held, value = wanted(data, key, equals, keys), equals + 1
            if held >= 0:
                if taken[held] == record:
                    held = -1
                else:
                    taken[held] = record
        before = block + highest(others) if others else before
    if held >= 0:
        room += _note(data, value, end, held, escapes and slashes != _NONE, record, best, keys, found)
    return room


@inlined
def _of_keys(data: Bytes, place: int) -> np.uint64:
    """The bits of the signs that keys are made of, letters, digits and `-._[]`: in ASCII six stretches."""
    small, large = within(data, place, _SMALL_A, _SMALL_Z), within(data, place, _LARGE_A, _OPEN)
    figures, dashes = within(data, place, _NOUGHT, _NINTH), within(data, place, _DASH, _STOP)
    return small | large | figures | dashes | where(data, place, _CLOSE) | where(data, place, _LINE)


@inlined
def _by_delimiters(  # noqa: PLR0913, PLR0917 - as above
    data: Bytes,
    begin: int,
    end: int,
    delimiter: int,
    record: int,
    taken: Ints,
    best: Ints,
    keys: Keys,
    found: Extensions,
) -> int:
    """Note the values of wanted keys as LEEF has them, each between two delimiters; 0, or -1 for too many keys."""
    count, equals = 0, -1
    sign, width = np.uint8(delimiter), TAB_WRITTEN if delimiter == _HASH else 1
    for block in range(begin, end + 1, BLOCK):
        inside = below(end - block)
        parting = where(data, block, sign) & inside
        if end - block < BLOCK:
            parting |= ONE << np.uint64(end - block)
        bits = parting | (where(data, block, _EQUALS_SIGN) & inside)
        while bits:
            at = lowest(bits)
            bits &= bits - ONE
            place = block + at
            if not parting >> np.uint64(at) & ONE:
                equals = place if equals < 0 else equals
                continue
            if delimiter == _HASH and place < end and not is_tab_written(data, place, end):
                continue
            while begin < equals and data[np.uintp(begin)] == _SPACE:
                begin += 1
            if begin < equals:
                count += 1
                if count > MOST_KEYS:
                    return -1
                key = wanted(data, begin, equals, keys)
                if key >= 0 and taken[key] != record:
                    taken[key] = record
                    _note(data, equals + 1, place, key, False, record, best, keys, found)
            begin, equals = place + width, -1
    return 0


@inlined
def _note(  # noqa: PLR0913, PLR0917 - as above
    data: Bytes, begin: int, end: int, key: int, escapes: bool, record: int, best: Ints, keys: Keys, found: Extensions
) -> int:
    """Note the value of a key where it says something, unless a better key has; by how much the room for escapes grows."""
    begin, end = _bare(data, begin, end)
    field, rank = keys.fields[key], keys.ranks[key]
    begins, sizes = found.begins, found.sizes
    held = sizes[field, record]
    if begin >= end or (held > 0 and rank >= best[field]) or says_nothing(data, begin, end - begin):
        return 0
    room = -held if held > 0 and begins[field, record] < 0 else 0
    escaped = escapes and _has_escape(data, begin, end)
    begins[field, record] = ~begin if escaped else begin
    sizes[field, record] = end - begin
    best[field] = rank
    return room + (end - begin if escaped else 0)


@inlined
def _bare(data: Bytes, begin: int, end: int) -> tuple[int, int]:
    """A value without the blanks around it, and without its quotes if it has some."""
    while begin < end and data[begin] == _SPACE:
        begin += 1
    while begin < end and data[end - 1] == _SPACE:
        end -= 1
    if end - begin >= 2 and data[begin] == _QUOTE and data[end - 1] == _QUOTE:
        return begin + 1, end - 1
    return begin, end


@inlined
def _has_escape(data: Bytes, begin: int, end: int) -> bool:
    place = find(data, begin, end, _BACKSLASH_SIGN)
    while place + 1 < end:
        if data[place + 1] in (_BACKSLASH, _EQUALS, _BAR):
            return True
        place = find(data, place + 1, end, _BACKSLASH_SIGN)
    return False


@compiled
def _unescape(data: Bytes, to: int, begins: Ints, sizes: Ints) -> int:
    """Write the values marked `~begin` without their escapes from `to` on, and let their spans say so."""
    for row in range(begins.shape[0]):
        for record in range(begins.shape[1]):
            if begins[row, record] >= 0:
                continue
            place = ~begins[row, record]
            end = place + sizes[row, record]
            begins[row, record] = to
            while place < end:
                if data[place] == _BACKSLASH and place + 1 < end and data[place + 1] in (_BACKSLASH, _EQUALS, _BAR):
                    place += 1
                data[to] = data[place]
                to += 1
                place += 1
            sizes[row, record] = to - begins[row, record]
    return to
