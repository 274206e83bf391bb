"""What C2SP tlog-proof v1 asks for: a file that shows, without a network, that an entry is in a log."""

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chahe.vault.errors import Malformed, Place, Refuted
from chahe.vault.signing.checkpoints import with_signatures
from chahe.vault.signing.keys import KeySigner, signature
from chahe.vault.signing.notes import Verified
from chahe.vault.signing.policy import Policy
from chahe.vault.signing.proofs import Proof, open_proof, parse_proof
from chahe.vault.tlog.merkle import leaf_hash
from vault_keys import LOG, OTHER_LOG, WITNESSES
from vault_trees import Tree

# The lines of the specification's example, which leaves its signatures out; its extra line is no base64 and stays away.
EXAMPLE = b"""c2sp.org/tlog-proof@v1
extra YWdlLXYxLjIuMS1kYXJ3aW4tYXJtNjQudGFyLmd6
index 73894
gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=
B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=
EKNzoDWG8LGC0Yp9o+sv3qllpMP9uHQ9B20KNL+Q1zs=
RoopEkOdqkYqMB4MJXrbt/hMjOxsVn0IrWjpz1ZMMes=
AHCioX9nLjsrse6YhjRRmk1WUEirVOLLRoOQ6vfO5vk=

example.com/fancylog
109482
sFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=

"""
TREE = Tree(13)
WITNESS_KEYS = tuple(one.verifier_key for one in WITNESSES)
ALONE = Policy((LOG.verifier_key,))


def cosigned(size: int, *witnesses: KeySigner, at_s: int = 1_795_000_000) -> bytes:
    signed = TREE.signed(size)
    lines = [Verified(one.verifier_key, signature(signed.checkpoint.encode(), one, at_s), at_s) for one in witnesses]
    return with_signatures(signed, lines).note


def proof_of(index: int, size: int, *witnesses: KeySigner, extra: bytes | None = None) -> bytes:
    return Proof(index, tuple(TREE.inclusion(index, size)), cosigned(size, *witnesses), extra).encode()


def test_the_specifications_example_is_read() -> None:
    proof = parse_proof(EXAMPLE)

    assert (proof.index, len(proof.path), proof.extra) == (73894, 5, b"age-v1.2.1-darwin-arm64.tar.gz")
    assert proof.path[0].hex()[:8] == "8122b25e"
    assert proof.note.startswith(b"example.com/fancylog\n109482\n")
    assert proof.encode() == EXAMPLE


@pytest.mark.parametrize("size", range(1, 14))
def test_every_entry_of_every_size_is_proved(size: int) -> None:
    for index in range(size):
        proof, signed = open_proof(proof_of(index, size), TREE.leaves[index], ALONE)

        assert (proof.index, signed.checkpoint) == (index, TREE.head(size))


def test_another_entry_is_not_proved() -> None:
    with pytest.raises(Refuted, match="gives the root") as refused:
        open_proof(proof_of(5, 13), leaf_hash(b"something else"), ALONE)

    assert refused.value.place == Place(entry=5)


@pytest.mark.parametrize("index", [4, 6, 12])
def test_an_entry_is_proved_at_its_own_index_only(index: int) -> None:
    moved = replace(parse_proof(proof_of(5, 13)), index=index).encode()

    with pytest.raises(Refuted):
        open_proof(moved, TREE.leaves[5], ALONE)


def test_an_index_beyond_the_log_is_refused() -> None:
    with pytest.raises(Refuted, match="not in a log of 13 entries"):
        open_proof(Proof(13, (), TREE.note(13)).encode(), TREE.leaves[0], ALONE)


def test_the_extra_line_is_carried_but_vouches_for_nothing() -> None:
    for extra in (b"", b"with which file this began"):
        proof, _ = open_proof(proof_of(5, 13, extra=extra), TREE.leaves[5], ALONE)
        assert proof.extra == extra


def test_two_of_three_witnesses_are_enough_where_two_are_asked_for() -> None:
    policy = Policy((LOG.verifier_key,), WITNESS_KEYS, 2)

    _, signed = open_proof(proof_of(5, 13, WITNESSES[0], WITNESSES[2]), TREE.leaves[5], policy)

    assert [one.at_s for one in signed.verified] == [None, 1_795_000_000, 1_795_000_000]


def test_one_witness_is_too_few_where_two_are_asked_for() -> None:
    with pytest.raises(Refuted, match="cosigned by 1 of the 3 known witnesses; 2 are needed"):
        open_proof(proof_of(5, 13, WITNESSES[1]), TREE.leaves[5], Policy((LOG.verifier_key,), WITNESS_KEYS, 2))


def test_one_witness_who_cosigns_twice_is_one_witness() -> None:
    text = TREE.head(13).encode()
    twice = b"".join(signature(text, WITNESSES[0], at_s).encode() for at_s in (5, 6))
    proof = Proof(5, tuple(TREE.inclusion(5, 13)), TREE.note(13) + twice).encode()

    with pytest.raises(Refuted, match="cosigned by 1 of the 3"):
        open_proof(proof, TREE.leaves[5], Policy((LOG.verifier_key,), WITNESS_KEYS, 2))


def test_witnesses_do_not_stand_in_for_the_log() -> None:
    policy = Policy((OTHER_LOG.verifier_key,), WITNESS_KEYS, 3)

    with pytest.raises(Refuted, match=r"not signed by a known key of the log vault\.example/firm"):
        policy.open(cosigned(13, *WITNESSES))


def test_a_logs_key_speaks_for_its_own_origin_only() -> None:
    """A firm's two vaults have two keys; neither may sign for the other."""
    stranger = Tree(3, KeySigner(OTHER_LOG.name, b"\x05" * 32))
    text = stranger.head(3).encode()
    note = text + b"\n" + signature(text, LOG).encode()

    with pytest.raises(Refuted, match="not signed by a known key of the log"):
        Policy((LOG.verifier_key, OTHER_LOG.verifier_key)).open(note)


def test_a_false_cosignature_condemns_the_checkpoint_though_enough_others_hold() -> None:
    false = signature(TREE.head(12).encode(), WITNESSES[2], 5).encode()
    note = cosigned(13, WITNESSES[0], WITNESSES[1]) + false

    with pytest.raises(Refuted, match=r"w2 .* is not over this text"):
        Policy((LOG.verifier_key,), WITNESS_KEYS, 2).open(note)


RENAMED = KeySigner("witness.example/renamed", b"\x10" * 32, WITNESSES[0].verifier_key.algorithm)


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (lambda: Policy(()), "would prove nothing"),
        (lambda: Policy((LOG.verifier_key,), WITNESS_KEYS, 4), "4 of 3"),
        (lambda: Policy((LOG.verifier_key,), WITNESS_KEYS, -1), "-1 of 3"),
        (lambda: Policy((LOG.verifier_key,), (WITNESS_KEYS[0], RENAMED.verifier_key), 2), "listed twice"),
        (lambda: Policy((LOG.verifier_key,), (LOG.verifier_key,), 1), "not one that a witness signs with"),
        (lambda: Policy((WITNESS_KEYS[0],)), "not one that a log signs with"),
    ],
)
def test_a_policy_that_says_nothing_or_too_much_is_refused(made: object, why: str) -> None:
    with pytest.raises(Malformed, match=why):
        made()  # type: ignore[operator]


GOOD = proof_of(5, 13, WITNESSES[0])


@pytest.mark.parametrize(
    ("data", "why", "byte"),
    [
        (b"", "is no proof", None),
        (b"c2sp.org/tlog-proof@v2" + GOOD[22:], "is no proof", None),
        (GOOD.split(b"\n\n", maxsplit=1)[0], "is no proof", None),
        (GOOD.replace(b"\n", b"\r\n"), "is no proof", None),
        (GOOD.replace(b"index 5", b"index 05"), "leading zeroes", 23),
        (GOOD.replace(b"index 5", b"index  5"), "no decimal", 23),
        (GOOD.replace(b"index 5", b"Index 5"), "does not say `index`", 23),
        (GOOD.replace(b"index 5\n", b""), "does not say `index`", 23),
        (GOOD.replace(b"index 5", b"extra ???\nindex 5"), "no base64", 23),
        (GOOD.replace(b"index 5", b"extra AA==\nextra AA==\nindex 5"), "does not say `index`", 34),
        (GOOD.replace(b"index 5\n", b"index 5\nAAAA\n"), "has 3 bytes", 31),
        (GOOD.replace(b"index 5\n", b"index 5\n" + (b"A" * 43 + b"=\n") * 64), "at most 63", None),
        (b"c2sp.org/tlog-proof@v1\n\n", "does not say `index`", 23),
    ],
)
def test_a_proof_of_another_form_is_refused_with_its_byte(data: bytes, why: str, byte: int | None) -> None:
    with pytest.raises(Malformed, match=why) as refused:
        parse_proof(data)

    assert refused.value.place == Place(first=byte)


@pytest.mark.parametrize(
    "made",
    [
        lambda: Proof(-1, (), b""),
        lambda: Proof(2**63, (), b""),
        lambda: Proof(0, (b"short",), b""),
        lambda: Proof(0, (), b"", bytes(1_000_001)),
    ],
)
def test_a_proof_that_could_not_be_read_is_not_made(made: object) -> None:
    with pytest.raises(Malformed):
        made()  # type: ignore[operator]


def test_no_changed_bit_proves_anything() -> None:
    data = proof_of(5, 13)
    for position in range(len(data)):
        for bit in range(8):
            changed = bytearray(data)
            changed[position] ^= 1 << bit
            with pytest.raises(Refuted):
                open_proof(bytes(changed), TREE.leaves[5], ALONE)


PIECES = [b"c2sp.org/tlog-proof@v1\n", b"extra ", b"index ", b"7", b"\n", b"A" * 43 + b"=", b"AA==", b"\xff"]


@given(st.binary(max_size=60) | st.lists(st.sampled_from(PIECES)).map(b"".join))
def test_whatever_the_bytes_a_proof_is_malformed_or_comes_back(data: bytes) -> None:
    with suppress(Malformed):
        assert parse_proof(data).encode() == data
