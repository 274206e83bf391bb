"""Run one control's queries on an engine, and put what comes back in one order, whichever engine it was."""

from collections.abc import Mapping
from datetime import date

from chahe.controls.model import Control
from chahe.engine.binding import Span, binds, lists
from chahe.engine.compose import CANDIDATES, Queries, queries
from chahe.engine.engines import Engine
from chahe.engine.outcome import Examination
from chahe.rules.parameter import Parameter
from chahe.rules.periods import ends_on

Row = dict[str, object]


class UnreasonedRow(Exception):
    """A control gave a reason (for leaving out, or for being unclear) that it does not declare."""


def examine(
    engine: Engine,
    control: Control,
    parameters: Mapping[str, Parameter],
    span: Span,
    parted: frozenset[str] = frozenset(),
) -> Examination:
    """Population, exceptions and undetermined rows. Raises QueryFailed or UnreasonedRow: an error, not a verdict.

    `parted`: the tables that the engine can read in parts (`chahe.engine.late_identity`).
    """
    made = _queries(engine, control, parameters, span, parted)
    engine.keep(CANDIDATES, made.candidates)
    candidates = 0
    excluded: dict[str, int] = {}
    for row in engine.rows(made.census).to_pylist():
        candidates += row["n"]
        if row["excluded_because"] is not None:
            excluded[row["excluded_because"]] = row["n"]
    _declared(control, "exclusions", set(excluded), control.exclusions)
    undetermined = _ordered(engine, control, made.undetermined) if made.undetermined else []
    _declared(control, "unclear", {str(row["why"]) for row in undetermined}, control.unclear)
    exceptions = _ordered(engine, control, made.exceptions)
    return Examination(candidates, dict(sorted(excluded.items())), exceptions, undetermined)


def margin(
    engine: Engine,
    control: Control,
    parameters: Mapping[str, Parameter],
    span: Span,
    parted: frozenset[str] = frozenset(),
) -> date | None:
    """The first day on which a conforming control would fail with no new evidence; None if time cannot break it.

    Asked after `examine`, whose candidates the engine still holds.
    """
    if control.margin is None:
        return None
    made = _queries(engine, control, parameters, span, parted)
    if made.margin is None:
        return None
    [row] = engine.rows(made.margin).to_pylist()
    anchor = row["anchor"]
    if anchor is None:
        return None
    last_good = anchor if control.margin.period is None else ends_on(anchor, parameters[control.margin.period].period)
    return date.fromordinal(last_good.toordinal() + 1)


def _queries(
    engine: Engine, control: Control, parameters: Mapping[str, Parameter], span: Span, parted: frozenset[str]
) -> Queries:
    return queries(control, binds(parameters, span), lists(parameters), engine.dialect, apart=True, parted=parted)


def _ordered(engine: Engine, control: Control, sql: str) -> list[Row]:
    """Rows sorted by the natural key, then by all else, so that both engines give the same list."""
    table = engine.rows(sql)
    names = [*control.key, *sorted(set(table.column_names) - set(control.key))]
    rows = [{name: row[name] for name in names} for row in table.to_pylist()]
    return sorted(rows, key=lambda row: [(value is not None, str(value)) for value in row.values()])


def _declared(control: Control, what: str, used: set[str], known: Mapping[str, object]) -> None:
    strangers = used - set(known)
    if strangers:
        raise UnreasonedRow(f"{control.id}: {what} does not declare {sorted(strangers)}")
