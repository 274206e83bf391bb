"""Grype reports: the source that stands last, matches and their components, ratings that are none."""

import json
from collections import Counter

import pytest

from chahe.sources.model import Head
from chahe.sources.scans.grype import reader
from reading import read, shared_data
from scan_samples import components, counts, document, grouped, loaded, scans, weaknesses
from specimens import SPECIMENS

SAMPLES = (
    "check_all_fields",
    "check_all_fields_different_ids_fabricated",
    "check_all_fields_no_ids_fabricated",
    "check_all_fields_with_ids_fabricated",
    "many_vulns3",
    "many_vulns4",
    "many_vulns_with_epss_values",
    "no_vuln",
    "same_cve_different_paths",
)
STATED = {"negligible": "low"}


def match(severity: object = "High", related: tuple[dict[str, object], ...] = (), **also: object) -> dict[str, object]:
    stated = {"id": "GHSA-1", "severity": severity, **also}
    return {
        "vulnerability": stated,
        "relatedVulnerabilities": related,
        "artifact": {"name": "apt", "version": "2", "type": "deb"},
    }


def report(*matches: dict[str, object], target: object = None, **also: object) -> bytes:
    source = {"type": "image", "target": {"userInput": "gw:1"} if target is None else target}
    return json.dumps({"matches": matches, "source": source, "descriptor": {"name": "grype"}, **also}).encode()


def test_the_source_is_the_first_unit_though_it_stands_last():
    reading = read(reader, SPECIMENS["grype"].data)
    at_us = 1_781_869_415_523_947
    assert scans(reading) == [
        {
            "place": 1,
            "scan_id": "quote-gw:1.4 2026-06-19T11:43:35Z",
            "scanner": "grype",
            "host": "quote-gw:1.4",
            "scanned_at_us": at_us,
            "completed": True,
            "kind": "components",
        }
    ]
    (row,) = weaknesses(reading)
    assert str(row.pop("cvss")) == "3.7"
    assert row == {
        "place": 2,
        "scan_id": "quote-gw:1.4 2026-06-19T11:43:35Z",
        "scanner": "grype",
        "host": "quote-gw:1.4",
        "port": 0,
        "finding_id": "CVE-2026-0001",
        "cve": "CVE-2026-0001",
        "title": "apt takes the key of another",
        "component": "apt@2.6.1",
        "severity": "low",
        "default_credential": False,
        "found_at_us": at_us,
    }
    assert [(row["component"], row["licence"], row["listed_at_us"]) for row in components(reading)] == [
        ("apt", "GPL-2", at_us)
    ]


@pytest.mark.parametrize(
    ("written", "severity"),
    [("Negligible", "low"), ("Unknown", "unknown"), (None, "unknown"), ("Critical", "critical"), ("Medium", "medium")],
)
def test_negligible_is_no_mere_note_and_unknown_is_unrated(written, severity):
    assert weaknesses(read(reader, report(match(written))))[0]["severity"] == severity


def test_a_rating_nobody_knows_is_rejected():
    (reject,) = read(reader, report(match("Spicy"))).rejects
    assert (reject.place, reject.column, reject.value) == (2, "severity", "Spicy")


def test_a_3_score_of_the_related_counts_before_an_older_one():
    related = {"id": "CVE-2026-0005", "cvss": [{"version": "3.1", "metrics": {"baseScore": 6.1}}]}
    reading = read(reader, report(match(related=(related,), cvss=[{"version": "2.0", "metrics": {"baseScore": 7.5}}])))
    assert str(weaknesses(reading)[0]["cvss"]) == "6.1"
    assert weaknesses(reading)[0]["cve"] == "CVE-2026-0005"


@pytest.mark.parametrize(
    ("target", "host"),
    [('"."', "."), ("/srv/app", "/srv/app"), ({"path": "/srv"}, "/srv"), ({}, "image")],
)
def test_the_host_is_what_was_scanned(target, host):
    assert scans(read(reader, report(target=target)))[0]["host"] == host


def test_what_somebody_had_ignored_is_read_and_a_component_is_listed_once():
    reading = read(reader, report(match(), match(id="GHSA-2"), ignoredMatches=[match(id="GHSA-3")]))
    assert [row["finding_id"] for row in weaknesses(reading)] == ["GHSA-1", "GHSA-2", "GHSA-3"]
    assert len(components(reading)) == 1


def test_other_json_is_not_its_own():
    assert reader.recognise(Head("a.json", b'{"matches": []}', whole=True)) is None


@pytest.mark.parametrize("name", SAMPLES)
def test_the_real_reports_are_read_value_by_value(name):
    path = f"anchore_grype/{name}.json"
    reading, stated = loaded(reader, path), document(path)["matches"]
    assert reading.rejects == []
    assert len(weaknesses(reading)) == counts(path)["records"] == len(stated)
    told = Counter()
    for word, number in counts(path)["severity"].items():
        told[STATED.get(word.lower(), word.lower())] += number
    assert Counter(row["severity"] for row in weaknesses(reading)) == told
    assert [(row["finding_id"], row["component"]) for row in weaknesses(reading)] == [
        (one["vulnerability"]["id"], f"{one['artifact']['name']}@{one['artifact']['version']}") for one in stated
    ]
    assert {(row["component"], row["version"], row.get("purl")) for row in components(reading)} == {
        (one["artifact"]["name"], one["artifact"]["version"], one["artifact"].get("purl") or None) for one in stated
    }
    assert len({row["finding_id"] for row in weaknesses(reading)}) == counts(path)["ids"]
    assert not grouped(path) or max(grouped(path)) <= len(stated)


def test_the_report_of_another_project_is_read():
    data = shared_data(
        "vuln_scan", "heimdall2", "anchore_grype_mapper", "sample_input_report", "amazon.json"
    ).read_bytes()
    reading = read(reader, data)
    assert Counter(row["severity"] for row in weaknesses(reading)) == {"low": 1, "medium": 6, "high": 6, "unknown": 3}
    assert scans(reading)[0]["host"] == "cloudwatch_to_s3:latest"
    assert all(row["cve"].startswith("CVE-") for row in weaknesses(reading))
