"""Stretches of bytes found a block at a time, as they are found byte by byte."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from chahe.sources.firewall_logs.byte_classes import highest, within


@settings(deadline=None)  # the first example loads compiled code
@given(
    text=st.binary(min_size=64, max_size=200),
    place=st.integers(0, 220),
    least=st.integers(0, 255),
    span=st.integers(0, 255),
)
def test_bits_stand_where_a_byte_of_the_stretch_stands(text: bytes, place: int, least: int, span: int) -> None:
    most = min(least + span, 255)
    bits = int(within(np.frombuffer(text, np.uint8), place, np.uint8(least), np.uint8(most)))
    assert [index for index in range(64) if bits >> index & 1] == [
        index for index, sign in enumerate(text[place : place + 64]) if least <= sign <= most
    ]


def test_the_last_bit_is_counted_from_the_first_byte() -> None:
    assert [highest(np.uint64(bits)) for bits in (1, 12, 2**63 + 1)] == [0, 3, 63]
