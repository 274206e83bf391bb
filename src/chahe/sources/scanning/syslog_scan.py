r"""What stands before the message in lines of syslog: time, host, program. Compiled. No reader of its own.

    headers = scan(lines, context, years)
    headers.data[headers.messages[i] : headers.ends[i]]        the bytes of line i's message, without the line's end

Forms read, each with or without `<PRI>` in front:

    Mar  3 04:05:06 gate1 sshd[811]: message            RFC 3164; also with `.123`, without a host, `su(pam_unix)[7]:`
    Mar 03 2026 04:05:06 fw1 : %ASA-6-302013: message   with a year, as Cisco and some relays write it
    *Mar  3 04:05:06.123 UTC: %ASA-6-302013: message    Cisco's marks of an unset clock (`*`, `.`), and its zone
    :Mar 03 2026 04:05:06 UTC: %ASA-6-302013: message   Cisco's EMBLEM
    2026 Mar  3 04:05:06 gate1 sshd[811]: message       the year first
    1 2026-03-03T04:05:06.123456789+08:00 gate1 su 811 ID47 [a@1 b="c\"d"] message    RFC 5424
    2026-03-03T04:05:06.123456+08:00 gate1 sshd[811]: message                         rsyslog, systemd
    2026-03-03 04:05:06.123456+0800  gate1 sshd[811]: message                         macOS

A line in none of these forms has no header: its message is the whole line behind `<PRI>`. Times without an offset are in
the zone of the context (a zone's name other than UTC and GMT says no offset); fractions are cut at the microsecond.
A line's number says its year where the year is not written: see `chahe.sources.scanning.syslog_years`.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from chahe.sources.model import Context
from chahe.sources.scanning.calendar_scan import number
from chahe.sources.scanning.compiled import compiled, inlined
from chahe.sources.scanning.local_times import utc_us
from chahe.sources.scanning.signs import (
    behind_digits,
    behind_spaces,
    behind_text,
    behind_word,
    byte_at,
    is_blank,
    is_capital,
    is_digit,
)
from chahe.sources.scanning.spans import Spans, texts
from chahe.sources.scanning.syslog_ietf import (
    FIELDS,
    HOST,
    PID,
    PROGRAM,
    TIME,
    behind_byte_order_marks,
    behind_fields,
    is_ietf,
)
from chahe.sources.scanning.syslog_times import IMPOSSIBLE, LOCAL, MOMENT, NEVER, NO_TIME, behind_zone, bsd, iso

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]


class Headers(NamedTuple):
    """By line. Spans are begins and sizes in `data`; of size 0, nothing is there."""

    data: Bytes
    """All bytes of the lines."""
    messages: Ints
    """Where the message begins."""
    ends: Ints
    """Where the line ends, line feed and carriage returns left out."""
    at_us: Longs
    """Microseconds UTC where `times` is MOMENT."""
    times: Bytes
    """NO_TIME, MOMENT, or IMPOSSIBLE: written, and such as cannot be (February 30)."""
    time: Spans
    """The time as written."""
    host: Spans
    program: Spans
    """The tag of RFC 3164, the APP-NAME of RFC 5424."""
    pid: Spans
    details: Spans
    """The STRUCTURED-DATA of RFC 5424 with its brackets."""
    priorities: npt.NDArray[np.int16]
    """0 to 191, or -1."""

    def text(self, spans: Spans, line: int) -> str:
        """What a span of one line says."""
        begin = spans[0][line]
        return self.data[begin : begin + spans[1][line]].tobytes().decode()

    def happened(self) -> pa.Array:
        """The times for Arrow (int64, µs UTC); null where there is none or none that can be."""
        mask = pa.py_buffer(np.packbits(self.times == MOMENT, bitorder="little"))
        return pa.Array.from_buffers(pa.int64(), len(self.at_us), [mask, pa.py_buffer(self.at_us)])


def scan(lines: Any, context: Context, years: Any = None, *, details: bool = True) -> Headers:  # noqa: ANN401 - Arrow's arrays are untyped
    """The headers of lines (an Arrow array of strings or bytes, without nulls, with or without their ends).

    `years` are those of the lines (int32), and may be left out where each line's year is written. Without `details` the
    structured data of RFC 5424 is not looked at, and the message begins with it: for readers that look into it themselves.
    """
    data, offsets = bytes_of(lines)
    count = len(lines)
    given = np.full(count, -1, np.int32) if years is None else np.asarray(years).astype(np.int32, copy=False)
    begins, sizes = np.zeros((FIELDS, count), np.int32), np.zeros((FIELDS, count), np.int32)
    messages, ends = np.empty(count, np.int32), np.empty(count, np.int32)
    at_us, times, priorities = np.zeros(count, np.int64), np.zeros(count, np.uint8), np.full(count, -1, np.int16)
    _scan(data, offsets, given, details, begins, sizes, messages, ends, at_us, times, priorities)
    local = times == LOCAL
    if local.all():
        at_us = utc_us(at_us, context.zone)
    elif local.any():
        at_us[local] = utc_us(at_us[local], context.zone)
    times[local] = MOMENT
    time, host, program, pid, elements = ((begins[field], sizes[field]) for field in range(FIELDS))
    return Headers(data, messages, ends, at_us, times, time, host, program, pid, elements, priorities)


def columns(lines: Any, context: Context, years: Any = None) -> dict[str, Any]:  # noqa: ANN401 - as above
    """The headers as a query's columns: header_at_us (µs UTC; null without a time, or with an impossible one),

    header_time (as written: `header_at_us IS NULL AND header_time IS NOT NULL` is a time that cannot be), header_host,
    header_program, header_pid (null where absent), header_pri (0-191), message.
    """
    headers = scan(lines, context, years)
    messages = texts(headers.data, headers.messages, headers.ends - headers.messages).column()
    named = {name: texts(headers.data, *getattr(headers, name)).column() for name in ("time", "host", "program", "pid")}
    return {
        "header_at_us": headers.happened(),
        **{f"header_{name}": column for name, column in named.items()},
        "header_pri": pa.array(headers.priorities, mask=headers.priorities < 0),
        "message": pc.fill_null(messages.cast(pa.string()), ""),
    }


def ordinals(lines: Any) -> Ints:  # noqa: ANN401 - as above
    """Of each line whose time names no year: month * 31 + day - 31 (1 to 372); 0 for any other."""
    data, offsets = bytes_of(lines)
    return _ordinals(data, offsets)


def bytes_of(lines: Any) -> tuple[Bytes, Ints]:  # noqa: ANN401 - as above
    """The bytes of an Arrow array of strings or bytes, and where in them each begins (and the last ends)."""
    _, edges, letters = lines.buffers()
    if edges is None:
        return np.zeros(0, np.uint8), np.zeros(1, np.int32)
    offsets = np.frombuffer(edges, np.int32)[lines.offset : lines.offset + len(lines) + 1]
    return np.frombuffer(letters or b"", np.uint8), offsets


_SPACE, _COLON, _DASH, _LESS, _GREATER, _OPEN, _CLOSE, _PERCENT, _DOT, _STAR = (ord(sign) for sign in " :-<>[]%.*")
_REPEATED = np.frombuffer(b"last message repeated", np.uint8)


@compiled
def _scan(  # noqa: PLR0913, PLR0917 - arrays within a tuple are slower by far
    data: Bytes,
    offsets: Ints,
    years: Ints,
    details: bool,
    begins: Ints,
    sizes: Ints,
    messages: Ints,
    ends: Ints,
    at_us: Longs,
    times: Bytes,
    priorities: npt.NDArray[np.int16],
) -> None:
    for line in range(len(messages)):
        end = behind_text(data, offsets[line], offsets[line + 1])
        ends[line] = end
        body, priorities[line] = _body(data, offsets[line], end)
        begin, behind, rest, us, state, versioned = _stamp(data, body, end, years[line])
        if begin < 0:
            messages[line] = body
            continue
        begins[TIME, line], sizes[TIME, line] = begin, behind - begin
        at_us[line], times[line] = us, state
        if versioned or is_ietf(data, rest, end):
            messages[line] = behind_fields(data, rest, end, begins, sizes, line, details)
        else:
            messages[line] = _behind_origin(data, rest, end, begins, sizes, line)


@compiled
def _ordinals(data: Bytes, offsets: Ints) -> Ints:
    found = np.zeros(len(offsets) - 1, np.int32)
    for line in range(len(found)):
        begin, end = offsets[line], offsets[line + 1]
        # Most lines that begin with a digit or a sign have a year or no time.
        if end - begin > 13:
            body, _ = _body(data, begin, end)
            start, _ = _behind_marks(data, body, end)
            if is_capital(data, start, end):
                _, _, found[line] = bsd(data, start, end, -1)
    return found


@inlined
def _body(data: Bytes, begin: int, end: int) -> tuple[int, int]:
    """The place behind `<PRI>` (RFC 3164, 4.1.1), and the priority or -1."""
    place = behind_byte_order_marks(data, begin, end)
    if byte_at(data, place, end) != _LESS:
        return place, -1
    behind = behind_digits(data, place + 1, min(end, place + 4))
    if behind == place + 1 or byte_at(data, behind, end) != _GREATER:
        return place, -1
    priority = number(data, place + 1, behind - place - 1)
    return behind + 1, priority if priority <= 191 else -1


@inlined
def _behind_marks(data: Bytes, place: int, end: int) -> tuple[int, bool]:
    """Where the time begins, and whether RFC 5424's version stands before it."""
    if byte_at(data, place, end) == _COLON:
        place += 1
    if byte_at(data, place, end) in (_STAR, _DOT):
        place += 1
    behind = behind_digits(data, place, min(end, place + 2))
    if behind > place and byte_at(data, behind, end) == _SPACE:
        return behind + 1, True
    return place, False


@inlined
def _stamp(data: Bytes, body: int, end: int, year: int) -> tuple[int, int, int, int, int, bool]:
    """Where the time begins (-1 for no header) and ends, where what follows begins, microseconds, state, RFC 5424?"""
    begin, versioned = _behind_marks(data, body, end)
    us, state = 0, NO_TIME
    if byte_at(data, begin, end) == _DASH:
        # A NIL time is only one behind a version; a dash is otherwise text.
        behind = begin + 1 if versioned else -1
        rest = behind
        begin = behind
    elif is_digit(data, begin, end) and byte_at(data, begin + 4, end) == _DASH:
        behind, us, state = iso(data, begin, end)
        rest = behind
    else:
        behind, us, _ = bsd(data, begin, end, year)
        rest, state = behind_zone(data, behind, end)
        state = IMPOSSIBLE if us == NEVER else state
    if rest < 0 or (rest < end and data[rest] != _SPACE and data[rest] != _COLON):
        return -1, -1, -1, 0, NO_TIME, False
    return begin, behind, rest, us, state, versioned


@inlined
def _behind_origin(data: Bytes, place: int, end: int, begins: Ints, sizes: Ints, line: int) -> int:
    """Keeps host, program and number of RFC 3164; where the message begins."""
    place = behind_spaces(data, place, end)
    if byte_at(data, place, end) != _COLON:
        behind = behind_word(data, place, end)
        if _is_host(data, place, behind, end):
            begins[HOST, line], sizes[HOST, line] = place, behind - place
            place = behind_spaces(data, behind, end)
    if byte_at(data, place, end) == _COLON:
        return behind_spaces(data, place + 1, end)
    message = _behind_tag(data, place, end, begins, sizes, line)
    if sizes[HOST, line] == 0 and sizes[PROGRAM, line] > 0 and _says_repeated(data, message, end):
        # The one tag that is none: syslogd's own summary behind a host and a colon.
        begins[HOST, line], sizes[HOST, line] = begins[PROGRAM, line], sizes[PROGRAM, line]
        sizes[PROGRAM, line] = 0
    return message


@inlined
def _is_host(data: Bytes, begin: int, behind: int, end: int) -> bool:
    """A host never ends in a colon: that is a tag, and the host was left out."""
    if behind == begin or (behind < end and data[behind] != _SPACE):
        return False
    first, last = data[begin], data[behind - 1]
    if first in (_PERCENT, _OPEN, ord("(")):
        return False
    return behind == begin + 1 or last not in (_COLON, _CLOSE)


@inlined
def _behind_tag(data: Bytes, place: int, end: int, begins: Ints, sizes: Ints, line: int) -> int:
    """Keeps `program[pid]:` where that stands; where the message begins."""
    behind = place
    while behind < end:
        sign = data[np.uintp(behind)]
        if is_blank(sign) or sign in (_COLON, _OPEN, _CLOSE, _PERCENT):
            break
        behind += 1
    colon, pid = behind, behind + 1
    if byte_at(data, behind, end) == _OPEN:
        close = pid
        while close < end and close <= pid + 32 and data[close] != _CLOSE and not is_blank(data[close]):
            close += 1
        if byte_at(data, close, end) != _CLOSE or close > pid + 32:
            return place
        colon = close + 1
    if behind == place or byte_at(data, colon, end) != _COLON or (colon + 1 < end and data[colon + 1] != _SPACE):
        return place
    begins[PROGRAM, line], sizes[PROGRAM, line] = place, behind - place
    if colon > behind:
        begins[PID, line], sizes[PID, line] = pid, colon - 1 - pid
    return behind_spaces(data, colon + 1, end)


@inlined
def _says_repeated(data: Bytes, place: int, end: int) -> bool:
    if end - place < len(_REPEATED):
        return False
    for index in range(len(_REPEATED)):  # noqa: SIM110 - Numba compiles no generator expressions
        if data[place + index] != _REPEATED[index]:
            return False
    return True
