"""Whether the files of the log give the root that was signed; and where they do not, which file, entry and byte.

(1) Each entry is hashed, and all tiles are computed from the bundles alone; what is stored is compared with that.
(2) From the signed root downwards each hash is settled: stored or computed, whichever leads to the hash above it.
(3) A stored hash that is not the settled one was altered in its tile; an entry whose hash is not, in its bundle.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain, product

from chahe.vault.errors import Place, Refuted
from chahe.vault.parallel import in_order
from chahe.vault.tlog.merkle import Frontier, fold, leaf_hashes
from chahe.vault.tlog.merkle import root as root_over
from chahe.vault.tlog.tile_files import Bundle, Read, stored_bundle, stored_tile
from chahe.vault.tlog.tiles import ENTRIES, HASH, WIDTH, Tile, hashes_at, tile_at

Take = Callable[[int, bytes], None]
"""Called with each entry that is what was appended, and its index; not in order."""
_MIXED = 10
"""Hashes of one tile of which each could be right as stored or as computed, that are tried in all combinations."""


@dataclass(frozen=True, slots=True)
class _Looked:
    """A tile of level 0 and its bundle, compared."""

    index: int
    stored: Sequence[bytes] | None
    bundle: Bundle | None
    computed: Sequence[bytes] | None
    faults: Sequence[Refuted]

    @property
    def agrees(self) -> bool:
        return self.stored == self.computed and not self.faults


class TreeCheck:
    """The files of a log of `size` entries, against its root. `faults` has what was found, whatever file it is in."""

    def __init__(self, read: Read, size: int, root: bytes, *, threads: int = 2) -> None:
        self.faults: list[Refuted] = []
        self._read = read
        self._size = size
        self._root = root
        self._threads = threads
        self._take: Take
        self._levels: list[list[bytes]] = []  # computed hashes of each level above 0
        self._odd: dict[tuple[int, int], _Looked] = {}  # (0, index): does not agree with its bundle
        self._last: _Looked | None = None
        self._marked: set[tuple[int, int]] = set()  # tiles to look into, and all above them
        self._tiles: dict[tuple[int, int], Sequence[bytes] | None] = {}  # stored, of levels above 0 that are odd

    def run(self, take: Take) -> None:
        """Call once."""
        self._take = take
        self._compute()
        self._compare()
        self._settle_edge()

    def _compute(self) -> None:
        self._levels.append([])
        count = -(-self._size // WIDTH)
        for looked in in_order(self._look, range(count), threads=self._threads):
            self.faults += looked.faults
            if looked.agrees and looked.bundle is not None:
                self._give(looked.bundle, range(len(looked.bundle.entries)))
            else:
                self._odd[0, looked.index] = looked
                self._mark(0, looked.index)
            hashes = looked.computed if looked.computed is not None else looked.stored
            if self._size >= (looked.index + 1) * WIDTH:
                self._levels[0].append(root_over(hashes) if hashes is not None else b"")
            else:
                self._last = looked
        while len(self._levels[-1]) >= WIDTH:
            below = self._levels[-1]
            whole = range(0, len(below) - WIDTH + 1, WIDTH)
            self._levels.append([root_over(below[at : at + WIDTH]) for at in whole])

    def _look(self, index: int) -> _Looked:
        faults: list[Refuted] = []
        stored = stored_tile(self._read, tile_at(0, index, self._size), faults)
        bundle = stored_bundle(self._read, tile_at(ENTRIES, index, self._size), faults)
        computed = leaf_hashes(bundle.entries) if bundle is not None else None
        if computed is not None:
            computed += [b""] * (tile_at(0, index, self._size).width - len(computed))
        return _Looked(index, stored, bundle, computed, faults)

    def _mark(self, level: int, index: int) -> None:
        while hashes_at(level, self._size) > 0:
            self._marked.add((level, index))
            level, index = level + 1, index // WIDTH

    def _compare(self) -> None:
        """The stored tiles above level 0 with what was computed."""
        for level, hashes in enumerate(self._levels, 1):
            for index in range(-(-len(hashes) // WIDTH)):
                stored = stored_tile(self._read, tile_at(level, index, self._size), self.faults)
                if stored != hashes[index * WIDTH : (index + 1) * WIDTH]:
                    self._tiles[level, index] = stored
                    self._mark(level, index)

    def _settle_edge(self) -> None:
        """The partial tiles, which together give the signed root; then all below them."""
        tiles = [
            (level, count // WIDTH) for level in range(len(self._levels) + 1) if (count := self._count(level)) % WIDTH
        ]
        widths = [self._count(level) % WIDTH for level, _ in tiles]

        def root(hashes: Sequence[bytes]) -> bytes:
            rest, peaks = list(hashes), list[bytes]()
            for width in widths:
                frontier = Frontier()
                frontier.extend(rest[:width])
                peaks, rest = [*frontier.peaks, *peaks], rest[width:]
            return fold(peaks)

        both = [self._both(level, index) for level, index in tiles]
        candidates = [
            list(chain.from_iterable(_filled(one[side], width) for one, width in zip(both, widths, strict=True)))
            for side in (0, 1)
        ]
        settled = _settle(candidates, root, self._root)
        if settled is None:
            why = f"says that the {self._size} entries have the root {self._root.hex()}; their files give another"
            self.faults.append(Refuted(Place("checkpoint"), why))
            for (level, index), (stored, computed) in zip(tiles, both, strict=True):
                if stored is not None and computed is not None:
                    self._note_tile(tile_at(level, index, self._size), stored, computed)
            settled = candidates[0] if b"" not in candidates[0] else candidates[1]
        for (level, index), width in zip(tiles, widths, strict=True):
            self._visit(level, index, settled[:width])
            settled = settled[width:]

    def _count(self, level: int) -> int:
        return hashes_at(level, self._size)

    def _both(self, level: int, index: int) -> tuple[Sequence[bytes] | None, Sequence[bytes] | None]:
        """The hashes of a tile as stored and as computed."""
        if level == 0:
            looked = self._odd.get((0, index)) or self._last or self._look(index)
            if looked.index != index:
                looked = self._look(index)
            return looked.stored, looked.computed
        computed = self._levels[level - 1][index * WIDTH : (index + 1) * WIDTH]
        return self._tiles.get((level, index), computed), computed

    def _visit(self, level: int, index: int, settled: Sequence[bytes]) -> None:
        stored, computed = self._both(level, index)
        if stored is not None:
            self._note_tile(tile_at(level, index, self._size), stored, settled)
        if level == 0:
            looked = self._odd.get((0, index))
            if looked is not None or computed != settled:
                self._note_bundle(looked or self._look(index), settled)
            return
        for number, expected in enumerate(settled):
            child = index * WIDTH + number
            if (level - 1, child) in self._marked or computed is None or computed[number] != expected:
                self._descend(level - 1, child, expected)

    def _descend(self, level: int, index: int, expected: bytes) -> None:
        both = self._both(level, index)
        settled = _settle([_filled(one, WIDTH) for one in both], root_over, expected)
        if settled is None:
            tile = Tile(level, index)
            why = f"neither its hashes nor what lies below it lead to the hash {expected.hex()} above it"
            self.faults.append(Refuted(Place(tile.key), why))
            if level == 0:
                self._note_unsettled(index)
            return
        self._visit(level, index, settled)

    def _note_unsettled(self, index: int) -> None:
        bundle = Tile(ENTRIES, index)
        why = f"its entries are not those that were appended, nor is {Tile(0, index).key} their tile"
        self.faults.append(Refuted(Place(bundle.key, entry=index * WIDTH), why))

    def _note_tile(self, tile: Tile, stored: Sequence[bytes], settled: Sequence[bytes]) -> None:
        wrong = [at for at, pair in enumerate(zip(stored, settled, strict=True)) if pair[0] != pair[1]]
        if not wrong:
            return
        at = wrong[0]
        place = Place(tile.key, first=at * HASH, last=at * HASH + HASH - 1)
        if not stored[at]:
            why = f"the tile ends early, {len(wrong)} hashes are gone"
        else:
            why = f"is {stored[at].hex()}, not {settled[at].hex()}{_more(len(wrong), 'hashes')}"
        self.faults.append(Refuted(place, why))

    def _note_bundle(self, looked: _Looked, settled: Sequence[bytes]) -> None:
        bundle, computed = looked.bundle, looked.computed
        if bundle is None or computed is None:
            return  # its file is gone, which was noted
        right = [at for at, pair in enumerate(zip(computed, settled, strict=True)) if pair[0] == pair[1]]
        self._give(bundle, right)
        wrong = sorted(set(range(len(settled))) - set(right))
        if not wrong:
            return
        at = wrong[0]
        entry = bundle.tile.index * WIDTH + at
        first = bundle.begins[min(at, len(bundle.begins) - 1)]
        if at >= len(bundle.entries):
            why = f"cannot be read: the bundle ends at byte {len(bundle.data)}{_more(len(wrong), 'entries')}"
            place = Place(bundle.tile.key, entry, first, max(first, len(bundle.data) - 1))
        else:
            why = f"has the hash {computed[at].hex()}, not {settled[at].hex()}{_more(len(wrong), 'entries')}"
            place = Place(bundle.tile.key, entry, first, bundle.begins[at + 1] - 1)
        self.faults.append(Refuted(place, why))

    def _give(self, bundle: Bundle, numbers: Sequence[int]) -> None:
        for number in numbers:
            self._take(bundle.tile.index * WIDTH + number, bundle.entries[number])


def _filled(hashes: Sequence[bytes] | None, width: int) -> list[bytes]:
    return list(hashes) if hashes is not None else [b""] * width


def _settle(
    candidates: Sequence[Sequence[bytes]], root: Callable[[Sequence[bytes]], bytes], expected: bytes
) -> Sequence[bytes] | None:
    """The hashes, each from one of two candidates, that have the expected root; None where none do."""
    stored, computed = candidates
    for whole in (stored, computed):
        if root(whole) == expected:
            return whole
    apart = [at for at, pair in enumerate(zip(stored, computed, strict=True)) if pair[0] != pair[1]]
    if len(apart) > _MIXED:
        return None
    for chosen in product((0, 1), repeat=len(apart)):
        mixed = list(stored)
        for at, side in zip(apart, chosen, strict=True):
            mixed[at] = candidates[side][at]
        if root(mixed) == expected:
            return mixed
    return None


def _more(count: int, what: str) -> str:
    return f"; with it {count - 1} more {what}" if count > 1 else ""
