"""The fields of FortiGate's lines, whichever of their three forms they come in, under FortiOS's own keys."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from chahe.sources.firewall_logs import cef_heads, cef_scan
from chahe.sources.scanning.byte_blocks import find
from chahe.sources.scanning.compiled import compiled
from chahe.sources.scanning.key_value_scan import BROKEN, CEF, scan
from chahe.sources.scanning.spans import Spans, texts
from chahe.sources.scanning.wanted_keys import keys_of

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
_SPACE, _COLON = np.uint8(ord(" ")), np.uint8(ord(":"))

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]

_CEF_PREFIXES = ("", "FTNTFGT", "FortinetFortiGate", "ad.")
"""FortiOS, its older name, and FortiAnalyzer put these before keys that CEF has no name for."""
_CEF_NAMES = {
    "devid": ("deviceExternalId", "devid"),
    "devname": ("dvchost", "devname"),
    "srcip": ("src", "srcip"),
    "srcport": ("spt", "srcport"),
    "dstip": ("dst", "dstip"),
    "dstport": ("dpt", "dstport"),
    "action": ("act", "action"),
    "sentbyte": ("out", "sentbyte"),
    "rcvdbyte": ("in", "rcvdbyte"),
    "user": ("duser", "user", "suser"),
    "ui": ("sproc", "ui"),
}
"""By FortiOS's key: what CEF calls it, the first that says something first."""


def _cef_keys() -> Mapping[str, tuple[str, ...]]:
    """FIELDS under the keys they have in CEF, and `cat`, which holds type and subtype."""
    under = {
        name: tuple(
            prefix + written for key in keys for written in _CEF_NAMES.get(key, (key,)) for prefix in _CEF_PREFIXES
        )
        for name, keys in FIELDS.items()
    }
    return {**{name: tuple(dict.fromkeys(keys)) for name, keys in under.items()}, "cat": ("cat",)}


_CEF_KEYS = keys_of(_cef_keys())


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
    in_cef = np.flatnonzero(found.forms == CEF)
    if not len(in_cef):
        return Fields(data, found.begins, found.sizes, broken)
    told = cef_scan.scan(data, offsets[in_cef], offsets[in_cef + 1], _CEF_KEYS)
    _of_the_header(told)
    _put(found.begins, in_cef, told.begins)
    _put(found.sizes, in_cef, told.sizes)
    broken[in_cef] = told.forms != cef_heads.CEF
    return Fields(told.data, found.begins, found.sizes, broken)


@compiled
def _put(into: Ints, lines: npt.NDArray[np.intp], told: Ints) -> None:
    for field in range(len(into)):
        for index in range(len(lines)):
            into[field, lines[index]] = told[field, index]


def _of_the_header(told: cef_scan.Extensions) -> None:
    """Type, subtype and log id where no key gives them: `cat` or the name begin with `traffic:forward`, the event is the id."""
    names = cef_heads.NAME
    _split_kinds(
        told.data,
        (told.begins[-1], told.sizes[-1], told.header_begins[names], told.header_sizes[names]),
        (told.begins[ORDER["type"]], told.sizes[ORDER["type"]]),
        (told.begins[ORDER["subtype"]], told.sizes[ORDER["subtype"]]),
    )
    without = told.sizes[ORDER["logid"]] == 0
    told.begins[ORDER["logid"], without] = told.header_begins[cef_heads.EVENT, without]
    told.sizes[ORDER["logid"], without] = told.header_sizes[cef_heads.EVENT, without]


@compiled
def _split_kinds(data: Bytes, written: tuple[Ints, Ints, Ints, Ints], kinds: Spans, subtypes: Spans) -> None:
    cat_begins, cat_sizes, name_begins, name_sizes = written
    for line in range(len(cat_sizes)):
        if cat_sizes[line]:
            begin, end = cat_begins[line], cat_begins[line] + cat_sizes[line]
        else:
            begin = name_begins[line]
            end = find(data, begin, begin + name_sizes[line], _SPACE)
        colon = find(data, begin, end, _COLON)
        if kinds[1][line] == 0:
            kinds[0][line], kinds[1][line] = begin, colon - begin
        if subtypes[1][line] == 0 and colon < end:
            subtypes[0][line], subtypes[1][line] = colon + 1, end - colon - 1
