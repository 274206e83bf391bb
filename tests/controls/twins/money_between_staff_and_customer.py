"""money-between-staff-and-customer, pair by pair of an employee and a customer."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

from twins.worlds import Evidence, Rows, Told, amounts, at, days, moments, names, of, seldom, years

from chahe.engine.casebook import AS_OF

_SINCE = years(AS_OF, -3)
_TRIFLE, _SINGLE, _TOTAL, _HUB = 5_000, 30_000, 100_000, 3
_ALIKE, _HABIT, _BOUGHT_DAYS = Decimal("0.8"), 30, 3
_AMOUNT = amounts(4999, 5000, 5000, 29_999, *[30_000] * 5, 149, *[150] * 10, 1500, 1500, 1501, 39_000, 39_001)
_PAID = AS_OF - timedelta(days=70)
_DAYS = [_PAID + timedelta(days=step) for step in (0, 0, 0, -30, 1, 5, 7, 14, 28, 30, 60, 61)]
DRAWN = {
    "staff_money": Rows(1, 30, {
        "person_id": names("e", 2), "customer_id": names("c", 4), "number": of(*range(1, 30)), "paid_on": of(*_DAYS, *_DAYS, AS_OF, AS_OF + timedelta(days=1), _SINCE, _SINCE - timedelta(days=1)),
        "towards": of("staff", "customer"), "amount": _AMOUNT, "year_amount": amounts(4999, 5000, 9999, 99_999, 100_000),
        "way": of(*["direct"] * 4, "relative", "passed_on", "name_only"), "circled": of(*[False] * 9, True), "own_customer": of(False, False, True),
        "set_apart": seldom(of("kin", "colleagues", "not_staff_then", "not_customer_then"), 4), "unsure": seldom(of("name_only", "identity", "amount", "shared_account"), 7),
    }, blank=20, blanks={"customer_id": 0}),
    "employees": Rows(1, 4, {"person_id": names("e", 2), "national_id": names("N", 2), "left_on": seldom(days(_SINCE))}),
    "relations": Rows(0, 2, {"person_id": names("e", 1), "related_name": names("r", 2), "relation": of("sibling", "nominee"), "national_id": names("N", 2)}),
    "customers": Rows(1, 3, {"customer_id": names("o", 2), "national_id": names("N", 2)}),
    "trading_accounts": Rows(1, 4, {"account": names("a", 2), "customer_id": names("o", 2)}),
    "orders": Rows(2, 6, {
        "logged_at_us": moments(*(at(_PAID + timedelta(days=step), 10) for step in (-31, -30, -29, 0, 0, 1, 3, 3, 4)), by=(0,)), "event": of(*["new"] * 7, "cancel"),
        "order_id": names("o", 4), "account": names("a", 2), "side": of(*["buy"] * 7, "sell"), "price": amounts(1), "quantity": of(3999, 4000, 6250, 6251, 23_999, 24_000, 37_500, 37_501),
    }),
}  # fmt: skip
ALSO = ("defect", "payments", "received", "paid", "signs_zh")


def told(evidence: Evidence) -> Told:
    said = Told()
    pairs: dict[tuple[str, str], list[SimpleNamespace]] = defaultdict(list)
    for one in evidence.staff_money:
        if one.customer_id is not None and one.paid_on is not None and _SINCE <= one.paid_on <= evidence.as_of:
            pairs[one.person_id, one.customer_id].append(one)
    spokes: dict[str, int] = defaultdict(int)
    for (person, _), payments in pairs.items():
        spokes[person] += any(_weighs(one) for one in payments)
    purchases, begun = (
        _Purchases(evidence),
        min((one.happened_on for one in evidence.orders if one.happened_on), default=None),
    )
    for key, payments in pairs.items():
        sure = [one for one in payments if _sure(one) and one.amount is not None and one.towards is not None]
        signs = _rhythm(sure) + _bought(
            [one for one in sure if one.towards == "staff" and _weighs(one)], purchases.of(key[0]), begun
        )
        _judge(said, key, payments, spokes[key[0]] >= _HUB, "".join(f"；{one}" for one in signs))
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


def _judge(said: Told, key: tuple[str, str], payments: list[SimpleNamespace], hub: bool, signs: str) -> None:
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
        said.exceptions.append((*key, defect, len(sure), f"{way['staff']:.4f}", f"{way['customer']:.4f}", signs))
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


def _rhythm(sure: list[SimpleNamespace]) -> list[str]:
    """What a loan looks like: interest thrice running, a week or a month apart, or the sum back later."""
    seen = set()
    for lent in sure:
        answers = [one for one in sure if one.towards != lent.towards and one.paid_on > lent.paid_on]
        if lent.amount < _TRIFLE:
            continue
        interest = [one.paid_on for one in answers if 5 * lent.amount <= 1000 * one.amount <= 50 * lent.amount]
        for told, apart in (("按月付息", 30), ("按週付息", 7)):
            if any(
                _near(one, two, apart) and _near(two, three, apart)
                for one in interest
                for two in interest
                for three in interest
            ):
                seen.add(told)
        if any(lent.amount <= one.amount <= Decimal("1.3") * lent.amount for one in answers):
            seen.add("其後返還")
    return [told for told in ("按月付息", "按週付息", "其後返還") if told in seen]


def _near(one: date, other: date, apart: int) -> bool:
    return abs((other - one).days - apart) <= 2


class _Purchases:
    """What was ordered to buy on each day on the accounts of an employee and the relatives; each order once."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence

    def of(self, person: str) -> dict[date, Decimal]:
        held = self._evidence
        people = {_upper(one.national_id) for one in (*held.employees, *held.relations) if one.person_id == person} - {
            None
        }
        owners = {one.customer_id for one in held.customers if _upper(one.national_id) in people}
        accounts = {one.account for one in held.trading_accounts if one.customer_id in owners}
        orders: dict[tuple[object, ...], Decimal] = {}
        for one in held.orders:
            told = one.account in accounts and (one.event, one.side) == ("new", "buy")
            if told and one.happened_on and one.price is not None and one.quantity is not None:
                key, spent = (one.account, one.happened_on, one.order_id), one.price * one.quantity
                orders[key] = max(orders.get(key, spent), spent)
        spent_on: dict[date, Decimal] = defaultdict(Decimal)
        for (_, day, _), spent in orders.items():
            spent_on[day] += spent
        return spent_on


def _upper(value: str | None) -> str | None:
    return value.strip().upper() if value else None


def _bought(came: list[SimpleNamespace], spent_on: dict[date, Decimal], begun: date | None) -> list[str]:
    seen = [one for one in came if begun is not None and (one.paid_on - begun).days >= _HABIT]
    if came and not seen:
        return ["當時的委託不在紀錄中，是否即買進不明"]
    for one in seen:
        before = (spent for day, spent in spent_on.items() if 0 < (one.paid_on - day).days <= _HABIT)
        after = (spent for day, spent in spent_on.items() if 0 <= (day - one.paid_on).days <= _BOUGHT_DAYS)
        if not any(spent >= _ALIKE * one.amount for spent in before) and any(
            min(spent, one.amount) >= _ALIKE * max(spent, one.amount) for spent in after
        ):
            return ["款項後即買進"]
    return []
