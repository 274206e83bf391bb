"""default-concentration, customer by customer and stretch by stretch of the market's figures."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

from twins.worlds import SPAN, Evidence, Rows, Told, Value, amounts, at, day_of, names, of, seldom, years


def _base(tag: int) -> date:
    """Every world has days of its own, as the market's figures count everybody's defaults."""
    return SPAN.begin + timedelta(days=3 * (tag % 119))


def _after(*steps: int, ago: Sequence[int] = ()) -> Value:
    """A day so many days after the world's first, or five years before such a day."""
    return lambda rng, tag: rng.choice(
        [_base(tag) + timedelta(days=one) for one in steps]
        + [years(_base(tag) + timedelta(days=one), -5) for one in ago]
    )


def _clock(*moments: tuple[int, int, int], ago: Sequence[int] = ()) -> Value:
    """A moment: days after the world's first day, hour and µs; or ten o'clock five years before a day."""
    return lambda rng, tag: rng.choice(
        [at(_base(tag) + timedelta(days=day), hour, us=us) for day, hour, us in moments]
        + [at(years(_base(tag) + timedelta(days=day), -5), 10) for day in ago]
    )


_TAKEN = _clock(
    (3, 0, 0), (3, 0, 1), (4, 10, 0), (4, 10, 1), (4, 10, 1), (8, 9, 0), (8, 9, 0), (9, 13, 0), (10, 9, 0), (11, 9, 0)
)
DRAWN = {
    "defaults": Rows(3, 16, {
        "default_id": names("d", 60), "account": names("a", 12), "traded_on": _after(*[0, 1, 2] * 4, -1, ago=(8, 9)), "due_on": _after(2, 2, 3), "amount": amounts(50_000_000, 50_000_000, 1, 20_000_000, 30_000_000, 60_000_000, *[1000] * 4),
        "declared_at_us": _clock((4, 10, 0), (4, 10, 0), (4, 10, 1), ago=(9, 10)), "withdrawn_on": seldom(_after(5), 8), "cleared_on": _after(0, 0, 1, 8, 9, 10),
    }, blank=14, blanks={"due_on": 2, "declared_at_us": 3, "withdrawn_on": 0, "cleared_on": 3}),
    "market_defaults": Rows(0, 2, {
        "counted_from": _after(0, 0, 0, 1), "counted_until": _after(1, 2, 2, 2), "market_persons": of(0, 3, 5, 8, 12, 12, 20, 40), "firm_persons": seldom(of(4, 5, 6, 9), 3),
        "value_percent": amounts(1, 5, "8.5", 10, 25, 50), "customer_percent": amounts(1, 5, "8.5", 10, 25, 50),
    }, blank=14),
    "trading_accounts": Rows(8, 16, {"account": names("a", 12), "customer_id": names("c", 10)}),
    "customers": Rows(4, 10, {"customer_id": names("c", 10), "national_id": names("n", 8)}, blank=5),
    "orders": Rows(4, 12, {
        "leg": of(*["exchange"] * 6, "customer"), "event": of(*["new"] * 6, "cancel"), "order_id": names("o", 5), "account": names("a", 12), "logged_at_us": _TAKEN, "sent_at_us": seldom(_TAKEN, 4),
    }, blank=14, blanks={"leg": 5}),
}  # fmt: skip
ALSO = ("amount", "persons", "market_persons", "share_percent", "business_percent", "orders")
_MOST, _RATIO, _LEAST, _BARRED = 50_000_000, 2, 5, 5


def told(evidence: Evidence) -> Told:
    said, firm = Told(), _Firm(evidence)
    for part in (_amounts, _shares, _uncounted, _orders):
        for key, state, shown in part(evidence, firm):
            said.candidates += 1
            if state in ("amount", "share", "orders"):
                said.exceptions.append((*key, *shown))
            elif state != "good":
                said.undetermined.append((*key, state))
    return said


Judged = Iterator[tuple[tuple[object, ...], str, tuple[object, ...]]]
"""Key, what is said, and the figures shown."""


class _Firm:
    """Whose an account is, the defaults that stand, and the new orders that may have gone to the exchange."""

    def __init__(self, evidence: Evidence) -> None:
        ids = {one.customer_id: one.national_id for one in evidence.customers}
        numbers: dict[str, set[str]] = defaultdict(set)
        for one in evidence.trading_accounts:
            numbers[ids.get(one.customer_id) or one.customer_id].add(one.customer_id)
        self.persons = {
            one.account: min(numbers[ids.get(one.customer_id) or one.customer_id]) for one in evidence.trading_accounts
        }
        self.cases = [
            SimpleNamespace(**vars(one), person=self.person(one.account))
            for one in evidence.defaults
            if one.withdrawn_on is None and one.traded_on <= evidence.as_of
        ]
        self.orders: dict[str, list[SimpleNamespace]] = defaultdict(list)
        for one in evidence.orders:
            inside = one.happened_on is not None and evidence.begin <= one.happened_on <= evidence.until
            if one.account is not None and inside and one.event == "new" and one.leg != "customer":
                self.orders[self.person(one.account)].append(one)

    def person(self, account: str) -> str:
        """The first of the person's numbers; an account on no list stands for itself."""
        return self.persons.get(account, account)


def _half(day: date) -> str:
    return f"{day.year}H{1 if day.month <= 6 else 2}"


def _amounts(evidence: Evidence, firm: _Firm) -> Judged:
    halves: dict[tuple[str, str], list[Decimal | None]] = defaultdict(list)
    for one in firm.cases:
        if evidence.begin <= one.traded_on <= evidence.until:
            halves[one.person, _half(one.traded_on)].append(one.amount)
    for (person, half), listed in halves.items():
        known = [one for one in listed if one is not None]
        state = "amount" if sum(known) > _MOST else "no_amount" if len(known) < len(listed) else "good"
        yield (
            ("amount", person, half),
            state,
            (f"{sum(known):.0f}" if known else None, len(listed), None, None, None, None),
        )


def _shares(evidence: Evidence, firm: _Firm) -> Judged:
    for one in evidence.market_defaults:
        if one.counted_until < evidence.begin or one.counted_from > evidence.until:
            continue
        ours = {case.person for case in firm.cases if one.counted_from <= case.traded_on <= one.counted_until}
        persons = max(len(ours), one.firm_persons or 0)
        known = None not in (one.market_persons, one.value_percent, one.customer_percent)
        business = max((part for part in (one.value_percent, one.customer_percent) if part is not None), default=None)
        state = "good"
        if persons >= _LEAST and not known:
            state = "no_share"
        elif persons >= _LEAST:
            expected = float(one.market_persons) * float(business) / 100
            state = "share" if _at_least(persons) > _RATIO * expected else "good"
        share = f"{Decimal(100 * persons) / one.market_persons:.2f}" if one.market_persons else None
        shown = (None, persons, one.market_persons, share, None if business is None else f"{business:.2f}", None)
        yield ("share", None, f"{one.counted_from} {one.counted_until}"), state, shown


def _at_least(persons: int) -> float:
    """Byar's lower bound of a Poisson count at 95 %."""
    return persons * (1 - 1 / (9 * persons) - 1.96 / (3 * persons**0.5)) ** 3


def _uncounted(evidence: Evidence, firm: _Firm) -> Judged:
    """Halves that are over with defaults on days of which there are no figures of the market."""
    halves: dict[str, set[str]] = defaultdict(set)
    for case in firm.cases:
        told_of = any(one.counted_from <= case.traded_on <= one.counted_until for one in evidence.market_defaults)
        if (
            evidence.begin <= case.traded_on <= evidence.until
            and not told_of
            and _half(case.traded_on) != _half(evidence.as_of)
        ):
            halves[_half(case.traded_on)].add(case.person)
    for half, persons in halves.items():
        yield ("share", None, half), "good" if len(persons) < _LEAST else "no_market", ()


def _orders(evidence: Evidence, firm: _Firm) -> Judged:
    """Customers with a default that was open in the period, and what was taken from them while it was."""
    by_person: dict[str, list[SimpleNamespace]] = defaultdict(list)
    for case in firm.cases:
        if case.cleared_on is None or case.cleared_on > evidence.begin:
            by_person[case.person].append(case)
    for person, cases in by_person.items():
        met = [(case, order) for case in cases for order in firm.orders[person] if _while_open(case, order)]
        timed = [(case, order) for case, order in met if _since(case) is not None]
        sure = {(order.happened_on, order.account, order.order_id) for _, order in timed if order.leg == "exchange"}
        state = "orders" if sure else "no_moment" if len(timed) < len(met) else "no_leg" if met else "good"
        yield (
            ("orders", person, min(case.default_id for case in cases)),
            state,
            (None, None, None, None, None, len(sure)),
        )


def _since(case: SimpleNamespace) -> int | None:
    """The moment of the declaration, else the end of the day on which payment was due."""
    if case.declared_at_us is not None:
        return case.declared_at_us
    return None if case.due_on is None else at(case.due_on + timedelta(days=1), 0)


def _while_open(case: SimpleNamespace, order: SimpleNamespace) -> bool:
    """May the order have been sent after the default, before it was cleared, and within five years?"""
    since = _since(case)
    moment = order.logged_at_us if order.sent_at_us is None else order.sent_at_us
    day, first = day_of(moment), case.traded_on if since is None else day_of(since)
    if moment <= (at(case.traded_on + timedelta(days=1), 0) if since is None else since):
        return False
    return (case.cleared_on is None or day < case.cleared_on) and day <= years(first, _BARRED)
