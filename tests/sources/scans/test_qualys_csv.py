"""Qualys CSV: what stands above the headings, two layouts, hosts without weaknesses, and what is fixed."""

import csv
from io import BytesIO, StringIO

import pytest

from chahe.sources.model import Head
from chahe.sources.scans.qualys_csv import reader
from reading import read
from scan_samples import counts, grouped, loaded, sample, scans, weaknesses
from specimens import SPECIMENS

VMDR = ("many_vulns_cve", "no_vuln_cve", "no_vuln_no_metadata_cve", "one_vuln_cve", "one_vuln_no_metadata_cve")
RATED = {"5": "critical", "4": "high", "3": "medium", "2": "low", "1": "low"}


def table(*rows: dict[str, str]) -> bytes:
    said = {
        "IP": "192.0.2.7",
        "DNS": "srv7",
        "IP Status": "host scanned, found vuln",
        "QID": "1",
        "Title": "t",
        "Type": "Vuln",
    }
    said |= {
        "Severity": "5",
        "Port": "",
        "Vuln Status": "Active",
        "Last Detected": "05/25/2021 07:36:58",
        "CVSS3 Base": "",
    }
    held = StringIO()
    writer = csv.DictWriter(held, list(said))
    writer.writeheader()
    writer.writerows({**said, **row} for row in rows)
    return held.getvalue().encode()


def test_each_record_is_a_unit_and_what_stands_above_the_headings_is_skipped():
    reading = read(reader, SPECIMENS["qualys_csv"].data)
    assert [(place, why.en.partition(":")[0]) for place, why in reading.skips] == [
        (1, "what stands above the headings"),
        (2, "what stands above the headings"),
        (3, "blank row"),
        (4, "headings"),
        (6, "a weakness that is mended (FIXED)"),
    ]
    (row,) = weaknesses(reading)
    assert str(row.pop("cvss")) == "3.1"
    assert row == {
        "place": 5,
        "scan_id": "qualys 2026-11-22T04:00:00Z",
        "scanner": "qualys",
        "host": "SERVER01",
        "address": "192.0.2.10",
        "port": 80,
        "protocol": "TCP",
        "finding_id": "800001",
        "cve": "CVE-2023-0001",
        "title": "Component X tells too much",
        "severity": "low",
        "default_credential": False,
        "found_at_us": 1_770_073_200_000_000,
    }


def test_a_host_without_weaknesses_was_scanned_and_one_not_alive_was_not():
    reading = read(
        reader,
        table(
            {"QID": "", "IP Status": "host scanned, no vuln"},
            {"QID": "", "DNS": "srv8", "IP": "192.0.2.8", "IP Status": "host not alive"},
        ),
    )
    assert [(row["host"], row["address"], row["completed"]) for row in scans(reading)] == [("srv7", "192.0.2.7", True)]
    assert [why.en for _, why in reading.skips] == ["headings", "a host that was not scanned (host not alive)"]


@pytest.mark.parametrize(("level", "severity"), sorted(RATED.items()))
def test_the_five_severities(level, severity):
    assert weaknesses(read(reader, table({"Severity": level})))[0]["severity"] == severity


def test_information_is_a_note_and_a_potential_weakness_counts():
    reading = read(reader, table({"Type": "Ig"}, {"Type": "Practice"}))
    assert [row["severity"] for row in weaknesses(reading)] == ["info", "critical"]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ({"Severity": "9"}, "severity"),
        ({"Port": "x"}, "port"),
        ({"Last Detected": "x"}, "found_at_us"),
        ({"DNS": "", "IP": ""}, "host"),
    ],
)
def test_a_value_that_is_none_is_rejected(row, column):
    (reject,) = read(reader, table(row)).rejects
    assert (reject.place, reject.column) == (2, column)


def test_what_the_check_saw_is_not_shown():
    shown = reader.excerpt(BytesIO(SPECIMENS["qualys_csv"].data), 5, None)
    assert "hunter2hunter2" not in shown
    assert "SERVER01" in shown


def test_other_tables_are_not_its_own():
    assert reader.recognise(Head("a.csv", b"QID,Price\n1,2\n", whole=True)) is None


def stated(path: str) -> list[dict[str, str]]:
    with sample(path).open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines))
    at = next(index for index, row in enumerate(rows) if "QID" in row)
    return [dict(zip(rows[at], row, strict=True)) for row in rows[at + 1 :] if row]


@pytest.mark.parametrize("name", VMDR)
def test_the_real_reports_of_vmdr_are_read_value_by_value(name):
    path = f"qualys_vmdr/{name}.csv"
    reading, rows = loaded(reader, path), stated(path)
    open_ones = [row for row in rows if row["Status"] != "FIXED"]
    assert reading.rejects == []
    assert reading.units == 1 + counts(path)["records"]
    assert grouped(path) == {len(rows)}
    assert [
        (row["finding_id"], row["title"], row["severity"], row["host"], row["cve"], str(row["cvss"]))
        for row in weaknesses(reading)
    ] == [
        (one["QID"], one["Title"], RATED[one["Severity"]], one["Asset Name"], one["CVE"], one["CVSSv3.1 Base (nvd)"])
        for one in open_ones
    ]


def test_the_real_asset_report_is_read_value_by_value():
    path = "qualys/Qualys_Sample_Report.csv"
    reading, rows = loaded(reader, path), stated(path)
    assert reading.rejects == []
    assert len(rows) == counts(path)["records"]
    assert [
        (row["finding_id"], row["title"], row["severity"], row["host"], row["address"]) for row in weaknesses(reading)
    ] == [(one["QID"], one["Title"], RATED[one["Severity"]], one["DNS"], one["IP"]) for one in rows]
    assert {(row["host"], row["completed"]) for row in scans(reading)} == {(one["DNS"], True) for one in rows}
    assert loaded(reader, "qualys/empty.csv").units == 1 + counts("qualys/empty.csv")["records"]
