"""The vault beside borg and restic on the same files: taking them in, verifying every byte, and the room they take.

    python bench/vault_backup.py --megabytes 64

Debian's packages borgbackup and restic; one that is not installed is left out. The files: four FortiGate logs of that size, an
eighth of the first again as the growing log of another day, the second compressed, 200 small lists. Each tool in turn, each step a
process of its own.

ours     `Objects.keep` and an INGEST entry for each file; `Verification` of the whole vault
borg     `borg create --compression zstd,3` without encryption; `borg check --verify-data`
restic   `restic backup` (it always encrypts; zstd as it chooses); `restic check --read-data`

Ours compresses files one by one and finds no part of one in another, as borg and restic do; it signs a log of what came when,
and proves single records, which they do not.
"""

import argparse
import gzip
import os
import runpy
import shutil
import subprocess
import sys
import tempfile
import time
from functools import partial
from itertools import islice
from pathlib import Path

from chahe.vault.entries import Kind, encode
from chahe.vault.raw.objects import Objects
from chahe.vault.signing.keys import KeySigner
from chahe.vault.storing.local import LocalStorage
from chahe.vault.tlog.appending import Appender
from chahe.vault.tlog.log import Log
from chahe.vault.verify import Verification

SIGNER = KeySigner("bench.example", bytes(32))
LINES = runpy.run_path(str(Path(__file__).with_name("readers") / "fortigate.py"))["lines"]
LINE = 658
"""Bytes, about."""


def write(folder: Path, megabytes: int) -> None:
    """The files. The logs are one long one, cut."""
    count = megabytes * 1_000_000 // LINE
    lines = LINES(4 * count)
    for number in range(4):
        with (folder / f"fg-{number}.log").open("w") as stream:
            stream.writelines(islice(lines, count))
    with (folder / "fg-0.log").open("rb") as stream:
        (folder / "fg-again.log").write_bytes(stream.read(megabytes * 1_000_000 // 8))
    with (folder / "fg-1.log").open("rb") as stream, gzip.open(folder / "fg-1.log.gz", "wb", 6) as packed:
        shutil.copyfileobj(stream, packed)
    for number in range(200):
        rows = (f"user{at:04d},{number},TRADING,2026-11-{at % 30 + 1:02d}\n" for at in range(300))
        (folder / f"accounts-{number:03d}.csv").write_text("".join(rows))


def ingest(files: Path, folder: Path) -> None:
    storage = LocalStorage(folder)
    objects, told = Objects(storage), []
    for path in sorted(files.iterdir()):
        kept = objects.keep(partial(path.open, "rb"))
        members = {"object": kept.described(), "source": "bench", "path": path.name}
        told.append(encode(Kind.INGEST, path.stat().st_mtime_ns // 1000, members))
    Appender(Log(storage, [SIGNER.verifier_key]), storage, SIGNER).append(told)


def verify(folder: Path) -> None:
    storage = LocalStorage(folder)
    found = Verification(storage=storage, log=Log(storage, [SIGNER.verifier_key]), objects=Objects(storage)).run()
    print(f"{found.objects} objects, {found.checkpoint.checkpoint.size} entries verified", file=sys.stderr)


def steps(tool: str, files: Path, folder: Path) -> list[list[str]]:
    """To prepare, to take in, to verify."""
    place = str(folder)
    if tool == "ours":
        ours = [sys.executable, __file__, "--folder", place, "--files", str(files), "--ours"]
        return [["true"], [*ours, "ingest"], [*ours, "verify"]]
    if tool == "borg":
        create = ["borg", "create", "--compression", "zstd,3", f"{place}::all", str(files)]
        return [["borg", "init", "--encryption", "none", place], create, ["borg", "check", "--verify-data", place]]
    restic = ["restic", "--quiet", "--repo", place]
    return [[*restic, "init"], [*restic, "backup", str(files)], [*restic, "check", "--read-data"]]


def run(command: list[str], scratch: Path) -> tuple[float, float]:
    """Seconds by the clock and of processor time."""
    around = {
        **os.environ,
        "RESTIC_PASSWORD": "bench",
        "BORG_BASE_DIR": str(scratch),
        "RESTIC_CACHE_DIR": str(scratch / "restic-cache"),
        "BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK": "yes",
    }
    before, clock = os.times(), time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=around)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - clock, used


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, default=64, help="of one log")
    parser.add_argument("--ours", choices=["ingest", "verify"], help=argparse.SUPPRESS)
    parser.add_argument("--files", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.ours:
        if given.ours == "ingest":
            ingest(given.files, given.folder)
        else:
            verify(given.folder)
        return
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        files = scratch / "files"
        files.mkdir()
        write(files, given.megabytes)
        size = sum(path.stat().st_size for path in files.iterdir()) / 1e6
        print(f"{len(list(files.iterdir()))} files, {size:.0f} MB")
        for tool in ("ours", "borg", "restic"):
            if tool != "ours" and shutil.which(tool) is None:
                print(f"{tool:7} is not installed")
                continue
            folder = scratch / tool
            prepare, take, check = steps(tool, files, folder)
            run(prepare, scratch)
            taken, checked = run(take, scratch), run(check, scratch)
            room = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
            print(
                f"{tool:7} in {taken[0]:6.1f} s (processor {taken[1]:6.1f}), verified in {checked[0]:6.1f} s"
                f" (processor {checked[1]:6.1f}), {room:7.1f} MB"
            )


if __name__ == "__main__":
    main()
