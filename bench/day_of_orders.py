"""How long a day of orders takes through all controls of credit, orders and conduct, beside the bare questions in DuckDB and in pandas.

    python bench/day_of_orders.py --records 20000000

A firm's day is made by DuckDB as a workspace's store would hold it (bench/order_day): records of orders, both legs counted, the checks
and fills that follow them, and every list that these chapters read. Then, each in a process of its own:
  ours     one control through `chahe.engine.audit.audit`, as `chahe audit` runs it: views as of the day, where each table
           stands, names, what is derived, population, exceptions, what cannot be judged, evidence rows
  by hand  the same question in DuckDB's SQL as an engineer would ask it of such files: no third outcome, no excuses but
           those that the records have, no evidence rows (bench/order_day/by_hand.py, for the controls of large tables)
  pandas   the same, the needed columns read from the same files (bench/order_day/by_pandas.py)
  whole    all controls in one audit, as a firm runs them
Processor time and elapsed time without the imports (of the whole with them), peak memory, the population and what was found. Ends
with 1 where another way finds other subjects than ours, or a control has no population or finds nothing.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from order_day.by_hand import BY_HAND
from order_day.by_pandas import BY_PANDAS
from order_day.orders import Size
from order_day.store import SOURCE, make

CHAPTERS = ("ca11120_credit", "ca11210_orders", "conduct")
DAY = date(2026, 11, 20)
AIM_SECONDS, AIM_MIB, AIM_RATIO = 120, 12 * 1024, 1.3
WHOLE = "(all)"
ONE_DAY = {"orders-copied": {"least_days": 1}}
"""The firm's own parameters: orders are copied on three days of twenty by default, and there is one day."""

Found = dict[str, tuple[int, list[tuple[object, ...]]]]
"""By control: the population (0 where a way does not count it), and the keys of what was found."""
Run = Callable[[], Found]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One run. `keys` is the digest of what was found, by control."""

    cpu: float
    elapsed: float
    mib: int
    population: Mapping[str, int]
    found: Mapping[str, int]
    keys: Mapping[str, str]


def chosen(names: Iterable[str] = ()) -> list[Any]:
    """The controls of the three chapters, or those that are named."""
    from chahe.controls.catalogue import chapter_of, controls  # noqa: PLC0415 - other ways do without ours

    wanted = set(names)
    return [one for one in controls().values() if (one.id in wanted if wanted else chapter_of(one) in CHAPTERS)]


def ours(folder: Path, names: Iterable[str]) -> Run:
    from chahe.derivations.catalogue import derivations  # noqa: PLC0415 - as above
    from chahe.engine.audit import Request, audit  # noqa: PLC0415
    from chahe.engine.binding import Span  # noqa: PLC0415
    from chahe.engine.embedded import Embedded  # noqa: PLC0415
    from chahe.engine.store import Store  # noqa: PLC0415
    from chahe.rules.trading_days import trading_days  # noqa: PLC0415
    from chahe.workspace import Source, VaultSettings, Workspace  # noqa: PLC0415

    # What an audit loads on its way is loaded before the clock starts, as all other imports are.
    derivations()
    trading_days()
    listed = chosen(names)
    keys = {control.id: control.key for control in listed}

    def run() -> Found:
        workspace = Workspace(
            folder=folder,
            name="bench",
            facts={},
            months=12,
            parameters=ONE_DAY,
            sources=(Source(name=SOURCE, paths=("x",)),),
            vault_settings=VaultSettings(key=folder, verifier=folder, wrapping_key=folder),
        )
        request = Request(workspace=workspace, store=Store(folder), controls=listed, span=Span(DAY, DAY, DAY))
        with Embedded(folder) as engine:
            results = audit(engine, request, lambda *_: None).results
        for one in results:
            if one.outcome.value != "deficient":
                print(one.control, one.outcome.value, *(text.en for text in one.reasons), file=sys.stderr)
        return {
            one.control: (
                one.population,
                [tuple(finding.row[name] for name in keys[one.control]) for finding in one.findings],
            )
            for one in results
        }

    return run


def by_hand(folder: Path, name: str) -> Run:
    import duckdb  # noqa: PLC0415 - a way of its own

    def run() -> Found:
        asked = duckdb.connect()
        asked.execute(f"SET temp_directory = '{folder}'; SET preserve_insertion_order = false")
        for table in (folder / "tables").iterdir():
            asked.execute(f"CREATE VIEW {table.name} AS SELECT * FROM '{table}/*.parquet'")
        return {name: (0, asked.execute(BY_HAND[name]).fetchall())}

    return run


def by_pandas(folder: Path, name: str) -> Run:
    import pandas as pd  # noqa: PLC0415, F401 - a way of its own; imported before the clock starts

    def run() -> Found:
        found = BY_PANDAS[name](folder)
        return {name: (0, list(found.itertuples(index=False, name=None)))}

    return run


def one(way: str, name: str, folder: Path) -> None:
    """Run and print, as JSON, what was measured."""
    prepared = {
        "ours": lambda: ours(folder, [name]),
        "whole": lambda: ours(folder, []),
        "by hand": lambda: by_hand(folder, name),
        "pandas": lambda: by_pandas(folder, name),
    }[way]()
    begun, before = time.perf_counter(), time.process_time()
    found = prepared()
    elapsed, used = time.perf_counter() - begun, time.process_time() - before
    told = {
        "cpu": time.process_time() if way == "whole" else used,
        "elapsed": elapsed,
        "mib": _peak(),
        "population": {control: population for control, (population, _) in found.items()},
        "found": {control: len(keys) for control, (_, keys) in found.items()},
        "keys": {control: _digest(keys) for control, (_, keys) in found.items()},
    }
    print(json.dumps(told))


def _peak() -> int:
    """MiB of this program alone: `getrusage` would tell the greatest of what the process was before, too."""
    [line] = [one for one in Path("/proc/self/status").read_text().splitlines() if one.startswith("VmHWM:")]
    return int(line.split()[1]) // 1024


def _digest(keys: Iterable[tuple[object, ...]]) -> str:
    return sha256("\n".join(sorted("|".join(map(_written, key)) for key in keys)).encode()).hexdigest()


def _written(value: object) -> str:
    return "" if value is None or value != value else str(value)  # noqa: PLR0124 - nothing else tells a float that is none


def measure(way: str, name: str, folder: Path) -> Measured:
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, __file__, "--one", way, name, str(folder)], check=True, stdout=subprocess.PIPE, text=True
    )
    told = json.loads(done.stdout.splitlines()[-1])
    if way == "whole":
        told["elapsed"] = time.perf_counter() - begun
    return Measured(**told)


def line(control: str, way: str, run: Measured, name: str) -> str:
    population, found = run.population.get(name, 0), run.found.get(name, 0)
    shown = f"{population:12,}" if population else " " * 12
    return f"{control:32} {way:8} {run.cpu:7.1f} s CPU {run.elapsed:7.1f} s elapsed {run.mib:6,} MiB {shown} {found:9,}"


def compared(folder: Path, listed: Iterable[Any], ways: Iterable[str]) -> list[str]:
    """Print a line for each control and way; what is wrong, in words."""
    wrong: list[str] = []
    spent: dict[str, list[tuple[float, float]]] = {"by hand": [], "pandas": []}
    for control in listed:
        mine = measure("ours", control.id, folder)
        print(line(control.id, "ours", mine, control.id), flush=True)
        if not mine.population[control.id] or not mine.found[control.id]:
            wrong.append(f"{control.id}: population {mine.population[control.id]}, found {mine.found[control.id]}")
        for way, known in (("by hand", BY_HAND), ("pandas", BY_PANDAS)):
            if way not in ways or control.id not in known:
                continue
            other = measure(way, control.id, folder)
            print(line("", way, other, control.id), flush=True)
            spent[way].append((mine.cpu, other.cpu))
            if other.keys != mine.keys:
                wrong.append(
                    f"{control.id}: {way} finds others ({other.found[control.id]:,} for {mine.found[control.id]:,})"
                )
    for way, pairs in spent.items():
        if pairs:
            mine_cpu, other_cpu = (sum(pair[place] for pair in pairs) for place in (0, 1))
            print(
                f"{len(pairs)} controls: ours {mine_cpu:.1f} s CPU, {way} {other_cpu:.1f} s,"
                f" {mine_cpu / other_cpu:.2f}x (aim for by hand: {AIM_RATIO}x)"
            )
    return wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=20_000_000, help="records of orders, both legs together")
    parser.add_argument("--controls", nargs="*", default=[], help="these alone, and no whole audit")
    parser.add_argument("--ways", nargs="*", default=["by hand", "whole"], help="beside ours: by hand, pandas, whole")
    parser.add_argument("--folder", type=Path, help="where the day is kept for another run; made where it is not there")
    parser.add_argument("--one", nargs=3, metavar=("WAY", "CONTROL", "FOLDER"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        one(asked.one[0], asked.one[1], Path(asked.one[2]))
        return
    with tempfile.TemporaryDirectory() as made_for_now:
        folder = asked.folder or Path(made_for_now)
        if not (folder / "tables").exists():
            rows = make(folder, Size(asked.records))
            print(", ".join(f"{table} {count:,}" for table, count in sorted(rows.items(), key=lambda pair: -pair[1])))
        wrong = compared(folder, chosen(asked.controls), asked.ways) if asked.ways != ["whole"] else []
        if "whole" in asked.ways and not asked.controls:
            run = measure("whole", WHOLE, folder)
            print(line(WHOLE, "whole", run, ""))
            print(f"aim: {AIM_SECONDS} s elapsed, {AIM_MIB:,} MiB; on two free cores about {run.cpu / 2:.0f} s")
            wrong += [f"{name}: population {n}" for name, n in run.population.items() if not n]
    for words in wrong:
        print(words)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
