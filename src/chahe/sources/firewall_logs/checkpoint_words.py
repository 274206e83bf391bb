"""What the words of Check Point's records mean: actions, products, services by name. No reader of its own.

Accept, Drop, Key Install     VPN-1 & FireWall-1, SmartDefense     https, domain-udp, CN=fw1,O=mgmt.example.abcdef
"""

import re

_ALLOWED = frozenset(
    (
        "accept",
        "allow",
        "encrypt",
        "decrypt",
        "bypass",
        "inspect",
        "https bypass",
        "https inspect",
        "authorize",
        "vpn routing",
        "log in",
        "login",
        "permit",
        "accepted",
        "allowed",
        "ip changed",
    )
)
_DENIED = frozenset(
    (
        "drop",
        "reject",
        "block",
        "prevent",
        "deny",
        "quarantine",
        "deauthorize",
        "failed log in",
        "failed login",
        "dropped",
        "rejected",
        "blocked",
        "prevented",
        "denied",
        "https block",
        "replace malicious code",
    )
)
_TUNNEL = frozenset(("key install", "keyinst", "log in", "log out", "failed log in", "login", "logout", "failed login"))
"""What becomes of tunnels and of people who sign in to them, not of sessions."""

_FIREWALLS = frozenset(("multi-product", "vpn-1 & firewall-1", "firewall", "vpn-1", "vsx", "security gateway"))
_REMOTE = frozenset(("mobile access", "connectra", "endpoint security vpn", "ssl vpn", "remote access", "vpn"))
_CONSOLES = frozenset(
    (
        "smartconsole",
        "smartdashboard",
        "smartview",
        "web_api",
        "web_api_internal",
        "smartupdate",
        "smart provisioning",
        "cpmi client",
        "security management server",
        "web-ui",
        "gaia",
        "smartview tracker",
        "smartprovisioning",
    )
)
_OWN = frozenset(
    (
        "system monitor",
        "linux os",
        "log update",
        "syslog",
        "identity awareness",
        "smart event client",
        "compliance blade",
        "smartevent",
        "eventia analyzer client",
        "core",
    )
)

_SERVICES = {
    "ftp": 21,
    "ssh": 22,
    "ssh_version_2": 22,
    "telnet": 23,
    "smtp": 25,
    "domain-tcp": 53,
    "domain-udp": 53,
    "bootp": 67,
    "tftp": 69,
    "http": 80,
    "kerberos": 88,
    "pop-3": 110,
    "ntp": 123,
    "ntp-tcp": 123,
    "ntp-udp": 123,
    "nbname": 137,
    "nbdatagram": 138,
    "nbsession": 139,
    "imap": 143,
    "snmp": 161,
    "snmp-read": 161,
    "snmp-trap": 162,
    "bgp": 179,
    "ldap": 389,
    "https": 443,
    "microsoft-ds": 445,
    "microsoft-ds-udp": 445,
    "ike": 500,
    "syslog": 514,
    "ldap-ssl": 636,
    "imap-ssl": 993,
    "pop3s": 995,
    "ms-sql-server": 1433,
    "sqlnet1": 1521,
    "radius": 1645,
    "new-radius": 1812,
    "remote_desktop_protocol": 3389,
    "mysql": 3306,
    "http_proxy": 8080,
    "http_and_https_proxy": 8080,
}
"""Services that Check Point defines, where a log gives their names for numbers."""

_NAME = re.compile(r"(?:^|,)\s*CN\\*=([^,\\]+)", re.IGNORECASE)


def action(word: str) -> str:
    """What an action means for the session: allow, deny or other."""
    said = word.strip().lower()
    if said in _ALLOWED:
        return "allow"
    return "deny" if said in _DENIED else "other"


def of_a_tunnel(word: str) -> bool:
    """Is this action one of tunnels, or of people who sign in to them?"""
    return word.strip().lower() in _TUNNEL


def kind(product: str) -> str:
    """The kind of a product's records; those of products not known here are of inspection: a blade."""
    said = product.strip().lower()
    if said in _FIREWALLS:
        return "traffic"
    if said in _REMOTE:
        return "vpn"
    if said in _CONSOLES:
        return "admin"
    return "system" if said in _OWN else "threat"


def port(written: str) -> int | None:
    """A port by the name of its service; -1 for what begins as a number and is no port's, null for other names."""
    if written[0].isdigit() or written[0] == "-":
        return -1
    return _SERVICES.get(written.lower())


def gateway(certificate: str) -> str | None:
    """The gateway's name in the name of its certificate (SIC)."""
    found = _NAME.search(certificate)
    return found[1].strip() if found else None
