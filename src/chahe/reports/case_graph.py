"""Where the people and things of a case stand in its picture: columns by distance from its subjects. The same case, the same places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from unicodedata import east_asian_width

from chahe.findings.casefiles import Case
from chahe.findings.links import Thing

DRAWN: Final = 48
"""The most that a picture shows: beyond that nobody can read it. The tables hold all."""
WIDTH: Final = 200
HEIGHT: Final = 30
_ACROSS: Final = 290
_DOWN: Final = 46
_EDGE: Final = 12
_ROOM: Final = 26
"""Half-width letters that fit into a box."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A person or thing, and the upper left corner of its box."""

    thing: Thing
    number: int
    """Its place among the case's people, from 1."""
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Line:
    """All ties between two: the path of the line, where its label stands, and the numbers of the ties from 1."""

    path: str
    x: int
    y: int
    ties: tuple[int, ...]
    strength: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in units of a pixel, and how many people and things are left out of it."""

    width: int
    height: int
    spots: tuple[Spot, ...]
    lines: tuple[Line, ...]
    left_out: int


def picture(case: Case) -> Picture:
    """Lay a case out. Whole numbers only, so that every machine draws the same."""
    things = [one.thing for one in case.people]
    near = _neighbours(case, things)
    distance = _distances(case.subjects, near, things)
    shown = sorted(things, key=lambda thing: (distance[thing], -len(near[thing]), thing.rank))[:DRAWN]
    columns = _columns(shown, distance, near)
    tallest = max(len(column) for column in columns)
    numbers = {thing: nth for nth, thing in enumerate(things, 1)}
    spots = {
        thing: Spot(
            thing,
            numbers[thing],
            _EDGE + nth * _ACROSS,
            _EDGE + place * _DOWN + (tallest - len(column)) * _DOWN // 2,
        )
        for nth, column in enumerate(columns)
        for place, thing in enumerate(column)
    }
    return Picture(
        width=2 * _EDGE + (len(columns) - 1) * _ACROSS + WIDTH + (_ACROSS - WIDTH) // 2,
        height=2 * _EDGE + (tallest - 1) * _DOWN + HEIGHT,
        spots=tuple(sorted(spots.values(), key=lambda spot: spot.number)),
        lines=_lines(case, spots),
        left_out=len(things) - len(shown),
    )


def fitted(label: str) -> str:
    """A label as far as it fits into its box; the whole of it is in the tables, and told to screen readers."""
    room, taken = _ROOM, ""
    for letter in label:
        room -= 2 if east_asian_width(letter) in "WF" else 1
        if room < 0:
            return taken[:-1] + "…"
        taken += letter
    return taken


def _neighbours(case: Case, things: Sequence[Thing]) -> Mapping[Thing, set[Thing]]:
    near: dict[Thing, set[Thing]] = {thing: set() for thing in things}
    for bond in case.bonds:
        near[bond.one].add(bond.other)
        near[bond.other].add(bond.one)
    return near


def _distances(
    subjects: Sequence[Thing], near: Mapping[Thing, set[Thing]], things: Sequence[Thing]
) -> Mapping[Thing, int]:
    """Steps from the nearest subject; what no tie leads to stands one step beyond all."""
    distance = dict.fromkeys(subjects, 0)
    reached = list(subjects)
    for thing in reached:
        for other in sorted(near[thing], key=lambda one: one.rank):
            if other not in distance:
                distance[other] = distance[thing] + 1
                reached.append(other)
    beyond = max(distance.values()) + 1
    return {thing: distance.get(thing, beyond) for thing in things}


def _columns(
    shown: Sequence[Thing], distance: Mapping[Thing, int], near: Mapping[Thing, set[Thing]]
) -> list[list[Thing]]:
    """Each column in the order of what it is tied to in the one before, so that few lines cross."""
    columns: list[list[Thing]] = []
    for step in sorted({distance[thing] for thing in shown}):
        before = {thing: nth for nth, thing in enumerate(columns[-1])} if columns else {}
        column = [thing for thing in shown if distance[thing] == step]
        columns.append(sorted(column, key=lambda thing: (_middle(near[thing], before), thing.rank)))
    return columns


def _middle(near: set[Thing], before: Mapping[Thing, int]) -> int:
    """A hundred times the mean place of those it is tied to."""
    places = [before[thing] for thing in near if thing in before]
    return 100 * sum(places) // len(places) if places else 0


def _lines(case: Case, spots: Mapping[Thing, Spot]) -> tuple[Line, ...]:
    ties: dict[tuple[Thing, Thing], list[int]] = {}
    strength: dict[tuple[Thing, Thing], int] = {}
    for number, bond in enumerate(case.bonds, 1):
        if bond.one in spots and bond.other in spots:
            pair = (bond.one, bond.other)
            ties.setdefault(pair, []).append(number)
            strength[pair] = max(strength.get(pair, 0), bond.strength)
    return tuple(_line(spots[one], spots[other], ties[one, other], strength[one, other]) for one, other in ties)


def _line(one: Spot, other: Spot, ties: Sequence[int], strength: int) -> Line:
    left, right = sorted((one, other), key=lambda spot: (spot.x, spot.y))
    x1, y1 = left.x + WIDTH, left.y + HEIGHT // 2
    y2 = right.y + HEIGHT // 2
    if left.x == right.x:
        out = x1 + (_ACROSS - WIDTH) // 2
        path = f"M{x1} {y1} C{out} {y1} {out} {y2} {x1} {y2}"
        return Line(path, x1 + (out - x1) * 3 // 4, (y1 + y2) // 2, tuple(ties), strength)
    x2 = right.x
    middle = (x1 + x2) // 2
    path = f"M{x1} {y1} C{middle} {y1} {middle} {y2} {x2} {y2}"
    return Line(path, middle, (y1 + y2) // 2, tuple(ties), strength)
