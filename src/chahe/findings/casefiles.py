"""Cases: the findings of an audit that belong together, with their people and things, ties, time line and rank."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from chahe.findings.grouping import CROWD, grouped
from chahe.findings.links import Bond, Found, Link, Moment, Owner, Thing, link
from chahe.findings.ranking import Rank, rank
from chahe.findings.typologies import typologies
from chahe.wording import Text


@dataclass(frozen=True, slots=True)
class Person:
    """A person or thing in a case, what is more said of it, and the findings that name it."""

    thing: Thing
    called: Text | None
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case. Everything in it is in a settled order; the same findings give the same case."""

    id: str
    """`case-` and ten hex digits that stand for its first subject: the same tomorrow as long as that subject is in it."""
    subjects: tuple[Thing, ...]
    """Whose case it is: staff if there are any, else customers, else things."""
    looks_like: tuple[Text, ...]
    rank: Rank
    people: tuple[Person, ...]
    bonds: tuple[Bond, ...]
    """Each pair and reason once, with the records of every finding that shows it."""
    moments: tuple[Moment, ...]
    found: tuple[Found, ...]
    """The gravest first."""
    adjoining: tuple[Found, ...]
    """Findings of other cases, or of none, that name one of its people, accounts or things: shown with it, not counted in its rank."""
    related: tuple[tuple[str, Thing], ...]
    """Other cases that name the same person or thing, and which."""

    @property
    def rows(self) -> tuple[str, ...]:
        """The ids of all evidence behind its ties and events."""
        behind = [*(one.rows for one in self.bonds), *(one.rows for one in self.moments)]
        return tuple(dict.fromkeys(row for rows in behind for row in rows))


def cases(found: Sequence[Found], owners: Mapping[Thing, Owner], as_of: date) -> list[Case]:
    """The cases of an audit, worst first, ties by id. The order of `found` changes nothing.

    A finding that no other joins and that ties nobody to anything is no case: it stands among the findings as it is.
    """
    links = [link(one, owners) for one in sorted(found, key=lambda one: one.finding)]
    groups = {_id(group): group for group in grouped(links) if len(group) > 1 or group[0].tied}
    holders: dict[Thing, set[str]] = {}
    for name, group in groups.items():
        for one in group:
            for thing in one.things:
                holders.setdefault(thing, set()).add(name)
    naming: dict[Thing, list[Link]] = {}
    for one in links:
        for thing in one.things:
            naming.setdefault(thing, []).append(one)
    made = [_case(name, group, _adjoining(group, naming, holders), holders, as_of) for name, group in groups.items()]
    return sorted(made, key=lambda one: (-one.rank.score, one.id))


def _adjoining(
    group: Sequence[Link], naming: Mapping[Thing, Sequence[Link]], holders: Mapping[Thing, set[str]]
) -> list[Link]:
    """Findings outside that name what joins those within, unless it is named by a crowd of cases; in order of finding."""
    within = {one.found.finding for one in group}
    core = {thing for one in group for thing in one.joining}
    near = {
        one.found.finding: one
        for thing in core
        if len(holders[thing]) <= CROWD.get(thing.kind, len(holders[thing]))
        for one in naming[thing]
        if one.found.finding not in within
    }
    return [near[finding] for finding in sorted(near)]


def _case(
    name: str, group: Sequence[Link], adjoining: Sequence[Link], holders: Mapping[Thing, set[str]], as_of: date
) -> Case:
    shown = [*group, *adjoining]
    return Case(
        id=name,
        subjects=_subjects(group),
        looks_like=tuple(one.title for one in typologies(shown)),
        rank=rank(group, as_of),
        people=_people(shown),
        bonds=_bonds(shown),
        moments=_moments(shown),
        found=tuple(
            one.found
            for one in sorted(group, key=lambda one: (-one.found.severity, one.found.control, one.found.finding))
        ),
        adjoining=tuple(one.found for one in adjoining),
        related=_related(name, group, holders),
    )


def _subjects(group: Sequence[Link]) -> tuple[Thing, ...]:
    every = sorted({thing for one in group for thing in one.subjects}, key=lambda thing: thing.rank)
    return tuple(thing for thing in every if thing.role == every[0].role)


def _id(group: Sequence[Link]) -> str:
    first = _subjects(group)[0]
    return f"case-{sha256(f'{first.role} {first.value}'.encode()).hexdigest()[:10]}"


def _people(group: Sequence[Link]) -> tuple[Person, ...]:
    named: dict[Thing, list[str]] = {}
    called: dict[Thing, Text | None] = {}
    for one in group:
        for thing, more in one.things.items():
            named.setdefault(thing, []).append(one.found.finding)
            called[thing] = called.get(thing) or more
    return tuple(
        Person(thing, called[thing], tuple(named[thing])) for thing in sorted(named, key=lambda thing: thing.rank)
    )


def _bonds(group: Sequence[Link]) -> tuple[Bond, ...]:
    """Ties between the same two for the same reason are one, as strong as the strongest."""
    # Two controls may word one reason in two ways in English.
    merged: dict[tuple[Thing, Thing, str], Bond] = {}
    for bond in (bond for one in group for bond in one.bonds):
        one, other = sorted((bond.one, bond.other), key=lambda thing: thing.rank)
        held = merged.get((one, other, bond.what.zh))
        rows = tuple(dict.fromkeys((*(held.rows if held else ()), *bond.rows)))
        strength = max(bond.strength, held.strength if held else 0)
        merged[one, other, bond.what.zh] = Bond(one, other, held.what if held else bond.what, strength, rows)
    return tuple(sorted(merged.values(), key=lambda one: (one.one.rank, one.other.rank, -one.strength, one.what)))


def _moments(group: Sequence[Link]) -> tuple[Moment, ...]:
    """In order of time; what several findings tell of the same records stands once, with each of them."""
    merged: dict[tuple[date, int | None, Text, tuple[str, ...]], tuple[str, ...]] = {}
    for one in (one for member in group for one in member.moments):
        place = (one.day, one.at_us, one.what, one.rows)
        merged[place] = (*merged.get(place, ()), *one.findings)
    ordered = sorted(merged.items(), key=lambda item: (item[0][0], item[0][1] or 0, item[1], item[0][2:]))
    return tuple(Moment(*place, findings) for place, findings in ordered)


def _related(name: str, group: Sequence[Link], holders: Mapping[Thing, set[str]]) -> tuple[tuple[str, Thing], ...]:
    """Things that a crowd of cases names relate none of them."""
    shared = {
        (other, thing)
        for one in group
        for thing in one.things
        if 1 < len(holders[thing]) <= 2 * CROWD.get(thing.kind, len(holders[thing]))
        for other in holders[thing] - {name}
    }
    return tuple(sorted(shared, key=lambda one: (one[0], one[1].rank)))
