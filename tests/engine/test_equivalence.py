"""A proof of equivalence holds only where no rows can tell: each rule of rewriting, and the near misses that it must leave alone."""

from collections.abc import Callable
from dataclasses import replace

import pytest
import sqlglot
from sqlglot import exp

from chahe.controls.catalogue import cases_of, controls
from chahe.engine.casebook import read_cases
from chahe.engine.duplicates import without_distinct
from chahe.engine.equivalence import Prover
from chahe.engine.filters import plain_filters
from chahe.engine.mutant_trial import Fate, MutantTrial
from chahe.engine.mutants import mutants
from chahe.engine.null_rows import inner_where_nulls_die

AGE = controls()["password-age"]


def same(rule: Callable[[exp.Expr], exp.Expr], one: str, other: str) -> bool:
    """Are two queries one text after the rule?"""
    left, right = (rule(sqlglot.parse_one(sql, dialect="duckdb")).sql(dialect="duckdb") for sql in (one, other))
    return left == right


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT a FROM p WHERE EXISTS (SELECT DISTINCT b FROM q)",
        "SELECT a FROM p WHERE a IN (SELECT DISTINCT b FROM q)",
        "SELECT min(a) AS m FROM (SELECT DISTINCT a FROM p) AS d",
        "WITH d AS (SELECT DISTINCT a FROM p) SELECT b, max(a) FROM q JOIN d ON d.a = q.b GROUP BY b",
        "WITH d AS (SELECT DISTINCT a FROM p), e AS (SELECT a FROM d) SELECT a FROM q WHERE a IN (SELECT a FROM e)",
        "SELECT count(DISTINCT a) FROM (SELECT DISTINCT a FROM p) AS d",
        "WITH d AS (SELECT DISTINCT a FROM p) SELECT bool_or(a = 1) FROM d",
    ],
)
def test_distinct_is_not_seen_below_what_asks_for_a_set(sql: str) -> None:
    assert same(without_distinct, sql, sql.replace("DISTINCT a FROM p", "a FROM p").replace("DISTINCT b", "b"))


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT DISTINCT a FROM p",
        "SELECT count(*) FROM (SELECT DISTINCT a FROM p) AS d",
        "WITH d AS (SELECT DISTINCT a FROM p) SELECT min(a), sum(a) FROM d",
        "WITH d AS (SELECT DISTINCT a FROM p) SELECT a FROM q WHERE a IN (SELECT a FROM d) UNION ALL SELECT a FROM d",
        "SELECT a FROM q WHERE a IN (SELECT a FROM (SELECT DISTINCT a FROM p) AS d LIMIT 1)",
        "SELECT a FROM q WHERE a IN (SELECT row_number() OVER (ORDER BY a) FROM (SELECT DISTINCT a FROM p) AS d)",
        "SELECT q.a FROM q JOIN (SELECT DISTINCT a FROM p) AS d ON d.a = q.a",
    ],
)
def test_distinct_is_left_where_doubled_rows_would_show(sql: str) -> None:
    assert not same(without_distinct, sql, sql.replace("DISTINCT a FROM p", "a FROM p"))


def test_a_union_is_as_good_as_union_all_only_below_a_set() -> None:
    below = "SELECT a FROM q WHERE a IN (SELECT a FROM p UNION SELECT b FROM p)"
    above = "SELECT a FROM p UNION SELECT b FROM p"

    assert same(without_distinct, below, below.replace("UNION", "UNION ALL"))
    assert not same(without_distinct, above, above.replace("UNION", "UNION ALL"))


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT p.a FROM p LEFT JOIN q ON q.a = p.a WHERE q.b > 3",
        "SELECT p.a FROM p LEFT JOIN q ON q.a = p.a WHERE q.b > 3 AND p.c OR q.b = 1",
        "SELECT p.a FROM p LEFT JOIN q ON q.a = p.a JOIN r ON r.a = q.b",
        "SELECT p.a FROM p LEFT JOIN q ON q.a = p.a WHERE NOT q.b IS NULL",
        "SELECT p.a FROM p LEFT JOIN q ON q.a = p.a WHERE q.b + 1 < p.c",
        "WITH d AS (SELECT p.a, q.b FROM p LEFT JOIN q ON q.a = p.a) SELECT r.a FROM r JOIN d ON d.b = r.a",
        "WITH d AS (SELECT p.a, q.b FROM p LEFT JOIN q ON q.a = p.a) SELECT r.a FROM r LEFT JOIN d ON d.b = r.a",
        "WITH d AS (SELECT q.b, max(p.a) AS m FROM p LEFT JOIN q ON q.a = p.a GROUP BY q.b) SELECT r.a FROM r JOIN d ON d.b = r.a",
    ],
)
def test_an_outer_join_whose_added_rows_die_is_an_inner_one(sql: str) -> None:
    assert same(inner_where_nulls_die, sql, sql.replace("LEFT JOIN q", "JOIN q"))


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT p.a FROM p LEFT JOIN q ON q.a = p.a",
        "SELECT p.a FROM p LEFT JOIN q ON q.a = p.a WHERE q.b > 3 OR p.c",
        "SELECT p.a FROM p LEFT JOIN q ON q.a = p.a WHERE q.b IS NULL",
        "SELECT p.a FROM p LEFT JOIN q ON q.a = p.a WHERE coalesce(q.b, 5) > 3",
        "SELECT p.a FROM p LEFT JOIN q ON q.a = p.a LEFT JOIN r ON r.a = q.b",
        "SELECT p.a FROM p LEFT JOIN q ON q.a = p.a WHERE NOT (q.b > 3 AND p.c)",
        "WITH d AS (SELECT p.a, q.b FROM p LEFT JOIN q ON q.a = p.a) SELECT r.a FROM r JOIN d ON d.a = r.a",
        "WITH d AS (SELECT p.a, q.b FROM p LEFT JOIN q ON q.a = p.a) SELECT d.a FROM d LEFT JOIN r ON d.b = r.a",
        "WITH d AS (SELECT p.a, q.b FROM p LEFT JOIN q ON q.a = p.a) SELECT r.a FROM r JOIN d ON d.b = r.a UNION ALL SELECT a FROM d",
        "WITH d AS (SELECT p.a, max(q.b) AS b FROM p LEFT JOIN q ON q.a = p.a GROUP BY p.a) SELECT r.a FROM r JOIN d ON d.b = r.a",
    ],
)
def test_an_outer_join_whose_added_rows_may_live_stays_one(sql: str) -> None:
    assert not same(inner_where_nulls_die, sql, sql.replace("LEFT JOIN q", "JOIN q"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("coalesce(p.a = 1, FALSE)", "p.a = 1"),
        ("coalesce(p.a, 0) > 5", "p.a > 5"),
        ("coalesce(p.a, 'x') <> 'x'", "p.a <> 'x'"),
        ("coalesce(p.a, 'x') IN ('y', 'z')", "p.a IN ('y', 'z')"),
        ("coalesce(p.a, 'x') NOT IN ('x', 'z')", "p.a NOT IN ('x', 'z')"),
        ("NOT p.a IS NULL AND p.a > p.b", "p.a > p.b"),
        ("p.a = 1 AND p.b = 2 AND p.a = 1", "p.b = 2 AND p.a = 1"),
        ("p.c OR (NOT p.a IS NULL AND p.a > p.b)", "p.c OR (p.a > p.b)"),
    ],
)
def test_a_filter_need_not_say_what_null_says_already(one: str, other: str) -> None:
    assert same(plain_filters, f"SELECT p.a FROM p WHERE {one}", f"SELECT p.a FROM p WHERE {other}")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("coalesce(p.a = 1, TRUE)", "p.a = 1"),
        ("coalesce(p.a, 9) > 5", "p.a > 5"),
        ("coalesce(p.a, 'x') <> 'y'", "p.a <> 'y'"),
        ("coalesce(p.a, 'x') IN ('x', 'z')", "p.a IN ('x', 'z')"),
        ("coalesce(p.a, 'x') NOT IN ('y', 'z')", "p.a NOT IN ('y', 'z')"),
        ("coalesce(p.a, p.b) > 5", "p.a > 5"),
        ("NOT coalesce(p.a = 1, FALSE)", "NOT p.a = 1"),
        ("NOT p.a IS NULL AND p.b > p.c", "p.b > p.c"),
        ("NOT p.a IS NULL OR p.a > p.b", "p.a > p.b"),
        ("NOT p.a IS NULL AND coalesce(p.a, 1) > p.b", "coalesce(p.a, 1) > p.b"),
    ],
)
def test_a_filter_keeps_what_null_does_not_say(one: str, other: str) -> None:
    assert not same(plain_filters, f"SELECT p.a FROM p WHERE {one}", f"SELECT p.a FROM p WHERE {other}")
    assert not same(plain_filters, "SELECT coalesce(p.a, FALSE) FROM p", "SELECT p.a FROM p")


@pytest.mark.parametrize("name", ["receipt-time-missing", "firewall-log-retention"])
def test_no_mutant_that_a_case_tells_is_ever_proven_equivalent(name: str) -> None:
    """The proof's own near misses, by the hundred: every killed mutant differs for some rows."""
    control = controls()[name]
    with MutantTrial(control, read_cases(cases_of(control))) as trial, Prover(control) as prover:
        killed = [one for one in mutants(control)[::3] if trial.fate(one) is not Fate.SURVIVED]

        assert killed
        assert [one.fingerprint for one in killed if prover.proves(one)] == []


def test_what_nobody_reads_is_proven_to_make_no_difference() -> None:
    twice = replace(
        AGE, exceptions="WITH unread AS (SELECT system FROM user_accounts WHERE enabled) " + AGE.exceptions.strip()
    )
    made = [one for one in mutants(twice) if one.part == "exceptions" and one.relation == "unread"]

    with Prover(twice) as prover:
        assert made
        assert all(prover.proves(one) for one in made)


def test_equal_only_for_todays_parameters_is_not_equal() -> None:
    months = AGE.parameters["max_age"].value
    fixed = replace(AGE, exceptions=AGE.exceptions + f" AND :max_age >= {months}")
    made = [one for one in mutants(fixed) if one.part == "exceptions" and str(months) in one.before]

    with Prover(fixed) as prover:
        assert made
        assert not any(prover.proves(one) for one in made)
