"""Scenarios of logs that were exported again after they were in the vault: one lacks records by then, one only stands otherwise."""

from typing import Final

from chahe.simulate.cast.staff_and_systems import Export, Firewall
from chahe.simulate.days import DAY, half_years
from chahe.simulate.life.company import Firm
from chahe.simulate.scenarios.scenario import Dial, Scenario
from chahe.simulate.truth import Truth
from chahe.wording import Text


def near_misses(firm: Firm, truth: Truth) -> None:
    wall = firm.firewall("fg-dr")
    half, first, _ = half_years(wall.log_from, firm.as_of)[0]
    wall.exported_again.append(Export(half))
    truth.silent(
        "log-shrunk",
        "重新匯出的檔案順序相反、換行不同，紀錄都在",
        stream="firewall_events",
        subject=wall.device,
        day=first + DAY,
        source=_source(wall),
        path=_path(firm, wall, half),
    )


def _night_cut(firm: Firm, truth: Truth, dial: Dial) -> None:
    wall = firm.firewall("fg-colo")
    half, first, _ = half_years(wall.log_from, firm.as_of)[-2]
    day = first + dial.among(40, 20, 120) * DAY
    minutes = dial.whole(120, 240, 15)
    wall.exported_again.append(Export(half, without_night_of=day, minutes=minutes))
    truth.planted(
        "log-shrunk",
        "night_cut_from_a_log",
        f"主機共置防火牆的日誌重新匯出後，少了一個凌晨{'兩小時' if minutes == 120 else f' {minutes} 分鐘'}的紀錄",
        stream="firewall_events",
        subject=wall.device,
        day=day,
        source=_source(wall),
        path=_path(firm, wall, half),
    )


def _source(wall: Firewall) -> str:
    return f"防火牆日誌 {wall.device}"


def _path(firm: Firm, wall: Firewall, half: str) -> str:
    return f"records/firewall/{wall.device}/{wall.device}_{half}.log.{firm.size.packed}"


SCENARIOS: Final = (
    Scenario(
        "night_cut_from_a_log",
        "log-shrunk",
        _night_cut,
        Text("少四小時…十五分鐘（一筆）的紀錄", "four hours … fifteen minutes (one record) gone"),
    ),
)
