"""Cuts a query into steps where written relations are read several times: Spark would plan and work out each reading anew."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import sqlglot
from sqlglot import exp

LIMIT = 1_500
"""Nodes of a query with every reading written out, up to which Spark plans the whole in less time than steps would take."""
SMALL = 60
"""Nodes up to which a relation is not worth a step of its own."""


@dataclass(frozen=True, slots=True)
class Step:
    """A relation to be worked out and named before the steps behind it are."""

    name: str
    sql: str


@lru_cache(maxsize=512)
def stages(sql: str, prefix: str, limit: int = LIMIT) -> tuple[tuple[Step, ...], str]:
    """The steps, in order, and the query that is left; names begin with the prefix. SQL in Spark's dialect.

    A query that is not worth cutting, or has relations within relations, is left whole.
    """
    tree = sqlglot.parse_one(sql, dialect="spark")
    clauses = list(tree.find_all(exp.With))
    if len(clauses) != 1 or clauses[0].parent is not tree:
        return (), sql
    written = _Written(tree, clauses[0].expressions)
    staged = written.worth_a_step(limit)
    if not staged:
        return (), sql
    names = {at: f"{prefix}_{written.names[at]}" for at in staged}
    steps = tuple(Step(names[at], written.alone(at, names)) for at in staged)
    return steps, written.alone(len(written.names), names)


class _Written:
    """The relations of one WITH clause in their order; the query behind them counts as the last."""

    def __init__(self, tree: exp.Expr, relations: Sequence[exp.CTE]) -> None:
        self.names = [one.alias for one in relations]
        main = tree.copy()
        main.set("with_", None)
        self._bodies: list[exp.Expr] = [*(one.this for one in relations), main]
        self._reads = [list(self._read(at)) for at in range(len(self._bodies))]
        self._sizes: list[int] = []
        for at, body in enumerate(self._bodies):
            own = sum(1 for _ in body.walk())
            self._sizes.append(own + sum(self._sizes[one] for one in self._reads[at]))

    def _read(self, at: int) -> Iterator[int]:
        """The earlier relations that one reads, as often as it names them. A later name is a table's."""
        known: Mapping[str, int] = {name: number for number, name in enumerate(self.names[:at])}
        for table in self._bodies[at].find_all(exp.Table):
            if not table.db and table.name in known:
                yield known[table.name]

    def worth_a_step(self, limit: int) -> list[int]:
        """The relations read more than once and not small, in a query that is large when each reading is written out."""
        if self._sizes[-1] <= limit:
            return []
        read = [one for reads in self._reads for one in reads]
        return [at for at in range(len(self.names)) if read.count(at) > 1 and self._sizes[at] > SMALL]

    def alone(self, at: int, names: Mapping[int, str]) -> str:
        """A relation with those it reads before it, steps by their names."""
        needed: set[int] = set()
        self._need(at, names, needed)
        body = self._renamed(at, names)
        if needed:
            relations = [
                exp.CTE(this=self._renamed(one, names), alias=exp.TableAlias(this=exp.to_identifier(self.names[one])))
                for one in sorted(needed)
            ]
            body.set("with_", exp.With(expressions=relations))
        return body.sql(dialect="spark")

    def _need(self, at: int, names: Mapping[int, str], needed: set[int]) -> None:
        for one in self._reads[at]:
            if one not in names and one not in needed:
                needed.add(one)
                self._need(one, names, needed)

    def _renamed(self, at: int, names: Mapping[int, str]) -> exp.Expr:
        body = self._bodies[at].copy()
        earlier = {self.names[one]: name for one, name in names.items() if one < at}
        for table in body.find_all(exp.Table):
            if not table.db and table.name in earlier:
                if not table.alias:
                    table.set("alias", exp.TableAlias(this=exp.to_identifier(table.name)))
                table.set("this", exp.to_identifier(earlier[table.name]))
        return body
