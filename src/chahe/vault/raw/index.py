"""An object's index, `….index` beside it: where its bytes differ, once they do, and where in it a place is.

Written for objects of more than one frame or block, named in the log by its SHA-256. It holds nothing that could not be
had by reading the object: nodes of the tree over the raw blocks, of the tree over the stored ones, and frames' lengths.
One line of JSON (`raw` and `stored`: size, height, number of nodes), then 32 bytes a node, then 4 bytes a frame, big-endian.
"""

import json
import struct
from dataclasses import dataclass
from itertools import accumulate

from chahe.vault.errors import Malformed, Place
from chahe.vault.raw.blocks import BLOCK, Listing
from chahe.vault.raw.frames import FRAME
from chahe.vault.tlog.merkle import root

_FORMAT = "chahe object index 1"
_HASH = 32


@dataclass(frozen=True, slots=True)
class Nodes:
    """The nodes of one height of a tree over blocks."""

    size: int
    """Bytes of the stream."""
    height: int
    nodes: tuple[bytes, ...]

    @classmethod
    def of(cls, listing: Listing, size: int) -> "Nodes":
        return cls(size, listing.height, tuple(listing.nodes()))

    @property
    def root(self) -> bytes:
        return root(self.nodes)

    def described(self) -> list[int]:
        return [self.size, self.height, len(self.nodes)]


@dataclass(frozen=True, slots=True)
class Index:
    """What is known of an object's insides."""

    raw: Nodes
    stored: Nodes
    frames: tuple[int, ...]
    """Stored bytes of each frame, where each but the last holds FRAME raw bytes; else nothing."""

    @property
    def needed(self) -> bool:
        """A single frame and a single block are their own index."""
        return self.stored.size > BLOCK or self.raw.size > FRAME

    def frame_at(self, place: int) -> tuple[int, int]:
        """Where the frame begins that holds raw byte `place`: in the stored bytes, and in the raw ones."""
        number = min(place // FRAME, len(self.frames))
        return sum(self.frames[:number]), number * FRAME

    def frames_within(self, first: int, last: int) -> tuple[int, int] | None:
        """The raw bytes, first and last, whose frames lie in the stored bytes `first` to `last`; None: not known."""
        ends = list(accumulate(self.frames))
        touched = [at for at, end in enumerate(ends) if end > first and end - self.frames[at] <= last]
        if not touched:
            return None
        return touched[0] * FRAME, min(self.raw.size, (touched[-1] + 1) * FRAME) - 1

    def to_bytes(self) -> bytes:
        told: dict[str, str | int | list[int]] = {
            "format": _FORMAT,
            "raw": self.raw.described(),
            "stored": self.stored.described(),
            "frames": len(self.frames),
        }
        head = json.dumps(told, separators=(",", ":")).encode()
        frames = struct.pack(f">{len(self.frames)}I", *self.frames)
        return b"".join((head, b"\n", *self.raw.nodes, *self.stored.nodes, frames))

    @classmethod
    def of(cls, data: bytes, key: str) -> "Index":
        """Raises Malformed."""
        head, _, rest = data.partition(b"\n")
        try:
            told = json.loads(head)
        except (ValueError, RecursionError) as error:
            raise Malformed(Place(key, first=0, last=max(0, len(head) - 1)), f"is no object index: {error}") from error
        match told:
            case {
                "format": format_,
                "raw": [int(raw_size), int(raw_height), int(raw_nodes)],
                "stored": [int(stored_size), int(stored_height), int(stored_nodes)],
                "frames": int(frames),
            } if format_ == _FORMAT and min(raw_height, stored_height, raw_nodes, stored_nodes, frames) >= 0:
                pass
            case _:
                raise Malformed(Place(key, first=0, last=max(0, len(head) - 1)), "is no object index of a known format")
        if len(rest) != _HASH * (raw_nodes + stored_nodes) + 4 * frames:
            raise Malformed(Place(key, first=len(head) + 1, last=len(data)), "has more or fewer nodes than it says")
        nodes = [rest[at : at + _HASH] for at in range(0, _HASH * (raw_nodes + stored_nodes), _HASH)]
        return cls(
            Nodes(raw_size, raw_height, tuple(nodes[:raw_nodes])),
            Nodes(stored_size, stored_height, tuple(nodes[raw_nodes:])),
            struct.unpack(f">{frames}I", rest[_HASH * len(nodes) :]),
        )
