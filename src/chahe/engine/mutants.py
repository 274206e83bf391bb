"""Mutants of a control's SQL: the same control with one small mistake in one of its queries."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

import sqlglot
from sqlglot import exp

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
    written = _Written(tree)
    seen = {written.whole}
    numbers: Counter[tuple[str, ...]] = Counter()
    for operator, node, instead in made:
        relation = node.find_ancestor(exp.CTE)
        within = relation.alias if relation is not None else ""
        before = written.whole if node is tree else node.sql(dialect="duckdb")
        told = (part, within, operator, _worded(before), _worded(instead.sql(dialect="duckdb")))
        line = next(_lines(node), None)
        sql = written.instead(node, instead)
        if sql not in seen:
            seen.add(sql)
            numbers[told] += 1
            yield _mutant(told, numbers[told], line, sql)


class _Written:
    """The text of a tree, relation by relation of its WITH, so that a mistake has only its own written anew: else it would take minutes.

    Takes the WITH off the tree.
    """

    def __init__(self, tree: exp.Expr) -> None:
        self.whole = tree.sql(dialect="duckdb")
        clause = tree.args.get("with_")
        relations = [*(clause.pop().expressions if clause is not None else ()), tree]
        self._tree = tree
        self._places = {id(relation): place for place, relation in enumerate(relations)}
        self._texts = [relation.sql(dialect="duckdb") for relation in relations]

    def instead(self, node: exp.Expr, mistake: exp.Expr) -> str:
        """The whole text with a mistake in the place of a node."""
        if node is self._tree:
            return mistake.sql(dialect="duckdb")
        holder = node
        while id(holder) not in self._places and holder.parent is not None:
            holder = holder.parent
        put = mistake.copy()
        node.replace(put)
        try:
            anew = holder.sql(dialect="duckdb")
        finally:
            put.replace(node)
        texts = list(self._texts)
        texts[self._places[id(holder)]] = anew
        *relations, query = texts
        return f"WITH {', '.join(relations)} {query}" if relations else query


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
