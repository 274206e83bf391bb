"""The register of scenarios: each control has one, each says what its dial does, and plants what it says at every dial."""

from collections import Counter, defaultdict
from datetime import date

import pytest

from chahe.simulate.days import us
from chahe.simulate.dials import chosen
from chahe.simulate.firm import made
from chahe.simulate.scenarios.catalogue import MODULES, SCENARIOS
from chahe.simulate.traps.catalogue import NO_ROOM, TRAPS
from chahe.simulate.traps.trap import ANY
from chahe.simulate.truth import CONTROLS

AS_OF = date(2026, 11, 22)
NAMES = [name for one in SCENARIOS for name in one.names]


def test_no_two_scenarios_have_one_name() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert {name for one in SCENARIOS for name in one.needs} <= {one.name for one in SCENARIOS}


def test_each_scenario_says_what_its_dial_turns_or_why_there_is_none() -> None:
    for one in SCENARIOS:
        zh, en = one.dial.zh, one.dial.en
        assert (zh.startswith("無：") and en.startswith("none: ")) or ("…" in zh and "…" in en) or "、" in zh, one.name


def test_every_control_has_a_scenario() -> None:
    assert {control for one in SCENARIOS for control in one.controls.split()} == set(CONTROLS)


@pytest.mark.parametrize(("seed", "dial"), [(1, "blatant"), (2, "0.5"), (3, "subtle")])
def test_each_scenario_is_found_by_its_controls_whatever_its_dial(seed: int, dial: str) -> None:
    _, truth = made(seed, AS_OF, scenarios=chosen(f"all:{dial}"))

    found = defaultdict(set)
    for finding in truth.findings:
        found[finding.scenario].add(finding.control)
    assert set(found) == set(NAMES)
    for one in SCENARIOS:
        assert set().union(*(found[name] for name in one.names)) == set(one.controls.split()), one.name


def test_each_control_has_a_near_miss() -> None:
    _, truth = made(4, AS_OF, clean=True)

    assert {one.control for one in truth.near_misses} == set(CONTROLS)
    assert len(MODULES) == len(set(MODULES))


def test_each_control_has_traps_or_a_reason_for_none() -> None:
    laid = {control for one in TRAPS for control in one.controls.split()}

    assert not laid & set(NO_ROOM)
    assert laid | set(NO_ROOM) == set(CONTROLS)
    assert all((one.room == ANY) == (one.why is None) for one in TRAPS)


def test_distractors_are_as_many_as_asked_for_or_as_there_is_room_for() -> None:
    _, one = made(4, AS_OF, clean=True)
    _, ten = made(4, AS_OF, distractors=10)

    before, after = (Counter(miss.control for miss in truth.near_misses) for truth in (one, ten))
    more: Counter[str] = Counter()
    for trap in TRAPS:
        for control in trap.controls.split():
            more[control] += min(9, trap.room)
    assert {control: after[control] - before[control] for control in more} == dict(more)
    assert all(miss.why_silent for miss in ten.near_misses)
    assert sum(after[control] >= 10 for control in CONTROLS) >= 58


def test_no_distractor_has_the_key_of_another_or_of_a_breach() -> None:
    _, truth = made(5, AS_OF, distractors=12)

    near = [(one.control, sorted(map(str, one.key.items()))) for one in truth.near_misses]
    planted = [(one.control, sorted(map(str, one.key.items()))) for one in truth.findings]
    assert not [one for nth, one in enumerate(near) if one in near[:nth] or one in planted]
    assert not [one for nth, one in enumerate(planted) if one in planted[:nth]]


@pytest.mark.parametrize("seed", [1, 5])
def test_numbers_of_papers_are_given_once_even_where_some_were_taken_away(seed: int) -> None:
    firm, _ = made(seed, AS_OF, distractors=10)

    for numbers in (
        [(one.check, one.number) for one in firm.custody.checks],
        [one.assessment for one in firm.credit.assessments],
        [one.application for one in firm.cabinet.applications],
        [one.form for one in firm.desk.forms],
        [one.order_id for one in firm.orders],
        [one.account for one in firm.clientele.accounts],
        [one.customer for one in firm.clientele.clients],
    ):
        assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize("seed", [2, 1002])
def test_an_order_that_the_truth_names_by_its_moment_is_sent_at_that_moment(seed: int) -> None:
    """A favoured customer's orders are hurried, but not those that another scenario has told of."""
    firm, truth = made(seed, AS_OF, scenarios=chosen("all:subtle"), distractors=10)
    sent = {(one.order_id, us(one.sent)) for one in firm.orders}

    told = [one.key for one in (*truth.findings, *truth.near_misses) if one.control == "pre-trade-check-missing"]
    assert len(told) > 10
    assert [key for key in told if (key["order_id"], key["sent_at_us"]) not in sent] == []
