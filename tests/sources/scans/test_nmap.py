"""Nmap reports: hosts up and down, weaknesses that scripts state, ports that are none, and documents that mean harm."""

from io import BytesIO

import pytest

from chahe.sources.model import Head, Unreadable
from chahe.sources.scans.nmap import reader
from reading import read
from scan_samples import counts, grouped, loaded, scans, weaknesses
from specimens import SPECIMENS

END_US = 1_772_413_262_000_000
TEXT_ONLY = '<script id="vulners" output="&#xa;  cpe:/a:x:y:1: &#xa;    CVE-2019-6111  9.1  https://v&#xa;    CVE-2018-1  x&#xa;"/>'


def report(*hosts: str, args: str = "nmap -sV --script vulners", begin: str = "") -> bytes:
    return f'{begin}<nmaprun scanner="nmap" args="{args}" start="1772413200">{"".join(hosts)}</nmaprun>'.encode()


def host(inside: str = "", *, end: str = 'endtime="1772413262"', address: str = "192.0.2.1") -> str:
    return (
        f'<host starttime="1772413201" {end}><status state="up"/><address addr="{address}" addrtype="ipv4"/>'
        f"<ports>{inside}</ports></host>"
    )


def port(inside: str = "", number: str = "22") -> str:
    return f'<port protocol="tcp" portid="{number}"><state state="open"/><service name="ssh"/>{inside}</port>'


def vulnerable(state: str = "VULNERABLE", output: str = "", name: str = "http-vuln-x") -> str:
    table = f'<table key="k"><elem key="title">Bad thing</elem><elem key="state">{state}</elem></table>'
    return f'<script id="{name}" output="{output}">{table}</script>'


def test_hosts_ports_and_scripts_are_units():
    reading = read(reader, SPECIMENS["nmap"].data)
    assert scans(reading) == [
        {
            "place": 1,
            "scan_id": "nmap 2026-03-02T01:00:00Z",
            "scanner": "nmap",
            "host": "srv1.broker.example",
            "address": "192.0.2.1",
            "scanned_at_us": END_US,
            "completed": True,
            "kind": "host",
        }
    ]
    first, second = weaknesses(reading)
    assert (
        first["place"],
        first["finding_id"],
        first["cve"],
        first["severity"],
        str(first["cvss"]),
        first["port"],
    ) == (
        2,
        "CVE-2019-6111",
        "CVE-2019-6111",
        "medium",
        "5.8",
        22,
    )
    assert (
        second["place"],
        second["finding_id"],
        second["cve"],
        second["severity"],
        second["port"],
        second["title"],
    ) == (
        4,
        "smb-vuln-ms17-010",
        "CVE-2017-0143",
        "high",
        0,
        "Remote Code Execution in SMBv1",
    )
    assert [(place, why.en) for place, why in reading.skips] == [
        (3, "port 443/tcp (open, https), with no weakness stated"),
        (5, "a host that did not answer (down); it was not scanned"),
    ]


@pytest.mark.parametrize(
    ("args", "kind"),
    [
        ("nmap 192.0.2.1", "ports"),
        ("nmap -sV -sC 192.0.2.1", "ports"),
        ("nmap -sV --script vulners", "host"),
        ("nmap --script=vuln,safe", "host"),
        ("nmap --script default,vuln", "host"),
    ],
)
def test_a_run_without_scripts_for_weaknesses_is_a_scan_of_ports(args, kind):
    assert scans(read(reader, report(host(), args=args)))[0]["kind"] == kind


def test_a_host_whose_end_is_not_given_is_not_completed():
    (row,) = scans(read(reader, report(host(end=""))))
    assert (row["completed"], row["scanned_at_us"]) == (False, 1_772_413_201_000_000)
    assert scans(read(reader, report(host(end="")), scope="192.0.2.1"))[0]["completed"] is False


def test_what_masscan_writes_in_the_same_form_says_nothing_of_an_end():
    data = report(host(port()), args="").replace(b'scanner="nmap"', b'scanner="masscan"')
    (row,) = scans(read(reader, data))
    assert (row["scanner"], row["scan_id"], row["kind"], row.get("completed")) == (
        "masscan",
        "masscan 2026-03-02T01:00:00Z",
        "ports",
        None,
    )


def test_vulners_without_tables_is_read_by_its_lines():
    (row,) = weaknesses(read(reader, report(host(port(TEXT_ONLY)))))
    assert (row["finding_id"], row["severity"], row["component"]) == ("CVE-2019-6111", "critical", "vulners")


@pytest.mark.parametrize(
    ("output", "severity"),
    [
        ("", "unknown"),
        ("Risk factor: HIGH", "high"),
        ("Risk factor: High  CVSSv2: 9.3 (HIGH) (AV:N)", "critical"),
        ("CVSSv3: 5.0", "medium"),
    ],
)
def test_what_a_script_found_is_rated_by_its_risk_and_score(output, severity):
    assert weaknesses(read(reader, report(host(port(vulnerable(output=output))))))[0]["severity"] == severity


@pytest.mark.parametrize("state", ["NOT VULNERABLE", "UNKNOWN (unable to test)", ""])
def test_what_a_script_did_not_find_is_no_weakness(state):
    assert weaknesses(read(reader, report(host(port(vulnerable(state)))))) == []


def test_a_port_or_time_out_of_range_is_rejected():
    reading = read(
        reader, report(host(port(vulnerable(), number="99999")), host(end='endtime="soon"', address="192.0.2.9"))
    )
    assert [(one.place, one.column, one.value) for one in reading.rejects] == [
        (2, "port", "99999"),
        (3, "scanned_at_us", "soon"),
    ]


def test_a_document_type_without_entities_is_let_pass_and_one_with_them_refused():
    assert len(scans(read(reader, report(host(), begin="<!DOCTYPE nmaprun>")))) == 1
    (reject,) = read(reader, report(host(), begin='<!DOCTYPE nmaprun [<!ENTITY a "b">]>')).rejects
    assert "DOCTYPE" in reject.why.en
    (reject,) = read(reader, report(host(), begin='<!DOCTYPE nmaprun [<!ENTITY % a SYSTEM "http://x/"> %a;]>')).rejects
    assert "DOCTYPE" in reject.why.en


def test_what_came_before_a_break_is_kept():
    reading = read(reader, report(host(), host(address="192.0.2.2"))[:-40])
    assert len(scans(reading)) == 1
    assert "breaks off" in reading.rejects[-1].why.en


def test_a_port_is_shown_under_its_host():
    shown = reader.excerpt(BytesIO(SPECIMENS["nmap"].data), 2, None)
    assert "srv1.broker.example" in shown
    assert 'portid="22"' in shown
    assert 'portid="443"' not in shown
    with pytest.raises(Unreadable, match="there is no record 9"):
        reader.excerpt(BytesIO(SPECIMENS["nmap"].data), 9, None)


def test_other_xml_is_not_its_own():
    assert reader.recognise(Head("a.xml", b"<nmap/>", whole=True)) is None


@pytest.mark.parametrize("name", ["nmap_0port", "nmap_1port", "nmap_multiple_port"])
def test_the_real_reports_are_read(name):
    path = f"nmap/{name}.xml"
    reading, told = loaded(reader, path), counts(path)
    assert len(scans(reading)) == told["hosts"]
    assert reading.units == told["hosts"] + told["records"]
    assert {len(reading.skips)} == {told["open"]} == grouped(path)
    assert (weaknesses(reading), reading.rejects) == ([], [])
    assert scans(reading)[0]["kind"] == "ports"
    assert scans(reading)[0]["completed"] is True
