"""ZAP reports, XML and JSON: sites, alerts, local times, and what must not be shown."""

import json
from collections import Counter
from io import BytesIO
from itertools import zip_longest

import pytest
from lxml import etree

from chahe.sources.model import Head, Unreadable
from chahe.sources.scans.zap import reader
from reading import read
from scan_samples import counts, grouped, loaded, sample, scans, weaknesses
from specimens import SPECIMENS

SAMPLES = (
    "0_zap_sample",
    "0_zap_sample_without_zap3",
    "1_zap_sample_0_and_new_absent",
    "2_zap_sample_0_and_new_endpoint",
    "3_zap_sampl_0_and_different_severities",
    "5_zap_sample_one",
    "empty_2.9.0",
    "some_2.9.0",
    "zap-results-first-scan",
    "zap-results-second-scan",
)
RISKS = {"0": "info", "1": "low", "2": "medium", "3": "high"}
GENERATED_US = 1_778_590_650_000_000


def alert(**also: object) -> dict[str, object]:
    instances = [{"uri": "https://u:p@www.broker.example/login?x=1", "method": "GET"}]
    return {"pluginid": "10011", "alert": "Cookie", "riskcode": "1", "instances": instances, **also}


def in_json(*alerts: dict[str, object], generated: str = "Tue, 12 May 2026 20:57:30", **also: object) -> bytes:
    site = {"@name": "https://www.broker.example", "@host": "www.broker.example", "@port": "443", "alerts": alerts}
    return json.dumps({"@version": "2.14.0", "@generated": generated, **also, "site": [site]}).encode()


def test_each_site_and_each_alert_is_a_unit():
    reading = read(reader, SPECIMENS["zap"].data)
    assert scans(reading) == [
        {
            "place": 1,
            "scan_id": "zap 2026-05-12T12:57:30Z",
            "scanner": "zap",
            "host": "www.broker.example",
            "scanned_at_us": GENERATED_US,
            "kind": "web",
        }
    ]
    assert weaknesses(reading) == [
        {
            "place": 2,
            "scan_id": "zap 2026-05-12T12:57:30Z",
            "scanner": "zap",
            "host": "www.broker.example",
            "port": 443,
            "protocol": "tcp",
            "finding_id": "10011",
            "title": "Cookie Without Secure Flag",
            "component": "https://www.broker.example/login",
            "severity": "low",
            "default_credential": False,
            "found_at_us": GENERATED_US,
        }
    ]
    assert [why.en for _, why in reading.skips] == [
        "site http://www.broker.example: the host is listed already, under another port"
    ]


def test_json_says_the_same_as_xml():
    (row,) = weaknesses(read(reader, in_json(alert())))
    (host,) = scans(read(reader, in_json()))
    assert (row["component"], row["port"], row["found_at_us"]) == (
        "https://www.broker.example/login",
        443,
        GENERATED_US,
    )
    assert (host["host"], host["scanned_at_us"]) == ("www.broker.example", GENERATED_US)


def test_a_site_is_known_wherever_its_name_stands():
    swapped = {"alerts": [alert()], "@name": "https://b.example", "@host": "b.example", "@port": "443"}
    data = json.dumps({"@generated": "Tue, 12 May 2026 20:57:30", "site": [swapped]}).encode()
    reading = read(reader, data)
    assert [one.column for one in reading.rejects] == ["host"]
    assert [row["host"] for row in scans(reading)] == ["b.example"]


@pytest.mark.parametrize(("code", "severity"), sorted(RISKS.items()))
def test_the_risk_is_the_tools(code, severity):
    assert weaknesses(read(reader, in_json(alert(riskcode=code, confidence="0"))))[0]["severity"] == severity


def test_a_risk_nobody_knows_is_rejected():
    (reject,) = read(reader, in_json(alert(riskcode="9"))).rejects
    assert (reject.place, reject.column, reject.value) == (2, "severity", "9")


@pytest.mark.parametrize(
    ("generated", "also"),
    [
        ("週二, 12 5月 2026 20:57:30", {}),
        ("Di., 12 Mai 2026 20:57:30", {}),
        ("who knows", {"created": "2026-05-12T12:57:30Z"}),
    ],
)
def test_the_time_is_read_in_the_language_of_the_desktop(generated, also):
    assert scans(read(reader, in_json(generated=generated, **also)))[0]["scanned_at_us"] == GENERATED_US


def test_a_time_that_is_none_is_rejected():
    reading = read(reader, in_json(alert(), generated="who knows"))
    assert [(one.place, one.column, one.value) for one in reading.rejects] == [
        (1, "scanned_at_us", "who knows"),
        (2, "scanned_at_us", "who knows"),
    ]


def test_the_declared_scope_says_that_a_site_was_scanned_to_the_end():
    reading = read(reader, in_json(), scope="www.broker.example,app.broker.example", from_outside="yes")
    assert [(row["host"], row["completed"], row["from_outside"]) for row in scans(reading)] == [
        ("www.broker.example", True, True),
        ("app.broker.example", True, True),
    ]


def test_numbers_are_found_in_what_an_alert_says():
    (row,) = weaknesses(read(reader, in_json(alert(otherinfo="CVE-2020-11022 CVE-2020-11023"))))
    assert row["cve"] == "CVE-2020-11022 CVE-2020-11023"


@pytest.mark.parametrize("data", [SPECIMENS["zap"].data, in_json(alert(evidence="hunter2hunter2"))])
def test_attacks_and_evidence_are_not_shown(data):
    shown = reader.excerpt(BytesIO(data), 2, None)
    assert "hunter2hunter2" not in shown
    assert "www.broker.example" in shown
    with pytest.raises(Unreadable, match="there is no record 9"):
        reader.excerpt(BytesIO(data), 9, None)


def test_a_document_type_is_refused():
    (reject,) = read(reader, b"<!DOCTYPE OWASPZAPReport>" + b"<OWASPZAPReport/>").rejects
    assert "DOCTYPE" in reject.why.en


@pytest.mark.parametrize("data", [b"<zap/>", b'{"site": []}'])
def test_other_files_are_not_its_own(data):
    assert reader.recognise(Head("a", data, whole=True)) is None


@pytest.mark.parametrize("name", SAMPLES)
def test_the_real_reports_are_read_value_by_value(name):
    path = f"zap/{name}.xml"
    reading, told = loaded(reader, path), counts(path)
    stated = etree.fromstring(sample(path).read_bytes()).findall(".//alertitem")
    assert reading.rejects == []
    assert len(scans(reading)) == told["sites"]
    assert len(weaknesses(reading)) == told["records"] == len(stated)
    assert Counter(row["severity"] for row in weaknesses(reading)) == {
        RISKS[code]: n for code, n in told["risk"].items()
    }
    assert grouped(path) <= {told["records"]}
    for row, one in zip_longest(weaknesses(reading), stated):
        assert row["finding_id"] == (one.findtext("alertRef") or one.findtext("pluginid"))
        assert row["title"] == one.findtext("name")
        assert row["component"] == (one.findtext("instances/instance/uri") or "").partition("?")[0]
