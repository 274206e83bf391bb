"""supervision-failed, notice by notice."""

from datetime import date, timedelta
from types import SimpleNamespace

from twins.worlds import SPAN, Evidence, Fixed, Rows, Told, days, names, of

from chahe.engine.casebook import AS_OF

_DAYS = 5
_FIRST = AS_OF - timedelta(days=31)
_CALENDAR = [day for nth in range(-9, 400) if (day := SPAN.begin + timedelta(days=nth)).weekday() < 5 or nth % 3]
_NOTICED = next(day for day in _CALENDAR if day >= _FIRST)
_DUE = _CALENDAR[_CALENDAR.index(_NOTICED) + _DAYS]
_LAST = [day for day in _CALENDAR if day <= AS_OF][-1]
_RUNNING = _CALENDAR[_CALENDAR.index(_LAST) - _DAYS]
DRAWN = {
    "business_days": Fixed([{"day_on": day, "number": nth} for nth, day in enumerate(_CALENDAR)]),
    "supervision_notices": Rows(1, 4, {
        "notice_id": names("n", 3), "manager_id": names("m", 2), "subject_id": names("m", 3),
        "notified_on": of(*[_NOTICED] * 5, *[_CALENDAR[0]] * 4, _RUNNING, _RUNNING - timedelta(days=1), AS_OF, AS_OF + timedelta(days=1), date(2020, 1, 1)),
    }, blank=9),
    "supervision_actions": Rows(0, 5, {
        "action_id": names("a", 99), "notice_id": names("n", 3), "actor_id": names("m", 3), "measure": of("調查", "調查", "調查", "無", " ", "N/A "),
        "acted_on": days(_NOTICED, _DUE, _DUE, *[SPAN.begin - timedelta(days=1)] * 2, AS_OF + timedelta(days=1), by=(0, 1)),
    }, blank=7),
}  # fmt: skip
ALSO = ("defect", "acted_on")


def told(evidence: Evidence) -> Told:
    said = Told()
    numbers = {one.day_on: one.number for one in evidence.business_days}
    dates = {number: day for day, number in numbers.items()}
    for notice in evidence.supervision_notices:
        due = dates.get(numbers.get(notice.notified_on, -99) + _DAYS)
        steps = [
            one
            for one in evidence.supervision_actions
            if one.notice_id == notice.notice_id and _counts(one, notice, evidence.as_of)
        ]
        sure = [one.acted_on for one in steps if one.acted_on is not None and one.actor_id is not None]
        acted = min(sure, default=None) if notice.subject_id is not None else None
        perhaps = any(
            one.acted_on is None or one.acted_on <= (due or date.max)
            for one in steps
            if None in (one.acted_on, one.actor_id)
        )
        if notice.notified_on is not None and notice.notified_on > evidence.as_of:
            said.leave_out("not_yet")
            continue
        if acted is not None and acted < evidence.begin:
            said.leave_out("before")
            continue
        said.candidates += 1
        state = _state(notice, due, acted, perhaps, evidence.as_of)
        if state in ("no_date", "no_subject", "no_calendar", "unfinished"):
            said.undetermined.append((notice.notice_id, notice.manager_id, state))
        elif state not in ("good", "running"):
            said.exceptions.append((notice.notice_id, notice.manager_id, state, acted))
    return said


def _counts(step: SimpleNamespace, notice: SimpleNamespace, as_of: date) -> bool:
    """May the step be one: taken since the notice, by somebody else, and said what it was?"""
    if notice.notified_on is None or step.measure is None or step.measure.strip().lower() in ("", "無", "n/a"):
        return False
    in_time = step.acted_on is None or notice.notified_on <= step.acted_on <= as_of
    return in_time and (step.actor_id is None or step.actor_id != notice.subject_id)


def _state(notice: SimpleNamespace, due: date | None, acted: date | None, perhaps: bool, as_of: date) -> str:
    if notice.notified_on is None:
        return "no_date"
    if notice.subject_id is None:
        return "no_subject"
    if due is None:
        return "no_calendar"
    if acted is not None and acted <= due:
        return "good"
    if due >= as_of:
        return "running"
    if perhaps:
        return "unfinished"
    if acted is not None:
        return "late"
    return "itself" if notice.manager_id == notice.subject_id else "nothing"
