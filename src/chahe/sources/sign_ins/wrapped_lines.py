"""Lines whose message stands in a JSON object, or behind a time: where the parts of either stand. Compiled. No reader of its own.

{"timestamp":"2026-03-02T10:15:24.001+08:00","message":"…"}          the values of wanted keys
2026-03-02 10:15:24,001 INFO  [a.logger] (thread) …                  `time`, and `message`: what is behind it
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from chahe.sources.scanning import json_scan
from chahe.sources.scanning.compiled import compiled
from chahe.sources.scanning.signs import behind_digits, behind_spaces, behind_word
from chahe.sources.scanning.spans import Spans
from chahe.sources.scanning.syslog_scan import bytes_of
from chahe.sources.scanning.wanted_keys import keys_of
from chahe.sources.sign_ins.signs_of_lines import first_signs

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

_DASH, _SPACE, _T = (ord(sign) for sign in "- T")


class Wrapped(NamedTuple):
    """Where the parts of lines stand in `data`, and what the lines are."""

    data: Bytes
    parts: Mapping[str, Spans]
    broken: Flags
    """JSON that is no whole object."""
    blank: Flags
    plain: Flags
    """Neither JSON nor with a time in front."""


def unwrapped(lines: pa.Array, keys: Mapping[str, Sequence[str]]) -> Wrapped:
    """The parts of lines (a string array): under those keys of JSON objects; of text `time` and `message`, which are among them."""
    data, offsets = bytes_of(lines)
    begins, ends, signs = first_signs(data, offsets)
    is_json = signs == ord("{")
    found = json_scan.scan(data, np.where(is_json, begins, ends).astype(np.int32), ends, keys_of(keys))
    parts = {name: found.of(index) for index, name in enumerate(keys)}
    text = ~is_json & (signs > 0)
    plain = text
    if text.any():
        stamps = _stamps(data, np.where(text, begins, ends).astype(np.int32), ends)
        plain = text & (stamps == 0)
        behind = (begins + stamps).astype(np.int32)
        told = {"time": (begins, stamps), "message": (behind, np.where(stamps > 0, ends - behind, 0).astype(np.int32))}
        for name, (first, size) in told.items():
            there, length = parts[name]
            parts[name] = np.where(is_json, there, first), np.where(is_json, length, size)
    return Wrapped(found.data, parts, found.broken & is_json, signs == 0, plain)


@compiled
def _stamps(data: Bytes, begins: Ints, ends: Ints) -> Ints:
    """The size of the time in front, `2026-03-02 10:15:24,001` or `2026-03-02T10:15:24Z`; 0 where there is none."""
    sizes = np.zeros(len(begins), np.int32)
    for line in range(len(begins)):
        begin, end = begins[line], ends[line]
        if end - begin < 19 or behind_digits(data, begin, end) != begin + 4 or data[begin + 4] != _DASH:
            continue
        place = behind_word(data, begin, end)
        if data[begin + 10] != _T:
            place = behind_word(data, behind_spaces(data, place, end), end)
        sizes[line] = place - begin
    return sizes
