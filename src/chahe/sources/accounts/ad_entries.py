"""What an entry of Active Directory says: a user with its groups, or a password policy ([MS-ADTS], [MS-SAMR])."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from chahe.sources.accounts.directory_values import (
    days_of_interval,
    filetime,
    flag,
    generalised_time,
    integer,
    parts,
    sid,
)
from chahe.sources.accounts.ldif import Entry
from chahe.sources.model import Row

WANTED = frozenset(
    {
        "objectclass",
        "samaccountname",
        "objectsid",
        "displayname",
        "cn",
        "useraccountcontrol",
        "pwdlastset",
        "lastlogon",
        "lastlogontimestamp",
        "accountexpires",
        "whencreated",
        "memberof",
        "primarygroupid",
        "minpwdlength",
        "pwdproperties",
        "lockoutthreshold",
        "maxpwdage",
        "msds-minimumpasswordlength",
        "msds-passwordcomplexityenabled",
        "msds-lockoutthreshold",
        "msds-maximumpasswordage",
    }
)
"""The attributes that are read, lower-case."""

_DISABLED = 0x2
_NO_PASSWORD = 0x20
_MACHINE = 0x1000 | 0x2000 | 0x800
"""Workstation, server and inter-domain trust accounts."""
_SMART_CARD = 0x40000
_COMPLEX = 0x1
_TOP = frozenset({"domain admins", "enterprise admins", "schema admins", "administrators"})
_PRIMARY_GROUPS = {
    "512": "Domain Admins",
    "513": "Domain Users",
    "514": "Domain Guests",
    "518": "Schema Admins",
    "519": "Enterprise Admins",
}
"""Well-known groups by the last part of their SID; a primary group is missing from memberOf."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_T = TypeVar("_T")


class Place(NamedTuple):
    """Where and when the directory was read."""

    system: str
    zone: ZoneInfo
    observed_at_us: int


class Missing(Exception):
    """An attribute without which the entry is no evidence."""

    def __init__(self, attribute: str, column: str) -> None:
        super().__init__(attribute)
        self.attribute = attribute
        self.column = column


class Wrong(Exception):
    """A value that its attribute cannot have."""

    def __init__(self, attribute: str, column: str, value: str) -> None:
        super().__init__(attribute)
        self.attribute = attribute
        self.column = column
        self.value = value


def kind(entry: Entry) -> str | None:
    """'user', 'computer', 'group', 'domain', 'fine policy' or 'other'; null where the entry does not say."""
    classes = {name.lower() for name in entry.values.get("objectclass", ())}
    for name, what in (
        ("computer", "computer"),
        ("msds-groupmanagedserviceaccount", "computer"),
        ("user", "user"),
        ("inetorgperson", "user"),
        ("group", "group"),
        ("domaindns", "domain"),
        ("msds-passwordsettings", "fine policy"),
    ):
        if name in classes:
            return what
    if classes:
        return "other"
    return _kind_by_attributes(entry)


def user(entry: Entry, place: Place) -> tuple[Row, ...]:
    """The account and its rights. Raises Missing and Wrong."""
    account = _one(entry, "sAMAccountName", "account", str)
    if not account:
        raise Missing("sAMAccountName", "account")
    control = _one(entry, "userAccountControl", "enabled", integer)
    expires = _one(entry, "accountExpires", "expires_on", filetime)
    changed = _one(entry, "pwdLastSet", "password_changed_on", filetime)
    created = _one(entry, "whenCreated", "created_on", generalised_time)
    seen = [_one(entry, name, "last_used_at_us", filetime) for name in ("lastLogon", "lastLogonTimestamp")]
    last_used = max((moment for moment in seen if moment), default=None)
    expired = expires is not None and _us(expires) <= place.observed_at_us
    values = {
        "system": place.system,
        "account": account,
        "sid": _one(entry, "objectSid", "sid", sid),
        "display_name": _one(entry, "displayName", "display_name", str) or _one(entry, "cn", "display_name", str),
        "enabled": None if control is None else not control & _DISABLED and not expired,
        "created_on": _day(created, place),
        "expires_on": _day(expires - timedelta(microseconds=1), place) if expires else None,
        "password_changed_on": _day(changed, place),
        "password_required": None if control is None else not control & _NO_PASSWORD,
        # That a password is set is not in the directory's open attributes; that none is taken, is.
        "password_login": False if control is not None and control & _SMART_CARD else None,
        "last_used_at_us": _us(last_used) if last_used else None,
    }
    return (Row("user_accounts", values), *_rights(entry, place, account))


def domain_policy(entry: Entry, place: Place) -> Row:
    """The policy that binds every account of the domain without a fine-grained one. Raises Missing and Wrong."""
    properties = _one(entry, "pwdProperties", "complexity", integer)
    values = {
        "min_length": _one(entry, "minPwdLength", "min_length", _count),
        "complexity": None if properties is None else bool(properties & _COMPLEX),
        "lockout_attempts": _one(entry, "lockoutThreshold", "lockout_attempts", _count),
        "max_age_days": _one(entry, "maxPwdAge", "max_age_days", days_of_interval),
    }
    if all(value is None for value in values.values()):
        raise Missing("minPwdLength, pwdProperties, lockoutThreshold, maxPwdAge", "min_length")
    return _policy(place, "AD domain policy", values)


def fine_policy(entry: Entry, place: Place) -> Row:
    """A fine-grained policy, by its name. Raises Missing and Wrong."""
    name = _one(entry, "cn", "setting_source", str)
    if not name:
        raise Missing("cn", "setting_source")
    values = {
        "min_length": _one(entry, "msDS-MinimumPasswordLength", "min_length", _count),
        "complexity": _one(entry, "msDS-PasswordComplexityEnabled", "complexity", flag),
        "lockout_attempts": _one(entry, "msDS-LockoutThreshold", "lockout_attempts", _count),
        "max_age_days": _one(entry, "msDS-MaximumPasswordAge", "max_age_days", days_of_interval),
    }
    if all(value is None for value in values.values()):
        raise Missing("msDS-MinimumPasswordLength", "min_length")
    return _policy(place, f"AD fine-grained policy {name}", values)


def _kind_by_attributes(entry: Entry) -> str | None:
    """For exports of chosen attributes, without objectClass."""
    control = entry.values.get("useraccountcontrol", [""])[0]
    if control.isascii() and control.isdigit() and len(control) < 11:
        return "computer" if int(control) & _MACHINE else "user"
    if "minpwdlength" in entry.values or "pwdproperties" in entry.values:
        return "domain"
    if "msds-minimumpasswordlength" in entry.values:
        return "fine policy"
    return None


def _policy(place: Place, source: str, values: dict[str, int | bool | None]) -> Row:
    kinds = 3 if values["complexity"] else None
    return Row("password_policies", {"system": place.system, "setting_source": source, "min_classes": kinds, **values})


def _rights(entry: Entry, place: Place, account: str) -> list[Row]:
    groups = {}
    for dn in entry.values.get("memberof", ()):
        try:
            name = parts(dn)[0][1]
        except ValueError as error:
            raise Wrong("memberOf", "right_name", dn) from error
        if not name:
            raise Wrong("memberOf", "right_name", dn)
        groups[name.lower()] = name
    primary = _PRIMARY_GROUPS.get(_one(entry, "primaryGroupID", "right_name", str) or "")
    if primary is not None:
        groups.setdefault(primary.lower(), primary)
    return [
        Row(
            "account_rights",
            {"system": place.system, "account": account, "right_name": name, "top_privilege": key in _TOP},
        )
        for key, name in groups.items()
    ]


def _one(entry: Entry, attribute: str, column: str, read: Callable[[str], _T]) -> _T | None:
    """The value of an attribute that has at most one; null where the entry lacks it."""
    found = entry.values.get(attribute.lower(), ())
    if not found:
        return None
    if len(found) > 1:
        raise Wrong(attribute, column, f"{len(found)} values")
    try:
        return read(found[0])
    except ValueError as error:
        raise Wrong(attribute, column, found[0]) from error


def _count(text: str) -> int:
    number = integer(text)
    if number < 0:
        raise ValueError(text)
    return number


def _us(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


def _day(moment: datetime | None, place: Place) -> date | None:
    return moment.astimezone(place.zone).date() if moment else None
