"""The log's files as they lie there, whatever became of them: read as far as they can be, faults noted."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from chahe.vault.errors import Missing, Place, Refuted
from chahe.vault.tlog.tiles import ENTRIES, HASH, WIDTH, Tile, hashes_at, tile_at

Read = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle as it lies there, whatever its lengths say."""

    tile: Tile
    data: bytes
    begins: Sequence[int]
    """Where each entry's two bytes of length begin, and behind the last one where what was read ends."""
    entries: Sequence[bytes]


def stored_tile(read: Read, tile: Tile, faults: list[Refuted]) -> Sequence[bytes] | None:
    """Its hashes, empty or short where the file ends early; None where it is gone."""
    data = _file(read, tile, faults)
    if data is None:
        return None
    size = tile.width * HASH
    if len(data) > size:
        last = len(data) - 1
        faults.append(Refuted(Place(tile.key, first=size, last=last), f"the tile is {len(data)} bytes, not {size}"))
    return [data[at : at + HASH] for at in range(0, size, HASH)]


def stored_bundle(read: Read, tile: Tile, faults: list[Refuted]) -> Bundle | None:
    """None where it is gone."""
    data = _file(read, tile, faults)
    if data is None:
        return None
    begins, entries = [0], list[bytes]()
    while len(entries) < tile.width:
        begin = begins[-1] + 2
        end = begin + int.from_bytes(data[begin - 2 : begin], "big")
        if end > len(data):
            break
        entries.append(data[begin:end])
        begins.append(end)
    if len(entries) == tile.width and begins[-1] < len(data):
        place = Place(tile.key, first=begins[-1], last=len(data) - 1)
        faults.append(Refuted(place, f"stands behind the last of {tile.width} entries"))
    return Bundle(tile, data, begins, entries)


def _file(read: Read, tile: Tile, faults: list[Refuted]) -> bytes | None:
    """A tile's or bundle's bytes; where the partial one was tidied away, what of the whole one is its own."""
    try:
        return read(tile.key)
    except Missing:
        pass
    try:
        if tile.width < WIDTH:
            return _beginning(read(tile.whole.key), tile)
    except Missing:
        pass
    faults.append(Refuted(Place(tile.key), "is gone"))
    return None


def superseded(read: Read, keys: Iterator[str], size: int, *, odd: Collection[str | None] = ()) -> list[Refuted]:
    """Partial tiles and bundles of earlier sizes, which may lie there: each is how its tile of this size begins.

    Those whose tile of this size is among the `odd` ones are passed over.
    """
    faults = []
    for key in keys:
        tile = _partial(key)
        if tile is None or not is_earlier(key, size):
            continue
        now = tile_at(tile.level, tile.index, size)
        if now.key == key or now.key in odd:
            continue
        try:
            whole, found = read(now.key), read(key)
        except Missing:
            continue  # noted elsewhere, or tidied away a moment ago
        if (wrong := _differs(found, _beginning(whole, tile))) is not None:
            faults.append(Refuted(Place(key, first=wrong), f"is not how {now.key} begins"))
    return faults


def is_earlier(key: str, size: int) -> bool:
    """Is it a partial tile or bundle that a smaller log had, or this one has?"""
    tile = _partial(key)
    return tile is not None and tile.index * WIDTH + tile.width <= hashes_at(tile.level, size)


def _partial(key: str) -> Tile | None:
    folder, _, width = key.removeprefix("tile/").rpartition(".p/")
    level, _, number = folder.partition("/")
    if not (width.isdigit() and (level == "entries" or level.isdigit())):
        return None
    index = 0
    for group in number.split("/"):
        if not group.removeprefix("x").isdigit():
            return None
        index = index * 1000 + int(group.removeprefix("x"))
    tile = Tile(ENTRIES if level == "entries" else int(level), index, int(width))
    return tile if tile.key == key else None


def _beginning(data: bytes, tile: Tile) -> bytes:
    if tile.level != ENTRIES:
        return data[: tile.width * HASH]
    end = 0
    for _ in range(tile.width):
        end += 2 + int.from_bytes(data[end : end + 2], "big")
    return data[:end]


def _differs(found: bytes, expected: bytes) -> int | None:
    if found == expected:
        return None
    pairs = enumerate(zip(found, expected, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(found), len(expected)))
