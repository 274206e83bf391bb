"""What is appended is in the log, under a signed checkpoint, with proofs; and no log that was set back is signed."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chahe.vault.entries import Kind, decode, encode
from chahe.vault.errors import Held, Malformed, Missing, Refuted
from chahe.vault.signing.checkpoints import Checkpoint
from chahe.vault.signing.keys import KeySigner
from chahe.vault.storing.local import LocalStorage
from chahe.vault.tlog.edge import Edge
from chahe.vault.tlog.log import CHECKPOINT, Log
from chahe.vault.tlog.merkle import leaf_hash, root, verify_consistency, verify_inclusion
from chahe.vault.tlog.pending import PENDING, Pending
from chahe.vault.tlog.tiles import tiles_of
from vault_logs import SIGNER, appender_of, entries, log_of

BATCHES = [0, 1, 2, 200, 255, 256, 257, 511, 600, 66_000]


@pytest.fixture
def storage(tmp_path: Path) -> LocalStorage:
    return LocalStorage(tmp_path / "vault")


def appended(storage: LocalStorage, *sizes: int, begin: int = 0) -> None:
    appender = appender_of(storage)
    for first, end in pairwise((begin, *sizes)):
        appender.append(entries(first, end))


def test_each_batch_is_in_the_log_with_the_root_of_all_entries(storage: LocalStorage) -> None:
    log, appender = log_of(storage), appender_of(storage)
    leaves = [leaf_hash(entry) for entry in entries(0, BATCHES[-1])]

    for begin, end in pairwise((0, *BATCHES)):
        signed = appender.append(entries(begin, end))

        assert signed.checkpoint == Checkpoint(SIGNER.name, end, root(leaves[:end]))
        assert signed == log.checkpoint()
        assert log.root(end) == signed.checkpoint.root
    assert list(log.entries(0, 66_000)) == entries(0, 66_000)
    assert list(log.entries(250, 260)) == entries(250, 260)
    assert log.entry(65_999) == entries(65_999, 66_000)[0]


def test_the_files_of_a_log_are_those_of_its_size_and_partial_ones_of_sizes_that_were_signed(
    storage: LocalStorage,
) -> None:
    appended(storage, 3, 200, 300, 301)

    tiles = {tile.key for tile in tiles_of(301)} | {f"tile/{level}/001.p/44" for level in ("0", "entries")}
    assert set(storage.keys("tile/")) == tiles  # those of 3 and 200 entries went when the whole one was there
    appended_again = appender_of(storage).append([])
    assert appended_again.checkpoint.size == 301


def test_every_proof_between_signed_sizes_verifies(storage: LocalStorage) -> None:
    appended(storage, *BATCHES[1:])
    log = log_of(storage)

    for old, new in pairwise(BATCHES):
        path = log.consistency(old, new)
        verify_consistency(old, new, old_root=log.root(old), new_root=log.root(new), path=path)
    for index in [*range(0, 66_000, 611), 65_535, 65_536, 65_999]:
        path = log.inclusion(index, 66_000)
        verify_inclusion(leaf_hash(log.entry(index)), index, 66_000, path=path, root=log.root(66_000))


@settings(max_examples=40)
@given(st.lists(st.integers(0, 600), max_size=6))
def test_an_edge_that_grew_is_the_edge_that_is_read(sizes: list[int]) -> None:
    edge, files = Edge(), dict[str, bytes]()
    for size in sizes:
        edge, fresh = edge.grown(entries(edge.size, edge.size + size))
        assert not files.keys() & fresh.keys()
        files |= fresh

    reader = Log(Stored(files), [SIGNER.verifier_key])
    read = reader.edge(edge.size)
    assert (list(read.bundle), [list(level) for level in read.levels], read.root) == (
        list(edge.bundle),
        [list(level) for level in edge.levels],
        root(leaf_hash(entry) for entry in entries(0, edge.size)),
    )


class Stored(LocalStorage):
    """Files that are only read."""

    def __init__(self, files: dict[str, bytes]) -> None:
        super().__init__(Path("nowhere"))
        self.files = files

    def read(self, key: str) -> bytes:
        return self.files[key]


def test_an_empty_log_has_no_checkpoint_until_something_is_appended(storage: LocalStorage) -> None:
    with pytest.raises(Missing):
        log_of(storage).checkpoint()

    assert appender_of(storage).append([]).checkpoint.size == 0
    assert log_of(storage).checkpoint().checkpoint.size == 0
    assert list(log_of(storage).entries(0, 0)) == []


def test_what_is_beyond_the_log_is_refused(storage: LocalStorage) -> None:
    appended(storage, 5)
    log = log_of(storage)

    for act in (lambda: log.entry(5), lambda: log.entry(-1), lambda: log.inclusion(5, 5), lambda: log.entries(3, 2)):
        with pytest.raises(ValueError, match="has no"):
            act()


def test_a_reader_goes_on_beside_a_writer_who_tidies(storage: LocalStorage) -> None:
    appender = appender_of(storage)
    appender.append(entries(0, 100))
    log = log_of(storage)
    assert log.checkpoint().checkpoint.size == 100

    appender.append(entries(100, 300))

    path = log.inclusion(99, 100)
    verify_inclusion(leaf_hash(log.entry(99)), 99, 100, path=path, root=log.root(100))


def test_sizes_that_were_never_signed_have_roots_and_proofs(storage: LocalStorage) -> None:
    appended(storage, 300)
    leaves = [leaf_hash(entry) for entry in entries(0, 300)]

    for size in (1, 20, 255, 256, 299):
        log = log_of(storage)
        assert log.root(size) == root(leaves[:size])
        verify_inclusion(leaves[size - 1], size - 1, size, path=log.inclusion(size - 1, size), root=root(leaves[:size]))


def test_an_entry_too_long_is_refused_and_the_log_stays_as_it_was(storage: LocalStorage) -> None:
    appender = appender_of(storage)
    appender.append(entries(0, 3))

    with pytest.raises(ValueError, match="65536 bytes"):
        appender.append([b"", bytes(65_536)])
    assert appender.append([bytes(65_535)]).checkpoint.size == 4


def test_a_clock_that_was_set_back_costs_no_entry(storage: LocalStorage) -> None:
    later, earlier = (encode(Kind.EXPORT, at_us, {"to": "examiner"}) for at_us in (2_000_000, 1_000_000))

    appender_of(storage).append([later])
    appender_of(storage).append([earlier])

    read = [decode(entry, number)["at_us"] for number, entry in enumerate(log_of(storage).entries(0, 2))]
    assert read == [2_000_000, 1_000_000]


def test_a_second_writer_waits_outside(storage: LocalStorage) -> None:
    appended(storage, 3)

    with storage.lock(), pytest.raises(Held):
        appender_of(storage).append([b""])
    assert appender_of(storage).append([b""]).checkpoint.size == 4


def test_two_writers_in_turn_each_see_what_the_other_did(storage: LocalStorage) -> None:
    one, other = appender_of(storage), appender_of(storage)
    for size in range(0, 600, 60):
        one.append(entries(size, size + 20))
        other.append(entries(size + 20, size + 60))

    assert list(log_of(storage).entries(0, 600)) == entries(0, 600)


def test_a_cosigned_checkpoint_is_appended_to_like_any(storage: LocalStorage) -> None:
    appender = appender_of(storage)
    note = appender.append(entries(0, 3)).note
    storage.replace(CHECKPOINT, note + "— witness.example c2lnbmF0dXJl\n".encode(), expected=note)

    assert appender.append(entries(3, 5)).checkpoint.size == 5
    assert list(log_of(storage).entries(0, 5)) == entries(0, 5)


def set_back(storage: LocalStorage, keys: dict[str, bytes | None]) -> None:
    for key, data in keys.items():
        if data is None:
            storage.delete(key)
        else:
            storage.replace(key, data, expected=storage.read(key))


def test_a_log_that_was_set_back_is_not_signed(storage: LocalStorage) -> None:
    appended(storage, 5)
    old = {CHECKPOINT: storage.read(CHECKPOINT), PENDING: storage.read(PENDING)}
    appended(storage, 9, begin=5)
    appender = appender_of(storage)
    appender.append(entries(9, 10))
    seen = log_of(storage).checkpoint()

    # The checkpoint alone: the journal knows better.
    set_back(storage, {CHECKPOINT: old[CHECKPOINT]})
    with pytest.raises(Refuted, match="checkpoint: speaks of 5 entries, but 10 were signed: the log was set back"):
        appender_of(storage).append([b"forged"])
    # The journal, too: the tiles behind the checkpoint do.
    set_back(storage, {PENDING: old[PENDING]})
    with pytest.raises(Refuted, match=r"p/9: stands behind the last entry of the checkpoint: the log was set back"):
        appender_of(storage).append(entries(5, 9))
    # Those as well: whoever saw the later checkpoint does, and the writer that is still running.
    for key in list(storage.keys("tile/")):
        if key.endswith(("p/9", "p/10")):
            storage.delete(key)
    with pytest.raises(Refuted, match="speaks of 5 entries, but 10 were signed"):
        appender.append([b"forged"])
    with pytest.raises(Refuted, match="speaks of 5 entries, but 10 were signed"):
        appender_of(storage, known=seen.checkpoint).append([b"forged"])
    # Nobody else can know; hence witnesses.
    assert appender_of(storage).append([b"forged"]).checkpoint.size == 6


def test_a_fork_is_not_signed(storage: LocalStorage, tmp_path: Path) -> None:
    appended(storage, 300, 310)
    fork = LocalStorage(tmp_path / "fork")
    appender_of(fork).append([b"forged", *entries(1, 310)])
    appender_of(fork).append(entries(310, 320))

    seen = log_of(storage).checkpoint().checkpoint
    with pytest.raises(Refuted, match=r"checkpoint: the proof gives the root .* of 310 entries, not"):
        appender_of(fork, known=seen).append([b""])
    same = Checkpoint(SIGNER.name, 320, leaf_hash(b"other"))
    with pytest.raises(Refuted, match=f"not {same.root.hex()}"):
        appender_of(fork, known=same).append([b""])
    with pytest.raises(Refuted, match="speaks of 0 entries, but 320 were signed"):
        appender_of(LocalStorage(tmp_path / "new"), known=same).append([b""])


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("tile/0/001.p/44", r"tile/entries/001\.p/44, entry 256: has the hash"),
        ("tile/1/000.p/1", r"checkpoint: says that the 300 entries have the root"),
        ("tile/entries/001.p/44", r"tile/entries/001\.p/44, entry 299: has the hash"),
    ],
)
def test_a_tree_whose_edge_was_altered_is_not_signed(storage: LocalStorage, key: str, why: str) -> None:
    appended(storage, 300)
    data = bytearray(storage.read(key))
    data[-1 if "entries" in key else 0] ^= 1
    set_back(storage, {key: bytes(data)})

    with pytest.raises(Refuted, match=why):
        appender_of(storage).append([b"more"])


def test_a_checkpoint_that_another_key_signed_is_refused(storage: LocalStorage) -> None:
    appended(storage, 3)
    other = Log(storage, [KeySigner(SIGNER.name, bytes(32)).verifier_key])

    with pytest.raises(Refuted, match="signed by no known key"):
        other.checkpoint()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "byte 0: is no batch"),
        (b"chahe append 2 0 10\n", "byte 0: is no batch"),
        (b"chahe append 1 0 10\nno note", "no empty line"),
    ],
)
def test_a_journal_that_is_none_is_named(storage: LocalStorage, data: bytes, why: str) -> None:
    appended(storage, 3)
    set_back(storage, {PENDING: data})

    with pytest.raises(Malformed, match=why):
        appender_of(storage).append([b""])


def test_a_journal_whose_entries_were_exchanged_is_refused(storage: LocalStorage, tmp_path: Path) -> None:
    appended(storage, 3)
    ahead = LocalStorage(tmp_path / "ahead")
    appended(ahead, 3, 5)
    journal = ahead.read(PENDING)
    for forged, why in (
        (journal[:-1] + b"X", "its entries are not those that its checkpoint was signed for"),
        (journal[:-1], "entry 4, byte"),
        (journal.replace(b"append 1 3 ", b"append 1 7 "), "leads from 7 back to 5"),
        (journal + b"\0", "stands behind the last of 2 entries"),
    ):
        set_back(storage, {PENDING: forged})
        with pytest.raises(Refuted, match=why):
            appender_of(storage).append([b""])
        assert log_of(storage).checkpoint().checkpoint.size == 3

    set_back(storage, {PENDING: journal})
    appender_of(storage).finish()
    assert list(log_of(storage).entries(0, 5)) == entries(0, 5)
    assert Pending.parse(journal, log_of(storage)).base == 3
