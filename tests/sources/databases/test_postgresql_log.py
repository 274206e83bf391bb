"""PostgreSQL's log in its three forms, made up and as a real server writes it."""

from io import BytesIO
from pathlib import Path

import postgresql
import pytest

from chahe.sources.databases.postgresql_log import reader
from chahe.sources.model import Head
from reading import Reading, read

HEAD = "2026-11-20 09:00:00.123 CST [811] mei@trade "
AT = 1_795_136_400_123_000
SECRET = "hunter2hunter2"  # noqa: S105 - a mark to look for, no password
RECEIVED = "2026-11-20 09:00:00.000 CST [811] [unknown]@[unknown] LOG:  connection received: host=192.0.2.7 port=50122"


def reading(*lines: str) -> Reading:
    return read(reader, "".join(f"{line}\n" for line in lines).encode(), system="db1")


def test_a_sign_in_has_what_its_process_told_before() -> None:
    found = reading(
        RECEIVED,
        f'{HEAD}LOG:  connection authenticated: identity="mei" method=scram-sha-256 (/etc/pg_hba.conf:99)',
        f"{HEAD}LOG:  connection authorized: user=mei database=trade application_name=psql SSL enabled (protocol=TLSv1.3)",
    )

    assert found.rows == {
        "auth_events": [
            {
                "place": 3, "happened_at_us": AT, "host": "db1", "activity": "logon", "outcome": "success", "account": "mei",
                "source_address": "192.0.2.7", "source_port": 50122, "method": "password", "service": "postgresql",
                "session_id": "811",
            }
        ]
    }  # fmt: skip
    assert [place for place, _ in found.skips] == [1, 2]


@pytest.mark.parametrize(
    ("message", "account"),
    [
        ('password authentication failed for user "mei"', "mei"),
        ('no pg_hba.conf entry for host "192.0.2.9", user "lin", database "trade", no encryption', "lin"),
        ('pg_hba.conf rejects connection for host "192.0.2.9", user "lin", database "trade", SSL encryption', "lin"),
        ('role "ghost" does not exist', "ghost"),
        ('role "lin" is not permitted to log in', "lin"),
        ('permission denied for database "secret"', "mei"),
    ],
)
def test_what_is_refused_is_a_failed_sign_in(message: str, account: str) -> None:
    (found,) = reading(RECEIVED, f"{HEAD}FATAL:  {message}").rows["auth_events"]

    assert (found["activity"], found["outcome"], found["account"]) == ("logon", "failure", account)
    assert str(found["source_address"]).startswith("192.0.2.")


def test_an_end_is_a_sign_off() -> None:
    (found,) = reading(
        f"{HEAD}LOG:  disconnection: session time: 0:00:01 user=mei database=trade host=192.0.2.7 port=1"
    ).rows["auth_events"]

    assert (found["activity"], found["account"], "outcome" in found) == ("logoff", "mei", False)


def test_a_change_that_was_audited_tells_object_and_rows() -> None:
    found = reading(
        RECEIVED,
        f'{HEAD}LOG:  AUDIT: SESSION,1,1,WRITE,UPDATE,TABLE,public.orders,"update orders\n\tset note = \'say ""hi""\'",<none>,12',
    )

    assert found.rows["database_changes"] == [
        {
            "place": 2, "happened_at_us": AT, "system": "db1", "account": "mei", "client_address": "192.0.2.7",
            "database_name": "trade", "object_name": "public.orders", "change_kind": "data", "command": "update",
            "statement": "update orders set note = 'say \"hi\"'", "outcome": "success", "rows_changed": 12, "session_id": "811",
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (
            "DDL,ALTER TABLE,TABLE,public.orders,alter table orders add x int,<none>",
            ("structure", "alter table", "public.orders"),
        ),
        (f"ROLE,ALTER ROLE,,,alter role lin password '{SECRET}',<none>", ("account", "alter role", "lin")),
        ("ROLE,GRANT,TABLE,,grant select on orders to lin,<none>", ("rights", "grant", "orders")),
        ("FUNCTION,DO,,,do $$ begin end $$,<none>", ("code", "do", None)),
    ],
)
def test_classes_of_pgaudit_say_what_was_changed(record: str, expected: tuple[str | None, ...]) -> None:
    (found,) = reading(f"{HEAD}LOG:  AUDIT: SESSION,1,1,{record}").rows["database_changes"]

    assert (found["change_kind"], found["command"], found.get("object_name")) == expected
    assert SECRET not in str(found)


@pytest.mark.parametrize("record", ["READ,SELECT,TABLE,public.orders,select 1,<none>", "MISC,SET,,,set x = 1,<none>"])
def test_what_only_reads_is_skipped(record: str) -> None:
    found = reading(f"{HEAD}LOG:  AUDIT: SESSION,1,1,{record}", f"{HEAD}LOG:  statement: select 1")

    assert not found.rows
    assert len(found.skips) == 2


def test_a_change_that_failed_is_told_by_its_statement() -> None:
    found = reading(f"{HEAD}ERROR:  permission denied for table orders", f"{HEAD}STATEMENT:  delete\n\tfrom orders")
    (change,) = found.rows["database_changes"]

    assert (change["place"], change["outcome"], change["command"], change["object_name"]) == (
        2,
        "failure",
        "delete",
        "orders",
    )


@pytest.mark.parametrize(
    "prefix",
    [
        "2026-11-20 01:00:00.123 UTC:192.0.2.7(50122):mei@trade:[811]:",
        "2026-11-20 09:00:00.123+08 [811]: user=mei,db=trade,app=psql,client=192.0.2.7 ",
        "2026-11-20 09:00:00.123 +0800 mei@trade [811] ",
    ],
)
def test_other_prefixes_are_read(prefix: str) -> None:
    (found,) = reading(f"{prefix}LOG:  statement: delete from orders").rows["database_changes"]

    assert (found["happened_at_us"], found["account"], found["database_name"], found["session_id"]) == (
        AT,
        "mei",
        "trade",
        "811",
    )


def test_lines_that_begin_no_record_go_on_or_are_rejected() -> None:
    found = reading(
        "hello",
        "",
        f"{HEAD}LOG:  statement: delete",
        "from orders",
        "2026-11-20 09:00:00 PST [1] a@b LOG:  statement: drop table t",
        "2026-11-20 09:00:00.1 CST [81",
    )

    assert found.rows["database_changes"][0]["statement"] == "delete from orders"
    assert [(reject.place, reject.column, reject.value) for reject in found.rejects] == [
        (1, None, "hello"),
        (4, "happened_at_us", "2026-11-20 09:00:00 PST"),
        (5, None, "2026-11-20 09:00:00.1 CST [81"),
    ]


def test_secrets_are_not_shown_with_the_record() -> None:
    data = f"{RECEIVED}\n{HEAD}LOG:  statement: alter role lin password '{SECRET}'\n".encode()
    assert reader.excerpt is not None
    shown = reader.excerpt(BytesIO(data), 2, None)

    assert "192.0.2.7" in shown
    assert "alter role lin password …" in shown


def test_only_its_own_log_is_recognised() -> None:
    def sure(text: str) -> int:
        match = reader.recognise(Head("x", text.encode(), whole=True))
        return match.sureness if match else 0

    assert sure(f"{HEAD}LOG:  connection authorized: user=mei database=trade\n\tx\n") == 90
    assert sure(f"{HEAD}LOG:  something else\n") == 40
    assert sure("2026-11-20 09:00:00 hello\n") == 0


@pytest.mark.skipif(not postgresql.PROGRAMS, reason="no PostgreSQL server on this machine")
def test_what_a_real_server_writes_is_the_same_in_its_three_forms(tmp_path: Path) -> None:
    psycopg = pytest.importorskip("psycopg")
    if not (postgresql.PROGRAMS[-1].parents[1] / "lib" / "pgaudit.so").exists():
        pytest.skip("the PostgreSQL server on this machine has no pgaudit")
    options = (
        "-c logging_collector=on -c log_destination=stderr,csvlog,jsonlog -c log_filename=pg -c log_timezone=Asia/Taipei "
        "-c log_connections=on -c log_disconnections=on -c log_line_prefix='%m [%p] %q%u@%d ' -c log_statement=mod "
        "-c shared_preload_libraries=pgaudit -c pgaudit.log=all"
    )
    with postgresql.server(options, tmp_path) as url:
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute("create table orders (id int, note text)")
            connection.execute("insert into orders values (1, 'a\nb')")
            connection.execute(f"create role mei login password '{SECRET}'")
            connection.execute("select * from orders")
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(url.replace("+psycopg", "").replace("auditor:", "mei:"))
    found = [read(reader, (tmp_path / name).read_bytes(), system="db1") for name in ("pg", "pg.csv", "pg.json")]

    assert not any(one.rejects for one in found)
    assert SECRET not in str(found)
    told = [
        [
            {**row, "place": 0, "session_id": "", "event_code": ""}
            for row in one.rows["auth_events"] + one.rows["database_changes"]
        ]
        for one in found
    ]
    assert told[0] == told[1] == told[2]
    signed = [(row["account"], row.get("outcome")) for row in found[0].rows["auth_events"]]
    assert signed == [("auditor", "success"), ("auditor", None), ("mei", "failure")]
    commands = [row["command"] for row in found[0].rows["database_changes"]]
    once = ["create table", "insert", "create role"]
    assert commands == [command for command in once for _ in range(2)]
