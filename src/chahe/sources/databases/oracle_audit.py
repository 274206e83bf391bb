"""Oracle's unified audit as exported from `UNIFIED_AUDIT_TRAIL`: sign-ins to databases, and changes in them.

    "EVENT_TIMESTAMP_UTC","EVENT_TIMESTAMP","DBUSERNAME","ACTION_NAME","RETURN_CODE","OBJECT_SCHEMA","OBJECT_NAME","SQL_TEXT",…
    "2026-11-20 01:00:00.123456","20-NOV-26 09.00.00.123456 AM","MEI","LOGON","0","","","",…
    {"results":[{"items":[{"event_timestamp":"2026-11-20T01:00:05Z","dbusername":"MEI","action_name":"UPDATE","return_code":0,…}]}]}

As CSV or JSON (SQL Developer, SQLcl, SQL*Plus with `set markup csv on`, a script), with the view's own column names; see
`table_export`. EVENT_TIMESTAMP_UTC counts where it is there, else EVENT_TIMESTAMP in the zone of the source; days are read year
first, or as `20-NOV-26` and `20-11月-26`. RETURN_CODE 0 is a success. The client's address is within AUTHENTICATION_TYPE. Reads, and
actions that change nothing, are skipped. Passwords never leave the record (Oracle masks those of CREATE and ALTER USER itself).
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from itertools import islice
from typing import BinaryIO
from zoneinfo import ZoneInfo

from chahe.sources.databases.sql_statements import Change, change_of, shown, without_secrets
from chahe.sources.databases.table_export import Exported, exported_rows, holds
from chahe.sources.model import Context, Head, Match, RecordReader, Records, Reject, Row, Skip, Unit
from chahe.sources.reading.origins import account_and_domain, origin, port
from chahe.sources.reading.text_lines import SYSTEM, needed
from chahe.wording import Text

_NEEDED = ("dbusername", "actionname")
_SIGN_INS = {
    "LOGON": "logon",
    "LOGOFF": "logoff",
    "LOGOFF BY CLEANUP": "logoff",
    "PROXY AUTHENTICATION ONLY": "logon",
    "SUPER USER LOGON": "logon",
}
_PRIVILEGES = frozenset(("SET ROLE",))
_KINDS = {
    "INSERT": "data", "UPDATE": "data", "DELETE": "data", "MERGE": "data", "UPSERT": "data", "TRUNCATE TABLE": "data",
    "TRUNCATE CLUSTER": "data", "IMPORT": "data", "LOCK TABLE": "data", "PURGE RECYCLEBIN": "data", "FLASHBACK TABLE": "data",
    "CALL METHOD": "code", "EXECUTE": "code", "PL/SQL EXECUTE": "code",
    "GRANT": "rights", "REVOKE": "rights", "GRANT OBJECT": "rights", "REVOKE OBJECT": "rights", "GRANT ROLE": "rights", "REVOKE ROLE": "rights",
    "AUDIT": "audit", "NOAUDIT": "audit", "CHANGE PASSWORD": "account",
    "ALTER SYSTEM": "settings", "ALTER DATABASE": "settings", "SHUTDOWN": "settings", "STARTUP": "settings",
    "RENAME": "structure", "COMMENT": "structure", "RESTORE": "data", "RECOVER": "data",
}  # fmt: skip
_NOTHING = frozenset(("ALTER SESSION", "ANALYZE TABLE", "ANALYZE INDEX"))
_ADDRESS = re.compile(r"HOST=([^)]*)\)(?:\s*\(PORT=(\d+)\))?")
_TYPE = re.compile(r"\(TYPE=\((\w[^)]*)\)")
_METHODS = {
    "database": "password",
    "network": "network",
    "os": "os",
    "proxy": "proxy",
    "ssl": "certificate",
    "directory password": "password",
}
_ISO = re.compile(
    r"(\d{4})[-/](\d\d)[-/](\d\d)[ T](\d\d)[:.](\d\d)[:.](\d\d)(?:[.,](\d{1,9}))?(?: ?(Z|UTC|[+-]\d\d:?\d\d))?",
    re.ASCII,
)
_ORACLE = re.compile(
    r"(\d{1,2})-([A-Za-z]{3}|\d{1,2} ?月)-(\d{2}|\d{4}) (?:(上午|下午) ?)?(\d{1,2})[.:](\d\d)[.:](\d\d)(?:[.,](\d{1,9}))?"
    r"(?: (AM|PM|上午|下午))?(?: (UTC|Z|[+-]\d\d:\d\d))?",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_AFTERNOON = frozenset(("PM", "下午"))

OTHER = Text("動作 {action} 不是登入也不是異動", "action {action} is no sign-in and no change")
NO_TIME = Text(
    "時間無法解讀；請匯出 EVENT_TIMESTAMP_UTC，或把 NLS_TIMESTAMP_FORMAT 設為 YYYY-MM-DD HH24:MI:SS.FF",
    "the time cannot be read; export EVENT_TIMESTAMP_UTC, or set NLS_TIMESTAMP_FORMAT to YYYY-MM-DD HH24:MI:SS.FF",
)


def recognise(head: Head) -> Match | None:
    """By the view's column names."""
    fits = any(holds(head, (*_NEEDED, name)) for name in ("eventtimestamp", "eventtimestamputc"))
    return Match(88, "rows with EVENT_TIMESTAMP, DBUSERNAME and ACTION_NAME") if fits else None


def read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    """The rows in file order; Unreadable where there are none, or no system is set."""
    system = needed(context, SYSTEM)
    for row in exported_rows(stream, _NEEDED):
        yield _unit(row, context.zone, system) if isinstance(row, Exported) else row


def excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    """The row at a place, a column a line, without secrets."""
    for row in islice(exported_rows(stream, _NEEDED), place - 1, place):
        if isinstance(row, Exported):
            # What was bound to a statement stands beside it bare: it may be a password.
            told = {name: value for name, value in row.values.items() if not name.startswith("sqlbind")}
            return without_secrets(Exported(place, told).shown())
    return ""


def _unit(row: Exported, zone: str, system: str) -> Unit:
    action = row.said("actionname").upper()
    outcome = {"": None, "0": "success"}.get(row.said("returncode"), "failure")
    shared: dict[str, object] = {"outcome": outcome, "session_id": row.said("sessionid") or None, "event_code": action}
    if action in _SIGN_INS or action in _PRIVILEGES:
        table, values = "auth_events", {"host": system, **_sign_in(row, action)}
    else:
        change = _change(row, action)
        if change is None:
            return Skip(row.place, OTHER.fill(action=action[:40] or "?"))
        table, values = "database_changes", {"system": system, **_changed(row, change)}
    at_us = _moment(row.said("eventtimestamputc"), "UTC") or _moment(row.said("eventtimestamp"), zone)
    if at_us is None:
        return Reject(row.place, NO_TIME, "happened_at_us", row.said("eventtimestamputc", "eventtimestamp")[:80])
    return Records(row.place, (Row(table, {**shared, **values, "happened_at_us": at_us}),))


def _where(row: Exported) -> tuple[str | None, int | None]:
    found = _ADDRESS.search(row.said("authenticationtype"))
    return (origin(found[1]).address, port(found[2] or "")) if found else (None, None)


def _sign_in(row: Exported, action: str) -> dict[str, object]:
    account, domain = account_and_domain(row.said("dbusername", "externaluserid"))
    address, from_port = _where(row)
    of_type = _TYPE.search(row.said("authenticationtype"))
    host = row.said("userhost")
    return {
        "activity": _SIGN_INS.get(action, "privilege_use"),
        "account": account,
        "account_domain": domain,
        "target_account": row.said("role", "objectname") or None if action in _PRIVILEGES else None,
        "source_address": address,
        "source_port": from_port,
        # A computer of Windows is written with its domain: CORP\\WS-31.
        "source_host": host.rpartition("\\")[2] or None,
        "method": _METHODS.get(of_type[1].lower(), of_type[1].lower()) if of_type else None,
        "service": "oracle",
    }


def _change(row: Exported, action: str) -> Change | None:
    """What the action changes: the view names it; the statement, where it is kept, tells the object that the view may not."""
    if action in _NOTHING or not action:
        return None
    said = change_of(row.said("sqltext"))
    name = ".".join(part for part in (row.said("objectschema"), row.said("objectname")) if part)
    kind = _KINDS.get(action)
    if kind is None:
        # CREATE USER, ALTER TABLE, DROP AUDIT POLICY …: the action reads like the statement's first words.
        alike = change_of(action)
        if alike is None:
            return None
        kind = alike.kind
    return Change(kind, action.lower(), name or row.said("targetuser") or (said.target if said else None))


def _changed(row: Exported, change: Change) -> dict[str, object]:
    account, _ = account_and_domain(row.said("dbusername", "externaluserid"))
    address, _ = _where(row)
    return {
        "account": account,
        "system_account": row.said("osusername") or None,
        "client_address": address,
        "client_host": row.said("userhost").rpartition("\\")[2] or None,
        "program": row.said("clientprogramname") or None,
        "database_name": row.said("pdbname", "dbname", "dbid") or None,
        "object_name": change.target,
        "change_kind": change.kind,
        "command": change.command,
        "statement": shown(row.said("sqltext")) or None,
    }


@lru_cache(maxsize=4096)
def _moment(written: str, zone: str) -> int | None:
    """Microseconds UTC; finer digits are cut."""
    if iso := _ISO.fullmatch(written):
        year, month, day, hour, minute, second, fraction, offset = iso.groups()
    elif old := _ORACLE.fullmatch(written):
        day, month_name, year, before, hour, minute, second, fraction, after, offset = old.groups()
        month = month_name.rstrip("月 ")
        month = str(_MONTHS.index(month.lower()) + 1) if month.lower() in _MONTHS else month
        year = year if len(year) == 4 else f"20{year}"
        hour = _hour(hour, (before or after or "").upper())
    else:
        return None
    try:
        local = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second))  # noqa: DTZ001 - the zone follows
        aware = local.replace(tzinfo=ZoneInfo(zone)) if offset is None else _with_offset(local, offset)
        at_us = int(aware.astimezone(UTC).timestamp()) * 1_000_000 + int(((fraction or "") + "000000")[:6])
    except (ValueError, OverflowError):
        return None
    return at_us if at_us > 0 else None


def _hour(hour: str, half: str) -> str:
    if not half:
        return hour
    return str(int(hour) % 12 + (12 if half in _AFTERNOON else 0)) if 1 <= int(hour) <= 12 else "99"


def _with_offset(local: datetime, offset: str) -> datetime:
    if offset.upper() in ("Z", "UTC"):
        return local.replace(tzinfo=UTC)
    return datetime.fromisoformat(f"{local.isoformat()}{offset if ':' in offset else offset[:3] + ':' + offset[3:]}")


reader = RecordReader(
    name="oracle_audit",
    title=Text("Oracle 統一稽核（UNIFIED_AUDIT_TRAIL 匯出）", "Oracle unified audit (export of UNIFIED_AUDIT_TRAIL)"),
    version=1,
    tables=("auth_events", "database_changes"),
    recognise=recognise,
    read=read,
    settings=(SYSTEM,),
    excerpt=excerpt,
)
