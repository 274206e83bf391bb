"""What the part of a growing log that was read before says of the lines that were added."""

from collections.abc import Callable
from typing import BinaryIO

import numpy as np
import pyarrow.compute as pc

from chahe.engine.chunks import SMALL, chunks
from chahe.sources.model import LineReader, Reader


def headings_behind(reader: Reader, opened: Callable[[], BinaryIO], size: int) -> bytes:
    """The headings (see `LineReader.headings`) in force behind the first `size` bytes of a stream, which are whole lines."""
    headings, passed = b"", 0
    if not isinstance(reader, LineReader) or reader.headings is None:
        return headings
    with opened() as stream:
        for chunk in chunks(stream, SMALL):
            ends = passed + np.cumsum(pc.binary_length(chunk.lines).to_numpy(zero_copy_only=False))
            headings = reader.headings(chunk.lines.slice(0, int(np.searchsorted(ends, size, side="right"))), headings)
            passed = int(ends[-1])
            if passed >= size:
                break
    return headings
