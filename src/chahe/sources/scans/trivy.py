"""Reports of Trivy in JSON: an image, folder or list scanned, weaknesses of its components, its settings, its packages.

    {"SchemaVersion": 2, "CreatedAt": "2026-01-15T08:58:29Z", "ArtifactName": "quote-gw:1.4", "ArtifactType": "container_image",
     "Results": [
      {"Target": "quote-gw:1.4 (debian 12)", "Class": "os-pkgs", "Type": "debian",
       "Packages": [{"Name": "apt", "Version": "2.6.1", "Identifier": {"PURL": "pkg:deb/debian/apt@2.6.1"}}],
       "Vulnerabilities": [{"VulnerabilityID": "CVE-2026-0001", "PkgName": "apt", "InstalledVersion": "2.6.1", "Severity": "LOW",
                            "SeveritySource": "debian", "CVSS": {"nvd": {"V3Score": 3.7}}}],
       "Misconfigurations": [{"ID": "DS002", "Title": "Image user should not be root", "Status": "FAIL", "Severity": "HIGH"}],
       "Secrets": [{"RuleID": "aws-access-key-id", "Title": "AWS key", "Severity": "CRITICAL", "StartLine": 3, "Match": "***"}]}]}

The artifact is one unit, and each vulnerability, setting, secret, licence and package of its results. Reports of versions
before 0.20 are a list of results without the artifact's name; there each result's target is what was scanned. What somebody
had Trivy ignore (`ExperimentalModifiedFindings`) is read all the same. A rating of UNKNOWN, or none, is unrated; the score is
that of the source the rating is from, or else NVD's. Trivy writes its report once it is done, so what it names is completed;
versions before 0.49 do not say when (setting `scanned_at`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import BinaryIO, Final

from chahe.sources.model import Context, Head, Match, RecordReader, Records, Row, Skip, Unit
from chahe.sources.reading.json_stream import ENTERED, Element, elements, facts, outline
from chahe.sources.reading.replay import Replay
from chahe.sources.reading.xml_stream import numbered
from chahe.sources.scans.compliance import CHECKS, Check
from chahe.sources.scans.component_rows import COMPONENTS, Component, Listing
from chahe.sources.scans.scan_report import (
    ARTIFACT_SETTINGS,
    BAD_VALUE,
    SCANS,
    WEAKNESSES,
    Fault,
    cves,
    moment_us,
)
from chahe.sources.scans.scan_rows import (
    Scan,
    Weakness,
    decimal_of,
    json_shown,
    object_of,
    rejected,
    text_of,
    texts_of,
)
from chahe.wording import Text

_FACTS: Final = (("ArtifactName",), ("CreatedAt",), ("Metadata", "RepoTags"), ("Results", "*", "Target"))
_PARTS: Final = (
    "Vulnerabilities",
    "Misconfigurations",
    "Secrets",
    "Licenses",
    "Packages",
    "ExperimentalModifiedFindings",
)
_RECORDS: Final = tuple(
    (*above, name, *below)
    for above in (("Results", "*"), ("*",))
    for name, below in (("Target", ()), *((part, ("*",)) for part in _PARTS))
)
_SEVERITIES: Final = {
    "CRITICAL": "critical",
    "HIGH": "high",
    "MEDIUM": "medium",
    "LOW": "low",
    "UNKNOWN": "unknown",
    "": "unknown",
}
_RESULTS: Final = {"FAIL": "failed", "PASS": "passed", "EXCEPTION": "warning"}
_SECRETS: Final = frozenset({"Match", "Code"})

LICENCE = Text("套件授權條款的檢查，不是弱點", "a finding about a package's licence, no weakness")
OTHER_CHANGED = Text("被排除的 {kind} 結果，不是弱點", "a suppressed finding of kind {kind}, no weakness")


@dataclass
class _Reading:
    scan: Scan
    host: str
    at_us: int | None
    target: str = ""
    """The result now read."""


def recognise(head: Head) -> Match | None:
    """By the keys of a report, or of a result in reports of old versions."""
    held = outline(head)
    if ("SchemaVersion",) in held and (("ArtifactName",) in held or ("ArtifactType",) in held):
        return Match(95, "JSON with Trivy's SchemaVersion and artifact")
    if ("*", "Target") in held and ("*", "Vulnerabilities") in held:
        return Match(90, "JSON list of Trivy's results")
    return None


def read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    """The artifact, then what was found in it, in document order; Unreadable where the document breaks."""
    return numbered(unit for unit, _ in _units(stream, context))


def excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    """The JSON of the finding at a place, secrets left out. Raises Unreadable where there is none."""
    return json_shown(_units(stream, Context(0)), place, hide=_SECRETS)


def _units(stream: BinaryIO, context: Context) -> Iterator[tuple[Unit, object]]:
    replay = Replay(stream)
    known = facts(replay.again(), _FACTS)
    reading, head = _begin(known, context)
    if head is not None:
        yield head, {path[-1]: value for path, value in known.items()}
    for element in elements(replay.again(), _RECORDS):
        if element.value is ENTERED:
            continue
        if element.path[-1] == "Target":
            reading.target = text_of(element.value)
            if head is None:
                yield _legacy(reading), {"Target": element.value}
        else:
            yield _unit(reading, element), {"Target": reading.target, "host": reading.host, **object_of(element.value)}
    for unit in reading.scan.declared():
        yield unit, None


def _begin(known: Mapping[tuple[str, ...], object], context: Context) -> tuple[_Reading, Unit | None]:
    """The artifact of a whole report and its unit; None in reports of old versions, which name only targets."""
    scan = Scan("trivy", "components", context)
    target = text_of(known.get(("Results", "*", "Target")))
    tags = texts_of(known.get(("Metadata", "RepoTags")))
    name = text_of(known.get(("ArtifactName",))) or (tags[0] if tags else target.partition(" (")[0])
    reading = _Reading(scan, scan.artifact(name), None)
    if not known:
        return reading, None
    try:
        written = text_of(known.get(("CreatedAt",)))
        reading.at_us = moment_us(written, context.zone, "CreatedAt", "scanned_at_us") if written else scan.at_us
        scan.name(reading.host, at_us=reading.at_us)
        return reading, Records(0, (scan.host(reading.host, at_us=reading.at_us, completed=True),))
    except Fault as fault:
        return reading, rejected(fault)


def _legacy(reading: _Reading) -> Unit:
    """The host of a result that stands for itself."""
    reading.host = reading.scan.artifact(reading.target)
    reading.scan.name(reading.host)
    if reading.scan.is_told(reading.host):
        return Skip(0, SAME.fill(target=reading.target[:80]))
    try:
        return Records(0, (reading.scan.host(reading.host, completed=True),))
    except Fault as fault:
        return rejected(fault)


SAME = Text("{target}：同一成品的另一部分", "{target}: another part of the same artifact")


def _unit(reading: _Reading, element: Element) -> Unit:
    part = element.path[-2]
    said = object_of(element.value)
    if part == "ExperimentalModifiedFindings":
        kind = text_of(said.get("Type"))
        if kind != "vulnerability":
            return Skip(0, OTHER_CHANGED.fill(kind=kind[:40] or "?"))
        part, said = "Vulnerabilities", object_of(said.get("Finding"))
    if part == "Licenses":
        return Skip(0, LICENCE)
    make = {"Vulnerabilities": _vulnerability, "Misconfigurations": _setting, "Secrets": _secret, "Packages": _package}[
        part
    ]
    try:
        return Records(0, make(reading, said))
    except Fault as fault:
        return rejected(fault)


def _severity(said: Mapping[str, object]) -> str:
    written = text_of(said.get("Severity"))
    if written.upper() not in _SEVERITIES:
        raise Fault(BAD_VALUE.fill(field="Severity"), "severity", written)
    return _SEVERITIES[written.upper()]


def _vulnerability(reading: _Reading, said: Mapping[str, object]) -> tuple[Row, ...]:
    number = text_of(said.get("VulnerabilityID"))
    package, version = text_of(said.get("PkgName")), text_of(said.get("InstalledVersion"))
    found = Weakness(
        host=reading.host,
        finding_id=number,
        cve=cves([number, *texts_of(said.get("VendorIDs"))]),
        title=text_of(said.get("Title")) or text_of(said.get("Description"))[:200],
        component=f"{package}@{version}" if version else package,
        severity=_severity(said),
        cvss=_score(object_of(said.get("CVSS")), text_of(said.get("SeveritySource"))),
        at_us=reading.at_us,
    )
    return (reading.scan.weakness(found),)


def _score(scores: Mapping[str, object], source: str) -> Decimal | None:
    """Of the source the rating is from, of NVD, or of any: the newest 3.x score, or else 4.0 or 2."""
    for name in dict.fromkeys((source, "nvd", *scores)):
        given = object_of(scores.get(name))
        for version in ("V3Score", "V40Score", "V2Score"):
            if (score := decimal_of(given.get(version))) is not None:
                return score
    return None


def _setting(reading: _Reading, said: Mapping[str, object]) -> tuple[Row, ...]:
    number = text_of(said.get("ID")) or text_of(said.get("AVDID"))
    title = text_of(said.get("Title")) or text_of(said.get("Message"))[:200]
    result = _RESULTS.get(text_of(said.get("Status")).upper(), "failed")
    check = Check(
        host=reading.host,
        check_id=number,
        check=title or number,
        policy=text_of(said.get("Type")),
        result=result,
        policy_value=text_of(said.get("Resolution")),
        actual_value=text_of(said.get("Message")),
        at_us=reading.at_us,
    )
    if result == "passed":
        return (check.row(reading.scan),)
    found = Weakness(
        host=reading.host,
        finding_id=number,
        title=title,
        component=reading.target,
        severity=_severity(said),
        at_us=reading.at_us,
    )
    return reading.scan.weakness(found), check.row(reading.scan)


def _secret(reading: _Reading, said: Mapping[str, object]) -> tuple[Row, ...]:
    found = Weakness(
        host=reading.host,
        finding_id=text_of(said.get("RuleID")),
        title=text_of(said.get("Title")),
        component=":".join(filter(None, (reading.target, text_of(said.get("StartLine"))))),
        severity=_severity(said),
        at_us=reading.at_us,
    )
    return (reading.scan.weakness(found),)


def _package(reading: _Reading, said: Mapping[str, object]) -> tuple[Row, ...]:
    component = Component(
        name=text_of(said.get("Name")),
        version=text_of(said.get("Version")),
        purl=text_of(object_of(said.get("Identifier")).get("PURL")),
        type="package",
        licence=", ".join(texts_of(said.get("Licenses"))),
    )
    return (component.row(Listing(system=reading.host, lister="trivy", at_us=reading.at_us)),)


reader = RecordReader(
    name="trivy",
    title=Text("Trivy 弱點掃描報告（JSON）", "Trivy scan (JSON)"),
    version=1,
    tables=(SCANS, WEAKNESSES, CHECKS, COMPONENTS),
    recognise=recognise,
    read=read,
    settings=ARTIFACT_SETTINGS,
    excerpt=excerpt,
)
