"""Nessus CSV: the headings of four products, hosts and times they give, audits, and what is fixed."""

import csv
from io import BytesIO, StringIO

import pytest

from chahe.sources.model import Head
from chahe.sources.scans.nessus_csv import reader
from reading import read
from scan_samples import checks, counts, grouped, loaded, sample, scans, weaknesses
from specimens import SPECIMENS

SAMPLES = (
    "tenable/nessus/nessus_many_vuln",
    "tenable/nessus_was/nessus_was_many_vuln",
    "tenable/nessus_was/nessus_was_no_vuln",
    "tenable/nessus_was/nessus_was_one_vuln",
    "tenable/tenable_many_vuln",
)


def table(*rows: dict[str, str]) -> bytes:
    said = {"Plugin ID": "1", "CVE": "", "Risk": "High", "Host": "a", "Protocol": "tcp", "Port": "443", "Name": "n"}
    held = StringIO()
    writer = csv.DictWriter(held, list({**said, **(rows[0] if rows else {})}))
    writer.writeheader()
    writer.writerows({**said, **row} for row in rows)
    return held.getvalue().encode()


def test_each_record_is_a_unit_and_a_host_is_scanned_where_it_is_first_named():
    reading = read(reader, SPECIMENS["nessus_csv"].data, scanned_at="2026-11-20 22:00", scope="trade02.broker.example")
    assert [(row["place"], row["host"], row.get("completed"), row["scanned_at_us"]) for row in scans(reading)] == [
        (2, "trade01.broker.example", None, 1_795_183_200_000_000),
        (5, "trade02.broker.example", True, 1_795_183_200_000_000),
    ]
    first, second = weaknesses(reading)
    assert str(first.pop("cvss")) == "7.3"
    assert first == {
        "place": 2,
        "scan_id": "nessus 2026-11-22T04:00:00Z",
        "scanner": "nessus",
        "host": "trade01.broker.example",
        "port": 161,
        "protocol": "udp",
        "finding_id": "41028",
        "cve": "CVE-1999-0517",
        "title": "SNMP Agent Default Community Name (public)",
        "severity": "high",
        "default_credential": True,
        "found_at_us": 1_795_183_200_000_000,
    }
    assert second["severity"] == "info"
    assert [(place, why.en) for place, why in reading.skips] == [(1, "headings")]


def test_a_row_of_an_audit_is_a_configuration_check():
    (row,) = checks(read(reader, SPECIMENS["nessus_csv"].data))
    assert {
        name: row[name]
        for name in ("place", "host", "check_id", "setting", "policy", "result", "policy_value", "actual_value")
    } == {
        "place": 4,
        "host": "trade01.broker.example",
        "check_id": "21157",
        "setting": "5.2.8 Root sign-in is off",
        "policy": "Unix Compliance Checks",
        "result": "failed",
        "policy_value": "no",
        "actual_value": "password = ***",
    }


@pytest.mark.parametrize(
    ("risk", "severity"),
    [("None", "info"), ("low", "low"), ("Medium", "medium"), ("HIGH", "high"), ("Critical", "critical")],
)
def test_the_risk_is_the_tools(risk, severity):
    assert weaknesses(read(reader, table({"Risk": risk})))[0]["severity"] == severity


def test_a_host_is_completed_where_its_end_is_given_and_the_fixed_is_skipped():
    data = table(
        {"Host End": "2023-06-08T01:58:56.166Z", "Vulnerability State": "Active"},
        {"Host": "b", "Vulnerability State": "Fixed"},
    )
    reading = read(reader, data)
    assert [(row["host"], row["completed"], row["scanned_at_us"]) for row in scans(reading)] == [
        ("a", True, 1_686_189_536_166_000)
    ]
    assert [why.en for _, why in reading.skips] == ["headings", "a weakness that is mended (Fixed)"]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ({"Risk": "spicy"}, "severity"),
        ({"Port": "99999"}, "port"),
        ({"Host": ""}, "host"),
        ({"Plugin ID": ""}, "finding_id"),
    ],
)
def test_a_value_that_is_none_is_rejected(row, column):
    (reject,) = read(reader, table(row)).rejects
    assert (reject.place, reject.column) == (2, column)


def test_a_file_without_the_headings_says_which():
    reading = read(reader, b"a,b\n" + b"1,2\n" * 5000)
    (reject,) = reading.rejects
    assert "Plugin ID" in reject.why.zh
    assert len(reading.skips) < 100
    assert reading.skips[0][1].en == "what stands above the headings: a"


@pytest.mark.parametrize("row", [b"1,2\n", b"1,,High,a,tcp,443,n,hunter2hunter2\n"])
def test_a_row_with_other_cells_than_the_headings_is_rejected_and_not_shown(row):
    (reject,) = read(reader, table() + row).rejects
    assert "so its cells cannot be told" in reject.why.en
    assert reject.value is None


def test_the_plugins_output_is_not_shown():
    shown = reader.excerpt(BytesIO(SPECIMENS["nessus_csv"].data), 2, None)
    assert "hunter2hunter2" not in shown
    assert "trade01.broker.example" in shown


def test_other_tables_are_not_its_own():
    assert reader.recognise(Head("a.csv", b"Plugin,Price\n1,2\n", whole=True)) is None


@pytest.mark.parametrize("name", SAMPLES)
def test_the_real_reports_are_read_value_by_value(name):
    path = f"{name}.csv"
    reading = loaded(reader, path)
    with sample(path).open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    stated = [row for row in rows if any(cell and cell.strip() for cell in row.values() if isinstance(cell, str))]
    assert reading.rejects == []
    assert reading.units == 1 + counts(path)["records"] == 1 + len(rows)
    assert [
        (row["finding_id"], row["title"], row["severity"], row["host"], row.get("port")) for row in weaknesses(reading)
    ] == [
        (
            row.get("Plugin ID") or row["Plugin"],
            row.get("Name") or row["Plugin Name"],
            {"none": "info"}.get(
                (row.get("Risk") or row["Severity"]).lower(), (row.get("Risk") or row["Severity"]).lower()
            ),
            row.get("Host") or row.get("DNS Name") or row["IP Address"],
            int(row["Port"]) if row["Port"] else None,
        )
        for row in stated
    ]
    if "many_vuln" in name and "tenable_many" not in name:
        assert grouped(path) == {len(stated)}
