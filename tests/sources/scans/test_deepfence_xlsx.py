"""ThreatMapper workbooks: four kinds of sheets, and secrets that must not be shown."""

from collections import Counter
from io import BytesIO

import openpyxl
import pytest

from chahe.sources.model import Context, Head
from chahe.sources.scans.deepfence_xlsx import reader
from reading import read
from scan_samples import checks, grouped, loaded, sample, scans, weaknesses
from specimens import SPECIMENS

FOLDER = "deepfence_threatmapper"
KINDS = {
    "malware_report_newformat": ("Rule Name", "File Name"),
    "secret_report_newformat": ("Rule", "Filename"),
    "vulnerability_report_newformat": ("CVE ID", "Caused By Package"),
}
RESULTS = {"pass": "passed", "warn": "warning", "info": "info"}


def book(headings: tuple[str, ...], *rows: tuple[object, ...], title: str = "Sheet1") -> bytes:
    workbook = openpyxl.Workbook()
    workbook.active.title = title
    for row in (headings, *rows):
        workbook.active.append(row)
    held = BytesIO()
    workbook.save(held)
    return held.getvalue()


def stated(name: str) -> list[dict[str, object]]:
    sheet = openpyxl.load_workbook(BytesIO(sample(f"{FOLDER}/{name}.xlsx").read_bytes())).worksheets[0]
    headings, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def test_each_row_is_a_unit_of_its_sheet():
    units = list(reader.read(BytesIO(SPECIMENS["deepfence_xlsx"].data), Context(0)))
    assert [(unit.part, unit.place) for unit in units] == [
        ("Secrets", 1),
        ("Secrets", 2),
        ("Settings", 1),
        ("Settings", 2),
    ]
    reading = read(reader, SPECIMENS["deepfence_xlsx"].data, scanned_at="observed", scope="quote-gw.broker.example")
    assert scans(reading) == [
        {
            "place": 2,
            "scan_id": "threatmapper 2026-11-22T04:00:00Z",
            "scanner": "threatmapper",
            "host": "quote-gw.broker.example",
            "scanned_at_us": 1_795_320_000_000_000,
            "completed": True,
            "kind": "components",
        }
    ]
    (row,) = weaknesses(reading)
    assert (row["finding_id"], row["component"], row["severity"]) == (
        "index-username_and_password_in_uri",
        "/srv/app/deploy.sh",
        "high",
    )
    (check,) = checks(reading)
    assert (check["check_id"], check["setting"], check["policy"], check["result"], check["policy_value"]) == (
        "cis_2.7",
        "Ensure TLS is on",
        "cis",
        "warning",
        "Turn TLS on.",
    )


def test_a_rating_or_result_nobody_knows_is_rejected():
    headings = ("CVE ID", "Severity", "Caused By Package", "Node Name")
    (reject,) = read(reader, book(headings, ("CVE-2026-0001", "spicy", "a:1", "h"))).rejects
    assert (reject.place, reject.column, reject.value) == (2, "severity", "spicy")
    headings = ("Compliance Standard", "Status", "Info", "Control ID", "Node Name")
    (reject,) = read(reader, book(headings, ("cis", "perhaps", "i", "1", "h"))).rejects
    assert (reject.place, reject.column, reject.value) == (2, "result", "perhaps")


def test_a_workbook_without_the_headings_says_which():
    (reject,) = read(reader, book(("a", "b"), (1, 2))).rejects
    assert "Node Name" in reject.why.zh


def test_what_a_rule_matched_is_not_shown():
    shown = reader.excerpt(BytesIO(SPECIMENS["deepfence_xlsx"].data), 2, "Secrets")
    assert "hunter2hunter2" not in shown
    assert "/srv/app/deploy.sh" in shown


def test_other_workbooks_are_not_its_own():
    assert reader.recognise(Head("a.xlsx", book(("設備名稱", "啟用日"), ("a", "b")), whole=True)) is None
    assert reader.recognise(Head("a.xlsx", SPECIMENS["deepfence_xlsx"].data, whole=False)) is None


@pytest.mark.parametrize("name", sorted(KINDS))
def test_the_real_reports_are_read_value_by_value(name):
    reading, rows = loaded(reader, f"{FOLDER}/{name}.xlsx"), stated(name)
    number, component = KINDS[name]
    assert reading.rejects == []
    assert {len(rows)} == grouped(f"{FOLDER}/{name}.xlsx")
    assert [(row["finding_id"], row["component"], row["severity"], row["host"]) for row in weaknesses(reading)] == [
        (one[number], one[component], one["Severity"], one["Node Name"]) for one in rows
    ]
    assert [float(row.get("cvss", 0)) for row in weaknesses(reading)] == [one.get("CVSS Score", 0) for one in rows]


def test_the_real_report_on_settings_is_read_value_by_value():
    name = "compliance_report_newformat"
    reading, rows = loaded(reader, f"{FOLDER}/{name}.xlsx"), stated(name)
    assert {len(checks(reading))} == grouped(f"{FOLDER}/{name}.xlsx")
    assert [(row["check_id"], row["setting"], row["result"]) for row in checks(reading)] == [
        (one["Control ID"], one["Info"], RESULTS[str(one["Status"])]) for one in rows
    ]
    assert Counter(row["result"] for row in checks(reading)) == {"info": 46, "passed": 12, "warning": 8}
