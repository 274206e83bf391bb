"""Choosing scenarios by a text, and the dial between blatant and subtle."""

from datetime import date
from random import Random

import pytest

from chahe.simulate.dials import EVERYTHING, NOTHING, UnknownChoice, by_control, chosen
from chahe.simulate.firm import made
from chahe.simulate.scenarios.catalogue import SCENARIOS
from chahe.simulate.scenarios.scenario import TOLD_SEED, Dial

AS_OF = date(2026, 11, 22)


def _chance(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - the same chance every time


def test_all_and_none_are_what_they_say() -> None:
    assert chosen("all") == EVERYTHING
    assert chosen("none") == NOTHING
    assert set(chosen("all:subtle").dials.values()) == {1.0}


def test_a_scenario_is_named_as_in_the_truth_or_by_its_control() -> None:
    assert chosen("mirrored_at_home:0.3, password-alone:subtle").dials == {
        "mirrored_at_home": 0.3,
        "password_alone": 1.0,
    }
    assert set(chosen("shared-ip").dials) == {"case_four", "mirrored_at_home", "own_customer_at_home"}
    assert set(chosen("verified_by_self").dials) == {"told_after_80_hours"}
    assert chosen("opposite-trade:subtle") == chosen("opposite-trade-linked:1")


def test_what_comes_later_counts() -> None:
    dials = chosen("all:blatant,shared-ip:0.3").dials

    assert dials["case_four"] == 0.3
    assert dials["no_check"] == 0.0
    assert len(dials) == len(SCENARIOS)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("pasword-age", "password-age"),
        ("order-", "no scenario 'order-'; close to it"),
        ("zzzzzz", "there are: all, none, a_third"),
        ("", "there are: all, none"),
        ("all:2", "'2' is no dial; write blatant, subtle, or a number from 0 to 1"),
        ("all:nan", "'nan' is no dial"),
        ("no_check:mild", "'mild' is no dial"),
    ],
)
def test_what_is_not_understood_is_told_with_what_could_stand_there(text: str, told: str) -> None:
    with pytest.raises(UnknownChoice, match=told) as caught:
        chosen(text)

    assert caught.value.told.zh != caught.value.told.en


def test_only_what_was_chosen_is_planted_with_what_it_goes_on_from() -> None:
    _, truth = made(3, AS_OF, scenarios=chosen("one_customer,no_check"))

    assert {one.scenario for one in truth.findings} == {
        "three_branches", "one_customer", "orders_while_open", "entered_in_the_afternoon", "no_check",
    }  # fmt: skip


def test_a_scenario_never_disturbs_another() -> None:
    _, alone = made(3, AS_OF, scenarios=chosen("outage_unreported,dormant_account"))
    _, among = made(3, AS_OF)

    for name in ("outage_unreported", "dormant_account"):
        assert [one for one in alone.findings if one.scenario == name] == [
            one for one in among.findings if one.scenario == name
        ]


@pytest.mark.parametrize(("blatant", "subtle"), [(400, 1), (1, 400), (7, 7)])
def test_a_dial_goes_from_end_to_end_and_never_beyond(blatant: int, subtle: int) -> None:
    low, high = sorted((blatant, subtle))

    def drawn(value: float, seed: int) -> int:
        return Dial(value, _chance(seed), as_told=False).whole(55, blatant, subtle)

    assert {drawn(1.0, seed) for seed in range(40)} == {subtle}
    for value in (0.0, 0.3, 0.5, 0.9):
        assert all(low <= drawn(value, seed) <= high for seed in range(40))
    far = [abs(drawn(value, 1) - subtle) for value in (0.0, 0.5, 1.0)]
    assert far == sorted(far, reverse=True)


def test_the_firm_of_the_documents_has_what_they_tell_and_others_draw_theirs() -> None:
    told = Dial(None, _chance(1), as_told=True)
    days = {Dial(None, _chance(seed), as_told=False).whole(23, 200, 8) for seed in range(20)}

    assert (told.whole(23, 200, 8), told.among(3, 1, 9), told.pick("a", ["b"]), told.by_degree(2, (1, 2, 3))) == (
        23,
        3,
        "a",
        2,
    )
    assert len(days) > 5
    assert TOLD_SEED == 1


def test_degrees_stand_from_blatant_to_subtle() -> None:
    dials = [Dial(value, _chance(1), as_told=False) for value in (0.0, 0.5, 1.0)]

    assert [one.by_degree("x", ("plain", "between", "hidden")) for one in dials] == ["plain", "between", "hidden"]


def test_every_control_knows_its_scenarios() -> None:
    assert all(by_control().values())
