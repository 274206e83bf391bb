"""Databases asked by a query, and the query's rows read as evidence."""

import json
import os
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from uuid import UUID

import postgresql
import pytest
import sqlalchemy
from hypothesis import given
from hypothesis import strategies as st

from chahe.sources.lists.database import fetch_query, read_query, serialise
from chahe.sources.lists.query_rows import reader
from chahe.sources.model import Context, Head, Records, Skip, Unreadable
from reading import NOON_2026_11_22, read

CONTEXT = Context(NOON_2026_11_22)


@pytest.fixture
def staff(tmp_path) -> str:
    """The URL of a SQLite file with a table of staff."""
    path = tmp_path / "人事 hr.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE staff (emp_no TEXT, emp_name TEXT, hired TEXT, left_day TEXT, pay REAL)")
        connection.executemany(
            "INSERT INTO staff VALUES (?, ?, ?, ?, ?)",
            [("E001", "王小明", "2026-01-02", None, 1.5), ("E002", "100%", "115/05/01", "11/22/2026", None)],
        )
    connection.close()
    return f"sqlite:///{path}"


ALIASED = 'SELECT emp_no AS "員工編號", emp_name AS name, hired AS "到職日", left_day AS "離職日", pay FROM staff ORDER BY emp_no'


def refusal(url: str, query: str) -> str:
    with pytest.raises(Unreadable) as stop:
        list(fetch_query(url, query))
    return stop.value.why.en


def test_the_raw_object_says_what_was_asked_and_then_holds_each_row(staff):
    heading, *rows = fetch_query(staff, ALIASED)
    said = json.loads(heading)
    assert said["query"] == ALIASED
    assert said["columns"] == ["員工編號", "name", "到職日", "離職日", "pay"]
    assert rows == [
        '["E001","王小明","2026-01-02",null,1.5]\n'.encode(),
        b'["E002","100%","115/05/01","11/22/2026",null]\n',
    ]


def test_the_same_query_of_the_same_rows_gives_the_same_bytes(staff):
    assert list(fetch_query(staff, ALIASED)) == list(fetch_query(staff, ALIASED))


def test_rows_are_read_from_the_raw_object_by_their_line(staff):
    raw = b"".join(fetch_query(staff, ALIASED))
    assert reader.recognise(Head("staff.jsonl", raw, whole=True)).sureness == 100
    reading = read(reader, raw)
    assert reading.rows["employees"] == [
        {"place": 2, "person_id": "e001", "name": "王小明", "hired_on": date(2026, 1, 2)}
    ]
    (reject,) = reading.rejects
    assert (reject.place, reject.column, reject.value) == (3, "left_on", "11/22/2026")
    assert reading.skips[0][1].en.endswith("headings not used: pay")


def test_a_query_can_be_tried_out_without_keeping_its_rows(staff):
    units = list(read_query(staff, ALIASED, "employees", CONTEXT))
    assert units[0] == Skip(1, units[0].why, table="employees")
    assert isinstance(units[1], Records)


def test_a_query_without_rows_names_its_table(staff):
    raw = b"".join(fetch_query(staff, ALIASED.replace("ORDER", "WHERE emp_no = 'none' ORDER")))
    (only,) = reader.read(BytesIO(raw), CONTEXT)
    assert isinstance(only, Skip)
    assert only.table == "employees"


def test_percent_signs_and_common_table_expressions_are_no_trouble(staff):
    query = (
        "WITH some AS (SELECT * FROM staff WHERE emp_name LIKE '%100%%') SELECT emp_no FROM some UNION ALL SELECT ':x'"
    )
    assert [json.loads(line) for line in list(fetch_query(staff, query))[1:]] == [["E002"], [":x"]]


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM staff",
        "UPDATE staff SET pay = 1",
        "INSERT INTO staff (emp_no) VALUES ('x')",
        "DROP TABLE staff",
        "CREATE TABLE other AS SELECT * FROM staff",
        "SELECT 1; SELECT 2",
        "SELECT 1; DELETE FROM staff",
        "ATTACH DATABASE 'x' AS y",
        "PRAGMA user_version = 7",
        "VACUUM",
        "EXPLAIN SELECT 1",
        "",
        "-- nothing",
    ],
)
def test_anything_but_one_select_is_refused_before_it_is_asked(staff, query):
    assert "must be one SELECT" in refusal(staff, query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * INTO copy FROM staff",
        "SELECT * FROM staff FOR UPDATE",
        "WITH gone AS (DELETE FROM staff RETURNING *) SELECT * FROM gone",
        "COPY staff TO PROGRAM 'cat'",
        "DO $$ BEGIN END $$",
    ],
)
def test_what_changes_or_locks_in_postgresql_is_refused_before_it_is_asked(query):
    assert "must be one SELECT" in refusal("postgresql+psycopg://u@nowhere.invalid/x", query)


def test_sql_that_cannot_be_parsed_is_refused(staff):
    assert "cannot be parsed" in refusal(staff, "SELEC * FORM staff WHERE")


def test_a_sqlite_file_is_never_created_nor_changed(staff, tmp_path):
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    list(fetch_query(staff, ALIASED))
    assert "no SQLite file" in refusal(f"sqlite:///{tmp_path}/none.db", "SELECT 1")
    assert "no SQLite file" in refusal("sqlite://", "SELECT 1")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_missing_table_is_said_in_the_databases_words(staff):
    said = refusal(staff, "SELECT * FROM nobody")
    assert "no such table: nobody" in said
    assert "names of tables and columns" in said


def test_a_file_that_is_no_database_is_said(tmp_path):
    (tmp_path / "text.db").write_text("this is no database, only a text that is long enough")
    assert "not a database" in refusal(f"sqlite:///{tmp_path}/text.db", "SELECT * FROM staff")


@pytest.mark.parametrize("url", ["nonsense", "", "postgresql+psycopg://u:pass@host:port/x"])
def test_a_malformed_address_is_refused_without_repeating_it(url):
    said = refusal(url, "SELECT 1")
    assert "address is malformed" in said
    assert "pass@" not in said


@pytest.mark.parametrize("url", ["oracle://u:p@h/x", "mssql+pyodbc://u:p@h/x", "nosuchdb://h/x"])
def test_a_driver_that_is_not_installed_is_named(url):
    assert f"the driver of {url.partition(':')[0]} is not installed" in refusal(url, "SELECT 1")


def test_an_unreachable_server_is_said_without_the_password():
    said = refusal("postgresql+psycopg://auditor:s3cret@127.0.0.1:1/hr", "SELECT 1")
    assert "127.0.0.1" in said
    assert "s3cret" not in said


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, b"[null]\n"),
        (True, b"[true]\n"),
        (12, b"[12]\n"),
        (0.1, b"[0.1]\n"),
        (float("nan"), b'["nan"]\n'),
        (Decimal("1.2300"), b'["1.2300"]\n'),
        (Decimal("1E+3"), b'["1000"]\n'),
        (date(2026, 11, 22), b'["2026-11-22"]\n'),
        (datetime(2026, 11, 22, 9, 0, 0, 5, tzinfo=UTC), b'["2026-11-22 09:00:00.000005+00:00"]\n'),
        (time(9, 30), b'["09:30:00"]\n'),
        (timedelta(seconds=90), b'["0:01:30"]\n'),
        (UUID(int=7), b'["00000000-0000-0000-0000-000000000007"]\n'),
        (b"\x00\xff", b'["base64:AP8="]\n'),
        ("王\n小明", '["王\\n小明"]\n'.encode()),
    ],
)
def test_every_type_is_written_so_that_nothing_is_lost(value, written):
    assert serialise([value]) == written


@pytest.mark.parametrize(
    "first",
    [
        b"",
        b"[1]\n",
        b'{"chahe":"query rows"}\n',
        b'{"chahe":"query rows","version":2,"columns":["person_id"]}\n',
        b'{"chahe":"query rows","version":1,"columns":[]}\n',
        b'{"chahe":"query rows","version":1,"columns":[1]}\n',
        b'{"chahe":"query rows"\xff\n',
    ],
)
def test_a_first_line_that_is_not_ours_is_refused(first):
    with pytest.raises(Unreadable, match="not a query result as Chahe writes it"):
        list(reader.read(BytesIO(first), CONTEXT))


@pytest.mark.parametrize(
    "line",
    [
        b"[1]\n",
        b'["e002","x","y"]\n',
        b'{"a":1}\n',
        b"[[1],2]\n",
        b'["e002","\\ud800"]\n',
        b"\xff\n",
        b"\n",
        b"[" * 9999 + b"\n",
    ],
)
def test_a_line_that_is_no_row_is_rejected(line):
    raw = (
        b'{"chahe":"query rows","version":1,"columns":["person_id","name"]}\n["e001","a"]\n' + line + b'["e003","c"]\n'
    )
    reading = read(reader, raw)
    assert [row["person_id"] for row in reading.rows["employees"]] == ["e001", "e003"]
    assert [(reject.place, reject.column) for reject in reading.rejects] == [(3, None)]


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_but_unreadable(data):
    for start in (
        b"",
        b'{"chahe":"query rows"',
        b'{"chahe":"query rows","version":1,"columns":["person_id","name"]}\n',
    ):
        read(reader, start + data)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The URL of a PostgreSQL database with a table of staff."""
    given_url = os.environ.get("CHAHE_TEST_POSTGRESQL")
    if given_url:
        yield from _filled(given_url)
    elif postgresql.PROGRAMS:
        with postgresql.server() as url:
            yield from _filled(url)
    else:
        pytest.skip("PostgreSQL is not installed, and CHAHE_TEST_POSTGRESQL names no database")


def _filled(url: str) -> Iterator[str]:
    engine = sqlalchemy.create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE IF EXISTS chahe_staff")
        connection.exec_driver_sql("CREATE SEQUENCE IF NOT EXISTS chahe_counter")
        connection.exec_driver_sql(
            "CREATE TABLE chahe_staff (person_id text, name text, hired_on date, seen timestamptz, pay numeric(9,2), host inet)"
        )
        connection.exec_driver_sql(
            "INSERT INTO chahe_staff VALUES ('E001', '王小明', '2026-01-02', '2026-11-22 04:00:00.5Z', 1.50, '192.0.2.7')"
        )
    yield url
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE chahe_staff")
        connection.exec_driver_sql("DROP SEQUENCE chahe_counter")
    engine.dispose()


def test_postgresql_keeps_dates_zones_decimals_and_addresses(server):
    heading, row = fetch_query(server, "SELECT *, name LIKE '%王%' AS known FROM chahe_staff")
    assert json.loads(heading)["columns"] == ["person_id", "name", "hired_on", "seen", "pay", "host", "known"]
    person, name, hired, seen, pay, host, known = json.loads(row)
    assert (person, name, hired, pay, host, known) == ("E001", "王小明", "2026-01-02", "1.50", "192.0.2.7", True)
    assert datetime.fromisoformat(seen) == datetime(2026, 11, 22, 4, 0, 0, 500_000, tzinfo=UTC)


def test_postgresql_rows_become_evidence(server):
    units = list(read_query(server, "SELECT person_id, name, hired_on FROM chahe_staff", None, CONTEXT))
    assert units[1].rows[0].values == {"person_id": "e001", "name": "王小明", "hired_on": date(2026, 1, 2)}


def test_postgresql_is_asked_in_a_transaction_that_cannot_write(server):
    (_, answer) = fetch_query(server, "SELECT current_setting('transaction_read_only')")
    assert json.loads(answer) == ["on"]
    assert "read-only transaction" in refusal(server, "SELECT nextval('chahe_counter')")


def test_postgresql_streams_more_rows_than_fit_a_batch(server):
    assert sum(1 for _ in fetch_query(server, "SELECT n FROM generate_series(1, 2500) AS n")) == 2501


def test_a_wrong_password_is_said_without_repeating_either(server):
    url = sqlalchemy.make_url(server)
    if url.password is None:
        pytest.skip("CHAHE_TEST_POSTGRESQL has no password that could be wrong")
    said = refusal(url.set(password="hunter22").render_as_string(hide_password=False), "SELECT 1")  # noqa: S106 - a wrong one
    assert "password authentication failed" in said
    assert "hunter22" not in said


def test_a_query_that_breaks_off_says_at_which_row(server):
    with pytest.raises(Unreadable, match="division by zero") as stop:
        list(fetch_query(server, "SELECT 1 / (2000 - n) FROM generate_series(1, 3000) AS n"))
    assert stop.value.place > 1


def test_a_missing_postgresql_table_is_said(server):
    assert 'relation "nobody" does not exist' in refusal(server, "SELECT * FROM nobody")


def test_the_raw_row_behind_a_place_is_shown_with_what_was_asked(staff):
    raw = b"".join(fetch_query(staff, ALIASED))
    heading, _, row = raw.decode().splitlines()
    assert reader.excerpt(BytesIO(raw), 3, None) == f"{heading}\n{row}"
    assert reader.excerpt(BytesIO(raw), 1, None) == heading
    with pytest.raises(Unreadable, match="no record 9"):
        reader.excerpt(BytesIO(raw), 9, None)
