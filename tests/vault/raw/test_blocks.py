"""One record of a file is proved without the rest of it; what is not in the file cannot be."""

from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chahe.vault.errors import Malformed, Place, Refuted
from chahe.vault.raw import blocks
from chahe.vault.raw.blocks import BLOCK, BlockProof, BlockTree, Listing

DATA = bytes(range(256)) * (5 * BLOCK // 256) + b"the last block is shorter"


def reader(data: bytes) -> blocks.Read:
    return lambda begin, end: data[begin:end]


def spec_root(data: bytes) -> bytes:
    """MTH as RFC 6962 §2.1 writes it, over blocks; nothing of ours in it."""
    leaves = [data[at : at + BLOCK] for at in range(0, len(data), BLOCK)]

    def mth(begin: int, end: int) -> bytes:
        if end - begin == 1:
            return sha256(b"\x00" + leaves[begin]).digest()
        width = 1
        while width * 2 < end - begin:
            width *= 2
        return sha256(b"\x01" + mth(begin, begin + width) + mth(begin + width, end)).digest()

    return mth(0, len(leaves)) if leaves else sha256(b"").digest()


def tree_of(data: bytes, step: int) -> BlockTree:
    tree = BlockTree()
    for at in range(0, len(data), step):
        tree.update(data[at : at + step])
    return tree


@pytest.mark.parametrize("size", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK, len(DATA)])
@pytest.mark.parametrize("step", [1000, BLOCK, 3 * BLOCK + 7])
def test_the_root_is_that_of_the_specification_however_the_bytes_arrive(size: int, step: int) -> None:
    tree = tree_of(DATA[:size], step)

    assert tree.size == size
    assert tree.finish().root() == spec_root(DATA[:size])


@pytest.mark.parametrize("most", [2, 4, 16])
@pytest.mark.parametrize("height", [0, 2])
@pytest.mark.parametrize("count", [1, 3, 4, 5, 31, 32, 33])
def test_a_listing_grows_higher_and_not_longer(
    monkeypatch: pytest.MonkeyPatch, most: int, height: int, count: int
) -> None:
    monkeypatch.setattr(blocks, "MOST", most)
    nodes = [sha256(bytes([at])).digest() for at in range(count)]
    listing = Listing(height)

    for node in nodes:
        listing.append(node)

    assert len(listing.nodes()) <= most
    assert listing.root() == blocks.root(nodes)
    assert len(listing.nodes()) == -(-count // (1 << listing.height - height))


@given(size=st.integers(1, len(DATA)), ends=st.tuples(st.integers(0, 5), st.integers(0, 5)), listed=st.booleans())
def test_any_blocks_are_proved(size: int, ends: tuple[int, int], listed: bool) -> None:
    data, (first, last) = DATA[:size], sorted(end % blocks.count(size) for end in ends)
    listing = tree_of(data, BLOCK).finish()

    proof = blocks.prove(reader(data), size, first, last, listing=(listing.height, listing.nodes()) if listed else None)

    blocks.verify(data[proof.begin : proof.end], proof, size=size, root=listing.root())
    assert BlockProof.of(proof.described()) == proof


def test_with_a_listing_only_what_is_near_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "MOST", 4)
    data = DATA * 4
    listing = tree_of(data, BLOCK).finish()
    read: list[tuple[int, int]] = []

    def noting(begin: int, end: int) -> bytes:
        read.append((begin, end))
        return data[begin:end]

    proof = blocks.prove(noting, len(data), 9, 9, listing=(listing.height, listing.nodes()))

    assert sum(end - begin for begin, end in read) == (BLOCK << listing.height) - BLOCK
    blocks.verify(data[proof.begin : proof.end], proof, size=len(data), root=spec_root(data))


def test_bytes_that_are_not_the_blocks_are_refused() -> None:
    proof = blocks.prove(reader(DATA), len(DATA), 1, 2)
    right, root = DATA[proof.begin : proof.end], spec_root(DATA)

    for wrong in (right[:-1] + b"?", b"?" + right[1:], DATA[: 2 * BLOCK][::-1]):
        with pytest.raises(Refuted, match="gives the root") as raised:
            blocks.verify(wrong, proof, size=len(DATA), root=root)
        assert raised.value.place == Place(first=BLOCK, last=3 * BLOCK - 1)
    with pytest.raises(Refuted, match="there are"):
        blocks.verify(right + b"?", proof, size=len(DATA), root=root)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"first": 0, "last": 1}, "gives the root|too long|too short"),
        ({"first": 2, "last": 3}, "gives the root|too long|too short"),
        ({"size": len(DATA) + BLOCK}, "is of a stream of"),
        ({"size": 0}, "is of a stream of"),
        ({"first": 2, "last": 1}, "has no blocks"),
        ({"last": 900}, "has no blocks"),
    ],
)
def test_a_proof_for_other_blocks_is_refused(changed: dict[str, int], why: str) -> None:
    proof = blocks.prove(reader(DATA), len(DATA), 1, 2)

    with pytest.raises(Refuted, match=why):
        blocks.verify(DATA[BLOCK : 3 * BLOCK], replace(proof, **changed), size=len(DATA), root=spec_root(DATA))


def test_a_proof_with_more_fewer_or_other_nodes_is_refused() -> None:
    proof = blocks.prove(reader(DATA), len(DATA), 1, 2)
    data, root = DATA[BLOCK : 3 * BLOCK], spec_root(DATA)
    node = bytes(32)

    for beside in [(*proof.beside, node), proof.beside[1:], proof.beside[::-1], (node, *proof.beside[1:])]:
        with pytest.raises(Refuted):
            blocks.verify(data, replace(proof, beside=tuple(beside)), size=len(DATA), root=root)


@pytest.mark.parametrize(
    "told",
    [{}, {"size": 1, "first": 0, "last": 0, "beside": ["xy"]}, {"size": "1", "first": 0, "last": 0, "beside": []}],
)
def test_what_is_no_block_proof_is_called_so(told: dict[str, object]) -> None:
    with pytest.raises(Malformed, match="block proof"):
        BlockProof.of(told)


def test_there_is_no_proof_of_blocks_beyond_the_end() -> None:
    with pytest.raises(ValueError, match="has 6 blocks"):
        blocks.prove(reader(DATA), len(DATA), 5, 6)


def test_where_two_streams_differ_is_told_in_bytes() -> None:
    altered = bytearray(DATA)
    altered[BLOCK + 5] ^= 1
    found, expected = tree_of(bytes(altered), BLOCK).finish(), tree_of(DATA, BLOCK).finish()

    assert list(blocks.differing(found.nodes(), expected.nodes(), 0, len(DATA))) == [
        Place(first=BLOCK, last=2 * BLOCK - 1)
    ]
    cut = tree_of(DATA[: 4 * BLOCK], BLOCK).finish()
    assert [place.first for place in blocks.differing(cut.nodes(), expected.nodes(), 0, 4 * BLOCK)] == [
        4 * BLOCK,
        5 * BLOCK,
    ]
