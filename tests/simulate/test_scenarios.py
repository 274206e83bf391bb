"""The register of scenarios: each control has one, each says what its dial does, and plants what it says at every dial."""

from collections import defaultdict
from datetime import date

import pytest

from chahe.simulate.dials import chosen
from chahe.simulate.firm import made
from chahe.simulate.scenarios import MODULES, SCENARIOS
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
