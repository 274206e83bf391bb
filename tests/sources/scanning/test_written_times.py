"""Times as fields write them."""

import numpy as np
import pytest

from chahe.sources.scanning.spans import ABSENT, BAD, GOOD
from chahe.sources.scanning.written_times import moments

NINE = 1_795_309_200_000_000
"""2026-11-22 09:00 in Taipei."""


def moment(text: str, zone: str = "Asia/Taipei") -> tuple[int, int]:
    data = np.frombuffer(f"before{text}1".encode(), np.uint8)
    found, states = moments(data, np.array([6], np.int32), np.array([len(text.encode())], np.int32), zone)
    return int(found[0]), int(states[0])


@pytest.mark.parametrize(
    ("text", "microseconds"),
    [
        ("1795309200", NINE),
        ("1795309200.25", NINE + 250_000),
        ("1795309200123", NINE + 123_000),
        ("1795309200123456", NINE + 123_456),
        ("1795309200123456789", NINE + 123_456),
        ("Nov 22 2026 09:00:00", NINE),
        ("Nov 22 2026 09:00:00.123", NINE + 123_000),
        ("Nov 22 2026 01:00:00.123 UTC", NINE + 123_000),
        ("Nov 22 2026 01:00:00 GMT", NINE),
        ("Nov 22 2026 09:00:00 CST", NINE),
        ("Sun Nov 22 09:00:00 2026", NINE),
        ("22Nov2026 09:00:00", NINE),
        ("22Nov2026  9:00:00", NINE),
        ("22-Nov-2026 09:00:00", NINE),
        ("22 Nov 2026 09:00:00", NINE),
        ("2026-11-22 09:00:00", NINE),
        ("2026/11/22 09:00:00", NINE),
        ("2026-11-22T09:00:00.5+08:00", NINE + 500_000),
        ("2026-11-22T01:00:00Z", NINE),
        ("2026-11-21T21:30:00 -0330", NINE),
    ],
)
def test_it_reads_a_time(text: str, microseconds: int) -> None:
    assert moment(text) == (microseconds, GOOD)


@pytest.mark.parametrize(
    "text",
    [
        *("Nov 22 2026 09:00:00 PST", "22/11/2026 09:00:00", "Nov 22 09:00:00", "2026-02-30 09:00:00"),
        *("2026-11-22", "09:00:00", "2026-11-22 25:00:00", "2026-11-22 09:60:00", "2026-11-22 09:00:00 +08"),
        *("99999999999999999999", "1795309200.2x", "17953092", "179530920012", "now", "-", "Nov 22 2026 09:00:00 CS"),
        *("2026-11-22 09:00:00 09:00:00", "2026-11-22 09:00:00 1", "１795309200"),
    ],
)
def test_what_cannot_be_read_is_bad(text: str) -> None:
    assert moment(text)[1] == BAD


def test_without_text_there_is_no_time() -> None:
    assert moment("")[1] == ABSENT


def test_an_abbreviation_is_known_where_the_zone_goes_by_it() -> None:
    assert moment("Jul 22 2026 09:00:00 PDT", "America/Los_Angeles") == (1_784_736_000_000_000, GOOD)
    assert moment("Jul 22 2026 09:00:00 CST", "America/Los_Angeles")[1] == BAD


def test_a_zone_that_writes_signs_has_them_too() -> None:
    assert moment("Nov 22 2026 09:00:00", "UTC") == (NINE + 8 * 3_600_000_000, GOOD)
