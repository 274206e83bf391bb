"""How a firm says in chahe.toml what an unknown maker's log holds. No reader of its own.

    [source.map]
    table = "firewall_events"
    form = "pairs"                                # pairs (key=value), values (lists, CSV), json (an object a line)
    columns = { happened_at_us = "date time", device = "fw", source_address = "src", action = "act" }
    values = { action = { permit = "allow", drop = "deny" } }

Also: `separator` (one sign between pairs or values), `only` (lines whose fields say one of these; others are skipped), `patterns` (by column: a
regular expression whose first group is the value). A column of several fields, parted by blanks, takes them joined by a blank;
fields whose names hold blanks are listed: `["Trade Date", "Trade Time"]`. A number is a position from 1, for lists without headings.
`@time` and `@host` are those of the line's syslog header.
"""

import json
import re
from collections.abc import Mapping as AbstractMapping
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from chahe.evidence.model import Kind, Shape, Table
from chahe.sources.lists.headings import table_named
from chahe.wording import Text

FORMS = ("pairs", "values", "json")
HEADER = ("@time", "@host")
_KEYS = ("table", "form", "separator", "columns", "values", "only", "patterns")
_SEPARATORS = {"pairs": " ", "values": ",", "json": ""}


class BadMapping(ValueError):
    """A mapping that cannot be. `place` is the key in chahe.toml, `wanted` what is expected there."""

    def __init__(self, place: str, value: object, wanted: Text) -> None:
        super().__init__(f"{place}: {value!r}: {wanted.en}")
        self.place = place
        self.value = value
        self.wanted = wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """A declaration, checked."""

    table: Table
    form: str
    separator: str
    columns: AbstractMapping[str, tuple[str, ...]]
    """By column: the fields it is made of."""
    values: AbstractMapping[str, AbstractMapping[str, str]] = field(default_factory=dict)
    """By column: what the maker's words (lower-case) mean."""
    only: AbstractMapping[str, frozenset[str]] = field(default_factory=dict)
    """By field: the words (lower-case) of lines that are looked at."""
    patterns: AbstractMapping[str, re.Pattern[str]] = field(default_factory=dict)

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of a line that are looked for, each once, in order."""
        named = [name for names in self.columns.values() for name in names]
        return tuple(dict.fromkeys([*(name for name in named if name not in HEADER), *self.only]))

    def meant(self, column: str, word: str) -> str:
        """What a maker's word in a column means: taken out by the pattern, then by the column's words."""
        pattern = self.patterns.get(column)
        if pattern is not None:
            found = pattern.search(word)
            word = found[1] or "" if found else ""
        return self.values.get(column, {}).get(word.strip().lower(), word)

    @property
    def is_positional(self) -> bool:
        """Are fields named by their positions, so that the first line is no heading?"""
        return self.form == "values" and all(name.isdecimal() for name in self.fields)


def settings_of(raw: AbstractMapping[str, object]) -> dict[str, str]:
    """The settings that carry a mapping: `table`, and `map` as canonical JSON. Raises BadMapping."""
    mapping(json.dumps(raw, sort_keys=True, default=str))
    rest = {key: value for key, value in raw.items() if key != "table"}
    return {"table": str(raw["table"]), "map": json.dumps(rest, ensure_ascii=False, sort_keys=True)}


def mapping_in(settings: AbstractMapping[str, str]) -> Mapping:
    """The mapping that settings carry. Raises BadMapping."""
    rest = json.loads(settings.get("map") or "{}")
    return mapping(json.dumps({"table": settings.get("table", ""), **rest}, sort_keys=True))


@lru_cache(maxsize=64)
def mapping(written: str) -> Mapping:
    """A mapping from its JSON form. Raises BadMapping."""
    raw = json.loads(written)
    for key in raw:
        if key not in _KEYS:
            raise BadMapping(key, key, _one_of(_KEYS))
    table = table_named(str(raw.get("table", "")))
    if table is None or table.shape is Shape.DERIVED:
        raise BadMapping(
            "table", raw.get("table"), Text("證據表的名稱，見 chahe template", "an evidence table; see chahe template")
        )
    form = raw.get("form", "pairs")
    if form not in FORMS:
        raise BadMapping("form", form, _one_of(FORMS))
    separator = raw.get("separator", _SEPARATORS[form])
    if not isinstance(separator, str) or len(separator.encode()) > 1 or (form != "json" and not separator):
        raise BadMapping("separator", separator, Text("一個 ASCII 字元", "one ASCII character"))
    return Mapping(
        table=table,
        form=form,
        separator=separator,
        columns=_columns(raw.get("columns"), table, form),
        values=_values(raw.get("values", {}), table),
        only=_only(raw.get("only", {})),
        patterns=_patterns(raw.get("patterns", {}), table),
    )


def _columns(raw: object, table: Table, form: str) -> dict[str, tuple[str, ...]]:
    wanted = Text('欄位 = "來源的欄名"', 'column = "field of the log"')
    if not isinstance(raw, dict) or not raw:
        raise BadMapping("columns", raw, wanted)
    found: dict[str, tuple[str, ...]] = {}
    for name, told in raw.items():
        _known(f"columns.{name}", name, table)
        match told:
            case bool():
                raise BadMapping(f"columns.{name}", told, wanted)
            case int() if form == "values" and told >= 1:
                found[name] = (str(told),)
            case str() if told.strip():
                found[name] = tuple(told.split())
            case list() if told and all(isinstance(one, str | int) and not isinstance(one, bool) for one in told):
                found[name] = tuple(str(one) for one in told)
            case _:
                raise BadMapping(f"columns.{name}", told, wanted)
        if set(found[name]) & set(HEADER) and len(found[name]) > 1:
            raise BadMapping(f"columns.{name}", told, Text("單獨的 @time 或 @host", "@time or @host alone"))
        if "@time" in found[name] and table.column(name).kind is not Kind.MOMENT:
            raise BadMapping(f"columns.{name}", told, Text("@time 只給時間欄", "@time is for columns of moments"))
    return found


def _values(raw: object, table: Table) -> dict[str, dict[str, str]]:
    wanted = Text('欄位 = { 原文 = "意義" }', 'column = { word = "meaning" }')
    if not isinstance(raw, dict):
        raise BadMapping("values", raw, wanted)
    found = {}
    for name, words in raw.items():
        _known(f"values.{name}", name, table)
        if not isinstance(words, dict):
            raise BadMapping(f"values.{name}", words, wanted)
        column = table.column(name)
        for meaning in words.values():
            if column.kind is Kind.CHOICE and meaning not in ("", *column.choices):
                raise BadMapping(f"values.{name}", meaning, _one_of(tuple(column.choices)))
        found[name] = {str(word).strip().lower(): str(meaning) for word, meaning in words.items()}
    return found


def _only(raw: object) -> dict[str, frozenset[str]]:
    wanted = Text('欄名 = ["值", …]', 'field = ["word", …]')
    if not isinstance(raw, dict):
        raise BadMapping("only", raw, wanted)
    found = {}
    for name, words in raw.items():
        listed = [words] if isinstance(words, str) else words
        if not isinstance(listed, Sequence) or not listed:
            raise BadMapping(f"only.{name}", words, wanted)
        found[name] = frozenset(str(word).strip().lower() for word in listed)
    return found


def _patterns(raw: object, table: Table) -> dict[str, re.Pattern[str]]:
    wanted = Text("含一個群組的規則運算式", "a regular expression with a group")
    if not isinstance(raw, dict):
        raise BadMapping("patterns", raw, wanted)
    found = {}
    for name, pattern in raw.items():
        _known(f"patterns.{name}", name, table)
        try:
            found[name] = re.compile(str(pattern))
        except re.error as error:
            raise BadMapping(f"patterns.{name}", pattern, wanted) from error
        if not found[name].groups:
            raise BadMapping(f"patterns.{name}", pattern, wanted)
    return found


def _known(place: str, name: str, table: Table) -> None:
    if name not in table.names:
        raise BadMapping(place, name, _one_of(table.names))


def _one_of(names: Sequence[str]) -> Text:
    return Text(f"下列之一：{'、'.join(names)}", f"one of: {', '.join(names)}")
