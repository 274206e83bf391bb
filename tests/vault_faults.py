"""A vault's first hours, call by call, and what must hold whenever they are cut short."""

from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from pathlib import Path
from random import Random

from chahe.vault.errors import Missing
from chahe.vault.storing.local import LocalStorage
from chahe.vault.tlog.appending import Appender
from chahe.vault.tlog.edge import Edge
from chahe.vault.tlog.merkle import leaf_hash, root, verify_inclusion
from vault_disk import Choose, Crash, Disk, Process
from vault_logs import appender_of, entries, log_of

VAULT = Path("/vault")
BATCHES = (1, 2, 250, 10, 300, 1)
"""Odd sizes: within a tile, up to its end, beyond it, over a whole one."""
SIZES = (0, *accumulate(BATCHES))
ALL = entries(0, SIZES[-1])
ROOTS = {size: root(map(leaf_hash, ALL[:size])) for size in SIZES}
OBJECTS = {f"objects/{number:02}/{number}.raw": b"what a firewall said %d " % number * 9 for number in (1, 3, 4)}
REOPENED = 4
"""Before this batch another process takes over."""


def _tiles() -> dict[str, bytes]:
    edge, files = Edge(), dict[str, bytes]()
    for begin, end in pairwise(SIZES):
        edge, fresh = edge.grown(ALL[begin:end])
        files |= fresh
    return files


TILES = _tiles()


@dataclass
class Run:
    """How far a process came: what it was told is kept, and what it had begun."""

    begun: int = 0
    kept: int = 0
    objects: set[str] = field(default_factory=set)


def live(process: Process, run: Run, batches: int = len(BATCHES)) -> None:
    """Append batch after batch, some with an object before. Raises whatever the disk makes it raise."""
    storage = LocalStorage(VAULT, process)
    appender = appender_of(storage)
    for number in range(run.kept, batches):
        if number == REOPENED:
            storage = LocalStorage(VAULT, process)
            appender = appender_of(storage)
        keep_object(storage, number, run)
        append(appender, number, run)


def keep_object(storage: LocalStorage, number: int, run: Run) -> None:
    key = f"objects/{number:02}/{number}.raw"
    if key in OBJECTS:
        with storage.draft() as draft:
            draft.write(OBJECTS[key][:20])
            draft.write(OBJECTS[key][20:])
            draft.publish(key)
        run.objects.add(key)


def append(appender: Appender, number: int, run: Run) -> None:
    run.begun = number + 1
    signed = appender.append(ALL[SIZES[number] : SIZES[number + 1]])
    assert signed.checkpoint.root == ROOTS[SIZES[number + 1]]
    run.kept = number + 1


def calls(batches: int = len(BATCHES)) -> list[str]:
    """Every call that changes the disk, in order, when nothing goes wrong."""
    process = Process(Disk())
    live(process, Run(), batches)
    return process.calls


def crashed(at: int, disk: Disk, batches: int = len(BATCHES), *, process: type[Process] = Process) -> Run:
    """A process that died right after its call number `at`."""
    run = Run()
    try:
        live(process(disk, lambda number, _: Crash if number == at else None), run, batches)
    except Crash:
        return run
    raise AssertionError(f"the process made no call {at}")


def certain(options: list) -> object:
    return options[0]


def by_chance(seed: int) -> Choose:
    return Random(seed).choice  # noqa: S311 - the same chance every time


def check_shown(storage: LocalStorage, run: Run) -> int:
    """What a reader sees before anybody writes: all that was acknowledged, nothing half done."""
    log = log_of(storage)
    try:
        checkpoint = log.checkpoint().checkpoint
    except Missing:
        assert run.kept == 0
        size = 0
    else:
        size = checkpoint.size
        assert size in (SIZES[run.kept], SIZES[run.begun])
        assert list(log.entries(0, size)) == ALL[:size]
        assert log.root(size) == checkpoint.root == ROOTS[size]
    for key in storage.keys("tile/"):
        assert storage.read(key) == TILES[key]
    objects = {key: storage.read(key) for key in storage.keys("objects/")}
    assert run.objects <= objects.keys()
    assert objects.items() <= OBJECTS.items()
    return size


def check_goes_on(storage: LocalStorage, run: Run) -> None:
    """The next writer finds its place, appends, and leaves no draft of the dead."""
    shown = check_shown(storage, run)
    signed = appender_of(storage).append([b"after"]).checkpoint
    size = signed.size - 1
    assert size >= shown
    assert size in (SIZES[run.kept], SIZES[run.begun])
    check_is(storage, size, b"after")
    assert storage.files.list(VAULT / ".drafts") == []
    superseded = [key for key in storage.keys("tile/") if ".p/" in key and storage.exists(key.split(".p/")[0])]
    assert superseded == []
    for number in range(len(BATCHES)):
        keep_object(storage, number, Run())


def check_is(storage: LocalStorage, size: int, last: bytes) -> None:
    """The log is the first `size` entries and that one, and proves it."""
    log = log_of(storage)
    checkpoint = log.checkpoint().checkpoint
    assert checkpoint.size == size + 1
    assert list(log.entries(0, size + 1)) == [*ALL[:size], last]
    verify_inclusion(leaf_hash(last), size, size + 1, path=log.inclusion(size, size + 1), root=checkpoint.root)
    assert checkpoint.root == log.root(size + 1)


def survive(disk: Disk, run: Run, choose: Choose | None) -> None:
    """Start again on what the disk has now, go on, lose power once more; raises AssertionError or what the vault raises."""
    if choose is not None:
        disk = disk.after_power_loss(choose)
    storage = LocalStorage(VAULT, Process(disk))
    check_goes_on(storage, run)
    size = log_of(storage).checkpoint().checkpoint.size
    after = LocalStorage(VAULT, Process(disk.after_power_loss(certain)))
    check_is(after, size - 1, b"after")
    assert {key: after.read(key) for key in after.keys("objects/")} == OBJECTS
