"""Days and hours of the Taipei clock, against the zone database."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chahe.rules.periods import day_end_us, day_start_us, hour_start_us, taipei_day

DAY = timedelta(days=1)
HOUR_US = 3_600_000_000
TAIPEI = ZoneInfo("Asia/Taipei")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

days = st.dates(date(1900, 1, 1), date(2100, 12, 31)) | st.dates(date(1970, 1, 1), date(1981, 1, 1))
moments = st.integers(-2_000_000_000_000_000, 4_000_000_000_000_000) | st.integers(0, 347_155_200_000_000)


def clock(us: int) -> datetime:
    return (EPOCH + timedelta(microseconds=us)).astimezone(TAIPEI)


def test_a_day_in_taipei_begins_at_sixteen_hours_utc_of_the_day_before() -> None:
    assert day_start_us(date(2026, 11, 22)) == 1_795_276_800_000_000
    assert datetime.fromtimestamp(1_795_276_800, UTC) == datetime(2026, 11, 21, 16, tzinfo=UTC)
    assert day_end_us(date(2026, 11, 22)) == day_start_us(date(2026, 11, 23))


@given(days)
@example(date(1979, 7, 1))
@example(date(1979, 9, 30))
@example(date(1979, 10, 1))
@example(date(1979, 12, 31))
@example(date(1980, 1, 1))
@example(date(1974, 4, 1))
@example(date(1975, 9, 30))
def test_a_day_holds_its_first_microsecond_and_not_its_end(day: date) -> None:
    assert taipei_day(day_start_us(day)) == day
    assert taipei_day(day_start_us(day) - 1) == day - DAY
    assert taipei_day(day_end_us(day) - 1) == day
    assert taipei_day(day_end_us(day)) == day + DAY


@given(moments)
@example(315_503_999_999_999)
@example(315_504_000_000_000)
def test_the_day_is_the_one_the_zone_database_names(us: int) -> None:
    assert taipei_day(us) == clock(us).date()


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        pytest.param(date(1979, 7, 1), 23, id="summer time begins"),
        pytest.param(date(1979, 9, 30), 25, id="summer time ends"),
        pytest.param(date(1979, 8, 15), 24, id="within summer time"),
        pytest.param(date(1979, 12, 31), 24, id="the last day read from the zone database"),
        pytest.param(date(2024, 2, 29), 24, id="a leap day"),
    ],
)
def test_a_day_has_the_hours_the_clock_gave_it(day: date, hours: int) -> None:
    assert day_end_us(day) - day_start_us(day) == hours * HOUR_US


@given(moments)
def test_an_hour_begins_when_the_clock_shows_no_minutes(us: int) -> None:
    start = hour_start_us(us)
    assert 0 <= us - start < HOUR_US
    shown = clock(start)
    assert (shown.minute, shown.second, shown.microsecond) == (0, 0, 0)


def test_the_last_day_of_the_calendar_has_an_end() -> None:
    assert day_end_us(date.max) - day_start_us(date.max) == 24 * HOUR_US


def test_a_moment_outside_the_calendar_is_refused_in_words() -> None:
    for us in (10**18, -(10**18), 10**30):
        with pytest.raises(ValueError, match="outside the calendar"):
            taipei_day(us)
