r"""PostgreSQL's log (stderr, csvlog, jsonlog), with pgaudit's records: sign-ins to databases, and changes in them.

    2026-11-20 09:00:00.123 CST [811] LOG:  connection received: host=192.0.2.7 port=50122
    2026-11-20 09:00:00.125 CST [811] mei@trade LOG:  connection authorized: user=mei database=trade application_name=psql
    2026-11-20 09:00:01.000 CST [812] mei@trade FATAL:  password authentication failed for user "mei"
    2026-11-20 09:00:02.000 CST [811] mei@trade LOG:  AUDIT: SESSION,1,1,WRITE,UPDATE,TABLE,public.orders,"update orders set price = 12",<none>
    2026-11-20 09:00:03.000 CST [811] mei@trade ERROR:  permission denied for table orders
    2026-11-20 09:00:03.000 CST [811] mei@trade STATEMENT:  delete from orders

The other forms are in `postgresql_records`. A record may have several lines and is one unit. Sign-ins need `log_connections`;
changes need pgaudit, or `log_statement` = ddl, mod or all. Of statements that failed, those that would have changed something
are rows, too. pgaudit's classes READ and MISC, and statements that change nothing, are skipped. What one process told before
(who, from where, by which method) is joined to what it tells later. Passwords never leave the record. The messages are English
(`lc_messages` = C or en_US); the server is not in the log: see `system`.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from chahe.sources.databases.postgresql_records import CSV, Entry, context_moment, entries, levelled
from chahe.sources.databases.sql_statements import Change, change_of, plain, shown, without_secrets
from chahe.sources.model import Context, Head, Match, RecordReader, Records, Reject, Row, Skip, Unit
from chahe.sources.reading.origins import origin, own_terminal, port
from chahe.sources.reading.text_lines import BLANK, SYSTEM, head_lines, needed
from chahe.wording import Text

_RECEIVED = re.compile(r"connection received: host=(?P<host>\S+)(?: port=(?P<port>\d+))?")
_AUTHENTICATED = re.compile(
    r'connection authenticated: (?:identity="(?P<identity>.*?)" |user="(?P<user>.*?)" )?method=(?P<method>\S+)'
)
_AUTHORIZED = re.compile(
    r"(?:replication )?connection authorized: user=(?P<user>.*?)(?: database=(?P<database>.*?))?"
    r"(?: application_name=(?P<application>.*?))?(?: (?:SSL|GSS) (?:enabled )?\(.*)?$"
)
_DISCONNECTED = re.compile(
    r"disconnection: session time: \S+ user=(?P<user>.*?) database=(?P<database>.*?) host=(?P<host>\S+)(?: port=(?P<port>\d+))?$"
)
_REFUSED = tuple(
    re.compile(pattern)
    for pattern in (
        r'(?P<method>\w+) authentication failed for user "(?P<user>.*?)"',
        r'(?:no pg_hba\.conf entry|pg_hba\.conf rejects connection) for (?:replication connection from )?host "(?P<host>[^"]*)", user "(?P<user>[^"]*)"(?:, database "(?P<database>[^"]*)")?',
        r'role "(?P<user>.*?)" (?:does not exist|is not permitted to log in)$',
        r'(?P<permission>permission denied for database|too many connections for (?:role|database)) "?(?P<database>.*?)"?$',
        r'database "(?P<database>.*?)" does not exist$',
    )
)
_LOGGED = re.compile(r"(?:duration: [\d.]+ ms  )?(?:statement|execute [^:]*|parse [^:]*): (?P<statement>.*)", re.DOTALL)
_AUDIT = re.compile(r"AUDIT: (?:SESSION|OBJECT),(?P<record>.*)", re.DOTALL)
_WRITES = frozenset(("WRITE", "DDL", "ROLE", "FUNCTION"))
_METHODS = {"scram-sha-256": "password", "md5": "password", "password": "password", "cert": "certificate"}
_ASIDE = frozenset(["DETAIL", "HINT", "CONTEXT", "QUERY", "LOCATION", "BACKTRACE"])
_MOST = 100_000

JOINED = Text("同一連線的細節，已併入其他紀錄", "a detail of the same connection; it is joined to other records")
OTHER = Text("資料庫的其他紀錄，不是登入或異動", "another record of the database's, no sign-in and no change")
READS = Text("讀取或控制工作階段的指令，不是異動", "a statement that reads or steers the session; no change")
NOT_ONE = Text(
    "這一行不是 PostgreSQL 日誌的開頭（時間與等級）；請確認匯出時保留完整的紀錄",
    "this line does not begin a record of PostgreSQL's log (a time and a level); check that the export keeps whole records",
)
BROKEN = Text(
    "這一筆紀錄不完整，可能被截斷；請重新匯出",
    "this record is not whole and may be cut; export the log again",
)
NO_TIME = Text(
    "時間無法解讀，或其時區縮寫不是來源設定的時區；請設定 zone，或把 log_timezone 改為 UTC",
    "the time cannot be read, or its zone's abbreviation is not that of the source's zone; set `zone`, or log_timezone to UTC",
)


@dataclass
class _Process:
    """What one process of the server told so far."""

    host: str = ""
    port: str = ""
    user: str = ""
    database: str = ""
    application: str = ""
    method: str = ""
    lines: list[str] = field(default_factory=list)


@dataclass
class _Log:
    """A log being read."""

    system: str
    processes: dict[str, _Process] = field(default_factory=dict)

    def process(self, entry: Entry) -> _Process:
        """The process that wrote the record, with what the record itself says of it."""
        key = entry.said("process")
        process = self.processes.setdefault(key, _Process()) if key else _Process()
        if len(self.processes) > _MOST:
            del self.processes[next(iter(self.processes))]
        for name in ("host", "port", "user", "database", "application"):
            if said := entry.said(name):
                setattr(process, name, said)
        return process


def recognise(head: Head) -> Match | None:
    """By records of its three forms: most begin a line, and what they say is PostgreSQL's."""
    lines = [line for line in head_lines(head)[:400] if line.strip() and not line.startswith(("\t", " "))]
    if not lines:
        return None
    plain_ones = sum(1 for line in lines if levelled(line))
    listed = sum(1 for line in lines if CSV.match(line))
    told = sum(1 for line in lines if line.startswith("{") and '"error_severity"' in line and '"timestamp"' in line)
    best = max(plain_ones, listed, told)
    if 2 * best < len(lines):
        return None
    if best == plain_ones and not any(_SIGNS.search(line) for line in lines):
        return Match(40, f"{best} of the first {len(lines)} lines look like PostgreSQL's")
    return Match(90, f"{best} of the first {len(lines)} lines begin records of PostgreSQL's log")


_SIGNS = re.compile(
    r"LOG:  (?:connection |disconnection: |AUDIT: |checkpoint |database system |starting PostgreSQL|listening on |statement: |duration: |autovacuum)"
    r"|(?:FATAL|ERROR|STATEMENT|DETAIL|HINT):  "
)


def read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    """The records in file order. Raises Unreadable where no system is set."""
    log = _Log(needed(context, SYSTEM))
    for place, entry in enumerate(entries(stream), 1):
        yield _unit(place, entry, log, context)


def excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    """The record at a place without secrets, below what its process told of who and where."""
    log = _Log("")
    for number, entry in enumerate(entries(stream), 1):
        process = log.process(entry)
        if number == place:
            return "\n".join([*process.lines, _bare(entry.raw)])
        _learn(entry.said("message"), process, entry.raw)
    return ""


def _bare(raw: str) -> str:
    """A record without secrets. What pgaudit says was bound to a statement stands bare, and is left out of one that has any."""
    hidden = without_secrets(raw)
    audited = _AUDIT.search(hidden)
    if hidden == raw or audited is None:
        return hidden
    return re.sub(r'((?:[^,]*,){6}(?:"(?:[^"]|"")*"|[^",]*)),.*', r"\1,…", hidden, flags=re.DOTALL)


def _unit(place: int, entry: Entry, log: _Log, context: Context) -> Unit:
    if entry.why is not None:
        return Reject(place, entry.why)
    if not entry.fields:
        blank = not entry.raw.strip()
        begun = entry.raw.startswith("{") or entry.raw[:4].isdigit()
        why = BROKEN if begun else NOT_ONE
        return Skip(place, BLANK) if blank else Reject(place, why, value=without_secrets(entry.raw)[:80])
    if "message" not in entry.fields:
        return Reject(place, BROKEN, value=without_secrets(entry.raw)[:80])
    process = log.process(entry)
    message, severity = entry.fields["message"], entry.said("severity")
    if severity in _ASIDE or _learn(message, process, entry.raw):
        return Skip(place, JOINED)
    row = _row(entry, message, severity, process)
    if isinstance(row, Text):
        return Skip(place, row)
    at_us = context_moment(entry, context)
    if at_us is None:
        return Reject(place, NO_TIME, "happened_at_us", entry.said("time"))
    named = "host" if row.table == "auth_events" else "system"
    return Records(place, (Row(row.table, {"happened_at_us": at_us, named: log.system, **row.values}),))


def _learn(message: str, process: _Process, raw: str) -> bool:
    """Does the message only tell of the connection? Then the process learns it."""
    received, authenticated = _RECEIVED.match(message), _AUTHENTICATED.match(message)
    if received:
        process.host, process.port = received["host"], received["port"] or ""
        process.user = process.database = process.application = process.method = ""
        process.lines = []
    elif authenticated:
        process.method = authenticated["method"]
    elif found := _AUTHORIZED.match(message):
        process.user, process.database = found["user"], found["database"] or process.database
        process.application = found["application"] or process.application
    if received or authenticated or _AUTHORIZED.match(message):
        process.lines = [*process.lines[-3:], raw]
    return bool(received or authenticated)


def _row(entry: Entry, message: str, severity: str, process: _Process) -> Row | Text:
    if severity == "FATAL":
        refused = next((found for pattern in _REFUSED if (found := pattern.search(message))), None)
        return _refused(entry, process, refused.groupdict()) if refused else OTHER
    if _AUTHORIZED.match(message):
        return _sign_in(entry, process, "logon", "success", process.method)
    if gone := _DISCONNECTED.match(message):
        process.user, process.database = gone["user"], gone["database"]
        return _sign_in(entry, process, "logoff", None, "")
    if audited := _AUDIT.match(message):
        return _audited(entry, process, audited["record"])
    if severity == "STATEMENT":
        return _changed(entry, process, message, "failure")
    if severity in ("ERROR", "PANIC"):
        return _changed(entry, process, entry.said("statement"), "failure")
    logged = _LOGGED.match(message)
    return _changed(entry, process, logged["statement"], "success") if logged else OTHER


def _refused(entry: Entry, process: _Process, told: Mapping[str, str | None]) -> Row:
    process.user = told.get("user") or process.user
    process.database = told.get("database") or process.database
    process.host = told.get("host") or process.host
    return _sign_in(entry, process, "logon", "failure", (told.get("method") or process.method).lower())


def _sign_in(entry: Entry, process: _Process, activity: str, outcome: str | None, method: str) -> Row:
    where = origin(process.host)
    values = {
        "activity": activity,
        "outcome": outcome,
        "account": process.user or None,
        "source_address": where.address,
        "source_host": None if process.host.startswith("[") else where.host,
        "source_port": port(process.port),
        "local_console": True if process.host == "[local]" or own_terminal(process.host) else None,
        "method": _METHODS.get(method, method) or None,
        "service": "postgresql",
        "session_id": entry.said("session") or entry.said("process") or None,
        "event_code": entry.said("code") or None,
    }
    return Row("auth_events", values)


def _audited(entry: Entry, process: _Process, record: str) -> Row | Text:
    """pgaudit: statement and substatement id, class, command, type, name, statement, parameters, and rows where it is told to."""
    try:
        values = next(csv.reader(record.splitlines(keepends=True), strict=True), [])
    except csv.Error:
        values = []
    if len(values) < 7:
        return OTHER
    _, _, of_class, command, _, name, statement, *more = values
    if of_class not in _WRITES:
        return READS
    change = change_of(statement) or Change("code" if of_class == "FUNCTION" else "data", command.lower(), None)
    if of_class == "FUNCTION" and change.kind != "code":
        change = Change("code", command.lower(), None)
    rows = more[1] if len(more) > 1 else ""
    # Within a statement pgaudit names each object and its command of its own.
    within = command.lower() if of_class in ("WRITE", "DDL") and command else change.command
    kind = change.kind if of_class != "ROLE" or change.kind in ("account", "rights") else "account"
    target = plain(name) if name else change.target
    return _change(entry, process, Change(kind, within, target), statement, "success", rows)


def _changed(entry: Entry, process: _Process, statement: str, outcome: str) -> Row | Text:
    change = change_of(statement) if statement else None
    if change is None:
        return READS if statement else OTHER
    return _change(entry, process, change, statement, outcome, "")


def _change(entry: Entry, process: _Process, change: Change, statement: str, outcome: str, rows: str) -> Row:
    where = origin(process.host)
    values = {
        "account": process.user or None,
        "client_address": where.address,
        "client_host": None if process.host.startswith("[") else where.host,
        "program": process.application or None,
        "database_name": process.database or None,
        "object_name": change.target,
        "change_kind": change.kind,
        "command": change.command,
        "statement": shown(statement) or None,
        "outcome": outcome,
        "rows_changed": int(rows) if rows.isascii() and rows.isdigit() and len(rows) < 19 else None,
        "session_id": entry.said("session") or entry.said("process") or None,
        "event_code": entry.said("code") or None,
    }
    return Row("database_changes", values)


reader = RecordReader(
    name="postgresql_log",
    title=Text("PostgreSQL 日誌（含 pgaudit）", "PostgreSQL log (with pgaudit)"),
    version=1,
    tables=("auth_events", "database_changes"),
    recognise=recognise,
    read=read,
    settings=(SYSTEM,),
    excerpt=excerpt,
)
