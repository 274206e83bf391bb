"""The log beside golang.org/x/mod/sumdb/tlog: it reads our vault, finds the same tree and makes the same proofs."""

import json
import os
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

from chahe.vault.storing.local import LocalStorage
from chahe.vault.tlog.log import Log
from chahe.vault.tlog.tiles import ENTRIES, tiles_of
from vault_logs import SIGNER, appender_of, entries, log_of

GOPATH = Path("/usr/share/gocode")
SOURCE = Path(__file__).parent / "go" / "tree.go"
pytestmark = pytest.mark.skipif(
    shutil.which("go") is None or not (GOPATH / "src/golang.org/x/mod/sumdb/tlog").exists(),
    reason="needs Debian's golang-go and golang-golang-x-mod-dev",
)


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("go")
    environment = {**os.environ, "GO111MODULE": "off", "GOPATH": str(GOPATH), "GOCACHE": str(folder / "cache")}
    words = ["go", "build", "-o", str(folder / "tree"), str(SOURCE)]
    subprocess.run(words, check=True, env=environment, capture_output=True)  # noqa: S603 - words of our own
    return folder / "tree"


def told(program: Path, vault: Path, records: list[int], olds: list[int]) -> dict[str, object]:
    asked = {"vault": str(vault), "key": str(SIGNER.verifier_key), "records": records, "olds": olds}
    done = subprocess.run([program, json.dumps(asked)], check=True, capture_output=True)  # noqa: S603 - built above
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def vault_of(folder: Path, *sizes: int) -> Log:
    storage = LocalStorage(folder)
    appender = appender_of(storage)
    for begin, end in pairwise((0, *sizes)):
        appender.append(entries(begin, end))
    return log_of(storage)


@pytest.mark.parametrize(
    "sizes",
    [(1,), (1, 2), (255,), (100, 256), (3, 257), (7, 255, 300, 511, 513), (65_535, 65_536), (256, 1000, 66_049)],
)
def test_both_see_the_same_tree_tiles_and_proofs(program: Path, tmp_path: Path, sizes: tuple[int, ...]) -> None:
    log, size = vault_of(tmp_path, *sizes), sizes[-1]
    records = sorted(
        {index for index in (0, 1, 2, 254, 255, 256, 300, size // 2, size - 2, size - 1) if 0 <= index < size}
    )
    olds = sorted({old for old in (1, 2, 3, 255, 256, 257, size // 3, size - 1, *sizes) if 0 < old <= size})

    answer = told(program, tmp_path, records, olds)

    assert answer == {
        "size": size,
        "root": log.checkpoint().checkpoint.root.hex(),
        "tiles": sum(tile.level != ENTRIES for tile in tiles_of(size)),
        "records": [[step.hex() for step in log.inclusion(index, size)] for index in records],
        "olds": [[step.hex() for step in log.consistency(old, size)] for old in olds],
        "roots": [log.root(old).hex() for old in olds],
    }


def test_it_refuses_whatever_file_of_the_log_is_altered(program: Path, tmp_path: Path) -> None:
    vault_of(tmp_path, 300)
    assert "error" not in told(program, tmp_path, [], [])
    files = [tmp_path / "checkpoint", *(path for path in (tmp_path / "tile").rglob("*") if path.is_file())]
    assert len(files) == 6

    for file in files:
        whole = file.read_bytes()
        file.chmod(0o600)
        file.write_bytes(whole[:40] + bytes([whole[40] ^ 1]) + whole[41:] if len(whole) > 40 else bytes(32))
        assert "error" in told(program, tmp_path, [], []), file
        file.write_bytes(whole)
    assert "error" not in told(program, tmp_path, [], [])
