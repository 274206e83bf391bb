"""One spelling for each IP address, whichever maker wrote it."""

from functools import lru_cache
from ipaddress import IPv6Address, ip_address


@lru_cache(maxsize=1 << 16)
def canonical_address(text: str) -> str | None:
    """The canonical spelling (RFC 5952; IPv4-mapped IPv6 as IPv4; zone dropped), or None if it is no address."""
    try:
        address = ip_address(text.strip().split("%", 1)[0])
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(address)
