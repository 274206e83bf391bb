r"""Packets in the kernel's log lines: the prefix an administrator chose, and where the pairs stand. Compiled. No reader of its own.

    [ 3529.289825] [UFW BLOCK] IN=eth0 OUT= MAC=00:… SRC=192.0.2.9 DST=10.1.1.7 LEN=52 … PROTO=TCP SPT=4711 DPT=22 …
    edge-dropIN=eth0 OUT=ppp0 SRC=… PROTO=ICMP TYPE=3 CODE=3 [SRC=10.1.1.7 DST=… PROTO=UDP SPT=… DPT=… ]

The prefix may be glued to `IN=`. What stands in brackets behind the pairs is the packet that an ICMP error is about; its own
addresses are no part of this one. Before the prefix may stand the seconds since the kernel began, or (`dmesg -T`) a time.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from chahe.sources.scanning.compiled import compiled, inlined
from chahe.sources.scanning.signs import behind_spaces
from chahe.sources.scanning.spans import Spans

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]

NONE, PACKET, CUT = range(3)
"""What a line holds: nothing of netfilter's, a packet, the beginning of one."""

_SPACE, _OPEN, _CLOSE, _EQUALS, _COLON, _DOT, _ZERO, _NINE, _I = (ord(sign) for sign in " []=:.09I")
_IN, _OUT, _SOURCE, _KERNEL, _MAC = (
    np.frombuffer(word, np.uint8) for word in (b"IN=", b" OUT=", b" SRC=", b"kernel: ", b" MAC=")
)


class Packets(NamedTuple):
    """By line."""

    states: Bytes
    begins: Ints
    """Where the pairs begin and end; both 0 where there is no packet."""
    ends: Ints
    prefix: Spans
    time: Spans
    """The time of `dmesg -T`."""


def packets(data: Bytes, starts: Ints, ends: Ints) -> Packets:
    """The packets in messages `data[starts[i]:ends[i]]`."""
    count = len(starts)
    found = Packets(
        np.zeros(count, np.uint8),
        np.zeros(count, np.int32),
        np.zeros(count, np.int32),
        (np.zeros(count, np.int32), np.zeros(count, np.int32)),
        (np.zeros(count, np.int32), np.zeros(count, np.int32)),
    )
    _packets(data, (starts, ends), found)
    return found


@compiled
def _packets(data: Bytes, edges: tuple[Ints, Ints], found: Packets) -> None:
    starts, ends = edges
    states, firsts, lasts, prefix, time = found
    for line in range(len(states)):
        begin, end = starts[line], ends[line]
        pairs = _pairs(data, begin, end)
        if pairs < 0:
            if _holds(data, begin, end, _SOURCE) or _holds(data, begin, end, _MAC):
                states[line] = CUT
            continue
        states[line] = PACKET
        firsts[line], lasts[line] = pairs, _behind_pairs(data, pairs, end)
        begin, written = _behind_clock(data, begin, pairs)
        if written:
            time[0][line], time[1][line] = begin - 26, 24
        begin = behind_spaces(data, begin, pairs)
        if _stands(data, begin, pairs, _KERNEL):
            begin, _ = _behind_clock(data, behind_spaces(data, begin + len(_KERNEL), pairs), pairs)
            begin = behind_spaces(data, begin, pairs)
        behind = pairs
        while behind > begin and data[behind - 1] == _SPACE:
            behind -= 1
        prefix[0][line], prefix[1][line] = begin, behind - begin


@inlined
def _pairs(data: Bytes, begin: int, end: int) -> int:
    """Where `IN=` stands with `OUT=` behind it; -1 for nowhere."""
    for place in range(begin, end - 8):
        if data[np.uintp(place)] == _I and _stands(data, place, end, _IN):
            behind = place + 3
            while behind < end and data[np.uintp(behind)] != _SPACE:
                behind += 1
            if _stands(data, behind, end, _OUT):
                return place
    return -1


@inlined
def _behind_pairs(data: Bytes, begin: int, end: int) -> int:
    for place in range(begin, end):
        if data[np.uintp(place)] == _OPEN and data[np.uintp(place - 1)] == _SPACE:
            return place
    return end


@inlined
def _behind_clock(data: Bytes, begin: int, end: int) -> tuple[int, bool]:
    """Behind `[ 3529.289825] ` or `[Sun Nov 22 09:00:00 2026] `, and whether it is the latter; `begin` where neither stands."""
    if begin >= end or data[begin] != _OPEN:
        return begin, False
    place = begin + 1
    while place < end and data[np.uintp(place)] != _CLOSE:
        place += 1
    if place >= end - 1 or data[place + 1] != _SPACE:
        return begin, False
    if place - begin == 25 and data[begin + 14] == _COLON and data[begin + 17] == _COLON:
        return place + 2, True
    dots = 0
    for index in range(begin + 1, place):
        sign = data[index]
        if sign == _DOT:
            dots += 1
        elif not (_ZERO <= sign <= _NINE or sign == _SPACE):
            return begin, False
    return (place + 2, False) if dots == 1 else (begin, False)


@inlined
def _stands(data: Bytes, place: int, end: int, word: Bytes) -> bool:
    if end - place < len(word):
        return False
    for index in range(len(word)):  # noqa: SIM110 - Numba compiles no generator expressions
        if data[np.uintp(place + index)] != word[np.uintp(index)]:
            return False
    return True


@inlined
def _holds(data: Bytes, begin: int, end: int, word: Bytes) -> bool:
    for place in range(begin, end - len(word) + 1):  # noqa: SIM110 - as above
        if _stands(data, place, end, word):
            return True
    return False
