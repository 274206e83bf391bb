"""Local times made UTC: gaps and repeats of the clock, and zones that never change."""

from datetime import UTC, datetime, timedelta

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chahe.sources.scanning.local_times import utc_us


def us(text: str) -> int:
    return (datetime.fromisoformat(text).replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(
        microseconds=1
    )


@pytest.mark.parametrize(
    ("zone", "local", "utc"),
    [
        ("Asia/Taipei", "2026-03-03T04:05:06", "2026-03-02T20:05:06"),
        ("Asia/Taipei", "1979-07-01T12:00:00", "1979-07-01T03:00:00"),
        ("UTC", "2026-03-03T04:05:06", "2026-03-03T04:05:06"),
        # Clocks go from 02:00 to 03:00: what is left out counts on from before.
        ("America/New_York", "2026-03-08T02:30:00", "2026-03-08T07:30:00"),
        ("America/New_York", "2026-03-08T01:59:59", "2026-03-08T06:59:59"),
        ("America/New_York", "2026-03-08T03:00:00", "2026-03-08T07:00:00"),
        # Clocks go from 02:00 to 01:00: what stands twice is the later.
        ("America/New_York", "2026-11-01T01:30:00", "2026-11-01T06:30:00"),
        ("America/New_York", "2026-11-01T00:59:59", "2026-11-01T04:59:59"),
        ("Australia/Lord_Howe", "2026-04-05T01:45:00", "2026-04-04T15:15:00"),
    ],
)
def test_a_zones_history_is_followed(zone, local, utc):
    assert utc_us(np.array([us(local)]), zone).tolist() == [us(utc)]


def test_a_column_may_span_many_changes():
    local = np.array([us("2024-07-01T00:00:00"), us("2026-01-01T00:00:00"), us("2020-07-01T00:00:00")])

    assert utc_us(local, "America/New_York").tolist() == [
        us("2024-07-01T04:00:00"),
        us("2026-01-01T05:00:00"),
        us("2020-07-01T04:00:00"),
    ]


def test_nothing_is_nothing():
    assert utc_us(np.zeros(0, np.int64), "Asia/Taipei").tolist() == []


# Zones whose rules to come are alike in all releases of the time zone data: Morocco's, for one, are not.
@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(us("1971-01-01T00:00:00") // 10**6, us("2036-12-31T00:00:00") // 10**6), min_size=1),
    st.sampled_from(["Asia/Taipei", "America/New_York", "Europe/London", "Asia/Kathmandu", "Pacific/Apia"]),
)
def test_it_agrees_with_the_database(seconds, zone):
    local = np.array(seconds, np.int64) * 10**6
    with duckdb.connect() as connection:
        connection.register("local", pa.table({"place": range(len(local)), "us": local}))
        asked = "SELECT epoch_us(timezone($zone, make_timestamp(us))) FROM local ORDER BY place"
        meant = [row[0] for row in connection.execute(asked, {"zone": zone}).fetchall()]

    assert utc_us(local, zone).tolist() == meant
