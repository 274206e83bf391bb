"""The one way to write a number and bytes in notes, checkpoints and proofs; any other way is refused, so that bytes have one meaning."""

import base64
import binascii
from dataclasses import replace

from chahe.vault.errors import Malformed, Place

NOWHERE = Place()
HASH = 32
"""Bytes of a SHA-256 hash."""
LARGEST = 2**63 - 1
"""No tree, index or POSIX time is greater: every implementation in use keeps them as signed 64-bit numbers."""


def at(place: Place, first: int) -> Place:
    """The same place, told to its byte."""
    return replace(place, first=first)


def decode_base64(text: bytes, place: Place = NOWHERE) -> bytes:
    """Standard alphabet, padded, nothing between, unused bits zero (RFC 4648 §3.5, §4). Raises Malformed."""
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise Malformed(place, f"is no base64: {error}") from error
    if base64.b64encode(data) != text:
        raise Malformed(place, "is base64 with unused bits set or padding too much; there is one way to write bytes")
    return data


def encode_base64(data: bytes) -> bytes:
    """What `decode_base64` takes."""
    return base64.b64encode(data)


def decode_hash(text: bytes, place: Place = NOWHERE) -> bytes:
    """A SHA-256 hash in base64. Raises Malformed."""
    data = decode_base64(text, place)
    if len(data) != HASH:
        raise Malformed(place, f"has {len(data)} bytes; a hash has {HASH}")
    return data


def decode_decimal(text: bytes, place: Place = NOWHERE) -> int:
    """ASCII digits without leading zeroes, at most `LARGEST`. Raises Malformed."""
    # bytes.isdigit knows ASCII digits only; int() alone would take signs, spaces and underscores, too.
    if not text.isdigit() or (text.startswith(b"0") and text != b"0"):
        raise Malformed(place, f"{text[:32]!r} is no decimal number without leading zeroes")
    if len(text) > len(str(LARGEST)) or int(text) > LARGEST:
        raise Malformed(place, f"is a number of {len(text)} digits; {LARGEST} is the greatest allowed")
    return int(text)
