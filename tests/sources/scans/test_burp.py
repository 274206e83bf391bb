"""Burp issues: sites named by their issues, Java's dates, the document type it writes, and what must not be shown."""

from io import BytesIO

import pytest

from chahe.sources.model import Head
from chahe.sources.scans.burp import reader
from reading import read
from scan_samples import scans, weaknesses
from specimens import SPECIMENS

EXPORTED_US = 1_778_590_650_000_000


def issue(severity: str = "High", host: str = "https://www.broker.example:8443", path: str = "/a?b=c") -> str:
    return (
        f'<issue><type>1</type><name>XSS</name><host ip="192.0.2.7">{host}</host><path>{path}</path>'
        f"<severity>{severity}</severity></issue>"
    )


def report(*issues: str, exported: str = "Tue May 12 20:57:30 CST 2026", begin: str = "") -> bytes:
    return f'{begin}<issues burpVersion="2026.1" exportTime="{exported}">{"".join(issues)}</issues>'.encode()


def test_each_issue_is_a_unit_and_a_host_is_scanned_where_it_is_first_named():
    reading = read(reader, SPECIMENS["burp"].data)
    assert scans(reading) == [
        {
            "place": 1,
            "scan_id": "burp 2026-05-12T12:57:30Z",
            "scanner": "burp",
            "host": "www.broker.example",
            "address": "192.0.2.7",
            "scanned_at_us": EXPORTED_US,
            "kind": "web",
        }
    ]
    assert weaknesses(reading) == [
        {
            "place": 1,
            "scan_id": "burp 2026-05-12T12:57:30Z",
            "scanner": "burp",
            "host": "www.broker.example",
            "address": "192.0.2.7",
            "port": 443,
            "protocol": "tcp",
            "finding_id": "5244416",
            "title": "Cookie without HttpOnly flag set",
            "component": "https://www.broker.example/login",
            "severity": "low",
            "default_credential": False,
            "found_at_us": EXPORTED_US,
        }
    ]


@pytest.mark.parametrize(
    ("word", "severity"),
    [("High", "high"), ("Medium", "medium"), ("Low", "low"), ("Information", "info"), ("False positive", "unknown")],
)
def test_the_severity_is_the_tools_and_no_mark_makes_it_a_note(word, severity):
    (row,) = weaknesses(read(reader, report(issue(word))))
    assert (row["severity"], row["port"], row["component"]) == (severity, 8443, "https://www.broker.example:8443/a")


def test_a_severity_or_time_nobody_knows_is_rejected():
    (first,) = read(reader, report(issue("Spicy"))).rejects
    assert (first.place, first.column, first.value) == (1, "severity", "Spicy")
    (second,) = read(reader, report(issue(), exported="who knows")).rejects
    assert (second.place, second.column, second.value) == (1, "scanned_at_us", "who knows")


def test_a_declared_time_counts_before_that_of_the_export():
    reading = read(reader, report(issue(), exported="who knows"), scanned_at="2026-05-01 10:00", scope="b.example")
    assert {row["scanned_at_us"] for row in scans(reading)} == {1_777_600_800_000_000}
    assert [(row["host"], row.get("completed")) for row in scans(reading)] == [
        ("www.broker.example", None),
        ("b.example", True),
    ]


def test_entities_are_refused_and_the_declarations_burp_writes_are_not():
    assert len(weaknesses(read(reader, report(issue(), begin="<!DOCTYPE issues [<!ELEMENT issues (issue*)>]>")))) == 1
    (reject,) = read(reader, report(issue(), begin='<!DOCTYPE issues [<!ENTITY a "b">]>')).rejects
    assert "DOCTYPE" in reject.why.en


def test_a_break_does_not_quote_the_document():
    cut = SPECIMENS["burp"].data.partition(b"The cookie hunter2hunter2")
    reading = read(reader, cut[0] + cut[1])
    assert "breaks off" in reading.rejects[-1].why.en
    assert "hunter2hunter2" not in str(reading.rejects)


def test_requests_are_not_shown():
    shown = reader.excerpt(BytesIO(SPECIMENS["burp"].data), 1, None)
    assert "hunter2hunter2" not in shown
    assert "Cookie without HttpOnly" in shown


def test_other_xml_is_not_its_own():
    assert reader.recognise(Head("a.xml", b"<issues></issues>", whole=True)) is None
