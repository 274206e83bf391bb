"""What events of CEF and LEEF mean, whoever made them: the fate of each line, and its row. No reader of its own."""

import re
from collections.abc import Mapping
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from chahe.sources.firewall_logs.account_names import without_domain
from chahe.sources.firewall_logs.cef_heads import EVENT, NAME, NEITHER, PRODUCT, VENDOR
from chahe.sources.firewall_logs.cef_scan import Extensions
from chahe.sources.firewall_logs.cef_scan import scan as scan_records
from chahe.sources.firewall_logs.cef_words import action, is_verdict, labels_a_rule, of_a_sign_in, of_a_threat
from chahe.sources.firewall_logs.ip_protocols import protocol
from chahe.sources.firewall_logs.relay_escapes import without_line_ends
from chahe.sources.model import Context
from chahe.sources.scanning.field_columns import COUNT, PORT, Fields, Words, either, nullable, words
from chahe.sources.scanning.line_fates import LineFates
from chahe.sources.scanning.spans import BAD, GOOD, Texts, coded
from chahe.sources.scanning.syslog_scan import Headers, scan
from chahe.sources.scanning.syslog_times import IMPOSSIBLE, MOMENT
from chahe.sources.scanning.wanted_keys import keys_of
from chahe.sources.scanning.written_times import moments

FIELDS: Mapping[str, tuple[str, ...]] = {
    "rt": ("rt", "deviceReceiptTime", "devTime", "end", "endTime", "start", "startTime"),
    "dtz": ("dtz", "deviceTimeZone", "devTimeZone"),
    "dvchost": ("dvchost", "deviceHostName", "identHostName"),
    "dvc": ("dvc", "deviceAddress", "identSrc"),
    "deviceExternalId": ("deviceExternalId",),
    "src": ("src", "sourceAddress", "srcIP", "c6a2"),
    "spt": ("spt", "sourcePort", "srcPort"),
    "dst": ("dst", "destinationAddress", "dstIP", "c6a3"),
    "dpt": ("dpt", "destinationPort", "dstPort"),
    "proto": ("proto", "transportProtocol", "protocol"),
    "act": ("act", "deviceAction", "action"),
    "in": ("in", "bytesIn"),
    "out": ("out", "bytesOut"),
    "srcBytes": ("srcBytes",),
    "dstBytes": ("dstBytes",),
    "user": ("suser", "sourceUserName", "usrName", "duser", "destinationUserName"),
    "cat": ("cat", "deviceEventCategory"),
    "rule": ("rule", "ruleName", "rule_name", "policy", "policyName"),
    **{f"label{number}": (f"cs{number}Label",) for number in range(1, 7)},
    **{f"text{number}": (f"cs{number}",) for number in range(1, 7)},
}
"""What is looked for, and under which keys: the dictionaries of CEF (short and full names) and of LEEF."""
_ORDER = {name: index for index, name in enumerate(FIELDS)}
_KEYS = keys_of(FIELDS)
_KINDS = ("traffic", "threat")
_YEARLESS = re.compile(r"[A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d(?:\.\d+)?", re.ASCII)
_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d\d?):?(\d\d)?", re.ASCII)

Flags = npt.NDArray[np.bool_]


class _Events(NamedTuple):
    fields: Fields
    forms: npt.NDArray[np.uint8]
    vendor: Words
    product: Words
    code: Words
    name: Words


def rows(lines: pa.Array, context: Context, years: pa.Array | None) -> Mapping[str, pa.Array]:
    """By line: its fate, why and what is bad, and the columns of `firewall_events`."""
    lines = without_line_ends(lines)
    headers = scan(lines, context, years)
    events = _events(headers)
    fields = events.fields
    fates = LineFates(lines, skips=("blank", "sign_in", "other"))
    acts = fields.words("act").instead(events.name.rewritten(lambda name: name if is_verdict(name) else None))
    _judge(fates, events, acts)
    named = fields.words("dvchost").instead(fields.words("dvc")).or_else(context.settings.get("device"))
    device = named.instead(words(headers.data, headers.host)).instead(fields.words("deviceExternalId"))
    return {
        "happened_at_us": _happened(headers, fields, fates, context),
        "device": device.column(),
        "device_serial": fields.words("deviceExternalId").column(),
        "event_kind": _event_kinds(events),
        "action": acts.said(action),
        "action_written": acts.column(),
        "source_address": fields.words("src").column(),
        "source_port": fields.number("spt", PORT, fates),
        "destination_address": fields.words("dst").column(),
        "destination_port": fields.number("dpt", PORT, fates),
        "protocol": fields.words("proto").said(protocol),
        "bytes_sent": _bytes(fields, "in", "srcBytes", fates),
        "bytes_received": _bytes(fields, "out", "dstBytes", fates),
        "account": fields.words("user").rewritten(without_domain).column(),
        "rule": _rules(fields).column(),
        "event_code": _codes(events),
        **fates.columns(),
    }


def _events(headers: Headers) -> _Events:
    # The word before a record's first bar looks like the name of a program to a header of syslog.
    starts = np.where(headers.program[1] > 0, headers.program[0], headers.messages).astype(np.int32)
    found = scan_records(headers.data, starts, headers.ends, _KEYS)
    told = [_part(found, part) for part in (VENDOR, PRODUCT, EVENT, NAME)]
    return _Events(Fields(found.data, _ORDER, found.begins, found.sizes), found.forms, *told)


def _part(found: Extensions, part: int) -> Words:
    return words(found.data, (found.header_begins[part], found.header_sizes[part]))


def _judge(fates: LineFates, events: _Events, acts: Words) -> None:
    """Rows are events with two ends, of which something was done to what passes between them."""
    strangers = events.forms == NEITHER
    if strangers.any():
        blank = np.zeros(len(strangers), np.bool_)
        places = np.flatnonzero(strangers)
        blank[places] = [not fates.lines[line].as_py().strip() for line in places.tolist()]
        fates.say(blank, "blank")
        fates.say(strangers, "stranger")
    fields = events.fields
    signing = events.name.are(of_a_sign_in) | events.code.are(of_a_sign_in) | fields.words("cat").are(of_a_sign_in)
    fates.say(signing & ~fields.has("dpt"), "sign_in")
    fates.say(~(fields.has("src") & fields.has("dst") & (acts.texts.codes >= 0)), "other")


def _happened(headers: Headers, fields: Fields, fates: LineFates, context: Context) -> pa.Array:
    """The event's own time, in the zone it names or the context's; else its header's."""
    begins, sizes = fields.of("rt")
    told, states = moments(fields.data, begins, sizes, context.zone)
    zones = fields.words("dtz").texts
    for code, name in enumerate(zones.values.to_pylist()):
        zone = _zone(name)
        if zone is not None and zone != context.zone:
            these = np.flatnonzero(zones.codes == code)
            told[these], states[these] = moments(fields.data, begins[these], sizes[these], zone)
    bad = states == BAD
    if bad.any():
        yearless = fields.words("rt").are(lambda written: _YEARLESS.fullmatch(written) is not None)
        bad &= ~(yearless & (headers.times == MOMENT))
        fates.say(bad, "time", column="rt", value=lambda line: fields.written("rt", line))
    own = states == GOOD
    fates.say(~own & (headers.times == IMPOSSIBLE), "time", column="happened_at_us")
    return nullable(np.where(own, told, headers.at_us), own | (headers.times == MOMENT))


def _zone(name: str) -> str | None:
    """A zone by its name or its whole hours ahead of UTC; none where it cannot be told."""
    offset = _OFFSET.fullmatch(name)
    if offset is not None and offset[3] in (None, "00"):
        # POSIX counts the other way round.
        return f"Etc/GMT{'-' if offset[1] == '+' else '+'}{int(offset[2])}" if int(offset[2]) <= 12 else None
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _bytes(fields: Fields, name: str, of_leef: str, fates: LineFates) -> pa.Array:
    """CEF's `in` is what flows from the source to the destination, its `out` what flows back; LEEF names the ends."""
    mine, theirs = fields.number(name, COUNT, fates), fields.number(of_leef, COUNT, fates)
    return pa.chunked_array([mine.fill_null(theirs)]).combine_chunks() if theirs.null_count < len(theirs) else mine


def _rules(fields: Fields) -> Words:
    """The first of the texts whose label says that it is a rule; else what stands under a rule's own key."""
    spans = np.zeros(len(fields.begins[0]), np.int32), np.zeros(len(fields.begins[0]), np.int32)
    for number in range(1, 7):
        labelled = fields.words(f"label{number}").are(labels_a_rule)
        if labelled.any():
            begins, sizes = fields.of(f"text{number}")
            spans = either(spans, (begins, np.where(labelled, sizes, 0).astype(np.int32)))
    return words(fields.data, either(spans, fields.of("rule")))


def _event_kinds(events: _Events) -> pa.Array:
    threats = (
        events.fields.words("cat").are(of_a_threat) | events.product.are(of_a_threat) | events.name.are(of_a_threat)
    )
    return coded(threats.astype(np.int32), pa.array(_KINDS))


def _codes(events: _Events) -> pa.Array:
    """Maker, product and event, as the header has them between its bars."""
    parts = (events.vendor.texts, events.product.texts, events.code.texts)
    joint = np.zeros(len(events.forms), np.int64)
    for part in parts:
        joint = joint * (len(part.values) + 1) + (part.codes + 1)
    distinct, first, codes = np.unique(joint, return_index=True, return_inverse=True)
    texts = ["|".join(_said(part, int(line)) for part in parts) for line in first.tolist()]
    empty = np.array([not text.strip("|") for text in texts])
    numbered = np.where(empty[codes], -1, codes).astype(np.int32) if len(distinct) else codes.astype(np.int32)
    return Words(Texts(numbered, pa.array(texts, pa.string()))).column()


def _said(part: Texts, line: int) -> str:
    code = int(part.codes[line])
    return str(part.values[code].as_py()) if code >= 0 else ""
