"""Reports of Qualys VM and VMDR as CSV: weaknesses of hosts, one detection a row.

    "IP","Network","DNS","NetBIOS",…,"IP Status","QID","Title","Vuln Status","Type","Severity","Port","Protocol",…,"Last Detected","CVE ID","CVSS3 Base"
    "192.0.2.7","Global","srv7.broker.example","SRV7",…,"host scanned, found vuln","105971","EOL software","Active","Vuln","5",…

    "CVE","CVE-Description",…,"QID","Title","Severity",…,"Last Detected",…,"Protocol","Port","Status",…,"Asset Name","Asset IPV4"

Lines above the headings (company, user, time) may stand or be missing. Each record is one unit; a host is scanned where a row
first names it, and completed where `IP Status` says that it was scanned; a row without a QID is a host without weaknesses. Severity 5
is critical, 4 high, 3 medium, 2 and 1 low; `Ig` (information gathered) is a note. `Practice` (potential) counts like `Vuln`. What is
fixed is skipped. Times have no zone, and are when a weakness was last seen.
"""

import re
from decimal import Decimal
from typing import Final

from chahe.sources.model import Head, Match, RecordReader, Records, Skip, Unit
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
    frozenset({"QID"}),
    frozenset({"Title"}),
    frozenset({"Severity"}),
    frozenset({"IP", "Asset Name", "Asset IPV4"}),
)
_TABLES: Final = (SCANS, WEAKNESSES)
SEVERITIES: Final = {"5": "critical", "4": "high", "3": "medium", "2": "low", "1": "low"}
"""Urgent, critical, serious, medium, minimal, in Qualys' own words."""
_NOTES: Final = frozenset({"ig", "info", "information gathered"})
_SCORES: Final = ("CVSS3.1 Base", "CVSS3 Base", "CVSSv3.1 Base (nvd)", "CVSS Base", "CVSSv2 Base (nvd)")
_SCORE = re.compile(r"(\d{1,2}(?:\.\d+)?)(?: \(.*\))?")
_SHOWN: Final = frozenset(
    {
        "IP", "Network", "DNS", "NetBIOS", "OS", "IP Status", "QID", "Title", "Vuln Status", "Type", "Severity", "Port", "Protocol",
        "FQDN", "First Detected", "Last Detected", "CVE ID", "CVE", "Status", "Type Detected", "Asset Name", "Asset IPV4",
        "Asset IPV6", "Operating System", "Category", *_SCORES,
    }
)  # fmt: skip

FIXED = Text("已修正的弱點（{state}）", "a weakness that is mended ({state})")
NOT_SCANNED = Text("沒有掃描的主機（{status}）", "a host that was not scanned ({status})")


def recognise(head: Head) -> Match | None:
    """By its headings."""
    if b"QID" in head.data and has_headings(head, _WANTED):
        return Match(91, "CSV with Qualys' QID")
    return None


def _unit(scan: Scan, cells: Cells) -> Unit:
    state = said(cells, "Vuln Status", "Status")
    status = cells.get("IP Status", "").lower()
    completed = True if status.startswith("host scanned") else None
    if status and completed is None:
        return Skip(0, NOT_SCANNED.fill(status=status[:60]))
    if state.lower() == "fixed":
        return Skip(0, FIXED.fill(state=state))
    host = said(cells, "DNS", "Asset Name", "FQDN", "NetBIOS", "IP", "Asset IPV4", "Asset IPV6")
    address = address_of(said(cells, "IP", "Asset IPV4", "Asset IPV6").partition(",")[0])
    try:
        if not cells.get("QID") and completed and not scan.is_told(host):
            return Records(0, (scan.host(host, address=address, completed=True),))
        return Records(0, scan.with_host(_weakness(scan, cells, host, address), completed=completed))
    except Fault as fault:
        return rejected(fault)


def _weakness(scan: Scan, cells: Cells, host: str, address: str | None) -> Weakness:
    level = cells.get("Severity", "")
    if level not in SEVERITIES:
        raise Fault(BAD_VALUE.fill(field="Severity"), "severity", level)
    written = cells.get("Last Detected")
    noted = said(cells, "Type", "Type Detected").lower() in _NOTES
    return Weakness(
        host=host,
        address=address,
        port=port_of(cells.get("Port"), "Port") or 0,
        protocol=cells.get("Protocol") or None,
        finding_id=cells.get("QID", ""),
        cve=cves([cells.get("CVE ID"), cells.get("CVE")]),
        title=cells.get("Title"),
        severity="info" if noted else SEVERITIES[level],
        cvss=_score(cells),
        family=cells.get("Category"),
        at_us=moment_us(written, scan.context.zone, "Last Detected", "found_at_us") if written else None,
    )


def _score(cells: Cells) -> Decimal | None:
    """`8.1 (AV:N/…)` or `8.1`."""
    for name in _SCORES:
        found = _SCORE.fullmatch(cells.get(name, ""))
        if found and (score := score_of(found[1], name)) is not None:
            return score
    return None


_REPORT: Final = Report(scanner="qualys", wanted=_WANTED, tables=_TABLES, shown=_SHOWN, unit=_unit)
reader = RecordReader(
    name="qualys_csv",
    title=Text("Qualys 弱點掃描報告（CSV）", "Qualys vulnerability report (CSV)"),
    version=1,
    tables=_TABLES,
    recognise=recognise,
    read=_REPORT.read,
    settings=SETTINGS,
    excerpt=_REPORT.excerpt,
)
