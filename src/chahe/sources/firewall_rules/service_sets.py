"""Services as firewall rules name them: protocols and ports in one spelling. No reader of its own.

    any  tcp  tcp/443  tcp/8000-8099  udp/53:1024-65535  icmp  icmp/8  icmp/3/4  icmp6/128  gre  esp  ip/137
    application-default  unknown:svc-old

Ports of the destination stand behind the slash, those of the source behind the colon; `tcp` alone is every port.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from chahe.sources.firewall_rules.network_sets import named

ANY: Final = "any"
PROTOCOLS: Final[Mapping[int, str]] = {
    1: "icmp", 2: "igmp", 4: "ipip", 6: "tcp", 17: "udp", 41: "ipv6", 47: "gre", 50: "esp", 51: "ah", 58: "icmp6",
    88: "eigrp", 89: "ospf", 94: "nos", 103: "pim", 108: "pcp", 109: "snp", 112: "vrrp", 115: "l2tp", 132: "sctp",
    9: "igrp",
}  # fmt: skip
"""IANA's numbers of the protocols that rules name."""
_SPELLED: Final = {
    "icmpv6": "icmp6", "ipv6-icmp": "icmp6", "ah": "ah", "ahp": "ah", "ipsec": "esp", "pptp": "gre", "ipinip": "ipip",
    "ip": ANY, "any": ANY, "all": ANY, "0": ANY, "ospfigp": "ospf", "egp": "ip/8", "ipip": "ipip", "rsvp": "ip/46",
    "carp": "vrrp", "pfsync": "ip/240", "ipencap": "ipip",
}  # fmt: skip
PORTS: Final[Mapping[str, int]] = {
    "aol": 5190, "bgp": 179, "biff": 512, "bootpc": 68, "bootps": 67, "chargen": 19, "cifs": 3020, "citrix-ica": 1494,
    "cmd": 514, "ctiqbe": 2748, "daytime": 13, "discard": 9, "dnsix": 195, "domain": 53, "echo": 7, "exec": 512,
    "finger": 79, "ftp": 21, "ftp-data": 20, "gopher": 70, "h323": 1720, "hostname": 101, "http": 80, "https": 443,
    "ident": 113, "imap": 143, "imap2": 143, "imap3": 220, "imap4": 143, "imaps": 993, "ipp": 631, "irc": 194,
    "isakmp": 500, "kerberos": 750, "kerberos-sec": 88, "klogin": 543, "kshell": 544, "ldap": 389, "ldaps": 636,
    "login": 513, "lotusnotes": 1352, "lpd": 515, "microsoft-ds": 445, "mobile-ip": 434, "ms-sql-s": 1433,
    "ms-sql-m": 1434, "ms-wbt-server": 3389, "mysql": 3306, "nameserver": 42, "netbios-dgm": 138, "netbios-ns": 137,
    "netbios-ssn": 139, "nfs": 2049, "nicname": 43, "nntp": 119, "nntps": 563, "ntp": 123, "openvpn": 1194, "oracle": 1521,
    "pcanywhere-data": 5631, "pcanywhere-status": 5632, "pim-auto-rp": 496, "pop2": 109, "pop3": 110, "pop3s": 995,
    "postgresql": 5432, "pptp": 1723, "radius": 1645, "radius-acct": 1646, "rip": 520, "rsh": 514, "rtsp": 554,
    "secureid-udp": 5510, "shell": 514, "sip": 5060, "sip-tls": 5061, "smtp": 25, "smtps": 465, "snmp": 161,
    "snmptrap": 162, "snpp": 444, "socks": 1080, "sqlnet": 1521, "ssdp": 1900, "ssh": 22, "submission": 587, "sunrpc": 111,
    "syslog": 514, "tacacs": 49, "tacacs-ds": 65, "talk": 517, "telnet": 23, "tftp": 69, "time": 37, "urd": 465,
    "uucp": 540, "vnc": 5900, "vxlan": 4789, "who": 513, "whois": 43, "www": 80, "xdmcp": 177, "zephyr-clt": 2103,
    "mdns": 5353, "dhcp": 67, "webcache": 8080, "bootp": 67, "dhcpv6-client": 546, "dhcpv6-server": 547,
}  # fmt: skip
"""Names that configurations write for port numbers (ASA's spelling first: `kerberos` is 750 and `radius` 1645 there)."""
ICMP_TYPES: Final[Mapping[str, str]] = {
    "echo-reply": "0", "unreachable": "3", "destination-unreachable": "3", "source-quench": "4", "redirect": "5",
    "alternate-address": "6", "echo": "8", "echo-request": "8", "router-advertisement": "9", "router-solicitation": "10",
    "time-exceeded": "11", "ttl-exceeded": "11", "parameter-problem": "12", "timestamp-request": "13",
    "timestamp-reply": "14", "information-request": "15", "information-reply": "16", "mask-request": "17",
    "mask-reply": "18", "traceroute": "30", "conversion-error": "31", "mobile-redirect": "32", "info-request": "15",
    "info-reply": "16", "timestamp": "13", "pong": "0", "ping": "8", "ttl-zero-during-transit": "11/0",
    "fragmentation-needed": "3/4", "port-unreachable": "3/3", "host-unreachable": "3/1", "network-unreachable": "3/0",
}  # fmt: skip
ICMP6_TYPES: Final[Mapping[str, str]] = {
    "unreachable": "1", "destination-unreachable": "1", "packet-too-big": "2", "time-exceeded": "3",
    "parameter-problem": "4", "echo": "128", "echo-request": "128", "echo-reply": "129", "membership-query": "130",
    "membership-report": "131", "membership-reduction": "132", "router-solicitation": "133", "router-advertisement": "134",
    "neighbor-solicitation": "135", "neighbor-advertisement": "136", "neighbor-redirect": "137", "router-renumbering": "138",
    "neighbour-solicitation": "135", "neighbour-advertisement": "136",
}  # fmt: skip
_RANGE = re.compile(r"(\d{1,5})(?:-(\d{1,5}))?", re.ASCII)
_LAST: Final = 65535


def protocol(text: str) -> str | None:
    """A protocol by name or number in our spelling (`any` for all); null where it is none."""
    written = text.strip().lower()
    if written in _SPELLED:
        return _SPELLED[written]
    if written.isascii() and written.isdigit() and len(written) <= 3:
        number = int(written)
        return PROTOCOLS.get(number, f"ip/{number}") if number <= 255 else None
    return written if written in PROTOCOLS.values() else None


def port_number(text: str) -> int | None:
    """A port by number or name; null where it is none."""
    written = text.strip().lower()
    if written.isascii() and written.isdigit():
        return int(written) if len(written) <= 5 and int(written) <= _LAST else None
    return PORTS.get(written)


def port_range(low: int, high: int) -> str | None:
    """`443` or `8000-8099`; empty for every port; null where it is no range."""
    if not 0 <= low <= high <= _LAST:
        return None
    if low <= 1 and high == _LAST:
        return ""
    return str(low) if low == high else f"{low}-{high}"


def ports(text: str) -> str | None:
    """`443`, `8000-8099` or names as a canonical range; empty for every port; null where it is none."""
    found = _RANGE.fullmatch(text.strip())
    if found:
        return port_range(int(found[1]), int(found[2] or found[1]))
    number = port_number(text)
    if number is not None:
        return str(number)
    low, dash, high = (part.strip() for part in text.partition("-"))
    first, last = port_number(low), port_number(high)
    return port_range(first, last) if dash and first is not None and last is not None else None


def service(transport: str, destination: str = "", source: str = "") -> str:
    """The word of a protocol with canonical port ranges (empty: every port)."""
    word = f"{transport}/{destination}" if destination else transport
    return f"{word}:{source}" if source else word


def icmp(kind: str | None, code: str | None = None, version: int = 4) -> str | None:
    """ICMP with a type by name or number and a code; null where the type is none."""
    word = "icmp" if version == 4 else "icmp6"
    if kind is None or kind == "any":
        return word
    table = ICMP_TYPES if version == 4 else ICMP6_TYPES
    number = (
        kind if kind.isascii() and kind.isdigit() and len(kind) <= 3 and int(kind) <= 255 else table.get(kind.lower())
    )
    if number is None:
        return None
    return f"{word}/{number}/{code}" if code else f"{word}/{number}"


def every_service(words: Sequence[str]) -> bool | None:
    """Is this really any service? Null where nothing is given or an unsure word could be."""
    if not words:
        return None
    if ANY in words:
        return True
    unsure = ("unknown:", "application-default", "except:")
    return None if any(word.startswith(unsure) for word in words) else False


def unknown(name: str) -> str:
    """The word of a service that could not be expanded."""
    return named("unknown", name)
