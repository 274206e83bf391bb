"""Reports of Deepfence ThreatMapper as Excel workbooks: weaknesses, malware, secrets and settings of hosts and containers.

    CVE ID | Severity | Caused By Package | CVSS Score | Description | Node Name | Node Type          vulnerabilities
    Rule Name | File Name | Summary | Severity | Node Name | Node Type                               malware
    Filename | Content | Rule | Severity | Node Name | Node Type                                     secrets
    Compliance Standard | Status | Category | Description | Info | Control ID | Node Name            compliance

Which of the four a sheet is, its headings say. Each row is one unit (the part is the sheet's name); a node is scanned where a row first
names it, without a time (setting `scanned_at`). Malware and secrets are weaknesses, too; what a secret's rule matched is neither kept
nor shown. Rows that somebody masked are read all the same.
"""

from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import BinaryIO, Final

from chahe.sources.lists.raw_rows import BLANK, Broken, RawRow, Uncached, is_blank_row, shown
from chahe.sources.model import Context, Head, Match, RecordReader, Records, Reject, Row, Skip, Unit, Unreadable
from chahe.sources.reading.workbooks import ZIP, opened, rows, whole
from chahe.sources.scans.compliance import CHECKS, Check, result_of
from chahe.sources.scans.scan_report import BAD_VALUE, SCANS, SETTINGS, WEAKNESSES, Fault, cves
from chahe.sources.scans.scan_rows import Scan, Weakness, decimal_of, rejected
from chahe.sources.scans.scan_table import HEADINGS, NO_HEADINGS, Cells, above, table_shown
from chahe.wording import Text

_TABLES: Final = (SCANS, WEAKNESSES, CHECKS)
_SEVERITIES: Final = {
    "critical": "critical",
    "high": "high",
    "medium": "medium",
    "low": "low",
    "info": "info",
    "unknown": "unknown",
    "": "unknown",
}
_RESULTS: Final = {
    "PASS": "passed",
    "OK": "passed",
    "WARN": "warning",
    "ALARM": "failed",
    "FAIL": "failed",
    "INFO": "info",
    "NOTE": "info",
    "SKIP": "not_applicable",
    "ERROR": "error",
}
_SHOWN: Final = frozenset(
    {
        "CVE ID", "Severity", "Caused By Package", "Caused By Package Path", "CVSS Score", "Description", "Fixed In", "Link", "Type",
        "Node Name", "Node Type", "Kubernetes Cluster Name", "Masked", "Rule Name", "File Name", "Summary", "Filename", "Rule",
        "Compliance Standard", "Status", "Category", "Info", "Control ID", "Remediation",
    }
)  # fmt: skip


def recognise(head: Head) -> Match | None:
    """By the headings of a sheet, where the whole workbook is in the head."""
    if not head.data.startswith(ZIP) or not head.whole:
        return None
    try:
        with opened(BytesIO(head.data)) as (values, _):
            first = [next(rows(sheet, None), ()) for sheet in values.worksheets]
    except Unreadable:
        return None
    return Match(92, "a workbook with ThreatMapper's headings") if any(map(_kind, first)) else None


def read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    """The rows of each sheet in order. Raises Unreadable where the workbook cannot be read or no sheet has the headings."""
    return (unit for unit, _ in _units(stream, context))


def excerpt(stream: BinaryIO, place: int, part: str | None) -> str:
    """The row at a place of a sheet, without what a rule matched. Raises Unreadable where there is none."""
    here = ((unit, cells) for unit, cells in _units(stream, Context(0)) if unit.part == part)
    return table_shown(here, place, only=_SHOWN)


def _units(stream: BinaryIO, context: Context) -> Iterator[tuple[Unit, Cells | None]]:
    scan = Scan("threatmapper", "components", context)
    known = False
    part, place = None, 0
    with opened(whole(stream)) as (values, formulas):
        for index, sheet in enumerate(values.worksheets):
            part, place = sheet.title, 0
            written = formulas.worksheets[index] if formulas else None
            for place, (unit, cells) in enumerate(_sheet(scan, rows(sheet, written)), 1):
                known |= cells is not None or (isinstance(unit, Skip) and unit.why == HEADINGS)
                yield unit._replace(place=place, part=part), cells
    if not known:
        raise Unreadable(NO_HEADINGS.fill(headings="CVE ID / Rule Name / Rule / Control ID, Node Name"), tables=_TABLES)
    for unit in scan.declared():
        yield unit._replace(place=place + 1, part=part), None


def _sheet(scan: Scan, found: Iterator[RawRow]) -> Iterator[tuple[Unit, Cells | None]]:
    headings: list[str] = []
    make = None
    for row in found:
        if isinstance(row, Broken):
            yield Reject(0, row.why, None, row.value), None
        elif is_blank_row(row):
            yield Skip(0, BLANK), None
        elif make is not None:
            cells = {name: _text(cell) for name, cell in zip(headings, row, strict=False)}
            yield _unit(scan, make, cells), cells
        elif (make := _kind(row)) is not None:
            headings = [shown(cell) for cell in row]
            yield Skip(0, HEADINGS), None
        else:
            yield Skip(0, above(row)), None


def _text(cell: object) -> str:
    return "" if isinstance(cell, Uncached) else shown(cell)


def _unit(scan: Scan, make: "_Make", cells: Cells) -> Unit:
    try:
        return Records(0, make(scan, cells))
    except Fault as fault:
        return rejected(fault)


_Make = Callable[[Scan, Cells], tuple[Row, ...]]


def _kind(row: RawRow) -> _Make | None:
    held = set() if isinstance(row, Broken) else {shown(cell) for cell in row}
    return next((make for names, make in _KINDS.items() if names <= held), None)


def _weakness(scan: Scan, cells: Cells, number: str, title: str, component: str) -> tuple[Row, ...]:
    word = cells.get("Severity", "").lower()
    if word not in _SEVERITIES:
        raise Fault(BAD_VALUE.fill(field="Severity"), "severity", word)
    found = Weakness(
        host=cells.get("Node Name", ""),
        finding_id=number,
        cve=cves([number]),
        title=title[:200],
        component=component,
        severity=_SEVERITIES[word],
        cvss=decimal_of(cells.get("CVSS Score")),
    )
    return scan.with_host(found)


def _vulnerability(scan: Scan, cells: Cells) -> tuple[Row, ...]:
    return _weakness(scan, cells, cells["CVE ID"], cells.get("Description", ""), cells["Caused By Package"])


def _malware(scan: Scan, cells: Cells) -> tuple[Row, ...]:
    return _weakness(scan, cells, cells["Rule Name"], cells.get("Summary") or cells["Rule Name"], cells["File Name"])


def _secret(scan: Scan, cells: Cells) -> tuple[Row, ...]:
    return _weakness(scan, cells, cells["Rule"], cells["Rule"], cells["Filename"])


def _setting(scan: Scan, cells: Cells) -> tuple[Row, ...]:
    check = Check(
        host=cells.get("Node Name", ""),
        check_id=cells["Control ID"],
        check=cells.get("Info") or cells.get("Description"),
        policy=cells["Compliance Standard"],
        result=result_of(cells["Status"], _RESULTS, "Status"),
        policy_value=cells.get("Remediation"),
    )
    return (check.row(scan),)


_KINDS: Final[Mapping[frozenset[str], _Make]] = {
    frozenset({"CVE ID", "Severity", "Caused By Package", "Node Name"}): _vulnerability,
    frozenset({"Rule Name", "File Name", "Severity", "Node Name"}): _malware,
    frozenset({"Rule", "Filename", "Content", "Severity", "Node Name"}): _secret,
    frozenset({"Compliance Standard", "Status", "Control ID", "Node Name"}): _setting,
}

reader = RecordReader(
    name="deepfence_xlsx",
    title=Text("Deepfence ThreatMapper 報告（Excel）", "Deepfence ThreatMapper report (Excel)"),
    version=1,
    tables=_TABLES,
    recognise=recognise,
    read=read,
    settings=SETTINGS,
    excerpt=excerpt,
)
