"""Nessus reports: hosts scanned, weaknesses found, and documents that mean harm."""

import csv
import json
from collections import Counter
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chahe.sources.model import Head, Unreadable
from chahe.sources.scans.nessus import reader
from reading import Reading, read, shared_data

TENABLE = "vuln_scan/DefectDojo/tenable"
START = '<tag name="HOST_START">Wed Mar 23 14:31:51 2022</tag>'
END = '<tag name="HOST_END">Wed Mar 23 15:07:52 2022</tag>'
TAIPEI_START_US, TAIPEI_END_US = 1_648_017_111_000_000, 1_648_019_272_000_000
"""The two times above, read in Asia/Taipei."""


def item(severity: object = 2, plugin: str = "65821", name: str = "RC4 suites", children: str = "", **also: str) -> str:
    attributes = {"port": "443", "protocol": "tcp", "severity": str(severity), "pluginID": plugin, "pluginName": name}
    written = "".join(f' {key}="{value}"' for key, value in (attributes | also).items())
    return f"<ReportItem{written}>{children}</ReportItem>"


def host(*items: str, name: str = "trade01", tags: str = START + END) -> str:
    properties = f"<HostProperties>{tags}</HostProperties>" if tags else ""
    return f'<ReportHost name="{name}">{properties}{"".join(items)}</ReportHost>'


def report(*hosts: str, name: str = "Quarterly scan") -> bytes:
    policy = "<Policy><policyName>Basic</policyName></Policy>"
    return (
        f'<NessusClientData_v2>{policy}<Report name="{name}">{"".join(hosts)}</Report></NessusClientData_v2>'.encode()
    )


def weaknesses(reading: Reading) -> list[dict[str, object]]:
    return reading.rows.get("vulnerabilities", [])


def test_a_host_and_its_items_are_units_in_document_order():
    data = report(host(item(), item(0, plugin="19506"), tags='<tag name="host-ip">192.0.2.10</tag>' + START + END))
    reading = read(reader, data)
    assert reading.rows["vulnerability_scans"] == [
        {
            "place": 1,
            "scan_id": "Quarterly scan 2022-03-23T06:31:51Z",
            "scanner": "nessus",
            "host": "trade01",
            "address": "192.0.2.10",
            "scanned_at_us": TAIPEI_END_US,
            "completed": True,
            "kind": "host",
        }
    ]
    assert weaknesses(reading)[0] == {
        "place": 2,
        "scan_id": "Quarterly scan 2022-03-23T06:31:51Z",
        "scanner": "nessus",
        "host": "trade01",
        "address": "192.0.2.10",
        "port": 443,
        "protocol": "tcp",
        "finding_id": "65821",
        "title": "RC4 suites",
        "severity": "medium",
        "default_credential": False,
        "found_at_us": TAIPEI_END_US,
    }
    assert [row["severity"] for row in weaknesses(reading)] == ["medium", "info"]
    assert (reading.units, reading.rejects) == (3, [])


def test_a_clean_host_counts_as_scanned():
    reading = read(reader, report(host(name="a"), host(name="b")))
    assert [row["host"] for row in reading.rows["vulnerability_scans"]] == ["a", "b"]
    assert weaknesses(reading) == []


@pytest.mark.parametrize(
    ("tags", "scanned_at_us", "completed"),
    [
        (START + END, TAIPEI_END_US, True),
        (START, TAIPEI_START_US, False),
        (START + END + '<tag name="HOST_END_TIMESTAMP">1648044472</tag>', 1_648_044_472_000_000, True),
        ('<tag name="HOST_END">2021-03-12T14:35:34.341269+00:00</tag>', 1_615_559_734_341_269, True),
        ('<tag name="HOST_START">2021-03-12T12:34:30.12031+00:00</tag>', 1_615_552_470_120_310, False),
        ("<tag name='os'>Linux</tag>", None, False),
        ("", None, False),
    ],
)
def test_a_host_is_completed_when_its_end_is_given(tags, scanned_at_us, completed):
    (row,) = read(reader, report(host(tags=tags))).rows["vulnerability_scans"]
    assert (row.get("scanned_at_us"), row["completed"]) == (scanned_at_us, completed)


def test_every_host_of_a_report_belongs_to_the_scan_that_the_first_began():
    later = '<tag name="HOST_START">Wed Mar 23 18:00:00 2022</tag>'
    reading = read(reader, report(host(item(), name="a"), host(item(), name="b", tags=later)))
    assert {row["scan_id"] for row in weaknesses(reading)} == {"Quarterly scan 2022-03-23T06:31:51Z"}


def test_settings_name_the_scan_and_say_where_it_was_run_from():
    reading = read(reader, report(host(item())), scan_id="2026-Q1", from_outside="yes")
    assert reading.rows["vulnerability_scans"][0]["scan_id"] == "2026-Q1"
    assert reading.rows["vulnerability_scans"][0]["from_outside"] is True
    assert weaknesses(reading)[0]["scan_id"] == "2026-Q1"
    assert read(reader, report(host()), from_outside="no").rows["vulnerability_scans"][0]["from_outside"] is False


def test_a_setting_that_is_neither_yes_nor_no_is_refused():
    (reject,) = read(reader, report(host()), from_outside="maybe").rejects
    assert (reject.place, reject.column, reject.value) == (1, "from_outside", "maybe")


def test_a_report_without_name_and_time_goes_by_when_it_was_taken():
    reading = read(reader, report(host(item(), tags=""), name=""))
    assert reading.rows["vulnerability_scans"][0]["scan_id"] == "nessus 2026-11-22T04:00:00Z"
    assert weaknesses(reading)[0]["scan_id"] == "nessus 2026-11-22T04:00:00Z"
    assert "found_at_us" not in weaknesses(reading)[0]
    assert weaknesses(read(reader, report(host(item(), tags=""), name=""), scan_id="7"))[0]["scan_id"] == "7"


def test_hosts_of_the_declared_scope_that_the_report_does_not_name_count_as_scanned():
    reading = read(reader, report(host(name="a")), scope="A, b，c", scanned_at="2026-11-20 22:00")
    assert [(row["place"], row["host"], row["completed"]) for row in reading.rows["vulnerability_scans"]] == [
        (1, "a", True),
        (2, "b", True),
        (2, "c", True),
    ]
    assert reading.rows["vulnerability_scans"][1]["scanned_at_us"] == 1_795_183_200_000_000


@pytest.mark.parametrize("given", ["soon", "2026-11-20"])
def test_a_declared_time_that_is_none_is_refused(given):
    (reject,) = read(reader, report(host()), scanned_at=given).rejects
    assert (reject.column, reject.value) == ("scanned_at", given)


def audited(result: str, actual: str = "yes") -> str:
    said = {"check-name": "5.2.8 Root sign-in is off", "check-id": "c0ffee", "result": result}
    said |= {"policy-value": "no", "actual-value": actual, "benchmark-name": "CIS Linux"}
    children = "".join(f"<cm:compliance-{name}>{value}</cm:compliance-{name}>" for name, value in said.items())
    return item(3, plugin="21157", children="<compliance>true</compliance>" + children)


def test_items_of_a_compliance_audit_are_configuration_checks():
    data = report(host(audited("FAILED"))).replace(b"<Report ", b'<Report xmlns:cm="http://www.nessus.org/cm" ')
    reading = read(reader, data)
    assert weaknesses(reading) == []
    assert reading.rows["configuration_checks"] == [
        {
            "place": 2,
            "scan_id": "Quarterly scan 2022-03-23T06:31:51Z",
            "scanner": "nessus",
            "host": "trade01",
            "check_id": "c0ffee",
            "setting": "5.2.8 Root sign-in is off",
            "policy": "CIS Linux",
            "result": "failed",
            "policy_value": "no",
            "actual_value": "yes",
            "checked_at_us": TAIPEI_END_US,
        }
    ]


@pytest.mark.parametrize(
    ("word", "result"), [("PASSED", "passed"), ("FAILED", "failed"), ("WARNING", "warning"), ("ERROR", "error")]
)
def test_the_result_of_a_check_is_the_scanners(word, result):
    data = report(host(audited(word))).replace(b"<Report ", b'<Report xmlns:cm="http://www.nessus.org/cm" ')
    assert read(reader, data).rows["configuration_checks"][0]["result"] == result


def test_a_check_shows_no_password_and_an_unknown_result_is_rejected():
    shadow = audited("FAILED", "root:$6$salt$hunter2hunter2hash:19000 password = hunter2hunter2")
    data = report(host(shadow, audited("MAYBE"))).replace(b"<Report ", b'<Report xmlns:cm="http://www.nessus.org/cm" ')
    reading = read(reader, data)
    assert reading.rows["configuration_checks"][0]["actual_value"] == "root:$6$***:19000 password = ***"
    assert [(one.place, one.column, one.value) for one in reading.rejects] == [(3, "result", "MAYBE")]


@pytest.mark.parametrize(("number", "severity"), [(0, "info"), (1, "low"), (2, "medium"), (3, "high"), (4, "critical")])
def test_the_severity_is_the_scanners(number, severity):
    assert weaknesses(read(reader, report(host(item(number)))))[0]["severity"] == severity


@pytest.mark.parametrize(
    ("children", "score"),
    [
        ("<cvss_base_score>4.3</cvss_base_score><cvss3_base_score>5.9</cvss3_base_score>", Decimal("5.9")),
        ("<cvss_base_score>10.0</cvss_base_score>", Decimal("10.0")),
        ("<cvss>7.5</cvss><cvssv3>7.1</cvssv3>", Decimal("7.1")),
        ("<cvss3_base_score/>", None),
    ],
)
def test_the_score_is_the_newest_base_score(children, score):
    assert weaknesses(read(reader, report(host(item(children=children)))))[0].get("cvss") == score


def test_cves_are_sorted_and_each_named_once():
    children = "<cve>CVE-2015-2808</cve><cve>CVE-2013-2566</cve><cve>CVE-2015-2808</cve>"
    assert weaknesses(read(reader, report(host(item(children=children)))))[0]["cve"] == "CVE-2013-2566 CVE-2015-2808"


@pytest.mark.parametrize(
    ("name", "family", "severity", "expected"),
    [
        ("SNMP Agent Default Community Name (public)", "SNMP", 3, True),
        ("Default Password (root) for 'root' Account", "Default Unix Accounts", 4, True),
        ("Account 'backdoor' Exists", "Default Unix Accounts", 4, True),
        ("MySQL Unpassworded Account Check", "Databases", 3, True),
        ("Microsoft SQL Server sa Account Default Blank Password", "Databases", 4, True),
        ("VNC Server 'password' Password", "Gain a shell remotely", 4, True),
        ("Apache Tomcat Manager Common Administrative Credentials", "Web Servers", 3, True),
        ("Default Password Policy of the Domain", "Windows", 2, False),
        ("SSL Certificate Cannot Be Trusted", "General", 2, False),
        ("Default Password (root) for 'root' Account", "Default Unix Accounts", 0, False),
    ],
)
def test_default_credentials_are_known_by_family_and_name(name, family, severity, expected):
    (row,) = weaknesses(read(reader, report(host(item(severity, name=name, pluginFamily=family)))))
    assert row["default_credential"] is expected


@pytest.mark.parametrize(
    ("broken", "column", "value"),
    [
        (item(7), "severity", "7"),
        (item(plugin=" "), "finding_id", None),
        (item(port="70000"), "port", "70000"),
        (item(port="-1"), "port", "-1"),
        (item(children="<cvss3_base_score>11</cvss3_base_score>"), "cvss", "11"),
        (item(children="<cvss_base_score>NaN</cvss_base_score>"), "cvss", "NaN"),
    ],
)
def test_an_item_with_a_value_that_cannot_be_is_rejected_alone(broken, column, value):
    reading = read(reader, report(host(broken, item())))
    (reject,) = reading.rejects
    assert (reject.place, reject.column, reject.value) == (2, column, value)
    assert [row["place"] for row in weaknesses(reading)] == [3]


@pytest.mark.parametrize("written", ["31/03/2022 14:31", "Wed Foo 23 14:31:51 2022", "Wed Mar 32 14:31:51 2022"])
def test_a_host_whose_time_cannot_be_read_is_rejected_with_what_was_found_on_it(written):
    reading = read(reader, report(host(item(), tags=f'<tag name="HOST_END">{written}</tag>'), host(item(), name="b")))
    assert [(reject.place, reject.column, reject.value) for reject in reading.rejects] == [
        (1, "scanned_at_us", written),
        (2, "scanned_at_us", written),
    ]
    assert [row["host"] for row in weaknesses(reading)] == ["b"]


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE r [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 if n else str()};" * 10}">' for n in range(9))
        + "]>",
        f'<!DOCTYPE r [<!ENTITY a "{"x" * 50000}">]>',
        '<!DOCTYPE r SYSTEM "file:///etc/hostname">',
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE r [<!ENTITY % x SYSTEM "http://192.0.2.1/evil.dtd"> %x;]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_bombs_and_outside_entities_are_refused(prolog, encoding):
    attack = report(host(item(name="&a;&b;&x;", children="<cve>&a;&a8;&x;</cve>"))).decode()
    (reject,) = read(reader, f"{prolog}{attack}".encode(encoding)).rejects
    assert reject.why.zh.startswith("XML 檔帶有文件類型宣告（DOCTYPE）")


def test_a_bomb_in_an_attribute_of_the_root_is_refused():
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    data = f'<!DOCTYPE r [<!ENTITY a0 "aaaaaaaaaa">{levels}]><NessusClientData_v2 x="&a8;"/>'
    assert read(reader, data.encode()).rejects[0].why.en.startswith("the XML has a document type declaration")


def test_a_declaration_so_long_that_no_root_is_seen_is_refused():
    data = f'<!DOCTYPE r [<!ENTITY a "{"x" * 70000}">]>'.encode() + report(host())
    assert read(reader, data).rejects[0].why.en.startswith("the XML has a document type declaration")


def test_comments_so_long_that_no_root_is_seen_are_refused():
    data = b"<!--" + b"x" * 70000 + b"-->" + report(host())
    assert read(reader, data).rejects[0].why.en.startswith("there is no root element in the first 65536 bytes")


def test_a_truncated_report_keeps_what_came_before_and_says_where_it_breaks():
    data = report("\n" + host(item(plugin="1"), item(plugin="2"), "\n" + item(plugin="3")))
    cut = data[: data.index(b'"3"') + 1]
    reading = read(reader, cut)
    assert [row["finding_id"] for row in weaknesses(reading)] == ["1", "2"]
    (reject,) = reading.rejects
    assert reject.place == 4
    assert "line 3, column " in reject.why.en


def test_another_document_is_refused_by_its_root():
    (reject,) = read(reader, b"<report><results/></report>").rejects
    assert reject.why.en.startswith("the root element of the XML is <report>, not <NessusClientData_v2>")


def test_the_record_behind_a_place_can_be_shown():
    data = report(host(item(plugin="1"), item(7, plugin="2"), tags=START))
    whose, *shown = zip(*(reader.excerpt(BytesIO(data), place, None).split("\n") for place in (1, 2, 3)), strict=True)
    assert shown == [
        (
            f"<HostProperties>{START}</HostProperties>",
            item(plugin="1").replace("></ReportItem>", "/>"),
            item(7, plugin="2").replace("></ReportItem>", "/>"),
        )
    ]
    assert set(whose) == {'<ReportHost name="trade01">'}
    with pytest.raises(Unreadable, match="there is no record 5 in the file"):
        reader.excerpt(BytesIO(data), 5, None)


def test_only_its_own_xml_is_recognised():
    assert reader.recognise(Head("x", b"\xef\xbb\xbf<?xml version='1.0'?>\n<NessusClientData_v2>", whole=True)).sureness
    assert reader.recognise(Head("x.csv", b"Plugin ID,CVE,CVSS\n1,,<NessusClientData_v2>", whole=True)) is None


def test_real_reports_agree_with_the_counts():
    for path, truth in json.loads(shared_data("vuln_scan/counts.json").read_text()).items():
        if truth["type"] != "nessus_v2":
            continue
        data = shared_data(*path.removeprefix("dev/").split("/")).read_bytes()
        reading = read(reader, data)
        rows = weaknesses(reading)
        numbers = {"info": "0", "low": "1", "medium": "2", "high": "3", "critical": "4"}
        assert reading.rejects == [], path
        assert (len(reading.rows["vulnerability_scans"]), len(rows)) == (truth["hosts"], truth["records"])
        assert Counter(numbers[row["severity"]] for row in rows) == truth["severity"]
        assert len({row["finding_id"] for row in rows}) == truth["plugins"]
        assert len({cve for row in rows for cve in row.get("cve", "").split()}) == truth["cves"]


def test_real_reports_agree_with_another_tools_grouping():
    """DefectDojo groups the items of a report by title and severity; so many groups it found."""
    with shared_data("vuln_scan/DefectDojo.truth.tsv").open(newline="") as lines:
        truth = {line["file"]: line for line in csv.DictReader(lines, delimiter="\t")}
    for file, line in truth.items():
        if file.startswith("tenable/nessus") and file.endswith((".xml", ".nessus")):
            rows = weaknesses(read(reader, shared_data("vuln_scan/DefectDojo", file).read_bytes()))
            groups = {(row["severity"], row["title"]) for row in rows}
            assert len(groups) == int(line["findings_after_DefectDojo_grouping"]), file


def test_other_exports_of_the_same_tools_are_not_taken():
    for sample in shared_data(TENABLE).rglob("*.csv"):
        assert reader.recognise(Head(sample.name, sample.read_bytes()[:65536], whole=False)) is None


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_mutated_reports_never_break_the_reader(data):
    text = report(host(item(), item()), host(item(), name="b"))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        piece = data.draw(
            st.sampled_from([b"<", b"&a;", b"</ReportHost>", b'"', b"\xff", b":"]) | st.binary(max_size=4)
        )
        text = text[:at] + piece + text[at + data.draw(st.integers(0, 9)) :]
    read(reader, text)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=3000))
def test_arbitrary_bytes_behind_the_root_never_break_the_reader(data):
    reading = read(reader, b"<NessusClientData_v2>" + data)
    assert reading.rejects
