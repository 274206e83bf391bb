"""The fields of Check Point's lines, whichever of their forms they come in. No reader of its own."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from chahe.sources.firewall_logs import checkpoint_lists
from chahe.sources.firewall_logs.cef_heads import EVENT, NEITHER, PRODUCT, VENDOR
from chahe.sources.firewall_logs.cef_scan import scan as scan_records
from chahe.sources.firewall_logs.checkpoint_lists import SLOTS
from chahe.sources.firewall_logs.checkpoint_scan import (
    BARS,
    BRACKETS,
    EXPORTED,
    LISTED,
    NONE,
    OBJECT,
    TOLD,
    Forms,
    forms_of,
    makerless,
)
from chahe.sources.scanning import json_scan
from chahe.sources.scanning.field_columns import Fields, Words, words
from chahe.sources.scanning.pair_scan import Values, nothing, parted_pairs, quoted_pairs
from chahe.sources.scanning.syslog_scan import Headers
from chahe.sources.scanning.wanted_keys import keys_of

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

FIELDS: Mapping[str, tuple[str, ...]] = {
    "time": ("time", "HeaderDateHour"),
    "orig_name": ("orig_name", "origin_name"),
    "sic": ("originsicname", "origin_sic_name", "OriginSicName"),
    "origin": ("origin", "orig", "Origin"),
    "action": ("Action", "action", "rule_action"),
    "product": ("product", "ProductName"),
    "type": ("type", "log_type"),
    "src": ("src",),
    "s_port": ("s_port", "sport_svc"),
    "dst": ("dst",),
    "service": ("service", "svc"),
    "proto": ("proto",),
    "sent": ("sent_bytes",),
    "received": ("received_bytes",),
    "user": ("src_user_name", "user", "administrator"),
    "rule": ("rule_name", "rule", "rule_uid"),
    "vpn": ("vpn_feature_name", "scheme", "peer_gateway"),
    "label1": (),
    "text1": (),
    "label2": (),
    "text2": (),
    "label4": (),
    "text4": (),
    "rule_uid": (),
}
"""What is looked for, and under which keys: Check Point's own, those of `fw log` in R80."""
_IN_RECORDS: Mapping[str, tuple[str, ...]] = {
    **FIELDS,
    "time": ("rt", "devTime", "time", "start"),
    "action": ("act", "action"),
    "product": (),
    "type": (),
    "s_port": ("spt", "srcPort", "s_port"),
    "service": ("dpt", "dstPort", "service"),
    "sent": ("out", "srcBytes", "sent_bytes"),
    "received": ("in", "dstBytes", "received_bytes"),
    "user": ("suser", "src_user_name", "usrName", "duser", "user"),
    "rule": ("rule_name", "rule"),
    "label1": ("cs1Label",),
    "text1": ("cs1",),
    "label2": ("cs2Label",),
    "text2": ("cs2",),
    "label4": ("cs4Label",),
    "text4": ("cs4",),
    "rule_uid": ("rule_uid",),
}
"""The same as CEF and LEEF name them, as Log Exporter maps them: `out` and `in` as seen from the client."""
_ORDER = {name: index for index, name in enumerate(FIELDS)}
_KEYS, _RECORD_KEYS = keys_of(FIELDS), keys_of(_IN_RECORDS)
_EQUALS, _COLON = (np.uint8(ord(sign)) for sign in "=:")
_MENDED = b" CEF:0|"
"""What stands in the place of `CEF:0||`: some releases of Log Exporter leave out the maker, and its bar stays."""
_RULE_LABELS = ("rule name", "threat prevention rule name")


class Found(NamedTuple):
    """What the lines say."""

    fields: Fields
    forms: Bytes
    records: Flags
    """Which lines are Check Point's own in CEF or LEEF."""
    broken: Flags
    """Whose quotes do not pair."""
    unclosed: Flags
    """Whose brackets or braces are opened and never closed."""
    headless: Flags
    """Which are lists without a heading."""


def read(headers: Headers, before: bytes) -> Found:
    """The fields of messages behind their headers; `before` is the heading of lists in force before the first."""
    data, ends = headers.data, headers.ends
    found = forms_of(data, headers.messages, ends)
    values = nothing(len(FIELDS), len(ends))
    _read_pairs(data, ends, found, values)
    data, headless = _read_lists(data, (headers.messages, ends), found, values, before)
    opened = found.forms == BRACKETS
    opened[opened] = data[found.begins[opened]] == ord("[")
    unclosed = opened & ~values.closed
    objects = found.forms == OBJECT
    if objects.any():
        told = json_scan.scan(data, found.begins, _where(objects, ends, found.begins), _KEYS)
        count, data = len(told.begins), told.data
        values.begins[:count, objects], values.sizes[:count, objects] = told.begins[:, objects], told.sizes[:, objects]
        unclosed |= objects & told.broken
    others = found.forms == NONE
    records = np.zeros(len(ends), np.bool_)
    if others.any():
        data, records = _read_records(data, (headers.messages, ends), others, values)
    return Found(
        Fields(data, _ORDER, values.begins, values.sizes), found.forms, records, values.broken, unclosed, headless
    )


def _read_pairs(data: Bytes, ends: Ints, found: Forms, values: Values) -> None:
    for name, spans in (("time", found.time), ("action", found.action), ("origin", found.origin)):
        told = spans[1] > 0
        values.begins[_ORDER[name], told], values.sizes[_ORDER[name], told] = spans[0][told], spans[1][told]
    if (found.forms == BRACKETS).any():
        quoted_pairs(data, found.begins, _where(found.forms == BRACKETS, ends, found.begins), keys=_KEYS, values=values)
    for form, parting, assigns in ((BARS, "|", _EQUALS), (TOLD, ";", _COLON)):
        if (found.forms == form).any():
            signs = (np.full(len(ends), ord(parting), np.uint8), assigns)
            stops = _where(found.forms == form, ends, found.begins)
            parted_pairs(data, found.begins, stops, signs=signs, keys=_KEYS, values=values)


def _read_lists(
    data: Bytes, edges: tuple[Ints, Ints], found: Forms, values: Values, before: bytes
) -> tuple[Bytes, Flags]:
    """The fields of lists: the bytes with their values behind them, and which lines have no heading."""
    tracked = found.forms == LISTED
    listed = tracked | (found.forms == EXPORTED)
    if not listed.any():
        return data, listed
    cells, headless = checkpoint_lists.read(data, edges, listed, tracked, before)
    begins = cells.begins + np.int32(len(data))
    for name in SLOTS.keys() & _ORDER.keys():
        values.begins[_ORDER[name], listed] = begins[SLOTS[name], listed]
        values.sizes[_ORDER[name], listed] = cells.sizes[SLOTS[name], listed]
    values.broken[cells.broken] = True
    nameless = listed & (values.sizes[_ORDER["rule"]] == 0)
    values.begins[_ORDER["rule"], nameless] = begins[SLOTS["number"], nameless]
    values.sizes[_ORDER["rule"], nameless] = cells.sizes[SLOTS["number"], nameless]
    # Day and clock lie side by side there: with a blank between them they are one value.
    day, clock = cells.of(SLOTS["date"]), cells.of(SLOTS["clock"])
    whole = listed & (clock[1] > 0) & (clock[0] == day[0] + day[1] + 1)
    cells.data[(day[0] + day[1])[whole]] = ord(" ")
    values.begins[_ORDER["time"], whole] = begins[SLOTS["date"], whole]
    values.sizes[_ORDER["time"], whole] = (clock[0] + clock[1] - day[0])[whole]
    return np.concatenate([data, cells.data]), headless & ~values.broken


def _read_records(data: Bytes, edges: tuple[Ints, Ints], others: Flags, values: Values) -> tuple[Bytes, Flags]:
    """The fields of CEF and LEEF: the bytes with what was behind escapes, and which lines are Check Point's."""
    starts, ends = edges
    shifted = makerless(data, starts, _where(others, ends, starts))
    if shifted.any():
        data = data.copy()
        for index, sign in enumerate(_MENDED):
            data[starts[shifted] + index] = sign
    told = scan_records(data, starts, _where(others, ends, starts), _RECORD_KEYS)
    makers = words(told.data, (told.header_begins[VENDOR], told.header_sizes[VENDOR]))
    records: Flags = (told.forms != NEITHER) & makers.are(lambda maker: maker.replace(" ", "").lower() == "checkpoint")
    values.begins[:, records], values.sizes[:, records] = told.begins[:, records], told.sizes[:, records]
    for name, part in (("product", PRODUCT), ("type", EVENT)):
        index = _ORDER[name]
        values.begins[index, records] = told.header_begins[part, records]
        values.sizes[index, records] = told.header_sizes[part, records]
    return told.data, records


def rules(found: Found) -> Words:
    """The rule of each record: its name, in CEF under the label that says so, or its number, or else its identity."""
    told = found.fields.words("rule")
    if not found.records.any():
        return told
    for number in (1, 2, 4):
        labelled = found.fields.words(f"label{number}").are(lambda label: label.lower() in _RULE_LABELS)
        begins, sizes = found.fields.of(f"text{number}")
        told = told.instead(words(found.fields.data, (begins, np.where(labelled, sizes, 0).astype(np.int32))))
    return told.instead(found.fields.words("rule_uid"))


def _where(where: Flags, ends: Ints, begins: Ints) -> Ints:
    """The ends of those lines; of the others, where they begin, so that nothing is looked at."""
    return np.where(where, ends, begins).astype(np.int32)
