"""credit-assessment-missing, limit by limit of each customer or account: the check it was granted on, and what came after."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

from twins.worlds import SPAN, Evidence, Rows, Told, amounts, at, day_of, days, moments, names, of, seldom, years

from chahe.engine.casebook import AS_OF

_DAY = AS_OF - timedelta(days=200)
_LATER = _DAY + timedelta(days=30)
_YEAR = years(AS_OF, -1)
_EVER = date(9999, 12, 31)
_PROOF_ABOVE, _MULTIPLE, _CLOSE = 4_990_000, 100, 80
_STARTS = (at(_DAY), at(_DAY), at(_LATER), at(_YEAR - timedelta(days=40)))
_OLD = days(_YEAR, _YEAR - timedelta(days=41), _YEAR - timedelta(days=41))
_NEW = days(_DAY, _LATER, _YEAR - timedelta(days=41), _YEAR - timedelta(days=41), AS_OF)
_PAPER = of(*["存款證明"] * 8, " ")
# In every fourth world limits are given to accounts alone.
_CUSTOMER = lambda rng, tag: None if tag % 4 == 0 else f"c{rng.randrange(2)}.{tag}"  # noqa: E731 - a value, drawn
_ACCOUNT = lambda rng, tag: f"a{rng.randrange(3)}.{tag}" if tag % 4 == 0 or rng.randrange(3) == 0 else None  # noqa: E731 - a value, drawn
DRAWN = {
    "credit_limits": Rows(2, 6, {
        "limit_id": names("l", 40), "customer_id": _CUSTOMER, "account": _ACCOUNT, "daily_limit": amounts(4_990_000, 4_990_001, 5_000_000, 5_000_000, 5_000_000, 5_000_001, 3_000_000),
        "valid_from_us": of(*_STARTS, *_STARTS, at(AS_OF, 9), at(AS_OF + timedelta(days=1), 0), at(SPAN.begin, 0) - 1), "valid_from_on": days(_DAY, _LATER),
        "valid_until": seldom(days(AS_OF, SPAN.begin, _LATER), 4), "approved_at_us": moments(at(_DAY, 0), at(_LATER, 0)), "approved_on": days(_DAY),
    }, blanks={"valid_from_us": 5, "valid_from_on": 2, "approved_at_us": 2, "approved_on": 2, "customer_id": 6, "account": 6}),
    "credit_assessments": Rows(3, 8, {
        "assessment_id": names("k", 40), "customer_id": names("c", 2), "assessed_on": lambda rng, tag: (_OLD if tag % 3 == 0 else _NEW)(rng, tag),
        "valid_until": seldom(days(_DAY, _LATER, AS_OF, AS_OF), 3), "means": amounts(*[5_000_000] * 5, 4_990_000, 9_000_000, 9_000_000), "identity_proof": _PAPER, "means_proof": _PAPER,
    }, blank=12, blanks={"assessed_on": 16, "identity_proof": 16, "means_proof": 16}),
    "trading_accounts": Rows(2, 6, {"account": names("a", 3), "customer_id": names("c", 2), "account_class": of(*["ordinary"] * 5, "proprietary", "error")}),
    "customers": Rows(1, 4, {"customer_id": names("c", 2), "national_id": names("n", 2)}, blank=4),
    "orders": Rows(2, 12, {
        "leg": of("exchange", "exchange", "exchange", "customer"), "event": of(*["new"] * 6, "replace", "cancel"), "order_id": names("o", 9), "account": names("a", 3), "price": amounts(1000, 1000, 998),
        "quantity": of(4000, 4000, 4000, 3999, 2000, 2400), "logged_at_us": of(*[at(_LATER)] * 4, at(_LATER, 13), at(_LATER - timedelta(days=1)), at(AS_OF), at(SPAN.begin, 0), at(SPAN.begin, 0) - 1, at(_YEAR - timedelta(days=40))),
    }, blank=14),
}  # fmt: skip
ALSO = ("defect", "customer_id", "assessed_on", "before_limit", "peak")
DEFECTS = ("none", "expired", "unproved", "beyond", "raised", "run_out", "outgrown")


def told(evidence: Evidence) -> Told:
    said, firm = Told(), _Firm(evidence)
    for chain in _chains(evidence):
        for nth, limit in enumerate(chain):
            before = chain[nth - 1] if nth else None
            after = chain[nth + 1] if nth + 1 < len(chain) else None
            ends = min(limit.valid_until or _EVER, (after and after.begins) or _EVER)
            if ends < evidence.begin:
                said.leave_out("past")
            elif limit.begins and limit.begins > evidence.as_of:
                said.leave_out("not_yet")
            else:
                said.candidates += 1
                _judge(said, firm, limit, before, ends)
    return said


def _chains(evidence: Evidence) -> list[list[SimpleNamespace]]:
    """The limits of one account, or of one customer's number, in the order in which they begin."""
    chains: dict[tuple[str, str], list[SimpleNamespace]] = defaultdict(list)
    for one in evidence.credit_limits:
        begins = day_of(one.valid_from_us) or one.valid_from_on or day_of(one.approved_at_us) or one.approved_on
        place = ("account", one.account) if one.account else ("customer", one.customer_id or one.row_id)
        chains[place].append(
            SimpleNamespace(**vars(one), begins=begins, moment=one.valid_from_us or one.approved_at_us or 0)
        )
    return [sorted(chain, key=lambda one: (one.begins or _EVER, one.moment, one.row_id)) for chain in chains.values()]


def _judge(said: Told, firm: "_Firm", limit: SimpleNamespace, before: SimpleNamespace | None, ends: date) -> None:
    person = firm.person(limit)
    checks = firm.checks[person]
    dated = [one for one in checks if one.assessed_on is not None]
    timely = [one for one in dated if limit.begins and one.assessed_on <= limit.begins]
    check = min(timely, key=lambda one: (-one.assessed_on.toordinal(), one.row_id), default=None)
    peak = firm.peak(person, limit.begins, ends)
    if person is None:
        state = "nobody"
    elif limit.begins is None:
        state = "no_day"
    elif check is None:
        state = "no_check_day" if len(checks) > len(dated) else "none"
    else:
        state = (
            _granted(limit, check, before)
            or (_since(limit, dated, peak) if ends >= AS_OF else None)
            or ("no_means" if limit.daily_limit > _PROOF_ABOVE and check.means is None else "good")
        )
    if state in ("nobody", "no_day", "no_check_day", "no_means"):
        said.undetermined.append((limit.limit_id, state))
    elif state != "good":
        raised = before.daily_limit if before else None
        said.exceptions.append(
            (limit.limit_id, state, person, check and check.assessed_on, *map(_money, (raised, peak)))
        )


def _money(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.4f}"


def _granted(limit: SimpleNamespace, check: SimpleNamespace, before: SimpleNamespace | None) -> str | None:
    """What was wrong on the day on which the limit began."""
    papers = all(paper is not None and paper.strip() for paper in (check.identity_proof, check.means_proof))
    if check.valid_until is not None and check.valid_until < limit.begins:
        return "expired"
    if limit.daily_limit > _PROOF_ABOVE and not papers:
        return "unproved"
    if check.means is not None and limit.daily_limit > check.means * _MULTIPLE / 100:
        return "beyond"
    raised = before is not None and limit.daily_limit > before.daily_limit
    return "raised" if raised and before.begins and check.assessed_on <= before.begins else None


def _since(limit: SimpleNamespace, dated: list[SimpleNamespace], peak: Decimal | None) -> str | None:
    """What is wrong by now with a limit that still holds: no check does any more, or trading has outgrown the newest."""
    if all(one.valid_until is not None and one.valid_until < AS_OF for one in dated):
        return "run_out"
    close = peak is not None and peak >= limit.daily_limit * _CLOSE / 100
    return "outgrown" if close and max(one.assessed_on for one in dated) < _YEAR else None


class _Firm:
    """Whose a number or account is, the checks of each person until the day of the audit, and what they ordered day by day."""

    def __init__(self, evidence: Evidence) -> None:
        ids = {one.customer_id: one.national_id for one in evidence.customers}
        self.accounts = {one.account: one for one in evidence.trading_accounts if one.account}
        held = {one.customer_id for one in evidence.trading_accounts}
        self.numbers = {
            number: min([number, *(one for one in held if ids.get(number) and ids.get(one) == ids[number])])
            for number in held
        }
        self.checks: dict[str | None, list[SimpleNamespace]] = defaultdict(list)
        for one in evidence.credit_assessments:
            if one.assessed_on is None or one.assessed_on <= evidence.as_of:
                self.checks[self.numbers.get(one.customer_id, one.customer_id)].append(one)
        self.ordered: dict[str, dict[date, list[Decimal]]] = defaultdict(lambda: defaultdict(list))
        for one in evidence.orders:
            account = self.accounts.get(one.account)
            ours = account is not None and account.account_class not in ("proprietary", "error")
            inside = one.happened_on is not None and evidence.begin <= one.happened_on <= evidence.until
            if (
                ours
                and inside
                and one.leg == "exchange"
                and one.event == "new"
                and None not in (one.price, one.quantity)
            ):
                self.ordered[self.numbers[account.customer_id]][one.happened_on].append(one.price * one.quantity)

    def person(self, limit: SimpleNamespace) -> str | None:
        account = self.accounts.get(limit.account)
        if limit.customer_id in self.numbers:
            return self.numbers[limit.customer_id]
        return self.numbers[account.customer_id] if account else limit.customer_id or limit.account

    def peak(self, person: str | None, begins: date | None, ends: date) -> Decimal | None:
        """The most that was ordered on one day of a limit's time."""
        ordered = self.ordered.get(person, {})
        return max((sum(listed) for day, listed in ordered.items() if begins and begins <= day <= ends), default=None)
