"""recommendation-irregular, recommendation by recommendation, and order by order of those who must stay out."""

from collections import defaultdict
from datetime import date, timedelta
from types import SimpleNamespace

from twins.worlds import DAY, HOUR, SPAN, Evidence, Rows, Told, at, day_of, days, moments, names, of, seldom

from chahe.engine.casebook import AS_OF

_DAY = AS_OF - timedelta(days=30)
_FROM, _UNTIL = at(_DAY), at(_DAY, 11)
DRAWN = {
    "recommendations": Rows(1, 4, {"recommendation_id": names("r", 3), "made_at_us": of(*[at(_DAY)] * 6, at(SPAN.begin, 0), at(SPAN.begin, 0) - 1, at(AS_OF, 0) + DAY, at(AS_OF, 0) + DAY - 1), "symbol": names("s", 1), "made_as": of(*["recommendation"] * 6, "answer", "news"), "audience": of(*["customer"] * 6, "group", "public"), "customer_id": names("c", 2), "risk_level": of(1, 2, 3)}),
    "recommendation_contracts": Rows(1, 4, {"contract_id": names("k", 99), "customer_id": names("c", 2), "signed_on": days(_DAY, _DAY - timedelta(days=9)), "explained_on": days(_DAY - timedelta(days=9), by=(-2, -1, 0)), "explained_by_id": names("e", 2), "risk_tolerance": of(2, 3, 3), "ended_on": seldom(days(_DAY), 4), "professional": seldom(of(True), 6)}),
    "recommendation_bans": Rows(0, 2, {"recommendation_id": names("r", 3), "symbol": names("s", 2), "banned_on": of(_DAY, _DAY, SPAN.begin - timedelta(days=1), AS_OF + timedelta(days=1)), "banned_from_us": of(_FROM), "banned_until_us": of(_UNTIL)}),
    "trading_accounts": Rows(1, 4, {"account": names("a", 3), "customer_id": names("c", 2), "account_class": of("insider", "proprietary", "ordinary")}),
    "orders": Rows(0, 6, {"logged_at_us": of(_FROM - 1, _FROM, _FROM + HOUR, _UNTIL - 1, _UNTIL, at(SPAN.begin) - DAY, at(AS_OF) + DAY), "received_at_us": seldom(moments(_FROM, _UNTIL)), "event": of("new", "new", "new", "cancel"), "order_id": names("o", 4), "account": names("a", 3), "symbol": names("s", 2)}),
}  # fmt: skip
ALSO = ("defect",)


def told(evidence: Evidence) -> Told:
    said = Told()
    for one in evidence.recommendations:
        made_on = day_of(one.made_at_us)
        contract = _contract(evidence, one.customer_id, made_on)
        left_out = _left_out(evidence, one, made_on, contract)
        if left_out:
            said.leave_out(left_out)
        else:
            _tell(said, ("recommended", one.recommendation_id, one.customer_id, None, None), _state(one, contract))
    insiders = {one.account for one in evidence.trading_accounts if one.account_class in ("insider", "proprietary")}
    for ban in evidence.recommendation_bans:
        orders = defaultdict(list)
        for one in evidence.orders:
            if (
                one.event == "new"
                and (one.symbol, one.happened_on) == (ban.symbol, ban.banned_on)
                and one.account in insiders
            ):
                orders[one.account, one.order_id].append(
                    one.logged_at_us if one.received_at_us is None else one.received_at_us
                )
        for (account, order_id), times in orders.items():
            if not evidence.begin <= ban.banned_on <= evidence.as_of:
                said.leave_out("before" if ban.banned_on < evidence.begin else "after")
            else:
                banned = ban.banned_from_us <= min(times) < ban.banned_until_us
                _tell(said, ("traded", ban.recommendation_id, None, account, order_id), "in_ban" if banned else "good")
    return said


def _tell(said: Told, key: tuple[object, ...], state: str) -> None:
    said.candidates += 1
    if state in ("unclear", "no_risk"):
        said.undetermined.append((*key, state))
    elif state != "good":
        said.exceptions.append((*key, state))


def _contract(evidence: Evidence, customer: str | None, day: date | None) -> SimpleNamespace | None:
    """A professional's before others, then the one signed last, of those that stood on the day."""
    standing = [
        one for one in evidence.recommendation_contracts
        if customer is not None and one.customer_id == customer
        and (one.professional if None in (one.signed_on, day) else one.signed_on <= day) and (None in (one.ended_on, day) or one.ended_on >= day)
    ]  # fmt: skip
    return max(standing, key=lambda one: (bool(one.professional), one.signed_on or date.max), default=None)


def _left_out(
    evidence: Evidence, one: SimpleNamespace, day: date | None, contract: SimpleNamespace | None
) -> str | None:
    if day is not None and day < evidence.begin:
        return "before"
    if day is not None and day > evidence.as_of:
        return "after"
    if one.made_as in ("answer", "news"):
        return "no_recommendation"
    return "professional" if contract and contract.professional and one.audience in ("customer", "group") else None


def _state(one: SimpleNamespace, contract: SimpleNamespace | None) -> str:
    if None in (one.made_as, one.made_at_us):
        return "unclear"
    if one.audience == "public" or (one.audience == "group" and one.customer_id is None):
        return "to_many"
    if one.customer_id is None:
        return "unclear"
    if contract is None:
        return "no_contract"
    if (
        None in (contract.explained_by_id, contract.explained_on, contract.signed_on)
        or contract.explained_on > contract.signed_on
    ):
        return "not_explained"
    if None in (one.risk_level, contract.risk_tolerance):
        return "no_risk"
    return "above_tolerance" if one.risk_level > contract.risk_tolerance else "good"
