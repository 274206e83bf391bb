"""The keys of a log follow one another, and none signs anything newer than the checkpoint at which it gave way."""

import pytest

from chahe.vault.errors import Malformed, Refuted
from chahe.vault.signing.checkpoints import Checkpoint, open_checkpoint
from chahe.vault.signing.key_chain import KeyChain
from chahe.vault.signing.keys import KeySigner, sign
from vault_keys import OTHER_LOG

KEYS = [KeySigner("vault.example", bytes([number]) * 32) for number in range(3)]
FIRST, SECOND, THIRD = (key.verifier_key for key in KEYS)
CHAIN = KeyChain(FIRST).followed_by(SECOND, until=4).followed_by(THIRD, until=9)


def test_it_is_written_newest_first_and_read_again() -> None:
    lines = CHAIN.encode().splitlines()
    assert lines == [str(THIRD), f"former {SECOND} until 9", f"former {FIRST} until 4"]
    assert KeyChain.parse(CHAIN.encode()) == CHAIN


def test_a_file_with_one_key_is_a_chain_of_one() -> None:
    assert KeyChain.parse(f"{FIRST}\n") == KeyChain(FIRST)


@pytest.mark.parametrize(
    ("signer", "size", "holds"),
    [(0, 4, True), (0, 5, False), (1, 9, True), (1, 10, False), (2, 10, True), (2, 1, True)],
)
def test_a_key_signs_up_to_the_size_at_which_it_gave_way(signer: int, size: int, holds: bool) -> None:
    note = sign(Checkpoint("vault.example", size, bytes(32)).encode(), KEYS[signer])
    signed = open_checkpoint(note, CHAIN.keys)
    if holds:
        assert CHAIN.check(signed) is signed
    else:
        with pytest.raises(Refuted, match="another took the place"):
            CHAIN.check(signed)


def test_no_key_comes_twice_or_from_another_log() -> None:
    with pytest.raises(Malformed):
        KeyChain(FIRST).followed_by(FIRST, until=4)
    with pytest.raises(Malformed):
        KeyChain(FIRST).followed_by(OTHER_LOG.verifier_key, until=4)


@pytest.mark.parametrize("sizes", [(4, 4), (9, 4)])
def test_changes_of_keys_are_in_order(sizes: tuple[int, int]) -> None:
    with pytest.raises(Malformed, match="growing sizes"):
        KeyChain(FIRST).followed_by(SECOND, until=sizes[0]).followed_by(THIRD, until=sizes[1])


@pytest.mark.parametrize("line", ["former", "former x until 4", f"former {SECOND} until 0", f"{SECOND}"])
def test_what_is_no_former_key_is_malformed(line: str) -> None:
    with pytest.raises(Malformed):
        KeyChain.parse(f"{FIRST}\n{line}\n")
