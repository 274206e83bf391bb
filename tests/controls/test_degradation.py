"""What is taken away from the evidence never makes a control pass: a day of a daily log, and a column of a table."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from chahe.controls.catalogue import cases_of, chapter_of, controls
from chahe.controls.model import Control
from chahe.engine.casebook import Case, read_cases
from chahe.engine.compose import named
from chahe.engine.embedded import Embedded
from chahe.engine.judge import Circumstances, judge
from chahe.engine.outcome import Outcome, Result
from chahe.engine.parameters import chosen
from chahe.engine.trial import evidence, run, span_of, standing_of

CHAPTERS = ("ca11120_credit", "ca11210_orders", "conduct")
CONTROLS = [one.id for one in controls().values() if chapter_of(one) in CHAPTERS]
DAILY = [name for name in CONTROLS if any(need.whole for need in controls()[name].needs)]
SILENT = (Outcome.CONFORMING, Outcome.NOT_APPLICABLE)
LOST_UNSEEN = {
    "loan-brokered": {
        "customer_money.paid_on",
        *(f"staff_money.{name}" for name in ("amount", "paid_on", "towards", "way")),
    },
    "money-between-staff-and-customer": {"staff_money.paid_on"},
    "pre-trade-check-missing": {"orders.sent_at_us"},
}
"""Columns that may be blank in every row: some are derived and never are, and of an order whose sending nobody noted the time it was logged counts."""


@pytest.fixture(scope="module")
def engine() -> Iterator[Embedded]:
    with Embedded() as opened:
        yield opened


def first_case(control: Control, outcome: Outcome) -> Case:
    return next(one for one in read_cases(cases_of(control)) if one.outcome is outcome)


def with_a_day_missing(engine: Embedded, control: Control, case: Case, table: str) -> Result:
    for relation, rows in evidence(control, case).items():
        engine.arrow(relation, rows)
    standings = {name: standing_of(case, name) for name in case.given}
    standings[table] = replace(standings[table], holes=(date(2026, 3, 4),))
    given = Circumstances(span=span_of(case), facts=case.facts, standings=standings)
    return judge(engine, control, chosen(control, case.settings), given)


@pytest.mark.parametrize("name", DAILY)
def test_a_day_missing_from_a_daily_log_bars_a_pass_and_is_named(engine: Embedded, name: str) -> None:
    control = controls()[name]
    for outcome in (Outcome.CONFORMING, Outcome.DEFICIENT):
        case = first_case(control, outcome)
        for need in control.needs:
            if need.whole and need.table.name in case.given:
                verdict = with_a_day_missing(engine, control, case, need.table.name).verdict

                assert verdict.outcome not in SILENT, need.table.name
                assert [one.en for one in verdict.reasons if "2026-03-04" in one.en], need.table.name


@pytest.mark.parametrize("name", CONTROLS)
def test_a_column_blank_in_every_row_makes_no_deficient_control_pass(engine: Embedded, name: str) -> None:
    control = controls()[name]
    case = first_case(control, Outcome.DEFICIENT)
    passed = set()
    for need in control.needs:
        table, rows = need.table, case.given.get(need.table.name, ())
        for column in table.columns:
            told = any(row.get(column.name) is not None for row in rows)
            if not told or column.required or column.name in table.key or column.name not in named(control):
                continue
            blank = {table.name: [{**row, column.name: None} for row in rows]}
            if run(engine, control, replace(case, given={**case.given, **blank})).verdict.outcome in SILENT:
                passed.add(f"{table.name}.{column.name}")

    assert passed <= LOST_UNSEEN.get(name, set())
