"""The small mistakes a control's SQL could hold, one at a time: what each node of its tree could wrongly have been."""

from collections.abc import Iterator
from functools import reduce

from sqlglot import exp

Mistake = tuple[str, exp.Expr, exp.Expr]
"""What was done (a word of `OPERATORS`), the node, and what stands in its place."""

OPERATORS = (
    "comparison turned",
    "boundary moved",
    "condition dropped",
    "negation dropped",
    "join swapped",
    "member dropped",
    "distinct dropped",
    "default dropped",
    "extreme swapped",
    "value moved",
    "branch dropped",
    "order turned",
    "partition dropped",
)

FLOOR = frozenset({"comparison turned", "boundary moved", "condition dropped", "negation dropped", "join swapped"})
"""Mistakes that turn what a control asks: its cases must tell every one that is not equivalent. The others are counted and shown."""

_TURNED: dict[type[exp.Expr], type[exp.Expr]] = {
    exp.LT: exp.GTE,
    exp.LTE: exp.GT,
    exp.GT: exp.LTE,
    exp.GTE: exp.LT,
    exp.EQ: exp.NEQ,
    exp.NEQ: exp.EQ,
}
_MOVED: dict[type[exp.Expr], type[exp.Expr]] = {exp.LT: exp.LTE, exp.LTE: exp.LT, exp.GT: exp.GTE, exp.GTE: exp.GT}
_EXTREMES: dict[type[exp.Expr], type[exp.Expr]] = {
    exp.Min: exp.Max,
    exp.Max: exp.Min,
    exp.ArgMin: exp.ArgMax,
    exp.ArgMax: exp.ArgMin,
    exp.Least: exp.Greatest,
    exp.Greatest: exp.Least,
}
_LARGEST_COUNT = 10_000
"""Numbers above this are units (µs in a day), not thresholds."""
_DAY_US = 86_400_000_000


def mistakes(tree: exp.Expr) -> Iterator[Mistake]:
    """Every mistake that could be made in a tree, in the order of its text. Nodes given are of the tree, not copies."""
    for node in tree.walk(bfs=False):
        yield from _comparisons(node)
        yield from _conditions(node)
        yield from _relations(node)
        yield from _members(node)
        yield from _values(node)
        yield from _windows(node)


def _comparisons(node: exp.Expr) -> Iterator[Mistake]:
    # The equality of a join's ON is its meaning, not a threshold: turning it gives a product no case would miss.
    for name, table in (("comparison turned", _TURNED), ("boundary moved", _MOVED)):
        other = table.get(type(node))
        if other is not None:
            yield name, node, other(this=node.this.copy(), expression=node.expression.copy())


def _conditions(node: exp.Expr) -> Iterator[Mistake]:
    match node:
        case exp.And() | exp.Or() if type(node.parent) is not type(node):
            kind, joined = type(node), list(node.flatten(unnest=False))
            for index in range(len(joined)):
                rest = [one.copy() for at, one in enumerate(joined) if at != index]
                yield "condition dropped", node, reduce(lambda left, right: kind(this=left, expression=right), rest)
        case exp.Where() | exp.Having() if not isinstance(node.this, exp.And | exp.Or):
            yield "condition dropped", node.this, exp.true()
        case exp.Not():
            yield "negation dropped", node, node.this.copy()
        case exp.Exists() | exp.In() | exp.Is() | exp.Like() if not isinstance(node.parent, exp.Not):
            yield "comparison turned", node, exp.paren(exp.Not(this=node.copy()), copy=False)


def _relations(node: exp.Expr) -> Iterator[Mistake]:
    match node:
        case exp.Join() if node.args.get("on") is not None:
            swapped = node.copy()
            swapped.set("side", None if node.side == "LEFT" else "LEFT")
            swapped.set("kind", None)
            yield "join swapped", node, swapped
        case exp.Union():
            yield "member dropped", node, node.this.copy()
            if not isinstance(node.this, exp.Union):
                dropped = node.expression.copy()
                # A WITH before the first member is the whole union's: it must outlive that member.
                if (clause := node.this.args.get("with_")) is not None:
                    dropped.set("with_", clause.copy())
                yield "member dropped", node, dropped
            doubled = node.copy()
            doubled.set("distinct", not node.args.get("distinct"))
            yield "distinct dropped", node, doubled
        case exp.Select() if node.args.get("distinct") is not None:
            plain = node.copy()
            plain.set("distinct", None)
            yield "distinct dropped", node, plain
        case exp.Distinct() if isinstance(node.parent, exp.Count):
            yield "distinct dropped", node, node.expressions[0].copy()


def _members(node: exp.Expr) -> Iterator[Mistake]:
    match node:
        case exp.In() if len(node.expressions) > 1:
            yield from _shorter("member dropped", node, "expressions")
        case exp.Coalesce():
            yield "default dropped", node, node.this.copy()
        case exp.Least() | exp.Greatest() if node.expressions:
            yield "member dropped", node, node.this.copy()
            yield from _shorter("member dropped", node, "expressions")
        case exp.Case():
            if len(node.args["ifs"]) > 1:
                yield from _shorter("branch dropped", node, "ifs")
            if node.args.get("default") is not None:
                without = node.copy()
                without.set("default", None)
                yield "branch dropped", node, without
    other = _EXTREMES.get(type(node))
    if other is not None:
        yield "extreme swapped", node, other(**node.copy().args)


def _values(node: exp.Expr) -> Iterator[Mistake]:
    match node:
        case exp.Placeholder():
            step = _DAY_US if node.name.endswith("_us") else 1
            for way in (exp.Add, exp.Sub):
                moved = way(this=node.copy(), expression=exp.Literal.number(step))
                yield "value moved", node, exp.paren(moved, copy=False)
        case exp.Boolean():
            yield "value moved", node, exp.Boolean(this=not node.this)
        case exp.Literal() if node.is_int and int(node.name) <= _LARGEST_COUNT and _counts(node):
            yield "value moved", node, exp.Literal.number(int(node.name) + 1)


def _counts(node: exp.Expr) -> bool:
    """Is the number a value of the query? Not one of a type's name, nor what an EXISTS selects and nobody reads."""
    parent = node.parent
    if isinstance(parent, exp.Select):
        return not isinstance(parent.parent, exp.Exists)
    return not isinstance(parent, exp.DataType | exp.DataTypeParam | exp.Cast)


def _windows(node: exp.Expr) -> Iterator[Mistake]:
    match node:
        case exp.Ordered():
            yield "order turned", node, exp.Ordered(this=node.this.copy(), desc=not node.args.get("desc"))
        case exp.Window() if len(node.args.get("partition_by") or []) > 1:
            yield from _shorter("partition dropped", node, "partition_by")


def _shorter(name: str, node: exp.Expr, key: str) -> Iterator[Mistake]:
    """The node without each one of a list of its parts."""
    for index in range(len(node.args[key])):
        fewer = node.copy()
        fewer.set(key, [one for at, one in enumerate(fewer.args[key]) if at != index])
        yield name, node, fewer
