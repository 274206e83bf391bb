"""Digests of lines are those of hashlib, by the processor's instructions and without them."""

import hashlib
from itertools import accumulate

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chahe.sources.scanning import line_digests
from chahe.sources.scanning.line_digests import has_instructions

WAYS = [pytest.param(True, id="by instructions"), pytest.param(False, id="by the library")]


def digests(lines: list[bytes], *, instructions: bool) -> list[bytes]:
    if instructions and not has_instructions():
        pytest.skip("this processor has no instructions for SHA-256")
    data = np.frombuffer(b"".join(lines), np.uint8)
    ends = np.array([0, *accumulate(map(len, lines))], np.int32)
    way = line_digests.line_digests if instructions else line_digests._by_library
    return [row.astype(">u4").tobytes() for row in way(data, ends)]


@pytest.mark.parametrize("instructions", WAYS)
def test_every_length_up_to_five_blocks_is_hashed_as_hashlib_does(instructions: bool) -> None:
    lines = [
        bytes((place * 7 + size) % 256 or 1 for place in range(size)).replace(b"\n", b"-").replace(b"\r", b"-") + b"\n"
        for size in range(321)
    ]
    assert digests(lines, instructions=instructions) == [hashlib.sha256(line[:-1]).digest() for line in lines]


@pytest.mark.parametrize("instructions", WAYS)
def test_the_published_examples_hold(instructions: bool) -> None:
    """FIPS 180-4's examples, as NIST gives them."""
    long = b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"
    assert [one.hex() for one in digests([b"abc\n", long], instructions=instructions)] == [
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    ]


@pytest.mark.parametrize("instructions", WAYS)
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(lines=st.lists(st.binary(max_size=200).map(lambda text: text.replace(b"\n", b"") + b"\n"), max_size=8))
def test_line_ends_do_not_count(instructions: bool, lines: list[bytes]) -> None:
    expected = [hashlib.sha256(line.rstrip(b"\r\n")).digest() for line in lines]
    assert digests(lines, instructions=instructions) == expected
    assert digests([line[:-1] + b"\r\n" for line in lines], instructions=instructions) == expected
