"""The trading days of an audited period, and a month on either side, by channel: in how many conversations something was said."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import pyarrow as pa

from chahe.derivations.model import Condensation
from chahe.evidence.message_days import table
from chahe.evidence.messages import table as messages
from chahe.rules.periods import taipei_day
from chahe.rules.trading_days import FIRST_DAY, LAST_DAY, trading_days

_DAY: Final = timedelta(days=1)
_BESIDE: Final = 31 * 86_400_000_000
"""What was said just before and behind a period tells whether its first and last days are missing."""


def query(from_us: int, until_end_us: int) -> str:
    """What each channel holds of each day; of a record without a conversation's name it is not known whether it is another."""
    return f"""
        SELECT coalesce(m.channel, 'other') AS channel, m.happened_on AS day_on,
               count(DISTINCT coalesce(m.conversation, '')) AS conversations, min(m.row_id) AS first_row,
               {from_us - _BESIDE} AS begun_us, {until_end_us + _BESIDE} AS ended_us
        FROM messages m
        WHERE m.said_at_us >= {from_us - _BESIDE} AND m.said_at_us < {until_end_us + _BESIDE}
        GROUP BY coalesce(m.channel, 'other'), m.happened_on
    """  # noqa: S608 - two whole numbers, from an audit's period


def derive(found: pa.Table) -> Iterator[dict[str, object]]:
    """A row for each channel and trading day; one without messages shows the first record of the last day before it that has any."""
    held = {(row["channel"], row["day_on"]): row for row in found.to_pylist()}
    if not held:
        return
    bounds = next(iter(held.values()))
    days = list(_sessions(taipei_day(bounds["begun_us"]), taipei_day(bounds["ended_us"] - 1)))
    for channel in sorted({one for one, _ in held}):
        shown = min(row["first_row"] for (one, _), row in held.items() if one == channel)
        for day in days:
            row = held.get((channel, day))
            shown = row["first_row"] if row else shown
            yield {
                "channel": channel,
                "day_on": day,
                "conversations": row["conversations"] if row else 0,
                "row_id": shown,
            }


def _sessions(first: date, last: date) -> Iterator[date]:
    calendar, day = trading_days(), max(first, FIRST_DAY)
    while day <= min(last, LAST_DAY):
        if calendar.is_trading_day(day):
            yield day
        day += _DAY


derivation = Condensation(table=table, reads=(messages,), query=query, derive=derive)
