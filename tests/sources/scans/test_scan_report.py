"""What readers of scan reports share: settings, addresses, scores, ratings, and what tells a default credential."""

from decimal import Decimal

import pytest

from chahe.sources.model import Context, Records, Unreadable
from chahe.sources.scans.component_rows import Component, Listing
from chahe.sources.scans.scan_report import (
    Fault,
    bare_url,
    cves,
    graver,
    options,
    port_of,
    score_of,
    severity_of,
    site_of,
)
from chahe.sources.scans.scan_rows import Scan, Weakness, decimal_of, text_of, texts_of


def context(**settings: str) -> Context:
    return Context(observed_at_us=1_795_320_000_000_000, settings=settings)


def test_the_settings_of_a_scan():
    said = options(context(scan_id=" Q1 ", from_outside="YES", scope="a, b，c\nd;a", scanned_at="115/11/20 22:00"))
    assert (said.scan_id, said.from_outside, said.scope) == ("Q1", True, ("a", "b", "c", "d"))
    assert said.scanned_at_us == 1_795_183_200_000_000
    assert options(context(scanned_at="Observed")).scanned_at_us == 1_795_320_000_000_000
    assert options(context()).scanned_at_us is None


@pytest.mark.parametrize(
    ("name", "value"), [("from_outside", "perhaps"), ("scanned_at", "soon"), ("scanned_at", "2026-11-20")]
)
def test_a_setting_that_is_none_is_refused_with_its_name(name, value):
    with pytest.raises(Unreadable) as refused:
        options(context(**{name: value}))
    assert (refused.value.column, refused.value.value) == (name, value)


@pytest.mark.parametrize(
    ("written", "host", "port"),
    [
        ("https://www.example/a", "www.example", 443),
        ("http://www.example", "www.example", 80),
        ("https://u:p@www.example:8443/a", "www.example", 8443),
        ("192.0.2.7:22", "192.0.2.7", 22),
        ("[2001:db8::1]:80", "2001:db8::1", 80),
        ("2001:db8::1", "2001:db8::1", None),
        ("www.example", "www.example", None),
        ("https://www.example:99999/", "https://www.example:99999/", None),
    ],
)
def test_the_host_and_port_of_an_address(written, host, port):
    assert site_of(written) == (host, port)


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("https://u:p@www.example/a?password=b#c", "https://www.example/a"),
        ("https://www.example/a@b", "https://www.example/a@b"),
        ("https://a@b@www.example", "https://www.example"),
        ("www.example:22", "www.example:22"),
    ],
)
def test_an_address_is_kept_without_what_can_hold_secrets(written, bare):
    assert bare_url(written) == bare


def test_ports_and_scores_out_of_range_are_faults():
    assert (port_of("", "p"), port_of(" 443 ", "p"), score_of(None, "s"), score_of("9.8", "s")) == (
        None,
        443,
        None,
        Decimal("9.8"),
    )
    for bad in ("-1", "65536", "x", "４４３"):
        with pytest.raises(Fault):
            port_of(bad, "p")
    for bad in ("-1", "10.1", "x"):
        with pytest.raises(Fault):
            score_of(bad, "s")


@pytest.mark.parametrize(
    ("score", "severity"),
    [("10", "critical"), ("9.0", "critical"), ("8.9", "high"), ("4.0", "medium"), ("0.1", "low"), ("0", "info")],
)
def test_a_score_is_rated_by_cvss(score, severity):
    assert severity_of(Decimal(score)) == severity


def test_no_rating_is_graver_than_a_note_and_less_grave_than_any_other():
    assert graver("unknown", "info") == "unknown"
    assert graver("low", "unknown") == "low"
    assert graver("medium", "critical") == "critical"


def test_numbers_are_upper_case_sorted_and_each_once():
    assert cves(["cve-2021-0002 CVE-2020-0001", None, "CVE-2021-0002", "CVE-1"]) == "CVE-2020-0001 CVE-2021-0002"


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (7.5, "7.5"),
        ("7.5", "7.5"),
        (10, "10"),
        ("7.123456", "7.1235"),
        (11, "None"),
        ("NaN", "None"),
        (True, "None"),
        ("1e1", "10.0000"),
        (None, "None"),
    ],
)
def test_what_json_gives_as_a_score(value, number):
    assert str(decimal_of(value)) == number


def test_what_json_gives_as_texts():
    assert (text_of(" a "), text_of(5), text_of(None), text_of(True), text_of([1])) == ("a", "5", "", "", "")
    assert (texts_of(["a", None, 1]), texts_of("a"), texts_of(None)) == (["a", "1"], ["a"], [])


def test_a_host_is_told_once_and_the_scope_says_that_it_is_done():
    scan = Scan("tool", "web", context(scope="A.example,b.example"))
    scan.name("Quarterly", at_us=1_795_183_200_000_000)
    scan.name("another")
    found = Weakness(host="a.example", finding_id="1", severity="high", title="Default password", family="x")
    first, second = scan.with_host(found), scan.with_host(found)
    assert [len(first), len(second)] == [2, 1]
    assert first[0].values["scan_id"] == "Quarterly 2026-11-20T14:00:00Z"
    assert first[0].values["completed"] is True
    assert first[1].values["default_credential"] is True
    (left,) = scan.declared()
    assert isinstance(left, Records)
    assert [row.values["host"] for row in left.rows] == ["b.example"]


def test_what_a_report_says_of_an_end_counts_before_the_scope():
    scan = Scan("tool", "web", context(scope="a"))
    assert scan.host("a", completed=False).values["completed"] is False
    assert scan.host("c", completed=None).values["completed"] is None


@pytest.mark.parametrize(("host", "number", "column"), [("", "1", "host"), ("a", " ", "finding_id")])
def test_a_weakness_without_a_host_or_number_is_none(host, number, column):
    with pytest.raises(Fault) as fault:
        Scan("tool", "web", context()).weakness(Weakness(host=host, finding_id=number, severity="low"))
    assert fault.value.column == column


def test_a_component_needs_its_name_and_whose_it_is():
    with pytest.raises(Fault) as fault:
        Component(name="a").row(Listing(system="", lister="x", at_us=None))
    assert fault.value.column == "system"
    with pytest.raises(Fault) as fault:
        Component(name=" ").row(Listing(system="s", lister="x", at_us=None))
    assert fault.value.column == "component"
