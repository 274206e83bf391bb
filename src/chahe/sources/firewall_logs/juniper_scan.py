r"""Junos messages: their tags, and where the fields of plain ones stand. Compiled. No reader of its own.

… gate1 RT_FLOW - RT_FLOW_SESSION_CREATE [junos@2636.1.1.1.2.142 source-address="10.1.2.3" …]       STRUCTURED
… gate1 RT_FLOW: RT_FLOW_SESSION_CREATE: session created 10.1.2.3/50100->192.0.2.7/443 …            PLAIN
… gate1 RT_FLOW: %USER-6-RT_FLOW_SESSION_DENY: session denied …                                     PLAIN, with its priority
… gate1 cron[811]: (root) CMD …                                                                     UNTAGGED
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from chahe.sources.scanning.compiled import compiled, inlined
from chahe.sources.scanning.signs import behind_spaces, behind_word
from chahe.sources.scanning.spans import Spans

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]

UNTAGGED, STRUCTURED, PLAIN = range(3)
"""Forms of a message."""

_SPACE, _OPEN, _COLON, _DASH, _PERCENT, _UNDERLINE, _A, _Z, _ZERO, _NINE = (ord(sign) for sign in " [:-%_AZ09")
_MOST_TOKENS = 12
"""Within which the tag stands: host, program, number, id and `-` come before it."""


class Tagged(NamedTuple):
    """By line."""

    forms: Bytes
    tag: Spans
    bodies: Ints
    """Where the bracket opens (STRUCTURED), or what stands behind the tag begins."""


def tagged(data: Bytes, starts: Ints, ends: Ints) -> Tagged:
    """The tags in `data[starts[i]:ends[i]]`, each from the program's name on."""
    count = len(starts)
    found = Tagged(
        np.zeros(count, np.uint8), (np.zeros(count, np.int32), np.zeros(count, np.int32)), starts.astype(np.int32)
    )
    _tagged(data, (starts, ends), found)
    return found


def behind(data: Bytes, begins: Ints, ends: Ints, *, word: str, until: str) -> Spans:
    """What stands behind the first occurrence of a word, up to one of these signs or the end; nothing where it is absent."""
    found = np.zeros(len(begins), np.int32), np.zeros(len(begins), np.int32)
    _behind(
        data, (begins, ends), np.frombuffer(word.encode(), np.uint8), np.frombuffer(until.encode(), np.uint8), found
    )
    return found


def ends_split(data: Bytes, spans: Spans) -> tuple[Spans, Spans]:
    """The addresses and the ports of `10.1.2.3:443`; with more colons than one, or none, all is the address."""
    count = len(spans[0])
    address, port = (spans[0].copy(), spans[1].copy()), (np.zeros(count, np.int32), np.zeros(count, np.int32))
    _split(data, address, port)
    return address, port


@compiled
def _split(data: Bytes, address: tuple[Ints, Ints], port: tuple[Ints, Ints]) -> None:
    for line in range(len(address[0])):
        colons, last = 0, 0
        end = address[0][line] + address[1][line]
        for place in range(address[0][line], end):
            if data[place] == _COLON:
                colons, last = colons + 1, place
        if colons == 1:
            port[0][line], port[1][line] = last + 1, end - last - 1
            address[1][line] = last - address[0][line]


@compiled
def _tagged(data: Bytes, edges: tuple[Ints, Ints], found: Tagged) -> None:
    starts, ends = edges
    forms, tag, bodies = found
    for line in range(len(forms)):
        end = ends[line]
        place = starts[line]
        for _ in range(_MOST_TOKENS):
            place = behind_spaces(data, place, end)
            stop = behind_word(data, place, end)
            if stop == place:
                break
            begin, last = _bare(data, place, stop)
            rest = behind_spaces(data, stop, end)
            if _is_tag(data, begin, last):
                opens = rest < end and data[rest] == _OPEN
                colon = data[stop - 1] == _COLON
                dash = rest + 1 < end and data[rest] == _DASH and data[rest + 1] == _SPACE
                if not _is_program(data, begin, last) and (opens or colon or dash):
                    forms[line] = STRUCTURED if opens else PLAIN
                    tag[0][line], tag[1][line] = begin, last - begin
                    bodies[line] = rest if opens or colon else behind_spaces(data, rest + 1, end)
                    break
            place = stop


@inlined
def _bare(data: Bytes, begin: int, end: int) -> tuple[int, int]:
    """A word without the colon behind it and the facility and severity before it (`%USER-6-`)."""
    if end > begin and data[end - 1] == _COLON:
        end -= 1
    if begin < end and data[begin] == _PERCENT:
        last = begin
        for place in range(begin, end):
            if data[place] == _DASH:
                last = place
        begin = last + 1
    return begin, end


@inlined
def _is_tag(data: Bytes, begin: int, end: int) -> bool:
    """Capitals, digits and at least one underline, as in RT_FLOW_SESSION_CREATE."""
    if end - begin < 5 or not _A <= data[begin] <= _Z:
        return False
    underlined = False
    for place in range(begin, end):
        sign = data[np.uintp(place)]
        if sign == _UNDERLINE:
            underlined = True
        elif not (_A <= sign <= _Z or _ZERO <= sign <= _NINE):
            return False
    return underlined


@inlined
def _is_program(data: Bytes, begin: int, end: int) -> bool:
    """RT_FLOW, RT_IDP, RT_UTM …: the daemon's name, which stands before the tag."""
    if data[begin] != ord("R") or data[begin + 1] != ord("T") or data[begin + 2] != _UNDERLINE:
        return False
    for place in range(begin + 3, end):  # noqa: SIM110 - Numba compiles no generator expressions
        if data[place] == _UNDERLINE:
            return False
    return True


@inlined
def find_word(data: Bytes, begin: int, end: int, word: Bytes) -> int:
    """Where a word begins for the first time; -1 for nowhere."""
    for place in range(begin, end - len(word) + 1):
        same = True
        for index in range(len(word)):
            if data[np.uintp(place + index)] != word[index]:
                same = False
                break
        if same:
            return place
    return -1


@compiled
def _behind(data: Bytes, edges: tuple[Ints, Ints], word: Bytes, until: Bytes, found: tuple[Ints, Ints]) -> None:
    starts, ends = edges
    for line in range(len(starts)):
        begin = find_word(data, starts[line], ends[line], word)
        if begin < 0:
            continue
        begin += len(word)
        stop = begin
        while stop < ends[line]:
            ending = False
            for sign in until:
                ending = ending or data[stop] == sign
            if ending:
                break
            stop += 1
        found[0][line], found[1][line] = begin, stop - begin
