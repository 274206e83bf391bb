"""SQL Server's audit as exported from `sys.fn_get_audit_file`: sign-ins to databases, and changes in them.

    event_time,action_id,succeeded,server_principal_name,server_instance_name,database_name,schema_name,object_name,statement,…
    2026-11-20 01:00:00.1234567,LGIS,1,CORP\\mei,DB1\\TRADE,,,,-- network protocol: TCP/IP,…
    2026-11-20 01:00:05.0000000,UP,1,CORP\\mei,DB1\\TRADE,orders,dbo,book,UPDATE dbo.book SET price = 12,…

As CSV (sqlcmd, bcp, SSMS's viewer of logs), JSON (FOR JSON, a script) or XML (FOR XML, a script), with the view's own column
names; see `table_export`. `event_time` is UTC; where it is a time of day alone (SSMS), the local `Date` counts. Actions
are told by their ids or by the words SSMS shows instead. Of batches (BCM, RCM) those that change something are rows. Reads and
actions that change nothing are skipped. Passwords never leave the record (SQL Server masks most of them itself).
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
from chahe.sources.model import Context, Head, Match, RecordReader, Records, Reject, Row, Setting, Skip, Unit
from chahe.sources.reading.origins import account_and_domain, origin
from chahe.sources.reading.windows_dates import local_moment
from chahe.wording import Text

_LOCAL = "local machine"
_NEEDED = ("eventtime", "actionid", "serverprincipalname")
_SIGN_INS = {
    "LGIS": ("logon", "success"), "LOGIN SUCCEEDED": ("logon", "success"),
    "LGIF": ("logon", "failure"), "LOGIN FAILED": ("logon", "failure"),
    "LGO": ("logoff", None), "LOGOUT": ("logoff", None),
    "DBAS": ("logon", "success"), "DATABASE AUTHENTICATION SUCCEEDED": ("logon", "success"),
    "DBAF": ("logon", "failure"), "DATABASE AUTHENTICATION FAILED": ("logon", "failure"),
    "IMP": ("privilege_use", "success"), "IMPERSONATE": ("privilege_use", "success"),
}  # fmt: skip
_CHANGES = {
    "IN": ("data", "insert"), "UP": ("data", "update"), "DL": ("data", "delete"), "EX": ("code", "execute"),
    "CR": ("structure", "create"), "AL": ("structure", "alter"), "DR": ("structure", "drop"),
    "G": ("rights", "grant"), "GWG": ("rights", "grant"), "R": ("rights", "revoke"), "RWG": ("rights", "revoke"),
    "RWC": ("rights", "revoke"), "D": ("rights", "deny"), "DWC": ("rights", "deny"), "TO": ("rights", "take ownership"),
    "APRL": ("rights", "add member"), "DPRL": ("rights", "drop member"), "ACO": ("rights", "change owner"),
    "PWC": ("account", "change password"), "PWCS": ("account", "change own password"), "PWR": ("account", "reset password"),
    "PWRS": ("account", "reset own password"), "PWPL": ("account", "password policy"), "PWEX": ("account", "password expiration"),
    "PWMC": ("account", "must change password"), "PWU": ("account", "unlock account"), "NMLG": ("account", "no credential map"),
    "CMLG": ("account", "credential map"), "LGEA": ("account", "enable"), "LGDA": ("account", "disable"),
    "USAF": ("account", "change user"), "USTC": ("account", "copy password"), "LGNM": ("account", "rename login"),
    "AUSC": ("audit", "audit session changed"), "AUSF": ("audit", "audit shutdown on failure"), "CNAU": ("audit", "audit session changed"),
    "RS": ("data", "restore"), "BA": ("structure", "backup"), "ALRS": ("settings", "alter resources"),
    "ALSS": ("settings", "alter server state"), "ALST": ("settings", "alter settings"), "ALTR": ("settings", "alter trace"),
    "TASA": ("settings", "trace start"), "TASP": ("settings", "trace stop"), "SVSD": ("settings", "shutdown"),
    "SVSR": ("settings", "server started"), "SVPD": ("settings", "server paused"), "SVCN": ("settings", "server continue"),
}  # fmt: skip
_WORDS = {words.upper(): change for change in _CHANGES.values() for words in (change[1],)} | {
    "ADD MEMBER": ("rights", "add member"), "DROP MEMBER": ("rights", "drop member"), "GRANT WITH GRANT": ("rights", "grant"),
}  # fmt: skip
_BATCHES = frozenset(("BCM", "RCM", "BATCH COMPLETED", "RPC COMPLETED", "BCMG", "RCMG"))
_ACCOUNTS = frozenset(
    ["SL", "WL", "LX", "WG", "SU", "WU", "US", "GU", "CU", "AU", "RL", "SG", "AR", "LOGIN", "USER", "ROLE"]
)
_ADDRESS = re.compile(r"<address>([^<]*)</address>|\[CLIENT: ?([^\]]*)\]")
_FAILED_FOR = re.compile(r"[Ll]ogin failed for user '([^']*)'")
_UTC = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[ ]?[+-]\d\d:\d\d)?", re.ASCII)
_CLOCK = re.compile(r"\d{1,2}:\d\d:\d\d(?:\.\d+)?", re.ASCII)

OTHER = Text("動作 {action} 不是登入也不是異動", "action {action} is no sign-in and no change")
READS = Text("讀取或控制工作階段的指令，不是異動", "a statement that reads or steers the session; no change")
NO_TIME = Text(
    "event_time 不是 UTC 的 年-月-日 時:分:秒，也沒有 Date 欄可用；請直接由 sys.fn_get_audit_file 匯出",
    "event_time is not year-month-day and time in UTC, and there is no column Date; export from sys.fn_get_audit_file itself",
)


def recognise(head: Head) -> Match | None:
    """By the view's column names."""
    return Match(88, "rows with event_time, action_id and server_principal_name") if holds(head, _NEEDED) else None


def read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    """The rows in file order; Unreadable where there are none."""
    for row in exported_rows(stream, _NEEDED):
        yield _unit(row, context) if isinstance(row, Exported) else row


def excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    """The row at a place, a column a line, without secrets."""
    for row in islice(exported_rows(stream, _NEEDED), place - 1, place):
        if isinstance(row, Exported):
            # A refusal speaks of a password, and quotes the account.
            hidden = {
                name: text if _FAILED_FOR.match(text) else without_secrets(text) for name, text in row.values.items()
            }
            return Exported(place, hidden).shown()
    return ""


def _unit(row: Exported, context: Context) -> Unit:
    action = row.said("actionid").upper()
    values = _sign_in(row, action) if action in _SIGN_INS else None
    table, host = "auth_events", "host"
    if values is None:
        table, host = "database_changes", "system"
        change = _change(row, action)
        if change is None:
            why = READS if action in _BATCHES or action in ("SL", "SELECT") else OTHER.fill(action=action[:40])
            return Skip(row.place, why)
        values = _changed(row, change)
    at_us = _moment(row.said("eventtime"), row.said("date"), context.zone)
    if at_us is None:
        return Reject(row.place, NO_TIME, "happened_at_us", row.said("eventtime")[:80])
    # An instance is named SERVER\INSTANCE; accounts and hosts elsewhere go by the server.
    named = row.said("serverinstancename").partition("\\")[0] or context.settings.get("system")
    session = row.said("sessionid") or None
    return Records(
        row.place,
        (Row(table, {"happened_at_us": at_us, host: named, "session_id": session, "event_code": action, **values}),),
    )


def _sign_in(row: Exported, action: str) -> dict[str, object]:
    activity, outcome = _SIGN_INS[action]
    statement = row.said("statement")
    failed = _FAILED_FOR.search(statement)
    account, domain = account_and_domain(
        (failed[1] if failed else "") or row.said("serverprincipalname", "sessionserverprincipalname")
    )
    written = _address(row)
    where = origin("" if written == _LOCAL else written)
    return {
        "activity": activity,
        "outcome": outcome,
        "account": account,
        "account_domain": domain,
        "target_account": row.said("targetserverprincipalname", "objectname") or None
        if activity == "privilege_use"
        else None,
        "source_address": where.address,
        "source_host": row.said("hostname") or None,
        "local_console": True if written == _LOCAL else None,
        "service": "mssql",
    }


def _address(row: Exported) -> str:
    """The client's address: a column since 2017, before that within the details."""
    found = _ADDRESS.search(f"{row.said('additionalinformation')} {row.said('statement')}")
    text = row.said("clientip") or ((found[1] or found[2] or "") if found else "")
    return _LOCAL if _LOCAL in text else text


def _change(row: Exported, action: str) -> Change | None:
    said = change_of(row.said("statement"))
    if action in _BATCHES:
        return said
    known = _CHANGES.get(action) or _WORDS.get(action)
    if known is None:
        return None
    kind, command = known
    name = ".".join(part for part in (row.said("schemaname"), row.said("objectname")) if part) or row.said(
        "targetserverprincipalname"
    )
    if kind == "structure":
        of_class = row.said("classtype").upper()
        # The statement tells better than the class what kind of object it was.
        kind, command = (said.kind, said.command) if said else ("account" if of_class in _ACCOUNTS else kind, command)
    return Change(kind, command, name or (said.target if said else None))


def _changed(row: Exported, change: Change) -> dict[str, object]:
    account, _ = account_and_domain(
        row.said("serverprincipalname", "sessionserverprincipalname", "databaseprincipalname")
    )
    rows = row.said("affectedrows")
    succeeded = row.said("succeeded").lower()
    return {
        "account": account,
        "client_address": origin(_address(row)).address,
        "client_host": row.said("hostname") or None,
        "program": row.said("applicationname") or None,
        "database_name": row.said("databasename") or None,
        "object_name": change.target,
        "change_kind": change.kind,
        "command": change.command,
        "statement": shown(row.said("statement")) or None,
        "outcome": "success" if succeeded in ("1", "true") else "failure" if succeeded in ("0", "false") else None,
        "rows_changed": int(rows) if rows.isascii() and rows.isdigit() and 0 < int(rows) < 10**18 else None,
    }


@lru_cache(maxsize=4096)
def _moment(written: str, local: str, zone: str) -> int | None:
    """Microseconds UTC; finer digits are cut."""
    found = _UTC.fullmatch(written)
    try:
        if found is not None:
            offset = (found[4] or "Z").strip()
            second = datetime.fromisoformat(f"{found[1]}T{found[2]}{'+00:00' if offset == 'Z' else offset}")
            fraction = int(((found[3] or "") + "000000")[:6])
        elif _CLOCK.fullmatch(written) and (day := local_moment(local, "mdy")) is not None:
            second, fraction = day.replace(tzinfo=ZoneInfo(zone)), 0
        else:
            return None
        at_us = int(second.astimezone(UTC).timestamp()) * 1_000_000 + fraction
    except (ValueError, OverflowError):
        return None
    return at_us if at_us > 0 else None


reader = RecordReader(
    name="mssql_audit",
    title=Text("SQL Server 稽核（fn_get_audit_file 匯出）", "SQL Server audit (export of fn_get_audit_file)"),
    version=1,
    tables=("auth_events", "database_changes"),
    recognise=recognise,
    read=read,
    settings=(
        Setting(
            "system",
            Text(
                "稽核取自哪一部資料庫主機；紀錄沒有 server_instance_name 時使用",
                "the database server, where rows have no server_instance_name",
            ),
        ),
    ),
    excerpt=excerpt,
)
