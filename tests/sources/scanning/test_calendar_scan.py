"""Dates in bytes: every day that is, and none that is not."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chahe.sources.scanning.calendar_scan import NEVER, microseconds, moment, month, number


def data(text: str) -> np.ndarray:
    return np.frombuffer(text.encode(), np.uint8)


@given(st.datetimes(min_value=datetime(1, 1, 1), max_value=datetime(9999, 12, 31)))  # noqa: DTZ001 - calendars have no zone
def test_a_moment_is_the_datetimes(at):
    at = at.replace(microsecond=0, tzinfo=UTC)

    found = moment(at.year, at.month, at.day, at.hour, at.minute, at.second)
    assert found == (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


@pytest.mark.parametrize(
    "parts",
    [
        *((2026, 2, 30, 0, 0, 0), (2025, 2, 29, 0, 0, 0), (1900, 2, 29, 0, 0, 0), (2026, 4, 31, 0, 0, 0)),
        *(
            (2026, 0, 1, 0, 0, 0),
            (2026, 13, 1, 0, 0, 0),
            (2026, 1, 0, 0, 0, 0),
            (0, 1, 1, 0, 0, 0),
            (-1, 1, 1, 0, 0, 0),
        ),
        *((2026, 1, 1, 24, 0, 0), (2026, 1, 1, 0, 60, 0), (2026, 1, 1, 0, 0, 60), (2026, 1, 1, -1, 0, 0)),
    ],
)
def test_what_cannot_be_is_never(parts):
    assert moment(*parts) == NEVER


def test_months_are_known_in_any_case_and_nothing_else_is_one():
    names = "JanFebMarAprMayJunJulAugSepOctNovDec"

    assert [month(data(names), 3 * index) for index in range(12)] == list(range(1, 13))
    assert [month(data(names.upper()), 3 * index) for index in range(12)] == list(range(1, 13))
    assert [month(data(word), 0) for word in ("Foo", "Jam", "   ", "Ma1", "\0\0\0")] == [0] * 5


def test_numbers_are_digits_alone():
    assert [number(data("0042x"), 0, size) for size in (1, 4, 5)] == [0, 42, -1]
    assert [number(data(word), 0, 2) for word in ("+1", " 1", "1.", "/9", ":0")] == [-1] * 5


@pytest.mark.parametrize(
    ("digits", "found"), [("5", 500_000), ("123456", 123_456), ("123456789", 123_456), ("000001", 1)]
)
def test_fractions_are_cut_at_the_microsecond(digits, found):
    assert microseconds(data(digits), 0, len(digits)) == found
