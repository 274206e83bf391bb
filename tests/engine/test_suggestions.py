"""The search for missing cases finds the row that stands on a boundary, writes it as a case that can be read, and finds the same twice."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from chahe.controls.catalogue import cases_of, controls
from chahe.engine.assurance import assure
from chahe.engine.case_copies import names_of, renamed, together
from chahe.engine.case_edits import Edit, edited, edits
from chahe.engine.case_writing import written
from chahe.engine.casebook import BadCase, Case, read_cases
from chahe.engine.embedded import Embedded
from chahe.engine.fat_cases import put_together
from chahe.engine.mutants import Mutant
from chahe.engine.suggestions import Finding, search
from chahe.engine.trial import differences

AGE = replace(
    controls()["password-age"],
    population="""SELECT system, account, row_id, password_changed_on AS since, password_changed_on, created_on,
                         CASE WHEN created_on > :as_of THEN 'future' END AS doubt,
                         CASE WHEN enabled = FALSE THEN 'disabled' END AS excluded_because
                  FROM user_accounts""",
    exclusions={"disabled": controls()["password-age"].exclusions["disabled"]},
    undetermined="SELECT system, account, doubt AS why FROM population WHERE doubt IS NOT NULL",
    needs=controls()["password-age"].needs[:1],
)
WEAK = """
## young, and one that is disabled

user_accounts
| row_id | system | account | enabled | password_changed_on | created_on |
|--------|--------|---------|---------|---------------------|------------|
| a#1    | gw     | chen    | true    | 2026-11-01          | 2020-01-01 |
| a#2    | gw     | lin     | false   | 2026-11-01          | 2020-01-01 |

expect conforming

## old

user_accounts
| row_id | system | account | enabled | password_changed_on | created_on |
|--------|--------|---------|---------|---------------------|------------|
| a#1    | gw     | chen    | true    | 2020-01-01          | 2020-01-01 |

expect deficient
| system | account |
|--------|---------|
| gw     | chen    |
"""


def cased(folder: Path, text: str) -> Path:
    path = folder / "password_age.md"
    path.write_text(text, "utf-8")
    return path


def found(path: Path) -> tuple[list[Mutant], list[Finding]]:
    survivors = list(assure(AGE, path).survivors)
    return survivors, list(search(AGE, read_cases(path), survivors, worlds=8, seed=1))


def test_what_the_search_suggests_leaves_fewer_survivors_once_it_is_pasted(tmp_path: Path) -> None:
    path = cased(tmp_path, WEAK)
    before, findings = found(path)
    suggested = put_together(AGE, findings, title="missing")
    told = {one.fingerprint for suggestion in suggested for one in suggestion.tells}

    after = assure(AGE, cased(tmp_path, WEAK + "\n" + "\n".join(one.text for one in suggested)))

    assert [one for one in before if one.operator == "boundary moved"]
    assert {one.fingerprint for one in before} - {one.fingerprint for one in after.survivors} >= told
    assert not [one for one in after.survivors if one.operator == "boundary moved"]
    assert len(suggested) < len(told)


def test_what_is_written_is_read_again_and_holds_on_the_engine(tmp_path: Path) -> None:
    suggested = put_together(AGE, found(cased(tmp_path, WEAK))[1], title="missing")
    again = read_cases(cased(tmp_path, "\n".join(one.text for one in suggested)))

    with Embedded() as engine:
        assert [differences(engine, AGE, one) for one in again] == [[] for _ in suggested]
    assert [one.given for one in again] == [
        {
            name: [{key: row.get(key) for key in read.given[name][0]} for row in rows]
            for name, rows in one.case.given.items()
        }
        for one, read in zip(suggested, again, strict=True)
    ]
    assert [written(AGE, one, two.notes) for one, two in zip(again, suggested, strict=True)] == [
        one.text for one in suggested
    ]


def test_the_same_search_finds_the_same(tmp_path: Path) -> None:
    path = cased(tmp_path, WEAK)

    assert found(path) == found(path)


def test_copies_under_other_names_stand_beside_each_other_untouched(tmp_path: Path) -> None:
    case = read_cases(cased(tmp_path, WEAK))[0]
    names = names_of(AGE, case)

    both = together([renamed(AGE, case, names, "-a"), renamed(AGE, case, names, "-b")])

    assert names == ["chen", "gw", "lin"]
    assert [row["account"] for row in both["user_accounts"]] == ["chen-a", "lin-a", "chen-b", "lin-b"]
    assert len({row["row_id"] for row in both["user_accounts"]}) == 4


def test_changes_are_small_and_never_blank_what_a_reader_requires(tmp_path: Path) -> None:
    case = read_cases(cased(tmp_path, WEAK))[1]
    made = edits(AGE, case, seed=1)
    changed = edited(case, [Edit("set", "user_accounts", 0, "password_changed_on", date(2026, 8, 22))])

    assert Edit("set", "user_accounts", 0, "password_changed_on", date(2020, 1, 2)) in made
    assert Edit("set", "user_accounts", 0, "created_on", None) in made
    assert Edit("set", "user_accounts", 0, "account", None) not in made
    assert changed.given["user_accounts"][0]["password_changed_on"] == date(2026, 8, 22)
    assert changed.outcome is None
    assert case.given["user_accounts"][0]["password_changed_on"] == date(2020, 1, 1)


@pytest.mark.parametrize(
    ("line", "words"),
    [("left out disabled 2", "left out {'disabled': 1}"), ("undetermined none", "expected no undetermined row")],
)
def test_a_case_can_hold_what_a_table_of_exceptions_cannot(tmp_path: Path, line: str, words: str) -> None:
    doubtful = "| a#3    | gw     | wang    | true    | 2026-11-01          | 2026-11-23 |"
    old = WEAK.replace(
        "2026-11-01          | 2020-01-01 |\n| a#2", f"2020-01-01          | 2020-01-01 |\n{doubtful}\n| a#2", 1
    )
    text = old.split("## old")[0].replace(
        "expect conforming", f"expect deficient\n{line}\n| account |\n|---------|\n| chen    |"
    )

    with Embedded() as engine:
        told = differences(engine, AGE, read_cases(cased(tmp_path, text))[0])

    assert any(words in one for one in told)


def test_a_wrong_word_after_left_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadCase, match="not understood"):
        read_cases(cased(tmp_path, WEAK + "\nleft out\n"))


def test_a_case_of_the_catalogue_is_written_as_it_is_read(tmp_path: Path) -> None:
    control = controls()["password-age"]
    for case in read_cases(cases_of(control)):
        if case.rejects or case.holes:
            continue
        again: Case = read_cases(cased(tmp_path, written(control, case)))[0]

        assert (again.outcome, again.population, again.margin) == (case.outcome, case.population, case.margin)
        assert again.expected == case.expected
        assert again.facts == case.facts
