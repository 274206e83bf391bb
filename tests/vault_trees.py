"""Logs in memory, for tests of what is said about logs."""

from chahe.vault.signing.checkpoints import Checkpoint, SignedCheckpoint
from chahe.vault.signing.keys import KeySigner, sign
from chahe.vault.signing.notes import VerifierKey
from chahe.vault.signing.policy import Policy
from chahe.vault.tlog.merkle import consistency_path, inclusion_path, leaf_hash, root
from vault_keys import LOG


class Tree:
    """A log of numbered entries, signed by a key under its own name. `fork`: from that entry on, other ones."""

    def __init__(self, size: int, signer: KeySigner = LOG, *, fork: int | None = None) -> None:
        self.signer = signer
        said = [b"entry %d" % n if fork is None or n < fork else b"forked %d" % n for n in range(size)]
        self.leaves = [leaf_hash(data) for data in said]

    def subtree(self, height: int, index: int) -> bytes:
        return root(self.leaves[index << height : (index + 1) << height])

    def head(self, size: int) -> Checkpoint:
        return Checkpoint(self.signer.name, size, root(self.leaves[:size]))

    def note(self, size: int) -> bytes:
        return sign(self.head(size).encode(), self.signer)

    def signed(self, size: int) -> SignedCheckpoint:
        return Policy((self.key,)).open(self.note(size))

    def consistency(self, old: int, new: int) -> list[bytes]:
        return consistency_path(old, new, self.subtree)

    def inclusion(self, index: int, size: int) -> list[bytes]:
        return inclusion_path(index, size, self.subtree)

    @property
    def key(self) -> VerifierKey:
        return self.signer.verifier_key
