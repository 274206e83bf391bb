"""A stream of which the first bytes were already read, as one stream again. No reader of its own."""

import io
from typing import BinaryIO


class Joined:
    """Bytes already read, then the rest of the stream they came from."""

    def __init__(self, first: bytes, stream: BinaryIO) -> None:
        self.first = io.BytesIO(first)
        self.stream = stream

    def read(self, size: int) -> bytes:
        """Up to that many bytes; fewer where the two meet, none at the end."""
        return self.first.read(size) or self.stream.read(size)

    def readline(self, longest: int) -> bytes:
        """A line with its end, or its first bytes where it is longer; none at the end."""
        line = self.first.readline(longest)
        if line.endswith(b"\n") or len(line) >= longest:
            return line
        return line + self.stream.readline(longest - len(line))
