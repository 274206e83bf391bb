"""Signs found a block at a time, as they are found byte by byte."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from chahe.sources.scanning.byte_blocks import above_ascii, below, between, eight, find, lowest, where

TEXTS = st.text(alphabet='ab="', max_size=200).map(str.encode)


def data(text: bytes) -> np.ndarray:
    return np.frombuffer(text, np.uint8)


@settings(deadline=None)  # the first example loads compiled code
@given(text=TEXTS, place=st.integers(0, 220))
def test_bits_stand_where_the_sign_stands_and_nowhere_behind_the_data(text: bytes, place: int) -> None:
    bits = int(where(data(text), place, np.uint8(ord("="))))
    assert [index for index in range(64) if bits >> index & 1] == [
        index for index, sign in enumerate(text[place : place + 64]) if sign == ord("=")
    ]


@settings(deadline=None)  # the first example loads compiled code
@given(text=TEXTS, begin=st.integers(0, 60), size=st.integers(0, 200))
def test_it_finds_the_first_of_a_stretch(text: bytes, begin: int, size: int) -> None:
    begin = min(begin, len(text))
    end = min(begin + size, len(text))
    found = text.find(b"=", begin, end)
    assert find(data(text), begin, end, np.uint8(ord("="))) == (end if found < 0 else found)


def test_bits_are_counted_from_the_first_byte() -> None:
    assert [int(below(count)) for count in (-1, 0, 1, 63, 64, 65)] == [0, 0, 1, 2**63 - 1, 2**64 - 1, 2**64 - 1]
    assert [lowest(np.uint64(bits)) for bits in (1, 12, 2**63)] == [0, 2, 63]


@settings(deadline=None)  # the first example loads compiled code
@given(bits=st.integers(0, 2**64 - 1), inside=st.integers(0, 1))
def test_what_stands_within_quotes_lasts_to_the_closing_one(bits: int, inside: int) -> None:
    expected, within = 0, inside
    for index in range(64):
        within ^= bits >> index & 1
        expected |= within << index
    assert int(between(np.uint64(bits), np.uint64(inside))) == expected


@settings(deadline=None)  # the first example loads compiled code
@given(text=st.binary(min_size=8, max_size=40), place=st.integers(0, 32))
def test_eight_bytes_are_one_number(text: bytes, place: int) -> None:
    place = min(place, len(text) - 8)
    assert int(eight(data(text), place)) == int.from_bytes(text[place : place + 8], "little")


@settings(deadline=None)  # the first example loads compiled code
@given(text=st.binary(min_size=64, max_size=200), place=st.integers(0, 136))
def test_bytes_above_ascii_are_told_by_their_bits(text: bytes, place: int) -> None:
    place = min(place, len(text) - 64)
    bits = int(above_ascii(data(text), place))
    assert [index for index in range(64) if bits >> index & 1] == [
        index for index, sign in enumerate(text[place : place + 64]) if sign > 127
    ]
