"""default-late-report, settlement by settlement."""

from datetime import date, timedelta
from itertools import pairwise
from types import SimpleNamespace

from twins.worlds import SPAN, Evidence, Rows, Told, at, moments, names, of, seldom

from chahe.engine.casebook import AS_OF

_DUE = AS_OF - timedelta(days=20)
_NEXT = _DUE + timedelta(days=1)
_TRADED = _DUE - timedelta(days=2)
_HOUR, _BANK, _ABROAD = at(_DUE, 11), at(_DUE, 20), at(_NEXT, 18)
_DUES = of(_DUE, _DUE, _DUE, _DUE, _NEXT, SPAN.begin, SPAN.begin - timedelta(days=1), AS_OF, AS_OF)
DRAWN = {
    "settlements": Rows(1, 4, {"account": names("a", 4), "traded_on": of(_TRADED, _TRADED - timedelta(days=1)), "due_on": _DUES, "settled": of(True, False, False), "settled_at_us": seldom(moments(_HOUR, _BANK))}, blank=9),
    "defaults": Rows(0, 4, {"default_id": names("d", 99), "account": names("a", 4), "traded_on": of(_TRADED, _TRADED - timedelta(days=1)), "due_on": _DUES, "cause": of("customer", "bank"), "bank_proof": of("函", " "), "failed_at_us": moments(_HOUR), "declared_at_us": moments(_HOUR, _BANK, _ABROAD, at(AS_OF, 18)), "withdrawn_on": seldom(of(_NEXT), 8)}, blank=8),
    "trading_accounts": Rows(4, 8, {"account": names("a", 4), "customer_id": names("c", 3)}),
    "customers": Rows(2, 4, {"customer_id": names("c", 3), "residency": of("domestic", "domestic", "foreign", "mainland")}, blank=6),
    "executions": Rows(0, 3, {"executed_at_us": of(*(at(day) for day in (_TRADED, _TRADED + timedelta(days=1), SPAN.begin, SPAN.begin - timedelta(days=1), AS_OF - timedelta(days=14), AS_OF - timedelta(days=15)))), "session": names("x", 2), "execution_id": names("e", 99)}, blanks={"session": 0}),
}  # fmt: skip
ALSO = ("defect",)


def told(evidence: Evidence) -> Told:
    said = Told()
    dues = sorted({one.due_on for one in evidence.settlements if one.due_on is not None})
    following = dict(pairwise(dues))
    declared: dict[tuple[str, date], SimpleNamespace] = {}
    for one in sorted(
        (one for one in evidence.defaults if one.withdrawn_on is None),
        key=lambda one: (one.declared_at_us is None, one.declared_at_us or 0, one.row_id),
    ):
        declared.setdefault((one.account, one.traded_on), one)
    settled = {(one.account, one.traded_on): one for one in evidence.settlements}
    alone = [
        SimpleNamespace(
            account=one.account, traded_on=one.traded_on, due_on=one.due_on, settled=False, settled_at_us=None
        )
        for key, one in declared.items()
        if key not in settled
    ]
    owners = {one.account: one.customer_id for one in evidence.trading_accounts}
    residency = {one.customer_id: one.residency for one in evidence.customers}
    for one in [*settled.values(), *alone]:
        if not evidence.begin <= (one.due_on or one.traded_on) <= evidence.until:
            continue
        said.candidates += 1
        state = _state(
            one,
            declared.get((one.account, one.traded_on)),
            following.get(one.due_on),
            residency.get(owners.get(one.account)),
        )
        if state in ("late", "undeclared", "no_proof"):
            said.exceptions.append((one.account, one.traded_on, state))
        elif state != "good":
            said.undetermined.append((one.account, one.traded_on, state))
    listed = {one.traded_on for one in evidence.settlements}
    for day in {one.happened_on for one in evidence.executions} - listed:
        later = any(other > day for other in listed)
        if evidence.begin <= day <= evidence.until and (later or (evidence.until - day).days > 14):
            said.undetermined.append((None, day, "no_list"))
    return said


def _state(one: SimpleNamespace, default: SimpleNamespace | None, following: date | None, residency: str | None) -> str:
    if one.due_on is None:
        return "no_day"
    limit = at(one.due_on, 11)
    if one.settled is not False and one.settled_at_us is not None and one.settled_at_us <= limit:
        return "good"
    if default is None:
        if one.settled is None and one.settled_at_us is None:
            return "unsaid"
        return "no_settling" if one.settled and one.settled_at_us is None else "undeclared"
    return _declared(one.due_on, default, following, residency)


def _declared(due: date, default: SimpleNamespace, following: date | None, residency: str | None) -> str:
    entered = default.declared_at_us
    if entered is None:
        return "no_moment"
    if entered <= at(due, 11):
        return "good"
    if default.cause == "bank" and entered <= at(due, 20):
        return "good" if default.bank_proof is not None and default.bank_proof.strip() else "no_proof"
    in_time = default.failed_at_us is not None and default.failed_at_us <= at(due, 11)
    if residency == "domestic" or not in_time:
        return "late"
    if following is None:
        return "no_next_day"
    if entered <= at(following, 18):
        return "good" if residency is not None else "no_residency"
    return "late"
