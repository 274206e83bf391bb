"""Sets of addresses: canonical words, what is really any, complements; checked against arithmetic on single addresses."""

from ipaddress import ip_address

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chahe.sources.firewall_rules.network_sets import (
    EVERY,
    EVERY4,
    address_word,
    between,
    covered,
    every,
    meet,
    network,
    without,
)


@pytest.mark.parametrize(
    ("written", "mask", "expected"),
    [
        ("10.1.2.3", None, "10.1.2.3/32"),
        ("10.1.2.3/16", None, "10.1.0.0/16"),
        ("10.1.2.3", "255.255.0.0", "10.1.0.0/16"),
        ("10.1.2.3/255.255.255.0", None, "10.1.2.0/24"),
        ("0.0.0.0", "0.0.0.0", "0.0.0.0/0"),  # noqa: S104 - a network and its mask
        ("10.1.2.3", "255.0.255.0", "wildcard:10.0.2.0/255.0.255.0"),
        ("10.1.2.3", "0.0.0.255", "wildcard:0.0.0.3/0.0.0.255"),
        ("2001:db8::1/32", None, "2001:db8::/32"),
        ("10.1.2.300", None, None),
        ("10.1.2.3/33", None, None),
        ("10.1.2.3", "255.0.0", None),
        ("www.example.tw", None, None),
        ("", None, None),
    ],
)
def test_a_network_is_written_in_one_way(written: str, mask: str | None, expected: str | None) -> None:
    assert network(written, mask) == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("10.0.0.0", "10.0.0.255", "10.0.0.0/24"),
        ("10.0.0.1", "10.0.0.2", "10.0.0.1-10.0.0.2"),
        ("0.0.0.0", "255.255.255.255", "0.0.0.0/0"),  # noqa: S104 - a range
        ("::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "::/0"),
        ("10.0.0.2", "10.0.0.1", None),
        ("10.0.0.1", "2001:db8::1", None),
        ("10.0.0.1", "", None),
    ],
)
def test_a_range_is_a_network_where_it_is_one(first: str, last: str, expected: str | None) -> None:
    assert between(first, last) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ((), None),
        (("0.0.0.0/0",), True),
        (("::/0",), True),
        (("0.0.0.0/1", "128.0.0.0/1"), True),
        (("0.0.0.0/1", "128.0.0.1-255.255.255.255"), False),
        (("10.0.0.0/8", "fqdn:a.tw", "geo:TW", "interface:wan", "mac:00:00:5e:00:53:01"), False),
        (("10.0.0.0/8", "unknown:a"), None),
        (("dynamic:a",), None),
        (("unknown:a", "0.0.0.0/0"), True),
        (("0.0.0.0/0", "except:a"), None),
    ],
)
def test_any_is_said_only_of_what_really_is(words: tuple[str, ...], expected: bool | None) -> None:
    assert every(words) is expected


def test_what_is_excluded_by_a_mere_name_stays_in_and_is_marked() -> None:
    assert without(("10.0.0.0/8", "unknown:b"), ("fqdn:a.tw", "unknown:c")) == (
        "10.0.0.0/8",
        "unknown:b",
        "except:fqdn:a.tw",
        "except:c",
    )


# How long making inputs takes is no matter of ours.
unhurried = settings(deadline=None, suppress_health_check=list(HealthCheck))
small = st.integers(0, 63).map(lambda low: f"10.0.0.{low}")


@st.composite
def spans(draw: st.DrawFn) -> str:
    low, high = sorted((draw(st.integers(0, 63)), draw(st.integers(0, 63))))
    word = between(f"10.0.0.{low}", f"10.0.0.{high}")
    assert word is not None
    return word


def holds(words: tuple[str, ...], address: str) -> bool:
    """Is an address in a set? By ranges' ends alone, so that it shares nothing with what it checks."""
    number = int(ip_address(address))
    for word in words:
        first, dash, last = word.partition("-")
        base, _, bits = first.partition("/")
        low = int(ip_address(base))
        high = int(ip_address(last)) if dash else low + 2 ** (ip_address(base).max_prefixlen - int(bits)) - 1
        if ip_address(base).version == 4 and low <= number <= high:
            return True
    return False


@unhurried
@given(kept=st.lists(spans(), max_size=5).map(tuple), excluded=st.lists(spans(), max_size=5).map(tuple), address=small)
def test_the_less_of_two_sets_holds_what_the_first_holds_alone(
    kept: tuple[str, ...], excluded: tuple[str, ...], address: str
) -> None:
    assert holds(without(kept, excluded), address) == (holds(kept, address) and not holds(excluded, address))


@unhurried
@given(excluded=st.lists(spans(), max_size=5).map(tuple), address=small)
def test_a_complement_holds_all_others(excluded: tuple[str, ...], address: str) -> None:
    assert holds(without(EVERY, excluded), address) != holds(excluded, address)
    assert every(without((EVERY4,), excluded)) is (not excluded)


@unhurried
@given(one=st.lists(spans(), max_size=5), other=st.lists(spans(), max_size=5))
def test_two_sets_meet_where_they_have_an_address_in_common(one: list[str], other: list[str]) -> None:
    common = any(holds(tuple(one), f"10.0.0.{n}") and holds(tuple(other), f"10.0.0.{n}") for n in range(64))

    assert meet(covered(one), covered(other)) is common


@unhurried
@given(st.text(max_size=40))
def test_any_text_is_a_word_or_none(text: str) -> None:
    word = address_word(text)

    assert word is None or " " not in word
