"""Parts written before a table gained a column are read beside those that have it, on both engines."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from chahe.engine.embedded import Embedded
from chahe.engine.engines import Engine

NEWER = pa.schema(
    [
        pa.field("account", pa.string()),
        pa.field("sid", pa.string()),
        pa.field("amount", pa.decimal128(18, 4)),
        pa.field("at_us", pa.int64()),
        pa.field("enabled", pa.bool_()),
        pa.field("on_day", pa.date32()),
    ]
)


@pytest.fixture
def parts(tmp_path: Path) -> list[Path]:
    older, newer = tmp_path / "older", tmp_path / "newer"
    pq.write_table(pa.table({"at_us": [1], "account": ["mei"]}), older)
    pq.write_table(pa.Table.from_pylist([{"account": "lin", "sid": "s-1", "at_us": 2}], schema=NEWER), newer)
    return [older, newer]


def both(engine: Engine, parts: list[Path]) -> list[dict[str, object]]:
    engine.files("accounts", parts, NEWER)
    rows: list[dict[str, object]] = engine.rows("SELECT * FROM accounts ORDER BY at_us").to_pylist()
    return rows


def expected() -> list[dict[str, object]]:
    nothing = dict.fromkeys(NEWER.names)
    return [{**nothing, "account": "mei", "at_us": 1}, {**nothing, "account": "lin", "sid": "s-1", "at_us": 2}]


def test_duckdb_reads_older_parts_with_nulls(parts: list[Path]) -> None:
    with Embedded() as engine:
        assert both(engine, parts) == expected()
        assert both(engine, parts[:1]) == expected()[:1]


def test_spark_reads_older_parts_with_nulls(parts: list[Path], cluster: Engine) -> None:
    assert both(cluster, parts) == expected()
    assert both(cluster, parts[:1]) == expected()[:1]
