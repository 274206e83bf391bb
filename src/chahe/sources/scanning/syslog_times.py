"""Times as the headers of syslog write them: BSD's with and without a year, Cisco's zones, ISO 8601. Compiled. No reader of its own.

Each function gives the place behind what it read (-1 where it does not stand there) and what it says; `end` is where the
line ends. A time whose shape is right and that cannot be (February 30) is NEVER.
"""

import numpy as np
import numpy.typing as npt

from chahe.sources.scanning.byte_blocks import eight
from chahe.sources.scanning.calendar_scan import NEVER as _NEVER
from chahe.sources.scanning.calendar_scan import longest_day, microseconds, moment, month, number
from chahe.sources.scanning.compiled import inlined
from chahe.sources.scanning.signs import behind_digits, behind_spaces, byte_at, is_digit

Bytes = npt.NDArray[np.uint8]

NO_TIME, MOMENT, LOCAL, IMPOSSIBLE = range(4)
"""What a time is: not there, microseconds UTC, microseconds by local clocks, one that cannot be."""
NEVER = _NEVER

_SPACE, _COLON, _DASH, _PERCENT, _DOT, _COMMA, _PLUS = (ord(sign) for sign in " :-%.,+")
_CLOCK, _MOST, _HIGH = (np.uint64(word) for word in (0x30303A30303A3030, 0x76767F76767F7676, 0x8080808080808080))
"""What turns the digits of a clock into numbers and its colons to nothing, what more than that overflows, and where."""
_A, _Z, _SMALL_A, _SMALL_Z, _T = (ord(sign) for sign in "AZazT")


@inlined
def _clock(data: Bytes, place: int, end: int) -> tuple[int, int]:
    """Behind `04:05:06` and its fraction, and microseconds since midnight, or NEVER; -1 where no clock stands."""
    if end - place < 8:
        return -1, NEVER
    digits = eight(data, place) ^ _CLOCK
    if (digits | (digits + _MOST)) & _HIGH:
        return -1, NEVER
    # Each pair of digits as one number: ten times the first, which is the lower byte, and the second.
    pairs = digits * np.uint64(10) + (digits >> np.uint64(8))
    hour, minute, second = int(pairs) & 0xFF, int(pairs >> np.uint64(24)) & 0xFF, int(pairs >> np.uint64(48)) & 0xFF
    behind, part = place + 8, 0
    if behind < end and (data[behind] == _DOT or data[behind] == _COMMA) and is_digit(data, behind + 1, end):
        last = behind_digits(data, behind + 1, end)
        part = microseconds(data, behind + 1, last)
        behind = last
    if hour > 23 or minute > 59 or second > 59:
        return behind, NEVER
    return behind, ((hour * 60 + minute) * 60 + second) * 1_000_000 + part


@inlined
def bsd(data: Bytes, place: int, end: int, year: int) -> tuple[int, int, int]:
    """Behind `Mar  3 04:05:06` (-1 for none), microseconds by its clocks or NEVER, and its ordinal where it names no year."""
    written = False
    if is_digit(data, place, end) and byte_at(data, place + 4, end) == _SPACE:
        year, written = number(data, place, 4), True
        place += 5
    if end - place < 14 or not _is_month_shaped(data, place) or data[place + 3] != _SPACE:
        return -1, NEVER, 0
    of_month = month(data, place)
    place += 5 if data[place + 4] == _SPACE else 4
    behind = behind_digits(data, place, min(end, place + 2))
    if behind == place or byte_at(data, behind, end) != _SPACE:
        return -1, NEVER, 0
    day = number(data, place, behind - place)
    place = behind + 1
    if end - place > 5 and data[place + 4] == _SPACE and number(data, place, 4) >= 0:
        year, written = year if written else number(data, place, 4), True
        place += 5
    behind, clock = _clock(data, place, end)
    ordinal = 0
    if not written and behind >= 0 and of_month and 1 <= day <= longest_day(2000, of_month):
        ordinal = (of_month - 1) * 31 + day
    midnight = moment(year, of_month, day, 0, 0, 0)
    return behind, NEVER if NEVER in (midnight, clock) else midnight + clock, ordinal


@inlined
def _is_month_shaped(data: Bytes, place: int) -> bool:
    first, second, third = int(data[place]), int(data[place + 1]), int(data[place + 2])
    return _A <= first <= _Z and _SMALL_A <= second <= _SMALL_Z and _SMALL_A <= third <= _SMALL_Z


@inlined
def behind_zone(data: Bytes, place: int, end: int) -> tuple[int, int]:
    """Behind the zone that Cisco's devices name before `: %`, and LOCAL, or MOMENT where it is UTC's; no place stays -1."""
    if place < 0 or byte_at(data, place, end) != _SPACE:
        return place, LOCAL
    behind = place + 1
    while behind < end and behind < place + 7 and _A <= data[np.uintp(behind)] <= _Z:
        behind += 1
    if not place + 2 < behind < place + 7 or byte_at(data, behind, end) != _COLON:
        return place, LOCAL
    if byte_at(data, behind_spaces(data, behind + 1, end), end) != _PERCENT:
        return place, LOCAL
    first, last = data[place + 1], data[place + 3]
    universal = behind == place + 4 and (first == ord("U") or first == ord("G")) and data[place + 2] in (_T, ord("M"))
    return behind, MOMENT if universal and last in (ord("C"), _T) else LOCAL


@inlined
def iso(data: Bytes, place: int, end: int) -> tuple[int, int, int]:
    """Behind `2026-03-03T04:05:06.123+08:00` (-1 for none), microseconds, and MOMENT, LOCAL or IMPOSSIBLE."""
    if end - place < 19 or data[place + 7] != _DASH:
        return -1, 0, NO_TIME
    if data[place + 10] not in (_T, _T + 32, _SPACE):
        return -1, 0, NO_TIME
    year, of_month, day = number(data, place, 4), number(data, place + 5, 2), number(data, place + 8, 2)
    behind, clock = _clock(data, place + 11, end)
    if year < 0 or of_month < 0 or day < 0 or behind < 0:
        return -1, 0, NO_TIME
    midnight = moment(year, of_month, day, 0, 0, 0)
    us, state = (0, IMPOSSIBLE) if NEVER in (midnight, clock) else (midnight + clock, LOCAL)
    rest, ahead = _behind_offset(data, behind, end)
    if rest > behind and state == LOCAL:
        us, state = us - ahead * 60_000_000, MOMENT
    return rest, us, state


@inlined
def _behind_offset(data: Bytes, place: int, end: int) -> tuple[int, int]:
    """Behind `Z`, `+0800` or `-03:30` where one stands, and minutes ahead of UTC."""
    sign = byte_at(data, place, end)
    if sign in (ord("Z"), ord("z")):
        return place + 1, 0
    if sign not in (_PLUS, _DASH) or end - place < 5:
        return place, 0
    colon = 1 if data[place + 3] == _COLON else 0
    if end - place < 5 + colon:
        return place, 0
    hours, minutes = number(data, place + 1, 2), number(data, place + 3 + colon, 2)
    if not 0 <= hours <= 14 or not 0 <= minutes <= 59:
        return place, 0
    ahead = hours * 60 + minutes
    return place + 5 + colon, ahead if sign == _PLUS else -ahead
