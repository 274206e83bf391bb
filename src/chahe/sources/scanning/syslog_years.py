"""The years of syslog lines that name none. No reader of its own; the headers themselves are `syslog_scan`'s.

Dec 31 23:59:59 gate1 sshd[811]: message      2025
Jan  1 00:00:02 gate1 sshd[811]: message      2026, for the file was taken in February of 2026
"""

from calendar import isleap
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from chahe.sources.model import Context

_HALF_YEAR = 186
_WEEK_BACK = 364
"""Ordinals are month * 31 + day, 1 to 372: Jan 1 and then Dec 25-31 lie more than 364 apart."""
_EXCURSION = 31

Ints = npt.NDArray[np.int64]


@dataclass
class Years:
    """The year of each line of a log whose lines name none.

    The last such line is at or before the observation (a day ahead is allowed); from there backwards, a day that
    lies half a year or more later in the calendar than its successor's is of the year before. What does not change
    the year: lines up to a week out of order, also over New Year; a device that starts with its clock at its maker's
    date and finds the time again within a month of where it left. No line is later than the day after the
    observation. A silence of more than half a year cannot be told from none.
    """

    context: Context
    _seen: int = 0
    _last: int | None = None
    _late: bool = False
    _jumps: list[Ints] = field(default_factory=list)
    """Rows of (line, ordinal before, ordinal after) where neighbours lie half a year apart."""
    _toggles: list[Ints] = field(default_factory=list)
    """Lines from which on the day lies, or lies no longer, later in the calendar than the observation's."""
    _asked: int = 0
    _resolved: tuple[Ints, Ints] | None = None

    def scan(self, lines: pa.Array) -> None:
        """See a chunk of lines (strings or bytes), in order."""
        from chahe.sources.scanning.syslog_scan import ordinals  # noqa: PLC0415 - Numba is imported when such a log is read

        self.note(ordinals(lines))

    def note(self, found: npt.NDArray[np.int32]) -> None:
        """See the days of the next lines, as `syslog_scan.ordinals` has them."""
        limit = _limit(self.context)
        latest = (limit.month - 1) * 31 + limit.day
        # Days are looked at once each, however many lines they have.
        where = np.flatnonzero(found)
        days = found[where].astype(np.int64)
        changes = np.flatnonzero(np.diff(days, prepend=-1))
        where, days = self._seen + where[changes], days[changes]
        self._seen += len(found)
        if not len(days):
            return
        before = np.concatenate(([days[0] if self._last is None else self._last], days[:-1]))
        far = np.flatnonzero(np.abs(days - before) > _HALF_YEAR)
        self._jumps.append(np.stack([where[far], before[far], days[far]], axis=1))
        late = days > latest
        self._toggles.append(where[late != np.concatenate(([self._late], late[:-1]))])
        self._late = bool(late[-1])
        self._last = int(days[-1])

    def pass_over(self, count: int) -> None:
        """The first lines were read without asking for their years."""
        self._asked += count

    def of(self, lines: pa.Array) -> pa.Array:
        """The year of each line (int32), in order after all scans; it says nothing of lines that name one."""
        if self._resolved is None:
            self._resolved = self._resolve()
        changes, years = self._resolved
        until = self._asked + len(lines)
        first, behind = np.searchsorted(changes, (self._asked, until), side="right")
        bounds = np.concatenate(([self._asked], changes[first:behind], [until]))
        self._asked = until
        return pa.array(np.repeat(years[first : behind + 1], np.diff(bounds)).astype(np.int32), pa.int32())

    def _resolve(self) -> tuple[Ints, Ints]:
        """The lines at which the year may change, and the years before, between and after them."""
        jumps = np.concatenate(self._jumps) if self._jumps else np.zeros((0, 3), dtype=np.int64)
        toggles = np.concatenate(self._toggles) if self._toggles else np.zeros(0, dtype=np.int64)
        steps = np.concatenate(([0], np.cumsum(_steps(jumps))))
        changes = np.unique(np.concatenate((jumps[:, 0], toggles)))
        points = np.concatenate(([-1], changes))
        years = (
            _anchor(self._last, self.context) + steps[np.searchsorted(jumps[:, 0], points, side="right")] - steps[-1]
        )
        # Nothing is written after it was taken, whatever the order of the lines says.
        late = np.searchsorted(toggles, points, side="right") % 2
        return changes, np.minimum(years, _limit(self.context).year - late)


def _steps(jumps: Ints) -> Ints:
    """By how much each jump moves the year."""
    steps = np.zeros(len(jumps), dtype=np.int64)
    fall: int | None = None
    for index, (_, before, after) in enumerate(jumps.tolist()):
        if after < before:
            steps[index] = 1
            fall = index
        elif after - before > _WEEK_BACK:
            steps[index] = -1
            fall = None
        else:
            if fall is not None and -1 <= after - int(jumps[fall, 1]) <= _EXCURSION:
                steps[fall] = 0
            fall = None
    return steps


def _anchor(ordinal: int | None, context: Context) -> int:
    """The latest year in which the last line's day exists and is not after the day following the observation."""
    limit = _limit(context)
    if ordinal is None:
        return limit.year
    month, day = (ordinal - 1) // 31 + 1, (ordinal - 1) % 31 + 1
    year = limit.year if (month, day) <= (limit.month, limit.day) else limit.year - 1
    while (month, day) == (2, 29) and not isleap(year):
        year -= 1
    return year


def _limit(context: Context) -> date:
    """The day after the observation."""
    observed = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=context.observed_at_us)
    return (observed.astimezone(ZoneInfo(context.zone)) + timedelta(days=1)).date()


def are_without_year(lines: pa.Array) -> bool:
    """Does the header of any of these lines (strings or bytes) name no year?"""
    from chahe.sources.scanning.syslog_scan import ordinals  # noqa: PLC0415 - as above

    return bool(ordinals(lines).any())
