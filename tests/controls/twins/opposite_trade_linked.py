"""opposite-trade-linked, pair of orders by pair of orders."""

from collections import defaultdict
from datetime import date
from types import SimpleNamespace

from twins.hands import DRAWN as _DRAWN
from twins.hands import House, gathered, traceless
from twins.worlds import MINUTE, Evidence, Told

DRAWN = _DRAWN
ALSO = ("days", "trades", "first_us", "last_us")
_MINUTES, _ALIKE, _CROWD, _LEAST_DAYS, _DORMANT, _OLD = 5, 80, 8, 2, 180, 80
_TIES = ("certificate", "device", "address", "caller")


def told(evidence: Evidence) -> Told:
    house, said = House(evidence), Told()
    by_mark = gathered(house, _TIES)
    silent = traceless(house, ("internet", "api", "voice"), _TIES)
    for one in house.staff:
        pairs = _pairs(house, one, by_mark)
        if one.until < evidence.begin:
            said.leave_out("left_before", max(len(pairs), 1))
            continue
        said.candidates += max(len(pairs), 1)
        if one.nameless and (one.person, None, None, "no_id") not in said.undetermined:
            said.undetermined.append((one.person, None, None, "no_id"))
        if (one.person, one.account) in silent:
            said.undetermined.append((one.person, one.account, None, "no_trace"))
        for account, met in pairs.items():
            _judge(said, (one.person, one.account, account), met, house.held.get(account))
    said.undetermined += [(None, None, None, "network_unreadable")] * house.unreadable()
    return said


def _judge(said: Told, key: tuple[object, ...], met: list[SimpleNamespace], held: SimpleNamespace | None) -> None:
    sure = [one for one in met if one.grade > 0]
    days = {one.day for one in sure}
    broken = any(one.grade == 2 or one.worse for one in sure) or len(days) >= _LEAST_DAYS
    unknown = held is None or held.id is None
    if unknown and (broken or len(sure) < len(met)):
        said.undetermined.append((*key, "owner_unknown"))
    elif broken:
        trades = {(one.day, one.order_id) for one in sure}
        said.exceptions.append((*key, len(days), len(trades), min(one.at for one in sure), max(one.at for one in sure)))
    elif len(sure) < len(met):
        said.undetermined.append((*key, "fields_missing"))


def _pairs(house: House, one: SimpleNamespace, by_mark: dict) -> dict[str | None, list[SimpleNamespace]]:
    """By customer's account, the orders that are opposite or, where a value is missing, may be."""
    pairs: dict[str | None, list[SimpleNamespace]] = defaultdict(list)
    for (day, tie, _), orders in by_mark.items():
        if one.account is None or not one.since <= day <= one.until:
            continue
        if tie in ("address", "caller") and len({order.account for order in orders} - {None}) > _CROWD:
            continue
        for mine in (order for order in orders if order.account == one.account):
            for theirs in (order for order in orders if house.is_customers(order.account, day)):
                grade = _grade(house, one, day, tie, (mine, theirs), orders)
                if grade is not None:
                    worse = _worse(house, one, theirs.account, day)
                    pairs[theirs.account].append(
                        SimpleNamespace(day=day, grade=grade, worse=worse, at=mine.at, order_id=theirs.order_id)
                    )
    return pairs


def _grade(house, one, day: date, tie: str, both: tuple, orders: list) -> int | None:
    """2: one hand ordered opposite, 1: opposite and mirrored, 0: a value is missing that would tell; None: not opposite."""
    mine, theirs = both
    unlike = [a is not None and b is not None and differs for a, b, differs in (
        (mine.symbol, theirs.symbol, mine.symbol != theirs.symbol), (mine.side, theirs.side, mine.side == theirs.side))]  # fmt: skip
    if any(unlike):
        return None
    known = None not in (mine.symbol, theirs.symbol, mine.side, theirs.side)
    held = house.held.get(theirs.account)
    owner, own = held and held.id, house.held[one.account].id
    papers = house.may_act(theirs.account, own, day) or house.may_act(one.account, owner, day)
    if tie in ("certificate", "device") and not papers:
        return 2 if known else 0
    mirrored = _mirrored(mine, theirs, orders)
    if mirrored is False:
        return None
    return 1 if known and mirrored else 0


def _mirrored(mine: SimpleNamespace, theirs: SimpleNamespace, orders: list[SimpleNamespace]) -> bool | None:
    """Near in time, and alike in quantity by the order or by the day; None: a quantity is missing."""
    if abs(mine.at - theirs.at) > _MINUTES * MINUTE:
        return False
    single = _alike(mine.quantity, theirs.quantity)
    whole = _alike(_total(mine, orders), _total(theirs, orders))
    if single or whole:
        return True
    return None if None in (single, whole) else False


def _alike(one: int | None, other: int | None) -> bool | None:
    return None if one is None or other is None else 100 * min(one, other) >= _ALIKE * max(one, other)


def _total(one: SimpleNamespace, orders: list[SimpleNamespace]) -> int | None:
    same = [
        other.quantity
        for other in orders
        if (other.account, other.symbol, other.side) == (one.account, one.symbol, one.side)
    ]
    known = [quantity for quantity in same if quantity is not None]
    return sum(known) if known else None


def _age(born: date | None, day: date) -> int | None:
    return None if born is None else day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _worse(house: House, one: SimpleNamespace, account: str | None, day: date) -> bool:
    """Is the customer dead, aged, dormant or the employee's own, or is the other side a minor's account?"""
    own = house.held[one.account]
    own_age = _age(own.owner and own.owner.born_on, day)
    minor = one.relation == "minor_child" if own_age is None else own_age < 18
    held = house.held.get(account)
    owner = held.owner if held else None
    dead = owner is not None and owner.died_on is not None and owner.died_on < day
    age = _age(owner and owner.born_on, day)
    served = held is not None and held.representative_id == one.person and (held.representative_from or day) <= day
    return dead or minor or served or (age is not None and age >= _OLD) or _dormant(house, account, held, day)


def _dormant(house: House, account: str | None, held: SimpleNamespace | None, day: date) -> bool:
    """No order for more than 180 days, as far as records reach; where none came before, an account that is older than that."""
    mine = {
        order.happened_on
        for order in house.evidence.orders
        if order.account == account and order.happened_on is not None
    }
    before = max((one for one in mine if one < day), default=None)
    if account is not None and before is not None:
        return (day - before).days > _DORMANT
    begun = min(order.happened_on for order in house.evidence.orders if order.happened_on is not None)
    opened = held.opened_on if held else None
    return (day - begun).days > _DORMANT and opened is not None and (day - opened).days > _DORMANT
