"""Scenarios of root: used without consent, with consent that came late, or with one's own; and consent to the second."""

from datetime import date, datetime, timedelta
from typing import Final

from chahe.simulate.days import DAY, at
from chahe.simulate.life import people
from chahe.simulate.life.company import OGW, Firm
from chahe.simulate.life.deeds import approve, use_root
from chahe.simulate.scenarios.scenario import Dial, Scenario, none
from chahe.simulate.truth import Truth
from chahe.wording import Text

_SECOND = timedelta(seconds=1)


def near_misses(firm: Firm, truth: Truth) -> None:
    when = _use(firm, 26)
    approve(firm, OGW, when, when + _SECOND).approved = when
    truth.silent("privileged-use-unapproved", "核准與使用同一秒", **_key(firm, when))


def _without_approval(firm: Firm, truth: Truth, dial: Dial) -> None:
    alone = _use(firm, dial.among(17, 14, 19))
    truth.planted("privileged-use-unapproved", "root_without_approval", "使用 root 沒有核准", **_key(firm, alone))


def _approved_late(firm: Firm, truth: Truth, dial: Dial) -> None:
    late = _use(firm, dial.among(34, 33, 40))
    after = approve(firm, OGW, late - timedelta(minutes=20), late + timedelta(minutes=40))
    after.approved = late + dial.whole(3 * 3600, 13 * 86400, 1) * _SECOND
    told = "用完三小時後" if after.approved == late + timedelta(hours=3) else f"用後 {after.approved - late}"
    truth.planted("privileged-use-unapproved", "approved_after_use", f"{told}才核准", **_key(firm, late))


def _approved_by_oneself(firm: Firm, truth: Truth, dial: Dial) -> None:
    own = _use(firm, dial.among(45, 44, 50))
    engineer = firm.employee(people.ENGINEER).person
    approve(firm, OGW, own - timedelta(minutes=20), own + timedelta(minutes=40)).approver = engineer
    truth.planted("privileged-use-unapproved", "approved_by_oneself", "自己核准自己使用 root", **_key(firm, own))


def _use(firm: Firm, days: int) -> datetime:
    when = at(firm.as_of - days * DAY, 21, 13, 8)
    use_root(firm, OGW, firm.employee(people.ENGINEER).account, when)
    return when


def _key(firm: Firm, when: datetime) -> dict[str, str | date]:
    account = firm.employee(people.ENGINEER).account
    return {"host": OGW, "account": account, "target": "root", "happened_on": when.date()}


SCENARIOS: Final = (
    Scenario(
        "root_without_approval",
        "privileged-use-unapproved",
        _without_approval,
        none("有核准或沒有；換的是日子", "approved or not; the day varies"),
    ),
    Scenario(
        "approved_after_use",
        "privileged-use-unapproved",
        _approved_late,
        Text("用後十三天…一秒才核准", "approved 13 days … one second after the use"),
    ),
    Scenario(
        "approved_by_oneself",
        "privileged-use-unapproved",
        _approved_by_oneself,
        none("由自己核准或由別人；換的是日子", "approved by oneself or by another; the day varies"),
    ),
)
