"""The stratified rank test agrees with what is known of it, and holds its rate of false alarms."""

import numpy as np
import pytest
from scipy import stats

from chahe.derivations.stratified_ranks import Sample, holm, shift, verdicts


def _sample(rows: list[tuple[int, int, int, int]]) -> Sample:
    columns = np.array(rows, np.int64).reshape(-1, 4)
    return Sample(*(columns[:, index].copy() for index in range(4)))


def _one_stratum(own: list[int], others: list[int]) -> Sample:
    rows = [(value, 0, 0, nth) for nth, value in enumerate(own)]
    return _sample(rows + [(value, 1, 0, 100 + nth) for nth, value in enumerate(others)])


def test_in_one_stratum_superiority_is_that_of_mann_and_whitney_with_ties_halved() -> None:
    own, others = [3, 5, 5, 9, 12], [4, 5, 7, 11, 15, 15, 20]

    found = verdicts(_one_stratum(own, others), 2)

    u = stats.mannwhitneyu(others, own).statistic
    assert found.superiority[0] == pytest.approx(u / (len(own) * len(others)))
    assert found.superiority[1] == pytest.approx(1 - u / (len(own) * len(others)))
    assert (found.own[0], found.others[0], found.days[0]) == (5, 7, 5)


def test_its_deviation_is_never_below_that_under_permutation_with_ties_corrected() -> None:
    own, others = [1, 2, 2, 8, 8], [2, 3, 8, 8, 9, 1]

    found = verdicts(_one_stratum(own, others), 2)

    both = np.array(own + others)
    ties = np.unique(both, return_counts=True)[1].astype(float)
    n, m = len(own), len(others)
    whole = n + m
    variance = n * m / 12 * ((whole + 1) - (ties**3 - ties).sum() / (whole * (whole - 1)))
    assert found.deviation[0] >= np.sqrt(variance) / (n * m) - 1e-12


def test_strata_without_another_group_and_groups_alone_say_nothing() -> None:
    found = verdicts(_sample([(1, 0, 0, 0), (9, 1, 0, 0), (1, 0, 1, 1), (2, 0, 1, 2), (5, 2, 2, 0)]), 3)

    assert found.own.tolist() == [1, 1, 0]
    assert found.others.tolist() == [1, 1, 0]
    assert found.days.tolist() == [1, 1, 0]
    assert found.superiority.tolist() == [1.0, 0.0, 0.5]
    assert found.chance.tolist() == [1.0, 1.0, 1.0]


def test_values_are_compared_within_strata_only() -> None:
    """Simpson: the group is slower in each stratum, and faster when they are thrown together."""
    rows = [(12, 0, 0, day) for day in range(30)] + [(10, 1, 0, day) for day in range(3)]
    rows += [(102, 0, 1, day) for day in range(3)] + [(100, 1, 1, day) for day in range(30)]

    found = verdicts(_sample(rows), 2)

    assert found.superiority.tolist() == pytest.approx([0.0, 1.0])
    assert found.chance[0] > 0.999
    assert found.chance[1] < 0.001


def test_what_fares_alike_on_one_day_counts_as_one() -> None:
    rng = np.random.default_rng(5)
    rows = [(int(value), 1, day, day) for day in range(12) for value in rng.integers(0, 1000, 40)]
    apart = [(1, 0, day, day) for day in range(12) for _ in range(5)]
    together = [(1, 0, 0, 0) for _ in range(55)] + [(999, 0, day, day) for day in range(1, 12)]

    assert verdicts(_sample(rows + apart), 2).chance[0] < 1e-6
    assert verdicts(_sample(rows + together), 2).chance[0] > 0.05


def test_the_shift_is_the_weighted_median_of_differences() -> None:
    rng = np.random.default_rng(3)
    rows = [(int(v), int(g), int(s), int(d)) for v, g, s, d in zip(
        rng.integers(0, 60, 80), rng.integers(0, 3, 80), rng.integers(0, 5, 80), rng.integers(0, 9, 80), strict=True
    )]  # fmt: skip
    sample = _sample(rows)
    size = np.bincount(sample.stratum)
    differences: list[tuple[int, float]] = sorted(
        (other[0] - own[0], 1 / (size[own[2]] + 1))
        for own in rows if own[1] == 1
        for other in rows if other[1] != 1 and other[2] == own[2]
    )  # fmt: skip
    weights = np.cumsum([weight for _, weight in differences])

    found = shift(sample, 1, 0.05)

    middle = differences[int(np.searchsorted(weights, weights[-1] / 2 - 1e-9))][0]
    low = differences[int(np.searchsorted(weights, weights[-1] * (0.5 - 1.959963984540054 * 0.05)))][0]
    assert (found.estimate, found.low) == (middle, low)
    assert found.low <= found.estimate <= found.high


def test_a_constant_preference_is_measured_to_the_microsecond() -> None:
    rng = np.random.default_rng(1)
    value = rng.integers(0, 5, 4000)
    group, stratum, day = rng.integers(0, 4, 4000), rng.integers(0, 50, 4000), rng.integers(0, 50, 4000)
    sample = Sample(value - 40 * (group == 2), group, stratum, day)
    found = verdicts(sample, 4)

    assert shift(sample, 2, float(found.deviation[2])).estimate == 40


def test_a_group_that_shares_nothing_has_no_shift() -> None:
    with pytest.raises(ValueError, match="shares no stratum"):
        shift(_sample([(1, 0, 0, 0), (2, 1, 1, 0)]), 0, 0.1)


def test_holm_steps_down_and_never_back() -> None:
    assert holm(np.array([0.01, 0.04, 0.03, 0.5])).tolist() == pytest.approx([0.04, 0.09, 0.09, 0.5])
    assert holm(np.array([0.6, 0.9])).tolist() == [1.0, 1.0]
    assert holm(np.array([])).tolist() == []
