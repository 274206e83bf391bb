"""Scenarios of supervision: the manager who knew of the loans and did nothing, the one who was late; and what only looks so."""

from dataclasses import astuple
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from chahe.simulate.cast.supervision import Notice, Step
from chahe.simulate.days import DAY
from chahe.simulate.files import write_csv
from chahe.simulate.life import people
from chahe.simulate.life.company import Firm
from chahe.simulate.life.complaints import last_business_day
from chahe.simulate.scenarios.scenario import Dial, Scenario
from chahe.simulate.truth import Truth
from chahe.wording import Text

_CONTROL: Final = "supervision-failed"
_WEEK: Final = timedelta(days=7)


def near_misses(firm: Firm, truth: Truth) -> None:
    manager, auditor = firm.employee(people.BROKERAGE).person, firm.employee(people.AUDITOR).person
    known = _weekday(firm.as_of - 71 * DAY)
    _notice(firm, "SN-01", people.FOURTH_BROKER, known, "客戶反映營業員談到代操", "客訴")
    firm.supervision.steps.append(Step("SA-01", "SN-01", known + _WEEK, manager, "約談並調閱對話，查無不當"))
    _silent(truth, firm, "SN-01", "一週後處置，仍在五個營業日內")
    known = _weekday(firm.as_of - 43 * DAY)
    _notice(firm, "SN-02", people.BROKERAGE, known, "主管本人帳戶異常", "通知")
    firm.supervision.steps.append(Step("SA-02", "SN-02", known + DAY, auditor, "由稽核室調閱帳務"))
    _silent(truth, firm, "SN-02", "涉及主管本人，由稽核處置")
    _notice(firm, "SN-03", people.BROKER, firm.as_of - DAY, "名冊異動未簽核", "自行發現")
    _silent(truth, firm, "SN-03", "昨天才知悉，期限未到")


def _did_nothing(firm: Firm, truth: Truth, dial: Dial) -> None:
    known = _weekday(firm.as_of - dial.whole(88, 330, 12) * DAY)
    _notice(firm, "SN-11", people.SECOND_BROKER, known, "客戶當面告知借款給營業員", "簽核")
    told = "三個月" if (firm.as_of - known).days in range(88, 92) else f" {(firm.as_of - known).days} 天"
    _planted(truth, firm, "SN-11", "knew_and_did_nothing", f"經理人簽核時已知營業員向客戶借款，{told}沒有任何處置")


def _acted_late(firm: Firm, truth: Truth, dial: Dial) -> None:
    known = _weekday(firm.as_of - 75 * DAY)
    acted = dial.day(known + 4 * _WEEK, known + 10 * _WEEK, last_business_day(known, 6))
    _notice(firm, "SN-12", people.THIRD_BROKER, known, "同事反映有不明入帳", "通知")
    manager = firm.employee(people.BROKERAGE).person
    firm.supervision.steps.append(Step("SA-12", "SN-12", acted, manager, "約談營業員"))
    told = "四週" if acted == known + 4 * _WEEK else f" {(acted - known).days} 天"
    _planted(truth, firm, "SN-12", "acted_weeks_later", f"經理人{told}後才約談")


def write_supervision(firm: Firm, folder: Path) -> None:
    """`主管知悉紀錄.csv` and `督導處置紀錄.csv`."""
    write_csv(
        folder / "主管知悉紀錄.csv",
        ("知悉編號", "知悉主管", "知悉日", "涉及人員", "事由", "知悉方式"),
        map(astuple, firm.supervision.notices),
        "utf-8-sig",
    )
    write_csv(
        folder / "督導處置紀錄.csv",
        ("處置編號", "知悉編號", "處置日", "處置人員", "處置情形"),
        map(astuple, firm.supervision.steps),
        "utf-8-sig",
    )


def _weekday(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - max(0, day.weekday() - 4) * DAY


def _notice(firm: Firm, number: str, subject: int, known: date, matter: str, how: str) -> None:
    manager = firm.employee(people.BROKERAGE).person
    firm.supervision.notices.append(Notice(number, manager, known, firm.employee(subject).person, matter, how))


def _planted(truth: Truth, firm: Firm, number: str, scenario: str, told: str) -> None:
    truth.planted(_CONTROL, scenario, told, notice_id=number, manager_id=firm.employee(people.BROKERAGE).person.lower())


def _silent(truth: Truth, firm: Firm, number: str, why: str) -> None:
    truth.silent(_CONTROL, why, notice_id=number, manager_id=firm.employee(people.BROKERAGE).person.lower())


SCENARIOS: Final = (
    Scenario(
        "knew_and_did_nothing",
        "supervision-failed",
        _did_nothing,
        Text("知悉十一個月…十二天沒有處置", "nothing done for eleven months … twelve days"),
    ),
    Scenario(
        "acted_weeks_later",
        "supervision-failed",
        _acted_late,
        Text("十週後…第六個營業日才處置", "acted ten weeks later … on the sixth business day"),
    ),
)
