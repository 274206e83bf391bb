"""Check digits of national IDs, resident certificates and cards."""

import pytest

from chahe.sources.personal.identifiers import is_card_number, is_personal_id


@pytest.mark.parametrize("text", ["A123456789", "F131104093", "A800000014", "AC01234567"])
def test_sound_numbers_of_each_form_are_known(text: str) -> None:
    assert is_personal_id(text)


@pytest.mark.parametrize(
    "text", ["A123456788", "A323456789", "AE01234567", "AC01234568", "A12345678", "A12345678９", "É123456789"]
)
def test_a_wrong_digit_or_form_is_no_id(text: str) -> None:
    assert not is_personal_id(text)


def test_of_all_last_digits_one_is_right() -> None:
    assert sum(is_personal_id(f"B20001234{last}") for last in range(10)) == 1


@pytest.mark.parametrize(
    "digits",
    [
        "4111111111111111",
        "5555555555554444",
        "2223003122003222",
        "378282246310005",
        "3530111333300000",
        "6212345678901232",
    ],
)
def test_card_numbers_of_each_brand_are_known(digits: str) -> None:
    assert is_card_number(digits)


@pytest.mark.parametrize(
    "digits",
    ["4111111111111112", "1716350400000004", "9999999999999995", "2220000000000006", "411111111111111", "4" * 16],
)
def test_clock_readings_and_wrong_check_digits_are_no_cards(digits: str) -> None:
    assert not is_card_number(digits)
