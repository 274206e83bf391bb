"""The fields of FortiGate's lines, whichever of their three forms they come in, under FortiOS's own keys."""

import re
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from chahe.sources.key_value_scan import BROKEN, CEF, scan
from chahe.sources.key_values import cef_parts
from chahe.sources.spans import Spans, texts
from chahe.sources.wanted_keys import keys_of

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
ORDER = {name: index for index, name in enumerate(FIELDS)}
_KEYS = keys_of(FIELDS)
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


class Fields(NamedTuple):
    """What was found in a list of lines: for each of FIELDS where its values stand in `data`. A size of 0 is none."""

    data: npt.NDArray[np.uint8]
    begins: npt.NDArray[np.int32]
    sizes: npt.NDArray[np.int32]
    broken: npt.NDArray[np.bool_]
    """By line: do its quotes not pair?"""

    def of(self, name: str) -> Spans:
        """A field's spans, by line."""
        index = ORDER[name]
        return self.begins[index], self.sizes[index]

    def has(self, name: str) -> npt.NDArray[np.bool_]:
        """Which lines have the field."""
        present: npt.NDArray[np.bool_] = self.sizes[ORDER[name]] > 0
        return present

    def said(self, name: str, line: int) -> str | None:
        """A field of one line."""
        begins, sizes = self.of(name)
        return texts(self.data, begins[line : line + 1], sizes[line : line + 1]).column()[0].as_py()  # type: ignore[no-any-return] # PyArrow is untyped


def read(lines: pa.Array) -> Fields:
    """The fields of lines (string array without nulls), each with its end."""
    _, edges, letters = lines.buffers()
    offsets = np.frombuffer(edges, np.int32)[lines.offset : lines.offset + len(lines) + 1]
    data = np.frombuffer(letters or b"", np.uint8)
    found = scan(data, offsets, _KEYS)
    broken = found.forms == BROKEN
    extra = bytearray()
    for line in np.flatnonzero(found.forms == CEF).tolist():
        told = _cef_fields(lines[line].as_py().rstrip("\r\n"))
        broken[line] = told is None
        for index, keys in enumerate(FIELDS.values()):
            value = next((said for key in keys if _says(said := (told or {}).get(key))), None)
            if value is not None:
                extra += b"\0"  # no quote stands before the value, so there are no escapes in it
                found.begins[index, line] = len(data) + len(extra)
                extra += value.encode()
                found.sizes[index, line] = len(data) + len(extra) - found.begins[index, line]
    if extra:
        data = np.concatenate([data, np.frombuffer(extra, np.uint8)])
    return Fields(data, found.begins, found.sizes, broken)


def _says(value: str | None) -> bool:
    return bool(value) and value not in NOTHING


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
