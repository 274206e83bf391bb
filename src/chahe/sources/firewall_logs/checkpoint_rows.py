"""What Check Point's fields mean: the fate of each line, and its row. No reader of its own; see `chahe.sources.firewall_logs.checkpoint`."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from chahe.sources.firewall_logs.account_names import without_domain
from chahe.sources.firewall_logs.checkpoint_fields import Found, read, rules
from chahe.sources.firewall_logs.checkpoint_scan import DATELESS, HEADING, NONE
from chahe.sources.firewall_logs.checkpoint_words import action, gateway, kind, of_a_tunnel, port
from chahe.sources.firewall_logs.ip_protocols import protocol
from chahe.sources.firewall_logs.relay_escapes import without_line_ends
from chahe.sources.model import Context
from chahe.sources.scanning.field_columns import COUNT, PORT, Fields, nullable, words
from chahe.sources.scanning.line_fates import LineFates
from chahe.sources.scanning.spans import BAD, GOOD, coded, numbers
from chahe.sources.scanning.syslog_scan import Headers, scan
from chahe.sources.scanning.syslog_times import IMPOSSIBLE, MOMENT
from chahe.sources.scanning.written_times import moments

_KINDS = ("traffic", "threat", "vpn", "admin", "system")
_PORTS = {"source_port": "s_port", "destination_port": "service"}

Flags = npt.NDArray[np.bool_]


def rows(lines: pa.Array, context: Context, years: pa.Array | None) -> Mapping[str, pa.Array]:
    """By line: its fate, why and what is bad, and the columns of `firewall_events`."""
    lines = without_line_ends(lines)
    headers = scan(lines, context, years)
    found = read(headers, context.headings)
    fields = found.fields
    fates = LineFates(lines, skips=("blank", "heading"))
    _say_strangers(fates, found)
    actions = fields.words("action")
    ports = {column: _port(fields, name, fates) for column, name in _PORTS.items()}
    named = fields.words("orig_name").instead(fields.words("sic").rewritten(gateway)).instead(fields.words("origin"))
    device = named.or_else(context.settings.get("device")).instead(words(headers.data, headers.host))
    return {
        "happened_at_us": _happened(headers, fields, fates, context),
        "device": device.column(),
        "event_kind": _event_kinds(fields),
        "action": actions.said(action),
        "action_written": actions.column(),
        "source_address": fields.words("src").column(),
        "destination_address": fields.words("dst").column(),
        **ports,
        "protocol": fields.words("proto").said(protocol),
        "bytes_sent": fields.number("sent", COUNT, fates),
        "bytes_received": fields.number("received", COUNT, fates),
        "account": fields.words("user").rewritten(without_domain).column(),
        "rule": rules(found).column(),
        "event_code": fields.words("type").column(),
        **fates.columns(),
    }


def _say_strangers(fates: LineFates, found: Found) -> None:
    fates.say(found.broken, "quotes")
    fates.say(found.unclosed, "cut")
    fates.say(found.forms == HEADING, "heading")
    fates.say(found.headless, "headless")
    fates.say(found.forms == DATELESS, "dateless")
    others = (found.forms == NONE) & ~found.records
    if others.any():
        blank = np.zeros(len(others), np.bool_)
        places = np.flatnonzero(others)
        blank[places] = [not fates.lines[line].as_py().strip() for line in places.tolist()]
        fates.say(blank, "blank")
    said = ("action", "src", "origin", "sic", "orig_name", "product")
    says = np.logical_or.reduce([found.fields.has(name) for name in said])
    fates.say(others | ~says, "stranger")


def _happened(headers: Headers, fields: Fields, fates: LineFates, context: Context) -> pa.Array:
    """The record's own time, or else its header's."""
    told, states = moments(fields.data, *fields.of("time"), context.zone)
    fates.say(states == BAD, "time", column="time", value=lambda line: fields.written("time", line))
    own = states == GOOD
    fates.say(~own & (headers.times == IMPOSSIBLE), "time", column="happened_at_us")
    return nullable(np.where(own, told, headers.at_us), own | (headers.times == MOMENT))


def _port(fields: Fields, name: str, fates: LineFates) -> pa.Array:
    """Ports by number, and by the names of services."""
    begins, sizes = fields.of(name)
    ports, states = numbers(fields.data, begins, sizes, PORT)
    named = states == BAD
    if named.any():
        written = words(fields.data, (begins, np.where(named, sizes, 0).astype(np.int32)))
        known = np.array([*(port(word) for word in written.texts.values.to_pylist()), None], np.float64)
        told = known[written.texts.codes[named]]
        ports[named], states[named] = np.nan_to_num(told), np.where(told >= 0, GOOD, BAD)
        wrong = named.copy()
        wrong[named] = told < 0
        fates.say(wrong, "number", column=name, value=lambda line: fields.written(name, line))
    return nullable(ports, states == GOOD)


def _event_kinds(fields: Fields) -> pa.Array:
    """By the product, the action, and whether a session's two ends are told."""
    products = fields.words("product").texts
    named = np.array([*(_KINDS.index(kind(word)) for word in products.values.to_pylist()), 0], np.int32)
    kinds = named[products.codes]
    kinds[(kinds == 0) & fields.words("action").are(of_a_tunnel)] = _KINDS.index("vpn")
    kinds[(kinds == 0) & ~(fields.has("src") | fields.has("dst"))] = _KINDS.index("system")
    return coded(kinds, pa.array(_KINDS))
