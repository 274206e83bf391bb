"""Known networks as ranges: what lies in them by address arithmetic lies in them by comparison of texts."""

from datetime import date
from ipaddress import ip_address, ip_network
from random import Random

import pytest

from chahe.derivations.network_ranges import derivation, place


def derived(*networks: str) -> list[dict[str, object]]:
    rows = [
        {
            "row_id": f"n#{nth}",
            "network": network,
            "network_kind": "vpn",
            "network_from": date(2026, 1, 2),
            "network_until": None,
        }
        for nth, network in enumerate(networks)
    ]
    return [dict(row) for row in derivation.derive({"known_networks": rows})]


@pytest.mark.parametrize(
    ("network", "first", "last"),
    [
        ("203.0.113.7", "203.000.113.007", "203.000.113.007"),
        ("198.51.100.77/26", "198.051.100.064", "198.051.100.127"),
        (" 10.0.0.0/8 ", "010.000.000.000", "010.255.255.255"),
        ("2001:b011::/32", "2001:b011:0000:0000", "2001:b011:ffff:ffff"),
        ("2001:b011:1:2::5", "2001:b011:0001:0002", "2001:b011:0001:0002"),
    ],
)
def test_a_network_runs_from_its_first_to_its_last_address(network: str, first: str, last: str) -> None:
    [row] = derived(network)

    assert (row["first_place"], row["last_place"]) == (first, last)
    assert (row["row_id"], row["network"], row["network_kind"]) == ("n#0", network, "vpn")
    assert (row["range_from"], row["range_until"]) == (date(2026, 1, 2), None)


@pytest.mark.parametrize("network", ["", "10.0.0.300", "branch", "10.0.0.0/33", "10.0.0.0-10.0.0.9"])
def test_a_network_that_cannot_be_read_has_no_range_and_is_still_a_row(network: str) -> None:
    [row] = derived(network)

    assert "first_place" not in row
    assert "last_place" not in row


def test_comparison_agrees_with_address_arithmetic_on_random_networks() -> None:
    rng = Random(4)  # noqa: S311 - chance for a test
    for _ in range(500):
        base = rng.randrange(2**32)
        network = ip_network((base, rng.randrange(8, 33)), strict=False)
        [row] = derived(str(network))
        near = rng.choice((int(network[0]), int(network[-1]))) + rng.randrange(-2, 3)
        address = ip_address(max(0, min(near, 2**32 - 1)))
        assert (str(row["first_place"]) <= place(address) <= str(row["last_place"])) == (address in network)
