"""Scenarios of root: used without consent, with consent that came late, or with one's own; and consent to the second."""

from datetime import date, datetime, timedelta

from chahe.simulate import people
from chahe.simulate.company import OGW, Firm
from chahe.simulate.days import DAY, at
from chahe.simulate.deeds import approve, use_root
from chahe.simulate.truth import Truth

_SECOND = timedelta(seconds=1)


def near_misses(firm: Firm, truth: Truth) -> None:
    when = _use(firm, 26)
    approve(firm, OGW, when, when + _SECOND).approved = when
    truth.silent("privileged-use-unapproved", "核准與使用同一秒", **_key(firm, when))


def breaches(firm: Firm, truth: Truth) -> None:
    alone = _use(firm, 17)
    truth.planted("privileged-use-unapproved", "root_without_approval", "使用 root 沒有核准", **_key(firm, alone))
    late = _use(firm, 34)
    after = approve(firm, OGW, late - timedelta(minutes=20), late + timedelta(minutes=40))
    after.approved = late + timedelta(hours=3)
    truth.planted("privileged-use-unapproved", "approved_after_use", "用完三小時後才核准", **_key(firm, late))
    own = _use(firm, 45)
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
