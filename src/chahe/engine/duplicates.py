"""Where it cannot be seen whether a row stands once or several times: DISTINCT and UNION say nothing there."""

from collections.abc import Mapping, Sequence

from sqlglot import exp

Readers = Mapping[str, Sequence[exp.Table]]
_BLIND = (exp.Min, exp.Max, exp.ArgMin, exp.ArgMax, exp.LogicalOr, exp.LogicalAnd)
"""Aggregates of the set of their rows: a second row like the first changes none. Ties of min_by are open as it is."""


def without_distinct(tree: exp.Expr) -> exp.Expr:
    """The tree in which DISTINCT and UNION are left out wherever doubled rows cannot be seen, in place.

    Proof: a query's rows reach the result only through what reads them. EXISTS and IN ask whether a row is there; a UNION or DISTINCT above, a
    GROUP BY without aggregates, and min or max give the same for a set and for the set with rows doubled; joins
    and WHERE turn doubled rows into doubled rows. A sum, a count, a window, a LIMIT or the result itself would show them: there nothing is changed.
    """
    readers = readers_of(tree)
    for node in list(tree.find_all(exp.Union, exp.Select)):
        if not node.args.get("distinct") or not _set_is_enough(node, readers):
            continue
        if isinstance(node, exp.Union):
            node.set("distinct", False)
        elif isinstance(node, exp.Select) and not node.args["distinct"].args.get("on") and not _counted(node):
            node.set("distinct", None)
    return tree


def _set_is_enough(query: exp.Expr, readers: Readers) -> bool:
    """Does whatever reads this query see the same if its rows are doubled?"""
    holder = query.parent
    while isinstance(holder, exp.Subquery | exp.Paren) and not holder.alias and not _cut(holder):
        query, holder = holder, holder.parent
    if _cut(query):
        return False
    match holder:
        case exp.Exists():
            return True
        case exp.In():
            return True
        case exp.Union():
            return bool(holder.args.get("distinct")) or _set_is_enough(holder, readers)
        case exp.CTE():
            return all(_source_set_is_enough(one, readers) for one in readers.get(holder.alias, []))
        case exp.Subquery() if isinstance(holder.parent, exp.From | exp.Join) and not _cut(holder):
            return _source_set_is_enough(holder, readers)
    return False


def _source_set_is_enough(source: exp.Expr, readers: Readers) -> bool:
    """Does the SELECT that this stands in the FROM or JOIN of give the same if its rows are doubled?"""
    if not isinstance(source.parent, exp.From | exp.Join):
        return False
    select = source.parent.parent
    if not isinstance(select, exp.Select) or _cut(select) or _of(select, exp.Window):
        return False
    if _counted(select):
        return all(_blind(one) for one in _of(select, exp.AggFunc))
    return (select.args.get("distinct") is not None) or _set_is_enough(select, readers)


def _counted(select: exp.Select) -> bool:
    return select.args.get("group") is not None or bool(_of(select, exp.AggFunc))


def _blind(aggregate: exp.Expr) -> bool:
    if isinstance(aggregate.parent, exp.Filter | exp.WithinGroup):
        return isinstance(aggregate.parent, exp.Filter) and isinstance(aggregate, _BLIND)
    return isinstance(aggregate, _BLIND) or (
        isinstance(aggregate, exp.Count) and isinstance(aggregate.this, exp.Distinct)
    )


def _of(select: exp.Select, kind: type[exp.Expr]) -> list[exp.Expr]:
    """What of this kind belongs to the SELECT itself, not to one within it."""
    return [one for one in select.find_all(kind) if one.find_ancestor(exp.Select) is select]


def _cut(query: exp.Expr) -> bool:
    return any(query.args.get(part) is not None for part in ("limit", "offset", "qualify", "sample"))


def readers_of(tree: exp.Expr) -> Readers:
    """Every place that reads a relation, by its name. Names of relations are taken to be unique in the tree."""
    found: dict[str, list[exp.Table]] = {}
    for one in tree.find_all(exp.Table):
        if not one.db:
            found.setdefault(one.name, []).append(one)
    return found
