"""The keys that a scan of fields looks for, and how it tells one among the bytes. Compiled. No reader of its own."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from chahe.sources.scanning.byte_blocks import eight
from chahe.sources.scanning.compiled import inlined

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]

_UNTOLD, _NULL = (np.frombuffer(word, np.uint8) for word in (b"N/A", b"(null)"))


class Keys(NamedTuple):
    """The wanted keys, as compiled code looks them up: see `wanted`."""

    letters: Bytes
    starts: Ints
    """Where in `letters` each key begins (and the last ends); eight bytes stand behind."""
    chains: Ints
    """By `slot`: the first key there, or -1."""
    following: Ints
    """By key: the next of its chain, or -1."""
    fields: Ints
    ranks: Ints
    """By key: its field, and its place among the keys of that field."""


def keys_of(fields: Mapping[str, Sequence[str]]) -> Keys:
    """For fields in order, each with the keys it may stand under, the first that says something first."""
    words = [(key.encode(), field, rank) for field, keys in enumerate(fields.values()) for rank, key in enumerate(keys)]
    letters = np.frombuffer(b"".join(word for word, _, _ in words) + bytes(8), np.uint8)
    starts = np.cumsum([0, *(len(word) for word, _, _ in words)], dtype=np.int32)
    chains, following = np.full(256, -1, np.int32), np.full(len(words), -1, np.int32)
    for index in range(len(words)):
        place = slot(letters, starts[index], starts[index + 1])
        following[index] = chains[place]
        chains[place] = index
    ranks = np.array([rank for _, _, rank in words], np.int32)
    return Keys(letters, starts, chains, following, np.array([field for _, field, _ in words], np.int32), ranks)


@inlined
def wanted(data: Bytes, begin: int, end: int, keys: Keys) -> int:
    """Which of the keys stands here (at least one byte); -1 for none."""
    key = int(keys.chains[np.uintp(slot(data, begin, end))])
    while key >= 0 and not same(data, begin, end, keys.letters, keys.starts[key], keys.starts[key + 1]):
        key = int(keys.following[key])
    return key


@inlined
def slot(data: Bytes, begin: int, end: int) -> int:
    """The chain of a key of at least one byte."""
    return (int(data[np.uintp(begin)]) + 5 * int(data[np.uintp(end - 1)]) + 11 * (end - begin)) & 255


@inlined
def same(data: Bytes, begin: int, end: int, letters: Bytes, start: int, stop: int) -> bool:
    """Are these the same bytes?"""
    size = end - begin
    if size != stop - start:
        return False
    if 0 < size <= 16 and begin + 8 <= len(data) and start + 8 <= len(letters):
        differ = (eight(data, begin) ^ eight(letters, start)) << np.uint64(64 - 8 * min(size, 8))
        if size <= 8 or differ != 0:
            return bool(differ == 0)
        return bool(eight(data, end - 8) == eight(letters, stop - 8))
    for index in range(size):  # noqa: SIM110 - Numba compiles no generator expressions
        if data[np.uintp(begin + index)] != letters[np.uintp(start + index)]:
            return False
    return True


@inlined
def says_nothing(data: Bytes, begin: int, size: int) -> bool:
    """Is the value `N/A` or `(null)`, as makers write what they do not know?"""
    if size == len(_UNTOLD):
        return same(data, begin, begin + size, _UNTOLD, 0, size)
    return size == len(_NULL) and same(data, begin, begin + size, _NULL, 0, size)
