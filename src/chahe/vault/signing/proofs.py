"""Proofs that one entry is in the log, each in one file (C2SP tlog-proof v1, `.tlog-proof`), which needs no network to be checked.

c2sp.org/tlog-proof@v1
extra YWdl…
index 73894
gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=
…

<the checkpoint's note>
"""

from dataclasses import dataclass

from chahe.vault.errors import Malformed, Place
from chahe.vault.signing.canonical import (
    HASH,
    LARGEST,
    NOWHERE,
    decode_base64,
    decode_decimal,
    decode_hash,
    encode_base64,
)
from chahe.vault.signing.checkpoints import SignedCheckpoint
from chahe.vault.signing.notes import MOST_BYTES
from chahe.vault.signing.policy import Policy
from chahe.vault.tlog.merkle import verify_inclusion
from chahe.vault.witnessing.line_reading import Lines

_FIRST = b"c2sp.org/tlog-proof@v1"
LONGEST = 63
"""Hashes in a path: no tree of less than 2**63 leaves needs more."""
MOST_EXTRA = 1_000_000


@dataclass(frozen=True, slots=True)
class Proof:
    """What the file says; nothing of it is verified yet."""

    index: int
    path: tuple[bytes, ...]
    """The leaf's sibling first (RFC 6962 §2.1.1)."""
    note: bytes
    """The checkpoint, with signatures and cosignatures, byte for byte."""
    extra: bytes | None = None
    """What the application adds. Nothing vouches for it."""

    def __post_init__(self) -> None:
        if not 0 <= self.index <= LARGEST:
            raise Malformed(NOWHERE, f"{self.index} is no index of an entry")
        if len(self.path) > LONGEST or any(len(one) != HASH for one in self.path):
            raise Malformed(NOWHERE, f"a path has at most {LONGEST} hashes of {HASH} bytes")
        if self.extra is not None and len(self.extra) > MOST_EXTRA:
            raise Malformed(NOWHERE, f"{len(self.extra)} bytes are too many for a proof's extra line ({MOST_EXTRA})")

    def encode(self) -> bytes:
        extra = () if self.extra is None else (b"extra " + encode_base64(self.extra),)
        lines = (_FIRST, *extra, b"index %d" % self.index, *map(encode_base64, self.path), b"")
        return b"".join(line + b"\n" for line in lines) + self.note


def parse_proof(data: bytes, place: Place = NOWHERE) -> Proof:
    """Raises Malformed with the byte. The note in it is looked at when the proof is opened."""
    if len(data) > 2 * (MOST_EXTRA + MOST_BYTES):
        raise Malformed(place, f"has {len(data)} bytes, more than any proof")
    head, parted, note = data.partition(b"\n\n")
    lines = Lines(head, place)
    if not parted or lines.take() != _FIRST:
        raise Malformed(
            place, "is no proof: it begins with c2sp.org/tlog-proof@v1, and an empty line precedes the checkpoint"
        )
    line, extra = lines.take(), None
    if line.startswith(b"extra "):
        extra = decode_base64(line.removeprefix(b"extra "), lines.place)
        line = lines.take()
    if not line.startswith(b"index "):
        raise Malformed(lines.place, "does not say `index` and a number, where a proof does")
    index = decode_decimal(line.removeprefix(b"index "), lines.place)
    path = tuple(decode_hash(line, lines.place) for line in lines)
    return Proof(index, path, note, extra)


def open_proof(data: bytes, leaf: bytes, policy: Policy, place: Place = NOWHERE) -> tuple[Proof, SignedCheckpoint]:
    """Verifies that the entry whose leaf hash is `leaf` is in a log that the policy trusts. Raises Malformed, Refuted.

    The steps are those of the specification: (1) the leaf hash is the caller's; (2) log and (3) witnesses; (4) inclusion.
    """
    proof = parse_proof(data, place)
    signed = policy.open(proof.note, place)  # (2), (3)
    head = signed.checkpoint
    verify_inclusion(leaf, proof.index, head.size, path=proof.path, root=head.root)  # (4)
    return proof, signed
