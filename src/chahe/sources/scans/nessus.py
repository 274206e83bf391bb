"""Reports of Nessus and Tenable (`.nessus`, NessusClientData_v2): hosts scanned, weaknesses found, settings audited.

    <NessusClientData_v2>
      <Report name="Quarterly scan">
        <ReportHost name="trade01.broker.example">
          <HostProperties>
            <tag name="host-ip">192.0.2.10</tag>
            <tag name="HOST_START">Wed Mar 23 14:31:51 2022</tag><tag name="HOST_END">Wed Mar 23 15:07:52 2022</tag>
          </HostProperties>
          <ReportItem port="161" protocol="udp" severity="3" pluginID="41028" pluginName="SNMP Agent Default …">
            <cve>CVE-1999-0517</cve><cvss_base_score>7.5</cvss_base_score>
          </ReportItem>
          <ReportItem port="0" severity="3" pluginID="21157" pluginFamily="Policy Compliance" …>
            <cm:compliance-check-name>5.2.8 Root sign-in is off</cm:compliance-check-name>
            <cm:compliance-result>FAILED</cm:compliance-result>
            <cm:compliance-policy-value>no</cm:compliance-policy-value><cm:compliance-actual-value>yes</cm:compliance-actual-value>
          </ReportItem>

A ReportHost is one unit, numbered once its properties are known, and each ReportItem is one; severities 0 are rows, too
(`info`), and items of a compliance audit are configuration checks. The scan's number is the setting `scan_id`, or else
the report's name and the time its first host was begun: the report holds no number of its run. A host is completed when its end is given; its time is the end, or else the
beginning, and is its weaknesses' time. `_TIMESTAMP` tags (UTC) count before those without a zone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import BinaryIO, Final

from lxml import etree

from chahe.sources.model import Context, Head, Match, RecordReader, Records, Reject, Unit
from chahe.sources.reading.xml_stream import elements, forget, numbered
from chahe.sources.scans.compliance import CHECKS, Check, result_of
from chahe.sources.scans.scan_report import (
    ABSENT,
    BAD_VALUE,
    SCANS,
    SETTINGS,
    WEAKNESSES,
    Fault,
    address_of,
    cves,
    epoch_us,
    moment_us,
    port_of,
    score_of,
)
from chahe.sources.scans.scan_rows import Scan, Weakness, rejected, xml_shown
from chahe.sources.scans.scan_times import utc
from chahe.wording import Text

_ROOT: Final = "NessusClientData_v2"
_NAMES: Final = ("Policy", "Report", "ReportHost", "HostProperties", "ReportItem")
_SEVERITIES: Final = {"0": "info", "1": "low", "2": "medium", "3": "high", "4": "critical"}
_SCORES: Final = ("cvss3_base_score", "cvssv3", "cvss_base_score", "cvss", "cvss4_base_score")
"""Where a base score stands, best first; the second and fourth are those of web application scans."""


_COMPLIANCE: Final = "{http://www.nessus.org/cm}compliance-"
_RESULTS: Final = {"PASSED": "passed", "FAILED": "failed", "WARNING": "warning", "ERROR": "error"}


@dataclass
class _Host:
    name: str
    told: bool = False
    """Has its unit been handed out?"""
    address: str | None = None
    time_us: int | None = None
    completed: bool = False
    fault: Fault | None = None


@dataclass
class _Reading:
    """What is known at one point of the document."""

    scan: Scan
    report: str = ""
    host: _Host = field(default_factory=lambda: _Host(""))


def recognise(head: Head) -> Match | None:
    """By the name of its root element."""
    text = head.text.lstrip("\ufeff \t\r\n")
    return Match(98, f"XML with <{_ROOT}>") if text.startswith("<") and f"<{_ROOT}" in text else None


def read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    """Hosts and their items in document order; Unreadable where the document breaks or declares a type."""
    return numbered(unit for unit, _ in _units(stream, context))


def excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    """The XML of the item at a place, or of the host's properties, under the line that names the host. Raises Unreadable."""
    return xml_shown(_units(stream, Context(0)), place, within="ReportHost")


def _units(stream: BinaryIO, context: Context) -> Iterator[tuple[Unit, etree._Element]]:
    """Each unit with the element it was made of, while that is whole."""
    reading = _Reading(Scan("nessus", "host", context))
    element = None
    for event, element in elements(stream, frozenset({_ROOT}), _NAMES):
        if event == "start":
            _begin(reading, element)
        elif element.tag == "HostProperties":
            yield from _told(reading, _tags(element), element)
        elif element.tag == "ReportItem":
            yield from _told(reading, {}, element)
            yield _item_unit(reading, element), element
            forget(element)
        elif element.tag == "ReportHost":
            yield from _told(reading, {}, element)
            forget(element)
        else:
            forget(element)
    if element is not None:
        for unit in reading.scan.declared():
            yield unit, element


def _begin(reading: _Reading, element: etree._Element) -> None:
    if element.tag == "Report":
        reading.report = (element.get("name") or "").strip()
    elif element.tag == "ReportHost":
        reading.host = _Host((element.get("name") or "").strip())


def _tags(properties: etree._Element) -> dict[str, str]:
    return {
        tag.get("name") or "": (tag.text or "").strip()
        for tag in properties.iterchildren("tag")
        if tag.text is not None
    }


def _told(reading: _Reading, tags: dict[str, str], element: etree._Element) -> Iterator[tuple[Unit, etree._Element]]:
    """The host's unit, once: when its properties end, or else when something follows that needs it."""
    host = reading.host
    if host.told:
        return
    host.told = True
    try:
        _know(host, tags, reading)
        row = reading.scan.host(host.name, address=host.address, at_us=host.time_us, completed=host.completed)
    except Fault as fault:
        # Without its time nothing found on the host could be dated; its items are rejected for the same reason.
        host.fault = fault
        yield rejected(fault), element
        return
    yield Records(0, (row,)), element


def _know(host: _Host, tags: dict[str, str], reading: _Reading) -> None:
    if not host.name:
        raise Fault(ABSENT.fill(field="ReportHost/@name"), "host")
    if tags.get("system-type") == "web_application":
        reading.scan.kind = "web"
    host.address = address_of(tags.get("host-ip")) or address_of(host.name)
    start = _time(tags, "HOST_START", reading.scan.context.zone)
    end = _time(tags, "HOST_END", reading.scan.context.zone)
    host.completed = end is not None
    host.time_us = start if end is None else end
    begun = end if start is None else start
    reading.scan.name(reading.report, None if begun is None else utc(begun))


def _time(tags: dict[str, str], name: str, zone: str) -> int | None:
    if seconds := tags.get(f"{name}_TIMESTAMP"):
        return epoch_us(seconds, f"{name}_TIMESTAMP", "scanned_at_us")
    written = tags.get(name)
    return moment_us(written, zone, name, "scanned_at_us") if written else None


def _item_unit(reading: _Reading, item: etree._Element) -> Unit:
    if (known := reading.host.fault) is not None:
        return Reject(0, known.why, known.column, known.value)
    try:
        checked = item.findtext(f"{_COMPLIANCE}result")
        if checked is not None:
            return Records(0, (_check(reading, item, checked).row(reading.scan),))
        return Records(0, (reading.scan.weakness(_weakness(reading.host, item)),))
    except Fault as fault:
        return rejected(fault)


def _check(reading: _Reading, item: etree._Element, result: str) -> Check:
    said = {name: item.findtext(f"{_COMPLIANCE}{name}") for name in ("check-name", "policy-value", "actual-value")}
    policy = item.findtext(f"{_COMPLIANCE}benchmark-name") or item.findtext(f"{_COMPLIANCE}audit-file")
    return Check(
        host=reading.host.name,
        address=reading.host.address,
        check_id=item.findtext(f"{_COMPLIANCE}check-id") or item.get("pluginID"),
        check=said["check-name"] or item.get("pluginName"),
        policy=policy,
        result=result_of(result, _RESULTS, "compliance-result"),
        policy_value=said["policy-value"],
        actual_value=said["actual-value"],
        at_us=reading.host.time_us,
    )


def _weakness(host: _Host, item: etree._Element) -> Weakness:
    severity = _SEVERITIES.get((item.get("severity") or "").strip())
    if severity is None:
        raise Fault(BAD_VALUE.fill(field="ReportItem/@severity"), "severity", item.get("severity"))
    plugin = (item.get("pluginID") or "").strip()
    if not plugin:
        raise Fault(ABSENT.fill(field="ReportItem/@pluginID"), "finding_id")
    return Weakness(
        host=host.name,
        address=host.address,
        port=port_of(item.get("port"), "ReportItem/@port"),
        protocol=item.get("protocol"),
        finding_id=plugin,
        cve=cves(cve.text for cve in item.iterchildren("cve")),
        title=item.get("pluginName") or item.findtext("plugin_name"),
        severity=severity,
        cvss=_score(item),
        family=item.get("pluginFamily"),
        at_us=host.time_us,
    )


def _score(item: etree._Element) -> Decimal | None:
    for name in _SCORES:
        if (score := score_of(item.findtext(name), name)) is not None:
            return score
    return None


reader = RecordReader(
    name="nessus",
    title=Text("Nessus 弱點掃描報告（.nessus）", "Nessus vulnerability scan (.nessus)"),
    version=2,
    tables=(SCANS, WEAKNESSES, CHECKS),
    recognise=recognise,
    read=read,
    settings=SETTINGS,
    excerpt=excerpt,
)
