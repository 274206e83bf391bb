"""Small changes of a case's rows: each is one step away from what the case shows, and may tell what the case does not."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from string import ascii_lowercase

from chahe.controls.model import Control
from chahe.engine.binding import binds
from chahe.engine.casebook import Case
from chahe.engine.compose import named
from chahe.engine.parameters import chosen
from chahe.engine.trial import span_of
from chahe.evidence.model import Column, Kind

_DAY_US = 86_400_000_000
_YEAR = 366
"""Parameters up to this may be a number of days."""
Rows = dict[str, list[dict[str, object]]]


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of one row. `what` is set, doubled (with the value set in the second row) or removed."""

    what: str
    table: str
    index: int
    column: str = ""
    value: object = None

    @property
    def slug(self) -> str:
        """A few letters for the names of the subject that shows it."""
        column = self.column.removesuffix("_us").replace("_", "-")
        if self.what == "removed":
            return f"no-{self.table.replace('_', '-')}"
        twice = "twice-" if self.what == "doubled" else ""
        return f"{twice}{'no-' if self.value is None and column else ''}{column}"

    @property
    def worded(self) -> str:
        """The change in words."""
        row = f"row {self.index + 1} of {self.table}"
        if self.what == "removed":
            return f"without {row}"
        value = "null" if self.value is None else self.value
        if self.what == "doubled":
            return f"{row} twice" + (f", the second with {self.column} {value}" if self.column else "")
        return f"{self.column} of {row} is {value}"


def edits(control: Control, case: Case, *, seed: int) -> list[Edit]:
    """Every single change of a case's rows, in an order shuffled by `seed`."""
    chance, used, palette = Random(f"{seed} {case.title}"), named(control), _Palette(control, case)  # noqa: S311 - a search, no secret
    needed = {need.table.name: need.table for need in control.needs}
    made: list[Edit] = []
    for name, rows in case.given.items():
        columns = [one for one in needed[name].columns if one.name in used] if name in needed else []
        for index, row in enumerate(rows if name in needed else []):
            made += [Edit("removed", name, index), Edit("doubled", name, index)]
            for column in columns:
                for value in palette.instead(column, row.get(column.name)):
                    made.append(Edit("set", name, index, column.name, value))
                    made.append(Edit("doubled", name, index, column.name, value))
    chance.shuffle(made)
    return made


def edited(case: Case, changes: Sequence[Edit]) -> Case:
    """A copy of the case after all changes; what it expects is left out."""
    given: Rows = {name: [dict(row) for row in rows] for name, rows in case.given.items()}
    gone: set[tuple[str, int]] = set()
    for letter, one in zip(ascii_lowercase[1:], changes, strict=False):
        rows = given[one.table]
        if one.what == "set":
            rows[one.index][one.column] = one.value
        elif one.what == "doubled":
            second = dict(rows[one.index])
            second["row_id"] = f"{second.get('row_id', one.table + '#' + str(one.index + 1))}{letter}"
            if one.column:
                second[one.column] = one.value
            rows.append(second)
        else:
            gone.add((one.table, one.index))
    kept = {name: [row for at, row in enumerate(rows) if (name, at) not in gone] for name, rows in given.items()}
    return bare(case, kept)


def bare(case: Case, given: Mapping[str, list[dict[str, object]]]) -> Case:
    """The scene of a case with other rows, expecting nothing."""
    return replace(
        case,
        given=dict(given),
        outcome=None,
        population=None,
        excluded={},
        clear=False,
        margin=None,
        expected=[],
        expected_undetermined=[],
        quotes=[],
    )


class _Palette:
    """What a cell could hold instead: its neighbours, the limits the control knows, what other cells hold, nothing."""

    def __init__(self, control: Control, case: Case) -> None:
        bound = binds(chosen(control, case.settings), span_of(case))
        kinds = {need.table.name: {one.name: one.kind for one in need.table.columns} for need in control.needs}
        self._days = [one for one in bound.values() if isinstance(one, date)]
        self._moments = [one for name, one in bound.items() if isinstance(one, int) and name.endswith("_us")]
        self._counts = [one for name, one in bound.items() if isinstance(one, int) and not name.endswith("_us")]
        self._others: dict[Kind, dict[str, object]] = {}
        texts = (control.population, control.exceptions, control.undetermined or "")
        self._words = sorted(
            {word for sql in texts for word in re.findall(r"'([^'%|]+)'", sql) if word == word.strip()}
        )
        for name, rows in case.given.items():
            for row in rows:
                for key, value in row.items():
                    if value is not None and key in kinds.get(name, {}):
                        self._others.setdefault(kinds[name][key], {})[repr(value)] = value

    def instead(self, column: Column, held: object) -> Iterator[object]:
        blank = () if column.required else (None,)  # a reader rejects a row without it
        seen = {repr(held)}
        for value in (*blank, *self._of_kind(column, held)):
            if repr(value) not in seen:
                seen.add(repr(value))
                yield value

    def _of_kind(self, column: Column, held: object) -> Iterator[object]:
        others = list(self._others.get(column.kind, {}).values())
        match column.kind:
            case Kind.BOOLEAN:
                yield from (True, False)
            case Kind.CHOICE:
                yield from column.choices
            case Kind.DATE:
                yield from self._days_near(held, [one for one in others if isinstance(one, date)])
            case Kind.MOMENT:
                own = [held] if isinstance(held, int) else []
                moments = [*own, *self._moments, *(one for one in others if isinstance(one, int))]
                yield from (one + step for one in moments for step in (0, 1, -1))
                yield from (one + step for one in own for step in (_DAY_US, -_DAY_US))
            case Kind.INTEGER:
                counts = [*self._counts, 0, *([held] if isinstance(held, int) else [])]
                yield from (one + step for one in counts for step in (0, 1, -1))
            case Kind.DECIMAL:
                numbers = [*map(Decimal, self._counts), *([held] if isinstance(held, Decimal) else [])]
                yield from (one + step for one in numbers for step in (0, 1, -1))
            case Kind.TEXT | Kind.NAME:
                yield from (*others, *self._words)
            case _:
                yield from others

    def _days_near(self, held: object, others: Sequence[date]) -> Iterator[date]:
        own = [held] if isinstance(held, date) else []
        yield from (day + timedelta(step) for day in (*own, *self._days, *others) for step in (0, 1, -1))
        steps = [sign * n for n in self._counts if n <= _YEAR for sign in (1, -1)]
        yield from (day + timedelta(n) for day in (*own, *self._days[:3]) for n in steps)
