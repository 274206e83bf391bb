"""What passes between a log and its witnesses (C2SP tlog-witness), as bytes.

old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
…

<the checkpoint's note>
"""

from dataclasses import dataclass
from hashlib import sha256

from chahe.vault.errors import Malformed, Place
from chahe.vault.signing.canonical import HASH, LARGEST, NOWHERE, decode_decimal, decode_hash, encode_base64
from chahe.vault.witnessing.line_reading import Lines

ADD_CHECKPOINT = "/add-checkpoint"
SIZE_TYPE = "text/x.tlog.size"
LONGEST = 63
"""Proof lines in a request."""
MOST_BYTES = 262_144
"""In a request: sixteen signatures of 5 kB, as post-quantum ones may be, with room to spare."""


@dataclass(frozen=True, slots=True)
class Request:
    """The body of add-checkpoint: a checkpoint, and the proof that the log of `old` entries was how it began."""

    old: int
    path: tuple[bytes, ...]
    note: bytes

    def __post_init__(self) -> None:
        if not 0 <= self.old <= LARGEST:
            raise Malformed(NOWHERE, f"{self.old} is no size of a tree")
        if len(self.path) > LONGEST or any(len(one) != HASH for one in self.path):
            raise Malformed(NOWHERE, f"a consistency proof has at most {LONGEST} hashes of {HASH} bytes")

    def encode(self) -> bytes:
        lines = (b"old %d" % self.old, *map(encode_base64, self.path), b"")
        return b"".join(line + b"\n" for line in lines) + self.note


def parse_request(data: bytes, place: Place = NOWHERE) -> Request:
    """Raises Malformed with the byte. The note in it is not looked at."""
    head, parted, note = data.partition(b"\n\n")
    lines = Lines(head, place)
    old = lines.take()
    if not parted or not old.startswith(b"old "):
        raise Malformed(place, "is no request: it says `old` and a size, then a proof, an empty line and a checkpoint")
    return Request(
        decode_decimal(old.removeprefix(b"old "), lines.place),
        tuple(decode_hash(line, lines.place) for line in lines),
        note,
    )


def origin_hash(origin: str) -> str:
    """The name under which a witness keeps and serves a log's latest checkpoint."""
    return sha256(origin.encode()).hexdigest()
