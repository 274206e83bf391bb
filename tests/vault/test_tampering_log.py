"""Every change to a file of the log is found and named, to the hash or entry: sampled through each kind of file."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from chahe.vault.errors import Missing, Refuted
from chahe.vault.storing.local import LocalStorage
from chahe.vault.tlog.log import CHECKPOINT
from chahe.vault.tlog.tile_files import superseded
from chahe.vault.tlog.tiles import HASH, tiles_of
from chahe.vault.tlog.tree_check import TreeCheck
from vault_logs import appender_of, entries, log_of

SIZE = 3_000
"""11 whole bundles and one of 184, a tile of 11 hashes above."""
LARGE = 65_900
"""A whole tile of level 1, one hash in the tile above it."""
FLIPS = (0x01, 0x80, 0xFF)

Files = dict[str, bytes]


@cache
def whole(size: int) -> tuple[Files, bytes]:
    """A log's files and its root."""
    with TemporaryDirectory() as folder:
        storage = LocalStorage(Path(folder))
        appender_of(storage).append(entries(0, 900))
        root = appender_of(storage).append(entries(900, size)).checkpoint.root
        return {key: storage.read(key) for key in storage.keys("tile/")}, root


def found(files: Files, *, size: int = SIZE) -> list[Refuted]:
    def read(key: str) -> bytes:
        try:
            return files[key]
        except KeyError:
            raise Missing(key) from None

    check = TreeCheck(read, size, whole(size)[1], threads=1)
    check.run(lambda _index, _entry: None)
    return check.faults


def flipped(data: bytes, at: int, mask: int) -> bytes:
    return data[:at] + bytes([data[at] ^ mask]) + data[at + 1 :]


def covers(fault: Refuted, key: str, at: int) -> bool:
    place = fault.place
    return place.key == key and place.first is not None and place.first <= at <= (place.last or place.first)


@pytest.mark.parametrize(
    ("key", "samples"),
    [
        ("tile/0/007", 70),
        ("tile/0/011.p/184", 60),
        ("tile/1/000.p/11", 44),
        ("tile/entries/007", 80),
        ("tile/entries/011.p/184", 60),
    ],
)
def test_each_altered_byte_is_named_and_nothing_else_is(key: str, samples: int) -> None:
    files, _ = whole(SIZE)
    places = range(0, len(files[key]), max(1, len(files[key]) // samples))
    tried = 0

    for number, at in enumerate(places):
        faults = found({**files, key: flipped(files[key], at, FLIPS[number % 3])})

        assert [covers(fault, key, at) for fault in faults] == [True], (at, faults)
        if key.startswith("tile/entries/"):
            assert faults[0].place.entry is not None
        else:
            assert faults[0].place.first == at // HASH * HASH
        tried += 1
    assert tried >= samples


@pytest.mark.parametrize("key", ["tile/1/000", "tile/2/000.p/1", "tile/entries/200"])
def test_in_a_log_of_three_levels_each_file_is_named(key: str) -> None:
    files, _ = whole(LARGE)
    at = len(files[key]) // 2

    faults = found({**files, key: flipped(files[key], at, 1)}, size=LARGE)

    assert [covers(fault, key, at) for fault in faults] == [True]


@pytest.mark.parametrize("cut", [1, 31, 32, 33, 500, 10**6])
@pytest.mark.parametrize("key", ["tile/0/007", "tile/0/011.p/184", "tile/1/000.p/11", "tile/entries/007"])
def test_a_file_that_was_cut_is_named_with_the_byte_from_which_it_is_gone(key: str, cut: int) -> None:
    files, _ = whole(SIZE)
    left = files[key][: max(0, len(files[key]) - cut)]

    faults = found({**files, key: left})

    [place] = [fault.place for fault in faults]
    assert place.key == key
    assert place.first is not None
    assert place.first <= len(left) <= place.first + 66


@pytest.mark.parametrize("more", [b"\0", b"\0\0", b"x" * 5_000])
@pytest.mark.parametrize("key", ["tile/0/007", "tile/0/011.p/184", "tile/1/000.p/11", "tile/entries/007"])
def test_bytes_added_to_a_file_are_named(key: str, more: bytes) -> None:
    files, _ = whole(SIZE)
    size = len(files[key])

    [fault] = found({**files, key: files[key] + more})

    assert (fault.place.key, fault.place.first, fault.place.last) == (key, size, size + len(more) - 1)


@pytest.mark.parametrize("key", [tile.key for tile in tiles_of(SIZE)])
def test_each_file_that_is_gone_is_named(key: str) -> None:
    files, _ = whole(SIZE)

    [fault] = found({name: data for name, data in files.items() if name != key})

    assert (fault.place.key, fault.why) == (key, "is gone")


SWAPS = [
    ("tile/0/003", "tile/0/004"),
    ("tile/entries/003", "tile/entries/004"),
    ("tile/0/003", "tile/entries/003"),
    ("tile/0/011.p/184", "tile/1/000.p/11"),
    ("tile/entries/011.p/184", "tile/entries/002"),
]


@pytest.mark.parametrize(("one", "other"), SWAPS)
def test_two_files_that_changed_places_are_both_named(one: str, other: str) -> None:
    files, _ = whole(SIZE)

    faults = found({**files, one: files[other], other: files[one]})

    assert {fault.place.key for fault in faults} == {one, other}


def test_entries_that_changed_places_in_their_bundle_are_named() -> None:
    files, _ = whole(SIZE)
    data = files["tile/entries/007"]
    lines = [data[at : at + 2 + int.from_bytes(data[at : at + 2], "big")] for at in _begins(data)]
    lines[10], lines[20] = lines[20], lines[10]

    [fault] = found({**files, "tile/entries/007": b"".join(lines)})

    assert (fault.place.key, fault.place.entry) == ("tile/entries/007", 7 * 256 + 10)
    assert "1 more entries" in fault.why


def _begins(data: bytes) -> list[int]:
    begins, at = [], 0
    while at < len(data):
        begins.append(at)
        at += 2 + int.from_bytes(data[at : at + 2], "big")
    return begins


def test_a_bundle_rewritten_together_with_its_tile_is_still_found() -> None:
    files, _ = whole(SIZE)
    other = forged_files(lambda at: b"forged" if at == 2_000 else None)

    faults = found({**files, **{key: other[key] for key in ("tile/entries/007", "tile/0/007")}})

    assert {fault.place.key for fault in faults} == {"tile/0/007", "tile/entries/007"}
    assert {fault.place.entry for fault in faults} == {None, 7 * 256}


def test_a_whole_tree_of_other_entries_under_the_same_checkpoint_is_refused() -> None:
    forged = forged_files(lambda at: b"forged" if at == 2_000 else None)

    faults = found(forged)

    assert [fault.place.key for fault in faults] == [CHECKPOINT]


def test_two_changes_in_one_tile_and_below_are_told_apart() -> None:
    files, _ = whole(SIZE)
    upper, lower, bundle = "tile/1/000.p/11", "tile/0/005", "tile/entries/009"
    changed = {upper: flipped(files[upper], 2 * HASH, 1), lower: flipped(files[lower], 40, 1)}

    faults = found({**files, **changed, bundle: flipped(files[bundle], 100, 1)})

    assert {fault.place.key for fault in faults} == {upper, lower, bundle}


def test_where_a_hash_and_its_entry_are_both_altered_both_are_named() -> None:
    files, _ = whole(SIZE)
    for tile, bundle in (("tile/0/005", "tile/entries/005"), ("tile/0/011.p/184", "tile/entries/011.p/184")):
        changed = {key: flipped(files[key], len(files[key]) - 1, 1) for key in (tile, bundle)}

        assert {tile, bundle} <= {fault.place.key for fault in found({**files, **changed})}


def test_a_partial_tile_of_an_earlier_size_is_checked_as_well() -> None:
    with TemporaryDirectory() as folder:
        storage = LocalStorage(Path(folder))
        appender = appender_of(storage)
        for begin, end in ((0, 300), (300, 310)):
            appender.append(entries(begin, end))
        files = {key: storage.read(key) for key in storage.keys("tile/")}
    earlier = ["tile/0/001.p/44", "tile/entries/001.p/44"]
    assert set(earlier) <= files.keys()
    assert superseded(files.__getitem__, iter(files), 310) == []

    for key in earlier:
        altered = {**files, key: flipped(files[key], 70, 1)}
        [fault] = superseded(altered.__getitem__, iter(altered), 310)
        assert (fault.place.key, fault.place.first) == (key, 70)


def test_every_byte_of_the_checkpoint_counts(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path)
    note = appender_of(storage).append(entries(0, 300)).note
    path, tried = tmp_path / CHECKPOINT, 0

    for at in range(len(note)):
        for bit in (0, 5, 7):
            path.write_bytes(flipped(note, at, 1 << bit))
            with pytest.raises(Refuted) as raised:
                log_of(storage).checkpoint()
            assert raised.value.place.key == CHECKPOINT
            tried += 1
    for changed in (note[:-1], note + b"\n", note[1:], note + note, b"", note.replace(b"\n300\n", b"\n299\n")):
        path.write_bytes(changed)
        with pytest.raises(Refuted):
            log_of(storage).checkpoint()
    assert tried == 3 * len(note) > 450


def forged_files(change: Callable[[int], bytes | None]) -> Files:
    """The files of a log of which some entries are others."""
    with TemporaryDirectory() as folder:
        storage = LocalStorage(Path(folder))
        lines = [change(at) or entry for at, entry in enumerate(entries(0, SIZE))]
        appender_of(storage).append(lines)
        return {key: storage.read(key) for key in storage.keys("tile/")}
