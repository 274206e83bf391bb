"""Where the text of lines begins and ends, and its first sign. Compiled. No reader of its own."""

import numpy as np
import numpy.typing as npt

from chahe.sources.scanning.compiled import compiled

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]

_BLANKS = (ord(" "), ord("\t"), ord("\r"), ord("\n"))
_MARK = np.frombuffer("\ufeff".encode(), np.uint8)


@compiled
def first_signs(data: Bytes, offsets: Ints) -> tuple[Ints, Ints, Bytes]:
    """Of each line `data[offsets[i]:offsets[i + 1]]`: its begin and end without blanks and byte-order mark, and its first
    sign, 0 of a blank line."""
    count = len(offsets) - 1
    begins, ends, signs = np.empty(count, np.int32), np.empty(count, np.int32), np.zeros(count, np.uint8)
    for line in range(count):
        begin, end = offsets[line], offsets[line + 1]
        while end > begin and data[end - 1] in _BLANKS:
            end -= 1
        if end - begin >= 3 and data[begin] == _MARK[0] and data[begin + 1] == _MARK[1] and data[begin + 2] == _MARK[2]:
            begin += 3
        while begin < end and data[begin] in _BLANKS:
            begin += 1
        begins[line], ends[line] = begin, end
        if begin < end:
            signs[line] = data[begin]
    return begins, ends, signs
