"""Reports of Qualys in XML: scans (SCAN), asset reports (ASSET_DATA_REPORT) and web scans (WAS_SCAN_REPORT).

    <!DOCTYPE SCAN SYSTEM "https://qualysapi.qualys.com/scan-1.dtd">
    <SCAN value="scan/1222134912.63524">
      <HEADER><KEY value="DATE">2026-04-02T10:14:53Z</KEY><KEY value="STATUS">FINISHED</KEY></HEADER>
      <IP value="192.0.2.7" name="srv7.broker.example"><VULNS><CAT value="Local" port="443" protocol="tcp">
        <VULN number="123168" severity="5" cveid="CVE-2014-6601"><TITLE>Java update</TITLE><CVSS3_BASE>3.4</CVSS3_BASE></VULN>
      </CAT></VULNS></IP></SCAN>

    <ASSET_DATA_REPORT><HEADER><GENERATION_DATETIME>2026-03-25T07:13:51Z</GENERATION_DATETIME></HEADER>
      <HOST_LIST><HOST><IP>192.0.2.7</IP><DNS>srv7</DNS><VULN_INFO_LIST><VULN_INFO><QID id="qid_5">123168</QID><TYPE>Vuln</TYPE>
        <PORT>443</PORT><LAST_FOUND>2026-03-24T02:00:00Z</LAST_FOUND></VULN_INFO></VULN_INFO_LIST></HOST></HOST_LIST>
      <GLOSSARY><VULN_DETAILS_LIST><VULN_DETAILS id="qid_5"><QID>123168</QID><TITLE>Java update</TITLE><SEVERITY>5</SEVERITY>…

    <WAS_SCAN_REPORT>…<RESULTS><VULNERABILITY_LIST><VULNERABILITY><QID>150085</QID><URL>https://www.broker.example/a</URL>
      <DETECTION_DATE>14 May 2026 09:35AM GMT+0800</DETECTION_DATE></VULNERABILITY></VULNERABILITY_LIST></RESULTS><GLOSSARY>…

Each host is one unit, weak or not, and each detection. Titles, severities and CVE numbers stand in the glossary at the end, which is read
first. Severity 5 is critical, 4 high, 3 medium, 2 and 1 low; information gathered and services are notes; potential weaknesses count
like confirmed ones, fixed ones are skipped. Hosts of a SCAN are completed when its status is FINISHED; those of an asset report are what
earlier scans saw, dated by their newest detection. A web report names a site only with a detection: name the others in the setting
`scope`. The document type these reports declare is not fetched; one that declares entities is refused.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from lxml import etree

from chahe.sources.model import Context, Head, Match, RecordReader, Records, Skip, Unit
from chahe.sources.reading.replay import Replay
from chahe.sources.reading.xml_stream import elements, forget, numbered
from chahe.sources.scans.qualys_csv import FIXED
from chahe.sources.scans.qualys_glossary import ROOTS, Details, glossary, rated
from chahe.sources.scans.scan_report import (
    SCANS,
    SETTINGS,
    WEAKNESSES,
    Fault,
    address_of,
    bare_url,
    cves,
    moment_us,
    port_of,
    score_of,
    site_of,
)
from chahe.sources.scans.scan_rows import Scan, Weakness, rejected, xml_shown
from chahe.wording import Text

_DETECTED: Final = ("VULN", "PRACTICE", "INFO", "SERVICE")
_WEB: Final = ("VULNERABILITY", "SENSITIVE_CONTENT", "INFORMATION_GATHERED")
_NAMES: Final = (*ROOTS, "HEADER", "IP", "HOST", *_DETECTED, *_WEB)
_NOTES: Final = frozenset({"INFO", "SERVICE", "IG", "INFORMATION_GATHERED"})
_HIDDEN: Final = (
    "RESULT",
    "PAYLOADS",
    "RESPONSE",
    "REQUEST",
    "RESULTS",
    "DATA",
    "URL",
    "ACCESS_PATH",
    "FORM_ENTRY_POINT",
    "EVIDENCE",
)


AGAIN = Text("主機 {host} 已列過", "host {host} is listed already")


@dataclass
class _Reading:
    scan: Scan
    glossary: dict[str, Details] = field(default_factory=dict)
    finished: bool | None = None
    host: str = ""
    address: str | None = None
    at_us: int | None = None
    """When the host now read was scanned."""
    fault: Fault | None = None


def recognise(head: Head) -> Match | None:
    """By the root element and what only these reports hold."""
    text = head.text.lstrip("\ufeff \t\r\n")
    if not text.startswith("<"):
        return None
    if "<SCAN value=" in text or ("<SCAN>" in text and "qualys" in text.lower()):
        return Match(93, "XML with <SCAN> of Qualys")
    found = next((root for root in sorted(ROOTS - {"SCAN"}) if f"<{root}" in text), None)
    return Match(96, f"XML with <{found}>") if found else None


def read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    """Hosts and detections in document order; Unreadable where the document breaks or declares an entity."""
    return numbered(unit for unit, _ in _units(Replay(stream), context))


def excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    """The XML of the host or detection at a place, what may hold secrets left out. Raises Unreadable where there is none."""
    return xml_shown(_units(Replay(stream), Context(0)), place, hide=_HIDDEN)


def _units(replay: Replay, context: Context) -> Iterator[tuple[Unit, etree._Element]]:
    """Each unit with the element it was made of, while that is whole."""
    reading = _Reading(Scan("qualys", "host", context), glossary(replay.again()))
    element = None
    for event, element in elements(replay.again(), ROOTS, _NAMES, declared=True):
        if event == "start":
            yield from _started(reading, element)
        elif element.tag == "HEADER":
            _header(reading, element)
        elif element.tag == "HOST":
            yield from _asset(reading, element)
            forget(element)
        elif element.tag in _DETECTED and element.get("number"):
            yield _unit(reading, element, _scanned), _owned(element, reading.host)
        elif element.tag == "IP" and element.get("value"):
            forget(element)
        elif element.tag in _WEB and element.find("QID") is not None:
            yield _web_unit(reading, element), _owned(element, site_of(_url(element))[0])
            forget(element)
    if element is not None:
        for unit in reading.scan.declared():
            yield unit, element


def _owned(element: etree._Element, host: str) -> etree._Element:
    """A detection with its host's name, for showing."""
    element.set("host", host)
    return element


def _started(reading: _Reading, element: etree._Element) -> Iterator[tuple[Unit, etree._Element]]:
    if element.tag == "SCAN" and element.get("value"):
        reading.scan.name(element.get("value"))
    elif str(element.tag).startswith("WAS_"):
        reading.scan.kind = "web"
    elif element.tag == "IP" and element.get("value"):
        address = element.get("value") or ""
        name = element.get("name") or ""
        reading.host = address if not name or name.lower() == "no registered hostname" else name
        reading.address = address_of(address)
        reading.at_us = reading.scan.at_us
        yield _host_unit(reading, reading.finished), etree.Element("IP", dict(element.attrib))


def _header(reading: _Reading, header: etree._Element) -> None:
    keys = {key.get("value") or "": (key.text or "").strip() for key in header.iterfind("KEY")}
    if "STATUS" in keys:
        reading.finished = keys["STATUS"].upper() == "FINISHED"
    written = keys.get("DATE") or header.findtext("GENERATION_DATETIME")
    named = keys.get("TITLE") or header.findtext("NAME") or header.findtext("TEMPLATE")
    above = header.getparent()
    if not written or above is None or str(above.tag) not in ROOTS:
        return
    try:
        at_us = moment_us(written, reading.scan.context.zone, "HEADER/DATE", "scanned_at_us")
        if keys:
            reading.scan.at_us = at_us
        reading.scan.name("qualys", named, written.strip())
    except Fault as fault:
        reading.fault = fault


def _host_unit(reading: _Reading, completed: bool | None) -> Unit:
    try:
        _refuse(reading.fault)
        if reading.scan.is_told(reading.host):
            return Skip(0, AGAIN.fill(host=reading.host[:80]))
        return Records(
            0, (reading.scan.host(reading.host, address=reading.address, at_us=reading.at_us, completed=completed),)
        )
    except Fault as fault:
        return rejected(fault)


def _refuse(fault: Fault | None) -> None:
    if fault is not None:
        raise fault


def _asset(reading: _Reading, host: etree._Element) -> Iterator[tuple[Unit, etree._Element]]:
    """A host of an asset report, and its detections: dated by the newest of them."""
    address = (host.findtext("IP") or "").strip()
    names = (host.findtext(name) or "" for name in ("DNS", "NETBIOS"))
    reading.host = next(filter(None, map(str.strip, names)), address)
    reading.address = address_of(address)
    seen = [
        found for one in host.iterfind("VULN_INFO_LIST/VULN_INFO") if (found := _last_found(reading, one)) is not None
    ]
    reading.at_us = max(seen, default=None)
    alone = etree.Element("HOST")
    for name in ("IP", "DNS", "NETBIOS"):
        if text := host.findtext(name):
            etree.SubElement(alone, name).text = text
    yield _host_unit(reading, None), alone
    for one in host.iterfind("VULN_INFO_LIST/VULN_INFO"):
        state = (one.findtext("VULN_STATUS") or "").strip()
        shown = _owned(one, reading.host)
        yield (Skip(0, FIXED.fill(state=state)) if state.lower() == "fixed" else _unit(reading, one, _held)), shown


def _last_found(reading: _Reading, detection: etree._Element) -> int | None:
    written = detection.findtext("LAST_FOUND")
    try:
        return moment_us(written, reading.scan.context.zone, "LAST_FOUND", "found_at_us") if written else None
    except Fault:
        # The detection itself is rejected for the same reason.
        return None


def _unit(reading: _Reading, element: etree._Element, make: Callable[[_Reading, etree._Element], Weakness]) -> Unit:
    try:
        _refuse(reading.fault)
        return Records(0, (reading.scan.weakness(make(reading, element)),))
    except Fault as fault:
        return rejected(fault)


def _scanned(reading: _Reading, element: etree._Element) -> Weakness:
    """A detection of a SCAN; its category says where."""
    category = element.getparent()
    place: Mapping[str, str] = category.attrib if category is not None else {}  # type: ignore[assignment]  # no bytes here
    return Weakness(
        host=reading.host,
        address=reading.address,
        port=port_of(place.get("port"), "CAT/@port") or 0,
        protocol=place.get("protocol"),
        finding_id=(element.get("number") or "").strip(),
        cve=cves([element.get("cveid"), *(one.text for one in element.iterfind("CVE_ID_LIST/CVE_ID/ID"))]),
        title=(element.findtext("TITLE") or "").strip(),
        severity=rated(element.get("severity"), note=element.tag in _NOTES),
        cvss=score_of(element.findtext("CVSS3_BASE") or element.findtext("CVSS_BASE"), "CVSS_BASE"),
        family=place.get("value"),
        at_us=reading.at_us,
    )


def _held(reading: _Reading, element: etree._Element) -> Weakness:
    """A detection of an asset report."""
    number = (element.findtext("QID") or "").strip()
    known = reading.glossary.get(number, Details())
    written = element.findtext("LAST_FOUND")
    score = (element.findtext("CVSS3_FINAL") or element.findtext("CVSS_FINAL") or "").strip()
    return Weakness(
        host=reading.host,
        address=reading.address,
        port=port_of(element.findtext("PORT"), "PORT") or 0,
        protocol=element.findtext("PROTOCOL"),
        finding_id=number,
        cve=known.cve,
        title=known.title,
        severity=rated(known.severity, note=(element.findtext("TYPE") or "").strip().upper() in _NOTES),
        cvss=score_of(known.score if score in {"", "-"} else score, "CVSS_FINAL"),
        family=known.category,
        at_us=moment_us(written, reading.scan.context.zone, "LAST_FOUND", "found_at_us") if written else reading.at_us,
    )


def _url(element: etree._Element) -> str:
    return (element.findtext("URL") or "").strip()


def _web_unit(reading: _Reading, element: etree._Element) -> Unit:
    state = (element.findtext("STATUS") or "").strip()
    if state.lower() == "fixed":
        return Skip(0, FIXED.fill(state=state))
    try:
        _refuse(reading.fault)
        return Records(0, reading.scan.with_host(_on_site(reading, element)))
    except Fault as fault:
        return rejected(fault)


def _on_site(reading: _Reading, element: etree._Element) -> Weakness:
    number = (element.findtext("QID") or "").strip()
    known = reading.glossary.get(number, Details())
    host, port = site_of(_url(element))
    written = (element.findtext("DETECTION_DATE") or element.findtext("LAST_TIME_DETECTED") or "").strip()
    return Weakness(
        host=host,
        port=port or 0,
        protocol="tcp",
        finding_id=number,
        cve=known.cve,
        title=known.title,
        component=bare_url(_url(element)),
        severity=rated(known.severity, note=element.tag in _NOTES),
        cvss=score_of(known.score, "CVSS_BASE"),
        family=known.category,
        at_us=moment_us(written, reading.scan.context.zone, "DETECTION_DATE", "found_at_us") if written else None,
    )


reader = RecordReader(
    name="qualys",
    title=Text("Qualys 弱點掃描報告（XML）", "Qualys vulnerability report (XML)"),
    version=1,
    tables=(SCANS, WEAKNESSES),
    recognise=recognise,
    read=read,
    settings=SETTINGS,
    excerpt=excerpt,
)
