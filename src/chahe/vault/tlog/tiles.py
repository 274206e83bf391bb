"""How the tree and its entries lie in files: tiles of 256 hashes and bundles of 256 entries (C2SP tlog-tiles).

A tile `tile/<L>/<N>` holds 256 hashes, each the root over `256**L` entries; `….p/<W>` the first W of them while the
tree is no larger. A bundle `tile/entries/<N>` holds the entries themselves, each after its length in two bytes.
"""

import struct
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from chahe.vault.errors import Malformed, Missing, Place
from chahe.vault.tlog.merkle import perfect_root

WIDTH = 256
HASH = 32
ENTRIES = -1
"""The level of a bundle: below that of the leaves' hashes."""
_LENGTH = struct.Struct(">H")
_HEIGHT = 8
_CACHED = 64


@dataclass(frozen=True, slots=True)
class Tile:
    """Which tile (or bundle, with level ENTRIES), and how much of it there is: 1 to WIDTH."""

    level: int
    index: int
    width: int = WIDTH

    @property
    def key(self) -> str:
        level = "entries" if self.level == ENTRIES else str(self.level)
        number = f"{self.index % 1000:03}"
        rest = self.index // 1000
        while rest:
            number = f"x{rest % 1000:03}/{number}"
            rest //= 1000
        return f"tile/{level}/{number}" if self.width == WIDTH else f"tile/{level}/{number}.p/{self.width}"

    @property
    def whole(self) -> "Tile":
        return Tile(self.level, self.index)


def tile_at(level: int, index: int, size: int) -> Tile:
    """That tile as a tree of `size` entries has it. Raises ValueError where it has none."""
    width = min(WIDTH, hashes_at(level, size) - index * WIDTH)
    if width <= 0:
        raise ValueError(f"a tree of {size} entries has no tile {index} at level {level}")
    return Tile(level, index, width)


def hashes_at(level: int, size: int) -> int:
    """How many hashes (or entries) a tree of `size` entries has at a level of tiles."""
    return size if level == ENTRIES else size >> _HEIGHT * level


def tiles_of(size: int) -> Iterable[Tile]:
    """All tiles and bundles that a tree of `size` entries consists of, in the order they are written."""
    level = ENTRIES
    while (count := hashes_at(level, size)) > 0:
        for index in range(-(-count // WIDTH)):
            yield tile_at(level, index, size)
        level += 1


def pack(entries: Iterable[bytes]) -> bytes:
    """A bundle's bytes. Raises ValueError for an entry of more than 65,535 bytes."""
    items = list(entries)
    parts: list[bytes] = [b""] * (2 * len(items))
    try:
        parts[::2] = map(_LENGTH.pack, map(len, items))
    except struct.error:
        raise ValueError(f"an entry has {max(map(len, items))} bytes; 65535 at most") from None
    parts[1::2] = items
    return b"".join(parts)


def unpack(data: bytes, tile: Tile) -> list[bytes]:
    """A bundle's entries. Raises Malformed, with the byte where its lengths go wrong."""
    return unpack_entries(data, tile.width, Place(key=tile.key, entry=tile.index * WIDTH))


def unpack_entries(data: bytes, count: int, place: Place) -> list[bytes]:
    """So many packed entries, of which the place names the first one. Raises Malformed, with entry and byte."""
    entries, at, size = list[bytes](), 0, len(data)
    for number in range(count):
        begin = at + 2
        end = begin + int.from_bytes(data[at:begin], "big")
        if end > size:
            raise Malformed(
                replace(place, entry=(place.entry or 0) + number, first=(place.first or 0) + at),
                f"these bytes end before the entry does, at byte {size + (place.first or 0)}",
            )
        entries.append(data[begin:end])
        at = end
    if at < size:
        first, last = (place.first or 0) + at, (place.first or 0) + size - 1
        raise Malformed(
            replace(place, entry=None, first=first, last=last), f"stands behind the last of {count} entries"
        )
    return entries


def split(data: bytes, tile: Tile) -> list[bytes]:
    """A tile's hashes. Raises Malformed, with the byte from which there is too little or too much."""
    size = tile.width * HASH
    if len(data) != size:
        place = Place(key=tile.key, first=min(len(data), size))
        raise Malformed(place, f"the tile has {len(data)} bytes, not {size}")
    return [data[at : at + HASH] for at in range(0, size, HASH)]


def read_tile(read: Callable[[str], bytes], tile: Tile) -> list[bytes]:
    """A tile's hashes or a bundle's entries; from the whole one where the partial one was tidied away.

    Raises Missing, Malformed.
    """
    parse = unpack if tile.level == ENTRIES else split
    try:
        return parse(read(tile.key), tile)
    except Missing:
        if tile.width == WIDTH:
            raise
        try:
            data = read(tile.whole.key)
        except Missing:
            data = None
        if data is None:
            raise
    return parse(data, tile.whole)[: tile.width]


class TileReader:
    """Reads tiles and bundles; the tiles used last stay in memory (about a megabyte)."""

    def __init__(self, read: Callable[[str], bytes]) -> None:
        self._read = read
        self._cache = OrderedDict[Tile, list[bytes]]()

    def __call__(self, tile: Tile) -> list[bytes]:
        """Raises Missing, Malformed."""
        if tile.level == ENTRIES:
            return read_tile(self._read, tile)
        if (found := self._cache.get(tile)) is None:
            found = self._cache[tile] = read_tile(self._read, tile)
            if len(self._cache) > _CACHED:
                self._cache.popitem(last=False)
        else:
            self._cache.move_to_end(tile)
        return found


class TileTree:
    """The subtrees of a tree of `size` entries, as its tiles have them: what `merkle`'s proofs and roots are made of."""

    def __init__(self, tiles: Callable[[Tile], Sequence[bytes]], size: int) -> None:
        self._tiles = tiles
        self._size = size

    def subtree(self, height: int, index: int) -> bytes:
        """Its root (`merkle.Subtrees`). Raises Missing or Malformed with the tile's key, ValueError beyond the tree."""
        level, within = divmod(height, _HEIGHT)
        number, first = divmod(index << within, WIDTH)
        hashes = self._tiles(tile_at(level, number, self._size))[first : first + (1 << within)]
        if len(hashes) < 1 << within:
            raise ValueError(f"a tree of {self._size} entries has no perfect subtree {index} of height {height}")
        return perfect_root(hashes)
