"""Whether the batch in `state/append` is part of the log, as after every append, or leads on from it, as after a crash."""

from chahe.vault.errors import Missing, Place, Refuted
from chahe.vault.signing.checkpoints import Checkpoint
from chahe.vault.storing.storage import Storage
from chahe.vault.tlog.log import CHECKPOINT, Log
from chahe.vault.tlog.merkle import verify_consistency
from chahe.vault.tlog.pending import PENDING, Pending


class PendingCheck:
    """Is shown the log's entries as they are found to be right, and compares."""

    def __init__(self, storage: Storage, log: Log) -> None:
        """Reads the batch."""
        self._log = log
        self._pending: Pending | None = None
        self._faults: list[Refuted] = []
        try:
            self._pending = Pending.parse(storage.read(PENDING), log)
        except Missing:
            return  # a copy of a vault has none
        except Refuted as error:
            self._faults.append(error)

    def take(self, index: int, entry: bytes) -> None:
        batch = self._pending
        if batch is None or self._faults or not batch.base <= index < batch.signed.checkpoint.size:
            return
        if batch.entries[index - batch.base] != entry:
            why = "is another entry than in the log, where its checkpoint was signed for that one"
            self._faults.append(Refuted(Place(PENDING, index), why))

    def finish(self, now: Checkpoint, *, log_is_whole: bool) -> tuple[int, list[Refuted]]:
        """How many entries wait for the next append to finish them, and what is wrong."""
        if self._pending is None or self._faults:
            return 0, self._faults
        if not log_is_whole:
            return 0, []  # comparing would only tell again what is wrong with the log's files
        try:
            return self._ahead(self._pending, now), []
        except Refuted as error:
            return 0, [error]

    def _ahead(self, batch: Pending, now: Checkpoint) -> int:
        ahead = batch.signed.checkpoint
        if ahead.size <= now.size:
            check_growth(self._log, ahead, now)
            return 0
        if batch.base != now.size:
            why = f"speaks of {now.size} entries, but {ahead.size} were signed: the log was set back"
            raise Refuted(Place(CHECKPOINT), why)
        grown, _ = self._log.edge(now.size).grown(batch.entries)
        if grown.root != ahead.root:
            raise Refuted(Place(PENDING), "its entries are not those that its checkpoint was signed for")
        return ahead.size - now.size


def check_growth(log: Log, old: Checkpoint, new: Checkpoint) -> None:
    """The log of `new` began as that of `old`. Raises Refuted, Missing where tiles are gone."""
    place = Place(CHECKPOINT)
    if old.origin != new.origin:
        raise Refuted(place, f"is of the log {new.origin}, not {old.origin}")
    if old.size > new.size:
        raise Refuted(place, f"speaks of {new.size} entries, but {old.size} were signed: the log was set back")
    path = log.consistency(old.size, new.size)
    verify_consistency(old.size, new.size, old_root=old.root, new_root=new.root, path=path)
