"""Scores of controls are what their cases earn: a few mutants of each scored control are tried anew; `make assure` tries all."""

import pytest

from chahe.controls.catalogue import cases_of, controls
from chahe.controls.model import Control
from chahe.engine.assurance import assure, equivalents
from chahe.engine.mutants import mutants
from chahe.engine.scores import kept, score_of

SCORED = [pytest.param(one, id=name) for name, one in controls().items() if score_of(one) is not None]
SAMPLE = 8
"""Mutants of a control that are tried here, the first by fingerprint: all of them would take CI minutes."""


# One word a control: a list would be as long as the catalogue.
BELOW = frozenset(
    """
    audit-log-gaps audit-log-unreviewed customer-account-used customer-data-query-unapproved
    firewall-log-gaps insider-account-lent money-between-staff-and-customer official-site-vulnerable
    opposite-trade-linked order-over-limit shared-ip vendor-account-after-end vendor-top-privilege
    """.split()  # noqa: SIM905 - as above
)
"""Controls whose cases do not yet tell every mutant of the floor that is not equivalent. This list may only grow shorter."""


def held(control: Control) -> bool:
    """Is the control held to the floor?"""
    return control.id not in BELOW


def test_every_score_is_of_a_control_and_adds_up() -> None:
    assert set(kept()) <= set(controls())
    assert all(one.survived >= one.below >= 0 and one.mutants > 0 for one in kept().values())


@pytest.mark.parametrize("control", [one for one in controls().values() if held(one)], ids=lambda one: one.id)
def test_every_mutant_that_turns_what_is_asked_is_killed_or_equivalent(control: Control) -> None:
    score = score_of(control)

    assert score is not None, "measure it as it stands now: make assure"
    assert score.below == 0


def test_no_control_is_excused_that_is_none_or_holds_the_floor() -> None:
    reached = [name for name in BELOW & set(controls()) if (score := score_of(controls()[name])) and not score.below]

    assert set(controls()) >= BELOW
    assert reached == []


@pytest.mark.parametrize("control", SCORED)
def test_a_sample_of_mutants_fares_as_the_score_says(control: Control) -> None:
    score = score_of(control)
    assert score is not None

    found = assure(control, cases_of(control), sample=SAMPLE)

    assert len(found.survivors) <= score.survived
    assert found.killed <= score.killed
    assert len(found.proven) <= score.proven
    assert found.stale == ()


@pytest.mark.parametrize("control", controls().values(), ids=controls().keys())
def test_what_is_listed_as_equivalent_is_still_made(control: Control) -> None:
    listed = set(equivalents(cases_of(control)))

    assert not listed or listed <= {one.fingerprint for one in mutants(control)}
