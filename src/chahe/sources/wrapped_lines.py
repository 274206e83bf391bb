"""Lines whose message stands in a JSON object, or behind a header of text: the parts of either as columns. No reader of its own."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from chahe.sources import json_scan
from chahe.sources.signs_of_lines import first_signs
from chahe.sources.spans import texts
from chahe.sources.syslog_scan import bytes_of
from chahe.sources.wanted_keys import keys_of

Flags = npt.NDArray[np.bool_]


class Wrapped(NamedTuple):
    """The parts of lines by name, and what the lines are."""

    parts: Mapping[str, pa.Array]
    """Strings, null where a line has none."""
    json: Flags
    broken: Flags
    """JSON that is no whole object."""
    blank: Flags
    plain: Flags
    """Neither JSON nor in the form of the header."""


def unwrapped(lines: pa.Array, keys: Mapping[str, Sequence[str]], header: str) -> Wrapped:
    """The parts of lines: under those keys of JSON objects, or in groups of that name of the header's pattern (RE2)."""
    data, offsets = bytes_of(lines)
    begins, ends, signs = first_signs(data, offsets)
    is_json = signs == ord("{")
    found = json_scan.scan(data, np.where(is_json, begins, ends).astype(np.int32), ends, keys_of(keys))
    parts = {name: _strings(found.data, found.of(index)) for index, name in enumerate(keys)}
    text = ~is_json & (signs > 0)
    plain = np.zeros(len(lines), np.bool_)
    if text.any():
        told = pc.extract_regex(pc.utf8_trim_whitespace(lines), header)
        for name in (field.name for field in told.type):
            group = pc.struct_field(told, name)
            group = pc.if_else(pc.equal(group, ""), None, group)
            parts[name] = pc.if_else(pa.array(is_json), parts[name], group) if name in parts else group
        plain = text & ~pc.is_valid(told).to_numpy(zero_copy_only=False)
    return Wrapped(parts, is_json, found.broken & is_json, signs == 0, plain)


def _strings(data: npt.NDArray[np.uint8], spans: tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]) -> pa.Array:
    return texts(data, *spans).column().cast(pa.string())
