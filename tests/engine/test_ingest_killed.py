"""An ingest that is killed at any of its writes is gone on with by the next one, as if nothing had happened."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import pytest

from chahe.engine.ingest import ingest
from chahe.engine.store import Store
from chahe.engine.vaults import store_to_write, vault_of, verification
from chahe.sources.catalogue import readers
from chahe.vault.entries import Kind
from chahe.workspace import open_workspace
from workspaces import FIREWALLS_CSV, NOW_US, Small, fortigate_line

INGEST = """
import os, signal, sys
from pathlib import Path

folder, last = sys.argv[1], int(sys.argv[2])
seen = 0

def writes(event, told):
    if event == "open":
        return isinstance(told[0], str) and told[2] & (os.O_WRONLY | os.O_RDWR) and told[0].startswith(folder)
    return event in ("os.link", "os.rename", "os.remove") and any(str(name).startswith(folder) for name in told[:2])

def watch(event, told):
    global seen
    if event in ("open", "os.link", "os.rename", "os.remove") and writes(event, told):
        seen += 1
        if seen == last:
            os.kill(os.getpid(), signal.SIGKILL)

from chahe.engine.ingest import ingest
from chahe.engine.vaults import store_to_write
from chahe.sources.catalogue import readers
from chahe.workspace import open_workspace

workspace, known = open_workspace(Path(folder)), readers()
sys.addaudithook(watch)
store = store_to_write(workspace, at_us=int(sys.argv[3]), random=os.urandom)
done = ingest(workspace, store, known, now_us=int(sys.argv[3]), environment={}, progress=lambda *_: None)
assert not done.refused
print(seen)
"""
POINTS = 4
"""Kills, from the first write to the last."""


def run(folder: Path, last: int) -> "subprocess.CompletedProcess[str]":
    """Ingests in a process of its own, killed just before its write of that number (0: never)."""
    command = [sys.executable, "-c", INGEST, str(folder), str(last), str(NOW_US)]
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - words of our own


def again(folder: Path) -> Store:
    """Ingests in this process, to the end."""
    workspace = open_workspace(folder)
    store = store_to_write(workspace, at_us=NOW_US, random=os.urandom)
    done = ingest(workspace, store, readers(), now_us=NOW_US, environment={}, progress=lambda *_: None)
    assert not done.refused
    return store


def told(store: Store) -> list[dict[str, Any]]:
    """The log but for what chance made: the vault's key, and how sealed bytes lie there."""
    return [_told(entry) for _, entry in vault_of(store).entries() if entry["kind"] != Kind.VAULT]


def _told(entry: Mapping[str, object]) -> dict[str, Any]:
    made = dict(entry)
    if made["kind"] == Kind.INGEST:
        object_ = cast("Mapping[str, Any]", made["object"])
        if object_["stored"]["form"].endswith("gcm"):
            made["object"] = {**object_, "stored": object_["stored"]["form"]}
    return made


@pytest.fixture(scope="module")
def firm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files that wait to be ingested, one of them to be sealed; no vault and no keys yet."""
    made = Small(tmp_path_factory.mktemp("firm") / "firm")
    made.write("a.log", "".join(fortigate_line(number) for number in range(50)))
    made.write("firewalls.csv", FIREWALLS_CSV)
    made.write("people.csv", "員工編號,姓名,到職日\ne001,林,2020-01-02\n")
    shutil.rmtree(made.folder / "vault")
    shutil.rmtree(made.folder / "keys")
    return made.folder


@pytest.fixture(scope="module")
def whole(firm: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """The same, ingested in one go, and how many writes that took."""
    folder = Path(shutil.copytree(firm, tmp_path_factory.mktemp("whole") / "firm"))
    done = run(folder, 0)
    assert done.returncode == 0, done.stderr
    return folder, int(done.stdout)


@pytest.mark.parametrize("point", range(POINTS))
def test_an_ingest_that_was_killed_is_made_good_by_the_next(
    firm: Path, whole: tuple[Path, int], tmp_path: Path, point: int
) -> None:
    folder = Path(shutil.copytree(firm, tmp_path / "firm"))
    last = 1 + point * (whole[1] - 1) // (POINTS - 1)

    killed = run(folder, last)
    found, expected = again(folder), again(whole[0])

    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert found.loads() == expected.loads()
    assert told(found) == told(expected)
    verified = verification(vault_of(found), deep=True).run()
    assert (verified.unopened, verified.withheld, verified.pending) == (0, 0, 0)


def test_an_empty_file_that_a_crash_left_in_a_keys_place_is_no_key(firm: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(firm, tmp_path / "firm"))
    (folder / "keys").mkdir(mode=0o700)
    for name in ("vault.key", "wrapping.key"):
        (folder / "keys" / name).touch(0o600)

    verification(vault_of(again(folder)), deep=True).run()
