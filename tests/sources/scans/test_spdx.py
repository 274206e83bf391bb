"""SPDX lists, JSON and tag-value alike."""

import json

import pytest

from chahe.sources.model import Head
from chahe.sources.scans.spdx import reader
from reading import read
from scan_samples import components
from specimens import SPECIMENS

MADE_US = 1_767_540_330_000_000
DOCUMENT = {
    "spdxVersion": "SPDX-2.3",
    "name": "quote-gw-1.4",
    "creationInfo": {"created": "2026-01-04T15:25:30Z", "creators": ["Organization: Example", "Tool: syft-1.0.1"]},
    "packages": [
        {
            "name": "parser",
            "versionInfo": "2.1",
            "licenseConcluded": "NOASSERTION",
            "licenseDeclared": "MIT",
            "externalRefs": [
                {"referenceType": "cpe23Type", "referenceLocator": "cpe:2.3:a:x"},
                {"referenceType": "purl", "referenceLocator": "pkg:pypi/parser@2.1"},
            ],
        },
        {"name": "clock", "versionInfo": "NOASSERTION", "licenseConcluded": "Apache-2.0"},
    ],
}


def test_the_document_and_each_package_are_units():
    reading = read(reader, SPECIMENS["spdx"].data)
    assert [why.en for _, why in reading.skips] == ["the head of the list: quote-gw-1.4"]
    assert components(reading) == [
        {
            "place": 2,
            "system": "quote-gw-1.4",
            "component": "parser",
            "version": "2.1",
            "purl": "pkg:pypi/parser@2.1",
            "licence": "MIT",
            "lister": "syft",
            "listed_at_us": MADE_US,
        },
        {
            "place": 3,
            "system": "quote-gw-1.4",
            "component": "clock",
            "licence": "Apache-2.0",
            "lister": "syft",
            "listed_at_us": MADE_US,
        },
    ]


def test_json_says_the_same_as_tags():
    assert read(reader, json.dumps(DOCUMENT).encode()).rows == read(reader, SPECIMENS["spdx"].data).rows


def test_the_declared_system_and_time_fill_in():
    data = b"SPDXVersion: SPDX-2.2\nPackageName: a\n"
    assert [one.column for one in read(reader, data).rejects] == ["host", "host"]
    (row,) = components(read(reader, data, host="quote-gw", scanned_at="2026-11-20 22:00"))
    assert (row["system"], row["listed_at_us"], row["lister"]) == ("quote-gw", 1_795_183_200_000_000, "spdx")


def test_a_document_without_packages_is_read_whole():
    assert read(reader, b"SPDXVersion: SPDX-2.2\nDocumentName: a\n").units == 1


def test_a_package_without_a_name_and_a_time_that_is_none_are_rejected():
    nameless = {**DOCUMENT, "packages": [{"versionInfo": "1"}]}
    assert [(one.place, one.column) for one in read(reader, json.dumps(nameless).encode()).rejects] == [
        (2, "component")
    ]
    timeless = {**DOCUMENT, "creationInfo": {"created": "who knows"}}
    assert {one.column for one in read(reader, json.dumps(timeless).encode()).rejects} == {"listed_at_us"}


def test_bytes_that_are_no_text_are_rejected():
    reading = read(reader, SPECIMENS["spdx"].data + b"PackageName: \xff\xfe\n" * 9000)
    assert "UTF-8" in reading.rejects[-1].why.en


@pytest.mark.parametrize("data", [b'{"spdxVersion": "SPDX-3.0"}', b"SPDX: 1", b'{"name": "SPDX-2.3"}'])
def test_other_files_are_not_its_own(data):
    assert reader.recognise(Head("a", data, whole=True)) is None
