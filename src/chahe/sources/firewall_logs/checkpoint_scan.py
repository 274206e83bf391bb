r"""Check Point's records, by the form each line has: where its fields stand. Compiled. No reader of its own.

… CheckPoint 13752 - [action:"Accept"; origin:"10.1.1.1"; src:"10.1.2.3"; ]                       BRACKETS
time=22Nov2026 09:00:00|action=accept|orig=fw1|i/f_dir=inbound|src=10.1.2.3|                      BARS
22Nov2026 09:00:00 accept 10.1.1.1 >eth0 rule: 7; src: 10.1.2.3; proto: tcp;                      TOLD (fw log -l)
22Nov2026 09:00:00   5 N/A 1 accept fw1 >eth0 LogId: 0; rule: 7; src: 10.1.2.3;                   TOLD, of R80
HeaderDateHour: 22Nov2026 09:00:00; Action: accept; Origin: fw1; src: 10.1.2.3;                   TOLD, of R80, all by keys
"22" "22Nov2026" "09:00:00" "eth0" "fw1" "Log" "Accept" "443" "50100" "10.1.2.3" "192.0.2.7" …    LISTED
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from chahe.sources.scanning.byte_blocks import find
from chahe.sources.scanning.calendar_scan import month
from chahe.sources.scanning.compiled import compiled, inlined
from chahe.sources.scanning.signs import behind_digits, behind_spaces, behind_word

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]

NONE, BRACKETS, BARS, TOLD, LISTED, EXPORTED, OBJECT, DATELESS, HEADING = range(9)
"""Forms of a line. DATELESS: `fw log` without `-l`; HEADING: what stands over lists."""

_SPACE, _QUOTE, _COLON, _SEMICOLON, _EQUALS, _OPEN, _BAR, _LESS, _GREATER = (ord(sign) for sign in ' ":;=[|<>')
_ZERO, _NINE, _UNDERLINE, _SLASH, _A, _Z = (ord(sign) for sign in "09_/AZ")
_OPEN_SIGN, _BAR_SIGN, _EQUALS_SIGN = (np.uint8(ord(sign)) for sign in "[|=")
_HEADER_KEY = np.frombuffer(b"HeaderDateHour:", np.uint8)
_DATE = np.frombuffer(b"Date:", np.uint8)
_MAKERLESS = np.frombuffer(b"CEF:0||Check Point|", np.uint8)
_EXPORT, _DAY = np.frombuffer(b"num", np.uint8), np.frombuffer(b"date", np.uint8)
_NUMBER = np.frombuffer(b'"Number" ', np.uint8)
_BRACE = ord("{")
_FURTHEST = 400
"""Bytes of a message within which the brackets open."""


class Forms(NamedTuple):
    """By line."""

    forms: Bytes
    begins: Ints
    """Where the pairs or the list begin."""
    time: tuple[Ints, Ints]
    action: tuple[Ints, Ints]
    origin: tuple[Ints, Ints]
    """What stands before the pairs of TOLD lines: begins and sizes."""


def forms_of(data: Bytes, starts: Ints, ends: Ints) -> Forms:
    """The forms of messages `data[starts[i]:ends[i]]`."""
    count = len(starts)
    spans = [(np.zeros(count, np.int32), np.zeros(count, np.int32)) for _ in range(3)]
    found = Forms(np.zeros(count, np.uint8), np.zeros(count, np.int32), *spans)
    _forms(data, (starts, ends), found)
    return found


@compiled
def makerless(data: Bytes, starts: Ints, ends: Ints) -> npt.NDArray[np.bool_]:
    """Which messages begin with `CEF:0||Check Point|`."""
    found = np.zeros(len(starts), np.bool_)
    for line in range(len(starts)):
        found[line] = _stands(data, starts[line], ends[line], _MAKERLESS)
    return found


@compiled
def _forms(data: Bytes, edges: tuple[Ints, Ints], found: Forms) -> None:
    starts, ends = edges
    forms, begins, _, _, _ = found
    for line in range(len(forms)):
        end = ends[line]
        begin = behind_spaces(data, starts[line], end)
        if begin == end:
            continue
        form, place = _form(data, begin, end)
        forms[line], begins[line] = form, place
        if form == TOLD and place == begin and _ZERO <= data[begin] <= _NINE:
            begins[line] = _behind_head(data, begin, end, line, found)


@inlined
def _form(data: Bytes, begin: int, end: int) -> tuple[int, int]:
    """A message's form, and where its pairs or its list begin."""
    if data[begin] == _BRACE:
        return OBJECT, begin
    if data[begin] == _QUOTE:
        return _listed(data, begin, end), begin
    if _ZERO <= data[begin] <= _NINE:
        form = _numbered(data, begin, end)
        if form != NONE:
            return form, begin
    if _stands(data, begin, end, _HEADER_KEY):
        return TOLD, begin
    if _stands(data, begin, end, _DATE) or _heads_a_list(data, begin, end):
        return HEADING, begin
    bar = find(data, begin, end, _BAR_SIGN)
    equals = find(data, begin, bar, _EQUALS_SIGN)
    if equals < bar < end and _is_key(data, begin, equals):
        return BARS, begin
    place = begin if _opens(data, begin, bar) else _brackets(data, begin, bar)
    return (BRACKETS, place) if place >= 0 else (NONE, begin)


@inlined
def _numbered(data: Bytes, begin: int, end: int) -> int:
    """The form of a message that begins with a digit: a day, a time of day, or a number and then a day."""
    if _behind_day(data, begin, end) > begin:
        return TOLD
    if _behind_clock(data, begin, end) > begin:
        return DATELESS
    behind = behind_digits(data, begin, end)
    if behind + 1 < end and data[behind] != _SPACE and _behind_day(data, behind + 1, end) > behind + 1:
        return EXPORTED
    return NONE


@inlined
def _heads_a_list(data: Bytes, begin: int, end: int) -> bool:
    """`num;date;`, whatever sign parts them."""
    if end - begin < 9 or not _stands(data, begin, end, _EXPORT) or not _stands(data, begin + 4, end, _DAY):
        return False
    return bool(data[begin + 3] == data[begin + 8])


@inlined
def _brackets(data: Bytes, begin: int, end: int) -> int:
    """Where `[key:"` stands; -1 for nowhere."""
    furthest = min(end, begin + _FURTHEST)
    place = find(data, begin, furthest, _OPEN_SIGN)
    while place < furthest:
        if _opens(data, place + 1, end):
            return place
        place = find(data, place + 1, furthest, _OPEN_SIGN)
    return -1


@inlined
def _opens(data: Bytes, begin: int, end: int) -> bool:
    """Does `key:"` stand here?"""
    colon = begin
    while colon < end and _of_a_key(data[colon]):
        colon += 1
    behind = colon
    while behind < end and data[behind] == _COLON:
        behind += 1
    return begin < colon < behind < end and data[behind] == _QUOTE


@inlined
def _listed(data: Bytes, begin: int, end: int) -> int:
    """`"22" "22Nov2026" `, or the heading over such lines."""
    if _stands(data, begin, end, _NUMBER):
        return HEADING
    behind = behind_digits(data, begin + 1, end)
    if end - behind < 14 or data[behind] != _QUOTE or data[behind + 1] != _SPACE or data[behind + 2] != _QUOTE:
        return NONE
    return LISTED if _behind_day(data, behind + 3, end) > behind + 3 else NONE


@inlined
def _behind_day(data: Bytes, begin: int, end: int) -> int:
    """Behind `22Nov2026`; `begin` where none stands."""
    behind = behind_digits(data, begin, min(end, begin + 2))
    if behind == begin or end - behind < 8 or month(data, behind) == 0:
        return begin
    return behind + 7 if behind_digits(data, behind + 3, behind + 7) == behind + 7 else begin


@inlined
def _behind_clock(data: Bytes, begin: int, end: int) -> int:
    """Behind `9:00:00`; `begin` where none stands."""
    behind = behind_digits(data, begin, min(end, begin + 2))
    if behind == begin or end - behind < 7 or data[behind] != _COLON or data[behind + 3] != _COLON:
        return begin
    return behind + 6 if data[behind + 6] == _SPACE else begin


@inlined
def _behind_head(data: Bytes, begin: int, end: int, line: int, found: Forms) -> int:
    """Notes time, action and origin of a TOLD line; where its pairs begin."""
    _, _, time, action, origin = found
    place = behind_spaces(data, _behind_day(data, begin, end), end)
    clock = _behind_clock(data, place, end)
    if clock == place:
        return begin
    time[0][line], time[1][line] = begin, clock - begin
    before, before_size, last, last_size = clock, 0, clock, 0
    place = behind_spaces(data, clock, end)
    for _ in range(8):
        behind = behind_word(data, place, end)
        if behind == place:
            return clock
        if data[place] in (_LESS, _GREATER):
            action[0][line], action[1][line] = before, before_size
            origin[0][line], origin[1][line] = last, last_size
            if behind == place + 1:  # the interface stands apart
                behind = behind_word(data, behind_spaces(data, behind, end), end)
            return behind
        if data[behind - 1] == _COLON:
            # No interface: what stands before the pairs is action and origin.
            action[0][line], action[1][line] = before, before_size
            origin[0][line], origin[1][line] = last, last_size
            return place
        before, before_size, last, last_size = last, last_size, place, behind - place
        place = behind_spaces(data, behind, end)
    return clock


@inlined
def _is_key(data: Bytes, begin: int, end: int) -> bool:
    for place in range(begin, end):
        if not _of_a_key(data[place]):
            return False
    return end > begin


@inlined
def _of_a_key(sign: int) -> bool:
    return _A <= sign & ~32 <= _Z or _ZERO <= sign <= _NINE or sign in (_UNDERLINE, _SLASH, _SPACE)


@inlined
def _stands(data: Bytes, place: int, end: int, word: Bytes) -> bool:
    if end - place < len(word):
        return False
    for index in range(len(word)):  # noqa: SIM110 - Numba compiles no generator expressions
        if data[place + index] != word[index]:
            return False
    return True
