"""Which FIX messages of a log are sent again (PossDupFlag 43=Y) and were there before."""

from array import array
from zlib import crc32

_PAGE = 64
_NOTHING = array("I", [0] * _PAGE)


class Resends:
    """The orders and reports seen, by session and sequence number (34), in a few bytes each.

    A sequence number is used anew after a reset, so what was seen at it is told by a checksum of the message's own
    identifier: a resend counts as seen only if the last message with its number had its identifier.
    """

    def __init__(self) -> None:
        self._pages: dict[str, dict[int, array[int]]] = {}

    def seen(self, session: str, number: str, identifier: str) -> bool:
        """Was this message there before? It is from now on. Numbers that are none are never remembered."""
        if not (number.isascii() and number.isdigit()) or len(number) > 12:
            return False
        page, at = divmod(int(number), _PAGE)
        pages = self._pages.setdefault(session, {})
        marks = pages.get(page)
        if marks is None:
            marks = pages[page] = _NOTHING[:]
        mark = crc32(identifier.encode()) | 1
        before = marks[at] == mark
        marks[at] = mark
        return before
