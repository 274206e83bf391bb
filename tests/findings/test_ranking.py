"""The order of cases: more of anything never ranks lower, each part says why, and nothing is counted twice."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chahe.controls.linked import Family
from chahe.findings.casefiles import cases
from chahe.findings.links import Found, link
from chahe.findings.ranking import CAP, OLDEST, Rank, rank
from findings.linked_findings import found

AS_OF = date(2026, 11, 22)


def _rank(*findings: Found) -> Rank:
    return rank([link(one, {}) for one in findings], AS_OF)


def _factor(made: Rank, name: str) -> Decimal:
    return next(part.factor for part in made.parts if part.name.en == name)


def test_a_score_is_the_product_of_its_parts_and_each_part_says_why() -> None:
    made = _rank(
        found("a", person="e1", customer="c", severity=5, confidence=60, amount=90_000, happened_on="2026-11-01")
    )
    assert [(part.name.en, str(part.factor), part.why.en) for part in made.parts] == [
        ("severity", "5", "the gravest: control orders"),
        ("confidence", "0.60", "orders 60%"),
        ("money", "2.00", "NT$90,000 on the records"),
        ("breadth", "1.00", "1 customer concerned"),
        ("recency", "1.00", "latest 2026-11-01, 21 days before the audit's day"),
    ]
    assert made.score == Decimal("6.0")
    assert all(part.why.zh for part in made.parts)


def test_one_kind_of_record_counts_once_and_two_confirm_each_other() -> None:
    one, again = found("a", person="e", confidence=60), found("b", person="e", confidence=50)
    other = found("c", family=Family.MONEY, person="e", confidence=50)
    assert _factor(_rank(one), "confidence") == Decimal("0.60")
    assert _factor(_rank(one, again), "confidence") == Decimal("0.60")
    assert _factor(_rank(one, again, other), "confidence") == Decimal("0.80")


def test_what_is_circumstantial_is_never_certain_and_a_breach_by_itself_is() -> None:
    assert _factor(_rank(found("a", person="e", confidence=99)), "confidence") == Decimal(CAP) / 100
    both = found("a", person="e", confidence=99), found("b", family=Family.PAPERS, person="e", confidence=100)
    assert _factor(_rank(*both), "confidence") == 1


def test_money_that_two_controls_saw_is_not_added_up() -> None:
    one = found("a", person="e", amount=40_000, control="one")
    more = found("b", person="e", amount=50_000, control="one")
    other = found("c", person="e", amount=90_000, control="other")
    assert _factor(_rank(one, more, other), "money") == _factor(_rank(one, more), "money") == Decimal("2.00")


def test_who_deals_with_many_customers_stands_before_who_deals_with_one() -> None:
    hub = [found(f"h{nth}", person="e1", customer=f"c{nth}") for nth in range(10)]
    lone = [found(f"l{nth}", person="e2", customer="d") for nth in range(10)]
    made = cases([*lone, *hub], {}, AS_OF)
    assert [case.subjects[0].value for case in made] == ["e1", "e2"]


@pytest.mark.parametrize(
    ("days", "weight"),
    [(0, "1.00"), (30, "1.00"), (31, "0.90"), (90, "0.90"), (91, "0.75"), (180, "0.75"), (365, "0.50"), (366, "0.25")],
)
def test_what_is_recent_comes_first(days: int, weight: str) -> None:
    day = (AS_OF - timedelta(days=days)).isoformat()
    assert _factor(_rank(found("a", person="e", happened_on=day)), "recency") == Decimal(weight)


def test_without_a_day_or_an_amount_a_case_is_still_ranked() -> None:
    made = _rank(found("a", person="e"))
    assert _factor(made, "recency") == OLDEST
    assert _factor(made, "money") == 1
    assert made.score > 0


def test_equal_scores_are_settled_by_the_number_of_the_case() -> None:
    alike = [found(f"f{nth}", person=f"e{nth}", customer=f"c{nth}") for nth in range(6)]
    made = cases(alike, {}, AS_OF)
    assert [case.id for case in made] == sorted(case.id for case in made)


def test_a_case_without_findings_has_no_rank() -> None:
    with pytest.raises(ValueError, match="without findings"):
        rank([], AS_OF)


_FINDING = st.fixed_dictionaries(
    {
        "family": st.sampled_from(list(Family)),
        "confidence": st.integers(0, 100),
        "severity": st.sampled_from([1, 3, 5]),
        "customer": st.one_of(st.none(), st.sampled_from("abcdef")),
        "amount": st.one_of(st.none(), st.integers(0, 10**9)),
        "happened_on": st.one_of(st.none(), st.dates(date(2023, 1, 1), AS_OF).map(date.isoformat)),
    }
)


def _made(rows: list[dict[str, object]]) -> list[Found]:
    return [found(f"f{nth}", person="e", **row) for nth, row in enumerate(rows)]  # type: ignore[arg-type]


@given(st.lists(_FINDING, min_size=1, max_size=6), _FINDING)
def test_one_more_finding_never_ranks_lower(rows: list[dict[str, object]], more: dict[str, object]) -> None:
    assert _rank(*_made([*rows, more])).score >= _rank(*_made(rows)).score


@given(st.lists(_FINDING, min_size=1, max_size=5), st.data())
def test_more_of_any_part_never_ranks_lower(rows: list[dict[str, object]], data: st.DataObject) -> None:
    nth = data.draw(st.integers(0, len(rows) - 1))
    held = rows[nth]
    raised = {
        "confidence": st.integers(held["confidence"], 100),  # type: ignore[arg-type]
        "severity": st.sampled_from([one for one in (1, 3, 5) if one >= held["severity"]]),  # type: ignore[operator]
        "amount": st.integers(held["amount"] or 0, 10**10),  # type: ignore[arg-type]
        "happened_on": st.dates(date.fromisoformat(str(held["happened_on"] or "2023-01-01")), AS_OF).map(
            date.isoformat
        ),
    }
    name = data.draw(st.sampled_from(sorted(raised)))
    changed = [*rows]
    changed[nth] = {**held, name: data.draw(raised[name])}
    assert _rank(*_made(changed)).score >= _rank(*_made(rows)).score
