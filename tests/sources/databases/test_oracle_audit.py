"""Oracle's unified audit as tools export it."""

import csv
import io
import json
from io import BytesIO

import pytest

from chahe.sources.databases.oracle_audit import reader
from chahe.sources.model import Head
from reading import Reading, read

SECRET = "hunter2hunter2"  # noqa: S105 - a mark to look for, no password
AT = 1_795_136_400_123_456
FROM = "(TYPE=(DATABASE));(CLIENT ADDRESS=((PROTOCOL=tcp)(HOST=192.0.2.7)(PORT=50122)));"
ROW = {
    "EVENT_TIMESTAMP": "2026-11-20 09:00:00.123456", "DBUSERNAME": "MEI", "OS_USERNAME": "wang", "USERHOST": "CORP\\WS-31",
    "AUTHENTICATION_TYPE": FROM, "CLIENT_PROGRAM_NAME": "sqlplus", "ACTION_NAME": "UPDATE", "RETURN_CODE": "0",
    "OBJECT_SCHEMA": "TRADE", "OBJECT_NAME": "ORDERS", "SQL_TEXT": "update trade.orders\nset price = 12", "SESSIONID": "77",
}  # fmt: skip


def as_csv(row: dict[str, str]) -> bytes:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([list(row), list(row.values())])
    return text.getvalue().encode()


def one(**values: str) -> Reading:
    return read(reader, as_csv(ROW | values), system="ora1")


def test_a_change_is_the_same_in_csv_and_in_the_jsons_of_sql_developer() -> None:
    lower = {name.lower(): value for name, value in ROW.items()}
    for data in (
        as_csv(ROW),
        json.dumps({"results": [{"columns": [{"name": "X"}], "items": [lower]}]}).encode(),
        json.dumps([ROW]).encode(),
    ):
        (found,) = read(reader, data, system="ora1").rows["database_changes"]
        assert {key: value for key, value in found.items() if key != "place"} == {
            "happened_at_us": AT, "system": "ora1", "account": "MEI", "system_account": "wang", "client_address": "192.0.2.7",
            "client_host": "WS-31", "program": "sqlplus", "object_name": "TRADE.ORDERS", "change_kind": "data",
            "command": "update", "statement": "update trade.orders set price = 12", "outcome": "success", "session_id": "77",
            "event_code": "UPDATE",
        }  # fmt: skip
        assert reader.recognise(Head("x", data, whole=True)) is not None


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"ACTION_NAME": "LOGON"}, ("logon", "success", "password", "192.0.2.7")),
        ({"ACTION_NAME": "LOGON", "RETURN_CODE": "1017"}, ("logon", "failure", "password", "192.0.2.7")),
        ({"ACTION_NAME": "LOGON", "AUTHENTICATION_TYPE": "(TYPE=(OS));"}, ("logon", "success", "os", None)),
        ({"ACTION_NAME": "LOGOFF"}, ("logoff", "success", "password", "192.0.2.7")),
        ({"ACTION_NAME": "SET ROLE"}, ("privilege_use", "success", "password", "192.0.2.7")),
    ],
)
def test_sign_ins_are_told_by_the_action(values: dict[str, str], expected: tuple[str | None, ...]) -> None:
    (found,) = one(**values).rows["auth_events"]

    assert (found["activity"], found["outcome"], found["method"], found.get("source_address")) == expected
    assert (found["account"], found["source_host"], found["host"]) == ("MEI", "WS-31", "ora1")


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        ("CREATE USER", "account"), ("DROP TABLE", "structure"), ("ALTER SYSTEM", "settings"), ("GRANT", "rights"),
        ("DROP AUDIT POLICY", "audit"), ("CREATE PROCEDURE", "structure"), ("EXECUTE", "code"), ("TRUNCATE TABLE", "data"),
        ("ALTER PROFILE", "account"), ("NOAUDIT", "audit"),
    ],
)  # fmt: skip
def test_actions_say_what_kind_of_change_it_was(action: str, kind: str) -> None:
    (found,) = one(ACTION_NAME=action, SQL_TEXT="").rows["database_changes"]

    assert (found["change_kind"], found["command"]) == (kind, action.lower())


@pytest.mark.parametrize("action", ["SELECT", "ALTER SESSION", "COMMIT", ""])
def test_what_changes_nothing_is_skipped(action: str) -> None:
    assert not one(ACTION_NAME=action).rows


@pytest.mark.parametrize(
    "written",
    [
        "20-NOV-26 09.00.00.123456 AM", "20-NOV-26 09.00.00.123456789 AM ", "20-11月-26 09.00.00.123456 上午", "20-11月-26 上午 09:00:00.123456",
        "2026-11-20T09:00:00.123456+08:00", "2026/11/20 09:00:00.123456", "2026-11-20 01:00:00.123456 UTC",
        "20-NOV-2026 01.00.00.123456 AM UTC",
    ],
)  # fmt: skip
def test_times_are_read_as_sessions_write_them(written: str) -> None:
    (found,) = one(EVENT_TIMESTAMP=written.strip()).rows["database_changes"]

    assert found["happened_at_us"] == AT


def test_the_time_in_utc_counts_where_it_is_there() -> None:
    (found,) = one(EVENT_TIMESTAMP="20-NOV-26 11.11.11 PM", EVENT_TIMESTAMP_UTC="2026-11-20 01:00:00.123456").rows[
        "database_changes"
    ]

    assert found["happened_at_us"] == AT


@pytest.mark.parametrize("written", ["", "20/11/2026 09:00", "31-FEB-26 09.00.00 AM", "20-NOV-26 13.00.00 PM"])
def test_a_time_that_cannot_be_read_is_rejected(written: str) -> None:
    found = one(EVENT_TIMESTAMP=written)

    assert [(reject.column, reject.value) for reject in found.rejects] == [("happened_at_us", written)]


def test_secrets_reach_neither_row_nor_view() -> None:
    data = as_csv(
        ROW
        | {
            "ACTION_NAME": "ALTER USER",
            "SQL_TEXT": f"alter user mei identified by {SECRET}",
            "SQL_BINDS": f"#1(8):{SECRET}",
        }
    )
    assert reader.excerpt is not None

    assert SECRET not in str(read(reader, data, system="ora1"))
    assert SECRET not in reader.excerpt(BytesIO(data), 2, None)


def test_it_asks_for_the_system_and_for_its_columns() -> None:
    assert "system" in read(reader, as_csv(ROW)).rejects[0].why.en
    assert "dbusername" in read(reader, b"a,b\n1,2\n", system="x").rejects[0].why.en
