"""Which Windows security events become rows of auth_events, and which field fills which column: data, no reader.

The numbers and fields are those of Microsoft's "Windows security audit events" reference. Groups that are created,
changed or deleted are not here; members that are added to them or taken from them are.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal, NamedTuple


class Event(NamedTuple):
    """One event of a Windows log, flattened."""

    code: str
    """System/EventID."""
    provider: str
    moment: str | None
    """System/TimeCreated/@SystemTime as written."""
    computer: str | None
    keywords: str | None
    """Hexadecimal; two bits of it say audit success or audit failure."""
    data: Mapping[str, object]
    """EventData or UserData by name; whole numbers may be numbers or digits, what is neither text nor number is nothing."""
    items: tuple[str, ...] = ()
    """Values of EventData that carry no name, in order."""


Outcome = Literal["success", "failure", "status", "keywords"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Which field of an event fills which column."""

    activity: str
    outcome: Outcome | None = "keywords"
    account: str = "SubjectUserName"
    domain: str = "SubjectDomainName"
    target: tuple[str, ...] = ()
    """Fields that may name the account switched to or changed; the first that is filled counts."""
    source_host: str = ""
    address: str = ""
    port: str = "IpPort"
    session: str = "SubjectLogonId"
    method: Literal["", "logon_type", "kerberos", "ntlm"] = ""


_LOGON = Plan(
    activity="logon",
    outcome="success",
    account="TargetUserName",
    domain="TargetDomainName",
    source_host="WorkstationName",
    address="IpAddress",
    session="TargetLogonId",
    method="logon_type",
)
_FAILED_LOGON = Plan(
    activity="logon",
    outcome="failure",
    account="TargetUserName",
    domain="TargetDomainName",
    source_host="WorkstationName",
    address="IpAddress",
    session="",
    method="logon_type",
)
_EXPLICIT = Plan(activity="logon", outcome=None, target=("TargetUserName",), address="IpAddress")
_LOGOFF = Plan(
    activity="logoff",
    outcome="success",
    account="TargetUserName",
    domain="TargetDomainName",
    session="TargetLogonId",
    method="logon_type",
)
_KERBEROS = Plan(
    activity="logon",
    outcome="status",
    account="TargetUserName",
    domain="TargetDomainName",
    address="IpAddress",
    session="",
    method="kerberos",
)
_TICKET = Plan(
    activity="other",
    outcome="status",
    account="TargetUserName",
    domain="TargetDomainName",
    address="IpAddress",
    session="",
)
_NTLM = Plan(
    activity="logon",
    outcome="status",
    account="TargetUserName",
    domain="",
    source_host="Workstation",
    session="",
    method="ntlm",
)
_PRIVILEGE = Plan(activity="privilege_use")
_CHANGE = Plan(activity="account_change", target=("TargetUserName",))
_RENAMED = Plan(activity="account_change", target=("OldTargetUserName",))
_MEMBER = Plan(activity="account_change", target=("MemberName", "MemberSid"))
_RIGHT = Plan(activity="account_change", target=("TargetSid",))
_LOCKED = Plan(activity="account_change", target=("TargetUserName",), source_host="TargetDomainName")
_RESTORE_MODE = Plan(activity="account_change", outcome="status", source_host="Workstation")
_SESSION = Plan(
    activity="logon",
    outcome="success",
    account="AccountName",
    domain="AccountDomain",
    source_host="ClientName",
    address="ClientAddress",
    session="LogonID",
)
_SESSION_LEFT = replace(_SESSION, activity="logoff")
_NETWORK_POLICY = Plan(activity="logon", outcome="success", source_host="CallingStationID", port="", session="")
_NETWORK_POLICY_REFUSED = replace(_NETWORK_POLICY, outcome="failure")
CLEARED: Final = Plan(activity="log_cleared", outcome="success")

_ACCOUNT_CHANGES = "4720 4722 4723 4724 4725 4726 4738 4741 4742 4743 4765 4766 4767"
_MEMBERS = "4728 4729 4732 4733 4756 4757"
_RIGHTS = "4704 4705 4717 4718"
PLANS: Final[Mapping[str, Plan]] = {
    "4624": _LOGON,
    "4625": _FAILED_LOGON,
    "4634": _LOGOFF,
    "4647": _LOGOFF,
    "4648": _EXPLICIT,
    "4672": _PRIVILEGE,
    "4673": _PRIVILEGE,
    "4674": _PRIVILEGE,
    "4740": _LOCKED,
    "4768": _KERBEROS,
    "4769": _TICKET,
    "4771": _KERBEROS,
    "4776": _NTLM,
    "4777": _NTLM,
    "4778": _SESSION,
    "4779": _SESSION_LEFT,
    "4781": _RENAMED,
    "4794": _RESTORE_MODE,
    "6272": _NETWORK_POLICY,
    "6273": _NETWORK_POLICY_REFUSED,
    **dict.fromkeys(_ACCOUNT_CHANGES.split(), _CHANGE),
    **dict.fromkeys(_MEMBERS.split(), _MEMBER),
    **dict.fromkeys(_RIGHTS.split(), _RIGHT),
}
"""Events of the security audit by number."""

LOGON_TYPES: Final = {
    "0": "system",
    "2": "interactive",
    "3": "network",
    "4": "batch",
    "5": "service",
    "7": "unlock",
    "8": "network_cleartext",
    "9": "new_credentials",
    "10": "remote_interactive",
    "11": "cached_interactive",
    "12": "cached_remote_interactive",
    "13": "cached_unlock",
}
AT_CONSOLE: Final = frozenset({"2", "7", "11", "13"})
FROM_ELSEWHERE: Final = frozenset({"3", "8", "10", "12"})
CERTIFICATE: Final = frozenset({"14", "15", "16", "17"})
"""Pre-authentication with a public key (RFC 4556, and Windows' older numbers for it)."""
