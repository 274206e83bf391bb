"""Tiles and bundles lie where C2SP tlog-tiles says, and what is none is named to the byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chahe.vault.errors import Malformed, Missing
from chahe.vault.tlog.merkle import leaf_hash, root, root_of
from chahe.vault.tlog.tiles import (
    ENTRIES,
    WIDTH,
    Tile,
    TileReader,
    TileTree,
    pack,
    read_tile,
    split,
    tile_at,
    tiles_of,
    unpack,
)


@pytest.mark.parametrize(
    ("tile", "key"),
    [
        (Tile(0, 1234067), "tile/0/x001/x234/067"),  # the specification's example
        (Tile(0, 999), "tile/0/999"),
        (Tile(0, 1000), "tile/0/x001/000"),
        (Tile(3, 0, 1), "tile/3/000.p/1"),
        (Tile(ENTRIES, 273, 112), "tile/entries/273.p/112"),
    ],
)
def test_a_tile_has_the_path_of_the_specification(tile: Tile, key: str) -> None:
    assert tile.key == key


@pytest.mark.parametrize(
    ("size", "tiles"),
    [
        # Both are the specification's examples: (whole tiles, width of the partial one) by level.
        (70_000, {ENTRIES: (273, 112), 0: (273, 112), 1: (1, 17), 2: (0, 1)}),
        (256, {ENTRIES: (1, 0), 0: (1, 0), 1: (0, 1)}),
        (0, {}),
    ],
)
def test_a_tree_has_the_tiles_of_the_specification(size: int, tiles: dict[int, tuple[int, int]]) -> None:
    found = list(tiles_of(size))

    assert {
        level: (
            sum(tile.width == WIDTH for tile in found if tile.level == level),
            sum(tile.width for tile in found if tile.level == level and tile.width < WIDTH),
        )
        for level in {tile.level for tile in found}
    } == tiles
    assert len({tile.key for tile in found}) == len(found)


def test_what_a_tree_has_not_is_no_tile_of_it() -> None:
    with pytest.raises(ValueError, match="no tile 1 at level 0"):
        tile_at(0, 1, 256)


@given(st.lists(st.binary(max_size=40), min_size=1, max_size=WIDTH))
def test_a_bundle_comes_apart_as_it_was_put_together(entries: list[bytes]) -> None:
    assert unpack(pack(entries), Tile(ENTRIES, 0, len(entries))) == entries


def test_an_entry_of_two_to_the_sixteen_bytes_is_refused() -> None:
    assert len(pack([b"x" * 65_535])) == 65_537
    with pytest.raises(ValueError, match="65536 bytes"):
        pack([b"x" * 65_536])


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"\x00\x01a\x00\x02b", "tile/entries/002.p/2, entry 513, byte 3"),
        (b"\x00\x01a\x00", "tile/entries/002.p/2, entry 513, byte 3"),
        (b"", "tile/entries/002.p/2, entry 512, byte 0"),
        (b"\x00\x01a\x00\x01bcd", "tile/entries/002.p/2, bytes 6-7"),
    ],
)
def test_a_broken_bundle_is_named_to_the_byte(data: bytes, place: str) -> None:
    with pytest.raises(Malformed) as refused:
        unpack(data, Tile(ENTRIES, 2, 2))
    assert str(refused.value.place) == place


@pytest.mark.parametrize("size", [0, 31, 63, 65, 96])
def test_a_tile_of_another_length_is_refused(size: int) -> None:
    with pytest.raises(Malformed, match=f"has {size} bytes, not 64"):
        split(bytes(size), Tile(0, 0, 2))


def test_a_partial_tile_that_was_tidied_away_is_read_from_the_whole_one() -> None:
    files = {"tile/0/000": bytes(range(256)) * 32, "tile/entries/000": pack([b"e"] * 256)}

    def read(key: str) -> bytes:
        if key not in files:
            raise Missing(key)
        return files[key]

    assert read_tile(read, Tile(0, 0, 3)) == split(files["tile/0/000"][:96], Tile(0, 0, 3))
    assert read_tile(read, Tile(ENTRIES, 0, 2)) == [b"e", b"e"]
    with pytest.raises(Missing, match=r"^tile/0/001\.p/5$"):
        read_tile(read, Tile(0, 1, 5))
    files["tile/0/000"] += b"x"
    with pytest.raises(Malformed, match="tile/0/000, byte 8192"):
        read_tile(read, Tile(0, 0, 3))


@pytest.mark.parametrize("size", [1, 255, 256, 257, 66_000])
def test_a_tree_read_from_its_tiles_is_the_same_tree(size: int) -> None:
    leaves = [leaf_hash(number.to_bytes(4, "big")) for number in range(size)]
    files, level = dict[str, bytes](), 0
    hashes = leaves
    while hashes:
        for tile in (tile for tile in tiles_of(size) if tile.level == level):
            files[tile.key] = b"".join(hashes[tile.index * WIDTH :][: tile.width])
        hashes = [root(hashes[at : at + WIDTH]) for at in range(0, len(hashes) - WIDTH + 1, WIDTH)]
        level += 1

    tree = TileTree(TileReader(files.__getitem__), size)

    assert root_of(size, tree.subtree) == root(leaves)
    assert tree.subtree(0, size - 1) == leaves[-1]
    for height in range(size.bit_length()):
        last = (size >> height) - 1
        assert tree.subtree(height, last) == root(leaves[last << height : (last + 1) << height])
        with pytest.raises(ValueError, match="has no"):
            tree.subtree(height, last + 1)
