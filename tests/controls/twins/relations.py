"""What may be done to a world without changing what a control says of it, and, control by control, what may not and why."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from twins.worlds import DAY, SPAN, Row, World

from chahe.controls.model import Control
from chahe.engine.binding import Span
from chahe.engine.casebook import Case
from chahe.engine.engines import Engine
from chahe.engine.examine import examine
from chahe.engine.parameters import chosen
from chahe.engine.trial import evidence
from chahe.evidence.catalogue import tables
from chahe.evidence.model import Kind

Keys = list[str]
"""Keys of exceptions, keys and reasons of undetermined rows, reasons of those left out: sorted, as text."""

_NAME = re.compile(r"^(\w+?)(\d{1,2})\.(\d+)( ?)$")
_LEAP = timedelta(days=10_227)
"""Twenty-eight years: 1,461 weeks, after which weekdays and 29 February fall on the same days again."""


def said(
    engine: Engine,
    control: Control,
    world: World,
    *,
    later: timedelta = timedelta(0),
    name: Callable[[object], object] = lambda one: one,
) -> Keys:
    """What a control says of a world, whose day of the audit is so much later, each value of a key put through `name`."""
    for relation, rows in evidence(control, Case("a world", "here", given=dict(world))).items():
        engine.arrow(relation, rows)
    span = Span(SPAN.as_of + later, SPAN.begin + later, SPAN.until + later)
    result = examine(engine, control, chosen(control, {}), span)
    keys = [f"exception {[str(name(row[one])) for one in control.key]}" for row in result.exceptions]
    keys += [f"{row['why']} {[str(name(row[one])) for one in control.key]}" for row in result.undetermined]
    left_out = [why for why, count in result.excluded.items() for _ in range(count)]
    return sorted([*keys, *left_out, *["candidate"] * (result.candidates - len(left_out))])


def renamed(value: object) -> object:
    """Another name for each name, in another order; all else stays."""
    found = _NAME.match(value) if isinstance(value, str) else None
    return value if found is None else f"{found[1]}{98 - int(found[2]):02}.{9999 - int(found[3])}{found[4]}"


def _cells(control: Control, world: World, change: Callable[[Kind, str, object], object]) -> World:
    kinds = {need.table.name: {column.name: column.kind for column in need.table.columns} for need in control.needs}
    for columns in kinds.values():
        columns["observed_at_us"] = Kind.MOMENT
    return {
        table: [{name: value if name == "row_id" else change(kinds[table][name], name, value) for name, value in row.items()} for row in rows]
        for table, rows in world.items()
    }  # fmt: skip


def with_other_names(control: Control, world: World) -> World:
    return _cells(control, world, lambda kind, name, value: renamed(value))


def later(control: Control, world: World) -> World:
    """Twenty-eight years later."""
    return _cells(control, world, lambda kind, name, value: moved(value) if kind in (Kind.DATE, Kind.MOMENT) else value)


def moved(value: object, back: int = 1) -> object:
    if isinstance(value, date):
        return value + back * _LEAP
    return value + back * _LEAP.days * DAY if isinstance(value, int) and abs(value) > DAY * 3650 else value


def with_sides_swapped(control: Control, world: World) -> World:
    other = {"buy": "sell", "sell": "buy"}
    return _cells(control, world, lambda kind, name, value: other.get(str(value), value) if name == "side" else value)


def in_agreement(world: World) -> World:
    """Without records that contradict an earlier one of the same order about its side: of those the sale counts."""
    sides: dict[tuple[object, object], object] = {}

    def agrees(row: Row) -> bool:
        return sides.setdefault((row.get("account"), row.get("order_id")), row.get("side")) == row.get("side")

    return {table: [row for row in rows if agrees(row)] if table == "orders" else rows for table, rows in world.items()}


def upside_down(control: Control, world: World) -> World:  # noqa: ARG001 - every change is called alike
    return {table: rows[::-1] for table, rows in world.items()}


def with_logs_twice(control: Control, world: World) -> World:
    """Every record of a log once more, as if another file told it again."""
    logs = {need.table.name for need in control.needs if need.table.time is not None}
    again: Callable[[Row], Row] = lambda row: {**row, "row_id": f"{row['row_id']} again"}  # noqa: E731 - a lambda with its type
    return {table: [*rows, *map(again, rows)] if table in logs else rows for table, rows in world.items()}


def of_one_family(world: World) -> World:
    """Everybody bears one family name: employees, customers, relatives, agents."""
    return _with_names(world, lambda nth, name: f"陳{name}")


def with_families_split(control: Control, world: World) -> World:  # noqa: ARG001 - every change is called alike
    """The same with a family name of everybody's own, though they share address, telephone and all else."""
    return _with_names(world, lambda nth, name: f"{_FAMILIES[nth % len(_FAMILIES)]}{str(name).removeprefix('陳')}")


_FAMILIES = "林黃張李王吳劉"


def _with_names(world: World, change: Callable[[int, object], str]) -> World:
    people = {
        name: {column.name for column in tables()[name].columns} & {"name", "related_name", "agent_name"}
        for name in world
    }
    return {
        name: [{**row, **{column: change(nth, row.get(column, "")) for column in people[name] if row.get(column, "") is not None}} for nth, row in enumerate(rows)]
        for name, rows in world.items()
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Relation:
    """A change of a world, and how what is said of the changed one is read back."""

    change: Callable[[Control, World], World]
    later: timedelta = timedelta(0)
    expect: Callable[[object], object] = lambda one: one
    of: Callable[[World], World] = lambda world: world
    """The worlds it holds of."""


RELATIONS: Mapping[str, Relation] = {
    "other names": Relation(with_other_names, expect=renamed),
    "later": Relation(later, later=_LEAP, expect=moved),
    "sides swapped": Relation(with_sides_swapped, of=in_agreement),
    "upside down": Relation(upside_down),
    "logs twice": Relation(with_logs_twice),
    "families split": Relation(with_families_split, of=of_one_family),
}
"""And "strangers": the rows of other worlds beside those of one add what is said of them, and change nothing else."""

NO_LOG = "it reads no log"
FROM_LOGS = "it reads what was made of the logs, not them"
NO_SIDE = "it does not look at sides"
NO_NAMES = "it reads no names of people"
HOLD_NOT: Mapping[str, Mapping[str, str]] = {
    "complaint-step-missed": {"logs twice": NO_LOG, "sides swapped": NO_SIDE, "families split": NO_NAMES},
    "credit-assessment-missing": {
        "sides swapped": NO_SIDE,
        "logs twice": "orders are added up, and one told twice counts twice",
    },
    "customer-account-used": {"other names": "of two homes on file the first by name counts as the household"},
    "custody-of-customer-property": {
        "sides swapped": NO_SIDE, "logs twice": NO_LOG, "other names": "a mailbox of two employees goes by the first",
    },
    "customer-data-query-unapproved": {"sides swapped": NO_SIDE},
    "default-concentration": {
        "sides swapped": NO_SIDE,
        "strangers": "the firm's part of the market's defaults is of all its customers",
        "other names": "a person goes by the smallest customer number",
        "later": "halves and stretches of days are told as text",
    },
    "default-late-report": {
        "strangers": "T+3 is the next day on which anybody's settlement is on the register",
        "logs twice": NO_LOG, "sides swapped": NO_SIDE,
    },
    "disposition-prepayment-missing": {
        "sides swapped": "a buy needs money and a sale needs securities",
        "logs twice": "orders are added up, and one told twice counts twice",
        "strangers": "a day is known by anybody's file of it",
    },
    "insider-account-left-open": {
        "logs twice": NO_LOG, "sides swapped": NO_SIDE, "families split": "relatives without a national ID are sought by name",
    },
    "insider-account-lent": {
        "sides swapped": NO_SIDE,
        "other names": "of two insiders' accounts the first by number tells the pair, and of two employees of one account the first",
    },
    "loan-brokered": {"logs twice": FROM_LOGS, "sides swapped": NO_SIDE, "families split": NO_NAMES},
    "money-between-staff-and-customer": {},
    "opposite-trade-linked": {"strangers": "how long an account rested is told from the first order of anybody on record"},
    "order-over-limit": {
        "sides swapped": NO_SIDE,
        "other names": "a person goes by the smallest customer number",
        "strangers": "orders that name no account are one subject a day",
        "logs twice": "a day is replayed, and what is unclear in it told, where the sum of all its records could be too much",
    },
    "orders-copied": {
        "strangers": "what has no known representative is one book, whoever placed it", "logs twice": FROM_LOGS, "families split": NO_NAMES,
    },
    "pre-trade-check-missing": {"logs twice": "every record of an order is a subject of its own", "families split": NO_NAMES},
    "profit-guaranteed": {
        "sides swapped": NO_SIDE, "logs twice": "every record of a message is a subject of its own",
        "families split": "who wrote a message is told by name",
        "strangers": "days of which nothing is held are the firm's, not anybody's",
    },
    "recommendation-irregular": {"sides swapped": NO_SIDE, "families split": NO_NAMES},
    "restricted-sale-unapproved": {
        "sides swapped": "only sales need approval",
        "logs twice": "fills are added up, and one told twice counts twice",
    },
    "shared-contact": {"sides swapped": NO_SIDE, "logs twice": NO_LOG},
    "shared-ip": {},
    "special-customer-uncontrolled": {
        "sides swapped": "some standings forbid to buy or to sell alone",
        "other names": "of orders at one moment the one first by number counts first",
    },
    "supervision-failed": {"logs twice": NO_LOG, "sides swapped": NO_SIDE, "families split": NO_NAMES},
}  # fmt: skip
"""By control, the relations that do not hold, or say nothing, and why; all others hold."""
