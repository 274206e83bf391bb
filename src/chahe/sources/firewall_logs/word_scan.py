"""The first of some words in messages. Compiled. No reader of its own.

A word ends where a letter, a digit or an underscore meets something else; capitals are small letters.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from chahe.sources.scanning.compiled import compiled, inlined
from chahe.sources.scanning.signs import behind_digits, behind_spaces

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

_ZERO, _NINE, _SMALL_A, _SMALL_Z, _UNDERSCORE = (ord(sign) for sign in "09az_")
_LETTERS = np.array(
    [chr(sign).isascii() and (chr(sign).isalnum() or chr(sign) == "_") for sign in range(256)], np.bool_
)


def first_words(data: Bytes, spans: tuple[Ints, Ints], where: Flags, words: Sequence[str]) -> tuple[Ints, Ints]:
    """Begins and sizes of the first of `words` (small letters, blanks allowed) in each message `data[begin:end]` that is asked."""
    letters = np.frombuffer("".join(words).encode(), np.uint8)
    starts = np.array([0, *np.cumsum([len(word.encode()) for word in words])], np.int32)
    return _first_words(data, spans, where, letters, starts)


@compiled
def numbers_behind(data: Bytes, spans: tuple[Ints, Ints], where: Flags, word: Bytes) -> tuple[Ints, Ints]:
    """The digits behind the first `word` that has some."""
    found = (np.zeros(len(where), np.int32), np.zeros(len(where), np.int32))
    for line in np.flatnonzero(where):
        begin, end = spans[0][line], spans[1][line]
        for place in range(begin, end - len(word)):
            if _is_at(data, place, begin, end, word, 0, len(word)):
                digits = behind_spaces(data, place + len(word), end)
                behind = behind_digits(data, digits, end)
                if behind > digits:
                    found[0][line], found[1][line] = digits, behind - digits
                    break
    return found


@compiled
def _first_words(
    data: Bytes, spans: tuple[Ints, Ints], where: Flags, letters: Bytes, starts: Ints
) -> tuple[Ints, Ints]:
    found = (np.zeros(len(where), np.int32), np.zeros(len(where), np.int32))
    first = np.zeros(256, np.bool_)
    for word in range(len(starts) - 1):
        first[letters[starts[word]]] = True
        first[letters[starts[word]] & ~32] = True
    for line in np.flatnonzero(where):
        begin, end = spans[0][line], spans[1][line]
        place = begin
        while place < end and found[1][line] == 0:
            if first[data[np.uintp(place)]]:
                for word in range(len(starts) - 1):
                    if _is_at(data, place, begin, end, letters, starts[word], starts[word + 1]):
                        found[0][line], found[1][line] = place, starts[word + 1] - starts[word]
                        break
            place += 1
    return found


@inlined
def _is_at(data: Bytes, place: int, begin: int, end: int, letters: Bytes, start: int, stop: int) -> bool:  # noqa: PLR0913, PLR0917 - as scanners are
    behind = place + stop - start
    if behind > end or (place > begin and _LETTERS[data[place - 1]]) or (behind < end and _LETTERS[data[behind]]):
        return False
    for index in range(stop - start):
        sign, letter = data[np.uintp(place + index)], letters[np.uintp(start + index)]
        small = sign | 32 if ord("A") <= sign <= ord("Z") else sign
        if small != letter:
            return False
    return True
