"""Nothing acknowledged is lost and nothing half done is shown, wherever a process dies or the power goes."""

from collections import Counter
from pathlib import Path

import pytest

from chahe.vault.errors import VaultError
from vault_disk import Disk, Process
from vault_faults import by_chance, calls, certain, crashed, survive

CALLS = calls()
PARTS = 8
CHANCES = 2
PART = [f"part-{part + 1}-of-{PARTS}-of-{len(CALLS)}-calls" for part in range(PARTS)]


def test_the_enumeration_has_every_kind_of_call() -> None:
    assert len(CALLS) >= 280
    kinds = {"create", "open_lock", "write", "sync", "sync_folder", "link", "rename", "unlink"}
    assert set(CALLS) == kinds | {"make_folder", "remove_folder"}
    assert min(Counter(CALLS).values()) >= 2


@pytest.mark.parametrize("part", range(PARTS), ids=PART)
def test_a_process_may_be_killed_after_any_call(part: int) -> None:
    for at in range(part, len(CALLS), PARTS):
        disk = Disk()
        survive(disk, crashed(at, disk), None)


@pytest.mark.parametrize("part", range(PARTS), ids=PART)
def test_the_power_may_go_after_any_call(part: int) -> None:
    for at in range(part, len(CALLS), PARTS):
        disk = Disk()
        run = crashed(at, disk)
        survive(disk, run, certain)
        for seed in range(CHANCES):
            survive(disk, run, by_chance(seed * 10_000 + at))


class WithoutSync(Process):
    """A program that does not wait for its files to be written."""

    def sync(self, handle: int) -> None:
        pass


class WithoutFolders(Process):
    """A program that forgets that names need syncing, too."""

    def sync_folder(self, path: Path) -> None:
        pass


@pytest.mark.parametrize("careless", [WithoutSync, WithoutFolders])
def test_these_tests_find_a_program_that_does_not_sync(careless: type[Process]) -> None:
    found = 0
    for at in range(60, 160):
        disk = Disk()
        run = crashed(at, disk, process=careless)
        for choose in (certain, by_chance(at)):
            try:
                survive(disk, run, choose)
            except (AssertionError, VaultError):
                found += 1
    assert found > 50
