"""A control's SQL is checked when it is loaded, and shown as it ran."""

import re
from dataclasses import replace
from datetime import date

import pyarrow as pa
import pytest

from chahe.controls.catalogue import controls
from chahe.controls.model import Control
from chahe.engine import compose
from chahe.engine.binding import Span, binds, lists, literal
from chahe.engine.compose import CANDIDATES, UnsoundSql, check, queries
from chahe.engine.embedded import Embedded
from chahe.evidence.schema import arrow_type

CONTROL = controls()["password-age"]
SPAN = Span(date(2026, 11, 22), date(2025, 11, 23), date(2026, 11, 22))
BOUND = binds(CONTROL.parameters, SPAN)
ORIGIN = (pa.field("row_id", pa.string()), pa.field("observed_at_us", pa.int64()))


def _check(control: Control) -> None:
    check(control, BOUND, lists(control.parameters))


@pytest.mark.parametrize("control", controls().values(), ids=controls().keys())
def test_every_control_is_sound(control: Control) -> None:
    check(control, binds(control.parameters, SPAN), lists(control.parameters))


def test_a_column_that_does_not_exist_is_refused_with_its_place() -> None:
    wrong = CONTROL.exceptions.replace("p.account", "p.acount")

    with pytest.raises(UnsoundSql, match=r"password-age, exceptions.*acount"):
        _check(replace(CONTROL, exceptions=wrong))


def test_a_table_that_is_not_needed_is_refused() -> None:
    wrong = CONTROL.population.replace("user_accounts a", "employees a")

    with pytest.raises(UnsoundSql, match="password-age"):
        _check(replace(CONTROL, population=wrong))


def test_sql_that_is_no_sql_is_refused() -> None:
    with pytest.raises(UnsoundSql, match="password-age, exceptions"):
        _check(replace(CONTROL, exceptions="SELECT FROM WHERE ("))


def test_an_unknown_placeholder_is_refused() -> None:
    with pytest.raises(UnsoundSql, match=":max_ages_since is not bound"):
        _check(replace(CONTROL, exceptions=CONTROL.exceptions.replace(":max_age_since", ":max_ages_since")))


def test_exceptions_without_key_or_evidence_are_refused() -> None:
    with pytest.raises(UnsoundSql, match="key columns"):
        _check(replace(CONTROL, exceptions="SELECT p.system, p.row_id AS account_row FROM population p"))
    with pytest.raises(UnsoundSql, match="_row"):
        _check(replace(CONTROL, exceptions="SELECT p.system, p.account FROM population p"))


def test_bound_values_stand_in_the_text_that_runs() -> None:
    made = queries(CONTROL, BOUND, {})

    assert "CAST('2026-08-22' AS DATE)" in made.exceptions
    assert ":" not in made.exceptions.replace("::", "")


def test_a_query_over_kept_candidates_says_what_the_whole_one_says() -> None:
    whole = queries(CONTROL, BOUND, lists(CONTROL.parameters))
    apart = queries(CONTROL, BOUND, lists(CONTROL.parameters), apart=True)
    with Embedded() as engine:
        for need in CONTROL.needs:
            names = [*(pa.field(column.name, arrow_type(column.kind).arrow) for column in need.table.columns), *ORIGIN]
            engine.arrow(need.table.name, pa.table([pa.nulls(2, name.type) for name in names], pa.schema(names)))
        engine.keep(CANDIDATES, apart.candidates)

        assert len(apart.census) < len(whole.census)
        assert engine.rows(apart.census).to_pylist() == engine.rows(whole.census).to_pylist() != []


@pytest.mark.parametrize("name", ["orders-copied", "shared-ip", "firewall-log-gaps", "special-customer-uncontrolled"])
def test_a_population_that_is_parsed_once_is_written_as_within_the_whole(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    control = controls()[name]
    bound, listed = binds(control.parameters, SPAN), lists(control.parameters)
    once = queries(control, bound, listed)

    monkeypatch.setattr(compose, "_WITH", re.compile(""))

    assert queries(control, bound, listed) == once


def test_values_stand_in_the_text_as_typed_literals() -> None:
    assert literal(-5).sql(dialect="duckdb") == "CAST(-5 AS BIGINT)"
    assert literal(0).sql(dialect="spark") == "CAST(0 AS BIGINT)"
    assert literal(date(2026, 1, 31)).sql(dialect="spark") == "CAST('2026-01-31' AS DATE)"


def test_the_same_query_for_another_day_is_another_text() -> None:
    """Texts are kept by what they depend on; a day that is not among it would give yesterday's query."""
    later = binds(CONTROL.parameters, Span(date(2026, 11, 23), date(2025, 11, 24), date(2026, 11, 23)))

    first = queries(CONTROL, BOUND, lists(CONTROL.parameters))
    second = queries(CONTROL, later, lists(CONTROL.parameters))
    spark = queries(CONTROL, BOUND, lists(CONTROL.parameters), "spark")

    assert first == queries(CONTROL, dict(reversed(BOUND.items())), lists(CONTROL.parameters))
    assert first.exceptions != second.exceptions != spark.exceptions != first.exceptions


def test_of_rows_at_one_place_the_least_or_greatest_is_taken_on_every_engine() -> None:
    rows = "(VALUES (1, 'b'), (1, 'a'), (1, NULL), (2, 'd'), (2, 'c'), (NULL, 'z')) AS t(k, v)"
    tied = replace(CONTROL, population=f"SELECT min_by(v, k) AS low, max_by(v, k) AS high FROM {rows}", exclusions={})
    asked = {dialect: queries(tied, BOUND, {}, dialect).candidates for dialect in ("duckdb", "spark")}

    with Embedded() as engine:
        [row] = engine.rows(asked["duckdb"]).to_pylist()

    assert (row["low"], row["high"]) == ("a", "d")
    assert asked["spark"].count("STRUCT(") == 2
