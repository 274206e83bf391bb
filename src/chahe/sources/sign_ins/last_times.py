"""When a line of `last` or `who` says that something was, and the year where it names none. No reader of its own.

Fri Feb 27 13:49          Fri Feb 27 13:49:10 2026          2026-02-27T13:49:10+08:00          (2+20:52)
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from chahe.sources.model import Context

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WHEN = (
    # The short form, the long one with its year, and ISO 8601.
    rf"(?:{'|'.join(_DAYS)}) (?:{'|'.join(_MONTHS)}) [ \d]\d [012]\d:[0-5]\d(?::[0-6]\d(?: \d{{4}})?)?"
    r"|\d{4}-\d\d-\d\dT[012]\d:[0-5]\d:[0-5]\d[+-]\d\d:?\d\d"
)


class When(NamedTuple):
    """A written moment; the year is 0 where none is written."""

    year: int
    month: int
    day: int
    weekday: int
    clock: timedelta
    offset: timedelta | None


def days_of(moments: Iterable[tuple[int, When]], begins: When | None, context: Context) -> dict[int, date]:
    """The day of each line by its place, for lines newest first: upwards from the file's begin, or else downwards from the observation.

    A line whose day cannot be is left out.
    """
    observed = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=context.observed_at_us)
    latest = observed.astimezone(ZoneInfo(context.zone)).date() + timedelta(days=1)
    near = latest
    lines = list(moments)
    if begins is not None and begins.year and valid(begins):
        near = date(begins.year, begins.month, begins.day)
        lines.reverse()
    days: dict[int, date] = {}
    for place, when in lines:
        day = _day(when, near, latest)
        if day is not None:
            days[place] = near = day
    return days


@lru_cache(maxsize=4096)
def _day(when: When, near: date, latest: date) -> date | None:
    if when.year:
        return date(when.year, when.month, when.day) if valid(when) else None
    # A day and its weekday come together again within twelve years, 40 where a leap year is left out.
    fitting = [
        day
        for year in range(near.year - 12, near.year + 13)
        if valid(when._replace(year=year))
        and (day := date(year, when.month, when.day)).weekday() == when.weekday
        and day <= latest
    ]
    return min(fitting, key=lambda day: abs(day - near)) if fitting else None


def when_of(text: str) -> When:
    """What a text of the form `WHEN`, or who's `2026-02-27 13:49`, says; of what cannot be, something that is not `valid`."""
    if text[:1].isdigit():
        moment = datetime.fromisoformat(text) if _iso(text) else None
        if moment is None:
            return When(1, 0, 0, 0, timedelta(), None)
        clock = timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second)
        return When(moment.year, moment.month, moment.day, moment.weekday(), clock, moment.utcoffset())
    weekday, month, day, clock_text, *year = text.split()
    return When(
        int(year[0]) if year else 0,
        _MONTHS.index(month) + 1,
        int(day),
        _DAYS.index(weekday),
        clock_of(clock_text),
        None,
    )


def _iso(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def valid(when: When) -> bool:
    """Is there such a day and time, from 1970 on?"""
    try:
        date(when.year, when.month, when.day)
    except ValueError:
        return False
    return 1970 <= when.year < 9999 and when.clock < timedelta(days=1)


def clock_of(text: str) -> timedelta:
    """`13:49` or `13:49:10` as time since midnight."""
    hours, minutes, *seconds = (int(part) for part in text.split(":"))
    return timedelta(hours=hours, minutes=minutes, seconds=seconds[0] if seconds else 0)


def length_of(text: str | None) -> timedelta | None:
    """`(1+02:17)`: days, hours, minutes; null for none, and for the negative ones of a clock that was set back."""
    if text is None or "-" in text:
        return None
    days, _, clock = text.rpartition("+")
    return timedelta(days=int(days or 0)) + clock_of(clock)


def moment_of(day: date, when: When, zone: ZoneInfo) -> datetime:
    """The clock of `when` on that day, in its own offset or else in the zone."""
    local = datetime(day.year, day.month, day.day) + when.clock  # noqa: DTZ001 - the zone follows
    return local.replace(tzinfo=zone) if when.offset is None else (local - when.offset).replace(tzinfo=UTC)


def microseconds(moment: datetime) -> int:
    """Since 1970, UTC."""
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
