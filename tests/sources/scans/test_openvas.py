"""OpenVAS and Greenbone reports: results, hosts with and without them, and documents that mean harm."""

import csv
import json
from collections import Counter
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chahe.sources.model import Head, Unreadable
from chahe.sources.scans.openvas import reader
from reading import Reading, read, shared_data

OPENVAS = "vuln_scan/DefectDojo/openvas"
SCAN_START = "<scan_start>2026-03-02T09:00:00+08:00</scan_start>"
SCAN_END = "<scan_end>2026-03-02T02:30:00Z</scan_end>"
START_US, END_US = 1_772_413_200_000_000, 1_772_418_600_000_000


def result(
    severity: str = "<threat>Medium</threat><severity>5.9</severity>",
    *,
    host: str = "192.0.2.7",
    port: str = "443/tcp",
    oid: str = "1.3.6.1.4.1.25623.1.0.117274",
    name: str = "Weak cipher suites",
    inside: str = "",
    **also: str,
) -> str:
    extra = "".join(f"<{key}>{value}</{key}>" for key, value in also.items())
    return (
        f'<result id="r"><name>{name}</name><host>{host}<asset asset_id="a"/><hostname>srv7</hostname></host>'
        f'<port>{port}</port><nvt oid="{oid}"><name>{name}</name>{inside}</nvt>{severity}{extra}</result>'
    )


def listed(ip: str, start: str = "2026-03-02T01:05:00Z", end: str = "2026-03-02T01:40:00Z") -> str:
    return f"<host><ip>{ip}</ip><asset asset_id=''/><start>{start}</start><end>{end}</end></host>"


def inner(*results: str, hosts: str = "", start: str = SCAN_START, end: str = SCAN_END, status: str = "Done") -> str:
    return (
        f'<report id="inner"><gmp><version>22.6</version></gmp><scan_run_status>{status}</scan_run_status>{start}'
        f"<ports><port>443/tcp<host>198.51.100.1</host></port></ports><results>{''.join(results)}</results>"
        f"{hosts}<errors><error><host>198.51.100.2</host></error></errors>{end}</report>"
    )


def report(*results: str, **parts: str) -> bytes:
    return f'<report id="outer"><name>export</name>{inner(*results, **parts)}</report>'.encode()


def weaknesses(reading: Reading) -> list[dict[str, object]]:
    return reading.rows.get("vulnerabilities", [])


def scans(reading: Reading) -> list[dict[str, object]]:
    return reading.rows.get("vulnerability_scans", [])


def test_results_and_hosts_are_units_in_document_order():
    inside = "<cvss_base>5.9</cvss_base><refs><ref type='cve' id='CVE-2015-2808'/><ref type='cve' id='CVE-2013-2566'/></refs>"
    reading = read(reader, report(result(inside=inside), hosts=listed("192.0.2.7")))
    assert weaknesses(reading) == [
        {
            "place": 1,
            "scan_id": "inner",
            "scanner": "openvas",
            "host": "192.0.2.7",
            "address": "192.0.2.7",
            "port": 443,
            "protocol": "tcp",
            "finding_id": "1.3.6.1.4.1.25623.1.0.117274",
            "cve": "CVE-2013-2566 CVE-2015-2808",
            "title": "Weak cipher suites",
            "severity": "medium",
            "cvss": Decimal("5.9"),
            "default_credential": False,
            "found_at_us": START_US,
        }
    ]
    assert scans(reading) == [
        {
            "place": 2,
            "scan_id": "inner",
            "scanner": "openvas",
            "host": "192.0.2.7",
            "address": "192.0.2.7",
            "scanned_at_us": 1_772_415_600_000_000,
            "completed": True,
            "kind": "host",
        }
    ]
    assert (reading.units, reading.rejects) == (2, [])


def test_a_clean_host_counts_as_scanned_and_hosts_of_ports_and_errors_do_not():
    reading = read(reader, report(hosts=listed("192.0.2.7") + listed("192.0.2.8")))
    assert [row["host"] for row in scans(reading)] == ["192.0.2.7", "192.0.2.8"]


def test_hosts_that_only_results_name_follow_as_one_unit():
    results = (result(), result(host="192.0.2.9"), result(host="192.0.2.8"), result(host="192.0.2.9"))
    reading = read(reader, report(*results, hosts=listed("192.0.2.7")))
    assert [(row["place"], row["host"]) for row in scans(reading)] == [
        (5, "192.0.2.7"),
        (6, "192.0.2.9"),
        (6, "192.0.2.8"),
    ]
    assert [row["scanned_at_us"] for row in scans(reading)[1:]] == [END_US, END_US]
    assert reading.units == 6


@pytest.mark.parametrize(
    ("status", "end", "completed", "scanned_at_us"),
    [
        ("Done", SCAN_END, True, END_US),
        ("Stopped", SCAN_END, False, START_US),
        ("Done", "<scan_end/>", False, START_US),
    ],
)
def test_an_unlisted_host_is_as_done_as_its_scan(status, end, completed, scanned_at_us):
    (row,) = scans(read(reader, report(result(), status=status, end=end)))
    assert (row["completed"], row["scanned_at_us"]) == (completed, scanned_at_us)


def test_a_listed_host_without_end_is_not_completed():
    (row,) = scans(read(reader, report(hosts=listed("192.0.2.7", end=""))))
    assert (row["completed"], row["scanned_at_us"]) == (False, 1_772_413_500_000_000)


def test_each_report_of_a_response_is_a_scan_of_its_own():
    first, second = (inner(result(), hosts=listed("192.0.2.7")).replace("inner", name) for name in ("one", "two"))
    data = f'<get_reports_response status="200"><report id="a">{first}</report><report>{second}</report></get_reports_response>'
    reading = read(reader, data.encode())
    assert [row["scan_id"] for row in weaknesses(reading)] == ["one", "two"]
    assert [row["scan_id"] for row in scans(reading)] == ["one", "two"]


def test_a_report_without_an_outer_one_is_read():
    assert [row["scan_id"] for row in weaknesses(read(reader, inner(result()).encode()))] == ["inner"]


def test_a_report_without_an_id_takes_the_outer_ones():
    data = report(result()).replace(b' id="inner"', b"")
    assert weaknesses(read(reader, data))[0]["scan_id"] == "outer"


def test_a_report_with_no_id_asks_for_a_number():
    data = report(result()).replace(b' id="inner"', b"").replace(b' id="outer"', b"")
    assert {row["scan_id"] for row in weaknesses(read(reader, data))} == {"openvas 2026-11-22T04:00:00Z"}
    assert {row["scan_id"] for row in weaknesses(read(reader, data, scan_id="2026-Q1"))} == {"2026-Q1"}


@pytest.mark.parametrize(("word", "outcome"), [("yes", "passed"), ("no", "failed"), ("incomplete", "error")])
def test_results_of_an_audit_are_configuration_checks(word, outcome):
    said = "Compliant:      NO\nActual Value:   yes\nSet Point:      no\nType of Test:   SSH"
    reading = read(reader, report(result(description=said, compliance=word, inside="<family>Policy</family>")))
    assert weaknesses(reading) == []
    (check,) = reading.rows["configuration_checks"]
    assert (check["result"], check["policy_value"], check["actual_value"]) == (outcome, "no", "yes")
    assert (check["host"], check["policy"], check["checked_at_us"]) == ("192.0.2.7", "Policy", START_US)
    assert [row["host"] for row in scans(reading)] == ["192.0.2.7"]


def test_a_result_that_no_audit_judged_is_a_weakness():
    assert weaknesses(read(reader, report(result(compliance="undefined"))))[0]["severity"] == "medium"


def test_declared_hosts_that_the_report_does_not_name_count_as_scanned():
    reading = read(reader, report(result()), scope="192.0.2.7,192.0.2.8")
    assert [(row["host"], row["completed"]) for row in scans(reading)] == [("192.0.2.7", True), ("192.0.2.8", True)]


def test_settings_name_the_scan_and_say_where_it_was_run_from():
    reading = read(reader, report(result()), scan_id="2026-Q1", from_outside="yes")
    assert (scans(reading)[0]["scan_id"], scans(reading)[0]["from_outside"]) == ("2026-Q1", True)


@pytest.mark.parametrize(
    ("written", "severity"),
    [
        ("<threat>High</threat><severity>10.0</severity>", "critical"),
        ("<threat>High</threat><severity>9.0</severity>", "critical"),
        ("<threat>High</threat><severity>8.9</severity>", "high"),
        ("<threat>High</threat><severity>7.0</severity>", "high"),
        ("<threat>Medium</threat><severity>6.9</severity>", "medium"),
        ("<threat>Medium</threat><severity>4.0</severity>", "medium"),
        ("<threat>Low</threat><severity>3.9</severity>", "low"),
        ("<threat>Low</threat><severity>0.1</severity>", "low"),
        ("<threat>Log</threat><severity>0.0</severity>", "info"),
        ("<threat>Log</threat><severity/>", "info"),
        ("<threat>High</threat>", "high"),
        ("<threat>Critical</threat>", "critical"),
        ("<threat>Log</threat><severity>0.0</severity><original_severity>7.5</original_severity>", "high"),
        (
            "<threat>False Positive</threat><severity>-1.0</severity><original_severity>5.0</original_severity>",
            "medium",
        ),
    ],
)
def test_the_number_decides_the_severity_and_an_override_cannot_lower_it(written, severity):
    assert weaknesses(read(reader, report(result(written))))[0]["severity"] == severity


@pytest.mark.parametrize(
    "written",
    ["<threat>False Positive</threat><severity>-1.0</severity>", "<threat>Error</threat>", "<threat>Debug</threat>"],
)
def test_what_is_no_weakness_is_skipped_and_its_host_still_counts(written):
    reading = read(reader, report(result(written)))
    assert weaknesses(reading) == []
    assert len(reading.skips) == 1
    assert [row["host"] for row in scans(reading)] == ["192.0.2.7"]


@pytest.mark.parametrize(
    ("port", "expected"),
    [
        ("443/tcp", (443, "tcp")),
        ("https (443/tcp)", (443, "tcp")),
        ("53/udp", (53, "udp")),
        ("general/tcp", (0, "tcp")),
        ("general/CPE-T", (0, None)),
        ("general/Host_Details", (0, None)),
        ("package", (0, None)),
        ("", (0, None)),
    ],
)
def test_a_port_is_a_number_or_the_whole_host(port, expected):
    (row,) = weaknesses(read(reader, report(result(port=port))))
    assert (row["port"], row.get("protocol")) == expected


@pytest.mark.parametrize(
    ("name", "family", "expected"),
    [
        ("SSH Brute Force Logins With Default Credentials Reporting", "Default Accounts", True),
        ("Report default community names of the SNMP Agent", "SNMP", True),
        ("Tested account", "Default Accounts", True),
        ("SSL/TLS: Certificate Expired", "SSL and TLS", False),
    ],
)
def test_default_credentials_are_known_by_family_and_name(name, family, expected):
    inside = f"<family>{family}</family>"
    assert weaknesses(read(reader, report(result(name=name, inside=inside))))[0]["default_credential"] is expected


def test_a_weakness_is_dated_by_its_scan_and_else_by_itself():
    created = "2026-03-05T00:00:00Z"
    dated = weaknesses(read(reader, report(result(creation_time=created))))[0]
    undated = weaknesses(read(reader, report(result(creation_time=created), start="<scan_start/>")))[0]
    assert (dated["found_at_us"], undated["found_at_us"]) == (START_US, 1_772_668_800_000_000)


def test_a_check_by_cve_alone_names_the_cve():
    assert weaknesses(read(reader, report(result(oid="CVE-2024-6387"))))[0]["cve"] == "CVE-2024-6387"


@pytest.mark.parametrize(
    ("broken", "column", "value"),
    [
        (result(host=""), "host", None),
        (result(oid=""), "finding_id", None),
        (result(port="tcp-443"), "port", "tcp-443"),
        (result(port="70000/tcp"), "port", "70000/tcp"),
        (result("<severity>high</severity>"), "severity", "high"),
        (result("<severity>98.0</severity>"), "severity", "98.0"),
        (result("<threat>Grave</threat>"), "severity", "Grave"),
        (result(inside="<cvss_base>12</cvss_base>"), "cvss", "12"),
    ],
)
def test_a_result_with_a_value_that_cannot_be_is_rejected_alone(broken, column, value):
    reading = read(reader, report(broken, result()))
    (reject,) = reading.rejects
    assert (reject.place, reject.column, reject.value) == (1, column, value)
    assert [row["place"] for row in weaknesses(reading)] == [2]


def test_times_that_cannot_be_read_reject_what_they_date():
    reading = read(
        reader, report(result(), hosts=listed("192.0.2.8", end="soon"), start="<scan_start>today</scan_start>")
    )
    assert [(reject.place, reject.column, reject.value) for reject in reading.rejects] == [
        (1, "found_at_us", "today"),
        (2, "scanned_at_us", "soon"),
        (3, "scanned_at_us", "today"),
    ]


@pytest.mark.parametrize(
    "prolog",
    ['<!DOCTYPE r [<!ENTITY a "xx"><!ENTITY b "&a;&a;">]>', '<!DOCTYPE r SYSTEM "http://192.0.2.1/evil.dtd">'],
)
def test_a_document_type_is_refused(prolog):
    (reject,) = read(reader, prolog.encode() + report(result(host="&b;"))).rejects
    assert reject.why.en.startswith("the XML has a document type declaration (DOCTYPE)")


def test_a_truncated_report_keeps_what_came_before_and_says_where_it_breaks():
    data = report(result(), "\n" + result(host="192.0.2.8"))
    reading = read(reader, data[: data.index(b"192.0.2.8")])
    assert [row["host"] for row in weaknesses(reading)] == ["192.0.2.7"]
    (reject,) = reading.rejects
    assert reject.place == 2
    assert "line 2, column " in reject.why.en


def test_the_record_behind_a_place_can_be_shown():
    data = report(result(), result(port="?"), hosts=listed("192.0.2.8"))
    first, second, third = (reader.excerpt(BytesIO(data), place, None) for place in (1, 2, 3))
    assert first == result().replace('<asset asset_id="a"></asset>', '<asset asset_id="a"/>')
    assert "<port>?</port>" in second
    assert third.startswith("<host><ip>192.0.2.8</ip>")
    with pytest.raises(Unreadable, match="there is no record 6 in the file"):
        reader.excerpt(BytesIO(data), 6, None)


def test_only_its_own_xml_is_recognised():
    assert reader.recognise(Head("x", report(result()), whole=True)).sureness == 97
    assert reader.recognise(Head("x", b"<report><page/></report>", whole=True)) is None
    assert reader.recognise(Head("x", b"IP,Hostname,Port\n<report><gmp>", whole=True)) is None


def test_real_reports_agree_with_the_counts():
    for path, truth in json.loads(shared_data("vuln_scan/counts.json").read_text()).items():
        if truth["type"] != "openvas":
            continue
        reading = read(reader, shared_data(*path.removeprefix("dev/").split("/")).read_bytes())
        assert reading.rejects == [], path
        assert (len(weaknesses(reading)), len(scans(reading))) == (truth["records"], truth["hosts"]), path
        # Older versions call everything from 7.0 on High; so does the truth.
        threats = Counter(
            {"critical": "High"}.get(row["severity"], row["severity"].title()) for row in weaknesses(reading)
        )
        assert threats == truth["threat"], path


def test_real_reports_agree_with_another_tools_findings():
    with shared_data("vuln_scan/DefectDojo.truth.tsv").open(newline="") as lines:
        truth = {line["file"]: line for line in csv.DictReader(lines, delimiter="\t")}
    for file in ("openvas/no_vuln.xml", "openvas/one_vuln.xml"):
        rows = weaknesses(read(reader, shared_data("vuln_scan/DefectDojo", file).read_bytes()))
        assert len(rows) == int(truth[file]["findings_after_DefectDojo_grouping"])


def test_other_exports_of_the_same_tool_are_not_taken():
    for sample in shared_data(OPENVAS).glob("*.csv"):
        assert reader.recognise(Head(sample.name, sample.read_bytes()[:65536], whole=False)) is None


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_mutated_reports_never_break_the_reader(data):
    text = report(result(), result(host="192.0.2.8"), hosts=listed("192.0.2.7"))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        piece = data.draw(st.sampled_from([b"<", b"&a;", b"</report>", b"<report>", b"\xff"]) | st.binary(max_size=4))
        text = text[:at] + piece + text[at + data.draw(st.integers(0, 9)) :]
    read(reader, text)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=3000))
def test_arbitrary_bytes_behind_the_root_never_break_the_reader(data):
    assert read(reader, b"<report><" + data).rejects
