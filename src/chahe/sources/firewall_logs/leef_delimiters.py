"""What parts the fields of a LEEF record, compiled. No reader of its own; `cef_scan` reads the fields.

A tab, or the sign that 2.0 declares before the first field in one character (`^`) or in hexadecimal (`x5E`, `0x5E`), which
may also be left out. Where no tab is left because a relay wrote `#011` for each (rsyslog), that is the delimiter.
"""

import numpy as np
import numpy.typing as npt

from chahe.sources.scanning.byte_blocks import find
from chahe.sources.scanning.compiled import inlined
from chahe.sources.scanning.wanted_keys import same

Bytes = npt.NDArray[np.uint8]

TAB_WRITTEN = 4
"""Bytes of `#011`, for which its first sign stands."""
_TAB_WRITTEN = np.frombuffer(b"#011", np.uint8)

_TAB_SIGN, _HASH_SIGN, _BAR_SIGN = (np.uint8(ord(sign)) for sign in "\t#|")
_TAB, _HASH, _BAR, _SPACE, _ZERO, _NINE = (ord(sign) for sign in "\t#| 09")


@inlined
def delimiter_of(data: Bytes, begin: int, end: int, declares: bool) -> tuple[int, int]:
    """Where the fields begin, and the sign between them: 0 for blanks, `#` for `#011`. `declares`: may it stand first (2.0)?"""
    place, delimiter = _declared(data, begin, end) if declares else (begin, 0)
    # A relay made a blank of the tab that was declared, and of those between the fields.
    if delimiter in (0, _SPACE):
        delimiter = _TAB if find(data, place, end, _TAB_SIGN) < end else 0
    if delimiter == 0 and _has_tab_written(data, place, end):
        delimiter = _HASH
    return place, delimiter


@inlined
def is_tab_written(data: Bytes, place: int, end: int) -> bool:
    """Does `#011` stand here?"""
    return place + TAB_WRITTEN <= end and same(data, place, place + TAB_WRITTEN, _TAB_WRITTEN, 0, TAB_WRITTEN)


@inlined
def _has_tab_written(data: Bytes, place: int, end: int) -> bool:
    place = find(data, place, end, _HASH_SIGN)
    while place < end:
        if is_tab_written(data, place, end):
            return True
        place = find(data, place + 1, end, _HASH_SIGN)
    return False


@inlined
def _declared(data: Bytes, begin: int, end: int) -> tuple[int, int]:
    """Where LEEF 2.0's fields begin, and the delimiter declared before them; 0 for none."""
    if begin + 1 < end and data[begin] == _BAR and data[begin + 1] == _BAR:
        return begin + 2, _BAR
    bar = find(data, begin, min(begin + 5, end), _BAR_SIGN)
    if bar >= min(begin + 5, end):
        return begin, 0
    if bar - begin == 1:
        return bar + 1, int(data[begin])
    if bar - begin >= 3 and data[bar - 3] | 32 == ord("x"):
        high, low = _hexadecimal(data[bar - 2]), _hexadecimal(data[bar - 1])
        return bar + 1, 16 * high + low if high >= 0 and low >= 0 else 0
    return bar + 1, 0


@inlined
def _hexadecimal(sign: int) -> int:
    if _ZERO <= sign <= _NINE:
        return sign - _ZERO
    letter = (sign | 32) - ord("a")
    return letter + 10 if 0 <= letter <= 5 else -1
