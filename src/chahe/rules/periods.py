"""Calendar periods as Taiwan's Civil Code counts them, half-years and years, and days of the Taipei clock."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)
_HOUR_US = 3_600_000_000
_DAY_US = 24 * _HOUR_US
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = date(1970, 1, 1).toordinal()

_TAIPEI = ZoneInfo("Asia/Taipei")
_OFFSET_US = 8 * _HOUR_US
# Taiwan last moved its clocks on 1979-10-01. From 1980 on a Taipei day is integer arithmetic, which reads the same
# in Python, DuckDB and Spark; older days (dates of birth, accounts opened) go through the zone database.
_FIXED_SINCE = date(1980, 1, 1)
_FIXED_SINCE_US = (date(1980, 1, 1).toordinal() - _EPOCH_DAY) * _DAY_US - _OFFSET_US


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A length of time in calendar years and months, or in days; ValueError if it is not longer than nothing.

    Days cannot be joined with months: the Code does not say which is counted first.
    """

    years: int = 0
    months: int = 0
    days: int = 0

    def __post_init__(self) -> None:
        if min(self.years, self.months, self.days) < 0 or not (self.years or self.months or self.days):
            raise ValueError(f"a period must be longer than nothing, got {self}")
        if self.days and (self.years or self.months):
            raise ValueError(f"a period is counted in years and months or in days, not in both, got {self}")

    @property
    def whole_months(self) -> int:
        """Years and months as months; 0 for a period of days."""
        return 12 * self.years + self.months


def ends_on(start: date, period: Period) -> date:
    """The last day of a period that an event on `start` sets running; the period ends when that day ends.

    民法 119-123. The day of the event is not counted (120 II). A period of months or years is counted by the
    calendar (123 I) and ends on the day before the one that corresponds to the first counted day, or on the last
    day of the last month where that month has no such day (121 II). Art 122 (a rest day moves the end to the next
    working day) speaks of declarations and performances, and is not applied: see docs/decisions/0002-legal-time.md.
    ValueError past the year 9999.
    """
    try:
        if period.days:
            return start + timedelta(days=period.days)
        first = start + _DAY
        month = _month_number(first) + period.whole_months
        length = _month_length(month)
        return _day_of(month, first.day) - _DAY if first.day <= length else _day_of(month, length)
    except (OverflowError, ValueError) as error:
        raise ValueError(f"{period} from {start.isoformat()} ends outside the calendar") from error


def earliest_within(as_of: date, period: Period) -> date:
    """The earliest day of an event whose period has not ended before `as_of`: the first start with `ends_on(start) >= as_of`.

    What happened on this day or later is still within the period on the as-of day. ValueError before the year 1.
    """
    try:
        if period.days:
            return as_of - timedelta(days=period.days)
        # A period is over when the day after its end begins. That day is the one corresponding to the first counted
        # day, or the first of the next month. So the first counted day looked for is the one that corresponds to
        # the morrow of as_of ...
        morrow = as_of + _DAY
        month = _month_number(morrow) - period.whole_months
        if morrow.day > _month_length(month):
            # ... or, where its month has no such day, the first of the following month ...
            return _day_of(month + 1, 1) - _DAY
        if morrow.day == 1:
            # ... and where as_of ends a short month, the days that this month lacks end with it, too.
            lacking = _month_length(month - 1 + period.whole_months) + 1
            if lacking <= _month_length(month - 1):
                return _day_of(month - 1, lacking) - _DAY
        return _day_of(month, morrow.day) - _DAY
    except (OverflowError, ValueError) as error:
        raise ValueError(f"{period} before {as_of.isoformat()} begins outside the calendar") from error


class Span(NamedTuple):
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Readings:
    """Whether something asked for "at least every half-year" or "every year" was done, read in both ways."""

    rolling: bool
    calendar: bool

    @property
    def differ(self) -> bool:
        return self.rolling is not self.calendar


@dataclass(frozen=True, slots=True)
class Recurrence:
    """The days in which something periodic must have been done at least once, read in both ways."""

    rolling: Span
    """Back from the as-of day, by the length of the period."""
    calendar: Span
    """The newest calendar half-year or year that is over by the end of the as-of day."""

    def met_by(self, done: Iterable[date]) -> Readings:
        """Judge the days on which it was done; an empty list meets neither reading."""
        days = tuple(done)
        return Readings(
            rolling=any(self.rolling.holds(day) for day in days),
            calendar=any(self.calendar.holds(day) for day in days),
        )


def half_yearly(as_of: date) -> Recurrence:
    """Where an act that is due at least half-yearly must lie."""
    half = calendar_half(as_of)
    over = half if as_of == half.last else calendar_half(half.first - _DAY)
    return Recurrence(rolling=Span(earliest_within(as_of, Period(months=6)), as_of), calendar=over)


def yearly(as_of: date) -> Recurrence:
    """Where an act that is due at least yearly must lie."""
    year = calendar_year(as_of)
    over = year if as_of == year.last else calendar_year(year.first - _DAY)
    return Recurrence(rolling=Span(earliest_within(as_of, Period(years=1)), as_of), calendar=over)


def calendar_half(day: date) -> Span:
    """January to June or July to December, whichever holds the day."""
    if day.month <= 6:
        return Span(date(day.year, 1, 1), date(day.year, 6, 30))
    return Span(date(day.year, 7, 1), date(day.year, 12, 31))


def calendar_year(day: date) -> Span:
    """January to December of the day's year."""
    return Span(date(day.year, 1, 1), date(day.year, 12, 31))


def day_start_us(day: date) -> int:
    """The first microsecond (since 1970, UTC) of a day in Taipei."""
    if day >= _FIXED_SINCE:
        return (day.toordinal() - _EPOCH_DAY) * _DAY_US - _OFFSET_US
    # Summer time began at midnight: 00:00 of that day does not exist, and fold=0 yields the instant it was skipped.
    return (datetime.combine(day, time.min, tzinfo=_TAIPEI).astimezone(UTC) - _EPOCH) // timedelta(microseconds=1)


def day_end_us(day: date) -> int:
    """The first microsecond after a day in Taipei: the exclusive end."""
    return day_start_us(day) + _DAY_US if day >= _FIXED_SINCE else day_start_us(day + _DAY)


def taipei_day(us: int) -> date:
    """The day in Taipei at a moment in microseconds since 1970, UTC; ValueError outside the years 1 to 9999."""
    try:
        if us >= _FIXED_SINCE_US:
            return date.fromordinal((us + _OFFSET_US) // _DAY_US + _EPOCH_DAY)
        return (_EPOCH + timedelta(microseconds=us)).astimezone(_TAIPEI).date()
    except (OverflowError, ValueError) as error:
        raise ValueError(f"{us} microseconds since 1970 is outside the calendar") from error


def hour_start_us(us: int) -> int:
    """The start of the clock hour that holds a moment.

    Taipei's clock has differed from UTC by whole hours since 1896, summer time included, so hours begin together.
    """
    return us - us % _HOUR_US


def _month_number(day: date) -> int:
    """Months since the year 0, so that adding months is adding integers."""
    return 12 * day.year + day.month - 1


def _day_of(month: int, day: int) -> date:
    return date(month // 12, month % 12 + 1, day)


def _month_length(month: int) -> int:
    return monthrange(month // 12, month % 12 + 1)[1]
