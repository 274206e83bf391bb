"""Trivy reports: what was scanned, its weaknesses, settings, secrets and packages; old reports and those without a time."""

import json
from collections import Counter
from io import BytesIO

import pytest

from chahe.sources.model import Head, Unreadable
from chahe.sources.scans.trivy import reader
from reading import read
from scan_samples import checks, components, counts, document, grouped, loaded, scans, weaknesses
from specimens import SPECIMENS

SAMPLES = (
    "all_statuses",
    "cvss_severity_source",
    "cvssv4_severity_source",
    "issue_9092",
    "issue_9263",
    "scheme_2_many_vulns",
    "scheme_2_no_vuln",
    "severity_prio",
)
LEGACY = ("legacy_many_vulns", "legacy_trivy_mix")
CREATED_US = 1_768_467_509_827_537


def report(*results: dict[str, object], **head: object) -> bytes:
    return json.dumps({"SchemaVersion": 2, "ArtifactName": "gw:1", **head, "Results": results}).encode()


def weak(severity: object = "HIGH", **also: object) -> dict[str, object]:
    said = {"VulnerabilityID": "CVE-2026-0001", "PkgName": "apt", "InstalledVersion": "2", "Severity": severity, **also}
    return {"Target": "gw:1 (debian 12)", "Vulnerabilities": [said]}


def test_the_artifact_and_each_record_are_units_in_document_order():
    reading = read(reader, SPECIMENS["trivy"].data)
    assert scans(reading) == [
        {
            "place": 1,
            "scan_id": "quote-gw:1.4 2026-01-15T08:58:29Z",
            "scanner": "trivy",
            "host": "quote-gw:1.4",
            "scanned_at_us": CREATED_US,
            "completed": True,
            "kind": "components",
        }
    ]
    assert components(reading) == [
        {
            "place": 2,
            "system": "quote-gw:1.4",
            "component": "apt",
            "version": "2.6.1",
            "purl": "pkg:deb/debian/apt@2.6.1",
            "type": "package",
            "licence": "GPL-2.0-or-later",
            "lister": "trivy",
            "listed_at_us": CREATED_US,
        }
    ]
    assert [
        (row["place"], row["finding_id"], row["severity"], row["component"], str(row.get("cvss")))
        for row in weaknesses(reading)
    ] == [
        (3, "CVE-2026-0001", "low", "apt@2.6.1", "3.7"),
        (4, "DS002", "high", "Dockerfile", "None"),
        (5, "generic-password", "critical", "deploy.sh:3", "None"),
    ]
    assert [(row["check_id"], row["result"], row["policy_value"]) for row in checks(reading)] == [
        ("DS002", "failed", "Add a USER line")
    ]
    assert (reading.units, reading.rejects) == (5, [])


@pytest.mark.parametrize(
    ("written", "severity"),
    [
        ("UNKNOWN", "unknown"),
        (None, "unknown"),
        ("LOW", "low"),
        ("MEDIUM", "medium"),
        ("HIGH", "high"),
        ("CRITICAL", "critical"),
    ],
)
def test_a_rating_is_the_tools_and_none_is_no_mere_note(written, severity):
    assert weaknesses(read(reader, report(weak(written))))[0]["severity"] == severity


def test_a_rating_nobody_knows_is_rejected():
    (reject,) = read(reader, report(weak("SPICY"))).rejects
    assert (reject.place, reject.column, reject.value) == (2, "severity", "SPICY")


@pytest.mark.parametrize(
    ("source", "scores", "score"),
    [
        ("debian", {"nvd": {"V2Score": 4.3, "V3Score": 3.7}, "debian": {"V3Score": 5.1}}, "5.1"),
        ("ubuntu", {"nvd": {"V2Score": 4.3, "V3Score": 3.7}}, "3.7"),
        ("ghsa", {"ghsa": {"V40Score": 6.3}, "nvd": {"V3Score": 9.1}}, "6.3"),
        ("", {"redhat": {"V2Score": 4.3}}, "4.3"),
        ("", {}, "None"),
        ("", {"nvd": {"V3Score": 99}}, "None"),
    ],
)
def test_the_score_is_that_of_the_ratings_source(source, scores, score):
    reading = read(reader, report(weak(SeveritySource=source, CVSS=scores)))
    assert str(weaknesses(reading)[0].get("cvss")) == score


def test_a_setting_that_passed_is_a_check_and_no_weakness():
    said = [{"ID": "DS001", "Title": "Tag is given", "Status": "PASS", "Severity": "MEDIUM"}]
    reading = read(reader, report({"Target": "Dockerfile", "Misconfigurations": said}))
    assert [row["result"] for row in checks(reading)] == ["passed"]
    assert weaknesses(reading) == []


def test_what_somebody_had_ignored_is_a_weakness_all_the_same():
    finding = {"VulnerabilityID": "CVE-2026-9", "PkgName": "a", "Severity": "HIGH"}
    changed = [{"Type": "vulnerability", "Status": "ignored", "Finding": finding}, {"Type": "secret", "Finding": {}}]
    reading = read(reader, report({"Target": "t", "ExperimentalModifiedFindings": changed}))
    assert [row["finding_id"] for row in weaknesses(reading)] == ["CVE-2026-9"]
    assert [why.en for _, why in reading.skips] == ["a suppressed finding of kind secret, no weakness"]


def test_a_licence_is_skipped():
    reading = read(reader, report({"Target": "t", "Licenses": [{"Severity": "HIGH", "Name": "GPL-3.0"}]}))
    assert [why.en for _, why in reading.skips] == ["a finding about a package's licence, no weakness"]


def test_a_report_without_a_time_is_dated_only_by_what_is_declared():
    assert "scanned_at_us" not in scans(read(reader, report()))[0]
    reading = read(reader, report(weak()), scanned_at="observed", host="quote-gw", from_outside="no")
    assert scans(reading)[0] == {
        "place": 1,
        "scan_id": "quote-gw 2026-11-22T04:00:00Z",
        "scanner": "trivy",
        "host": "quote-gw",
        "scanned_at_us": 1_795_320_000_000_000,
        "completed": True,
        "kind": "components",
        "from_outside": False,
    }
    assert weaknesses(reading)[0]["found_at_us"] == 1_795_320_000_000_000


def test_a_time_that_is_none_is_rejected_with_what_it_was():
    reading = read(reader, report(weak(), CreatedAt="yesterday"))
    assert [(one.place, one.column, one.value) for one in reading.rejects] == [(1, "scanned_at_us", "yesterday")]


def test_the_targets_of_an_old_report_are_what_was_scanned():
    data = json.dumps([{**weak(), "Target": "a"}, {"Target": "a"}, {"Target": "b", "Vulnerabilities": None}]).encode()
    reading = read(reader, data)
    assert [(row["host"], row["place"]) for row in scans(reading)] == [("a", 1), ("b", 4)]
    assert [row["host"] for row in weaknesses(reading)] == ["a"]
    assert [why.en for _, why in reading.skips] == ["a: another part of the same artifact"]


def test_what_came_before_a_break_is_kept():
    reading = read(reader, report(weak(), weak())[:-30])
    assert len(weaknesses(reading)) == 1
    assert "line 1" in reading.rejects[-1].why.en


def test_a_secret_and_a_lone_surrogate_are_not_shown():
    data = SPECIMENS["trivy"].data
    assert "hunter2hunter2" not in "".join(reader.excerpt(BytesIO(data), place, None) for place in range(1, 7))
    with pytest.raises(Unreadable, match="there is no record 9"):
        reader.excerpt(BytesIO(data), 9, None)
    title = weaknesses(read(reader, report(weak(Title="a\ud800b"))))[0]["title"]
    assert title == "a?b"


@pytest.mark.parametrize("data", [b"null", b"[]", b"{}", b'{"SchemaVersion": 1}', b'[{"Target": "a"}]'])
def test_other_json_is_not_its_own(data):
    assert reader.recognise(Head("a.json", data, whole=True)) is None


@pytest.mark.parametrize("name", SAMPLES)
def test_the_real_reports_are_read_value_by_value(name):
    path = f"trivy/{name}.json"
    reading = loaded(reader, path)
    stated = [one for result in document(path)["Results"] for one in result.get("Vulnerabilities", [])]
    assert reading.rejects == []
    assert len(weaknesses(reading)) == counts(path)["records"] == len(stated)
    assert [
        (row["finding_id"], row["severity"].upper(), row["title"], row["component"]) for row in weaknesses(reading)
    ] == [
        (
            one["VulnerabilityID"],
            one["Severity"],
            one.get("Title") or one["Description"][:200],
            f"{one['PkgName']}@{one['InstalledVersion']}",
        )
        for one in stated
    ]
    assert Counter(row["severity"].upper() for row in weaknesses(reading)) == counts(path)["severity"]


@pytest.mark.parametrize("name", LEGACY)
def test_the_old_reports_are_read_value_by_value(name):
    path = f"trivy/{name}.json"
    reading = loaded(reader, path)
    stated = [
        (result["Target"], one["VulnerabilityID"], one["Severity"].lower())
        for result in document(path)
        for one in result.get("Vulnerabilities") or []
        if "VulnerabilityID" in one
    ]
    assert [(row["host"], row["finding_id"], row["severity"]) for row in weaknesses(reading)] == stated
    assert len(stated) + len(reading.rejects) == counts(path)["records"]
    assert [one.column for one in reading.rejects] == ["finding_id"] * (name == "legacy_trivy_mix")


def test_settings_and_secrets_of_a_real_report_are_read():
    path = "trivy/misconfigurations_and_secrets.json"
    reading, told = loaded(reader, path), counts(path)
    assert len(weaknesses(reading)) == told["records"] + told["misconfigurations"] + told["secrets"]
    assert len(checks(reading)) == told["misconfigurations"]
    assert grouped(path) == set()
