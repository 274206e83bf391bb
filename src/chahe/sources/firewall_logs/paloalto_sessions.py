"""Sign-ins and remote sessions among Palo Alto's records: GlobalProtect, administrators, authentications. No reader of its own.

    1,2026/11/22 09:00:01,0070…,GLOBALPROTECT,0,2561,2026/11/22 09:00:00,vsys1,gateway-connected,connected,,IPSec,corp\\\\mei,TW,WS-31,192.0.2.7,0.0.0.0,10.9.0.7,…
    1,2026/11/22 09:00:02,0070…,SYSTEM,auth,2561,2026/11/22 09:00:02,,auth-fail,LDAP,0,0,general,medium,"failed authentication for user 'mei'. … From: 10.1.1.5.",…
    {"LogType":"GLOBALPROTECT","EventIDValue":"gateway-logout","SourceUserName":"mei@corp.example","PrivateIPv4":"10.9.0.7","LoginDuration":3625,…}

A check of name and password at the portal or the gateway is a sign-in; the session begins when the tunnel stands
(`gateway-connected`) and ends with `gateway-logout`. PAN-OS before 9.1 tells the same in words of the system log. That an
administrator `logged in` repeats the check and is kept as `other`. Ids are those of PAN-OS's documentation of log fields.
"""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from chahe.sources.firewall_logs.gateway_events import GatewayEvents, Line, extras
from chahe.sources.model import Extra
from chahe.sources.reading.origins import account_and_domain, origin
from chahe.sources.scanning.key_values import cef_parts

_CHECKS = frozenset(["portal-auth", "gateway-auth", "gw-auth", "gateway-auth-fail", "portal-auth-fail"])
_PHASES = {"gateway-connected": "began", "gateway-logout": "ended"}
_SYSTEM_CHECK = re.compile(r"globalprotect(?:gateway|portal)-auth-(succ|fail)|auth-(success|fail)")
_SYSTEM_PHASES = {
    "globalprotectgateway-login-succ": "began",
    "globalprotectgateway-config-succ": "going_on",
    "globalprotectgateway-logout-succ": "ended",
}
_PRIVATE = re.compile(r"Private IP: ([0-9A-Fa-f.:]+)")
_REASON = re.compile(r"Reason: ([^,.]+)")
_ADMINISTRATOR = re.compile(r"\bUser (\S+) (logged (?:in|out)) via (\S+) from (\S+)")
_CSV_START = re.compile(r"[^,]*\b\d+,\d{4}/\d\d/\d\d ")
_LEEF_KEY = re.compile(r"[A-Za-z0-9]+")
# Places in the record behind the type: PAN-OS 9.1.3 and later.
_PLACES = {
    "EventIDValue": 5, "TunnelType": 8, "SourceUserName": 9, "EndpointDeviceName": 11, "PublicIPv4": 12, "PublicIPv6": 13,
    "PrivateIPv4": 14, "PrivateIPv6": 15, "QuarantineReason": 22, "Description": 24, "EventStatus": 25, "LoginDuration": 27,
    "Portal": 30,
}  # fmt: skip


class _Tunnel(NamedTuple):
    """What a GlobalProtect record says."""

    event: str
    status: str
    user: str
    computer: str
    given: str | None
    seconds: int | None
    portal: str | None
    why: str | None


def read(lines: Iterator[Line]) -> Iterator[GatewayEvents]:
    """What each record says of a sign-in and of a session; nothing where it says neither."""
    for line in lines:
        fields = _fields(line.text)
        if fields is not None:
            yield _globalprotect(line, _tunnel(fields))
        else:
            yield _system(line)


def _globalprotect(line: Line, told: _Tunnel) -> GatewayEvents:
    account, domain = account_and_domain(told.user)
    shared = {
        "account": account,
        "account_domain": domain,
        "source_address": line.row["source_address"],
        "source_host": told.computer or None,
    }
    if told.event in _CHECKS:
        outcome = "failure" if told.status == "failure" or told.event.endswith("fail") else "success"
        return GatewayEvents({**shared, "activity": "logon", "outcome": outcome, "service": "globalprotect"})
    phase = _PHASES.get(told.event)
    if phase is None or told.status == "failure":
        return GatewayEvents()
    session = {
        **shared,
        "phase": phase,
        "assigned_address": told.given,
        "technique": "globalprotect",
        "profile": told.portal,
        "reason": told.why if phase == "ended" else None,
        **line.lasted(phase, told.seconds or None),
    }
    sign_off = {**shared, "activity": "logoff", "service": "globalprotect"} if phase == "ended" else None
    return GatewayEvents(sign_off, session)


def _system(line: Line) -> GatewayEvents:
    code = str(line.row["event_code"])
    shared = {"account": line.row["account"], "source_address": line.row["source_address"]}
    if shared["account"] is None:
        return GatewayEvents()
    check = _SYSTEM_CHECK.fullmatch(code)
    if check:
        refused = "fail" in (check[1] or check[2]) or "failed authentication" in line.text
        outcome = "failure" if refused else "success"
        service = "globalprotect" if check[1] else "pan-os"
        return GatewayEvents({**shared, "activity": "logon", "outcome": outcome, "service": service})
    phase = _SYSTEM_PHASES.get(code)
    if phase is not None:
        given, why = _PRIVATE.search(line.text), _REASON.search(line.text)
        session = {
            **shared,
            "phase": phase,
            "assigned_address": given[1] if given else None,
            "technique": "globalprotect",
            "reason": why[1] if why and phase == "ended" else None,
            **line.lasted(phase, None),
        }
        sign_off = {**shared, "activity": "logoff", "service": "globalprotect"} if phase == "ended" else None
        return GatewayEvents(sign_off, session)
    administrator = _ADMINISTRATOR.search(line.text)
    if administrator is None:
        return GatewayEvents()
    came = origin(administrator[4].strip("'\"."))
    return GatewayEvents(
        {
            **shared,
            "source_address": shared["source_address"] or came.address,
            "activity": "logoff" if administrator[2] == "logged out" else "other",
            "outcome": "success" if administrator[2] == "logged in" else None,
            "local_console": True if administrator[4].lower().startswith("console") else None,
            "service": administrator[3].lower(),
        }
    )


def _fields(text: str) -> Mapping[str, str] | None:
    """The fields of a GlobalProtect record under the logging service's names, in whichever form; null for other records."""
    if "GLOBALPROTECT" not in text:
        return None
    brace = text.find("{")
    if brace >= 0 and text.rstrip().endswith("}"):
        return _object(text[brace:])
    told = cef_parts(text)
    if told is not None and "Palo Alto" in told[0][0]:
        return {key.removeprefix("PanOS"): value for key, value in told[1].items()}
    if "LEEF:" in text:
        parts = (part.partition("=") for part in re.split(r"[\t|]", text))
        return {key: value for key, sign, value in parts if sign and _LEEF_KEY.fullmatch(key)}
    start = _CSV_START.match(text)
    values = next(csv.reader([text[start.end() - 11 :] if start else text]), [])
    if "GLOBALPROTECT" not in values:
        return None
    begin = values.index("GLOBALPROTECT")
    return {name: values[begin + place] for name, place in _PLACES.items() if begin + place < len(values)}


def _object(text: str) -> Mapping[str, str] | None:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return {key: "" if item is None else str(item) for key, item in value.items()} if isinstance(value, dict) else None


def _tunnel(fields: Mapping[str, str]) -> _Tunnel:
    def said(*names: str) -> str:
        return next((value for name in names if (value := fields.get(name, "").strip())), "")

    seconds = said("LoginDuration")
    return _Tunnel(
        said("EventIDValue", "EventID").lower(),
        said("EventStatus").lower(),
        said("SourceUserName", "SourceUser", "suser", "usrName").replace("\\\\", "\\"),
        said("EndpointDeviceName", "machinename"),
        origin(said("PrivateIPv4")).address or origin(said("PrivateIPv6")).address,
        int(seconds) if seconds.isascii() and seconds.isdigit() and len(seconds) < 10 else None,
        said("Portal") or None,
        said("Description", "QuarantineReason") or None,
    )


EXTRAS: tuple[Extra, ...] = extras(read, kinds=("vpn", "admin"))
