"""Copies of a case under other names: many of them stand in one scene without touching each other."""

import re
from collections.abc import Collection, Iterable

from chahe.controls.model import Control
from chahe.engine.binding import lists
from chahe.engine.case_edits import Rows
from chahe.engine.casebook import Case
from chahe.engine.compose import named
from chahe.engine.parameters import chosen
from chahe.evidence.model import Kind

MARK = re.compile(r"§(\d+)§")
_NAMES = (Kind.TEXT, Kind.NAME)


def names_of(control: Control, case: Case) -> list[str]:
    """The texts of a case that could be other names: not those that the control's SQL or parameters know."""
    texts = (control.population, control.exceptions, control.undetermined or "")
    known = {word.lower() for sql in texts for word in re.findall(r"'([^']*)'", sql)}
    known |= {value.lower() for values in lists(chosen(control, case.settings)).values() for value in values}
    kinds, used = _kinds(control), named(control)
    found = {
        value
        for name, rows in case.given.items()
        for row in rows
        for column, value in row.items()
        if isinstance(value, str)
        and column in used
        and kinds.get((name, column)) in _NAMES
        and value.lower() not in known
    }
    return sorted(found)


def renamed(control: Control, case: Case, names: Collection[str], suffix: str) -> Rows:
    """The rows of a case with a suffix behind those names, in whatever column they stand, and behind every row id."""
    kinds, given = _kinds(control), {}
    for name, rows in case.given.items():
        given[name] = [
            {
                column: f"{value}{suffix}"
                if column == "row_id" or (kinds.get((name, column)) in _NAMES and value in names)
                else value
                for column, value in {"row_id": f"{name}#{at}", **row}.items()
            }
            for at, row in enumerate(rows, start=1)
        ]
    return given


def together(copies: Iterable[Rows]) -> Rows:
    """All rows of several copies."""
    given: Rows = {}
    for copy in copies:
        for name, rows in copy.items():
            given.setdefault(name, []).extend(rows)
    return given


def _kinds(control: Control) -> dict[tuple[str, str], Kind]:
    return {(need.table.name, one.name): one.kind for need in control.needs for one in need.table.columns}
