"""Business days counted from the first notice on, over weekends, holidays and days of settlement alone."""

from datetime import date

from chahe.derivations.business_days import derive


def _numbers(*notified: date | None) -> dict[object, object]:
    rows = [{"notified_on": day, "row_id": f"n#{nth}"} for nth, day in enumerate(notified)]
    return {row["day_on"]: row["number"] for row in derive({"supervision_notices": rows})}


def test_weekends_and_holidays_add_nothing() -> None:
    numbers = _numbers(date(2026, 10, 8))

    assert [numbers[date(2026, 10, day)] for day in (8, 9, 10, 11, 12)] == [1, 1, 1, 1, 2]


def test_days_of_settlement_alone_are_business_days() -> None:
    numbers = _numbers(date(2026, 2, 11))

    assert [numbers[date(2026, 2, day)] for day in (11, 12, 13, 14)] == [1, 2, 3, 3]


def test_it_begins_with_the_first_notice_and_shows_it() -> None:
    rows = list(derive({"supervision_notices": [{"notified_on": date(2026, 5, 6), "row_id": "b"}, {"notified_on": date(2026, 5, 4), "row_id": "a"}, {"notified_on": None, "row_id": "0"}]}))  # fmt: skip

    assert rows[0] == {"day_on": date(2026, 5, 4), "number": 1, "row_id": "a"}
    assert rows[-1]["day_on"] == date(2027, 6, 10)


def test_days_that_the_calendar_does_not_reach_have_no_number() -> None:
    assert _numbers(date(2016, 5, 4), None) == {}
    assert max(str(day) for day in _numbers(date(2030, 12, 30))) == "2030-12-31"
