"""Line ends that a relay wrote as text within a record, made blanks again. Compiled. No reader of its own.

CEF:0|…|act=accept #012src=10.1.2.3#015     rsyslog writes a control character as `#` and its number in octal
"""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from chahe.sources.scanning.byte_blocks import find
from chahe.sources.scanning.compiled import compiled

Bytes = npt.NDArray[np.uint8]

_HASH = np.uint8(ord("#"))
_SPACE, _ZERO, _ONE, _TWO, _THREE, _FIVE = (ord(sign) for sign in " 01235")


def without_line_ends(lines: pa.Array) -> pa.Array:
    """The lines (string array without nulls), each `#012`, `#013` and `#015` in them made four blanks."""
    _, edges, letters = lines.buffers()
    if not letters or not len(lines):
        return lines
    offsets = np.frombuffer(edges, np.int32)[lines.offset : lines.offset + len(lines) + 1]
    data = np.frombuffer(letters, np.uint8)[: offsets[-1]]
    first = _next(data, int(offsets[0]))
    if first == len(data):
        return lines
    changed = data.copy()
    _blank(changed, first)
    return pa.Array.from_buffers(pa.string(), len(lines), [None, edges, pa.py_buffer(changed)], offset=lines.offset)


@compiled
def _blank(data: Bytes, place: int) -> None:
    while place < len(data):
        data[place : place + 4] = _SPACE
        place = _next(data, place + 4)


@compiled
def _next(data: Bytes, place: int) -> int:
    """Where the next one begins, or the end."""
    end = len(data) - 3
    place = find(data, place, max(end, 0), _HASH)
    while place < end:
        last = data[place + 3]
        if data[place + 1] == _ZERO and data[place + 2] == _ONE and last in (_TWO, _THREE, _FIVE):
            return place
        place = find(data, place + 1, end, _HASH)
    return len(data)
