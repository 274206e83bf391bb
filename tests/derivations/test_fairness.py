"""Who is favoured is found, who is not is left alone: on orders made from seeds, with and without a preference."""

import pytest

from chahe.derivations import latency_comparisons, overtakings
from chahe.derivations.journeys import journeys
from order_journeys import Gateway, journeys_of

SEEDS = 40
CHANCE_PPM = 50_000
"""Five in a hundred: at the controls' own tenth of a percent no small number of seeds would show anything."""
MOST = 7
"""More false alarms than this in forty runs at five in a hundred happen once in five hundred."""


@pytest.mark.parametrize("compare", [latency_comparisons.compare, overtakings.compare], ids=["latency", "overtaking"])
def test_without_a_preference_false_alarms_stay_within_their_rate(compare) -> None:
    accused = sum(
        min(row["adjusted_chance_ppm"] for row in compare(journeys_of(Gateway(days=40, per_day=60), seed))) < CHANCE_PPM
        for seed in range(SEEDS)
    )

    assert accused <= MOST


def test_a_preference_of_forty_microseconds_is_found_measured_and_shown() -> None:
    found = latency_comparisons.compare(journeys_of(Gateway(gain_us=40, per_day=100), 7))

    [row] = [one for one in found if one["adjusted_chance_ppm"] < 1000]
    assert row["account"] == "a00"
    assert row["gain_low_us"] < 40 < row["gain_high_us"]
    assert 20 <= row["gain_us"] <= 60
    assert {row["own_row"][:2], row["other_row"][:2]} == {"o#"}
    assert {row["own_receipt_row"][:2], row["other_receipt_row"][:2]} == {"c#"}


def test_a_preference_in_a_tenth_of_the_orders_only_lets_them_overtake() -> None:
    gateway = Gateway(days=120, gain_us=400, share=0.2, in_order=True, apart_us=200)

    found = {one["account"]: one for one in overtakings.compare(journeys_of(gateway, 3))}

    assert found["a00"]["adjusted_chance_ppm"] < 1000
    assert found["a00"]["gain_low_permille"] > 0
    assert {name for name, one in found.items() if one["overtook"]} == {"a00"}


def test_contests_and_overtakings_agree_with_counting_one_by_one() -> None:
    whole = journeys(journeys_of(Gateway(days=4, per_day=60, accounts=3, apart_us=100), 9))
    counted = []
    for later in range(1, len(whole.received)):
        earlier = later - 1
        if whole.group[later] != whole.group[earlier] and (
            whole.received[earlier] < whole.received[later] < whole.sent[earlier]
        ):
            counted.append((later, earlier))

    assert list(zip(*(one.tolist() for one in overtakings.contests(whole)), strict=True)) == counted
    assert counted


def test_an_overtaking_shows_both_orders_sent_and_received() -> None:
    gateway = Gateway(gain_us=400, in_order=True, apart_us=200)
    table = journeys_of(gateway, 3)
    sent = dict(zip(table["order_row"].to_pylist(), table["sent_us"].to_pylist(), strict=True))
    received = dict(zip(table["receipt_row"].to_pylist(), table["received_us"].to_pylist(), strict=True))

    [row] = [one for one in overtakings.compare(table) if one["account"] == "a00"]

    assert sent[row["own_row"]] < sent[row["other_row"]]
    assert received[row["own_receipt_row"]] > received[row["other_receipt_row"]]


def test_without_orders_there_is_nobody_to_compare() -> None:
    nothing = journeys_of(Gateway(days=1), 1).slice(0, 0)

    assert list(latency_comparisons.compare(nothing)) == []
    assert list(overtakings.compare(nothing)) == []


def test_rows_in_another_order_give_the_same() -> None:
    table = journeys_of(Gateway(days=12), 2)
    turned = table.take(list(range(table.num_rows))[::-1])

    assert list(latency_comparisons.compare(turned)) == list(latency_comparisons.compare(table))
    assert list(overtakings.compare(turned)) == list(overtakings.compare(table))
