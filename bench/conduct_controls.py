"""How long the controls of staff's and customers' orders take over one day's orders, beside the bare question in hand-written DuckDB SQL.

    python bench/conduct_controls.py --orders 20000000

Records of two legs (the customer's with address and device, the exchange's without), a customer's account for every forty records,
2,000 employees with accounts of their own, and a few customers' accounts that an employee's device trades opposite are made by
DuckDB itself as typed Parquet. Each control and each hand-written query runs in a process of its own: processor time, elapsed
time, peak memory, and what was found, which must be the same. The hand-written queries ask for what was planted and no more:
no third outcome, no evidence rows, no excuses.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import duckdb

from chahe.controls.catalogue import controls
from chahe.engine.binding import Span
from chahe.engine.embedded import Embedded
from chahe.engine.examine import examine
from chahe.engine.parameters import chosen
from chahe.evidence.catalogue import tables
from chahe.evidence.model import Table
from chahe.evidence.schema import arrow_type

CONTROLS = ("opposite-trade-linked", "shared-ip", "customer-account-used")
SPAN = Span(date(2026, 11, 20), date(2026, 11, 1), date(2026, 11, 20))
STAFF = 2000
PLANT_EVERY = 20_000
"""Orders between one pair planted and the next: an employee's order and, right after it, a customer's from the same device."""
_ORDER, _PLANTED = "(i // 2)", f"((i // 2) % {PLANT_EVERY})"
_PAIR = f"((i // 2) // {PLANT_EVERY})"


def order_columns(customers: int) -> dict[str, str]:
    """Values of the columns of orders, in terms of the record's number `i`."""
    chance = f"(hash({_ORDER}) % 1000003)"
    account = (
        f"CASE WHEN {_PLANTED} = 0 THEN 's' || ({_PAIR} % {STAFF}) WHEN {_PLANTED} = 1 THEN 'c' || (({_PAIR} * 37) % {customers})"
        f" WHEN {chance} % 500 = 0 THEN 's' || ({chance} // 500 % {STAFF}) ELSE 'c' || ({chance} * 7 % {customers}) END"
    )
    mine = f"i % 2 = 0 AND {_PLANTED} <= 1"
    at = "1795136400000000 + i * 800"
    address = f"'25.' || (hash({account}) % 200) || '.' || (hash({account}) // 200 % 250) || '.' || (hash({account}) // 50000 % 250)"
    return {
        "logged_at_us": at,
        "session": "'gw' || (i % 4)",
        "leg": "CASE WHEN i % 2 = 0 THEN 'customer' ELSE 'exchange' END",
        "event": "'new'",
        "order_id": f"'O' || {_ORDER}",
        "account": account,
        "symbol": f"CASE WHEN {_PLANTED} <= 1 THEN '2' || ({_PAIR} % 900) ELSE '2' || (hash({_ORDER} * 3) % 900) END",
        "side": f"CASE WHEN {_ORDER} % 2 = 0 THEN 'buy' ELSE 'sell' END",
        "price": "100",
        "quantity": "1000",
        "channel": "CASE WHEN i % 2 = 0 THEN 'internet' END",
        "received_at_us": f"CASE WHEN i % 2 = 0 THEN {at} END",
        "sent_at_us": f"CASE WHEN i % 2 = 1 THEN {at} END",
        "client_address": f"CASE WHEN i % 2 = 1 THEN NULL WHEN {_ORDER} % 3 = 0 THEN '198.51.100.' || ({_ORDER} % 64) ELSE {address} END",
        "device": f"CASE WHEN {mine} THEN 'ds' || ({_PAIR} % {STAFF}) WHEN i % 2 = 0 THEN 'd' || {account} END",
        "signature": f"CASE WHEN i % 2 = 0 THEN md5('' || {_ORDER}) END",
    }


def other_tables(customers: int) -> dict[str, tuple[dict[str, str], int]]:
    """The registers: values of their columns and numbers of rows."""
    who = f"CASE WHEN i < {STAFF} THEN 's' || i ELSE 'c' || (i - {STAFF}) END"
    return {
        "employees": ({"person_id": "'e' || i", "national_id": "'S' || i", "hired_on": "'2020-01-01'"}, STAFF),
        "customers": ({"customer_id": who, "national_id": f"upper({who})"}, STAFF + customers),
        "trading_accounts": ({"account": who, "customer_id": who, "account_class": "'ordinary'"}, STAFF + customers),
        "network_ranges": (
            {
                "network": "'198.51.100.0/26'",
                "network_kind": "'carrier_nat'",
                "first_place": "'198.051.100.000'",
                "last_place": "'198.051.100.063'",
            },
            1,
        ),
    }


BY_HAND = {
    "opposite-trade-linked": """
        WITH s AS (SELECT * FROM orders WHERE account LIKE 's%' AND device IS NOT NULL)
        SELECT count(*) FROM (
            SELECT DISTINCT s.account, c.account FROM s JOIN orders c
            ON c.device = s.device AND c.symbol = s.symbol AND c.side <> s.side AND c.happened_on = s.happened_on
            WHERE c.account NOT LIKE 's%')
    """,
    "shared-ip": """
        WITH s AS (SELECT * FROM orders WHERE account LIKE 's%' AND client_address NOT LIKE '198.51.100.%'),
        t AS (SELECT o.account, o.client_address, o.happened_on FROM orders o
              JOIN (SELECT DISTINCT client_address, happened_on FROM s) m USING (client_address, happened_on)),
        k AS (SELECT client_address, happened_on FROM t GROUP BY ALL HAVING count(DISTINCT account) <= 8),
        p AS (SELECT s.account, t.account AS other, count(DISTINCT t.happened_on) AS days
              FROM s JOIN t USING (client_address, happened_on) JOIN k USING (client_address, happened_on)
              WHERE t.account NOT LIKE 's%' GROUP BY ALL)
        SELECT count(*) FROM p WHERE days >= 2
    """,
    "customer-account-used": """
        WITH s AS (SELECT DISTINCT account, device FROM orders WHERE account LIKE 's%' AND device IS NOT NULL)
        SELECT count(*) FROM (
            SELECT DISTINCT s.account, c.account FROM s JOIN orders c ON c.device = s.device WHERE c.account NOT LIKE 's%')
    """,
}


def select(table: Table, values: dict[str, str], rows: int) -> str:
    columns = [
        f"CAST({values.get(column.name, 'NULL')} AS {arrow_type(column.kind).sql}) AS {column.name}"
        for column in table.columns
    ]
    columns += ["repeat('0', 64) || '#' || i AS row_id", "CAST(1795320000000000 AS BIGINT) AS observed_at_us"]
    if table.time is not None:
        columns.append("DATE '2026-11-20' AS happened_on")
    return f"SELECT {', '.join(columns)} FROM range({rows}) AS made(i)"


def one(name: str, way: str, folder: Path) -> None:
    begun, before = time.perf_counter(), time.process_time()
    if way == "ours":
        control = controls()[name]
        with Embedded(folder) as engine:
            for table_name, table in tables().items():
                made = folder / f"{table_name}.parquet"
                engine.view(table_name, f"SELECT * FROM '{made}'" if made.exists() else select(table, {}, 0))
            begun, before = time.perf_counter(), time.process_time()
            found = len(examine(engine, control, chosen(control, {}), SPAN).exceptions)
    else:
        asked = duckdb.connect()
        asked.execute(f"CREATE VIEW orders AS SELECT * FROM '{folder}/orders.parquet'")
        [(found,)] = asked.execute(BY_HAND[name]).fetchall()
    used, elapsed = time.process_time() - before, time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{name:25} {way:8} {used:6.1f} s CPU {elapsed:6.1f} s elapsed {peak:6} MiB peak; {found} found")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--orders", type=int, default=20_000_000, help="records of orders, both legs together")
    parser.add_argument("--one", nargs=3, metavar=("CONTROL", "WAY", "FOLDER"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        one(asked.one[0], asked.one[1], Path(asked.one[2]))
        return
    customers = asked.orders // 40
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = {"orders": (order_columns(customers), asked.orders), **other_tables(customers)}
        for table, (values, rows) in made.items():
            duckdb.sql(f"COPY ({select(tables()[table], values, rows)}) TO '{folder / table}.parquet'")
        for control in CONTROLS:
            for way in ("ours", "by hand"):
                subprocess.run([sys.executable, __file__, "--one", control, way, name], check=True)


if __name__ == "__main__":
    main()
