"""A vault's copy: a vault at any moment, brought up to date, and never mixed with another."""

from io import BytesIO
from pathlib import Path

import pytest

from chahe.vault.backup import copy
from chahe.vault.entries import Kind
from chahe.vault.errors import Missing, Moved
from chahe.vault.signing.keys import Signer
from chahe.vault.storing.local import LocalStorage
from chahe.vault.vault import Vault
from vault_keys import LOG, OTHER_LOG


def made(folder: Path, signer: Signer = LOG) -> Vault:
    vault = Vault.create(LocalStorage(folder), signer, at_us=1)
    kept = vault.objects.keep(lambda: BytesIO(b"records\n" * 10_000))
    vault.record(2, [(Kind.INGEST, {"object": kept.described(), "source": "s", "path": "p"})])
    vault.record(3, [(Kind.EXPORT, {"what": str(number)}) for number in range(700)])
    return vault


def test_a_copy_is_the_same_vault(tmp_path: Path) -> None:
    vault, target = made(tmp_path / "one"), LocalStorage(tmp_path / "two")

    copied = copy(vault.storage, target)

    again = Vault(target, LOG.verifier_key)
    assert list(again.entries()) == list(vault.entries())
    assert copied.known == 0
    [(_, entry)] = again.entries(Kind.INGEST)
    assert isinstance(entry["object"], dict)
    again.objects.verify(entry["object"]["sha256"])


def test_only_what_is_new_is_copied_again(tmp_path: Path) -> None:
    vault, target = made(tmp_path / "one"), LocalStorage(tmp_path / "two")
    first = copy(vault.storage, target)
    vault.record(4, [(Kind.EXPORT, {"what": "one more"})])

    second = copy(vault.storage, target)

    assert second.files < first.files
    assert Vault(target, LOG.verifier_key).checkpoint == vault.checkpoint
    assert copy(vault.storage, target).files == 0


def test_an_interrupted_copy_is_no_vault_or_the_earlier_one_and_is_gone_on_with(tmp_path: Path) -> None:
    vault, target = made(tmp_path / "one"), LocalStorage(tmp_path / "two")

    def stop(key: str) -> None:
        if key.startswith("tile/"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy(vault.storage, target, progress=stop)
    with pytest.raises(Missing):
        Vault(target, LOG.verifier_key).checkpoint  # noqa: B018 - reading it is the question

    assert copy(vault.storage, target).known > 0
    assert Vault(target, LOG.verifier_key).checkpoint == vault.checkpoint


def test_neither_keys_of_sealed_objects_nor_work_in_progress_go_along(tmp_path: Path) -> None:
    vault, target = made(tmp_path / "one"), LocalStorage(tmp_path / "two")
    vault.storage.create("locked/key", b"wrapped")

    copy(vault.storage, target)

    assert not [key for key in target.keys("") if key.startswith(("locked/", "state/"))]


def test_another_vault_is_not_written_over(tmp_path: Path) -> None:
    vault, other = made(tmp_path / "one"), made(tmp_path / "two", OTHER_LOG)

    with pytest.raises(Moved, match="another vault"):
        copy(vault.storage, other.storage)


def test_a_later_copy_is_not_set_back(tmp_path: Path) -> None:
    vault, target = made(tmp_path / "one"), LocalStorage(tmp_path / "two")
    copy(vault.storage, target)
    later = Vault(target, LOG.verifier_key, signer=LOG)
    later.record(9, [(Kind.EXPORT, {"what": "later"})])

    with pytest.raises(Moved, match="the source is the older one"):
        copy(vault.storage, target)


def test_what_was_appended_meanwhile_waits_for_the_next_copy_and_does_not_stand_in_its_way(tmp_path: Path) -> None:
    vault, target = made(tmp_path / "one"), LocalStorage(tmp_path / "two")
    began = vault.checkpoint

    def append(key: str) -> None:
        if key.startswith("objects/"):
            vault.record(4, [(Kind.EXPORT, {"what": "meanwhile"})] * 30)

    copy(vault.storage, target, progress=append)
    again = Vault(target, LOG.verifier_key, signer=LOG)

    assert again.checkpoint == began
    again.record(5, [(Kind.RESTORE, {"from": "two"})])
    assert again.checkpoint.size == began.size + 1


def test_a_partial_tile_that_goes_meanwhile_leads_to_the_newer_checkpoint(tmp_path: Path) -> None:
    vault, target = made(tmp_path / "one"), LocalStorage(tmp_path / "two")
    grown = []

    def append(key: str) -> None:
        if key.startswith("objects/") and not grown:
            grown.append(vault.record(4, [(Kind.EXPORT, {"what": "meanwhile"})] * 300))

    copy(vault.storage, target, progress=append)

    assert Vault(target, LOG.verifier_key).checkpoint == vault.checkpoint
