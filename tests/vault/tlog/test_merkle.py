"""The tree is RFC 6962's: published vectors, the definitions themselves, and proofs that fail when anything is off."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chahe.vault.errors import Refuted
from chahe.vault.tlog.merkle import (
    EMPTY_ROOT,
    Frontier,
    consistency_path,
    inclusion_path,
    leaf_hash,
    node_hash,
    root,
    root_of,
    verify_consistency,
    verify_inclusion,
)

# Certificate Transparency's reference data: google/certificate-transparency, merkletree/merkle_tree_test.cc.
LEAVES = [bytes.fromhex(text) for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")] + [
    bytes.fromhex("606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION = [  # (leaf counted from 1, size, path)
    (1, 1, []),
    (
        1,
        8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        6,
        8,
        [
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (3, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    (
        2,
        5,
        [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
]
CONSISTENCY = [
    (1, 1, []),
    (
        1,
        8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        6,
        8,
        [
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (
        2,
        5,
        [
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
]
HASHES = [leaf_hash(data) for data in LEAVES]
GROWN = [leaf_hash(number.to_bytes(2, "big")) for number in range(300)]


def of(leaves: list[bytes]):
    """The subtrees of these leaves, by the definition of MTH and nothing else."""

    def subtree(height: int, index: int) -> bytes:
        return defined(leaves[index << height : (index + 1) << height])

    return subtree


def defined(leaves: list[bytes]) -> bytes:
    """RFC 6962 §2.1, word for word."""
    if len(leaves) < 2:
        return leaves[0] if leaves else EMPTY_ROOT
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(defined(leaves[:split]), defined(leaves[split:]))


def test_roots_are_the_published_ones() -> None:
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert [root(HASHES[:size]).hex() for size in range(1, 9)] == ROOTS
    assert [root_of(size, of(HASHES)).hex() for size in range(1, 9)] == ROOTS


@pytest.mark.parametrize(("leaf", "size", "path"), INCLUSION)
def test_inclusion_proofs_are_the_published_ones(leaf: int, size: int, path: list[str]) -> None:
    found = inclusion_path(leaf - 1, size, of(HASHES))

    assert [step.hex() for step in found] == path
    verify_inclusion(HASHES[leaf - 1], leaf - 1, size, path=found, root=bytes.fromhex(ROOTS[size - 1]))


@pytest.mark.parametrize(("old", "new", "path"), CONSISTENCY)
def test_consistency_proofs_are_the_published_ones(old: int, new: int, path: list[str]) -> None:
    found = consistency_path(old, new, of(HASHES))
    old_root, new_root = bytes.fromhex(ROOTS[old - 1]), bytes.fromhex(ROOTS[new - 1])

    assert [step.hex() for step in found] == path
    verify_consistency(old, new, old_root=old_root, new_root=new_root, path=found)


def test_a_frontier_gives_the_root_of_every_size() -> None:
    frontier = Frontier()

    for size in range(len(GROWN)):
        assert (frontier.size, frontier.root()) == (size, root_of(size, of(GROWN)))
        frontier.append(GROWN[size])


def test_every_proof_of_every_small_tree_verifies_and_no_other() -> None:
    checked = 0
    for size in range(1, 20):
        whole = root_of(size, of(GROWN))
        for index in range(size):
            path = inclusion_path(index, size, of(GROWN))
            verify_inclusion(GROWN[index], index, size, path=path, root=whole)
            for leaf, position, steps, top in wrong(GROWN[index], index, path, whole):
                with pytest.raises(Refuted):
                    verify_inclusion(leaf, position, size, path=steps, root=top)
                checked += 1
    assert checked > 2000


def wrong(leaf: bytes, index: int, path: list[bytes], top: bytes):
    """The same claim with one thing off."""
    yield leaf_hash(b"another"), index, path, top
    yield leaf, index, path, leaf_hash(b"another")
    yield leaf, index, [*path, top], top
    yield leaf, index + 1, path, top
    yield leaf, index - 1, path, top
    for at in range(len(path)):
        yield leaf, index, [*path[:at], leaf_hash(b"another"), *path[at + 1 :]], top
        yield leaf, index, [*path[:at], *path[at + 1 :]], top


def test_every_two_sizes_of_a_small_tree_are_consistent_and_no_forgery_is() -> None:
    checked = 0
    for new in range(34):
        new_root = root_of(new, of(GROWN))
        for old in range(new + 1):
            old_root = root_of(old, of(GROWN))
            path = consistency_path(old, new, of(GROWN))
            verify_consistency(old, new, old_root=old_root, new_root=new_root, path=path)
            forged = [leaf_hash(b"another"), *path[1:]] if path else [new_root]
            for roots, steps in (
                ((leaf_hash(b"another"), new_root), path),
                ((old_root, new_root), forged),
                ((old_root, new_root), [*path, new_root]),
                *([((old_root, new_root), path[:-1])] if path else []),
                *([((old_root, leaf_hash(b"another")), path)] if old else []),
            ):
                with pytest.raises(Refuted):
                    verify_consistency(old, new, old_root=roots[0], new_root=roots[1], path=steps)
                checked += 1
    assert checked > 2000


@given(st.integers(0, 299), st.integers(1, 300))
def test_proofs_in_larger_trees_verify(first: int, second: int) -> None:
    old, new = sorted((first, second))
    new_root = root_of(new, of(GROWN))

    path = consistency_path(old, new, of(GROWN))
    verify_consistency(old, new, old_root=root_of(old, of(GROWN)), new_root=new_root, path=path)
    if old < new:
        path = inclusion_path(old, new, of(GROWN))
        verify_inclusion(GROWN[old], old, new, path=path, root=new_root)


@pytest.mark.parametrize(("old", "new"), [(-1, 4), (5, 4)])
def test_sizes_out_of_order_are_refused(old: int, new: int) -> None:
    with pytest.raises(ValueError, match="did not begin with"):
        consistency_path(old, new, of(GROWN))
    with pytest.raises(ValueError, match="has no leaf"):
        inclusion_path(old, max(old, 0), of(GROWN))
    with pytest.raises(Refuted):
        verify_consistency(old, new, old_root=EMPTY_ROOT, new_root=EMPTY_ROOT, path=[])
