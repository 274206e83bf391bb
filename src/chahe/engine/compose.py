"""From a control's SQL to the queries that run: parsed, checked against the evidence tables, bound, transpiled."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.qualify import qualify

from chahe.controls.model import Control
from chahe.engine.binding import Value, literal
from chahe.engine.late_identity import late
from chahe.evidence.model import Table
from chahe.evidence.schema import arrow_type

Dialect = Literal["duckdb", "spark"]

# FROM is a keyword to the parser even behind a colon, so the placeholder goes by another name until it is bound.
_FROM = re.compile(r":from\b")
_RENAMED = "begin_of_period"

CANDIDATES = "candidates"
"""The relation of all that a control looks at, those left out included."""
# A population is longer than all else, and every query of a control may have it within: it is parsed and written once. Not for
# Spark, whose relations are all lifted to the top, nor beside SQL with relations of its own, for they are numbered together.
_STAND_IN = "SELECT 0 AS stands_in"
_WITH = re.compile(r"\bwith\b", re.IGNORECASE)


class UnsoundSql(Exception):
    """A control's SQL cannot be parsed, or names what does not exist. Raised when the catalogue is loaded."""


@dataclass(frozen=True, slots=True)
class Queries:
    """The queries of one control, bound, in one dialect. Those a control does not have are None."""

    candidates: str
    """All that the control looks at; the others name it CANDIDATES where they do not have it within."""
    census: str
    """excluded_because VARCHAR (null: examined), n BIGINT."""
    exceptions: str
    undetermined: str | None
    margin: str | None


def queries(
    control: Control,
    bound: Mapping[str, Value],
    lists: Mapping[str, tuple[str, ...]],
    dialect: Dialect = "duckdb",
    *,
    apart: bool = False,
    parted: frozenset[str] = frozenset(),
) -> Queries:
    """All queries of a control; each whole in itself or, `apart`, over candidates that the engine holds already.

    `parted`: the tables that are there in parts, too (`chahe.engine.late_identity`); read so where that says the same.
    Raises UnsoundSql when the SQL is at fault, naming control and part.
    """
    listed = {name: _values(values) for name, values in sorted(lists.items())}
    whole = listed | {CANDIDATES: control.population}
    keep = " WHERE excluded_because IS NULL" if control.exclusions else ""
    given = (listed if apart else whole) | {"population": f"SELECT * FROM {CANDIDATES}{keep}"}
    values = tuple(sorted(bound.items()))

    def finished(part: str, sql: str, relations: Mapping[str, str] = given) -> str:
        once = CANDIDATES in relations and dialect == "duckdb" and not _WITH.search(sql)
        shown = {**relations, CANDIDATES: _STAND_IN} if once else relations
        within = ", ".join(f"{name} AS ({inner})" for name, inner in shown.items())
        text = f"WITH {within} SELECT * FROM ({sql}) AS {part}"
        try:
            inner = _inner(relations[CANDIDATES], values, parted) if once else None
            return _bound(text, values, dialect, parted, inner)
        except (SqlglotError, _Unbound) as error:
            raise UnsoundSql(f"{control.id}, {part}: {error}") from error

    reason = "excluded_because" if control.exclusions else "CAST(NULL AS VARCHAR)"
    counted = f"SELECT {reason} AS excluded_because, count(*) AS n FROM {CANDIDATES} GROUP BY 1"
    return Queries(
        candidates=finished(CANDIDATES, f"SELECT * FROM {CANDIDATES}", whole),
        census=finished("population", counted),
        exceptions=finished("exceptions", control.exceptions),
        undetermined=finished("undetermined", control.undetermined) if control.undetermined else None,
        margin=finished("margin", control.margin.query) if control.margin else None,
    )


def named(control: Control) -> frozenset[str]:
    """Every column that a control's SQL names, of whatever relation."""
    parts = (control.population, control.exceptions, control.undetermined, control.margin and control.margin.query)
    return frozenset().union(*(_named(part) for part in parts if part))


@lru_cache(maxsize=1024)
def _named(sql: str) -> frozenset[str]:
    return frozenset(column.name for column in _parsed(sql).find_all(exp.Column))


def check(control: Control, bound: Mapping[str, Value], lists: Mapping[str, tuple[str, ...]]) -> None:
    """Hold every column a control names against the tables it needs. Raises UnsoundSql with the place."""
    schema: dict[str, object] = {need.table.name: _column_types(need.table) for need in control.needs}
    made = queries(control, bound, lists)
    parts = {
        "population": made.census,
        "exceptions": made.exceptions,
        "undetermined": made.undetermined,
        "margin": made.margin,
    }
    outputs: dict[str, set[str]] = {}
    for part, sql in parts.items():
        if sql is None:
            continue
        try:
            tree = qualify(sqlglot.parse_one(sql, dialect="duckdb"), schema=schema, dialect="duckdb")
        except SqlglotError as error:
            raise UnsoundSql(f"{control.id}, {part}: {error}") from error
        if not isinstance(tree, exp.Query):
            raise UnsoundSql(f"{control.id}, {part}: not a query")
        outputs[part] = set(tree.named_selects)
    _check_outputs(control, outputs)


def _check_outputs(control: Control, outputs: Mapping[str, set[str]]) -> None:
    missing = set(control.key) - outputs["exceptions"]
    if missing:
        raise UnsoundSql(f"{control.id}, exceptions: the key columns {sorted(missing)} are not returned")
    if not any(name.endswith("_row") for name in outputs["exceptions"]):
        raise UnsoundSql(f"{control.id}, exceptions: no column ends in _row, so no evidence would be shown")
    if "undetermined" in outputs and not {*control.key, "why"} <= outputs["undetermined"]:
        raise UnsoundSql(f"{control.id}, undetermined: must return {[*control.key, 'why']}")
    if "margin" in outputs and outputs["margin"] != {"anchor"}:
        raise UnsoundSql(f"{control.id}, margin: must return one column, anchor")


class _Unbound(Exception):
    """A placeholder that stands for nothing; the words say which, and what is known."""


@lru_cache(maxsize=1024)
def _bound(
    text: str,
    bound: tuple[tuple[str, Value], ...],
    dialect: Dialect,
    parted: frozenset[str],
    candidates: str | None,
) -> str:
    """Kept, because one audit asks several times for the same text, and parsing it takes longer than running it.

    `candidates`: the SQL of that relation, written already.
    """
    tree = _parsed(text)
    if candidates is not None:
        [relation] = [one for one in tree.args["with_"].expressions if one.alias == CANDIDATES]
        relation.set("this", exp.Var(this=candidates))
    return late(_told(tree, bound), parted).sql(dialect=dialect, copy=False)


@lru_cache(maxsize=64)
def _inner(sql: str, bound: tuple[tuple[str, Value], ...], parted: frozenset[str]) -> str:
    """A query as it is written within another, in DuckDB's dialect."""
    return late(_within(sql, bound).copy(), parted).sql(dialect="duckdb", copy=False)[1:-1]


@lru_cache(maxsize=8)
def _within(sql: str, bound: tuple[tuple[str, Value], ...]) -> exp.Expr:
    """A query within brackets. Kept for a moment: it is written once as it runs, and once as it is shown."""
    return _told(exp.Subquery(this=_parsed(sql)), bound)


def _parsed(text: str) -> exp.Expr:
    return sqlglot.parse_one(_FROM.sub(f":{_RENAMED}", text), dialect="duckdb")


def _told(tree: exp.Expr, bound: tuple[tuple[str, Value], ...]) -> exp.Expr:
    """The tree with its values, in which relations are named apart and equal places settled, in place."""
    values = dict(bound)

    def bind(node: exp.Expr) -> exp.Expr:
        if not isinstance(node, exp.Placeholder):
            return node
        name = "from" if node.name == _RENAMED else node.name
        if name not in values:
            raise _Unbound(f":{name} is not bound; known are {sorted(values)}")
        return literal(values[name])

    return _settled(_apart(tree)).transform(bind, copy=False)


def _settled(tree: exp.Expr) -> exp.Expr:
    """The tree in which `min_by` and `max_by` take the least or greatest value where several stand at the same place, in place.

    Otherwise an engine takes any of them; and a null is passed over, which the engines do differently, too.
    """
    for node in list(tree.find_all(exp.ArgMin, exp.ArgMax)):
        place, value = node.expression, node.this
        both = exp.Struct(
            expressions=[
                exp.PropertyEQ(this=exp.to_identifier(name), expression=one.copy())
                for name, one in (("place", place), ("value", value))
            ]
        )
        known = exp.and_(place.copy().is_(exp.null()).not_(), value.copy().is_(exp.null()).not_())
        node.set("expression", exp.Case().when(known, both))
    return tree


def _apart(tree: exp.Expr) -> exp.Expr:
    """The tree with the relations of each inner WITH renamed by its number, in place.

    For Spark every WITH is lifted to the top, where relations of one name in population and exceptions would meet.
    """
    inner = [clause for clause in tree.find_all(exp.With) if clause.parent is not tree]
    for number, clause in enumerate(inner, start=1):
        names = {relation.alias: f"{relation.alias}_{number}" for relation in clause.expressions}
        for table in clause.parent.find_all(exp.Table) if clause.parent else ():
            if table.name in names and not table.db:
                if not table.alias:
                    table.set("alias", exp.TableAlias(this=exp.to_identifier(table.name)))
                table.set("this", exp.to_identifier(names[table.name]))
        for relation in clause.expressions:
            relation.args["alias"].set("this", exp.to_identifier(names[relation.alias]))
    return tree


def _values(values: tuple[str, ...]) -> str:
    if not values:
        return "SELECT CAST(NULL AS VARCHAR) AS value WHERE FALSE"
    rows = ", ".join("(" + exp.Literal.string(value).sql(dialect="duckdb") + ")" for value in values)
    return f"SELECT value FROM (VALUES {rows}) AS listed(value)"


def _column_types(table: Table) -> dict[str, str]:
    types = {column.name: arrow_type(column.kind).sql for column in table.columns}
    types |= {"row_id": "VARCHAR", "observed_at_us": "BIGINT"}
    if table.time is not None:
        types["happened_on"] = "DATE"
    return types
