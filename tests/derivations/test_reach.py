"""Spans of addresses and services: meeting, taking away and spelling them."""

from random import Random

import pytest

from chahe.derivations.reach import (
    ALL_SERVICES,
    EVERYWHERE,
    OUTSIDE,
    Box,
    address_words,
    boxes_less,
    common,
    holds,
    less,
    service_spans,
    service_words,
    union,
)
from chahe.sources.firewall_rules.network_sets import covered


def spans(*pairs: tuple[int, int]) -> tuple[tuple[int, int, int], ...]:
    return tuple((4, low, high) for low, high in pairs)


def places(given: tuple[tuple[int, int, int], ...]) -> set[int]:
    return {place for _, low, high in given for place in range(low, high + 1)}


def test_sets_of_spans_behave_as_sets_of_places() -> None:
    chance = Random(5)  # noqa: S311 - a test's dice, the same each time
    for _ in range(300):
        one, other = (
            union(spans((low, low + chance.randrange(6))) for low in chance.sample(range(40), 4)) for _ in range(2)
        )
        assert places(common(one, other)) == places(one) & places(other)
        assert places(less(one, other)) == places(one) - places(other)
        assert places(union([one, other])) == places(one) | places(other)
        assert holds(one, other) is (places(other) <= places(one))


def test_a_box_less_another_is_what_is_left_of_its_pairs() -> None:
    chance = Random(6)  # noqa: S311 - a test's dice, the same each time
    for _ in range(200):
        one, other = (
            Box(
                union(spans((low, low + 3)) for low in chance.sample(range(20), 2)),
                union(spans((low, low + 2)) for low in chance.sample(range(20), 2)),
            )
            for _ in range(2)
        )
        left = [pair for box in boxes_less([one], other) for pair in pairs(box)]
        assert len(left) == len(set(left))
        assert set(left) == set(pairs(one)) - set(pairs(other))


def pairs(box: Box) -> list[tuple[int, int]]:
    return [(source, service) for source in places(box.sources) for service in places(box.services)]


def test_outside_holds_what_the_internet_routes_and_nothing_private() -> None:
    for address in ("8.8.8.8/32", "203.0.113.5/32", "172.32.0.1/32", "2001:db8::1/128"):
        assert holds(OUTSIDE, covered([address])), address
    for address in ("10.1.2.3/32", "172.16.0.1/32", "192.168.9.9/32", "100.64.0.1/32", "fd00::1/128", "224.0.0.5/32"):
        assert not common(OUTSIDE, covered([address])), address


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("any", "any"),
        ("tcp/443", "tcp/443"),
        ("udp/53 tcp/80 tcp/81-90", "tcp/80-90 udp/53"),
        ("tcp", "tcp"),
        ("tcp/443:1024-65535", "tcp/443"),
        ("icmp/8 icmp/3/4", "icmp/3/4 icmp/8"),
        ("gre ip/137", "gre ip/137"),
    ],
)
def test_services_are_told_as_they_were_given(words: str, told: str) -> None:
    found, unsure = service_spans(words.split())

    assert (service_words(found), unsure) == (told, False)


@pytest.mark.parametrize("word", ["unknown:svc", "application-default", "except:tcp/1", "tcp/x", "icmp/x"])
def test_a_service_that_could_be_more_is_unsure(word: str) -> None:
    assert service_spans([word]) == ((), True)


def test_all_services_but_one_are_told_shortly() -> None:
    left = less(ALL_SERVICES, service_spans(["tcp/443"])[0])

    assert service_words(left) == "ip/0-5 tcp/0-442 tcp/444-65535 ip/7-255"


def test_addresses_are_told_as_networks_and_all_there_is_as_any() -> None:
    assert address_words(EVERYWHERE) == "any"
    assert address_words(OUTSIDE) == "any"
    assert (
        address_words(covered(["192.0.2.0/24", "198.51.100.7-198.51.100.9"]))
        == "192.0.2.0/24 198.51.100.7-198.51.100.9"
    )
