"""Where FreeRADIUS's lines name what happened, the account, and where from. Compiled. No reader of its own.

    … Login incorrect (reason): [account/…] (from client device port 8 cli station via TLS tunnel)
    … Ignoring request to auth address … from unknown client address port 9459 proto udp

An account may hold anything, `] (from client` too: the last one is the server's. The reason is the server's own words, and ends at
the first `): [`.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from chahe.sources.scanning.compiled import compiled
from chahe.sources.scanning.signs import behind_digits, behind_word
from chahe.sources.scanning.spans import Spans

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]

NOTHING, LOGIN_OK, LOGIN_INCORRECT, INVALID_USER, IGNORED = range(5)
"""What a line says."""
WORDS = ("Login OK", "Login incorrect", "Invalid user", "Ignoring request")

_OK, _INCORRECT, _INVALID, _IGNORING = (np.frombuffer(word.encode(), np.uint8) for word in WORDS)
_OPENED, _CLOSED, _PORT, _CLI, _UNKNOWN = (
    np.frombuffer(word, np.uint8)
    for word in (b": [", b"] (from client ", b" port ", b" cli ", b" from unknown client ")
)
_L, _I, _SPACE, _OPEN, _CLOSE = (ord(sign) for sign in "LI ()")
_HEADER = 200
"""Bytes within which a line says what it is of."""


class Events(NamedTuple):
    """By line what it says, and where the parts stand. A size of 0: there is none."""

    kinds: Bytes
    whole: npt.NDArray[np.bool_]
    """Does the line have the parts that such a line has?"""
    users: Spans
    clients: Spans
    stations: Spans
    ports: Spans


def events(data: Bytes, begins: Ints, ends: Ints) -> Events:
    """The events in the messages `data[begins[i]:ends[i]]`."""
    count = len(begins)
    kinds, whole = np.zeros(count, np.uint8), np.zeros(count, np.bool_)
    firsts, sizes = np.zeros((4, count), np.int32), np.zeros((4, count), np.int32)
    _events(data, (begins, ends), (kinds, whole), firsts, sizes)
    users, clients, stations, ports = ((firsts[part], sizes[part]) for part in range(4))
    return Events(kinds, whole, users, clients, stations, ports)


@compiled
def _events(
    data: Bytes, edges: tuple[Ints, Ints], told: tuple[Bytes, npt.NDArray[np.bool_]], firsts: Ints, sizes: Ints
) -> None:
    begins, ends = edges
    kinds, whole = told
    for line in range(len(kinds)):
        end = ends[line]
        place, kind = _kind(data, begins[line], end)
        if kind == NOTHING:
            continue
        kinds[line] = kind
        if kind == IGNORED:
            client = _behind(data, place, end, _UNKNOWN)
        else:
            user = _user(data, place, end)
            closed = _last(data, user, end, _CLOSED) if user >= 0 else -1
            if closed < 0:
                continue
            firsts[0, line], sizes[0, line] = user, closed - user
            client = closed + len(_CLOSED)
        if client < 0:
            continue
        stop = behind_word(data, client, end)
        port = stop + len(_PORT) if _is(data, stop, end, _PORT) else -1
        if port < 0 or stop == client or behind_digits(data, port, end) == port:
            sizes[0, line] = 0
            continue
        whole[line] = True
        firsts[1, line], sizes[1, line] = client, stop - client
        place = behind_digits(data, port, end)
        if kind == IGNORED:
            firsts[3, line], sizes[3, line] = port, place - port
        elif _is(data, place, end, _CLI):
            station = place + len(_CLI)
            firsts[2, line], sizes[2, line] = station, _behind_station(data, station, end) - station


@compiled
def _behind_station(data: Bytes, place: int, end: int) -> int:
    while place < end and data[place] != _SPACE and data[place] != _CLOSE:
        place += 1
    return place


@compiled
def _kind(data: Bytes, begin: int, end: int) -> tuple[int, int]:
    """Behind the words that say what a line is of, and which they are."""
    for place in range(begin, min(end, begin + _HEADER)):
        sign = data[place]
        if sign == _L:
            if _is(data, place, end, _OK):
                return place + len(_OK), LOGIN_OK
            if _is(data, place, end, _INCORRECT):
                return place + len(_INCORRECT), LOGIN_INCORRECT
        elif sign == _I:
            if _is(data, place, end, _INVALID):
                return place + len(_INVALID), INVALID_USER
            if _is(data, place, end, _IGNORING):
                return place + len(_IGNORING), IGNORED
    return begin, NOTHING


@compiled
def _user(data: Bytes, place: int, end: int) -> int:
    """Where the account begins: behind `: [`, or behind the first `): [` where a reason stands before it."""
    if _is(data, place, end, _OPENED):
        return place + len(_OPENED)
    if place + 1 >= end or data[place] != _SPACE or data[place + 1] != _OPEN:
        return -1
    for behind in range(place + 2, end - len(_OPENED)):
        if data[behind] == _CLOSE and _is(data, behind + 1, end, _OPENED):
            return behind + 1 + len(_OPENED)
    return -1


@compiled
def _is(data: Bytes, place: int, end: int, word: Bytes) -> bool:
    if place + len(word) > end:
        return False
    for index in range(len(word)):  # noqa: SIM110 - Numba compiles no generator expressions
        if data[place + index] != word[index]:
            return False
    return True


@compiled
def _behind(data: Bytes, place: int, end: int, word: Bytes) -> int:
    """Behind the first such word; -1 for none."""
    while place + len(word) <= end:
        if data[place] == word[0] and _is(data, place, end, word):
            return place + len(word)
        place += 1
    return -1


@compiled
def _last(data: Bytes, begin: int, end: int, word: Bytes) -> int:
    """Where the last such word stands; -1 for none."""
    place = end - len(word)
    while place >= begin:
        if data[place] == word[0] and _is(data, place, end, word):
            return place
        place -= 1
    return -1
