"""Services in one spelling."""

import pytest

from chahe.sources.firewall_rules.service_sets import every_service, icmp, port_range, ports, protocol, service


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("TCP", "tcp"),
        ("6", "tcp"),
        ("ip", "any"),
        ("0", "any"),
        ("47", "gre"),
        ("137", "ip/137"),
        ("ipv6-icmp", "icmp6"),
        ("256", None),
        ("x", None),
    ],
)
def test_a_protocol_has_one_name(written: str, expected: str | None) -> None:
    assert protocol(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("443", "443"),
        ("0443", "443"),
        ("8000-8099", "8000-8099"),
        ("1-65535", ""),
        ("0-65535", ""),
        ("www", "80"),
        ("ftp-data", "20"),
        ("ftp-data-ftp", None),
        ("8099-8000", None),
        ("70000", None),
        ("", None),
    ],
)
def test_ports_have_one_spelling(written: str, expected: str | None) -> None:
    assert ports(written) == expected


def test_a_range_of_names_is_a_range() -> None:
    assert ports("gopher-www") == "70-80"
    assert port_range(5, 4) is None


def test_a_service_is_protocol_destination_and_source() -> None:
    assert [service("tcp"), service("tcp", "443"), service("udp", "", "53"), service("udp", "53", "1024-65535")] == [
        "tcp",
        "tcp/443",
        "udp:53",
        "udp/53:1024-65535",
    ]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((None,), "icmp"),
        (("8",), "icmp/8"),
        (("echo",), "icmp/8"),
        (("3", "4"), "icmp/3/4"),
        (("echo", None, 6), "icmp6/128"),
        (("300",), None),
    ],
)
def test_icmp_has_types_by_number(arguments: tuple[str | None, ...], expected: str | None) -> None:
    assert icmp(*arguments) == expected  # type: ignore[arg-type]  # the third is the IP version


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ((), None),
        (("any",), True),
        (("tcp", "udp"), False),
        (("tcp/443", "unknown:a"), None),
        (("application-default",), None),
        (("except:tcp",), None),
    ],
)
def test_any_is_said_only_of_what_really_is(words: tuple[str, ...], expected: bool | None) -> None:
    assert every_service(words) is expected
