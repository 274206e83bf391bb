"""A key hands the log over to another, and whoever trusts the old one is led to the new."""

from pathlib import Path

import pytest

from chahe.vault.entries import Kind
from chahe.vault.errors import Held, Malformed, Refuted
from chahe.vault.rekeying import FOLDER, Reason, leading, succeed
from chahe.vault.signing.checkpoints import Checkpoint
from chahe.vault.signing.key_chain import KeyChain
from chahe.vault.signing.keys import KeySigner, sign
from chahe.vault.storing.local import LocalStorage
from chahe.vault.vault import Vault
from chahe.vault.verify import Faults, Verification, Verified
from vault_keys import OTHER_LOG

OLD, NEW, NEWER = (KeySigner("vault.example", bytes([number]) * 32) for number in (1, 2, 3))
REASON = Reason(why="yearly", by="Lin")


def made(folder: Path) -> Vault:
    vault = Vault.create(LocalStorage(folder), OLD, at_us=1)
    more(vault, 3)
    return vault


def more(vault: Vault, count: int) -> None:
    for number in range(count):
        vault.record(2, [(Kind.HOLD, {"hold": f"h{number}", "why": "", "by": "Lin", "sources": ["x"]})])


def verified(folder: Path, chain: KeyChain) -> Verified:
    vault = Vault(LocalStorage(folder), chain)
    verification = Verification(storage=vault.storage, log=vault.log, objects=vault.objects, chain=chain)
    return verification.run()


def test_the_new_key_signs_what_comes_and_the_log_is_verified_by_the_chain(tmp_path: Path) -> None:
    chain = succeed(made(tmp_path), NEW, REASON, at_us=3)

    assert chain == KeyChain(NEW.verifier_key, ((OLD.verifier_key, 5),))
    assert verified(tmp_path, chain).checkpoint.checkpoint.size == 5
    vault = Vault(LocalStorage(tmp_path), chain, signer=NEW)
    more(vault, 2)
    chain = succeed(vault, NEWER, REASON, at_us=4)
    more(Vault(LocalStorage(tmp_path), chain, signer=NEWER), 1)

    found = verified(tmp_path, chain)
    assert found.checkpoint.checkpoint.size == 9
    assert [one.key for one in found.checkpoint.verified] == [NEWER.verifier_key]
    [(_, first), (_, second)] = Vault(LocalStorage(tmp_path), chain).entries(Kind.KEY)
    assert (first["former"], first["key"], second["key"]) == (
        str(OLD.verifier_key),
        str(NEW.verifier_key),
        str(NEWER.verifier_key),
    )


def test_both_keys_sign_the_checkpoint_at_which_one_gives_way(tmp_path: Path) -> None:
    chain = succeed(made(tmp_path), NEW, REASON, at_us=3)
    for key in (OLD, NEW):
        assert Vault(LocalStorage(tmp_path), key.verifier_key).checkpoint.size == 5
    assert {one.key for one in Vault(LocalStorage(tmp_path), chain).signed.verified} == set(chain.keys)


def test_a_checkpoint_that_the_old_key_signs_afterwards_is_refuted(tmp_path: Path) -> None:
    vault = made(tmp_path)
    chain = succeed(vault, NEW, REASON, at_us=3)
    more(Vault(LocalStorage(tmp_path), chain, signer=NEW), 1)
    storage = LocalStorage(tmp_path)
    now = Vault(storage, chain).checkpoint
    note = sign(Checkpoint(now.origin, now.size, now.root).encode(), OLD)
    storage.replace("checkpoint", note, expected=storage.read("checkpoint"))

    with pytest.raises(Refuted, match="another took the place"):
        _ = Vault(storage, chain).checkpoint
    with pytest.raises(Faults):
        verified(tmp_path, chain)


def test_a_change_of_keys_that_the_log_does_not_tell_of_is_a_fault(tmp_path: Path) -> None:
    made(tmp_path)
    storage = LocalStorage(tmp_path)
    forged = KeyChain(OLD.verifier_key).followed_by(NEW.verifier_key, until=4)
    with pytest.raises(Faults) as raised:
        verified(tmp_path, forged)
    assert "other changes of its key" in raised.value.each[0].why
    assert not list(storage.keys(FOLDER))


def test_a_reader_that_does_not_know_of_the_change_is_told(tmp_path: Path) -> None:
    succeed(made(tmp_path), NEW, REASON, at_us=3)
    with pytest.raises(Faults) as raised:
        verified(tmp_path, KeyChain(OLD.verifier_key))
    assert raised.value.each[0].place.entry == 4


def test_a_reader_that_was_given_the_new_key_alone_needs_no_other(tmp_path: Path) -> None:
    chain = succeed(made(tmp_path), NEW, REASON, at_us=3)
    more(Vault(LocalStorage(tmp_path), chain, signer=NEW), 1)
    assert verified(tmp_path, KeyChain(NEW.verifier_key)).checkpoint.checkpoint.size == 6


def test_another_first_key_than_the_logs_is_a_fault(tmp_path: Path) -> None:
    succeed(made(tmp_path), NEW, REASON, at_us=3)
    with pytest.raises(Faults):
        verified(tmp_path, KeyChain(NEW.verifier_key, ((NEWER.verifier_key, 5),)))


@pytest.mark.parametrize("done", ["entry", "kept"])
def test_a_change_that_a_crash_cut_short_is_gone_on_with(tmp_path: Path, done: str) -> None:
    vault = made(tmp_path)
    storage = LocalStorage(tmp_path)
    expected = succeed(vault, NEW, REASON, at_us=3)
    both = storage.read("checkpoint")
    [kept] = list(storage.keys(FOLDER))
    alone = sign(vault.checkpoint.encode(), OLD)
    storage.replace("checkpoint", alone, expected=both)
    if done == "entry":
        storage.delete(kept)

    assert succeed(Vault(storage, OLD.verifier_key, signer=OLD), NEW, REASON, at_us=9) == expected

    assert storage.read("checkpoint") == both
    assert len(list(Vault(storage, expected).entries(Kind.KEY))) == 1
    verified(tmp_path, expected)


def test_a_key_of_another_name_or_one_that_signed_before_takes_over_nothing(tmp_path: Path) -> None:
    vault = made(tmp_path)
    with pytest.raises(ValueError, match=r"vault\.example"):
        succeed(vault, OTHER_LOG, REASON, at_us=3)
    with pytest.raises(Malformed):
        succeed(vault, OLD, REASON, at_us=3)
    chain = succeed(vault, NEW, REASON, at_us=3)
    with pytest.raises(Malformed):
        succeed(Vault(vault.storage, chain, signer=NEW), OLD, REASON, at_us=4)


def test_a_change_behind_which_the_old_key_went_on_is_not_finished_silently(tmp_path: Path) -> None:
    vault = made(tmp_path)
    vault.record(3, [(Kind.KEY, {"key": str(NEW.verifier_key), "former": str(OLD.verifier_key), "why": "", "by": ""})])
    more(vault, 1)
    with pytest.raises(Held, match="signed 6 entries since"):
        succeed(vault, NEW, REASON, at_us=4)


def test_each_change_is_told_for_a_proof(tmp_path: Path) -> None:
    chain = succeed(made(tmp_path), NEW, REASON, at_us=3)
    [step] = leading(Vault(LocalStorage(tmp_path), chain))
    assert step["index"] == 4
    assert str(step["checkpoint"]).count("\n— ") == 2
