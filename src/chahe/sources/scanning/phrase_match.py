"""The steps of phrases run over messages. Compiled; `phrase_scan` writes the steps. No reader of its own.

A message is looked at from its beginning. Where a step does not fit, the last choice within the stretch since the last
`first` or `last` is made otherwise, then that hole tries its next place; what stands before it is settled. So a message
is looked through once for each hole. Where what stands behind a hole begins again and again, and runs far each time, the
phrase is given up: time goes with the message's length, whatever stands in it.
"""

import numpy as np
import numpy.typing as npt

from chahe.sources.scanning.compiled import compiled, inlined
from chahe.sources.scanning.signs import behind_digits

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
Steps = tuple[Ints, Ints, Bytes, Flags, Ints, Ints]
"""As `phrase_scan.Book` has them: code, starts, letters, classes, chains, bounds."""

LITERAL, RUN, ADDRESS, SPLIT, JUMP, SAVE_BEGIN, SAVE_END, FIRST, LAST, END, DONE = range(11)
"""LITERAL letters[a : a + b] · RUN of class a, and ADDRESS, at least b bytes · SPLIT goes on, and if that fails at a, forgetting the slots
of bits b · JUMP to a · FIRST and LAST try what follows at every place from here, or from the end backwards."""

_PATIENCE, _AT_LEAST = 8, 4096
"""How many times a message's length (and this many bytes) may be run over behind holes: no line takes for ever."""
_CHOICES = 16
"""Choices open at once."""
_LONGEST_ADDRESS = 46
"""Bytes; of longer stretches of hexadecimal digits none is an address."""
_DOT, _COLON, _ZERO, _NINE, _SMALL_A, _SMALL_F = (ord(sign) for sign in ".:09af")


@compiled
def matched(data: Bytes, spans: tuple[Ints, Ints], groups: Ints, steps: Steps, found: tuple[Ints, Ints, Ints]) -> None:
    """Sets, for each line, its phrase's number (where one fits), and by slot and line begins and sizes."""
    code, starts, letters, classes, chains, bounds = steps
    phrases, begins, sizes = found
    first, last = spans
    stack = np.empty((_CHOICES, 3), np.int64)
    for line in range(len(phrases)):
        begin, end = first[line], last[line]
        dirty = False
        for link in range(bounds[groups[line]], bounds[groups[line] + 1]):
            start = starts[chains[link]]
            if code[start, 0] == LITERAL and not _is_next(data, begin, end, letters, code[start, 1], code[start, 2]):
                continue
            if dirty:
                sizes[:, line] = 0
            dirty = True
            if _fits(data, begin, end, code, start, letters, classes, begins, sizes, line, stack):
                phrases[line] = chains[link]
                break
        else:
            if dirty:
                sizes[:, line] = 0


@inlined
def _is_next(data: Bytes, place: int, end: int, letters: Bytes, at: int, size: int) -> bool:
    if end - place < size:
        return False
    for index in range(size):  # noqa: SIM110 - Numba compiles no generator expressions
        if data[np.uintp(place + index)] != letters[np.uintp(at + index)]:
            return False
    return True


@inlined
def _fits(  # noqa: C901, PLR0912, PLR0913, PLR0915, PLR0917 - one loop: arrays handed on at each step would cost more than the step
    data: Bytes,
    begin: int,
    end: int,
    code: Ints,
    step: int,
    letters: Bytes,
    classes: Flags,
    begins: Ints,
    sizes: Ints,
    line: int,
    stack: npt.NDArray[np.int64],
) -> bool:
    """Does the phrase whose steps begin at `step` fit? Keeps what it finds for the line."""
    place, choices = int(begin), 0
    hole, since, tried, spent = -1, 0, 0, 0
    while True:
        kind, a, b, slot = code[step, 0], code[step, 1], code[step, 2], code[step, 3]
        fits = True
        if kind == LITERAL:
            fits = _is_next(data, place, end, letters, a, b)
            place += b
            step += 1
        elif kind in (RUN, ADDRESS):
            behind = _behind_run(data, place, end, classes, a) if kind == RUN else _behind_address(data, place, end)
            fits = behind - place >= b
            if slot >= 0:
                begins[slot, line], sizes[slot, line] = place, behind - place
            spent += behind - place
            place = behind
            step += 1
        elif kind == SPLIT:
            if choices == _CHOICES:
                return False
            stack[choices, 0], stack[choices, 1], stack[choices, 2] = a, place, b
            choices += 1
            step += 1
        elif kind == JUMP:
            step = a
        elif kind == SAVE_BEGIN:
            begins[slot, line] = place
            step += 1
        elif kind == SAVE_END:
            sizes[slot, line] = place - begins[slot, line]
            step += 1
        elif kind == END:
            fits = place == end
            step += 1
        elif kind == DONE:
            return True
        else:
            # What stands before this hole is settled.
            hole, since, choices = step, place, 0
            tried = place - 1 if kind == FIRST else end + 1
            fits = False
        if fits:
            continue
        if choices > 0:
            choices -= 1
            step, place = stack[choices, 0], stack[choices, 1]
            for index in range(len(sizes)):
                if (stack[choices, 2] >> index) & 1:
                    sizes[index, line] = 0
            continue
        if hole < 0 or spent > _PATIENCE * (end - begin) + _AT_LEAST:
            return False
        tried = _next_try(data, since, end, tried, code, hole, letters)
        if tried < since or tried > end:
            return False
        slot = code[hole, 3]
        if slot >= 0:
            begins[slot, line], sizes[slot, line] = since, tried - since
        step, place = hole + 1, tried


@inlined
def _next_try(  # noqa: PLR0913, PLR0917 - arrays within a tuple are slower by far
    data: Bytes, since: int, end: int, tried: int, code: Ints, hole: int, letters: Bytes
) -> int:
    """The next place for what follows a hole; one before `since` or behind `end` where there is none."""
    behind = code[hole + 1, 0]
    if behind in (END, DONE):
        return end if tried < since or tried > end else -1
    step = 1 if code[hole, 0] == FIRST else -1
    tried += step
    if behind == LITERAL:
        letter = letters[code[hole + 1, 1]]
        if step > 0:
            while tried < end and data[np.uintp(tried)] != letter:
                tried += 1
        else:
            tried = min(tried, end - code[hole + 1, 2])
            while tried >= since and data[np.uintp(tried)] != letter:
                tried -= 1
    return tried


@inlined
def _behind_run(data: Bytes, place: int, end: int, classes: Flags, of: int) -> int:
    while place < end and classes[of, data[np.uintp(place)]]:
        place += 1
    return place


@inlined
def _behind_address(data: Bytes, place: int, end: int) -> int:
    """Behind four numbers between dots, or hexadecimal digits with two colons or more; `place` where neither stands."""
    behind = place
    for part in range(4):
        start = behind
        behind = behind_digits(data, behind, min(end, behind + 3))
        if behind == start:
            break
        if part == 3:
            return behind
        if behind == end or data[np.uintp(behind)] != _DOT:
            break
        behind += 1
    behind, colons = place, 0
    while behind < min(end, place + _LONGEST_ADDRESS):
        sign = data[np.uintp(behind)]
        if sign == _COLON:
            colons += 1
        elif not (_ZERO <= sign <= _NINE or _SMALL_A <= sign | 32 <= _SMALL_F):
            break
        behind += 1
    return behind if colons >= 2 else place
