"""A record's identity is put together where it is asked for; whatever a query says, it says the same then."""

from collections.abc import Iterator

import pyarrow as pa
import pytest
import sqlglot

from chahe.engine.embedded import Embedded
from chahe.engine.late_identity import PARTED, late
from chahe.engine.views import RAW_PREFIX, parted, view
from chahe.evidence.catalogue import tables
from chahe.evidence.schema import schema

SESSIONS = tables()["remote_sessions"]
LATER = 10**15


def _late(sql: str) -> str:
    return late(sqlglot.parse_one(sql, dialect="duckdb"), frozenset({SESSIONS.name})).sql("duckdb")


@pytest.fixture(scope="module")
def engine() -> Iterator[Embedded]:
    """Two sessions of one person, and one of another out of a container."""
    origin = [("chen", "o", None, 1), ("chen", "o", None, 2), ("lin", "p", "in.csv", 3)]
    names = ("account", "raw_object", "raw_part", "raw_place")
    rows = [{**dict(zip(names, one, strict=True)), "observed_at_us": 5} for one in origin]
    with Embedded() as made:
        made.arrow(f"{RAW_PREFIX}{SESSIONS.name}", pa.Table.from_pylist(rows, schema=schema(SESSIONS)))
        made.view(SESSIONS.name, view(SESSIONS, LATER))
        made.view(f"{PARTED}{SESSIONS.name}", parted(SESSIONS, LATER))
        yield made


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT s.row_id FROM remote_sessions s",
        "SELECT row_id AS session_row, account FROM remote_sessions WHERE row_id <> 'o#1'",
        "SELECT remote_sessions.row_id FROM remote_sessions",
        "SELECT account, min(s.row_id) AS row_id, max(s.row_id) AS last_row FROM remote_sessions s GROUP BY account ORDER BY min(s.row_id)",
        "SELECT s.row_id, count(*) AS n FROM remote_sessions s GROUP BY s.row_id",
        "SELECT a.row_id, b.row_id AS other_row FROM remote_sessions a JOIN remote_sessions b ON b.account = a.account AND b.row_id > a.row_id",
        "SELECT row_number() OVER (PARTITION BY s.account ORDER BY s.row_id) AS nth, s.row_id || '?' AS asked FROM remote_sessions s",
        "SELECT n.who, s.row_id FROM (SELECT 'nobody' AS who UNION ALL SELECT 'lin') n LEFT JOIN remote_sessions s ON s.account = n.who",
        "SELECT n.who FROM (SELECT 'nobody' AS who UNION ALL SELECT 'lin') n LEFT JOIN remote_sessions s ON s.account = n.who WHERE s.row_id IS NULL",
        "SELECT n.who, s.row_id || '?' AS asked FROM remote_sessions s FULL JOIN (SELECT 'nobody' AS who) n ON s.account = n.who",
        "WITH x AS (SELECT o.row_id, o.account FROM remote_sessions o) SELECT o.row_id FROM x AS o",
        "SELECT row_id FROM remote_sessions UNION ALL SELECT s.row_id FROM remote_sessions s ORDER BY row_id",
        "SELECT b.* FROM remote_sessions s JOIN (SELECT DISTINCT account FROM remote_sessions) b ON b.account = s.account WHERE s.row_id <> 'o#1'",
    ],
)
def test_identities_are_put_together_last_and_are_the_same(engine: Embedded, sql: str) -> None:
    changed = _late(sql)

    assert f"{PARTED}{SESSIONS.name}" in changed
    assert _rows(engine, changed) == _rows(engine, sql) != []


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM remote_sessions s WHERE s.row_id <> 'o#1'",
        "SELECT s.* FROM remote_sessions s ORDER BY s.row_id",
        "SELECT account FROM remote_sessions",
        "SELECT min(row_id) AS row_id FROM remote_sessions GROUP BY account ORDER BY row_id",
        "SELECT row_id FROM remote_sessions s CROSS JOIN (SELECT 1 AS one) AS o",
        "SELECT s.row_id FROM remote_sessions s JOIN (SELECT account FROM remote_sessions) b USING (account)",
        "SELECT s.row_id FROM remote_sessions s WHERE EXISTS (SELECT 1 AS one FROM (SELECT 'o#1' AS r) b WHERE b.r = s.row_id)",
        "SELECT n.b FROM remote_sessions AS n(a, b) WHERE n.row_id <> 'o#1'",
        "WITH remote_sessions AS (SELECT 'x' AS row_id) SELECT s.row_id FROM remote_sessions s",
    ],
)
def test_what_is_in_doubt_is_read_as_it_stands(engine: Embedded, sql: str) -> None:
    changed = _late(sql)

    assert PARTED not in changed
    assert _rows(engine, changed) == _rows(engine, sql) != []


def _rows(engine: Embedded, sql: str) -> list[str]:
    return sorted(map(str, engine.rows(sql).to_pylist()))
