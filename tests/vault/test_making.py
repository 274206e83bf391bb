"""A vault is made once, whatever comes between, and never goes on from before what others vouched for."""

from pathlib import Path

import pytest

from chahe.vault.entries import Kind
from chahe.vault.errors import Held, Occupied, Refuted
from chahe.vault.storing.local import LocalStorage
from chahe.vault.vault import Vault
from chahe.vault.witnessing.anchors import keep
from vault_keys import LOG


def test_a_vault_is_made_once(tmp_path: Path) -> None:
    Vault.create(LocalStorage(tmp_path), LOG, at_us=1)

    with pytest.raises(Occupied):
        Vault.create(LocalStorage(tmp_path), LOG, at_us=2)


def test_a_vault_whose_making_was_cut_short_is_finished_and_not_made_twice(tmp_path: Path) -> None:
    Vault.create(LocalStorage(tmp_path), LOG, at_us=1)
    (tmp_path / "checkpoint").unlink()

    vault = Vault.create(LocalStorage(tmp_path), LOG, at_us=2)

    assert [entry["at_us"] for _, entry in vault.entries(Kind.VAULT)] == [1]


def test_nothing_is_recorded_without_the_signing_key(tmp_path: Path) -> None:
    Vault.create(LocalStorage(tmp_path), LOG, at_us=1)

    with pytest.raises(Held):
        Vault(LocalStorage(tmp_path), LOG.verifier_key).record(2, [])


def test_a_vault_set_back_behind_what_others_vouched_for_is_not_written(tmp_path: Path) -> None:
    vault = Vault.create(LocalStorage(tmp_path), LOG, at_us=1)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    vault.record(2, [(Kind.EXPORT, {"what": "x"})])
    keep(vault.storage, vault.signed)
    for path in [path for path in tmp_path.rglob("*") if path.is_file() and "anchors" not in path.parts]:
        path.unlink()
    for path, data in before.items():
        path.write_bytes(data)

    with pytest.raises(Refuted, match="set back"):
        Vault(LocalStorage(tmp_path), LOG.verifier_key, signer=LOG).record(3, [(Kind.EXPORT, {"what": "y"})])
