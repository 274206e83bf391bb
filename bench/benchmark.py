"""Precision and recall on example firms of fresh seeds, blatant and subtle: makes, ingests, audits and scores them, and writes docs/benchmark.md's tables.

    python bench/benchmark.py FOLDER                                the ten seeds 2031 to 2040, medium, blatant and subtle, two worlds at a time
    python bench/benchmark.py FOLDER --worlds medium:2031:subtle    one world

Each world runs in a process of its own. What is done stays in FOLDER, and a second run goes on from there; of a finished world only its
truth, settings and audit are kept, so `chahe score FOLDER/*` reads them all. `--page FILE` writes the tables between the marks of the page.
"""

import argparse
import itertools
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from benchmark_tables import tables
from chahe.cli.steps import keep_audit
from chahe.controls.catalogue import controls
from chahe.engine.audit import Request, audit
from chahe.engine.binding import Span
from chahe.engine.embedded import Embedded
from chahe.engine.ingest import ingest
from chahe.engine.runs import latest
from chahe.engine.vaults import store_to_write
from chahe.reports.score import Score, score
from chahe.reports.truth_file import truth_from_json
from chahe.simulate.dials import chosen
from chahe.simulate.firm import simulate
from chahe.simulate.later import bring
from chahe.simulate.sizes import sized
from chahe.sources.catalogue import readers
from chahe.workspace import open_workspace

AS_OF, BEGIN = date(2026, 11, 22), date(2025, 11, 23)
SEEDS = range(2031, 2041)
"""Written down nowhere else: no test and no scenario knows them."""
DIALS = ("blatant", "subtle")
"""And `none`: a world without any breach, only what looks like one."""
DISTRACTORS = 10
MEASURED, BEGIN_MARK, END_MARK = "measured.json", "<!-- figures -->\n", "<!-- end of figures -->\n"


@dataclass(frozen=True, slots=True)
class Measured:
    """What one world took: processor seconds of each step, and the process's peak memory."""

    records_mb: float
    simulate_s: float
    ingest_s: float
    audit_s: float
    peak_gib: float


def one(folder: Path, size: str, seed: int, dial: str) -> None:
    """Make, ingest and audit one world, and leave what scoring needs."""
    shutil.rmtree(folder, ignore_errors=True)
    clocks = [time.process_time()]
    asked = chosen(f"all:{dial}" if dial in DIALS else dial)
    simulate(folder, seed=seed, as_of=AS_OF, scenarios=asked, distractors=DISTRACTORS, size=sized(size))
    held = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    clocks.append(time.process_time())
    workspace = open_workspace(folder)
    now_us = int(time.time() * 1_000_000)
    store = store_to_write(workspace, at_us=now_us, random=os.urandom)
    for _ in range(2 if (folder / "later").exists() else 1):
        loaded = ingest(workspace, store, readers(), now_us=now_us, environment={}, progress=_quiet)
        if loaded.refused:
            raise SystemExit(f"{folder}: not read: {loaded.refused[0].path}")
        bring(folder)
    clocks.append(time.process_time())
    request = Request(
        workspace=workspace, store=store, controls=tuple(controls().values()), span=Span(AS_OF, BEGIN, AS_OF)
    )
    with Embedded() as engine:
        keep_audit(workspace, store, audit(engine, request, _quiet))
    clocks.append(time.process_time())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    spent = [after - before for before, after in itertools.pairwise(clocks)]
    for heavy in ("records", "later", "vault"):
        shutil.rmtree(folder / heavy, ignore_errors=True)
    (folder / MEASURED).write_text(json.dumps(asdict(Measured(held / 1e6, *spent, peak))), "utf-8")


def _quiet(what: object, stage: object) -> None:
    """Progress is told a world at a time."""
    del what, stage


def run(folder: Path, name: str) -> None:
    """One world in a process of its own, unless it is done already."""
    world = folder / name.replace(":", "-")
    if (world / MEASURED).exists():
        return
    subprocess.run([sys.executable, __file__, str(world), "--one", name], check=True)
    print(f"{name} done", flush=True)


def page(folder: Path) -> str:
    """The tables over all finished worlds."""
    done = {
        path.parent.name: Measured(**json.loads(path.read_text("utf-8")))
        for path in sorted(folder.glob(f"*/{MEASURED}"))
    }
    found = {}
    for name in done:
        record = latest(open_workspace(folder / name).audits)
        if record is None:
            raise SystemExit(f"{name} has no audit")
        found[name] = score(name, truth_from_json((folder / name / "truth.json").read_text("utf-8")), record)
    kinds: dict[str, list[Score]] = {}
    for name, one_score in found.items():
        size, _, dial = name.split("-")
        kinds.setdefault(f"{size}, {dial}", []).append(one_score)
    by_size: dict[str, list[dict[str, float]]] = {}
    for name, measured in done.items():
        by_size.setdefault(name.split("-")[0], []).append(asdict(measured))
    return tables(kinds, by_size)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--worlds", nargs="*", default=[f"medium:{seed}:{dial}" for seed in SEEDS for dial in DIALS])
    parser.add_argument("--at-once", type=int, default=2)
    parser.add_argument("--page", type=Path)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        size, seed, dial = asked.one.split(":")
        one(asked.folder, size, int(seed), dial)
        return
    with ThreadPoolExecutor(asked.at_once) as pool:
        list(pool.map(lambda name: run(asked.folder, name), asked.worlds))
    made = page(asked.folder)
    print(made)
    if asked.page:
        before, rest = asked.page.read_text("utf-8").split(BEGIN_MARK)
        asked.page.write_text(f"{before}{BEGIN_MARK}\n{made}\n{END_MARK}{rest.split(END_MARK)[1]}", "utf-8")


if __name__ == "__main__":
    main()
