"""Bytes of a line looked at one by one: blanks, words, digits, a line's end. Compiled. No reader of its own.

`end` is where the line (or the part of it that is looked at) ends; nothing is read from there on.
"""

import numpy as np
import numpy.typing as npt

from chahe.sources.scanning.compiled import inlined

Bytes = npt.NDArray[np.uint8]

_SPACE, _FEED, _RETURN, _ZERO, _NINE, _A, _Z = (ord(sign) for sign in " \n\r09AZ")


@inlined
def byte_at(data: Bytes, place: int, end: int) -> int:
    """The byte at a place, or 0 past the end."""
    return int(data[np.uintp(place)]) if place < end else 0


@inlined
def is_blank(sign: int) -> bool:
    return sign == _SPACE or 9 <= sign <= _RETURN and sign != 11  # noqa: RUF021 - a vertical tab is none in RE2


@inlined
def behind_text(data: Bytes, begin: int, end: int) -> int:
    while end > begin and (data[np.uintp(end - 1)] == _FEED or data[np.uintp(end - 1)] == _RETURN):
        end -= 1
    return end


@inlined
def behind_spaces(data: Bytes, place: int, end: int) -> int:
    while place < end and data[np.uintp(place)] == _SPACE:
        place += 1
    return place


@inlined
def behind_word(data: Bytes, place: int, end: int) -> int:
    while place < end and not is_blank(data[np.uintp(place)]):
        place += 1
    return place


@inlined
def is_digit(data: Bytes, place: int, end: int) -> bool:
    return place < end and _ZERO <= data[np.uintp(place)] <= _NINE


@inlined
def is_capital(data: Bytes, place: int, end: int) -> bool:
    return place < end and _A <= data[np.uintp(place)] <= _Z


@inlined
def behind_digits(data: Bytes, begin: int, end: int) -> int:
    """The place behind the digits that stand from `begin` on."""
    place = begin
    while place < end and _ZERO <= data[np.uintp(place)] <= _NINE:
        place += 1
    return place
