"""Scenarios of vulnerability scans: overdue, untreated, found again, and on the public web site; and what only looks so."""

from dataclasses import replace
from typing import Final

from chahe.simulate.days import DAY, months_before
from chahe.simulate.life.company import COLO, COLOCATED, OFFICIAL_SITE, OGW, SETTLEMENT, WEB, WIN, WWW, Firm
from chahe.simulate.life.scans import (
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
from chahe.simulate.scenarios.scenario import Dial, Scenario, in_words, none
from chahe.simulate.truth import Truth
from chahe.wording import Text


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


def _scan_overdue(firm: Firm, truth: Truth, dial: Dial) -> None:
    told, limit = months_before(firm.as_of, 7), months_before(firm.as_of, 6)
    last = dial.day(told, months_before(firm.as_of, 10), limit - DAY)
    firm.scans = [one for one in firm.scans if one.host != COLO or one.ended.date() <= last]
    if last != told:
        add_scan(firm, COLO, last, name=f"colo-{last:%Y%m%d}")
    since = "七個月" if last == told else f" {(firm.as_of - last).days} 天"
    truth.planted(
        "vulnerability-scan-overdue", "scan_overdue", f"主機共置交易系統已{since}未掃描", system=COLOCATED, host=COLO
    )


def _untreated(firm: Firm, truth: Truth, dial: Dial) -> None:
    """The subtlest was first found 31 days ago, in a scan of its own."""
    months: tuple[int, ...] = dial.by_degree((7, 2), ((11, 7, 2), (7, 2), (2,), ()))
    for ago in months:
        scan_of(firm, WEB, ago).weaknesses.append(OLD_KERNEL)
    if not months:
        add_scan(firm, WEB, firm.as_of - 31 * DAY, name=f"web-{firm.as_of:%Y%m}").weaknesses.append(OLD_KERNEL)
    truth.planted(
        "vulnerability-untreated",
        "untreated",
        f"高風險弱點{in_words(months[0]) + '個月' if months else '三十一天'}沒有評估也沒有修補",
        host=WEB,
        finding_id=OLD_KERNEL.plugin,
        port=0,
    )


def _patched_yet_found(firm: Firm, truth: Truth, dial: Dial) -> None:
    for months in (7, 2):
        scan_of(firm, WWW, months).weaknesses.append(WEAK_TLS)
    treat(firm, WWW, WEAK_TLS, "已修補", months_before(firm.as_of, 7) + dial.among(14, 4, 25) * DAY)
    truth.planted(
        "vulnerability-untreated",
        "patched_yet_found",
        "聲稱已修補，再掃描仍然發現",
        host=WWW,
        finding_id=WEAK_TLS.plugin,
        port=443,
    )


def _site_open(firm: Firm, truth: Truth, dial: Dial) -> None:
    outside = next(one for one in reversed(firm.scans) if one.outside)
    outside.weaknesses.append(replace(SITE_WEAK, score=dial.by_degree("4.3", ("6.8", "5.3", "4.3"))))
    truth.planted(
        "official-site-vulnerable",
        "site_open_medium",
        "官網由外部掃描仍有中風險弱點",
        system=OFFICIAL_SITE,
        host=WWW,
        finding_id=SITE_WEAK.plugin,
        port=443,
    )


SCENARIOS: Final = (
    Scenario(
        "scan_overdue",
        "vulnerability-scan-overdue",
        _scan_overdue,
        Text("十個月…半年又一天未掃描", "unscanned for ten months … half a year and a day"),
    ),
    Scenario(
        "untreated",
        "vulnerability-untreated",
        _untreated,
        Text("高風險弱點十一個月…三十一天未處理", "a high one untreated for eleven months … 31 days"),
    ),
    Scenario(
        "patched_yet_found",
        "vulnerability-untreated",
        _patched_yet_found,
        none("修補後再發現或沒有；換的是修補日", "found again after its patch or not; the day of the patch varies"),
    ),
    Scenario(
        "site_open_medium",
        "official-site-vulnerable",
        _site_open,
        Text("中風險 6.8 分…4.3 分", "medium, scored 6.8 … 4.3"),
    ),
)
