"""There is one way to write bytes and numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chahe.vault.errors import Malformed
from chahe.vault.signing.canonical import LARGEST, decode_base64, decode_decimal, decode_hash, encode_base64


@given(st.binary(max_size=80))
def test_bytes_come_back_as_they_were(data: bytes) -> None:
    assert decode_base64(encode_base64(data)) == data


@given(st.binary(max_size=12) | st.text("AQgw+/=_- \n", max_size=12).map(str.encode))
def test_what_is_taken_is_what_would_be_written(text: bytes) -> None:
    try:
        data = decode_base64(text)
    except Malformed:
        return
    assert encode_base64(data) == text


@pytest.mark.parametrize(
    "text", [b"AA", b"AA=", b"AB==", b"AAB=", b"AA==\n", b"A A=", b"-_==", b"AA==AA==", b"=", b"\xff"]
)
def test_base64_of_another_form_is_refused(text: bytes) -> None:
    with pytest.raises(Malformed):
        decode_base64(text)


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_hash_of_another_length_is_refused(size: int) -> None:
    with pytest.raises(Malformed, match=f"has {size} bytes"):
        decode_hash(encode_base64(bytes(size)))


@given(st.integers(0, LARGEST))
def test_numbers_come_back_as_they_were(number: int) -> None:
    assert decode_decimal(str(number).encode()) == number


@pytest.mark.parametrize(
    "text", [b"", b"00", b"01", b"+1", b"-1", b" 1", b"1 ", b"1_0", b"0x1", "１".encode(), b"1\n", b"1.0", b"1e3"]
)
def test_a_number_of_another_form_is_refused(text: bytes) -> None:
    with pytest.raises(Malformed, match="no decimal number"):
        decode_decimal(text)


@pytest.mark.parametrize("text", [str(LARGEST + 1).encode(), b"9" * 5000])
def test_a_number_beyond_64_bits_is_refused(text: bytes) -> None:
    with pytest.raises(Malformed, match="greatest allowed"):
        decode_decimal(text)
