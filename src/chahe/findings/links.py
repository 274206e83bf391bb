"""What one finding says about people and things: its row read by the control's declaration."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from chahe.controls.linked import By, Event, Family, Linked, Node, Role, Tie, Trait
from chahe.rules.periods import taipei_day
from chahe.wording import Text

_T = TypeVar("_T")
_HOLDS = Text("為其所有", "is the holder's")
_NAMED = Text("姓名只與這位員工相同", "bears only this employee's name")
_OWNED, _ALIKE = 90, 60
"""Strength of a holder on the list, and of a name alone."""


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """A person or thing: the value of its role, and the value by which it is known."""

    role: str
    value: str

    @property
    def kind(self) -> Role:
        return Role(self.role)

    @property
    def rank(self) -> tuple[int, str, str]:
        """Staff first, then customers, then things."""
        return _RANKS[self.kind], self.role, self.value


_RANKS = {role: nth for nth, role in enumerate(Role)}


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a thing is, as a list says: `row` is that list's record."""

    thing: Thing
    row: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A finding as an audit tells it, with its control's declaration. `severity` is 1 to 5."""

    finding: str
    control: str
    title: Text
    severity: int
    message: Text
    row: Mapping[str, object]
    linked: Linked
    words: Mapping[str, Mapping[str, Text]]
    """By column, what codes of the row are called."""


@dataclass(frozen=True, slots=True)
class Bond:
    """What ties two things, in one finding or by a list: the records are behind it."""

    one: Thing
    other: Thing
    what: Text
    strength: int
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """Something dated that a finding's records show. `at_us` is None where only the day is known."""

    day: date
    at_us: int | None
    what: Text
    rows: tuple[str, ...]
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A finding with the people and things it speaks of."""

    found: Found
    things: Mapping[Thing, Text | None]
    """What is more said of each (which relative), if anything is."""
    joining: frozenset[Thing]
    """Those that bring findings together."""
    bonds: tuple[Bond, ...]
    moments: tuple[Moment, ...]
    confidence: int
    money: int
    traits: tuple[Trait, ...]
    tied: bool
    """Does the finding itself tie people or things, so that it is a case even alone?"""

    @property
    def family(self) -> Family:
        return self.found.linked.family

    @property
    def subjects(self) -> tuple[Thing, ...]:
        """Whose finding it is: its staff; without them its customers; without them the first of its things."""
        ordered = sorted(self.joining, key=lambda thing: thing.rank)
        return tuple(thing for thing in ordered if thing.role == ordered[0].role)


def link(found: Found, owners: Mapping[Thing, Owner]) -> Link:
    """Read a finding's row. `owners` says whose accounts are, and which employee a written name is.

    Columns that are null, or that the row does not have, name nothing.
    """
    row, linked = found.row, found.linked
    named: dict[str, Thing] = {}
    things: dict[Thing, Text | None] = {}
    joining: set[Thing] = set()
    bonds: list[Bond] = []
    for node in linked.nodes:
        written = _thing(node, row)
        if written is None:
            continue
        owner = owners.get(written)
        # A speaker who is known is the employee, an account stays beside its holder.
        thing = owner.thing if owner and written.kind is Role.SPEAKER else written
        named[node.column] = thing
        for one in {thing, owner.thing if owner else thing}:
            things[one] = things.get(one) or (_word(found, node.called) if one == thing else None)
            if node.joins:
                joining.add(one)
        if owner:
            bonds.append(_owned(written, owner, things))
    told = [bond for tie in linked.ties if (bond := _bond(tie, found, named)) is not None]
    return Link(
        found=found,
        things=things,
        joining=frozenset(joining),
        bonds=(*bonds, *told),
        moments=_moments(found),
        confidence=_chosen(linked.confidence, row),
        money=sum(_amount(row.get(column)) for column in linked.money),
        traits=_chosen(linked.traits, row),
        tied=bool(told),
    )


def written(linked: Linked, row: Mapping[str, object]) -> set[Thing]:
    """What a finding's row names, before anything is known about whose it is."""
    return {thing for node in linked.nodes if (thing := _thing(node, row)) is not None}


def _thing(node: Node, row: Mapping[str, object]) -> Thing | None:
    value = row.get(node.column)
    if value is None or value == "":
        return None
    role: Role = _chosen(node.role, row)
    return Thing(role.value, str(value))


def _owned(written: Thing, owner: Owner, things: dict[Thing, Text | None]) -> Bond:
    if written.kind is not Role.SPEAKER:
        return Bond(written, owner.thing, _HOLDS, _OWNED, (owner.row,))
    things.setdefault(written, None)
    return Bond(written, owner.thing, _NAMED, _ALIKE, (owner.row,))


def _bond(tie: Tie, found: Found, named: Mapping[str, Thing]) -> Bond | None:
    ends = [next((named[column] for column in columns if column in named), None) for columns in tie.ends]
    one, other = ends
    if one is None or other is None or one == other:
        return None
    more = _word(found, tie.told) if tie.told else None
    what = Text(f"{tie.what.zh}（{more.zh}）", f"{tie.what.en} ({more.en})") if more else tie.what
    return Bond(one, other, what, tie.strength, _rows(tie.rows, found.row))


def _moments(found: Found) -> tuple[Moment, ...]:
    """A last event that is the first one, told by the same records, is told once."""
    told: dict[tuple[object, ...], Moment] = {}
    for event in found.linked.events:
        one = _moment(event, found)
        if one is not None:
            told.setdefault((one.day, one.at_us, one.rows), one)
    return tuple(told.values())


def _moment(event: Event, found: Found) -> Moment | None:
    value = found.row.get(event.column)
    rows = _rows(event.rows, found.row)
    if isinstance(value, int) and event.column.endswith("_us"):
        return Moment(taipei_day(value), value, event.what, rows, (found.finding,))
    if isinstance(value, str):
        return Moment(date.fromisoformat(value), None, event.what, rows, (found.finding,))
    return None


def _rows(columns: tuple[str, ...], row: Mapping[str, object]) -> tuple[str, ...]:
    """The ids, each once, in the order of the columns."""
    return tuple(dict.fromkeys(str(row[column]) for column in columns if row.get(column) is not None))


def _word(found: Found, column: str | None) -> Text | None:
    """A code in words; the pair of wordings; or the value as it is."""
    if column is None:
        return None
    pair = found.row.get(f"{column}_zh"), found.row.get(f"{column}_en")
    if any(pair):
        return Text(str(pair[0] or "").strip("、， "), str(pair[1] or "").strip(", "))
    value = found.row.get(column)
    if value is None or value == "":
        return None
    return found.words.get(column, {}).get(str(value)) or Text(str(value), str(value))


def _chosen(given: _T | By[_T], row: Mapping[str, object]) -> _T:
    if not isinstance(given, By):
        return given
    return given.values.get(str(row.get(given.column)), given.otherwise)


def _amount(value: object) -> int:
    """Whole NT$; what is no number counts nothing."""
    try:
        return abs(int(float(str(value)))) if value is not None else 0
    except ValueError:
        return 0
