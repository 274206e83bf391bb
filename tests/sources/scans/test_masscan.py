"""Masscan ports: the hosts it reached, which is no vulnerability scan."""

import pytest

from chahe.sources.model import Head
from chahe.sources.scans.masscan import reader
from reading import read
from scan_samples import counts, document, loaded, scans, weaknesses
from specimens import SPECIMENS


def test_a_host_is_listed_once_and_its_other_ports_are_skipped():
    reading = read(reader, SPECIMENS["masscan"].data)
    assert scans(reading) == [
        {
            "place": 1,
            "scan_id": "masscan 2026-07-31T18:20:37Z",
            "scanner": "masscan",
            "host": "192.0.2.7",
            "address": "192.0.2.7",
            "scanned_at_us": 1_785_522_037_000_000,
            "kind": "ports",
        }
    ]
    assert [(place, why.en) for place, why in reading.skips] == [
        (2, "open ports 22/tcp, no weakness; the host is listed already")
    ]
    assert weaknesses(reading) == []


def test_hosts_of_the_declared_scope_are_listed_too():
    reading = read(reader, SPECIMENS["masscan"].data, scope="192.0.2.7 192.0.2.9")
    assert [(row["host"], row["completed"]) for row in scans(reading)] == [("192.0.2.7", True), ("192.0.2.9", True)]


def test_an_entry_without_an_address_or_with_another_time_is_rejected():
    reading = read(
        reader,
        b'[{"timestamp": "1", "ports": []}, {"ip": "192.0.2.1", "timestamp": "now", "ports": []}, {"finished": 1}]',
    )
    assert [(one.place, one.column, one.value) for one in reading.rejects] == [
        (1, "host", None),
        (2, "scanned_at_us", "now"),
    ]
    assert [why.en for _, why in reading.skips] == ["the mark of the scan's end"]


def test_other_json_is_not_its_own():
    assert reader.recognise(Head("a.json", b'[{"ip": "192.0.2.1"}]', whole=True)) is None


@pytest.mark.parametrize("name", ["masscan_many_vuln", "masscan_one_vuln"])
def test_the_real_results_are_read(name):
    path = f"masscan/{name}.json"
    reading = loaded(reader, path)
    assert reading.units == counts(path)["records"]
    assert {row["host"] for row in scans(reading)} == {one["ip"] for one in document(path)}
    assert reading.rejects == []
