"""Recommendations of the example firm and the contracts behind them, and the registers they stand in."""

from dataclasses import astuple, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from chahe.simulate.days import DAY, at, days_from, months_before
from chahe.simulate.files import write_csv
from chahe.simulate.life import people

if TYPE_CHECKING:
    from chahe.simulate.life.company import Firm

_SYMBOLS: Final = (("1216", 2), ("2912", 2), ("9904", 3))
"""With their levels of risk."""
_SIGNED: Final = range(13, 25)
"""The customers with a contract."""


@dataclass(slots=True)
class Recommendation:
    recommendation: str
    made: datetime
    person: str
    symbol: str
    made_as: str
    audience: str
    customer: str | None
    risk: int | None


@dataclass(slots=True)
class RecommendationContract:
    contract: str
    customer: str
    explained: date | None
    explained_by: str | None
    signed: date | None
    tolerance: int | None
    ended: date | None = None
    professional: bool = False


@dataclass(slots=True)
class RecommendationPapers:
    made: list[Recommendation] = field(default_factory=list)
    contracts: list[RecommendationContract] = field(default_factory=list)


def add_recommendations(firm: "Firm") -> None:
    """Twelve customers with a contract, and a recommendation to one of them on about every tenth day."""
    rng = firm.rng("recommendations")
    for nth in _SIGNED:
        sign(firm, nth, months_before(firm.as_of, 15) - rng.randrange(200) * DAY, 3 + rng.randrange(3))
    for day in days_from(firm.period_from + 3 * DAY, firm.as_of - DAY):
        if day.toordinal() % 10 == 4:
            symbol, risk = rng.choice(_SYMBOLS)
            recommend(firm, at(day, 8, rng.randrange(50)), rng.choice(_SIGNED), symbol, risk)


def sign(firm: "Firm", customer: int, signed: date, tolerance: int) -> RecommendationContract:
    """A contract of the customer's, the risks explained the week before."""
    kept, client = firm.recommendations.contracts, firm.clientele.clients[customer].customer
    explained_by = firm.employee(people.THIRD_BROKER).person
    found = RecommendationContract(f"RC-{len(kept) + 1:03}", client, signed - 7 * DAY, explained_by, signed, tolerance)
    kept.append(found)
    return found


def recommend(firm: "Firm", made: datetime, customer: int | None, symbol: str, risk: int | None) -> Recommendation:
    """A recommendation to a customer, or to a group."""
    kept = firm.recommendations.made
    found = Recommendation(
        f"RM-{len(kept) + 1:04}",
        made,
        firm.employee(people.THIRD_BROKER).person,
        symbol,
        "推介",
        "群組" if customer is None else "特定客戶",
        None if customer is None else firm.clientele.clients[customer].customer,
        risk,
    )
    kept.append(found)
    return found


def write_recommendations(firm: "Firm", folder: Path) -> None:
    """`推介紀錄.csv` and `推介契約清冊.csv` under `records/registers`."""
    write_csv(
        folder / "推介紀錄.csv",
        (
            "推介編號",
            "推介時間",
            "推介人員編號",
            "推介證券代號",
            "推介性質",
            "推介對象",
            "推介客戶編號",
            "商品風險等級",
        ),
        map(astuple, firm.recommendations.made),
        "utf-8-sig",
    )
    write_csv(
        folder / "推介契約清冊.csv",
        ("推介契約編號", "推介契約客戶編號", "風險說明日", "風險說明人員編號", "推介契約簽訂日", "客戶風險承受等級", "推介契約終止日",
         "專業機構投資人"),
        map(astuple, firm.recommendations.contracts),
        "utf-8-sig",
    )  # fmt: skip
