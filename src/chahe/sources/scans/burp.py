"""Issues of Burp Suite in XML (Report selected issues): weaknesses found on web sites.

    <?xml version="1.0"?>
    <!DOCTYPE issues [<!ELEMENT issues (issue*)> …]>
    <issues burpVersion="2024.1" exportTime="Tue May 12 20:57:30 CST 2026">
      <issue><serialNumber>5612</serialNumber><type>5244416</type><name><![CDATA[Cookie without HttpOnly flag set]]></name>
        <host ip="192.0.2.7">https://www.broker.example</host><path><![CDATA[/login]]></path>
        <severity>Low</severity><confidence>Certain</confidence></issue>
    </issues>

Each issue is one unit; a host is scanned where an issue first names it. Burp names no site without an issue, and not whether it
came to its end: name the sites in the setting `scope`. The time is that of the export (setting `scanned_at` where it is
another), without a zone in most. An issue that somebody marked as a false positive is skipped by Burp itself before it exports;
one that is exported with the severity `False positive` is unrated here. Requests, responses and what stands behind `?` are left out.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from lxml import etree

from chahe.sources.model import Context, Head, Match, RecordReader, Records, Unit
from chahe.sources.reading.xml_stream import elements, forget, numbered
from chahe.sources.scans.scan_report import (
    BAD_VALUE,
    SCANS,
    SETTINGS,
    WEAKNESSES,
    Fault,
    address_of,
    bare_url,
    cves,
    moment_us,
    site_of,
)
from chahe.sources.scans.scan_rows import Scan, Weakness, rejected, xml_shown
from chahe.wording import Text

_ROOT: Final = "issues"
_SEVERITIES: Final = {
    "critical": "critical",
    "high": "high",
    "medium": "medium",
    "low": "low",
    "information": "info",
    "info": "info",
    "false positive": "unknown",
    "undefined": "unknown",
}
_HIDDEN: Final = (
    "path",
    "requestresponse",
    "issueDetail",
    "collaboratorEvent",
    "infiltratorEvent",
    "dynamicAnalysis",
    "location",
)
_JAVA_DATE = re.compile(r"([A-Z][a-z]{2} [A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d) ([A-Z]{3,4}) (\d{4})")
"""`Tue May 12 20:57:30 CST 2026`: the zone stands before the year."""


def recognise(head: Head) -> Match | None:
    """By the root element and Burp's version."""
    text = head.text.lstrip("\ufeff \t\r\n")
    if text.startswith("<") and re.search(r"<issues\s[^>]*\bburpVersion=", text):
        return Match(97, "XML with Burp's issues")
    return None


def read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    """The issues in document order; Unreadable where the document breaks or declares an entity."""
    return numbered(unit for unit, _ in _units(stream, context))


def excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    """The XML of the issue at a place, requests and responses left out. Raises Unreadable where there is none."""
    return xml_shown(_units(stream, Context(0)), place, hide=_HIDDEN)


def _units(stream: BinaryIO, context: Context) -> Iterator[tuple[Unit, etree._Element]]:
    scan = Scan("burp", "web", context)
    broken = None
    element = None
    for event, element in elements(stream, frozenset({_ROOT}), (_ROOT, "issue"), declared=True):
        if event == "start" and element.tag == _ROOT:
            broken = _begin(scan, (element.get("exportTime") or "").strip())
        elif event == "end" and element.tag == "issue":
            yield _unit(scan, broken, element), element
            forget(element)
    if element is not None:
        for unit in scan.declared():
            yield unit, element


def _begin(scan: Scan, written: str) -> Fault | None:
    plain = _JAVA_DATE.sub(r"\1 \3 \2", written)
    if scan.options.scanned_at_us is not None or not written:
        scan.name("burp" if scan.at_us is not None else None, at_us=scan.at_us)
        return None
    try:
        scan.name("burp", at_us=moment_us(plain, scan.context.zone, "issues/@exportTime", "scanned_at_us"))
    except Fault as fault:
        return fault
    return None


def _unit(scan: Scan, broken: Fault | None, issue: etree._Element) -> Unit:
    try:
        return Records(0, scan.with_host(_weakness(issue))) if broken is None else rejected(broken)
    except Fault as fault:
        return rejected(fault)


def _weakness(issue: etree._Element) -> Weakness:
    written = (issue.findtext("severity") or "").strip()
    if written.lower() not in _SEVERITIES:
        raise Fault(BAD_VALUE.fill(field="severity"), "severity", written)
    site = issue.find("host")
    origin = (site.text or "").strip() if site is not None else ""
    host, port = site_of(origin)
    title = (issue.findtext("name") or "").strip()
    return Weakness(
        host=host,
        address=address_of(site.get("ip")) if site is not None else None,
        port=port or 0,
        protocol="tcp",
        finding_id=(issue.findtext("type") or "").strip() or title,
        cve=cves((title, issue.findtext("issueDetail"), issue.findtext("references"))),
        title=title,
        component=bare_url(origin + (issue.findtext("path") or "").strip()),
        severity=_SEVERITIES[written.lower()],
    )


reader = RecordReader(
    name="burp",
    title=Text("Burp Suite 網站弱點（XML）", "Burp Suite issues (XML)"),
    version=1,
    tables=(SCANS, WEAKNESSES),
    recognise=recognise,
    read=read,
    settings=SETTINGS,
    excerpt=excerpt,
)
