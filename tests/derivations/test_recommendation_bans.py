"""When what was recommended may not be traded."""

from datetime import date, datetime

import pytest

from chahe.derivations.recommendation_bans import bans
from chahe.rules.periods import day_start_us


def _us(written: str) -> int:
    moment = datetime.fromisoformat(written)
    return day_start_us(moment.date()) + (moment.hour * 3600 + moment.minute * 60 + moment.second) * 1_000_000


def _bans(made: str | None, kind: str = "recommendation", times: int = 1) -> list[tuple[object, object, object]]:
    row = {
        "row_id": "r#1",
        "recommendation_id": "rc-1",
        "symbol": "2412",
        "made_at_us": _us(made) if made else None,
        "made_as": kind,
    }
    found = bans({"recommendations": [row] * times})
    return [(one["banned_on"], one["banned_from_us"], one["banned_until_us"]) for one in found]


@pytest.mark.parametrize(
    ("made", "days", "until"),
    [
        ("2026-11-19 08:59:59", [date(2026, 11, 19)], "2026-11-19 11:00"),
        ("2026-11-19 09:00:00", [date(2026, 11, 19), date(2026, 11, 20)], "2026-11-20 11:00"),
        ("2026-11-20 10:30:00", [date(2026, 11, 20), date(2026, 11, 23)], "2026-11-23 11:00"),  # a Friday
        ("2026-11-21 07:00:00", [date(2026, 11, 23)], "2026-11-23 11:00"),  # a Saturday before nine
    ],
)
def test_the_ban_ends_two_hours_after_the_opening_that_follows(made: str, days: list[date], until: str) -> None:
    assert _bans(made) == [(day, _us(made), _us(until)) for day in days]


def test_one_report_to_many_customers_is_one_ban() -> None:
    assert len(_bans("2026-11-19 08:00:00", times=3)) == 1


@pytest.mark.parametrize(
    ("made", "kind"),
    [(None, "recommendation"), ("2026-11-19 08:00:00", "news"), ("2031-01-02 08:00:00", "recommendation")],
)
def test_no_ban_without_a_recommendation_a_time_or_a_calendar(made: str | None, kind: str) -> None:
    assert _bans(made, kind) == []
