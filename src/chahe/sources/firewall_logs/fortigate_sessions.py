"""Sign-ins and remote sessions among FortiGate's events: SSL-VPN, dial-up IPsec, administrators. No reader of its own.

    … type="event" subtype="vpn" action="tunnel-up" tunneltype="ssl-tunnel" tunnelid=105 remip=192.0.2.7 tunnelip=10.9.0.7 user="mei" group="vpn"
    … type="event" subtype="vpn" action="tunnel-down" tunnelid=105 user="mei" duration=147 sentbyte=2284 rcvdbyte=2630 reason="…"
    … type="event" subtype="vpn" action="ssl-login-fail" remip=192.0.2.7 user="mei" reason="sslvpn_login_permission_denied"
    … type="event" subtype="system" action="login" status="success" user="admin" ui="https(10.1.1.5)" method="https"

Of a tunnel, `tunnelip` or `assignip` is the address given, `sentbyte` what the firewall sent to the far end. A tunnel between
sites has no user, and is no session of a person's. An administrator's sign-in is one to the firewall itself.
"""

import re
from collections.abc import Iterator, Mapping

from chahe.sources.firewall_logs.gateway_events import GatewayEvents, Line, extras
from chahe.sources.model import Extra
from chahe.sources.reading.origins import account_and_domain
from chahe.sources.scanning.key_values import cef_parts, pairs

_CEF_PREFIX = re.compile(r"^(?:FTNTFGT|FortinetFortiGate|ad\.)")
_CEF_NAMES = {
    "act": "action",
    "duser": "user",
    "src": "remip",
    "out": "sentbyte",
    "in": "rcvdbyte",
    "outcome": "status",
}
_NOTHING = frozenset({"", "N/A", "(null)", "none"})
_PHASES = {"tunnel-up": "began", "tunnel-down": "ended", "tunnel-stats": "going_on"}
_REFUSED = frozenset({"ssl-login-fail", "ssl-exit-fail"})
_STATION = re.compile(r"\(([0-9A-Fa-f.:]+)\)")
_KEYS = re.compile(r"[A-Za-z_]+=")
_OF_PEOPLE = re.compile(r"act(?:ion)?=\"?(?:login|logout|authentication)\b")


def _fields(text: str) -> Mapping[str, str]:
    """The fields of a line under FortiOS's own keys, in whichever form it comes."""
    told = cef_parts(text)
    if told is None:
        first = _KEYS.search(text)
        body = text[first.start() :] if first else text
        comma = re.match(r'[A-Za-z_]+=(?:"[^"]*"|[^ ,"]*),[A-Za-z_]', body)
        return pairs(body, "," if comma else " ") or {}
    named: dict[str, str] = {}
    for key, value in told[1].items():
        bare = _CEF_PREFIX.sub("", key)
        named.setdefault(_CEF_NAMES.get(bare, bare), value.strip('"'))
    return named


def _said(fields: Mapping[str, str], *keys: str) -> str | None:
    return next((value for key in keys if (value := fields.get(key, "").strip()) not in _NOTHING), None)


def _number(fields: Mapping[str, str], key: str) -> int | None:
    text = fields.get(key, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


def read(lines: Iterator[Line]) -> Iterator[GatewayEvents]:
    """What each line says of a sign-in and of a session; nothing where it says neither."""
    for line in lines:
        # Most of a system's events are of leases and of load.
        fields = _fields(line.text) if line.kind == "vpn" or _OF_PEOPLE.search(line.text) else {}
        action, user = _said(fields, "action"), _said(fields, "user", "xauthuser")
        if user is None or action is None:
            yield GatewayEvents()
        elif line.kind == "vpn":
            yield _tunnel(line, fields, action, user)
        else:
            yield _administrator(fields, action, user)


def _tunnel(line: Line, fields: Mapping[str, str], action: str, user: str) -> GatewayEvents:
    account, domain = account_and_domain(user)
    source = _said(fields, "remip")
    shared = {
        "account": account,
        "account_domain": domain,
        "source_address": source,
        "session_id": _said(fields, "tunnelid"),
    }
    technique = _said(fields, "tunneltype") or "ipsec"
    if action in _REFUSED:
        return GatewayEvents(
            {**shared, "session_id": None, "activity": "logon", "outcome": "failure", "service": technique}
        )
    phase = _PHASES.get(action)
    if phase is None:
        return GatewayEvents()
    session = {
        **shared,
        "phase": phase,
        "assigned_address": _said(fields, "tunnelip", "assignip"),
        "bytes_to_client": _number(fields, "sentbyte"),
        "bytes_from_client": _number(fields, "rcvdbyte"),
        "technique": technique,
        "profile": _said(fields, "group", "xauthgroup", "vpntunnel"),
        "reason": _said(fields, "reason") if phase == "ended" else None,
    }
    activity = {"began": ("logon", "success"), "ended": ("logoff", None)}.get(phase)
    sign_in = {**shared, "activity": activity[0], "outcome": activity[1], "service": technique} if activity else None
    return GatewayEvents(sign_in, {**session, **line.lasted(phase, _number(fields, "duration"))})


def _administrator(fields: Mapping[str, str], action: str, user: str) -> GatewayEvents:
    if action not in ("login", "logout", "authentication"):
        return GatewayEvents()
    status = (fields.get("status") or "").lower()
    station = _STATION.search(fields.get("ui", "") or fields.get("sproc", ""))
    account, domain = account_and_domain(user)
    return GatewayEvents(
        {
            "activity": "logoff" if action == "logout" else "logon",
            "outcome": "failure" if status.startswith("fail") else "success" if status.startswith("succ") else None,
            "account": account,
            "account_domain": domain,
            "source_address": _said(fields, "srcip", "remip") or (station[1] if station else None),
            "local_console": True if fields.get("ui", "").startswith(("console", "jsconsole")) else None,
            "session_id": _said(fields, "sn"),
            "service": "firewall-policy" if action == "authentication" else "fortigate",
        }
    )


EXTRAS: tuple[Extra, ...] = extras(read, kinds=("vpn", "admin", "system"))
