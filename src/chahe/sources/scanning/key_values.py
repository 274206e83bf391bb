"""The grammar of key-value lines, one line at a time and exactly. No reader of its own; others stand on it.

    <189>date=2026-11-22 time=09:00:00 devname="FG-1" msg="login of \\"root\\" from srcip=192.0.2.9" proto=6

Fields stand between delimiters (a space, or a comma where the first field ends in one). A key is what stands before
a field's first `=`. A value in double quotes opens straight after a `=` and closes at the next quote that no backslash
escapes, with a delimiter or the end of the line behind it; delimiters within it part nothing, so a key within another
key's quoted value is never a key. A quote anywhere else, or one without its pair, breaks the line: no field of it can be
trusted. Of a repeated key the first counts. `key_value_scan` is the same, compiled.

CEF extensions follow their own rule: a key is a word before an unescaped `=`, and a value runs to the next key.
"""

import re
from collections.abc import Mapping
from functools import cache

PRIORITY = re.compile(r"<[0-9]{1,3}>")
"""The priority that syslog puts in front of a line (RFC 3164, 4.1.1), with nothing between it and the first key."""

LONGEST_ENVELOPE = 512
"""Characters within which a CEF header begins: room for a syslog header, no search through a long line."""

_CEF_HEADER = re.compile(r"((?:\|(?:[^|\\]|\\.)*+){6})\|", re.DOTALL)
_CEF_KEY = re.compile(r"([A-Za-z0-9_.\[\]-]+)=")
_NEXT_CEF_KEY = re.compile(r" ([A-Za-z0-9_.\[\]-]+)=")
_ESCAPED = re.compile(r"\\([\\=|])")


@cache
def _field(delimiter: str) -> re.Pattern[str]:
    quoted = r'"(?:[^"\\]++|\\["\\]|\\)*+"(?=' + delimiter + r"|\Z)"
    return re.compile(rf'(?:[^"{delimiter}]++|(?<==){quoted})*+({delimiter}|\Z)', re.DOTALL)


def pairs(text: str, delimiter: str = " ") -> Mapping[str, str] | None:
    """The fields of a line by key, or None when its quotes do not pair."""
    priority = PRIORITY.match(text)
    place = priority.end() if priority else 0
    pattern = _field(delimiter)
    found: dict[str, str] = {}
    while place < len(text):
        match = pattern.match(text, place)
        if match is None:
            return None
        key, equals, value = text[place : match.start(1)].partition("=")
        if equals and key not in found:
            found[key] = _unquoted(value)
        place = match.end()
    return found


def cef_parts(text: str) -> tuple[tuple[str, ...], Mapping[str, str]] | None:
    """The six header fields (vendor, product, version, event id, name, severity) and the extension of a CEF line.

    None when the line has no CEF header. The word `CEF:` may be absent (relays drop it with the syslog tag).
    """
    bar = text.find("|", 0, LONGEST_ENVELOPE)
    header = _CEF_HEADER.match(text, bar) if bar > 0 and text[bar - 1].isdigit() else None
    if header is None:
        return None
    first = _CEF_KEY.match(text, header.end())
    keys = [*([first] if first else []), *_NEXT_CEF_KEY.finditer(text, header.end())]
    ends = [*(key.start() for key in keys[1:]), len(text)]
    found: dict[str, str] = {}
    for key, end in zip(keys, ends, strict=False):
        if key[1] not in found:
            found[key[1]] = _ESCAPED.sub(r"\1", text[key.end() : end].strip())
    return tuple(re.split(r"(?<!\\)\|", header[1][1:])), found


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == '"' and value[-1] == '"':
        return value[1:-1].replace('\\"', '"')
    return value
