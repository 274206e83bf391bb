"""Mutants are small mistakes in a control's SQL: each is made once, is valid SQL, and is known again after an edit elsewhere."""

from dataclasses import replace

import pytest
import sqlglot

from chahe.controls.catalogue import controls
from chahe.controls.model import Control
from chahe.engine.mutants import Mutant, mutants, parts

AGE = controls()["password-age"]


def with_exceptions(sql: str) -> Control:
    return replace(AGE, exceptions=sql)


def changed(sql: str) -> list[tuple[str, str, str]]:
    """Operator, before and after of each mutant of an exceptions query."""
    return [(one.operator, one.before, one.after) for one in mutants(with_exceptions(sql)) if one.part == "exceptions"]


@pytest.mark.parametrize(
    ("sql", "operator", "before", "after"),
    [
        ("SELECT a FROM p WHERE a < b", "boundary moved", "a < b", "a <= b"),
        ("SELECT a FROM p WHERE a < b", "comparison turned", "a < b", "a >= b"),
        ("SELECT a FROM p WHERE a = b", "comparison turned", "a = b", "a <> b"),
        ("SELECT a FROM p WHERE a = b AND c = d AND e = f", "condition dropped", "a = b AND c = d AND e = f", "a = b AND e = f"),
        ("SELECT a FROM p WHERE a = b", "condition dropped", "a = b", "TRUE"),
        ("SELECT a FROM p WHERE NOT a LIKE 'x'", "negation dropped", "NOT a LIKE 'x'", "a LIKE 'x'"),
        ("SELECT a FROM p WHERE a IS NULL", "comparison turned", "a IS NULL", "(NOT a IS NULL)"),
        ("SELECT a FROM p JOIN q ON p.a = q.a", "join swapped", "JOIN q ON p.a = q.a", "LEFT JOIN q ON p.a = q.a"),
        ("SELECT a FROM p LEFT JOIN q ON p.a = q.a", "join swapped", "LEFT JOIN q ON p.a = q.a", "JOIN q ON p.a = q.a"),
        ("SELECT a FROM p UNION ALL SELECT a FROM q", "member dropped", "SELECT a FROM p UNION ALL SELECT a FROM q", "SELECT a FROM q"),
        ("SELECT a FROM p WHERE a IN ('x', 'y')", "member dropped", "a IN ('x', 'y')", "a IN ('x')"),
        ("SELECT DISTINCT a FROM p", "distinct dropped", "SELECT DISTINCT a FROM p", "SELECT a FROM p"),
        ("SELECT coalesce(a, 0) FROM p", "default dropped", "COALESCE(a, 0)", "a"),
        ("SELECT min(a) FROM p", "extreme swapped", "MIN(a)", "MAX(a)"),
        ("SELECT a FROM p WHERE a < :as_of", "value moved", ":as_of", "(:as_of + 1)"),
        ("SELECT a FROM p WHERE a < :from", "value moved", ":from", "(:from - 1)"),
        ("SELECT CASE WHEN a THEN 'x' WHEN b THEN 'y' END FROM p", "branch dropped", "CASE WHEN a THEN 'x' WHEN b THEN 'y' END", "CASE WHEN b THEN 'y' END"),
    ],
)  # fmt: skip
def test_each_kind_of_mistake_is_made(sql: str, operator: str, before: str, after: str) -> None:
    assert (operator, before, after) in changed(sql)


def test_a_link_of_a_long_chain_is_mutated_where_it_stands() -> None:
    made = mutants(with_exceptions("SELECT a FROM p UNION ALL SELECT b FROM q UNION ALL SELECT c FROM r"))
    texts = {one.sql for one in made if one.part == "exceptions"}

    assert {
        "SELECT b FROM q UNION ALL SELECT c FROM r",
        "SELECT a FROM p UNION ALL SELECT c FROM r",
        "SELECT a FROM p UNION ALL SELECT b FROM q",
    } <= texts


@pytest.mark.parametrize("control", controls().values(), ids=controls().keys())
def test_mutants_differ_from_the_control_and_from_each_other_and_can_be_told_apart(control: Control) -> None:
    made = mutants(control)
    own = parts(control)

    assert made
    assert len({(one.part, one.sql) for one in made}) == len(made)
    assert len({one.fingerprint for one in made}) == len(made)
    assert not [one for one in made if one.sql == own[one.part]]
    for one in made[::25]:
        sqlglot.parse_one(one.sql, dialect="duckdb")


def test_a_fingerprint_outlives_an_edit_elsewhere() -> None:
    before = {one.fingerprint: one for one in mutants(with_exceptions("SELECT a FROM p WHERE a < b AND c = d"))}
    after = {one.fingerprint: one for one in mutants(with_exceptions("SELECT z, a FROM p WHERE a < b AND e > d"))}

    def named(made: dict[str, Mutant], operator: str, text: str) -> set[str]:
        return {name for name, one in made.items() if one.operator == operator and one.before == text}

    assert named(before, "boundary moved", "a < b") == named(after, "boundary moved", "a < b") != set()
    assert not named(after, "comparison turned", "c = d")
