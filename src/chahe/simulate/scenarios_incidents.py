"""Scenarios of incidents: unreported, late, uncorrected, and leaks told too late; and what only looks so."""

from datetime import timedelta

from chahe.simulate.company import Firm
from chahe.simulate.days import DAY, at
from chahe.simulate.paperwork import add_incident, correct, report
from chahe.simulate.truth import Truth

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


def breaches(firm: Firm, truth: Truth) -> None:
    slow = at(firm.as_of - 91 * DAY, 9, 30)
    add_incident(firm, "IN-21", "網路下單中斷四十分鐘", slow)
    report(firm, "IN-21", slow + 95 * _MINUTE)
    truth.planted("incident-unreported", "reported_late", "網路下單中斷，知悉後九十五分鐘才通報", incident_id="IN-21")
    truth.planted(
        "incident-uncorrected", "no_action", "網路下單中斷三個月，沒有矯正措施", incident_id="IN-21", action_id=None
    )
    hushed = at(firm.as_of - 57 * DAY, 13, 2)
    add_incident(firm, "IN-22", "官網遭置換首頁", hushed)
    truth.planted("incident-unreported", "never_reported", "官網首頁遭置換，沒有通報", incident_id="IN-22")
    overdue = correct(firm, "IN-22", hushed.date())
    overdue.done, overdue.verified, overdue.verifier = None, None, None
    truth.planted(
        "incident-uncorrected",
        "action_overdue",
        "矯正措施逾期未完成",
        incident_id="IN-22",
        action_id=overdue.correction,
    )
    leak = at(firm.as_of - 36 * DAY, 11, 11)
    add_incident(firm, "IN-23", "客戶資料上傳至公開資料夾", leak, leaked=True)
    report(firm, "IN-23", leak + 22 * _MINUTE, "證交所")
    report(firm, "IN-23", leak + 80 * _HOUR, "金管會")
    truth.planted(
        "personal-data-breach-late", "told_after_80_hours", "重大個資外洩八十小時後才通報金管會", incident_id="IN-23",
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
