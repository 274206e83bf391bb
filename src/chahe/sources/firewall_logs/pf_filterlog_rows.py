"""What filterlog's values mean: the fate of each line, and its row. No reader of its own; see `chahe.sources.firewall_logs.pf_filterlog`."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from chahe.sources.firewall_logs.ip_protocols import protocol
from chahe.sources.model import Context
from chahe.sources.scanning.delimited_scan import cut, plans_of
from chahe.sources.scanning.field_columns import COUNT, PORT, Fields, either, words
from chahe.sources.scanning.line_fates import LineFates
from chahe.sources.scanning.syslog_scan import Headers, scan
from chahe.sources.scanning.syslog_times import IMPOSSIBLE, NO_TIME

_LAYOUTS = (
    {
        16: "protocol",
        17: "bytes_sent",
        18: "source_address",
        19: "destination_address",
        20: "source_port",
        21: "destination_port",
    },
    {
        12: "protocol",
        14: "bytes_sent",
        15: "source_address",
        16: "destination_address",
        17: "source_port",
        18: "destination_port",
    },
    {
        15: "protocol",
        17: "bytes_sent",
        18: "source_address",
        19: "destination_address",
        20: "source_port",
        21: "destination_port",
    },
)
"""Where values stand: of IPv4; of IPv6; of IPv6 told of in IPv4's places, where a number stands instead of the protocol."""
_COMMON = {0: "number", 3: "tracker", 6: "action", 8: "version"}
_FIELDS = (*_COMMON.values(), *_LAYOUTS[0].values())
_ORDER = {name: index for index, name in enumerate(_FIELDS)}
_VERSIONS = plans_of([{8: 0, 12: 1}])
_PLANS = plans_of([{position: _ORDER[name] for position, name in {**_COMMON, **layout}.items()} for layout in _LAYOUTS])
_PORTED = ("tcp", "udp", "sctp", "udplite")
_ACTIONS = {"pass": "allow", "block": "deny", "reject": "deny"}


def rows(lines: pa.Array, context: Context, years: pa.Array | None) -> Mapping[str, pa.Array]:
    """By line: its fate, why and what is bad, and the columns of `firewall_events`."""
    headers = scan(lines, context, years)
    fates = LineFates(lines, skips=("blank", "other"))
    programs = words(headers.data, headers.program)
    fates.say(programs.are(lambda word: word != "filterlog"), "other")
    fields = _fields(headers, fates)
    protocols = fields.words("protocol")
    portless = protocols.are(lambda word: protocol(word) not in _PORTED, absent=True)
    for name in ("source_port", "destination_port"):
        fields.sizes[_ORDER[name]][portless] = 0
    actions = fields.words("action")
    return {
        "happened_at_us": _happened(headers, fates),
        "device": words(headers.data, headers.host).or_else(context.settings.get("device")).column(),
        "event_kind": pa.repeat("traffic", len(lines)),
        "action": actions.said(lambda word: _ACTIONS.get(word, "other")),
        "action_written": actions.column(),
        "source_address": fields.words("source_address").column(),
        "source_port": fields.number("source_port", PORT, fates),
        "destination_address": fields.words("destination_address").column(),
        "destination_port": fields.number("destination_port", PORT, fates),
        "protocol": protocols.said(_protocol),
        "bytes_sent": fields.number("bytes_sent", COUNT, fates),
        "rule": words(fields.data, either(fields.of("tracker"), fields.of("number"))).column(),
        **fates.columns(),
    }


def _fields(headers: Headers, fates: LineFates) -> Fields:
    """The values of the packets; what else a line may be is said."""
    spans = headers.messages, headers.ends
    asked = np.where(fates.open, 0, -1).astype(np.int32)
    heads = cut(headers.data, *spans, delimiter=",", plans=_VERSIONS, kinds=asked, slots=2, quotes=False)
    versions = words(heads.data, heads.of(0))
    four, six = versions.are(lambda word: word == "4"), versions.are(lambda word: word == "6")
    kinds = np.where(four, 0, np.where(six, 1, -1)).astype(np.int32)
    if six.any():
        begins, sizes = heads.of(1)
        kinds[words(heads.data, (begins, np.where(six, sizes, np.int32(0)))).are(str.isdigit)] = 2
    found = cut(headers.data, *spans, delimiter=",", plans=_PLANS, kinds=kinds, slots=len(_ORDER), quotes=False)
    fields = Fields(found.data, _ORDER, found.begins, found.sizes)
    _judge(headers, fates, fields)
    return fields


def _judge(headers: Headers, fates: LineFates, fields: Fields) -> None:
    """Which lines are no packets, or only the beginning of one."""
    whole = fields.has("action") & fields.has("source_address") & fields.has("destination_address")
    if (whole | ~fates.open).all():
        return
    blank = np.zeros(len(whole), np.bool_)
    where = np.flatnonzero(~whole & fates.open)
    blank[where] = [not fates.lines[line].as_py().strip("\0 \t\r\n\ufeff") for line in where.tolist()]
    fates.say(blank, "blank")
    named = (headers.program[1] > 0) | fields.has("version")
    fates.say(~whole & named, "cut")
    fates.say(~whole & (headers.times != NO_TIME), "other")
    fates.say(~whole, "stranger")


def _happened(headers: Headers, fates: LineFates) -> pa.Array:
    wrong = headers.times == IMPOSSIBLE
    if wrong.any():
        written = words(headers.data, headers.time).column()
        fates.say(wrong, "time", column="happened_at_us", value=lambda line: written[line].as_py())
    return headers.happened()


def _protocol(written: str) -> str | None:
    # What pfSense calls the options of IPv6 that come before another header.
    return "hopopt" if written.lower() == "options" else protocol(written)
