"""Scenarios of recommendations: without contract or explanation, too risky, to a group; and what only looks so."""

from chahe.simulate.company import Firm
from chahe.simulate.days import DAY, at
from chahe.simulate.recommending import Recommendation, recommend, sign
from chahe.simulate.truth import Truth, Value

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


def breaches(firm: Firm, truth: Truth) -> None:
    unsigned = recommend(firm, at(firm.as_of - 32 * DAY, 9, 12), 28, "2912", 2)
    truth.planted(_CONTROL, "no_contract", "向沒有推介契約的客戶推介", **_key(unsigned))
    ended = recommend(firm, at(firm.as_of - 27 * DAY, 9, 55), 29, "1216", 2)
    sign(firm, 29, firm.as_of - 500 * DAY, 4).ended = ended.made.date() - DAY
    truth.planted(_CONTROL, "contract_ended", "推介契約前一日已終止", **_key(ended))
    late = recommend(firm, at(firm.as_of - 23 * DAY, 11, 30), 31, "1216", 2)
    contract = sign(firm, 31, firm.as_of - 60 * DAY, 4)
    contract.explained = firm.as_of - 59 * DAY
    truth.planted(_CONTROL, "explained_later", "簽約次日才說明風險", **_key(late))
    risky = recommend(firm, at(firm.as_of - 21 * DAY, 8, 15), 32, "9904", 4)
    sign(firm, 32, firm.as_of - 300 * DAY, 3)
    truth.planted(_CONTROL, "above_tolerance", "推介風險等級四的股票給承受等級三的客戶", **_key(risky))
    group = recommend(firm, at(firm.as_of - 18 * DAY, 20, 5), None, "9904", 3)
    truth.planted(_CONTROL, "to_a_group", "在社群群組推介個股", **_key(group))


def _key(one: Recommendation) -> dict[str, Value]:
    return {
        "row_kind": "recommended",
        "recommendation_id": one.recommendation.lower(),
        "customer_id": one.customer.lower() if one.customer else None,
        "account": None,
        "order_id": None,
    }
