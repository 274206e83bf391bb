"""Qualys reports in XML: scans, asset reports with their glossary behind, web scans, and the document types they declare."""

from io import BytesIO

import pytest
from lxml import etree

from chahe.sources.model import Head, Unreadable
from chahe.sources.scans.qualys import reader
from reading import read
from scan_samples import grouped, loaded, sample, scans, weaknesses
from specimens import SPECIMENS

ASSETS = """<!DOCTYPE ASSET_DATA_REPORT SYSTEM "https://qualys.example/asset_data_report.dtd">
<ASSET_DATA_REPORT><HEADER><GENERATION_DATETIME>2026-03-25T07:13:51Z</GENERATION_DATETIME><TEMPLATE>Monthly</TEMPLATE></HEADER>
<HOST_LIST><HOST><IP>192.0.2.7</IP><DNS>srv7</DNS><VULN_INFO_LIST>
<VULN_INFO><QID id="qid_1">1</QID><TYPE>Vuln</TYPE><PORT>443</PORT><PROTOCOL>tcp</PROTOCOL><CVSS_FINAL>-</CVSS_FINAL>
<VULN_STATUS>Active</VULN_STATUS><LAST_FOUND>2026-03-24T02:00:00Z</LAST_FOUND></VULN_INFO>
<VULN_INFO><QID id="qid_2">2</QID><TYPE>Ig</TYPE><LAST_FOUND>2026-03-23T02:00:00Z</LAST_FOUND></VULN_INFO>
<VULN_INFO><QID id="qid_1">1</QID><TYPE>Vuln</TYPE><VULN_STATUS>Fixed</VULN_STATUS></VULN_INFO>
<VULN_INFO><QID id="qid_3">3</QID><TYPE>Practice</TYPE></VULN_INFO></VULN_INFO_LIST></HOST>
<HOST><IP>192.0.2.8</IP></HOST></HOST_LIST>
<GLOSSARY><VULN_DETAILS_LIST><VULN_DETAILS id="qid_1"><QID>1</QID><TITLE>Java update</TITLE><SEVERITY>4</SEVERITY><CATEGORY>Local</CATEGORY>
<CVE_ID_LIST><CVE_ID><ID>CVE-2014-6601</ID></CVE_ID></CVE_ID_LIST><CVSS_BASE>7.5</CVSS_BASE></VULN_DETAILS>
<VULN_DETAILS id="qid_2"><QID>2</QID><TITLE>Names</TITLE><SEVERITY>3</SEVERITY></VULN_DETAILS></VULN_DETAILS_LIST></GLOSSARY></ASSET_DATA_REPORT>"""


def test_hosts_weak_or_not_and_detections_are_units():
    reading = read(reader, SPECIMENS["qualys"].data)
    at_us = 1_775_124_893_000_000
    assert scans(reading) == [
        {
            "place": place,
            "scan_id": "scan/1222134912.63524",
            "scanner": "qualys",
            "host": host,
            "address": address,
            "scanned_at_us": at_us,
            "completed": True,
            "kind": "host",
        }
        for place, host, address in ((1, "srv7.broker.example", "192.0.2.7"), (4, "192.0.2.8", "192.0.2.8"))
    ]
    note, weak = weaknesses(reading)
    assert (note["finding_id"], note["severity"]) == ("45039", "info")
    assert str(weak.pop("cvss")) == "3.4"
    assert weak == {
        "place": 3,
        "scan_id": "scan/1222134912.63524",
        "scanner": "qualys",
        "host": "srv7.broker.example",
        "address": "192.0.2.7",
        "port": 443,
        "protocol": "tcp",
        "finding_id": "123168",
        "cve": "CVE-2014-6601 CVE-2015-0412",
        "title": "Java update is missing",
        "severity": "critical",
        "default_credential": False,
        "found_at_us": at_us,
    }


def test_the_glossary_behind_an_asset_report_says_what_was_found():
    reading = read(reader, ASSETS.encode())
    assert [(row["place"], row["host"], row.get("scanned_at_us"), row.get("completed")) for row in scans(reading)] == [
        (1, "srv7", 1_774_317_600_000_000, None),
        (6, "192.0.2.8", None, None),
    ]
    assert [
        (
            row["place"],
            row["finding_id"],
            row.get("cve"),
            row.get("title"),
            row["severity"],
            str(row.get("cvss")),
            row["port"],
        )
        for row in weaknesses(reading)
    ] == [
        (2, "1", "CVE-2014-6601", "Java update", "high", "7.5", 443),
        (3, "2", None, "Names", "info", "None", 0),
    ]
    assert [(place, why.en) for place, why in reading.skips] == [(4, "a weakness that is mended (Fixed)")]
    assert [(one.place, one.column) for one in reading.rejects] == [(5, "severity")]


@pytest.mark.parametrize(
    ("level", "severity"), [("5", "critical"), ("4", "high"), ("3", "medium"), ("2", "low"), ("1", "low")]
)
def test_the_five_severities(level, severity):
    data = SPECIMENS["qualys"].data.replace(b'severity="5"', f'severity="{level}"'.encode())
    assert weaknesses(read(reader, data))[1]["severity"] == severity


def test_a_scan_that_did_not_finish_completed_no_host():
    data = SPECIMENS["qualys"].data.replace(b"FINISHED", b"CANCELED")
    assert {row["completed"] for row in scans(read(reader, data))} == {False}


def test_a_time_that_is_none_is_rejected_for_every_record():
    data = SPECIMENS["qualys"].data.replace(b"2026-04-02T10:14:53Z", b"who knows")
    assert [(one.place, one.column, one.value) for one in read(reader, data).rejects] == [
        (place, "scanned_at_us", "who knows") for place in (1, 2, 3, 4)
    ]


def test_entities_are_refused_and_the_type_qualys_declares_is_not_fetched():
    data = SPECIMENS["qualys"].data.replace(b'SYSTEM "https://qualysapi.qualys.com/scan-1.dtd"', b'[<!ENTITY a "b">]')
    (reject,) = read(reader, data).rejects
    assert "DOCTYPE" in reject.why.en


def test_results_are_not_shown_and_the_host_is():
    shown = reader.excerpt(BytesIO(SPECIMENS["qualys"].data), 2, None)
    assert "hunter2hunter2" not in shown
    assert "srv7.broker.example" in shown
    with pytest.raises(Unreadable, match="there is no record 9"):
        reader.excerpt(BytesIO(SPECIMENS["qualys"].data), 9, None)


@pytest.mark.parametrize("data", [b"<SCAN/>", b"<scan value='1'/>", b"<ASSETS/>"])
def test_other_xml_is_not_its_own(data):
    assert reader.recognise(Head("a.xml", data, whole=True)) is None


@pytest.mark.parametrize("number", [0, 1])
def test_the_real_scans_are_read_value_by_value(number):
    path = f"qualys_infrascan_webgui/qualys_infrascan_webgui_{number}.xml"
    reading = loaded(reader, path)
    root = etree.fromstring(sample(path).read_bytes(), etree.XMLParser(resolve_entities=False, no_network=True))
    stated = root.findall(".//VULN")
    assert {len(weaknesses(reading))} == grouped(path) == {len(stated)}
    assert [(row["finding_id"], row["title"], row["cve"].split()) for row in weaknesses(reading)] == [
        (one.get("number"), one.findtext("TITLE"), sorted(one.get("cveid").split(","))) for one in stated
    ]
    assert [(row["host"], row["address"], row["completed"]) for row in scans(reading)] == [
        ("host1.example.com", "10.1.10.1", True)
    ]


def test_a_real_asset_report_without_hosts_is_read_whole():
    reading = loaded(reader, "qualys/empty.xml")
    assert (reading.units, reading.rejects) == (0, [])


def test_a_real_web_report_is_read_value_by_value():
    path = "qualys_webapp/discussion_10239.xml"
    reading = loaded(reader, path)
    (row,) = weaknesses(reading)
    assert {1} == grouped(path)
    assert (
        row["finding_id"],
        row["title"],
        row["severity"],
        row["host"],
        row["port"],
        row["component"],
        row["found_at_us"],
    ) == (
        "150085",
        "Slow HTTP POST vulnerability",
        "medium",
        "example.com",
        443,
        "https://example.com/vulnerable-path",
        1_715_672_100_000_000,
    )
    assert scans(reading)[0]["kind"] == "web"
