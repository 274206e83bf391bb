"""What the fields of Palo Alto's records mean: the fate of each line, and its row. No reader of its own.

Words that few records differ in (types, actions, protocols) are looked at once each, not line by line.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from chahe.sources.firewall_logs.account_names import without_domain
from chahe.sources.firewall_logs.ip_protocols import protocol
from chahe.sources.firewall_logs.paloalto_fields import CSV, HEADING, STRANGER, Records, read
from chahe.sources.firewall_logs.paloalto_layouts import KINDS
from chahe.sources.firewall_logs.paloalto_texts import told
from chahe.sources.model import Context
from chahe.sources.scanning import syslog_scan
from chahe.sources.scanning.field_columns import COUNT, PORT, Fields, Words, either, nullable, words
from chahe.sources.scanning.line_fates import LineFates
from chahe.sources.scanning.local_times import utc_us
from chahe.sources.scanning.spans import BAD, GOOD, Spans, Texts, coded
from chahe.sources.scanning.written_times import moments

Flags = npt.NDArray[np.bool_]
Longs = npt.NDArray[np.int64]

_ALLOWED = ("allow", "alert", "continue", "override", "forward", "wildfire-upload-success", "wildfire-upload-skip")
"""A session let through, whether or not a profile had something to say of it."""
_DENIED = (
    *("deny", "drop", "drop-icmp", "drop-packet", "drop-all", "drop-all-packets", "random-drop", "silent-drop"),
    *("reset-client", "reset-server", "reset-both", "block", "block-url", "block-ip", "block-continue"),
    *("block-override", "override-lockout", "sinkhole", "syncookie-sent"),
)
"""A session refused, cut, or led elsewhere; pages that ask for a confirmation block until it is given."""
_GRANTED = {"success": "allow", "failure": "deny", "auth-success": "allow", "auth-fail": "deny"}
"""What is said of attempts to sign in."""

_KINDS = ("traffic", "threat", "vpn", "admin", "system")
_VPN, _ADMIN = _KINDS.index("vpn"), _KINDS.index("admin")
_REMOTE = ("globalprotect", "global-protect", "sslvpn", "vpn", "ras")
_PORTED = ("tcp", "udp", "sctp", "udplite")
_THREAT_CODE = re.compile(r"(?:.*\()?0*([1-9]\d*)\)?$", re.DOTALL)
_SHORT_TIME = re.compile(r"(\d{1,4})/(\d{1,2})/(\d{1,4}) (\d{1,2}):(\d{2})(?::(\d{2}))?", re.ASCII)
_PRECISE = len("2026-11-22T09:00:00")
_EARLIEST = 365 * 24 * 3_600_000_000
"""Microseconds since 1970 before which a precise time is none: PAN-OS writes the end of 1969 where it kept none."""


def rows(lines: pa.Array, context: Context) -> Mapping[str, pa.Array]:
    """By line: its fate, why and what is bad, and the columns of `firewall_events`."""
    records = read(lines)
    fields = records.fields
    fates = LineFates(lines, skips=("blank", "heading"))
    _say_strangers(fates, records)
    types = fields.words("type").rewritten(str.upper)
    system = types.are(lambda word: word == "SYSTEM")
    signs_in = told(fields, system) if system.any() else system
    protocols = fields.words("protocol")
    return {
        "happened_at_us": _happened(records, context.zone, fates),
        **_devices(lines, fields, context),
        **_events(fields, types, signs_in),
        "source_address": fields.words("source").column(),
        "destination_address": fields.words("destination").column(),
        **_ports(fields, protocols, fates),
        "protocol": protocols.said(protocol),
        "bytes_sent": fields.number("bytes_sent", COUNT, fates),
        "bytes_received": fields.number("bytes_received", COUNT, fates),
        "account": words(fields.data, either(fields.of("user"), fields.of("other_user"))).said(without_domain),
        "rule": fields.words("rule").column(),
        **fates.columns(),
    }


def _say_strangers(fates: LineFates, records: Records) -> None:
    strangers = records.forms == STRANGER
    if strangers.any():
        blank = np.zeros(len(strangers), np.bool_)
        where = np.flatnonzero(strangers)
        blank[where] = [not fates.lines[line].as_py().strip("\0 \t\r\n\ufeff") for line in where.tolist()]
        fates.say(blank, "blank")
    fates.say(records.forms == HEADING, "heading")
    fates.say(records.broken & ~strangers, "broken")
    # PAN-OS writes its types in capitals; another word there belongs to a list in another order.
    misplaced = (records.forms == CSV) & records.fields.words("type").are(lambda word: not word.isupper())
    fates.say(strangers | misplaced | ~records.fields.has("type") | ~_dated(records.fields), "stranger")


def _dated(fields: Fields) -> Flags:
    """Which records have a time: another maker's CEF or JSON may have a type, but none of these."""
    return fields.has("generated") | fields.has("received") | fields.has("precise")


def _happened(records: Records, zone: str, fates: LineFates) -> pa.Array:
    """The precise time where the record has one, else when the record was generated, or else received."""
    fields = records.fields
    plain, precise = either(fields.of("generated"), fields.of("received")), _precise(fields)
    happened, states = _moments(fields, either(precise, plain), records.universal, zone)
    doubtful = np.flatnonzero((precise[1] > 0) & ((states == BAD) | (happened < _EARLIEST)))
    if len(doubtful):
        spans = plain[0][doubtful], plain[1][doubtful]
        happened[doubtful], states[doubtful] = _moments(fields, spans, records.universal[doubtful], zone)
    if (states == BAD).any():
        written = words(fields.data, plain).column()
        for line in np.flatnonzero(states == BAD).tolist():
            local = _short_time(written[line].as_py() or "")
            if local is not None:
                happened[line], states[line] = utc_us(np.array([local]), zone)[0], GOOD
        fates.say(states == BAD, "time", column="happened_at_us", value=lambda line: written[line].as_py())
    return nullable(happened, states == GOOD)


def _precise(fields: Fields) -> Spans:
    """Times like 2026-11-22T…; of releases that end earlier or are not known, something else may stand there."""
    begins, sizes = fields.of("precise")
    dated = sizes >= _PRECISE
    where = np.flatnonzero(dated)
    dated[where] = fields.data[begins[where] + np.int32(4)] == ord("-")
    return begins, np.where(dated, sizes, np.int32(0))


def _moments(fields: Fields, spans: Spans, universal: Flags, zone: str) -> tuple[Longs, npt.NDArray[np.uint8]]:
    if not universal.any():
        return moments(fields.data, *spans, zone)
    happened, states = np.zeros(len(universal), np.int64), np.zeros(len(universal), np.uint8)
    for where, of_zone in ((universal, "UTC"), (~universal, zone)):
        happened[where], states[where] = moments(fields.data, spans[0][where], spans[1][where], of_zone)
    return happened, states


def _short_time(written: str) -> int | None:
    """Microseconds by local clocks of a time that a spreadsheet wrote back: 2026/11/2 9:00, or 11/2/26 9:00 (American)."""
    found = _SHORT_TIME.fullmatch(written)
    if not found:
        return None
    one, two, three, hour, minute, second = (int(part or 0) for part in found.groups())
    year, month, day = (one, two, three) if len(found[1]) == 4 else (three + 2000 * (three < 100), one, two)
    try:
        moment = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
    return int(moment.timestamp()) * 1_000_000


def _devices(lines: pa.Array, fields: Fields, context: Context) -> dict[str, pa.Array]:
    """The device's name: the record's, or the declared one, or that of syslog's header, or else its serial number."""
    serials = fields.words("serial")
    named = fields.words("device").or_else(context.settings.get("device"))
    nameless = np.flatnonzero(named.texts.codes < 0)
    if len(nameless):
        any_year = np.full(len(nameless), 2000, np.int32)
        headers = syslog_scan.scan(lines.take(pa.array(nameless)), context, any_year)
        hosts = words(headers.data, headers.host).texts
        codes = np.full(len(lines), -1, np.int32)
        codes[nameless] = hosts.codes
        named = named.instead(Words(Texts(codes, hosts.values))).instead(serials)
    return {"device": named.column(), "device_serial": serials.column()}


def _events(fields: Fields, types: Words, signs_in: Flags) -> dict[str, pa.Array]:
    """What kind of record it is, what was done, and the record's code."""
    known = [_KINDS.index(KINDS.get(word, "system")) for word in types.texts.values.to_pylist()]
    kinds = np.array([*known, _KINDS.index("system")], np.int32)[types.texts.codes]
    kinds[signs_in] = _ADMIN
    system = types.are(lambda word: word == "SYSTEM")
    codes, actions = fields.of("code"), fields.of("action")
    if system.any():
        subtypes = fields.words("subtype")
        kinds[system & subtypes.are(lambda word: word in _REMOTE)] = _VPN
        # The event's name says whether a sign-in succeeded.
        actions = _where(system & subtypes.are(lambda word: word == "auth"), codes, actions)
    remote = kinds == _VPN
    if remote.any():
        actions = _where(remote & ~fields.has("action"), fields.of("status"), actions)
    changes = types.are(lambda word: word == "CONFIG") & ~fields.has("action")
    if changes.any():
        # The logging service writes the command of a change as the event's name.
        actions = _where(changes, codes, actions)
    threats = types.are(lambda word: KINDS.get(word) == "threat")
    begins, sizes = fields.of("threat")
    numbered = words(fields.data, (begins, np.where(threats, sizes, np.int32(0)))).rewritten(_threat_code)
    named = words(fields.data, _where(types.are(lambda word: word == "TRAFFIC"), fields.of("subtype"), codes))
    written = words(fields.data, actions)
    return {
        "event_kind": coded(kinds, pa.array(_KINDS)),
        "action": written.said(_action),
        "action_written": written.column(),
        "event_code": numbered.instead(named).column(),
    }


def _where(where: Flags, spans: Spans, others: Spans) -> Spans:
    return np.where(where, spans[0], others[0]), np.where(where, spans[1], others[1])


def _action(written: str) -> str:
    # The logging service writes some in capitals and with blanks.
    word = written.lower().replace(" ", "-")
    if word in _ALLOWED or _GRANTED.get(word) == "allow":
        return "allow"
    return "deny" if word in _DENIED or _GRANTED.get(word) == "deny" else "other"


def _threat_code(written: str) -> str | None:
    """The number of `Name of a threat(40015)`, or of a bare one; no threat has number 0."""
    found = _THREAT_CODE.fullmatch(written)
    return found[1] if found else None


def _ports(fields: Fields, protocols: Words, fates: LineFates) -> dict[str, pa.Array]:
    """Ports; 0 is none where the protocol has none."""
    portless = protocols.are(lambda word: protocol(word) not in _PORTED)
    found = {}
    for name in ("source_port", "destination_port"):
        ports = fields.number(name, PORT, fates)
        if portless.any():
            ports = pc.if_else(pc.and_(pa.array(portless), pc.equal(ports, 0)), None, ports)
        found[name] = ports
    return found
