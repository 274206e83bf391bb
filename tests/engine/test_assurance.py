"""Cases that could not tell a mistake are found out; equivalents need a reason and must stay true."""

from dataclasses import replace
from pathlib import Path

import pytest

from chahe.controls.catalogue import cases_of, controls
from chahe.engine.assurance import BadEquivalents, assure, equivalents, standing_for
from chahe.engine.casebook import read_cases
from chahe.engine.mutant_trial import BrokenCase, MutantTrial
from chahe.engine.mutants import mutants
from chahe.engine.mutations import FLOOR
from chahe.engine.scores import scored

AGE = replace(
    controls()["password-age"],
    population="""SELECT system, account, row_id, password_changed_on AS since, password_changed_on, created_on,
                         CAST(NULL AS VARCHAR) AS doubt FROM user_accounts""",
    exclusions={},
    undetermined=None,
    unclear={},
    needs=controls()["password-age"].needs[:1],
)
"""The same question over a list that is always complete: a query of a few mutants."""
# Two cases that look like much and tell little: a young password and a very old one.
WEAK = """
## young

user_accounts
| row_id | system | account | password_changed_on |
|--------|--------|---------|---------------------|
| a#1    | gw     | chen    | 2026-11-01          |

expect conforming

## old

user_accounts
| row_id | system | account | password_changed_on |
|--------|--------|---------|---------------------|
| a#1    | gw     | chen    | 2020-01-01          |

expect deficient
| system | account |
|--------|---------|
| gw     | chen    |
"""
BOUNDARY = """
## on the day

user_accounts
| row_id | system | account | password_changed_on |
|--------|--------|---------|---------------------|
| a#1    | gw     | chen    | 2026-08-22          |

expect conforming
"""


def written(folder: Path, text: str, listed: str = "") -> Path:
    path = folder / "password_age.md"
    path.write_text(text, "utf-8")
    if listed:
        (folder / "password_age.equivalent.toml").write_text(listed, "utf-8")
    return path


def boundary(path: Path) -> bool:
    """Does the moved boundary of the exceptions survive?"""
    [moved] = [one for one in mutants(AGE) if one.part == "exceptions" and one.operator == "boundary moved"]
    with MutantTrial(AGE, read_cases(path)) as trial:
        return trial.survives(moved)


def test_a_boundary_that_no_case_stands_on_survives_until_one_does(tmp_path: Path) -> None:
    assert boundary(written(tmp_path, WEAK))
    assert not boundary(written(tmp_path, WEAK + BOUNDARY))


def test_survivors_are_told_with_place_and_text(tmp_path: Path) -> None:
    found = assure(AGE, written(tmp_path, WEAK))

    [moved] = [one for one in found.survivors if (one.part, one.operator) == ("exceptions", "boundary moved")]
    assert (moved.before, moved.after) == ("p.since < :max_age_since", "p.since <= :max_age_since")
    assert moved.line
    assert scored(found).survived == len(found.survivors) > 0
    assert found.killed > 0


def test_survivors_that_turn_what_is_asked_are_below_the_floor_and_others_are_only_counted(tmp_path: Path) -> None:
    found = assure(AGE, written(tmp_path, WEAK))

    assert "boundary moved" in {one.operator for one in found.below}
    assert {one.operator for one in found.below} <= FLOOR
    assert 0 < scored(found).below == len(found.below) < len(found.survivors)


def test_an_equivalent_is_counted_apart_and_one_that_is_killed_is_told(tmp_path: Path) -> None:
    found = assure(AGE, written(tmp_path, WEAK))
    survivor = found.survivors[0].fingerprint
    reason = 'zh = "任何資料都相同"\nen = "the same for any rows"\n'
    [turned] = [one for one in mutants(AGE) if one.part == "exceptions" and one.after == "p.since >= :max_age_since"]
    listed = "".join(f'["{name}"]\n{reason}' for name in (survivor, turned.fingerprint, "0000000000"))

    again = assure(AGE, written(tmp_path, WEAK, listed))

    assert set(again.equivalent) == {survivor}
    assert len(again.survivors) == len(found.survivors) - 1
    assert set(again.stale) == {turned.fingerprint, "0000000000"}


@pytest.mark.parametrize(
    "listed", ['["0000000000"]\nzh = "無"\n', '["0000000000"]\nzh = ""\nen = ""\n', "[", 'a = "b"']
)
def test_an_equivalent_without_reasons_in_both_languages_is_refused(tmp_path: Path, listed: str) -> None:
    with pytest.raises(BadEquivalents, match=r"password_age\.equivalent\.toml"):
        equivalents(written(tmp_path, WEAK, listed))


def test_a_control_that_does_not_hold_its_cases_proves_nothing(tmp_path: Path) -> None:
    with pytest.raises(BrokenCase, match=r"password_age\.md"):
        assure(replace(AGE, exceptions=AGE.exceptions.replace("<", ">")), written(tmp_path, WEAK))


def test_a_score_stands_for_queries_parameters_cases_and_equivalents(tmp_path: Path) -> None:
    path = written(tmp_path, WEAK)
    first = standing_for(AGE, path)

    assert standing_for(AGE, path) == first
    assert standing_for(replace(AGE, exceptions=AGE.exceptions + " "), path) != first
    assert standing_for(AGE, written(tmp_path, WEAK + BOUNDARY)) != first
    assert standing_for(AGE, written(tmp_path, WEAK, "# nothing")) != first


@pytest.mark.parametrize("name", ["receipt-time-missing", "firewall-log-retention"])
def test_the_trial_of_mutants_sees_what_the_engine_sees(name: str) -> None:
    """A control whose own SQL holds its cases is set up without complaint: the short cut gives the engine's results."""
    control = controls()[name]
    with MutantTrial(control, read_cases(cases_of(control))):
        pass
