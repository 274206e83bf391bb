"""Runs the mutants of a control over its cases: each case is set up once, and of each mutant only what its mistake can reach."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from itertools import count
from types import TracebackType
from typing import Any, Self

import duckdb

from chahe.controls.model import Control
from chahe.engine.binding import Span, binds, lists, literal
from chahe.engine.casebook import Case
from chahe.engine.mutants import Mutant, parts, placeholders
from chahe.engine.outcome import Examination, Outcome, Problem, Result, Verdict, after_looking, before_looking
from chahe.engine.parameters import chosen
from chahe.engine.standing import problems
from chahe.engine.trial import compare, evidence, span_of, standing_of
from chahe.rules.parameter import Parameter
from chahe.rules.periods import ends_on

Row = dict[str, Any]
_TRIED = "tried"
_NO_RESULT = (duckdb.Error, ArithmeticError, OverflowError, KeyError, ValueError, TypeError)
"""What a mutant's SQL may end in instead of rows."""


class BrokenCase(Exception):
    """The control itself, without any mistake, does not hold a case: nothing can be said of its mutants."""


class Stillborn(Exception):
    """A mutant that is no valid SQL: no database would have run it, so it proves nothing."""


class Fate(Enum):
    """What the cases make of a mutant."""

    KILLED = "killed"
    """A case comes out otherwise than expected."""
    CRASHED = "crashed"
    """No case comes out otherwise, but in one at least the SQL ends in an error: found, though not by what the case says."""
    SURVIVED = "survived"


@dataclass
class Scene:
    """A case whose relations stand in a schema of their own, and what the control makes of it."""

    case: Case
    schema: str
    span: Span
    parameters: dict[str, Parameter]
    values: dict[str, str]
    found: list[Problem]
    candidates: list[tuple[Any, ...]] = field(default_factory=list)
    census: tuple[int, dict[str, int]] = (0, {})
    exceptions: list[Row] = field(default_factory=list)
    undetermined: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Look:
    """What one run over a case shows; `candidates` are the whole rows of the population."""

    result: Result
    candidates: list[tuple[Any, ...]]


class MutantTrial:
    """The cases of one control, ready to be run with any mutant of it. Raises BrokenCase when the control does not hold them."""

    def __init__(self, control: Control, cases: Sequence[Case]) -> None:
        self._control = control
        self._parts = parts(control)
        # One thread: the rows are few, and planning is all the cost.
        self._connection = duckdb.connect(config={"threads": 1})
        self._connection.execute(f"SET TimeZone = 'UTC'; PRAGMA disable_optimizer; CREATE SCHEMA {_TRIED}")
        self._scenes: list[Scene] = []
        self._stages = count()
        for case in cases:
            self._add(case)

    def survives(self, mutant: Mutant) -> bool:
        """Does every case come out as expected in spite of the mistake? Raises Stillborn."""
        return self.fate(mutant) is Fate.SURVIVED

    def fate(self, mutant: Mutant) -> Fate:
        """What becomes of a mutant: told by a result, told by errors only, or not at all. Raises Stillborn.

        The case that told the last mutant goes first: neighbours are often told by the same.
        """
        fate = Fate.SURVIVED
        for index, scene in enumerate(self._scenes):
            told = self._told(scene, mutant)
            if told is Fate.KILLED:
                self._scenes.insert(0, self._scenes.pop(index))
                return told
            fate = told if told is Fate.CRASHED else fate
        return fate

    def stage(self, case: Case, *, many: bool = False) -> Scene | None:
        """A case set up beside the others without holding it to what it expects; None where no SQL runs at all.

        With `many` rows, plans are optimised until the next case: joins must not be worked out pair by pair.
        """
        self._connection.execute(f"PRAGMA {'enable' if many else 'disable'}_optimizer")
        scene = self._scene(case, f"stage_{next(self._stages)}")
        if scene is not None:
            self._set_up(scene)
            self._base(scene)
        return scene

    def leave(self, scene: Scene) -> None:
        """Take a staged case down."""
        self._connection.execute(f"SET search_path = 'main'; DROP SCHEMA {scene.schema} CASCADE")

    def result(self, scene: Scene) -> Result:
        """What the control itself says of a staged case."""
        return self._result(scene, scene.census, scene.exceptions, scene.undetermined)

    def look(self, scene: Scene, mutant: Mutant | None = None) -> Look | None:
        """All that a case could be held to, as a mutant (or the control) shows it; None where that ends in an error."""
        try:
            return self._seen(scene, mutant)
        except _NO_RESULT:
            return None

    def _seen(self, scene: Scene, mutant: Mutant | None) -> Look:
        texts = {**self._parts, **({mutant.part: mutant.sql} if mutant else {})}
        self._connection.execute(f"SET search_path = '{scene.schema}'")
        candidates, exceptions, undetermined = scene.candidates, scene.exceptions, scene.undetermined
        part = mutant.part if mutant else ""
        census = scene.census
        if part == "population":
            self._populate(scene, _TRIED, texts["population"])
            candidates, census = self._all("SELECT * FROM candidates"), self._census()
        if part in ("population", "exceptions"):
            exceptions = self._rows(scene, texts["exceptions"])
        if part in ("population", "undetermined"):
            undetermined = self._rows(scene, texts.get("undetermined"))
        result = self._result(scene, census, exceptions, undetermined, texts.get("margin"))
        return Look(result=result, candidates=candidates)

    def _add(self, case: Case) -> None:
        scene = self._scene(case, f"case_{len(self._scenes)}")
        if scene is None:
            return  # decided before any SQL runs: no mistake in SQL can show here
        self._set_up(scene)
        if told := list(compare(self._control, case, self._base(scene), scene.span)):
            raise BrokenCase(f"{case.place}: {'; '.join(told)}")
        self._scenes.append(scene)

    def _scene(self, case: Case, schema: str) -> Scene | None:
        control, span = self._control, span_of(case)
        found = problems(control, {name: standing_of(case, name) for name in case.given}, span.as_of)
        if before_looking(control, case.facts, found) is not None:
            return None
        parameters = chosen(control, case.settings)
        return Scene(
            case=case,
            schema=schema,
            span=span,
            parameters=parameters,
            values={name: literal(value).sql(dialect="duckdb") for name, value in binds(parameters, span).items()},
            found=found,
        )

    def _set_up(self, scene: Scene) -> None:
        run = self._connection.execute
        run(f"CREATE SCHEMA {scene.schema}; SET search_path = '{scene.schema}'")
        for relation, rows in evidence(self._control, scene.case).items():
            self._connection.register("given", rows)
            run(f"CREATE TABLE {scene.schema}.{relation} AS SELECT * FROM given")
            self._connection.unregister("given")
        for name, values in lists(scene.parameters).items():
            run(f"CREATE TABLE {scene.schema}.{name} (value VARCHAR)")
            for one in values:
                run(f"INSERT INTO {scene.schema}.{name} VALUES (?)", [one])

    def _base(self, scene: Scene) -> Result:
        self._populate(scene, scene.schema, self._parts["population"])
        scene.candidates = self._all("SELECT * FROM candidates")
        scene.census = self._census()
        scene.exceptions = self._rows(scene, self._parts["exceptions"])
        scene.undetermined = self._rows(scene, self._parts.get("undetermined"))
        return self._result(scene, scene.census, scene.exceptions, scene.undetermined)

    def _told(self, scene: Scene, mutant: Mutant) -> Fate:
        """Does the case come out otherwise than expected?"""
        try:
            result = self._with(scene, mutant)
        except (duckdb.BinderException, duckdb.ParserException, duckdb.CatalogException) as error:
            raise Stillborn(str(error)) from error
        except _NO_RESULT:
            return Fate.CRASHED
        told = result is not None and any(True for _ in compare(self._control, scene.case, result, scene.span))
        return Fate.KILLED if told else Fate.SURVIVED

    def _with(self, scene: Scene, mutant: Mutant) -> Result | None:
        """The result with the mistake; None where it makes no difference to any row."""
        texts = {**self._parts, mutant.part: mutant.sql}
        census, exceptions, undetermined = scene.census, scene.exceptions, scene.undetermined
        self._connection.execute(f"SET search_path = '{scene.schema}'")
        if mutant.part == "population":
            self._populate(scene, _TRIED, mutant.sql)
            if self._all("SELECT * FROM candidates") == scene.candidates:
                return None
            census = self._census()
        if mutant.part in ("population", "exceptions"):
            exceptions = self._rows(scene, texts["exceptions"])
        if mutant.part in ("population", "undetermined"):
            undetermined = self._rows(scene, texts.get("undetermined"))
        same = (exceptions, undetermined) == (scene.exceptions, scene.undetermined)
        if mutant.part in ("exceptions", "undetermined") and same:
            return None
        return self._result(scene, census, exceptions, undetermined, texts.get("margin"))

    def _populate(self, scene: Scene, schema: str, sql: str) -> None:
        keep = " WHERE excluded_because IS NULL" if self._control.exclusions else ""
        bound = placeholders(sql, scene.values)
        self._connection.execute(
            f"CREATE OR REPLACE TABLE {schema}.candidates AS {bound};"
            f"CREATE OR REPLACE VIEW {schema}.population AS SELECT * FROM {schema}.candidates{keep}"
        )
        if schema != scene.schema:
            self._connection.execute(f"SET search_path = '{schema},{scene.schema}'")

    def _census(self) -> tuple[int, dict[str, int]]:
        reason = "excluded_because" if self._control.exclusions else "CAST(NULL AS VARCHAR)"
        counted = dict(self._connection.execute(f"SELECT {reason}, count(*) FROM candidates GROUP BY 1").fetchall())
        excluded = {str(why): int(n) for why, n in counted.items() if why is not None}
        if set(excluded) - set(self._control.exclusions):
            raise ValueError("a reason that is not declared")
        return sum(counted.values()), excluded

    def _all(self, sql: str) -> list[tuple[Any, ...]]:
        return sorted(self._connection.execute(sql).fetchall(), key=repr)

    def _rows(self, scene: Scene, sql: str | None) -> list[Row]:
        if sql is None:
            return []
        asked = self._connection.execute(placeholders(sql, scene.values))
        names = [one[0] for one in asked.description or ()]
        return sorted((dict(zip(names, row, strict=True)) for row in asked.fetchall()), key=repr)

    def _result(
        self,
        scene: Scene,
        census: tuple[int, dict[str, int]],
        exceptions: list[Row],
        undetermined: list[Row],
        margin: str | None = None,
    ) -> Result:
        examination = Examination(census[0], census[1], exceptions, undetermined)
        if {str(row["why"]) for row in undetermined} - set(self._control.unclear):
            raise ValueError("a reason that is not declared")
        verdict = after_looking(self._control, scene.found, examination)
        return Result(
            control=self._control,
            verdict=verdict,
            examination=examination,
            margin=self._margin(scene, verdict, margin or self._parts.get("margin")),
        )

    def _margin(self, scene: Scene, verdict: Verdict, sql: str | None) -> date | None:
        declared = self._control.margin
        if declared is None or sql is None or verdict.outcome is not Outcome.CONFORMING:
            return None
        [row] = self._connection.execute(placeholders(sql, scene.values)).fetchall()
        if row[0] is None:
            return None
        last = row[0] if declared.period is None else ends_on(row[0], scene.parameters[declared.period].period)
        return date.fromordinal(last.toordinal() + 1)

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
