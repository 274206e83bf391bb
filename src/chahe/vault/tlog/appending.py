"""Appending to the log: whole batches, durable before they are acknowledged, and never to a tree that was set back.

The steps, which the comments below number:
(1) finish the batch that a crash left in the journal;
(2) check that the tree on the disk carries every checkpoint that is known;
(3) hash the batch, sign the checkpoint it leads to, and put both into the journal: here the batch becomes part of the log;
(4) write bundles and tiles, all of them new keys;
(5) replace `checkpoint`, by which readers see the batch;
(6) remove the partial tiles that whole ones supersede.
"""

from collections.abc import Sequence
from contextlib import suppress

from chahe.vault.errors import Held, Missing, Moved, Place, Refuted
from chahe.vault.signing.checkpoints import Checkpoint, SignedCheckpoint
from chahe.vault.signing.keys import Signer, sign
from chahe.vault.storing.storage import Storage
from chahe.vault.tlog.edge import Edge
from chahe.vault.tlog.log import CHECKPOINT, Log
from chahe.vault.tlog.merkle import verify_consistency
from chahe.vault.tlog.pending import PENDING, Pending
from chahe.vault.tlog.tiles import ENTRIES, WIDTH, Tile, hashes_at

_TRIES = 20


class Appender:
    """The log's writer. The signer's name is the log's origin."""

    def __init__(self, log: Log, storage: Storage, signer: Signer, *, known: Checkpoint | None = None) -> None:
        """`known`: the newest checkpoint that the caller has from elsewhere, such as a witness."""
        self._log = log
        self._storage = storage
        self._signer = signer
        self._known = known
        self._edge: Edge | None = None
        # What this object itself made durable. Whatever else stands there, another may have died before it was.
        self._journal: bytes | None = None
        self._note: bytes | None = None
        self._opened: tuple[bytes, Checkpoint] | None = None

    def append(self, entries: Sequence[bytes]) -> SignedCheckpoint:
        """The checkpoint under which the entries are the last ones. Takes the storage's lock itself.

        Once it returns they survive a loss of power. When it raises OSError, they are in the log whole or not at all:
        the next `append` or `finish` settles which. An entry's time is the caller's: one earlier than its
        predecessor's is kept as it is, for the order of the log does not depend on clocks.

        Raises Held where another process is writing, Moved where others were quicker many times, Refuted where the
        tree was altered, forked or set back (nothing is signed then), ValueError for an entry beyond 65,535 bytes.
        """
        with self._storage.lock():
            for _ in range(_TRIES):
                with suppress(Moved):
                    edge = self._settle()
                    return self._extend(edge, entries) if entries or not edge.size else self._log.checkpoint()
            raise Moved(f"other writers were quicker {_TRIES} times; try again")

    def finish(self) -> None:
        """Complete the batch that a crash left, if there is one. Raises as `append` does."""
        with self._storage.lock():
            for _ in range(_TRIES):
                with suppress(Moved):
                    self._settle()
                    return
            raise Moved(f"other writers were quicker {_TRIES} times; try again")

    def _settle(self) -> Edge:
        """Steps (1) and (2)."""
        # In this order: a journal read first is never ahead of the checkpoint by more than its own batch.
        journal = self._read(PENDING)
        edge = self._standing(self._read(CHECKPOINT))
        if journal is not None and journal != self._journal:
            pending = Pending.parse(journal, self._log)
            edge = self._finished(edge, pending, journal)
            self._tidy(pending.base, edge.size)
        now = Checkpoint(self._signer.name, edge.size, edge.root)
        self._check_known(now, self._known)
        if now.size:
            self._known = now
        self._journal, self._edge = journal, edge
        return edge

    def _standing(self, note: bytes | None) -> Edge:
        """(2) The edge of the tree on the disk, which is that of its checkpoint."""
        if note is None:
            return Edge()
        now = self._checkpoint(note)
        edge = self._edge
        if edge is None or edge.size != now.size:
            edge = self._log.edge(now.size)
        if edge.root != now.root:
            why = f"says that the {now.size} entries have the root {now.root.hex()}; their tiles give {edge.root.hex()}"
            raise Refuted(Place(key=CHECKPOINT), why)
        if note != self._note:
            # Else the next journal could survive a loss of power, and the checkpoint on which it builds not.
            self._storage.replace(CHECKPOINT, note, expected=note)
            self._note = note
        return edge

    def _check_known(self, now: Checkpoint, known: Checkpoint | None) -> None:
        if known is None or (known.size, known.root) == (now.size, now.root):
            return
        if known.size > now.size:
            why = f"speaks of {now.size} entries, but {known.size} were signed: the log was set back"
            raise Refuted(Place(key=CHECKPOINT), why)
        path = self._log.consistency(known.size, now.size)
        verify_consistency(known.size, now.size, old_root=known.root, new_root=now.root, path=path)

    def _finished(self, edge: Edge, pending: Pending, journal: bytes) -> Edge:
        """(1) The edge with the journal's batch in the log."""
        ahead = pending.signed.checkpoint
        now = Checkpoint(ahead.origin, edge.size, edge.root)
        if ahead.size <= edge.size:
            self._check_known(now, ahead)
            return edge
        if pending.base != edge.size:
            why = f"speaks of {edge.size} entries, but {ahead.size} were signed: the log was set back"
            raise Refuted(Place(key=CHECKPOINT), why)
        grown, files = edge.grown(pending.entries)
        if grown.root != ahead.root:
            raise Refuted(Place(key=PENDING), "its entries are not those that its checkpoint was signed for")
        # Else its tiles could survive a loss of power, and the journal that accounts for them not.
        self._storage.replace(PENDING, journal, expected=journal)
        self._publish(pending.signed, files)
        return grown

    def _extend(self, edge: Edge, entries: Sequence[bytes]) -> SignedCheckpoint:
        """Steps (3) to (6). Raises Moved where another writer was quicker."""
        grown, files = edge.grown(entries)
        self._check_free(files)
        checkpoint = Checkpoint(self._signer.name, grown.size, grown.root)
        # Step (3): signed only now that nothing speaks against it.
        note = sign(checkpoint.encode(), self._signer)
        signed = self._log.opened(note, Place(key=PENDING))
        journal = Pending(edge.size, signed, entries).encode()
        self._storage.replace(PENDING, journal, expected=self._journal)
        self._publish(signed, files)
        self._journal, self._edge, self._known = journal, grown, checkpoint
        self._tidy(edge.size, grown.size)
        return signed

    def _check_free(self, files: dict[str, bytes]) -> None:
        for key in files:
            if self._storage.exists(key):
                if self._read(PENDING) != self._journal:
                    raise Moved(f"{PENDING} was replaced by another writer")
                raise Refuted(Place(key=key), "stands behind the last entry of the checkpoint: the log was set back")

    def _publish(self, signed: SignedCheckpoint, files: dict[str, bytes]) -> None:
        """Steps (4) and (5); also for a batch of another writer, who may be doing the same."""
        self._storage.create_all(files)
        for _ in range(_TRIES):
            note = self._read(CHECKPOINT)
            if note is not None:
                now = self._checkpoint(note)
                if now.size >= signed.checkpoint.size:
                    self._check_known(now, signed.checkpoint)
                    return
            with suppress(Moved):
                self._storage.replace(CHECKPOINT, signed.note, expected=note)
                self._note, self._opened = signed.note, (signed.note, signed.checkpoint)
                return
        raise Moved(f"{CHECKPOINT} was replaced by others {_TRIES} times; try again")

    def _tidy(self, old: int, new: int) -> None:
        """(6) By the specification a partial tile may go once the whole one is there; readers then use that."""
        level = ENTRIES
        while count := hashes_at(level, old):
            tile = Tile(level, count // WIDTH)
            if count % WIDTH and hashes_at(level, new) >= (tile.index + 1) * WIDTH:
                for key in list(self._storage.keys(f"{tile.key}.p/")):
                    with suppress(Missing, Held):  # another did it, or the store keeps it for a while yet
                        self._storage.delete(key)
            level += 1

    def _checkpoint(self, note: bytes) -> Checkpoint:
        """What the note says, if the log's key signed it; verified once while it stays the same."""
        if self._opened is None or self._opened[0] != note:
            self._opened = (note, self._log.opened(note, Place(key=CHECKPOINT)).checkpoint)
        return self._opened[1]

    def _read(self, key: str) -> bytes | None:
        try:
            return self._storage.read(key)
        except Missing:
            return None
