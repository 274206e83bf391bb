"""Conditions in the place of a filter, where null is as good as false."""

from sqlglot import exp

from chahe.engine.null_rows import conjuncts, kills

_COMPARING = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE)


def plain_filters(tree: exp.Expr) -> exp.Expr:
    """The tree with what its filters need not say left out, in place: defaults that are false, and `IS NOT NULL` beside a comparison.

    Proof: WHERE, the ON of an inner join, HAVING and the WHEN of a CASE without an operand take null as false, and AND and OR of such conditions are monotone: a null in the place of
    false makes true nothing that was not. So `coalesce(x, FALSE)` is x there, `coalesce(x, 3) > 5` is `x > 5` as 3 > 5 is false, and in an AND chain
    `x IS NOT NULL` says no more than a comparison of x beside it.
    """
    for holder in list(tree.find_all(exp.Where, exp.Having, exp.Join, exp.If)):
        if isinstance(holder, exp.If) and not _of_bare_case(holder):
            continue
        key = "on" if isinstance(holder, exp.Join) else "this"
        condition = holder.args.get(key)
        if condition is not None and not (isinstance(holder, exp.Join) and holder.side not in ("", "LEFT")):
            holder.set(key, _plain(condition.copy()))
    return tree


def _of_bare_case(branch: exp.If) -> bool:
    return isinstance(branch.parent, exp.Case) and branch.parent.this is None


def _plain(condition: exp.Expr) -> exp.Expr:
    bare = condition.unnest()
    match bare:
        case exp.Or():
            return exp.paren(exp.Or(this=_plain(bare.left), expression=_plain(bare.right)), copy=False)
        case exp.And():
            return _chain([_plain(one) for one in conjuncts(bare)])
        case exp.Coalesce() if bare.expressions == [exp.false()]:
            return _plain(bare.this)
    if isinstance(bare, _COMPARING):
        return _without_default(bare)
    return _listed_without_default(bare)


def _chain(parts: list[exp.Expr]) -> exp.Expr:
    said = {one.sql(): one for one in parts}
    parts = [said[text] for text in sorted(said)]  # AND asks neither for an order nor twice
    kept = [one for at, one in enumerate(parts) if not _said_besides(one, parts[:at] + parts[at + 1 :])]
    result = kept[0]
    for one in kept[1:]:
        result = exp.And(this=result, expression=one)
    return result


def _said_besides(one: exp.Expr, others: list[exp.Expr]) -> bool:
    """Is this `x IS NOT NULL`, and does another condition compare x?"""
    if not (isinstance(one, exp.Not) and isinstance(one.this.unnest(), exp.Is)):
        return False
    asked = one.this.unnest()
    if not (isinstance(asked.expression, exp.Null) and isinstance(asked.this, exp.Column)):
        return False
    column = asked.this
    return any(other != one and kills(other, column.table, column.name) for other in others)


def _without_default(comparison: exp.Expr) -> exp.Expr:
    for side, other in (("this", "expression"), ("expression", "this")):
        value, limit = comparison.args[side].unnest(), comparison.args[other].unnest()
        if not (isinstance(value, exp.Coalesce) and len(value.expressions) == 1):
            continue
        default = value.expressions[0]
        if _alike(default, limit) and not _holds(comparison, **{side: default, other: limit}):
            plain = comparison.copy()
            plain.set(side, value.this.copy())
            return plain
    return comparison


def _listed_without_default(condition: exp.Expr) -> exp.Expr:
    """The same for IN a list of literals that the default is not in, and for NOT IN one that it is in."""
    listed = condition.this.unnest() if isinstance(condition, exp.Not) else condition
    if not isinstance(listed, exp.In) or not listed.expressions:
        return condition
    value = listed.this.unnest()
    if not (isinstance(value, exp.Coalesce) and len(value.expressions) == 1):
        return condition
    default = value.expressions[0]
    held = all(_alike(default, one) for one in listed.expressions)
    if not held or (default in listed.expressions) is not isinstance(condition, exp.Not):
        return condition
    plain = condition.copy()
    [inside] = plain.find_all(exp.In, bfs=True)
    inside.set("this", value.this.copy())
    return plain


def _alike(one: exp.Expr, other: exp.Expr) -> bool:
    """Are both whole numbers, or both texts, written out?"""
    return (one.is_int and other.is_int) or (one.is_string and other.is_string)


def _holds(comparison: exp.Expr, *, this: exp.Expr, expression: exp.Expr) -> bool:
    left, right = this.to_py(), expression.to_py()
    held: dict[type[exp.Expr], bool] = {
        exp.EQ: left == right,
        exp.NEQ: left != right,
        exp.LT: left < right,
        exp.LTE: left <= right,
        exp.GT: left > right,
        exp.GTE: left >= right,
    }
    return held[type(comparison)]
