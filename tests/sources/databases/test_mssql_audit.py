"""SQL Server's audit in every form tools export it."""

import csv
import io
import json
from io import BytesIO

import pytest

from chahe.sources.databases.mssql_audit import reader
from chahe.sources.model import Head
from reading import Reading, read

SECRET = "hunter2hunter2"  # noqa: S105 - a mark to look for, no password
AT = 1_795_136_400_123_456
ROW = {
    "event_time": "2026-11-20 01:00:00.1234567", "action_id": "UP", "succeeded": "1", "session_id": "55",
    "server_principal_name": "CORP\\mei", "server_instance_name": "DB1\\TRADE", "database_name": "orders",
    "schema_name": "dbo", "object_name": "book", "statement": "UPDATE dbo.book\nSET price = 12", "client_ip": "192.0.2.7",
    "application_name": "Orders", "affected_rows": "3",
}  # fmt: skip
CHANGE = {
    "happened_at_us": AT, "system": "DB1", "account": "mei", "client_address": "192.0.2.7", "program": "Orders",
    "database_name": "orders", "object_name": "dbo.book", "change_kind": "data", "command": "update",
    "statement": "UPDATE dbo.book SET price = 12", "outcome": "success", "rows_changed": 3, "session_id": "55", "event_code": "UP",
}  # fmt: skip


def as_csv(*rows: dict[str, str], delimiter: str = ",", heading: str = "{}") -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow([heading.format(name) for name in rows[0]])
    writer.writerows([list(row.values()) for row in rows])
    return text.getvalue().encode()


def one(**values: str) -> Reading:
    return read(reader, as_csv(ROW | values))


def test_a_row_is_the_same_in_csv_json_and_xml() -> None:
    attributes = " ".join(f'{name}="{value}"'.replace("\n", "&#10;") for name, value in ROW.items())
    elements = "".join(f"<{name}>{value}</{name}>" for name, value in ROW.items())
    properties = "".join(
        f'<Property Name="{name}" Type="System.String">{value}</Property>' for name, value in ROW.items()
    )
    for data in (
        as_csv(ROW),
        as_csv(ROW, delimiter=";"),
        (
            "Audit of DB1\n" + as_csv({name.replace("_", " ").title(): value for name, value in ROW.items()}).decode()
        ).encode("utf-16"),
        json.dumps([ROW]).encode(),
        json.dumps(ROW).encode() + b"\n",
        f"<row {attributes}/>".encode(),
        f"<?xml version='1.0'?><rows><row>{elements}</row></rows>".encode(),
        f"<Objects><Object>{properties}</Object></Objects>".encode("utf-16"),
    ):
        (change,) = read(reader, data).rows["database_changes"]
        assert {key: value for key, value in change.items() if key != "place"} == CHANGE, data[:60]
        assert reader.recognise(Head("x", data, whole=True)) is not None, data[:60]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"action_id": "LGIS", "statement": "-- network protocol: TCP/IP"}, ("logon", "success", "mei", "192.0.2.7")),
        ({"action_id": "LOGIN FAILED", "statement": "Login failed for user 'sa'. [CLIENT: 192.0.2.9]", "client_ip": ""}, ("logon", "failure", "sa", "192.0.2.9")),
        ({"action_id": "LGIS", "client_ip": "", "additional_information": "<x><address>192.0.2.8</address></x>"}, ("logon", "success", "mei", "192.0.2.8")),
        ({"action_id": "LGO"}, ("logoff", None, "mei", "192.0.2.7")),
        ({"action_id": "IMP"}, ("privilege_use", "success", "mei", "192.0.2.7")),
    ],
)  # fmt: skip
def test_sign_ins_are_told_by_the_action(values: dict[str, str], expected: tuple[str | None, ...]) -> None:
    (found,) = one(**values).rows["auth_events"]

    assert (found["activity"], found.get("outcome"), found["account"], found["source_address"]) == expected
    assert (found["host"], found["service"]) == ("DB1", "mssql")


def test_a_sign_in_from_the_server_itself_is_local() -> None:
    (found,) = one(action_id="LGIS", client_ip="local machine").rows["auth_events"]

    assert (found["local_console"], "source_address" in found) == (True, False)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"action_id": "CR", "object_name": "tmp1", "schema_name": "", "statement": f"CREATE LOGIN tmp1 WITH PASSWORD=N'{SECRET}'"}, ("account", "create login", "tmp1")),
        ({"action_id": "AL", "class_type": "SL", "statement": ""}, ("account", "alter", "dbo.book")),
        ({"action_id": "G"}, ("rights", "grant", "dbo.book")),
        ({"action_id": "ADD MEMBER"}, ("rights", "add member", "dbo.book")),
        ({"action_id": "PWR", "schema_name": "", "object_name": "sa"}, ("account", "reset password", "sa")),
        ({"action_id": "AUSC"}, ("audit", "audit session changed", "dbo.book")),
        ({"action_id": "BCM", "statement": "DELETE FROM dbo.book"}, ("data", "delete", "dbo.book")),
    ],
)  # fmt: skip
def test_changes_are_told_by_action_and_statement(values: dict[str, str], expected: tuple[str, ...]) -> None:
    (found,) = one(**values).rows["database_changes"]

    assert (found["change_kind"], found["command"], found["object_name"]) == expected
    assert SECRET not in str(found)


@pytest.mark.parametrize(
    "values", [{"action_id": "SL"}, {"action_id": "BCM", "statement": "SELECT 1"}, {"action_id": "VSST"}]
)
def test_what_changes_nothing_is_skipped(values: dict[str, str]) -> None:
    found = one(**values)

    assert not found.rows
    assert len(found.skips) == 2


def test_a_time_of_day_alone_takes_the_local_date() -> None:
    rows = {"Date": "11/20/2026 9:00:00 AM", **ROW, "event_time": "01:00:00.1234567"}
    (found,) = read(reader, as_csv(rows)).rows["database_changes"]

    assert found["happened_at_us"] == AT // 1_000_000 * 1_000_000


def test_what_cannot_be_read_is_rejected_with_its_value() -> None:
    late = one(event_time="20/11/2026 01:00")
    wide = read(reader, as_csv(ROW) + b'"2026-11-20 01:00:00","LGO"' + b',"x"' * 20 + b"\n")

    assert [(reject.column, reject.value) for reject in late.rejects] == [("happened_at_us", "20/11/2026 01:00")]
    assert [reject.place for reject in wide.rejects] == [3]


def test_a_list_without_its_headings_is_refused() -> None:
    found = read(reader, b"2026-11-20 01:00:00,LGIS,1\n")

    assert "eventtime" in found.rejects[0].why.en
    assert reader.recognise(Head("x", b"a,b,c\n1,2,3\n", whole=True)) is None


def test_xml_with_a_document_type_is_refused_and_a_break_keeps_what_came_before() -> None:
    bomb = read(reader, b'<!DOCTYPE r [<!ENTITY a "x">]><row event_time="&a;" action_id="" server_principal_name=""/>')
    attributes = " ".join(f'{name}="x"' for name in ROW)
    cut = read(reader, f'<row {attributes.replace("x", "", 0)}/><row event_time="2026'.encode())

    assert not bomb.rows
    assert "DOCTYPE" in bomb.rejects[0].why.en
    assert len(cut.skips) + len(cut.rejects) == cut.units == 2


def test_a_row_is_shown_without_secrets() -> None:
    data = as_csv(ROW | {"statement": f"ALTER LOGIN mei WITH PASSWORD = '{SECRET}'"})
    assert reader.excerpt is not None
    shown = reader.excerpt(BytesIO(data), 2, None)

    assert "CORP\\mei" in shown
    assert SECRET not in shown
