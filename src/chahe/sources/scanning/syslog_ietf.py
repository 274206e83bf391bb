r"""The fields of RFC 5424 behind its time, whole in each line: host, program, number, id, structured data. Compiled.

     gate1 su 811 ID47 [a@1 b="c\"d"][e f="g"] message
     gate1 su - - - message

No reader of its own; `syslog_scan` reads headers. `end` is where the line ends.
"""

import numpy as np
import numpy.typing as npt

from chahe.sources.scanning.compiled import inlined
from chahe.sources.scanning.signs import behind_digits, behind_spaces, behind_word, byte_at, is_blank

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]

FIELDS = 5
TIME, HOST, PROGRAM, PID, DETAILS = range(FIELDS)
"""Rows of begins and sizes."""

_SPACE, _COLON, _DASH, _OPEN, _CLOSE, _EQUALS, _QUOTE, _BACKSLASH = (ord(sign) for sign in ' :-[]="\\')
_MARK = np.frombuffer("\ufeff".encode(), np.uint8)


@inlined
def is_ietf(data: Bytes, place: int, end: int) -> bool:
    """Do host, program, a number or `-`, an id, and `-` or `[` follow: RFC 5424 without its version?"""
    host = behind_spaces(data, place, end)
    behind = behind_word(data, host, end)
    program = behind_spaces(data, behind, end)
    if host in (place, behind) or program == behind:
        return False
    behind = program
    while behind < end and not is_blank(data[behind]) and data[behind] != _COLON and data[behind] != _OPEN:
        behind += 1
    if behind == program or byte_at(data, behind, end) != _SPACE:
        return False
    pid = behind + 1
    behind = pid + 1 if byte_at(data, pid, end) == _DASH else behind_digits(data, pid, end)
    if behind == pid or byte_at(data, behind, end) != _SPACE:
        return False
    named = behind + 1
    behind = behind_word(data, named, end)
    return behind > named and byte_at(data, behind, end) == _SPACE and byte_at(data, behind + 1, end) in (_DASH, _OPEN)


@inlined
def behind_fields(  # noqa: PLR0913, PLR0917 - as above
    data: Bytes, place: int, end: int, begins: Ints, sizes: Ints, line: int, details: bool
) -> int:
    """Keeps host, program, number and structured data of RFC 5424 (`-` is none); where the message begins."""
    behind = place
    for field in (HOST, PROGRAM, PID, DETAILS):
        begin = behind_spaces(data, behind, end)
        word = behind_word(data, begin, end)
        if begin in (behind, word):
            sizes[HOST:, line] = 0
            return place
        behind = word
        # What stands where the details are kept is the message's id, which nobody asks for.
        if field != DETAILS and (word > begin + 1 or data[begin] != _DASH):
            begins[field, line], sizes[field, line] = begin, word - begin
    begin = behind_spaces(data, behind, end)
    if begin > behind:
        last = begin
        if byte_at(data, begin, end) == _DASH:
            last = begin + 1
        elif details:
            last = _behind_elements(data, begin, end)
        if last > begin and (last >= end or data[last] == _SPACE):
            if data[begin] == _OPEN:
                begins[DETAILS, line], sizes[DETAILS, line] = begin, last - begin
            behind = min(end, last + 1)
    return behind_byte_order_marks(data, behind, end)


@inlined
def _behind_elements(data: Bytes, place: int, end: int) -> int:
    """Behind `[id name="value" …][…]` (RFC 5424, 6.3); -1 where it is not whole."""
    if byte_at(data, place, end) != _OPEN:
        return -1
    while byte_at(data, place, end) == _OPEN:
        behind = _behind_name(data, place + 1, end)
        if behind == place + 1:
            return -1
        while True:
            begin = behind_spaces(data, behind, end)
            if byte_at(data, begin, end) == _CLOSE:
                place = begin + 1
                break
            equals = _behind_name(data, begin, end)
            if begin in (behind, equals) or byte_at(data, equals, end) != _EQUALS:
                return -1
            behind = _behind_quoted(data, equals + 1, end)
            if behind < 0:
                return -1
    return place


@inlined
def _behind_name(data: Bytes, place: int, end: int) -> int:
    while place < end:
        sign = data[np.uintp(place)]
        if is_blank(sign) or sign in (_EQUALS, _CLOSE, _QUOTE):
            break
        place += 1
    return place


@inlined
def _behind_quoted(data: Bytes, place: int, end: int) -> int:
    """Behind the closing quote; -1 for none. A backslash takes the next sign along."""
    if byte_at(data, place, end) != _QUOTE:
        return -1
    place += 1
    while place < end:
        sign = data[np.uintp(place)]
        if sign == _QUOTE:
            return place + 1
        place += 2 if sign == _BACKSLASH else 1
    return -1


@inlined
def behind_byte_order_marks(data: Bytes, place: int, end: int) -> int:
    while end - place >= 3 and data[place] == _MARK[0] and data[place + 1] == _MARK[1] and data[place + 2] == _MARK[2]:
        place += 3
    return place
