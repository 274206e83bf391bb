"""order-over-limit: each person's day walked order by order, every one held to the limits as they stood at its moment."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

from twins.worlds import SECOND, SPAN, Evidence, Fixed, Rows, Told, amounts, at, day_of, days, names, of, seldom

from chahe.engine.casebook import AS_OF

_DAY = AS_OF - timedelta(days=30)
_NEXT = _DAY + timedelta(days=1)
_NINE = at(_DAY)
_TICKS = tuple(_NINE + step * SECOND for step in range(5))
_STARTS = of(*_TICKS, _NINE - 1, _NINE + 1, at(_DAY, 0), at(_NEXT, 0), *[at(_DAY - timedelta(days=9))] * 9)
_CLASS = of(*["ordinary", "ordinary", None] * 3, "proprietary", "error")
DRAWN = {
    "orders": Rows(5, 14, {
        "logged_at_us": of(*_TICKS * 4, *[at(_NEXT)] * 3, at(SPAN.begin, 0), at(SPAN.begin, 0) - 1, at(SPAN.until + timedelta(days=1), 0)), "sent_at_us": seldom(of(*_TICKS, _NINE + 1, at(_NEXT, 0)), 6),
        "session": of("gw1", "gw1", "gw1", "gw2"), "leg": of(*["exchange"] * 9, "customer"), "event": of(*["new"] * 6, "replace", "replace", "cancel"), "order_id": names("o", 5), "original_order_id": seldom(names("o", 5), 2),
        "account": names("a", 4), "symbol": of("2330", "2330", "2317"), "price": amounts(10, 10, 10, 20, "10.0001"), "quantity": of(1000, 1000, 2000, 500),
    }, blank=24, blanks={"leg": 32, "symbol": 0, "account": 40, "session": 16, "sent_at_us": 0, "original_order_id": 0, "price": 12, "quantity": 32}),
    "credit_limits": Rows(3, 9, {
        "limit_id": names("l", 60), "customer_id": lambda rng, tag: None if tag % 4 == 0 else f"c{rng.randrange(2)}.{tag}", "account": lambda rng, tag: f"a{rng.randrange(4)}.{tag}" if tag % 4 == 0 or rng.randrange(4) == 0 else None,
        "daily_limit": amounts(10_000, 20_000, 20_000, "20000.1", 30_000, 30_000, 40_000, 60_000), "valid_from_us": _STARTS, "valid_from_on": days(_DAY), "valid_until": seldom(days(_DAY), 5),
        "set_by": of("e1"), "approved_by": of(*["e2"] * 4, "e1"), "approved_at_us": _STARTS, "approved_on": days(_DAY),
    }, blank=20, blanks={"customer_id": 0, "account": 0, "valid_from_us": 5, "valid_from_on": 2, "valid_until": 0, "approved_at_us": 5, "approved_on": 2}),
    "trading_accounts": Rows(8, 16, {"account": names("a", 4), "customer_id": names("c", 2), "account_class": _CLASS}, blanks={"account_class": 0}),
    "customers": Rows(1, 4, {"customer_id": names("c", 2), "national_id": names("n", 2)}, blank=4),
    "executions": Rows(0, 1, {"executed_at_us": of(_NINE), "execution_id": names("x", 9), "order_id": names("o", 5), "account": names("a", 4), "event": of("fill"), "last_quantity": of(1000)}, blank=0),
    "securities": Fixed([{"effective_at_us": at(day, 0), "trading_day": day, "market": "twse", "symbol": "2330", "limit_up": Decimal(11), "reference_price": Decimal(10)} for day in (_DAY, _NEXT)]),
}  # fmt: skip
ALSO = ("defect", "order_id", "total", "allowed", "peak", "orders_over")
DEFECTS = ("none", "over", "late", "own")


def told(evidence: Evidence) -> Told:
    said, firm = Told(), _Firm(evidence)
    days_: dict[tuple[object, ...], list[SimpleNamespace]] = defaultdict(list)
    for order in firm.orders:
        days_[order.person, order.whose, order.day, order.own].append(order)
    for (person, whose, day, own), orders in days_.items():
        if own:
            said.leave_out("own")
            continue
        said.candidates += 1
        steps = firm.replayed(person, orders) if person is not None and day is not None else []
        marks = [(firm.mark(person, step), step) for step in steps if step.added > 0]
        worst = next((one for grave in (_BAD, ("unclear",)) for one in marks if one[0][0] in grave), None)
        state = (
            "no_time"
            if day is None
            else "stranger"
            if person is None
            else worst[0][0]
            if worst
            else _unsaid(orders, steps)
        )
        if state in _BAD and worst:
            totals = [step.total for mark, step in marks if mark[0] in _BAD]
            shown = (worst[1].order_id, _money(worst[1].total), _money(worst[0][1]), _money(max(totals)), len(totals))
            said.exceptions.append((whose, day, state, *shown))
        elif state != "good":
            said.undetermined.append((whose, day, state))
    return said


_BAD = ("none", "over", "late", "own")


def _money(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.4f}"


def _unsaid(orders: list[SimpleNamespace], steps: list[SimpleNamespace]) -> str:
    """What a day in which nothing was too much does not tell."""
    if any(one.leg is None for one in orders):
        return "no_leg"
    if any(one.event != "cancel" and one.amount is None for one in orders):
        return "no_amount"
    return "no_original" if any(one.loose for one in steps) else "good"


class _Firm:
    """Who stands behind numbers and accounts, the orders that may have gone to the exchange, and each person's limits."""

    def __init__(self, evidence: Evidence) -> None:
        ids = {one.customer_id: one.national_id for one in evidence.customers}
        self.accounts = {one.account: one for one in evidence.trading_accounts}
        numbers: dict[str, set[str]] = defaultdict(set)
        for one in evidence.trading_accounts:
            numbers[ids.get(one.customer_id) or one.customer_id].add(one.customer_id)
        self.persons = {number: min(alike) for alike in numbers.values() for number in alike}
        self.tops = {(one.trading_day, one.symbol): one.limit_up for one in evidence.securities}
        self.orders = [
            self._order(one) for one in evidence.orders if one.leg != "customer" and self._inside(evidence, one)
        ]
        self.limits: dict[str, list[SimpleNamespace]] = defaultdict(list)
        for one in evidence.credit_limits:
            account = self.accounts.get(one.account)
            person = self.persons.get(one.customer_id) or (self.persons[account.customer_id] if account else None)
            if person is not None:
                self.limits[person].append(_limit(one))

    @staticmethod
    def _inside(evidence: Evidence, one: SimpleNamespace) -> bool:
        return one.happened_on is None or evidence.begin <= one.happened_on <= evidence.until

    def _order(self, one: SimpleNamespace) -> SimpleNamespace:
        account = self.accounts.get(one.account)
        moment = one.logged_at_us if one.sent_at_us is None else one.sent_at_us
        price = self.tops.get((one.happened_on, one.symbol)) if one.price is None else one.price
        person = self.persons[account.customer_id] if account else None
        return SimpleNamespace(
            row_id=one.row_id, leg=one.leg, event=one.event, order_id=one.order_id, original=one.original_order_id, line=one.session or "", account=one.account, at=moment, day=day_of(moment),
            quantity=one.quantity, price=price, amount=None if one.event == "cancel" or None in (one.quantity, price) else one.quantity * price,
            person=person, whose=person or one.account, own=account is not None and account.account_class in ("proprietary", "error"),
        )  # fmt: skip

    def replayed(self, person: str, orders: list[SimpleNamespace]) -> list[SimpleNamespace]:
        """The day's orders at the exchange in their order, each with what it adds and the sum so far; none where all together fit."""
        if not self._may_be_too_much(person, orders):
            return []
        sent, seen = [], set()
        for one in sorted((one for one in orders if one.leg == "exchange"), key=lambda one: (one.at, one.row_id)):
            name = one.original or one.order_id if one.event == "cancel" else one.order_id
            mark = (one.line, one.account, one.event, one.quantity, one.price, name)
            if mark not in seen:
                seen.add(mark)
                sent.append(one)
        total, steps = Decimal(0), []
        for one in sent:
            added, loose = _added(one, sent)
            total += added
            steps.append(SimpleNamespace(**vars(one), added=added, loose=loose, total=total))
        return steps

    def _may_be_too_much(self, person: str, orders: list[SimpleNamespace]) -> bool:
        """All that was ordered, whatever it replaced, against the least limit, if one without end held since before the first order."""
        limits = self.limits[person]
        whole = sum(one.amount for one in orders if one.amount is not None)
        covered = any(
            one.valid_until is None and one.sure_us is not None and one.sure_us <= min(order.at for order in orders)
            for one in limits
        )
        return whole > (min(one.daily_limit for one in limits) if covered else 0)

    def mark(self, person: str, step: SimpleNamespace) -> tuple[str, Decimal | None]:
        """What an order is by the limits of its moment, and the highest that may have been in force."""
        limits = [one for one in self.limits[person] if one.valid_until is None or one.valid_until >= step.day]
        sure, maybe = (_in_force(limits, way, step.at) for way in ("sure_us", "maybe_us"))
        known = [one for one in (sure, maybe) if one is not None]
        if not known:
            return "none", None
        if step.total > max(known):
            return _why_over(limits, step), max(known)
        return "unclear" if sure is None or step.total > min(known) else "good", max(known)


def _limit(one: SimpleNamespace) -> SimpleNamespace:
    """A limit with the moment from which it holds for certain, from which it may hold, and from which it says it holds; None: never."""
    begun, approved = one.valid_from_us, one.approved_at_us
    own = one.approved_by is not None and one.approved_by == one.set_by
    begun_by = _start(one.valid_from_on, 1) if begun is None else begun
    approved_by = _start(one.approved_on, 1) if approved is None else approved
    certain = not own and one.approved_by is not None and begun_by is not None and approved_by is not None
    says = (_start(one.valid_from_on) or 0) if begun is None else begun
    return SimpleNamespace(
        row_id=one.row_id, place=one.account or f"#{one.customer_id}", whole=one.account is None, daily_limit=one.daily_limit, valid_until=one.valid_until, own=own, says_us=says,
        undated=all(moment is None for moment in (begun, approved, one.valid_from_on, one.approved_on)), sure_us=max(begun_by, approved_by) if certain else None,
        maybe_us=None if own else max(says, (_start(one.approved_on) or 0) if approved is None else approved),
    )  # fmt: skip


def _start(day: date | None, later: int = 0) -> int | None:
    return None if day is None else at(day + timedelta(days=later), 0)


def _in_force(limits: list[SimpleNamespace], way: str, moment: int) -> Decimal | None:
    """Of each account's or number's limits the newest; the highest of the customer's own, or else of the accounts'."""
    newest: dict[str, SimpleNamespace] = {}
    held = [one for one in limits if getattr(one, way) is not None and getattr(one, way) <= moment]
    for one in sorted(held, key=lambda one: (one.undated, getattr(one, way), -one.daily_limit)):
        newest[one.place] = one
    best = max(newest.values(), key=lambda one: (one.whole, one.daily_limit), default=None)
    return None if best is None else best.daily_limit


def _why_over(limits: list[SimpleNamespace], step: SimpleNamespace) -> str:
    """Is there a limit high enough that came, or was approved, only later; or one that its own asker approved?"""
    enough = [one for one in limits if one.daily_limit >= step.total]
    for one in enough:
        later = one.maybe_us is not None and one.maybe_us > step.at
        if later and (one.says_us <= step.at or day_of(one.maybe_us) == step.day):
            return "late"
    return "own" if any(one.own and one.says_us <= step.at for one in enough) else "over"


def _added(order: SimpleNamespace, sent: list[SimpleNamespace]) -> tuple[Decimal, bool]:
    """What an order adds to the day, and whether it replaces one that nobody knows (or whose amount nobody knows)."""
    if order.event == "new":
        return order.amount or Decimal(0), False
    if order.event == "cancel":
        return Decimal(0), False
    name = order.original or order.order_id
    before = [
        one for one in sent
        if one.event != "cancel" and (one.line, one.account, one.order_id) == (order.line, order.account, name) and one.at < order.at
    ]  # fmt: skip
    last = min(before, key=lambda one: (-one.at, one.row_id), default=None)
    if last is None or last.amount is None:
        return Decimal(0), True
    return max((order.amount or Decimal(0)) - last.amount, Decimal(0)), False
