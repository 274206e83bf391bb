"""Two hours after the opening that follows a recommendation, by the exchange's calendar (FL007363, Art. 5)."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final

from chahe.derivations.model import Derivation, Rows
from chahe.evidence.recommendation_bans import table
from chahe.evidence.recommendations import table as recommendations
from chahe.rules.periods import day_start_us, taipei_day
from chahe.rules.trading_days import OutsideCalendar, trading_days

_HOUR_US: Final = 3_600_000_000
_OPENING_US: Final = 9 * _HOUR_US
_BANNED_US: Final = 2 * _HOUR_US


def bans(given: Mapping[str, Rows]) -> Iterable[Mapping[str, object]]:
    """A row for each trading day that a ban reaches, each recommendation once however many it was made to."""
    seen: set[tuple[object, object, int]] = set()
    for one in given[recommendations.name]:
        made = one["made_at_us"]
        key = (one["recommendation_id"], one["symbol"], made if isinstance(made, int) else 0)
        if one["made_as"] != "recommendation" or not isinstance(made, int) or key in seen:
            continue
        seen.add(key)
        for day in _days(made):
            yield {
                "row_id": one["row_id"],
                "recommendation_id": one["recommendation_id"],
                "symbol": one["symbol"],
                "banned_on": day,
                "banned_from_us": made,
                "banned_until_us": day_start_us(_days(made)[-1]) + _OPENING_US + _BANNED_US,
            }


def _days(made: int) -> list[date]:
    """The trading days from a moment to the day of the opening that follows it; none beyond the calendar."""
    calendar, day = trading_days(), taipei_day(made)
    try:
        opens_later = calendar.is_trading_day(day) and made < day_start_us(day) + _OPENING_US
        last = day if opens_later else calendar.next_trading_day(day)
    except OutsideCalendar:
        return []
    between = [day + timedelta(days=n) for n in range((last - day).days + 1)]
    return [one for one in between if calendar.is_trading_day(one)]


derivation = Derivation(table, (recommendations,), bans)
