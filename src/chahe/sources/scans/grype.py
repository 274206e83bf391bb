"""Reports of Grype in JSON: an image, folder or file scanned, and weaknesses of its components.

    {"matches": [
      {"vulnerability": {"id": "CVE-2026-0001", "severity": "Negligible", "cvss": [], "fix": {"state": "not-fixed"}},
       "relatedVulnerabilities": [{"id": "CVE-2026-0001", "cvss": [{"version": "3.1", "metrics": {"baseScore": 3.7}}]}],
       "artifact": {"name": "apt", "version": "2.6.1", "type": "deb", "purl": "pkg:deb/debian/apt@2.6.1"}}],
     "source": {"type": "image", "target": {"userInput": "quote-gw:1.4"}},
     "descriptor": {"name": "grype", "timestamp": "2026-06-19T11:43:35.523947199Z"}}

The source is one unit, though it stands last in the document, and each match is one; the component of a match is listed once.
What somebody had Grype ignore (`ignoredMatches`) is read all the same. Negligible is low, since it is no mere note, and
Unknown is unrated. Only components with a match are listed: for all of them have Grype or Syft write CycloneDX. Grype writes its
report once it is done, so the source is completed; versions before 0.66 do not say when (setting `scanned_at`).
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import BinaryIO, Final

from chahe.sources.model import Context, Head, Match, RecordReader, Records, Row, Unit
from chahe.sources.reading.json_stream import ENTERED, elements, facts, outline
from chahe.sources.reading.replay import Replay
from chahe.sources.reading.xml_stream import numbered
from chahe.sources.scans.component_rows import COMPONENTS, Component, Listing
from chahe.sources.scans.scan_report import ARTIFACT_SETTINGS, BAD_VALUE, SCANS, WEAKNESSES, Fault, cves, moment_us
from chahe.sources.scans.scan_rows import (
    Scan,
    Weakness,
    decimal_of,
    json_shown,
    object_of,
    objects_of,
    rejected,
    text_of,
    texts_of,
)
from chahe.wording import Text

_FACTS: Final = (("source", "type"), ("source", "target"), ("source", "name"), ("descriptor", "timestamp"))
_RECORDS: Final = (("matches", "*"), ("ignoredMatches", "*"))
_SEVERITIES: Final = {
    "critical": "critical",
    "high": "high",
    "medium": "medium",
    "low": "low",
    "negligible": "low",
    "unknown": "unknown",
    "": "unknown",
}


def recognise(head: Head) -> Match | None:
    """By its matches and what a match holds; a report without any, by its descriptor."""
    held = outline(head)
    if ("matches", "*", "vulnerability") in held or held.get(("descriptor", "name")) == "grype":
        return Match(95, "JSON with Grype's matches") if ("matches",) in held else None
    return None


def read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    """The source, then its matches in document order; Unreadable where the document breaks."""
    return numbered(unit for unit, _ in _units(stream, context))


def excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    """The JSON of the source or match at a place. Raises Unreadable where there is none."""
    return json_shown(_units(stream, Context(0)), place)


def _units(stream: BinaryIO, context: Context) -> Iterator[tuple[Unit, object]]:
    replay = Replay(stream)
    known = facts(replay.again(), _FACTS)
    scan = Scan("grype", "components", context)
    name = _source(known)
    host = scan.artifact(name)
    written = text_of(known.get(("descriptor", "timestamp")))
    yield _begin(scan, host, written), {"source": name, "timestamp": written}
    listed: set[tuple[str, ...]] = set()
    for element in elements(replay.again(), _RECORDS):
        if element.value is not ENTERED:
            said = object_of(element.value)
            yield _match_unit(scan, host, said, listed), {"source": name, **said}
    for unit in scan.declared():
        yield unit, None


def _source(known: Mapping[tuple[str, ...], object]) -> str:
    """What was scanned: an image's name, or a folder or file; some versions put quotes around it."""
    target = known.get(("source", "target"))
    named = object_of(target)
    found = text_of(target) or text_of(named.get("userInput")) or text_of(named.get("path"))
    return found.strip('"') or text_of(known.get(("source", "name"))) or text_of(known.get(("source", "type")))


def _begin(scan: Scan, host: str, written: str) -> Unit:
    try:
        scan.name(
            host, at_us=moment_us(written, scan.context.zone, "timestamp", "scanned_at_us") if written else scan.at_us
        )
        return Records(0, (scan.host(host, completed=True),))
    except Fault as fault:
        return rejected(fault)


def _match_unit(scan: Scan, host: str, said: Mapping[str, object], listed: set[tuple[str, ...]]) -> Unit:
    try:
        return Records(0, (scan.weakness(_weakness(host, said)), *_component(scan, host, said, listed)))
    except Fault as fault:
        return rejected(fault)


def _weakness(host: str, said: Mapping[str, object]) -> Weakness:
    stated = object_of(said.get("vulnerability"))
    related = objects_of(said.get("relatedVulnerabilities"))
    artifact = object_of(said.get("artifact"))
    number = text_of(stated.get("id"))
    severity = text_of(stated.get("severity"))
    if severity.lower() not in _SEVERITIES:
        raise Fault(BAD_VALUE.fill(field="vulnerability.severity"), "severity", severity)
    described = next(filter(None, (text_of(one.get("description")) for one in (stated, *related))), "")
    name, version = text_of(artifact.get("name")), text_of(artifact.get("version"))
    return Weakness(
        host=host,
        finding_id=number,
        cve=cves([number, *(text_of(one.get("id")) for one in related)]),
        title=described[:200],
        component=f"{name}@{version}" if version else name,
        severity=_SEVERITIES[severity.lower()],
        cvss=_score([stated, *related]),
    )


def _score(stated: list[Mapping[str, object]]) -> Decimal | None:
    """The first 3.x base score of the vulnerability or of those related, or else a 4.0 or 2 one."""
    scores = [
        (text_of(one.get("version")), score)
        for part in stated
        for one in objects_of(part.get("cvss"))
        if (score := decimal_of(object_of(one.get("metrics")).get("baseScore"))) is not None
    ]
    for version in ("3", "4", ""):
        for written, score in scores:
            if written.startswith(version):
                return score
    return None


def _component(scan: Scan, host: str, said: Mapping[str, object], listed: set[tuple[str, ...]]) -> tuple[Row, ...]:
    artifact = object_of(said.get("artifact"))
    key = tuple(text_of(artifact.get(part)) for part in ("name", "version", "purl", "type"))
    if key in listed or not key[0]:
        return ()
    listed.add(key)
    component = Component(
        name=key[0], version=key[1], purl=key[2], type=key[3], licence=", ".join(texts_of(artifact.get("licenses")))
    )
    return (component.row(Listing(system=host, lister="grype", at_us=scan.at_us)),)


reader = RecordReader(
    name="grype",
    title=Text("Grype 弱點掃描報告（JSON）", "Grype scan (JSON)"),
    version=1,
    tables=(SCANS, WEAKNESSES, COMPONENTS),
    recognise=recognise,
    read=read,
    settings=ARTIFACT_SETTINGS,
    excerpt=excerpt,
)
