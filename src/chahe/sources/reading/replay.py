"""A stream read more than once, for documents whose end says what their beginning means. No reader of its own."""

from io import BytesIO
from typing import BinaryIO, Final

import zstandard

_PIECE: Final = 256 << 10


class Replay:
    """A stream that can be read from its beginning more than once; kept packed in memory where it cannot be wound back."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._begin = stream.tell() if stream.seekable() else None
        self._packed = b"" if self._begin is not None else _packed(stream)

    def again(self) -> BinaryIO:
        """The stream from its beginning; earlier ones are done with."""
        if self._begin is not None:
            self._stream.seek(self._begin)
            return self._stream
        return zstandard.ZstdDecompressor().stream_reader(BytesIO(self._packed), read_across_frames=True)


def _packed(stream: BinaryIO) -> bytes:
    packer = zstandard.ZstdCompressor(level=1).compressobj()
    pieces = [packer.compress(piece) for piece in iter(lambda: stream.read(_PIECE), b"")]
    return b"".join([*pieces, packer.flush()])
