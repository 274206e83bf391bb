"""Fuzzes readers for a while each: damaged specimens and arbitrary bytes, held to the contract of tests/sources/test_contract.py.

    python bench/fuzz_readers.py --minutes 10 --jobs 2 fortigate fix_log

Without names, every reader. Each round is Hypothesis with a seed of its own (reader and round), so that a failure can be had again:
the line printed for it names the seed. Exits with 1 where any round failed.
"""

import argparse
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from chahe.sources.catalogue import readers

ROOT = Path(__file__).parents[1]
TEST = "tests/sources/test_contract.py::test_reading_anything_loses_no_unit_and_raises_nothing"
EXAMPLES = 1000


class Fuzzed(NamedTuple):
    """What became of one reader."""

    reader: str
    inputs: int
    seconds: float
    failure: str
    """What the failing round printed; empty where none failed."""


def fuzz(reader: str, seconds: float) -> Fuzzed:
    """Rounds until the time is over, or one fails."""
    began = time.monotonic()
    rounds = 0
    while time.monotonic() - began < seconds:
        seed = crc32(f"{reader} {rounds}".encode())
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            f"--hypothesis-seed={seed}",
            f"{TEST}[{reader}]",
        ]
        environment = {**os.environ, "CHAHE_FUZZ_EXAMPLES": str(EXAMPLES)}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            return Fuzzed(reader, rounds * EXAMPLES, time.monotonic() - began, f"seed {seed}\n{done.stdout[-6000:]}")
        rounds += 1
    return Fuzzed(reader, rounds * EXAMPLES, time.monotonic() - began, "")


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("readers", nargs="*", metavar="READER")
    asked.add_argument("--minutes", type=float, default=10)
    asked.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = asked.parse_args()
    names = options.readers or sorted(readers())
    failed = 0
    with ThreadPoolExecutor(options.jobs) as threads:
        for done in threads.map(lambda name: fuzz(name, 60 * options.minutes), names):
            failed += bool(done.failure)
            said = f"FAILED, {done.failure}" if done.failure else "nothing found"
            print(f"{done.reader:20s} {done.inputs:>8,} inputs in {done.seconds / 60:.1f} min: {said}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
