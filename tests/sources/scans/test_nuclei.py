"""Nuclei results: old and new keys, lines and lists, hosts with nothing found."""

import json
from io import BytesIO

import pytest

from chahe.sources.model import Head
from chahe.sources.scans.nuclei import reader
from reading import read
from scan_samples import counts, grouped, loaded, sample, scans, weaknesses
from specimens import SPECIMENS

FIRST_US = 1_773_371_107_373_496


def result(**also: object) -> dict[str, object]:
    said = {
        "template-id": "t",
        "info": {"name": "n", "severity": "low"},
        "host": "https://a.example",
        "matched-at": "https://a.example/x",
    }
    return {**said, **also}


def lines(*results: dict[str, object]) -> bytes:
    return "\n".join(json.dumps(one) for one in results).encode()


def test_each_result_is_a_unit_and_a_host_is_scanned_where_it_is_first_named():
    reading = read(reader, SPECIMENS["nuclei"].data)
    assert scans(reading) == [
        {
            "place": 1,
            "scan_id": "nuclei 2026-03-13T03:05:07Z",
            "scanner": "nuclei",
            "host": "www.broker.example",
            "address": "192.0.2.7",
            "scanned_at_us": FIRST_US,
            "kind": "web",
        },
        {
            "place": 2,
            "scan_id": "nuclei 2026-03-13T03:05:07Z",
            "scanner": "nuclei",
            "host": "192.0.2.8",
            "address": "192.0.2.8",
            "scanned_at_us": 1_773_371_108_000_000,
            "kind": "web",
        },
    ]
    first, second = weaknesses(reading)
    assert first == {
        "place": 1,
        "scan_id": "nuclei 2026-03-13T03:05:07Z",
        "scanner": "nuclei",
        "host": "www.broker.example",
        "address": "192.0.2.7",
        "port": 443,
        "protocol": "tcp",
        "finding_id": "default-login",
        "title": "Default login of a console",
        "component": "https://www.broker.example/console",
        "severity": "high",
        "default_credential": True,
        "found_at_us": FIRST_US,
    }
    assert (second["finding_id"], second["severity"], second["port"]) == ("old-ssh", "unknown", 22)


@pytest.mark.parametrize("word", ["info", "low", "medium", "high", "critical", "unknown"])
def test_a_rating_is_the_tools(word):
    assert weaknesses(read(reader, lines(result(info={"severity": word}))))[0]["severity"] == word


def test_no_rating_is_unrated_and_one_nobody_knows_is_rejected():
    reading = read(reader, lines(result(info={}), result(info={"severity": "spicy"})))
    assert weaknesses(reading)[0]["severity"] == "unknown"
    assert [(one.place, one.column, one.value) for one in reading.rejects] == [(2, "severity", "spicy")]


def test_numbers_and_scores_are_those_of_its_classification():
    info = {"severity": "high", "classification": {"cve-id": ["CVE-2021-0001", "cve-2020-0002"], "cvss-score": 7.5}}
    (row,) = weaknesses(read(reader, lines(result(info=info))))
    assert (row["cve"], str(row["cvss"])) == ("CVE-2020-0002 CVE-2021-0001", "7.5")


def test_a_site_of_the_declared_scope_without_a_result_counts_as_scanned():
    reading = read(reader, lines(result()), scope="a.example, b.example", scanned_at="2026-03-01 10:00")
    assert [(row["place"], row["host"], row["completed"]) for row in scans(reading)] == [
        (1, "a.example", True),
        (2, "b.example", True),
    ]


def test_an_empty_output_counts_only_for_a_declared_scope():
    assert [row["host"] for row in scans(read(reader, b"", scope="a.example"))] == ["a.example"]
    (reject,) = read(reader, b"").rejects
    assert (reject.column, "scope" in reject.why.zh) == ("scope", True)


def test_a_line_cut_off_is_rejected_and_those_before_it_are_kept():
    reading = read(reader, lines(result(), result())[:-9])
    assert (len(weaknesses(reading)), [one.place for one in reading.rejects]) == (1, [2])


def test_requests_are_not_shown():
    shown = reader.excerpt(BytesIO(SPECIMENS["nuclei"].data), 1, None)
    assert "hunter2hunter2" not in shown
    assert "default-login" in shown


def test_other_json_is_not_its_own():
    assert reader.recognise(Head("a.json", b'{"info": 1, "host": 2}', whole=True)) is None


@pytest.mark.parametrize("name", ["issue_9201", "many_findings", "multi_cwe_fabricated", "multiple_matches"])
def test_the_real_results_are_read_value_by_value(name):
    path = f"nuclei/{name}.json"
    text = sample(path).read_text("utf-8")
    try:
        whole = json.loads(text)
        stated = whole if isinstance(whole, list) else [whole]
    except json.JSONDecodeError:
        stated = [json.loads(line) for line in text.splitlines() if line.strip()]
    reading = loaded(reader, path)
    assert reading.rejects == []
    assert [(row["finding_id"], row["severity"], row["title"]) for row in weaknesses(reading)] == [
        (one.get("template-id") or one["templateID"], one["info"]["severity"], one["info"]["name"]) for one in stated
    ]
    assert {row["component"] for row in weaknesses(reading)} == {
        (one.get("matched-at") or one["matched"]).partition("?")[0] for one in stated
    }
    assert max(grouped(path)) <= len(stated)
    if counts(path)["type"] != "json object":
        assert counts(path)["records"] == len(stated)
    named = {one["host"].partition("://")[2].partition("/")[0] or one["host"] for one in stated}
    assert {row["host"] for row in scans(reading)} == {name.partition(":")[0] for name in named}
