"""insider-account-lent, account by account of an insider: by what its orders came, and who else ordered by it."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from types import SimpleNamespace

from twins.hands import EVER, FIRST, NEVER, same, spelled
from twins.worlds import SPAN, Evidence, Rows, Told, at, days, names, of, seldom

_ACCOUNT = lambda rng, tag: f"a{rng.randrange(11 if tag % 10 == 0 else 5)}.{tag}"  # noqa: E731 - a value, drawn
_DEVICE = lambda rng, tag: f"d{0 if tag % 10 == 0 else rng.randrange(2)}.{tag}"  # noqa: E731 - a value, drawn
_ID, _STAFF_ID = spelled("n", 5), spelled("n", 2)
_EDGES = (FIRST, SPAN.begin, SPAN.until)
DRAWN = {
    "orders": Rows(10, 26, {
        "logged_at_us": of(*[at(FIRST)] * 3, *[at(FIRST + timedelta(days=1))] * 3, at(FIRST + timedelta(days=2)), at(SPAN.begin, 0), at(SPAN.begin, 0) - 1, at(SPAN.until, 23), at(SPAN.until + timedelta(days=1), 0)),
        "event": of(*["new"] * 9, "cancel"), "order_id": names("o", 9), "account": _ACCOUNT, "channel": of(*["internet"] * 6, "voice", "counter", "ordinary", "api", "dma"),
        "device": _DEVICE, "signature": names("s", 3), "handler_id": names("e", 2),
    }, blank=14, blanks={"device": 3, "signature": 2, "handler_id": 2}),
    "employees": Rows(1, 3, {"person_id": names("e", 2), "national_id": _STAFF_ID, "hired_on": seldom(days(FIRST, SPAN.begin), 4), "left_on": seldom(days(FIRST, SPAN.begin, SPAN.begin, by=(-1, 0)), 4)}, blank=10),
    "relations": Rows(0, 4, {
        "person_id": names("e", 3), "related_name": names("r", 3), "relation": of("spouse", "spouse", "minor_child", "minor_child", "child", "cohabitant", "nominee", "other"), "national_id": _ID,
        "related_from": seldom(days(*_EDGES), 5), "related_until": seldom(days(FIRST, SPAN.begin), 5),
    }, blank=8),
    "customers": Rows(7, 12, {"customer_id": names("c", 5), "national_id": _ID}, blank=9),
    "trading_accounts": Rows(8, 16, {"account": _ACCOUNT, "customer_id": names("c", 5), "account_class": of(*["ordinary"] * 8, "insider", "error", "proprietary", "discretionary")}, blank=8),
    "account_authorizations": Rows(-1, 3, {
        "account": _ACCOUNT, "agent_name": names("g", 2), "national_id": _ID, "authority": of("trade", "discretionary", "legal_representative", "settle"),
        "authority_from": days(*_EDGES), "authority_until": days(FIRST, SPAN.begin),
    }, blank=10, blanks={"authority_from": 2, "authority_until": 2}),
}  # fmt: skip
ALSO = ("defect", "relation", "tie", "own_days", "other_days")
DEFECTS = ("operated", "lent", "either", "handled", "agent")
_INSIDERS = ("self", "spouse", "minor_child")
_FIRMS = ("proprietary", "error", "discretionary")
_CROWD = 8


def told(evidence: Evidence) -> Told:
    said, firm = Told(), _Firm(evidence)
    for account in firm.own:
        _judge(said, firm, account)
        for handler, relation, orders in firm.handlers(account):
            said.candidates += 1
            said.exceptions.append((handler, account, None, "handled", relation, None, orders, None))
        for person in firm.unhandled(account):
            said.candidates += 1
            said.undetermined.append((person, account, None, "no_handler"))
    for person, account in firm.agents():
        said.candidates += 1
        said.exceptions.append((person, None, account, "agent", "self", None, None, None))
    for one in evidence.employees:
        back = one.hired_on and one.left_on and one.hired_on > one.left_on
        if (back or (one.left_on or NEVER) >= evidence.begin) and firm.nameless(one):
            said.undetermined.append((one.person_id, None, None, "no_id"))
    return said


def _judge(said: Told, firm: "_Firm", account: str) -> None:
    """An account once, or once for each stranger's account that it shares a device or certificate with."""
    ties = [one for one in firm.own[account] if one.until >= firm.evidence.begin]
    if not ties:
        said.leave_out("left_before")
        return
    first = min(ties, key=lambda one: (one.relation != "self", one.person, one.relation))
    near = {other for mark in firm.marks[account] for other in firm.users[mark]}
    pairs = [(other, shared) for other in near if (shared := firm.pair(account, other))]
    for other, (tie, mine, theirs) in pairs:
        said.candidates += 1
        if firm.holder(other) is None:
            said.undetermined.append((first.person, account, other, "owner_unknown"))
        else:
            defect = "operated" if mine > theirs else "lent" if mine < theirs else "either"
            said.exceptions.append((first.person, account, other, defect, first.relation, tie, mine, theirs))
    if not pairs:
        said.candidates += 1
        if firm.traceless(account):
            said.undetermined.append((first.person, account, None, "no_trace"))


class _Firm:
    """Insiders' accounts, the orders on them while they were insiders', and which accounts used which device or certificate."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.accounts = {one.account: one for one in evidence.trading_accounts}
        self.ids = {one.customer_id: same(one.national_id) for one in evidence.customers}
        self.kin = list(_kin(evidence))
        self.own: dict[str, list[SimpleNamespace]] = {}
        for account in self.accounts:
            ties = [one for one in self.kin if one.relation in _INSIDERS and one.id and one.id == self.holder(account)]
            if ties:
                self.own[account] = ties
        self.orders = [
            one
            for one in evidence.orders
            if one.event == "new"
            and one.happened_on is not None
            and one.account is not None
            and evidence.begin <= one.happened_on <= evidence.until
        ]
        self.by_account: dict[str, list[SimpleNamespace]] = defaultdict(list)
        self.users: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.marks: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self.days: dict[tuple[str, str, str], set[date]] = defaultdict(set)
        self.own_days: dict[tuple[str, str, str], set[date]] = defaultdict(set)
        for order in self.orders:
            self.by_account[order.account].append(order)
            for tie, mark in (("device", order.device), ("certificate", order.signature)):
                if mark is not None:
                    self.users[tie, mark].add(order.account)
                    self.marks[order.account].add((tie, mark))
                    self.days[tie, mark, order.account].add(order.happened_on)
                    if self.ties_on(order):
                        self.own_days[tie, mark, order.account].add(order.happened_on)

    def holder(self, account: str) -> str | None:
        held = self.accounts.get(account)
        return None if held is None else self.ids.get(held.customer_id)

    def ties_on(self, order: SimpleNamespace) -> list[SimpleNamespace]:
        """By what the order's account is an insider's on the day of the order."""
        return [one for one in self.own.get(order.account, []) if one.since <= order.happened_on <= one.until]

    def shared(self, account: str, other: str) -> tuple[str, int, int] | None:
        """What tie there is between an insider's account and another, and the most days of each by one device or certificate."""
        met = [
            (*mark, len(self.own_days[*mark, account]), len(self.days[*mark, other]))
            for mark in self.marks[account] & self.marks[other]
            if account != other and self.own_days[*mark, account] and len(self.users[mark]) <= _CROWD
        ]
        return (max(one[0] for one in met), max(one[2] for one in met), max(one[3] for one in met)) if met else None

    def pair(self, account: str, other: str) -> tuple[str, int, int] | None:
        """What an insider's account shares with a stranger's; of two insiders' the first account tells it."""
        shared = self.shared(account, other)
        if shared is None or self.akin(account, other) or self.papers(account, other):
            return None
        if any(one in self.accounts and self.accounts[one].account_class in _FIRMS for one in (account, other)):
            return None
        return None if other < account and self.shared(other, account) else shared

    def akin(self, account: str, other: str) -> bool:
        """Is there an employee whose declared family both holders are, in the period, and neither by lending the name?"""
        persons = {one.person for one in self.kin if one.id is not None and one.id == self.holder(account)}
        return any(self._is_family(person, account) and self._is_family(person, other) for person in persons)

    def _is_family(self, person: str, account: str) -> bool:
        begin, holder = self.evidence.begin, self.holder(account)
        kinds = {
            one.relation
            for one in self.kin
            if one.person == person and one.id is not None and one.id == holder and one.until >= begin
        }
        return bool(kinds) and "nominee" not in kinds

    def papers(self, account: str, other: str) -> bool:
        """May one's holder act on the other in the period, by a paper that names no employee?"""
        staff = {same(one.national_id) for one in self.evidence.employees}
        for paper in self.evidence.account_authorizations:
            agent = same(paper.national_id)
            holds = (paper.authority_from or EVER) <= self.evidence.until and (
                paper.authority_until or NEVER
            ) >= self.evidence.begin
            if (
                agent is None
                or agent in staff
                or paper.authority not in ("trade", "discretionary", "legal_representative")
                or not holds
            ):
                continue
            if (paper.account, agent) in ((other, self.holder(account)), (account, self.holder(other))):
                return True
        return False

    def traceless(self, account: str) -> bool:
        """An order over the internet that no record of gives device or certificate."""
        whole: dict[tuple[date, str], list[SimpleNamespace]] = defaultdict(list)
        for order in self.by_account[account]:
            if self.ties_on(order):
                whole[order.happened_on, order.order_id].append(order)
        return any(
            any(one.channel == "internet" for one in listed) and not any(one.device or one.signature for one in listed)
            for listed in whole.values()
        )

    def handlers(self, account: str) -> Iterator[tuple[str, str, int]]:
        """Employees who took orders of their own, or of their minor child, and how many."""
        taken: dict[str, set[tuple[date, str]]] = defaultdict(set)
        why: dict[str, set[str]] = defaultdict(set)
        for order in self.by_account[account]:
            ties = self.ties_on(order) if order.channel in ("voice", "counter", "ordinary") else []
            for one in ties:
                if one.person == order.handler_id and one.relation in ("self", "minor_child"):
                    taken[one.person].add((order.happened_on, order.order_id))
                    why[one.person].add(one.relation)
        for person, orders in taken.items():
            yield person, "self" if "self" in why[person] else "minor_child", len(orders)

    def unhandled(self, account: str) -> set[str]:
        """Employees on whose own account, or minor child's, an order was taken by nobody knows whom."""
        taken: dict[tuple[date, str], list[SimpleNamespace]] = defaultdict(list)
        for order in self.by_account[account]:
            if order.channel in ("voice", "counter", "ordinary") and self.ties_on(order):
                taken[order.happened_on, order.order_id].append(order)
        return {
            one.person
            for listed in taken.values()
            if all(order.handler_id is None for order in listed)
            for one in self.ties_on(listed[0])
            if one.relation in ("self", "minor_child")
        }

    def agents(self) -> set[tuple[str, str]]:
        """Employees who may act on somebody else's account, but on a minor child's as its legal representative."""
        found = set()
        for paper in self.evidence.account_authorizations:
            held = self.accounts.get(paper.account)
            if held is not None and held.account_class in ("proprietary", "error"):
                continue
            for one in self.kin:
                since = max(one.since, paper.authority_from or EVER, self.evidence.begin)
                until = min(one.until, paper.authority_until or NEVER, self.evidence.until)
                named = one.relation == "self" and one.id is not None and one.id == same(paper.national_id)
                if named and since <= until and not self._rightful(one, paper):
                    found.add((one.person, paper.account))
        return found

    def _rightful(self, agent: SimpleNamespace, paper: SimpleNamespace) -> bool:
        holder = self.holder(paper.account)
        children = {one.id for one in self.kin if one.person == agent.person and one.relation == "minor_child"} - {None}
        return holder == agent.id or (paper.authority == "legal_representative" and holder in children)

    def nameless(self, employee: SimpleNamespace) -> bool:
        """Has the employee, a spouse or a minor child of the period no ID?"""
        return employee.national_id is None or any(
            one.person_id == employee.person_id
            and one.national_id is None
            and one.relation in ("spouse", "minor_child")
            and (one.related_until or NEVER) >= self.evidence.begin
            for one in self.evidence.relations
        )


def _kin(evidence: Evidence) -> Iterator[SimpleNamespace]:
    """Employees while employed, and relatives while they are so; of an unknown employee always. Whoever left and was hired after is back."""
    employed: dict[str, tuple[date, date]] = {}
    for one in evidence.employees:
        back = one.hired_on and one.left_on and one.hired_on > one.left_on
        span = employed[one.person_id] = (one.hired_on or EVER, NEVER if back else one.left_on or NEVER)
        yield SimpleNamespace(
            person=one.person_id, relation="self", id=same(one.national_id), since=span[0], until=span[1]
        )
    for one in evidence.relations:
        hired, left = employed.get(one.person_id, (EVER, NEVER))
        yield SimpleNamespace(
            person=one.person_id, relation=one.relation, id=same(one.national_id), since=max(hired, one.related_from or EVER), until=min(left, one.related_until or NEVER)
        )  # fmt: skip
