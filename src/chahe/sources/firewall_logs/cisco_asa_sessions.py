"""Sign-ins and remote sessions among messages of ASA and FTD: AnyConnect, WebVPN, IPsec clients, administrators. No reader of its own.

    %ASA-6-113039: Group <staff> User <mei> IP <192.0.2.7> AnyConnect parent session started.
    %ASA-4-722051: Group <staff> User <mei> IP <192.0.2.7> IPv4 Address <10.9.0.7> IPv6 address <::> assigned to session
    %ASA-4-113019: Group = staff, Username = mei, IP = 192.0.2.7, Session disconnected. Session Type: SSL, Duration: 2h:28m:09s, Bytes xmt: 54735, Bytes rcv: 2747, Reason: Idle Timeout
    %ASA-6-113015: AAA user authentication Rejected : reason = Invalid password : local database : user = mei : user IP = 192.0.2.7
    %ASA-6-605005: Login permitted from 10.1.1.5/50122 to inside:10.1.1.1/ssh for user "admin"

One sign-in is told by several messages. The one that counts is the session's begin (113039, 716001, 713228) for who comes from
outside, 605005 for administrators, and the refusal (113005, 113015, 605004) of either; the others are kept as `other`. Bytes
transmitted are those sent to the far end. `mei@corp.example` and `CORP\\mei` are parted; masked names (`*****`) are none.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from chahe.sources.firewall_logs.gateway_events import GatewayEvents, Line, extras
from chahe.sources.model import Extra
from chahe.sources.reading.origins import account_and_domain, origin, port

_WHO = r"Group <(?P<group>[^>]*)> User <(?P<user>[^>]*)> IP <(?P<from>[^>]*)>"
_AAA = r"AAA user \S+ (?:Successful|[Rr]ejected) *:.*?\b[uU]ser = *(?P<user>[^\s:,]+)(?:.*?user IP = *(?P<from>\S+))?"


class _Message(NamedTuple):
    pattern: "re.Pattern[str]"
    activity: str | None = None
    outcome: str | None = None
    service: str | None = "asa"
    phase: str | None = None


def _message(
    pattern: str,
    activity: str | None = None,
    outcome: str | None = None,
    service: str | None = "asa",
    *,
    phase: str | None = None,
) -> _Message:
    return _Message(re.compile(pattern), activity, outcome, service, phase)


_REFUSED, _CHECKED, _TOLD = ("logon", "failure"), ("other", "success"), ("other", "failure")
_MESSAGES: Mapping[str, _Message] = {
    # Sessions of people from outside.
    "113039": _message(_WHO + r" AnyConnect parent session started", "logon", "success", "anyconnect", phase="began"),
    "716001": _message(_WHO + r" WebVPN session started", "logon", "success", "webvpn", phase="began"),
    "713228": _message(
        r"(?:Group = (?P<group>[^,]*), )?Username = (?P<user>[^,]*), IP = (?P<from>[^,]*),? Assigned private IP address "
        r"(?P<given>\S+) to remote user", "logon", "success", "ipsec", phase="began",
    ),
    "722051": _message(
        _WHO + r" (?:IPv4 )?Address <(?P<given>[^>]*)>(?: IPv6 address <(?P<given6>[^>]*)>)? assigned", phase="going_on"
    ),
    "113019": _message(
        r"Group = (?P<group>[^,]*), Username = (?P<user>.*?), IP = (?P<from>[^,]*), Session disconnected\. Session Type: "
        r"(?P<type>[^,]*), Duration: (?P<length>[^,]*), Bytes xmt: (?P<sent>\d+), Bytes rcv: (?P<received>\d+)"
        r"(?:, Reason: (?P<reason>.*))?", "logoff", None, phase="ended",
    ),
    "716038": _message(_WHO + r" Authentication: successful", *_CHECKED, "webvpn"),
    "716039": _message(_WHO + r" Authentication: rejected", *_REFUSED, "webvpn"),
    # Checks of names and passwords, for sessions and administrators alike.
    "113004": _message(_AAA, *_CHECKED, "aaa"),
    "113012": _message(_AAA, *_CHECKED, "aaa"),
    "113005": _message(_AAA, *_REFUSED, "aaa"),
    "113015": _message(_AAA, *_REFUSED, "aaa"),
    "113006": _message(r"User '?(?P<target>[^\s']+)'? locked out", "account_change", "success"),
    "113007": _message(r"User '?(?P<target>[^\s']+)'? unlocked by '?(?P<user>[^\s']+)", "account_change", "success"),
    # Administrators of the firewall itself.
    "605005": _message(r'Login permitted from (?P<from>\S+) to (?P<to>\S+) for user "(?P<user>[^"]*)"', "logon", "success"),
    "605004": _message(r'Login denied from (?P<from>\S+) to (?P<to>\S+) for user "(?P<user>[^"]*)"', *_REFUSED),
    "611101": _message(r"authentication succeeded: (?:IP address: (?P<from>[^\s,]+), )?Uname: (?P<user>[^\s,]+)", *_CHECKED),
    "611102": _message(r"authentication failed: (?:IP address: (?P<from>[^\s,]+), )?Uname: (?P<user>[^\s,]+)", *_TOLD),
    "611103": _message(r"User logged out: Uname: (?P<user>[^\s,]+)", "logoff", None),
    "308001": _message(r"(?:console )?enable password incorrect.*?\(from (?P<from>[^)]+)\)", "privilege_use", "failure", "enable"),
    "502103": _message(r"User priv level changed: Uname: (?P<user>\S+) From: (?P<old>\d+) To: (?P<new>\d+)", "privilege_use", "success", "enable"),
    "502101": _message(r"New user added to local dbase: Uname: (?P<target>\S+)", "account_change", "success"),
    "502102": _message(r"User deleted from local dbase: Uname: (?P<target>\S+)", "account_change", "success"),
}  # fmt: skip
_LENGTH = re.compile(r"(?:(\d{1,5})d )?(\d{1,3})h:(\d{1,2})m:(\d{1,2})s", re.ASCII)
_MASKED = re.compile(r"\*+")
_TECHNIQUES = {"ssl": "anyconnect", "anyconnect-parent": "anyconnect", "clientless": "webvpn", "webvpn": "webvpn"}


def read(lines: Iterator[Line]) -> Iterator[GatewayEvents]:
    """What each message says of a sign-in and of a session; nothing where it says neither."""
    for line in lines:
        message = _MESSAGES.get(str(line.row["event_code"]))
        found = message.pattern.search(line.text) if message else None
        yield GatewayEvents() if message is None or found is None else _events(line, message, found.groupdict())


def _events(line: Line, message: _Message, told: Mapping[str, str | None]) -> GatewayEvents:
    user, target = (told.get(name) or "" for name in ("user", "target"))
    account, domain = account_and_domain("" if _MASKED.fullmatch(user) else user)
    where = told.get("from") or ""
    place, _, number = where.partition("/")
    found = origin(place)
    shared = {"account": account, "account_domain": domain, "source_address": found.address, "source_host": found.host}
    sign_in = None
    if message.activity is not None:
        sign_in = {
            **shared,
            "source_host": None if place == "serial" else found.host,
            "source_port": port(number),
            "activity": message.activity,
            "outcome": message.outcome,
            "service": _service(message, told),
            "target_account": target or None,
            "local_console": True if place in ("serial", "console") else None,
        }
    if message.phase is None:
        return GatewayEvents(sign_in)
    given = origin(told.get("given") or "").address or origin(told.get("given6") or "").address
    session = {
        **shared,
        "phase": message.phase,
        "assigned_address": given,
        "profile": told.get("group"),
        "technique": _service(message, told),
        "bytes_to_client": _count(told.get("sent")),
        "bytes_from_client": _count(told.get("received")),
        "reason": told.get("reason"),
    }
    return GatewayEvents(sign_in, {**session, **line.lasted(message.phase, _seconds(told.get("length") or ""))})


def _service(message: _Message, told: Mapping[str, str | None]) -> str | None:
    """How somebody came in: of an end, the session's type; of an administrator, the service signed in to."""
    kind = (told.get("type") or "").lower()
    if kind:
        return _TECHNIQUES.get(kind, kind)
    if told.get("to"):
        return (told["to"] or "").rpartition("/")[2] or message.service
    return None if message.phase == "going_on" else message.service


def _seconds(length: str) -> int | None:
    found = _LENGTH.search(length)
    if found is None:
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds


def _count(text: str | None) -> int | None:
    return int(text) if text and len(text) <= 18 else None


EXTRAS: tuple[Extra, ...] = extras(read, kinds=("vpn", "admin"))
