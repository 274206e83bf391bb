"""What Qualys' reports say of their checks: titles, severities and CVE numbers by QID. No reader of its own.

<GLOSSARY><VULN_DETAILS_LIST><VULN_DETAILS id="qid_5"><QID>123168</QID><TITLE>Java update</TITLE><SEVERITY>5</SEVERITY>
  <CVE_ID_LIST><CVE_ID><ID>CVE-2014-6601</ID></CVE_ID></CVE_ID_LIST></VULN_DETAILS></VULN_DETAILS_LIST></GLOSSARY>

<GLOSSARY><QID_LIST><QID><QID>150085</QID><SEVERITY>3</SEVERITY><TITLE>Slow HTTP POST</TITLE></QID></QID_LIST></GLOSSARY>
"""

from dataclasses import dataclass
from typing import BinaryIO, Final

from chahe.sources.model import Unreadable
from chahe.sources.reading.xml_stream import elements, forget
from chahe.sources.scans.qualys_csv import SEVERITIES
from chahe.sources.scans.scan_report import BAD_VALUE, Fault, cves

ROOTS: Final = frozenset({"SCAN", "ASSET_DATA_REPORT", "WAS_SCAN_REPORT", "WAS_WEBAPP_REPORT"})
_DETAILS: Final = ("VULN_DETAILS", "QID")
_OTHERS: Final = ("HOST", "IP", "VULNERABILITY", "INFORMATION_GATHERED", "SENSITIVE_CONTENT")
"""What may be long and is dropped on the way."""


@dataclass(frozen=True, slots=True)
class Details:
    """What is said of a check."""

    title: str | None = None
    severity: str | None = None
    cve: str | None = None
    score: str | None = None
    category: str | None = None


def glossary(stream: BinaryIO) -> dict[str, Details]:
    """The checks a report explains, by their number, as far as it can be read."""
    found: dict[str, Details] = {}
    try:
        for event, element in elements(stream, ROOTS, (*_DETAILS, *_OTHERS), declared=True):
            number = (element.findtext("QID") or "").strip()
            if event == "end" and number and element.tag in _DETAILS:
                numbers = [one.text for one in element.iterfind("CVE_ID_LIST/CVE_ID/ID")]
                found[number] = Details(
                    (element.findtext("TITLE") or "").strip() or None,
                    (element.findtext("SEVERITY") or "").strip() or None,
                    cves(numbers),
                    element.findtext("CVSS3_SCORE/CVSS3_BASE")
                    or element.findtext("CVSS_V3/BASE")
                    or element.findtext("CVSS_BASE"),
                    (element.findtext("CATEGORY") or "").strip() or None,
                )
            if event == "end" and element.tag != "QID":
                forget(element)
    except Unreadable:
        # Whoever reads the detections comes to the break as well, and says so there.
        return found
    return found


def rated(level: str | None, *, note: bool) -> str:
    """The rating of a severity 1 to 5; a note is one whatever its number. Raises Fault for what is none."""
    if note:
        return "info"
    if (level or "").strip() not in SEVERITIES:
        raise Fault(BAD_VALUE.fill(field="SEVERITY"), "severity", level)
    return SEVERITIES[(level or "").strip()]
