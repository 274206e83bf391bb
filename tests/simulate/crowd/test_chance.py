"""Chance by place: the same in any order and any block, even, and apart from subject to subject."""

import numpy as np

from chahe.simulate.crowd.chance import Chance, Numbering

PLACES = np.arange(50_000)


def test_a_place_has_its_number_whoever_asks_with_it() -> None:
    chance = Chance(7, "orders")
    whole = chance.share(PLACES)

    assert np.array_equal(np.concatenate([chance.share(PLACES[:777]), chance.share(PLACES[777:])]), whole)
    assert np.array_equal(chance.share(PLACES[::-1]), whole[::-1])
    assert chance.one(123, 1000) == int(whole[123] * 1000)


def test_numbers_are_even_and_those_of_two_subjects_have_nothing_in_common() -> None:
    first, second = (Chance(7, subject).share(PLACES) for subject in ("orders", "payments"))

    assert abs(first.mean() - 0.5) < 0.01
    assert np.histogram(first, 10, (0, 1))[0].min() > 4_600
    assert abs(np.corrcoef(first, second)[0, 1]) < 0.02
    assert abs(np.corrcoef(first[:-1], first[1:])[0, 1]) < 0.02


def test_another_seed_gives_other_numbers() -> None:
    assert not np.array_equal(Chance(7, "orders").bits(PLACES), Chance(8, "orders").bits(PLACES))


def test_a_numbering_gives_each_serial_number_its_own() -> None:
    numbering = Numbering(7, "limit", 5)
    numbers = numbering.all_of(np.arange(100_000))

    assert sorted(numbers.tolist()) == list(range(100_000))
    assert numbering.of(4711) == numbers[4711]
    assert not np.array_equal(numbers, np.sort(numbers))
