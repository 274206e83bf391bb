"""OSV-Scanner reports: sources, packages, weaknesses, and what rates them."""

import json

import pytest

from chahe.sources.model import Head
from chahe.sources.scans.cvss import base_score
from chahe.sources.scans.osv import reader
from reading import read
from scan_samples import components, counts, document, grouped, loaded, scans, weaknesses
from specimens import SPECIMENS


def report(stated: dict[str, object], groups: list[dict[str, object]] | None = None, path: str = "/a/lock") -> bytes:
    package = {
        "package": {"name": "urllib3", "version": "1", "ecosystem": "PyPI"},
        "vulnerabilities": [{"id": "G-1", **stated}],
    }
    return json.dumps(
        {"results": [{"source": {"path": path}, "packages": [{**package, "groups": groups or []}]}]}
    ).encode()


def test_source_package_and_weakness_are_units():
    reading = read(reader, SPECIMENS["osv"].data)
    assert scans(reading) == [
        {
            "place": 1,
            "scan_id": "/src/quote-gw/poetry.lock",
            "scanner": "osv",
            "host": "/src/quote-gw/poetry.lock",
            "completed": True,
            "kind": "components",
        }
    ]
    assert [(row["place"], row["component"], row["version"], row["type"]) for row in components(reading)] == [
        (2, "urllib3", "1.26.3", "PyPI")
    ]
    (row,) = weaknesses(reading)
    assert (row["place"], row["finding_id"], row["cve"], row["severity"], str(row["cvss"]), row["component"]) == (
        3,
        "GHSA-5phf-pp7p-vc2r",
        "CVE-2021-28363",
        "medium",
        "6.5",
        "urllib3@1.26.3",
    )


@pytest.mark.parametrize(
    ("stated", "groups", "severity"),
    [
        ({}, [], "unknown"),
        ({"database_specific": {"severity": "LOW"}}, [], "low"),
        ({"database_specific": {"severity": "LOW"}}, [{"ids": ["G-1"], "max_severity": "9.8"}], "critical"),
        ({"database_specific": {"severity": "CRITICAL"}}, [{"ids": ["G-1"], "max_severity": "5.0"}], "critical"),
        ({}, [{"ids": ["G-2"], "max_severity": "9.8"}], "unknown"),
        ({"severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N"}]}, [], "high"),
        ({"severity": [{"type": "CVSS_V4", "score": "CVSS:4.0/AV:N"}]}, [], "unknown"),
    ],
)
def test_the_graver_of_word_and_score_rates_a_weakness(stated, groups, severity):
    assert weaknesses(read(reader, report(stated, groups)))[0]["severity"] == severity


def test_a_rating_nobody_knows_is_rejected():
    (reject,) = read(reader, report({"database_specific": {"severity": "SPICY"}})).rejects
    assert (reject.place, reject.column, reject.value) == (3, "severity", "SPICY")


def test_lists_of_one_declared_system_are_one_scan():
    one = json.loads(report({}))["results"]
    reading = read(reader, json.dumps({"results": one + one}).encode(), host="quote-gw", scan_id="Q1")
    assert [(row["host"], row["scan_id"]) for row in scans(reading)] == [("quote-gw", "Q1")]
    assert [why.en for _, why in reading.skips] == ["/a/lock: another list of the same artifact"]


def test_other_json_is_not_its_own():
    assert reader.recognise(Head("a.json", b'{"results": [{"source": 1}]}', whole=True)) is None


@pytest.mark.parametrize("name", ["many_findings", "multi_cwe_fabricated", "some_findings"])
def test_the_real_reports_are_read_value_by_value(name):
    path = f"osv_scanner/{name}.json"
    reading = loaded(reader, path)
    stated = [
        (result["source"]["path"], package["package"], one)
        for result in document(path)["results"]
        for package in result["packages"]
        for one in package["vulnerabilities"]
    ]
    assert reading.rejects == []
    assert {len(weaknesses(reading))} == grouped(path) == {len(stated)}
    assert len(scans(reading)) == counts(path)["records"]
    for row, (source, package, one) in zip(weaknesses(reading), stated, strict=True):
        assert (row["host"], row["finding_id"]) == (source, one["id"])
        assert row["component"].startswith(package["name"] or package["commit"])
        for vector in one.get("severity") or []:
            assert row["cvss"] == base_score(vector["score"])
        word = one.get("database_specific", {}).get("severity")
        assert word is None or row["severity"] in ({"MODERATE": "medium"}.get(word, word.lower()), "high", "critical")
