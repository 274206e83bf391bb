"""Which texts are IPv4 addresses in their one spelling, four numbers without leading zeros. Compiled. No reader of its own."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from chahe.sources.scanning.compiled import compiled

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

_DOT, _ZERO, _NINE = (ord(sign) for sign in ".09")


def are_plain(texts: pa.Array) -> Flags:
    """By text (string array; null is not plain)."""
    valid, edges, letters = texts.buffers()
    offsets = np.frombuffer(edges, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    plain = np.zeros(len(texts), np.bool_)
    _fill(np.frombuffer(letters or b"", np.uint8), offsets, plain)
    if valid is not None:
        plain &= texts.is_valid().to_numpy(zero_copy_only=False)
    return plain


@compiled
def _fill(data: Bytes, offsets: Ints, plain: Flags) -> None:
    for index in range(len(plain)):
        plain[index] = _is_plain(data, offsets[index], offsets[index + 1])


@compiled
def _is_plain(data: Bytes, begin: int, end: int) -> bool:
    numbers, digits, number = 0, 0, 0
    if not 7 <= end - begin <= 15:
        return False
    for place in range(begin, end):
        sign = int(data[place])
        if sign == _DOT:
            if digits == 0:
                return False
            numbers, digits, number = numbers + 1, 0, 0
        elif _ZERO <= sign <= _NINE and not (digits > 0 and number == 0):
            number, digits = 10 * number + sign - _ZERO, digits + 1
            if number > 255:
                return False
        else:
            return False
    return numbers == 3 and digits > 0
