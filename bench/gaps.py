"""How long firewall-log-retention and firewall-log-gaps take over a large firm's three years of firewall records.

Makes N million records of 8 firewalls over three years as a workspace's store would hold them (monthly Parquet parts with
their hour ledgers), plants a 47-hour hole and a late start, and measures in fresh processes:
  ours       the two controls through the engine, as `chahe audit` runs them (they read the hour ledgers of ingest)
  rows       the same two controls, the ledger first added up anew from all N million rows
  baseline   the two questions hand-written in DuckDB over the rows: a window over each hour, a minimum for each device
Prints seconds, peak memory and the ratio to the baseline of the same run. `python bench/gaps.py --millions 100`
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from chahe.controls.catalogue import controls
from chahe.engine.audit import Request, audit
from chahe.engine.binding import Span
from chahe.engine.embedded import Embedded
from chahe.engine.parts import PartWriter
from chahe.engine.store import Store
from chahe.evidence.catalogue import tables
from chahe.evidence.schema import arrow_type, schema
from chahe.workspace import Source, VaultSettings, Workspace
from made_loads import tell

AS_OF = date(2026, 11, 22)
END_US = 1_795_363_200_000_000  # 2026-11-22T16:00:00Z, the end of the day in Taipei
HOUR_US = 3_600_000_000
MONTHS = 36
MONTH_US = 1098 * 24 * HOUR_US // MONTHS
DEVICES = 8
CONTROLS = ("firewall-log-retention", "firewall-log-gaps")


def make(folder: Path, millions: int) -> None:
    """The store: MONTHS parts of firewall_events, their ledgers, and a register of the firewalls."""
    store = Store(folder)
    per_month = millions * 1_000_000 // MONTHS
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    for month in range(MONTHS):
        begin = END_US - (MONTHS - month) * MONTH_US
        part, hours = store.part("firewall_events", f"m{month:02}"), store.hours("firewall_events", f"m{month:02}")
        part.parent.mkdir(parents=True, exist_ok=True)
        hours.parent.mkdir(parents=True, exist_ok=True)
        connection.execute(
            f"COPY ({_rows_sql(begin, per_month, month)}) TO '{part}' (FORMAT parquet, COMPRESSION zstd)"
        )
        connection.execute(f"COPY ({_ledger_sql(part)}) TO '{hours}' (FORMAT parquet, COMPRESSION zstd)")
        _tell(store, f"m{month:02}", "firewall_events", per_month)
    _register(store)


def _rows_sql(begin: int, count: int, month: int) -> str:
    at = f"({begin} + (i * {MONTH_US} // {count}))"
    device = f"CAST(hash(i + {month}) % {DEVICES} AS INTEGER)"
    values = {
        "happened_at_us": at,
        "device": f"'fw-' || {device}",
        "event_kind": "'traffic'",
        "action": "CASE WHEN hash(i) % 10 = 0 THEN 'deny' ELSE 'allow' END",
        "source_address": "'10.' || hash(i) % 256 || '.' || hash(i + 1) % 256 || '.' || hash(i + 2) % 256",
        "source_port": "CAST(1024 + hash(i + 3) % 60000 AS BIGINT)",
        "destination_address": "'172.16.' || hash(i + 4) % 256 || '.' || hash(i + 5) % 256",
        "destination_port": "CAST(443 AS BIGINT)",
        "protocol": "'tcp'",
        "bytes_sent": "CAST(hash(i + 6) % 100000 AS BIGINT)",
        "happened_on": f"DATE '1970-01-01' + CAST(({at} + {8 * HOUR_US}) // {24 * HOUR_US} AS INTEGER)",
        "raw_object": f"repeat('{month:02}', 32)",
        "raw_place": "CAST(i + 1 AS BIGINT)",
        "observed_at_us": f"CAST({END_US - 1} AS BIGINT)",
    }
    types = {column.name: arrow_type(column.kind).sql for column in tables()["firewall_events"].columns}
    names = schema(tables()["firewall_events"]).names
    listed = ", ".join(
        f"{values[name]} AS {name}" if name in values else f"CAST(NULL AS {types.get(name, 'VARCHAR')}) AS {name}"
        for name in names
    )
    hole = f"NOT ({device} = 3 AND {at} BETWEEN {END_US - 2000 * HOUR_US} AND {END_US - 1953 * HOUR_US})"
    late = f"NOT ({device} = 5 AND {at} < {END_US - 400 * 24 * HOUR_US})"
    return f"SELECT {listed} FROM range({count}) AS r(i) WHERE {hole} AND {late}"


def _ledger_sql(part: Path | str) -> str:
    return (
        f"SELECT 'firewall_events' AS stream, device AS subject, happened_at_us // {HOUR_US} * {HOUR_US} AS hour_us,"
        " min(happened_at_us) AS first_us, max(happened_at_us) AS last_us, count(*) AS records,"
        " min_by(raw_object || '#' || raw_place, happened_at_us) AS first_row, max_by(raw_object || '#' || raw_place, happened_at_us) AS last_row,"
        " min(happened_on) AS happened_on, CAST(NULL AS VARCHAR) AS raw_object, CAST(NULL AS VARCHAR) AS raw_part, CAST(0 AS BIGINT) AS raw_place,"
        f" max(observed_at_us) AS observed_at_us FROM read_parquet('{part}') GROUP BY ALL"
    )


def _tell(store: Store, name: str, table: str, rows: int) -> None:
    tell(store, name, {table: rows}, source="bench", reader="fortigate", at_us=END_US - 1)


def _register(store: Store) -> None:
    table = tables()["firewalls"]
    rows = [
        {"device": f"fw-{number}", "in_service_on": date(2020, 1, 1), "raw_place": number + 1}
        for number in range(DEVICES)
    ]
    fields = [pa.field(column.name, arrow_type(column.kind).arrow) for column in table.columns]
    path = store.part("firewalls", "register")
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = PartWriter(path, table, raw_object="register", observed_at_us=END_US - 1)
    writer.write(pa.Table.from_pylist(rows, schema=pa.schema([*fields, pa.field("raw_place", pa.int64())])))
    writer.close()
    _tell(store, "register", "firewalls", DEVICES)


def ours(folder: Path) -> dict[str, int]:
    """The two controls, from the ledgers of ingest."""
    workspace = Workspace(
        folder=folder,
        name="bench",
        facts={},
        months=12,
        parameters={},
        sources=(Source(name="bench", paths=("x",)),),
        vault_settings=VaultSettings(key=folder, verifier=folder, wrapping_key=folder),
    )
    chosen = [controls()[name] for name in CONTROLS]
    span = Span(AS_OF, date(2025, 11, 23), AS_OF)
    with Embedded(folder) as engine:
        record = audit(
            engine, Request(workspace=workspace, store=Store(folder), controls=chosen, span=span), lambda *_: None
        )
    return {result.control: len(result.findings) for result in record.results}


def rows(folder: Path) -> dict[str, int]:
    """The ledgers added up anew from every row, then the two controls."""
    store = Store(folder)
    connection = duckdb.connect()
    connection.execute("SET threads = 2; SET memory_limit = '3GiB'")
    for part in sorted((folder / "tables" / "firewall_events").iterdir()):
        connection.execute(
            f"COPY ({_ledger_sql(part)}) TO '{store.hours('firewall_events', part.stem)}' (FORMAT parquet, COMPRESSION zstd)"
        )
    return ours(folder)


def baseline(folder: Path) -> dict[str, int]:
    """Both questions by hand: late starters, and hours without any record between hours with some."""
    connection = duckdb.connect()
    connection.execute("SET threads = 2; SET memory_limit = '3GiB'")
    source = f"read_parquet('{folder}/tables/firewall_events/*.parquet')"
    late = connection.execute(
        f"SELECT device FROM {source} GROUP BY device HAVING min(happened_on) > DATE '2023-11-23'"
    ).fetchall()
    gaps = connection.execute(
        f"WITH hours AS (SELECT device, happened_at_us // {HOUR_US} AS hour FROM {source} GROUP BY ALL),"
        " steps AS (SELECT device, hour, lead(hour) OVER (PARTITION BY device ORDER BY hour) AS next FROM hours)"
        " SELECT * FROM steps WHERE next > hour + 1"
    ).fetchall()
    return {"firewall-log-retention": len(late), "firewall-log-gaps": len(gaps)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--millions", type=int, default=100)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--run", choices=["ours", "rows", "baseline"])
    asked = parser.parse_args()
    if asked.run:
        began = time.perf_counter()
        found = {"ours": ours, "rows": rows, "baseline": baseline}[asked.run](asked.folder)
        seconds = time.perf_counter() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"seconds": round(seconds, 2), "peak_mib": round(peak), "found": found}))
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        began = time.perf_counter()
        make(folder, asked.millions)
        size = sum(path.stat().st_size for path in folder.rglob("*.parquet")) / 2**20
        print(
            f"{asked.millions} million records, {DEVICES} firewalls, three years: {size:.0f} MiB of Parquet, made in {time.perf_counter() - began:.0f} s"
        )
        measured = {}
        for run in ("ours", "rows", "baseline"):
            command = [sys.executable, __file__, "--folder", str(folder), "--run", run]
            runs = [
                json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout) for _ in range(3)
            ]
            measured[run] = sorted(runs, key=lambda one: one["seconds"])[1]
        for run, one in measured.items():
            ratio = one["seconds"] / measured["baseline"]["seconds"]
            print(
                f"{run:9} {one['seconds']:7.2f} s  {ratio:5.2f}x baseline  peak {one['peak_mib']} MiB  found {one['found']}"
            )


if __name__ == "__main__":
    main()
