"""Breaches to be planted: the rows of a case of a control, moved onto the audited day, under names that no firm has."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from sqlglot import tokenize
from sqlglot.tokenizer_core import TokenType

from chahe.controls.model import Control
from chahe.engine.casebook import Case
from chahe.evidence.catalogue import tables
from chahe.evidence.model import Kind
from chahe.rules.parameter import Parameter

MARK = "~canary"
"""Ends every renamed value. Names are lower-cased where they are read, and so is this."""
ROW = "canary:"
"""Begins every planted row's identity: no object of a vault is called so."""
_OPEN_END = date(9000, 1, 1)
"""Days beyond it mean “for ever” and are not moved."""
_DAY_US = 86_400_000_000

Rows = Mapping[str, list[dict[str, object]]]


def moved(case: Case, as_of: date) -> Case:
    """The case as it would be written on another day: its days and moments moved, its rows' identities marked wherever they stand."""
    shift = as_of - case.as_of
    rows = frozenset(str(row["row_id"]) for rows in case.given.values() for row in rows if "row_id" in row)
    return replace(
        case,
        as_of=as_of,
        period=None,
        observed={name: day + shift for name, day in case.observed.items()},
        given={
            name: [
                {"row_id": f"{ROW}{row.get('row_id', f'{name}#{number}')}", **_shifted(name, row, shift, rows)}
                for number, row in enumerate(given, start=1)
            ]
            for name, given in case.given.items()
        },
    )


def renamed(case: Case, values: frozenset[str]) -> Case:
    """The case with these values renamed wherever a text, name or other free value is one of them."""
    return replace(
        case,
        given={
            name: [
                {column: marked(value, values) if column != "row_id" else value for column, value in row.items()}
                for row in rows
            ]
            for name, rows in case.given.items()
        },
    )


def marked(value: object, values: frozenset[str]) -> object:
    """A value, renamed if it is one of those to be."""
    return f"{value}{MARK}" if isinstance(value, str) and value in values else value


def is_planted(row: Mapping[str, object], key: tuple[str, ...]) -> bool:
    """Does an exception speak of a planted subject, or is it a planted record itself?"""
    return any(isinstance(row[name], str) and (str(row[name]).endswith(MARK) or _of_row(row[name])) for name in key)


def _of_row(value: object) -> bool:
    return isinstance(value, str) and value.startswith(ROW)


def choices(control: Control, case: Case, parameters: Mapping[str, Parameter]) -> Iterator[frozenset[str]]:
    """Sets of values to be renamed, the largest first; what the control's SQL or lists name keeps its meaning."""
    fixed = _said(control) | {
        word.lower() for one in parameters.values() if isinstance(one.value, tuple) for word in one.value
    }
    free = {Kind.TEXT, Kind.NAME}
    every = {value for value in _values(case, free) if value.strip().lower() not in fixed}
    names = every & _values(case, {Kind.NAME})
    keys = every & _values(case, free, keyed=True)
    seen: set[frozenset[str]] = {frozenset()}
    for values in (every, names | keys, names, keys):
        chosen = frozenset(values)
        if chosen not in seen:
            seen.add(chosen)
            yield chosen


def _values(case: Case, kinds: set[Kind], *, keyed: bool = False) -> set[str]:
    found: set[str] = set()
    for name, rows in case.given.items():
        table = tables()[name]
        columns = [one.name for one in table.columns if one.kind in kinds and (not keyed or one.name in table.key)]
        found |= {str(row[one]) for row in rows for one in columns if isinstance(row.get(one), str) and row[one]}
    return {value for value in found if not _of_row(value)}


def _said(control: Control) -> set[str]:
    """Every word that a control's SQL holds values against, in lower case."""
    parts = (control.population, control.exceptions, control.undetermined)
    return {word for sql in parts if sql for word in _words(sql)}


@lru_cache(maxsize=512)
def _words(sql: str) -> frozenset[str]:
    read = tokenize(sql, read="duckdb")
    return frozenset(one.text.strip().lower() for one in read if one.token_type is TokenType.STRING)


def _shifted(name: str, row: Mapping[str, object], shift: timedelta, rows: frozenset[str]) -> dict[str, object]:
    kinds = {column.name: column.kind for column in tables()[name].columns}
    return {
        # A derived row names the records it was worked out of: they are the marked ones.
        column: f"{ROW}{value}"
        if column.endswith("_row") and value in rows
        else _later(value, kinds.get(column), shift)
        for column, value in row.items()
        if column != "row_id"
    }


def _later(value: object, kind: Kind | None, shift: timedelta) -> object:
    if kind is Kind.DATE and isinstance(value, date):
        return value + shift if value < _OPEN_END else value
    if kind is Kind.MOMENT and isinstance(value, int):
        return value + shift.days * _DAY_US
    return value
