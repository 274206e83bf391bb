"""Whose hands orders came from, person by person: what the twins of opposite-trade-linked, shared-ip and customer-account-used share."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from ipaddress import ip_address
from random import Random
from types import SimpleNamespace

from twins.worlds import SPAN, Evidence, Rows, Value, at, days, names, of, seldom

from chahe.engine.casebook import AS_OF

FIRST = AS_OF - timedelta(days=20)
"""The day on which most orders of a world fall; the next one, one 181 days before, and the edges of the period are the others."""
_OLD = FIRST - timedelta(days=181)
EVER, NEVER = date(1900, 1, 1), date(2999, 12, 31)


def _address(rng: Random, tag: int) -> str:
    nth = 0 if tag % 10 == 0 else rng.choice((0, 0, 1))
    if tag % 3:
        return f"10.{tag // 256}.{tag % 256}.{nth}"
    return (
        f"2001:db8:{tag + 1:x}:{nth}::{rng.choice(('5', 'a:b'))}"
        if nth
        else f"2001:db8:{tag + 1:x}::{rng.choice(('5', 'a:b'))}"
    )


def _place(tag: int, nth: int) -> str:
    return f"010.{tag // 256:03}.{tag % 256:03}.{nth:03}"


def _caller(rng: Random, tag: int) -> str:
    return rng.choice((f"(02){tag:04} 1", f"02-{tag:04}-1", f"02{tag:04}2"))


def spelled(stem: str, count: int) -> Value:
    """A national ID as people write it: with a blank, in small or capital letters."""
    return lambda rng, tag: rng.choice(("{}", "{} ", "{}")).format(
        rng.choice((str.upper, str.lower))(f"{stem}{rng.randrange(count)}.{tag}")
    )


_ACCOUNT: Value = lambda rng, tag: f"a{rng.randrange(11 if tag % 10 == 0 else 4)}.{tag}"  # noqa: E731 - a value, drawn
_STAFF_ID, _CUSTOMER_ID = spelled("n", 2), spelled("n", 3)
_BOUNDS = (FIRST, SPAN.begin)

DRAWN = {
    "orders": Rows(16, 30, {
        "logged_at_us": of(*[at(FIRST), at(FIRST, 9, 5), at(FIRST, 9, 5, 0, 1)] * 3, *[at(FIRST + timedelta(days=1)), at(FIRST + timedelta(days=1), 9, 5)] * 5, at(_OLD), at(_OLD + timedelta(days=1)), at(SPAN.begin, 0), at(SPAN.begin, 0) - 1),
        "received_at_us": seldom(of(at(FIRST), at(FIRST, 9, 5)), 5), "event": of(*["new"] * 8, "cancel"), "order_id": names("o", 9), "account": _ACCOUNT,
        "symbol": of(*["2330"] * 5, "2317"), "side": of("buy", "sell"), "quantity": of(1000, 1000, 800, 799, 201),
        "channel": of("internet", "internet", "api", "voice", "counter", "dma"), "client_address": _address,
        "device": names("d", 2), "signature": names("s", 2), "caller_number": _caller,
    }, blank=16, blanks={"client_address": 3, "device": 2, "signature": 2, "caller_number": 2}),
    "employees": Rows(1, 2, {
        "person_id": names("e", 2), "national_id": _STAFF_ID, "hired_on": seldom(days(FIRST, SPAN.begin), 5), "left_on": seldom(days(*_BOUNDS), 5),
    }, blank=12),
    "relations": Rows(0, 2, {
        "person_id": names("e", 3), "related_name": names("r", 2), "relation": of("spouse", "minor_child", "child"), "national_id": _STAFF_ID,
        "related_from": seldom(days(*_BOUNDS), 4), "related_until": seldom(days(*_BOUNDS), 4),
    }, blank=12),
    "trading_accounts": Rows(6, 9, {
        "account": _ACCOUNT, "customer_id": names("c", 4), "account_class": of(*["ordinary"] * 12, "insider", "other", "error", "discretionary"),
        "representative_id": names("e", 2), "representative_from": seldom(days(FIRST)), "opened_on": days(_OLD, by=(0, 1)),
    }, blank=8),
    "customers": Rows(5, 8, {
        "customer_id": names("c", 4), "national_id": _CUSTOMER_ID, "born_on": of(FIRST.replace(year=FIRST.year - 80), FIRST.replace(year=FIRST.year - 80) + timedelta(days=1), FIRST.replace(year=FIRST.year - 18), FIRST.replace(year=FIRST.year - 18) + timedelta(days=2)),
        "died_on": seldom(days(FIRST), 5), "death_known_on": seldom(days(FIRST), 5),
    }, blank=10, blanks={"born_on": 2}),
    "account_authorizations": Rows(-1, 2, {
        "account": _ACCOUNT, "agent_name": names("r", 2), "national_id": _CUSTOMER_ID, "authority": of("trade", "discretionary", "legal_representative", "settle"),
        "authority_from": days(FIRST), "authority_until": days(FIRST),
    }, blank=10, blanks={"authority_from": 2, "authority_until": 2}),
    "network_ranges": Rows(-1, 1, {
        "network": names("net", 9), "network_kind": of("branch", "carrier_nat"), "first_place": lambda rng, tag: _place(tag, rng.randrange(2)),
        "last_place": lambda rng, tag: _place(tag, 1), "range_from": days(FIRST), "range_until": days(FIRST),
    }, blank=10, blanks={"last_place": 0, "range_from": 2, "range_until": 2}),
    "known_networks": Rows(0, 1, {"network": names("net", 9), "network_kind": of("branch")}),
}  # fmt: skip


def same(one: str | None) -> str | None:
    return None if one is None else one.strip().upper()


class House:
    """The staff with their accounts, the accounts with their owners, and the period's new orders."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        owners = {one.customer_id: one for one in evidence.customers}
        self.held = {
            one.account: SimpleNamespace(
                **vars(one), owner=owners.get(one.customer_id), id=same(getattr(owners.get(one.customer_id), "national_id", None))
            )
            for one in evidence.trading_accounts
        }  # fmt: skip
        self.kin = list(self._kin())
        self.staff = self._accounts()
        self.orders = [
            one
            for one in evidence.orders
            if one.event == "new"
            and one.happened_on is not None
            and evidence.begin <= one.happened_on <= evidence.until
        ]
        self.by_account: dict[str | None, list[SimpleNamespace]] = defaultdict(list)
        self.by_tool: dict[tuple[str, str], list[SimpleNamespace]] = defaultdict(list)
        self.papers: dict[str, list[SimpleNamespace]] = defaultdict(list)
        self.staffs: dict[str, list[SimpleNamespace]] = defaultdict(list)
        for order in self.orders:
            self.by_account[order.account].append(order)
            for tool in came_by(order).items():
                self.by_tool[tool].append(order)
        for paper in evidence.account_authorizations if "account_authorizations" in evidence else []:
            self.papers[paper.account].append(paper)
        for one in self.staff:
            if one.account is not None:
                self.staffs[one.account].append(one)
        self.employees = {same(one.national_id) for one in evidence.employees} - {None}
        self._networks: dict[str, set[str | None]] = {}

    def _kin(self) -> Iterator[SimpleNamespace]:
        employed: dict[str, tuple[date, date]] = {}
        for one in self.evidence.employees:
            back = one.hired_on and one.left_on and one.hired_on > one.left_on
            span = employed[one.person_id] = (one.hired_on or EVER, NEVER if back else one.left_on or NEVER)
            yield SimpleNamespace(
                person=one.person_id, relation="self", id=same(one.national_id), since=span[0], until=span[1]
            )
        for one in self.evidence.relations:
            hired, left = employed.get(one.person_id, (EVER, NEVER))
            yield SimpleNamespace(
                person=one.person_id, relation=one.relation, id=same(one.national_id),
                since=max(hired, one.related_from or EVER), until=min(left, one.related_until or NEVER),
            )  # fmt: skip

    def _accounts(self) -> list[SimpleNamespace]:
        """A person and an account once, whatever ties them; the time reaches from the first tie to the last. Without an account: None."""
        ties: dict[tuple[str, str | None], list[SimpleNamespace]] = defaultdict(list)
        for one in self.kin:
            accounts = [name for name, held in self.held.items() if one.id is not None and held.id == one.id]
            for account in accounts or [None]:
                ties[one.person, account].append(one)
        return [
            SimpleNamespace(
                person=person, account=account, relation=min(one.relation for one in kin), since=min(one.since for one in kin),
                until=max(one.until for one in kin), nameless=any(one.id is None for one in kin),
            )
            for (person, account), kin in ties.items()
        ]  # fmt: skip

    def is_staffs(self, account: str | None, day: date) -> bool:
        return any(
            one.account == account and one.since <= day <= one.until for one in self.staff if one.account is not None
        )

    def is_customers(self, account: str | None, day: date) -> bool:
        held = self.held.get(account)
        house = held is not None and held.account_class in ("proprietary", "error", "discretionary")
        return not self.is_staffs(account, day) and not house

    def may_act(self, account: str | None, person_id: str | None, day: date) -> bool:
        """By a paper of the account's owner; one that names an employee is none."""
        return person_id is not None and any(
            same(one.national_id) == person_id for one in self.valid_papers(account, day)
        )

    def valid_papers(self, account: str | None, day: date, after: date = date.min) -> list[SimpleNamespace]:
        """The papers for an account on a day, of after another day."""
        return [
            one
            for one in self.papers.get(account, [])
            if one.authority != "settle"
            and same(one.national_id) not in self.employees
            and after < (one.authority_from or EVER) <= day <= (one.authority_until or NEVER)
        ]

    def networks(self, order: SimpleNamespace) -> set[str | None]:
        """The kinds of the known networks in which an order's address lies."""
        if order.row_id not in self._networks:
            self._networks[order.row_id] = set() if order.client_address is None else self._known(order)
        return self._networks[order.row_id]

    def _known(self, order: SimpleNamespace) -> set[str | None]:
        place = _written(order.client_address)
        return {
            one.network_kind
            for one in self.evidence.network_ranges
            if one.first_place is not None
            and one.first_place <= place <= one.last_place
            and (one.range_from or EVER) <= order.happened_on <= (one.range_until or NEVER)
        }

    def unreadable(self) -> int:
        return sum(one.first_place is None for one in self.evidence.network_ranges)


def _written(text: str) -> str:
    address = ip_address(text)
    if address.version == 4:
        return ".".join(f"{int(part):03}" for part in text.split("."))
    return ":".join(address.exploded.split(":")[:4])


def came_by(order: SimpleNamespace) -> dict[str, str]:
    """The ties an order has: by certificate, device, address and caller."""
    address = order.client_address
    if address is not None and ":" in address:
        address = ":".join(f"{int(part, 16):x}" for part in ip_address(address).exploded.split(":")[:4])
    caller = order.caller_number and "".join(one for one in order.caller_number if one not in "- ()")
    ties = {"certificate": order.signature, "device": order.device, "address": address, "caller": caller}
    return {tie: mark for tie, mark in ties.items() if mark is not None}


def moment(order: SimpleNamespace) -> int:
    return order.logged_at_us if order.received_at_us is None else order.received_at_us


def marks(house: House) -> set[tuple[date, str, str]]:
    """Day, tie and mark of everything that staff's orders came by, but what many share."""
    found = set()
    for order in house.orders:
        if house.is_staffs(order.account, order.happened_on):
            kinds = house.networks(order)
            for tie, mark in came_by(order).items():
                if not (tie == "address" and kinds) and not (tie == "device" and "branch" in kinds):
                    found.add((order.happened_on, tie, mark))
    return found


def gathered(house: House, ties: tuple[str, ...]) -> dict[tuple[date, str, str], list[SimpleNamespace]]:
    """By mark of staff's orders, the orders that came by it, one for all its records that bear a mark of staff's."""
    known = {one for one in marks(house) if one[1] in ties}
    records: dict[tuple[object, ...], list[SimpleNamespace]] = defaultdict(list)
    for order in house.orders:
        for tie, mark in came_by(order).items():
            if (order.happened_on, tie, mark) in known:
                records[order.happened_on, tie, mark, order.account, order.order_id].append(order)
    by_mark: dict[tuple[date, str, str], list[SimpleNamespace]] = defaultdict(list)
    for (day, tie, mark, account, order_id), listed in records.items():
        by_mark[day, tie, mark].append(
            SimpleNamespace(
                account=account, order_id=order_id, at=min(map(moment, listed)),
                **{name: max((getattr(one, name) for one in listed if getattr(one, name) is not None), default=None) for name in ("symbol", "side", "quantity")},
            )
        )  # fmt: skip
    return by_mark


def traceless(house: House, channels: tuple[str, ...], ties: tuple[str, ...]) -> set[tuple[str, str]]:
    """Person and account of whom an order by such a channel bears none of the ties in any record."""
    found = set()
    for one in house.staff:
        whole: dict[tuple[date, str], list[SimpleNamespace]] = defaultdict(list)
        for order in house.by_account[one.account] if one.account is not None else []:
            if one.since <= order.happened_on <= one.until:
                whole[order.happened_on, order.order_id].append(order)
        for records in whole.values():
            channel = max((order.channel for order in records if order.channel is not None), default=None)
            if channel in channels and not any(tie in came_by(order) for order in records for tie in ties):
                found.add((one.person, one.account))
    return found
