"""Periods counted in SQL end on the days on which periods counted in Python end."""

from datetime import date, timedelta

import duckdb

from chahe.controls.legal_time import period_end
from chahe.rules.periods import Period, ends_on

FIRST = date(2023, 1, 1)
DAYS = [FIRST + timedelta(days=nth) for nth in range(3 * 366)]
"""Three years, with the leap day of 2024 and the days around it."""


def test_a_period_counted_in_sql_ends_on_the_civil_codes_day() -> None:
    for months in (1, 2, 3, 6, 11, 12, 24, 36):
        counted = duckdb.sql(
            f"SELECT day, {period_end('day', str(months))} AS last"
            f" FROM (SELECT CAST(DATE '{FIRST}' + CAST(range AS INTEGER) AS DATE) AS day FROM range({len(DAYS)}))"
        ).fetchall()

        assert dict(counted) == {day: ends_on(day, Period(months=months)) for day in DAYS}
