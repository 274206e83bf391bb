"""What `lastlog` prints of when each account of a Linux host last signed in (shadow-utils, lastlog2).

    Username         Port     From             Latest
    mei              pts/0    192.0.2.7        Fri Nov 20 09:40:56 +0800 2026
    bin                                        **Never logged in**

Each line is one account. An account that never signed in is a row, too, without a time: the list says that it exists. The host
is not in the output. Run it with LC_ALL=C.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import BinaryIO
from zoneinfo import ZoneInfo

from chahe.sources.model import Context, Head, Match, RecordReader, Records, Reject, Row, Skip, Unit
from chahe.sources.reading.text_lines import SYSTEM, account_name, aside, head_lines, line_excerpt, needed, text_lines
from chahe.wording import Text

_HEADING = re.compile(r"Username\s+Port\s+From\s+Latest\s*")
_LINE = re.compile(
    r"(?P<account>\S+)\s+(?:.*?\s)??(?:(?P<never>\*\*Never logged in\*\*)|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) "
    r"(?P<when>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?: [+-]\d{4})? \d{4}))\s*",
    re.ASCII,
)

HEADING = Text("標題列", "the heading")
NOT_ONE = Text(
    "這一行不是 lastlog 的輸出；請以 LC_ALL=C 重新執行 lastlog 並匯出",
    "this line is no output of lastlog; run it again with LC_ALL=C and export it",
)
NO_TIME = Text("最後登入的時間不存在；請重新執行 lastlog", "the time of the last sign-in cannot be; run lastlog again")


def recognise(head: Head) -> Match | None:
    """By its heading, and lines that end in a time or in never."""
    lines = [line for line in head_lines(head)[:200] if line.strip()]
    fitting = sum(1 for line in lines if _LINE.fullmatch(line))
    if not lines or not _HEADING.fullmatch(lines[0]) or fitting < len(lines) / 2:
        return None
    return Match(92, "the heading of lastlog, and accounts with the time of their last sign-in")


def read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    """The lines in file order. Raises Unreadable where no system is set."""
    system = needed(context, SYSTEM)
    for line in text_lines(stream):
        unit = aside(line)
        yield _unit(line.place, line.text or "", system, context.zone) if unit is None else unit


def _unit(place: int, text: str, system: str, zone: str) -> Unit:
    if _HEADING.fullmatch(text):
        return Skip(place, HEADING)
    found = _LINE.fullmatch(text)
    if found is None or not account_name(found["account"]):
        return Reject(place, NOT_ONE, value=text[:80])
    values: dict[str, object] = {"system": system, "account": found["account"]}
    if found["when"]:
        at_us = _moment(found["when"], zone)
        if at_us is None:
            return Reject(place, NO_TIME, "last_used_at_us", found["when"])
        values["last_used_at_us"] = at_us
    return Records(place, (Row("user_accounts", values),))


def _moment(written: str, zone: str) -> int | None:
    """Microseconds UTC; the offset, where there is one, stands before the year."""
    form = "%b %d %H:%M:%S %z %Y" if re.search(r" [+-]\d{4} ", written) else "%b %d %H:%M:%S %Y"
    try:
        moment = datetime.strptime(written, form)  # noqa: DTZ007 - the zone follows
        aware = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))
        return int(aware.astimezone(UTC).timestamp()) * 1_000_000 if moment.year >= 1970 else None
    except (ValueError, OverflowError):
        return None


reader = RecordReader(
    name="lastlog_output",
    title=Text("Linux 帳號最後登入（lastlog 的輸出）", "Last sign-ins of a Linux host's accounts (output of lastlog)"),
    version=1,
    tables=("user_accounts",),
    recognise=recognise,
    read=read,
    settings=(SYSTEM,),
    excerpt=line_excerpt(),
)
