"""Real processes on a real disk: several that append at once, and some that are killed while they do."""

import subprocess
import sys
from pathlib import Path

import pytest

from chahe.vault.storing.local import LocalStorage
from chahe.vault.tlog.merkle import leaf_hash, root
from vault_logs import appender_of, log_of

TESTS = str(Path(__file__).parents[1])
WRITER = f"""
import sys
from pathlib import Path
sys.path.insert(0, {TESTS!r})
from chahe.vault.errors import Held
from chahe.vault.storing.local import LocalStorage
from vault_logs import appender_of

storage, name, number = LocalStorage(Path(sys.argv[1])), sys.argv[2], 0
appender = appender_of(storage)
while number < int(sys.argv[3]):
    batch = [f"{{name}} {{number}} {{part}}".encode() for part in range(number % 90 + 1)]
    try:
        signed = appender.append(batch)
        with storage.draft() as draft:
            draft.write(batch[0])
            draft.publish(f"objects/{{name}}/{{number}}")
    except Held:
        continue
    print(number, signed.checkpoint.size, flush=True)
    number += 1
"""


def writer(vault: Path, name: str, batches: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", WRITER, str(vault), name, str(batches)]
    return subprocess.Popen(command, stdout=subprocess.PIPE)  # noqa: S603 - our own script


def batch(name: str, number: int) -> list[bytes]:
    return [f"{name} {number} {part}".encode() for part in range(number % 90 + 1)]


def test_processes_that_append_at_once_lose_nothing_of_each_other(tmp_path: Path) -> None:
    names, batches = ("north", "south"), 25
    running = [writer(tmp_path / "vault", name, batches) for name in names]
    told = {name: process.communicate()[0].splitlines() for name, process in zip(names, running, strict=True)}

    log = log_of(LocalStorage(tmp_path / "vault"))
    checkpoint = log.checkpoint().checkpoint
    entries = list(log.entries(0, checkpoint.size))
    assert checkpoint.root == root(map(leaf_hash, entries))
    assert len(entries) == len(names) * sum(len(batch("", number)) for number in range(batches))
    for name in names:
        assert [entry for entry in entries if entry.startswith(name.encode())] == [
            entry for number in range(batches) for entry in batch(name, number)
        ]
        for line in told[name]:
            number, size = map(int, line.split())
            assert entries[size - number % 90 - 1 : size] == batch(name, number)


@pytest.mark.parametrize("lines", [0, 1, 2, 3, 5, 8, 13, 21])
def test_a_process_may_be_killed_at_any_moment(tmp_path: Path, lines: int) -> None:
    vault = tmp_path / "vault"
    with writer(vault, "victim", 10_000) as process:
        assert process.stdout is not None
        for _ in range(lines):
            assert process.stdout.readline()
        process.kill()  # somewhere in what follows that line
        told = lines + len(process.stdout.read().splitlines())

    storage = LocalStorage(vault)
    signed = appender_of(storage).append([b"after"])
    entries = list(log_of(storage).entries(0, signed.checkpoint.size))
    expected = [entry for number in range(told + 1) for entry in batch("victim", number)]
    assert entries[-1] == b"after"
    assert entries[:-1] in (expected, expected[: -len(batch("victim", told))])
    assert signed.checkpoint.root == root(map(leaf_hash, entries))
    for number in range(told):
        assert storage.read(f"objects/victim/{number}") == batch("victim", number)[0]
    assert list((vault / ".drafts").iterdir()) == []
