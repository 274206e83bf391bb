"""Scores: what counts as found, missed, extra or neither, at the level of findings and of cases; and shares with their intervals."""

import json
from collections.abc import Sequence

import pytest

from chahe.engine.outcome import Outcome
from chahe.engine.record import AuditRecord, FindingRecord, ResultRecord
from chahe.findings.identity import finding_id
from chahe.reports.proportion import Proportion
from chahe.reports.score import Fate, Score, pooled, score
from chahe.reports.score_json import score_to_json
from chahe.reports.truth_file import BadTruth, Told, Truth, truth_from_json
from chahe.wording import Text

NOTHING = Text("", "")
Key = dict[str, object]


def result(
    control: str,
    found: Sequence[Key] = (),
    *,
    outcome: Outcome | None = None,
    unclear: Sequence[Key] = (),
    examined: int = 100,
) -> ResultRecord:
    findings = tuple(
        FindingRecord(finding=finding_id(control, key), row=key, message=Text("說明", "told")) for key in found
    )
    return ResultRecord(
        control=control,
        chapter="conduct",
        digest="",
        title=NOTHING,
        severity="high",
        outcome=outcome or (Outcome.DEFICIENT if found else Outcome.CONFORMING),
        reasons=(),
        frame=NOTHING,
        population=examined,
        examined=examined,
        excluded=(),
        margin=None,
        parameters=(),
        rules=(),
        findings=findings,
        undetermined=tuple({**key, "why": "no_time"} for key in unclear),
        blind_spots=(),
        remedy=NOTHING,
    )


def record(*results: ResultRecord) -> AuditRecord:
    return AuditRecord(
        chahe="1",
        firm="測試",
        as_of="2026-11-22",
        begin="2025-11-23",
        until="2026-11-22",
        checkpoint="",
        engine="",
        results=results,
    )


def planted(control: str, scenario: str = "hub", **key: object) -> Told:
    return Told(control, key, scenario, "植入的")


def scored(truth: Sequence[Told], *results: ResultRecord, near: Sequence[Told] = ()) -> Score:
    return score("one", Truth(tuple(truth), tuple(near)), record(*results))


def fates(found: Score) -> list[Fate]:
    return [one.fate for one in found.planted]


def test_a_planted_breach_is_found_under_its_own_key_only() -> None:
    found = scored([planted("lent", person="a"), planted("lent", person="b")], result("lent", [{"person": "a"}]))

    assert fates(found) == [Fate.SPOKE, Fate.SILENT]
    assert found.overall().recall == Proportion(1, 2)
    assert found.overall().precision == Proportion(1, 1)


def test_a_finding_that_was_not_planted_lowers_precision() -> None:
    found = scored([planted("lent", person="a")], result("lent", [{"person": "a"}, {"person": "z"}]))

    assert [one.finding for one in found.extra] == [finding_id("lent", {"person": "z"})]
    assert found.overall().precision == Proportion(1, 2)
    assert found.by_control()["lent"].extra == 1


@pytest.mark.parametrize("outcome", [Outcome.UNEVIDENCED, Outcome.ERROR])
def test_the_silence_of_a_control_without_a_conclusion_is_a_miss_and_no_silent_near_miss(outcome: Outcome) -> None:
    near = [planted("lent", person="n")]

    found = scored([planted("lent", person="a")], result("lent", outcome=outcome, examined=0), near=near)

    assert fates(found) == [Fate.UNJUDGED]
    assert found.overall().recall == Proportion(0, 1)
    assert found.near_misses_silent() == Proportion(0, 0)
    assert score_to_json(found)["unconcluded"] == [{"world": "one", "control": "lent", "outcome": outcome.value}]


def test_a_control_that_says_it_does_not_apply_has_missed_what_was_planted() -> None:
    found = scored([planted("lent", person="a")], result("lent", outcome=Outcome.NOT_APPLICABLE, examined=0))

    assert fates(found) == [Fate.SILENT]


def test_an_undetermined_row_is_neither_found_nor_missed() -> None:
    truth = [planted("lent", person="a"), planted("lent", person="b")]

    found = scored(truth, result("lent", [{"person": "a"}], unclear=[{"person": "b", "account": "9"}]))

    assert fates(found) == [Fate.SPOKE, Fate.UNDETERMINED]
    assert found.overall().recall == Proportion(1, 1)
    assert found.overall().undetermined == found.overall().unclear == 1


def test_a_control_that_was_not_run_counts_for_nothing_and_is_told() -> None:
    found = scored([planted("lent", person="a"), planted("shared", person="a")], result("lent", [{"person": "a"}]))

    assert fates(found) == [Fate.SPOKE, Fate.UNASKED]
    assert found.overall().recall == Proportion(1, 1)
    assert found.cases().whole == 1


def test_a_near_miss_that_speaks_is_named_and_is_an_extra_finding() -> None:
    near = [planted("lent", person="n"), planted("lent", person="m")]

    found = scored([], result("lent", [{"person": "n"}]), near=near)

    assert found.near_misses_silent() == Proportion(1, 2)
    assert found.extra[0].near_miss == near[0]
    assert found.overall().precision == Proportion(0, 1)
    assert found.overall().recall.value is None


def test_a_case_is_found_by_one_of_its_findings_and_whole_by_all() -> None:
    truth = [planted("lent", person="a"), planted("shared", person="a"), planted("lent", "spouse", person="c")]

    cases = scored(truth, result("lent", [{"person": "a"}, {"person": "c"}]), result("shared")).cases()

    assert (cases.planted, cases.found, cases.whole) == (2, 2, 1)
    assert cases.recall == Proportion(2, 2)


def test_a_case_of_which_nothing_can_be_told_is_neither_found_nor_missed() -> None:
    cases = scored([planted("lent", person="a")], result("lent", unclear=[{"person": "a"}])).cases()

    assert cases.undetermined == 1
    assert cases.recall == Proportion(0, 0)


def test_an_extra_finding_about_a_planted_pair_lies_beside_its_case_and_a_strangers_is_a_false_case() -> None:
    truth = [planted("lent", person="a", account="1")]
    rows: list[Key] = [
        {"person": "a", "account": "1"},
        {"person": "a", "account": "2"},
        {"person": "z", "account": "9"},
    ]

    found = scored(truth, result("lent", rows))

    assert [one.scenario for one in found.extra] == ["hub", None]
    assert found.by_scenario()["hub"].precision == Proportion(1, 2)
    assert found.cases().precision == Proportion(1, 2)


def test_worlds_are_pooled_by_their_counts_and_their_cases_kept_apart() -> None:
    truth = Truth((planted("lent", person="a"),), ())
    one = score("one", truth, record(result("lent", [{"person": "a"}], examined=10)))
    other = score("two", truth, record(result("lent", examined=30)))

    found = pooled([one, other])

    assert found.overall().recall == Proportion(1, 2)
    assert found.by_control()["lent"].examined == found.by_chapter()["conduct"].examined == 40
    assert (found.cases().planted, found.cases().found) == (2, 1)


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_wilsons_as_newcombe_tabled_it(hits: int, of: int, low: float, high: float) -> None:
    """Newcombe, Statistics in Medicine 17 (1998), table I, method 3."""
    interval = Proportion(hits, of).interval

    assert interval is not None
    assert interval.low == pytest.approx(low, abs=5e-5)
    assert interval.high == pytest.approx(high, abs=5e-5)


def test_a_share_of_nothing_is_undefined_and_an_almost_whole_one_is_not_whole() -> None:
    assert str(Proportion(0, 0)) == "—"
    assert Proportion(0, 0).to_json() == {"hits": 0, "of": 0, "value": None, "low": None, "high": None}
    assert str(Proportion(9_999, 10_000)).startswith("0.999 ")
    with pytest.raises(ValueError, match="no share"):
        Proportion(2, 1)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"findings": [{}], "near_misses": []}'])
def test_what_is_not_a_truth_is_refused_in_both_languages(text: str) -> None:
    with pytest.raises(BadTruth) as raised:
        truth_from_json(text)

    assert raised.value.text.zh
    assert raised.value.text.en


def test_a_truth_is_read_as_the_simulator_writes_it() -> None:
    told = {"control": "lent", "key": {"person": "a"}, "scenario": "hub", "told_zh": "借用"}
    near = {"control": "lent", "key": {"person": "n"}, "why_silent": "家人"}

    truth = truth_from_json(json.dumps({"findings": [told], "near_misses": [near]}))

    assert truth.planted == (Told("lent", {"person": "a"}, "hub", "借用"),)
    assert truth.near_misses == (Told("lent", {"person": "n"}, "", "家人"),)
