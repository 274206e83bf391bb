"""loan-brokered, payment by payment from customer to customer, and for each the employees who looked after them or were paid."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from types import SimpleNamespace

from twins.worlds import Evidence, Rows, Told, amounts, days, names, of, seldom, years

from chahe.engine.casebook import AS_OF

_SINCE = years(AS_OF, -3)
_LEAST, _FEE_DAYS, _WONTED_DAYS = 100_000, 30, 183
_PAID = AS_OF - timedelta(days=100)
_STEPS = (*[0] * 6, 1, 24, 25, 30, 30, 35, 36, 54, 55, 60, 65, 66)
_RENT = (0, 0, 0, 30, 30, 60, 60, 25, 35, 55, 65)
_DAYS = [_PAID + timedelta(days=step) for step in _STEPS] + [
    AS_OF,
    AS_OF + timedelta(days=1),
    _SINCE,
    _SINCE - timedelta(days=1),
]


def _staff(rng: Random, tag: int) -> object:
    return f"e{rng.choice((0, 0, 0, 1))}.{tag}"


def _paid_on(rng: Random, tag: int) -> object:
    """In every third world what is paid is mostly rent."""
    return rng.choice([_PAID + timedelta(days=step) for step in _RENT] if tag % 3 == 0 else _DAYS)


def _amount(rng: Random, tag: int) -> object:
    return Decimal(100_000) if tag % 3 == 0 and rng.randrange(5) else rng.choice(_AMOUNTS)


_AMOUNTS = [Decimal(one) for one in ("99999", *["100000"] * 6, "90000", "89999.9999", "111111", "111112", "200000")]
DRAWN = {
    "customer_money": Rows(6, 12, {
        "payer_id": names("c", 2), "payee_id": names("c", 2), "number": of(1, 2, 3, 4),
        "paid_on": _paid_on, "amount": _amount,
        "related": seldom(of("phone", "agent"), 8), "unsure": seldom(of("name_only", "identity", "contacts", "identity", "shared_account", "amount"), 2),
    }, blank=15, blanks={"payee_id": 6}),
    "staff_money": Rows(5, 12, {
        "person_id": _staff, "customer_id": names("c", 2), "number": of(*range(1, 12)),
        "paid_on": of(*(_PAID + timedelta(days=step) for step in (-184, -183, *[0] * 6, 0, 1, 5, 29, 30, 30, 31, 60, 65))),
        "towards": of(*["staff"] * 6, "customer"), "amount": amounts(499, *[500] * 2, 556, 700, 1000, 2000, 5000, *[10_000] * 2, 10_001),
        "way": of(*["direct"] * 5, "relative", "passed_on", "name_only"),
        "set_apart": seldom(of("kin", "colleagues"), 8), "unsure": seldom(of("name_only", "amount"), 8),
    }, blank=20, blanks={"customer_id": 5}),
    "trading_accounts": Rows(3, 7, {
        "account": names("a", 9), "customer_id": names("c", 2), "representative_id": _staff,
        "representative_from": seldom(days(_PAID), 8), "opened_on": seldom(days(_PAID), 8), "closed_on": seldom(days(_PAID), 10),
    }, blank=12),
}  # fmt: skip
ALSO = ("loans", "lent", "lent_on", "fee_on", "fee", "returned", "last_on")


def told(evidence: Evidence) -> Told:
    said = Told()
    said.candidates = sum(one.payee_id is None for one in evidence.customer_money)
    paid = [
        one
        for one in evidence.customer_money
        if one.payee_id is not None and one.paid_on is not None and _SINCE <= one.paid_on <= evidence.as_of
    ]
    books, fees = _Books(evidence), list(_fees(evidence))
    judged: dict[tuple[str, str, str], list[tuple[str, SimpleNamespace, list[SimpleNamespace]]]] = defaultdict(list)
    for loan in paid:
        if loan.amount is not None and loan.amount < _LEAST:
            continue
        for person, state, rewards in _states(loan, _explained(loan, paid), books, fees):
            judged[person, loan.payer_id, loan.payee_id].append((state, loan, rewards))
    for key, states in judged.items():
        _judge(said, key, states, paid)
    return said


class _Books:
    """Who looked after a customer on a day, and whether that is known of all the customer's accounts of the day."""

    def __init__(self, evidence: Evidence) -> None:
        self._accounts = evidence.trading_accounts
        self.seen = {one.person_id for one in evidence.staff_money if one.customer_id is None}

    def of(self, customer: str, day: date) -> set[str | None]:
        """The representatives; None among them where one is not known."""
        found: set[str | None] = set()
        for one in self._accounts:
            if one.customer_id == customer and (one.opened_on or day) <= day <= (one.closed_on or day):
                found.add(one.representative_id if (one.representative_from or day) <= day else None)
        return found or {None}


def _fees(evidence: Evidence) -> Iterator[SimpleNamespace]:
    """What customers paid to the staff's side for sure, except what they had paid alike in the half-year before."""
    received = [
        one
        for one in evidence.staff_money
        if one.customer_id is not None
        and one.paid_on is not None
        and one.towards == "staff"
        and one.set_apart is None
        and one.unsure is None
        and one.way in ("direct", "relative", "name_only")
    ]
    for one in received:
        if not any(
            (other.person_id, other.customer_id) == (one.person_id, one.customer_id)
            and 0 < (one.paid_on - other.paid_on).days <= _WONTED_DAYS
            and _alike(other.amount, one.amount)
            for other in received
        ):
            yield one


def _alike(one: Decimal | None, other: Decimal | None) -> bool:
    return one is not None and other is not None and 10 * one >= 9 * other and 9 * one <= 10 * other


def _explained(loan: SimpleNamespace, paid: list[SimpleNamespace]) -> str | None:
    if loan.related is not None:
        return "related"
    months = {
        month
        for other in paid
        if (other.payer_id, other.payee_id) == (loan.payer_id, loan.payee_id) and _alike(other.amount, loan.amount)
        for month in (-2, -1, 1, 2)
        if abs((other.paid_on - loan.paid_on).days - 30 * month) <= 5
    }
    return "monthly" if len(months) >= 2 and months & {-1, 1} else None


def _states(
    loan: SimpleNamespace, explained: str | None, books: _Books, fees: list[SimpleNamespace]
) -> Iterator[tuple[str, str, list[SimpleNamespace]]]:
    """The employees whom a payment concerns, what it is for each, and what each was paid afterwards."""
    keepers = [books.of(customer, loan.paid_on) for customer in {loan.payer_id, loan.payee_id}]
    rewards: dict[str, list[SimpleNamespace]] = defaultdict(list)
    for fee in fees:
        if fee.customer_id in (loan.payer_id, loan.payee_id) and _fits(fee, loan):
            rewards[fee.person_id].append(fee)
    both = (keepers[0] & keepers[1]) - {None} if len(keepers) == 2 else set()
    for person in both | set(rewards):
        state = explained
        if state is None and person in both and person in rewards:
            state = loan.unsure or ("amount" if loan.amount is None else "brokered")
        elif state is None and person in rewards and all({person, None} & known for known in keepers):
            state = "book_unknown"
        elif state is None and person in both and loan.unsure is None and person not in books.seen:
            state = "no_statement"
        yield person, state or "good", rewards[person]


def _fits(fee: SimpleNamespace, loan: SimpleNamespace) -> bool:
    if not 0 <= (fee.paid_on - loan.paid_on).days <= _FEE_DAYS:
        return False
    if loan.amount is None:
        return True
    return fee.amount is not None and 5 * loan.amount <= 1000 * fee.amount <= 100 * loan.amount


def _judge(
    said: Told,
    key: tuple[str, str, str],
    states: list[tuple[str, SimpleNamespace, list[SimpleNamespace]]],
    paid: list[SimpleNamespace],
) -> None:
    told = [state for state, _, _ in states]
    if set(told) <= {"related", "monthly"}:
        said.leave_out("related" if "related" in told and "monthly" not in told else "monthly")
        return
    said.candidates += 1
    loans = sorted(((loan.number, loan) for state, loan, _ in states if state == "brokered"), key=lambda one: one[0])
    if not loans:
        doubts = set(told) - {"good", "related", "monthly"}
        if doubts:
            said.undetermined.append((*key, min(doubts)))
        return
    fees = {fee.row_id: fee for state, _, rewards in states if state == "brokered" for fee in rewards}.values()
    first, fee_on = loans[0][1].paid_on, min(fee.paid_on for fee in fees)
    back = [one for one in paid if (one.payer_id, one.payee_id) == (key[2], key[1]) and one.paid_on > first]
    said.exceptions.append((
        *key, len(loans), f"{sum(loan.amount for _, loan in loans):.4f}", first, fee_on, f"{sum(fee.amount for fee in fees):.4f}",
        f"{sum((one.amount for one in back if one.amount is not None), Decimal(0)):.4f}", max([one.paid_on for one in back] + [fee_on]),
    ))  # fmt: skip
