"""The fields of FortiGate's lines, whichever of their three forms they come in, under FortiOS's own keys."""

import re
from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from chahe.sources.key_value_columns import Flags, find
from chahe.sources.key_values import cef_parts, pairs
from chahe.sources.text_views import TextViews

FIELDS: Mapping[str, tuple[str, ...]] = {
    **{key: (key,) for key in ("eventtime", "date", "time", "start", "tz", "devname", "type", "subtype", "ui")},
    **{key: (key,) for key in ("proto", "action", "status", "policyid", "logdesc", "cfgpath")},
    "devid": ("devid", "device_id"),
    "logid": ("logid", "log_id"),
    "srcip": ("srcip", "src", "remip", "userip"),
    "srcport": ("srcport", "src_port", "remport"),
    "dstip": ("dstip", "dst"),
    "dstport": ("dstport", "dst_port"),
    "sentbyte": ("sentbyte", "sent"),
    "rcvdbyte": ("rcvdbyte", "rcvd"),
    "account": ("user", "unauthuser"),
}
"""What is looked for, and under which keys, the first that says something first: FortiOS's own of today, those of
FortiOS 3 and 4, those of events that are no sessions (the far end of a tunnel, the station of a user)."""
KEYS = tuple(key for keys in FIELDS.values() for key in keys)
NOTHING = ("N/A", "(null)")

_CEF_PREFIX = re.compile(r"^(?:FTNTFGT|FortinetFortiGate|ad\.)")
"""FortiOS, its older name, and FortiAnalyzer put these before keys that CEF has no name for."""
_CEF_NAMES = {
    "deviceExternalId": "devid",
    "dvchost": "devname",
    "src": "srcip",
    "spt": "srcport",
    "dst": "dstip",
    "dpt": "dstport",
    "act": "action",
    "out": "sentbyte",
    "in": "rcvdbyte",
    "duser": "user",
    "sproc": "ui",
}
_CEF = r'^[^="]*\|Fortinet\|Forti'
_COMMAS = r'^[^="]*=(?:"[^"]*"|[^ ,"]*),[A-Za-z_]'


def fields(lines: pa.Array) -> Mapping[str, pa.Array]:
    """For lines with their ends (string array): `k_<field>` for each of FIELDS, and whether the line's quotes are `broken`."""
    cef = _flags(pc.match_substring_regex(lines, _CEF))
    commas = _flags(pc.match_substring_regex(lines, _COMMAS)) & ~cef
    delimiter = "," if 2 * commas.sum() > len(lines) else " "
    found = find(lines, KEYS, delimiter)
    exact = found.irregular | cef | (commas if delimiter == " " else ~commas)
    broken = np.zeros(len(lines), np.bool_)
    instead: dict[int, Mapping[str, str]] = {}
    for index in np.flatnonzero(exact).tolist():
        text = lines[index].as_py().rstrip("\r\n")
        read = _cef_fields(text) if cef[index] else pairs(text, "," if commas[index] else " ")
        broken[index] = read is None
        instead[index] = read or {}
    views = TextViews(found.memory, len(lines), NOTHING)
    columns: dict[str, pa.Array] = {"broken": pa.array(broken)}
    for name, keys in FIELDS.items():
        spans = [found.spans[key] for key in keys if key in found.spans]
        others = {
            index: next((read[key] for key in keys if _says(read.get(key))), None) for index, read in instead.items()
        }
        columns[f"k_{name}"] = views.column(spans, others)
    return columns


def _says(value: str | None) -> bool:
    return bool(value) and value not in NOTHING


def _flags(found: pa.Array) -> Flags:
    flags: Flags = found.to_numpy(zero_copy_only=False)
    return flags


def _cef_fields(text: str) -> Mapping[str, str] | None:
    """A CEF line's fields under FortiOS's keys; None when its header is not whole."""
    parts = cef_parts(text)
    if parts is None:
        return None
    header, extension = parts
    named: dict[str, str] = {}
    for written, value in extension.items():
        key = _CEF_PREFIX.sub("", written)
        named.setdefault(_CEF_NAMES.get(key, key), value.strip('"'))
    kind, _, subtype = (named.get("cat") or header[4].partition(" ")[0]).partition(":")
    named.setdefault("type", kind)
    named.setdefault("subtype", subtype)
    named.setdefault("logid", header[3])
    if not named.get("user") and named.get("suser"):
        named["user"] = named["suser"]
    return named
