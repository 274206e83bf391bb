"""What FortiGate's fields mean: the fate of each line, and its row. Compiled where every line is looked at.

Words that few records differ in (types, actions, protocols) are looked at once each, not line by line.
"""

from collections.abc import Callable, Mapping

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from chahe.sources.firewall_logs.fortigate_fields import ORDER, Fields, read
from chahe.sources.firewall_logs.fortigate_times import LOCAL, MOMENT, UNREADABLE, moments
from chahe.sources.firewall_logs.ip_protocols import protocol
from chahe.sources.model import Context
from chahe.sources.scanning.spans import BAD, GOOD, Spans, Texts, coded, numbers, texts, within_parentheses

ALLOWED = ("accept", "close", "client-rst", "server-rst", "timeout", "ip-conn", "start", "dns", "pass")
"""Ends of sessions that a policy let through (`close` and the resets come from the ends, not from the firewall)."""
ALSO_ALLOWED = ("passthrough", "permit", "permitted", "allow", "allowed", "exempt")
DENIED = (
    *("deny", "denied", "block", "blocked", "drop", "dropped", "reject", "rejected", "quarantine", "quarantined"),
    *("reset", "reset_client", "reset_server", "drop_session", "clear_session"),
)
"""What policies and inspection did against a session: here `reset` is the firewall's own."""

THREATS = (
    *("utm", "ips", "virus", "anomaly", "waf", "webfilter", "attack", "app-ctrl", "dlp", "emailfilter", "spamfilter"),
    *("dns", "ssl", "ssh", "voip", "cifs", "file-filter", "icap", "gtp"),
)

_NUMBERS = {
    "source_port": ("srcport", 65535),
    "destination_port": ("dstport", 65535),
    "bytes_sent": ("sentbyte", 10**18),
    "bytes_received": ("rcvdbyte", 10**18),
}
_DOUBTS = (None, *(key for key, _ in _NUMBERS.values()), "time")
_FATES = ("row", "skip", "reject")
_WHYS = ("quotes", "time", "number", "blank", "stranger")
_QUOTES, _TIME, _NUMBER, _BLANK, _STRANGER = range(5)
_TRAFFIC, _THREAT, _VPN, _ADMIN, _SYSTEM = range(5)
_EVENT_KINDS = ("traffic", "threat", "vpn", "admin", "system")
_SHOWN = 80
"""Characters of a rejected value."""
_BLANKS = " \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"

Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int32]


def rows(lines: pa.Array, context: Context) -> Mapping[str, pa.Array]:
    """By line: its fate, why and what is bad, and the columns of `firewall_events`."""
    fields = read(lines)
    doubts = np.zeros(len(lines), np.int32)
    found: dict[str, pa.Array] = {}
    for number, (column, (key, most)) in enumerate(_NUMBERS.items(), 1):
        values, states = numbers(fields.data, *fields.of(key), most)
        doubts[(states == BAD) & (doubts == 0)] = number
        found[column] = _nullable(values, states == GOOD)
    found["happened_at_us"], unreadable = _moments(fields, context)
    doubts[unreadable & (doubts == 0)] = len(_DOUBTS) - 1
    known = fields.has("type") & (fields.has("logid") | fields.has("subtype"))
    found.update(_fates(lines, fields, known, doubts))
    kinds = _texts(fields, fields.of("type"))
    status = _each(kinds, lambda kind: kind not in (None, "event")) & ~fields.has("action")
    # FortiOS 3 and 4 wrote the action of a session as its status; that of an event says whether it succeeded.
    written = _texts(fields, _either(fields.of("action"), fields.of("status"), status))
    found["event_kind"] = coded(_event_kinds(fields, kinds, written), pa.array(_EVENT_KINDS))
    found["action_written"] = written.column()
    found["action"] = coded(written.codes, pa.array([_action(word) for word in _lower(written)], pa.string()))
    return found | _names(fields, context.settings.get("device"))


def _names(fields: Fields, device: str | None) -> dict[str, pa.Array]:
    """The columns that repeat what the record says."""
    named, serial, source = fields.of("devname"), fields.of("devid"), fields.of("srcip")
    told = _texts(fields, named if device else _either(named, serial, ~fields.has("devname")))
    if device:
        codes = np.where(told.codes < 0, np.int32(len(told.values)), told.codes)
        told = Texts(codes, pa.concat_arrays([told.values, pa.array([device])]))
    if fields.has("ui").any():
        # The station of an administrator stands in the interface used: `https(10.1.2.3)`.
        station = within_parentheses(fields.data, *fields.of("ui"))
        source = _either(source, station, ~fields.has("srcip"))
    protocols = _texts(fields, fields.of("proto"))
    named_protocols = [protocol(number) for number in protocols.values.to_pylist()]
    return {
        "device": told.column(),
        "device_serial": _texts(fields, serial).column(),
        "source_address": _texts(fields, source).column(),
        "destination_address": _texts(fields, fields.of("dstip")).column(),
        "protocol": coded(protocols.codes, pa.array(named_protocols, pa.string())),
        "account": _texts(fields, fields.of("account")).column(),
        "rule": _texts(fields, fields.of("policyid")).column(),
        "event_code": _texts(fields, fields.of("logid")).column(),
    }


def _texts(fields: Fields, spans: Spans) -> Texts:
    return texts(fields.data, *spans)


def _either(spans: Spans, others: Spans, where: Flags) -> Spans:
    return np.where(where, others[0], spans[0]), np.where(where, others[1], spans[1])


def _lower(words: Texts) -> list[str]:
    return pc.utf8_lower(words.values).to_pylist()  # type: ignore[no-any-return] # PyArrow is untyped


def _each(words: Texts, said: Callable[[str | None], bool]) -> Flags:
    """Of each row whether that is said of its word in lower case (of None where it has none)."""
    by_code = np.array([*(said(word) for word in _lower(words)), said(None)])
    flags: Flags = by_code[words.codes]
    return flags


def _nullable(values: npt.NDArray[np.int64], valid: Flags) -> pa.Array:
    mask = pa.py_buffer(np.packbits(valid, bitorder="little"))
    return pa.Array.from_buffers(pa.int64(), len(values), [mask, pa.py_buffer(values)])


def _moments(fields: Fields, context: Context) -> tuple[pa.Array, Flags]:
    """When it happened, and whether something is said of that which cannot be read."""
    which = [ORDER[name] for name in ("eventtime", "date", "time", "start", "tz")]
    found, states = moments(fields.data, fields.begins[which], fields.sizes[which])
    local = np.flatnonzero(states == LOCAL)
    if len(local):
        with duckdb.connect(config={"threads": 1}) as connection:
            connection.register("local", pa.table({"local_us": found[local]}))
            asked = "SELECT epoch_us(timezone($zone, make_timestamp(local_us))) AS utc_us FROM local"
            found[local] = connection.sql(asked, params={"zone": context.zone}).to_arrow_table()["utc_us"].to_numpy()
    return _nullable(found, (states == MOMENT) | (states == LOCAL)), states == UNREADABLE


def _event_kinds(fields: Fields, kinds: Texts, written: Texts) -> Codes:
    found = np.full(len(kinds.codes), _SYSTEM, np.int32)
    found[_each(kinds, lambda kind: kind == "traffic")] = _TRAFFIC
    found[_each(kinds, lambda kind: kind in THREATS)] = _THREAT
    event = _each(kinds, lambda kind: kind == "event")
    if event.any():
        parts = _texts(fields, fields.of("subtype"))
        administered = (
            fields.has("cfgpath")
            | _each(written, lambda word: word in ("login", "logout"))
            | _each(_texts(fields, fields.of("logdesc")), _tells_of_administration)
        )
        found[event & _each(parts, lambda part: part == "vpn")] = _VPN
        found[event & _each(parts, lambda part: part in ("admin", "config"))] = _ADMIN
        found[event & _each(parts, lambda part: part == "system") & administered] = _ADMIN
    return found


def _tells_of_administration(description: str | None) -> bool:
    return description is not None and (description.startswith("admin") or "configur" in description)


def _action(word: str) -> str:
    if word in ALLOWED or word in ALSO_ALLOWED:
        return "allow"
    return "deny" if word in DENIED else "other"


def _fates(lines: pa.Array, fields: Fields, known: Flags, doubts: Codes) -> Mapping[str, pa.Array]:
    whys = np.full(len(lines), -1, np.int32)
    whys[known & (doubts > 0)] = _NUMBER
    whys[known & (doubts == len(_DOUBTS) - 1)] = _TIME
    shown: dict[int, str] = {}
    for line in np.flatnonzero(~known).tolist():
        text = lines[line].as_py().rstrip("\r\n")
        blank = not fields.broken[line] and not text.strip(_BLANKS)
        whys[line] = _QUOTES if fields.broken[line] else _BLANK if blank else _STRANGER
        if not blank:
            shown[line] = text
    for line in np.flatnonzero(known & (doubts > 0)).tolist():
        shown[line] = _doubtful(fields, line, _DOUBTS[doubts[line]] or "")
    fates = np.where(whys < 0, 0, np.where(whys == _BLANK, 1, 2)).astype(np.int32)
    bad = np.where(known & (doubts > 0), doubts, -1).astype(np.int32)
    order = np.full(len(lines), -1, np.int32)
    order[list(shown)] = np.arange(len(shown))
    return {
        "fate": coded(fates, pa.array(_FATES)),
        "why": coded(whys, pa.array(_WHYS)),
        "bad_column": coded(bad, pa.array(_DOUBTS, pa.string())),
        "bad_value": coded(order, pa.array([text[:_SHOWN] for text in shown.values()], pa.string())),
    }


def _doubtful(fields: Fields, line: int, key: str) -> str:
    if key != "time":
        return fields.said(key, line) or ""
    written = (fields.said(name, line) for name in ("date", "time", "start", "tz"))
    return fields.said("eventtime", line) or " ".join(word for word in written if word)
