r"""OpenLDAP's log (`slapd`, loglevel stats): sign-ins to the directory and changes of its accounts.

    Mar  3 04:05:06 ldap1 slapd[811]: conn=1001 fd=14 ACCEPT from IP=192.0.2.7:50122 (IP=0.0.0.0:389)
    Mar  3 04:05:06 ldap1 slapd[811]: conn=1001 op=0 BIND dn="uid=mei,ou=People,dc=corp,dc=example" method=128
    Mar  3 04:05:06 ldap1 slapd[811]: conn=1001 op=0 RESULT tag=97 err=49 qtime=0.000011 etime=0.000125 text=
    65e4a3c2.0c5b3e1f 0x7f21b4dff640 conn=1001 op=1 MOD dn="uid=lin,ou=People,dc=corp,dc=example"
    65e4a3c2.0c5b3e1f 0x7f21b4dff640 conn=1001 op=1 RESULT tag=103 err=0 text=

Lines are read with syslog's header, with slapd's own (2.5 and later: seconds in hexadecimal), and with none. The result is the
record: who bound, from where, and what was asked stand on earlier lines of the same connection and are joined to it; those lines
are skipped. A bind without a name is anonymous and kept as `other`. Binds by SASL count when they are over (not 14, "in
progress"). Of an added, changed, renamed or deleted entry named by uid, cn, mail or sAMAccountName an account was changed; other
entries are `other`. `account_domain` is made of the name's dc parts. The end of a connection that was bound is a sign-off.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import BinaryIO

from chahe.sources.accounts import directory_values
from chahe.sources.model import Context, Head, Match, RecordReader, Records, Reject, Row, Setting, Skip, Unit
from chahe.sources.reading.origins import Origin, account_and_domain, origin
from chahe.sources.reading.text_lines import BLANK, head_lines
from chahe.sources.sign_ins.headed_lines import HeadedLine, headed_lines
from chahe.wording import Text

_OPERATION = re.compile(r"conn=(?P<conn>\d+) (?:op=(?P<op>\d+)|fd=\d+) (?P<rest>.*)", re.DOTALL | re.ASCII)
_OWN_HEADER = re.compile(r"([0-9a-f]{8,11})\.([0-9a-f]{1,8}) 0x[0-9a-f]+ ")
_ACCEPT = re.compile(r"ACCEPT from (?:IP=(?P<from>\S+)|PATH=(?P<path>\S+))")
_BIND = re.compile(
    r'BIND (?:(?:anonymous|dn="(?P<dn>.*?)")(?: mech=(?P<mech>\S+)| method=(?P<method>\d+))?|authcid="(?P<authcid>[^"]*)")'
)
_RESULT = re.compile(r"RESULT tag=(?P<tag>\d+) err=(?P<err>\d+)")
_CHANGE = re.compile(r'(?P<what>ADD|MOD|MODRDN|DEL|PASSMOD) (?:dn|id)="(?P<dn>.*?)"')
_BIND_RESULT = "97"
_CHANGE_RESULTS = {"103": "MOD", "105": "ADD", "107": "DEL", "109": "MODRDN", "120": "PASSMOD"}
_IN_PROGRESS = "14"
_ACCOUNTS = frozenset(("UID", "CN", "MAIL", "SAMACCOUNTNAME", "USERPRINCIPALNAME"))
_JOINING = frozenset(["ACCEPT", "BIND", "ADD", "MOD", "MODRDN", "DEL", "PASSMOD"])
_TELLING = _JOINING | {"RESULT", "closed"}
_MOST = 200_000
"""Connections kept; the oldest goes first, for a log that was cut may hold many that never end."""

JOINED = Text("連線或要求的紀錄，已併入結果", "a connection or a request; it is joined to its result")
OTHER = Text("slapd 的其他紀錄（查詢、比對等）", "another record of slapd's (searches, comparisons …)")
NOT_ONE = Text(
    "這一行不是 slapd 的紀錄，也沒有 syslog 標頭；請確認檔案來源",
    "this line is no record of slapd's and has no syslog header; check where the file comes from",
)
NO_TIME = Text(
    "這一行的時間不存在（例如 2 月 30 日或 25 時）；請查明主機的時鐘或檔案是否被改過",
    "the time of this line cannot be (as February 30 or 25 o'clock); find out whether the host's clock is wrong or the "
    "file was altered",
)


@dataclass
class _Connection:
    """What is known of a connection so far."""

    where: Origin = field(default_factory=Origin)
    local: bool = False
    bound: str | None = None
    mechanism: str | None = None
    asked: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    """By operation: what was asked (`BIND`, `MOD` …), of which name, and the mechanism of a bind."""
    lines: list[str] = field(default_factory=list)
    """What the result will be joined to, for showing."""


def recognise(head: Head) -> Match | None:
    """By connections and operations on half of the lines or more."""
    lines = [line for line in head_lines(head)[:400] if line.strip()]
    known = sum(1 for line in lines if _of_slapd(line))
    if not known or 2 * known < len(lines):
        return None
    return Match(88, f"{known} of the first {len(lines)} lines are connections and operations of slapd")


def _of_slapd(line: str) -> bool:
    found = re.search(
        r'(?:^|: |[0-9a-f] )[" ]*conn=\d+ (?:op|fd)=\d+ (?:ACCEPT|BIND|RESULT|SRCH|SEARCH|MOD|ADD|DEL|UNBIND|closed|TLS|STARTTLS|EXT|CMP|PASSMOD|WHOAMI|ABANDON|DISCONNECT)',
        line,
    )
    return found is not None and not re.search(r"[{=]", line[: found.start()])


def read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    """The lines in file order."""
    for unit, _ in _units(stream, context):
        yield unit


def excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    """The line at a place, below those of its connection that it is joined to."""
    # The years are of no matter here: nothing of the time is shown but what is written.
    for _, shown in islice(_units(stream, Context(observed_at_us=0)), place - 1, place):
        return "\n".join(shown)
    return ""


def _units(stream: BinaryIO, context: Context) -> Iterator[tuple[Unit, list[str]]]:
    connections: dict[tuple[str, str], _Connection] = {}
    system = context.settings.get("system")
    for line in headed_lines(stream, context):
        yield _unit(line, connections, system)


def _unit(
    line: HeadedLine, connections: dict[tuple[str, str], _Connection], system: str | None
) -> tuple[Unit, list[str]]:
    if line.text is None:
        return Reject(line.place, line.why), []
    if not line.text.strip():
        return Skip(line.place, BLANK), []
    at_us, message = _own_time(line)
    found = _OPERATION.match(message.lstrip(' "'))
    if found is None:
        headed = at_us is not None or line.time
        unit: Unit = (
            Skip(line.place, OTHER) if headed else Reject(line.place, NOT_ONE, value=line.text.split("(")[0][:60])
        )
        return unit, [line.text]
    key = (line.host, found["conn"])
    rest = found["rest"]
    if rest.startswith("ACCEPT") or key not in connections:
        connections.pop(key, None)
        connections[key] = _Connection()
        if len(connections) > _MOST:
            del connections[next(iter(connections))]
    connection = connections[key]
    word = rest.partition(" ")[0]
    values = _said(connection, found["op"] or "", rest) if word in _TELLING else None
    shown = [*connection.lines, line.text] if values else [line.text]
    if rest.startswith("closed"):
        del connections[key]
    if values is None:
        kept = word in _JOINING and _keep(connection, line.text, rest)
        return Skip(line.place, JOINED if kept else OTHER), shown
    if line.time and at_us is None:
        return Reject(line.place, NO_TIME, "happened_at_us", line.time), shown
    row = {
        "happened_at_us": at_us,
        "host": line.host or system,
        "service": "slapd",
        "session_id": found["conn"],
        **values,
    }
    return Records(line.place, (Row("auth_events", row),)), shown


def _own_time(line: HeadedLine) -> tuple[int | None, str]:
    """The time, of syslog's header or slapd's own, and the message behind it."""
    found = _OWN_HEADER.match(line.message) if not line.time else None
    if found is None:
        return line.at_us, line.message
    # The fraction is in nanoseconds.
    second, fraction = int(found[1], 16), int(found[2], 16)
    return second * 1_000_000 + min(fraction // 1000, 999_999), line.message[found.end() :]


def _keep(connection: _Connection, text: str, rest: str) -> bool:
    """Is the line one that a result will be joined to? Then it is kept for showing."""
    if _ACCEPT.match(rest) or _BIND.match(rest) or _CHANGE.match(rest):
        connection.lines = [*connection.lines[-4:], text]
        return True
    return False


def _said(connection: _Connection, operation: str, rest: str) -> dict[str, object] | None:
    """The values of a row, where the line is a result or an end; else the connection learns what the line says."""
    if accepted := _ACCEPT.match(rest):
        connection.where = origin(accepted["from"] or "")
        connection.local = accepted["path"] is not None
        return None
    if bind := _BIND.match(rest):
        _asked(connection, operation, "BIND", bind["dn"] or bind["authcid"] or "", bind["mech"] or "")
        return None
    if change := _CHANGE.match(rest):
        _asked(connection, operation, change["what"], change["dn"], "")
        return None
    result = _RESULT.match(rest)
    if result is not None:
        return _result(connection, operation, result["tag"], result["err"])
    if rest.startswith("closed") and connection.bound:
        return {**_who(connection.bound), **_where(connection), "activity": "logoff", "event_code": "closed"}
    return None


def _asked(connection: _Connection, operation: str, what: str, name: str, mechanism: str) -> None:
    before = connection.asked.get(operation)
    # A bind is told once more, with its mechanism, when it has succeeded.
    connection.asked[operation] = (what, name, mechanism or (before[2] if before else ""))
    if len(connection.asked) > 1000:
        del connection.asked[next(iter(connection.asked))]


def _result(connection: _Connection, operation: str, tag: str, error: str) -> dict[str, object] | None:
    change = _CHANGE_RESULTS.get(tag)
    if tag != _BIND_RESULT and change is None:
        return None
    what, name, mechanism = connection.asked.pop(operation, ("", "", ""))
    outcome = "success" if error == "0" else "failure"
    shared = {"outcome": outcome, **_where(connection)}
    if tag == _BIND_RESULT:
        if error == _IN_PROGRESS:
            connection.asked[operation] = (what, name, mechanism)
            return None
        if error == "0":
            connection.bound = name
        code = f"BIND err={error}"
        method = {"SIMPLE": "password", "": None}.get(mechanism, mechanism.lower())
        return {
            **shared,
            **_who(name),
            "activity": "logon" if name or not what else "other",
            "method": method,
            "event_code": code,
        }
    if what != change:
        return None
    return {
        **shared,
        **_who(connection.bound or ""),
        "activity": "account_change" if _is_account(name) else "other",
        "target_account": _who(name)["account"],
        "event_code": f"{what} err={error}",
    }


def _where(connection: _Connection) -> dict[str, object]:
    return {
        "source_address": connection.where.address,
        "source_port": connection.where.port,
        "local_console": True if connection.local else None,
    }


@lru_cache(maxsize=1 << 14)
def _who(name: str) -> dict[str, object]:
    """The account a distinguished name is of, and its domain; a plain name is one, too."""
    try:
        parts = directory_values.parts(name)
    except ValueError:
        account, domain = account_and_domain(name)
        return {"account": account, "account_domain": domain}
    domain = ".".join(value for key, value in parts if key == "DC")
    return {"account": parts[0][1] or None, "account_domain": domain or None}


def _is_account(name: str) -> bool:
    try:
        return directory_values.parts(name)[0][0] in _ACCOUNTS
    except ValueError:
        return bool(name)


reader = RecordReader(
    name="openldap",
    title=Text("OpenLDAP 目錄伺服器日誌（slapd）", "OpenLDAP directory server log (slapd)"),
    version=1,
    tables=("auth_events",),
    recognise=recognise,
    read=read,
    settings=(
        Setting(
            "system",
            Text(
                "檔案取自哪一部主機；紀錄沒有主機名稱時使用",
                "the host the file was taken from, where records name none",
            ),
        ),
    ),
    excerpt=excerpt,
)
