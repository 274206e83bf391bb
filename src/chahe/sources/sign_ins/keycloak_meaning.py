"""What Keycloak's event types say to an auditor, in its log and in its exports. No reader of its own.

The types are those of Keycloak's `EventType`, `OperationType` and `ResourceType`; `_ERROR` behind a type is its failure.
"""

from typing import Final

_CHANGES: Final = frozenset(
    [
        "REGISTER",
        "UPDATE_PASSWORD",
        "RESET_PASSWORD",
        "UPDATE_TOTP",
        "REMOVE_TOTP",
        "UPDATE_EMAIL",
        "UPDATE_PROFILE",
        "DELETE_ACCOUNT",
        "UPDATE_CREDENTIAL",
        "REMOVE_CREDENTIAL",
        "USER_DISABLED_BY_PERMANENT_LOCKOUT",
        "USER_DISABLED_BY_TEMPORARY_LOCKOUT",
    ]
)
_ACCOUNT_RESOURCES: Final = frozenset(
    [
        "USER",
        "GROUP_MEMBERSHIP",
        "REALM_ROLE_MAPPING",
        "CLIENT_ROLE_MAPPING",
        "USER_LOGIN_FAILURE",
        "USER_FEDERATION_PROVIDER",
        "USER_SESSION",
        "ORGANIZATION_MEMBERSHIP",
        "REALM_ROLE_USER",
    ]
)
OPERATIONS: Final = frozenset(("CREATE", "UPDATE", "DELETE", "ACTION"))
"""Of administrators: done to a resource."""


def activity(code: str) -> str:
    """What an event of a user is: its type, or an administrator's operation and resource parted by a blank."""
    operation, _, resource = code.partition(" ")
    if operation in OPERATIONS:
        return "account_change" if resource in _ACCOUNT_RESOURCES else "other"
    kind = code.removesuffix("_ERROR")
    if kind in ("LOGIN", "CLIENT_LOGIN"):
        return "logon"
    if kind == "LOGOUT":
        return "logoff"
    if kind == "IMPERSONATE":
        return "privilege_use"
    return "account_change" if kind in _CHANGES else "other"


def method(grant: str | None, credential: str | None) -> str | None:
    """How somebody proved who they are, as far as an event says so."""
    return credential or ("password" if grant == "password" else None)


def changed(path: str) -> str | None:
    """Whom an administrator changed: `users/3f2a…/role-mappings/realm` names the user."""
    first, _, rest = path.partition("/")
    return rest.split("/", 1)[0] or None if first == "users" else None
