"""Reports of Nessus and Tenable (`.nessus`, NessusClientData_v2): hosts scanned and weaknesses found.

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

A ReportHost is one unit, numbered once its properties are known, and each ReportItem is one; severities 0 are rows, too
(`info`). The scan's number is the setting `scan_id`, or else the report's name and the time its first host was begun:
the report holds no number of its run. A host is completed when its end is given; its time is the end, or else the
beginning, and is its weaknesses' time. `_TIMESTAMP` tags (UTC) count before those without a zone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import BinaryIO, Final

from lxml import etree

from chahe.sources.model import Context, Head, Match, RecordReader, Records, Reject, Row, Unit
from chahe.sources.scan_report import (
    ABSENT,
    BAD_VALUE,
    FROM_OUTSIDE,
    NO_SCAN_ID,
    SCAN_ID,
    SCANS,
    WEAKNESSES,
    Fault,
    Options,
    address_of,
    cves,
    default_credential,
    epoch_us,
    moment_us,
    number,
    options,
    utc,
)
from chahe.sources.xml_stream import elements, forget, numbered, shown
from chahe.wording import Text

_ROOT: Final = "NessusClientData_v2"
_NAMES: Final = ("Policy", "Report", "ReportHost", "HostProperties", "ReportItem")
_SEVERITIES: Final = {"0": "info", "1": "low", "2": "medium", "3": "high", "4": "critical"}
_SCORES: Final = ("cvss3_base_score", "cvssv3", "cvss_base_score", "cvss", "cvss4_base_score")
"""Where a base score stands, best first; the second and fourth are those of web application scans."""


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
class _Scan:
    """What is known at one point of the document."""

    options: Options
    zone: str
    report: str = ""
    scan_id: str | None = None
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
    return shown(_units(stream, Context(0)), place, within="ReportHost")


def _units(stream: BinaryIO, context: Context) -> Iterator[tuple[Unit, etree._Element]]:
    """Each unit with the element it was made of, while that is whole."""
    scan = _Scan(options(context), context.zone)
    for event, element in elements(stream, frozenset({_ROOT}), _NAMES):
        if event == "start":
            _begin(scan, element)
        elif element.tag == "HostProperties":
            yield from _told(scan, _tags(element), element)
        elif element.tag == "ReportItem":
            yield from _told(scan, {}, element)
            yield _item_unit(scan, element), element
            forget(element)
        elif element.tag == "ReportHost":
            yield from _told(scan, {}, element)
            forget(element)
        else:
            forget(element)


def _begin(scan: _Scan, element: etree._Element) -> None:
    if element.tag == "Report":
        scan.report = (element.get("name") or "").strip()
        scan.scan_id = scan.options.scan_id
    elif element.tag == "ReportHost":
        scan.host = _Host((element.get("name") or "").strip())


def _tags(properties: etree._Element) -> dict[str, str]:
    return {
        tag.get("name") or "": (tag.text or "").strip()
        for tag in properties.iterchildren("tag")
        if tag.text is not None
    }


def _told(scan: _Scan, tags: dict[str, str], element: etree._Element) -> Iterator[tuple[Unit, etree._Element]]:
    """The host's unit, once: when its properties end, or else when something follows that needs it."""
    host = scan.host
    if host.told:
        return
    host.told = True
    try:
        _know(host, tags, scan)
    except Fault as fault:
        # Without its time nothing found on the host could be dated; its items are rejected for the same reason.
        host.fault = fault
        yield Reject(0, fault.why, fault.column, fault.value), element
        return
    values = {
        "scan_id": scan.scan_id,
        "scanner": "nessus",
        "host": host.name,
        "address": host.address,
        "scanned_at_us": host.time_us,
        "completed": host.completed,
        "from_outside": scan.options.from_outside,
    }
    yield Records(0, (Row(SCANS, values),)), element


def _know(host: _Host, tags: dict[str, str], scan: _Scan) -> None:
    if not host.name:
        raise Fault(ABSENT.fill(field="ReportHost/@name"), "host")
    host.address = address_of(tags.get("host-ip")) or address_of(host.name)
    start = _time(tags, "HOST_START", scan.zone)
    end = _time(tags, "HOST_END", scan.zone)
    host.completed = end is not None
    host.time_us = start if end is None else end
    if scan.scan_id is None:
        begun = end if start is None else start
        scan.scan_id = " ".join(filter(None, (scan.report, utc(begun) if begun is not None else None))) or None
    if scan.scan_id is None:
        raise Fault(NO_SCAN_ID, "scan_id")


def _time(tags: dict[str, str], name: str, zone: str) -> int | None:
    if seconds := tags.get(f"{name}_TIMESTAMP"):
        return epoch_us(seconds, f"{name}_TIMESTAMP", "scanned_at_us")
    written = tags.get(name)
    return moment_us(written, zone, name, "scanned_at_us") if written else None


def _item_unit(scan: _Scan, item: etree._Element) -> Unit:
    if (known := scan.host.fault) is not None:
        return Reject(0, known.why, known.column, known.value)
    try:
        return Records(0, (Row(WEAKNESSES, _item(scan, item)),))
    except Fault as fault:
        return Reject(0, fault.why, fault.column, fault.value)


def _item(scan: _Scan, item: etree._Element) -> dict[str, object]:
    severity = _SEVERITIES.get((item.get("severity") or "").strip())
    if severity is None:
        raise Fault(BAD_VALUE.fill(field="ReportItem/@severity"), "severity", item.get("severity"))
    plugin = (item.get("pluginID") or "").strip()
    if not plugin:
        raise Fault(ABSENT.fill(field="ReportItem/@pluginID"), "finding_id")
    title = item.get("pluginName") or item.findtext("plugin_name")
    return {
        "scan_id": scan.scan_id,
        "scanner": "nessus",
        "host": scan.host.name,
        "address": scan.host.address,
        "port": _port(item.get("port")),
        "protocol": item.get("protocol"),
        "finding_id": plugin,
        "cve": cves(cve.text for cve in item.iterchildren("cve")),
        "title": title,
        "severity": severity,
        "cvss": _score(item),
        "default_credential": default_credential(title, item.get("pluginFamily"), severity),
        "found_at_us": scan.host.time_us,
    }


def _port(text: str | None) -> int | None:
    written = (text or "").strip()
    if not written:
        return None
    if not (written.isascii() and written.isdecimal() and int(written[:9]) <= 65535):
        raise Fault(BAD_VALUE.fill(field="ReportItem/@port"), "port", text)
    return int(written)


def _score(item: etree._Element) -> Decimal | None:
    for name in _SCORES:
        written = item.findtext(name)
        if written and written.strip():
            score = number(written, name, "cvss")
            if not 0 <= score <= 10:
                raise Fault(BAD_VALUE.fill(field=name), "cvss", written)
            return score
    return None


reader = RecordReader(
    name="nessus",
    title=Text("Nessus 弱點掃描報告（.nessus）", "Nessus vulnerability scan (.nessus)"),
    version=1,
    tables=(SCANS, WEAKNESSES),
    recognise=recognise,
    read=read,
    settings=(SCAN_ID, FROM_OUTSIDE),
    excerpt=excerpt,
)
