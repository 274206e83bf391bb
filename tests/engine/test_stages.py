"""Queries cut into steps: each relation that is read again and again once, and the same rows in the end."""

import duckdb
import pytest

from chahe.engine.stages import stages

WIDE = ", ".join(f"n + {number} AS c{number}" for number in range(20))
QUERY = f"""
    WITH first AS (SELECT n, {WIDE} FROM numbers),
         once AS (SELECT n FROM first WHERE n > 1),
         numbers AS (SELECT a.n, b.c1 FROM once AS a JOIN first AS b ON a.n = b.n)
    SELECT x.n, y.c1 FROM numbers AS x JOIN numbers AS y ON x.n = y.n
"""


@pytest.fixture
def rows() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("CREATE TABLE numbers AS SELECT range AS n FROM range(5)")
    return connection


def test_a_small_query_stays_whole() -> None:
    assert stages(QUERY, "step") == ((), QUERY)


def test_relations_read_twice_become_steps_and_those_read_once_stay_within() -> None:
    steps, last = stages(QUERY, "step", 0)

    assert [one.name for one in steps] == ["step_first", "step_numbers"]
    assert "once" in steps[1].sql
    assert "WITH" not in last


def test_the_steps_give_what_the_whole_gives(rows: duckdb.DuckDBPyConnection) -> None:
    steps, last = stages(QUERY, "step", 0)
    for one in steps:
        rows.execute(f"CREATE TABLE {one.name} AS {one.sql}")

    assert sorted(rows.sql(last).fetchall()) == sorted(rows.sql(QUERY).fetchall()) == [(2, 3), (3, 4), (4, 5)]


def test_a_relation_named_like_a_table_reads_the_table_before_it_and_itself_behind() -> None:
    steps, last = stages(QUERY, "step", 0)

    assert "FROM numbers" in steps[0].sql
    assert "step_numbers AS x" in last


def test_a_query_without_relations_stays_whole() -> None:
    assert stages("SELECT 1 AS n", "step", 0) == ((), "SELECT 1 AS n")
