r"""OpenVPN's server log: who was let in, the address he was given, and when he left.

    2026-11-20 09:00:00 192.0.2.7:51820 TLS: Username/Password authentication succeeded for username 'mei' [CN SET]
    2026-11-20 09:00:00 192.0.2.7:51820 [mei] Peer Connection Initiated with [AF_INET]192.0.2.7:51820
    Fri Nov 20 09:00:01 2026 us=123456 mei/192.0.2.7:51820 MULTI_sva: pool returned IPv4=10.8.0.6, IPv6=(Not enabled)
    Nov 20 10:00:00 gw1 openvpn[811]: mei/192.0.2.7:51820 SIGTERM[soft,remote-exit] received, client-instance exiting
    2026-11-20 10:00:01 192.0.2.9:4711 TLS Auth Error: Auth Username/Password verification failed for peer

Read with its own header (before and since 2.5, with microseconds or not) and syslog's. A connection that was initiated is the
begin of a session; it is a sign-in by certificate too, where no password was asked on it. The end is joined to the begin of the
same peer. Renewed keys say nothing new. Bytes are not in this log. The host is syslog's, or the setting `system`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import BinaryIO
from zoneinfo import ZoneInfo

from chahe.sources.model import Context, Head, Match, RecordReader, Records, Reject, Row, Setting, Skip, Unit
from chahe.sources.reading.origins import account_and_domain, origin, port
from chahe.sources.reading.text_lines import BLANK, head_lines, line_excerpt
from chahe.sources.sign_ins.headed_lines import HeadedLine, headed_lines
from chahe.wording import Text

_STAMP = re.compile(
    r"(?P<iso>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) |(?P<word>[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}) ",
    re.ASCII,
)
_MICROSECOND = re.compile(r"us=(\d{1,6}) ", re.ASCII)
_PEER = re.compile(
    r"(?:(?P<name>[^\s/]+)/)?(?:\[AF_INET6?\])?(?P<place>[0-9A-Fa-f:.]{3,45}):(?P<port>\d{1,5}) ", re.ASCII
)
_BEGAN = re.compile(r"\[(?P<name>[^\]]*)\] Peer Connection Initiated with ")
_PASSED = re.compile(
    r"TLS: Username/Password authentication (?:succeeded|deferred) for username '(?P<name>.*)'(?: \[CN SET\])?$"
)
_FAILED = re.compile(
    r"TLS Auth Error: Auth Username/Password verification failed for peer|TLS Error: Auth Username/Password"
)
_UNTRUSTED = re.compile(r"VERIFY ERROR: depth=0, error=(?P<why>[^:]*):.*?CN ?= ?(?P<name>[^,/]+)")
_GIVEN = re.compile(
    r"MULTI_sva: pool returned IPv4=(?P<given>[^,]*)(?:, IPv6=(?P<given6>\S+))?|MULTI: primary virtual IP for \S+: (?P<told>\S+)"
)
_ENDED = re.compile(
    r"SIG(?:TERM|USR1)\[(?:soft|hard),(?P<why>[^\]]*)\] received, client-instance (?:exiting|restarting)"
)
_SIGNS = re.compile(
    r"Peer Connection Initiated with \[AF_INET|: Username/Password authentication |client-instance (?:exiting|restarting)"
    r"|MULTI: primary virtual IP|VERIFY (?:OK|ERROR): depth=|MULTI_sva: pool returned|TLS Auth Error: Auth Username"
)

OTHER = Text("OpenVPN 的其他紀錄（金鑰交換、設定等）", "another record of OpenVPN's (keys, options …)")
NOT_ONE = Text(
    "這一行沒有時間，不是 OpenVPN 的日誌；請確認匯出時保留完整的行",
    "this line has no time and is no record of OpenVPN's log; check that the export keeps whole lines",
)
NO_TIME = Text(
    "這一行的時間不存在（例如 2 月 30 日或 25 時）；請查明主機的時鐘或檔案是否被改過",
    "the time of this line cannot be (as February 30 or 25 o'clock); find out whether the host's clock is wrong or the "
    "file was altered",
)


@dataclass
class _Peer:
    """What is known of a connection so far."""

    began_at_us: object = None
    name: str = ""
    by_password: bool = False


@dataclass
class _Gateway:
    """The connections of a log, by host, address and port."""

    system: str | None
    peers: dict[tuple[str, str], _Peer] = field(default_factory=dict)


def recognise(head: Head) -> Match | None:
    """By what only OpenVPN writes, among lines with a time."""
    lines = [line for line in head_lines(head)[:400] if line.strip()]
    if not lines or lines[0].lstrip().startswith(("{", "[", "<?xml")):
        return None
    signs = sum(1 for line in lines if _SIGNS.search(line))
    headed = sum(1 for line in lines if _STAMP.match(line) or "openvpn" in line[:100].lower())
    if not signs or 2 * headed < len(lines):
        return None
    return Match(85, f"{signs} of the first {len(lines)} lines are of connections of OpenVPN")


def read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    """The lines in file order."""
    gateway = _Gateway(context.settings.get("system"))
    zone = ZoneInfo(context.zone)
    for line in headed_lines(stream, context):
        if line.text is None:
            yield Reject(line.place, line.why)
        elif not line.text.strip():
            yield Skip(line.place, BLANK)
        else:
            yield _unit(line, line.text, gateway, zone)


def _unit(line: HeadedLine, text: str, gateway: _Gateway, zone: ZoneInfo) -> Unit:
    stamp = _STAMP.match(text)
    if stamp is not None:
        written, at_us = stamp[0].strip(), _moment(stamp, zone)
        host, message = gateway.system or "", text[stamp.end() :]
        micro = _MICROSECOND.match(message)
        if micro is not None:
            message = message[micro.end() :]
            at_us = at_us + int(micro[1]) if at_us is not None else None
    else:
        written, at_us, host, message = line.time, line.at_us, line.host or gateway.system or "", line.message
    rows = _rows(at_us, host, message, gateway)
    if not rows:
        return Skip(line.place, OTHER) if written else Reject(line.place, NOT_ONE, value=text[:200])
    if written and at_us is None:
        return Reject(line.place, NO_TIME, "happened_at_us", written)
    return Records(line.place, tuple(rows))


def _moment(stamp: "re.Match[str]", zone: ZoneInfo) -> int | None:
    try:
        local = (
            datetime.fromisoformat(stamp["iso"])
            if stamp["iso"]
            else datetime.strptime(stamp["word"], "%a %b %d %H:%M:%S %Y")  # noqa: DTZ007 - the zone follows
        )
    except ValueError:
        return None
    return int(local.replace(tzinfo=zone).astimezone(UTC).timestamp()) * 1_000_000 if local.year > 1970 else None


def _rows(at_us: int | None, host: str, message: str, gateway: _Gateway) -> list[Row]:
    """What a message says: a sign-in, a session's begin, address or end, or nothing."""
    found = _PEER.match(message)
    if found is None:
        return []
    place = f"{found['place']}:{found['port']}"
    where: dict[str, object] = {"source_address": origin(found["place"]).address, "source_port": port(found["port"])}
    said = _Said({"happened_at_us": at_us, "session_id": place}, where, host or None)
    told, name = message[found.end() :], (found["name"] or "").strip()
    return _checked(said, told, name, gateway, (host, place)) or _session(said, told, name, gateway, (host, place))


@dataclass(frozen=True)
class _Said:
    """What the rows of one line share."""

    shared: dict[str, object]
    where: dict[str, object]
    host: str | None

    @property
    def at_us(self) -> object:
        """When the line was written."""
        return self.shared["happened_at_us"]

    def sign_in(self, account: str, activity: str, outcome: str | None = None, method: str | None = None) -> Row:
        """A row of auth_events."""
        who, domain = account_and_domain(account)
        values = {"account": who, "account_domain": domain, "activity": activity, "outcome": outcome, "method": method}
        return Row("auth_events", {**self.shared, **self.where, **values, "host": self.host, "service": "openvpn"})

    def session(self, account: str, phase: str, **more: object) -> Row:
        """A row of remote_sessions."""
        who, domain = account_and_domain(account)
        values = {"account": who, "account_domain": domain, "phase": phase, "technique": "openvpn"}
        source = self.where["source_address"]
        return Row("remote_sessions", {**self.shared, **values, "source_address": source, "device": self.host, **more})


def _checked(said: _Said, told: str, name: str, gateway: _Gateway, key: tuple[str, str]) -> list[Row]:
    """What the line says of a check of name and password, or of a certificate."""
    if passed := _PASSED.match(told):
        gateway.peers[key] = _Peer(name=passed["name"], by_password=True)
        return [said.sign_in(passed["name"], "logon", "success", "password")]
    if _FAILED.match(told):
        return [said.sign_in(name, "logon", "failure", "password")]
    if untrusted := _UNTRUSTED.match(told):
        return [said.sign_in(untrusted["name"], "logon", "failure", "certificate")]
    return []


def _session(said: _Said, told: str, name: str, gateway: _Gateway, key: tuple[str, str]) -> list[Row]:
    """What the line says of a session."""
    if began := _BEGAN.match(told):
        known = gateway.peers.setdefault(key, _Peer())
        known.began_at_us = said.at_us
        known.name = known.name or began["name"]
        first = said.session(known.name, "began", began_at_us=said.at_us)
        return [first] if known.by_password else [said.sign_in(known.name, "logon", "success", "certificate"), first]
    if given := _GIVEN.match(told):
        address = origin(given["given"] or given["told"] or "").address or origin(given["given6"] or "").address
        known = gateway.peers.get(key, _Peer())
        row = said.session(known.name or name, "going_on", began_at_us=known.began_at_us, assigned_address=address)
        return [row] if address else []
    ended = _ENDED.match(told)
    known = gateway.peers.pop(key, _Peer()) if ended else _Peer()
    account = known.name or name
    if ended is None or not account:
        return []
    last = said.session(account, "ended", began_at_us=known.began_at_us, ended_at_us=said.at_us, reason=ended["why"])
    return [said.sign_in(account, "logoff"), last]


reader = RecordReader(
    name="openvpn",
    title=Text("OpenVPN 伺服器日誌", "OpenVPN server log"),
    version=1,
    tables=("auth_events", "remote_sessions"),
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
    excerpt=line_excerpt(),
)
