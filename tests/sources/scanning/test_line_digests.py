"""Digests of lines are those of hashlib, whichever of the processor's instructions make them, and without any."""

import hashlib
from collections.abc import Callable
from itertools import accumulate

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chahe.sources.scanning import line_digests
from chahe.sources.scanning.line_digests import has_instructions, has_wide_vectors

Way = Callable[[line_digests.Bytes, line_digests.Ints], line_digests.Words]

WAYS = [
    pytest.param(way, id=name)
    for way, name, has in (
        (line_digests._by_lanes, "sixteen at once", has_wide_vectors()),
        (line_digests._by_pairs, "two at once", has_instructions()),
        (line_digests._by_library, "by the library", True),
    )
    if has
]
"""What this processor can do: no setting up gives it what it lacks, so the rest is left out and not skipped."""


def digests(lines: list[bytes], way: Way) -> list[bytes]:
    data = np.frombuffer(b"".join(lines), np.uint8)
    ends = np.array([0, *accumulate(map(len, lines))], np.int32)
    return [row.astype(">u4").tobytes() for row in way(data, ends)]


@pytest.mark.parametrize("way", WAYS)
def test_every_length_up_to_five_blocks_is_hashed_as_hashlib_does(way: Way) -> None:
    lines = [
        bytes((place * 7 + size) % 256 or 1 for place in range(size)).replace(b"\n", b"-").replace(b"\r", b"-") + b"\n"
        for size in range(321)
    ]
    assert digests(lines, way) == [hashlib.sha256(line[:-1]).digest() for line in lines]


@pytest.mark.parametrize("way", WAYS)
def test_the_published_examples_hold(way: Way) -> None:
    """FIPS 180-4's examples, as NIST gives them."""
    long = b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"
    assert [one.hex() for one in digests([b"abc\n", long], way)] == [
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    ]


@pytest.mark.parametrize("way", WAYS)
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(lines=st.lists(st.binary(max_size=200).map(lambda text: text.replace(b"\n", b"") + b"\n"), max_size=8))
def test_line_ends_do_not_count(way: Way, lines: list[bytes]) -> None:
    expected = [hashlib.sha256(line.rstrip(b"\r\n")).digest() for line in lines]
    assert digests(lines, way) == expected
    assert digests([line[:-1] + b"\r\n" for line in lines], way) == expected


@pytest.mark.parametrize("way", WAYS)
def test_lines_of_very_unlike_lengths_do_not_mix(way: Way) -> None:
    """One of many blocks among short ones, and fewer than there are lanes at the end."""
    sizes = [*(nth * 37 % 131 for nth in range(200)), 500, 9_000, 700, *range(5)]
    lines = [bytes(32 + (nth * 7 + place) % 95 for place in range(size)) + b"\n" for nth, size in enumerate(sizes)]
    for some in (lines, lines[::-1], lines[:17], lines[-3:], []):
        assert digests(some, way) == [hashlib.sha256(line[:-1]).digest() for line in some]
