"""Pairs of addresses written by hand: how near they are, whichever comes first and however often they are spelt."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chahe.derivations.address_levels import Level, level
from chahe.derivations.addresses import ABROAD, BOX, READ, UNREAD, counted, door, spelt
from chahe.simulate.life.homes import made_home

PAIRS = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "address_pairs.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
EVERY = sorted({text for *_, one, other in PAIRS for text in (one, other)})


def test_the_pairs_are_many_of_every_level_and_half_of_them_held_out() -> None:
    assert len(PAIRS) >= 150
    assert len({frozenset(pair[2:]) for pair in PAIRS}) == len(PAIRS)
    held = [pair for pair in PAIRS if pair[0] == "held"]
    assert 0.45 <= len(held) / len(PAIRS) <= 0.55
    assert {pair[1] for pair in held} == {one.name.lower() for one in Level}


@pytest.mark.parametrize(("half", "expected", "one", "other"), PAIRS, ids=[" ~ ".join(pair[2:]) for pair in PAIRS])
def test_two_addresses_are_as_near_as_a_person_says(half: str, expected: str, one: str, other: str) -> None:
    assert level(door(one), door(other)).name.lower() == expected, half
    assert level(door(other), door(one)) is level(door(one), door(other))


@pytest.mark.parametrize("text", EVERY)
def test_spelling_twice_is_spelling_once(text: str) -> None:
    assert spelt(spelt(text)) == spelt(text)
    assert door(spelt(text)) == door(text)


def test_an_address_with_a_floor_is_never_nearer_to_another_number_than_the_door_beside() -> None:
    for text in EVERY:
        read = door(text)
        for other in EVERY:
            if read.number != door(other).number:
                assert level(read, door(other)) <= Level.NEIGHBOUR


def test_a_home_is_known_again_in_each_of_the_ways_it_is_written() -> None:
    for seed in range(500):
        rng = Random(seed)  # noqa: S311 - the same homes every time
        home = made_home(rng)
        one, other = door(home.written(rng)), door(home.written(rng))
        above = door(home.on_floor(home.floor + 1).written(rng))
        assert one.status == READ
        assert level(one, other) is Level.UNIT
        assert level(one, above) is Level.BUILDING


@given(
    st.text(st.sampled_from("台臺北市縣大安區里鄰路街段巷弄號樓之-0123456789一二十百廿地下室棟A F、()"), max_size=24)
)
def test_whatever_is_written_is_read_or_said_to_be_unreadable(text: str) -> None:
    read = door(text)

    assert read.status in {READ, BOX, ABROAD, UNREAD}
    assert spelt(spelt(text)) == spelt(text)
    assert level(read, read) is Level.UNIT


@pytest.mark.parametrize(
    ("numeral", "number"),
    [("十", 10), ("十二", 12), ("二十", 20), ("廿五", 25), ("卅", 30), ("一百零三", 103), ("百二十", 120), ("一二三", 123),
     ("貳拾伍", 25), ("兩百", 200), ("一〇五", 105), ("零", 0)],
)  # fmt: skip
def test_numerals_count(numeral: str, number: int) -> None:
    assert counted(numeral) == number


def test_the_distance_of_letters_does_not_tell_floors_from_slips() -> None:
    """Why parts are compared and not letters: another floor is as near, letter by letter, as another house."""
    home = "台北市大安區和平東路二段12號3樓"
    floor, house = "台北市大安區和平東路二段12號5樓", "台北市大安區和平東路二段72號3樓"

    assert _letters_apart(home, floor) == _letters_apart(home, house) == 1
    assert level(door(home), door(floor)) is Level.BUILDING
    assert level(door(home), door(house)) is Level.NONE


def _letters_apart(one: str, other: str) -> int:
    assert len(one) == len(other)
    return sum(a != b for a, b in zip(one, other, strict=True))


def test_what_is_written_beside_an_address_does_not_hide_it() -> None:
    assert door("台北市大安區和平東路二段12號3樓 王先生收").building == door("台北市大安區和平東路2段12號").building
