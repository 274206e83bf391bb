"""Where the lines of a chunk of bytes end. Compiled. No reader of its own."""

import numpy as np
import numpy.typing as npt

from chahe.sources.scanning.byte_blocks import BLOCK, ONE, below, eight, lowest, where
from chahe.sources.scanning.compiled import compiled

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]

_FEED = np.uint8(ord("\n"))
_NONE, _ABOVE_ASCII = np.uint64(0), np.uint64(0x8080808080808080)
_PIECE = 1 << 12
"""Bytes looked at twice, while they are near."""


def line_ends(data: Bytes) -> tuple[Ints, bool]:
    """Where each line begins and, last, where the last one ends (data that ends in a line feed); is all of it ASCII?"""
    offsets = np.empty(len(data) + 1, np.int32)  # as many as there could be; only what is written to takes memory
    count, ascii_only = _fill(data, offsets)
    return offsets[: count + 1].copy(), ascii_only


@compiled
def _fill(data: Bytes, offsets: Ints) -> tuple[int, bool]:
    offsets[0] = 0
    count, all_signs = 0, _NONE
    whole = len(data) - len(data) % 8
    for piece in range(0, len(data), _PIECE):
        end = min(piece + _PIECE, len(data))
        for place in range(piece, min(end, whole), 8):
            all_signs |= eight(data, place)
        for block in range(piece, end, BLOCK):
            bits = where(data, block, _FEED) & below(end - block)
            while bits:
                count += 1
                offsets[count] = block + lowest(bits) + 1
                bits &= bits - ONE
    for place in range(whole, len(data)):
        all_signs |= np.uint64(data[place])
    return count, all_signs & _ABOVE_ASCII == _NONE
