"""The message code and the endpoints in messages of ASA and FTD. Compiled. No reader of its own.

%ASA-6-302013: Built …                              the code, and where the message behind it begins
outside:192.0.2.9/443                 form i        interface:address/port
192.0.2.9/443                         form n        address/port
dmz/10.9.0.3                          form s        interface/address
inside:10.1.1.7/ssh, 2001:db8::9/22   form o        with an interface or without; services by name
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from chahe.sources.scanning.compiled import compiled, inlined
from chahe.sources.scanning.signs import behind_digits, behind_spaces, byte_at

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
Spans = tuple[Ints, Ints]

FORMS = ("i", "n", "o", "s")
_I, _N, _O, _S = range(4)
TURNS = ("served", "pinged")
_SERVED, _PINGED = range(2)
_PERCENT, _COLON, _SLASH, _DASH, _SPACE, _ZERO = (ord(sign) for sign in "%:/- 0")
_ASA, _FTD = np.frombuffer(b"%ASA-", np.uint8), np.frombuffer(b"%FTD-", np.uint8)
_SERVICES = {"ssh": 22, "telnet": 23, "http": 80, "https": 443, "snmp": 161, "domain": 53, "ntp": 123}
_NAMES = np.frombuffer("".join(_SERVICES).encode(), np.uint8)
_NAMED = np.array([0, *np.cumsum([len(name) for name in _SERVICES])], np.int32)
_PORTS = np.array(list(_SERVICES.values()), np.int32)


class Ends(NamedTuple):
    """By line."""

    address: Spans
    port: Ints
    """-1 where there is none."""


@compiled
def codes(data: Bytes, messages: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """By line: the code of `%ASA-6-302013` or `%FTD-…` (-1 for none), and where what is said behind it begins."""
    found, begins = np.full(len(messages), -1, np.int32), messages.copy()
    for line in range(len(messages)):
        end = ends[line]
        place = _token(data, messages[line], end)
        if place < 0:
            continue
        place += len(_ASA)
        # `%ASA-session-6-302013`: a class of messages may be named.
        word = place
        while word < end and ord("a") <= data[np.uintp(word)] | 32 <= ord("z"):
            word += 1
        if word > place and byte_at(data, word, end) == _DASH:
            place = word + 1
        number = behind_digits(data, place, end)
        if number != place + 1 or byte_at(data, number, end) != _DASH:
            continue
        behind = behind_digits(data, number + 1, end)
        if behind != number + 7:
            continue
        sign = byte_at(data, behind, end)
        if behind < end and sign not in (_COLON, _SPACE):
            continue
        code = 0
        for digit in range(number + 1, behind):
            code = code * 10 + (data[digit] - _ZERO)
        found[line] = code
        begins[line] = behind_spaces(data, behind + 1 if sign == _COLON else behind, end)
    return found, begins


def endpoints(data: Bytes, ends: tuple[Spans, Spans], forms: Ints, turns: Ints) -> tuple[Ends, Ends, Flags]:
    """Sources, destinations, and which were turned round.

    `ends` are as written; `forms` are indices of FORMS for the first, times four, and for the second; `turns` of TURNS; -1: none.
    """
    source, destination = _nowhere(len(forms)), _nowhere(len(forms))
    turned = np.zeros(len(forms), np.bool_)
    _endpoints(data, ends[0], ends[1], forms, turns, source, destination, turned)
    return source, destination, turned


def _nowhere(count: int) -> Ends:
    return Ends((np.zeros(count, np.int32), np.zeros(count, np.int32)), np.full(count, -1, np.int32))


@compiled
def _endpoints(  # noqa: PLR0913, PLR0917 - arrays within further tuples are slower
    data: Bytes,
    first: Spans,
    second: Spans,
    forms: Ints,
    turns: Ints,
    source: Ends,
    destination: Ends,
    turned: Flags,
) -> None:
    for line in range(len(forms)):
        form = forms[line]
        if form < 0:
            continue
        a, a_end, a_port = _parted(data, first[0][line], first[1][line], form // len(FORMS))
        b, b_end, b_port = _parted(data, second[0][line], second[1][line], form % len(FORMS))
        if (turns[line] == _SERVED and 0 <= a_port < 1024 <= b_port) or (
            turns[line] == _PINGED and a_port == 0 and b_port != 0
        ):
            turned[line] = True
            a, a_end, a_port, b, b_end, b_port = b, b_end, b_port, a, a_end, a_port
        source.address[0][line], source.address[1][line], source.port[line] = a, a_end - a, a_port
        destination.address[0][line], destination.address[1][line], destination.port[line] = b, b_end - b, b_port


@inlined
def _token(data: Bytes, begin: int, end: int) -> int:
    """Where `%ASA-` or `%FTD-` stands; a message that begins with another `%` has none."""
    for place in range(begin, end - len(_ASA) + 1):
        if data[np.uintp(place)] == _PERCENT:
            if _says(data, place, _ASA) or _says(data, place, _FTD):
                return place
            if place == begin:
                return -1
    return -1


@inlined
def _says(data: Bytes, place: int, word: Bytes) -> bool:
    for index in range(len(word)):  # noqa: SIM110 - Numba compiles no generator expressions
        if data[np.uintp(place + index)] != word[index]:
            return False
    return True


@inlined
def _parted(data: Bytes, begin: int, size: int, form: int) -> tuple[int, int, int]:
    """Where the address of an endpoint begins and ends, and the port or -1."""
    end = begin + size
    place = int(begin)
    if form == _I or (form == _O and not _is_ipv6(data, begin, end)):
        place = _behind(data, begin, end, _COLON, begin)
    elif form == _S:
        place = _behind(data, begin, end, _SLASH, begin)
    slash = place
    while slash < end and data[np.uintp(slash)] != _SLASH:
        slash += 1
    return place, slash, _port(data, slash + 1, end) if slash < end else -1


@inlined
def _behind(data: Bytes, begin: int, end: int, sign: int, otherwise: int) -> int:
    for place in range(begin, end):
        if data[np.uintp(place)] == sign:
            return place + 1
    return int(otherwise)


@inlined
def _is_ipv6(data: Bytes, begin: int, end: int) -> bool:
    """Do at most four hexadecimal digits stand before the first of several colons?"""
    place = begin
    while place < end and place < begin + 5 and data[np.uintp(place)] != _COLON:
        small = data[np.uintp(place)] | 32
        if not (_ZERO <= data[np.uintp(place)] <= _ZERO + 9 or ord("a") <= small <= ord("f")):
            return False
        place += 1
    return byte_at(data, place, end) == _COLON and _behind(data, place + 1, end, _COLON, -1) >= 0


@inlined
def _port(data: Bytes, begin: int, end: int) -> int:
    """A port written as a number, or as a service's name; else -1. A second slash ends it."""
    last = begin
    while last < end and data[np.uintp(last)] != _SLASH:
        last += 1
    if behind_digits(data, begin, last) == last and 0 < last - begin < 10:
        number = 0
        for place in range(begin, last):
            number = number * 10 + (data[np.uintp(place)] - _ZERO)
        return number
    for name in range(len(_PORTS)):
        if last - begin == _NAMED[name + 1] - _NAMED[name]:
            same = True
            for index in range(last - begin):
                same = same and data[begin + index] == _NAMES[_NAMED[name] + index]
            if same:
                return int(_PORTS[name])
    return -1
