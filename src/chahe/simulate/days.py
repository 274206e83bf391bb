"""Days and moments of the example firm: Taipei time, calendar months counted back, and how registers write a day."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import NamedTuple

TAIPEI = timezone(timedelta(hours=8), "Asia/Taipei")
"""Asia/Taipei has had no other offset since 1980."""
DAY = timedelta(days=1)
HOUR_US = 3_600_000_000
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def months_before(day: date, months: int) -> date:
    """The corresponding day so many calendar months earlier, or that month's last day where it is shorter."""
    number = day.year * 12 + day.month - 1 - months
    year, month = divmod(number, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def at(day: date, hour: int, minute: int = 0, second: int = 0, micro: int = 0) -> datetime:
    """A moment of the Taipei clock."""
    return datetime.combine(day, time(hour, minute, second, micro), TAIPEI)


def us(moment: datetime) -> int:
    """Microseconds since 1970-01-01T00:00:00Z."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def moment_of(micros: int) -> datetime:
    """The moment of so many microseconds since 1970, on the Taipei clock."""
    return (_EPOCH + timedelta(microseconds=micros)).astimezone(TAIPEI)


class Clock(NamedTuple):
    """An hour of the Taipei clock, ready to be written."""

    iso: str
    bsd: str
    day_and_year: str
    hour: str


@lru_cache(maxsize=64)
def _clock(hour: int) -> Clock:
    moment = moment_of(hour * HOUR_US)
    month = MONTHS[moment.month - 1]
    return Clock(f"{moment:%Y-%m-%d}", f"{month} {moment.day:2}", f"{month} {moment:%d %Y}", f"{moment.hour:02}")


def clock(micros: int) -> tuple[Clock, str]:
    """The hour a moment falls into, and its time of day as HH:MM:SS."""
    hour, rest = divmod(micros, HOUR_US)
    found = _clock(hour)
    seconds = rest // 1_000_000
    return found, f"{found.hour}:{seconds // 60:02}:{seconds % 60:02}"


def roc(day: date) -> str:
    """A day as most Taiwanese registers write it: 115/11/02, and with three digits of the year where there are fewer."""
    return f"{day.year - 1911:03}/{day.month:02}/{day.day:02}"


def days_from(first: date, last: date) -> list[date]:
    """Every day from the first to the last, both included."""
    return [first + DAY * nth for nth in range((last - first).days + 1)]


def half_years(first: date, last: date) -> list[tuple[str, date, date]]:
    """The calendar half-years between two days, as (2026H2, first day, last day), cut at both ends."""
    spans = []
    begin = first
    while begin <= last:
        half = 1 if begin.month <= 6 else 2
        end = min(date(begin.year, 6, 30) if half == 1 else date(begin.year, 12, 31), last)
        spans.append((f"{begin.year}H{half}", begin, end))
        begin = end + DAY
    return spans
