"""Reports of Nessus and Tenable as CSV: weaknesses found and settings audited, one a row.

    Plugin ID,CVE,CVSS,Risk,Host,Protocol,Port,Name,Synopsis,Description,Solution,See Also,Plugin Output
    41028,CVE-1999-0517,7.5,High,trade01.broker.example,udp,161,SNMP Agent Default Community Name,…

Those of Nessus, Tenable Vulnerability Management (with `Host Start`, `Host End`, `IP Address`), Security Center (`Plugin`, `DNS Name`,
`Last Observed`) and Web Application Scanning. Each record is one unit; a host is scanned where a row first names it, and completed
where `Host End` says when. Nessus repeats a weakness for each of its CVEs, and writes neither a time (setting `scanned_at`) nor
hosts without rows (setting `scope`); bring the `.nessus` file where you can. Rows whose risk is PASSED, FAILED, WARNING or ERROR are
configuration checks. What Tenable says is fixed is skipped.
"""

import re
from decimal import Decimal
from typing import Final

from chahe.sources.model import Head, Match, RecordReader, Records, Skip, Unit
from chahe.sources.scans.compliance import CHECKS, Check
from chahe.sources.scans.scan_report import (
    BAD_VALUE,
    SCANS,
    SETTINGS,
    WEAKNESSES,
    Fault,
    address_of,
    cves,
    moment_us,
    port_of,
    score_of,
)
from chahe.sources.scans.scan_rows import Scan, Weakness, rejected
from chahe.sources.scans.scan_table import Cells, Report, has_headings, said
from chahe.wording import Text

_WANTED: Final = (
    frozenset({"Plugin ID", "Plugin"}),
    frozenset({"Host", "IP Address"}),
    frozenset({"Risk", "Severity"}),
    frozenset({"Name", "Plugin Name"}),
)
_TABLES: Final = (SCANS, WEAKNESSES, CHECKS)
_SEVERITIES: Final = {
    "none": "info",
    "info": "info",
    "low": "low",
    "medium": "medium",
    "high": "high",
    "critical": "critical",
}
_RESULTS: Final = {"PASSED": "passed", "FAILED": "failed", "WARNING": "warning", "ERROR": "error"}
_SCORES: Final = (
    "CVSS V3 Base Score",
    "CVSS3 Base Score",
    "CVSS v3.0 Base Score",
    "CVSSv3",
    "CVSS V2 Base Score",
    "CVSS Base Score",
    "CVSS v2.0 Base Score",
    "CVSS",
)
_SHOWN: Final = frozenset(
    {
        "Plugin ID", "Plugin", "CVE", "Risk", "Severity", "Host", "IP Address", "DNS Name", "FQDN", "NetBIOS Name", "Protocol",
        "Port", "Name", "Plugin Name", "Synopsis", "Solution", "Family", "Plugin Family", "Host Start", "Host End", "Last Found",
        "First Found", "Last Observed", "First Discovered", "Vulnerability State", *_SCORES,
    }
)  # fmt: skip
_CHECK = re.compile(r'"?(.{1,300}?)"?\s*:\s*\[(?:PASSED|FAILED|WARNING|ERROR)\]')
_VALUES = re.compile(r"(Policy Value|Actual Value):\s*\n?(.*?)(?=\n\s*\n|\n(?:Policy|Actual) Value:|\Z)", re.DOTALL)

FIXED = Text("已修正的弱點（{state}）", "a weakness that is mended ({state})")


def recognise(head: Head) -> Match | None:
    """By its headings."""
    if b"Plugin" in head.data[:4096] and has_headings(head, _WANTED):
        return Match(90, "CSV with the headings of Nessus: plugin, host, risk")
    return None


def _unit(scan: Scan, cells: Cells) -> Unit:
    state = cells.get("Vulnerability State", "")
    if state.lower() == "fixed":
        return Skip(0, FIXED.fill(state=state))
    risk = said(cells, "Risk", "Severity")
    try:
        scan.name(said(cells, "Host Scan ID", "Repository"))
        if risk.upper() in _RESULTS:
            return Records(0, (_check(scan, cells, _RESULTS[risk.upper()]).row(scan),))
        ended = bool(cells.get("Host End"))
        return Records(0, scan.with_host(_weakness(scan, cells, risk), completed=True if ended else None))
    except Fault as fault:
        return rejected(fault)


def _host(cells: Cells) -> tuple[str, str | None]:
    """The host as the report calls it, and its address."""
    address = address_of(cells.get("IP Address")) or address_of(cells.get("Host"))
    return said(cells, "Host", "DNS Name", "FQDN", "IP Address", "NetBIOS Name"), address


def _time(scan: Scan, cells: Cells) -> int | None:
    written = said(cells, "Host End", "Host Start", "Last Found", "Last Observed")
    return moment_us(written, scan.context.zone, "Host End", "found_at_us") if written else None


def _weakness(scan: Scan, cells: Cells, risk: str) -> Weakness:
    if risk.lower() not in _SEVERITIES:
        raise Fault(BAD_VALUE.fill(field="Risk"), "severity", risk)
    host, address = _host(cells)
    return Weakness(
        host=host,
        address=address,
        port=port_of(cells.get("Port"), "Port"),
        protocol=cells.get("Protocol") or None,
        finding_id=said(cells, "Plugin ID", "Plugin"),
        cve=cves([cells.get("CVE")]),
        title=said(cells, "Name", "Plugin Name"),
        severity=_SEVERITIES[risk.lower()],
        cvss=_score(cells),
        family=said(cells, "Plugin Family", "Family"),
        at_us=_time(scan, cells),
    )


def _score(cells: Cells) -> Decimal | None:
    for name in _SCORES:
        if (score := score_of(cells.get(name), name)) is not None:
            return score
    return None


def _check(scan: Scan, cells: Cells, result: str) -> Check:
    described = said(cells, "Description", "Plugin Output")
    found = _CHECK.search(described)
    values = {name: value.strip() for name, value in _VALUES.findall(described)}
    host, address = _host(cells)
    return Check(
        host=host,
        address=address,
        check_id=said(cells, "Plugin ID", "Plugin"),
        check=found[1].strip() if found else said(cells, "Name", "Plugin Name"),
        policy=said(cells, "Name", "Plugin Name"),
        result=result,
        policy_value=values.get("Policy Value"),
        actual_value=values.get("Actual Value"),
        at_us=_time(scan, cells),
    )


_REPORT: Final = Report(scanner="nessus", wanted=_WANTED, tables=_TABLES, shown=_SHOWN, unit=_unit)
reader = RecordReader(
    name="nessus_csv",
    title=Text("Nessus／Tenable 弱點掃描報告（CSV）", "Nessus or Tenable vulnerability scan (CSV)"),
    version=1,
    tables=_TABLES,
    recognise=recognise,
    read=_REPORT.read,
    settings=SETTINGS,
    excerpt=_REPORT.excerpt,
)
