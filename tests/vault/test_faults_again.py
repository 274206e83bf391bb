"""A process dies with nothing synced, the next one repairs what it finds, and the power goes while it does.

So a vault may build on nothing that it only sees: it must first make it durable itself.
"""

from copy import deepcopy

import pytest

from chahe.vault.storing.local import LocalStorage
from vault_disk import Crash, Disk, Process
from vault_faults import SIZES, VAULT, Run, append, by_chance, calls, certain, crashed, live, survive
from vault_logs import appender_of

BATCHES = 2
CALLS = calls(BATCHES)
PARTS = 4


class Writer:
    """A process that appends, and dies after its call `at` counted from when it is told so."""

    def __init__(self, disk: Disk) -> None:
        self.last = -1
        self.process = Process(disk, lambda number, _: Crash if number == self.last else None)
        self.appender = appender_of(LocalStorage(VAULT, self.process))

    def repair(self, at: int, run: Run) -> bool:
        """Finish what another began, and go on; whether it died over that."""
        self.last = len(self.process.calls) + at
        try:
            self.appender.finish()
            run.kept = SIZES.index(self.appender.append([]).checkpoint.size)
            while run.kept <= BATCHES:
                append(self.appender, run.kept, run)
        except Crash:
            return True
        return False


def awkward(made: list[str]) -> list[int]:
    """After these calls there is a name that is not durable."""
    return [at for at, call in enumerate(made) if call in ("link", "rename", "make_folder", "remove_folder")]


def second_batch() -> list[str]:
    """The calls of a process that begins with the second batch."""
    disk, run = Disk(), Run()
    append(Writer(disk).appender, 0, run)
    process = Process(disk)
    live(process, run, BATCHES)
    return process.calls


FIRST = awkward(CALLS)
LATER = awkward(second_batch())


@pytest.mark.parametrize("part", range(PARTS), ids=lambda part: f"part-{part + 1}-of-{PARTS}-of-{len(FIRST)}-calls")
def test_the_power_may_go_while_a_new_process_repairs(part: int) -> None:
    tried = 0
    for first in FIRST[part::PARTS]:
        left = Disk()
        run = crashed(first, left, BATCHES)
        for second in range(len(CALLS)):
            disk, again = deepcopy(left), deepcopy(run)
            cut = Writer(disk).repair(second, again)
            survive(disk, again, by_chance(first * 1000 + second) if second % 3 == 2 else certain)
            tried += 1
            if not cut:
                break
    assert tried > 200


@pytest.mark.parametrize("part", range(PARTS), ids=lambda part: f"part-{part + 1}-of-{PARTS}-of-{len(LATER)}-calls")
def test_the_power_may_go_while_a_process_repairs_that_has_been_there_all_the_time(part: int) -> None:
    tried = 0
    for first in LATER[part::PARTS]:
        for second in range(len(CALLS)):
            disk, run = Disk(), Run()
            standing = Writer(disk)
            append(standing.appender, 0, run)
            with pytest.raises(Crash):
                live(Process(disk, lambda number, _, last=first: Crash if number == last else None), run, BATCHES)
            cut = standing.repair(second, run)
            survive(disk, run, certain)
            tried += 1
            if not cut:
                break
    assert tried > 20
