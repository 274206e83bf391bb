"""The log's tree: hashes, roots, and the two proofs. RFC 6962 §2.1, in the words of RFC 9162 §2.1.

Everywhere here a leaf is its hash (`leaf_hash`), 32 bytes, never the bytes it stands for.
"""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

from chahe.vault.errors import Place, Refuted

EMPTY_ROOT = sha256(b"").digest()

Subtrees = Callable[[int, int], bytes]
"""(height, index) -> the root over leaves `index * 2**height` up to (not including) `(index + 1) * 2**height`."""


def leaf_hash(data: bytes | memoryview) -> bytes:
    """MTH({d0}): leaves and nodes begin with different bytes, so that neither passes for the other."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def root(leaves: Iterable[bytes]) -> bytes:
    """MTH of the leaves (their hashes); EMPTY_ROOT of none."""
    frontier = Frontier()
    frontier.extend(leaves)
    return frontier.root()


def leaf_hashes(entries: Iterable[bytes]) -> list[bytes]:
    """`leaf_hash` of each."""
    return [sha256(b"\x00" + entry).digest() for entry in entries]


def perfect_root(leaves: Sequence[bytes]) -> bytes:
    """`root` where there are 2**n leaves, in two thirds of the time."""
    while len(leaves) > 1:
        pairs = iter(leaves)
        leaves = [sha256(b"\x01" + left + right).digest() for left, right in zip(pairs, pairs, strict=True)]
    return leaves[0]


class Frontier:
    """A growing tree, of which only the roots of its perfect subtrees are kept: 64 hashes are enough for any size."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []  # the largest subtree first

    def append(self, leaf: bytes) -> None:
        self.extend((leaf,))

    def extend(self, leaves: Iterable[bytes]) -> None:
        size, peaks = self.size, self._peaks
        for leaf in leaves:
            joined = leaf
            # Each trailing 1 of the size is a subtree as large as the one that was just finished.
            filled = size
            while filled & 1:
                joined = sha256(b"\x01" + peaks.pop() + joined).digest()
                filled >>= 1
            peaks.append(joined)
            size += 1
        self.size = size

    @property
    def peaks(self) -> Sequence[bytes]:
        """The roots of its perfect subtrees, the largest first."""
        return self._peaks

    def root(self) -> bytes:
        return fold(self._peaks)


def fold(peaks: Sequence[bytes]) -> bytes:
    """The root over perfect subtrees that stand side by side, the largest first; EMPTY_ROOT of none."""
    if not peaks:
        return EMPTY_ROOT
    folded = peaks[-1]
    for peak in reversed(peaks[:-1]):
        folded = node_hash(peak, folded)
    return folded


def peaks(begin: int, end: int) -> list[tuple[int, int]]:
    """The perfect subtrees (height, index) that cover the leaves from `begin` up to `end`, the largest first.

    `begin` is where a subtree of the tree begins that is at least as large, as it always is in the proofs below.
    """
    found = []
    while begin < end:
        height = (end - begin).bit_length() - 1
        found.append((height, begin >> height))
        begin += 1 << height
    return found


def root_of(size: int, subtrees: Subtrees) -> bytes:
    """MTH(D[0:size])."""
    return _span(0, size, subtrees)


def inclusion_path(index: int, size: int, subtrees: Subtrees) -> list[bytes]:
    """PATH(index, D[0:size]): what `verify_inclusion` needs, the leaf's sibling first. Raises ValueError."""
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {index}")
    path, begin, end = [], 0, size
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            path.append(_span(middle, end, subtrees))
            end = middle
        else:
            path.append(_span(begin, middle, subtrees))
            begin = middle
    return path[::-1]


def consistency_path(old: int, new: int, subtrees: Subtrees) -> list[bytes]:
    """PROOF(old, D[0:new]): that the tree of `old` leaves is how the tree of `new` ones began. Raises ValueError."""
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} leaves did not begin with {old}")
    path, begin, end = list[bytes](), 0, new
    if old == 0:
        return path
    while end != old:
        middle = begin + _split(end - begin)
        if old <= middle:
            path.append(_span(middle, end, subtrees))
            end = middle
        else:
            path.append(_span(begin, middle, subtrees))
            begin = middle
    if begin:  # else the old root is that subtree, and the verifier has it
        path.append(_span(begin, end, subtrees))
    return path[::-1]


def verify_inclusion(leaf: bytes, index: int, size: int, *, path: Sequence[bytes], root: bytes) -> None:
    """RFC 9162 §2.1.3.2: the tree of `size` leaves with this root has this leaf at `index`. Raises Refuted."""
    place = Place(entry=index)
    if not 0 <= index < size:
        raise Refuted(place, f"is not in a log of {size} entries")
    left, last, found = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            raise Refuted(place, "the inclusion proof is too long")
        if left & 1 or left == last:
            found = node_hash(sibling, found)
            while not left & 1 and left:
                left, last = left >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        left, last = left >> 1, last >> 1
    if last:
        raise Refuted(place, "the inclusion proof is too short")
    if found != root:
        raise Refuted(place, f"with its proof gives the root {found.hex()}, not {root.hex()}")


def verify_consistency(old: int, new: int, *, old_root: bytes, new_root: bytes, path: Sequence[bytes]) -> None:
    """RFC 9162 §2.1.4.2: the tree of `new` leaves begins with the tree of `old` ones. Raises Refuted."""
    place = Place(key="checkpoint")
    if not 0 <= old <= new:
        raise Refuted(place, f"a log of {new} entries cannot have grown from one of {old}")
    if old in (0, new):
        known = EMPTY_ROOT if old == 0 else new_root
        if path:
            raise Refuted(place, f"from {old} to {new} entries nothing is to be proved, but the proof is not empty")
        if old_root != known:
            raise Refuted(place, f"the log of {old} entries has the root {known.hex()}, not {old_root.hex()}")
        return
    found_old, found_new = _replay(old, new, path if old & (old - 1) else [old_root, *path])
    if found_old != old_root:
        raise Refuted(place, f"the proof gives the root {found_old.hex()} of {old} entries, not {old_root.hex()}")
    if found_new != new_root:
        raise Refuted(place, f"the proof gives the root {found_new.hex()} of {new} entries, not {new_root.hex()}")


def _replay(old: int, new: int, path: Sequence[bytes]) -> tuple[bytes, bytes]:
    """Both roots, as a consistency proof gives them."""
    place = Place(key="checkpoint")
    left, last = old - 1, new - 1
    while left & 1:
        left, last = left >> 1, last >> 1
    if not path:
        raise Refuted(place, f"the consistency proof from {old} to {new} entries is empty")
    found_old = found_new = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise Refuted(place, f"the consistency proof from {old} to {new} entries is too long")
        if left & 1 or left == last:
            found_old, found_new = node_hash(sibling, found_old), node_hash(sibling, found_new)
            while not left & 1 and left:
                left, last = left >> 1, last >> 1
        else:
            found_new = node_hash(found_new, sibling)
        left, last = left >> 1, last >> 1
    if last:
        raise Refuted(place, f"the consistency proof from {old} to {new} entries is too short")
    return found_old, found_new


def _split(width: int) -> int:
    """The largest power of two smaller than `width` (RFC 6962's k)."""
    return 1 << (width - 1).bit_length() - 1


def _span(begin: int, end: int, subtrees: Subtrees) -> bytes:
    return fold([subtrees(height, index) for height, index in peaks(begin, end)])
