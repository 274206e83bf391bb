"""The records of PostgreSQL's log, whichever of its three forms they come in. No reader of its own.

    2026-11-20 09:00:00.123 CST [811] mei@trade LOG:  connection authorized: user=mei database=trade        stderr: any log_line_prefix
    2026-11-20 09:00:00.123 CST,"mei","trade",811,"192.0.2.7:50122",69a5…,2,"authentication",…               csvlog
    {"timestamp":"2026-11-20 09:00:00.123 CST","user":"mei","dbname":"trade","pid":811,"remote_host":…}      jsonlog

In stderr's form a record begins with a time and goes on until the next; of the prefix, what is in brackets is the process,
`user@database` both, `192.0.2.7(50122)` the client. Times with an offset, in UTC, or in the zone of the source are read.
"""

import csv
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from typing import BinaryIO, NamedTuple
from zoneinfo import ZoneInfo

from chahe.sources.model import Context
from chahe.sources.reading.text_lines import Line, text_lines
from chahe.wording import Text

_SEVERITIES = "DEBUG[1-5]?|LOG|INFO|NOTICE|WARNING|ERROR|FATAL|PANIC"
_TIME = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?(?: ?[+-]\d\d(?::?\d\d)?| [A-Z][A-Za-z]{1,4})?"
_STAMP = re.compile(rf"(?P<time>{_TIME})(?=[ ,:\[])", re.ASCII)
_SEVERITY = re.compile(
    rf"\b(?P<severity>{_SEVERITIES}|DETAIL|HINT|STATEMENT|CONTEXT|QUERY|LOCATION|BACKTRACE): {{1,2}}", re.ASCII
)
_PREFIX = 200
"""Characters within which the level stands."""
CSV = re.compile(rf'{_TIME},(?:"(?:[^"]|"")*")?,(?:"(?:[^"]|"")*")?,\d+,', re.ASCII)
_MOMENT = re.compile(
    r"(?P<second>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(?:\.(?P<fraction>\d{1,6}))?(?: ?(?P<offset>[+-]\d\d(?::?\d\d)?)| (?P<zone>[A-Z]\w+))?",
    re.ASCII,
)
_PROCESS = re.compile(r"\[(\d+)(?:-\d+)?\]")
_USER = re.compile(r"(?:\buser=)?(?P<user>[^\s@,=:\[\]()]+)(?:@|,\s?(?:db|database)=)(?P<database>[^\s@,:\[\]()]+)")
_CLIENT = re.compile(r"(?P<host>[\w.:-]+)\((?P<port>\d+)\)")
_MOST_LINES = 20_000
"""Lines of one record that are looked at; the rest of a longer one is passed over."""
_CSV_COLUMNS = (
    *("time", "user", "database", "process", "client", "session", "", "command", "", "", "", "severity", "code"),
    *("message", "detail", "", "", "", "", "statement", "", "", "application"),
)
_JSON_KEYS = {
    "timestamp": "time", "user": "user", "dbname": "database", "pid": "process", "remote_host": "host",
    "remote_port": "port", "session_id": "session", "error_severity": "severity", "state_code": "code",
    "message": "message", "statement": "statement", "application_name": "application",
}  # fmt: skip


class Entry(NamedTuple):
    """One record, and the lines it was made of."""

    raw: str
    fields: dict[str, str]
    """time, user, database, process, host, port, session, severity, code, message, statement, application: as written."""
    why: Text | None = None
    """Why the record cannot be read."""

    def said(self, name: str) -> str:
        """A field, or nothing. PostgreSQL puts its own words in brackets where it knows no user, database or program."""
        value = self.fields.get(name, "").strip()
        return "" if value in ("[unknown]", "[local]") else value


def entries(stream: BinaryIO) -> Iterator[Entry]:
    """The records in file order; lines before the first are one each, with no fields."""
    lines = text_lines(stream)
    held: list[Line] = []
    form: str | None = None
    for line in lines:
        text = line.text or ""
        begins = _form(text)
        if begins is not None and not (form == "csv" and _is_open(held)):
            yield from _entry(held, form)
            held, form = [line], begins
        elif held and line.text is not None:
            if len(held) < _MOST_LINES:
                held.append(line)
        else:
            yield from _entry(held, form)
            held, form = [], None
            yield Entry(text, {}, line.why if line.text is None else None)
    yield from _entry(held, form)


def _form(text: str) -> str | None:
    """Which form's record begins with this line, if one does."""
    if text.startswith("{"):
        return "json"
    if not text[:4].isdigit():
        return None
    if CSV.match(text):
        return "csv"
    return "stderr" if _STAMP.match(text) else None


def _is_open(held: list[Line]) -> bool:
    """Does a value of a CSV record go on in the next line? A message may hold a line that looks like a record."""
    return sum((line.text or "").count('"') for line in held) % 2 == 1


def _entry(held: list[Line], form: str | None) -> Iterator[Entry]:
    if not held:
        return
    raw = "\n".join(line.text or "" for line in held)
    yield Entry(raw, {"stderr": _stderr, "csv": _csv, "json": _json}[form or "stderr"](raw))


def levelled(text: str) -> tuple[str, str, str, int] | None:
    """The time, the prefix and the level of a record in stderr's form, and where its message begins; null where it is none."""
    stamp = _STAMP.match(text)
    level = _SEVERITY.search(text, stamp.end(), stamp.end() + _PREFIX) if stamp else None
    if stamp is None or level is None:
        return None
    return stamp["time"], text[stamp.end() : level.start()], level["severity"], level.end()


def _stderr(raw: str) -> dict[str, str]:
    found = levelled(raw)
    if found is None:
        return {"time": raw[:30]}
    time, prefix, severity, begin = found
    process, user, client = _PROCESS.search(prefix), _USER.search(prefix), _CLIENT.search(prefix)
    return {
        "time": time,
        "severity": severity,
        # A line that goes on begins with a tab.
        "message": raw[begin:].replace("\n\t", "\n"),
        "process": process[1] if process else "",
        **(user.groupdict() if user else {}),
        **(client.groupdict() if client else {}),
    }


def _csv(raw: str) -> dict[str, str]:
    try:
        values = next(csv.reader([*raw.splitlines(keepends=True)], strict=True), [])
    except csv.Error:
        return {}
    fields = {name: value for name, value in zip(_CSV_COLUMNS, values, strict=False) if name}
    host, _, port = fields.pop("client", "").rpartition(":")
    return {**fields, "host": host or port, "port": port if host else ""}


def _json(raw: str) -> dict[str, str]:
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(value, dict):
        return {}
    return {name: str(value[key]) for key, name in _JSON_KEYS.items() if value.get(key) is not None}


@lru_cache(maxsize=4096)
def moment(written: str, context_zone: str) -> int | None:
    """Microseconds UTC; null where there is no such time, or its zone is none that is known here."""
    found = _MOMENT.fullmatch(written.strip())
    if found is None:
        return None
    try:
        local = datetime.fromisoformat(found["second"])
        zone = ZoneInfo(context_zone)
        if found["offset"]:
            aware = datetime.fromisoformat(found["second"] + _offset(found["offset"]))
        elif found["zone"] in ("UTC", "GMT", "Z"):
            aware = local.replace(tzinfo=UTC)
        elif found["zone"] is None or found["zone"] in _names(context_zone):
            aware = local.replace(tzinfo=zone)
        else:
            return None
        second = int(aware.timestamp())
    except (ValueError, OverflowError):
        return None
    return second * 1_000_000 + int((found["fraction"] or "").ljust(6, "0")) if second > 0 else None


def _offset(written: str) -> str:
    digits = written.replace(":", "")
    return f"{digits[:3]}:{digits[3:] or '00'}"


@lru_cache(maxsize=64)
def _names(zone: str) -> frozenset[str]:
    """The abbreviations a zone goes by, in winter and in summer."""
    clock = ZoneInfo(zone)
    return frozenset(datetime(2026, month, 1, tzinfo=UTC).astimezone(clock).tzname() or "" for month in (1, 7))


def context_moment(entry: Entry, context: Context) -> int | None:
    """When the record was written."""
    return moment(entry.fields.get("time", ""), context.zone)
