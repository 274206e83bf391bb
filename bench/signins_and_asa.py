"""How fast Linux sign-in logs and Cisco ASA logs become evidence: raw file -> typed, row-numbered Parquet and hour ledger.

    python bench/syslog.py --lines 200000

Each run in a fresh process, the readers in turn; medians. Times hold neither Python's start nor its imports.
"""

import argparse
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from chahe.engine.lines import read_lines
from chahe.engine.parts import PartWriter
from chahe.evidence.catalogue import tables
from chahe.sources.catalogue import readers
from chahe.sources.model import Context, LineReader

OBSERVED_US = 1_795_320_000_000_000


def linux_auth(count: int) -> Iterator[str]:
    """Four parts sign-ins with keys or passwords, four parts refused ones, one sudo, one session's end."""
    chance = random.Random(1)  # noqa: S311 - a repeatable log, no secret
    for number in range(count):
        second = number * 86_400 // count
        head = f"Nov 21 {second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d} core{number % 3 + 1} "
        peer = f"10.1.{chance.randrange(256)}.{chance.randrange(256)} port {chance.randrange(1024, 65536)} ssh2"
        user, pid = f"user{chance.randrange(300)}", chance.randrange(1000, 99_999)
        said = chance.randrange(10)
        if said < 4:
            yield f"{head}sshd[{pid}]: Accepted {chance.choice(('password', 'publickey'))} for {user} from {peer}\n"
        elif said < 8:
            yield f"{head}sshd[{pid}]: Failed password for {chance.choice(('', 'invalid user '))}{user} from {peer}\n"
        elif said < 9:
            yield f"{head}sudo[{pid}]:  {user} : TTY=pts/0 ; PWD=/home/{user} ; USER=root ; COMMAND=/usr/bin/id\n"
        else:
            yield f"{head}sshd[{pid}]: pam_unix(sshd:session): session closed for user {user}\n"


def cisco_asa(count: int) -> Iterator[str]:
    """Connections built and torn down, and every eighth refused by a list."""
    chance = random.Random(1)  # noqa: S311 - a repeatable log, no secret
    for number in range(count):
        second = number * 86_400 // count
        head = f"<166>Nov 21 2026 {second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d} asa{number % 2 + 1} : "
        inner = f"10.2.{chance.randrange(256)}.{chance.randrange(256)}/{chance.randrange(1024, 65536)}"
        outer = f"198.51.100.{chance.randrange(256)}/{chance.choice((443, 80, 53))}"
        if number % 8 == 7:
            yield f'{head}%ASA-4-106023: Deny tcp src outside:{outer} dst inside:{inner} by access-group "from_out" [0x0, 0x0]\n'
        elif number % 2:
            yield (
                f"{head}%ASA-6-302013: Built outbound TCP connection {number} for outside:{outer} ({outer}) "
                f"to inside:{inner} ({inner})\n"
            )
        else:
            yield (
                f"{head}%ASA-6-302014: Teardown TCP connection {number} for outside:{outer} to inside:{inner} "
                f"duration 0:00:{chance.randrange(10, 60)} bytes {chance.randrange(1 << 20)} TCP FINs\n"
            )


LOGS = {"linux_auth": linux_auth, "cisco_asa": cisco_asa}


def processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def measured(name: str, log: Path) -> dict[str, float]:
    reader = readers()[name]
    assert isinstance(reader, LineReader)  # noqa: S101 - both are
    begun, used, rejects = time.perf_counter(), processor_seconds(), 0
    writer = PartWriter(
        log.with_suffix(".made"), tables()[reader.table], raw_object="0" * 64, observed_at_us=OBSERVED_US
    )
    for fates in read_lines(reader, lambda: log.open("rb"), Context(observed_at_us=OBSERVED_US)):
        writer.write(fates.rows)
        rejects += len(fates.rejects)
    rows = writer.close().rows
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    seconds, cpu = time.perf_counter() - begun, processor_seconds() - used
    return {"seconds": seconds, "cpu": cpu, "peak_mib": peak, "rows": rows, "rejects": rejects}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--lines", type=int, default=200_000)
    asked.add_argument("--times", type=int, default=5)
    asked.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.one:
        print(json.dumps(measured(options.one[0], Path(options.one[1]))))
        return
    with tempfile.TemporaryDirectory() as folder:
        for name, lines in LOGS.items():
            with Path(folder, name).open("w", newline="") as written:
                written.writelines(lines(options.lines))
        runs: dict[str, list[dict[str, float]]] = {name: [] for name in LOGS}
        for _ in range(options.times):
            for name, found in runs.items():
                command = [sys.executable, __file__, "--one", name, str(Path(folder, name))]
                found.append(json.loads(subprocess.run(command, check=True, capture_output=True).stdout))
        for name, found in runs.items():
            middle = {key: statistics.median(one[key] for one in found) for key in found[0]}
            print(
                f"{name:10s} {options.lines:,} lines, {Path(folder, name).stat().st_size:,} bytes: "
                f"{middle['seconds'] / options.lines * 1e6:.2f} us by the clock, {middle['cpu'] / options.lines * 1e6:.2f} us CPU "
                f"a line; peak {middle['peak_mib']:,.0f} MiB; {middle['rows']:,.0f} rows, {middle['rejects']:,.0f} rejects"
            )


if __name__ == "__main__":
    main()
