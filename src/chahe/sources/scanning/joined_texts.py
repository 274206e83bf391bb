"""Texts that stand in columns put behind one another, row by row. Compiled. No reader of its own."""

import numpy as np
import numpy.typing as npt

from chahe.sources.scanning.compiled import compiled

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]


def joined(letters: Bytes, edges: Ints, codes: Ints) -> tuple[Bytes, Ints]:
    """The bytes of all rows, and where each row begins (and the last ends).

    Text i is `letters[edges[i]:edges[i + 1]]`; `codes` says by column and row which text stands there, -1 for none.
    Raises OverflowError for 2 GiB or more.
    """
    offsets = np.zeros(codes.shape[1] + 1, np.int64)
    _measure(edges, codes, offsets)
    if offsets[-1] > np.iinfo(np.int32).max:
        raise OverflowError(f"{len(offsets) - 1} rows have {offsets[-1]} bytes")
    found = np.empty(offsets[-1], np.uint8)
    _fill(letters, edges, codes, found)
    return found, offsets.astype(np.int32)


@compiled
def _measure(edges: Ints, codes: Ints, offsets: npt.NDArray[np.int64]) -> None:
    for column in range(codes.shape[0]):
        for row in range(codes.shape[1]):
            code = codes[column, row]
            if code >= 0:
                offsets[row + 1] += edges[code + 1] - edges[code]
    for row in range(codes.shape[1]):
        offsets[row + 1] += offsets[row]


@compiled
def _fill(letters: Bytes, edges: Ints, codes: Ints, found: Bytes) -> None:
    to = 0
    for row in range(codes.shape[1]):
        for column in range(codes.shape[0]):
            code = codes[column, row]
            if code >= 0:
                for place in range(edges[code], edges[code + 1]):
                    found[np.uintp(to)] = letters[np.uintp(place)]
                    to += 1
