"""Trading days against the exchange's published calendars, and their arithmetic against a day-by-day walk."""

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chahe.rules.trading_days import (
    FIRST_DAY,
    LAST_DAY,
    MAKE_UP_SESSIONS,
    SETTLEMENT_ONLY,
    Changes,
    ContradictoryChanges,
    OutsideCalendar,
    trading_days,
)

DAY = timedelta(days=1)
inner_days = st.dates(date(2018, 1, 1), date(2029, 12, 31))


def closed_weekdays(year: int) -> str:
    calendar = trading_days()
    day, closed = date(year, 1, 1), []
    while day.year == year:
        if day.weekday() < 5 and not calendar.is_trading_day(day):
            closed.append(day.isoformat()[5:])
        day += DAY
    return " ".join(closed)


def test_lunar_new_year_2025_has_no_trading_from_23_january_to_2_february() -> None:
    calendar = trading_days()
    assert calendar.next_trading_day(date(2025, 1, 22)) == date(2025, 2, 3)
    assert calendar.previous_trading_day(date(2025, 2, 3)) == date(2025, 1, 22)


def test_the_closed_weekdays_of_2026_are_those_the_exchange_published() -> None:
    assert (
        closed_weekdays(2026)
        == "01-01 02-12 02-13 02-16 02-17 02-18 02-19 02-20 02-27 04-03 04-06 05-01 06-19 09-25 09-28 10-09 10-26 12-25"
    )


def test_the_closed_weekdays_of_2022_are_those_the_exchange_published() -> None:
    assert (
        closed_weekdays(2022) == "01-27 01-28 01-31 02-01 02-02 02-03 02-04 02-28 04-04 04-05 05-02 06-03 09-09 10-10"
    )


def test_the_last_session_before_lunar_new_year_2023_was_17_january() -> None:
    assert trading_days().previous_trading_day(date(2023, 1, 30)) == date(2023, 1, 17)


@pytest.mark.parametrize("day", ["2019-08-09", "2024-07-24", "2024-10-02", "2024-10-03", "2024-10-31"])
def test_typhoon_days_neither_trade_nor_settle(day: str) -> None:
    calendar = trading_days()
    assert not calendar.is_trading_day(date.fromisoformat(day))
    assert not calendar.is_settlement_day(date.fromisoformat(day))


def test_make_up_saturdays_traded_until_2018_and_not_since() -> None:
    calendar = trading_days()
    assert calendar.is_trading_day(date(2018, 12, 22))
    assert not calendar.is_trading_day(date(2025, 2, 8))
    assert not calendar.is_settlement_day(date(2025, 2, 8))


@pytest.mark.parametrize(
    ("traded", "settled"),
    [
        pytest.param("2026-11-18", "2026-11-20", id="within a week"),
        pytest.param("2026-11-20", "2026-11-24", id="over a weekend"),
        pytest.param("2026-02-10", "2026-02-12", id="on the first day that only settles"),
        pytest.param("2026-02-11", "2026-02-13", id="the last session before Lunar New Year"),
        pytest.param("2025-01-22", "2025-01-24", id="the same in 2025"),
        pytest.param("2026-09-23", "2026-09-29", id="over Mid-Autumn, a weekend and Teachers' Day"),
        pytest.param("2024-10-01", "2024-10-07", id="over two typhoon days and a weekend"),
    ],
)
def test_two_settlement_days_after_the_trade(traded: str, settled: str) -> None:
    assert trading_days().settlement_day(date.fromisoformat(traded)) == date.fromisoformat(settled)


def test_days_that_only_settle_are_weekdays_without_trading_before_a_long_holiday() -> None:
    calendar = trading_days()
    for year in range(2017, 2027):
        first, second = sorted(day for day in SETTLEMENT_ONLY if day.year == year)
        assert calendar.next_trading_day(calendar.previous_trading_day(first)) == calendar.next_trading_day(second)
        assert calendar.next_trading_day(second) - second > timedelta(days=5)
        for day in (first, second):
            assert day.weekday() < 5
            assert not calendar.is_trading_day(day)
            assert calendar.is_settlement_day(day)


def test_make_up_sessions_are_saturdays() -> None:
    assert {day.weekday() for day in MAKE_UP_SESSIONS} == {5}


def test_a_typhoon_day_the_firm_enters_moves_settlement() -> None:
    changed = trading_days(Changes(closures=frozenset({date(2026, 11, 19)})))
    assert not changed.is_trading_day(date(2026, 11, 19))
    assert changed.settlement_day(date(2026, 11, 18)) == date(2026, 11, 23)
    assert trading_days().is_trading_day(date(2026, 11, 19))


def test_a_make_up_session_the_firm_enters_counts() -> None:
    changed = trading_days(Changes(sessions=frozenset({date(2026, 11, 21)})))
    assert changed.next_trading_day(date(2026, 11, 20)) == date(2026, 11, 21)
    assert changed.settlement_day(date(2026, 11, 19)) == date(2026, 11, 21)


def test_a_firm_can_enter_next_years_days_that_only_settle() -> None:
    days = frozenset({date(2027, 2, 2), date(2027, 2, 3)})
    changed = trading_days(Changes(settlement_only=days, published_until=date(2027, 12, 31)))
    assert trading_days().is_trading_day(date(2027, 2, 2))
    assert trading_days().is_forecast(date(2027, 2, 2))
    assert not changed.is_forecast(date(2027, 2, 2))
    assert not changed.is_trading_day(date(2027, 2, 2))
    assert changed.settlement_day(date(2027, 2, 1)) == date(2027, 2, 3)


def test_the_firms_word_wins_over_the_calendars() -> None:
    day = date(2026, 2, 12)
    closed = trading_days(Changes(closures=frozenset({day})))
    traded = trading_days(Changes(sessions=frozenset({day})))
    assert (closed.is_trading_day(day), closed.is_settlement_day(day)) == (False, False)
    assert (traded.is_trading_day(day), traded.is_settlement_day(day)) == (True, True)


def test_a_day_listed_twice_is_refused_by_name() -> None:
    day = frozenset({date(2026, 11, 19)})
    with pytest.raises(ContradictoryChanges) as refusal:
        Changes(closures=day, sessions=day)
    assert "2026-11-19" in refusal.value.text.zh
    assert "2026-11-19" in refusal.value.text.en


@pytest.mark.parametrize("day", [FIRST_DAY - DAY, LAST_DAY + DAY])
def test_a_day_outside_the_calendar_is_refused_with_its_bounds(day: date) -> None:
    calendar = trading_days()
    for ask in (calendar.is_trading_day, calendar.is_settlement_day, calendar.next_trading_day, calendar.is_forecast):
        with pytest.raises(OutsideCalendar) as refusal:
            ask(day)
        for wording in refusal.value.text:
            assert day.isoformat() in wording
            assert FIRST_DAY.isoformat() in wording
            assert LAST_DAY.isoformat() in wording


def test_counting_past_the_end_is_refused() -> None:
    with pytest.raises(OutsideCalendar):
        trading_days().settlement_day(LAST_DAY)
    with pytest.raises(OutsideCalendar):
        trading_days().add_trading_days(FIRST_DAY, -1)


def test_a_count_of_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="not 0"):
        trading_days().add_trading_days(date(2026, 11, 20), 0)


@given(inner_days, st.integers(-30, 30).filter(bool))
def test_adding_days_is_walking_them_one_by_one(day: date, count: int) -> None:
    calendar, step, left, walked = trading_days(), (DAY if count > 0 else -DAY), abs(count), day
    while left:
        walked += step
        left -= calendar.is_trading_day(walked)
    assert calendar.add_trading_days(day, count) == walked


@given(inner_days)
def test_a_trade_never_settles_later_than_trading_days_alone_would_have_it(day: date) -> None:
    calendar = trading_days()
    settled = calendar.settlement_day(day)
    assert calendar.is_settlement_day(settled)
    assert day < settled <= calendar.add_trading_days(day, 2)


def test_importing_the_module_does_not_load_the_slow_library() -> None:
    program = (
        "import sys, chahe.rules.trading_days; sys.exit('pandas' in sys.modules or 'exchange_calendars' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0  # noqa: S603 - our own words
