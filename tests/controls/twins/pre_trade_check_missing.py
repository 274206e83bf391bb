"""pre-trade-check-missing, order by order: the checks that name it, one after another."""

from types import SimpleNamespace

from twins.worlds import SPAN, Evidence, Rows, Told, amounts, at, day_of, names, near, of

from chahe.engine.casebook import AS_OF

_NOON = at(AS_OF, 12)
_SENT = near(_NOON, _NOON, _NOON, _NOON, at(SPAN.begin, 0), at(AS_OF, 0), at(AS_OF, 23, 59, 59, 999_999))
_SUBJECT = ("account", "symbol", "side", "price", "quantity")
_DRAWN = {
    "order_id": names("o", 1),
    "account": names("a", 1),
    "symbol": of(*["2330"] * 9, "2317"),
    "side": of(*["buy"] * 9, "sell"),
    "price": amounts(*[600] * 9, "600.05"),
    "quantity": of(*[1000] * 9, 999),
}
DRAWN = {
    "orders": Rows(1, 3, _DRAWN | {
        "session": of("gw1", "gw2"), "leg": of(*["exchange"] * 5, "customer"),
        "event": of("new", "new", "new", "replace", "cancel"), "logged_at_us": _SENT, "sent_at_us": _SENT,
    }, blank=15, blanks={"logged_at_us": 6, "sent_at_us": 3}),
    "risk_checks": Rows(0, 7, _DRAWN | {"check_id": names("k", 99), "checked_at_us": _SENT, "result": of("passed", "passed", "failed")}, blank=12),
}  # fmt: skip
ALSO = ("defect",)


def told(evidence: Evidence) -> Told:
    said = Told()
    for order in evidence.orders:
        sent = order.logged_at_us if order.sent_at_us is None else order.sent_at_us
        day, logged_on = day_of(sent), order.happened_on
        key = (order.session, order.order_id, order.event, sent)
        if order.leg == "customer" or (logged_on and not evidence.begin <= logged_on <= evidence.until):
            continue
        if order.event == "cancel":
            said.leave_out("cancel")
            continue
        said.candidates += 1
        if order.leg is None or sent is None:
            said.undetermined.append((*key, "no_leg" if order.leg is None else "no_sending"))
            continue
        checks = [
            one for one in evidence.risk_checks if one.order_id == order.order_id and day_of(one.checked_at_us) == day
        ]
        verdict = _verdict(order, sent, checks)
        if verdict == "unsure":
            said.undetermined.append((*key, "unsure"))
        elif verdict != "good":
            said.exceptions.append((*key, verdict))
    return said


def _verdict(order: SimpleNamespace, sent: int, checks: list[SimpleNamespace]) -> str:
    """The newest check of the order decides; one that may be of the order decides nothing, and nothing stands against it."""
    before = sorted(
        (one for one in checks if one.checked_at_us < sent), key=lambda one: (one.checked_at_us, one.result == "failed")
    )
    mine = [one for one in before if _likeness(order, one) == "same"]
    perhaps = [one for one in before if _likeness(order, one) == "unsure"]
    if mine:
        last = mine[-1]
        against = [one for one in perhaps if one.result != last.result and _overrules(one, last)]
        return "unsure" if against else {"passed": "good", "failed": "failed"}[last.result]
    if any(one.result == "passed" for one in perhaps):
        return "unsure"
    passed = [one for one in checks if one.result == "passed"]
    if any(_likeness(order, one) == "same" for one in passed):
        return "late"
    return (
        "differs" if any(_likeness(order, one) == "differs" for one in passed if one.checked_at_us < sent) else "none"
    )


def _overrules(one: SimpleNamespace, other: SimpleNamespace) -> bool:
    """At one moment the failure counts."""
    return (one.checked_at_us, one.result == "failed") > (other.checked_at_us, other.result == "failed")


def _likeness(order: SimpleNamespace, check: SimpleNamespace) -> str:
    pairs = [(getattr(order, name), getattr(check, name)) for name in _SUBJECT]
    if any(a is not None and b is not None and a != b for a, b in pairs):
        return "differs"
    return "same" if all(a == b for a, b in pairs) else "unsure"
