"""What the journal's lines mean: the fate of each, and its row. No reader of its own; see `chahe.sources.sign_ins.journald_json`."""

import json
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from chahe.sources.model import Context
from chahe.sources.reading.json_records import begun
from chahe.sources.scanning import json_scan
from chahe.sources.scanning.field_columns import nullable, words
from chahe.sources.scanning.line_fates import LineFates
from chahe.sources.scanning.spans import GOOD, numbers
from chahe.sources.scanning.syslog_scan import bytes_of
from chahe.sources.scanning.wanted_keys import keys_of
from chahe.sources.sign_ins.linux_auth_rows import WHYS, of_messages
from chahe.sources.sign_ins.signs_of_lines import first_signs

_FIELDS = {
    "message": ("MESSAGE",),
    "program": ("SYSLOG_IDENTIFIER", "_COMM"),
    "host": ("_HOSTNAME",),
    "time": ("__REALTIME_TIMESTAMP",),
}
_ORDER = {name: index for index, name in enumerate(_FIELDS)}
_KEYS = keys_of(_FIELDS)
_LATEST = 253_402_300_799_000_000
"""Microseconds: the end of the year 9999."""

Flags = npt.NDArray[np.bool_]


def rows(lines: pa.Array, context: Context) -> Mapping[str, pa.Array]:
    """By line: its fate, why and what is bad, and the columns of `auth_events`."""
    data, offsets = bytes_of(lines)
    begins, ends, signs = first_signs(data, offsets)
    is_object = signs == ord("{")
    found = json_scan.scan(data, np.where(is_object, begins, ends).astype(np.int32), ends, _KEYS)
    messages = _messages(words(found.data, found.of(_ORDER["message"])).column().cast(pa.string()))
    programs = words(found.data, found.of(_ORDER["program"])).column().cast(pa.string())
    heard = of_messages(programs, messages)
    at_us, states = numbers(found.data, *found.of(_ORDER["time"]), _LATEST)
    fates = LineFates(lines, skips=(*WHYS, "blank"))
    fates.say(signs == 0, "blank")
    broken = ~is_object | found.broken | (found.sizes[_ORDER["message"]] == 0)
    fates.say(broken, "broken", value=lambda line: begun(lines[line].as_py()))
    for index, why in enumerate(WHYS):
        fates.say(heard.whys == index, "unrelated" if why in ("bad_time", "no_header") else why)
    written = words(found.data, found.of(_ORDER["time"]))
    fates.say(states != GOOD, "time", column="happened_at_us", value=lambda line: written.column()[line].as_py())
    return {
        **heard.columns,
        "happened_at_us": nullable(at_us, states == GOOD),
        "host": words(found.data, found.of(_ORDER["host"])).or_else(context.settings.get("system")).column(),
        **fates.columns(),
    }


def _messages(messages: pa.Array) -> pa.Array:
    """Messages with those that came as arrays of bytes read as text, and line ends made blanks."""
    odd = np.flatnonzero(pc.fill_null(pc.match_substring_regex(messages, r"^\[\s*\d+\s*,|\n"), fill_value=False))
    if not len(odd):
        return messages
    texts = messages.to_pylist()
    for line in odd.tolist():
        texts[line] = _text(texts[line]).replace("\n", " ")
    return pa.array(texts, pa.string())


def _text(message: str) -> str:
    try:
        return bytes(json.loads(message)).decode("utf-8", "backslashreplace")
    except (ValueError, TypeError):
        return message
