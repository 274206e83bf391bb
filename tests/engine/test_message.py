"""Messages: what stands in them reads as a person writes it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from chahe.controls.catalogue import controls
from chahe.engine.message import duration, message, moment, money, number
from chahe.wording import Text

NINE_US = 1_795_309_200_000_000
"""2026-11-22 09:00:00 in Taipei."""


def test_moments_are_taipei_clock_times_with_the_fractions_there_are() -> None:
    assert moment(NINE_US) == "2026-11-22 09:00:00"
    assert moment(NINE_US + 120_000) == "2026-11-22 09:00:00.12"
    assert moment(NINE_US + 1) == "2026-11-22 09:00:00.000001"


@pytest.mark.parametrize(
    ("us", "zh", "en"),
    [
        (1_500_000, "1.5秒", "1.5 s"),
        (3_600_000_000, "1小時", "1 h"),
        (169_200_000_000, "1天23小時", "1 d 23 h"),
        (60_000_000, "1分", "1 min"),
    ],
)
def test_durations_name_their_two_largest_units(us: int, zh: str, en: str) -> None:
    assert (duration(us, "zh"), duration(us, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("value", "text"), [("600.0000", "600"), ("12.5000", "12.5"), ("0.0000", "0"), ("1000", "1000")]
)
def test_decimals_lose_the_zeros_of_their_column(value: str, text: str) -> None:
    assert number(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("999", "999"),
        ("1000.0000", "1,000"),
        ("300000000", "300,000,000"),
        ("20000.1000", "20,000.1"),
        ("-1234", "-1,234"),
    ],
)
def test_amounts_of_money_have_their_thousands_apart(value: str, text: str) -> None:
    assert money(Decimal(value)) == text


def test_only_what_a_message_says_to_be_money_has_its_thousands_apart() -> None:
    control = replace(
        controls()["firewall-log-gaps"], message=Text("{total:money} {paid:money} {year} {none:money}", "{name:money}")
    )
    row = {"total": Decimal("1000.0000"), "paid": 2500, "year": 2026, "none": None, "name": "1000"}

    assert message(control, row, {}, "zh") == "1,000 2,500 2026 —"
    with pytest.raises(ValueError, match="does not fit"):
        message(control, row, {}, "en")


def test_a_message_is_filled_from_the_row_and_from_parameters_which_no_row_shadows() -> None:
    control = controls()["firewall-log-gaps"]
    spoken = replace(control, message=Text("{device!r} {begin_us:moment} {floor} {{}} {gone}", "{device}{floor:word}"))
    row = {"device": "FG-1", "begin_us": NINE_US, "floor": 7, "gone": None}
    assert message(spoken, row, {"floor": 20}, "zh") == "'FG-1' 2026-11-22 09:00:00 20 {} —"
    with pytest.raises(ValueError, match=r"firewall-log-gaps: \{floor:word\} does not fit 20"):
        message(spoken, row, {"floor": 20}, "en")
    with pytest.raises(KeyError, match="device"):
        message(spoken, {}, {}, "en")
