"""Checkpoints with what others outside said of them: witnesses' cosignatures and authorities' time stamps.

Kept under `anchors/<size, 20 digits>/<first 16 hex of the note's SHA-256>`, the signed note as it is; written once. The
newest checkpoint soon has none of it, so proofs are given for the newest anchored one that covers what they prove.
"""

from collections.abc import Iterable
from hashlib import sha256

from chahe.vault.errors import Place
from chahe.vault.signing.checkpoints import SignedCheckpoint, open_checkpoint
from chahe.vault.signing.notes import VerifierKey
from chahe.vault.storing.storage import Storage

FOLDER = "anchors/"


def keep(storage: Storage, signed: SignedCheckpoint) -> str:
    """Keep an anchored checkpoint; its key."""
    key = f"{FOLDER}{signed.checkpoint.size:020d}/{sha256(signed.note).hexdigest()[:16]}"
    storage.create(key, signed.note)
    return key


def anchored(storage: Storage, keys: Iterable[VerifierKey], *, least: int = 0) -> list[SignedCheckpoint]:
    """The anchored checkpoints of at least `least` entries, newest last; of one size that with most signatures last.

    Raises Malformed, or Refuted where one is not signed by a key of the log.
    """
    known = tuple(keys)
    found = [
        open_checkpoint(storage.read(key), known, place=Place(key=key))
        for key in storage.keys(FOLDER)
        if int(key.removeprefix(FOLDER).partition("/")[0]) >= least
    ]
    return sorted(found, key=lambda signed: (signed.checkpoint.size, signed.note.count("\n\N{EM DASH} ".encode())))
