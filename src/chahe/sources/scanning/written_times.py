r"""Times as fields of records write them: one span, many spellings. Compiled. No reader of its own.

    1795309200   1795309200.25   1795309200123   1795309200123456789      since 1970, by the number of digits
    Nov 22 2026 09:00:00.123 UTC     Sun Nov 22 09:00:00 2026             the month by name, the year behind or last
    22Nov2026 09:00:00               22-Nov-2026 09:00:00                 the day first
    2026-11-22T09:00:00.123+08:00    2026/11/22 09:00:00                  the year first

A zone is `Z`, `UTC`, `GMT`, an offset, or the abbreviation that the zone of the context goes by (CST in Taipei); without
one the time is that zone's. Abbreviations of other zones mean different things in different countries, and days written
22/11/2026 do, too: such times cannot be read.
"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from chahe.sources.scanning.calendar_scan import NEVER, microseconds, moment, month, number
from chahe.sources.scanning.compiled import compiled, inlined
from chahe.sources.scanning.local_times import utc_us
from chahe.sources.scanning.signs import behind_digits

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]

_NEVER = NEVER
_ABSENT, _GOOD, _BAD, _LOCAL = range(4)  # the first three as in spans
_SPACE, _COMMA, _DASH, _PLUS, _COLON, _DOT, _SLASH, _ZERO, _NINE, _T, _Z = (ord(sign) for sign in " ,-+:./09TZ")
_UTC, _GMT = (np.frombuffer(word, np.uint8) for word in (b"UTC", b"GMT"))
_WEEKDAYS = np.frombuffer(b"MonTueWedThuFriSatSun", np.uint8)
_MINUTE = 60_000_000
_UNITS = ((10**18, 2**63 - 1, 0), (10**15, 10**16 - 1, 1), (10**12, 10**13 - 1, 10**3), (10**8, 10**10 - 1, 10**6))
"""From, to, and how many microseconds each counts; 0: a thousand make one."""


def moments(data: Bytes, begins: Ints, sizes: Ints, zone: str) -> tuple[Longs, Bytes]:
    """Microseconds UTC of each span, and whether it is `spans.ABSENT`, GOOD, or BAD: no time in a spelling known here."""
    found, states = _moments(data, begins, sizes, np.frombuffer(_names(zone), np.uint8))
    local = np.flatnonzero(states == _LOCAL)
    if len(local):
        found[local] = utc_us(found[local], zone)
        states[local] = _GOOD
    return found, states


def _names(zone: str) -> bytes:
    """The abbreviations of a zone today, in winter and in summer, each between blanks."""
    clock = ZoneInfo(zone)
    names = (datetime(2026, of_month, 1, tzinfo=UTC).astimezone(clock).tzname() or "" for of_month in (1, 7))
    return " ".join(["", *names, ""]).encode()


@compiled
def _moments(data: Bytes, begins: Ints, sizes: Ints, names: Bytes) -> tuple[Longs, Bytes]:
    found, states = np.zeros(len(begins), np.int64), np.zeros(len(begins), np.uint8)
    for row in range(len(begins)):
        begin, end = begins[row], begins[row] + sizes[row]
        if end == begin:
            continue
        behind = behind_digits(data, begin, end)
        if behind - begin >= 9:
            at = _counted(data, begin, behind, end)
            ahead = 0
        else:
            at, ahead = _dated(data, begin, end, names)
        if at == _NEVER:
            states[row] = _BAD
        elif ahead == _NEVER:
            found[row], states[row] = at, _LOCAL
        else:
            found[row], states[row] = at - ahead * _MINUTE, _GOOD
    return found, states


@inlined
def _counted(data: Bytes, begin: int, behind: int, end: int) -> int:
    if behind - begin > 19:
        return _NEVER
    count = number(data, begin, min(behind - begin, 18))
    if behind - begin == 19:
        last = int(data[behind - 1]) - _ZERO
        if count > (2**63 - 1 - last) // 10:
            return _NEVER
        count = count * 10 + last
    fraction = 0
    if behind < end:
        if data[behind] != _DOT or behind - begin > 10 or behind_digits(data, behind + 1, end) != end:
            return _NEVER
        fraction = microseconds(data, behind + 1, end)
    for least, most, unit in _UNITS:
        if least <= count <= most:
            return count * unit + fraction if unit else count // 1000
    return _NEVER


@inlined
def _dated(data: Bytes, begin: int, end: int, names: Bytes) -> tuple[int, int]:  # noqa: C901, PLR0912 - one walk over few signs
    """Microseconds as if in UTC (or NEVER), and the minutes that its zone is ahead (NEVER where it names none)."""
    year, of_month, day, clock, ahead = -1, -1, -1, _NEVER, _NEVER
    place = begin
    while place < end:
        sign = data[np.uintp(place)]
        if _ZERO <= sign <= _NINE:
            behind = behind_digits(data, place, end)
            size = behind - place
            if behind < end and data[behind] == _COLON and clock == _NEVER:
                behind, clock = _clock(data, place, end)
                if clock == _NEVER:
                    return _NEVER, _NEVER
            elif size == 4 and year < 0:
                year = number(data, place, 4)
            elif size <= 2 and year >= 0 and of_month < 0:
                of_month = number(data, place, size)
            elif size <= 2 and day < 0:
                day = number(data, place, size)
            else:
                return _NEVER, _NEVER
            place = behind
        elif _letter(sign):
            behind = place
            while behind < end and _letter(data[np.uintp(behind)]):
                behind += 1
            size = behind - place
            named = month(data, place) if size == 3 else 0
            if named and of_month < 0:
                of_month = named
            elif clock != _NEVER and ahead == _NEVER:
                if _universal(data, place, size):
                    ahead = 0
                elif not _within(data, place, size, names):
                    return _NEVER, _NEVER
            elif not ((size == 1 and sign == _T) or (size == 3 and year < 0 and day < 0 and _weekday(data, place))):
                return _NEVER, _NEVER
            place = behind
        elif clock != _NEVER and ahead == _NEVER and sign in (_PLUS, _DASH):
            place, ahead = _offset(data, place, end)
            if ahead == _NEVER:
                return _NEVER, _NEVER
        elif sign in (_SPACE, _COMMA, _DASH, _SLASH):
            place += 1
        else:
            return _NEVER, _NEVER
    midnight = moment(year, of_month, day, 0, 0, 0)
    if _NEVER in (midnight, clock):
        return _NEVER, _NEVER
    return midnight + clock, ahead


@inlined
def _letter(sign: int) -> bool:
    return ord("A") <= sign & ~32 <= _Z


@inlined
def _clock(data: Bytes, begin: int, end: int) -> tuple[int, int]:
    """The place behind `09:00:00.123`, and the microseconds since midnight (or NEVER)."""
    colon = behind_digits(data, begin, end)
    if not 1 <= colon - begin <= 2 or colon + 6 > end or data[colon + 3] != _COLON:
        return end, _NEVER
    hour, minute, second = number(data, begin, colon - begin), number(data, colon + 1, 2), number(data, colon + 4, 2)
    if not 0 <= hour <= 23 or not 0 <= minute <= 59 or not 0 <= second <= 59:
        return end, _NEVER
    behind, fraction = colon + 6, 0
    if behind + 1 < end and (data[behind] == _DOT or data[behind] == _COMMA):
        after = behind_digits(data, behind + 1, end)
        if after > behind + 1:
            fraction = microseconds(data, behind + 1, after)
            behind = after
    return behind, ((hour * 60 + minute) * 60 + second) * 1_000_000 + fraction


@inlined
def _offset(data: Bytes, place: int, end: int) -> tuple[int, int]:
    """The place behind `+0800` or `-03:30`, and its minutes (or NEVER)."""
    colon = place + 3 < end and data[place + 3] == _COLON
    behind = place + (6 if colon else 5)
    if behind > end:
        return end, _NEVER
    hours, minutes = number(data, place + 1, 2), number(data, behind - 2, 2)
    if not 0 <= hours <= 14 or not 0 <= minutes <= 59:
        return end, _NEVER
    ahead = hours * 60 + minutes
    return behind, ahead if data[place] == _PLUS else -ahead


@inlined
def _universal(data: Bytes, place: int, size: int) -> bool:
    if size == 1:
        return bool(data[place] == _Z)
    if size != 3:
        return False
    utc, gmt = True, True
    for index in range(3):
        utc = utc and data[place + index] == _UTC[index]
        gmt = gmt and data[place + index] == _GMT[index]
    return utc or gmt


@inlined
def _within(data: Bytes, place: int, size: int, names: Bytes) -> bool:
    """Is this one of the names, which stand between blanks?"""
    for start in range(len(names) - size - 1):
        same = names[start] == _SPACE and names[start + size + 1] == _SPACE
        for index in range(size):
            same = same and data[place + index] == names[start + 1 + index]
        if same:
            return True
    return False


@inlined
def _weekday(data: Bytes, place: int) -> bool:
    for day in range(0, 21, 3):
        if (
            data[place] == _WEEKDAYS[day]
            and data[place + 1] == _WEEKDAYS[day + 1]
            and data[place + 2] == _WEEKDAYS[day + 2]
        ):
            return True
    return False
