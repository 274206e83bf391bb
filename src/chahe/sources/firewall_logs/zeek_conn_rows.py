"""What the values of Zeek's connection logs mean: the fate of each line, and its row. No reader of its own."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from chahe.sources.firewall_logs.ip_protocols import protocol
from chahe.sources.firewall_logs.zeek_headings import Layout, added, found, layout
from chahe.sources.model import Context
from chahe.sources.scanning import json_scan
from chahe.sources.scanning.delimited_scan import cut, lines_of, plans_of
from chahe.sources.scanning.field_columns import COUNT, PORT, Fields, Words, joined, nullable
from chahe.sources.scanning.line_fates import LineFates
from chahe.sources.scanning.spans import BAD, GOOD
from chahe.sources.scanning.wanted_keys import keys_of
from chahe.sources.scanning.written_times import moments

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

_FIELDS = {
    "ts": ("ts",),
    "source_address": ("id.orig_h", "id_orig_h"),
    "source_port": ("id.orig_p", "id_orig_p"),
    "destination_address": ("id.resp_h", "id_resp_h"),
    "destination_port": ("id.resp_p", "id_resp_p"),
    "protocol": ("proto",),
    "number": ("ip_proto",),
    "bytes_sent": ("orig_bytes",),
    "bytes_received": ("resp_bytes",),
    "state": ("conn_state",),
    "device": ("_system_name",),
    "path": ("_path",),
}
"""What is looked for, and how Zeek and what forwards its logs (Corelight's sensors) call it."""
_ORDER = {name: index for index, name in enumerate(_FIELDS)}
_SLOTS = {key: _ORDER[name] for name, keys in _FIELDS.items() for key in keys}
_KEYS = keys_of(_FIELDS)
_BOTH_SPOKE = ("SF", "S1", "S2", "S3", "RSTO", "RSTR")
"""States in which the attempt was answered; see Zeek's `conn_state`."""
_PORTED = ("tcp", "udp", "sctp")
_BRACE = ord("{")
_NO_SIGN = -1


class _Stretches(NamedTuple):
    """Which headings hold for which lines."""

    layouts: list[Layout]
    of_line: Ints
    """Of each line the number of its layout; _NO_SIGN for headings, objects and empty lines."""
    headings: Flags


def rows(lines: pa.Array, context: Context) -> Mapping[str, pa.Array]:
    """By line: its fate, why and what is bad, and the columns of `firewall_events`."""
    data, begins, ends = lines_of(lines)
    objects = _are_objects(data, begins, ends)
    stretches = _stretches(lines, context.headings, begins < ends, objects)
    fields = _lists(data, begins, ends, stretches)
    fates = LineFates(lines, skips=("blank", "heading", "other"))
    if objects.any():
        where = np.flatnonzero(objects)
        values = json_scan.scan(data, begins[where], ends[where], _KEYS)
        fields.begins[:, where], fields.sizes[:, where] = values.begins, values.sizes
        fields = joined(fields, where, values.data)
        broken = np.zeros(len(lines), np.bool_)
        broken[where] = values.broken
        fates.say(broken, "cut")
    _judge(fates, fields, stretches, objects)
    return {
        "happened_at_us": _happened(fields, context, fates),
        **_columns(fields, fates, context),
        **fates.columns(),
    }


def _are_objects(data: Bytes, begins: Ints, ends: Ints) -> Flags:
    filled = np.flatnonzero(begins < ends)
    objects = np.zeros(len(begins), np.bool_)
    objects[filled] = data[begins[filled]] == _BRACE
    return objects


def _stretches(lines: pa.Array, before: bytes, filled: Flags, objects: Flags) -> _Stretches:
    """A heading holds from the next line on; layouts that are alike have one number."""
    numbers = {layout(before): 0}
    starts, held = [0], [0]
    headings = np.zeros(len(lines), np.bool_)
    for index, line in found(lines):
        headings[index] = True
        before = added(before, line)
        starts.append(index)
        held.append(numbers.setdefault(layout(before), len(numbers)))
    of_line = np.array(held, np.int32)[np.searchsorted(starts, np.arange(len(lines)), side="right") - 1]
    of_line[headings | objects | ~filled] = _NO_SIGN
    return _Stretches(list(numbers), of_line, headings)


def _lists(data: Bytes, begins: Ints, ends: Ints, stretches: _Stretches) -> Fields:
    """The values of lines in Zeek's own form, by the headings that hold for each."""
    layouts, of_line, _ = stretches
    plans = plans_of(
        [{place: _SLOTS[name] for place, name in enumerate(one.fields) if name in _SLOTS} for one in layouts]
    )
    fields = Fields(np.zeros(0, np.uint8), _ORDER, *(np.zeros((len(_ORDER), len(begins)), np.int32) for _ in range(2)))
    for separator in sorted({one.separator for one in layouts}):
        parted_so = np.array([*(one.separator == separator for one in layouts), False])
        kinds = np.where(parted_so[of_line], of_line, _NO_SIGN).astype(np.int32)
        where = np.flatnonzero(kinds != _NO_SIGN)
        if not len(where):
            continue
        values = cut(data, begins, ends, delimiter=separator, plans=plans, kinds=kinds, slots=len(_ORDER), quotes=False)
        if len(where) == len(begins):
            fields = Fields(values.data, _ORDER, values.begins, values.sizes)
        else:
            fields.begins[:, where], fields.sizes[:, where] = values.begins[:, where], values.sizes[:, where]
            fields = joined(fields, where, values.data)
    for word in {word for one in layouts for word in one.unset}:
        _take_away(fields, word)
    return fields


def _take_away(fields: Fields, word: bytes) -> None:
    """What stands for no value is none."""
    if not word or not len(fields.data):
        return
    for begins, sizes in zip(fields.begins, fields.sizes, strict=True):
        where = np.flatnonzero(sizes == len(word))
        for index, sign in enumerate(word):
            where = where[fields.data[begins[where] + np.int32(index)] == sign]
        sizes[where] = 0


def _judge(fates: LineFates, fields: Fields, stretches: _Stretches, objects: Flags) -> None:
    """Which lines are no connections, or only parts of one."""
    layouts, of_line, headings = stretches
    fates.say(headings, "heading")
    nothing = ~fields.has("ts") & ~objects
    if nothing.any():
        blank = np.zeros(len(nothing), np.bool_)
        where = np.flatnonzero(nothing)
        blank[where] = [not fates.lines[line].as_py().strip("\0 \t\r\n\ufeff") for line in where.tolist()]
        fates.say(blank, "blank")
    headless = np.array([*(not one.fields for one in layouts), False])[of_line]
    fates.say(headless, "headless")
    of_others = np.array([*(bool(one.fields) and "conn_state" not in one.fields for one in layouts), False])[of_line]
    paths = fields.words("path").are(lambda word: not word.startswith("conn"))
    fates.say(of_others | paths | (objects & fields.has("ts") & ~fields.has("state")), "other")
    whole = fields.has("ts") & fields.has("source_address") & fields.has("destination_address")
    fates.say(~whole, "cut")


def _happened(fields: Fields, context: Context, fates: LineFates) -> pa.Array:
    happened, states = moments(fields.data, *fields.of("ts"), context.zone)
    fates.say(states == BAD, "time", column="happened_at_us", value=lambda line: fields.written("ts", line))
    return nullable(happened, states == GOOD)


def _columns(fields: Fields, fates: LineFates, context: Context) -> dict[str, pa.Array]:
    protocols = _protocols(fields)
    portless = protocols.are(lambda word: word not in _PORTED, absent=True)
    for name in ("source_port", "destination_port"):
        fields.sizes[_ORDER[name]][portless] = 0
    states = fields.words("state")
    return {
        "device": fields.words("device").or_else(context.settings.get("device")).column(),
        "event_kind": pa.repeat("traffic", len(portless)),
        "action": states.said(_action),
        "action_written": states.column(),
        "source_address": fields.words("source_address").column(),
        "source_port": fields.number("source_port", PORT, fates),
        "destination_address": fields.words("destination_address").column(),
        "destination_port": fields.number("destination_port", PORT, fates),
        "protocol": protocols.column(),
        "bytes_sent": fields.number("bytes_sent", COUNT, fates),
        "bytes_received": fields.number("bytes_received", COUNT, fates),
    }


def _protocols(fields: Fields) -> Words:
    """The protocol by its number (7.1 and later), or else by Zeek's name for it, which is the same for ICMP over IPv4 and IPv6."""
    named = fields.words("protocol").rewritten(lambda word: None if word == "unknown_transport" else protocol(word))
    return fields.words("number").rewritten(protocol).instead(named) if fields.has("number").any() else named


def _action(state: str) -> str:
    if state in _BOTH_SPOKE:
        return "allow"
    return "deny" if state == "REJ" else "other"
