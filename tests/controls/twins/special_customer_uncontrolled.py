"""special-customer-uncontrolled, order by order of a customer of special standing."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from types import SimpleNamespace

from twins.worlds import MINUTE, SPAN, Evidence, Rows, Told, amounts, at, days, names, of, seldom, years

from chahe.engine.casebook import AS_OF

_DAY = AS_OF - timedelta(days=30)
_NINE, _LATER = at(_DAY), at(_DAY) + MINUTE
_LOGGED = of(*[_NINE, _LATER, _LATER] * 4, at(_DAY + timedelta(days=1)), at(SPAN.begin, 0), at(SPAN.begin, 0) - 1)
_BORN = [years(one, -18) for one in (_DAY, _DAY + timedelta(days=1), _DAY + timedelta(days=2), SPAN.begin)]
DRAWN = {
    "orders": Rows(5, 14, {
        "logged_at_us": _LOGGED, "received_at_us": seldom(of(_NINE, _LATER)), "sent_at_us": seldom(of(_NINE, _LATER)), "leg": of(*["exchange"] * 7, "customer"),
        "event": of(*["new"] * 9, "cancel"), "order_id": names("o", 9), "account": names("a", 2), "symbol": of("2330", "2330", "2317"), "side": of("buy", "sell"),
        "price": amounts(50, 50, "50.0001"), "quantity": of(1000, 2000), "channel": of(*["internet"] * 6, "api", "counter", "ordinary"), "order_category": of("cash", "margin_broker"),
    }, blank=16, blanks={"leg": 12, "channel": 9, "symbol": 8}),
    "special_standings": Rows(2, 7, {
        "customer_id": names("c", 2), "standing": of("minor", "guardianship", "frozen", "bankrupt", "investment_commission", *["foreign"] * 4, *["overseas_chinese"] * 3), "symbol": seldom(of("2330"), 2),
        "standing_from": seldom(days(_DAY), 2), "standing_until": seldom(days(_DAY), 3), "known_on": seldom(days(_DAY), 2), "daily_limit": amounts(100_000, 150_000, "50000.1", 50_000, 200_000),
    }, blank=0, blanks={"daily_limit": 2}),
    "customers": Rows(0, 2, {"customer_id": names("c", 2), "born_on": of(*_BORN, date(2008, 2, 29), date(2000, 1, 1), date(2000, 1, 1))}),
    "trading_accounts": Rows(2, 6, {"account": names("a", 2), "customer_id": names("c", 2)}),
    "account_authorizations": Rows(0, 2, {"account": names("a", 2), "agent_name": of("王", "李"), "authority": of("legal_representative", "legal_representative", "trade"), "authority_from": seldom(days(_DAY)), "authority_until": seldom(days(_DAY))}),
}  # fmt: skip
ALSO = ("customer_id", "defect", "day_amount")
DEFECTS = ("forbidden", "limit")
_FORBIDDEN = {
    "minor": ("buy", "sell"), "bankrupt": ("buy", "sell"), "defaulted": ("buy", "sell"), "unregistered_foreign": ("buy", "sell"),
    "guardianship": ("buy", "sell"), "frozen": ("sell",), "investment_commission": ("buy",),
}  # fmt: skip
_WHOLLY = ("minor", "bankrupt", "defaulted", "unregistered_foreign")
_GRAVEST = (
    "forbidden",
    "limit",
    "no_channel",
    "no_leg",
    "no_price",
    "no_side",
    "no_symbol",
    "no_time",
    "same_day",
    "unsure_before",
)


def told(evidence: Evidence) -> Told:
    said = Told()
    lanes: dict[tuple[object, ...], list[SimpleNamespace]] = defaultdict(list)
    for one in _orders(evidence):
        lanes[one.customer_id, one.day].append(one)
    for lane in lanes.values():
        lane.sort(key=lambda one: (one.at, one.order_id, one.account))
        standings = [one for one in _standings(evidence) if one.customer_id == lane[0].customer_id]
        for nth, one in enumerate(lane):
            met = [standing for standing in standings if _holds(standing, one)]
            if not met:
                continue
            if one.left_out:
                said.leave_out(one.left_out)
                continue
            said.candidates += 1
            so_far = [other for other in lane[: nth + 1] if not other.left_out]
            states = {_state(evidence, standing, so_far) for standing in met}
            state = next((grave for grave in _GRAVEST if grave in states), None)
            key = (one.day, one.account, one.order_id)
            if state in ("forbidden", "limit"):
                sure = [other.amount for other in so_far if _sure(other) and other.amount is not None]
                said.exceptions.append((*key, one.customer_id, state, f"{sum(sure):.4f}" if sure else None))
            elif state:
                said.undetermined.append((*key, state))
    return said


def _orders(evidence: Evidence) -> Iterator[SimpleNamespace]:
    """Every new order of the period, of however many records."""
    owners = {one.account: one.customer_id for one in evidence.trading_accounts}
    records = defaultdict(list)
    for one in evidence.orders:
        inside = one.happened_on is None or evidence.begin <= one.happened_on <= evidence.until
        if one.event == "new" and one.account in owners and inside:
            records[one.happened_on, one.account, one.order_id].append(one)
    for (day, account, order_id), listed in records.items():
        known = {
            name: max((getattr(one, name) for one in listed if getattr(one, name) is not None), default=None)
            for name in ("symbol", "side")
        }
        amounts_ = [one.price * one.quantity for one in listed if None not in (one.price, one.quantity)]
        channels = {one.channel for one in listed} - {None}
        legs = {one.leg for one in listed}
        electronic = bool(channels - {"counter", "ordinary"})
        left_out = "not_electronic" if channels and not electronic else "refused" if legs == {"customer"} else None
        yield SimpleNamespace(
            day=day, account=account, order_id=order_id, customer_id=owners[account], **known, amount=max(amounts_, default=None), electronic=electronic,
            sent="exchange" in legs, left_out=left_out, at=min(one.received_at_us or one.sent_at_us or one.logged_at_us or 0 for one in listed),
        )  # fmt: skip


def _sure(order: SimpleNamespace) -> bool:
    return order.electronic and order.sent


def _standings(evidence: Evidence) -> Iterator[SimpleNamespace]:
    """Those of the register, and the minors whom their day of birth tells."""
    yield from evidence.special_standings
    for one in evidence.customers:
        if one.born_on is not None:
            last = _last_day_of_minority(one.born_on)
            if last >= evidence.begin:
                yield SimpleNamespace(
                    customer_id=one.customer_id, standing="minor", symbol=None, standing_from=one.born_on, standing_until=last, known_on=None, daily_limit=None
                )  # fmt: skip


def _last_day_of_minority(born: date) -> date:
    """The day before the eighteenth birthday; without a 29 February that year the last of February (Civil Code, art. 121)."""
    if (born.month, born.day) == (2, 29):
        return date(born.year + 18, 3, 1) - timedelta(days=1)
    return date(born.year + 18, born.month, born.day) - timedelta(days=1)


def _holds(standing: SimpleNamespace, order: SimpleNamespace) -> bool:
    """Does, or may, the standing touch the order?"""
    if standing.symbol is not None and order.symbol not in (standing.symbol, None):
        return False
    day = order.day
    return day is None or (standing.standing_from or day) <= day <= (standing.standing_until or day)


def _state(evidence: Evidence, standing: SimpleNamespace, so_far: list[SimpleNamespace]) -> str | None:
    order = so_far[-1]
    bars = {_barred(evidence, standing, order), _beyond(standing, so_far)}
    bar = next(
        (one for one in ("forbidden", "limit", "no_side", "no_time", "no_price", "unsure_before") if one in bars), None
    )
    if bar is None or (standing.known_on and order.day and standing.known_on > order.day):
        return None
    if order.day is None:
        return "no_time"
    if not order.electronic:
        return "no_channel"
    if not order.sent:
        return "no_leg"
    if standing.known_on == order.day:
        return "same_day"
    return "no_symbol" if standing.symbol is not None and order.symbol is None else bar


def _barred(evidence: Evidence, standing: SimpleNamespace, order: SimpleNamespace) -> str | None:
    sides = _FORBIDDEN.get(standing.standing, ())
    if standing.standing == "minor" and any(
        one.account == order.account and one.authority == "legal_representative" and order.day is not None
        and (one.authority_from or order.day) <= order.day <= (one.authority_until or order.day)
        for one in evidence.account_authorizations
    ):  # fmt: skip
        return None
    if order.side in sides or standing.standing in _WHOLLY:
        return "forbidden"
    return "no_side" if sides and order.side is None else None


def _beyond(standing: SimpleNamespace, so_far: list[SimpleNamespace]) -> str | None:
    """Does the day's sum go beyond the limit? Orders that may not count leave it open where only they take it there."""
    if standing.daily_limit is None:
        return None
    if sum(one.amount or 0 for one in so_far if _sure(one)) > standing.daily_limit:
        return "limit"
    if so_far[-1].day is None:
        return "no_time"
    if any(one.amount is None for one in so_far):
        return "no_price"
    return "unsure_before" if sum(one.amount for one in so_far) > standing.daily_limit else None
