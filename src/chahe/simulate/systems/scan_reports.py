"""Scan reports: half-yearly Nessus scans from inside (NessusClientData_v2), and OpenVAS scans of the web site from outside."""

from datetime import datetime
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from chahe.simulate.cast.staff_and_systems import Scan, Weakness
from chahe.simulate.files import write_text
from chahe.simulate.life.company import Firm

_THREATS: Final = ("Log", "Low", "Medium", "High", "High")
_RISKS: Final = ("None", "Low", "Medium", "High", "Critical")
_OPENVAS_ID: Final = "5d2f0c7e-6f0b-4f39-9a6e-0c1d2e3f{:04}"


def write_scan_reports(firm: Firm, folder: Path) -> None:
    """`nessus/NAME.nessus` for each inside report, `outside/NAME.xml` for each outside one."""
    reports: dict[tuple[str, bool], list[Scan]] = {}
    for scan in firm.scans:
        reports.setdefault((scan.report, scan.outside), []).append(scan)
    for nth, ((name, outside), scans) in enumerate(reports.items(), 1):
        if outside:
            write_text(folder / "outside" / f"{name}.xml", _openvas(scans, nth))
        else:
            write_text(folder / "nessus" / f"{name}.nessus", _nessus(name, scans))


def _nessus(name: str, scans: list[Scan]) -> str:
    hosts = "\n".join(_nessus_host(scan) for scan in scans)
    return (
        '<?xml version="1.0" ?>\n<NessusClientData_v2>\n<Policy><policyName>Internal network scan</policyName></Policy>\n'
        f'<Report name={quoteattr(name)} xmlns:cm="http://www.nessus.org/cm">\n{hosts}\n</Report>\n</NessusClientData_v2>\n'
    )


def _nessus_host(scan: Scan) -> str:
    began = scan.ended.replace(minute=0, second=0)
    tags = {
        "HOST_START": f"{began:%a %b} {began.day:2} {began:%H:%M:%S %Y}",
        "HOST_END": f"{scan.ended:%a %b} {scan.ended.day:2} {scan.ended:%H:%M:%S %Y}",
        "host-ip": scan.address,
        "operating-system": "Linux Kernel 5.14",
    }
    written = "\n".join(f'<tag name="{key}">{value}</tag>' for key, value in tags.items())
    log = Weakness("19506", "Nessus Scan Information", 0, 0, "tcp", None, None, "Settings")
    items = "\n".join(_nessus_item(one) for one in (log, *scan.weaknesses))
    return f'<ReportHost name="{scan.host}"><HostProperties>\n{written}\n</HostProperties>\n{items}\n</ReportHost>'


def _nessus_item(one: Weakness) -> str:
    cve = f"<cve>{one.cve}</cve>\n" if one.cve else ""
    score = f"<cvss3_base_score>{one.score}</cvss3_base_score>\n" if one.score else ""
    return (
        f'<ReportItem port="{one.port}" svc_name="general" protocol="{one.protocol}" severity="{one.severity}" '
        f'pluginID="{one.plugin}" pluginName={quoteattr(one.title)} pluginFamily={quoteattr(one.family)}>\n{cve}{score}'
        f"<risk_factor>{_RISKS[one.severity]}</risk_factor>\n</ReportItem>"
    )


def _openvas(scans: list[Scan], nth: int) -> str:
    number = _OPENVAS_ID.format(nth)
    began = scans[0].ended.replace(minute=0, second=0)
    results = "\n".join(_result(scan, one) for scan in scans for one in scan.weaknesses)
    hosts = "\n".join(
        f"<host><ip>{scan.address}</ip><start>{_iso(began)}</start><end>{_iso(scan.ended)}</end></host>"
        for scan in scans
    )
    return (
        f'<?xml version="1.0"?>\n<report content_type="text/xml" extension="xml" id="{number}">\n'
        f'<name>{_iso(began)}</name><creation_time>{_iso(scans[-1].ended)}</creation_time>\n<report id="{number}">\n'
        "<gmp><version>22.6</version></gmp>\n<scan_run_status>Done</scan_run_status>\n"
        f"<scan_start>{_iso(began)}</scan_start>\n<timezone>Asia/Taipei</timezone>\n"
        f'<results max="-1" start="1">\n{results}\n</results>\n{hosts}\n<scan_end>{_iso(scans[-1].ended)}</scan_end>\n'
        "</report>\n</report>\n"
    )


def _result(scan: Scan, one: Weakness) -> str:
    refs = f'<refs><ref type="cve" id="{one.cve}"/></refs>' if one.cve else ""
    score = one.score or "0.0"
    return (
        f'<result id="{one.plugin[-4:]}-{one.port}"><name>{escape(one.title)}</name>'
        f"<creation_time>{_iso(scan.ended)}</creation_time>"
        f"<host>{scan.address}<hostname>www.haiyu.example</hostname></host>"
        f"<port>{one.port}/{one.protocol}</port>\n"
        f'<nvt oid="{one.plugin}"><type>nvt</type><name>{escape(one.title)}</name><family>{escape(one.family)}</family>'
        f"<cvss_base>{score}</cvss_base>{refs}</nvt>\n"
        f"<threat>{_THREATS[one.severity]}</threat><severity>{score}</severity></result>"
    )


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
