"""Scenarios of vulnerability scans: overdue, untreated, found again, and on the public web site; and what only looks so."""

from chahe.simulate.company import COLO, COLOCATED, OFFICIAL_SITE, OGW, SETTLEMENT, WEB, WIN, WWW, Firm
from chahe.simulate.days import DAY, months_before
from chahe.simulate.scanning import (
    ICMP_TIME,
    OLD_KERNEL,
    OLD_SSH,
    SITE_BANNER,
    SITE_WEAK,
    WEAK_TLS,
    add_scan,
    scan_of,
    treat,
)
from chahe.simulate.truth import Truth


def near_misses(firm: Firm, truth: Truth) -> None:
    firm.scans.remove(scan_of(firm, WIN, 2))
    half = months_before(firm.as_of, 6)
    add_scan(firm, WIN, half, name=f"settle-{half:%Y%m}")
    truth.silent("vulnerability-scan-overdue", "恰在半年前當日掃描", system=SETTLEMENT, host=WIN)
    scan_of(firm, WEB, 2).weaknesses.append(ICMP_TIME)
    truth.silent("vulnerability-untreated", "低風險，處理期限未到", host=WEB, finding_id=ICMP_TIME.plugin, port=0)
    truth.silent(
        "vulnerability-untreated", "期限內修補，之後的掃描沒有再發現", host=OGW, finding_id=OLD_SSH.plugin, port=22
    )
    truth.silent(
        "official-site-vulnerable",
        "只是紀錄等級的發現",
        system=OFFICIAL_SITE,
        host=WWW,
        finding_id=SITE_BANNER.plugin,
        port=443,
    )


def breaches(firm: Firm, truth: Truth) -> None:
    firm.scans.remove(scan_of(firm, COLO, 2))
    truth.planted(
        "vulnerability-scan-overdue", "scan_overdue", "主機共置交易系統已七個月未掃描", system=COLOCATED, host=COLO
    )
    for months in (7, 2):
        scan_of(firm, WEB, months).weaknesses.append(OLD_KERNEL)
        scan_of(firm, WWW, months).weaknesses.append(WEAK_TLS)
    truth.planted(
        "vulnerability-untreated",
        "untreated",
        "高風險弱點七個月沒有評估也沒有修補",
        host=WEB,
        finding_id=OLD_KERNEL.plugin,
        port=0,
    )
    treat(firm, WWW, WEAK_TLS, "已修補", months_before(firm.as_of, 7) + 14 * DAY)
    truth.planted(
        "vulnerability-untreated",
        "patched_yet_found",
        "聲稱已修補，再掃描仍然發現",
        host=WWW,
        finding_id=WEAK_TLS.plugin,
        port=443,
    )
    outside = next(one for one in reversed(firm.scans) if one.outside)
    outside.weaknesses.append(SITE_WEAK)
    truth.planted(
        "official-site-vulnerable",
        "site_open_medium",
        "官網由外部掃描仍有中風險弱點",
        system=OFFICIAL_SITE,
        host=WWW,
        finding_id=SITE_WEAK.plugin,
        port=443,
    )
