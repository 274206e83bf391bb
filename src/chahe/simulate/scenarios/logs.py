"""Scenarios of the important systems' audit logs: too short, interrupted, incomplete; and what only looks so."""

from datetime import timedelta
from typing import Final

from chahe.simulate.cast.staff_and_systems import Downtime, SignIn, Silence
from chahe.simulate.days import DAY, at, months_before
from chahe.simulate.life import people
from chahe.simulate.life.company import COLO, COLOCATED, OGW, ORDER_GATEWAY, SETTLEMENT, WEB, WEB_ORDER, WIN, Firm
from chahe.simulate.scenarios.scenario import Dial, Scenario
from chahe.simulate.truth import Truth
from chahe.wording import Text


def near_misses(firm: Firm, truth: Truth) -> None:
    firm.log_from[OGW] = months_before(firm.as_of, 36)
    truth.silent("audit-log-retention", "最早一筆恰在三年前當日", system=ORDER_GATEWAY)
    _declared_downtime(firm, truth)
    _no_address_to_record(firm, truth)


def _declared_downtime(firm: Firm, truth: Truth) -> None:
    begin = at(firm.as_of - 120 * DAY, 18, 30)
    down = Silence(begin, begin + timedelta(hours=30))
    firm.host_silences.setdefault(OGW, []).append(down)
    firm.downtimes.append(
        Downtime(
            "ogw01",
            begin - timedelta(minutes=10),
            down.ends + timedelta(minutes=10),
            "主機更換",
            firm.employee(people.IT_MANAGER).name,
        )
    )
    truth.silent("audit-log-gaps", "三十小時的中斷有停機紀錄", system=ORDER_GATEWAY, silent_from_us=down)


def _too_short(firm: Firm, truth: Truth, dial: Dial) -> None:
    told, most = months_before(firm.as_of, 14), months_before(firm.as_of, 13)
    firm.log_from[WEB] = begins = dial.day(told, most, months_before(firm.as_of, 36) + DAY)
    kept = "十四個月" if begins == told else f" {(firm.as_of - begins).days} 天"
    truth.planted("audit-log-retention", "audit_log_too_short", f"網路下單主機的登入紀錄只留{kept}", system=WEB_ORDER)


def _silence(firm: Firm, truth: Truth, dial: Dial) -> None:
    hours = dial.whole(47, 110, 26)
    begin = at(firm.as_of - dial.among(52, 46, 75) * DAY, dial.among(22, 0, 22), 40)
    silence = Silence(begin, begin + timedelta(hours=hours))
    firm.host_silences.setdefault(COLO, []).append(silence)
    truth.planted(
        "audit-log-gaps",
        "audit_log_fell_silent",
        f"主機共置交易系統的登入紀錄中斷 {hours} 小時",
        system=COLOCATED,
        silent_from_us=silence,
    )


def _no_address_to_record(firm: Firm, truth: Truth) -> None:
    """A clerk signs in at the settlement host itself, and sudo's own records never name a computer."""
    clerk = firm.employee(people.CLERK).account
    for nth in range(6):
        moment = at(firm.as_of - (12 + 20 * nth) * DAY, 18, 4, 20 + nth)
        firm.sign_ins.append(SignIn(WIN, clerk, moment, None, console=True))
    why = "使用權限（sudo）的紀錄沒有來源欄位；登入紀錄都有來源位址"
    truth.silent("audit-log-incomplete", why, system=ORDER_GATEWAY, host=OGW, missing="source")


def _without_address(firm: Firm, truth: Truth, dial: Dial) -> None:
    clerk = firm.employee(people.SECOND_CLERK).account
    for nth in range(dial.whole(9, 24, 1)):
        firm.sign_ins.append(SignIn(WIN, clerk, at(firm.as_of - (5 + 11 * nth) * DAY, 9, 12, 10 + nth), None))
    truth.planted(
        "audit-log-incomplete",
        "sign_ins_without_address",
        "結算主機部分遠端登入沒有來源電腦位址",
        system=SETTLEMENT,
        host=WIN,
        missing="source",
    )


SCENARIOS: Final = (
    Scenario(
        "audit_log_too_short",
        "audit-log-retention",
        _too_short,
        Text("只留十三個月…差一天滿三年", "kept for 13 months … a day short of three years"),
    ),
    Scenario(
        "audit_log_fell_silent",
        "audit-log-gaps",
        _silence,
        Text("中斷一百一十小時…二十六小時", "silent for 110 … 26 hours"),
    ),
    Scenario(
        "sign_ins_without_address",
        "audit-log-incomplete",
        _without_address,
        Text("二十四筆…一筆登入沒有來源", "24 … one sign-in without its source"),
    ),
)
