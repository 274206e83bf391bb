"""Reports of OSV-Scanner in JSON: lists of packages scanned, and weaknesses of the packages.

    {"results": [
      {"source": {"path": "/src/quote-gw/poetry.lock", "type": "lockfile"},
       "packages": [
         {"package": {"name": "urllib3", "version": "1.26.3", "ecosystem": "PyPI"},
          "vulnerabilities": [{"id": "GHSA-5phf-pp7p-vc2r", "aliases": ["CVE-2021-28363"], "summary": "…",
                               "database_specific": {"severity": "MODERATE"}}],
          "groups": [{"ids": ["GHSA-5phf-pp7p-vc2r"], "max_severity": "6.5"}]}]}]}

Each source is one unit, and each package and each of its vulnerabilities. The rating is the graver of what the database says
(LOW, MODERATE, HIGH, CRITICAL) and of the score: the group's, or that of the vulnerability's own CVSS 2 or 3 vector. With
neither it is unrated. A folder under git is a package named by its commit. OSV-Scanner writes only packages with
weaknesses unless told to list all (`--all-packages`), and no time (setting `scanned_at`).
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import BinaryIO, Final

from chahe.sources.model import Context, Head, Match, RecordReader, Records, Skip, Unit
from chahe.sources.reading.json_stream import ENTERED, elements, outline
from chahe.sources.reading.xml_stream import numbered
from chahe.sources.scans.component_rows import COMPONENTS, Component, Listing
from chahe.sources.scans.cvss import base_score
from chahe.sources.scans.scan_report import (
    ARTIFACT_SETTINGS,
    BAD_VALUE,
    SCANS,
    WEAKNESSES,
    Fault,
    cves,
    graver,
    severity_of,
)
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

_RECORDS: Final = (("results", "*"),)
_RATINGS: Final = {"LOW": "low", "MODERATE": "medium", "MEDIUM": "medium", "HIGH": "high", "CRITICAL": "critical"}

SAME = Text("{source}：同一成品的另一份清單", "{source}: another list of the same artifact")


def recognise(head: Head) -> Match | None:
    """By results with packages and their source."""
    held = outline(head)
    if ("results", "*", "source", "path") in held and ("results", "*", "packages") in held:
        return Match(92, "JSON with OSV-Scanner's results")
    return None


def read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    """Sources, packages and vulnerabilities in document order; Unreadable where the document breaks."""
    return numbered(unit for unit, _ in _units(stream, context))


def excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    """The JSON of the source, package or vulnerability at a place. Raises Unreadable where there is none."""
    return json_shown(_units(stream, Context(0)), place)


def _units(stream: BinaryIO, context: Context) -> Iterator[tuple[Unit, object]]:
    scan = Scan("osv", "components", context)
    for element in elements(stream, _RECORDS):
        if element.value is not ENTERED:
            result = object_of(element.value)
            source = text_of(object_of(result.get("source")).get("path"))
            host = scan.artifact(source)
            yield _source_unit(scan, host, source), {"source": result.get("source")}
            for package in objects_of(result.get("packages")):
                yield from _package_units(scan, host, source, package)
    for unit in scan.declared():
        yield unit, None


def _source_unit(scan: Scan, host: str, source: str) -> Unit:
    scan.name(host, at_us=scan.at_us)
    if scan.is_told(host):
        return Skip(0, SAME.fill(source=source[:80]))
    try:
        return Records(0, (scan.host(host, completed=True),))
    except Fault as fault:
        return rejected(fault)


def _package_units(
    scan: Scan, host: str, source: str, package: Mapping[str, object]
) -> Iterator[tuple[Unit, Mapping[str, object]]]:
    about = object_of(package.get("package"))
    name, version = text_of(about.get("name")) or text_of(about.get("commit")), text_of(about.get("version"))
    component = Component(name=name, version=version, type=text_of(about.get("ecosystem")))
    shown = {"source": source, "package": about}
    try:
        yield Records(0, (component.row(Listing(system=host, lister="osv", at_us=scan.at_us)),)), shown
    except Fault as fault:
        yield rejected(fault), shown
    scores = {
        number: score
        for group in objects_of(package.get("groups"))
        if (score := decimal_of(group.get("max_severity"))) is not None
        for number in texts_of(group.get("ids"))
    }
    for stated in objects_of(package.get("vulnerabilities")):
        yield _weakness_unit(scan, host, f"{name}@{version}" if version else name, stated, scores), {**shown, **stated}


def _weakness_unit(
    scan: Scan, host: str, component: str, stated: Mapping[str, object], scores: Mapping[str, Decimal]
) -> Unit:
    number = text_of(stated.get("id"))
    score = scores.get(number, _vector_score(stated))
    try:
        rating = _rating(stated)
        found = Weakness(
            host=host,
            finding_id=number,
            cve=cves([number, *texts_of(stated.get("aliases"))]),
            title=text_of(stated.get("summary")) or text_of(stated.get("details"))[:200],
            component=component,
            severity=graver(rating, "unknown" if score is None else severity_of(score)),
            cvss=score,
        )
        return Records(0, (scan.weakness(found),))
    except Fault as fault:
        return rejected(fault)


def _rating(stated: Mapping[str, object]) -> str:
    written = text_of(object_of(stated.get("database_specific")).get("severity")).upper()
    if written and written not in _RATINGS:
        raise Fault(BAD_VALUE.fill(field="database_specific.severity"), "severity", written)
    return _RATINGS.get(written, "unknown")


def _vector_score(stated: Mapping[str, object]) -> Decimal | None:
    """The score of its vector, the newest version first that can be computed."""
    vectors = sorted(
        ((text_of(one.get("type")), text_of(one.get("score"))) for one in objects_of(stated.get("severity"))),
        reverse=True,
    )
    return next((score for _, vector in vectors if (score := base_score(vector)) is not None), None)


reader = RecordReader(
    name="osv",
    title=Text("OSV-Scanner 弱點掃描報告（JSON）", "OSV-Scanner scan (JSON)"),
    version=1,
    tables=(SCANS, WEAKNESSES, COMPONENTS),
    recognise=recognise,
    read=read,
    settings=ARTIFACT_SETTINGS,
    excerpt=excerpt,
)
