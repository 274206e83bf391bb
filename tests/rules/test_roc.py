"""Calendar days and moments as Taiwanese records write them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chahe.rules.roc import UnreadableDay, UnreadableMoment, moment_of, read_day, read_moment

DAY = date(2026, 11, 22)
NINE_IN_TAIPEI = int(datetime(2026, 11, 22, 1, tzinfo=UTC).timestamp()) * 1_000_000


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-22", "2026/11/22", "2026.11.22", "20261122", "2026年11月22日", "西元2026年11月22日", "二〇二六年十一月二十二日",
        "115/11/22", "115.11.22", "115-11-22", "1151122", "115年11月22日", "民國115年11月22日", "民國115/11/22", "ROC 115/11/22",
        "中華民國一一五年十一月二十二日", "中華民國一百一十五年十一月廿二日", "民國 115 年 11 月 22 號",
        "２０２６／１１／２２", "１１５年１１月２２日", " 2026-11-22　", "2026 / 11 / 22",
    ],
)  # fmt: skip
def test_every_way_of_writing_a_day_gives_that_day(written):
    assert read_day(written) == DAY


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("民國元年1月1日", date(1912, 1, 1)),
        ("99年1月2日", date(2010, 1, 2)),
        ("民國99/1/2", date(2010, 1, 2)),
        ("099/01/02", date(2010, 1, 2)),
        ("0990102", date(2010, 1, 2)),
        ("113/2/29", date(2024, 2, 29)),
        ("999/12/31", date(2910, 12, 31)),
        ("9999-12-31", date(9999, 12, 31)),
        ("一一五年卅一月一日", None),
        ("一一五年一月卅一日", date(2026, 1, 31)),
    ],
)
def test_the_roc_year_is_the_gregorian_year_less_1911(written, day):
    if day is None:
        with pytest.raises(UnreadableDay):
            read_day(written)
    else:
        assert read_day(written) == day


def test_a_value_from_excel_gives_its_day():
    assert read_day(datetime(2026, 11, 22, 9, 30)) == DAY  # noqa: DTZ001 - Excel knows no zone
    assert read_day(DAY) == DAY


@pytest.mark.parametrize(
    ("written", "because"),
    [
        ("11/22/2026", "ends with the year"),
        ("22.11.2026", "ends with the year"),
        ("99/01/02", "one or two digits"),
        ("26-11-22", "one or two digits"),
        ("991122", "six digits"),
        ("46348", "serial number"),
        ("2026/02/29", "does not exist"),
        ("115/13/01", "does not exist"),
        ("0115/11/22", "out of range"),
        ("民國2026年1月1日", "out of range"),
        ("民國0年1月1日", "out of range"),
        ("2026-11/22", "no date"),
        ("民國前1年1月1日", "no date"),
        ("十十年一月一日", "no date"),
        ("二三十年一月一日", "no date"),
        ("2026 11 22", "no date"),
        ("١١٥/١١/٢٢", "no date"),
        ("1,151,122", "no date"),
        ("Nov 22, 2026", "no date"),
        ("", "no date"),
        ("-1151122", "no date"),
        ("9" * 5000, "no date"),
    ],
)
def test_what_is_no_day_or_could_be_two_is_refused_with_the_reason(written, because):
    with pytest.raises(UnreadableDay) as refusal:
        read_day(written)
    assert because in refusal.value.text.en
    assert written[:60] in refusal.value.text.zh


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-22T09:00:00+08:00", "2026-11-22T01:00:00Z", "2026-11-22 01:00 UTC", "2026-11-22T04:00:00+0300", "2026-11-21 20:00:00-05",
        "2026-11-22 09:00:00", "2026/11/22 09:00", "2026/11/22 9:00:00.000000", "2026-11-22T09:00:00,000",
        "115/11/22 上午 09:00", "115/11/22 上午09:00:00", "115/11/22上午 9:00", "2026/11/22 09:00:00 AM", "2026/11/22 09:00 a.m.",
        "115年11月22日 上午9時", "民國115年11月22日9時0分0秒", "中華民國一一五年十一月二十二日 09:00",
        "20261122T090000", "20261122 090000", "20261122090000", "1151122 09:00", "２０２６／１１／２２　０９：００",
    ],
)  # fmt: skip
def test_every_way_of_writing_a_moment_gives_that_moment(written):
    assert read_moment(written, "Asia/Taipei") == NINE_IN_TAIPEI


@pytest.mark.parametrize(
    ("written", "minutes_after_midnight"),
    [
        ("115/11/22 下午 03:05", 15 * 60 + 5),
        ("115/11/22 上午 12:30", 30),
        ("115/11/22 下午 12:30", 12 * 60 + 30),
        ("2026/11/22 11:59 PM", 23 * 60 + 59),
        ("2026/11/22 24:00", 24 * 60),
    ],
)
def test_the_hour_is_that_of_the_half_day(written, minutes_after_midnight):
    assert read_moment(written, "Asia/Taipei") == NINE_IN_TAIPEI + (minutes_after_midnight - 540) * 60_000_000


def test_fractions_are_kept_to_the_microsecond():
    assert read_moment("2026-11-22 09:00:00.123456789", "Asia/Taipei") == NINE_IN_TAIPEI + 123_456
    assert read_moment("2026-11-22 09:00:00.5", "Asia/Taipei") == NINE_IN_TAIPEI + 500_000


def test_a_zone_that_is_written_wins_over_the_zone_given():
    assert read_moment("2026-11-22 09:00:00+08:00", "America/New_York") == NINE_IN_TAIPEI
    assert read_moment("2026-11-21 20:00:00", "America/New_York") == NINE_IN_TAIPEI


@pytest.mark.parametrize(
    ("written", "because"),
    [
        ("2026-11-22", "without a time of day"),
        ("115/11/22", "without a time of day"),
        ("20261122", "without a time of day"),
        ("1795280400", "bare number"),
        ("1795280400000", "bare number"),
        ("1795280400000000", "bare number"),
        ("2026-11-22 25:00", "does not exist"),
        ("2026-11-22 24:01", "does not exist"),
        ("2026-11-22 09:60", "does not exist"),
        ("2026-11-22 23:59:60", "does not exist"),
        ("115/11/22 下午 15:00", "a.m. or p.m."),
        ("115/11/22 上午 00:10", "a.m. or p.m."),
        ("115/11/22 上午 09:00 AM", "no time"),
        ("11/22/2026 09:00", "ends with the year"),
        ("99/01/02 09:00", "one or two digits"),
        ("2026-11-22 09:00 CST", "no time"),
        ("2026-11-22 09:00+99:00", "no time"),
        ("09:00", "no time"),
        ("yesterday", "no time"),
        ("", "no time"),
    ],
)
def test_what_is_no_moment_or_could_be_two_is_refused_with_the_reason(written, because):
    with pytest.raises(UnreadableMoment) as refusal:
        read_moment(written, "Asia/Taipei")
    assert because in refusal.value.text.en


@pytest.mark.parametrize("written", ["2026-03-08 02:30", "2026-11-01 01:30"])
def test_a_clock_reading_that_the_zone_never_or_twice_shows_is_refused(written):
    with pytest.raises(UnreadableMoment, match=r"exists twice"):
        read_moment(written, "America/New_York")


def test_a_value_with_its_own_zone_keeps_it():
    nine = datetime(2026, 11, 22, 9, tzinfo=timezone(timedelta(hours=8)))
    assert moment_of(nine, "UTC") == NINE_IN_TAIPEI


@given(st.dates(min_value=date(1912, 1, 1), max_value=date(2910, 12, 31)))
def test_any_day_since_1912_reads_the_same_in_both_calendars(day):
    assert read_day(day.isoformat()) == day
    assert read_day(f"{day.year - 1911:03}/{day.month}/{day.day}") == day
    assert read_day(f"民國{day.year - 1911}年{day.month}月{day.day}日") == day


@given(st.datetimes(min_value=datetime(1980, 1, 1), max_value=datetime(9000, 1, 1)))  # noqa: DTZ001 - read in a zone below
def test_any_moment_since_1980_reads_back(local):
    assert read_moment(local.isoformat(" "), "Asia/Taipei") == moment_of(local, "Asia/Taipei")


@given(st.text(alphabet="0123456789/-.:年月日民國一二三十廿元上下午TZ+ ", max_size=24))
def test_no_text_raises_anything_but_a_refusal(written):
    for read in (read_day, lambda text: read_moment(text, "Asia/Taipei")):
        try:
            read(written)
        except (UnreadableDay, UnreadableMoment) as refusal:
            assert refusal.text.zh  # noqa: PT017 - either outcome is right
