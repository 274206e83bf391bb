"""Verification says what it checked, goes on where it stopped, and looks into objects when asked to."""

import json
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
import zstandard

from chahe.vault import verify
from chahe.vault.entries import Kind, encode
from chahe.vault.errors import Missing
from chahe.vault.raw.objects import Kept, Objects, Stored, key_of
from chahe.vault.storing.local import LocalStorage
from chahe.vault.verify import STATE, Faults, Verification
from vault_logs import appender_of, log_of


def verification(folder: Path, **how: object) -> Verification:
    storage = LocalStorage(folder)
    return Verification(storage=storage, log=log_of(storage), objects=Objects(storage), **how)  # type: ignore[arg-type]  # a test's shorthand


def ingested(folder: Path, *contents: bytes) -> list[Kept]:
    storage = LocalStorage(folder)
    kept = [Objects(storage).keep(lambda data=data: BytesIO(data)) for data in contents]  # type: ignore[misc]
    told = [{"object": one.described(), "source": "fw", "path": "a.log"} for one in kept]
    appender_of(storage).append([encode(Kind.INGEST, at, members) for at, members in enumerate(told)])
    return kept


def altered(folder: Path, kept: Kept) -> str:
    key = key_of(kept.digest, kept.stored.form)
    data = (folder / key).read_bytes()
    (folder / key).write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    return key


@pytest.fixture
def three(tmp_path: Path) -> list[Kept]:
    return sorted(ingested(tmp_path, b"one", b"two", b"three"), key=lambda one: one.digest)


def test_a_place_without_a_vault_is_told_from_an_altered_one(tmp_path: Path) -> None:
    with pytest.raises(Missing, match="checkpoint"):
        verification(tmp_path).run()


def test_an_empty_log_is_verified(tmp_path: Path) -> None:
    appender_of(LocalStorage(tmp_path)).append([])

    assert verification(tmp_path).run().checkpoint.checkpoint.size == 0


def test_progress_counts_objects_and_parts(tmp_path: Path, three: list[Kept]) -> None:
    told: list[tuple[int, int]] = []

    verification(tmp_path, progress=lambda done, total: told.append((done, total))).run()

    assert told == [(1, len(three)), (2, 3), (3, 3)]


@pytest.mark.usefixtures("three")
def test_verification_writes_nothing_unless_it_is_to_go_on_later(tmp_path: Path) -> None:
    verification(tmp_path).run()

    assert not (tmp_path / STATE).exists()


class Interrupted(Exception):
    """Somebody pulled the plug."""


def interrupt(done: int, _all: int) -> None:
    if done == 2:
        raise Interrupted


@pytest.mark.usefixtures("three")
def test_an_interrupted_verification_goes_on_where_it_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify, "_NOTED_EVERY", 1)
    with pytest.raises(Interrupted):
        verification(tmp_path, resume=True, progress=interrupt).run()

    again = verification(tmp_path, resume=True).run()
    assert (again.objects, again.skipped) == (1, 2)
    whole = verification(tmp_path, resume=True).run()
    assert (whole.objects, whole.skipped) == (3, 0)


@pytest.mark.usefixtures("three")
def test_a_verification_is_not_gone_on_with_after_the_log_grew_or_for_another_depth(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify, "_NOTED_EVERY", 1)
    for how in ({"deep": True}, {}):
        with pytest.raises(Interrupted):
            verification(tmp_path, resume=True, progress=interrupt).run()
        if not how:
            ingested(tmp_path, b"four")
        assert verification(tmp_path, resume=True, **how).run().skipped == 0


def test_what_was_wrong_before_an_interruption_is_found_again_behind_it(
    tmp_path: Path, three: list[Kept], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify, "_NOTED_EVERY", 1)
    key = altered(tmp_path, three[0])
    with pytest.raises(Interrupted):
        verification(tmp_path, resume=True, progress=interrupt).run()

    with pytest.raises(Faults) as raised:
        verification(tmp_path, resume=True).run()
    assert [fault.place.key for fault in raised.value.exceptions] == [key]


@pytest.mark.parametrize("note", [b"", b"{}", b'{"root":1,"done":"all"}', b"\xff"])
@pytest.mark.usefixtures("three")
def test_a_note_that_says_nothing_skips_nothing(tmp_path: Path, note: bytes) -> None:
    LocalStorage(tmp_path).replace(STATE, note, expected=None)

    assert verification(tmp_path, resume=True).run().skipped == 0


def test_a_forged_note_deceives_only_who_asked_to_go_on(tmp_path: Path, three: list[Kept]) -> None:
    altered(tmp_path, three[1])
    root = log_of(LocalStorage(tmp_path)).checkpoint().checkpoint.root.hex()
    LocalStorage(tmp_path).replace(STATE, json.dumps({"root": root, "deep": False, "done": 3}).encode(), expected=None)

    assert verification(tmp_path, resume=True).run().skipped == 3  # and it says so
    with pytest.raises(Faults):
        verification(tmp_path).run()


def test_deep_finds_stored_bytes_that_never_were_the_objects(tmp_path: Path) -> None:
    # Whoever writes the vault could describe wrong bytes rightly; then only decompression tells.
    storage = LocalStorage(tmp_path)
    kept = Objects(storage).keep(lambda: BytesIO(b"what was kept"))
    packed = zstandard.ZstdCompressor().compress(b"something else")
    key = key_of(kept.digest, "zst")
    (tmp_path / key).write_bytes(packed)
    stored = Stored(sha256(packed).hexdigest(), len(packed), "zst", kept.stored.blocks, None)
    wrong = Kept(kept.digest, kept.size, "", 0, kept.blocks, stored)
    appender_of(storage).append([encode(Kind.INGEST, 1, {"object": wrong.described()})])

    verification(tmp_path).run()
    with pytest.raises(Faults) as raised:
        verification(tmp_path, deep=True).run()
    assert [fault.place.key for fault in raised.value.exceptions] == [key]


def test_an_object_named_by_its_digest_alone_is_read_whole(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path)
    kept = Objects(storage).keep(lambda: BytesIO(b"a ledger"))
    appender_of(storage).append([encode(Kind.DERIVATION, 1, {"ledger": kept.digest, "parts": {}})])

    verified = verification(tmp_path).run()
    assert (verified.objects, verified.unnamed) == (1, ())
    key = altered(tmp_path, kept)
    with pytest.raises(Faults) as raised:
        verification(tmp_path).run()
    [fault] = raised.value.exceptions
    assert (fault.place.key, fault.place.entry) == (key, 0)
    (tmp_path / key).unlink()
    with pytest.raises(Faults) as raised:
        verification(tmp_path).run()
    assert [fault.why for fault in raised.value.exceptions] == ["is gone"]


def test_an_object_kept_again_after_its_deletion_is_checked(tmp_path: Path) -> None:
    [kept] = ingested(tmp_path, b"comes again")
    storage = LocalStorage(tmp_path)
    appender_of(storage).append([encode(Kind.DELETION, 1, {"object": kept.digest, "by": ["a", "b"]})])
    Objects(storage).delete(kept.digest)
    assert verification(tmp_path).run().objects == 0

    ingested(tmp_path, b"comes again")

    verified = verification(tmp_path).run()
    assert (verified.objects, verified.deleted) == (1, 1)


def test_a_deleted_part_is_not_missed_and_a_changed_one_is_named(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path)
    parts = {f"tables/orders/{at}.parquet": b"PAR1 %d" % at for at in range(3)}
    for key, data in parts.items():
        storage.create(key, data)
    digests = {key: sha256(data).hexdigest() for key, data in parts.items()}
    kept = Objects(storage).keep(lambda: BytesIO(b"raw"))
    deletion = {"object": kept.digest, "parts": ["tables/orders/0.parquet"], "by": ["a", "b"]}
    appender_of(storage).append([encode(Kind.DERIVATION, 1, {"parts": digests}), encode(Kind.DELETION, 2, deletion)])
    storage.delete("tables/orders/0.parquet")

    def parts_of(entry: "dict[str, dict[str, str]]") -> dict[str, str]:
        return entry["parts"]

    assert verification(tmp_path, parts_of=parts_of).run().parts == 2
    (tmp_path / "tables/orders/1.parquet").write_bytes(b"PAR1 9")
    with pytest.raises(Faults) as raised:
        verification(tmp_path, parts_of=parts_of).run()
    [fault] = raised.value.exceptions
    assert (fault.place.key, fault.place.entry) == ("tables/orders/1.parquet", 0)


def test_faults_are_a_group_that_can_be_split(tmp_path: Path, three: list[Kept]) -> None:
    for one in three:
        altered(tmp_path, one)
    with pytest.raises(Faults) as raised:
        verification(tmp_path).run()

    first, rest = raised.value.split(lambda fault: fault is raised.value.exceptions[0])

    assert isinstance(first, Faults)
    assert isinstance(rest, Faults)
    assert (len(first.exceptions), len(rest.exceptions)) == (1, 2)


class GrowsMeanwhile(LocalStorage):
    """Somebody appends twice as soon as the checkpoint was read."""

    grown = False

    def read(self, key: str) -> bytes:
        data = super().read(key)
        if key == "checkpoint" and not self.grown:
            self.grown = True
            for at in range(2):
                appender_of(LocalStorage(self.folder)).append([encode(Kind.EXPORT, at, {"what": "x"})] * 300)
        return data

    @property
    def folder(self) -> Path:
        return self._folder


def test_a_vault_that_is_written_meanwhile_is_verified_as_it_was(tmp_path: Path, three: list[Kept]) -> None:
    storage = GrowsMeanwhile(tmp_path)

    verified = Verification(storage=storage, log=log_of(storage), objects=Objects(storage)).run()

    assert storage.grown
    assert (verified.checkpoint.checkpoint.size, verified.objects) == (len(three), 3)
