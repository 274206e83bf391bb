"""A disk that is full, broken or read-only makes a writer fail aloud, and costs nothing that was kept before."""

import errno
import os

import pytest

from chahe.vault.storing.local import LocalStorage
from vault_disk import Disk, Process
from vault_faults import (
    BATCHES,
    SIZES,
    VAULT,
    Run,
    append,
    certain,
    check_goes_on,
    check_shown,
    keep_object,
    live,
    survive,
)
from vault_logs import appender_of

GROWING = ("create", "open_lock", "write", "sync", "sync_folder", "link", "rename", "make_folder")
TOLERATED = ("remove_folder",)
"""An empty folder that stays is no harm, so its removal may fail in silence."""


def failure(number: int) -> OSError:
    return OSError(number, os.strerror(number))


def persist(process: Process, run: Run) -> int:
    """Live on after failures, with the same objects; how often something failed."""
    failed = 0
    storage = LocalStorage(VAULT, process)
    appender = appender_of(storage)
    for number in range(len(BATCHES)):
        while run.kept == number:
            try:
                keep_object(storage, number, run)
                append(appender, number, run)
            except OSError:
                failed += 1
                assert failed < 5
                # Whether the batch got in is for the log to say.
                run.kept = SIZES.index(appender.append([]).checkpoint.size)
    return failed


def persisted() -> list[str]:
    process = Process(Disk())
    assert persist(process, Run()) == 0
    return process.calls


CALLS = persisted()


@pytest.mark.parametrize("part", range(4), ids=lambda part: f"part-{part + 1}-of-4-of-{len(CALLS)}-calls")
def test_any_call_may_fail_and_the_same_writer_goes_on(part: int) -> None:
    assert len(CALLS) > 260
    for at in range(part, len(CALLS), 4):

        def fault(call: int, _: str, at: int = at) -> OSError | None:
            return failure(errno.EIO if at % 3 else errno.ENOSPC) if call == at else None

        disk, run = Disk(), Run()
        assert persist(Process(disk, fault), run) == 1 - (CALLS[at] in TOLERATED)
        assert check_shown(LocalStorage(VAULT, Process(disk.after_power_loss(certain))), run) == SIZES[-1]


def test_any_reading_may_fail_and_is_never_taken_for_nothing_being_there() -> None:
    failing = 0
    while True:
        disk, run, reads = Disk(), Run(), 0

        def fault(call: int, _: str) -> OSError | None:
            nonlocal reads
            reads += call < 0
            return failure(errno.EIO) if reads == failing + 1 and call < 0 else None  # noqa: B023 - used in this turn

        failed = persist(Process(disk, fault), run)
        if reads <= failing:
            break
        assert failed == 1
        assert check_shown(LocalStorage(VAULT, Process(disk.after_power_loss(certain))), run) == SIZES[-1]
        failing += 1
    assert failing > 70


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO], ids=["full", "gone"])
def test_a_disk_that_stays_full_or_is_gone_shows_what_was_kept_and_goes_on_when_it_is_mended(number: int) -> None:
    tried = 0
    for at in range(0, len(CALLS), 3):
        disk, run, mended = Disk(), Run(), False

        def fault(call: int, kind: str, at: int = at) -> OSError | None:
            broken = not mended and call >= at and (kind in GROWING or number == errno.EIO)  # noqa: B023 - this turn's
            return failure(number) if broken else None

        process = Process(disk, fault)
        with pytest.raises(OSError, match=os.strerror(number)):
            live(process, run)
        with pytest.raises(OSError, match=os.strerror(number)):
            live(process, run)
        check_shown(LocalStorage(VAULT, Process(disk)), run)
        if at % 2:
            survive(disk, run, certain)
        else:
            mended = True
            check_goes_on(LocalStorage(VAULT, process), run)
        tried += 1
    assert tried > 90


def test_a_read_only_disk_is_read_and_refuses_to_be_written() -> None:
    disk, run = Disk(), Run()
    live(Process(disk), run)
    storage = LocalStorage(VAULT, Process(disk, lambda call, _: failure(errno.EROFS) if call >= 0 else None))

    assert check_shown(storage, run) == SIZES[-1]
    for act in (lambda: appender_of(storage).append([b"more"]), storage.draft, appender_of(storage).finish):
        with pytest.raises(OSError, match=os.strerror(errno.EROFS)):
            act()
    assert check_shown(storage, run) == SIZES[-1]


@pytest.mark.parametrize("most", [1, 7, 4096])
def test_writes_that_take_only_a_part_are_gone_on_with(most: int) -> None:
    found = []
    for limit in (1 << 30, most):
        process = Process(Disk())
        process.most = limit
        live(process, Run(), 3)
        storage = LocalStorage(VAULT, process)
        found.append({key: storage.read(key) for key in storage.keys("")})

    assert found[0] == found[1]
    assert len(found[0]) > 5
