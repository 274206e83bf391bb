"""Verification of a whole vault: nothing altered, nothing lost, nothing set back; or all that is, each with its place.

(1) The checkpoint is signed by the key of the log that its entries name, and grew from every checkpoint that is known from elsewhere.
(2) The log's files give its root: every entry, every tile, every hash (`tree_check.py`).
(3) What a crash or an interruption left in `state/append` is part of the log, or leads on from it.
(4) Every entry is canonical JSON of a known kind.
(5) Every object that entries name lies there as they say, unless an entry says it was deleted; so does every part, but for
    those with records of sealed objects in a copy that was made without them.
(6) What lies there and nothing names is reported; it is no fault.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from chahe.vault.contents import Contents, PartKeys, RowsOf
from chahe.vault.errors import Missing, Moved, Place, Refuted
from chahe.vault.parallel import in_order
from chahe.vault.raw.intake import digest_of
from chahe.vault.raw.object_check import ObjectCheck
from chahe.vault.raw.objects import Objects
from chahe.vault.rekeying import check_told, steps, succession
from chahe.vault.signing.checkpoints import Checkpoint, SignedCheckpoint
from chahe.vault.signing.key_chain import KeyChain
from chahe.vault.storing.storage import Storage
from chahe.vault.tlog.log import CHECKPOINT, Log
from chahe.vault.tlog.pending_check import PendingCheck, check_growth
from chahe.vault.tlog.tile_files import is_earlier, superseded
from chahe.vault.tlog.tiles import tiles_of
from chahe.vault.tlog.tree_check import TreeCheck

STATE = "state/verify"
_NOTED_EVERY = 256
_Part = tuple[str, int, str]
"""Key, entry and SHA-256."""


class Faults(ExceptionGroup[Refuted]):
    """All that is wrong with a vault, each with its place."""

    def derive(self, excs: Sequence[Refuted]) -> "Faults":  # type: ignore[override]  # only ever of Refuted
        return Faults(self.message, excs)

    @property
    def each(self) -> tuple[Refuted, ...]:
        """Every fault, in order of key, entry and byte: the group is flat."""
        return tuple(fault for fault in self.exceptions if isinstance(fault, Refuted))


@dataclass(frozen=True, slots=True)
class Verified:
    """What was verified, and what was found beside it."""

    checkpoint: SignedCheckpoint
    objects: int
    """Checked now …"""
    skipped: int
    """… and by an earlier run, which this one took the word of (`resume`)."""
    stored_bytes: int
    parts: int
    deleted: int
    """Objects whose deletion the log records."""
    pending: int
    """Entries of a batch that was signed but not finished; the next append finishes it."""
    unnamed: tuple[str, ...]
    """Keys under `objects/` and `tile/` that nothing names: left by a crash, or put there."""
    unopened: int = 0
    """Sealed objects that cannot be opened: their own key is gone without an entry, or (looked at by `deep` alone) the wrapping key
    is not at hand. What is stored of them was checked all the same."""
    withheld: int = 0
    """Parts with records of sealed objects that are not in this copy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """How to verify. All is read-only but for `resume`."""

    storage: Storage
    log: Log
    objects: Objects
    known: Sequence[Checkpoint] = ()
    """Checkpoints from elsewhere (a witness, a package handed over): without one, a vault set back whole passes for one that
    never was longer."""
    deep: bool = False
    """Decompress objects too, and compare raw bytes."""
    resume: bool = False
    """Note under `state/verify` how far it came, and go on from there while the root is the same. Whoever can alter the vault
    can write that note: for evidence, verify without."""
    chain: KeyChain | None = None
    """The log's keys, where one took over from another: its entries must tell of the same."""
    parts_of: PartKeys = lambda _entry: {}
    rows_of: RowsOf = lambda _entry: ("", ())
    withheld: bool = False
    """This is a copy made without the keys and rows of sealed objects, and no entry says so yet: they may be absent."""
    threads: int = 2
    progress: Callable[[int, int], None] = lambda _done, _all: None
    """Called with how many objects and parts were checked, and of how many."""

    def run(self) -> Verified:
        """Raises Faults with everything that is wrong; Missing where there is no vault; OSError where it cannot be read."""
        # Before the checkpoint: a batch that is read first is never ahead of it by more than itself, whoever writes meanwhile.
        batch = PendingCheck(self.storage, self.log)
        try:
            signed = self.log.checkpoint()
        except Refuted as error:
            raise Faults("the checkpoint is not what a key of the log signed", [error]) from None
        now = signed.checkpoint
        contents = Contents(self.parts_of, self.rows_of)
        tree = TreeCheck(self.storage.read, now.size, now.root, threads=self.threads)

        def take(index: int, entry: bytes) -> None:
            contents.take(index, entry)
            batch.take(index, entry)

        tree.run(take)
        odd = {fault.place.key for fault in tree.faults}
        faults = tree.faults + superseded(self.storage.read, self.storage.keys("tile/"), now.size, odd=odd)
        whole, changes = not faults, list[Checkpoint]()
        faults += self._rekeyed(contents, changes)
        faults += self._set_back(now, [*self.known, *changes], log_is_whole=whole)
        pending, wrong = batch.finish(now, log_is_whole=not faults)
        faults += wrong + contents.faults

        def withheld(entry: int) -> bool:
            return self.withheld or entry < contents.withheld_until

        check = ObjectCheck(self.storage, self.objects, deep=self.deep, withheld=withheld)
        parts, absent = self._parts(contents, withheld)
        counted = self._stored(now, contents, check, parts, faults)
        if faults:
            raise Faults(f"the vault is not what its log says: {len(faults)} faults", _sorted(faults))
        return Verified(
            signed,
            objects=counted[0],
            skipped=counted[1],
            stored_bytes=sum(object_.stored_size for object_ in contents.present()),
            parts=len(parts),
            deleted=len(contents.deleted),
            pending=pending,
            unnamed=tuple(self._unnamed(now, contents)),
            unopened=sum(map(check.unopened, contents.present())),
            withheld=absent,
        )

    def _parts(self, contents: Contents, withheld: Callable[[int], bool]) -> tuple[list[_Part], int]:
        """The parts that should be there, and how many are not in this copy."""
        parts, sealed = contents.present_parts(), contents.sealed_rows()
        here = [
            (key, entry, digest)
            for key, entry, digest in parts
            if not (key in sealed and withheld(entry) and not self.storage.exists(key))
        ]
        return here, len(parts) - len(here)

    def _rekeyed(self, contents: Contents, changes: list[Checkpoint]) -> list[Refuted]:
        """(1) Adds the checkpoints at which the log's key was changed."""
        if self.chain is None:
            return []
        try:
            check_told(self.chain, sorted(contents.keys_told), contents.first_key)
            for until, former, after in steps(self.chain):
                changes.append(succession(self.storage, self.log, until, former, after).checkpoint)
        except Refuted as error:
            return [error]
        except Missing as error:
            return [Refuted(Place(CHECKPOINT), f"the checkpoint at which its key was changed is gone: {error}")]
        return []

    def _set_back(self, now: Checkpoint, every: Sequence[Checkpoint], *, log_is_whole: bool) -> list[Refuted]:
        """(1)"""
        found = []
        for known in every:
            if not log_is_whole and known.size <= now.size:
                continue  # a proof would only say again what is wrong with the files
            try:
                check_growth(self.log, known, now)
            except Refuted as error:
                found.append(error)
        return found

    def _stored(
        self, now: Checkpoint, contents: Contents, check: ObjectCheck, parts: list[_Part], faults: list[Refuted]
    ) -> tuple[int, int]:
        """(5) Adds to the faults; how many objects were checked, and how many skipped."""
        objects = contents.present()
        skipped, noted = self._resumed(now) if self.resume else (0, None)
        skipped = min(skipped, len(objects))
        total, whole = len(objects) + len(parts), True
        found = in_order(check.faults, objects[skipped:], threads=self.threads)
        for done, wrong in enumerate(found, skipped + 1):
            faults += wrong
            whole = whole and not wrong  # behind the first fault nothing is skipped next time
            if self.resume and whole and done % _NOTED_EVERY == 0:
                noted = self._note(now, done, noted)
            self.progress(done, total)
        for done, wrong in enumerate(in_order(self._part, parts, threads=self.threads), len(objects) + 1):
            faults += wrong
            self.progress(done, total)
        if self.resume and whole:
            self._note(now, 0, noted)
        return len(objects) - skipped, skipped

    def _part(self, part: _Part) -> list[Refuted]:
        key, entry, expected = part
        try:
            with self.storage.open(key) as stream:
                found = digest_of(stream)
        except Missing:
            return [Refuted(Place(key, entry), "is gone")]
        return [] if found == expected else [Refuted(Place(key, entry), f"has the SHA-256 {found}, not {expected}")]

    def _resumed(self, now: Checkpoint) -> tuple[int, bytes | None]:
        """How many objects an earlier run checked, and its note as it lies there."""
        try:
            noted = self.storage.read(STATE)
        except Missing:
            return 0, None
        try:
            told = json.loads(noted)
        except (ValueError, RecursionError):
            return 0, noted
        match told:
            case {"root": root, "deep": deep, "done": int(done)} if (root, deep) == (now.root.hex(), self.deep):
                return max(0, done), noted
            case _:
                return 0, noted

    def _note(self, now: Checkpoint, done: int, before: bytes | None) -> bytes | None:
        note = json.dumps({"root": now.root.hex(), "deep": self.deep, "done": done}).encode()
        try:
            self.storage.replace(STATE, note, expected=before)
        except Moved:
            return before  # another verification is under way, and notes its own
        return note

    def _unnamed(self, now: Checkpoint, contents: Contents) -> Iterable[str]:
        """(6)"""
        yield from sorted(set(self.storage.keys("objects/")) - contents.keys())
        tiles = {tile.key for tile in tiles_of(now.size)}
        yield from (key for key in self.storage.keys("tile/") if key not in tiles and not is_earlier(key, now.size))


def _sorted(faults: Iterable[Refuted]) -> list[Refuted]:
    def order(fault: Refuted) -> tuple[str, int, int]:
        place = fault.place
        return place.key or "", place.entry or 0, place.first or 0

    return sorted(faults, key=order)
