"""What a line of a Linux sign-in log is before its words are looked at: whose it is, and where its message begins. Compiled.

sshd[811]: error: PAM: …                                        told behind `error: `
CRON[9]: pam_unix(cron:session): session opened …               PAM's, of the service cron, told behind the prefix
/usr/sbin/su(pam_unix)[7]: session opened …                     PAM's, of the service su
sshd[811]: message repeated 3 times: [ Failed password … ]      told within the brackets
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from chahe.sources.scanning.compiled import compiled, inlined
from chahe.sources.scanning.signs import behind_digits, behind_spaces, byte_at, is_blank
from chahe.sources.scanning.spans import Spans

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

_OPEN, _CLOSE, _COLON, _SLASH, _PARENTHESIS, _CLOSING, _SPACE, _DOT = (ord(sign) for sign in "[]:/() .")
_REPEATED, _TIMES, _ERROR, _FATAL, _ID, _PAM, _BY_PAM, _SUMMED, _MORE = (
    np.frombuffer(word, np.uint8)
    for word in (
        b"message repeated ",
        b" times: [",
        b"error: ",
        b"fatal: ",
        b"[ID ",
        b"pam_",
        b"(pam_",
        b"PAM ",
        b" more ",
    )
)


class Told(NamedTuple):
    """By line."""

    services: Spans
    """The program, without its folder, or the service that PAM names."""
    spans: tuple[Ints, Ints]
    """Where what is said begins and ends."""
    by_pam: Flags
    blank: Flags
    """Is nothing said at all?"""


def told(data: Bytes, programs: Spans, messages: Ints, ends: Ints) -> Told:
    """Of lines whose messages are `data[begin:end]`: who says what."""
    count = len(messages)
    services = (np.zeros(count, np.int32), np.zeros(count, np.int32))
    spans = (np.empty(count, np.int32), np.empty(count, np.int32))
    by_pam, blank = np.zeros(count, np.bool_), np.zeros(count, np.bool_)
    _told(data, programs, (messages, ends), services, spans, (by_pam, blank))
    return Told(services, spans, by_pam, blank)


@compiled
def _told(
    data: Bytes,
    programs: Spans,
    messages: tuple[Ints, Ints],
    services: Spans,
    spans: tuple[Ints, Ints],
    flags: tuple[Flags, Flags],
) -> None:
    for line in range(len(spans[0])):
        begin, end = _within(data, messages[0][line], messages[1][line])
        flags[1][line] = _is_blank(data, begin, end)
        first = programs[0][line]
        last = first + programs[1][line]
        service = _behind_folder(data, first, last)
        behind = service
        while behind < last and data[behind] != _PARENTHESIS:
            behind += 1
        flags[0][line] = _has(data, first, last, _BY_PAM) or _sums_up(data, begin, end)
        prefix, name = _behind_prefix(data, begin, end)
        if prefix > begin:
            flags[0][line] = True
            if name > 0:
                service = begin + _name_at(data, begin)
                behind = service + name
            begin = prefix
        services[0][line], services[1][line] = service, behind - service
        spans[0][line], spans[1][line] = begin, end


@inlined
def _says(data: Bytes, place: int, end: int, word: Bytes) -> bool:
    if end - place < len(word):
        return False
    for index in range(len(word)):  # noqa: SIM110 - Numba compiles no generator expressions
        if data[np.uintp(place + index)] != word[index]:
            return False
    return True


@inlined
def _has(data: Bytes, begin: int, end: int, word: Bytes) -> bool:
    for place in range(begin, end - len(word) + 1):  # noqa: SIM110 - Numba compiles no generator expressions
        if _says(data, place, end, word):
            return True
    return False


@inlined
def _is_blank(data: Bytes, begin: int, end: int) -> bool:
    for place in range(begin, end):
        sign = data[np.uintp(place)]
        if sign and not is_blank(sign):
            return False
    return True


@inlined
def _within(data: Bytes, begin: int, end: int) -> tuple[int, int]:
    """The message without what a log daemon or sshd put around it."""
    if _says(data, begin, end, _ERROR) or _says(data, begin, end, _FATAL):
        return begin + len(_ERROR), end
    if _says(data, begin, end, _REPEATED):
        place = behind_digits(data, begin + len(_REPEATED), end)
        if place > begin + len(_REPEATED) and _says(data, place, end, _TIMES) and data[end - 1] == _CLOSE:
            place += len(_TIMES)
            return place + (1 if data[place] == _SPACE else 0), end - 1
    if _says(data, begin, end, _ID):
        # Solaris puts `[ID 702911 auth.notice] ` in front.
        place = behind_digits(data, begin + len(_ID), end)
        if place > begin + len(_ID) and byte_at(data, place, end) == _SPACE:
            place = _behind_name(data, place + 1, end)
            if byte_at(data, place, end) == _DOT:
                place = _behind_name(data, place + 1, end)
                if byte_at(data, place, end) == _CLOSE and byte_at(data, place + 1, end) == _SPACE:
                    return place + 2, end
    return int(begin), int(end)


@inlined
def _behind_name(data: Bytes, place: int, end: int) -> int:
    """Behind letters, digits and underscores."""
    while place < end:
        sign = data[np.uintp(place)]
        small = sign | 32
        if not (ord("a") <= small <= ord("z") or ord("0") <= sign <= ord("9") or sign == ord("_")):
            break
        place += 1
    return place


@inlined
def _behind_folder(data: Bytes, begin: int, end: int) -> int:
    for place in range(end - 1, begin - 1, -1):
        if data[np.uintp(place)] == _SLASH:
            return place + 1
    return int(begin)


@inlined
def _sums_up(data: Bytes, begin: int, end: int) -> bool:
    """`PAM 2 more authentication failures; …`"""
    if not _says(data, begin, end, _SUMMED):
        return False
    behind = behind_digits(data, begin + len(_SUMMED), end)
    return behind > begin + len(_SUMMED) and _says(data, behind, end, _MORE)


@inlined
def _name_at(data: Bytes, begin: int) -> int:
    """How far behind `begin`, where PAM's prefix stands, the service's name does."""
    place = begin
    while data[place] != _PARENTHESIS:
        place += 1
    return place + 1 - begin


@inlined
def _behind_prefix(data: Bytes, begin: int, end: int) -> tuple[int, int]:
    """Behind `pam_unix(cron:session): `, and the size of the service's name; `begin` where no such prefix stands."""
    if not _says(data, begin, end, _PAM):
        return begin, 0
    name = _behind_name(data, begin + len(_PAM), end)
    if name == begin + len(_PAM) or byte_at(data, name, end) != _PARENTHESIS:
        return begin, 0
    name += 1
    behind = name
    while behind < end and data[behind] != _COLON and data[behind] != _CLOSING:
        behind += 1
    close = behind
    if byte_at(data, behind, end) == _COLON:
        close = _behind_name(data, behind + 1, end)
        if close == behind + 1:
            return begin, 0
    if byte_at(data, close, end) != _CLOSING or byte_at(data, close + 1, end) != _COLON:
        return begin, 0
    return behind_spaces(data, close + 2, end), behind - name
