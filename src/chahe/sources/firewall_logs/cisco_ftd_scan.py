"""The keys of FTD's connection, intrusion and file events (430001 to 430005). Compiled. No reader of its own.

    DeviceUUID: 5f0c, FirstPacketSecond: 2026-03-03T04:05:06Z, AccessControlRuleAction: Block, SrcIP: 10.1.1.7, DstIP: 192.0.2.9,
        SrcPort: 50123, DstPort: 443, Protocol: tcp, AccessControlRuleName: no games, UserAgent: x, y, InitiatorBytes: 98

(Cisco Secure Firewall Threat Defense Syslog Messages, "Security Event Syslog Messages"; one line.) A value goes on to the next
comma, blank, key, colon and blank. A visitor chooses some values (UserAgent, URL), and may write keys into them. Those of
addresses, ports, rules and actions stand before any such value, so the first counts; bytes stand behind, so where their key
stands twice nobody knows which is the firewall's, and none counts.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from chahe.sources.scanning.byte_blocks import find
from chahe.sources.scanning.compiled import compiled, inlined
from chahe.sources.scanning.signs import byte_at
from chahe.sources.scanning.syslog_times import LOCAL, MOMENT, iso

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
Longs = npt.NDArray[np.int64]

KEYS: Mapping[str, str] = {
    "SrcIP": "a",
    "DstIP": "b",
    "SrcPort": "port_from",
    "DstPort": "port_to",
    "Protocol": "proto",
    "AccessControlRuleName": "rule",
    "User": "who",
    "InitiatorBytes": "sent",
    "ResponderBytes": "received",
    "DeviceUUID": "serial",
    "FirstPacketSecond": "second",
    "AccessControlRuleAction": "written",
    "InlineResult": "result",
    "FileAction": "result",
}
"""The slot of each key that is looked for."""
_BEHIND_VISITORS = ("InitiatorBytes", "ResponderBytes")

_LETTERS = np.frombuffer("".join(KEYS).encode(), np.uint8)
_STARTS = np.array([0, *np.cumsum([len(key) for key in KEYS])], np.int32)
_TWICE = np.array([key in _BEHIND_VISITORS for key in KEYS], np.bool_)
_COMMA, _COLON, _SPACE, _UNDERSCORE = (ord(sign) for sign in ",: _")


def fill(data: Bytes, spans: tuple[Ints, Ints], where: Flags, slots: Sequence[str], found: tuple[Ints, Ints]) -> None:
    """Sets, for the lines where that is asked, the begins and sizes of slots (rows of `found`) from the events' keys."""
    rows = np.array([slots.index(slot) for slot in KEYS.values()], np.int32)
    _fill(data, spans, np.flatnonzero(where), rows, found)


@compiled
def moments(data: Bytes, spans: tuple[Ints, Ints], where: Flags) -> tuple[Longs, Flags]:
    """Microseconds UTC of `2026-03-03T04:05:06Z`, and which lines have one."""
    us, are = np.zeros(len(where), np.int64), np.zeros(len(where), np.bool_)
    for line in np.flatnonzero(where):
        end = spans[0][line] + spans[1][line]
        behind, moment, state = iso(data, spans[0][line], end)
        if behind == end and state in (MOMENT, LOCAL):
            us[line], are[line] = moment, True
    return us, are


@compiled
def _fill(data: Bytes, spans: tuple[Ints, Ints], lines: Longs, rows: Ints, found: tuple[Ints, Ints]) -> None:
    seen = np.full(len(rows), -1, np.int64)
    for line in lines:
        begin, end = spans[0][line], spans[1][line]
        key, value = begin, _value(data, begin, end)
        if value < 0:
            key, value, _ = _next(data, begin, end)
        while value > 0:
            following, behind, last = _next(data, value, end)
            which = _which(data, key, value - 2)
            if which >= 0:
                row = rows[which]
                if seen[which] == line:
                    if _TWICE[which]:
                        found[1][row, line] = 0
                elif found[1][row, line] == 0:
                    found[0][row, line], found[1][row, line] = value, max(last - value, 0)
                seen[which] = line
            key, value = following, behind


@inlined
def _value(data: Bytes, place: int, end: int) -> int:
    """Where the value of the key that begins here does; -1 where none begins here."""
    behind = place
    while behind < end:
        sign = data[np.uintp(behind)]
        small = sign | 32
        if not (ord("a") <= small <= ord("z") or ord("0") <= sign <= ord("9") or sign in (_UNDERSCORE, _SPACE)):
            break
        behind += 1
    # The last value may be empty, and a syslog daemon may have cut the blank behind it.
    if behind == place or byte_at(data, behind, end) != _COLON or byte_at(data, behind + 1, end) not in (_SPACE, 0):
        return -1
    return behind + 2


@inlined
def _next(data: Bytes, place: int, end: int) -> tuple[int, int, int]:
    """The next key, where its value begins (-1 for none), and where the value that goes on here ends."""
    while True:
        comma = find(data, place, end, np.uint8(_COMMA))
        if comma >= end:
            return end, -1, end
        if byte_at(data, comma + 1, end) == _SPACE:
            value = _value(data, comma + 2, end)
            if value > 0:
                return comma + 2, value, comma
        place = comma + 1


@inlined
def _which(data: Bytes, begin: int, end: int) -> int:
    for key in range(len(_STARTS) - 1):
        if end - begin == _STARTS[key + 1] - _STARTS[key]:
            same = True
            for index in range(end - begin):
                same = same and data[np.uintp(begin + index)] == _LETTERS[_STARTS[key] + index]
                if not same:
                    break
            if same:
                return key
    return -1
