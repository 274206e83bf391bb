"""Writes a case as the Markdown that `casebook` reads."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from chahe.controls.model import Control
from chahe.engine.casebook import AS_OF, Case
from chahe.engine.message import moment, number
from chahe.engine.outcome import Outcome
from chahe.engine.trial import cell
from chahe.evidence.model import Kind, Table


def written(control: Control, case: Case, notes: Sequence[str] = ()) -> str:
    """The text of a case, its expectation last; `notes` are prose lines under its title."""
    tables = {need.table.name: need.table for need in control.needs}
    blocks = [f"## {case.title}", "\n".join(notes), "\n".join(_scene(case))]
    blocks += [f"{name}\n{_rows(tables[name], rows)}" for name, rows in case.given.items() if name in tables]
    blocks += ["\n".join(_expectation(case))]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _scene(case: Case) -> Iterator[str]:
    if case.as_of != AS_OF:
        yield f"as of {case.as_of}"
    if case.period is not None:
        yield f"period {case.period[0]} .. {case.period[1]}"
    for fact, holds in case.facts.items():
        yield f"firm {fact} = {str(holds).lower()}"
    for name, value in case.settings.items():
        yield f"set {name} = {value}"
    for name, day in case.observed.items():
        yield f"observed {name} {day}"


def _rows(table: Table, rows: Sequence[Mapping[str, object]]) -> str:
    used = [one.name for one in table.columns if any(row.get(one.name) is not None for row in rows)]
    # A table without a row needs one heading at least, or it would not be loaded at all.
    names = ["row_id", *(used or [table.columns[0].name])]
    kinds = {one.name: one.kind for one in table.columns}
    return grid(names, [[_given(kinds.get(name), row.get(name)) for name in names] for row in rows])


def _given(kind: Kind | None, value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case int() if kind is Kind.MOMENT:
            return moment(value)
        case date():
            return value.isoformat()
        case Decimal():
            return number(value)
    return str(value)


def _expectation(case: Case) -> Iterator[str]:
    yield f"expect {case.outcome.value if case.outcome else ''}"
    if case.population is not None:
        yield f"population {case.population[0]} examined {case.population[1]}"
    yield from (f"left out {why} {count}" for why, count in case.excluded.items())
    if case.clear:
        yield "undetermined none"
    if case.margin is not None:
        yield f"margin {case.margin}"
    if case.expected and case.outcome is Outcome.DEFICIENT:
        names = list(case.expected[0])
        yield grid(names, [[row[name] for name in names] for row in case.expected])
    if case.expected_undetermined:
        names = list(case.expected_undetermined[0])
        yield "\nundetermined\n" + grid(names, [[row[name] for name in names] for row in case.expected_undetermined])


def shown(rows: Sequence[Mapping[str, object]], names: Sequence[str]) -> list[dict[str, str]]:
    """Rows of a result as a case expects them, those columns only, in a steady order."""
    cut = [{name: cell(name, row[name]) for name in names} for row in rows]
    return sorted(cut, key=lambda row: tuple(row.values()))


def grid(names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table, columns in line."""
    widths = [max(map(len, column)) for column in zip(names, *rows, strict=True)]
    lines = [names, ["-" * width for width in widths], *rows]
    return "\n".join(
        "| " + " | ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)) + " |" for line in lines
    )
