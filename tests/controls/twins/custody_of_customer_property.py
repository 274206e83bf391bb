"""custody-of-customer-property: item by item of the checks, statement by statement, and desk by desk."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from types import SimpleNamespace

from twins.hands import spelled
from twins.worlds import SPAN, Evidence, Rows, Told, days, names, of, seldom

from chahe.engine.casebook import AS_OF

_HALF_YEAR_AGO = date(2026, 5, 22)
_DAY = AS_OF - timedelta(days=40)
_EDGES = (*[_DAY] * 3, AS_OF, SPAN.begin)
_PERSON, _CUSTOMER, _ID = names("e", 3), names("c", 3), names("N", 4)
DRAWN = {
    "property_checks": Rows(2, 8, {
        "check_id": names("p", 30), "person_id": _PERSON, "item_no": of(1, 2), "checked_on": days(*_EDGES, _HALF_YEAR_AGO, _HALF_YEAR_AGO), "inspector_id": lambda rng, tag: f"{rng.choice(('i0', 'i0', 'e0', 'e1'))}.{tag}",
        "item_kind": of(*["none"] * 4, "passbook", "seal", "cash", "other"), "owner_id": _CUSTOMER, "receipt": seldom(of("R-1", "R-2", " ")),
    }, blank=9, blanks={"item_no": 2, "receipt": 0}),
    "statement_deliveries": Rows(1, 5, {"delivery_id": names("d", 30), "customer_id": _CUSTOMER, "delivered_on": days(*_EDGES), "sent_to": spelled("m", 3), "taken_by_id": seldom(_PERSON)}, blanks={"taken_by_id": 0}),
    "contact_details": Rows(2, 8, {
        "party_kind": of("employee", "employee", "relative", "relative", "customer"), "party_id": lambda rng, tag: f"{rng.choice(('e0', 'e1', 'e2', 'n0', 'n1', 'n2'))}.{tag}",
        "contact_kind": of(*["email"] * 6, "phone"), "contact_value": spelled("m", 3), "used_until": seldom(days(SPAN.begin), 2),
    }),
    "trading_accounts": Rows(1, 4, {"account": names("a", 9), "customer_id": _CUSTOMER, "representative_id": _PERSON, "opened_on": seldom(days(AS_OF), 2), "closed_on": seldom(days(AS_OF), 3)}, blank=12),
    "employees": Rows(1, 3, {"person_id": _PERSON, "national_id": _ID, "hired_on": of(date(2020, 1, 1), date(2020, 1, 1), *(_HALF_YEAR_AGO + timedelta(days=step) for step in (-1, 0)), AS_OF - timedelta(days=1), AS_OF), "left_on": seldom(days(AS_OF), 2)}, blank=9),
    "customers": Rows(1, 3, {"customer_id": _CUSTOMER, "national_id": _ID}),
    "relations": Rows(0, 4, {"person_id": _PERSON, "related_name": names("r", 4), "national_id": _ID, "relation": of("spouse", "parent", "other", "nominee"), "related_from": seldom(days(_DAY), 2), "related_until": seldom(days(_DAY), 2)}),
}  # fmt: skip
ALSO = ("happened_on", "defect")
DEFECTS = ("held", "sent_to_staff", "unchecked")


def told(evidence: Evidence) -> Told:
    said, house = Told(), _House(evidence)
    for one in evidence.property_checks:
        if one.item_kind != "none":
            key = ("item", one.person_id, one.owner_id, one.check_id, one.item_no, one.item_kind)
            kin = house.kin({one.person_id}, one.owner_id, one.checked_on)
            left_out = _not_then(evidence, one.checked_on) or (
                "kin" if kin else "in_transit" if (one.receipt or "").strip() else None
            )
            state = "no_result" if one.item_kind is None else "no_owner" if one.owner_id is None else "held"
            _say(said, key, one.checked_on, left_out, state)
    for one in evidence.statement_deliveries:
        hands = {one.taken_by_id} if one.taken_by_id is not None else house.mailboxes[_mail(one.sent_to)]
        key = ("delivery", min(hands, default=None), one.customer_id, one.delivery_id, None, "statement")
        kin = house.kin(hands, one.customer_id, one.delivered_on)
        left_out = _not_then(evidence, one.delivered_on) or ("kin" if kin else None)
        _say(said, key, one.delivered_on, left_out, "sent_to_staff" if hands else "good")
    for person in {one.representative_id for one in evidence.trading_accounts if _serves(one, evidence.as_of)}:
        key = ("desk", person, None, None, None, None)
        checked = max(house.checks(person), default=None)
        _say(said, key, checked, "left" if house.has_left(person) else None, house.desk(person, checked))
    return said


def _say(said: Told, key: tuple[object, ...], day: date | None, left_out: str | None, state: str) -> None:
    if left_out:
        said.leave_out(left_out)
        return
    said.candidates += 1
    if state in ("no_result", "no_owner"):
        said.undetermined.append((*key, state))
    elif state != "good":
        said.exceptions.append((*key, day, state))


def _not_then(evidence: Evidence, day: date | None) -> str | None:
    if day is None:
        return None
    return "before" if day < evidence.begin else "after" if day > evidence.as_of else None


def _serves(account: SimpleNamespace, day: date) -> bool:
    closed = account.closed_on is not None and account.closed_on <= day
    return account.representative_id is not None and not closed and (account.opened_on or day) <= day


def _mail(text: str | None) -> str | None:
    return None if text is None else text.strip().lower()


class _House:
    """Whose mailbox is whose, who is kin to whom, and when desks were checked."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.employees = {one.person_id: one for one in evidence.employees}
        self.ids = {one.customer_id: one.national_id for one in evidence.customers}
        self.mailboxes: dict[str | None, set[str]] = defaultdict(set)
        for one in evidence.contact_details:
            if (
                one.contact_kind == "email"
                and one.contact_value is not None
                and (one.used_until or evidence.begin) >= evidence.begin
            ):
                self.mailboxes[_mail(one.contact_value)].update(self._parties(one))

    def _parties(self, contact: SimpleNamespace) -> Iterator[str]:
        """The employee whose contact it is, or the employees whose relative has it."""
        if contact.party_kind == "employee" and contact.party_id in self.employees:
            yield contact.party_id
        if contact.party_kind == "relative":
            for one in self.evidence.relations:
                if one.national_id is not None and one.national_id.lower() == contact.party_id:
                    yield one.person_id

    def kin(self, persons: set[str], customer: str | None, day: date | None) -> bool:
        """Is the customer one of these employees, or kin of theirs on that day? Whose name is merely used is none."""
        holder = self.ids.get(customer)
        if holder is None:
            return False
        if any(person in self.employees and self.employees[person].national_id == holder for person in persons):
            return True
        return any(
            one.person_id in persons and one.national_id == holder and one.relation != "nominee"
            and (day is None or (one.related_from or day) <= day <= (one.related_until or day))
            for one in self.evidence.relations
        )  # fmt: skip

    def checks(self, person: str) -> Iterator[date]:
        """The days on which somebody else checked a desk and wrote down what was found."""
        for one in self.evidence.property_checks:
            by_another = one.inspector_id is not None and one.inspector_id != person and one.item_kind is not None
            if (
                one.person_id == person
                and by_another
                and one.checked_on is not None
                and one.checked_on <= self.evidence.as_of
            ):
                yield one.checked_on

    def has_left(self, person: str) -> bool:
        """Whoever was hired after the day of leaving is back."""
        one = self.employees.get(person)
        back = one is not None and one.hired_on and one.left_on and one.hired_on > one.left_on
        return one is not None and one.left_on is not None and one.left_on < self.evidence.as_of and not back

    def desk(self, person: str, checked: date | None) -> str:
        hired = self.employees[person].hired_on if person in self.employees else None
        counts_from = max((day for day in (checked, hired) if day is not None), default=None)
        return "unchecked" if counts_from is None or counts_from < _HALF_YEAR_AGO else "good"
