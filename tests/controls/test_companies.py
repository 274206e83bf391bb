"""Cases share a scene only where each shows in company what it shows alone."""

from dataclasses import replace

from chahe.controls.catalogue import cases_of, controls
from chahe.engine.casebook import read_cases
from chahe.engine.embedded import Embedded
from companies import companies, reaches_sql, seen

WEAK = controls()["password-policy-weak"]
OF_THE_FIRM = controls()["security-officer-missing"]


def test_cases_of_single_subjects_share_scenes_and_none_is_lost() -> None:
    cases = read_cases(cases_of(WEAK))

    with Embedded() as engine:
        found = list(companies(engine, WEAK, cases))

    expected = sorted(case.place for case in cases if reaches_sql(WEAK, case))
    assert sorted(case.place for one in found for case in one.cases) == expected
    assert len(found) < len(expected) / 2


def test_a_scene_shows_every_exception_of_its_cases() -> None:
    cases = read_cases(cases_of(WEAK))

    with Embedded() as engine:
        for one in companies(engine, WEAK, cases):
            alone = [seen(engine, WEAK, case) for case in one.cases]
            assert one.shows.exceptions.total() == sum(case.exceptions.total() for case in alone)
            assert one.shows.candidates == sum(case.candidates for case in alone)


def test_cases_that_speak_of_the_whole_firm_stay_alone() -> None:
    with Embedded() as engine:
        found = list(companies(engine, OF_THE_FIRM, read_cases(cases_of(OF_THE_FIRM))))

    assert {len(one.cases) for one in found} == {1}


def test_a_control_that_counts_over_all_subjects_keeps_its_cases_apart() -> None:
    counting = replace(
        WEAK, exceptions=f"SELECT e.*, (SELECT count(*) FROM population) AS beside FROM ({WEAK.exceptions}) AS e"
    )
    broken = [case for case in read_cases(cases_of(WEAK)) if case.expected]

    with Embedded() as engine:
        assert {len(one.cases) for one in companies(engine, counting, broken)} == {1}
