"""Reports of OpenVAS and Greenbone in XML: hosts scanned, weaknesses found, settings audited.

    <report id="88bb…">                                 outer report: the export
      <report id="88bb…">                               inner report: the scan
        <scan_run_status>Done</scan_run_status><scan_start>2025-08-22T15:01:38+02:00</scan_start>
        <results>
          <result id="ec5f…"><host>192.0.2.7<hostname>srv7</hostname></host><port>443/tcp</port>
            <nvt oid="1.3.6.1.4.1.25623.1.0.117274"><name>Weak cipher suites</name><cvss_base>5.9</cvss_base>
              <refs><ref type="cve" id="CVE-2013-2566"/></refs></nvt>
            <threat>Medium</threat><severity>5.9</severity></result>
        </results>
        <host><ip>192.0.2.7</ip><start>…</start><end>…</end></host>
        <scan_end>2025-08-22T17:09:57+02:00</scan_end>

Each result is one unit, and each host of the report, with or without results. Hosts that only results name follow as one
unit at the report's end. The scan's number is the setting `scan_id`, or else the inner report's id. Results come before
the hosts in the document, so a weakness is dated by the scan's beginning, and only where that is not given by its own
creation; exports of imported reports are created long after the scan. Results that say how they comply (`<compliance>yes`,
of audits) are configuration checks.

A severity number is rated by CVSS 3.1, so 9.0 and above is critical although older Greenbone versions call it High; the
word (`threat`) decides where there is no number. An override cannot make a weakness smaller: the higher of `severity`
and `original_severity` counts. Results of negative severity (false positives, debug, errors) without a higher original
are skipped.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import BinaryIO, Final

from lxml import etree

from chahe.sources.model import Context, Head, Match, RecordReader, Records, Row, Skip, Unit
from chahe.sources.reading.xml_stream import elements, forget, numbered
from chahe.sources.scans.compliance import CHECKS, Check
from chahe.sources.scans.scan_report import (
    ABSENT,
    BAD_VALUE,
    SCANS,
    SETTINGS,
    WEAKNESSES,
    Fault,
    address_of,
    cves,
    moment_us,
    number,
    score_of,
    severity_of,
)
from chahe.sources.scans.scan_rows import Scan, Weakness, rejected, xml_shown
from chahe.wording import Text

_ROOTS: Final = frozenset({"report", "get_reports_response"})
_NAMES: Final = ("report", "scan_start", "scan_end", "scan_run_status", "result", "host", "port", "error")
_THREATS: Final = {"log": "info", "low": "low", "medium": "medium", "high": "high", "critical": "critical"}
_TRANSPORTS: Final = frozenset({"tcp", "udp", "sctp", "icmp"})
_COMPLIES: Final = {"yes": "passed", "no": "failed", "incomplete": "error"}
_SAID = re.compile(r"^(Compliant|Set Point|Actual Value)\s*:[ \t]*(.*)$", re.MULTILINE | re.IGNORECASE)
_PORT = re.compile(r"(?:[\w.-]* ?\()?(\d{1,5}|general)/([A-Za-z_-]+)\)?", re.ASCII)

NO_WEAKNESS = Text(
    "結果的嚴重度為 {severity}（{threat}）：誤判、除錯或檢查錯誤的訊息，不是弱點",
    "a result of severity {severity} ({threat}): a false positive, or a message of debugging or failure, no weakness",
)


@dataclass
class _Report:
    """What is known of a report at one point of it."""

    scan_id: str
    start: str | None = None
    end: str | None = None
    status: str = ""
    listed: set[str] = field(default_factory=set)
    unlisted: dict[str, None] = field(default_factory=dict)
    """Hosts that only results have named so far, in order."""


@dataclass
class _Reading:
    scan: Scan
    zone: str
    reports: list[_Report] = field(default_factory=list)
    """Open reports, the innermost last."""


def recognise(head: Head) -> Match | None:
    """By the root element and what only these reports hold."""
    text = head.text.lstrip("\ufeff \t\r\n")
    if not re.match(r"(?:<\?xml[^>]*\?>\s*)?<(?:report|get_reports_response)[\s>]", text):
        return None
    if "<gmp>" in text or "<omp>" in text or "<nvt oid=" in text:
        return Match(97, "XML report with Greenbone's protocol version or checks")
    return Match(60, "XML report with Greenbone's status") if "<scan_run_status>" in text else None


def read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    """Results and hosts in document order; Unreadable where the document breaks or declares a type."""
    return numbered(unit for unit, _ in _units(stream, context))


def excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    """The XML of the result or host at a place, or what is left of a report's. Raises Unreadable where there is none."""
    return xml_shown(_units(stream, Context(0)), place)


def _units(stream: BinaryIO, context: Context) -> Iterator[tuple[Unit, etree._Element]]:
    """Each unit with the element it was made of, while that is whole."""
    reading = _Reading(Scan("openvas", "host", context), context.zone)
    element = None
    for event, element in elements(stream, _ROOTS, _NAMES):
        if element.tag == "report":
            yield from _report_units(reading, event, element)
        elif event == "end" and reading.reports:
            yield from _part_units(reading, element)
    if element is not None:
        for unit in reading.scan.declared():
            yield unit, element


def _report_units(reading: _Reading, event: str, element: etree._Element) -> Iterator[tuple[Unit, etree._Element]]:
    if event == "start":
        outer = reading.reports[-1].scan_id if reading.reports else None
        scan_id = reading.scan.options.scan_id or (element.get("id") or "").strip() or outer
        reading.reports.append(_Report(scan_id or reading.scan.scan_id))
        reading.scan.scan_id = reading.reports[-1].scan_id
        return
    # A report element inside something else, such as a result's detection, was opened here as well.
    report = reading.reports.pop()
    if report.unlisted:
        yield _unlisted_unit(reading, report), element
    if reading.reports:
        reading.scan.scan_id = reading.reports[-1].scan_id
    forget(element)


def _part_units(reading: _Reading, element: etree._Element) -> Iterator[tuple[Unit, etree._Element]]:
    report = reading.reports[-1]
    parent = element.getparent()
    within = parent.tag if parent is not None else None
    if within == "report":
        if element.tag == "host":
            yield _host_unit(reading, report, element), element
            forget(element)
        elif element.tag == "scan_start":
            report.start = (element.text or "").strip() or None
        elif element.tag == "scan_end":
            report.end = (element.text or "").strip() or None
        elif element.tag == "scan_run_status":
            report.status = (element.text or "").strip()
    elif (element.tag, within) == ("result", "results"):
        yield _result_unit(reading, report, element), element
        forget(element)
    elif (element.tag, within) in {("port", "ports"), ("error", "errors")}:
        forget(element)


def _host_unit(reading: _Reading, report: _Report, host: etree._Element) -> Unit:
    name = (host.findtext("ip") or host.text or "").strip()
    try:
        row = _scan_row(reading, name, host.findtext("start"), host.findtext("end"))
    except Fault as fault:
        return rejected(fault)
    finally:
        report.listed.add(name)
        report.unlisted.pop(name, None)
    return Records(0, (row,))


def _unlisted_unit(reading: _Reading, report: _Report) -> Unit:
    """The hosts that results name and the report does not list; they are as done as the scan is."""
    done = report.end if report.status in {"", "Done"} else None
    try:
        rows = tuple(_scan_row(reading, name, report.start, done) for name in report.unlisted)
    except Fault as fault:
        return rejected(fault)
    return Records(0, rows)


def _scan_row(reading: _Reading, name: str, start: str | None, end: str | None) -> Row:
    if not name:
        raise Fault(ABSENT.fill(field="host"), "host")
    start_us = _time(start, reading.zone, "host/start")
    end_us = _time(end, reading.zone, "host/end")
    at_us = start_us if end_us is None else end_us
    return reading.scan.host(name, address=address_of(name), at_us=at_us, completed=end_us is not None)


def _time(text: str | None, zone: str, field_name: str, column: str = "scanned_at_us") -> int | None:
    return moment_us(text, zone, field_name, column) if text and text.strip() else None


def _result_unit(reading: _Reading, report: _Report, result: etree._Element) -> Unit:
    host = (result.findtext("host") or "").strip()
    if host and host not in report.listed:
        report.unlisted[host] = None
    try:
        if (complies := (result.findtext("compliance") or "").strip().lower()) in _COMPLIES:
            return Records(0, (_check(reading, report, result, _COMPLIES[complies]).row(reading.scan),))
        severity, rated = _severity(result)
        if severity is None:
            threat = (result.findtext("threat") or "").strip()
            return Skip(0, NO_WEAKNESS.fill(severity=rated, threat=threat[:40] or "?"))
        return Records(0, (reading.scan.weakness(_weakness(reading, report, result, severity)),))
    except Fault as fault:
        return rejected(fault)


def _severity(result: etree._Element) -> tuple[str | None, Decimal | None]:
    """The rating and its number; no rating for what is no weakness."""
    scores = [
        number(written, name, "severity")
        for name in ("severity", "original_severity")
        if (written := result.findtext(name)) and written.strip()
    ]
    if scores:
        score = max(scores)
        if score > 10:
            raise Fault(BAD_VALUE.fill(field="result/severity"), "severity", str(score))
        return (severity_of(score) if score >= 0 else None), score
    written = result.findtext("threat") or ""
    threat = written.strip().lower()
    if threat in {"false positive", "debug", "error"}:
        return None, None
    if threat not in _THREATS:
        raise Fault(BAD_VALUE.fill(field="result/threat"), "severity", written)
    return _THREATS[threat], None


def _found_us(reading: _Reading, report: _Report, result: etree._Element) -> int | None:
    found = report.start or result.findtext("creation_time") or result.findtext("modification_time")
    return _time(found, reading.zone, "scan_start", "found_at_us")


def _check(reading: _Reading, report: _Report, result: etree._Element, outcome: str) -> Check:
    said = {name.lower(): value for name, value in _SAID.findall(result.findtext("description") or "")}
    return Check(
        host=(result.findtext("host") or "").strip(),
        check_id=_oid(result),
        check=result.findtext("nvt/name") or result.findtext("name"),
        policy=result.findtext("nvt/family"),
        result=outcome,
        policy_value=said.get("set point"),
        actual_value=said.get("actual value"),
        at_us=_found_us(reading, report, result),
    )


def _oid(result: etree._Element) -> str:
    check = result.find("nvt")
    return (check.get("oid") or "").strip() if check is not None else ""


def _weakness(reading: _Reading, report: _Report, result: etree._Element, severity: str) -> Weakness:
    host = (result.findtext("host") or "").strip()
    oid = _oid(result)
    if not host or not oid:
        raise Fault(ABSENT.fill(field="result/host" if not host else "nvt/@oid"), "finding_id" if host else "host")
    port, protocol = _port(result.findtext("port"))
    return Weakness(
        host=host,
        port=port,
        protocol=protocol,
        finding_id=oid,
        cve=cves((oid, result.findtext("nvt/cve"), *_references(result))),
        title=result.findtext("nvt/name") or result.findtext("name"),
        severity=severity,
        cvss=score_of(result.findtext("nvt/cvss_base"), "nvt/cvss_base"),
        family=result.findtext("nvt/family"),
        at_us=_found_us(reading, report, result),
    )


def _references(result: etree._Element) -> Iterator[str | None]:
    for reference in result.iterfind("nvt/refs/ref"):
        if (reference.get("type") or "").lower() in {"cve", "cve_id"}:
            yield reference.get("id")


def _port(text: str | None) -> tuple[int | None, str | None]:
    """`443/tcp`, `https (443/tcp)`; `general/tcp` and other `general/…` are the host as a whole."""
    written = (text or "").strip()
    if not written or written.lower() == "package":
        return 0, None
    found = _PORT.fullmatch(written)
    if found is None or (found[1] != "general" and int(found[1]) > 65535):
        raise Fault(BAD_VALUE.fill(field="result/port"), "port", written)
    protocol = found[2].lower()
    return 0 if found[1] == "general" else int(found[1]), protocol if protocol in _TRANSPORTS else None


reader = RecordReader(
    name="openvas",
    title=Text("OpenVAS／Greenbone 弱點掃描報告（XML）", "OpenVAS or Greenbone vulnerability scan (XML)"),
    version=2,
    tables=(SCANS, WEAKNESSES, CHECKS),
    recognise=recognise,
    read=read,
    settings=SETTINGS,
    excerpt=excerpt,
)
