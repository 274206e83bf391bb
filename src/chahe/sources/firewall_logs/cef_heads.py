r"""The headers of CEF and LEEF compiled: where the record begins behind what a relay put in front, and where its parts stand.

    CEF:0|Maker|Product|1.2|100|a \| in the name|5|        six parts; in them `\|` and `\\` stand for a bar and a backslash
    LEEF:1.0|Maker|Product|1.2|100|                        four

No reader of its own; `cef_scan` reads what follows. Relays drop `CEF:` with the syslog tag, so the first bar of a record may
also follow a bare version `0`.
"""

import numpy as np
import numpy.typing as npt

from chahe.sources.scanning.byte_blocks import find
from chahe.sources.scanning.compiled import inlined
from chahe.sources.scanning.wanted_keys import same

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]

NEITHER, CEF, LEEF = range(3)
"""Forms of a record."""
VENDOR, PRODUCT, VERSION, EVENT, NAME, SEVERITY = range(6)
"""Parts of a header; LEEF has the first four."""

LONGEST_ENVELOPE = 512
"""Bytes within which a header begins: room for syslog's, no search through a long line."""

_BAR_SIGN = np.uint8(ord("|"))
_BAR, _BACKSLASH, _SPACE, _DOT, _COLON, _GREATER = (ord(sign) for sign in "|\\ .:>")
_ZERO, _ONE, _NINE = (ord(sign) for sign in "019")
_CEF_WORD, _LEEF_WORD = np.frombuffer(b"CEF:", np.uint8), np.frombuffer(b"LEEF:", np.uint8)


@inlined
def head_of(data: Bytes, begin: int, end: int) -> tuple[int, int, int]:
    """Where the header begins (the word, or the bare version), its first bar, and the form of the record.

    The bar is the first behind `CEF:` or `LEEF:` and a version, unless the record's very first stands behind a bare one.
    """
    end = min(end, begin + LONGEST_ENVELOPE)
    bar = first = find(data, begin, end, _BAR_SIGN)
    while bar < end:
        version = _version(data, begin, bar)
        if version < bar:
            if _ends_with(data, begin, version, _LEEF_WORD):
                return version - len(_LEEF_WORD), bar, LEEF
            if _ends_with(data, begin, version, _CEF_WORD):
                return version - len(_CEF_WORD), bar, CEF
            if bar == first and _is_bare(data, begin, version, bar):
                return version, bar, CEF
        bar = find(data, bar + 1, end, _BAR_SIGN)
    return end, end, NEITHER


@inlined
def declares_delimiter(data: Bytes, head: int) -> bool:
    """May a LEEF header be followed by the sign between its fields? From version 2 on."""
    return bool(data[head + len(_LEEF_WORD)] != _ONE)


@inlined
def behind_parts(  # noqa: PLR0913, PLR0917 - as scanners are
    data: Bytes, place: int, end: int, count: int, begins: Ints, sizes: Ints, record: int
) -> tuple[int, int]:
    """Notes a header's parts, of those with escapes `~begin`; the place behind the last one's bar (-1: a bar is missing).

    Also the sum of the sizes of those with escapes.
    """
    room = 0
    for part in range(count):
        stop = place
        escaped = False
        while stop < end and data[np.uintp(stop)] != _BAR:
            if data[np.uintp(stop)] == _BACKSLASH:
                escaped = True
                stop += 1
            stop += 1
        if stop >= end:
            return -1, 0
        begins[part, record] = ~place if escaped else place
        sizes[part, record] = stop - place
        room += stop - place if escaped else 0
        place = stop + 1
    return place, room


@inlined
def _is_bare(data: Bytes, begin: int, version: int, bar: int) -> bool:
    """Is the version a word of its own, `0` or `1`?"""
    if bar - version != 1 or data[version] > _ONE:
        return False
    return version == begin or data[version - 1] in (_SPACE, _COLON, _GREATER)


@inlined
def _version(data: Bytes, begin: int, bar: int) -> int:
    """Where the digits and dots before the bar begin."""
    place = bar
    while place > begin and (_ZERO <= data[place - 1] <= _NINE or data[place - 1] == _DOT):
        place -= 1
    return place


@inlined
def _ends_with(data: Bytes, begin: int, end: int, word: Bytes) -> bool:
    return end - begin >= len(word) and same(data, end - len(word), end, word, 0, len(word))
