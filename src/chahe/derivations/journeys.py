"""Orders on their way through the firm: when each was received from its customer and when it was sent on, in columns."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from chahe.derivations.stratified_ranks import Longs

_UNITS = (1_000_000, 100_000, 10_000, 1_000, 100, 10)
"""How coarse a clock's stamps may be, in microseconds."""
_MOST = 0.95
"""So large a share of stamps on whole units, and the unit is the clock's resolution."""


def query(from_us: int, until_end_us: int) -> str:
    """Every order sent to the exchange in a period with its account and both moments, none of them missing.

    The receipt is the record's own, or that of the customer leg of the same order id, event, day and account: the earlier.
    """
    return f"""
        WITH sent AS (
            SELECT o.row_id, o.session, o.account, o.event, o.order_id, o.happened_on, o.received_at_us,
                   coalesce(o.sent_at_us, o.logged_at_us) AS sent_us
            FROM orders o
            WHERE o.leg = 'exchange' AND o.logged_at_us >= {from_us} AND o.logged_at_us < {until_end_us}
                  AND o.account IS NOT NULL AND o.session IS NOT NULL
        ),
        received AS (
            SELECT order_id, event, happened_on, account, coalesce(received_at_us, logged_at_us) AS at_us, row_id
            FROM orders
            WHERE leg = 'customer' AND coalesce(received_at_us, logged_at_us) IS NOT NULL
                  AND logged_at_us >= {from_us} AND logged_at_us < {until_end_us}
        ),
        matched AS (
            SELECT s.row_id, min(r.at_us) AS at_us, min(r.row_id) AS receipt_row
            FROM sent s
            JOIN received r ON r.order_id = s.order_id AND r.event = s.event AND r.happened_on = s.happened_on
            WHERE r.account IS NULL OR r.account = s.account
            GROUP BY s.row_id
        )
        SELECT s.session, s.account, s.event, date_diff('day', DATE '1970-01-01', s.happened_on) AS day, s.sent_us,
               CASE WHEN s.received_at_us IS NULL THEN m.at_us WHEN m.at_us IS NULL THEN s.received_at_us
                    ELSE least(s.received_at_us, m.at_us) END AS received_us,
               s.row_id AS order_row, m.receipt_row
        FROM sent s LEFT JOIN matched m ON m.row_id = s.row_id
        WHERE s.received_at_us IS NOT NULL OR m.at_us IS NOT NULL
    """  # noqa: S608 - two whole numbers, from an audit's period


class Journeys(NamedTuple):
    """Orders in order of session and receipt; accounts are counted by session, for only there do they meet."""

    sessions: Sequence[str]
    accounts: Sequence[tuple[int, str]]
    """By group: the session's number and the account."""
    session: Longs
    group: Longs
    event: Longs
    day: Longs
    received: Longs
    sent: Longs
    order_row: pa.Array
    receipt_row: pa.Array


def journeys(found: pa.Table) -> Journeys:
    """The rows of `query`, without those that were sent before they were received: their clocks cannot be compared."""
    found = found.filter(pc.greater_equal(found["sent_us"], found["received_us"]))
    found = found.sort_by([("session", "ascending"), ("received_us", "ascending"), ("order_row", "ascending")])
    sessions, session = _coded(found["session"])
    accounts, account = _coded(found["account"])
    _, event = _coded(found["event"])
    keys, group = np.unique(session * max(len(accounts), 1) + account, return_inverse=True)
    return Journeys(
        sessions=sessions,
        accounts=[(int(key) // len(accounts), accounts[int(key) % len(accounts)]) for key in keys],
        session=session,
        group=group.astype(np.int64),
        event=event,
        day=_longs(found["day"]),
        received=_longs(found["received_us"]),
        sent=_longs(found["sent_us"]),
        order_row=found["order_row"].combine_chunks(),
        receipt_row=found["receipt_row"].combine_chunks(),
    )


def _coded(column: pa.ChunkedArray) -> tuple[list[str], Longs]:
    """The words of a column in alphabetical order, and which of them each row holds."""
    words = sorted(pc.unique(column).to_pylist())
    return words, np.asarray(pc.index_in(column, pa.array(words, pa.string())).combine_chunks()).astype(np.int64)


def _longs(column: pa.ChunkedArray) -> Longs:
    return np.asarray(column.combine_chunks()).astype(np.int64)


def numbered(*columns: Longs) -> Longs:
    """One number from 0 up for each combination of values that occurs."""
    number = np.zeros(len(columns[0]), np.int64)
    for column in columns:
        _, dense = np.unique(column, return_inverse=True)
        _, number = np.unique(number * (int(dense.max(initial=0)) + 1) + dense, return_inverse=True)
    return number.astype(np.int64)


def waiting(orders: Journeys) -> Longs:
    """How many orders of the same session were received and not yet sent when each was received."""
    depth = np.zeros(len(orders.received), np.int64)
    for number in range(len(orders.sessions)):
        here = np.flatnonzero(orders.session == number)
        received, sent = orders.received[here], np.sort(orders.sent[here])
        earlier = np.searchsorted(received, received, side="left")
        depth[here] = np.maximum(earlier - np.searchsorted(sent, received, side="right"), 0)
    return depth


def doublings(counts: Longs) -> Longs:
    """0 for nought, 1 for one, 2 for two and three, 3 for four to seven, and so on: like loads, roughly."""
    return np.frexp(counts.astype(np.float64))[1].astype(np.int64)


def resolutions(orders: Journeys) -> list[int]:
    """By session: the coarser of the two clocks' resolutions, in microseconds."""
    found = []
    for number in range(len(orders.sessions)):
        here = orders.session == number
        found.append(max(_resolution(orders.received[here]), _resolution(orders.sent[here])))
    return found


def _resolution(stamps: Longs) -> int:
    return next((unit for unit in _UNITS if np.mean(stamps % unit == 0) >= _MOST), 1)
