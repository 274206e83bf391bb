"""shared-contact, customer by customer and employee by employee."""

from collections import defaultdict
from datetime import timedelta
from random import Random
from types import SimpleNamespace

from twins.worlds import SPAN, Evidence, Rows, Told, days, names, of, seldom

from chahe.engine.casebook import AS_OF

_OPENED = AS_OF - timedelta(days=500)
_TIES = ("address", "phone", "email", "settlement_account", "agent", "emergency_contact", "statement")


def _party(rng: Random, tag: int) -> str:
    return f"{rng.choice('cccee')}{rng.randrange(3)}.{tag}"


def _identity(rng: Random, tag: int) -> str:
    return rng.choice(("i{}.{}", "I{}.{} ", "I{}.{}")).format(rng.randrange(9), tag)


DRAWN = {
    "contact_links": Rows(2, 9, {
        "person_id": names("e", 2), "customer_id": names("c", 3), "channel": of(*_TIES, *_TIES, "address", "unread"), "level": of("unit", "building", "same_number", "floor_unknown", "neighbour"),
        "via": of("self", "self", "spouse", "parent"), "kinship": of(*[None] * 12, "kin", "inquiry", "perhaps"), "points": of(50, 100, 150, 200, 250, 300), "registered_on": days(_OPENED, AS_OF - timedelta(days=200)),
        "changed_by": seldom(names("e", 2)), "customer_row": names("k", 99),
    }, blank=20, blanks={"person_id": 0, "customer_id": 0, "points": 0, "customer_row": 0}),
    "contact_details": Rows(4, 9, {"party_kind": of("customer", "customer", "employee", "relative"), "party_id": _party, "contact_kind": of("phone"), "contact_value": names("v", 99)}),
    "customers": Rows(2, 4, {"customer_id": names("c", 3), "national_id": _identity}),
    "employees": Rows(1, 3, {"person_id": names("e", 3), "national_id": _identity, "left_on": seldom(days(AS_OF))}),
    "trading_accounts": Rows(1, 6, {"account": names("a", 9), "customer_id": names("c", 3), "representative_id": names("e", 3), "representative_from": seldom(days(AS_OF - timedelta(days=200))), "opened_on": days(_OPENED, AS_OF), "closed_on": seldom(days(SPAN.begin))}, blank=6, blanks={"representative_id": 4}),
}  # fmt: skip


ALSO = ("strength", "nearest", "standing")
_LEAST, _SERVED, _MOVED, _KEYED = 400, 100, 100, 50


def told(evidence: Evidence) -> Told:
    said = Told()
    pairs: dict[str, dict[str, list[SimpleNamespace]]] = defaultdict(lambda: defaultdict(list))
    for one in evidence.contact_links:
        if one.channel == "unread":
            if one.person_id is not None:
                said.undetermined.append((one.person_id, one.customer_id, "staff_unread"))
        elif one.customer_id is not None:
            pairs[one.customer_id][one.person_id].append(one)
    unread = {one.customer_id for one in evidence.contact_links if one.channel == "unread"}
    reached = {(one.party_kind, one.party_id) for one in evidence.contact_details}
    present = [one for one in evidence.employees if (one.left_on or evidence.as_of) >= evidence.as_of]
    said.undetermined += [
        (one.person_id, None, "staff_no_contact") for one in present if ("employee", one.person_id) not in reached
    ]
    staff = {_same(one.national_id) for one in present} - {None}
    for customer in evidence.customers:
        held = [
            one for one in evidence.trading_accounts if one.customer_id == customer.customer_id and _open(one, evidence)
        ]
        for person, links in (pairs.get(customer.customer_id) or {None: []}).items():
            why = (
                "staff"
                if _same(customer.national_id) in staff
                else "kin"
                if any(one.kinship == "kin" for one in links)
                else None
            )
            if why:
                said.leave_out(why)
                continue
            doubt = (
                "unread"
                if customer.customer_id in unread
                else None
                if ("customer", customer.customer_id) in reached
                else "no_contact"
            )
            _judge(said, (person, customer.customer_id), links, held, doubt)
    return said


def _judge(said: Told, key: tuple[str | None, str], links: list, held: list, doubt: str | None) -> None:
    said.candidates += 1
    weight, standing, tied = _weigh(key[0], links, held)
    if tied and not any(one.kinship == "perhaps" for one in links):
        nearest = "self" if any(one.via == "self" for one in links) else "through_relative"
        said.exceptions.append((*key, weight, nearest, standing))
    elif tied:
        said.undetermined.append((*key, "perhaps_kin"))
    elif links and weight + _SERVED >= _LEAST and any(one.representative_id is None for one in held):
        said.undetermined.append((*key, "no_representative"))
    elif doubt:
        said.undetermined.append((*key, doubt))


def _same(name: str | None) -> str | None:
    return None if name is None else name.strip().upper()


def _open(account: SimpleNamespace, evidence: Evidence) -> bool:
    return (account.opened_on or evidence.until) <= evidence.until and (
        account.closed_on or evidence.until
    ) >= evidence.begin


def _weigh(person: str | None, links: list[SimpleNamespace], held: list[SimpleNamespace]) -> tuple[int, str, bool]:
    """The strength, what bears it out, and whether it is a deficiency: the best of each channel, and what the employee has to do with it."""
    best = {one.channel: 0 for one in links}
    for one in links:
        best[one.channel] = max(best[one.channel], one.points)
    mine = [one for one in held if person is not None and one.representative_id == person]
    moved = any(
        link.registered_on is not None and one.opened_on is not None
        and link.registered_on > one.opened_on and link.registered_on >= (one.representative_from or one.opened_on)
        for link in links for one in mine
    )  # fmt: skip
    keyed = any(one.changed_by == person for one in links if person is not None)
    weight = sum(best.values()) + _SERVED * bool(mine) + _MOVED * moved + _KEYED * keyed
    near = any(one.channel == "address" and one.level in ("unit", "building") for one in links)
    tied = weight >= _LEAST or (near and not {"agent", "emergency_contact"}.isdisjoint(best))
    return weight, "moved" if moved else "served" if mine else "keyed" if keyed else "apart", tied
