"""Puts the day's records into a folder as a workspace's store would hold them: Parquet parts, ledgers of hours, loads."""

from pathlib import Path

import duckdb

from chahe.engine.store import Store
from chahe.evidence.catalogue import tables
from chahe.evidence.model import Shape, Table
from chahe.evidence.schema import arrow_type, schema
from made_loads import tell
from order_day.orders import DAY, FOLLOWING, OPENING_US, Size, orders
from order_day.papers import papers
from order_day.registers import registers

SOURCE = "bench"
_OBSERVED_US = OPENING_US + 8 * 3_600_000_000
_PART = 5_000_000
"""Records of orders in one file."""


def make(folder: Path, size: Size) -> dict[str, int]:
    """Every table, as many rows as made."""
    store = Store(folder)
    made = duckdb.connect()
    made.execute("SET threads = 2; SET preserve_insertion_order = false; SET memory_limit = '6GiB'")
    rows: dict[str, int] = {}
    written = orders(size)
    for number, begin in enumerate(range(0, size.records, _PART)):
        end = min(begin + _PART, size.records)
        part = written.replace(f"range({size.records})", f"range({begin}, {end})")
        rows["orders"] = rows.get("orders", 0) + _write(made, store, tables()["orders"], part, number)
    made.execute(f"CREATE VIEW orders AS SELECT * FROM '{folder}/tables/orders/*.parquet'")
    for name, sql in FOLLOWING.items():
        rows[name] = _write(made, store, tables()[name], sql, 0)
    for name, (values, count) in {**registers(size), **papers(size)}.items():
        listed = ", ".join(f"{value} AS {column}" for column, value in values.items())
        rows[name] = _write(made, store, tables()[name], f"SELECT {listed} FROM range({count}) AS made(i)", 0)
    made.close()
    return rows


def _write(made: duckdb.DuckDBPyConnection, store: Store, table: Table, sql: str, number: int) -> int:
    load = f"{table.name}-{number}"
    path = store.part(table.name, load)
    path.parent.mkdir(parents=True, exist_ok=True)
    given = {row[0] for row in made.execute(f"DESCRIBE {sql}").fetchall()}
    strangers = given - set(table.names)
    if strangers:
        raise ValueError(f"{table.name} has no columns {sorted(strangers)}")
    types = {column.name: arrow_type(column.kind).sql for column in table.columns}
    origin = {
        "happened_on": f"DATE '{DAY}'",
        "raw_object": f"md5('{load}') || md5('{load}')",
        "raw_part": "CAST(NULL AS VARCHAR)",
        "raw_place": "row_number() OVER ()",
        "observed_at_us": f"CAST({_OBSERVED_US} AS BIGINT)",
    }
    listed = ", ".join(
        f"{origin[name]} AS {name}"
        if name in origin
        else f"CAST({name if name in given else 'NULL'} AS {types[name]}) AS {name}"
        for name in schema(table).names
    )
    made.execute(
        f"COPY (SELECT {listed} FROM ({sql}) AS given) TO '{path}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 262144)"
    )
    [(rows,)] = made.execute(f"SELECT count(*) FROM '{path}'").fetchall()
    if table.shape is Shape.LOG:
        _ledger(made, store, table, load)
    tell(store, load, {table.name: rows}, source=SOURCE, reader="table", at_us=_OBSERVED_US)
    return int(rows)


def _ledger(made: duckdb.DuckDBPyConnection, store: Store, table: Table, load: str) -> None:
    """What ingest counts by hour; here the firm's one system is the subject of all."""
    path = store.hours(table.name, load)
    path.parent.mkdir(parents=True, exist_ok=True)
    hour = f"{table.time} // 3600000000 * 3600000000"
    made.execute(
        f"COPY (SELECT '{table.name}' AS stream, 'host' AS subject, {hour} AS hour_us, min({table.time}) AS first_us,"
        f" max({table.time}) AS last_us, count(*) AS records, min(raw_object || '#' || raw_place) AS first_row,"
        " max(raw_object || '#' || raw_place) AS last_row, min(happened_on) AS happened_on, CAST(NULL AS VARCHAR) AS raw_object,"
        " CAST(NULL AS VARCHAR) AS raw_part, CAST(0 AS BIGINT) AS raw_place, max(observed_at_us) AS observed_at_us"
        f" FROM '{store.part(table.name, load)}' GROUP BY ALL) TO '{path}' (FORMAT parquet)"
    )
