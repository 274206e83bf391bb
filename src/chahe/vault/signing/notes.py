"""Signed notes (C2SP signed-note v1): a text, and under it lines that sign it, each by a named key.

example.com/vault
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/vault Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5…
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from chahe.vault.errors import Malformed, Place, Refuted
from chahe.vault.signing.canonical import LARGEST, NOWHERE, at, decode_base64, encode_base64

MOST_BYTES = 1_000_000
MOST_SIGNATURES = 100
"""The specification asks for at least 16; these two limits are those of golang.org/x/mod/sumdb/note."""
_DASH = "— ".encode()
_KEY_ID = 4
_TIME = 8
_ED25519_KEY = 32
_ED25519_SIGNATURE = 64
_CONTROL = re.compile(rb"[\x00-\x09\x0b-\x1f]")
_HEX_ID = re.compile(r"[0-9a-f]{8}")


class Algorithm(IntEnum):
    """The signature types that are taken, by the byte that the specification assigns them."""

    ED25519 = 0x01
    """Signs the text as it is: what a log signs with."""
    COSIGNATURE = 0x04
    """Signs the text with the time at which the signer saw it: what a witness signs with (C2SP tlog-cosignature, Ed25519)."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One line under a note: whose it says it is, and the bytes that nobody has looked at yet."""

    name: str
    key_id: bytes
    data: bytes

    def encode(self) -> bytes:
        return _DASH + f"{self.name} ".encode() + encode_base64(self.key_id + self.data) + b"\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text and its signatures. Trust nothing in `text` before `verify_note` has returned."""

    text: bytes
    """With its last newline, without the empty line."""
    signatures: tuple[Signature, ...]

    def encode(self) -> bytes:
        return self.text + b"\n" + b"".join(signature.encode() for signature in self.signatures)


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key with the name it signs under; written `name+id+key` (a *vkey*)."""

    name: str
    algorithm: Algorithm
    public: bytes

    def __post_init__(self) -> None:
        check_name(self.name)
        if len(self.public) != _ED25519_KEY:
            raise Malformed(NOWHERE, f"the key of {self.name} has {len(self.public)} bytes; Ed25519 has {_ED25519_KEY}")

    @property
    def key_id(self) -> bytes:
        """Four bytes that say which key of this name and algorithm signed; no protection against forgery."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.algorithm]) + self.public).digest()[:_KEY_ID]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{encode_base64(bytes([self.algorithm]) + self.public).decode()}"

    @classmethod
    def parse(cls, text: str, place: Place = NOWHERE) -> Self:
        """Raises Malformed: also for an identifier that is not that of the key, and for algorithms that are not taken."""
        # Base64 may hold a plus; names and identifiers may not.
        parts = text.split("+", 2)
        if len(parts) != 3 or not _HEX_ID.fullmatch(parts[1]) or not parts[2].isascii():
            raise Malformed(place, "is no verifier key: it has the form name+id+key")
        material = decode_base64(parts[2].encode(), place)
        key = cls(parts[0], _algorithm(material[:1], place), material[1:])
        if key.key_id.hex() != parts[1]:
            raise Malformed(place, f"the verifier key says it is {parts[1]}, but it is {key.key_id.hex()}")
        return key

    def message(self, text: bytes, at_s: int | None) -> bytes:
        """What is signed of a text; `at_s` is a cosignature's POSIX time and nothing else's."""
        if (at_s is None) != (self.algorithm is Algorithm.ED25519):
            raise Malformed(NOWHERE, f"{self.name}: a cosignature, and it alone, has a time")
        return text if at_s is None else b"cosignature/v1\ntime %d\n" % at_s + text

    def verify(self, text: bytes, data: bytes, place: Place = NOWHERE) -> int | None:
        """The cosignature's POSIX time, or None. Raises Malformed, Refuted."""
        at_s = None
        if self.algorithm is Algorithm.COSIGNATURE:
            at_s, data = int.from_bytes(data[:_TIME]), data[_TIME:]
            if at_s > LARGEST:
                raise Malformed(place, f"the time of {self.name}'s cosignature is beyond {LARGEST}")
        if len(data) != _ED25519_SIGNATURE:
            raise Malformed(place, f"the signature of {self.name} has {len(data)} bytes, not {_ED25519_SIGNATURE}")
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(data, self.message(text, at_s))
        except InvalidSignature as error:
            raise Refuted(place, f"the signature of {self.name} ({self.key_id.hex()}) is not over this text") from error
        return at_s


@dataclass(frozen=True, slots=True)
class Verified:
    """A signature that holds."""

    key: VerifierKey
    signature: Signature
    at_s: int | None
    """The POSIX time of a cosignature; None for a signature without one."""


def check_name(name: str) -> None:
    """Raises Malformed for what may not be a key's name: nothing, Unicode spaces, pluses, control characters."""
    if not name or "+" in name or any(letter.isspace() or letter < " " for letter in name):
        raise Malformed(NOWHERE, f"{name!r} is no name of a key: no spaces, no pluses, not empty")
    try:
        name.encode()
    except UnicodeEncodeError as error:
        raise Malformed(NOWHERE, f"{name!r} is no name of a key: it has no UTF-8") from error


def parse_note(data: bytes, place: Place = NOWHERE) -> Note:
    """Takes a note apart, trusting nothing. Raises Malformed with the byte."""
    if len(data) > MOST_BYTES:
        raise Malformed(place, f"has {len(data)} bytes; a note has at most {MOST_BYTES}")
    # A text may have empty lines; the last one of all ends it.
    end = data.rfind(b"\n\n")
    check_text(data if end < 0 else data[: end + 1], place)
    if end < 0:
        raise Malformed(place, "is no signed note: no empty line parts text and signatures")
    return Note(data[: end + 1], parse_signatures(data[end + 2 :], place, begin=end + 2))


def parse_signatures(data: bytes, place: Place = NOWHERE, *, begin: int = 0) -> tuple[Signature, ...]:
    """One or more signature lines, which begin at the place's byte `begin`. Raises Malformed."""
    check_text(data, place, begin=begin)
    if not data.endswith(b"\n"):
        raise Malformed(at(place, begin), "the last line has no newline" if data else "no signature follows the text")
    lines = data[:-1].split(b"\n")
    if len(lines) > MOST_SIGNATURES:
        raise Malformed(at(place, begin), f"has {len(lines)} signatures; at most {MOST_SIGNATURES} are read")
    found = []
    for line in lines:
        found.append(_parse_signature(line, at(place, begin)))
        begin += len(line) + 1
    return tuple(found)


def check_text(data: bytes, place: Place = NOWHERE, *, begin: int = 0) -> None:
    """Raises Malformed where there is no UTF-8, or a control character other than newline."""
    try:
        data.decode()
    except UnicodeDecodeError as error:
        raise Malformed(at(place, begin + error.start), "is not UTF-8") from error
    if control := _CONTROL.search(data):
        raise Malformed(
            at(place, begin + control.start()), f"a control character (0x{control[0].hex()}) stands in a note"
        )


def verify_note(note: Note, keys: Iterable[VerifierKey], place: Place = NOWHERE) -> tuple[Verified, ...]:
    """The signatures by known keys, at least one, in the note's order, each key once.

    Signatures of other keys are passed over. One of a known key that does not hold condemns the whole note: Refuted.
    """
    known: dict[tuple[str, bytes], VerifierKey] = {}
    for key in keys:
        if known.setdefault((key.name, key.key_id), key) != key:
            raise Malformed(place, f"two known keys are named {key.name} and {key.key_id.hex()}")
    verified: dict[VerifierKey, Verified] = {}
    for signature in note.signatures:
        match = known.get((signature.name, signature.key_id))
        if match is not None:
            at_s = match.verify(note.text, signature.data, place)
            verified.setdefault(match, Verified(match, signature, at_s))
    if not verified:
        signed = ", ".join(f"{one.name} ({one.key_id.hex()})" for one in note.signatures)
        raise Refuted(place, f"is signed by no known key; its signatures name {signed or 'nobody'}")
    return tuple(verified.values())


def _parse_signature(line: bytes, place: Place) -> Signature:
    name, space, encoded = line.removeprefix(_DASH).partition(b" ")
    if not line.startswith(_DASH) or not space:
        raise Malformed(place, "is no signature line: it has the form — name base64")
    try:
        check_name(name.decode())
    except Malformed as error:
        raise Malformed(place, error.why) from error
    data = decode_base64(encoded, place)
    if len(data) <= _KEY_ID:
        raise Malformed(place, f"a signature of {len(data)} bytes leaves none after its {_KEY_ID} for the key")
    return Signature(name.decode(), data[:_KEY_ID], data[_KEY_ID:])


def _algorithm(byte: bytes, place: Place) -> Algorithm:
    try:
        return Algorithm(int.from_bytes(byte))
    except ValueError as error:
        raise Malformed(
            place, f"signature type 0x{byte.hex() or '00'} is not taken; 01 (logs) and 04 (witnesses) are"
        ) from error
