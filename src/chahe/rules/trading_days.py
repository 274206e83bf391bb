"""The exchange's trading days (XTAI), the days on which it only settles, and T+2."""

import warnings
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from chahe.wording import Text

FIRST_DAY = date(2017, 1, 1)
"""Before this day the lists of make-up sessions and settlement-only days below are not complete."""
LAST_DAY = date(2030, 12, 31)
PUBLISHED_UNTIL = date(2026, 12, 31)
"""The last day of a year whose calendar the exchange had published; later days are a forecast from the holidays' rules."""

# On the two working days before the Lunar New Year holiday the exchange holds no session but settles, so they count for
# T+2 though nothing trades (the exchange's yearly 開(休)市日期表; 2020, 2021 and 2024 from the same practice and the library's
# own list of days without trading). The library has no word for such days, and takes 2023-01-18 for a session.
SETTLEMENT_ONLY = frozenset(
    (
        date(2017, 1, 25),
        date(2017, 1, 26),
        date(2018, 2, 13),
        date(2018, 2, 14),
        date(2019, 1, 31),
        date(2019, 2, 1),
        date(2020, 1, 21),
        date(2020, 1, 22),
        date(2021, 2, 8),
        date(2021, 2, 9),
        date(2022, 1, 27),
        date(2022, 1, 28),
        date(2023, 1, 18),
        date(2023, 1, 19),
        date(2024, 2, 6),
        date(2024, 2, 7),
        date(2025, 1, 23),
        date(2025, 1, 24),
        date(2026, 2, 12),
        date(2026, 2, 13),
    )
)
# Saturdays on which the exchange held sessions for a bridged holiday. The library has none of them. From 2019 on such
# Saturdays are working days, but the exchange neither trades nor settles.
MAKE_UP_SESSIONS = frozenset(
    (date(2017, 2, 18), date(2017, 6, 3), date(2017, 9, 30), date(2018, 3, 31), date(2018, 12, 22))
)
# Days without trading or settlement that the library takes for sessions.
MISSED_CLOSURES = frozenset(
    (
        date(2022, 2, 4),  # bridged to Lunar New Year in the calendar of 2022
        date(2024, 10, 31),  # typhoon Kong-rey
    )
)


class OutsideCalendar(ValueError):
    """A day, or the day counted to, that the calendar does not reach; `text` says so in both languages."""

    def __init__(self, day: date) -> None:
        self.text = Text(
            f"{day.isoformat()} 超出可用的交易日曆（{FIRST_DAY.isoformat()} 至 {LAST_DAY.isoformat()}）。"
            "請縮小查核期間，或更新軟體後再試。",
            f"{day.isoformat()} is outside the calendar of trading days ({FIRST_DAY.isoformat()} to "
            f"{LAST_DAY.isoformat()}). Choose a shorter period, or update the software and try again.",
        )
        super().__init__(self.text.en)


class ContradictoryChanges(ValueError):
    """A day listed under two headings of `Changes`; `text` names it in both languages."""

    def __init__(self, day: date) -> None:
        self.text = Text(
            f"{day.isoformat()} 同時列為不同的日子（休市、補行交易、僅辦理交割），請只保留一項。",
            f"{day.isoformat()} is listed as more than one of closed, make-up session and settlement only; keep one.",
        )
        super().__init__(self.text.en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a firm knows and this calendar does not; it wins over the calendar. ContradictoryChanges if a day is listed twice."""

    closures: frozenset[date] = frozenset()
    """Neither trading nor settlement: typhoon days, and holidays proclaimed late."""
    sessions: frozenset[date] = frozenset()
    """Trading and settlement on a day that would have none."""
    settlement_only: frozenset[date] = frozenset()
    """No trading, but settlement."""
    published_until: date | None = None
    """The last day of the newest calendar the firm has entered here from the exchange's publication."""

    def __post_init__(self) -> None:
        lists = (self.closures, self.sessions, self.settlement_only)
        twice = {day for one in lists for day in one if sum(day in other for other in lists) > 1}
        if twice:
            raise ContradictoryChanges(min(twice))


NO_CHANGES = Changes()


@dataclass(frozen=True, slots=True)
class TradingDays:
    """The calendar with a firm's changes; get one from `trading_days`. Every method raises OutsideCalendar past its bounds."""

    sessions: tuple[date, ...]
    """Days with trading, in order. The exchange settles on all of them."""
    settlements: tuple[date, ...]
    """Days with settlement, in order."""
    published_until: date

    def is_trading_day(self, day: date) -> bool:
        return _held(self.sessions, day)

    def is_settlement_day(self, day: date) -> bool:
        return _held(self.settlements, day)

    def is_forecast(self, day: date) -> bool:
        """Was the exchange's calendar for this day not yet published? Then Lunar New Year may be off by days."""
        _bounded(day)
        return day > self.published_until

    def next_trading_day(self, day: date) -> date:
        """The first trading day after the day."""
        return _step(self.sessions, day, 1)

    def previous_trading_day(self, day: date) -> date:
        """The last trading day before the day."""
        return _step(self.sessions, day, -1)

    def add_trading_days(self, day: date, count: int) -> date:
        """The count-th trading day after the day, or before it if negative. The day need not be a trading day itself.

        ValueError for a count of 0: a day that is no trading day has no answer to it.
        """
        return _step(self.sessions, day, count)

    def settlement_day(self, traded: date, after: int = 2) -> date:
        """T+2 (or T+`after`), counted in days on which the exchange settles: before Lunar New Year it settles without trading."""
        return _step(self.settlements, traded, after)


@lru_cache(maxsize=8)
def trading_days(changes: Changes = NO_CHANGES) -> TradingDays:
    """The calendar from FIRST_DAY to LAST_DAY, with the firm's changes."""
    settlement_only = (SETTLEMENT_ONLY - changes.closures - changes.sessions) | changes.settlement_only
    sessions = (
        (_library_sessions() | MAKE_UP_SESSIONS) - MISSED_CLOSURES - changes.closures - settlement_only
    ) | changes.sessions
    settlements = sessions | settlement_only
    return TradingDays(
        sessions=tuple(sorted(sessions)),
        settlements=tuple(sorted(settlements)),
        published_until=max(PUBLISHED_UNTIL, changes.published_until or PUBLISHED_UNTIL),
    )


@lru_cache(maxsize=1)
def _library_sessions() -> frozenset[date]:
    # Imported here because it brings pandas with it and takes about a second, which `chahe --help` must not cost.
    from exchange_calendars.exchange_calendar_xtai import XTAIExchangeCalendar  # noqa: PLC0415 - see above

    with warnings.catch_warnings():
        # The library's own use of pandas is deprecated there; nothing a reader of our warnings can act upon.
        warnings.simplefilter("ignore", DeprecationWarning)
        # Both bounds are given: the library's defaults are counted from today, and no clock is read here.
        calendar = XTAIExchangeCalendar(start=FIRST_DAY.isoformat(), end=LAST_DAY.isoformat())
        return frozenset(session.date() for session in calendar.sessions)


def _bounded(day: date) -> None:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise OutsideCalendar(day)


def _held(days: tuple[date, ...], day: date) -> bool:
    _bounded(day)
    place = bisect_left(days, day)
    return place < len(days) and days[place] == day


def _step(days: tuple[date, ...], day: date, count: int) -> date:
    _bounded(day)
    if count == 0:
        raise ValueError("count trading days forward or backward, not 0")
    place = bisect_right(days, day) + count - 1 if count > 0 else bisect_left(days, day) + count
    if not 0 <= place < len(days):
        raise OutsideCalendar(day)
    return days[place]
