"""insider-account-left-open, account by account: every reason for which its holder may be an insider."""

from collections.abc import Iterator
from datetime import date, timedelta
from types import SimpleNamespace

from twins.worlds import Evidence, Rows, Told, days, names, of, seldom, years

from chahe.engine.casebook import AS_OF

_ID = names("n", 2)
_NAME = names("name", 2)
DRAWN = {
    "employees": Rows(2, 4, {"person_id": names("e", 3), "name": _NAME, "national_id": _ID, "hired_on": days(AS_OF, AS_OF - timedelta(days=90)), "left_on": seldom(days(AS_OF, AS_OF - timedelta(days=90)), 5)}, blank=6),
    "relations": Rows(0, 3, {"person_id": names("e", 3), "related_name": _NAME, "national_id": _ID, "relation": of("spouse", "minor_child", "child", "sibling"), "related_from": seldom(days(AS_OF, AS_OF - timedelta(days=60))), "related_until": seldom(days(AS_OF), 5)}, blank=6),
    "customers": Rows(4, 6, {"customer_id": names("c", 4), "name": _NAME, "national_id": _ID, "born_on": of(*(years(AS_OF, -18) + timedelta(days=step) for step in (-1, 0, 1, 400)))}, blank=6),
    "trading_accounts": Rows(3, 7, {"account": names("a", 9), "customer_id": names("c", 4), "account_class": of("ordinary", "ordinary", "ordinary", "insider", "other", "error", "proprietary"), "opened_on": days(AS_OF, AS_OF - timedelta(days=90)), "closed_on": seldom(days(AS_OF), 5)}, blank=6),
}  # fmt: skip
ALSO = ("defect",)


def told(evidence: Evidence) -> Told:
    said = Told()
    customers = {one.customer_id: one for one in evidence.customers}
    insiders = list(_insiders(evidence))
    for account in evidence.trading_accounts:
        customer = customers.get(account.customer_id)
        reasons = list(_reasons(insiders, customer, evidence.as_of)) if customer else []
        left_out = _left_out(account, reasons, evidence.as_of)
        if left_out:
            said.leave_out(left_out)
            continue
        said.candidates += 1
        if account.account_class == "insider":
            continue
        sure = [one for one in reasons if one.doubt is None and (one.became_on or date.min) < evidence.as_of]
        doubts = [one.doubt for one in reasons if one.doubt]
        if account.account_class is None and not (doubts and not sure):
            said.undetermined.append((account.account, "no_class"))
        elif sure:
            first = min(sure, key=lambda one: (one.rank, one.became_on or date.min, one.person_id))
            since = account.opened_on and first.became_on and account.opened_on > first.became_on
            said.exceptions.append((account.account, "opened_since" if since else "left_open"))
        elif doubts:
            said.undetermined.append((account.account, "no_birthday" if "no_birthday" in doubts else "no_id"))
    return said


def _left_out(account: SimpleNamespace, reasons: list[SimpleNamespace], as_of: date) -> str | None:
    if not reasons:
        return "not_insider"
    if account.closed_on is not None and account.closed_on <= as_of:
        return "closed"
    if account.opened_on is not None and account.opened_on > as_of:
        return "not_yet"
    return "firms_own" if account.account_class in ("proprietary", "error") else None


def _insiders(evidence: Evidence) -> Iterator[SimpleNamespace]:
    """Staff employed on the day, and their spouses and children while they are so."""
    employed = {}
    for one in evidence.employees:
        back = one.hired_on and one.left_on and one.hired_on > one.left_on
        if (one.hired_on or evidence.as_of) <= evidence.as_of and (
            back or (one.left_on or evidence.as_of) >= evidence.as_of
        ):
            employed[one.person_id] = one
            yield SimpleNamespace(
                id=_id(one), name=one.name, standing="self", became_on=one.hired_on, person_id=one.person_id
            )
    for one in evidence.relations:
        lasts = (one.related_from or evidence.as_of) <= evidence.as_of <= (one.related_until or evidence.as_of)
        if one.person_id in employed and lasts and one.relation in ("spouse", "minor_child", "child"):
            since = [day for day in (employed[one.person_id].hired_on, one.related_from) if day is not None]
            yield SimpleNamespace(
                id=_id(one),
                name=one.related_name,
                standing=one.relation,
                became_on=max(since, default=None),
                person_id=one.person_id,
            )


def _id(one: SimpleNamespace) -> str | None:
    return None if one.national_id is None else one.national_id.strip().upper()


def _reasons(insiders: list[SimpleNamespace], customer: SimpleNamespace, as_of: date) -> Iterator[SimpleNamespace]:
    for one in insiders:
        known = one.id is not None and _id(customer) is not None
        if (one.id != _id(customer)) if known else (one.name is None or one.name != customer.name):
            continue
        adult = years(as_of, -18) >= customer.born_on if customer.born_on else one.standing == "child"
        if one.standing in ("minor_child", "child") and adult:
            continue
        ageless = one.standing == "minor_child" and customer.born_on is None
        doubt = "no_id" if not known else "no_birthday" if ageless else None
        rank = {"self": 0, "spouse": 1}.get(one.standing, 2)
        yield SimpleNamespace(doubt=doubt, became_on=one.became_on, rank=rank, person_id=one.person_id)
