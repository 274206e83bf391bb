r"""The envelopes of syslog, and the years of lines that name none. No reader of its own; others stand on it.

Forms read, each with or without `<PRI>` in front:

    Mar  3 04:05:06 gate1 sshd[811]: message            RFC 3164; also with `.123`, without a host, `su(pam_unix)[7]:`
    Mar 03 2026 04:05:06 fw1 : %ASA-6-302013: message   with a year, as Cisco and some relays write it
    2026 Mar  3 04:05:06 gate1 sshd[811]: message       the year first
    1 2026-03-03T04:05:06.123456789+08:00 gate1 su 811 ID47 [a@1 b="c\"d"] message    RFC 5424
    2026-03-03T04:05:06.123456+08:00 gate1 sshd[811]: message                         rsyslog, systemd
    2026-03-03 04:05:06.123456+0800  gate1 sshd[811]: message                         macOS

A line in none of these forms has no header: its message is the whole line.

Columns of `HEADER`: place, text; header_at_us (BIGINT, µs UTC, null without a time or with an impossible one);
header_time (the time as written, null where there is none: `header_at_us IS NULL AND header_time IS NOT NULL` is
a time that cannot be); header_host, header_program, header_pid (VARCHAR, null where absent); header_pri
(INTEGER 0-191); message. Times without an offset are in `$zone`; fractions are cut at the microsecond.
"""

from calendar import isleap
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from chahe.sources.model import Context

_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
# RE2 matches in one pass, four times as fast, only where each byte allows one way on and there are at most four groups.
# Hence a loose shape of the time here (what is no month has no time), and many lines that never see the rest below.
_USUAL = (
    r"^([A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-](?:0\d|1[0-4]):?[0-5]\d))"
    r" ([^\s:%\[]+) ([^\s:\[\]%]+)(?:\[(\d+)\])?: "
)
_BSD_TIME = r"(?:\d{4} )?[A-Z][a-z]{2} {1,2}\d{1,2} (?:\d{4} )?\d\d:\d\d:\d\d(?:[.,]\d{1,9})?"
_ISO_TIME = r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:[Zz]|[+-](?:0\d|1[0-4]):?[0-5]\d)?"
_STAMP = rf"^([*.]?(?:(\d{{1,2}}) )?({_BSD_TIME}|{_ISO_TIME}|-))(?:[: ]|$)"
# What follows the time: a lone colon (Cisco), or a host, then a colon or a tag. A host never ends in a colon: that
# is a tag, and the host was left out.
_ORIGIN = (
    r"^( *: *| *(?:([^\s%\[(:](?:\S*[^\s:\]])?)(?: +|$))?(?:: *|([^\s:\[\]%]+)(?:\[([^\]\s]{0,32})\])?:(?: +|$))?)"
)
_ELEMENT = r"\[[^\s=\]\"]+(?: +[^\s=\]\"]+=\"(?:[^\"\\]|\\.)*\")* *\]"
_IETF = rf"^( +(\S+) +(\S+) +(\S+) +(\S+)(?: +(?:-|(?:{_ELEMENT})+)(?: |$))?)"
_BARE_IETF = r"^ +\S+ +[^\s:\[]+ (?:-|\d+) \S+ (?:-|\[)"
_PARTS = r"^(?:(\d{4}) )?(\w+) +(\d+) (?:(\d{4}) )?(.*)$"

HEADER = rf"""
WITH unmarked AS NOT MATERIALIZED (
    SELECT place, text, year, CASE WHEN place = 1 THEN ltrim(text, chr(65279)) ELSE text END AS whole
    FROM raw_lines
), framed AS NOT MATERIALIZED (
    SELECT *, CASE WHEN starts_with(whole, '<') THEN regexp_extract(whole, '^<(\d{{1,3}})>', 1) ELSE '' END AS pri
    FROM unmarked
), bodied AS NOT MATERIALIZED (
    SELECT *, CASE WHEN pri = '' THEN whole ELSE substr(whole, length(pri) + 3) END AS body
    FROM framed
), looked AS NOT MATERIALIZED (
    SELECT *, regexp_extract(body, '{_USUAL}', ['time', 'host', 'program', 'pid']) AS usual
    FROM bodied
), parted AS NOT MATERIALIZED (
    SELECT *, usual.time = '' AS odd FROM looked
), stamped AS NOT MATERIALIZED (
    SELECT *, CASE WHEN odd THEN regexp_extract(body, '{_STAMP}', ['head', 'version', 'time']) END AS stamp
    FROM parted
), marked AS NOT MATERIALIZED (
    -- A NIL time is only one behind a version; a dash is otherwise text.
    SELECT *, coalesce(stamp.head <> '' AND (stamp.time <> '-' OR stamp.version <> ''), false) AS has_stamp
    FROM stamped
), cut AS NOT MATERIALIZED (
    SELECT *, CASE WHEN has_stamp THEN substr(body, length(stamp.head) + 1) END AS rest,
        CASE WHEN NOT odd THEN usual.time WHEN has_stamp THEN nullif(stamp.time, '-') END AS written
    FROM marked
), judged AS NOT MATERIALIZED (
    SELECT *, has_stamp AND (stamp.version <> '' OR regexp_matches(rest, '{_BARE_IETF}')) AS is_ietf,
        coalesce(substr(written, 5, 1) = '-', false) AS is_iso
    FROM cut
), sourced AS NOT MATERIALIZED (
    SELECT *,
        CASE WHEN is_ietf THEN regexp_extract(rest, '{_IETF}', ['head', 'host', 'program', 'pid', 'id'])
             WHEN has_stamp THEN regexp_extract(rest, '{_ORIGIN}', ['head', 'host', 'program', 'pid'])
             END AS origin,
        is_iso AND (NOT odd OR regexp_matches(written, '(?:[Zz]|[+-]\d\d:?\d\d)$')) AS has_zone,
        CASE WHEN odd AND NOT is_iso
             THEN regexp_extract(written, '{_PARTS}', ['year', 'month', 'day', 'late_year', 'clock']) END AS parts
    FROM judged
), told AS NOT MATERIALIZED (
    SELECT *,
        CASE WHEN NOT odd THEN ltrim(substr(body, length(usual.time) + length(usual.host) + length(usual.program)
                 + CASE WHEN usual.pid = '' THEN 5 ELSE 7 + length(usual.pid) END))
             WHEN has_stamp THEN substr(rest, length(origin.head) + 1) ELSE body END AS told,
        CASE WHEN contains(written, '24:00:00') THEN NULL
             WHEN is_iso THEN replace(upper(written), ',', '.')
             WHEN NOT odd THEN year || '-' || ((instr('{_MONTHS}', substr(written, 1, 3)) + 3) // 4)
                 || '-' || ltrim(substr(written, 5))
             ELSE coalesce(nullif(parts.year, ''), nullif(parts.late_year, ''), year::VARCHAR)
                 || '-' || ((instr('{_MONTHS}', parts.month) + 3) // 4) || '-' || parts.day
                 || ' ' || replace(parts.clock, ',', '.') END AS moment
    FROM sourced
)
SELECT place, text,
    epoch_us(CASE WHEN has_zone THEN try_cast(moment AS TIMESTAMPTZ)
                  ELSE timezone($zone, try_cast(moment AS TIMESTAMP)) END) AS header_at_us,
    written AS header_time,
    CASE WHEN NOT odd THEN usual.host
         WHEN is_ietf AND origin.host = '-' THEN NULL
         -- The one tag that is none: syslogd's own summary behind a host and a colon.
         WHEN origin.host = '' AND starts_with(told, 'last message repeated') THEN nullif(origin.program, '')
         ELSE nullif(origin.host, '') END AS header_host,
    CASE WHEN NOT odd THEN usual.program
         WHEN is_ietf AND origin.program = '-' THEN NULL
         WHEN origin.host = '' AND starts_with(told, 'last message repeated') THEN NULL
         ELSE nullif(origin.program, '') END AS header_program,
    CASE WHEN NOT odd THEN nullif(usual.pid, '') WHEN is_ietf AND origin.pid = '-' THEN NULL
         ELSE nullif(origin.pid, '') END AS header_pid,
    CASE WHEN try_cast(pri AS INTEGER) <= 191 THEN pri::INTEGER END AS header_pri,
    CASE WHEN is_ietf THEN ltrim(told, chr(65279)) ELSE told END AS message
FROM told
"""  # noqa: S608 - built from the patterns above, never from input

_CODES = np.array(
    sorted((int.from_bytes(f"{name} ".encode(), "little"), month) for month, name in enumerate(_MONTHS.split("|")))
)
_LONGEST_DAY = np.array([31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
_BLOCK = 1 << 14
_WINDOW = 16
_LONGEST_PREFIX = 9
_PREFIXES = np.frombuffer(b"\xef<*.", dtype=np.uint8)
_MARKS = np.frombuffer(b"*.", dtype=np.uint8)
_HALF_YEAR = 186
_WEEK_BACK = 364
"""Ordinals are month * 31 + day, 1 to 372: Jan 1 and then Dec 25-31 lie more than 364 apart."""
_EXCURSION = 31

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass
class Years:
    """The year of each line of a log whose lines name none.

    The last such line is at or before the observation (a day ahead is allowed); from there backwards, a day that
    lies half a year or more later in the calendar than its successor's is of the year before. What does not change
    the year: lines up to a week out of order, also over New Year; a device that starts with its clock at its maker's
    date and finds the time again within a month of where it left. No line is later than the day after the
    observation. A silence of more than half a year cannot be told from none.
    """

    context: Context
    _seen: int = 0
    _last: int | None = None
    _late: bool = False
    _jumps: list[Ints] = field(default_factory=list)
    """Rows of (line, ordinal before, ordinal after) where neighbours lie half a year apart."""
    _toggles: list[Ints] = field(default_factory=list)
    """Lines from which on the day lies, or lies no longer, later in the calendar than the observation's."""
    _asked: int = 0
    _resolved: tuple[Ints, Ints] | None = None

    def scan(self, lines: pa.Array) -> None:
        """See a chunk of lines (binary), in order."""
        limit = _limit(self.context)
        latest = (limit.month - 1) * 31 + limit.day
        for where, ordinals in _ordinals(lines):
            before = np.concatenate(([ordinals[0] if self._last is None else self._last], ordinals[:-1]))
            far = np.flatnonzero(np.abs(ordinals - before) > _HALF_YEAR)
            if len(far):
                self._jumps.append(np.stack([self._seen + where[far], before[far], ordinals[far]], axis=1))
            late = ordinals > latest
            toggles = np.flatnonzero(late != np.concatenate(([self._late], late[:-1])))
            if len(toggles):
                self._toggles.append(self._seen + where[toggles])
            self._late = bool(late[-1])
            self._last = int(ordinals[-1])
        self._seen += len(lines)

    def of(self, lines: pa.Array) -> pa.Array:
        """The year of each line (int32), in order after all scans; it says nothing of lines that name one."""
        if self._resolved is None:
            self._resolved = self._resolve()
        changes, years = self._resolved
        until = self._asked + len(lines)
        first, behind = np.searchsorted(changes, (self._asked, until), side="right")
        bounds = np.concatenate(([self._asked], changes[first:behind], [until]))
        self._asked = until
        return pa.array(np.repeat(years[first : behind + 1], np.diff(bounds)).astype(np.int32), pa.int32())

    def _resolve(self) -> tuple[Ints, Ints]:
        """The lines at which the year may change, and the years before, between and after them."""
        jumps = np.concatenate(self._jumps) if self._jumps else np.zeros((0, 3), dtype=np.int64)
        toggles = np.concatenate(self._toggles) if self._toggles else np.zeros(0, dtype=np.int64)
        steps = np.concatenate(([0], np.cumsum(_steps(jumps))))
        changes = np.unique(np.concatenate((jumps[:, 0], toggles)))
        points = np.concatenate(([-1], changes))
        years = (
            _anchor(self._last, self.context) + steps[np.searchsorted(jumps[:, 0], points, side="right")] - steps[-1]
        )
        # Nothing is written after it was taken, whatever the order of the lines says.
        late = np.searchsorted(toggles, points, side="right") % 2
        return changes, np.minimum(years, _limit(self.context).year - late)


def _steps(jumps: Ints) -> Ints:
    """By how much each jump moves the year."""
    steps = np.zeros(len(jumps), dtype=np.int64)
    fall: int | None = None
    for index, (_, before, after) in enumerate(jumps.tolist()):
        if after < before:
            steps[index] = 1
            fall = index
        elif after - before > _WEEK_BACK:
            steps[index] = -1
            fall = None
        else:
            if fall is not None and -1 <= after - int(jumps[fall, 1]) <= _EXCURSION:
                steps[fall] = 0
            fall = None
    return steps


def _anchor(ordinal: int | None, context: Context) -> int:
    """The latest year in which the last line's day exists and is not after the day following the observation."""
    limit = _limit(context)
    if ordinal is None:
        return limit.year
    month, day = (ordinal - 1) // 31 + 1, (ordinal - 1) % 31 + 1
    year = limit.year if (month, day) <= (limit.month, limit.day) else limit.year - 1
    while (month, day) == (2, 29) and not isleap(year):
        year -= 1
    return year


def _limit(context: Context) -> date:
    """The day after the observation."""
    observed = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=context.observed_at_us)
    return (observed.astimezone(ZoneInfo(context.zone)) + timedelta(days=1)).date()


def _ordinals(lines: pa.Array) -> Iterator[tuple[Ints, Ints]]:
    """Block by block: the lines that begin with a month, a day and a time but no year, and their ordinals."""
    buffers = lines.buffers()
    offsets = np.frombuffer(buffers[1], dtype=np.int32)[lines.offset : lines.offset + len(lines) + 1]
    data = np.frombuffer(buffers[2], dtype=np.uint8) if buffers[2] is not None else np.zeros(0, dtype=np.uint8)
    # A window may reach into the next line: the line feed between them fits no form.
    padded = np.concatenate((data, np.zeros(_LONGEST_PREFIX + _WINDOW, dtype=np.uint8)))
    windows = np.ndarray(len(padded) - _WINDOW + 1, dtype=f"V{_WINDOW}", buffer=padded, strides=(1,))
    for first in range(0, len(lines), _BLOCK):
        starts = offsets[first : min(first + _BLOCK, len(lines))]
        prefixed = np.flatnonzero(np.isin(padded[starts], _PREFIXES))
        if len(prefixed):
            starts = starts.copy()
            starts[prefixed] += _prefix(_bytes(windows[starts[prefixed]]))
        where, ordinals = _dated(_bytes(windows[starts]))
        if len(where):
            yield where + first, ordinals


def _bytes(windows: npt.NDArray[np.void]) -> Bytes:
    return windows.view(np.uint8).reshape(-1, _WINDOW)


def _prefix(window: Bytes) -> npt.NDArray[np.int32]:
    """The bytes before the time: a byte-order mark, `<PRI>`, Cisco's mark of an unset clock."""
    rows = np.arange(len(window))
    skip = np.where((window[:, 0] == 0xEF) & (window[:, 1] == 0xBB) & (window[:, 2] == 0xBF), 3, 0)
    opened = window[rows, skip] == ord("<")
    for digits in (3, 2, 1):
        fits = opened & (window[rows, skip + digits + 1] == ord(">"))
        for column in range(1, digits + 1):
            fits &= _is_digit(window[rows, skip + column])
        skip = np.where(fits, skip + digits + 2, skip)
        opened &= ~fits
    marked = np.isin(window[rows, skip], _MARKS)
    return np.where(marked, skip + 1, skip).astype(np.int32)


def _dated(window: Bytes) -> tuple[Ints, Ints]:
    """Rows of the form `Mon dd hh:mm:ss` or `Mon d hh:mm:ss`, and month * 31 + day of each (1 to 372)."""
    code = window[:, :4].copy().view("<u4")[:, 0]
    found = np.minimum(np.searchsorted(_CODES[:, 0], code), 11)
    month = _CODES[found, 1]
    short = (window[:, 5] == ord(" ")) & (window[:, 4] != ord(" "))
    tens = np.where(short | (window[:, 4] == ord(" ")), ord("0"), window[:, 4])
    ones = np.where(short, window[:, 4], window[:, 5])
    day = (tens.astype(np.int64) - ord("0")) * 10 + (ones - ord("0"))
    fits = (_CODES[found, 0] == code) & _is_digit(tens) & _is_digit(ones) & (day >= 1) & (day <= _LONGEST_DAY[month])
    long_clock = (window[:, 6] == ord(" ")) & (window[:, 9] == ord(":")) & (window[:, 12] == ord(":"))
    short_clock = (window[:, 8] == ord(":")) & (window[:, 11] == ord(":"))
    where = np.flatnonzero(fits & np.where(short, short_clock, long_clock))
    return where, month[where] * 31 + day[where]


def _is_digit(column: Bytes) -> Bools:
    return (column >= ord("0")) & (column <= ord("9"))
