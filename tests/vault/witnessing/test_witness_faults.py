"""A cosignature that was given is never forgotten, wherever the witness dies, the power goes or the disk fails."""

import errno
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path

import pytest

from chahe.vault.signing.checkpoints import parse_checkpoint
from chahe.vault.signing.notes import parse_note
from chahe.vault.storing.local import LocalStorage
from chahe.vault.witnessing.witness import Refusal, Witness
from chahe.vault.witnessing.witness_protocol import Request, origin_hash
from vault_disk import Crash, Disk, Process
from vault_faults import by_chance, certain
from vault_keys import LOG, WITNESSES
from vault_trees import Tree

RECORD = Path("/record")
TREE, FORK = Tree(20), Tree(20, fork=3)
STEPS = ((0, 7), (7, 9), (9, 9), (9, 16))


def witness_on(process: Process) -> Witness:
    return Witness(LocalStorage(RECORD, process), WITNESSES[0], {LOG.name: [LOG.verifier_key]})


def ask(old: int, new: int, tree: Tree = TREE) -> bytes:
    return Request(old, tuple(tree.consistency(old, new)), tree.note(new)).encode()


def live(process: Process, given: list[int]) -> None:
    """Cosign step by step; `given` has the sizes whose cosignatures left the house."""
    witness = witness_on(process)
    for old, new in STEPS:
        witness.add_checkpoint(ask(old, new), 100)
        given.append(new)


def known(disk: Disk) -> int:
    try:
        note = witness_on(Process(disk)).latest(origin_hash(LOG.name))
    except Refusal as refusal:
        return 0 if refusal.status == HTTPStatus.NOT_FOUND else -1
    return parse_checkpoint(parse_note(note).text).size


def check_remembers(disk: Disk, given: list[int]) -> None:
    begun = STEPS[min(len(given), len(STEPS) - 1)][1]
    size = known(disk)
    assert size in (given[-1] if given else 0, begun)

    witness = witness_on(Process(disk))
    if size > 3:
        for old in {0, 3, size}:
            with pytest.raises(Refusal):
                witness.add_checkpoint(ask(old, max(size, 17), FORK), 101)
    assert witness.add_checkpoint(ask(size, 20), 102)
    assert known(disk) == 20


def calls() -> list[str]:
    process = Process(Disk())
    live(process, [])
    return process.calls


CALLS = calls()


def test_the_enumeration_has_every_kind_of_call() -> None:
    assert {"create", "write", "sync", "rename", "sync_folder"} <= set(CALLS)
    assert CALLS.count("rename") == len(STEPS)


@pytest.mark.parametrize("at", range(len(CALLS)))
def test_a_witness_may_die_or_lose_its_power_after_any_call(at: int) -> None:
    given: list[int] = []
    disk = Disk()
    with pytest.raises(Crash):
        live(Process(disk, lambda number, _: Crash if number == at else None), given)

    for choose in (certain, *map(by_chance, range(4))):
        check_remembers(disk.after_power_loss(choose), given)
    check_remembers(disk, given)


@pytest.mark.parametrize("at", range(len(CALLS)))
def test_a_disk_that_is_full_at_any_call_gives_no_cosignature_that_is_not_kept(at: int) -> None:
    given: list[int] = []
    disk = Disk()
    full = OSError(errno.ENOSPC, "No space left on device")
    with suppress(OSError):
        live(Process(disk, lambda number, _: full if number == at else None), given)

    check_remembers(disk.after_power_loss(certain), given)


class WithoutFolders(Process):
    """A program that forgets that names need syncing, too."""

    def sync_folder(self, path: Path) -> None:
        del path


def test_these_tests_find_a_witness_that_does_not_sync() -> None:
    disk, given = Disk(), list[int]()
    live(WithoutFolders(disk), given)

    with pytest.raises(AssertionError):
        check_remembers(disk.after_power_loss(certain), given)
