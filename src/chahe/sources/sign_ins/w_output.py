"""What `w` prints of who is signed in to a Linux host (procps).

     10:25:20 up 16:03,  2 users,  load average: 0.00, 0.01, 0.05
    USER     TTY      FROM             LOGIN@   IDLE   JCPU   PCPU WHAT
    mei      pts/0    192.0.2.7        09:53    8.00s  0.10s  0.00s -bash
    lin      tty1                      Fri18   32:16   2.66s  2.66s top

Each session is a sign-in that still lasts, as of the clock in the first line on the day of observation or the day before.
Within twelve hours `w` tells the minute, within a week the weekday and the hour, before that the day: the row's time is no
finer. What runs in the session is not kept. The host is not in the output.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import BinaryIO
from zoneinfo import ZoneInfo

from chahe.sources.model import Context, Head, Match, RecordReader, Records, Reject, Row, Skip, Unit
from chahe.sources.reading.origins import origin, own_terminal
from chahe.sources.reading.text_lines import SYSTEM, aside, head_lines, line_excerpt, needed, text_lines
from chahe.wording import Text

_UPTIME = re.compile(r"\s*(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d) up .*load average.*", re.ASCII)
_HEADING = re.compile(r"USER\s+TTY\s+(?P<from>FROM\s+)?LOGIN@\s+IDLE\s.*")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LINE = re.compile(
    rf"(?P<user>\S+)\s+(?P<line>\S+)\s+(?:(?P<host>\S+)\s+)??"
    rf"(?P<at>\d\d:\d\d|(?:{'|'.join(_DAYS)})\d\d|\d\d(?:{'|'.join(_MONTHS)})\d\d)\s+\S+\s.*",
    re.ASCII,
)

_SESSION = re.compile(r"(?:\S+\s+){4}")

UPTIME = Text("系統狀態", "the state of the system")
HEADING = Text("標題列", "the heading")
NOT_ONE = Text(
    "這一行不是 w 的輸出；請以 LC_ALL=C 重新執行並匯出",
    "this line is no output of w; run it again with LC_ALL=C and export it",
)
NO_TIME = Text(
    "登入的時間不存在，或檔案開頭沒有 w 的時鐘；請重新匯出整個輸出",
    "the time of the sign-in cannot be, or the clock in the first line is missing; export the whole output again",
)


def recognise(head: Head) -> Match | None:
    """By its two first lines."""
    lines = [line for line in head_lines(head)[:10] if line.strip()]
    if len(lines) < 2 or not _UPTIME.fullmatch(lines[0]) or not _HEADING.fullmatch(lines[1]):
        return None
    return Match(92, "the two first lines that w prints")


def read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    """The lines in file order. Raises Unreadable where no system is set."""
    system = needed(context, SYSTEM)
    zone = ZoneInfo(context.zone)
    taken: datetime | None = None
    for line in text_lines(stream):
        unit = aside(line)
        text = line.text or ""
        if unit is not None:
            yield unit
        elif clock := _UPTIME.fullmatch(text):
            taken = _taken(clock, context, zone) or taken
            yield Skip(line.place, UPTIME)
        elif _HEADING.fullmatch(text):
            yield Skip(line.place, HEADING)
        else:
            yield _unit(line.place, text, taken, system)


def _taken(clock: "re.Match[str]", context: Context, zone: ZoneInfo) -> datetime | None:
    """The last moment until the observation at which the clock stood there."""
    observed = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=context.observed_at_us)).astimezone(zone)
    hour, minute, second = (int(part) for part in clock.groups())
    if hour > 23 or minute > 59 or second > 59:
        return None
    moment = observed.replace(hour=hour, minute=minute, second=second, microsecond=0)
    return moment if moment <= observed else moment - timedelta(days=1)


def _unit(place: int, text: str, taken: datetime | None, system: str) -> Unit:
    found = _LINE.fullmatch(text)
    if found is None:
        # What stands further right may be a command with a password.
        return Reject(place, NOT_ONE, value=" ".join(text.split()[:2])[:40])
    moment = _moment(found["at"], taken) if taken else None
    if moment is None:
        return Reject(place, NO_TIME, "happened_at_us", found["at"])
    told = origin(found["host"] or "")
    values = {
        "happened_at_us": (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1),
        "host": system,
        "activity": "logon",
        "outcome": "success",
        "account": found["user"],
        "source_host": told.host,
        "source_address": told.address,
        "local_console": True if own_terminal(found["line"], found["host"] or "") else None,
    }
    return Records(place, (Row("auth_events", values),))


def _moment(written: str, taken: datetime) -> datetime | None:
    """The last moment before the output was taken that `09:53`, `Fri18` or `20Nov26` says."""
    try:
        if ":" in written:
            moment = taken.replace(hour=int(written[:2]), minute=int(written[3:]), second=0)
            return moment if moment <= taken else moment - timedelta(days=1)
        if written[:3] in _DAYS:
            back = (taken.weekday() - _DAYS.index(written[:3])) % 7
            moment = (taken - timedelta(days=back)).replace(hour=int(written[3:]), minute=0, second=0)
            return moment if moment <= taken else moment - timedelta(days=7)
        month = _MONTHS.index(written[2:5]) + 1
        return taken.replace(
            year=2000 + int(written[5:]), month=month, day=int(written[:2]), hour=0, minute=0, second=0
        )
    except (ValueError, OverflowError):
        return None


def _session_alone(text: str) -> str:
    """A line without the command that runs in the session."""
    found = _SESSION.match(text)
    return found[0] + "…" if found and _LINE.fullmatch(text) else text


reader = RecordReader(
    name="w_output",
    title=Text("Linux 目前登入者（w 的輸出）", "Who is signed in to a Linux host (output of w)"),
    version=1,
    tables=("auth_events",),
    recognise=recognise,
    read=read,
    settings=(SYSTEM,),
    # What runs in the session may hold a password.
    excerpt=line_excerpt(_session_alone),
)
