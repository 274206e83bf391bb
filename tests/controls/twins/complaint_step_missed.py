"""complaint-step-missed, step by step of each complaint."""

from collections import defaultdict
from datetime import date, timedelta
from types import SimpleNamespace

from twins.worlds import SPAN, Evidence, Rows, Told, days, names, of, seldom

from chahe.engine.casebook import AS_OF

_RECEIVED = AS_OF - timedelta(days=30)
_DUE = AS_OF - timedelta(days=20)
DRAWN = {
    "complaints": Rows(1, 2, {"complaint_id": names("c", 2), "received_on": of(*[_RECEIVED] * 6, SPAN.begin, SPAN.begin - timedelta(days=1), AS_OF, AS_OF + timedelta(days=1)), "subject_id": names("e", 2), "closed_on": seldom(days(AS_OF, SPAN.begin, _DUE), 4), "summary": of("損失")}, blank=9),
    "complaint_deadlines": Rows(2, 6, {"complaint_id": names("c", 2), "step": of("受理", "調查", "回覆"), "sequence": of(1, 2, 3), "timed": of(True, True, False), "due_on": days(_DUE, AS_OF)}, blank=14, blanks={"sequence": 0, "timed": 0}),
    "complaint_steps": Rows(0, 7, {"record_id": names("s", 99), "complaint_id": names("c", 2), "step": of("受理", "調查", "回覆"), "done_on": days(_DUE, _RECEIVED, AS_OF, SPAN.begin), "performer_id": names("e", 4), "evidence": of("函", "函", "函", " ")}, blank=9),
}  # fmt: skip
ALSO = ("defect", "done_on")
_DOUBTS = ("no_receipt", "no_flow", "no_limit", "undated", "no_performer")


def told(evidence: Evidence) -> Told:
    said = Told()
    complaints = {one.complaint_id: one for one in evidence.complaints}
    sound, flawed = _records(evidence, complaints)
    for due in evidence.complaint_deadlines:
        case = complaints.get(due.complaint_id)
        if case is None:
            continue
        key = (due.complaint_id, due.step)
        done = min(sound[key], default=None)
        closed = case.closed_on if case.closed_on is not None and case.closed_on <= evidence.as_of else None
        later = any(
            sound[one.complaint_id, one.step]
            for one in evidence.complaint_deadlines
            if one.complaint_id == due.complaint_id and one.sequence > due.sequence
        )
        left_out = _left_out(case.received_on, (done, closed), evidence)
        if left_out:
            said.leave_out(left_out)
            continue
        said.candidates += 1
        state = _untold(case, due) or (
            _done(due, done) if done else _missing(due, flawed[key], later or closed is not None, evidence.as_of)
        )
        if state in _DOUBTS:
            said.undetermined.append((*key, state))
        elif state not in ("good", "running"):
            said.exceptions.append((*key, state, done))
    return said


def _records(evidence: Evidence, complaints: dict[str, SimpleNamespace]):
    """By complaint and step: the days of sound records, and what is wrong with the others."""
    sound: dict[tuple[str, str], list[date]] = defaultdict(list)
    flawed: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in evidence.complaint_steps:
        case = complaints.get(one.complaint_id)
        if case is None or (one.done_on is not None and one.done_on > evidence.as_of):
            continue
        key = (one.complaint_id, one.step)
        if one.performer_id is not None and one.performer_id == case.subject_id:
            flawed[key].add("by_subject")
        elif one.done_on is None or (case.received_on is not None and one.done_on < case.received_on):
            flawed[key].add("undated")
        elif one.evidence is None or not one.evidence.strip():
            flawed[key].add("no_paper")
        elif one.performer_id is None:
            flawed[key].add("no_performer")
        else:
            sound[key].append(one.done_on)
    return sound, flawed


def _left_out(received: date | None, ends: tuple[date | None, ...], evidence: Evidence) -> str | None:
    if received is None:
        return None
    if received > evidence.as_of:
        return "after"
    over = any(one is not None and one < evidence.begin for one in ends)
    return "before" if received < evidence.begin and over else None


def _untold(case: SimpleNamespace, due: SimpleNamespace) -> str | None:
    if case.received_on is None:
        return "no_receipt"
    return "no_flow" if due.step is None else None


def _done(due: SimpleNamespace, done: date) -> str:
    if due.due_on is None:
        return "no_limit" if due.timed else "good"
    return "good" if done <= due.due_on else "late"


def _missing(due: SimpleNamespace, flaws: set[str], over: bool, as_of: date) -> str:
    for flaw in ("by_subject", "undated", "no_performer", "no_paper"):
        if flaw in flaws:
            return flaw
    if over:
        return "left_out"
    if due.due_on is not None and due.due_on < as_of:
        return "not_done"
    return "no_limit" if due.timed and due.due_on is None else "running"
