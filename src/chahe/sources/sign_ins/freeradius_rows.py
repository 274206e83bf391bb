"""What FreeRADIUS's lines mean: the fate of each, and its row. No reader of its own; see `chahe.sources.sign_ins.freeradius`."""

import re
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from chahe.sources.model import Context
from chahe.sources.reading.origins import account_and_domain, origin
from chahe.sources.scanning.field_columns import PORT, either, nullable, words
from chahe.sources.scanning.line_fates import LineFates
from chahe.sources.scanning.spans import BAD, GOOD, coded, numbers
from chahe.sources.scanning.syslog_scan import Headers, bytes_of, scan
from chahe.sources.scanning.syslog_times import IMPOSSIBLE, MOMENT, NO_TIME
from chahe.sources.scanning.written_times import moments
from chahe.sources.sign_ins.freeradius_scan import NOTHING, WORDS, events
from chahe.sources.sign_ins.signs_of_lines import first_signs

_STAMP = 24
"""Bytes of `Tue Mar  3 04:05:06 2026`."""

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]


def rows(lines: pa.Array, context: Context, years: pa.Array | None) -> Mapping[str, pa.Array]:
    """By line: its fate, why and what is bad, and the columns of `auth_events`."""
    headers = scan(lines, context, years)
    data, offsets = bytes_of(lines)
    begins, ends, signs = first_signs(data, offsets)
    found = events(data, begins, ends)
    fates = LineFates(lines, skips=("blank", "other"))
    fates.say(signs == 0, "blank")
    fates.say(found.kinds == NOTHING, "other")
    fates.say(~found.whole, "cut", value=lambda line: _begun(lines[line].as_py()))
    users = words(data, found.users)
    asked = words(data, either(found.stations, found.clients))
    kinds = found.kinds.astype(np.int32)
    ports, _ = numbers(data, *found.ports, PORT)
    return {
        "happened_at_us": _happened(lines, headers, (data, begins, ends), fates, context),
        "host": words(headers.data, headers.host).or_else(context.settings.get("system")).column(),
        "activity": coded(kinds, pa.array(["other", "logon", "logon", "logon", "other"])),
        "outcome": coded(kinds, pa.array(["failure", "success", "failure", "failure", "failure"])),
        "account": users.said(lambda user: account_and_domain(_name(user))[0]),
        "account_domain": users.said(lambda user: account_and_domain(_name(user))[1]),
        "source_address": asked.said(lambda place: origin(place).address),
        "source_host": asked.said(lambda place: origin(place).host),
        "source_port": nullable(ports, ports > 0),
        "method": users.said(_method),
        "service": coded(np.zeros(len(lines), np.int32), pa.array(["radius"])),
        "event_code": coded(kinds, pa.array(["", *WORDS])),
        **fates.columns(),
    }


def _begun(line: str) -> str:
    """A line up to what it says: what stands behind may be a password."""
    found = re.search(r"^.*?(?:Login OK|Login incorrect|Invalid user|Ignoring request)", line)
    return found[0] if found else ""


def _happened(
    lines: pa.Array, headers: Headers, edges: tuple[Bytes, Ints, Ints], fates: LineFates, context: Context
) -> pa.Array:
    """The server's own stamp, or the time of syslog's header."""
    data, begins, ends = edges
    stamped = (headers.times == NO_TIME) & (ends - begins > _STAMP + 2)
    stamped[stamped] = _is_stamped(data, begins[stamped])
    at_us, states = moments(data, begins, np.where(stamped, _STAMP, 0).astype(np.int32), context.zone)
    wrong = (states == BAD) | (~stamped & (headers.times == IMPOSSIBLE))
    fates.say(wrong, "time", column="happened_at_us", value=lambda line: lines[line].as_py()[:_STAMP])
    own = states == GOOD
    return nullable(np.where(own, at_us, headers.at_us), own | (headers.times == MOMENT))


def _is_stamped(data: Bytes, begins: Ints) -> Flags:
    """Which lines begin `Tue Mar  3 04:05:06 2026 : `, by its blanks and colons."""
    fits = np.ones(len(begins), np.bool_)
    for at, sign in ((3, " "), (7, " "), (10, " "), (13, ":"), (16, ":"), (19, " "), (24, " "), (25, ":")):
        fits &= data[begins + at] == ord(sign)
    return fits


def _name(user: str) -> str:
    """The name without what stands behind it: a password that was typed, or `<via Auth-Type = EAP>`.

    A computer's name has a bar of its own: `host/ws-31.broker.example`.
    """
    begin = 5 if user.lower().startswith("host/") else 0
    name = user.split("/", 2)[: 2 if begin else 1]
    return "/".join(name).strip()


def _method(user: str) -> str | None:
    _, sign, rest = user.partition("<via Auth-Type = ")
    return rest.rstrip(">").lower() or None if sign else None
