"""Scenarios of orders: sent without a customer's order, without a check, or with one that does not count; and to the microsecond."""

from datetime import timedelta

from chahe.simulate.cast import Order
from chahe.simulate.company import Firm
from chahe.simulate.days import us
from chahe.simulate.orders import MICROSECOND, calm
from chahe.simulate.truth import Truth


def near_misses(firm: Firm, truth: Truth) -> None:
    order = calm(firm)[-9]
    order.checked = order.sent - MICROSECOND
    order.received = order.sent - 2 * MICROSECOND
    truth.silent("pre-trade-check-missing", "送出前一微秒通過檢核", **_key(order))
    truth.silent("receipt-time-missing", "送出前兩微秒才收到，順序仍然正確", **_key(order))


def breaches(firm: Firm, truth: Truth) -> None:
    for nth in (-20, -33):
        program = calm(firm)[nth]
        program.received = None
        truth.planted(
            "receipt-time-missing",
            "order_made_by_program",
            "程式自行產生的委託，沒有客戶委託",
            **_key(program),
        )
    unchecked, late, other = (calm(firm)[nth] for nth in (-41, -52, -60))
    unchecked.checked = None
    _planted(truth, unchecked, "no_check", "送出前沒有風控檢核")
    late.checked = late.sent + timedelta(milliseconds=2)
    _planted(truth, late, "check_after_sending", "送出後才檢核")
    other.checked_quantity = other.quantity - 1000 if other.quantity > 1000 else 2000
    _planted(truth, other, "check_of_another_quantity", "檢核的數量不是委託的數量")


def _planted(truth: Truth, order: Order, scenario: str, told: str) -> None:
    truth.planted("pre-trade-check-missing", scenario, told, **_key(order))


def _key(order: Order) -> dict[str, str | int]:
    return {"session": "haiyu>twse", "order_id": order.order_id, "event": "new", "sent_at_us": us(order.sent)}
