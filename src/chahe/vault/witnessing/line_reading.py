"""Reads the lines of a proof or request one by one, and knows at which byte each began."""

from collections.abc import Iterator

from chahe.vault.errors import Place
from chahe.vault.signing.canonical import at


class Lines:
    """Lines one after the other, with the place of the one that was taken last; after the end they are empty."""

    def __init__(self, data: bytes, place: Place) -> None:
        self._left: list[bytes] = data.split(b"\n")[::-1]
        self._whole = place
        self._begin = self._next = 0

    @property
    def place(self) -> Place:
        return at(self._whole, self._begin)

    def take(self) -> bytes:
        line = self._left.pop() if self._left else b""
        self._begin, self._next = self._next, self._next + len(line) + 1
        return line

    def __iter__(self) -> Iterator[bytes]:
        while self._left:
            yield self.take()
