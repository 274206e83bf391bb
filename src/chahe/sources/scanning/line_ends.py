"""Where the lines of a chunk of bytes end. Compiled. No reader of its own."""

import numpy as np
import numpy.typing as npt

from chahe.sources.scanning.byte_blocks import BLOCK, ONE, above_ascii, lowest, where
from chahe.sources.scanning.compiled import compiled

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]

_FEED = np.uint8(ord("\n"))
_NONE = np.uint64(0)


def line_ends(data: Bytes) -> tuple[Ints, bool]:
    """Where each line begins and, last, where the last one ends (data that ends in a line feed); is all of it ASCII?"""
    offsets = np.empty(len(data) + 1, np.int32)  # as many as there could be; only what is written to takes memory
    count, ascii_only = _fill(data, offsets)
    return offsets[: count + 1].copy(), ascii_only


@compiled
def _fill(data: Bytes, offsets: Ints) -> tuple[int, bool]:
    offsets[0] = 0
    count, high = 0, _NONE
    whole = len(data) - len(data) % BLOCK
    for block in range(0, whole, BLOCK):
        high |= above_ascii(data, block)
        bits = where(data, block, _FEED)
        while bits:
            count += 1
            offsets[count] = block + lowest(bits) + 1
            bits &= bits - ONE
    for place in range(whole, len(data)):
        high |= np.uint64(data[place] >> 7)
        if data[place] == _FEED:
            count += 1
            offsets[count] = place + 1
    return count, high == _NONE
