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


def test_every_score_is_of_a_control_and_adds_up() -> None:
    assert set(kept()) <= set(controls())
    assert all(one.survived >= one.below >= 0 and one.mutants > 0 for one in kept().values())


@pytest.mark.parametrize("control", controls().values(), ids=controls().keys())
def test_every_mutant_that_turns_what_is_asked_is_killed_or_equivalent(control: Control) -> None:
    score = score_of(control)

    assert score is not None, "measure it as it stands now: make assure"
    assert score.below == 0


@pytest.mark.parametrize("control", SCORED)
def test_a_sample_of_mutants_fares_as_the_score_says(control: Control) -> None:
    score = score_of(control)
    assert score is not None

    found = assure(control, cases_of(control), sample=SAMPLE, prove=False)

    assert len(found.survivors) <= score.survived + score.proven
    assert found.killed <= score.killed
    assert found.stale == ()


@pytest.mark.parametrize("control", controls().values(), ids=controls().keys())
def test_what_is_listed_as_equivalent_is_still_made(control: Control) -> None:
    listed = set(equivalents(cases_of(control)))

    assert not listed or listed <= {one.fingerprint for one in mutants(control)}
