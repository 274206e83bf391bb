"""Ties between staff, or their relatives, and customers: what they can both be reached by, and how few others can."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import log2
from typing import Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from chahe.derivations.address_levels import Level, level
from chahe.derivations.addresses import UNREAD, Door, door
from chahe.derivations.contact_parties import (
    ADDRESSES,
    Known,
    Side,
    Staff,
    identity,
    place,
    query,
    rows,
    staff,
    value_key,
)
from chahe.derivations.contact_sieve import sifted
from chahe.derivations.contact_values import mobile
from chahe.derivations.model import Condensation
from chahe.evidence.account_authorizations import table as account_authorizations
from chahe.evidence.contact_details import table as contact_details
from chahe.evidence.contact_links import table
from chahe.evidence.customers import table as customers
from chahe.evidence.employees import table as employees
from chahe.evidence.relations import table as relations
from chahe.evidence.trading_accounts import table as trading_accounts

_ACTING: Final = ("agent", "emergency_contact")
MOST: Final = 30
"""A value that more persons share ties nobody to anybody."""
OWN: Final = 400
"""What an employee may not be to a customer: the agent (18 II 17, 18), or whom the customer's statements reach."""
SAME: Final = 300
_POINTS: Final = {
    Level.UNIT: SAME,
    Level.BUILDING: 250,
    Level.SAME_NUMBER: 150,
    Level.FLOOR_UNKNOWN: 150,
    Level.NEIGHBOUR: 50,
}
_STATEMENT_ADDRESS: Final = 100
"""On top of the address: a flat that is shared openly has one letter-box, too."""


class Tie(NamedTuple):
    """One tie before the strongest of its channel is chosen. The order of the fields is the order of strength."""

    points: int
    level: Level
    own: bool
    person: str
    channel: str
    sharers: int
    side: Side
    customer: Known


@dataclass(slots=True)
class Shared:
    """What of the side of staff customers share: by value or building, the persons; and the customers' rows."""

    persons: dict[tuple[str | int | None, ...], set[str]] = field(default_factory=dict)
    hits: list[tuple[Known, Door | None]] = field(default_factory=list)
    unread: dict[str, Known] = field(default_factory=dict)

    def count(self, where: tuple[str | int | None, ...], who: str) -> None:
        self.persons.setdefault(where, set()).add(who)


def derive(found: pa.Table) -> Iterable[Mapping[str, object]]:
    """A row for the strongest tie of each employee, customer and channel, and for each person with an address that cannot be read.

    Rows of customers that can meet nothing of the side of staff are left out by whole columns, the others read a batch at a time.
    """
    side = staff(found)
    shared = Shared()
    for row in rows(sifted(found, side)):
        _look(row, side, shared)
    named = _customers(found, {row.party for row, _ in shared.hits})
    _count(side, shared, named)
    best: dict[tuple[str, str, str], Tie] = {}
    for row, read in shared.hits:
        customer = named.get(row.party)
        for tie in _ties(row, read, side, shared) if customer is not None else ():
            if not _same_person(tie, side, customer):
                key = (tie.person, row.party, tie.channel)
                held = best.get(key)
                best[key] = tie if held is None else max(held, tie, key=_strength)
    _join_lines(best)
    yield from (_row(best[key], side, named) for key in sorted(best))
    yield from _unread(side, shared)


def _look(row: Known, side: Staff, shared: Shared) -> None:
    """Keep a customer's row that meets something on the side of staff; note one that cannot be read."""
    if row.national_id in side.ids:
        shared.hits.append((row, None))
    elif (key := value_key(row)) is not None:
        if key in side.values:
            shared.hits.append((row, None))
    elif row.detail in ADDRESSES or row.detail == "statement_delivery":
        read = door(row.value or "")
        if read.status == UNREAD and row.detail in ADDRESSES:
            known = shared.unread.setdefault(row.party, row)
            shared.unread[row.party] = min(known, row, key=lambda one: one.row_id)
        if place(read) in side.doors:
            shared.hits.append((row, read))


def _customers(found: pa.Table, ids: set[str]) -> dict[str, Known]:
    wanted = pc.and_(pc.equal(found["what"], "customer"), pc.is_in(found["party"], pa.array(sorted(ids), pa.string())))
    return {row.party: row for row in rows(found, wanted)}


def _count(side: Staff, shared: Shared, named: Mapping[str, Known]) -> None:
    """Who shares each value, each building and each unit, on both sides."""
    for row, read in shared.hits:
        customer = named.get(row.party)
        # An agent's number says nothing of who else has it.
        if customer is not None and row.detail not in _ACTING:
            for where in _wheres(row, read):
                shared.count(where, identity(customer))
    for one in (one for held in (*side.values.values(), *side.doors.values()) for one in held):
        for where in _wheres(one.row, one.door):
            shared.count(where, _holder(one, side))


def _holder(one: Side, side: Staff) -> str:
    if one.relation is not None:
        return identity(one.relation)
    return identity(side.employees[one.person])


def _wheres(row: Known, read: Door | None) -> Iterator[tuple[str | int | None, ...]]:
    if read is not None:
        yield _building(read)
        yield (*_building(read), *read.unit)
    elif (key := value_key(row)) is not None:
        yield (key,)


def _building(read: Door) -> tuple[str | int | None, ...]:
    return (read.county, read.district, *read.building) if read.number else (read.text,)


def _ties(row: Known, read: Door | None, side: Staff, shared: Shared) -> Iterator[Tie]:
    if read is not None:
        yield from _by_address(row, read, side, shared)
        return
    acting = row.detail if row.what == "contact" and row.detail in _ACTING else None
    if acting is not None or row.what == "authority":
        for one in side.ids.get(row.national_id or "", ()):
            yield from _tied(row, one, acting or "agent", 2)
    for one in side.values.get(value_key(row) or "", ()):
        sharers = _sharers(one, side, shared)
        yield from _tied(row, one, acting or _channel(one.row), sharers)
        if row.detail == "statement_delivery" and one.via == "self":
            yield from _tied(row, one, "statement", sharers)


def _tied(row: Known, one: Side, channel: str, sharers: int) -> Iterator[Tie]:
    own = one.via == "self"
    base = OWN if own and channel in ("agent", "statement") else SAME
    points = strength(base, sharers)
    if points and row.meets(one.row) and (one.relation is None or row.meets(one.relation)):
        yield Tie(points, Level.NONE, own, one.person, channel, sharers, one, row)


def _by_address(row: Known, read: Door, side: Staff, shared: Shared) -> Iterator[Tie]:
    for one in side.doors.get(place(read), ()):
        near = level(one.door, read) if one.door is not None else Level.NONE
        if near is Level.NONE or not row.meets(one.row) or (one.relation is not None and not row.meets(one.relation)):
            continue
        sharers = _sharers(one, side, shared, within_unit=near is Level.UNIT)
        points, own = strength(_POINTS[near], sharers), one.via == "self"
        if points:
            yield Tie(points, near, own, one.person, "address", sharers, one, row)
            if row.detail == "statement_delivery" and own and near is Level.UNIT:
                yield Tie(_STATEMENT_ADDRESS, near, own, one.person, "statement", sharers, one, row)


def _sharers(one: Side, side: Staff, shared: Shared, *, within_unit: bool = False) -> int:
    """How many share it, the employee with the relatives counted as one; two at least.

    What is the employee's own alone (mobile phone, mail, bank account) is not made common by the customers who write it down:
    there only other staff count, who show it to be the office's.
    """
    where: tuple[str | int | None, ...] = (value_key(one.row),)
    if one.door is not None:
        where = (*_building(one.door), *one.door.unit) if within_unit else _building(one.door)
    others = shared.persons.get(where, set()) - side.household(one.person)
    if one.door is None and one.via == "self" and _channel(one.row) != "line":
        return 2 + len(others & {identity(row) for row in side.employees.values()})
    return max(2, 1 + len(others))


def _channel(row: Known) -> str:
    """phone, line (of a house or an office), email or settlement_account."""
    kind, _, value = (value_key(row) or "").partition(" ")
    return "line" if kind == "phone" and not mobile(value) else kind


def strength(points: int, sharers: int) -> int:
    """The points of what two share, less a quarter for each doubling of those who do; 0 for more than MOST."""
    return 0 if sharers > MOST else round(points * max(0.0, 1 - log2(sharers / 2) / 4))


def _same_person(tie: Tie, side: Staff, customer: Known | None) -> bool:
    own = side.employees[tie.person].national_id
    return customer is not None and own is not None and own == customer.national_id


def _strength(tie: Tie) -> tuple[object, ...]:
    """Stronger is greater; of equals the row that comes first."""
    rows_last = tuple(-ord(char) for char in f"{tie.customer.row_id} {tie.side.row.row_id}")
    return tie.points, tie.level, tie.own, tie.customer.detail == "statement_delivery", rows_last


def _join_lines(best: dict[tuple[str, str, str], Tie]) -> None:
    """Lines of a house become telephones, but with the same unit they are no second proof: they are the flat's."""
    for person, customer, channel in sorted(best):
        if channel == "line":
            tie = best.pop((person, customer, channel))
            address = best.get((person, customer, "address"))
            if address is None or address.level is not Level.UNIT:
                key = (person, customer, "phone")
                best[key] = max(best.get(key, tie), tie, key=_strength)._replace(channel="phone")


def _row(tie: Tie, side: Staff, named: Mapping[str, Known]) -> Mapping[str, object]:
    return {
        "person_id": tie.person,
        "customer_id": tie.customer.party,
        "channel": tie.channel,
        "level": tie.level.name.lower() if tie.level else None,
        "via": tie.side.via,
        "kinship": _kinship(tie, side, named[tie.customer.party]),
        "sharers": tie.sharers,
        "points": tie.points,
        "registered_on": tie.customer.begins,
        "changed_by": tie.customer.further,
        "staff_row": tie.side.row.row_id,
        "customer_row": tie.customer.row_id,
        "relation_row": tie.side.relation.row_id if tie.side.relation else None,
        "row_id": tie.customer.row_id,
    }


def _kinship(tie: Tie, side: Staff, customer: Known) -> str | None:
    """What the records say of customer and employee being one family. A name alone neither makes kin nor excludes it for certain."""
    found = None
    for one in side.relations.get(tie.person, ()):
        if one.kind == "nominee" or not one.meets(tie.customer):
            continue
        if one.national_id is not None and one.national_id == customer.national_id:
            return "inquiry" if one.detail in ("inquiry", None) else "kin"
        if _perhaps(one, customer):
            found = "perhaps"
    return "perhaps" if _perhaps(side.employees[tie.person], customer) else found


def _perhaps(one: Known, customer: Known) -> bool:
    missing = one.national_id is None or customer.national_id is None
    return missing and (one.name == customer.name or one.name is None or customer.name is None)


def _unread(side: Staff, shared: Shared) -> Iterator[Mapping[str, object]]:
    first: dict[str, Known] = {}
    for row in sorted(side.unread, key=lambda one: one.row_id):
        first.setdefault(row.party, row)
    for person, row in sorted(first.items()):
        yield {"person_id": person, "channel": "unread", "staff_row": row.row_id, "row_id": row.row_id}
    for customer, row in sorted(shared.unread.items()):
        yield {"customer_id": customer, "channel": "unread", "customer_row": row.row_id, "row_id": row.row_id}


derivation = Condensation(
    table, (contact_details, employees, relations, customers, account_authorizations, trading_accounts), query, derive
)
