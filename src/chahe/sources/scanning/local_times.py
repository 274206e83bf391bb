"""Whole columns of local times made UTC, by the zone's history. No reader of its own.

A time that a change of the clocks makes twice is the later one, in standard time; one that it leaves out is counted on
from before the change (02:30 of a night whose 02:00 to 03:00 is left out is 03:30).
"""

from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

Longs = npt.NDArray[np.int64]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def utc_us(local_us: Longs, zone: str) -> Longs:
    """Microseconds UTC of microseconds since 1970 by the clocks of a zone; years from 1 to 9999."""
    if not len(local_us):
        return local_us
    first, last = (_year(int(edge)) for edge in (local_us.min(), local_us.max()))
    changes, offsets = _changes(zone, first, last)
    settled = len(changes) == 0 or local_us.min() >= changes[-1]
    found: Longs = local_us - (offsets[-1] if settled else offsets[np.searchsorted(changes, local_us, side="right")])
    return found


def _year(us: int) -> int:
    return (_EPOCH + timedelta(microseconds=us)).year


@cache
def _changes(zone: str, first: int, last: int) -> tuple[Longs, Longs]:
    """The local times (µs) from which on another offset holds in these years, and the offsets: one more than changes."""
    clock = ZoneInfo(zone)
    begin = datetime(max(first - 1, 1), 12, 30, tzinfo=UTC)
    end = datetime(min(last + 1, 9999), 1, 2, tzinfo=UTC)
    # No zone ever changed its clocks twice within a week.
    weeks = [begin + timedelta(weeks=index) for index in range((end - begin).days // 7 + 2)]
    offsets = [_offset(clock, weeks[0])]
    changes = []
    for before, after in pairwise(weeks):
        offset = _offset(clock, after)
        if offset != offsets[-1]:
            changes.append(_us(_first(clock, before, after)) + offset)
            offsets.append(offset)
    return np.array(changes, np.int64), np.array(offsets, np.int64)


def _first(clock: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The second from which on the offset is that of `after`."""
    offset = _offset(clock, after)
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        before, after = (before, middle) if _offset(clock, middle) == offset else (middle, after)
    return after


def _offset(clock: ZoneInfo, at: datetime) -> int:
    ahead = at.astimezone(clock).utcoffset() or timedelta()
    return ahead // timedelta(microseconds=1)


def _us(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(microseconds=1)
