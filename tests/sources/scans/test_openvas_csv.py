"""OpenVAS CSV: results a row, rated as the XML report rates them."""

import csv
from io import BytesIO, StringIO

import pytest

from chahe.sources.model import Head
from chahe.sources.scans.openvas_csv import reader
from reading import read
from scan_samples import counts, grouped, loaded, sample, scans, weaknesses
from specimens import SPECIMENS

FOUND_US = 1_772_049_687_000_000


def table(*rows: dict[str, str]) -> bytes:
    said = {"IP": "192.0.2.7", "Port": "443", "CVSS": "5.9", "Severity": "Medium", "NVT Name": "n", "NVT OID": "1.3"}
    held = StringIO()
    writer = csv.DictWriter(held, list(said))
    writer.writeheader()
    writer.writerows({**said, **row} for row in rows)
    return held.getvalue().encode()


def test_each_record_is_a_unit_and_a_host_is_scanned_where_it_is_first_named():
    reading = read(reader, SPECIMENS["openvas_csv"].data)
    assert scans(reading) == [
        {
            "place": 2,
            "scan_id": "Quarterly c122f831-2481-46d3-97e7-9755e5eeca30",
            "scanner": "openvas",
            "host": "192.0.2.7",
            "address": "192.0.2.7",
            "scanned_at_us": FOUND_US,
            "kind": "host",
        }
    ]
    first, second = weaknesses(reading)
    assert (
        first["finding_id"],
        first["cve"],
        first["severity"],
        str(first["cvss"]),
        first["port"],
        first["found_at_us"],
    ) == (
        "1.3.6.1.4.1.25623.1.0.117274",
        "CVE-2013-2566 CVE-2015-2808",
        "medium",
        "5.9",
        443,
        FOUND_US,
    )
    assert (second["severity"], second["port"]) == ("info", 0)


@pytest.mark.parametrize(
    ("score", "word", "severity"),
    [
        ("9.0", "High", "critical"),
        ("7.0", "High", "high"),
        ("2.6", "Low", "low"),
        ("0.0", "Log", "info"),
        ("", "High", "high"),
    ],
)
def test_the_score_rates_and_the_word_where_there_is_none(score, word, severity):
    assert weaknesses(read(reader, table({"CVSS": score, "Severity": word})))[0]["severity"] == severity


@pytest.mark.parametrize(("score", "word"), [("-1.0", "False Positive"), ("5.0", "False Positive"), ("-3", "Error")])
def test_what_is_no_weakness_is_skipped(score, word):
    reading = read(reader, table({"CVSS": score, "Severity": word}))
    assert weaknesses(reading) == []
    assert "false positive" in reading.skips[1][1].en


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ({"CVSS": "11"}, "severity"),
        ({"CVSS": "", "Severity": "x"}, "severity"),
        ({"IP": ""}, "host"),
        ({"Port": "a"}, "port"),
    ],
)
def test_a_value_that_is_none_is_rejected(row, column):
    (reject,) = read(reader, table(row)).rejects
    assert (reject.place, reject.column) == (2, column)


@pytest.mark.parametrize("harm", [b"\x00", b"\xff\xff"])
def test_a_damaged_row_is_rejected_and_not_shown(harm):
    data = SPECIMENS["openvas_csv"].data.replace(b"Signed in", harm + b"Signed in")
    (reject,) = read(reader, data).rejects
    assert (reject.place, reject.value) == (2, None)
    assert "hunter2hunter2" not in str(reject)


def test_what_the_check_saw_is_not_shown():
    shown = reader.excerpt(BytesIO(SPECIMENS["openvas_csv"].data), 2, None)
    assert "hunter2hunter2" not in shown
    assert "192.0.2.7" in shown


def test_other_tables_are_not_its_own():
    assert reader.recognise(Head("a.csv", b"NVT OID,Price\n1,2\n", whole=True)) is None


@pytest.mark.parametrize("name", ["no_vuln", "one_vuln", "report_detail_v2", "report_using_openVAS"])
def test_the_real_reports_are_read_value_by_value(name):
    path = f"openvas/{name}.csv"
    reading = loaded(reader, path)
    with sample(path).open(encoding="utf-8-sig", newline="") as lines:
        stated = list(csv.DictReader(lines))
    assert reading.rejects == []
    assert len(weaknesses(reading)) == counts(path)["records"] == len(stated)
    assert grouped(path) <= {len(stated)}
    assert [
        (row["finding_id"], row["title"], row["host"], str(row["cvss"]), row["port"]) for row in weaknesses(reading)
    ] == [(one["NVT OID"], one["NVT Name"], one["IP"], one["CVSS"], int(one["Port"] or 0)) for one in stated]
    assert [row.get("cve", "").split() for row in weaknesses(reading)] == [
        sorted({number for number in one["CVEs"].split(",") if number.startswith("CVE-")}) for one in stated
    ]
