"""customer-account-used, by hand, by death and by device."""

from collections import defaultdict
from datetime import timedelta
from types import SimpleNamespace

from twins.hands import DRAWN as _DRAWN
from twins.hands import EVER, FIRST, House, came_by, moment, traceless
from twins.worlds import SPAN, Evidence, Rows, Told, names, of, seldom

from chahe.engine.casebook import AS_OF

DRAWN = dict(_DRAWN) | {
    "contact_details": Rows(0, 5, {
        "party_kind": of("customer", "customer", "customer", "employee"), "party_id": names("c", 4),
        "contact_kind": of("registered_address", "residence", "mobile"), "contact_value": names("home", 2),
        "used_until": seldom(of(SPAN.begin - timedelta(days=9), FIRST - timedelta(days=1), FIRST, AS_OF)),
    }),
}  # fmt: skip
UNSEEN = {"no_deaths"}
"""Of a thousand customers, which no world has."""
ALSO = ("orders", "days", "households", "first_us", "last_us")
_CUSTOMERS = 3
_TIES = ("certificate", "device", "address", "caller")


def told(evidence: Evidence) -> Told:
    house, said = House(evidence), Told()
    _hands(house, said)
    _deaths(house, said)
    _devices(house, said)
    said.undetermined += [(None, None, None, None, "network_unreadable")] * house.unreadable()
    return said


def _sum(orders: list[SimpleNamespace]) -> tuple[int, int]:
    """Orders (one for all its records of a day) and days."""
    return len({(one.happened_on, one.order_id) for one in orders}), len({one.happened_on for one in orders})


def _span(orders: list[SimpleNamespace]) -> tuple[int, int]:
    return min(map(moment, orders)), max(map(moment, orders))


def _hands(house: House, said: Told) -> None:
    """Orders on customers' accounts by a device or certificate that ordered on accounts of the employee or the family."""
    silent = {person for person, _ in traceless(house, ("internet", "api", "voice"), _TIES)}
    for person in sorted({one.person for one in house.staff}):
        mine = [one for one in house.staff if one.person == person]
        ids = {one.id for one in house.kin if one.person == person and one.id is not None}
        own = {one.id for one in house.kin if one.person == person and one.relation == "self"} - {None}
        tools = {
            (tie, mark)
            for one in mine
            for order in house.by_account.get(one.account, [])
            if one.account is not None and one.since <= order.happened_on <= one.until
            for tie, mark in came_by(order).items()
            if tie == "certificate" or (tie == "device" and "branch" not in house.networks(order))
        }
        used = defaultdict(list)
        for order in {order.row_id: order for tool in tools for order in house.by_tool[tool]}.values():
            papers = any(house.may_act(order.account, one, order.happened_on) for one in ids)
            held = house.held.get(order.account)
            owned = held is not None and held.id in own
            if house.is_customers(order.account, order.happened_on) and not papers and not owned:
                used[order.account].append(order)
        if max(one.until for one in mine) < house.evidence.begin:
            said.leave_out("left_before", max(len(used), 1))
            continue
        said.candidates += max(len(used), 1)
        said.undetermined += [("hand", person, None, None, "no_id")] * any(one.nameless for one in mine)
        said.undetermined += [("hand", person, None, None, "no_trace")] * (person in silent)
        for account, orders in used.items():
            held = house.held.get(account)
            if held is None or held.id is None:
                said.undetermined.append(("hand", person, account, None, "owner_unknown"))
            else:
                said.exceptions.append(("hand", person, account, None, *_sum(orders), None, *_span(orders)))


def _deaths(house: House, said: Told) -> None:
    """Orders after the day of death, but by whom a paper of after it lets act."""
    for account, held in house.held.items():
        died = held.owner and held.owner.died_on
        if held.owner is None or (died is None and held.owner.death_known_on is None):
            continue
        said.candidates += 1
        if died is None:
            said.undetermined.append(("death", None, account, None, "death_day"))
            continue
        orders = [
            one for one in house.by_account[account]
            if one.happened_on > died and not house.valid_papers(account, one.happened_on, died)
        ]  # fmt: skip
        if orders:
            said.exceptions.append(("death", None, account, None, *_sum(orders), None, *_span(orders)))


def _devices(house: House, said: Told) -> None:
    """By a representative and device, the days on which it ordered for three households or more of theirs, away from branches."""
    by_day = defaultdict(list)
    for order in house.orders:
        held = house.held.get(order.account)
        if order.device is None or held is None or "branch" in house.networks(order):
            continue
        theirs = held.representative_id is not None and (held.representative_from or EVER) <= order.happened_on
        own = held.account_class in ("proprietary", "error", "discretionary")
        if theirs and not own and not house.valid_papers(order.account, order.happened_on):
            by_day[held.representative_id, order.device, order.happened_on].append(order)
    found = defaultdict(list)
    for (person, device, _), orders in by_day.items():
        households = {_home(house, house.held[order.account].customer_id) for order in orders}
        if len(households) >= _CUSTOMERS:
            found[person, device].append((len(households), orders))
    for (person, device), listed in found.items():
        orders = [order for _, some in listed for order in some]
        said.candidates += 1
        said.exceptions.append(
            ("device", person, None, device, *_sum(orders), max(count for count, _ in listed), *_span(orders))
        )


def _home(house: House, customer: str) -> str:
    homes = [
        one.contact_value for one in house.evidence.contact_details
        if one.party_kind == "customer" and one.party_id == customer and one.contact_kind in ("registered_address", "residence") and one.used_until is None
    ]  # fmt: skip
    return min((one for one in homes if one is not None), default=customer)
