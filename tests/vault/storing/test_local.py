"""A vault in a folder keeps what was published, once, whole, and lets one writer in at a time."""

import subprocess
import sys
from pathlib import Path

import pytest

from chahe.vault.errors import Held, Missing, Moved, Occupied
from chahe.vault.storing.local import LocalStorage
from chahe.vault.storing.storage import Storage

KEYS = ["a", "a-b/c", "a.b", "a/b", "b/c/d", "checkpoint", "tile/0/000", "tile/0/000.p/5", "tile/0/x001/067"]


@pytest.fixture
def storage(tmp_path: Path) -> LocalStorage:
    return LocalStorage(tmp_path / "vault")


def test_it_is_a_storage(storage: LocalStorage) -> None:
    kept: Storage = storage

    assert list(kept.keys("")) == []


def test_what_was_created_is_read_back_in_whole_and_from_within(storage: LocalStorage) -> None:
    storage.create("objects/ab/abcd.zst", b"0123456789")

    assert storage.read("objects/ab/abcd.zst") == b"0123456789"
    assert storage.size("objects/ab/abcd.zst") == 10
    assert storage.exists("objects/ab/abcd.zst")
    with storage.open("objects/ab/abcd.zst", begin=7) as stream:
        assert stream.read() == b"789"


@pytest.mark.parametrize("key", ["a", "a/b", "checkpoint/below"])
def test_what_is_not_there_is_missing(storage: LocalStorage, key: str) -> None:
    storage.create("checkpoint", b"")
    storage.create("a/b/c", b"")

    assert not storage.exists(key)
    for act in (storage.read, storage.open, storage.size):
        with pytest.raises(Missing, match=f"nothing is stored under {key}"):
            act(key)
    with pytest.raises(Missing):
        storage.delete("nothing")


def test_keys_come_in_the_order_of_their_text_and_without_drafts_and_locks(storage: LocalStorage) -> None:
    storage.create_all(dict.fromkeys([key for key in reversed(KEYS) if key != "a"], b"x"))
    with storage.lock(), storage.draft() as draft:
        draft.write(b"unfinished")

        assert list(storage.keys("")) == sorted(set(KEYS) - {"a"})
    assert list(storage.keys("tile/")) == ["tile/0/000", "tile/0/000.p/5", "tile/0/x001/067"]
    assert list(storage.keys("none/")) == []
    with pytest.raises(ValueError, match="ends in /"):
        list(storage.keys("tile"))


@pytest.mark.parametrize("key", ["", "/a", "a/", "a//b", "../a", "a/../b", ".locks/writer", "a b", "é", "a\n"])
def test_what_is_no_key_is_refused(storage: LocalStorage, key: str) -> None:
    for act in (storage.read, storage.open, storage.size, storage.exists, storage.delete):
        with pytest.raises(ValueError, match="no key"):
            act(key)
    with pytest.raises(ValueError, match="no key"):
        storage.create(key, b"")


def test_a_key_is_written_once(storage: LocalStorage) -> None:
    storage.create("a", b"first")
    storage.create("a", b"first")

    with pytest.raises(Occupied, match="a holds 5 other bytes"):
        storage.create_all({"b": b"", "a": b"second"})
    assert storage.read("a") == b"first"


def test_many_files_are_created_together(storage: LocalStorage) -> None:
    entries = {f"tile/0/{number:03}": bytes([number % 256]) * 9 for number in range(600)}

    storage.create_all(entries)

    assert {key: storage.read(key) for key in storage.keys("")} == entries


def test_a_draft_shows_only_once_it_is_published_and_never_replaces(storage: LocalStorage) -> None:
    with storage.draft() as draft:
        draft.write(b"one ")
        assert draft.write(memoryview(b"two")) == 3
        assert list(storage.keys("")) == []
        assert draft.publish("objects/aa/one.raw") is True
    with storage.draft() as draft:
        draft.write(b"other")
        assert draft.publish("objects/aa/one.raw") is False

    assert storage.read("objects/aa/one.raw") == b"one two"


def test_a_draft_that_is_not_published_leaves_nothing(storage: LocalStorage, tmp_path: Path) -> None:
    with storage.draft() as draft:
        draft.write(b"unfinished")
    with pytest.raises(ZeroDivisionError), storage.draft() as draft:
        draft.write(bytes(1 // 0))

    assert [path.name for path in (tmp_path / "vault").rglob("*") if path.is_file()] == []


def test_what_changes_is_replaced_only_by_who_knows_it(storage: LocalStorage) -> None:
    storage.replace("checkpoint", b"1", expected=None)
    storage.replace("checkpoint", b"2", expected=b"1")

    for expected in (None, b"1"):
        with pytest.raises(Moved, match="checkpoint was replaced by another"):
            storage.replace("checkpoint", b"3", expected=expected)
    assert storage.read("checkpoint") == b"2"


def test_what_was_deleted_is_gone_and_its_empty_folder_with_it(storage: LocalStorage, tmp_path: Path) -> None:
    other = LocalStorage(tmp_path / "vault")
    storage.create_all({"tile/0/000.p/1": b"a", "tile/0/000.p/2": b"b", "top": b"c"})
    for key in ("tile/0/000.p/1", "tile/0/000.p/2", "top"):
        other.delete(key)

    assert list(storage.keys("")) == []
    assert not (tmp_path / "vault" / "tile" / "0" / "000.p").exists()
    storage.create("tile/0/000.p/3", b"d")  # though it had made that folder itself
    assert list(storage.keys("")) == ["tile/0/000.p/3"]


def test_only_one_writer_is_let_in(storage: LocalStorage, tmp_path: Path) -> None:
    with storage.lock():
        for other in (storage, LocalStorage(tmp_path / "vault")):
            with pytest.raises(Held, match="another process is writing"), other.lock():
                pass
    with storage.lock():
        pass


def test_a_process_that_holds_the_lock_is_waited_for_by_nobody_and_forgotten_when_it_ends(
    storage: LocalStorage, tmp_path: Path
) -> None:
    script = """
import sys
from pathlib import Path
from chahe.vault.storing.local import LocalStorage
storage = LocalStorage(Path(sys.argv[1]))
with storage.lock(), storage.draft() as draft:
    draft.write(b"unfinished")
    print("held", flush=True)
    sys.stdin.read()
"""
    command = [sys.executable, "-c", script, str(tmp_path / "vault")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:  # noqa: S603 - our own script
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        with pytest.raises(Held), storage.lock():
            pass
        with LocalStorage(tmp_path / "vault").draft() as draft:
            draft.write(b"beside the other's")
            draft.publish("objects/beside")
        process.kill()

    drafts = tmp_path / "vault" / ".drafts"
    assert len(list(drafts.iterdir())) == 1
    with storage.draft() as mine:
        mine.write(b"at work")
        with storage.lock():
            assert len(list(drafts.iterdir())) == 1  # the dead one's draft is swept away, the living one's is not
        assert mine.publish("objects/mine")
    assert storage.read("objects/mine") == b"at work"


def test_reading_needs_no_right_to_write(storage: LocalStorage, tmp_path: Path) -> None:
    reader = LocalStorage(tmp_path / "vault")
    assert list(reader.keys("")) == []
    assert not reader.exists("checkpoint")
    assert not (tmp_path / "vault").exists()

    storage.create("a/b", b"x")
    assert (tmp_path / "vault" / "a" / "b").stat().st_mode & 0o222 == 0


def test_a_folder_is_made_where_those_above_it_are_missing_too(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path / "of" / "the" / "firm")

    storage.create("a/b", b"x")

    assert storage.read("a/b") == b"x"
