"""Proof that a mutant is the control in other words: after provable rewriting, the database plans the very same work.

Trivial compiler equivalence (Papadakis, Jia, Harman, Le Traon: Trivial Compiler Equivalence, ICSE 2015), for SQL: the optimiser's rewritings keep
the meaning for all rows, so two queries with one optimised logical plan are equal for all rows. What DuckDB does not see, `duplicates`, `null_rows` and `filters` rewrite before.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from types import TracebackType
from typing import Any, Self

import duckdb
import sqlglot
from sqlglot import exp

from chahe.controls.model import Control
from chahe.engine.binding import Span, Value, binds, lists
from chahe.engine.compose import queries
from chahe.engine.duplicates import without_distinct
from chahe.engine.filters import plain_filters
from chahe.engine.mutants import Mutant, parts, placeholders
from chahe.engine.null_rows import inner_where_nulls_die
from chahe.evidence.schema import arrow_type

_DATA_BOUND = "statistics_propagation,compressed_materialization,join_filter_pushdown,row_group_pruner"
"""Optimisers that leave work out by what the rows at hand are like: that need not hold for other rows."""
_MEANINGLESS = {
    "alias",
    "query_location",
    "query_location_length",
    "estimated_cardinality",
    "has_estimated_cardinality",
}
_PLACES = {"column_index", "projection_index"}
"""Numbers of columns within a relation, which mean something; other numbers ending so are names of relations."""
_LENGTH = 60_000
"""Characters of SQL beyond which no proof is tried."""


class Prover:
    """Proves mutants of one control equivalent, or does not. It knows the tables' columns, and no rows but one of nulls each."""

    def __init__(self, control: Control) -> None:
        self._control = control
        self._own = parts(control)
        self._plans: dict[tuple[str, int], list[str]] = {}
        self._connection = duckdb.connect(config={"threads": 1})
        self._connection.execute(f"SET TimeZone = 'UTC'; SET disabled_optimizers = '{_DATA_BOUND}'")
        for need in control.needs:
            typed = {one.name: arrow_type(one.kind).sql for one in need.table.columns}
            typed |= {"row_id": "VARCHAR", "observed_at_us": "BIGINT"}
            typed |= {"happened_on": "DATE"} if need.table.time is not None else {}
            columns = ", ".join(f'"{name}" {kind}' for name, kind in typed.items())
            self._connection.execute(
                f"CREATE TABLE {need.table.name} ({columns}); INSERT INTO {need.table.name} (row_id) VALUES (NULL)"
            )
        for name in lists(control.parameters):
            self._connection.execute(f"CREATE TABLE {name} (value VARCHAR); INSERT INTO {name} VALUES (NULL)")

    def proves(self, mutant: Mutant) -> bool:
        """Does the mutant give the same as the control for all rows, days and parameters? False where that is not proven."""
        return all(self._same(mutant, sign) for sign in (1, -1, 0))

    def _same(self, mutant: Mutant, sign: int) -> bool:
        """Compared query by query: most mutants differ in the first."""
        key = (mutant.part, sign)
        if key not in self._plans:
            own = self._queries(mutant.part, self._own[mutant.part], sign)
            self._plans[key] = [self._plan(one) for one in own]
        try:
            made = self._queries(mutant.part, mutant.sql, sign)
            return all(self._plan(one) == plan for one, plan in zip(made, self._plans[key], strict=True))
        except duckdb.Error:
            return False

    def _queries(self, part: str, sql: str, sign: int) -> list[str]:
        """Every query that the part reaches."""
        control = _with(self._control, part, _named(sql))
        composed = queries(control, _bound(control, sign), {})
        reached = {
            "population": (composed.census, composed.exceptions, composed.undetermined, composed.margin),
            "exceptions": (composed.exceptions,),
            "undetermined": (composed.undetermined,),
            "margin": (composed.margin,),
        }
        return [one for one in reached[part] if one is not None]

    def _plan(self, sql: str) -> str:
        if len(sql) > _LENGTH:
            return sql
        # EXPLAIN shows an aliased expression by its alias alone; the serialised plan holds it whole, every column bound.
        text = normal(sql)
        asked = "SELECT json_serialize_plan(?, optimize := true)"
        told = json.loads(self._connection.execute(asked, [text]).fetchall()[0][0])
        if told["error"]:
            return text
        return json.dumps(_essence(told["plans"], {}))

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def normal(sql: str) -> str:
    """A query in the form in which queries are compared: rewritten as its proofs allow, relations written out."""
    tree = sqlglot.parse_one(sql, dialect="duckdb")
    rewritten = plain_filters(without_distinct(inner_where_nulls_die(tree)))
    for relation in rewritten.find_all(exp.CTE):
        relation.set("materialized", False)
    return rewritten.sql(dialect="duckdb", copy=False)


def _with(control: Control, part: str, sql: str) -> Control:
    if part == "margin":
        return replace(control, margin=control.margin and replace(control.margin, query=sql))
    return replace(control, **{part: sql})  # type: ignore[arg-type]  # the parts are fields of text


def _named(sql: str) -> str:
    """Placeholders as a control writes them."""
    names = set(re.findall(r"\$(\w+)", sql))
    return placeholders(sql, {"from": ":from", **{name: f":{name}" for name in names}})


def _bound(control: Control, sign: int) -> Mapping[str, Value]:
    """Values for every placeholder: the rule's own (0), or such as no text holds, high (1) or low (-1): nothing is equal by chance."""
    day = date(2026, 11, 22)
    usual = binds(control.parameters, Span(day, day - timedelta(364), day))
    if sign == 0:
        return usual
    return {
        name: day + timedelta(sign * (36_007 + 97 * at)) if isinstance(value, date) else sign * (1_000_003 + 7_919 * at)
        for at, (name, value) in enumerate(usual.items())
    }


def _essence(plan: Any, numbers: dict[object, int]) -> Any:  # noqa: ANN401 - JSON
    """A plan without what says nothing of its meaning; the numbers of its relations counted from the first one met."""
    match plan:
        case dict():
            return {
                key: numbers.setdefault(value, len(numbers))
                if key.endswith("_index") and key not in _PLACES and isinstance(value, int)
                else _essence(value, numbers)
                for key, value in plan.items()
                if key not in _MEANINGLESS
            }
        case list():
            return [_essence(one, numbers) for one in plan]
    return plan
