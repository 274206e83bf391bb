"""Checkpoints (C2SP tlog-checkpoint v1): the log's name, size and root, as the text of a signed note."""

from collections.abc import Iterable
from dataclasses import dataclass

from chahe.vault.errors import Malformed, Place, Refuted
from chahe.vault.signing.canonical import HASH, LARGEST, NOWHERE, at, decode_decimal, decode_hash, encode_base64
from chahe.vault.signing.notes import Note, Verified, VerifierKey, check_text, parse_note, verify_note


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A tree head: `size` leaves of the log called `origin` have the RFC 6962 root hash `root` (32 bytes)."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()
    """Lines after the third, which mean nothing here; never written by us, kept where others wrote them."""

    def __post_init__(self) -> None:
        for line in (self.origin, *self.extensions):
            _check_line(line)
        if not 0 <= self.size <= LARGEST:
            raise Malformed(NOWHERE, f"{self.size} is no size of a tree")
        if len(self.root) != HASH:
            raise Malformed(NOWHERE, f"a root hash has {HASH} bytes, not {len(self.root)}")

    def encode(self) -> bytes:
        """The note's text, which is what is signed."""
        lines = (self.origin, str(self.size), encode_base64(self.root).decode(), *self.extensions)
        return "".join(f"{line}\n" for line in lines).encode()


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """A checkpoint whose signatures were verified, and the note that says so, byte for byte as it was read or made."""

    checkpoint: Checkpoint
    note: bytes
    verified: tuple[Verified, ...] = ()
    """The signatures that hold, by keys that were known."""


def parse_checkpoint(text: bytes, place: Place = NOWHERE) -> Checkpoint:
    """Reads a note's text. Raises Malformed with the byte."""
    check_text(text, place)
    if not text.endswith(b"\n"):
        raise Malformed(place, "is no checkpoint: its last line has no newline")
    lines = text[:-1].split(b"\n")
    if len(lines) < 3 or b"" in lines:
        raise Malformed(place, "is no checkpoint: origin, size and root stand in three lines, and no line is empty")
    origin, size, root, *extensions = lines
    return Checkpoint(
        origin.decode(),
        decode_decimal(size, at(place, len(origin) + 1)),
        decode_hash(root, at(place, len(origin) + len(size) + 2)),
        tuple(line.decode() for line in extensions),
    )


def open_checkpoint(
    data: bytes, keys: Iterable[VerifierKey], *, origin: str | None = None, place: Place = NOWHERE
) -> SignedCheckpoint:
    """Verifies a checkpoint's note by keys of the log, `origin` where given, else the name of whichever key signed.

    Raises Malformed, or Refuted where no known key signed, one signed something else, or it speaks of another log.
    """
    note = parse_note(data, place)
    verified = verify_note(note, keys, place)
    checkpoint = parse_checkpoint(note.text, place)
    expected = {one.key.name for one in verified} if origin is None else {origin}
    if checkpoint.origin not in expected:
        raise Refuted(place, f"speaks of the log {checkpoint.origin}, not of {' or '.join(sorted(expected))}")
    return SignedCheckpoint(checkpoint, data, verified)


def with_signatures(signed: SignedCheckpoint, more: Iterable[Verified]) -> SignedCheckpoint:
    """The same checkpoint with further signatures below; a key's newer one takes the place of its older one."""
    newer = {one.key: one for one in more}
    note = parse_note(signed.note)
    gone = {(key.name, key.key_id) for key in newer}
    kept = [line for line in note.signatures if (line.name, line.key_id) not in gone]
    lines = (*kept, *(one.signature for one in newer.values()))
    verified = (*(one for one in signed.verified if one.key not in newer), *newer.values())
    return SignedCheckpoint(signed.checkpoint, Note(note.text, lines).encode(), verified)


def _check_line(line: str) -> None:
    if not line or any(letter < " " for letter in line):
        raise Malformed(NOWHERE, f"{line!r} is no line of a checkpoint: not empty, no control characters")
    try:
        line.encode()
    except UnicodeEncodeError as error:
        raise Malformed(NOWHERE, f"{line!r} is no line of a checkpoint: it has no UTF-8") from error
