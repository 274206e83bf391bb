"""Firewall logs by calendar half-year, drawn and written some hours at a time."""

from collections.abc import Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Final

import numpy as np
from numpy.random import RandomState

from chahe.simulate.cast.staff_and_systems import Export, Firewall, Silence
from chahe.simulate.days import DAY, HOUR_US, at, half_years, us
from chahe.simulate.files import packed_lines, write_gzip
from chahe.simulate.life.company import Firm
from chahe.simulate.logs.firewall_lines import lines
from chahe.simulate.logs.texts import Ints, written

_BUSY_DAYS: Final = 56
_BLOCK: Final = 1 << 16
_EPOCH: Final = date(1970, 1, 1)


def write_firewall_logs(firm: Firm, folder: Path, later: Path) -> None:
    """One file a device and half-year, `DEVICE_YYYYHn.log.gz`, until the end of the as-of day; `later` takes what was exported again."""
    for wall in firm.firewalls:
        rng = _as_numpy(firm, wall)
        for half, first_day, last_day in half_years(wall.log_from, wall.retired or firm.as_of):
            # All moments are drawn before the first line: once to get past them, and again a block at a time, so that none is held.
            again = RandomState()
            again.set_state(rng.get_state())
            stretch = us(at(first_day, 0)), us(at(last_day, 23)) + HOUR_US
            for _ in _drawn(firm, wall, rng, *stretch):
                pass
            moments = (found for block in _drawn(firm, wall, again, *stretch) if len(found := _spoken(wall, block)))
            name = f"{wall.device}_{half}.log.{firm.size.packed}"
            twice = [export for export in wall.exported_again if export.half == half]
            kept = _write_half(firm, wall, rng, moments, folder / wall.device / name, keep=bool(twice))
            for export in twice:
                told = [line for moment, line in kept if not _is_cut(export, moment)]
                write_gzip(later / wall.device / name, "\r\n".join(reversed(told)) + "\r\n")


def _as_numpy(firm: Firm, wall: Firewall) -> RandomState:
    """The device's own generator, with the same numbers, many at a time."""
    _, state, _ = firm.rng(f"firewall {wall.device}").getstate()
    rng = RandomState()
    rng.set_state(("MT19937", np.array(state[:-1], dtype=np.uint32), int(state[-1]), 0, 0.0))
    return rng


def _write_half(
    firm: Firm, wall: Firewall, rng: RandomState, moments: Iterator[Ints], path: Path, *, keep: bool
) -> list[tuple[int, str]]:
    """The log a block at a time; all of its lines again where they will be exported anew. No file without records."""
    kept: list[tuple[int, str]] = []
    first = next(moments, None)
    if first is None:
        return kept
    with packed_lines(path) as log:
        for block in chain([first], moments):
            told = lines(wall, block, rng)
            log.write(written(told))
            # A day of the Taipei clock begins eight hours before that of 1970's.
            numbers, counts = np.unique((block + 8 * HOUR_US) // (24 * HOUR_US), return_counts=True)
            for number, count in zip(numbers.tolist(), counts.tolist(), strict=True):
                firm.watch.logged[wall.device, _EPOCH + number * DAY] += count
            if keep:
                kept += zip(block.tolist(), map(str.rstrip, told.to_pylist()), strict=True)
    return kept


def _is_cut(again: Export, micros: int) -> bool:
    day = again.without_night_of
    return day is not None and 0 <= micros - us(at(day, 2)) < again.minutes * 60_000_000


def _drawn(firm: Firm, wall: Firewall, rng: RandomState, begin_us: int, end_us: int) -> Iterator[Ints]:
    """Evenly spread moments with a little jitter, never two in one step, some hours at a time."""
    busy_from = us(at(firm.as_of, 0)) - _BUSY_DAYS * 24 * HOUR_US if wall.busy else end_us
    quiet_until = min(max(busy_from, begin_us), end_us)
    step, count = HOUR_US // wall.per_hour, wall.per_hour
    each = max(1, _BLOCK // count) * HOUR_US
    for begin in range(begin_us, quiet_until, each):
        first = np.arange(begin, min(begin + each, quiet_until), HOUR_US)[:, None] + np.arange(count) * step
        yield _by_clock(wall, (first + (rng.random_sample(first.shape) * step).astype(np.int64)).ravel())
    held: list[Ints] = []
    for hour_us in range(quiet_until, end_us, HOUR_US):
        held.append(_busy_hour(wall, rng, hour_us))
        if len(held) * len(held[0]) >= _BLOCK:
            yield _by_clock(wall, np.concatenate(held))
            held.clear()
    if held:
        yield _by_clock(wall, np.concatenate(held))


def _busy_hour(wall: Firewall, rng: RandomState, hour_us: int) -> Ints:
    by_day = 9 <= (hour_us // HOUR_US + 8) % 24 < 18
    count = max(30 + int(rng.random_sample() * 31) if by_day else 8, wall.per_hour)
    step = HOUR_US // count
    return hour_us + np.arange(count) * step + (rng.random_sample(count) * step).astype(np.int64)


def _by_clock(wall: Firewall, moments: Ints) -> Ints:
    return moments - moments % 1_000_000 if wall.maker == "asa" else moments


def _spoken(wall: Firewall, moments: Ints) -> Ints:
    """Those outside silences. Notes the last moment before each one."""
    left = moments
    for one in wall.silences:
        _note_last(one, left)
        left = left[(left < us(one.begins)) | (left > us(one.ends))]
    return left


def _note_last(silence: Silence, moments: Ints) -> None:
    before = moments[moments < us(silence.begins)]
    if len(before):
        silence.last_us = int(before[-1])
