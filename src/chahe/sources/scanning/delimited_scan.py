"""Lines that are lists of values: where in many lines the values at wanted positions stand. Compiled. No reader of its own.

    1,2026/11/22 09:00:00,007051000099999,TRAFFIC,end,"a rule, ""quoted"" and with a comma",allow

A value whose first sign is a quote ends at the next quote that is not doubled, where quotes are looked for at all.
Positions count from 0. Which positions are wanted may differ from line to line: each line has a plan.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from chahe.sources.scanning.byte_blocks import BLOCK, ONE, below, lowest, where
from chahe.sources.scanning.compiled import compiled
from chahe.sources.scanning.spans import Spans
from chahe.sources.scanning.syslog_scan import bytes_of

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

_MARK = b"\xef\xbb\xbf"
_QUOTE, _FEED, _RETURN = (ord(sign) for sign in '"\n\r')


class Plans(NamedTuple):
    """For kinds of lines, which of their positions are wanted."""

    slots: Ints
    """By kind and position: the row of `Cut` that takes the value; -1 for none."""
    lasts: Ints
    """By kind: the last position wanted; what stands behind it is not looked at. -1 where nothing is wanted."""


class Cut(NamedTuple):
    """What was found. A size of 0: nothing stands there, or the line has fewer values."""

    data: Bytes
    """The values wanted, close together: what is looked at column by column should not lie scattered over all the lines."""
    begins: Ints
    sizes: Ints
    """By slot and line, in `data`. Of a value in quotes, what stands between them; a doubled quote there is one."""
    counts: Ints
    """By line: how many values were looked at."""
    broken: Flags
    """By line: a quote was opened and not closed."""

    def of(self, slot: int) -> Spans:
        """A slot's spans, by line."""
        return self.begins[slot], self.sizes[slot]


def plans_of(kinds: Sequence[Mapping[int, int]]) -> Plans:
    """For each kind of line, the slot of each position wanted. A kind may want nothing."""
    lasts = [max(kind, default=-1) for kind in kinds]
    slots = np.full((len(kinds), max(lasts, default=-1) + 2), -1, np.int32)
    for index, kind in enumerate(kinds):
        for position, slot in kind.items():
            slots[index, position] = slot
    return Plans(slots, np.array(lasts, np.int32))


def lines_of(lines: Any) -> tuple[Bytes, Ints, Ints]:  # noqa: ANN401 - Arrow's arrays are untyped
    """The bytes of lines (an Arrow array without nulls, each with its end), and where each begins and its end begins.

    A byte-order mark is no part of the first line.
    """
    data, offsets = bytes_of(lines)
    begins = offsets[:-1]
    if len(begins) and data[begins[0] : begins[0] + len(_MARK)].tobytes() == _MARK:
        begins = begins.copy()
        begins[0] += len(_MARK)
    return data, begins, _ends(data, offsets)


def cut(  # noqa: PLR0913 - arrays of one scan
    data: Bytes, begins: Ints, ends: Ints, *, delimiter: str, plans: Plans, kinds: Ints, slots: int, quotes: bool = True
) -> Cut:
    """The values wanted of the lines `data[begins[i]:ends[i]]`, where line i is of `kinds[i]` (-1: not looked at)."""
    shape = (slots, len(begins))
    room = int((ends - begins).sum()) + slots * len(begins)
    found = Cut(
        np.empty(room, np.uint8),
        np.zeros(shape, np.int32),
        np.zeros(shape, np.int32),
        np.zeros(len(begins), np.int32),
        np.zeros(len(begins), np.bool_),
    )
    filled = _cut(data, (begins, ends), plans, kinds, (np.uint8(ord(delimiter)), quotes), found)
    return found._replace(data=found.data[:filled])


@compiled
def _ends(data: Bytes, offsets: Ints) -> Ints:
    """Where the end of each line (line feed, carriage return) begins."""
    ends = np.empty(len(offsets) - 1, np.int32)
    for line in range(len(ends)):
        begin, end = offsets[line], offsets[line + 1]
        while end > begin and data[end - 1] in (_FEED, _RETURN):
            end -= 1
        ends[line] = end
    return ends


@compiled
def _cut(
    data: Bytes, edges: tuple[Ints, Ints], plans: Plans, kinds: Ints, form: tuple[np.uint8, bool], found: Cut
) -> int:
    """How much of the room for values is filled."""
    starts, stops = edges
    wanted, lasts = plans
    delimiter, quotes = form
    values, begins, sizes, counts, broken = found
    to = 0
    for line in range(len(kinds)):
        kind = kinds[line]
        if kind < 0:
            continue
        place, end, last = starts[line], stops[line], lasts[kind]
        block = place
        bits = where(data, block, delimiter) & below(end - block)
        position = 0
        while position <= last:
            begin, inner = place, 0
            if quotes and place < end and data[np.uintp(place)] == _QUOTE:
                behind = _behind_quotes(data, place + 1, end)
                if behind < 0:
                    broken[line] = True
                    break
                inner = 1 if behind >= end or data[np.uintp(behind)] == delimiter else 0
                block = behind
                bits = where(data, block, delimiter) & below(end - block)
            while not bits and block + BLOCK < end:
                block += BLOCK
                bits = where(data, block, delimiter) & below(end - block)
            place = block + lowest(bits) if bits else end
            bits &= bits - ONE
            slot = wanted[np.uintp(kind), np.uintp(position)]
            if slot >= 0:
                begins[slot, line] = to
                index = begin + inner
                while index < place - inner:
                    values[np.uintp(to)] = data[np.uintp(index)]
                    to += 1
                    index += 2 if inner and data[np.uintp(index)] == _QUOTE else 1
                sizes[slot, line] = to - begins[slot, line]
                values[np.uintp(to)] = 0  # no value seems to stand behind a quote
                to += 1
            position += 1
            place += 1
            if place > end:
                break
        counts[line] = position
    return to


@compiled
def _behind_quotes(data: Bytes, place: int, end: int) -> int:
    """The place behind the closing quote; -1 for none."""
    while place < end:
        if data[np.uintp(place)] == _QUOTE:
            if place + 1 >= end or data[np.uintp(place + 1)] != _QUOTE:
                return place + 1
            place += 1
        place += 1
    return -1
