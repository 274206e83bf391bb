"""Protocols above IP as firewalls write them, under the names the table of firewall events knows. No reader of its own.

6   TCP   tcp/https   proto-number of any case: names of the IANA registry "Protocol Numbers", in lower case.
"""

from functools import lru_cache

_NAMES = {
    "1": "icmp",
    "2": "igmp",
    "4": "ipv4",
    "6": "tcp",
    "17": "udp",
    "27": "rdp",
    "41": "ipv6",
    "46": "rsvp",
    "47": "gre",
    "50": "esp",
    "51": "ah",
    "58": "ipv6-icmp",
    "88": "eigrp",
    "89": "ospfigp",
    "94": "ipip",
    "103": "pim",
    "112": "vrrp",
    "115": "l2tp",
    "132": "sctp",
    "136": "udplite",
}
_SPELLINGS = {"icmpv6": "ipv6-icmp", "icmp6": "ipv6-icmp", "ospf": "ospfigp"}
_KNOWN = frozenset(_NAMES.values())


@lru_cache(maxsize=1 << 12)
def protocol(written: str) -> str | None:
    """A protocol's name, by its number or by its name in any spelling; a number without a name here stays a number."""
    word = written.strip().lower()
    name = _NAMES.get(word) or _SPELLINGS.get(word) or word
    return name or None


def is_protocol(word: str) -> bool:
    """Is this the name of one of the protocols known here?"""
    return (protocol(word) or "") in _KNOWN
