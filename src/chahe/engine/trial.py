"""Runs a case of a control on an engine and says where the two differ."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

import pyarrow as pa

from chahe.controls.model import Control
from chahe.engine.binding import Span
from chahe.engine.casebook import Case
from chahe.engine.engines import Engine
from chahe.engine.hours import hours_of
from chahe.engine.judge import Circumstances, judge
from chahe.engine.message import message, moment, number
from chahe.engine.outcome import Outcome, Result
from chahe.engine.parameters import chosen, message_values
from chahe.engine.standing import Standing
from chahe.evidence.model import Table
from chahe.evidence.schema import arrow_type
from chahe.rules.periods import day_start_us, taipei_day

_YEAR = timedelta(days=364)


def differences(engine: Engine, control: Control, case: Case) -> list[str]:
    """What of a case's expectation does not hold on this engine; an empty list is agreement."""
    return list(compare(control, case, run(engine, control, case), span_of(case)))


def run(engine: Engine, control: Control, case: Case) -> Result:
    """The result of a control on a case's rows."""
    span = span_of(case)
    for relation, rows in evidence(control, case).items():
        engine.arrow(relation, rows)
    standings = {name: standing_of(case, name) for name in case.given}
    given = Circumstances(span=span, facts=case.facts, standings=standings)
    return judge(engine, control, chosen(control, case.settings), given)


def evidence(control: Control, case: Case) -> dict[str, pa.Table]:
    """The rows of each relation that a control needs, as the relation's view would show them."""
    made = {}
    for need in control.needs:
        rows = case.given.get(need.table.name)
        if rows is None and need.table.name == "log_hours":
            rows = hours_of(case.given)
        made[need.table.name] = _arrow(need.table, rows or [], case.observed.get(need.table.name, case.as_of))
    return made


def span_of(case: Case) -> Span:
    begin, until = case.period or (case.as_of - _YEAR, case.as_of)
    return Span(case.as_of, begin, until)


def standing_of(case: Case, name: str) -> Standing:
    """Where a table stands in a case that gives it."""
    rejects, units = case.rejects.get(name, (0, len(case.given[name])))
    return Standing(
        loaded=True,
        observed_on=case.observed.get(name, case.as_of),
        units=units,
        rejects=rejects,
        holes=tuple(case.holes.get(name, ())),
        blank=_blank(case.given[name]),
    )


def _blank(rows: Sequence[Mapping[str, object]]) -> tuple[str, ...]:
    """The columns that a case has a heading for and no row fills; a column without heading is none of the case's business."""
    filled = {column for row in rows for column, value in row.items() if value is not None}
    return tuple(sorted({column for row in rows for column in row} - filled))


def _arrow(table: Table, rows: Sequence[Mapping[str, object]], observed_on: date) -> pa.Table:
    """A case's rows as the table's view would show them."""
    fields = [pa.field(column.name, arrow_type(column.kind).arrow) for column in table.columns]
    fields += [pa.field("row_id", pa.string()), pa.field("observed_at_us", pa.int64())]
    filled = []
    for index, row in enumerate(rows, start=1):
        base: dict[str, object] = {"row_id": f"{table.name}#{index}", "observed_at_us": day_start_us(observed_on)}
        if table.time is not None:
            at = row.get(table.time)
            base["happened_on"] = taipei_day(at) if isinstance(at, int) else None
        filled.append(base | dict(row))
    if table.time is not None:
        fields.append(pa.field("happened_on", pa.date32()))
    return pa.Table.from_pylist(filled, schema=pa.schema(fields))


def compare(control: Control, case: Case, result: Result, span: Span) -> Iterator[str]:
    """What of a case's expectation a result does not hold."""
    outcome = result.verdict.outcome
    reasons = [text for reason in result.verdict.reasons for text in reason]
    if outcome is not case.outcome:
        yield f"expected {case.outcome and case.outcome.value}, got {outcome.value}: {[r.en for r in result.verdict.reasons]} {_shown(result.examination.exceptions)}"
        return
    counted = (result.examination.candidates, result.examination.examined)
    if case.population is not None and counted != case.population:
        yield f"population {counted[0]} examined {counted[1]}, expected {case.population}"
    if case.excluded and dict(result.examination.excluded) != case.excluded:
        yield f"left out {dict(result.examination.excluded)}, expected {case.excluded}"
    if case.margin is not None and result.margin != case.margin:
        yield f"margin {result.margin}, expected {case.margin}"
    yield from _rows_differ(
        "exceptions", case.expected, result.examination.exceptions, exact=outcome is Outcome.DEFICIENT
    )
    if case.clear and result.examination.undetermined:
        yield f"expected no undetermined row, got {_shown(result.examination.undetermined)}"
    yield from _rows_differ("undetermined", case.expected_undetermined, result.examination.undetermined, exact=False)
    if outcome is Outcome.DEFICIENT:
        values = message_values(chosen(control, case.settings), span)
        said = {message(control, row, values, lang) for row in result.examination.exceptions for lang in ("zh", "en")}
        yield from (f"no message is {quote!r}; there are {sorted(said)}" for quote in case.quotes if quote not in said)
    else:
        yield from (
            f"no reason holds {quote!r}; there are {reasons}"
            for quote in case.quotes
            if not any(quote in text for text in reasons)
        )


def _rows_differ(
    what: str, expected: Sequence[Mapping[str, str]], got: Sequence[Mapping[str, object]], *, exact: bool
) -> Iterator[str]:
    """Compare on the columns the case names; the order of rows does not matter."""
    if not expected and not exact:
        return
    names = list(expected[0]) if expected else []
    strangers = [name for name in names if got and name not in got[0]]
    if strangers:
        yield f"{what} have no columns {strangers}; there are {list(got[0])}"
        return
    left = sorted([row[name] for name in names] for row in expected)
    right = sorted([cell(name, row[name]) for name in names] for row in got)
    if left != right:
        yield f"{what} differ on {names}: expected {left}, got {right}"


def cell(name: str, value: object) -> str:
    """A value as a case writes it: days and moments in ISO form, moments in Asia/Taipei, null blank."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case int() if name.endswith(("_at_us", "from_us", "until_us")) or name in {"first_us", "last_us", "hour_us"}:
            return moment(value)
        case date():
            return value.isoformat()
        case Decimal():
            return number(value)
        case _:
            return str(value)


def _shown(rows: Sequence[Mapping[str, object]]) -> str:
    return str([{name: cell(name, value) for name, value in row.items()} for row in rows[:5]])
