"""The tree over a stream's 16 KiB blocks: one record of a file can be proved without giving the whole file away.

The leaves are `leaf_hash` of each block, the last one shorter; the root is RFC 6962's. A stream of no bytes has no block.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from chahe.vault.errors import Malformed, Place, Refuted
from chahe.vault.tlog.merkle import node_hash, root

BLOCK = 16 << 10
PART_HEIGHT = 6
PART = BLOCK << PART_HEIGHT
"""1 MiB: a perfect subtree of 64 blocks, and the unit in which objects are compressed."""
MOST = 16_384
"""Nodes that a listing keeps at most, 512 KiB of them; an even number."""

_LEAF = sha256(b"\x00")

Read = Callable[[int, int], bytes]
"""The bytes from the first position up to (not including) the second."""


def leaves(data: bytes | memoryview) -> list[bytes]:
    """The hashes of the blocks of `data`, which begins where a block begins."""
    view, found = memoryview(data), []
    for at in range(0, len(view), BLOCK):
        leaf = _LEAF.copy()  # a fifth faster than `leaf_hash`, which puts a byte before a copy of the block
        leaf.update(view[at : at + BLOCK])
        found.append(leaf.digest())
    return found


def subtree(data: bytes | memoryview) -> bytes:
    """The root over the blocks of `data`."""
    return root(leaves(data))


def count(size: int) -> int:
    """How many blocks so many bytes have."""
    return -(-size // BLOCK)


class Listing:
    """The nodes of one height of a growing tree: where two streams differ, and proofs without reading everything.

    So that no stream is too long for memory, the height rises by one whenever there are MOST nodes.
    """

    def __init__(self, begun_at: int = 0, *, height: int = 0) -> None:
        """`begun_at`: the height of what will be added. `height`: that of the nodes at first, if higher."""
        self.height = max(begun_at, height)
        self._begun_at = begun_at
        self._nodes: list[bytes] = []
        self._open: list[bytes] = []  # of the height it began with, not enough yet for a node

    def append(self, node: bytes) -> None:
        """Add the next subtree of the height `begun_at`; only the last one may be smaller."""
        self._open.append(node)
        if len(self._open) < 1 << self.height - self._begun_at:
            return
        self._nodes.append(root(self._open))
        self._open.clear()
        if len(self._nodes) == MOST:
            halves = iter(self._nodes)
            self._nodes = [node_hash(left, right) for left, right in zip(halves, halves, strict=True)]
            self.height += 1

    def nodes(self) -> list[bytes]:
        """From left to right; the last one may stand for fewer blocks."""
        return [*self._nodes, root(self._open)] if self._open else list(self._nodes)

    def root(self) -> bytes:
        """Of the whole tree: perfect subtrees of one height are to it what leaves are (RFC 6962 §2.1)."""
        return root(self.nodes())


class BlockTree:
    """The tree over a stream that is written piece by piece."""

    def __init__(self, height: int = 0) -> None:
        self.listing = Listing(height=height)
        self.size = 0
        self._rest = b""

    def update(self, data: bytes | memoryview) -> None:
        self.size += len(data)
        whole = b"".join((self._rest, data)) if self._rest else data
        end = len(whole) // BLOCK * BLOCK
        for leaf in leaves(memoryview(whole)[:end]):
            self.listing.append(leaf)
        self._rest = bytes(memoryview(whole)[end:])

    def finish(self) -> Listing:
        """Call once, when all is written."""
        if self._rest:
            self.listing.append(subtree(self._rest))
            self._rest = b""
        return self.listing


@dataclass(frozen=True, slots=True)
class BlockProof:
    """That some blocks are part of a stream: the roots of what lies beside them, from left to right."""

    size: int
    """Bytes of the whole stream."""
    first: int
    last: int
    """The blocks that are proved, counted from 0, both included."""
    beside: tuple[bytes, ...]

    @property
    def begin(self) -> int:
        """The first byte that is proved."""
        return self.first * BLOCK

    @property
    def end(self) -> int:
        """Behind the last byte that is proved."""
        return min(self.size, (self.last + 1) * BLOCK)

    def described(self) -> dict[str, object]:
        """As JSON has it."""
        beside = [node.hex() for node in self.beside]
        return {"size": self.size, "first": self.first, "last": self.last, "beside": beside}

    @classmethod
    def of(cls, described: Mapping[str, object]) -> "BlockProof":
        """From JSON. Raises Malformed."""
        match described:
            case {"size": int(size), "first": int(first), "last": int(last), "beside": [*beside]}:
                try:
                    nodes = tuple(bytes.fromhex(str(node)) for node in beside)
                except ValueError as error:
                    raise Malformed(Place(), f"a block proof's node is no hexadecimal number: {error}") from error
                return cls(size, first, last, nodes)
            case _:
                raise Malformed(Place(), "is no block proof: it has size, first, last and beside")


def prove(
    read: Read, size: int, first: int, last: int, *, listing: tuple[int, Sequence[bytes]] | None = None
) -> BlockProof:
    """That blocks `first` to `last` are in the stream of `size` bytes that `read` reads, from left to right.

    With a listing (its height and nodes) only what is nearer than one of its nodes is read. Raises ValueError where the
    stream has no such blocks.
    """
    blocks = count(size)
    if not 0 <= first <= last < blocks:
        raise ValueError(f"a stream of {size} bytes has {blocks} blocks; there are none from {first} to {last}")
    beside = tuple(
        _node(read, size, begin, end, listing)
        for begin, end in _walk(0, blocks, first, last)
        if end <= first or begin > last
    )
    return BlockProof(size, first, last, beside)


def verify(data: bytes, proof: BlockProof, *, size: int, root: bytes) -> None:
    """`data` are the bytes `proof.begin` up to `proof.end` of the stream of that size and root. Raises Refuted.

    Size and root are what the log says. A proof alone does not bind the size: what lies beside is but a hash.
    """
    if proof.size != size:
        raise Refuted(Place(), f"the block proof is of a stream of {proof.size} bytes, not {size}")
    blocks = count(size)
    if not 0 <= proof.first <= proof.last < blocks:
        raise Malformed(Place(), f"a stream of {size} bytes has no blocks from {proof.first} to {proof.last}")
    place = Place(first=proof.begin, last=proof.end - 1)
    if len(data) != proof.end - proof.begin:
        raise Refuted(place, f"there are {len(data)} bytes, not {proof.end - proof.begin}")
    inside, beside = iter(leaves(data)), iter(proof.beside)
    found = _join(0, blocks, proof, inside, beside)
    if next(beside, None) is not None:
        raise Refuted(place, "the block proof is too long")
    if found != root:
        raise Refuted(place, f"with its proof gives the root {found.hex()}, not {root.hex()}")


def _join(begin: int, end: int, proof: BlockProof, inside: Iterator[bytes], beside: Iterator[bytes]) -> bytes:
    if end <= proof.first or begin > proof.last:
        if (node := next(beside, None)) is None:
            raise Refuted(Place(first=proof.begin, last=proof.end - 1), "the block proof is too short")
        return node
    if end - begin == 1:
        return next(inside)
    middle = _middle(begin, end)
    left = _join(begin, middle, proof, inside, beside)
    return node_hash(left, _join(middle, end, proof, inside, beside))


def _walk(begin: int, end: int, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The largest subtrees that lie wholly inside or outside the blocks `first` to `last`, from left to right."""
    if end <= first or begin > last or (first <= begin and end <= last + 1):
        yield begin, end
        return
    middle = _middle(begin, end)
    yield from _walk(begin, middle, first, last)
    yield from _walk(middle, end, first, last)


def _middle(begin: int, end: int) -> int:
    """Where RFC 6962 splits a tree: at the largest power of two smaller than its leaves."""
    return begin + (1 << (end - begin - 1).bit_length() - 1)


def _node(read: Read, size: int, begin: int, end: int, listing: tuple[int, Sequence[bytes]] | None) -> bytes:
    """The root over the blocks from `begin` up to `end`: from the listing where it can be, else from the bytes."""
    if listing is not None:
        height, nodes = listing
        aligned = begin % (1 << height) == 0 and (end % (1 << height) == 0 or end == count(size))
        if aligned:
            return root(nodes[begin >> height : -(-end // (1 << height))])
    found = BlockTree()
    for at in range(begin * BLOCK, min(size, end * BLOCK), PART):
        found.update(read(at, min(size, end * BLOCK, at + PART)))
    return found.finish().root()


def differing(found: Sequence[bytes], expected: Sequence[bytes], height: int, size: int) -> Iterator[Place]:
    """The byte ranges in which two listings of one height differ; `size` is that of the longer stream."""
    width = BLOCK << height
    for index in range(max(len(found), len(expected))):
        if list(found[index : index + 1]) != list(expected[index : index + 1]):
            yield Place(first=index * width, last=max(index * width, min(size, (index + 1) * width) - 1))
