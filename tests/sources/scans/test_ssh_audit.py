"""ssh-audit results: known weaknesses, algorithms and what is said against them."""

import json

import pytest

from chahe.sources.model import Head
from chahe.sources.scans.ssh_audit import reader
from reading import read
from scan_samples import checks, document, grouped, loaded, scans, weaknesses
from specimens import SPECIMENS


def test_the_target_each_cve_and_each_algorithm_are_units():
    reading = read(reader, SPECIMENS["ssh_audit"].data, scanned_at="2026-11-20 22:00")
    assert scans(reading) == [
        {
            "place": 1,
            "scan_id": "quote-gw.broker.example 2026-11-20T14:00:00Z",
            "scanner": "ssh-audit",
            "host": "quote-gw.broker.example",
            "scanned_at_us": 1_795_183_200_000_000,
            "completed": True,
            "kind": "service",
        }
    ]
    assert [(row["place"], row["finding_id"], row["severity"], row["port"]) for row in weaknesses(reading)] == [
        (2, "CVE-2021-41617", "high", 2222),
        (3, "kex:diffie-hellman-group14-sha1", "high", 2222),
        (4, "key:rsa-sha2-512", "medium", 2222),
    ]
    assert [(row["place"], row["setting"], row["result"], row.get("actual_value")) for row in checks(reading)] == [
        (3, "kex: diffie-hellman-group14-sha1", "failed", "using broken SHA-1 hash algorithm; 2048-bit modulus"),
        (4, "key: rsa-sha2-512", "warning", "2048 bit; 2048-bit modulus"),
        (5, "enc: aes256-gcm@openssh.com", "passed", None),
    ]


def test_a_cve_without_a_score_is_unrated():
    said = {
        "banner": {},
        "target": "a",
        "cves": [{"name": "CVE-2026-0001"}],
        "kex": [],
        "key": [],
        "enc": [],
        "mac": [],
    }
    assert weaknesses(read(reader, json.dumps(said).encode()))[0]["severity"] == "unknown"


def test_results_without_a_target_are_rejected():
    data = SPECIMENS["ssh_audit"].data.replace(b'"target"', b'"aim"')
    assert {one.column for one in read(reader, data).rejects} == {"host"}


def test_other_json_is_not_its_own():
    assert reader.recognise(Head("a.json", b'{"banner": {}, "kex": []}', whole=True)) is None


@pytest.mark.parametrize("name", ["bug_fix", "many_vulns", "many_vulns2"])
def test_the_real_results_are_read_value_by_value(name):
    path = f"ssh_audit/{name}.json"
    reading, said = loaded(reader, path), document(path)
    assert reading.rejects == []
    assert {len(weaknesses(reading))} == grouped(path)
    algorithms = [(kind, one) for kind in said for one in said[kind] if kind in {"kex", "key", "enc", "mac"}]
    assert [row["setting"] for row in checks(reading)] == [f"{kind}: {one['algorithm']}" for kind, one in algorithms]
    assert [row["result"] for row in checks(reading)] == [
        "failed" if one.get("notes", {}).get("fail") else "warning" if one.get("notes", {}).get("warn") else "passed"
        for _, one in algorithms
    ]
    assert [(row["finding_id"], float(row["cvss"])) for row in weaknesses(reading) if "cvss" in row] == [
        (one["name"], one["cvssv2"]) for one in said["cves"]
    ]
