"""Known networks as ranges of places: an address lies in a network where its place lies between the first and the last."""

from collections.abc import Iterable, Mapping
from ipaddress import IPv4Address, IPv6Address, ip_network

from chahe.derivations.model import Derivation, Rows
from chahe.evidence.known_networks import table as known_networks
from chahe.evidence.network_ranges import table


def place(address: IPv4Address | IPv6Address) -> str:
    """An address as text whose alphabetical order is that of the numbers; of IPv6 the first 64 bits, which one line is given."""
    if isinstance(address, IPv4Address):
        return ".".join(f"{part:03}" for part in address.packed)
    return address.exploded[:19]


def ranges(given: Mapping[str, Rows]) -> Iterable[Mapping[str, object]]:
    """A row for each network; one that cannot be read has no range, and the controls say so."""
    for row in given[known_networks.name]:
        yield {
            "row_id": row["row_id"],
            "network": row["network"],
            "network_kind": row["network_kind"],
            "range_from": row["network_from"],
            "range_until": row["network_until"],
            **_bounds(str(row["network"])),
        }


def _bounds(text: str) -> Mapping[str, str]:
    try:
        network = ip_network(text.strip(), strict=False)
    except ValueError:
        return {}
    return {"first_place": place(network[0]), "last_place": place(network[-1])}


derivation = Derivation(table, (known_networks,), ranges)
