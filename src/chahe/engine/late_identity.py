"""Puts the identity of records together where it is asked for, not where they are read: joins leave out most of them before that.

A `row_id` is a text of some seventy signs. To make one for each of twenty million records takes longer than to read what a
control compares, and nearly all of them are thrown away by the next join.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache

import sqlglot
from sqlglot import exp

PARTED = "parted_"
"""The rows of table T with the parts of their identity in its place are the relation parted_T."""
PARTS = ("raw_object", "raw_part", "raw_place")
IDENTITY = "row_id"


def identity(prefix: str = "") -> str:
    """What a row's identity is made of: its object, in a container its part, and its place."""
    raw_object, raw_part, raw_place = (f"{prefix}{name}" for name in PARTS)
    # Of a row that an outer join did not find it is null, as its object is. The rest by one function, which passes over nulls: signs in
    # a row would copy the long name of the object each time.
    return f"{raw_object} || concat('#', {raw_part} || '!', CAST({raw_place} AS VARCHAR))"


def late(tree: exp.Expr, parted: frozenset[str]) -> exp.Expr:
    """The tree with `parted` tables read in parts wherever that gives the same rows, in place. What is in doubt is left as it is."""
    readable = parted - {relation.alias for relation in tree.find_all(exp.CTE)}
    for select, name, columns in list(_asked(tree)):
        table = _sources(select)[name]
        if not isinstance(table, exp.Table) or table.db or table.name not in readable or _whole(select, table):
            continue
        for column in columns:
            made = _identity_of(name).copy()
            shown = column.parent is select and column.arg_key == "expressions"
            column.replace(exp.alias_(made, IDENTITY) if shown else made)
        table.set("alias", exp.TableAlias(this=exp.to_identifier(name)))
        table.set("this", exp.to_identifier(PARTED + table.name))
    return tree


def _asked(tree: exp.Expr) -> Iterator[tuple[exp.Select, str, list[exp.Column]]]:
    """By SELECT and relation in it, the columns that ask for identities; no relation of which another column may speak, too."""
    asked: dict[tuple[int, str], tuple[exp.Select, list[exp.Column]]] = {}
    doubted: set[tuple[int, str]] = set()
    for column in tree.find_all(exp.Column):
        if column.name != IDENTITY:
            continue
        home = column.find_ancestor(exp.Select)
        name = column.table or (_only(home, column) if home is not None else "")
        if home is not None and name and name in _sources(home):
            asked.setdefault((id(home), name), (home, []))[1].append(column)
        else:
            doubted.update(_reached(home, name))
    for (number, name), (home, columns) in asked.items():
        if (number, name) not in doubted:
            yield home, name, columns


def _only(home: exp.Select, column: exp.Column) -> str:
    """The relation that a column without one is of; empty where it could be another's, or what the SELECT itself names so."""
    names = list(_sources(home))
    shown = column.parent is home and column.arg_key == "expressions"
    return names[0] if len(names) == 1 and (shown or IDENTITY not in home.named_selects) else ""


def _reached(select: exp.Select | None, name: str) -> Iterator[tuple[int, str]]:
    """The relations of a SELECT and of those around it that go by a name, or by any."""
    while select is not None:
        yield from ((id(select), one) for one in _sources(select) if name in ("", one))
        select = select.find_ancestor(exp.Select)


def _sources(select: exp.Select) -> Mapping[str, exp.Expr]:
    """What a SELECT reads, by the names it gives."""
    first = select.args.get("from_")
    read = [first.this] if first is not None else []
    read += [join.this for join in select.args.get("joins") or ()]
    return {one.alias_or_name: one for one in read}


def _whole(select: exp.Select, table: exp.Table) -> bool:
    """Does a SELECT show all columns of a table, name them anew, or join by columns of one name? Then it matters which there are."""
    stars = [one for one in select.expressions if one.is_star]
    joins = select.args.get("joins") or ()
    return (
        bool(table.alias_column_names)
        or any(not isinstance(one, exp.Column) or one.table in ("", table.alias_or_name) for one in stars)
        or any(join.args.get("using") or join.method == "NATURAL" for join in joins)
    )


@lru_cache(maxsize=256)
def _identity_of(name: str) -> exp.Expr:
    return sqlglot.parse_one(f"({identity(f'{name}.')})", dialect="duckdb")
