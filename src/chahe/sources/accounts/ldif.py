"""LDIF (RFC 2849) cut into entries, with only the attributes that are asked for kept in memory. No reader of its own."""

import re
from base64 import b64decode
from binascii import Error as BadBase64
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum

from chahe.sources.reading.text_lines import Line
from chahe.wording import Text

_LINE = re.compile(r"([A-Za-z0-9][A-Za-z0-9.-]*)((?:;[^:\s;]+)*):(:|<)? *(.*)", re.DOTALL)

BINARY = frozenset({"objectsid"})
"""Attributes whose values are no texts; they are given in hexadecimal digits."""

_SYNTAX = Text(
    "第 {line} 行不是「屬性: 值」；LDIF 可能被截斷或改過，請重新匯出",
    "line {line} is no `attribute: value`; the LDIF may be cut or edited, export it again",
)
_BASE64 = Text(
    "第 {line} 行 {name} 的 base64 內容不正確；請重新匯出",
    "the base64 value of {name} on line {line} is not valid; export it again",
)
_URL = Text(
    "第 {line} 行 {name} 的值放在另一個檔案裡（:<），這裡沒有；請匯出含值的 LDIF",
    "the value of {name} on line {line} stands in another file (:<) that is not here; export LDIF with its values",
)


class Form(Enum):
    """What a record of an LDIF file is."""

    ENTRY = "entry"
    CHANGE = "change"
    """A change to an entry (`changetype: modify` and the like), not its state."""
    REFERRAL = "referral"
    RESULT = "result"
    """The trailer that ldapsearch prints."""


@dataclass
class Entry:
    """One record: what stands between blank lines, comments aside."""

    form: Form = Form.ENTRY
    dn: str = ""
    values: dict[str, list[str]] = field(default_factory=dict)
    """Of the wanted attributes, by lower-case name without options (`;range=…`); of BINARY ones hexadecimal digits."""
    attributes: int = 0
    """How many attribute lines there were besides the dn, wanted or not."""
    written: list[str] = field(default_factory=list)
    """The attribute lines, unfolded; of those that were not wanted the name alone, since passwords may stand there."""
    problem: Text | None = None
    """Why the record cannot be read."""


def entries(lines: Iterable[Line], wanted: frozenset[str]) -> Iterator[Entry]:
    """The records of an LDIF file in order. `wanted` are lower-case attribute names; dn is always kept."""
    entry: Entry | None = None
    for first, text, why in _unfolded(lines):
        if why is None and not text.strip():
            if entry is not None:
                yield entry
            entry = None
        elif why is not None or not text.startswith("#"):
            if why is None and entry is None and re.fullmatch(r"version: *1 *", text):
                continue
            entry = entry or Entry()
            _add(entry, first, (text, why), wanted)
    if entry is not None:
        yield entry


def _unfolded(lines: Iterable[Line]) -> Iterator[tuple[int, str, Text | None]]:
    """Logical lines: a line that begins with a blank goes on where the one before ended."""
    place, parts, why = 0, [""], None
    for line in lines:
        if line.text is not None and line.text.startswith(" ") and place:
            parts.append(line.text[1:])
            continue
        if place:
            yield place, "".join(parts), why
        place, parts, why = line.place, [line.text or ""], line.why if line.text is None else None
    if place:
        yield place, "".join(parts), why


def _add(entry: Entry, place: int, line: tuple[str, Text | None], wanted: frozenset[str]) -> None:
    text, why = line
    if why is not None:
        entry.problem = entry.problem or why
        return
    if text == "-":
        entry.form = Form.CHANGE
        return
    found = _LINE.fullmatch(text)
    if found is None:
        entry.problem = entry.problem or _SYNTAX.fill(line=place)
        return
    name = found[1].lower()
    entry.written.append(text if name == "dn" or name in wanted else f"{found[1]}: …")
    _see(entry, name, found[4])
    if name != "dn":
        entry.attributes += name != "changetype"
        if name not in wanted:
            return
    value, problem = _value(found, place)
    if problem is not None:
        entry.problem = entry.problem or problem
    elif name == "dn":
        entry.dn = entry.dn or value
    else:
        entry.values.setdefault(name, []).append(value)


def _see(entry: Entry, name: str, value: str) -> None:
    """What the record is, by its lines that only one form has."""
    if name == "changetype" and value.strip().lower() != "add":
        entry.form = Form.CHANGE
    elif entry.dn:
        return
    elif name == "ref":
        entry.form = Form.REFERRAL
    elif name in ("search", "result"):
        entry.form = Form.RESULT


def _value(found: re.Match[str], place: int) -> tuple[str, Text | None]:
    if found[3] is None:
        return found[4].rstrip(" "), None
    if found[3] == "<":
        return "", _URL.fill(line=place, name=found[1])
    try:
        value = b64decode(found[4].strip().encode("ascii"), validate=True)
        return value.hex() if found[1].lower() in BINARY else value.decode("utf-8"), None
    except (BadBase64, ValueError):
        return "", _BASE64.fill(line=place, name=found[1])
