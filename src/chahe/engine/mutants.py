"""Mutants of a control's SQL: the same control with one small mistake in one of its queries."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

import sqlglot
from sqlglot import exp
from sqlglot.generators.duckdb import DuckDBGenerator

from chahe.controls.model import Control
from chahe.engine.mutations import mistakes

_FROM = re.compile(r":from\b")
_RENAMED = "begin_of_period"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One mistake. `fingerprint` stays the same while the text around the mistake changes."""

    fingerprint: str
    part: str
    """population, exceptions, undetermined or margin."""
    relation: str
    """The relation of a WITH clause that it stands in; empty outside of them."""
    line: int | None
    """Of the part's text, counted from 1, where the parser knows it."""
    operator: str
    before: str
    after: str
    sql: str
    """The whole part, placeholders written `$name`."""

    @property
    def place(self) -> str:
        within = f" · {self.relation}" if self.relation else ""
        return f"{self.part}{within}" + (f":{self.line}" if self.line else "")


def parts(control: Control) -> dict[str, str]:
    """The queries of a control, by name, placeholders written `$name`; those it does not have are absent."""
    return {name: tree.sql(dialect="duckdb") for name, tree in _trees(control).items()}


def mutants(control: Control) -> list[Mutant]:
    """Every mutant of a control, in the order of its SQL; those whose text is the control's own or another's are left out."""
    return [mutant for part, tree in _trees(control).items() for mutant in _of_part(part, tree)]


def _of_part(part: str, tree: exp.Expr) -> Iterator[Mutant]:
    made = list(mistakes(tree))
    for number, node in enumerate(tree.walk()):
        node.meta[_MARK] = number
    whole = _Marking(dialect="duckdb").generate(tree)
    spans = _spans(whole)
    plain = _MARKS.sub("", whole)
    seen = {plain}
    numbers: Counter[tuple[str, ...]] = Counter()
    for operator, node, instead in made:
        # Chains (AND, UNION) are written in one go, without a place for each link: there the whole chain is written anew.
        holder, after = node, instead
        while holder.meta[_MARK] not in spans:
            holder = holder.parent or tree
        if holder is not node:
            after = _with(holder, node, instead)
        begin, end = spans[holder.meta[_MARK]]
        blank = plain[begin:end][: len(plain[begin:end]) - len(plain[begin:end].lstrip())]
        written = blank + after.sql(dialect="duckdb")
        sql = f"{plain[:begin]}{written}{plain[end:]}"
        relation = node.find_ancestor(exp.CTE)
        within = relation.alias if relation is not None else ""
        told = (part, within, operator, _worded(node.sql(dialect="duckdb")), _worded(instead.sql(dialect="duckdb")))
        if sql not in seen:
            seen.add(sql)
            numbers[told] += 1
            yield _mutant(told, numbers[told], next(_lines(node), None), sql)


def _with(holder: exp.Expr, node: exp.Expr, instead: exp.Expr) -> exp.Expr:
    """A copy of what holds a node, with another in its place."""
    copied = holder.copy()
    number = node.meta[_MARK]
    [twin] = [one for one in copied.walk() if one.meta.get(_MARK) == number]
    twin.replace(instead.copy())
    return copied


_MARK = "mistake"
_MARKS = re.compile("[\ue000\ue001]\\d+;")


class _Marking(DuckDBGenerator):
    """Writes the text of a tree once, with the place of every marked node in it: a text for each mutant would take minutes."""

    def sql(self, expression: str | exp.Expr | None, key: str | None = None, comment: bool = True) -> str:
        text = str(super().sql(expression, key, comment))
        if key is None and isinstance(expression, exp.Expr) and _MARK in expression.meta:
            number = expression.meta[_MARK]
            return f"\ue000{number};{text}\ue001{number};"
        return text


def _spans(whole: str) -> dict[int, tuple[int, int]]:
    """Where each marked node begins and ends in the text without marks."""
    begins: dict[int, int] = {}
    spans: dict[int, tuple[int, int]] = {}
    taken = 0
    for found in _MARKS.finditer(whole):
        at, number = found.start() - taken, int(found[0][1:-1])
        if found[0][0] == "\ue000":
            begins[number] = at
        else:
            spans[number] = (begins[number], at)
        taken += len(found[0])
    return spans


def _trees(control: Control) -> dict[str, exp.Expr]:
    written = {
        "population": control.population,
        "exceptions": control.exceptions,
        "undetermined": control.undetermined,
        "margin": control.margin and control.margin.query,
    }
    return {
        part: sqlglot.parse_one(_FROM.sub(f":{_RENAMED}", sql), dialect="duckdb")
        for part, sql in written.items()
        if sql
    }


def _mutant(told: tuple[str, ...], number: int, line: int | None, sql: str) -> Mutant:
    part, relation, operator, before, after = told
    digest = sha256("\x1f".join([*told, str(number)]).encode()).hexdigest()
    return Mutant(
        fingerprint=digest[:10],
        part=part,
        relation=relation,
        line=line,
        operator=operator,
        before=before,
        after=after,
        sql=sql,
    )


def _lines(node: exp.Expr) -> Iterator[int]:
    for one in node.find_all(exp.Identifier):
        if "line" in one.meta:
            yield int(one.meta["line"])


def _worded(sql: str) -> str:
    return re.sub(rf":{_RENAMED}\b", ":from", sql.strip().replace("$", ":"))


def placeholders(sql: str, values: dict[str, str]) -> str:
    """A part's text with the SQL of each value in the place of its placeholder."""
    return re.sub(r"\$(\w+)", lambda found: values["from" if found[1] == _RENAMED else found[1]], sql)
