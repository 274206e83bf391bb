"""MobSF reports: an app and its findings, in the forms of several versions; mobsfscan, which names no app."""

import json
from collections import Counter
from typing import Any

import pytest

from chahe.sources.model import Head
from chahe.sources.scans import mobsf, mobsfscan
from chahe.sources.scans.mobsf import reader
from reading import read
from scan_samples import counts, document, grouped, loaded, scans, weaknesses
from specimens import SPECIMENS

RATED = {"high": "high", "warning": "medium", "medium": "medium", "info": "info", "hotspot": "unknown"}


def report(**sections: object) -> bytes:
    return json.dumps({"app_name": "a", "app_type": "apk", "md5": "0", "package_name": "tw.a", **sections}).encode()


def test_the_app_and_each_finding_are_units():
    reading = read(reader, SPECIMENS["mobsf"].data)
    assert scans(reading) == [
        {
            "place": 1,
            "scan_id": "tw.example.trade 2026-11-20T16:03:16Z",
            "scanner": "mobsf",
            "host": "tw.example.trade",
            "scanned_at_us": 1_795_190_596_140_000,
            "completed": True,
            "kind": "app",
        }
    ]
    assert [
        (row["place"], row["finding_id"], row["severity"], row.get("component")) for row in weaknesses(reading)
    ] == [
        (3, "Signed with v1, open to Janus", "medium", None),
        (4, "Debug Enabled For App [android:debuggable=true]", "high", None),
        (5, "nx", "info", "lib/arm64-v8a/libtrade.so"),
        (6, "stack_canary", "high", "lib/arm64-v8a/libtrade.so"),
        (7, "android_logging", "info", "tw/example/Log.java"),
    ]
    assert [(place, why.en) for place, why in reading.skips] == [(2, "a check that found nothing amiss (good)")]


@pytest.mark.parametrize(
    "sections",
    [
        {"manifest_analysis": [{"rule": "r", "title": "t", "severity": "high"}]},
        {
            "manifest_analysis": {
                "manifest_findings": [{"rule": "r", "title": "t", "severity": "high"}],
                "manifest_summary": {"high": 1},
            }
        },
        {
            "network_security": {
                "network_findings": [{"scope": ["*"], "description": "r", "severity": "high"}],
                "network_summary": {},
            }
        },
        {"ats_analysis": {"ats_findings": [{"issue": "r", "severity": "high", "description": "d"}], "ats_summary": {}}},
        {"certificate_analysis": {"certificate_findings": [["high", "d", "r"]], "certificate_info": "x"}},
        {"code_analysis": {"r": {"files": {"a.java": "1"}, "metadata": {"severity": "high", "description": "d"}}}},
        {"code_analysis": {"findings": {"r": {"files": {}, "metadata": {"severity": "high"}}}, "summary": {"high": 1}}},
        {"binary_analysis": {"findings": {"r": {"severity": "high", "detailed_desc": "d"}}, "summary": {}}},
    ],
)
def test_each_version_of_a_section_gives_the_same_finding(sections):
    reading = read(reader, report(**sections))
    assert [(row["finding_id"], row["severity"]) for row in weaknesses(reading)] == [("r", "high")]
    assert (reading.units, reading.rejects) == (2, [])


@pytest.mark.parametrize(("word", "severity"), sorted(RATED.items()))
def test_a_rating_is_the_tools_and_what_a_person_should_look_at_is_unrated(word, severity):
    reading = read(reader, report(manifest_analysis=[{"rule": "r", "severity": word}]))
    assert weaknesses(reading)[0]["severity"] == severity


def test_a_rating_nobody_knows_is_rejected():
    (reject,) = read(reader, report(manifest_analysis=[{"rule": "r", "severity": "spicy"}])).rejects
    assert (reject.place, reject.column, reject.value) == (2, "severity", "spicy")


def test_what_stands_in_a_ratings_place_is_not_shown():
    data = report(certificate_analysis={"secrets": ["password: hunter2hunter2"], "strings": ["hunter2hunter2"]})
    rejects = read(reader, data).rejects
    assert [(one.column, one.value) for one in rejects] == [("severity", None), ("severity", None)]


def test_other_json_is_not_its_own():
    assert reader.recognise(Head("a.json", b'{"app_name": "a"}', whole=True)) is None


def stated(found: dict[str, Any]) -> Counter[str]:
    """The ratings of a report of version 3.1, by section, as its own keys give them."""
    words = [one["stat"] for one in found["manifest_analysis"]]
    words += [one["metadata"]["severity"] for one in found["code_analysis"].values()]
    words += [one[0] for one in found["certificate_analysis"].get("certificate_findings", [])]
    for binary in found["binary_analysis"]:
        words += [part["severity"] for part in binary.values() if isinstance(part, dict)]
    return Counter(words)


@pytest.mark.parametrize("name", ["android", "report1"])
def test_the_real_reports_are_read_value_by_value(name):
    path = f"mobsf/{name}.json"
    reading, told = loaded(reader, path), stated(document(path))
    assert reading.rejects == []
    assert len(reading.skips) == told.pop("good", 0) + told.pop("secure", 0)
    expected: Counter[str] = Counter()
    for word, number in told.items():
        expected[RATED[word]] += number
    assert Counter(row["severity"] for row in weaknesses(reading)) == expected
    assert scans(reading)[0]["host"] == document(path)["package_name"]
    rules = document(path)["code_analysis"].items()
    amiss = {rule for rule, one in rules if one["metadata"]["severity"] not in {"good", "secure"}}
    assert amiss <= {row["finding_id"] for row in weaknesses(reading)}


def test_the_report_of_an_ios_app_is_read():
    path = "mobsf/mobsf_3_7_9.json"
    reading = loaded(reader, path)
    assert scans(reading)[0]["host"] == "com.bitbar.testdroid.BitbarIOSSample"
    assert {row["title"] for row in weaknesses(reading) if row["severity"] == "high"} == {
        one["title"] for one in document(path)["appsec"]["high"]
    }


def test_mobsfscan_asks_whose_code_it_is():
    reading = read(mobsfscan.reader, SPECIMENS["mobsfscan"].data)
    assert [(one.place, one.column, "host" in one.why.zh) for one in reading.rejects] == [
        (1, "host", True),
        (2, "host", True),
    ]


@pytest.mark.parametrize(("word", "severity"), [("ERROR", "high"), ("WARNING", "medium"), ("INFO", "low")])
def test_the_three_grades_of_mobsfscan(word, severity):
    data = json.dumps({"mobsfscan_version": "1", "results": {"r": {"metadata": {"severity": word}}}}).encode()
    assert weaknesses(read(mobsfscan.reader, data, host="a"))[0]["severity"] == severity


@pytest.mark.parametrize("name", ["many_findings", "no_findings"])
def test_the_real_results_of_mobsfscan_are_read(name):
    path = f"mobsf/{name}.json"
    reading = loaded(mobsfscan.reader, path, host="bus", scanned_at="observed")
    results = document(path)["results"]
    assert [row["finding_id"] for row in weaknesses(reading)] == list(results)
    assert len(results) == counts(path)["records"]
    assert sum(len(one.get("files", [1])) for one in results.values()) == max(grouped(path))
    assert [(row["host"], row["completed"]) for row in scans(reading)] == [("bus", True)]
    grades = Counter(row["severity"] for row in weaknesses(reading))
    assert grades == Counter(
        {"INFO": "low", "WARNING": "medium"}[one["metadata"]["severity"]] for one in results.values()
    )


def test_the_two_do_not_take_each_others_files():
    assert mobsf.reader.recognise(Head("a", SPECIMENS["mobsfscan"].data, whole=True)) is None
    assert mobsfscan.reader.recognise(Head("a", SPECIMENS["mobsf"].data, whole=True)) is None
