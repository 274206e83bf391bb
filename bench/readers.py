"""How fast each reader of logs makes evidence of them, beside syslog-ng's kv-parser and plaso where these read the same.

    python bench/readers.py --lines 500000
    python bench/readers.py --lines 200000 --readers fortigate linux_auth --times 5 --plaso /opt/plaso/bin/log2timeline

Of every reader that has a seeded generator in `bench/readers/`, a log is written to a temporary folder; then it is read by
ours, by syslog-ng and by plaso in turn (A B C A B C …), each in a process of its own, and the medians are printed.

ours        raw file -> SHA-256, rows in typed Parquet with their origin, skips and rejects with reasons, the hour ledger.
            Without the start (imports, loading compiled code), which reading the file's first lines brings about.
syslog-ng   raw file -> kv-parser -> a file of JSON. By the clock from its start to its last write; the processor time of all of it.
            Debian's package syslog-ng-core; left out where there is no `syslog-ng`.
plaso       raw file -> log2timeline with the one parser for the format -> its storage file; a single process, its start included.
            Left out where no `log2timeline` is found or given.

A generator's module has `lines(count)`, or for binary formats `content(count)`, which yields bytes; it may have SETTINGS.
"""

import argparse
import json
import os
import resource
import runpy
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, cast

from chahe.engine.intake import Intake, take_in
from chahe.engine.store import Store
from chahe.sources.catalogue import readers
from chahe.sources.model import Context

FOLDER = Path(__file__).with_name("readers")
OBSERVED_US = 1_795_320_000_000_000
FIRST = 100_000
"""Bytes read for the start."""
QUIET = 1.5
"""Seconds without a write after which syslog-ng is done; they do not count."""

KEY_VALUE = {"fortigate": "", "netfilter": "", "juniper_srx": "", "leef": ' pair-separator("\\t")'}
"""Formats that syslog-ng's kv-parser can part, and what it must be told."""
PLASO = {"linux_auth": "text/syslog_traditional", "utmp": "utmp", "windows_evtx": "winevtx"}

Measured = dict[str, float]


def generators() -> dict[str, dict[str, Any]]:
    """By reader, what its generator's module defines."""
    return {path.stem: runpy.run_path(str(path)) for path in sorted(FOLDER.glob("*.py"))}


def write(made: dict[str, Any], count: int, log: Path) -> None:
    with log.open("wb") as stream:
        if "content" in made:
            stream.writelines(made["content"](count))
        else:
            stream.writelines(line.rstrip("\n").encode() + b"\n" for line in made["lines"](count))


class Hashed:
    """A file whose digest is taken as it is read."""

    def __init__(self, path: Path) -> None:
        self.file = path.open("rb")
        self.digest = sha256()

    def readinto(self, buffer: memoryview) -> int:
        count = self.file.readinto(buffer)
        self.digest.update(buffer[:count])
        return count

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(size)
        self.digest.update(data)
        return data

    def readline(self, size: int = -1) -> bytes:
        data = self.file.readline(size)
        self.digest.update(data)
        return data

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.readline, b"")

    def __enter__(self) -> "Hashed":  # noqa: PYI034 - no one inherits from it
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()


def used() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def peak_mib() -> float:
    """Of this process alone; `ru_maxrss` also counts what the one that started it held."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(status["VmHWM"].split()[0]) / 1024


def ours(name: str, log: Path, made: Path) -> Measured:
    settings = runpy.run_path(str(FOLDER / f"{name}.py")).get("SETTINGS", {})

    reader = readers()[name]

    def taken(opened: Callable[[], BinaryIO], load: str) -> Intake:
        context = Context(observed_at_us=OBSERVED_US, settings=settings)
        return take_in(Store(made), load, reader, opened, context, raw_object="0" * 64)

    with log.open("rb") as stream:
        head = stream.read(FIRST)
    taken(lambda: BytesIO(head), "start")
    begun, before = time.perf_counter(), used()
    # A log whose times name no year is opened twice; one digest of it is enough.
    times = chain([Hashed(log)], iter(lambda: log.open("rb"), None))
    intake = taken(lambda: cast("BinaryIO", next(times)), "whole")
    found = {"seconds": time.perf_counter() - begun, "cpu": used() - before}
    written = sum(path.stat().st_size for path in made.rglob("whole.parquet"))
    units = {"units": intake.units, "rows": intake.with_rows, "rejects": intake.rejects}
    return {**found, **units, "bytes": written, "peak_mib": peak_mib()}


def syslog_ng(name: str, log: Path, made: Path) -> Measured:
    made.mkdir()
    parted = made / "parted.json"
    config = made / "syslog-ng.conf"
    config.write_text(
        f"""@version: 3.38
        options {{ stats-freq(0); threaded(yes); }};
        source records {{ file("{log}" follow-freq(1) flags(no-parse) log-msg-size(65536) log-fetch-limit(5000) log-iw-size(20000)); }};
        parser pairs {{ kv-parser(prefix("kv."){KEY_VALUE[name]}); }};
        destination parted {{ file("{parted}" template("$(format-json --key kv.*)\\n") log-fifo-size(40000)); }};
        log {{ source(records); parser(pairs); destination(parted); flags(flow-control); }};
        """
    )
    places = ("-f", config, "-R", made / "persist", "-p", made / "pid", "-c", made / "control")
    begun = time.perf_counter()
    process = subprocess.Popen([str(shutil.which("syslog-ng")), "-F", "--no-caps", *map(str, places)])
    last, size = begun, 0
    while time.perf_counter() < last + (QUIET if size else 30):
        time.sleep(0.02)
        if parted.exists() and parted.stat().st_size > size:
            last, size = time.perf_counter(), parted.stat().st_size
    process.send_signal(signal.SIGTERM)
    spent = os.wait4(process.pid, 0)[2]
    rows, units = lines_of(parted), lines_of(log)
    return {
        "seconds": last - begun,
        "cpu": spent.ru_utime + spent.ru_stime,
        "peak_mib": spent.ru_maxrss / 1024,
        "units": units,
        "rows": rows,
        "rejects": units - rows,
        "bytes": size,
    }


def lines_of(path: Path) -> int:
    with path.open("rb") as stream:
        return sum(block.count(b"\n") for block in iter(lambda: stream.read(1 << 20), b""))


def plaso(name: str, log: Path, made: Path, program: str) -> Measured:
    made.mkdir()
    store = made / "found.plaso"
    options = ("--single-process", "--status-view", "none", "--quiet", "--unattended", "--temporary-directory", made)
    said = ("--parsers", PLASO[name], "--storage-file", store, "--logfile", made / "log.gz", log)
    begun = time.perf_counter()
    process = subprocess.Popen(
        [program, *map(str, (*options, *said))], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    spent = os.wait4(process.pid, 0)[2]
    seconds = time.perf_counter() - begun
    with sqlite3.connect(store) as database:
        known = database.execute("SELECT count(*) FROM sqlite_master WHERE name = 'event'").fetchone()[0]
        events = database.execute("SELECT count(*) FROM event").fetchone()[0] if known else 0
    return {
        "seconds": seconds,
        "cpu": spent.ru_utime + spent.ru_stime,
        "peak_mib": spent.ru_maxrss / 1024,
        "units": events,
        "rows": events,
        "rejects": 0,
        "bytes": store.stat().st_size,
    }


def variants(name: str, program: str | None) -> list[str]:
    others = [
        *(["syslog-ng"] if name in KEY_VALUE and shutil.which("syslog-ng") else []),
        *(["plaso"] if name in PLASO and program else []),
    ]
    return ["ours", *others]


def measured(variant: str, name: str, log: Path, program: str | None) -> Measured:
    """In a process of its own."""
    made = log.with_name(variant)
    shutil.rmtree(made, ignore_errors=True)
    command = [sys.executable, __file__, "--one", variant, name, str(log), str(made), "--plaso", program or ""]
    found: Measured = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return found


def compare(name: str, log: Path, options: argparse.Namespace) -> None:
    which = variants(name, options.plaso)
    # Brings the file into memory, and compiled code into its cache.
    count = int(measured("ours", name, log, options.plaso)["units"])
    rounds = [{variant: measured(variant, name, log, options.plaso) for variant in which} for _ in range(options.times)]
    size = log.stat().st_size
    print(f"{name}: {count:,} records, {size:,} bytes ({size / count:.0f} each)")
    for variant in which:
        middle = {key: statistics.median(one[variant][key] for one in rounds) for key in rounds[0][variant]}
        print(
            f"  {variant:10s}{middle['seconds'] / count * 1e6:>8.2f} us by the clock {middle['cpu'] / count * 1e6:>8.2f} us CPU"
            f" {count / middle['seconds']:>11,.0f}/s {size / middle['seconds'] / 1e6:>6,.0f} MB/s"
            f" {middle['peak_mib']:>6,.0f} MiB {middle['bytes']:>13,.0f} bytes written;"
            f" {middle['rows']:,.0f} with rows, {middle['rejects']:,.0f} rejected",
            flush=True,
        )


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--lines", type=int, default=500_000, help="records of each log")
    asked.add_argument("--times", type=int, default=3, help="rounds; medians are printed")
    asked.add_argument("--readers", nargs="+", default=sorted(generators()), metavar="READER")
    asked.add_argument("--file", action="append", default=[], metavar="READER=PATH", help="a log of your own instead")
    asked.add_argument("--plaso", default=shutil.which("log2timeline"), help="plaso's log2timeline")
    asked.add_argument("--one", nargs=4, help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.one:
        variant, name, log, made = options.one
        more = {"plaso": [options.plaso]}.get(variant, [])
        run: Callable[..., Measured] = {"ours": ours, "syslog-ng": syslog_ng, "plaso": plaso}[variant]
        print(json.dumps(run(name, Path(log), Path(made), *more)))
        return
    known = generators()
    given = dict(one.split("=", 1) for one in options.file)
    for name in (*options.readers, *(name for name in given if name not in options.readers)):
        with tempfile.TemporaryDirectory() as folder:
            log = Path(folder, name)
            if name in given:
                shutil.copyfile(given[name], log)
            else:
                write(known[name], options.lines, log)
            compare(name, log, options)
    print(f"load of the machine at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")


if __name__ == "__main__":
    main()
