"""orders-copied, book by book: its bunched days in order of time, and the twenty sessions from each of them on."""

from collections import defaultdict
from datetime import timedelta
from random import Random
from types import SimpleNamespace

from twins.worlds import SPAN, Evidence, Rows, Told, names, of

_SESSIONS = 20
_FIRST = SPAN.begin + timedelta(days=30)
_STEPS = (0, 0, 1, 2, 18, 19, 20, 21, 38, 39, 40)
"""Bunched days lie so many sessions after the first: around one span and two."""


class _Days:
    """A day, and then its number among the sessions: the two columns stand one after the other and say the same."""

    step = 0

    def day(self, rng: Random, tag: int) -> object:  # noqa: ARG002 - as every column is drawn
        self.step = rng.choice(_STEPS)
        return _FIRST + timedelta(days=self.step)

    def number(self, rng: Random, tag: int) -> object:  # noqa: ARG002 - as above
        return self.step + 1


_DRAWN = _Days()
DRAWN = {
    "order_bunches": Rows(3, 9, {
        "representative_id": names("e", 2), "bunched_on": _DRAWN.day, "session_number": _DRAWN.number, "symbol": of("2330", "2317"), "side": of("buy", "sell"),
        "first_us": of(1, 2, 3), "households": of(4, 5, 5, 5, 6), "surprise_tenths": of(59, 60, 60, 61, 120), "untimed": of(0, 0, 0, 0, 1), "others": of(0, 3),
        "expected_ppm": of(0, 1, 10_000, 10_001),
    }, blank=12),
    "trading_accounts": Rows(1, 4, {"account": names("a", 9), "customer_id": names("c", 3), "representative_id": names("e", 3)}, blank=4),
}  # fmt: skip
ALSO = ("households", "expected", "surprise", "days")


def told(evidence: Evidence) -> Told:
    said = Told()
    said.candidates = len({one.representative_id for one in evidence.trading_accounts} - {None})
    books: dict[str | None, dict[int, list[SimpleNamespace]]] = defaultdict(lambda: defaultdict(list))
    for one in evidence.order_bunches:
        if one.households >= 5 and one.surprise_tenths >= 60:
            books[one.representative_id][one.session_number].append(one)
    for book, days in books.items():
        best = {number: min(bunches, key=_best) for number, bunches in days.items()}
        for number, bunch in best.items():
            said.candidates += 1
            spans = [_span(best, first) for first in best if first <= number < first + _SESSIONS]
            most, sure = max(map(len, spans)), max(sum(map(_certain, span)) for span in spans)
            if most < 3:
                continue
            if _certain(bunch) and sure >= 3:
                said.exceptions.append(
                    (book, bunch.bunched_on, bunch.households, _hundredths(bunch), bunch.surprise_tenths // 10, most)
                )
            else:
                said.undetermined.append(
                    (book, bunch.bunched_on, "representative_unknown" if book is None else "no_receipt")
                )
    return said


def _best(bunch: SimpleNamespace) -> tuple[bool, int, str]:
    return (not _certain(bunch), -bunch.surprise_tenths, bunch.row_id)


def _certain(bunch: SimpleNamespace) -> bool:
    return bunch.untimed == 0 and bunch.representative_id is not None


def _span(best: dict[int, SimpleNamespace], first: int) -> list[SimpleNamespace]:
    return [bunch for number, bunch in best.items() if first <= number < first + _SESSIONS]


def _hundredths(bunch: SimpleNamespace) -> str:
    """What is to be expected, rounded up, as a decimal of two places is written."""
    hundredths = -(-bunch.expected_ppm // 10_000)
    return f"{hundredths // 100}.{hundredths % 100:02}"
