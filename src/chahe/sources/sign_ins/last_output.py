r"""What `last`, `lastb` and `who` print of sign-ins (util-linux, coreutils, older systems).

    mei      pts/0        192.0.2.7        Fri Feb 27 13:49   still logged in
    mei      pts/0        192.0.2.7        Thu Feb 26 09:01 - 17:30  (08:29)
    lin      tty1                          Mon Feb 23 17:48:10 2026 - crash                    (2+20:52)      last -F
    reboot   system boot  5.14.0-427.el9.x Mon Feb 23 08:00 - 17:31 (3+09:31)
    wtmp begins Mon Feb 23 08:00:01 2026                                          `btmp begins`: failed sign-ins

    mei      + pts/0        2026-02-27 13:49 00:11        3709 (192.0.2.7)         who, who -a

Each line is one unit: a sign-in, and a sign-off too where the end is told (not where the host crashed). The years that
`last` leaves out are found from the last line, which has one, upwards: of the years whose weekday fits the one that
comes nearest to the line below; without that last line, from the day of observation downwards. Minutes are as fine as
the short form tells. Of a failed sign-in (`lastb`: told by `btmp begins`, by `ssh:notty`, or by the setting `failures`)
the printed end says nothing. Names and hosts are cut at 8 and 16 signs without `-w`. The host is not in the file.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import BinaryIO, NamedTuple
from zoneinfo import ZoneInfo

from chahe.sources.model import Context, Head, Match, RecordReader, Records, Reject, Row, Skip, Unit
from chahe.sources.reading.origins import origin, own_terminal
from chahe.sources.reading.text_lines import SYSTEM, Line, aside, head_lines, line_excerpt, needed, text_lines
from chahe.sources.sign_ins.last_times import (
    WHEN,
    When,
    clock_of,
    days_of,
    length_of,
    microseconds,
    moment_of,
    valid,
    when_of,
)
from chahe.sources.sign_ins.utmp import FAILURES, WAITING
from chahe.wording import Text

_LAST = re.compile(
    rf"(?P<user>\S+)?\s+(?P<line>system boot|system down|\(to lvl [^)]*\)|\S+)\s+(?:(?P<host>\S.*?)\s+)??(?P<began>{WHEN})"
    rf"(?:\s+-\s+(?P<ended>{WHEN}|[012]\d:[0-5]\d(?::[0-6]\d)?|crash|down)|\s+(?P<open>still logged in|still running|gone - no logout)|\s+-)?"
    r"(?:\s+\((?P<length>-?(?:\d{1,5}\+)?-?\d{1,4}:-?\d\d)\))?(?:\s+(?P<behind>\S.*?))?\s*",
    re.ASCII,
)
_BEGINS = re.compile(rf"(?P<file>\S*[wbu]tmp\S*)\s+begins\s+(?P<when>{WHEN}).*", re.ASCII)
_WHO = re.compile(
    r"(?P<user>\S+)?\s+(?:[-+?]\s+)?(?P<line>system boot|run-level \S+|\S+)\s+"
    r"(?P<began>\d{4}-\d\d-\d\d \d\d:\d\d)(?P<rest>(?:\s.*)?)",
    re.ASCII,
)
_ENDED = re.compile(r"\bterm=\d+ exit=\d+")
_WHO_FROM = re.compile(r"\((?P<host>[^)]*)\)\s*$")
_WHO_HEADING = re.compile(r"NAME\s+(?:S\s+)?LINE\s+TIME\b.*")
_PSEUDO = {"reboot": "BOOT_TIME", "shutdown": "SHUTDOWN_TIME", "runlevel": "RUN_LVL"}
_STATED = re.compile(r"(?:\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}|\d{4}-.*)", re.ASCII)

_TRAILER = Text("檔案的起始時間", "when the file begins")
_HEADING = Text("標題", "a heading")
_NOT_ONE = Text(
    "這一行不是 last、lastb 或 who 的輸出；請以 LC_ALL=C 重新執行並匯出（建議 last -wF）",
    "this line is no output of last, lastb or who; run it again with LC_ALL=C and export it (best: last -wF)",
)
_NO_DAY = Text(
    "這一天不存在，或星期與日期不符；請以 last -F 重新匯出，時間會帶年份",
    "there is no such day, or its weekday does not fit; export again with last -F, which writes the year",
)


class _Session(NamedTuple):
    """One line of a list, taken apart."""

    place: int
    user: str
    line: str
    host: str
    began: When
    ended: str
    """`crash`, `down`, a clock, a moment, or nothing."""
    length: timedelta | None
    written: str


def recognise(head: Head) -> Match | None:
    """By the share of lines that are of such a list."""
    lines = [line for line in head_lines(head)[:200] if line.strip()]
    fitting = sum(1 for line in lines if _LAST.fullmatch(line) or _who(line) or _BEGINS.fullmatch(line))
    if not fitting or fitting < 0.8 * len(lines):
        return None
    return Match(75, f"{fitting} of the first {len(lines)} lines are what last, lastb or who prints")


def read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    """The lines in file order. All are held at once: the year of the first may stand in the last.

    Raises Unreadable where no system is set.
    """
    system = needed(context, SYSTEM)
    lines = list(text_lines(stream))
    begins = next(
        (found for line in reversed(lines) if line.text and (found := _BEGINS.fullmatch(line.text.strip()))), None
    )
    sessions = {line.place: _session(line) for line in lines if line.text is not None}
    moments = ((one.place, one.began) for one in sessions.values() if one is not None)
    days = days_of(moments, when_of(begins["when"]) if begins else None, context)
    failures = context.settings.get("failures", "").strip().lower() in ("yes", "true", "1", "是")
    failures |= begins is not None and "btmp" in begins["file"]
    for line in lines:
        session = sessions.get(line.place)
        yield (
            _unit(line)
            if session is None
            else _records(session, days.get(line.place), zone=ZoneInfo(context.zone), system=system, failures=failures)
        )


def _session(line: Line) -> _Session | None:
    text = (line.text or "").rstrip()
    found = _LAST.fullmatch(text)
    if found is None or _BEGINS.fullmatch(text):
        return _who_session(line.place, text)
    host = found["host"] or found["behind"] or ""
    return _Session(
        line.place, found["user"] or "", found["line"], host, when_of(found["began"]),
        found["ended"] or "", length_of(found["length"]), found["began"],
    )  # fmt: skip


def _who(text: str) -> "re.Match[str] | None":
    found = _WHO.fullmatch(text.rstrip())
    # A log line that begins with two words and a date is none of who's.
    if found is None or (found["user"] is None and not found["line"].startswith(("system", "run-level", "pts", "tty"))):
        return None
    rest = found["rest"].strip()
    told = re.fullmatch(
        r"(?:last=\S+)?\s*(?:\.|old|\d\d:\d\d|\?)?\s*\d*\s*(?:id=\S*)?\s*(?:term=\d+ exit=\d+)?\s*(?:\(.*\))?", rest
    )
    return found if told else None


def _who_session(place: int, text: str) -> _Session | None:
    found = _who(text)
    if found is None:
        return None
    host = _WHO_FROM.search(found["rest"])
    user = {"system boot": "reboot"}.get(
        found["line"], "runlevel" if found["line"].startswith("run-level") else found["user"]
    )
    ended = "gone" if _ENDED.search(found["rest"]) else ""
    shown = "" if host is None or host["host"] == "login screen" else host["host"]
    return _Session(place, user or "", found["line"], shown, when_of(found["began"]), ended, None, found["began"])


def _unit(line: Line) -> Unit:
    unit = aside(line)
    if unit is not None:
        return unit
    text = (line.text or "").strip()
    if _BEGINS.fullmatch(text):
        return Skip(line.place, _TRAILER)
    if _WHO_HEADING.fullmatch(text):
        return Skip(line.place, _HEADING)
    return Reject(line.place, _NOT_ONE, value=text[:200])


def _records(session: _Session, day: date | None, *, zone: ZoneInfo, system: str, failures: bool) -> Unit:
    if session.user == "LOGIN":
        return Skip(session.place, WAITING)
    if day is None:
        return Reject(session.place, _NO_DAY, "happened_at_us", session.written)
    began = moment_of(day, session.began, zone)
    values: dict[str, object] = {"happened_at_us": microseconds(began), "host": system}
    code = _PSEUDO.get(session.user)
    if code is not None and (" " in session.line or session.line.startswith("run-level") or session.line == "~"):
        values |= {"activity": "other", "event_code": code}
        return Records(session.place, (Row("auth_events", values),))
    told = origin(session.host)
    values |= {
        "account": session.user or None,
        "source_host": told.host,
        "source_address": told.address,
        "local_console": True if own_terminal(session.line, session.host) else None,
        "service": "sshd" if session.line.startswith("ssh") else None,
    }
    if session.ended == "gone":
        return Records(session.place, (Row("auth_events", values | {"activity": "logoff"}),))
    failed = failures or session.line == "ssh:notty"
    first = Row("auth_events", values | {"activity": "logon", "outcome": "failure" if failed else "success"})
    end = None if failed else _end(session, began, zone)
    if end is None:
        return Records(session.place, (first,))
    return Records(
        session.place, (first, Row("auth_events", values | {"activity": "logoff", "happened_at_us": microseconds(end)}))
    )


def _end(session: _Session, began: datetime, zone: ZoneInfo) -> datetime | None:
    """When somebody signed off; null where the session goes on, or was lost with the host."""
    if session.ended in ("", "crash"):
        return None
    if _STATED.fullmatch(session.ended):
        when = when_of(session.ended)
        return moment_of(date(when.year, when.month, when.day), when, zone) if valid(when) else None
    if session.length is None:
        return None
    end = began + session.length
    if session.ended == "down":
        return end
    # The length is cut to minutes: the clock that is printed is the exact one.
    clock = clock_of(session.ended.split(" ")[-1])
    nearest = (end.astimezone(zone).replace(tzinfo=None) + timedelta(days=shift) for shift in (-1, 0, 1))
    moments = [datetime.combine(one.date(), datetime.min.time()) + clock for one in nearest]
    return min((one.replace(tzinfo=zone) for one in moments), key=lambda one: abs(one - end))


reader = RecordReader(
    name="last_output",
    title=Text("Linux 登入清單（last、lastb、who 的輸出）", "Linux sign-in lists (output of last, lastb, who)"),
    version=1,
    tables=("auth_events",),
    recognise=recognise,
    read=read,
    settings=(SYSTEM, FAILURES),
    excerpt=line_excerpt(),
)
