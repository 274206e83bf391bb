"""Customers of one representative whose orders came almost together, beside what customers on their own would have done."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from math import log10
from operator import attrgetter

import pyarrow as pa

from chahe.derivations.bunch_tickets import FEWEST, SECOND_US, SLOT_US, WINDOW_US, Ticket, query
from chahe.derivations.model import Condensation
from chahe.evidence.account_authorizations import table as account_authorizations
from chahe.evidence.contact_details import table as contact_details
from chahe.evidence.employees import table as employees
from chahe.evidence.order_bunches import table
from chahe.evidence.orders import table as orders
from chahe.evidence.trading_accounts import table as trading_accounts

_SESSION_US = 16_200 * SECOND_US
"""From nine to half past one."""
_PRIOR = 10
"""So many orders at the book's share of all securities are added to its share of one, which few orders may stand for."""
_MOST_SHARE = 0.999
MOST_SURPRISE = 3000
"""Tenths; beyond it a tail is not told apart."""


def expected(first: Ticket) -> float:
    """How many orders of customers on their own are to be expected in the window that an order begins: the largest of

    - the book's usual rate for the security and side on the other days, at that time of day (one order added);
    - the rate of the day itself outside the window;
    - the book's share of all securities, or of that one on the other days if that is more, times what all other customers ordered in the window, one standard
      deviation more, so that what moves the whole market accuses nobody; where nobody did, half an order by its share of everything.
    """
    share_of_day = max(
        first.slot_orders * WINDOW_US / (SLOT_US * first.firm_orders),
        WINDOW_US / _SESSION_US,
    )
    usual = (first.own_usual - first.own_day + 1) / first.sessions * share_of_day
    today = (first.own_day - first.own_ahead) * share_of_day
    share = min(first.book_orders / first.firm_orders, _MOST_SHARE)
    elsewhere = first.all_usual - first.all_day + _PRIOR
    here = min(max(share, (first.own_usual - first.own_day + _PRIOR * share) / elsewhere), _MOST_SHARE)
    others = first.all_ahead - first.own_ahead
    common = here / (1 - here) * (others + others**0.5) + 0.5 * share / (1 - share)
    return float(max(usual, today, common))


def surprise(households: int, mean: float) -> int:
    """Ten times −log10 of the chance that a Poisson number of this mean is at least as large, rounded down."""
    from scipy.special import pdtrc  # noqa: PLC0415 - loads for a second, and only an audit of bunches needs it

    chance = float(pdtrc(households - 1, mean))
    return min(int(-10 * log10(chance)), MOST_SURPRISE) if chance else MOST_SURPRISE


def bunched(found: pa.Table) -> Iterable[Mapping[str, object]]:
    """A row for each bunch: of each book, day, security and side the window with the most households first, and again of what is left."""
    told = [Ticket(**row) for row in found.to_pylist()]
    cell = attrgetter("book", "day", "symbol", "side")
    told.sort(key=lambda one: (*cell(one), one.at_us, one.order_row))
    for _, tickets in groupby(told, cell):
        for bunch in _bunches(list(tickets)):
            yield _row(bunch)


def _bunches(tickets: list[Ticket]) -> Iterator[list[Ticket]]:
    while True:
        windows = [_window(tickets, nth) for nth, one in enumerate(tickets) if one.begun]
        best = max(windows, key=_households, default=[])
        if _households(best) < FEWEST:
            return
        yield best
        used = {one.order_row for one in best}
        tickets = [one for one in tickets if one.order_row not in used]


def _window(tickets: Sequence[Ticket], nth: int) -> list[Ticket]:
    ends = tickets[nth].at_us + WINDOW_US
    last = nth
    while last < len(tickets) and tickets[last].at_us <= ends:
        last += 1
    return list(tickets[nth:last])


def _households(bunch: Sequence[Ticket]) -> int:
    return len({one.household for one in bunch})


def _most_alike(first: Sequence[Ticket], value: str) -> int:
    """The largest number of households with one price or quantity; none where it is not on record."""
    counts: dict[object, int] = {}
    for one in first:
        held = getattr(one, value)
        if held is not None:
            counts[held] = counts.get(held, 0) + 1
    return max(counts.values(), default=0)


def _row(bunch: Sequence[Ticket]) -> Mapping[str, object]:
    """The first order of every household shows it; the evidence is spread from the first to the last."""
    first = list({one.household: one for one in reversed(bunch)}.values())[::-1]
    start = bunch[0]
    mean, count = expected(start), len(first)
    second, third, fourth = first[1], first[count // 2], first[max(count - 2, 1)]
    return {
        "row_id": start.order_row,
        "representative_id": start.book or None,
        "bunched_on": _date(start.day),
        "session_number": start.session,
        "symbol": start.symbol,
        "side": start.side,
        "first_us": start.at_us,
        "last_us": first[-1].at_us,
        "households": count,
        "orders": len(bunch),
        "one_price": _most_alike(first, "price"),
        "one_quantity": _most_alike(first, "quantity"),
        "untimed": sum(not one.timed for one in bunch),
        "others": start.all_ahead - start.own_ahead,
        "share_permille": 1000 * start.book_orders // start.firm_orders,
        "expected_ppm": round(1_000_000 * mean),
        "surprise_tenths": surprise(count, mean),
        "first_account": first[0].account,
        "second_account": second.account,
        "third_account": third.account,
        "fourth_account": fourth.account,
        "last_account": first[-1].account,
        "first_order_row": first[0].order_row,
        "second_order_row": second.order_row,
        "third_order_row": third.order_row,
        "fourth_order_row": fourth.order_row,
        "last_order_row": first[-1].order_row,
    }


def _date(day: int) -> object:
    return pa.scalar(day, pa.date32()).as_py()


derivation = Condensation(
    table, (orders, trading_accounts, account_authorizations, contact_details, employees), query, bunched
)
