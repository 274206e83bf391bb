"""Scenarios of fairness in co-location: a customer whose orders are quicker and overtake; and what only looks so."""

from datetime import timedelta
from typing import Final

from chahe.simulate.cast.staff_and_systems import Order
from chahe.simulate.life.company import Firm
from chahe.simulate.life.orders import MICROSECOND, calm
from chahe.simulate.scenarios.scenario import Dial, Scenario
from chahe.simulate.truth import Truth
from chahe.wording import Text

LINE: Final = "haiyu>twse"
FAVOURED, HASTY, BRISK = 3, 5, 7
"""Places in the list of traders."""


def near_misses(firm: Firm, truth: Truth) -> None:
    for order in (one for one in calm(firm) if one.account == firm.traders[BRISK]):
        hurry(order, 8)
    truth.silent("unfair-latency", "只快八微秒，在可容忍範圍內", session=LINE, account=firm.traders[BRISK])
    for before, order in _neighbours(firm, firm.traders[HASTY])[:3]:
        _overtake(before, order)
    truth.silent("order-overtaking", "三次超越，不多於偶然", session=LINE, account=firm.traders[HASTY])


def _favour(firm: Firm, truth: Truth, dial: Dial) -> None:
    account, micros = firm.traders[FAVOURED], dial.whole(120, 140, 80)
    for order in calm(firm):
        if order.account == account:
            hurry(order, micros)
    told = "一百二十" if micros == 120 else f" {micros} "
    truth.planted("unfair-latency", "favoured", f"一個客戶的委託快了約{told}微秒", session=LINE, account=account)
    pairs = _neighbours(firm, account)
    for before, order in pairs[: dial.whole(len(pairs), len(pairs), len(pairs) // 2)]:
        _overtake(before, order)
    truth.planted("order-overtaking", "favoured", "一個客戶的委託總是插隊", session=LINE, account=account)


def hurry(order: Order, micros: int) -> None:
    """Sent so much sooner, and checked between receipt and sending."""
    if order.received is None or order.checked is None or order.timed:
        return
    sent = order.sent - timedelta(microseconds=micros)
    if order.received < order.checked < order.sent and order.received < sent:
        order.sent = sent
        order.checked = min(order.checked, order.received + (sent - order.received) / 2)


def _neighbours(firm: Firm, account: str) -> list[tuple[Order, Order]]:
    """Orders of an account that came in a burst, each with the one just before it."""
    return [
        (before, order)
        for before, order in zip(firm.orders, firm.orders[1:], strict=False)
        if order.account == account and before.in_burst and order.in_burst
    ]


def _overtake(before: Order, order: Order) -> None:
    order.sent = before.sent - 10 * MICROSECOND
    if order.received is not None:
        order.checked = order.received + 20 * MICROSECOND


SCENARIOS: Final = (
    Scenario(
        "favoured",
        "unfair-latency order-overtaking",
        _favour,
        Text("快一百四十…八十微秒，全部…半數插隊", "quicker by 140 … 80 microseconds, all … half of the overtakings"),
    ),
)
