"""Payments between people: each once, however many statements show it, and the ways they go on by others' accounts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

PASSED: Final = Decimal("0.8")
"""So much of what came in must go on for it to be the same money."""
PASS_DAYS: Final = timedelta(days=3)
CIRCLE_DAYS: Final = timedelta(days=30)
_CIRCLE_LEGS: Final = 4
"""Payments of the longest circle that is looked for."""
_BUSY: Final = 5
"""An account with more parties than these is a shop or a firm: what it pays out is not what one of them paid in."""


@dataclass(frozen=True, slots=True)
class Side:
    """One end of a payment: a person's key, or an account's digits where nobody registered it; null where not told."""

    key: str | None
    row: str | None = None
    """The record that says whose account it is."""
    shared_by: tuple[str, ...] = ()
    """The persons to whom the account is registered, where they are several."""
    name: str | None = None
    """The name alone, where the account is nobody's that is known."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of one statement, as a payment from one side to the other."""

    on: date
    payer: Side
    payee: Side
    amount: Decimal | None
    directed: bool
    """Does the statement say which way it went?"""
    by_payer: bool
    """Is it the payer's statement?"""
    row: str


@dataclass(frozen=True, slots=True)
class Payment:
    on: date
    payer: Side
    payee: Side
    amount: Decimal | None
    directed: bool
    row: str
    other_row: str | None
    """The same payment on the other party's statement."""


def payments(entries: Iterable[Entry]) -> list[Payment]:
    """Each payment once: two parties' statements show it on the same day with the same amount. In order of day and record.

    Statements of one account overlap where they were exported again: of the files that show a day, the fullest counts.
    """
    groups: dict[object, dict[tuple[bool, str], list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for nth, one in enumerate(sorted(entries, key=lambda one: one.row)):
        known = one.payer.key is not None and one.payee.key is not None and one.amount is not None
        key = (one.payer.key, one.payee.key, one.on, one.amount) if known and one.directed else nth
        groups[key][one.by_payer, one.row.partition("#")[0]].append(one)
    found = []
    for files in groups.values():
        ours, theirs = (
            max((held for (by_payer, _), held in files.items() if by_payer is side), key=len, default=[])
            for side in (True, False)
        )
        longer, shorter = (ours, theirs) if len(ours) >= len(theirs) else (theirs, ours)
        for place, one in enumerate(longer):
            twin = shorter[place].row if place < len(shorter) else None
            found.append(Payment(one.on, one.payer, one.payee, one.amount, one.directed, one.row, twin))
    return sorted(found, key=lambda one: (one.on, one.row))


class Flow:
    """The payments whose both ends and amounts are known, by who paid; parties with many others are left out."""

    def __init__(self, whole: Sequence[Payment], own: frozenset[str]) -> None:
        """`own` are the firm's accounts: what goes through them is its business with each, and goes nowhere."""
        parties: dict[str, set[str]] = defaultdict(set)
        for one in whole:
            if one.payer.key and one.payee.key:
                parties[one.payer.key].add(one.payee.key)
                parties[one.payee.key].add(one.payer.key)
        self._busy = own | {key for key, others in parties.items() if len(others) > _BUSY}
        self._out: dict[str, list[Payment]] = defaultdict(list)
        self._own = own
        for one in whole:
            if one.payer.key and one.payee.key and one.payer.key != one.payee.key and one.amount and one.directed:
                self._out[one.payer.key].append(one)

    def passed_on(self, first: Payment) -> Iterator[Payment]:
        """The payments by which the payee of one handed at least four fifths of it on within three days."""
        middle, amount = first.payee.key, first.amount
        if middle is None or middle in self._busy or amount is None:
            return
        for one in self._out[middle]:
            if (
                one.amount is not None
                and first.on <= one.on <= first.on + PASS_DAYS
                and PASSED * amount <= one.amount <= amount
                and one.payee.key != first.payer.key
            ):
                yield one

    def circled(self) -> frozenset[str]:
        """The records of payments that lie on a circle: by others' accounts back to who paid first, each leg a little less at most."""
        found: set[str] = set()
        for payer, paid in self._out.items():
            for one in paid if payer not in self._own else ():
                for circle in self._circles([one]):
                    found |= {leg.row for leg in circle}
        return frozenset(found)

    def _circles(self, legs: list[Payment]) -> Iterator[list[Payment]]:
        first, last = legs[0], legs[-1]
        if last.payee.key is None or last.payee.key in self._own or len(legs) == _CIRCLE_LEGS or last.amount is None:
            return
        for one in self._out.get(last.payee.key, ()):
            if one.amount is None or not last.on <= one.on <= first.on + CIRCLE_DAYS:
                continue
            if not PASSED * last.amount <= one.amount <= last.amount:
                continue
            if one.payee.key == first.payer.key:
                # Straight back is money lent and returned, which the two sums tell.
                if len(legs) > 1:
                    yield [*legs, one]
            elif all(one.payee.key != leg.payee.key for leg in legs):
                yield from self._circles([*legs, one])
