"""Proposes a mapping for a log that no reader knows, from the names of its fields and what stands in them. No reader of its own.

A proposal is for a person to look at: each field that found no column is listed with what stands in it.
"""

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from chahe.evidence.cells import UnreadableCell, read_cell
from chahe.evidence.model import Column, Kind, Shape, Table
from chahe.sources.lists.guess_words import FIELDS, WORDS
from chahe.sources.lists.headings import heading_key, keys, loadable
from chahe.sources.model import Head
from chahe.wording import Text

_LINES = 400
_KEPT = 50
"""Values of a field that are looked at."""
_PAIR = re.compile(r'(?:^|(?<=[\s,;|]))([A-Za-z_@][\w.@-]*)=("(?:[^"\\]|\\.)*"|[^\s,;|"]*)')
_ENDPOINT = re.compile(r"^(\d{1,3}(?:\.\d{1,3}){3}):(\d{1,5})(?::|$)")
_ADDRESS_OF = r"^(\d{1,3}(?:\.\d{1,3}){3})"
_PORT_OF = r"^[^:]*:(\d{1,5})"
_SEPARATORS = (",", "\t", ";", "|")
_ZONE = "Asia/Taipei"
_LIKELY = 0.75
"""Of the values of a field, the share that its column must be able to hold."""


class NoGuess(Exception):
    """Nothing can be proposed. Carries a Text for the person who asked."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


@dataclass
class Guess:
    """A proposal: what [source.map] would say, and what it leaves aside."""

    table: Table
    form: str
    separator: str | None
    """Null where it is the form's own."""
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """By column: the fields it is made of."""
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    """Of a word that nobody knows the meaning is empty."""
    patterns: dict[str, str] = field(default_factory=dict)
    unused: dict[str, str] = field(default_factory=dict)
    """Fields without a column, each with one of its values."""
    lacking: tuple[Column, ...] = ()
    """Required columns that no field gives."""


@dataclass(frozen=True, slots=True)
class _Fields:
    form: str
    separator: str | None
    values: Mapping[str, Sequence[str]]


def guess(head: Head) -> Guess:
    """A mapping for a file, from its first bytes. Raises NoGuess."""
    lines = [line for line in head.text.lstrip("\ufeff").splitlines()[:_LINES] if line.strip()]
    if len(lines) > 1 and not head.whole:
        lines.pop()
    found = next((one for form in _FORMS if (one := form(lines)) is not None), None)
    if found is None:
        raise NoGuess(
            Text(
                "這不是 key=value、有標題的分隔欄位或 JSON，無法提出對照；請確認檔案是文字日誌",
                "this is neither key=value, nor values under headings, nor JSON, so no mapping can be proposed; bring a text log",
            )
        )
    tried = [_for_table(table, found) for table in loadable() if table.shape is Shape.LOG or table.name == "transfers"]
    weight, best = max(tried, key=lambda one: one[0])
    if weight <= 0:
        raise NoGuess(
            Text(
                f"欄名看不出屬於哪一張證據表：{'、'.join(found.values)}；請依 docs/formats/mapped.md 自行寫對照",
                f"the fields tell of no evidence table: {', '.join(found.values)}; write a mapping as in docs/formats/mapped.md",
            )
        )
    return best


def _json(lines: Sequence[str]) -> _Fields | None:
    objects = []
    for line in lines:
        try:
            held = json.loads(line[line.index("{") :])
        except ValueError:
            continue
        if isinstance(held, dict):
            objects.append(held)
    if 2 * len(objects) < len(lines) or not objects:
        return None
    return _Fields("json", None, _gathered((key, _told(value)) for held in objects for key, value in held.items()))


def _told(value: object) -> str:
    return value if isinstance(value, str) else "" if value is None else json.dumps(value)


def _pairs(lines: Sequence[str]) -> _Fields | None:
    found = [_PAIR.findall(line) for line in lines]
    if 2 * sum(len(pairs) >= 3 for pairs in found) < len(lines) or not found:
        return None
    parted = [sign for sign in (";", "|", "\t") if sum(line.count(sign) >= 2 for line in lines) > len(lines) // 2]
    told = ((key, value.strip('"')) for pairs in found for key, value in pairs)
    return _Fields("pairs", parted[0] if parted else None, _gathered(told))


def _values(lines: Sequence[str]) -> _Fields | None:
    if len(lines) < 2:
        return None
    separator = max(_SEPARATORS, key=lines[0].count)
    rows = list(csv.reader(lines, delimiter=separator))
    headings = [cell.strip() for cell in rows[0]]
    if len(headings) < 3 or len(set(headings)) < len(headings) or not all(headings):
        return None
    told = ((name, cell) for row in rows[1:] for name, cell in zip(headings, row, strict=False))
    return _Fields("values", None if separator == "," else separator, _gathered(told))


_FORMS: tuple[Callable[[Sequence[str]], _Fields | None], ...] = (_json, _pairs, _values)


def _gathered(told: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """By field, in order: the distinct values that say something."""
    found: dict[str, dict[str, None]] = {}
    for name, value in told:
        kept = found.setdefault(name, {})
        if value.strip() and len(kept) < _KEPT:
            kept.setdefault(value.strip())
    return {name: list(kept) for name, kept in found.items()}


def _for_table(table: Table, found: _Fields) -> tuple[float, Guess]:
    """The best proposal for one table, and how good it is."""
    made = Guess(table, found.form, found.separator)
    weight = 0.0
    taken: set[str] = set()
    offers = sorted(_offers(table, found.values), key=lambda one: (-one[0], one[1], one[2]))
    for worth, column, name, pattern in offers:
        if column in made.columns or (name in taken and pattern is None):
            continue
        made.columns[column] = (name,)
        taken.add(name)
        weight += worth
        if pattern is not None:
            made.patterns[column] = pattern
    _join_clock(made, table, found.values)
    _take_ports(made, table)
    made.columns = {name: made.columns[name] for name in table.names if name in made.columns}
    for name, told in made.columns.items():
        if table.column(name).kind is Kind.CHOICE:
            _words(made, table.column(name), found.values[told[0]])
    made.lacking = tuple(column for column in table.columns if column.required and column.name not in made.columns)
    used = {part for told in made.columns.values() for part in told}
    made.unused = {name: (values or [""])[0] for name, values in found.values.items() if name not in used}
    return weight - 2 * len(made.lacking) - 0.02 * len(made.unused), made


def _offers(table: Table, fields: Mapping[str, Sequence[str]]) -> Iterator[tuple[float, str, str, str | None]]:
    """(worth, column, field, pattern) of every field that a column could be made of."""
    for column in table.columns:
        for name, values in fields.items():
            likeness = _likeness(column, name, table)
            if likeness <= 0 or not values:
                continue
            pattern = _endpoint(column, values)
            if pattern is not None:
                yield likeness, column.name, name, pattern
            elif _holds(column, values):
                yield likeness, column.name, name, None


def _likeness(column: Column, name: str, table: Table) -> float:
    """From 0 to 3.1: how much a field's name is one for the column."""
    key = heading_key(name)
    own = keys(table.name).get(key)
    if own is not None and own[0] == column.name:
        return 3.0 - min(own[1], 5) / 10
    known = FIELDS.get(column.name, ())
    if key in known:
        return 3.1 - known.index(key) / 10
    wanted = heading_key(column.name.removesuffix("_us"))
    close = SequenceMatcher(None, key, wanted).ratio()
    return 1.5 * close if close >= 0.8 else 0.0


def _endpoint(column: Column, values: Sequence[str]) -> str | None:
    """The pattern that takes the address out of `10.1.2.3:443:X0`."""
    if column.kind is not Kind.ADDRESS or not all(_ENDPOINT.match(value) for value in values):
        return None
    return _ADDRESS_OF


def _holds(column: Column, values: Sequence[str]) -> bool:
    if column.kind is Kind.CHOICE:
        return len(values) <= 20
    good = sum(_readable(column, value) for value in values)
    return good >= _LIKELY * len(values)


def _readable(column: Column, value: str) -> bool:
    if column.kind is Kind.MOMENT and re.fullmatch(r"\d{9,19}(\.\d+)?", value):
        return True
    try:
        return read_cell(column, re.sub(r" (UTC|GMT)$", "Z", value), _ZONE) is not None
    except UnreadableCell:
        return False


def _take_ports(made: Guess, table: Table) -> None:
    """The ports that stand behind addresses in one field."""
    for side in ("source", "destination"):
        address, port = f"{side}_address", f"{side}_port"
        if address in made.patterns and port in table.names and port not in made.columns:
            made.columns[port], made.patterns[port] = made.columns[address], _PORT_OF


def _join_clock(made: Guess, table: Table, fields: Mapping[str, Sequence[str]]) -> None:
    """A day and a clock in two fields are one moment."""
    by_key = {heading_key(name): name for name in fields}
    day, clock = (
        next((by_key[key] for key in known if key in by_key), None) for known in (("date", "日期"), ("time", "時間"))
    )
    if day is None or clock is None or not fields[day] or not fields[clock]:
        return
    for column in table.columns:
        joined = f"{fields[day][0]} {fields[clock][0]}"
        if column.kind is Kind.MOMENT and column.name == table.time and _readable(column, joined):
            made.columns[column.name] = (day, clock)
            made.patterns.pop(column.name, None)


def _words(made: Guess, column: Column, values: Sequence[str]) -> None:
    """What the words of a choice mean, where the column does not know them."""
    meant = {
        word: choice
        for choice, words in WORDS.get(column.name, {}).items()
        for word in words
        if choice in column.choices
    }
    unknown = {value: meant.get(value.lower(), "") for value in values if not _readable(column, value)}
    if unknown:
        made.values[column.name] = unknown
