"""How fast FortiGate logs become evidence, beside a bare extraction of nine fields and beside SHA-256 alone.

    python bench/fortigate.py --lines 500000
    python bench/fortigate.py --lines 4000000 --variants ours --times 1

Writes a seeded log to a temporary folder, then runs the variants in turn (A B C A B C …), each run in a fresh process, and
prints the medians of time by the clock and of processor time. Neither holds the start: imports, and for ours the loading
of compiled code, which reading one line brings about; the start is printed beside them. One run before them, not
counted, brings the file into memory and the compiled code into its cache.

ours       raw file -> SHA-256, and typed, row-numbered, exact rows with provenance in Parquet, and the hour ledger
baseline   raw file -> nine `regexp_extract`s in DuckDB -> Parquet; no digest, no types, no row numbers
sha256     the digest of the same bytes, and nothing else
"""

import argparse
import json
import os
import resource
import runpy
import statistics
import subprocess
import sys
import tempfile
import time
from hashlib import file_digest, sha256
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import duckdb

from chahe.engine.lines import read_lines
from chahe.engine.parts import PartWriter
from chahe.evidence.catalogue import tables
from chahe.sources.firewall_logs.fortigate import reader
from chahe.sources.model import Context

START_NS = 1_795_309_200_000_000_000
lines = runpy.run_path(str(Path(__file__).with_name("readers") / "fortigate.py"))["lines"]
FIELDS = ("eventtime", "devname", "srcip", "srcport", "dstip", "dstport", "action", "proto", "policyid")


class Hashed:
    """A file whose digest is taken as it is read."""

    def __init__(self, path: Path) -> None:
        self.file = path.open("rb")
        self.digest = sha256()

    def readinto(self, buffer: memoryview) -> int:
        count = self.file.readinto(buffer)
        self.digest.update(buffer[:count])
        return count

    def __enter__(self) -> "Hashed":  # noqa: PYI034 - no one inherits from it
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()


def ours(log: Path, made: Path) -> int:
    stream: list[Hashed] = []

    def opened() -> BinaryIO:
        stream.append(Hashed(log))
        return stream[-1]  # type: ignore[return-value] # reads are all that is asked of it

    writer = PartWriter(made, tables()["firewall_events"], raw_object="0" * 64, observed_at_us=START_NS // 1000)
    for fates in read_lines(reader, opened, Context(observed_at_us=START_NS // 1000)):
        writer.write(fates.rows)
    part = writer.close()
    stream[-1].digest.hexdigest()
    return part.rows


def baseline(log: Path, made: Path) -> int:
    found = ", ".join(f"regexp_extract(line, '{name}=\"?([^ \"]*)', 1) AS {name}" for name in FIELDS)
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT {found} FROM read_csv('{log}', columns = {{'line': 'VARCHAR'}}, delim = '\\x01', quote = '', "
            f"escape = '', header = false, auto_detect = false)) TO '{made}' (FORMAT parquet, COMPRESSION zstd)"
        )
        return int(connection.execute(f"SELECT count(*) FROM read_parquet('{made}')").fetchall()[0][0])


def digest(log: Path, made: Path) -> int:
    with log.open("rb") as stream:
        found = sha256()
        while data := stream.read(1 << 20):
            found.update(data)
    made.write_text(found.hexdigest())
    return 0


VARIANTS = {"ours": ours, "baseline": baseline, "sha256": digest}


def processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def start(variant: str) -> None:
    if variant == "ours":
        line = next(lines(1)).encode()
        list(read_lines(reader, lambda: BytesIO(line), Context(observed_at_us=START_NS // 1000)))


def measured(variant: str, log: Path, made: Path) -> dict[str, float]:
    start(variant)
    started = processor_seconds()
    begun, used = time.perf_counter(), processor_seconds()
    rows = VARIANTS[variant](log, made)
    seconds, cpu = time.perf_counter() - begun, processor_seconds() - used
    peak_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "cpu": cpu, "peak_mib": peak_mib, "rows": rows, "start": started}


def run(variant: str, log: Path) -> dict[str, float]:
    made = log.with_name(variant)
    command = [sys.executable, __file__, "--one", variant, str(log), str(made)]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return {**found, "bytes": made.stat().st_size, "load": os.getloadavg()[0]}


def compare(log: Path, count: int, variants: list[str], times: int) -> None:
    size = log.stat().st_size
    with log.open("rb") as stream:
        print(f"{count:,} lines, {size:,} bytes, SHA-256 {file_digest(stream, 'sha256').hexdigest()[:16]}…")
    run(variants[0], log)
    rounds = [{variant: run(variant, log) for variant in variants} for _ in range(times)]
    medians = {}
    for variant in variants:
        middle = {key: statistics.median(one[variant][key] for one in rounds) for key in rounds[0][variant]}
        medians[variant] = middle
        print(
            f"{variant:9s} {middle['seconds'] / count * 1e6:>6.2f} us by the clock, {middle['cpu'] / count * 1e6:>6.2f} us CPU a line;"
            f" {count / middle['seconds']:>9,.0f} lines/s, {size / middle['seconds'] / 1e6:>5,.0f} MB/s;"
            f" start {middle['start']:.2f} s CPU; peak {middle['peak_mib']:>6,.0f} MiB; {middle['bytes']:>12,.0f} bytes written"
        )
    if {"ours", "baseline"} <= set(variants):
        for key, what in (("seconds", "by the clock"), ("cpu", "by processor time")):
            ratios = sorted(one["baseline"][key] / one["ours"][key] for one in rounds)
            middle_ratio = medians["baseline"][key] / medians["ours"][key]
            print(
                f"ours / baseline: {middle_ratio:.2f} times its speed {what} (rounds {ratios[0]:.2f} to {ratios[-1]:.2f})"
            )
    loads = [one["load"] for each in rounds for one in each.values()]
    print(f"load of the machine: {min(loads):.1f} to {max(loads):.1f} on {os.cpu_count()} processors")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--lines", type=int, default=500_000)
    asked.add_argument("--times", type=int, default=5)
    asked.add_argument("--variants", nargs="+", choices=VARIANTS, default=list(VARIANTS))
    asked.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.one:
        print(json.dumps(measured(options.one[0], Path(options.one[1]), Path(options.one[2]))))
        return
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "fortigate.log")
        with log.open("w", newline="") as written:
            written.writelines(lines(options.lines))
        compare(log, options.lines, options.variants, options.times)


if __name__ == "__main__":
    main()
