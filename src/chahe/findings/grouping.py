"""Which findings are one case: those that share a person, an account or a thing that few people share, at any remove."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from chahe.controls.linked import Role
from chahe.findings.links import Link, Thing

CROWD: Final[Mapping[Role, int]] = {
    # Held or answered for by one or a few: a family, a firm's authorised persons.
    Role.CUSTOMER: 4,
    Role.RELATIVE: 4,
    Role.ACCOUNT: 4,
    Role.BANK_ACCOUNT: 4,
    Role.CERTIFICATE: 4,
    Role.DEVICE: 4,
    # A household or a small desk at most; beyond that an office, a carrier, a block of flats, a switchboard.
    Role.TELEPHONE: 3,
    Role.EMAIL: 3,
    Role.IP: 3,
    Role.ADDRESS: 3,
    Role.CONVERSATION: 3,
}
"""How many subjects may have a thing in common before it says nothing about any of them. A subject's own name is never crowded."""


def grouped(links: Sequence[Link]) -> list[list[Link]]:
    """The findings, those of one case together; in order of finding within, and of the first finding between.

    The order in which they are given changes nothing. Findings that name nobody are in no group.
    """
    known = sorted((one for one in links if one.joining), key=lambda one: one.found.finding)
    crowded = _crowded(known)
    roots = {thing: thing for one in known for thing in one.joining}

    def root(thing: Thing) -> Thing:
        while roots[thing] != thing:
            roots[thing] = roots[roots[thing]]
            thing = roots[thing]
        return thing

    for one in known:
        first, *others = _bringing(one, crowded)
        for other in others:
            roots[max(root(first), root(other))] = min(root(first), root(other))
    found: dict[Thing, list[Link]] = {}
    for one in known:
        found.setdefault(root(_bringing(one, crowded)[0]), []).append(one)
    return sorted(found.values(), key=lambda group: group[0].found.finding)


def _bringing(one: Link, crowded: frozenset[Thing]) -> list[Thing]:
    """The things of a finding that join it to others: its subjects always, the rest unless crowded."""
    return sorted({*one.subjects, *(one.joining - crowded)}, key=lambda thing: thing.rank)


def _crowded(links: Iterable[Link]) -> frozenset[Thing]:
    subjects: dict[Thing, set[Thing]] = {}
    for one in links:
        for thing in one.joining:
            subjects.setdefault(thing, set()).update(set(one.subjects) - {thing})
    return frozenset(thing for thing, held in subjects.items() if len(held) > CROWD.get(thing.kind, len(held)))
