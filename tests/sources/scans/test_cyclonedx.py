"""CycloneDX lists: components however deep, weaknesses with several ratings, JSON and XML alike, lists that name no system."""

import json
import re
from collections import Counter
from io import BytesIO

import pytest
from lxml import etree

from chahe.sources.model import Head, Unreadable
from chahe.sources.scans.cyclonedx import reader
from reading import read
from scan_samples import components, document, grouped, loaded, sample, scans, weaknesses
from specimens import SPECIMENS

LISTED_US = 1_767_511_530_000_000
IN_JSON = (
    "issue_8022",
    "issue_9277",
    "jake2",
    "log4j",
    "nested-component-log4j",
    "no-severity",
    "valid-vulnerability-1.4",
)
IN_XML = (
    "cyclonedx_bom",
    "dd_1_15_0",
    "grype",
    "grype_dd_1_14_1",
    "jake",
    "log4j",
    "multiple_cwes_fabricated",
    "retirejs.latest",
    "spec1",
    "spec1_lowfirst",
    "valid-vulnerability-1.4",
)


def bill(*ratings: dict[str, object], **also: object) -> bytes:
    weakness = {"id": "CVE-2026-0001", "ratings": ratings, **also}
    return json.dumps({"bomFormat": "CycloneDX", "serialNumber": "urn:uuid:1", "vulnerabilities": [weakness]}).encode()


def in_xml(inside: str, root: str = "") -> bytes:
    return (
        f'<bom xmlns="http://cyclonedx.org/schema/bom/1.2" xmlns:v="http://cyclonedx.org/schema/ext/vulnerability/1.0" {root}>'
        f"{inside}</bom>"
    ).encode()


METADATA = (
    "<metadata><timestamp>2026-01-04T15:25:30+08:00</timestamp><tools><tool><name>syft</name></tool></tools>"
    '<component type="container"><name>quote-gw:1.4</name></component></metadata>'
)
COMPONENT = (
    '<component type="library" bom-ref="a"><group>org.example</group><name>parser</name><version>2.1</version>'
    "<licenses><license><id>MIT</id></license><expression>Apache-2.0 OR BSD-2-Clause</expression></licenses>"
    "<purl>pkg:maven/org.example/parser@2.1</purl>%s</component>"
)
INNER = '<components><component type="library" bom-ref="b"><name>clock</name><version>0.3</version></component></components>'
RATED = (
    "<vulnerabilities><vulnerability><id>CVE-2026-0001</id><ratings><rating><severity>low</severity><method>OWASP</method></rating>"
    "<rating><score>7.5</score><method>CVSSv31</method></rating></ratings><description>The parser stops</description>"
    "<affects><target><ref>a</ref></target><target><ref>b</ref></target></affects></vulnerability></vulnerabilities>"
)


def without_places(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    return sorted(({**row, "place": 0} for row in rows), key=str)


def test_the_list_each_component_and_each_weakness_are_units():
    reading = read(reader, SPECIMENS["cyclonedx"].data)
    assert reading.skips == []
    assert components(reading) == [
        {
            "place": 2,
            "system": "quote-gw:1.4",
            "component": "org.example/parser",
            "version": "2.1",
            "purl": "pkg:maven/org.example/parser@2.1",
            "type": "library",
            "licence": "MIT, Apache-2.0 OR BSD-2-Clause",
            "lister": "syft",
            "listed_at_us": LISTED_US,
        },
        {
            "place": 3,
            "system": "quote-gw:1.4",
            "component": "clock",
            "version": "0.3",
            "type": "library",
            "lister": "syft",
            "listed_at_us": LISTED_US,
        },
    ]
    assert scans(reading) == [
        {
            "place": 1,
            "scan_id": "quote-gw:1.4 2026-01-04T07:25:30Z",
            "scanner": "syft",
            "host": "quote-gw:1.4",
            "scanned_at_us": LISTED_US,
            "kind": "components",
        }
    ]
    assert [(row["place"], row["component"], row["severity"], str(row["cvss"])) for row in weaknesses(reading)] == [
        (4, "org.example/parser@2.1", "high", "7.5"),
        (4, "clock@0.3", "high", "7.5"),
    ]


def test_xml_says_the_same_as_json():
    data = in_xml(METADATA + "<components>" + COMPONENT % INNER + "</components>" + RATED)
    reading, same = read(reader, data), read(reader, SPECIMENS["cyclonedx"].data)
    assert without_places(components(reading)) == without_places(components(same))
    assert without_places(weaknesses(reading)) == without_places(weaknesses(same))
    assert without_places(scans(reading)) == without_places(scans(same))


def test_a_component_longer_than_one_reading_of_the_file_is_whole():
    many = "".join(f"<property name='p{nth}'>{'v' * 60}</property>" for nth in range(5000))
    inside = f"<component><name>long</name><version>1</version><properties>{many}</properties></component>"
    data = in_xml(f"{METADATA}<components>{inside * 3}</components>")

    assert [row["component"] for row in components(read(reader, data))] == ["long"] * 3


def test_a_weakness_within_its_component_affects_that():
    inside = "<v:vulnerabilities><v:vulnerability><v:id>CVE-2026-0002</v:id></v:vulnerability></v:vulnerabilities>"
    (row,) = weaknesses(read(reader, in_xml(METADATA + "<components>" + COMPONENT % inside + "</components>")))
    assert (row["component"], row["severity"], row["cve"]) == ("org.example/parser@2.1", "unknown", "CVE-2026-0002")


@pytest.mark.parametrize(
    ("ratings", "severity", "score"),
    [
        ([], "unknown", "None"),
        ([{"severity": "unknown"}], "unknown", "None"),
        ([{"severity": "none"}], "info", "None"),
        ([{"severity": "low"}, {"severity": "critical"}], "critical", "None"),
        ([{"score": 9.8, "method": "CVSSv31"}], "critical", "9.8"),
        ([{"severity": "low", "score": 9.8, "method": "CVSSv31"}], "low", "9.8"),
        ([{"severity": "unknown", "score": 0, "method": "CVSSv2"}], "unknown", "None"),
        ([{"vector": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "method": "CVSSv31"}], "critical", "9.8"),
        ([{"severity": "high", "score": 50, "method": "OWASP"}], "high", "None"),
        ([{"score": 5.0, "method": "CVSSv2"}, {"score": 7.1, "method": "CVSSv3"}], "high", "7.1"),
    ],
)
def test_the_gravest_rating_counts_by_its_word_or_else_its_score(ratings, severity, score):
    (row,) = weaknesses(read(reader, bill(*ratings)))
    assert (row["severity"], str(row.get("cvss"))) == (severity, score)


def test_a_rating_nobody_knows_is_rejected():
    (reject,) = read(reader, bill({"severity": "spicy"})).rejects
    assert (reject.place, reject.column, reject.value) == (2, "severity", "spicy")


def test_an_analysis_makes_no_weakness_smaller():
    reading = read(reader, bill({"severity": "high"}, analysis={"state": "false_positive"}))
    assert weaknesses(reading)[0]["severity"] == "high"


def test_a_list_of_no_system_asks_whose_it_is():
    data = b'{"bomFormat": "CycloneDX", "components": [{"name": "a"}]}'
    assert [(one.place, one.column, "host" in one.why.zh) for one in read(reader, data).rejects] == [
        (1, "host", True),
        (2, "host", True),
    ]
    assert components(read(reader, data, host="quote-gw"))[0]["system"] == "quote-gw"


@pytest.mark.parametrize(
    ("data", "scanned"),
    [
        (b'{"bomFormat": "CycloneDX", "serialNumber": "u", "vulnerabilities": []}', ["u"]),
        (b'{"bomFormat": "CycloneDX", "serialNumber": "u", "components": []}', []),
        (in_xml("<components/><vulnerabilities/>", 'serialNumber="u"'), ["u"]),
        (in_xml("<components><component><name>a</name></component></components>", 'serialNumber="u"'), []),
    ],
)
def test_a_list_with_an_empty_list_of_weaknesses_is_a_scan_that_found_none(data, scanned):
    reading = read(reader, data)
    assert [row["host"] for row in scans(reading)] == scanned
    assert len(reading.skips) == (not scanned)


def test_a_component_without_a_name_is_rejected():
    (reject,) = read(
        reader, b'{"bomFormat": "CycloneDX", "serialNumber": "u", "components": [{"version": "1"}]}'
    ).rejects
    assert (reject.place, reject.column) == (2, "component")


def test_a_document_type_is_refused():
    (reject,) = read(reader, b"<!DOCTYPE bom>" + in_xml("")).rejects
    assert "DOCTYPE" in reject.why.en


def test_properties_are_not_shown():
    shown = reader.excerpt(BytesIO(SPECIMENS["cyclonedx"].data), 2, None)
    assert "hunter2hunter2" not in shown
    assert "parser" in shown
    with pytest.raises(Unreadable, match="there is no record 9"):
        reader.excerpt(BytesIO(SPECIMENS["cyclonedx"].data), 9, None)


@pytest.mark.parametrize("data", [b"<bom/>", b'{"bomFormat": "other"}'])
def test_other_files_are_not_its_own(data):
    assert reader.recognise(Head("a", data, whole=True)) is None


def flat(parts: list[dict[str, object]]) -> list[dict[str, object]]:
    return [one for part in parts for one in (part, *flat(part.get("components", [])))]  # type: ignore[arg-type]


@pytest.mark.parametrize("name", IN_JSON)
def test_the_real_lists_in_json_are_read_value_by_value(name):
    path = f"cyclonedx/{name}.json"
    reading, said = loaded(reader, path, host="system"), document(path)
    listed = flat(said.get("components", []))
    named = {one.get("bom-ref"): f"{one['name']}" for one in listed}
    assert reading.rejects == []
    assert [
        (row["component"].rpartition("/")[2], row.get("version"), row.get("purl")) for row in components(reading)
    ] == [(one["name"].rpartition("/")[2], one.get("version"), one.get("purl")) for one in listed]
    stated = [(one["id"], ref) for one in said["vulnerabilities"] for ref in one["affects"]]
    assert [row["finding_id"] for row in weaknesses(reading)] == [number for number, _ in stated]
    assert all(
        named.get(ref["ref"], ref["ref"]) in row["component"]
        for row, (_, ref) in zip(weaknesses(reading), stated, strict=True)
    )
    assert not grouped(path) or grouped(path) == {len(stated)}


@pytest.mark.parametrize("name", IN_XML)
def test_the_real_lists_in_xml_are_read_value_by_value(name):
    path = f"cyclonedx/{name}.xml"
    reading = loaded(reader, path, host="system")
    root = etree.fromstring(sample(path).read_bytes())
    listed = root.findall("{*}components//{*}component")
    stated = root.findall(".//{*}vulnerability")
    assert reading.rejects == []
    assert Counter((row["component"].rpartition("/")[2], row.get("version")) for row in components(reading)) == Counter(
        ((one.findtext("{*}name") or "").rpartition("/")[2], one.findtext("{*}version")) for one in listed
    )
    assert Counter(row["finding_id"] for row in weaknesses(reading)) == Counter(one.findtext("{*}id") for one in stated)
    assert not grouped(path) or grouped(path) == {len(stated)}
    words = [sorted(word.text.lower() for word in one.findall("{*}ratings/{*}rating/{*}severity")) for one in stated]
    for row, one in zip(weaknesses(reading), words, strict=True):
        assert not one or row["severity"] in one or re.fullmatch("none|negligible", one[0])
