"""When a FortiGate record happened, from what its fields say. Compiled. No reader of its own.

eventtime=1795309200123456789                      seconds, milli-, micro- or nanoseconds since 1970, by its size
date=2026-11-22 time=09:00:00 tz="+0800"           where eventtime says none of these
start=Nov 22 2026 09:00:00                         where there is no date (CEF)
"""

import numpy as np
import numpy.typing as npt

from chahe.sources.scanning.compiled import compiled

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]

NO_TIME, MOMENT, LOCAL, UNREADABLE = range(4)
"""What a record's time is: not there, microseconds UTC, microseconds in a zone it does not name, none that can be."""

_MONTHS = np.frombuffer(b"janfebmaraprmayjunjulaugsepoctnovdec", np.uint8)
_SPACE, _DASH, _PLUS, _COLON, _ZERO, _NINE = (ord(sign) for sign in " -+:09")
_NEVER = -(2**63)
_UNITS = (
    (10**18, 2**63 - 1, 0),
    (10**15, 10**16 - 1, 1),
    (10**12, 10**13 - 1, 10**3),
    (10**9, 10**10 - 1, 10**6),
)
"""From, to, and how many microseconds each counts; 0: a thousand make one."""


@compiled
def moments(data: Bytes, begins: Ints, sizes: Ints) -> tuple[Longs, Bytes]:
    """Microseconds of each column of spans (rows: eventtime, date, time, start, tz), and NO_TIME, MOMENT, LOCAL or UNREADABLE."""
    found, states = np.zeros(begins.shape[1], np.int64), np.zeros(begins.shape[1], np.uint8)
    for line in range(len(found)):
        begin, size = begins[:, line], sizes[:, line]
        if size[0] > 0:
            moment = _counted(data, begin[0], begin[0] + size[0])
            if moment != _NEVER:
                found[line], states[line] = moment, MOMENT
                continue
        found[line], states[line] = _written(data, begin, size)
    return found, states


@compiled
def _counted(data: Bytes, begin: int, end: int) -> int:
    number = 0
    for place in range(begin, end):
        sign = int(data[place])
        if not _ZERO <= sign <= _NINE or number > (2**63 - 1 - (sign - _ZERO)) // 10:
            return _NEVER
        number = number * 10 + (sign - _ZERO)
    for least, most, unit in _UNITS:
        if least <= number <= most:
            return number * unit if unit else number // 1000
    return _NEVER


@compiled
def _written(data: Bytes, begin: Ints, size: Ints) -> tuple[int, int]:
    if size[1] == 0 and size[3] == 0:
        return 0, UNREADABLE if size[0] else NO_TIME
    local = _NEVER
    if size[1] == 10 and size[2] == 8:
        local = _dated(data, begin[1], begin[2])
    elif size[1] == 0:
        local = _started(data, begin[3], begin[3] + size[3])
    if local == _NEVER:
        return 0, UNREADABLE
    if size[4] == 0:
        return local, LOCAL
    ahead = _offset(data, begin[4], size[4])
    return (0, UNREADABLE) if ahead == _NEVER else (local - ahead * 60_000_000, MOMENT)


@compiled
def _dated(data: Bytes, day: int, clock: int) -> int:
    """`2026-11-22`, `09:00:00`."""
    if data[day + 4] != _DASH or data[day + 7] != _DASH or data[clock + 2] != _COLON or data[clock + 5] != _COLON:
        return _NEVER
    date = (_digits(data, day, 4), _digits(data, day + 5, 2), _digits(data, day + 8, 2))
    return _moment(date, (_digits(data, clock, 2), _digits(data, clock + 3, 2), _digits(data, clock + 6, 2)))


@compiled
def _started(data: Bytes, begin: int, end: int) -> int:
    """`Nov 22 2026 09:00:00`; the day may have one digit, with or without a second space."""
    if end - begin < 19 or end - begin > 20 or data[begin + 3] != _SPACE:
        return _NEVER
    month = 0
    for index in range(12):
        same = True
        for letter in range(3):
            same = same and data[begin + letter] | 32 == _MONTHS[3 * index + letter]
        if same:
            month = index + 1
    at = end - 14  # behind the day
    if data[at] != _SPACE or data[at + 5] != _SPACE or data[at + 8] != _COLON or data[at + 11] != _COLON:
        return _NEVER
    padding = 1 if data[begin + 4] == _SPACE else 0
    day = _digits(data, begin + 4 + padding, at - begin - 4 - padding)
    clock = (_digits(data, at + 6, 2), _digits(data, at + 9, 2), _digits(data, at + 12, 2))
    return _moment((_digits(data, at + 1, 4), month, day), clock)


@compiled
def _digits(data: Bytes, begin: int, count: int) -> int:
    number = 0
    for place in range(begin, begin + count):
        sign = int(data[place])
        if not _ZERO <= sign <= _NINE:
            return -1
        number = number * 10 + (sign - _ZERO)
    return number


@compiled
def _moment(date: tuple[int, int, int], clock: tuple[int, int, int]) -> int:
    """Microseconds since 1970 as if in UTC, or _NEVER for a day or a time that cannot be. 24:00:00 ends a day."""
    year, month, day = date
    hour, minute, second = clock
    leap = (year % 4 == 0 and year % 100 != 0) or year % 400 == 0
    longest = 31 - (month in (4, 6, 9, 11)) - (month == 2) * (2 if leap else 3)
    if year < 0 or not 1 <= month <= 12 or not 1 <= day <= longest:
        return _NEVER
    midnight = hour == 24 and minute == 0 and second == 0
    if not (midnight or 0 <= hour <= 23) or not 0 <= minute <= 59 or not 0 <= second <= 59:
        return _NEVER
    # Years counted from March end with the leap day (H. Hinnant, "chrono-compatible low-level date algorithms").
    if month <= 2:
        year -= 1
    of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    days = year * 365 + year // 4 - year // 100 + year // 400 + of_year - 719468
    return ((days * 24 + hour) * 60 + minute) * 60_000_000 + second * 1_000_000


@compiled
def _offset(data: Bytes, begin: int, size: int) -> int:
    """Minutes ahead of UTC: `+0800`, `-03:30`."""
    colon = size == 6
    if (size != 5 and not colon) or (data[begin] != _PLUS and data[begin] != _DASH):
        return _NEVER
    if colon and data[begin + 3] != _COLON:
        return _NEVER
    hours, minutes = _digits(data, begin + 1, 2), _digits(data, begin + size - 2, 2)
    if hours < 0 or not 0 <= minutes <= 59:
        return _NEVER
    ahead = hours * 60 + minutes
    return ahead if data[begin] == _PLUS else -ahead
