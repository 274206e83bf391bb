"""shared-ip, address by address and day by day."""

from twins.hands import DRAWN as _DRAWN
from twins.hands import House, gathered, traceless
from twins.worlds import Evidence, Told

DRAWN = _DRAWN
ALSO = ("shared_days", "marks", "orders")
_CROWD, _LEAST_DAYS = 8, 2


def told(evidence: Evidence) -> Told:
    house, said = House(evidence), Told()
    by_mark = gathered(house, ("address",))
    silent = traceless(house, ("internet", "api"), ("address",))
    for one in house.staff:
        pairs = _pairs(house, one, by_mark)
        if one.until < evidence.begin:
            said.leave_out("left_before", max(len(pairs), 1))
            continue
        said.candidates += max(len(pairs), 1)
        if one.nameless and (one.person, None, None, "no_id") not in said.undetermined:
            said.undetermined.append((one.person, None, None, "no_id"))
        if (one.person, one.account) in silent:
            said.undetermined.append((one.person, one.account, None, "no_address"))
        for account, met in pairs.items():
            held = house.held.get(account)
            shared = {day for day, _, _ in met}
            dead = any(held and held.owner and held.owner.died_on and held.owner.died_on < day for day in shared)
            served = any(
                held and held.representative_id == one.person and (held.representative_from or day) <= day
                for day in shared
            )
            if len(shared) < _LEAST_DAYS and not dead and not served:
                continue
            if held is None or held.id is None:
                said.undetermined.append((one.person, one.account, account, "owner_unknown"))
            else:
                said.exceptions.append(
                    (
                        one.person,
                        one.account,
                        account,
                        len(shared),
                        len({mark for _, mark, _ in met}),
                        sum(n for *_, n in met),
                    )
                )
    said.undetermined += [(None, None, None, "network_unreadable")] * house.unreadable()
    return said


def _pairs(house, one, by_mark) -> dict[str | None, list[tuple[object, str, int]]]:
    """By customer's account: day, address, and how many orders of the customer's came by it."""
    pairs: dict[str | None, list[tuple[object, str, int]]] = {}
    for (day, _, mark), orders in by_mark.items():
        mine = (
            any(order.account == one.account for order in orders)
            and one.account is not None
            and one.since <= day <= one.until
        )
        if not mine or len({order.account for order in orders} - {None}) > _CROWD:
            continue
        for account in {order.account for order in orders if house.is_customers(order.account, day)}:
            pairs.setdefault(account, []).append((day, mark, sum(order.account == account for order in orders)))
    return pairs
