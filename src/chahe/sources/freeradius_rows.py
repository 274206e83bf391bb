"""What FreeRADIUS's lines mean: the fate of each, and its row. No reader of its own; see `chahe.sources.freeradius`."""

import re
from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from chahe.sources.field_columns import nullable, words
from chahe.sources.line_fates import LineFates
from chahe.sources.model import Context
from chahe.sources.origins import account_and_domain, origin
from chahe.sources.signs_of_lines import first_signs
from chahe.sources.spans import BAD, GOOD
from chahe.sources.syslog_scan import Headers, bytes_of, scan
from chahe.sources.syslog_times import IMPOSSIBLE, MOMENT
from chahe.sources.written_times import moments

_SAID = r"\b(?:Login OK|Login incorrect|Invalid user|Ignoring request to \w+ address) ?[(:*\[0-9a-f]"
# A name may hold anything, `] (from client` too: the last one is the server's. The reason is the server's own words.
_SIGN_IN = (
    r"\b(?P<what>Login OK|Login incorrect|Invalid user)(?: \(.*?\))?: \[(?P<user>.*)\] "
    r"\(from client (?P<client>\S+) port \d+(?: cli (?P<station>[^ )]+))?"
)
_IGNORED = r"\b(?P<what>Ignoring request) to \w+ address .*? from unknown client (?P<client>\S+) port (?P<port>\d+)"
_STAMP = 24
"""Bytes of `Tue Mar  3 04:05:06 2026`."""

Flags = npt.NDArray[np.bool_]


def rows(lines: pa.Array, context: Context, years: pa.Array | None) -> Mapping[str, pa.Array]:
    """By line: its fate, why and what is bad, and the columns of `auth_events`."""
    headers = scan(lines, context, years)
    fates = LineFates(lines, skips=("blank", "other"))
    said = _flags(pc.match_substring_regex(lines, _SAID))
    parts = _parts(lines, said)
    _, _, signs = first_signs(*bytes_of(lines))
    fates.say(signs == 0, "blank")
    fates.say(~said, "other")
    fates.say(~_flags(pc.is_valid(parts["what"])), "cut", value=lambda line: _begun(lines[line].as_py()))
    happened = _happened(lines, headers, fates, context)
    users, origins = parts["user"], parts["station"]
    asked = pc.coalesce(origins, parts["client"])
    hosts = words(headers.data, headers.host).or_else(context.settings.get("system"))
    return {
        "happened_at_us": happened,
        "host": hosts.column(),
        "activity": _said(parts["what"], lambda what: "other" if what == "Ignoring request" else "logon"),
        "outcome": _said(parts["what"], lambda what: "success" if what == "Login OK" else "failure"),
        "account": _said(users, lambda user: account_and_domain(_name(user))[0]),
        "account_domain": _said(users, lambda user: account_and_domain(_name(user))[1]),
        "source_address": _said(asked, lambda place: origin(place).address),
        "source_host": _said(asked, lambda place: origin(place).host),
        "source_port": pc.cast(parts["port"], pa.int64()),
        "method": _said(users, _method),
        "service": pa.repeat("radius", len(lines)),
        "event_code": parts["what"],
        **fates.columns(),
    }


def _parts(lines: pa.Array, said: Flags) -> dict[str, pa.Array]:
    """The parts of the lines that say something; null elsewhere."""
    places = np.flatnonzero(said)
    told = pc.utf8_rtrim_whitespace(lines.take(pa.array(places)))
    found = pc.extract_regex(told, _SIGN_IN)
    ignored = pc.extract_regex(told, _IGNORED)
    taken: dict[str, pa.Array] = {
        "what": pc.coalesce(pc.struct_field(found, "what"), pc.struct_field(ignored, "what")),
        "client": pc.coalesce(pc.struct_field(found, "client"), pc.struct_field(ignored, "client")),
        "user": pc.struct_field(found, "user"),
        "station": pc.struct_field(found, "station"),
        "port": pc.struct_field(ignored, "port"),
    }
    order = np.full(len(lines), -1, np.int64)
    order[places] = np.arange(len(places))
    indices = pa.array(order, mask=order < 0)
    return {name: _filled(values).take(indices) for name, values in taken.items()}


def _filled(values: pa.Array) -> pa.Array:
    return pc.if_else(pc.equal(values, ""), pa.scalar(None, pa.string()), values)


def _begun(line: str) -> str:
    """A line up to what it says: what stands behind may be a password."""
    found = re.search(r"^.*?(?:Login OK|Login incorrect|Invalid user|Ignoring request)", line)
    return found[0] if found else ""


def _happened(lines: pa.Array, headers: Headers, fates: LineFates, context: Context) -> pa.Array:
    """The server's own stamp, or the time of syslog's header."""
    data, offsets = bytes_of(lines)
    begins = offsets[:-1].astype(np.int32)
    stamped = _flags(pc.match_substring_regex(lines, r"^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4} : "))
    at_us, states = moments(data, begins, np.where(stamped, _STAMP, 0).astype(np.int32), context.zone)
    wrong = (states == BAD) | (~stamped & (headers.times == IMPOSSIBLE))
    fates.say(wrong, "time", column="happened_at_us", value=lambda line: lines[line].as_py()[:_STAMP])
    own = states == GOOD
    return nullable(np.where(own, at_us, headers.at_us), own | (headers.times == MOMENT))


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


def _said(values: pa.Array, of: Callable[[str], str | None]) -> pa.Array:
    """What is said of each value, looked at once each."""
    encoded = values.dictionary_encode()
    told = pa.array([None if value is None else of(value) for value in encoded.dictionary.to_pylist()], pa.string())
    return told.take(encoded.indices)


def _flags(flags: pa.Array) -> Flags:
    told: Flags = pc.fill_null(flags, fill_value=False).to_numpy(zero_copy_only=False)
    return told
