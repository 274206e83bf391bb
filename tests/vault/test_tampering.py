"""A vault of thousands of entries with objects: whatever is done to any of its files, verification names the file and the place."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from chahe.vault.errors import Refuted
from chahe.vault.raw.objects import key_of
from chahe.vault.tlog.log import CHECKPOINT
from chahe.vault.tlog.pending import PENDING
from chahe.vault.verify import Faults
from vault_logs import appender_of
from vault_whole import Made, make, opened

SAMPLES = 5


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make(tmp_path_factory.mktemp("vault"))


@pytest.fixture
def folder(made: Made) -> Iterator[Path]:
    """The vault's folder, put right again when the test has altered it."""
    folder = made.folder
    kept = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    yield folder
    for path in folder.rglob("*"):
        if path.is_file() and path not in kept:
            path.unlink()
    for path, data in kept.items():
        if not path.exists() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def faults_of(made: Made, **how: object) -> list[Refuted]:
    with pytest.raises(Faults) as raised:
        made.verify(**how)
    return list(raised.value.exceptions)


def one_of_each_kind(made: Made) -> dict[str, str]:
    by_size = sorted(made.kept, key=lambda one: one.stored.size)
    small = next(one for one in by_size if one.size > 1_000)
    frames = max((one for one in made.kept if one.stored.form == "zst"), key=lambda one: one.size)
    raw = next(one for one in made.kept if one.stored.form == "raw")
    return {
        "checkpoint": CHECKPOINT,
        "whole tile": "tile/0/004",
        "partial tile": "tile/0/011.p/184",
        "upper tile": "tile/1/000.p/11",
        "whole bundle": "tile/entries/004",
        "partial bundle": "tile/entries/011.p/184",
        "small object": key_of(small.digest, "zst"),
        "object of frames": key_of(frames.digest, "zst"),
        "object as it came": key_of(raw.digest, "raw"),
        "index": key_of(frames.digest, "index"),
        "part": "tables/orders/2.parquet",
        "journal": PENDING,
    }


KINDS = [
    "checkpoint",
    "whole tile",
    "partial tile",
    "upper tile",
    "whole bundle",
    "partial bundle",
    "small object",
    "object of frames",
    "object as it came",
    "index",
    "part",
    "journal",
]
EXACT = {
    "whole tile": 32,
    "partial tile": 32,
    "upper tile": 32,
    "object of frames": 1 << 14,
    "object as it came": 1 << 14,
}
"""Within how many bytes an alteration is placed."""


def test_the_vault_as_it_was_made_is_what_its_log_says(made: Made) -> None:
    for deep in (False, True):
        verified = made.verify(deep=deep)

        assert verified.checkpoint.checkpoint.size == 3_000
        assert (verified.objects, verified.parts, verified.deleted) == (len(made.kept), 4, 1)
        assert verified.unnamed == ()
        assert verified.stored_bytes == sum(one.stored.size for one in made.kept)


@pytest.mark.parametrize("kind", KINDS)
def test_a_change_of_one_byte_is_found_and_placed(made: Made, folder: Path, kind: str) -> None:
    key = one_of_each_kind(made)[kind]
    data = (folder / key).read_bytes()
    tried = 0
    for number in range(SAMPLES):
        at = (len(data) - 1) * number // (SAMPLES - 1)
        (folder / key).write_bytes(data[:at] + bytes([data[at] ^ (1 << number)]) + data[at + 1 :])

        places = [fault.place for fault in faults_of(made) if fault.place.key == key]

        assert places, at
        if kind in EXACT:
            [place] = places
            assert place.first is not None
            assert place.last is not None
            assert place.first <= at <= place.last < place.first + EXACT[kind]
        if kind.endswith(("bundle", "object", "index")) or kind.startswith("object"):
            assert places[0].entry is not None
        tried += 1
    assert tried == SAMPLES


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_was_cut_or_grew_is_found(made: Made, folder: Path, kind: str) -> None:
    key = one_of_each_kind(made)[kind]
    data = (folder / key).read_bytes()

    for changed in (data[:-1], data[: len(data) // 2], b"", data + b"\0"):
        (folder / key).write_bytes(changed)
        assert key in {fault.place.key for fault in faults_of(made)}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("checkpoint", "journal")])
def test_a_file_that_is_gone_is_found(made: Made, folder: Path, kind: str) -> None:
    key = one_of_each_kind(made)[kind]
    (folder / key).unlink()

    [fault] = faults_of(made)

    assert fault.place.key == key
    assert fault.why.startswith("is gone")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("small object", "object of frames"),
        ("object as it came", "small object"),
        ("whole bundle", "partial bundle"),
        ("whole tile", "upper tile"),
        ("whole tile", "whole bundle"),
        ("part", "small object"),
        ("index", "object of frames"),
    ],
)
def test_two_files_that_changed_places_are_both_found(made: Made, folder: Path, one: str, other: str) -> None:
    keys = [one_of_each_kind(made)[kind] for kind in (one, other)]
    first, second = ((folder / key).read_bytes() for key in keys)
    (folder / keys[0]).write_bytes(second)
    (folder / keys[1]).write_bytes(first)

    assert {fault.place.key for fault in faults_of(made)} == set(keys)


def test_all_faults_are_told_at_once(made: Made, folder: Path) -> None:
    keys = [key for kind, key in one_of_each_kind(made).items() if kind not in ("checkpoint", "index", "upper tile")]
    for key in keys:
        data = (folder / key).read_bytes()
        at = len(data) // 2 if key == PENDING else 5 if key.startswith("tile/0/") else len(data) - 1
        (folder / key).write_bytes(data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :])

    faults = faults_of(made)

    assert {fault.place.key for fault in faults} == set(keys)
    assert [fault.place.key for fault in faults] == sorted(fault.place.key or "" for fault in faults)


def test_a_part_of_an_object_is_placed_in_the_raw_bytes_as_well(made: Made, folder: Path) -> None:
    key = one_of_each_kind(made)["object of frames"]
    data = bytearray((folder / key).read_bytes())
    data[-100] ^= 1
    (folder / key).write_bytes(data)

    [fault] = faults_of(made)

    assert "in the raw bytes, something from 2097152 to " in fault.why


def older(made: Made, folder: Path, scratch: Path) -> tuple[Made, Made]:
    """Two copies of the vault, of which the second went on."""
    for name in ("before", "after"):
        shutil.copytree(folder, scratch / name)
    after = opened(made, scratch / "after")
    appender_of(after.storage).append([b'{"at_us":1,"by":"x","kind":"export"}'] * 700)
    return opened(made, scratch / "before"), after


def test_an_older_checkpoint_put_back_alone_is_betrayed_by_the_journal(
    made: Made, folder: Path, tmp_path: Path
) -> None:
    _, after = older(made, folder, tmp_path)
    shutil.copy(tmp_path / "before" / CHECKPOINT, tmp_path / "after" / CHECKPOINT)
    assert after.verify().pending == 700  # as after a crash: the next append finishes what the journal has

    appender_of(after.storage).finish()
    assert after.verify().checkpoint.checkpoint.size == 3_700


def test_a_vault_set_back_whole_is_found_with_a_checkpoint_from_elsewhere_only(
    made: Made, folder: Path, tmp_path: Path
) -> None:
    before, after = older(made, folder, tmp_path)
    known = after.verify().checkpoint.checkpoint

    before.verify()  # nothing in it tells that there was more
    [fault] = faults_of(before, known=[known])

    assert fault.place.key == CHECKPOINT
    assert "3000 entries, but 3700 were signed: the log was set back" in fault.why


def test_a_fork_is_found_with_a_checkpoint_of_the_other_branch(made: Made, folder: Path, tmp_path: Path) -> None:
    before, after = older(made, folder, tmp_path)
    known = after.verify().checkpoint.checkpoint
    appender_of(before.storage).append([b'{"at_us":1,"by":"y","kind":"export"}'] * 900)

    before.verify()
    [fault] = faults_of(before, known=[known])

    assert fault.place.key == CHECKPOINT
    assert f"of {known.size} entries" in fault.why


def test_entries_that_say_nothing_that_is_known_are_named(made: Made, folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "copy")
    copy = opened(made, tmp_path / "copy")
    wrong = [
        b'{"at_us":1,"kind":"gossip"}',
        b'{"kind":"export","at_us":1}',
        b'{"at_us":1,"kind":"ingest","object":"?"}',
    ]
    appender_of(copy.storage).append(wrong)

    assert [fault.place.entry for fault in faults_of(copy)] == [3_000, 3_001, 3_002]


def test_what_nothing_names_is_told_and_is_no_fault(made: Made, folder: Path) -> None:
    for key in ("objects/00/smuggled.zst", "tile/0/900", "tile/entries/011.p/200"):
        (folder / key).parent.mkdir(parents=True, exist_ok=True)
        (folder / key).write_bytes(b"x")

    assert made.verify().unnamed == ("objects/00/smuggled.zst", "tile/0/900", "tile/entries/011.p/200")


def test_an_object_that_the_log_calls_deleted_is_told_when_its_bytes_are_back(made: Made, folder: Path) -> None:
    key = key_of(made.deleted, "zst")
    (folder / key).parent.mkdir(parents=True, exist_ok=True)
    (folder / key).write_bytes(b"back")

    assert made.verify().unnamed == (key,)
