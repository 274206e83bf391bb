"""A process dies with nothing synced, the next one repairs what it finds, and the power goes while it does.

So a vault may build on nothing that it only sees: it must first make it durable itself.
"""

from copy import deepcopy

import pytest

from chahe.vault.local import LocalStorage
from vault_disk import Crash, Disk, Process
from vault_faults import SIZES, VAULT, Run, append, by_chance, calls, certain, crashed, survive
from vault_logs import appender_of

BATCHES = 2
CALLS = calls(BATCHES)
AWKWARD = [at for at, call in enumerate(CALLS) if call in ("link", "rename", "make_folder", "remove_folder")]
"""After these calls there is a name that is not durable."""
PARTS = 4


def repaired(disk: Disk, at: int, run: Run) -> bool:
    """Whether a second process died after its call `at`, while it finished what the first had begun, and went on."""
    process = Process(disk, lambda number, _: Crash if number == at else None)
    try:
        appender = appender_of(LocalStorage(VAULT, process))
        appender.finish()
        run.kept = SIZES.index(appender.append([]).checkpoint.size)
        if run.kept < BATCHES:
            append(appender, run.kept, run)
    except Crash:
        return True
    return False


@pytest.mark.parametrize("part", range(PARTS), ids=lambda part: f"part-{part + 1}-of-{PARTS}-of-{len(AWKWARD)}-calls")
def test_the_power_may_go_while_another_process_repairs(part: int) -> None:
    tried = 0
    for first in AWKWARD[part::PARTS]:
        left = Disk()
        run = crashed(first, left, BATCHES)
        for second in range(len(CALLS)):
            disk, again = deepcopy(left), deepcopy(run)
            cut = repaired(disk, second, again)
            survive(disk, again, by_chance(first * 1000 + second) if second % 3 == 2 else certain)
            tried += 1
            if not cut:
                break
    assert tried > 200
