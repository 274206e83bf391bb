"""Homes of the example firm: one door, however it is written."""

from random import Random

import pytest

from chahe.derivations.address_levels import Level, level
from chahe.derivations.addresses import door
from chahe.simulate.life.homes import Home, made_home, numeral


def _chance(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - the same chance every time


@pytest.mark.parametrize("seed", range(25))
def test_a_door_is_known_again_in_every_spelling_and_under_the_countys_old_name(seed: int) -> None:
    home = made_home(_chance(seed))
    spellings = {home.written(_chance(nth), as_once=nth % 2 == 0) for nth in range(12)}

    assert len(spellings) > 3
    assert {level(door(one), door(next(iter(spellings)))) for one in spellings} == {Level.UNIT}


def test_another_floor_is_another_door_of_the_same_building() -> None:
    home = Home("新北市", "板橋區", "文化路", 1, 0, 12, 3, 5)
    other = home.on_floor(8).written(_chance(2), as_once=True)

    assert other.startswith("台北縣板橋市")
    assert level(door(home.written(_chance(1))), door(other)) is Level.BUILDING


def test_numbers_are_written_as_in_a_sentence() -> None:
    assert [numeral(number) for number in (0, 7, 10, 14, 20, 93)] == ["零", "七", "十", "十四", "二十", "九十三"]
