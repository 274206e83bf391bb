"""What is taken away from the evidence never makes a control pass: a day of a log, and a column of a table."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from chahe.controls.catalogue import cases_of, chapter_of, controls
from chahe.controls.model import Control
from chahe.derivations.message_days import derivation as message_days
from chahe.engine.casebook import Case, read_cases
from chahe.engine.compose import named
from chahe.engine.deriving import condense
from chahe.engine.embedded import Embedded
from chahe.engine.judge import Circumstances, judge
from chahe.engine.outcome import Outcome, Result
from chahe.engine.parameters import chosen
from chahe.engine.trial import evidence, run, span_of, standing_of
from chahe.evidence.model import Shape
from chahe.rules.periods import day_start_us
from chahe.rules.trading_days import trading_days

CHAPTERS = ("ca11120_credit", "ca11210_orders", "conduct")
CONTROLS = [one.id for one in controls().values() if chapter_of(one) in CHAPTERS]
DAILY = [name for name in CONTROLS if any(need.whole for need in controls()[name].needs)]
NOT_DAILY = {
    "default-late-report": {
        "executions": "they show of which days the register of settlements has nothing, and nothing else"
    },
    "disposition-prepayment-missing": {
        "disposition_securities": "a day with orders and without word of measures is undetermined",
        "securities": "they give limit-up prices, without which an order at market is undetermined",
    },
    "money-between-staff-and-customer": {"orders": "they add remarks to a finding and make none"},
    "order-over-limit": {"securities": "they give reference prices, without which an order at market is undetermined"},
    "profit-guaranteed": {
        "messages": "small firms have days without any; a busy channel's missing day is undetermined"
    },
}
"""Logs that need not hold every day, and why no pass rests on a day that is missing."""
FIRST, LAST = date(2026, 9, 21), date(2026, 10, 16)
SILENT = (Outcome.CONFORMING, Outcome.NOT_APPLICABLE)
OPEN = re.compile(
    r"\.(\w+_from|\w+_until|(opened|hired|closed|finished|ended|withdrawn|died)_on|voided|taken_by_id|subject_id)$"
)
"""Columns of which a blank says something: from the beginning, without an end, not taken back, nobody."""
LOST_UNSEEN = {
    "customer-data-query-unapproved": {
        "data_queries.request_id",
        *(f"query_requests.{name}" for name in ("executor_id", "for_whom_id", "approved_at_us")),
        *(f"work_items.{name}" for name in ("account", "customer_id")),
    },
    "default-concentration": {"market_defaults.firm_persons"},
    "disposition-prepayment-missing": {"orders.sent_at_us"},
    "loan-brokered": {
        "customer_money.paid_on",
        *(f"staff_money.{name}" for name in ("amount", "paid_on", "towards", "way", "set_apart", "unsure")),
    },
    "money-between-staff-and-customer": {
        f"staff_money.{name}"
        for name in ("amount", "paid_on", "towards", "way", "year_amount", "circled", "own_customer")
    },
    "opposite-trade-linked": {
        "orders.received_at_us",
        "orders.signature",
        "trading_accounts.representative_id",
        "customers.born_on",
    },
    "order-over-limit": {"orders.session", "credit_limits.customer_id", "credit_limits.set_by"},
    "pre-trade-check-missing": {"orders.sent_at_us"},
    "profit-guaranteed": {"messages.said_at_us", "messages.conversation"},
    "recommendation-irregular": {"orders.received_at_us"},
}
"""Columns that may be blank in every row: some are derived and never are; of others something else tells (when it was logged counts for
when it was sent, a form without a number is found by what it says); a finding of a message stays, but by another key. A log without certificates and a list of limits
that does not say who set them hide what only they could show: that is not known from a log, or list, in which they never differ.
"""


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


def test_every_other_log_has_a_reason_not_to_be_daily() -> None:
    found = {
        name: {need.table.name for need in controls()[name].needs if need.table.shape is Shape.LOG and not need.whole}
        for name in CONTROLS
    }

    assert {name: logs for name, logs in found.items() if logs} == {name: set(told) for name, told in NOT_DAILY.items()}


def sessions() -> list[date]:
    days = (FIRST + timedelta(days=nth) for nth in range((LAST - FIRST).days + 1))
    return [day for day in days if trading_days().is_trading_day(day)]


def talk(*without: date) -> list[dict[str, object]]:
    """Twelve calls on each trading day, one with a customer each."""
    return [
        {"row_id": f"m#{day} {nth}", "said_at_us": day_start_us(day) + 36_000_000_000, "conversation": f"{day} {nth}", "channel": "phone", "sender": "林小華", "sender_role": "staff", "kind": "speech", "text": "早安"}
        for day in sessions() if day not in without for nth in range(12)
    ]  # fmt: skip


def of_talk(engine: Embedded, messages: list[dict[str, object]]) -> Result:
    """Of the calls of a period whose first and last trading days lie within what was loaded."""
    control = controls()["profit-guaranteed"]
    days = sessions()
    case = Case("calls", "here", as_of=LAST, period=(days[1], days[-2]), given={"messages": messages})
    for relation, rows in evidence(control, case).items():
        engine.arrow(relation, rows)
    condense(engine, message_days, span_of(case))
    given = Circumstances(span=span_of(case), facts={}, standings={"messages": standing_of(case, "messages")})
    return judge(engine, control, chosen(control, {}), given)


def test_each_trading_day_taken_away_from_busy_messages_bars_a_pass_and_is_named(engine: Embedded) -> None:
    assert of_talk(engine, talk()).verdict.outcome is Outcome.CONFORMING
    for day in sessions()[1:-1]:
        result = of_talk(engine, talk(day))

        assert result.verdict.outcome is Outcome.UNEVIDENCED, day
        assert [row["silent_on"] for row in result.examination.undetermined] == [day]
        assert "holds no record at all of a trading day" in result.verdict.reasons[0].en


def test_each_day_of_trades_taken_away_from_the_settlements_bars_a_pass_and_is_named(engine: Embedded) -> None:
    control, days = controls()["default-late-report"], sessions()
    settled = [
        {"row_id": f"s#{day}", "account": "a", "traded_on": day, "due_on": due, "settled": True, "settled_at_us": day_start_us(due)}
        for day in days if (due := trading_days().settlement_day(day)) <= LAST
    ]  # fmt: skip
    filled = [{"row_id": f"x#{day}", "session": "s", "executed_at_us": day_start_us(day)} for day in days]
    case = Case("a month", "here", as_of=LAST, period=(FIRST, LAST), given={
        "settlements": settled, "executions": filled, "defaults": [], "customers": [], "trading_accounts": [],
    })  # fmt: skip
    assert run(engine, control, case).verdict.outcome is Outcome.CONFORMING
    for taken in settled[:-1]:
        left = {**case.given, "settlements": [one for one in settled if one is not taken]}
        result = run(engine, control, replace(case, given=left))

        assert result.verdict.outcome is Outcome.UNEVIDENCED, taken["traded_on"]
        assert [row["traded_on"] for row in result.examination.undetermined] == [taken["traded_on"]]


@pytest.mark.parametrize("name", CONTROLS)
def test_a_column_blank_in_every_row_loses_no_exception_in_silence(engine: Embedded, name: str) -> None:
    control = controls()[name]
    lost: set[tuple[str, str]] = set()
    seen: set[str] = set()
    for case in read_cases(cases_of(control)):
        if case.outcome is Outcome.DEFICIENT:
            lost |= {(column, case.place) for column in lost_without(engine, control, case, seen)}

    assert {one for one in lost if not OPEN.search(one[0]) and one[0] not in LOST_UNSEEN.get(name, set())} == set()


def lost_without(engine: Embedded, control: Control, case: Case, seen: set[str]) -> Iterator[str]:
    """The columns without which a deficient case passes, or shows less and says nothing of it.

    Each is tried until a case in which it matters, so that the file stays quick; `seen` are those of which one was found.
    """
    before = told(control, run(engine, control, case))
    for need in control.needs:
        table, rows = need.table, case.given.get(need.table.name, ())
        for column in table.columns:
            place = f"{table.name}.{column.name}"
            filled = any(row.get(column.name) is not None for row in rows)
            if (
                not filled
                or column.required
                or column.name in table.key
                or column.name not in named(control)
                or place in seen
            ):
                continue
            blank = {table.name: [{**row, column.name: None} for row in rows]}
            result = run(engine, control, replace(case, given={**case.given, **blank}))
            after = told(control, result)
            if after != before:
                seen.add(place)
            fewer = len(after[0]) < len(before[0]) and after[1] <= before[1] and not result.verdict.reasons
            if result.verdict.outcome in SILENT or fewer:
                yield place


def told(control: Control, result: Result) -> tuple[set[str], set[str]]:
    """Which exceptions there are, and which rows that cannot be judged."""
    both = (result.examination.exceptions, result.examination.undetermined)
    exceptions, undetermined = ({str([row[name] for name in control.key]) for row in rows} for rows in both)
    return exceptions, undetermined
