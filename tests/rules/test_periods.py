"""Legal periods against the Civil Code's own words, walked day by day."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chahe.rules.periods import (
    Period,
    calendar_half,
    calendar_year,
    earliest_within,
    ends_on,
    half_yearly,
    yearly,
)

DAY = timedelta(days=1)

days = st.dates(date(1990, 1, 1), date(2060, 12, 31))
month_ends = st.builds(
    lambda year, month, back: date(year + month // 12, month % 12 + 1, 1) - back * DAY,
    st.integers(1990, 2059),
    st.integers(0, 11),
    st.integers(-3, 4),
)
near_month_ends = days | month_ends
in_months = st.builds(lambda n: Period(months=n), st.integers(1, 75))
in_years = st.builds(lambda n: Period(years=n), st.integers(1, 12))
in_days = st.builds(lambda n: Period(days=n), st.integers(1, 400))
periods = in_months | in_years | in_days


def end_by_the_code(start: date, period: Period) -> date:
    """The Code read aloud and walked: no arithmetic on months beyond counting how often the month changes."""
    counted = start + DAY  # 120 II: the day of the event is not counted
    day = counted
    if period.days:
        for _ in range(period.days - 1):
            day += DAY
        return day
    changes = period.years * 12 + period.months
    while changes:  # into the last month
        day += DAY
        changes -= day.day == 1
    last_month = day.month
    while day.month == last_month:
        if day.day == counted.day:
            return day - DAY  # 121 II: the day before the corresponding day
        day += DAY
    return day - DAY  # 121 II, proviso: no corresponding day, so the month's last day


@pytest.mark.parametrize(
    ("start", "period", "end"),
    [
        pytest.param("2025-02-28", Period(months=3), "2025-05-31", id="first counted day opens a month"),
        pytest.param("2025-01-31", Period(months=1), "2025-02-28", id="a whole February"),
        pytest.param("2024-01-31", Period(months=1), "2024-02-29", id="a whole leap February"),
        pytest.param("2025-01-30", Period(months=1), "2025-02-28", id="no 31 February"),
        pytest.param("2025-01-29", Period(months=1), "2025-02-28", id="no 30 February"),
        pytest.param("2025-01-28", Period(months=1), "2025-02-28", id="no 29 February in a common year"),
        pytest.param("2024-01-28", Period(months=1), "2024-02-28", id="29 February in a leap year"),
        pytest.param("2025-01-27", Period(months=1), "2025-02-27", id="28 February exists"),
        pytest.param("2024-11-29", Period(months=3), "2025-02-28", id="November into February"),
        pytest.param("2024-02-28", Period(years=1), "2025-02-28", id="counted from a leap day"),
        pytest.param("2024-02-29", Period(years=1), "2025-02-28", id="event on a leap day"),
        pytest.param("2024-02-28", Period(years=4), "2028-02-28", id="leap day to leap day"),
        pytest.param("2023-02-28", Period(years=1), "2024-02-29", id="March to February of a leap year"),
        pytest.param("2023-02-27", Period(years=1), "2024-02-27", id="28 February to the day before it"),
        pytest.param("2023-11-22", Period(years=3), "2026-11-22", id="three years end on the same date"),
        pytest.param("2025-12-31", Period(months=6), "2026-06-30", id="a calendar half-year"),
        pytest.param("2025-08-30", Period(months=6), "2026-02-28", id="half a year into February"),
        pytest.param("2024-12-31", Period(years=1), "2025-12-31", id="a calendar year"),
        pytest.param("1999-02-28", Period(years=1), "2000-02-29", id="2000 was a leap year"),
        pytest.param("2024-02-28", Period(days=1), "2024-02-29", id="one day"),
        pytest.param("2024-02-28", Period(days=30), "2024-03-29", id="thirty days"),
        pytest.param("2025-01-31", Period(years=1, months=1), "2026-02-28", id="years and months together"),
    ],
)
def test_a_period_ends_where_the_code_says(start: str, period: Period, end: str) -> None:
    assert ends_on(date.fromisoformat(start), period) == date.fromisoformat(end)
    assert end_by_the_code(date.fromisoformat(start), period) == date.fromisoformat(end)


@given(near_month_ends, periods)
def test_it_agrees_with_the_code_walked_day_by_day(start: date, period: Period) -> None:
    assert ends_on(start, period) == end_by_the_code(start, period)


@given(near_month_ends, near_month_ends, periods)
def test_a_later_start_never_ends_earlier(one: date, other: date, period: Period) -> None:
    assert ends_on(min(one, other), period) <= ends_on(max(one, other), period)


@given(near_month_ends, st.integers(1, 60))
def test_a_longer_period_ends_later(start: date, months: int) -> None:
    assert ends_on(start, Period(months=months)) < ends_on(start, Period(months=months + 1))


@given(near_month_ends, st.integers(1, 8))
def test_a_year_is_twelve_months(start: date, years: int) -> None:
    assert ends_on(start, Period(years=years)) == ends_on(start, Period(months=12 * years))


@given(near_month_ends, periods)
@example(date(2025, 2, 28), Period(months=1))
@example(date(2024, 2, 29), Period(years=1))
@example(date(2025, 3, 30), Period(months=1))
@example(date(2023, 2, 28), Period(months=3))
@example(date(2028, 2, 28), Period(years=4))
def test_the_earliest_day_within_is_the_first_whose_period_is_not_over(as_of: date, period: Period) -> None:
    earliest = earliest_within(as_of, period)
    assert end_by_the_code(earliest, period) >= as_of
    assert end_by_the_code(earliest - DAY, period) < as_of


@given(near_month_ends, near_month_ends, periods)
def test_a_day_is_within_exactly_when_its_period_is_not_over(as_of: date, start: date, period: Period) -> None:
    assert (start >= earliest_within(as_of, period)) == (ends_on(start, period) >= as_of)


def test_the_earliest_day_within_is_exact_on_every_day_of_eight_years() -> None:
    for months in (1, 3, 6, 12, 36):
        period = Period(months=months)
        start = date(2015, 1, 1)
        for offset in range(8 * 365):
            as_of = date(2020, 1, 1) + offset * DAY
            while ends_on(start, period) < as_of:
                start += DAY
            assert earliest_within(as_of, period) == start


@pytest.mark.parametrize(
    ("as_of", "period", "earliest"),
    [
        pytest.param("2026-11-22", Period(years=3), "2023-11-22", id="three years back to the same date"),
        pytest.param("2025-02-28", Period(months=3), "2024-11-28", id="into a month that is longer"),
        pytest.param("2025-05-31", Period(months=3), "2025-02-28", id="a password changed at the end of February"),
        pytest.param("2025-05-30", Period(months=3), "2025-02-28", id="the day before, the same password"),
        pytest.param("2024-02-29", Period(years=1), "2023-02-28", id="a leap day as of"),
        pytest.param("2025-02-28", Period(years=1), "2024-02-28", id="a leap day in the year before"),
        pytest.param("2025-02-28", Period(days=28), "2025-01-31", id="days"),
    ],
)
def test_the_earliest_day_within_by_example(as_of: str, period: Period, earliest: str) -> None:
    assert earliest_within(date.fromisoformat(as_of), period) == date.fromisoformat(earliest)


def test_three_months_are_ninety_days_for_one_password_in_seven() -> None:
    starts = [date(2024, 1, 1) + offset * DAY for offset in range(1461)]
    lengths = Counter((ends_on(start, Period(months=3)) - start).days for start in starts)
    assert lengths == {89: 84, 90: 215, 91: 305, 92: 857}
    assert lengths == Counter((end_by_the_code(start, Period(months=3)) - start).days for start in starts)


@pytest.mark.parametrize("amounts", [{}, {"months": 0}, {"months": -3}, {"years": 1, "months": -1}, {"days": -1}])
def test_a_period_must_be_longer_than_nothing(amounts: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="longer than nothing"):
        Period(**amounts)


def test_months_and_days_are_not_joined() -> None:
    with pytest.raises(ValueError, match="not in both"):
        Period(months=1, days=1)


def test_a_period_that_leaves_the_calendar_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="ends outside the calendar"):
        ends_on(date(9998, 6, 1), Period(years=2))
    with pytest.raises(ValueError, match="ends outside the calendar"):
        ends_on(date.max, Period(days=1))
    with pytest.raises(ValueError, match="begins outside the calendar"):
        earliest_within(date(2, 1, 1), Period(years=3))
    with pytest.raises(ValueError, match="begins outside the calendar"):
        earliest_within(date(2, 1, 1), Period(days=800))


def test_the_halves_and_years_of_the_calendar() -> None:
    assert calendar_half(date(2026, 6, 30)) == (date(2026, 1, 1), date(2026, 6, 30))
    assert calendar_half(date(2026, 7, 1)) == (date(2026, 7, 1), date(2026, 12, 31))
    assert calendar_year(date(2024, 2, 29)) == (date(2024, 1, 1), date(2024, 12, 31))


def test_a_review_in_july_is_recent_but_leaves_the_first_half_without_one() -> None:
    readings = half_yearly(date(2026, 11, 22)).met_by([date(2025, 12, 20), date(2026, 7, 3)])
    assert (readings.rolling, readings.calendar, readings.differ) == (True, False, True)


def test_a_review_in_january_covers_the_first_half_but_is_no_longer_recent() -> None:
    readings = half_yearly(date(2026, 11, 22)).met_by([date(2026, 1, 5)])
    assert (readings.rolling, readings.calendar, readings.differ) == (False, True, True)


def test_both_readings_agree_where_nothing_was_done() -> None:
    readings = yearly(date(2026, 11, 22)).met_by([])
    assert (readings.rolling, readings.calendar, readings.differ) == (False, False, False)


def test_on_its_last_day_a_half_year_and_a_year_are_over() -> None:
    assert half_yearly(date(2026, 6, 30)).calendar == (date(2026, 1, 1), date(2026, 6, 30))
    assert half_yearly(date(2026, 6, 29)).calendar == (date(2025, 7, 1), date(2025, 12, 31))
    assert yearly(date(2026, 12, 31)).calendar == (date(2026, 1, 1), date(2026, 12, 31))
    assert yearly(date(2026, 12, 30)).calendar == (date(2025, 1, 1), date(2025, 12, 31))


@given(days)
def test_the_calendar_span_is_over_and_the_rolling_one_reaches_the_as_of_day(as_of: date) -> None:
    for recurrence in (half_yearly(as_of), yearly(as_of)):
        assert recurrence.calendar.first <= recurrence.calendar.last <= as_of
        assert recurrence.rolling.last == as_of
        assert not recurrence.rolling.holds(as_of + DAY)
