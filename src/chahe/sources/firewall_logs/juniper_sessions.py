r"""Sessions in Junos's plain messages: where their fields stand. Compiled. No reader of its own.

    session created A/port->B/port [0x0] service A'/port->B'/port [0x0] [rule types and names of NAT …]
        protocol policy from-zone to-zone session-id [user(roles)] …
    session closed REASON: … session-id packets(bytes) packets(bytes) seconds … [user(roles)] …
    session denied A/port->B/port [0x0] service protocol(icmp-type) policy from-zone to-zone … [user(roles)] …

Each is one line; what stands in brackets here depends on the release.
"""

import numpy as np
import numpy.typing as npt

from chahe.sources.firewall_logs.juniper_scan import find_word
from chahe.sources.scanning.compiled import compiled, inlined
from chahe.sources.scanning.signs import behind_digits, behind_spaces, behind_word

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]

SOURCE, SOURCE_PORT, DESTINATION, DESTINATION_PORT, PROTOCOL, POLICY, SENT, RECEIVED, USER = range(9)
"""What plain sessions say."""

_SPACE, _COMMA, _SLASH, _LEFT, _RIGHT, _GREATER, _LESS = (ord(sign) for sign in " ,/()><")
_ARROW = np.frombuffer(b"->", np.uint8)
_LONGEST = 40
"""Words behind a session's ends."""


def sessions(data: Bytes, begins: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """Begins and sizes, by field (SOURCE …) and line, of plain sessions `data[begins[i]:ends[i]]` that are not empty."""
    found = np.zeros((9, len(begins)), np.int32), np.zeros((9, len(begins)), np.int32)
    _sessions(data, (begins, ends), found)
    return found


@compiled
def _sessions(data: Bytes, edges: tuple[Ints, Ints], found: tuple[Ints, Ints]) -> None:
    starts, ends = edges
    words = np.zeros((_LONGEST, 2), np.int32)
    for line in range(len(starts)):
        end = ends[line]
        if starts[line] == end:
            continue
        place = _ends_of_a_session(data, starts[line], end, line, found)
        if place < 0:
            continue
        count, second = 0, -1
        while count < _LONGEST:
            begin = behind_spaces(data, place, end)
            place = behind_word(data, begin, end)
            if place == begin:
                break
            words[count, 0], words[count, 1] = begin, place
            if second < 0 and find_word(data, begin, place, _ARROW) >= 0:
                second = count
            count += 1
        if second < 0:
            _note_denied(data, words[:count], line, found)
        else:
            _note_session(data, words[second + 1 : count], line, found)


@inlined
def _ends_of_a_session(data: Bytes, begin: int, end: int, line: int, found: tuple[Ints, Ints]) -> int:
    """Notes `A/port->B/port` or `A(port)->B(port)`; where what follows begins, or -1 where no such pair stands."""
    arrow = find_word(data, begin, end, _ARROW)
    if arrow < 0:
        return -1
    start = arrow
    while start > begin and data[start - 1] not in (_SPACE, _LESS, _COMMA):
        start -= 1
    stop = arrow + 2
    while stop < end and data[stop] not in (_SPACE, _GREATER, _COMMA):
        stop += 1
    _note_end(data, start, arrow, (SOURCE, line), found)
    _note_end(data, arrow + 2, stop, (DESTINATION, line), found)
    return stop


@inlined
def _note_end(data: Bytes, begin: int, end: int, of: tuple[int, int], found: tuple[Ints, Ints]) -> None:
    """`10.1.2.3/443` or `10.1.2.3(443)`."""
    field, line = of
    stop = begin
    while stop < end and data[stop] != _SLASH and data[stop] != _LEFT:
        stop += 1
    found[0][field, line], found[1][field, line] = begin, stop - begin
    if stop < end:
        last = end - 1 if data[end - 1] == _RIGHT else end
        found[0][field + 1, line], found[1][field + 1, line] = stop + 1, max(last - stop - 1, 0)


@inlined
def _note_denied(data: Bytes, words: Ints, line: int, found: tuple[Ints, Ints]) -> None:
    for index in range(len(words) - 1):
        begin, end = words[index]
        stop = behind_digits(data, begin, end)
        if begin < stop <= begin + 3 and stop < end and data[stop] == _LEFT and data[end - 1] == _RIGHT:
            found[0][PROTOCOL, line], found[1][PROTOCOL, line] = begin, stop - begin
            found[0][POLICY, line] = words[index + 1, 0]
            found[1][POLICY, line] = words[index + 1, 1] - words[index + 1, 0]
            _note_user(data, words[index + 2 :], line, found)
            return


@inlined
def _note_session(data: Bytes, words: Ints, line: int, found: tuple[Ints, Ints]) -> None:
    """A number up to 255, the policy, two zones, the session's number: that is where the protocol stands."""
    for index in range(len(words) - 4):
        begin, end = words[index]
        if (
            end - begin <= 3
            and _is_number(data, begin, end)
            and _is_number(data, words[index + 4, 0], words[index + 4, 1])
        ):
            found[0][PROTOCOL, line], found[1][PROTOCOL, line] = begin, end - begin
            found[0][POLICY, line] = words[index + 1, 0]
            found[1][POLICY, line] = words[index + 1, 1] - words[index + 1, 0]
            behind_it = index + 5
            if len(words) > index + 6:
                for field, word in ((SENT, index + 5), (RECEIVED, index + 6)):
                    stop = behind_digits(data, words[word, 0], words[word, 1])
                    if stop > words[word, 0] and stop < words[word, 1] and data[stop] == _LEFT:
                        last = words[word, 1] - 1
                        found[0][field, line], found[1][field, line] = stop + 1, last - stop - 1
                        behind_it = word + 1
            _note_user(data, words[behind_it:], line, found)
            return


@inlined
def _note_user(data: Bytes, words: Ints, line: int, found: tuple[Ints, Ints]) -> None:
    """The first `user(roles)`."""
    for index in range(len(words)):
        begin, end = words[index]
        if data[end - 1] != _RIGHT:
            continue
        for place in range(begin + 1, end):
            if data[place] == _LEFT:
                found[0][USER, line], found[1][USER, line] = begin, place - begin
                return


@inlined
def _is_number(data: Bytes, begin: int, end: int) -> bool:
    return begin < end and behind_digits(data, begin, end) == end
