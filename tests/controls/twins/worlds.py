"""Small worlds for the twins: rows drawn from few values around each limit, so that boundaries, ties and blanks meet often."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from types import SimpleNamespace
from typing import Any

from chahe.controls.model import Control
from chahe.engine.binding import Span
from chahe.engine.casebook import AS_OF
from chahe.evidence.model import Table
from chahe.rules.periods import day_start_us, taipei_day

SPAN = Span(AS_OF, AS_OF - timedelta(days=364), AS_OF)
SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

Value = Callable[[Random, int], object]
"""Draws one value in the world of that number."""
Row = dict[str, object]
World = dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class Rows:
    """How many rows of a table a world has, and what stands in its columns; what is not named stays blank.

    A column that is not required is blank once in `blank` times, or as often as `blanks` says of it (0: never).
    `observed_at_us` may be drawn of any table: when its file was taken; else that is the day of the audit.
    """

    least: int
    most: int
    columns: Mapping[str, Value]
    blank: int = 10
    blanks: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fixed:
    """Rows that every world has alike (a calendar)."""

    rows: Sequence[Row]


@dataclass
class Told:
    """What a twin says of a world: rows are tuples of the columns that are compared, the control's key first."""

    exceptions: list[tuple[object, ...]] = field(default_factory=list)
    undetermined: list[tuple[object, ...]] = field(default_factory=list)
    """Key and why."""
    excluded: dict[str, int] = field(default_factory=dict)
    candidates: int = 0

    def leave_out(self, why: str, rows: int = 1) -> None:
        self.excluded[why] = self.excluded.get(why, 0) + rows
        self.candidates += rows


def names(stem: str, count: int) -> Value:
    """One of `count` names, the world's own: no two worlds share one."""
    return lambda rng, tag: f"{stem}{rng.randrange(count)}.{tag}"


def of(*values: object) -> Value:
    """One of these; a value that stands several times is drawn more often."""
    return lambda rng, tag: rng.choice(values)


def seldom(value: Value, often: int = 3) -> Value:
    """A value once in `often` times, else blank."""
    return lambda rng, tag: value(rng, tag) if rng.randrange(often) == 0 else None


def days(*around: date, by: Sequence[int] = (-1, 0, 1)) -> Value:
    return of(*(one + timedelta(days=step) for one in around for step in by))


def at(day: date, hour: int = 9, minute: int = 0, second: int = 0, us: int = 0) -> int:
    """A moment of a day in Asia/Taipei, in µs."""
    return day_start_us(day) + hour * HOUR + minute * MINUTE + second * SECOND + us


def moments(*around: int, by: Sequence[int] = (-1, 0, 1)) -> Value:
    return of(*(one + step for one in around for step in by))


def near(*around: int, by: Sequence[int] = (-1, 0, 1)) -> Value:
    """A moment by the world's own anchor: which one it is hangs on the world's number."""
    return lambda rng, tag: around[tag % len(around)] + rng.choice(by)


def amounts(*values: float | str) -> Value:
    return of(*(Decimal(str(one)) for one in values))


def drawn(control: Control, rows: Mapping[str, Rows | Fixed], seed: int, tag: int) -> World:
    """The world of a seed. Of a register's rows with one natural key the first stays, as the table's view would have it."""
    rng = Random(f"{control.id} {seed}")  # noqa: S311 - worlds that are the same every time
    world: World = {}
    for need in control.needs:
        spec = rows.get(need.table.name)
        if spec is None:
            continue
        if isinstance(spec, Fixed):
            world[need.table.name] = [
                {**row, "row_id": f"{need.table.name}#{nth}"} for nth, row in enumerate(spec.rows)
            ]
            continue
        count = 0 if rng.random() < 1 / 16 else rng.randint(spec.least, spec.most)
        made = [_row(rng, need.table, spec, tag) for _ in range(count)]
        world[need.table.name] = _unlike(need.table, made)
    for name, listed in world.items():
        for nth, row in enumerate(listed):
            row.setdefault("row_id", f"{name}#{nth:03}.{tag}")
    return world


def _row(rng: Random, table: Table, spec: Rows, tag: int) -> Row:
    row: Row = {}
    for column in table.columns:
        draw = spec.columns.get(column.name)
        if draw is None:
            continue
        often = 0 if column.required else spec.blanks.get(column.name, spec.blank)
        value = draw(rng, tag)
        row[column.name] = None if often and rng.randrange(often) == 0 else value
    if "observed_at_us" in spec.columns:
        row["observed_at_us"] = spec.columns["observed_at_us"](rng, tag)
    return row


def _unlike(table: Table, rows: list[Row]) -> list[Row]:
    if table.time is not None or not table.key:
        return rows
    return list({tuple(row.get(name) for name in table.key): row for row in reversed(rows)}.values())


def together(worlds: Sequence[World]) -> World:
    """Many worlds in one set of tables."""
    merged: World = {}
    for world in worlds:
        for name, rows in world.items():
            merged.setdefault(name, []).extend(rows)
    return {name: list({row["row_id"]: row for row in rows}.values()) for name, rows in merged.items()}


class Evidence:
    """A world as a twin reads it: `evidence.orders` are its rows, every column an attribute."""

    def __init__(self, control: Control, world: World) -> None:
        self.as_of, self.begin, self.until = SPAN.as_of, SPAN.begin, SPAN.until
        self._tables = {need.table.name: list(_seen(need.table, world)) for need in control.needs}

    def __contains__(self, name: str) -> bool:
        return name in self._tables

    def __getattr__(self, name: str) -> list[Any]:
        return self._tables[name]


def _seen(table: Table, world: World) -> Iterator[SimpleNamespace]:
    for row in world.get(table.name, []):
        known = {column.name: row.get(column.name) for column in table.columns}
        if table.time is not None:
            moment = known[table.time]
            known["happened_on"] = taipei_day(moment) if isinstance(moment, int) else None
        yield SimpleNamespace(
            **known, row_id=row["row_id"], observed_at_us=row.get("observed_at_us", day_start_us(AS_OF))
        )


def day_of(us: int | None) -> date | None:
    """The Asia/Taipei day of a moment."""
    return None if us is None else taipei_day(us)


def years(day: date, count: int) -> date:
    """The same day of another year; 29 February gives the last of February."""
    try:
        return day.replace(year=day.year + count)
    except ValueError:
        return day.replace(year=day.year + count, day=28)


def clock(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour)  # noqa: DTZ001 - one zone's clock
