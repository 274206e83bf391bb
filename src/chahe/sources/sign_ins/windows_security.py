"""What Windows events say about sign-ins and privileges, however the event was stored. No reader of its own.

An event is given flat: the names under EventData or UserData with their values, and the values that have no name.

    4625  TargetUserName=wang.mei  TargetDomainName=BROKER  LogonType=10  IpAddress=192.0.2.7  IpPort=50122
    1102  SubjectUserName=admin01  SubjectDomainName=BROKER
    18456 (sa) ( Reason: Password did not match that for the login provided.) ( [CLIENT: 192.0.2.9])

Field names follow Microsoft's "Windows security audit events" reference. Machine accounts (`HOST$`), `SYSTEM` and
`ANONYMOUS LOGON` are rows like any other: the account's name says what they are, and the control decides.
Only the events of PLANS, clearings of a log (1102, 104) and sign-ins to SQL Server become rows.
`method` is the logon type's name for Windows, the kind of pre-authentication for Kerberos.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final

from chahe.sources.model import Records, Reject, Row, Skip, Unit
from chahe.sources.sign_ins.windows_plans import (
    AT_CONSOLE,
    CERTIFICATE,
    CLEARED,
    FROM_ELSEWHERE,
    LOGON_TYPES,
    PLANS,
    Event,
    Outcome,
    Plan,
)
from chahe.wording import Text

TABLE: Final = "auth_events"
SECURITY: Final = "Microsoft-Windows-Security-Auditing"
EVENT_LOG: Final = "Microsoft-Windows-Eventlog"

NO_EVENT_ID = Text(
    "事件沒有代碼（System/EventID），無法判斷種類；請由原主機重新匯出",
    "the event has no number (System/EventID), so its kind is unknown; export it again from its host",
)
BAD_TIME = Text(
    "事件時間（TimeCreated/SystemTime）不是 ISO 8601 的 UTC 時間；請由原主機重新匯出",
    "the event's time (TimeCreated/SystemTime) is not an ISO 8601 time in UTC; export it again from its host",
)
BAD_PORT = Text(
    "來源埠（IpPort）不是 0 至 65535 的數字；請由原主機重新匯出",
    "the source port (IpPort) is not a number from 0 to 65535; export the event again from its host",
)
NOT_OURS = Text(
    "事件 {code}（{provider}）不是登入、登出、使用權限、帳號異動或清除日誌",
    "event {code} ({provider}) is no sign-in, sign-off, use of privilege, change of account or clearing of a log",
)


_NAMELESS = frozenset({"", "-", "LOCAL"})
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_COMMON_NAME = re.compile(r"CN=((?:[^,\\]|\\.)+)", re.IGNORECASE)
_SQL_CLIENT = re.compile(r"\[CLIENT:\s*([^\]]*)\]")
_SQL_SIGN_INS = {"18453": ("success", "windows"), "18454": ("success", "password"), "18456": ("failure", None)}
_CLEARINGS = frozenset({"1102", "104"})
_NETWORK_POLICY = frozenset({"6272", "6273"})
_AUDIT_FAILURE = 0x0010000000000000
_AUDIT_SUCCESS = 0x0020000000000000


class _Unsound(Exception):
    """A value of a column that cannot be what it must be."""

    def __init__(self, why: Text, column: str, value: str) -> None:
        super().__init__(why.en)
        self.why = why
        self.column = column
        self.value = value


def unit_of(place: int, event: Event) -> Unit:
    """The one unit that an event is: a row of auth_events, a skip naming event and provider, or a reject."""
    if not event.code.isdecimal():
        return Reject(place, NO_EVENT_ID, "event_code", event.code[:200] or None)
    if not is_ours(event.code, event.provider):
        return Skip(place, not_ours(event.code[:12], event.provider[:80]))
    try:
        return Records(place, (Row(TABLE, _values(event)),))
    except _Unsound as fault:
        return Reject(place, fault.why, fault.column, fault.value[:200])


@lru_cache(maxsize=4096)
def not_ours(code: str, provider: str) -> Text:
    """Why an event of that number and provider is skipped."""
    return NOT_OURS.fill(code=code, provider=provider or "?")


@lru_cache(maxsize=1024)
def moment_us(text: str) -> int:
    """Microseconds since 1970 of a SystemTime; finer digits are cut. It is UTC by definition, `Z` or not.

    Raises ValueError when it is no such time.
    """
    found = _MOMENT.fullmatch(text)
    if found is None:
        raise ValueError(text)
    second, fraction, zone = found.groups()
    moment = datetime.fromisoformat(second + (zone or "Z"))
    return (moment - _EPOCH) // _MICROSECOND + int(((fraction or "") + "000000")[:6])


def is_ours(code: str, provider: str) -> bool:
    """Does an event of that number and provider become a row?"""
    if provider == SECURITY:
        return code in PLANS
    if provider == EVENT_LOG:
        return code in _CLEARINGS
    return code in _SQL_SIGN_INS and provider.upper().startswith("MSSQL")


def _values(event: Event) -> dict[str, object]:
    """The columns of the row of an event that is ours."""
    if event.provider == SECURITY:
        values = _planned(PLANS[event.code], event)
        if event.code in _NETWORK_POLICY:
            _network_policy(values, event.data)
    elif event.provider == EVENT_LOG:
        values = _planned(CLEARED, event)
    else:
        values = _sql_server(event)
    values["happened_at_us"] = _moment(event.moment)
    values["host"] = event.computer or None
    values["event_code"] = event.code
    return values


def _planned(plan: Plan, event: Event) -> dict[str, object]:
    data = event.data
    account, domain = _account(event.code, data, plan)
    address = _named(data.get(plan.address))
    values: dict[str, object] = {
        "activity": plan.activity,
        "outcome": _outcome(plan.outcome, event),
        "account": account,
        "account_domain": domain,
        "service": "windows",
        "source_host": _host_name(data.get(plan.source_host)),
        "source_address": address,
        "source_port": _port(data.get(plan.port)) if plan.address else None,
        "session_id": _named(data.get(plan.session)),
    }
    if plan.target:
        values["target_account"] = _target(plan, data)
    if plan.method:
        values["method"] = _method(plan.method, data)
    if plan.method == "logon_type" or plan.account == "AccountName":
        values["local_console"] = _at_console(data, address)
    return values


def _named(value: object) -> str | None:
    """A field's value; Windows writes '-' where there is none, and LOCAL for the console's own session."""
    if isinstance(value, int):
        return str(value)
    text = value.strip() if isinstance(value, str) else ""
    return None if text in _NAMELESS else text


def _host_name(text: object) -> str | None:
    name = _named(text)
    return name.lstrip("\\") or None if name else None


def _account(code: str, data: Mapping[str, object], plan: Plan) -> tuple[str | None, str | None]:
    account = _named(data.get(plan.account))
    domain = _named(data.get(plan.domain))
    if account and code == "4769":
        # Written as user@REALM there, and bare everywhere else; joins need one form.
        account = account.partition("@")[0] or account
    if code == "4771" and domain is None:
        domain = (_named(data.get("ServiceName")) or "").partition("/")[2] or None
    return account, domain


def _target(plan: Plan, data: Mapping[str, object]) -> str | None:
    for name in plan.target:
        if value := _named(data.get(name)):
            common_name = _COMMON_NAME.match(value) if name == "MemberName" else None
            return common_name[1].replace("\\", "") if common_name else value
    return None


def _outcome(how: Outcome | None, event: Event) -> str | None:
    if how in ("success", "failure", None):
        return how
    if how == "status" and (status := _hexadecimal(_named(event.data.get("Status")))) is not None:
        return "failure" if status else "success"
    keywords = _hexadecimal(event.keywords) or 0
    if keywords & _AUDIT_FAILURE:
        return "failure"
    return "success" if keywords & _AUDIT_SUCCESS else None


@lru_cache(maxsize=256)
def _hexadecimal(text: str | None) -> int | None:
    try:
        return int(text or "", 16)
    except ValueError:
        return None


def _port(text: object) -> int | None:
    written = _named(text)
    if written is None:
        return None
    if not (written.isascii() and written.isdecimal() and int(written[:9]) <= 65535):
        raise _Unsound(BAD_PORT, "source_port", written)
    return int(written) or None


def _method(how: str, data: Mapping[str, object]) -> str | None:
    if how == "ntlm":
        return how
    if how == "logon_type":
        number = _named(data.get("LogonType"))
        return LOGON_TYPES.get(number, f"logon_type_{number[:20]}") if number else None
    number = _named(data.get("PreAuthType")) or ""
    if number in CERTIFICATE:
        return "certificate"
    return "password" if number == "2" else None


def _at_console(data: Mapping[str, object], address: str | None) -> bool | None:
    """Null for logons that no person made at any terminal: services, batch jobs, the system itself."""
    if "ClientAddress" in data:
        return str(data["ClientAddress"]).strip() == "LOCAL" or _is_loopback(address)
    logon_type = _named(data.get("LogonType"))
    if logon_type in AT_CONSOLE:
        # Unlocking a remote session is written as type 7, too, with the far address.
        return address is None or _is_loopback(address)
    return False if logon_type in FROM_ELSEWHERE else None


@lru_cache(maxsize=4096)
def _is_loopback(text: str | None) -> bool:
    address = _ip(text)
    return address is not None and address.is_loopback


def _ip(text: str | None) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text or "")
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _network_policy(values: dict[str, object], data: Mapping[str, object]) -> None:
    """A calling station is an address for a tunnel and a hardware address for a wireless client."""
    values["service"] = "nps"
    values["method"] = _named(data.get("EAPType")) or _named(data.get("AuthenticationType"))
    station = _named(data.get("CallingStationID"))
    if _ip(station) is not None:
        values["source_address"], values["source_host"] = station, None


def _sql_server(event: Event) -> dict[str, object]:
    """SQL Server writes the login, then (for failures) the reason, then the client, without names."""
    outcome, method = _SQL_SIGN_INS[event.code]
    items = [item.strip() for item in event.items]
    client = next((found[1].strip() for item in items if (found := _SQL_CLIENT.search(item))), "")
    domain, _, account = (items[0] if items else "").rpartition("\\")
    return {
        "activity": "logon",
        "outcome": outcome,
        "account": account or None,
        "account_domain": domain or None,
        "source_address": client if _ip(client) is not None else None,
        "local_console": True if client == "<local machine>" else None,
        "method": method,
        "service": "mssql",
    }


def _moment(text: str | None) -> int | None:
    if text is None:
        return None
    try:
        return moment_us(text)
    except (ValueError, OverflowError):
        raise _Unsound(BAD_TIME, "happened_at_us", text) from None
