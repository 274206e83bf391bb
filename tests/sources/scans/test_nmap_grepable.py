"""Nmap's grepable output: hosts up and down, the end it gives, and Masscan's form of it."""

import pytest

from chahe.sources.model import Head
from chahe.sources.scans.nmap_grepable import reader
from reading import read
from scan_samples import scans, weaknesses
from specimens import SPECIMENS

DATA = SPECIMENS["nmap_grepable"].data
DONE_US = 1_772_413_300_000_000


def test_each_line_is_a_unit_and_a_host_is_listed_once():
    reading = read(reader, DATA)
    assert scans(reading) == [
        {
            "place": place,
            "scan_id": "nmap 2026-03-02T01:01:40Z",
            "scanner": "nmap",
            "host": host,
            "address": address,
            "scanned_at_us": DONE_US,
            "completed": True,
            "kind": "ports",
        }
        for place, host, address in ((2, "srv1.broker.example", "192.0.2.1"), (5, "192.0.2.3", "192.0.2.3"))
    ]
    assert weaknesses(reading) == []
    assert [(place, why.en.partition(";")[0]) for place, why in reading.skips] == [
        (1, "a comment"),
        (3, "host srv1.broker.example is listed already"),
        (4, "a host that did not answer (Down)"),
        (6, "a comment"),
    ]


def test_a_scan_cut_off_is_dated_by_its_beginning_and_not_completed():
    reading = read(reader, DATA.rpartition(b"# Nmap done")[0], scope="192.0.2.9")
    assert {(row.get("completed"), row["scanned_at_us"]) for row in scans(reading)[:2]} == {
        (None, 1_772_413_200_000_000)
    }
    assert [(row["place"], row["host"], row["completed"]) for row in scans(reading)[2:]] == [(6, "192.0.2.9", True)]


def test_masscans_form_says_nothing_of_an_end():
    data = (
        b"# Masscan 1.3.2 scan initiated Mon Mar  2 09:00:00 2026\n"
        b"Timestamp: 1772413201\tHost: 192.0.2.7 ()\tPorts: 443/open/tcp//https//\n"
        b"# Masscan done at Mon Mar  2 09:01:40 2026\n"
    )
    (row,) = scans(read(reader, data))
    assert (row["scanner"], row["host"], row.get("completed")) == ("masscan", "192.0.2.7", None)


def test_a_strange_line_and_a_time_that_is_none_are_rejected():
    (reject,) = read(reader, DATA + b"Hosts: 192.0.2.1\n").rejects
    assert (reject.place, reject.value) == (7, "Hosts: 192.0.2.1")
    rejects = read(reader, DATA.replace(b"Mon Mar  2 09:01:40 2026", b"Mon Foo  2 09:01:40 2026")).rejects
    assert [(one.place, one.column, one.value) for one in rejects] == [
        (place, "scanned_at_us", "Mon Foo  2 09:01:40 2026") for place in (2, 3, 5)
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"# Nmap 7.94 scan initiated Mon Mar  2 09:00:00 2026 as: nmap -oN a\nNmap scan report for a\n\nHost: is up\n",
        b"Host: 192.0.2.1 ()\tStatus: Up\n",
        b"# Nmap\n",
    ],
)
def test_other_output_is_not_its_own(data):
    assert reader.recognise(Head("a", data, whole=True)) is None
