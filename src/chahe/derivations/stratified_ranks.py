"""Is one group's value lower than the others' in like circumstances? A stratified rank test, its effect size and its family."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Longs = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]

CONFIDENCE_Z = 1.959963984540054
"""Two-sided 95 %."""


class Sample(NamedTuple):
    """One value of each observation, whose it is, what it is compared within, and the day that observations share."""

    value: Longs
    group: Longs
    """0 and up."""
    stratum: Longs
    """0 and up."""
    day: Longs
    """0 and up."""


class Verdicts(NamedTuple):
    """By group. Observations whose stratum holds no other group count nowhere."""

    own: Longs
    others: Longs
    """Observations of others in the strata shared with it."""
    days: Longs
    superiority: Reals
    """The chance that its value is below another's, ties counted half; 0.5 where nothing can be compared."""
    deviation: Reals
    """Standard deviation of `superiority`."""
    chance: Reals
    """One-sided p: how often a group like the others would do as well."""


def verdicts(sample: Sample, groups: int) -> Verdicts:
    """The van Elteren test of every group against all others (van Elteren 1960), with days as clusters.

    The variance is the larger of that under permutation within strata, ties corrected (Lehmann, Nonparametrics, 1.5 and 3.3),
    and that of the days' sums: a burst of orders that fare alike is no better evidence than one. Student's t, days less one.
    """
    from scipy.special import stdtr  # noqa: PLC0415 - loads for a second, and only an audit of fairness needs it

    cell, cell_stratum, cell_group, own = _cells(sample)
    size = np.bincount(sample.stratum)
    other = size[cell_stratum] - own
    # van Elteren's weights give each stratum the say that its size warrants and no more.
    weight = 1.0 / (size + 1.0)
    score = ((size[sample.stratum] + 1) / 2 - _midranks(sample)) * weight[sample.stratum]
    score[other[cell] == 0] = 0.0
    spread = weight[cell_stratum] ** 2 * own * other * (size[cell_stratum] + 1) / 12 * _untied(sample)[cell_stratum]
    pairs = np.bincount(cell_group, weight[cell_stratum] * own * other, groups)
    total = np.bincount(sample.group, score, groups)
    days, squares = _by_day(sample, score, other[cell] > 0, groups)
    by_days = (squares - total**2 / np.maximum(days, 1)) * days / np.maximum(days - 1, 1)
    variance = np.maximum(np.bincount(cell_group, spread, groups), by_days)
    some = (variance > 0) & (days > 1)
    ratio = np.divide(total, np.sqrt(variance), out=np.zeros(groups), where=some)
    chance = np.where(some, stdtr(np.maximum(days - 1, 1), -ratio), 1.0)
    there = pairs > 0
    return Verdicts(
        own=np.bincount(cell_group, own * (other > 0), groups).astype(np.int64),
        others=np.bincount(cell_group, other, groups).astype(np.int64),
        days=days,
        superiority=0.5 + np.divide(total, pairs, out=np.zeros(groups), where=there),
        deviation=np.divide(np.sqrt(variance), pairs, out=np.zeros(groups), where=there),
        chance=chance,
    )


def holm(chances: Reals) -> Reals:
    """Adjusted p-values (Holm 1979): the chance that any of the family is accused wrongly is held, whatever their dependence."""
    order = np.argsort(chances, kind="stable")
    scaled = chances[order] * np.arange(len(chances), 0, -1)
    adjusted = np.empty(len(chances))
    adjusted[order] = np.minimum(np.maximum.accumulate(scaled), 1.0) if len(chances) else scaled
    return adjusted


LEAST, LEAST_DAYS = 30, 10
"""A group with less to be compared joins no family: thousands of small ones would only blunt the test of the rest."""


def within_family(tested: Verdicts) -> Reals:
    """The p-values, corrected for all the groups that have enough to be compared; of the others 1."""
    enough = (tested.own >= LEAST) & (tested.days >= LEAST_DAYS)
    adjusted = np.ones(len(tested.chance))
    adjusted[enough] = holm(tested.chance[enough])
    return adjusted


class Shift(NamedTuple):
    """By how much others' values lie above one's own: Hodges-Lehmann estimate and its 95 % interval."""

    estimate: int
    low: int
    high: int


def shift(sample: Sample, group: int, deviation: float) -> Shift:
    """The weighted median of all differences, other less own, within strata, and the quantiles that the test would not reject.

    `deviation` is that of the group's `superiority`. ValueError where nothing can be compared.
    """
    mine = sample.group == group
    shared = np.intersect1d(sample.stratum[mine], sample.stratum[~mine])
    if not len(shared):
        raise ValueError(f"group {group} shares no stratum with any other")
    size = np.bincount(sample.stratum)
    lowest = int(sample.value.min())
    width = int(sample.value.max()) - lowest + 1
    # Strata are laid side by side, so far apart that no difference reaches from one into the next.
    place = np.full(len(size), -1, np.int64)
    place[shared] = np.arange(len(shared))
    kept = place[sample.stratum] >= 0
    laid = sample.value - lowest + place[sample.stratum] * 4 * width
    theirs = np.sort(laid[kept & ~mine])
    own = laid[kept & mine]
    weight = 1.0 / (size[sample.stratum[kept & mine]] + 1.0)
    begins = np.searchsorted(theirs, place[sample.stratum[kept & mine]] * 4 * width)
    most = np.searchsorted(theirs, (place[sample.stratum[kept & mine]] + 1) * 4 * width - 2 * width) - begins
    total = float((weight * most).sum())

    def below(difference: int) -> float:
        counts = np.searchsorted(theirs, own + difference, side="right") - begins
        return float((weight * np.clip(counts, 0, most)).sum()) / total

    reach = CONFIDENCE_Z * deviation
    return Shift(
        _smallest(below, 0.5, width), _smallest(below, 0.5 - reach, width), _smallest(below, 0.5 + reach, width)
    )


def _smallest(below: Callable[[int], float], share: float, width: int) -> int:
    """The smallest whole difference that so large a share of differences does not exceed."""
    least, most = -width, width
    while least < most:
        middle = (least + most) // 2
        if below(middle) >= share - 1e-12:
            most = middle
        else:
            least = middle + 1
    return least


def _cells(sample: Sample) -> tuple[Longs, Longs, Longs, Longs]:
    """Each observation's cell of stratum and group; of each cell stratum, group and size."""
    groups = int(sample.group.max(initial=0)) + 1
    keys, cell, own = np.unique(sample.stratum * groups + sample.group, return_inverse=True, return_counts=True)
    return cell.astype(np.int64), keys // groups, keys % groups, own.astype(np.int64)


def _runs(sample: Sample) -> tuple[npt.NDArray[np.intp], Longs, Longs]:
    """An order by stratum and value, where runs of equal values begin in it, and how long each is."""
    order = np.lexsort((sample.value, sample.stratum))
    stratum, value = sample.stratum[order], sample.value[order]
    new = np.ones(len(order), np.bool_)
    new[1:] = (stratum[1:] != stratum[:-1]) | (value[1:] != value[:-1])
    begins = np.flatnonzero(new).astype(np.int64)
    return order, begins, np.diff(np.append(begins, len(order)))


def _midranks(sample: Sample) -> Reals:
    """The rank of each value in its stratum, from 1; equal values share the middle."""
    order, begins, lengths = _runs(sample)
    size = np.bincount(sample.stratum)
    before = np.cumsum(size) - size
    middle = begins + (lengths + 1) / 2
    ranks = np.empty(len(order))
    ranks[order] = np.repeat(middle, lengths)
    return ranks - before[sample.stratum]


def _untied(sample: Sample) -> Reals:
    """By stratum: what ties leave of the variance of ranks, from 1 (no ties) to 0 (all equal)."""
    order, begins, lengths = _runs(sample)
    size = np.bincount(sample.stratum).astype(np.float64)
    lost = np.bincount(sample.stratum[order][begins], lengths.astype(np.float64) ** 3 - lengths, len(size))
    return 1.0 - np.divide(lost, size**3 - size, out=np.zeros(len(size)), where=size > 1)


def _by_day(sample: Sample, score: Reals, used: npt.NDArray[np.bool_], groups: int) -> tuple[Longs, Reals]:
    """By group: on how many days anything was compared, and the sum of the squares of the days' scores."""
    days = int(sample.day.max(initial=0)) + 1
    keys, place = np.unique((sample.group * days + sample.day)[used], return_inverse=True)
    sums = np.bincount(place, score[used], len(keys))
    group = keys // days
    return np.bincount(group, minlength=groups).astype(np.int64), np.bincount(group, sums**2, groups).astype(np.float64)
