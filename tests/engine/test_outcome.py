"""The five outcomes, never blurred."""

from dataclasses import replace
from datetime import date

import pytest

from chahe.controls.catalogue import controls
from chahe.controls.model import Empty, Fact
from chahe.engine.outcome import Examination, Outcome, Problem, after_looking, before_looking
from chahe.engine.standing import Standing, problems
from chahe.wording import Text

CONTROL = controls()["password-age"]
MISSING = Problem("user_accounts", Text("缺", "missing"), blocking=True)
HOLED = Problem("user_accounts", Text("洞", "holed"), blocking=False)
ROW = {"system": "a", "account": "b"}


def test_a_blocking_problem_is_never_a_verdict_on_rows() -> None:
    verdict = before_looking(CONTROL, {}, [MISSING])

    assert verdict is not None
    assert verdict.outcome is Outcome.UNEVIDENCED


@pytest.mark.parametrize(("fact", "outcome"), [(None, Outcome.UNEVIDENCED), (False, Outcome.NOT_APPLICABLE)])
def test_an_unknown_fact_is_not_a_false_one(fact: bool | None, outcome: Outcome) -> None:
    control = replace(CONTROL, applies=Fact("internet_orders", Text("否", "no")))
    facts = {} if fact is None else {"internet_orders": fact}

    verdict = before_looking(control, facts, [MISSING])

    assert verdict is not None
    assert verdict.outcome is outcome


def test_exceptions_count_even_where_not_everything_was_seen() -> None:
    verdict = after_looking(CONTROL, [HOLED], Examination(3, {}, [ROW]))

    assert verdict.outcome is Outcome.DEFICIENT
    assert verdict.reasons == (HOLED.text,)


def test_no_exception_among_holes_is_unevidenced() -> None:
    assert after_looking(CONTROL, [HOLED], Examination(3)).outcome is Outcome.UNEVIDENCED


@pytest.mark.parametrize(
    ("empty", "outcome"), [(Empty.NOT_APPLICABLE, Outcome.NOT_APPLICABLE), (Empty.UNEVIDENCED, Outcome.UNEVIDENCED)]
)
@pytest.mark.parametrize("examination", [Examination(), Examination(4, {"disabled": 4})])
def test_nothing_examined_is_never_conforming(empty: Empty, outcome: Outcome, examination: Examination) -> None:
    assert after_looking(replace(CONTROL, empty=empty), [], examination).outcome is outcome


def test_a_row_that_cannot_be_judged_bars_a_pass() -> None:
    examination = Examination(3, {}, [], [{**ROW, "why": "no_date"}])

    assert after_looking(CONTROL, [], examination).outcome is Outcome.UNEVIDENCED


def test_only_rows_examined_without_exception_conform() -> None:
    assert after_looking(CONTROL, [], Examination(1)).outcome is Outcome.CONFORMING


AS_OF = date(2026, 11, 22)


@pytest.mark.parametrize(("observed", "stale"), [(date(2026, 10, 22), False), (date(2026, 10, 21), True)])
def test_a_list_one_day_too_old_supports_no_verdict(observed: date, stale: bool) -> None:
    standings = {"user_accounts": Standing(loaded=True, observed_on=observed, units=5)}

    found = problems(CONTROL, standings, AS_OF)

    assert any(problem.blocking for problem in found) is stale


def test_one_reject_in_a_list_is_one_too_many() -> None:
    standings = {"user_accounts": Standing(loaded=True, observed_on=AS_OF, units=5000, rejects=1)}

    [problem] = problems(CONTROL, standings, AS_OF)

    assert "1 of 5000" in problem.text.en


@pytest.mark.parametrize(("rejects", "tolerated"), [(1, True), (2, False)])
def test_a_log_bears_one_reject_in_a_thousand(rejects: int, tolerated: bool) -> None:
    control = controls()["audit-log-retention"]
    loaded = {need.table.name: Standing(loaded=True, observed_on=AS_OF, units=10) for need in control.needs}
    standings = loaded | {"auth_events": Standing(loaded=True, units=1999, rejects=rejects)}

    assert (problems(control, standings, AS_OF) == []) is tolerated
