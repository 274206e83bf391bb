"""Business days counted from the first notice to a manager on: days on which the exchange trades or settles."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from chahe.derivations.model import Derivation, Rows
from chahe.evidence.business_days import table
from chahe.evidence.supervision_notices import table as supervision_notices
from chahe.rules.trading_days import FIRST_DAY, LAST_DAY, trading_days

_AFTER: Final = timedelta(days=400)
"""Far enough behind the last notice for any period a firm would set."""
_DAY: Final = timedelta(days=1)


def derive(rows: Mapping[str, Rows]) -> Iterator[dict[str, object]]:
    """A row for each day; none for days that the calendar does not reach."""
    notices = [(row["notified_on"], row["row_id"]) for row in rows["supervision_notices"]]
    days = sorted((day, str(row)) for day, row in notices if isinstance(day, date) and FIRST_DAY <= day <= LAST_DAY)
    if not days:
        return
    calendar, number = trading_days(), 0
    day, last = days[0][0], min(days[-1][0] + _AFTER, LAST_DAY)
    while day <= last:
        number += calendar.is_settlement_day(day)
        yield {"day_on": day, "number": number, "row_id": days[0][1]}
        day += _DAY


derivation = Derivation(table, (supervision_notices,), derive)
