"""Scenarios of incidents: unreported, late, uncorrected, and leaks told too late; and what only looks so."""

from datetime import timedelta
from typing import Final

from chahe.simulate.days import DAY, at
from chahe.simulate.life.company import Firm
from chahe.simulate.life.governance import add_incident, correct, report
from chahe.simulate.scenarios.scenario import Dial, Scenario, in_words
from chahe.simulate.truth import Truth
from chahe.wording import Text

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)


def near_misses(firm: Firm, truth: Truth) -> None:
    known = at(firm.as_of - 48 * DAY, 10, 5)
    add_incident(firm, "IN-11", "行情畫面延遲", known)
    report(firm, "IN-11", known + 30 * _MINUTE)
    truth.silent("incident-unreported", "恰在知悉後三十分鐘通報", incident_id="IN-11")
    action = correct(firm, "IN-11", known.date())
    action.due, action.done, action.verified, action.verifier = firm.as_of, None, None, None
    truth.silent("incident-uncorrected", "矯正期限是今天，還沒過", incident_id="IN-11", action_id=action.correction)
    leak = at(firm.as_of - 77 * DAY, 16, 20)
    add_incident(firm, "IN-12", "客戶名單附件誤寄", leak, leaked=True)
    report(firm, "IN-12", leak + 25 * _MINUTE, "證交所")
    report(firm, "IN-12", leak + 72 * _HOUR, "金管會")
    correct(firm, "IN-12", leak.date())
    truth.silent("personal-data-breach-late", "恰在七十二小時通報金管會", incident_id="IN-12", duty="authority")


def _reported_late(firm: Firm, truth: Truth, dial: Dial) -> None:
    slow = at(firm.as_of - dial.among(91, 86, 100) * DAY, 9, 30)
    late = dial.whole(95, 4320, 31)
    add_incident(firm, "IN-21", "網路下單中斷四十分鐘", slow)
    report(firm, "IN-21", slow + late * _MINUTE)
    told = f"網路下單中斷，知悉後{in_words(late) if late < 100 else f' {late} '}分鐘才通報"
    truth.planted("incident-unreported", "reported_late", told, incident_id="IN-21")
    truth.planted(
        "incident-uncorrected", "no_action", "網路下單中斷三個月，沒有矯正措施", incident_id="IN-21", action_id=None
    )


def _never_reported(firm: Firm, truth: Truth, dial: Dial) -> None:
    hushed = at(firm.as_of - 57 * DAY, 13, 2)
    add_incident(firm, "IN-22", dial.pick("官網遭置換首頁", ["員工電腦感染勒索軟體", "委託系統遭異常登入"]), hushed)
    truth.planted("incident-unreported", "never_reported", "資安事件沒有通報", incident_id="IN-22")
    overdue = correct(firm, "IN-22", hushed.date())
    overdue.done, overdue.verified, overdue.verifier = None, None, None
    overdue.due = firm.as_of - dial.whole(37, 45, 1) * DAY
    truth.planted(
        "incident-uncorrected",
        "action_overdue",
        "矯正措施逾期未完成",
        incident_id="IN-22",
        action_id=overdue.correction,
    )


def _leaked(firm: Firm, truth: Truth, dial: Dial) -> None:
    leak = at(firm.as_of - 36 * DAY, dial.among(11, 9, 16), 11)
    late = dial.whole(80 * 60, 400 * 60, 72 * 60 + 1)
    add_incident(firm, "IN-23", "客戶資料上傳至公開資料夾", leak, leaked=True)
    report(firm, "IN-23", leak + 22 * _MINUTE, "證交所")
    report(firm, "IN-23", leak + late * _MINUTE, "金管會")
    told = "八十小時" if late == 80 * 60 else f" {late // 60} 小時 {late % 60} 分"
    truth.planted(
        "personal-data-breach-late", "told_after_80_hours", f"重大個資外洩{told}後才通報金管會", incident_id="IN-23",
        duty="authority",
    )  # fmt: skip
    own = correct(firm, "IN-23", leak.date())
    own.done, own.verified, own.verifier = leak.date() + 2 * DAY, leak.date() + 3 * DAY, own.owner
    truth.planted(
        "incident-uncorrected",
        "verified_by_self",
        "由負責人自己驗證矯正措施",
        incident_id="IN-23",
        action_id=own.correction,
    )


SCENARIOS: Final = (
    Scenario(
        "reported_late",
        "incident-unreported incident-uncorrected",
        _reported_late,
        Text("知悉後三天…三十一分鐘才通報", "reported three days … 31 minutes after it was known"),
        also=("no_action",),
    ),
    Scenario(
        "never_reported",
        "incident-unreported incident-uncorrected",
        _never_reported,
        Text("矯正逾期四十五天…一天", "the correction 45 days … one day overdue"),
        also=("action_overdue",),
    ),
    Scenario(
        "told_after_80_hours",
        "personal-data-breach-late incident-uncorrected",
        _leaked,
        Text("四百小時…七十二小時又一分才通報", "told after 400 hours … 72 hours and a minute"),
        also=("verified_by_self",),
    ),
)
