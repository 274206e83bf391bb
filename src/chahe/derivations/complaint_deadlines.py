"""Brings complaints together with the flow in force when they came, and counts the days: business days need the exchange's calendar."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from chahe.derivations.model import Derivation, Rows
from chahe.evidence.complaint_deadlines import table
from chahe.evidence.complaint_flow import table as complaint_flow
from chahe.evidence.complaints import table as complaints
from chahe.rules.trading_days import OutsideCalendar, trading_days

Row = Mapping[str, object]


def deadlines(given: Mapping[str, Rows]) -> Iterable[Row]:
    """A row for each step of each complaint; one without a step where nothing tells which steps it has."""
    for complaint in given[complaints.name]:
        received = complaint["received_on"]
        due = [
            one
            for one in given[complaint_flow.name]
            if isinstance(received, date) and _applies(one, complaint, received)
        ]
        for step in due:
            yield {
                "row_id": complaint["row_id"],
                "complaint_id": complaint["complaint_id"],
                "step": step["step"],
                "sequence": step["sequence"],
                "timed": step["due_days"] is not None,
                "due_on": _due(step, received) if isinstance(received, date) else None,
                "flow_row": step["row_id"],
            }
        if not due:
            yield {"row_id": complaint["row_id"], "complaint_id": complaint["complaint_id"]}


def _applies(step: Row, complaint: Row, received: date) -> bool:
    """A complaint of no told kind goes through the steps that are for all."""
    begins, ends = step["in_force_from"], step["in_force_until"]
    in_force = isinstance(begins, date) and begins <= received and not (isinstance(ends, date) and ends < received)
    return in_force and step["applies_to"] in ("all", complaint["complaint_kind"])


def _due(step: Row, received: date) -> date | None:
    """The day of receipt is not counted (民法 120). None where the flow does not say which days, or the calendar ends before."""
    days = step["due_days"]
    if not isinstance(days, int) or step["day_kind"] is None:
        return None
    if step["day_kind"] == "calendar" or days == 0:
        return received + timedelta(days=days)
    try:
        return trading_days().settlement_day(received, days)
    except OutsideCalendar:
        return None


derivation = Derivation(table, (complaints, complaint_flow), deadlines)
