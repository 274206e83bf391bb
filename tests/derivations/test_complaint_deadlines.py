"""Which steps a complaint has, and by when."""

from datetime import date

import pytest

from chahe.derivations.complaint_deadlines import deadlines, derivation


def _complaint(received: date | None, kind: str | None = "complaint") -> dict[str, object]:
    return {"row_id": "c#1", "complaint_id": "cp-1", "received_on": received, "complaint_kind": kind}


def _step(step: str = "回覆客戶", **changes: object) -> dict[str, object]:
    return {
        "row_id": f"f#{step}",
        "step": step,
        "sequence": 1,
        "applies_to": "all",
        "due_days": 3,
        "day_kind": "business",
        "in_force_from": date(2024, 1, 1),
        "in_force_until": None,
    } | changes


def _due(complaint: dict[str, object], *steps: dict[str, object]) -> list[tuple[object, object]]:
    found = deadlines({"complaints": [complaint], "complaint_flow": list(steps)})
    return [(one.get("step"), one.get("due_on")) for one in found]


@pytest.mark.parametrize(
    ("received", "days", "kind", "due"),
    [
        (date(2026, 11, 19), 3, "business", date(2026, 11, 24)),  # a weekend between
        (date(2026, 11, 19), 3, "calendar", date(2026, 11, 22)),
        (date(2026, 11, 19), 0, "business", date(2026, 11, 19)),
        (date(2026, 2, 11), 2, "business", date(2026, 2, 13)),  # settled, though nothing trades before Lunar New Year
        (date(2026, 9, 24), 2, "business", date(2026, 9, 30)),  # the Mid-Autumn Festival and Teachers' Day
        (date(2026, 11, 21), 1, "business", date(2026, 11, 23)),  # received on a Saturday
    ],
)
def test_the_last_day_is_counted_in_the_flow_s_kind_of_days(received: date, days: int, kind: str, due: date) -> None:
    assert _due(_complaint(received), _step(due_days=days, day_kind=kind)) == [("回覆客戶", due)]


def test_a_flow_counts_on_its_first_and_last_day_and_not_outside_them() -> None:
    received = date(2026, 11, 19)
    edges = _step("a", in_force_from=received), _step("b", in_force_until=received)
    outside = _step("c", in_force_from=date(2026, 11, 20)), _step("d", in_force_until=date(2026, 11, 18))

    assert [step for step, _ in _due(_complaint(received), *edges, *outside)] == ["a", "b"]


def test_a_step_is_for_all_or_for_cases_of_its_kind() -> None:
    steps = _step("a"), _step("b", applies_to="report"), _step("c", applies_to="complaint")

    assert [step for step, _ in _due(_complaint(date(2026, 11, 19)), *steps)] == ["a", "c"]
    assert [step for step, _ in _due(_complaint(date(2026, 11, 19), None), *steps)] == ["a"]


@pytest.mark.parametrize("changes", [{"due_days": None}, {"day_kind": None}, {"due_days": 9000}])
def test_no_day_is_told_where_none_can_be_counted(changes: dict[str, object]) -> None:
    assert _due(_complaint(date(2026, 11, 19)), _step(**changes)) == [("回覆客戶", None)]


def test_a_complaint_without_a_flow_or_a_day_of_receipt_has_no_step() -> None:
    assert _due(_complaint(date(2023, 12, 31)), _step()) == [(None, None)]
    assert _due(_complaint(None), _step()) == [(None, None)]


def test_rows_point_at_the_complaint_and_at_the_flow() -> None:
    [row] = derivation.derive({"complaints": [_complaint(date(2026, 11, 19))], "complaint_flow": [_step()]})

    assert (row["row_id"], row["flow_row"], row["timed"]) == ("c#1", "f#回覆客戶", True)
