"""A vault: raw objects, and the log of everything that was done with them, in one place."""

from collections.abc import Iterator, Mapping, Sequence

from chahe.vault.entries import Kind, decode, encode
from chahe.vault.errors import Held, Occupied, Place
from chahe.vault.raw.objects import Objects
from chahe.vault.raw.seal import Seal
from chahe.vault.signing.checkpoints import Checkpoint, SignedCheckpoint
from chahe.vault.signing.key_chain import KeyChain
from chahe.vault.signing.keys import Signer
from chahe.vault.signing.notes import VerifierKey
from chahe.vault.storing.storage import Storage
from chahe.vault.tlog.appending import Appender
from chahe.vault.tlog.log import CHECKPOINT, Log
from chahe.vault.witnessing.anchors import FOLDER, anchored

FORMAT = 1


class Vault:
    """Opened for reading, or with its signer for writing as well."""

    def __init__(
        self,
        storage: Storage,
        key: VerifierKey | KeyChain,
        *,
        signer: Signer | None = None,
        seal: Seal | None = None,
    ) -> None:
        """Of the vault only the anchors are read, and those only with a signer. Raises Refuted where one is not the log's."""
        self.storage = storage
        self.chain = key if isinstance(key, KeyChain) else KeyChain(key)
        self.key = self.chain.current
        """That which signs now."""
        self.log = Log(storage, self.chain)
        self.objects = Objects(storage, seal=seal)
        self._appender = None
        if signer is not None:
            # What others vouched for must still be there before anything is signed.
            vouched = self.anchored()
            self._appender = Appender(self.log, storage, signer, known=vouched[-1].checkpoint if vouched else None)

    @classmethod
    def create(cls, storage: Storage, signer: Signer, *, at_us: int, seal: Seal | None = None) -> "Vault":
        """A new vault, whose first entry says so. Raises Occupied where there is one; finishes one that a crash left unfinished."""
        if storage.exists(CHECKPOINT):
            raise Occupied("there is a vault here already")
        vault = cls(storage, signer.verifier_key, signer=signer, seal=seal)
        Appender(vault.log, storage, signer).finish()
        if storage.exists(CHECKPOINT):
            return vault
        vault.record(at_us, [(Kind.VAULT, {"format": FORMAT, "origin": signer.name, "key": str(signer.verifier_key)})])
        return vault

    @property
    def signed(self) -> SignedCheckpoint:
        """The newest checkpoint, its signature verified. Raises Missing where there is no vault, Refuted."""
        return self.log.checkpoint()

    @property
    def checkpoint(self) -> Checkpoint:
        return self.signed.checkpoint

    def anchored(self, *, least: int = 0) -> list[SignedCheckpoint]:
        """The checkpoints that others vouch for, newest last (`witnessing.anchors`). Raises Malformed, Refuted."""
        found = anchored(self.storage, self.chain.keys, least=least)
        return [self.chain.check(signed, Place(key=FOLDER)) for signed in found]

    def record(self, at_us: int, entries: Sequence[tuple[Kind, Mapping[str, object]]]) -> SignedCheckpoint:
        """Append entries together; once this returns they survive a loss of power. Raises Held, ValueError (see `encode`)."""
        if self._appender is None:
            raise Held("the vault was opened for reading; its signing key was not given")
        return self._appender.append([encode(kind, at_us, members) for kind, members in entries])

    def finish(self) -> None:
        """Complete the batch that a crash left, so that `entries` has it. Raises as `record` does."""
        if self._appender is not None:
            self._appender.finish()

    def entries(self, *kinds: Kind) -> Iterator[tuple[int, dict[str, object]]]:
        """Index and members of every entry of these kinds (of all, where none is named), in order."""
        for index, data in enumerate(self.log.entries(0, self.checkpoint.size)):
            # The kind stands in the bytes: reading the JSON of those that are not asked for would cost most of the time.
            if not kinds or any(b'"kind":"%s"' % kind.value.encode() in data for kind in kinds):
                entry = decode(data, index)
                if not kinds or entry["kind"] in kinds:
                    yield index, entry
