"""The firm's scans: every half-year from inside, the web site also from outside, and what was done about what they found."""

from datetime import date

from chahe.simulate.cast.staff_and_systems import Scan, Treatment, Weakness
from chahe.simulate.days import DAY, at, months_before
from chahe.simulate.life import people
from chahe.simulate.life.company import WWW, Firm

WEAK_TLS = Weakness("104743", "TLS Version 1.0 Protocol Detection", 2, 443, "tcp", None, "6.5", "Service detection")
OLD_SSH = Weakness("187201", "OpenSSH < 9.6 Multiple Vulnerabilities", 3, 22, "tcp", "CVE-2023-51385", "8.1", "Misc.")
OLD_KERNEL = Weakness(
    "200123", "Linux Kernel Security Update", 3, 0, "tcp", "CVE-2024-1086", "7.8", "Red Hat Local Security Checks"
)
ICMP_TIME = Weakness("10114", "ICMP Timestamp Request Remote Date Disclosure", 1, 0, "icmp", "CVE-1999-0524", "2.1")
DEFAULT_SNMP = Weakness(
    "41028", "SNMP Agent Default Community Name (public)", 3, 161, "udp", "CVE-1999-0517", "7.5", "SNMP"
)
SITE_BANNER = Weakness(
    "1.3.6.1.4.1.25623.1.0.10107", "HTTP Server type and version", 0, 443, "tcp", None, "0.0", "Web Servers"
)
SITE_WEAK = Weakness(
    "1.3.6.1.4.1.25623.1.0.117274", "SSL/TLS: Deprecated TLSv1.0 and TLSv1.1 Protocol Detection", 2, 443, "tcp",
    "CVE-2011-3389", "4.3", "SSL and TLS",
)  # fmt: skip


def add_scans(firm: Firm) -> None:
    """Inside scans eleven, seven and two months ago of every host; outside scans of the web site seven and one month ago."""
    for months in (11, 7, 2):
        day = months_before(firm.as_of, months)
        for system in firm.systems:
            add_scan(firm, system.host, day)
    for months in (7, 1):
        day = months_before(firm.as_of, months)
        firm.scans.append(
            Scan(f"site-{day:%Y%m}", WWW, firm.system_of(WWW).address, at(day, 4, 20, 31), [SITE_BANNER], outside=True)
        )
    # Found seven months ago, patched within the month, and not found since.
    scan_of(firm, firm.systems[0].host, 7).weaknesses.append(OLD_SSH)
    treat(firm, firm.systems[0].host, OLD_SSH, "已修補", months_before(firm.as_of, 7) + 12 * DAY)


def add_scan(firm: Firm, host: str, day: date, *, name: str | None = None) -> Scan:
    """One host scanned from inside on a day, finding nothing yet."""
    nth = [one.host for one in firm.systems].index(host)
    report = name or f"internal-{day:%Y%m}"
    scan = Scan(report, host, firm.system_of(host).address, at(day, 2, 10 + 7 * nth, 44))
    firm.scans.append(scan)
    return scan


def scan_of(firm: Firm, host: str, months: int) -> Scan:
    """The inside scan of a host so many months ago."""
    day = months_before(firm.as_of, months)
    return next(one for one in firm.scans if one.host == host and not one.outside and one.ended.date() == day)


def treat(firm: Firm, host: str, weakness: Weakness, how: str, day: date, valid_until: date | None = None) -> None:
    """A record of what was done about a weakness on a host."""
    firm.treatments.append(
        Treatment(
            f"VT-{day.year - 1911}-{len(firm.treatments) + 1:03}", host, weakness.plugin, how, day,
            firm.employee(people.SECURITY).person, valid_until,
        )
    )  # fmt: skip
