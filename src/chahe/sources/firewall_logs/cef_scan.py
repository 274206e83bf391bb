r"""The grammars of CEF and LEEF compiled: where in many records the header's parts and the values of wanted keys stand.

    CEF:0|Maker|Product|1.2|100|a \| in the name|5|src=10.1.2.3 msg=text with blanks and x\=1 act=deny
    LEEF:1.0|Maker|Product|1.2|100|src=10.1.2.3<tab>msg=text with blanks<tab>act=deny
    LEEF:2.0|Maker|Product|1.2|100|^|src=10.1.2.3^msg=text with blanks^act=deny

No reader of its own. What stands before the word (syslog's header) is not looked at; relays drop `CEF:` with the syslog tag,
so the first bar of a record may also follow a bare version `0`.

CEF (ArcSight, Common Event Format, revision 26): six parts of a header, in which `\|` and `\\` stand for a bar and a
backslash; then keys and values. A key is a word before a `=` that no backslash escapes, at the beginning or behind a blank; a
value runs to the next key, and `\=`, `\\` and `\|` stand for the sign itself. Other backslashes are kept, as are `\n` and `\r`.

LEEF (IBM, Log Event Extended Format, 1.0 and 2.0): four parts, the same escapes; then fields between delimiters: a tab, or the
sign that 2.0 declares in one character (`^`) or in hexadecimal (`x5E`, `0x5E`), which may also be left out. A key is what
stands before a field's first `=`; a value is taken as written. Where no tab is left because a relay wrote `#011` for each
(rsyslog), that is the delimiter; where blanks took their place, keys are told as in CEF.

In both: a value in double quotes is given without them; one that is empty, `N/A` or `(null)` says nothing, and then the next
key of its field counts; of a repeated key the first counts.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from chahe.sources.firewall_logs.byte_classes import highest, within
from chahe.sources.scanning.byte_blocks import BLOCK, ONE, below, find, lowest, where
from chahe.sources.scanning.compiled import compiled
from chahe.sources.scanning.wanted_keys import Keys, same, says_nothing, slot

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]

NEITHER, CEF, LEEF = range(3)
"""Forms of a record."""
VENDOR, PRODUCT, VERSION, EVENT, NAME, SEVERITY = range(6)
"""Parts of a header; LEEF has the first four."""

LONGEST_ENVELOPE = 512
"""Bytes within which a header begins: room for syslog's, no search through a long line."""
MOST_KEYS = 1 << 14
"""Of a record; one with more is NEITHER."""

_EQUALS, _BAR, _BACKSLASH, _TAB = (np.uint8(ord(sign)) for sign in "=|\\\t")
_SPACE, _QUOTE, _FEED, _RETURN, _HASH, _DOT, _COLON, _GREATER = (ord(sign) for sign in ' "\n\r#.:>')
_ZERO, _ONE_DIGIT, _NINE = (ord(sign) for sign in "019")
_TAB_WRITTEN = np.frombuffer(b"#011", np.uint8)
_CEF_WORD, _LEEF_WORD = np.frombuffer(b"CEF:", np.uint8), np.frombuffer(b"LEEF:", np.uint8)
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
    room, longest = 0, 0
    for record in range(len(starts)):
        longest = max(longest, ends[record] - starts[record])
    marks = np.empty((min(longest // 2 + 1, MOST_KEYS), 3), np.int32)
    taken = np.full(len(keys.fields), -1, np.int32)
    best = np.zeros(len(found.begins), np.int32)
    for record in range(len(starts)):
        begin, end = starts[record], ends[record]
        while end > begin and (data[end - 1] == _FEED or data[end - 1] == _RETURN):
            end -= 1
        bar, form = _version_end(data, begin, end)
        if form == NEITHER:
            continue
        place, escaped = _parts(data, (bar + 1, end), 6 if form == CEF else 4, record, found)
        if place < 0:
            found.header_begins[:, record] = 0
            found.header_sizes[:, record] = 0
            continue
        room += escaped
        head = _head(data, begin, bar, form)
        if form == CEF:
            count = _words(data, place, end, marks)
        else:
            count = _fields(data, (place, end), data[head + len(_LEEF_WORD)] != _ONE_DIGIT, marks)
        if count < 0:
            room -= escaped
            found.header_begins[:, record] = 0
            found.header_sizes[:, record] = 0
            continue
        found.heads[record], found.forms[record] = head, form
        room += _note(data, marks[:count], (record, taken, best), keys, found)
    return room


@compiled
def _version_end(data: Bytes, begin: int, end: int) -> tuple[int, int]:
    """The first bar behind `CEF:` or `LEEF:` and a version, unless the record's very first stands behind a bare one; the form."""
    end = min(end, begin + LONGEST_ENVELOPE)
    bar = first = find(data, begin, end, _BAR)
    while bar < end:
        version = _version(data, begin, bar)
        if version < bar:
            if _ends_with(data, begin, version, _LEEF_WORD):
                return bar, LEEF
            if _ends_with(data, begin, version, _CEF_WORD) or (bar == first and _is_bare(data, begin, version, bar)):
                return bar, CEF
        bar = find(data, bar + 1, end, _BAR)
    return end, NEITHER


@compiled
def _is_bare(data: Bytes, begin: int, version: int, bar: int) -> bool:
    """Is the version a word of its own, `0` or `1`?"""
    if bar - version != 1 or data[version] > _ONE_DIGIT:
        return False
    return version == begin or data[version - 1] in (_SPACE, _COLON, _GREATER)


@compiled
def _version(data: Bytes, begin: int, bar: int) -> int:
    """Where the digits and dots before the bar begin."""
    place = bar
    while place > begin and (_ZERO <= data[place - 1] <= _NINE or data[place - 1] == _DOT):
        place -= 1
    return place


@compiled
def _head(data: Bytes, begin: int, bar: int, form: int) -> int:
    version = _version(data, begin, bar)
    if form == LEEF:
        return version - len(_LEEF_WORD)
    return version - len(_CEF_WORD) if _ends_with(data, begin, version, _CEF_WORD) else version


@compiled
def _ends_with(data: Bytes, begin: int, end: int, word: Bytes) -> bool:
    return end - begin >= len(word) and same(data, end - len(word), end, word, 0, len(word))


@compiled
def _parts(data: Bytes, stretch: tuple[int, int], count: int, record: int, found: Extensions) -> tuple[int, int]:
    """Note the header's parts; the place behind the last one's bar (-1: a bar is missing), and the sizes of those with escapes."""
    place, end = stretch
    room = 0
    for part in range(count):
        stop = place
        escaped = False
        while stop < end and data[stop] != _BAR:
            if data[stop] == _BACKSLASH:
                escaped = True
                stop += 1
            stop += 1
        if stop >= end:
            return -1, 0
        found.header_begins[part, record] = ~place if escaped else place
        found.header_sizes[part, record] = stop - place
        room += stop - place if escaped else 0
        place = stop + 1
    return place, room


@compiled
def _words(data: Bytes, begin: int, end: int, marks: Ints) -> int:
    """Mark CEF's keys: where each begins, its `=`, and where its value ends. Returns how many; -1 for too many."""
    count, before = 0, begin - 1
    for block in range(begin, end, BLOCK):
        inside = below(end - block)
        others = inside & ~_of_keys(data, block)
        bits = where(data, block, _EQUALS) & inside
        while bits:
            at = lowest(bits)
            bits &= bits - ONE
            parting = others & below(at)
            key = block + highest(parting) + 1 if parting else before + 1
            equals = block + at
            if key < equals and (key == begin or data[key - 1] == _SPACE):
                if count == len(marks):
                    return -1
                if count:
                    marks[count - 1, 2] = key - 1
                marks[count, 0], marks[count, 1], marks[count, 2] = key, equals, end
                count += 1
        before = block + highest(others) if others else before
    return count


@compiled
def _of_keys(data: Bytes, place: int) -> np.uint64:
    """The bits of letters, digits and `-._[]`: in ASCII six stretches."""
    small, large = within(data, place, _SMALL_A, _SMALL_Z), within(data, place, _LARGE_A, _OPEN)
    figures, dashes = within(data, place, _NOUGHT, _NINTH), within(data, place, _DASH, _STOP)
    return small | large | figures | dashes | where(data, place, _CLOSE) | where(data, place, _LINE)


@compiled
def _fields(data: Bytes, stretch: tuple[int, int], declares: bool, marks: Ints) -> int:
    """Mark LEEF's keys, as `_words` does CEF's; `declares`: may the delimiter stand first (2.0)?"""
    begin, end = stretch
    place, delimiter = _declared(data, begin, end) if declares else (begin, 0)
    if delimiter == _SPACE:
        delimiter = 0  # a relay made a blank of the tab that was declared, and of those between the fields
    if delimiter == 0 and find(data, place, end, _TAB) < end:
        delimiter = int(_TAB)
    if delimiter == 0:
        delimiter = _HASH if _behind_delimiter(data, place, end, _HASH)[1] <= end else 0
    if delimiter == 0:
        return _words(data, place, end, marks)
    count = 0
    while place < end:
        stop, behind = _behind_delimiter(data, place, end, delimiter)
        while place < stop and data[place] == _SPACE:
            place += 1
        equals = find(data, place, stop, _EQUALS)
        if place < equals < stop:
            if count == len(marks):
                return -1
            marks[count, 0], marks[count, 1], marks[count, 2] = place, equals, stop
            count += 1
        place = behind
    return count


@compiled
def _behind_delimiter(data: Bytes, place: int, end: int, delimiter: int) -> tuple[int, int]:
    """Where the next delimiter begins and ends; `end` and what is past it where there is none. Of `#` only `#011` is one."""
    stop = find(data, place, end, np.uint8(delimiter))
    if delimiter != _HASH:
        return stop, stop + 1
    while stop < end and not same(data, stop, min(stop + 4, end), _TAB_WRITTEN, 0, 4):
        stop = find(data, stop + 1, end, np.uint8(delimiter))
    return stop, stop + 4 if stop < end else end + 1


@compiled
def _declared(data: Bytes, begin: int, end: int) -> tuple[int, int]:
    """Where LEEF 2.0's fields begin, and the delimiter declared before them; 0 for none."""
    if begin + 1 < end and data[begin] == _BAR and data[begin + 1] == _BAR:
        return begin + 2, int(_BAR)
    bar = find(data, begin, min(begin + 5, end), _BAR)
    if bar >= min(begin + 5, end):
        return begin, 0
    if bar - begin == 1:
        return bar + 1, int(data[begin])
    if bar - begin >= 3 and data[bar - 3] | 32 == ord("x"):
        high, low = _hexadecimal(data[bar - 2]), _hexadecimal(data[bar - 1])
        return bar + 1, 16 * high + low if high >= 0 and low >= 0 else 0
    return bar + 1, 0


@compiled
def _hexadecimal(sign: int) -> int:
    if _ZERO <= sign <= _NINE:
        return sign - _ZERO
    letter = (sign | 32) - ord("a")
    return letter + 10 if 0 <= letter <= 5 else -1


@compiled
def _note(data: Bytes, marks: Ints, of: tuple[int, Ints, Ints], keys: Keys, found: Extensions) -> int:
    """Note the values of wanted keys among those marked; the sum of the sizes of those with escapes."""
    record, taken, best = of
    letters, starts, chains, following, fields, ranks = keys
    begins, sizes = found.begins, found.sizes
    in_cef = found.forms[record] == CEF
    room = 0
    for index in range(len(marks)):
        begin, equals, end = marks[index, 0], marks[index, 1], marks[index, 2]
        key = chains[slot(data, begin, equals)]
        while key >= 0 and not same(data, begin, equals, letters, starts[key], starts[key + 1]):
            key = following[key]
        if key < 0 or taken[key] == record:
            continue
        taken[key] = record
        begin, end = _bare(data, equals + 1, end)
        field = fields[key]
        held = sizes[field, record]
        if begin < end and (held == 0 or ranks[key] < best[field]) and not says_nothing(data, begin, end - begin):
            room -= held if begins[field, record] < 0 else 0
            escaped = in_cef and _has_escape(data, begin, end)
            begins[field, record] = ~begin if escaped else begin
            sizes[field, record] = end - begin
            best[field] = ranks[key]
            room += end - begin if escaped else 0
    return room


@compiled
def _bare(data: Bytes, begin: int, end: int) -> tuple[int, int]:
    """A value without the blanks around it, and without its quotes if it has some."""
    while begin < end and data[begin] == _SPACE:
        begin += 1
    while begin < end and data[end - 1] == _SPACE:
        end -= 1
    if end - begin >= 2 and data[begin] == _QUOTE and data[end - 1] == _QUOTE:
        return begin + 1, end - 1
    return begin, end


@compiled
def _has_escape(data: Bytes, begin: int, end: int) -> bool:
    place = find(data, begin, end, _BACKSLASH)
    while place + 1 < end:
        if data[place + 1] in (_BACKSLASH, _EQUALS, _BAR):
            return True
        place = find(data, place + 1, end, _BACKSLASH)
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
