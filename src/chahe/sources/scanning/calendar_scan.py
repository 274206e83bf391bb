"""Digits, months and moments in bytes, for scanners of dates. Compiled. No reader of its own.

    data = b"Mar 22 2026 09:00:00"
    moment(number(data, 7, 4), month(data, 0), number(data, 4, 2), 9, 0, 0)     microseconds since 1970, as if in UTC

Nothing here looks at where a line ends: the caller has made sure that the bytes are there.
"""

import numpy as np
import numpy.typing as npt

from chahe.sources.scanning.compiled import inlined

Bytes = npt.NDArray[np.uint8]

NEVER = -(2**63)
"""A moment that cannot be."""

_ZERO, _SMALL = ord("0"), 0x202020
_NAMES = b"jan feb mar apr may jun jul aug sep oct nov dec".split()
_SPREAD = np.uint64(0x31FEC1FE6B91461D)
"""Times this, the twelve names differ in their first four bits."""
_MONTHS = np.zeros((16, 2), np.int64)
for _number, _word in enumerate((int.from_bytes(name, "little") for name in _NAMES), 1):
    _MONTHS[_word * int(_SPREAD) % 2**64 >> 60] = _word, _number


@inlined
def number(data: Bytes, begin: int, count: int) -> int:
    """The number that `count` decimal digits (at most 18) write; -1 where one is no digit."""
    found = 0
    for place in range(begin, begin + count):
        digit = int(data[np.uintp(place)]) - _ZERO
        if not 0 <= digit <= 9:
            return -1
        found = found * 10 + digit
    return found


@inlined
def month(data: Bytes, begin: int) -> int:
    """1 to 12 for Jan to Dec in any case, else 0."""
    word = int(data[begin]) | int(data[begin + 1]) << 8 | int(data[begin + 2]) << 16 | _SMALL
    slot = (np.uint64(word) * _SPREAD) >> np.uint64(60)
    return int(_MONTHS[slot, 1]) if _MONTHS[slot, 0] == word else 0


@inlined
def longest_day(year: int, of_month: int) -> int:
    """How many days a month (1 to 12) has."""
    if of_month == 2:
        return 29 if (year % 4 == 0 and year % 100 != 0) or year % 400 == 0 else 28
    return 30 if of_month in (4, 6, 9, 11) else 31


@inlined
def moment(year: int, of_month: int, day: int, hour: int, minute: int, second: int) -> int:
    """Microseconds since 1970 as if in UTC; NEVER for a day or a time that cannot be (24:00:00 cannot)."""
    if not 1 <= year <= 9999 or not 1 <= of_month <= 12 or not 1 <= day <= longest_day(year, of_month):
        return NEVER
    if not 0 <= hour <= 23 or not 0 <= minute <= 59 or not 0 <= second <= 59:
        return NEVER
    # Years counted from March end with the leap day (H. Hinnant, "chrono-compatible low-level date algorithms").
    if of_month <= 2:
        year -= 1
    of_year = (153 * ((of_month + 9) % 12) + 2) // 5 + day - 1
    days = year * 365 + year // 4 - year // 100 + year // 400 + of_year - 719468
    return ((days * 24 + hour) * 60 + minute) * 60_000_000 + second * 1_000_000


@inlined
def microseconds(data: Bytes, begin: int, end: int) -> int:
    """What the digits of a fraction of a second say, cut at the microsecond."""
    found, unit = 0, 100_000
    for place in range(begin, min(end, begin + 6)):
        found += (int(data[np.uintp(place)]) - _ZERO) * unit
        unit //= 10
    return found
