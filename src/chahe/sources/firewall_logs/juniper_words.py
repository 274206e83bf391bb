"""What the words of Junos's messages mean: tags and actions. No reader of its own.

RT_FLOW_SESSION_CREATE, WEBFILTER_URL_BLOCKED, UI_LOGIN_EVENT     permit, DROP, alarm-without-drop
"""

_ALLOWED = frozenset(["permit", "permitted", "accept", "allow", "allowed", "pass", "bypass", "alarm-without-drop"])
_DENIED = frozenset(
    [
        "deny",
        "denied",
        "drop",
        "dropped",
        "drop_packet",
        "drop-packet",
        "drop-connection",
        "close",
        "close_client",
        "close_server",
        "close-client",
        "close-server",
        "close-client-and-server",
        "block",
        "blocked",
        "reject",
        "rejected",
        "quarantine",
    ]
)
"""What inspection did to a session; that a session closed by itself is said by a tag, not by an action."""

_REFUSING = (
    "_DENY",
    "BLOCKED",
    "DROPPED",
    "LOGIN_FAILED",
    "LOGIN_REFUSED",
    "AUTH_FAIL",
    "LOGIN_PASSWORD",
    "AUTH_DENIED",
)
_GRANTING = ("SESSION_CREATE", "SESSION_CLOSE", "PERMITTED", "PASSED", "AUTH_EVENT", "LOGIN_EVENT", "LOGIN_INFORMATION")
_VOLUMES = ("SESSION_VOL_UPDATE", "SESSION_APP_UPDATE", "SESSION_ROUTE_UPDATE")

_KINDS = (
    ("traffic", ("RT_FLOW_", "APPTRACK_", "RT_NAT", "FWAUTH_")),
    (
        "threat",
        ("RT_SCREEN_", "IDP_", "AV_", "WEBFILTER_", "CONTENT_FILTERING_", "ANTISPAM_", "AAMW_", "SECINTEL_", "DLP_"),
    ),
    (
        "threat",
        ("ANTI_VIRUS_", "URL_FILTERING_", "SMS_", "APPSECURE_", "FLOW_REASSEMBLE", "RT_IDP_", "RT_UTM_", "RT_AAMW_"),
    ),
    ("vpn", ("KMD_", "IKE_", "RT_IPSEC_", "DYNAMIC_VPN_", "IPSEC_", "PULSE_", "REMOTE_ACCESS_", "IKED_", "JSF_VPN")),
    (
        "admin",
        ("UI_", "LOGIN_", "SSHD_", "AUTH_", "LIBJNX_LOGIN", "LIBJNX_AUTH", "PAM_", "WEB_AUTH", "JADE_", "DFWD_CONFIG"),
    ),
)
"""The beginnings of tags, by kind."""

_UNKNOWN = frozenset(
    ("N/A", "NA", "UNKNOWN", "unknown", "unknown-user", "unauthenticated-user", "None", "none", "NULL")
)


def kind(tag: str) -> str:
    """What a message is about; a daemon's own business where the tag is of none of these."""
    for said, beginnings in _KINDS:
        if tag.startswith(beginnings):
            return said
    return "system"


def action(written: str) -> str:
    """What an action means for the session, or a tag where no action was written."""
    if written.lower() in _ALLOWED:
        return "allow"
    if written.lower() in _DENIED:
        return "deny"
    said = written.upper()
    if any(word in said for word in _REFUSING):
        return "deny"
    return "allow" if any(word in said for word in (*_GRANTING, *_VOLUMES)) else "other"


def says_what_became(tag: str) -> bool:
    """Does the tag itself say whether something was let through or refused?"""
    return any(word in tag for word in (*_REFUSING, *_GRANTING, *_VOLUMES))


def known(written: str) -> str | None:
    """A name, but for the words that Junos writes for what it does not know."""
    return None if written in _UNKNOWN else written
