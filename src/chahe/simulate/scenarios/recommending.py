"""Scenarios of recommendations: without contract or explanation, too risky, to a group; and what only looks so."""

from typing import Final

from chahe.simulate.days import DAY, at
from chahe.simulate.life.company import Firm
from chahe.simulate.life.recommendations import Recommendation, recommend, sign
from chahe.simulate.scenarios.scenario import Dial, Scenario, in_words, none
from chahe.simulate.truth import Truth, Value
from chahe.wording import Text

_CONTROL = "recommendation-irregular"


def near_misses(firm: Firm, truth: Truth) -> None:
    exact = recommend(firm, at(firm.as_of - 41 * DAY, 14, 20), 26, "9904", 4)
    sign(firm, 26, exact.made.date(), 4).explained = exact.made.date()
    truth.silent(_CONTROL, "當日說明風險並簽約，風險恰為承受等級", **_key(exact))
    asked = recommend(firm, at(firm.as_of - 39 * DAY, 10, 2), 27, "2912", 2)
    asked.made_as = "答覆詢問"
    truth.silent(_CONTROL, "沒有契約的客戶來電詢問，營業員只是答覆", **_key(asked))
    institution = recommend(firm, at(firm.as_of - 34 * DAY, 8, 40), 33, "9904", 5)
    agreed = sign(firm, 33, firm.as_of - 400 * DAY, 1)
    agreed.professional, agreed.signed, agreed.explained = True, None, None
    truth.silent(_CONTROL, "專業機構投資人免簽推介契約", **_key(institution))


def _no_contract(firm: Firm, truth: Truth, dial: Dial) -> None:
    unsigned = recommend(firm, at(firm.as_of - dial.among(32, 29, 35) * DAY, 9, 12), 28, "2912", 2)
    truth.planted(_CONTROL, "no_contract", "向沒有推介契約的客戶推介", **_key(unsigned))


def _contract_ended(firm: Firm, truth: Truth, dial: Dial) -> None:
    ended, days = recommend(firm, at(firm.as_of - 27 * DAY, 9, 55), 29, "1216", 2), dial.whole(1, 300, 1)
    sign(firm, 29, firm.as_of - 500 * DAY, 4).ended = ended.made.date() - days * DAY
    told = "前一日" if days == 1 else f" {days} 天前"
    truth.planted(_CONTROL, "contract_ended", f"推介契約{told}已終止", **_key(ended))


def _explained_later(firm: Firm, truth: Truth, dial: Dial) -> None:
    late = recommend(firm, at(firm.as_of - 23 * DAY, 11, 30), 31, "1216", 2)
    contract, days = sign(firm, 31, firm.as_of - 60 * DAY, 4), dial.whole(1, 35, 1)
    contract.explained = firm.as_of - (60 - days) * DAY
    told = "次日" if days == 1 else f" {days} 天後"
    truth.planted(_CONTROL, "explained_later", f"簽約{told}才說明風險", **_key(late))


def _above_tolerance(firm: Firm, truth: Truth, dial: Dial) -> None:
    risk, tolerance = dial.by_degree((4, 3), ((5, 1), (5, 2), (4, 3)))
    risky = recommend(firm, at(firm.as_of - 21 * DAY, 8, 15), 32, "9904", risk)
    sign(firm, 32, firm.as_of - 300 * DAY, tolerance)
    told = f"推介風險等級{in_words(risk)}的股票給承受等級{in_words(tolerance)}的客戶"
    truth.planted(_CONTROL, "above_tolerance", told, **_key(risky))


def _to_a_group(firm: Firm, truth: Truth, dial: Dial) -> None:
    group = recommend(firm, at(firm.as_of - dial.among(18, 15, 19) * DAY, 20, 5), None, "9904", 3)
    truth.planted(_CONTROL, "to_a_group", "在社群群組推介個股", **_key(group))


def _key(one: Recommendation) -> dict[str, Value]:
    return {
        "row_kind": "recommended",
        "recommendation_id": one.recommendation.lower(),
        "customer_id": one.customer.lower() if one.customer else None,
        "account": None,
        "order_id": None,
    }


SCENARIOS: Final = (
    Scenario(
        "no_contract",
        "recommendation-irregular",
        _no_contract,
        none("有契約或沒有；換的是日子", "there is a contract or not; the day varies"),
    ),
    Scenario(
        "contract_ended",
        "recommendation-irregular",
        _contract_ended,
        Text("終止三百天…一天後推介", "recommended 300 days … one day after its end"),
    ),
    Scenario(
        "explained_later",
        "recommendation-irregular",
        _explained_later,
        Text("簽約三十五天…一天後才說明", "explained 35 days … one day after signing"),
    ),
    Scenario(
        "above_tolerance", "recommendation-irregular", _above_tolerance, Text("高四級…一級", "four … one level above")
    ),
    Scenario(
        "to_a_group",
        "recommendation-irregular",
        _to_a_group,
        none("對特定客戶或對群組；換的是日子", "to a customer or to a group; the day varies"),
    ),
)
