"""The right edge of the tree: all that must be known of a log to append to it, and what appending writes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from chahe.vault.errors import Place, Refuted
from chahe.vault.tlog.merkle import EMPTY_ROOT, Frontier, fold, leaf_hashes, perfect_root
from chahe.vault.tlog.tiles import ENTRIES, WIDTH, Tile, hashes_at, pack, tile_at


@dataclass(frozen=True, slots=True)
class Edge:
    """The partial tiles of a tree of `size` entries: 255 hashes a level and 255 entries at most."""

    size: int = 0
    bundle: Sequence[bytes] = ()
    """The entries that fill no bundle yet."""
    levels: Sequence[Sequence[bytes]] = ()
    """The hashes that fill no tile yet, level by level."""
    root: bytes = EMPTY_ROOT

    @classmethod
    def read(cls, tiles: Callable[[Tile], Sequence[bytes]], size: int) -> "Edge":
        """Reads one tile a level. Raises Missing, Malformed, Refuted where bundle and tile disagree."""
        levels, level = [], 0
        while count := hashes_at(level, size):
            levels.append(tiles(tile_at(level, count // WIDTH, size)) if count % WIDTH else ())
            level += 1
        bundle: Sequence[bytes] = ()
        if size % WIDTH:
            tile = tile_at(ENTRIES, size // WIDTH, size)
            bundle = tiles(tile)
            check_bundle(bundle, levels[0], tile)
        return cls(size, bundle, levels, _root(levels))

    def grown(self, entries: Sequence[bytes]) -> "tuple[Edge, dict[str, bytes]]":
        """The edge with these entries behind it, and the bundles and tiles to write: those that are new, by key.

        Raises ValueError for an entry of more than 65,535 bytes.
        """
        files = dict[str, bytes]()
        rest = _cut(ENTRIES, self.size, self.bundle, entries, files=files, join=pack)[1]
        levels = list[Sequence[bytes]]()
        fresh: Sequence[bytes] = leaf_hashes(entries)
        level = 0
        while fresh or level < len(self.levels):
            have = self.levels[level] if level < len(self.levels) else ()
            whole, left = _cut(level, hashes_at(level, self.size), have, fresh, files=files, join=b"".join)
            levels.append(left)
            fresh = [perfect_root(hashes) for hashes in whole]
            level += 1
        return Edge(self.size + len(entries), rest, levels, _root(levels)), files


def check_bundle(entries: Sequence[bytes], hashes: Sequence[bytes], tile: Tile, *, first: int = 0) -> None:
    """That entries of a bundle, from its `first` on, have the hashes in its tile of level 0. Raises Refuted."""
    for number, (found, expected) in enumerate(zip(leaf_hashes(entries), hashes, strict=True), first):
        if found != expected:
            place = Place(key=tile.key, entry=tile.index * WIDTH + number)
            raise Refuted(place, f"has the hash {found.hex()}, not {expected.hex()} as in {Tile(0, tile.index).key}")


def _root(levels: Sequence[Sequence[bytes]]) -> bytes:
    peaks = list[bytes]()
    for hashes in reversed(levels):
        frontier = Frontier()
        frontier.extend(hashes)
        peaks += frontier.peaks
    return fold(peaks)


def _cut(
    level: int,
    count: int,
    have: Sequence[bytes],
    fresh: Sequence[bytes],
    *,
    files: dict[str, bytes],
    join: Callable[[Sequence[bytes]], bytes],
) -> tuple[list[Sequence[bytes]], Sequence[bytes]]:
    """Put what is new behind what a level has; the tiles that are full now, and what is left for the next."""
    if not fresh:
        return [], have
    items = [*have, *fresh]
    parts = [items[at : at + WIDTH] for at in range(0, len(items), WIDTH)]
    for index, part in enumerate(parts, count // WIDTH):
        files[Tile(level, index, len(part)).key] = join(part)
    rest = parts.pop() if len(parts[-1]) < WIDTH else []
    return list[Sequence[bytes]](parts), rest
