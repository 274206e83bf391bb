"""A stream whose first bytes have been looked at, whole again. No reader of its own."""

import io
from typing import BinaryIO


class _Whole(io.RawIOBase):
    """The bytes already read, and then the rest of the stream."""

    def __init__(self, start: bytes, rest: BinaryIO) -> None:
        self.start = start
        self.rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # typeshed asks for any buffer
        data, self.start = self.start[: len(buffer)], self.start[len(buffer) :]
        data = data or self.rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def peeked(stream: BinaryIO, size: int = 512) -> tuple[bytes, BinaryIO]:
    """The first bytes of a stream, and a stream that begins with them. Whatever the stream raises is raised where it is met."""
    start = stream.read(size)
    return start, rejoined(start, stream)


def rejoined(start: bytes, rest: BinaryIO) -> BinaryIO:
    """Bytes already read, and then the rest of the stream they came from."""
    return io.BufferedReader(_Whole(start, rest))
