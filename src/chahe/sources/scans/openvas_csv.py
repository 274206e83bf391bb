"""Reports of OpenVAS and Greenbone as CSV: weaknesses found, one result a row.

    IP,Hostname,Port,Port Protocol,CVSS,Severity,QoD,Solution Type,NVT Name,Summary,Specific Result,NVT OID,CVEs,Task ID,Task Name,Timestamp,Result ID
    192.0.2.7,srv7,443,tcp,5.9,Medium,98,Mitigation,Weak cipher suites,…,1.3.6.1.4.1.25623.1.0.117274,CVE-2013-2566,c122…,Quarterly,2026-02-25T20:01:27Z,ad08…

Each record is one unit; a host is scanned where a result first names it, at the time of that result. The report names no host without
a result and does not say whether the scan came to its end: name the hosts in the setting `scope`, or bring the XML report. A number is
rated by CVSS 3.1 as in the XML; the word decides where there is none. Results of negative severity are skipped.
"""

from typing import Final

from chahe.sources.model import Head, Match, RecordReader, Records, Skip, Unit
from chahe.sources.scans.openvas import NO_WEAKNESS
from chahe.sources.scans.scan_report import (
    BAD_VALUE,
    SCANS,
    SETTINGS,
    WEAKNESSES,
    Fault,
    cves,
    moment_us,
    number,
    port_of,
    severity_of,
)
from chahe.sources.scans.scan_rows import Scan, Weakness, rejected
from chahe.sources.scans.scan_table import Cells, Report, has_headings, said
from chahe.wording import Text

_WANTED: Final = (frozenset({"IP"}), frozenset({"NVT OID"}), frozenset({"NVT Name"}), frozenset({"Severity"}))
_TABLES: Final = (SCANS, WEAKNESSES)
_THREATS: Final = {"log": "info", "low": "low", "medium": "medium", "high": "high", "critical": "critical"}
_NONE: Final = frozenset({"false positive", "debug", "error"})
_SHOWN: Final = frozenset(
    {
        "IP", "Hostname", "Port", "Port Protocol", "CVSS", "Severity", "QoD", "Solution Type", "NVT Name", "Summary", "NVT OID",
        "CVEs", "Task ID", "Task Name", "Timestamp", "Result ID", "Solution",
    }
)  # fmt: skip


def recognise(head: Head) -> Match | None:
    """By its headings."""
    if b"NVT OID" in head.data[:4096] and has_headings(head, _WANTED):
        return Match(92, "CSV with Greenbone's NVT OID")
    return None


def _unit(scan: Scan, cells: Cells) -> Unit:
    try:
        severity = _severity(cells)
        scan.name(cells.get("Task Name"), cells.get("Task ID"))
        if severity is None:
            return Skip(
                0, NO_WEAKNESS.fill(severity=cells.get("CVSS") or "?", threat=said(cells, "Severity")[:40] or "?")
            )
        return Records(0, scan.with_host(_weakness(scan, cells, severity)))
    except Fault as fault:
        return rejected(fault)


def _severity(cells: Cells) -> str | None:
    """The rating; none for what is no weakness."""
    word = cells.get("Severity", "").lower()
    written = cells.get("CVSS", "")
    if word in _NONE:
        return None
    if written:
        score = number(written, "CVSS", "severity")
        if score > 10:
            raise Fault(BAD_VALUE.fill(field="CVSS"), "severity", written)
        return severity_of(score) if score >= 0 else None
    if word not in _THREATS:
        raise Fault(BAD_VALUE.fill(field="Severity"), "severity", word)
    return _THREATS[word]


def _weakness(scan: Scan, cells: Cells, severity: str) -> Weakness:
    written = cells.get("Timestamp")
    oid = cells.get("NVT OID", "")
    return Weakness(
        host=said(cells, "IP", "Hostname"),
        port=port_of(cells.get("Port"), "Port") or 0,
        protocol=cells.get("Port Protocol") or None,
        finding_id=oid,
        cve=cves([oid, cells.get("CVEs")]),
        title=cells.get("NVT Name"),
        severity=severity,
        cvss=number(cells["CVSS"], "CVSS", "cvss") if cells.get("CVSS") else None,
        at_us=moment_us(written, scan.context.zone, "Timestamp", "found_at_us") if written else None,
    )


_REPORT: Final = Report(scanner="openvas", wanted=_WANTED, tables=_TABLES, shown=_SHOWN, unit=_unit)
reader = RecordReader(
    name="openvas_csv",
    title=Text("OpenVAS／Greenbone 弱點掃描報告（CSV）", "OpenVAS or Greenbone vulnerability scan (CSV)"),
    version=1,
    tables=_TABLES,
    recognise=recognise,
    read=_REPORT.read,
    settings=SETTINGS,
    excerpt=_REPORT.excerpt,
)
