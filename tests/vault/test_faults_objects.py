"""An object that was acknowledged is there when the power comes back, also where another process had half kept it."""

import io
from random import Random

import pytest

from chahe.vault.raw.objects import Objects
from chahe.vault.storing.local import LocalStorage
from vault_disk import Crash, Disk, Process
from vault_faults import VAULT, by_chance, certain

KEPT = {"small": b"one line\n", "with-index": Random(7).randbytes(70_000)}  # noqa: S311 - the same bytes every time


def keep(process: Process, raw: bytes) -> str:
    return Objects(LocalStorage(VAULT, process), threads=1).keep(lambda: io.BytesIO(raw)).digest


def calls(raw: bytes) -> int:
    process = Process(Disk())
    keep(process, raw)
    return len(process.calls)


EACH = [
    pytest.param(raw, at, id=f"{name}-call-{at + 1}-of-{count}")
    for name, raw in KEPT.items()
    for count in [calls(raw)]
    for at in range(count)
]


@pytest.mark.parametrize(("raw", "at"), EACH)
def test_an_object_that_another_process_had_begun_to_keep_is_kept(raw: bytes, at: int) -> None:
    disk = Disk()
    with pytest.raises(Crash):
        keep(Process(disk, lambda number, _: Crash if number == at else None), raw)

    digest = keep(Process(disk), raw)

    for choose in (certain, by_chance(at), by_chance(at + len(EACH))):
        after = Objects(LocalStorage(VAULT, Process(disk.after_power_loss(choose))), threads=1)
        with after.open(digest) as stream:
            assert stream.read() == raw
        assert after.keep(lambda: io.BytesIO(raw)).digest == digest


def test_every_call_was_tried() -> None:
    assert len(EACH) > 30
