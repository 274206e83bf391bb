"""Where a row of nulls reaches nothing: an outer join there is an inner one."""

from collections.abc import Iterator, Sequence

from sqlglot import exp

from chahe.engine.duplicates import readers_of

_COMPARING = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.Like, exp.Between)
_STRICT = (
    exp.Cast,
    exp.Lower,
    exp.Upper,
    exp.Trim,
    exp.Add,
    exp.Sub,
    exp.Mul,
    exp.IntDiv,
    exp.Paren,
    exp.Neg,
    exp.DPipe,
)
_ROUNDS = 6


def inner_where_nulls_die(tree: exp.Expr) -> exp.Expr:
    """The tree with each LEFT JOIN an inner one where the rows it adds are thrown away, in place.

    Proof: the rows that LEFT JOIN adds hold null in every column of the joined relation. A comparison or strict function of null is null, and WHERE, and the ON of a
    later inner join, keep only rows for which they are true; so a condition that compares such a column throws exactly those rows away. And
    where every reader of a relation throws away its rows with null in a column, these may be thrown away in the
    relation itself: a condition `IS NOT NULL` is added there, for the same reason once more.
    """
    selects, relations = list(tree.find_all(exp.Select)), list(tree.find_all(exp.CTE))
    readers = readers_of(tree)
    for _ in range(_ROUNDS):
        changed = [_inner(select) for select in selects]
        changed += [_thrown_away_early(one, readers.get(one.alias, [])) for one in relations]
        if not any(changed):
            break
    return tree


def _inner(select: exp.Select) -> bool:
    """Whether a join was changed."""
    changed = False
    joins = select.args.get("joins") or []
    for index, join in enumerate(joins):
        if join.side != "LEFT" or join.kind:
            continue
        if any(kills(one, join.this.alias_or_name) for one in _filters(select, index + 1)):
            join.set("side", None)
            changed = True
    return changed


def _filters(select: exp.Select, first: int = 0) -> Iterator[exp.Expr]:
    """The conditions that every row of a SELECT's result meets: of WHERE, and of its inner joins from the given one on."""
    where = select.args.get("where")
    if where is not None:
        yield from conjuncts(where.this)
    for join in (select.args.get("joins") or [])[first:]:
        if _is_inner(join):
            yield from conjuncts(join.args["on"])


def _is_inner(join: exp.Join) -> bool:
    return not join.side and join.kind in ("", "INNER") and join.args.get("on") is not None


def conjuncts(condition: exp.Expr) -> Iterator[exp.Expr]:
    """The conditions of an AND chain."""
    bare = condition.unnest()
    if isinstance(bare, exp.And):
        yield from conjuncts(bare.left)
        yield from conjuncts(bare.right)
    else:
        yield bare


def kills(condition: exp.Expr, relation: str, column: str | None = None) -> bool:
    """Is the condition never true when that column of the relation (any of its columns together: None) is null?"""
    bare = condition.unnest()
    match bare:
        case exp.Or():
            return kills(bare.left, relation, column) and kills(bare.right, relation, column)
        case exp.And():
            return kills(bare.left, relation, column) or kills(bare.right, relation, column)
        case exp.Not() if isinstance(bare.this.unnest(), exp.Is):
            return isinstance(bare.this.unnest().expression, exp.Null) and _null(
                bare.this.unnest().this, relation, column
            )
        case exp.Not() if isinstance(bare.this.unnest(), exp.In | exp.Like):
            return _null(bare.this.unnest().this, relation, column)
        case exp.In():
            return _null(bare.this, relation, column)
    if isinstance(bare, _COMPARING):
        return any(_null(one, relation, column) for one in (bare.this, bare.args.get("expression")) if one is not None)
    return isinstance(bare, exp.Column) and _null(bare, relation, column)


def _null(value: exp.Expr, relation: str, column: str | None) -> bool:
    """Is the value null when the column is?"""
    if isinstance(value, exp.Column):
        return value.table == relation and column in (None, value.name)
    if isinstance(value, _STRICT):
        operands = (value.this, value.args.get("expression"))
        return any(_null(one, relation, column) for one in operands if isinstance(one, exp.Expr))
    return False


def _thrown_away_early(relation: exp.CTE, readers: Sequence[exp.Table]) -> bool:
    """Whether a condition was added to the relation."""
    query = relation.this
    if relation.args["alias"].args.get("columns") or not isinstance(query, exp.Query):
        return False
    if not readers or not all(isinstance(one.parent, exp.From | exp.Join) for one in readers):
        return False
    asked = [
        _ask_for(select, at)
        for at, name in enumerate(query.named_selects)
        if all(_reader_kills(one, name) for one in readers)
        for select in _members(query)
    ]
    return any(asked)


def _members(query: exp.Expr) -> Iterator[exp.Select]:
    match query:
        case exp.Union():
            yield from _members(query.this)
            yield from _members(query.expression)
        case exp.Select():
            yield query
        case exp.Subquery() | exp.Paren():
            yield from _members(query.this)


def _reader_kills(reader: exp.Table, column: str) -> bool:
    """Does this reader throw away the rows in which the column is null?"""
    name, holder = reader.alias_or_name, reader.parent
    select = holder.parent if holder is not None else None
    if not isinstance(select, exp.Select):
        return False
    if isinstance(holder, exp.Join):
        joined = _is_inner(holder) or (holder.side == "LEFT" and holder.args.get("on") is not None)
        if not joined:
            return False
        if any(kills(one, name, column) for one in conjuncts(holder.args["on"])):
            return True
    outer = any(one.side in ("RIGHT", "FULL") for one in select.args.get("joins") or [])
    return not outer and any(kills(one, name, column) for one in _filters(select))


def _ask_for(select: exp.Select, at: int) -> bool:
    """Add that a result column is not null, where that may be asked before grouping; whether it was added."""
    if any(select.args.get(part) is not None for part in ("limit", "offset", "qualify", "having")):
        return False
    if at >= len(select.expressions) or any(isinstance(one, exp.Star) or one.is_star for one in select.expressions):
        return False
    value = select.expressions[at].unalias()
    if not isinstance(value, exp.Column) or select.find(exp.Window) is not None:
        return False
    group = select.args.get("group")
    if (group is not None and value not in group.expressions) or (
        group is None and select.find(exp.AggFunc) is not None
    ):
        return False
    asked = exp.Not(this=exp.Is(this=value.copy(), expression=exp.Null()))
    where = select.args.get("where")
    if where is not None and any(one == asked for one in conjuncts(where.this)):
        return False
    select.where(asked, copy=False)
    return True
