"""The journal of the log: the one batch that is being appended, with the checkpoint that it leads to.

    chahe append 1 <entries before it> <bytes of the note>
    <the signed note> <the entries, each after its length in two bytes>

It lies under `state/append` and is replaced by each batch. Once it lies there the batch is part of the log; whoever
comes next finishes it. So a crash leaves either all of a batch or nothing, and no tile is ever written that another
batch could want to write differently: two writers race for this one key.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chahe.vault.errors import Malformed, Place
from chahe.vault.signing.checkpoints import SignedCheckpoint
from chahe.vault.tlog.log import Log
from chahe.vault.tlog.tiles import pack, unpack_entries

PENDING = "state/append"
_HEAD = re.compile(rb"chahe append 1 (0|[1-9][0-9]{0,18}) ([1-9][0-9]{0,6})\n")


@dataclass(frozen=True, slots=True)
class Pending:
    """A batch: the entries behind the first `base`, and the checkpoint with them."""

    base: int
    signed: SignedCheckpoint
    entries: Sequence[bytes]

    def encode(self) -> bytes:
        head = f"chahe append 1 {self.base} {len(self.signed.note)}\n"
        return head.encode() + self.signed.note + pack(self.entries)

    @classmethod
    def parse(cls, data: bytes, log: Log) -> "Pending":
        """Raises Malformed with the byte, Refuted where no key of the log signed the checkpoint."""
        place = Place(key=PENDING)
        if (head := _HEAD.match(data)) is None:
            raise Malformed(Place(key=PENDING, first=0), "is no batch that this version of Chahe knows")
        base, note_end = int(head[1]), head.end() + int(head[2])
        signed = log.opened(data[head.end() : note_end], place)
        if base > signed.checkpoint.size:
            raise Malformed(place, f"leads from {base} back to {signed.checkpoint.size} entries")
        behind = Place(key=PENDING, entry=base, first=note_end)
        return cls(base, signed, unpack_entries(data[note_end:], signed.checkpoint.size - base, behind))
