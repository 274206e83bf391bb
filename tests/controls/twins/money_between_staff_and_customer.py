"""money-between-staff-and-customer, pair by pair of an employee and a customer."""

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

from twins.worlds import Evidence, Rows, Told, amounts, days, names, of, seldom, years

from chahe.engine.casebook import AS_OF

_SINCE = years(AS_OF, -3)
_TRIFLE, _SINGLE, _TOTAL, _HUB = 5_000, 30_000, 100_000, 3
_AMOUNT = amounts(4999, 4999, 5000, 5000, 5000, 29_999, 30_000)
DRAWN = {
    "staff_money": Rows(2, 12, {
        "person_id": names("e", 2), "customer_id": names("c", 5), "number": of(*range(1, 9)), "paid_on": days(AS_OF, _SINCE, AS_OF - timedelta(days=99), AS_OF - timedelta(days=50)),
        "towards": of("staff", "staff", "staff", "customer"), "amount": _AMOUNT, "year_amount": amounts(4999, 5000, 9999, 99_999, 100_000),
        "way": of(*["direct"] * 4, "relative", "passed_on", "name_only"), "circled": of(*[False] * 9, True), "own_customer": of(False, False, True),
        "set_apart": seldom(of("kin", "colleagues", "not_staff_then", "not_customer_then"), 4), "unsure": seldom(of("name_only", "identity", "amount", "shared_account"), 6),
    }, blanks={"customer_id": 0}),
    "employees": Rows(1, 4, {"person_id": names("e", 3), "left_on": seldom(days(_SINCE))}),
}  # fmt: skip
ALSO = ("defect", "payments", "received", "paid")


def told(evidence: Evidence) -> Told:
    said = Told()
    pairs: dict[tuple[str, str], list[SimpleNamespace]] = defaultdict(list)
    for one in evidence.staff_money:
        if one.customer_id is not None and one.paid_on is not None and _SINCE <= one.paid_on <= evidence.as_of:
            pairs[one.person_id, one.customer_id].append(one)
    spokes: dict[str, int] = defaultdict(int)
    for (person, _), payments in pairs.items():
        spokes[person] += any(_weighs(one) for one in payments)
    for key, payments in pairs.items():
        _judge(said, key, payments, spokes[key[0]] >= _HUB)
    seen = {one.person_id for one in evidence.staff_money if one.customer_id is None}
    for one in evidence.employees:
        if one.left_on is not None and one.left_on < _SINCE:
            said.leave_out("left_before")
        elif one.person_id not in seen:
            said.leave_out("no_statement")
        else:
            said.candidates += 1
    return said


def _sure(one: SimpleNamespace) -> bool:
    return one.set_apart is None and one.unsure is None


def _weighs(one: SimpleNamespace) -> bool:
    return _sure(one) and one.amount is not None and one.amount >= _TRIFLE


def _judge(said: Told, key: tuple[str, str], payments: list[SimpleNamespace], hub: bool) -> None:
    sure = [one for one in payments if _sure(one)]
    doubts = [
        one.unsure
        for one in payments
        if one.unsure and one.set_apart is None and (one.amount is None or one.amount >= _TRIFLE)
    ]
    if not sure and not doubts and any(one.set_apart for one in payments):
        said.leave_out(max(one.set_apart for one in payments if one.set_apart))
        return
    said.candidates += 1
    defect = _defect(sure, [one for one in sure if _weighs(one)], hub)
    if defect:
        way = {
            side: sum((one.amount for one in sure if one.towards == side and one.amount is not None), Decimal(0))
            for side in ("staff", "customer")
        }
        said.exceptions.append((*key, defect, len(sure), f"{way['staff']:.4f}", f"{way['customer']:.4f}"))
    elif doubts:
        said.undetermined.append((*key, min(doubts)))


def _defect(sure: list[SimpleNamespace], weighty: list[SimpleNamespace], hub: bool) -> str | None:
    """The gravest of what the payments show; a trifle shows nothing by itself."""
    grounds = {
        "hub": bool(weighty) and hub,
        "circle": any(one.circled for one in weighty),
        "passed_on": any(one.way == "passed_on" for one in weighty),
        "both_ways": {"staff", "customer"} <= {one.towards for one in weighty},
        "single": any(one.amount is not None and one.amount >= _SINGLE for one in sure),
        "total": any(one.year_amount is not None and one.year_amount >= _TOTAL for one in sure),
        "own_customer": sum(bool(one.own_customer) for one in weighty) >= 2,
    }
    return next((ground for ground, holds in grounds.items() if holds), None)
