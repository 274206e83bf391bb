"""Scenarios of orders: sent without a customer's order, without a check, or with one that does not count; and to the microsecond."""

from typing import Final

from chahe.simulate.cast.staff_and_systems import Order
from chahe.simulate.days import us
from chahe.simulate.life.company import Firm
from chahe.simulate.life.orders import MICROSECOND, calm
from chahe.simulate.scenarios.scenario import Dial, Scenario, none
from chahe.simulate.truth import Truth
from chahe.wording import Text


def near_misses(firm: Firm, truth: Truth) -> None:
    order = calm(firm)[-9]
    order.checked = order.sent - MICROSECOND
    order.received = order.sent - 2 * MICROSECOND
    truth.silent("pre-trade-check-missing", "送出前一微秒通過檢核", **_key(order))
    truth.silent("receipt-time-missing", "送出前兩微秒才收到，順序仍然正確", **_key(order))


def _made_by_program(firm: Firm, truth: Truth, dial: Dial) -> None:
    count = dial.whole(2, 6, 1)
    for nth in dial.pick((-20, -33), [tuple(dial.rng.sample(range(-120, -70), count))])[:count]:
        program = calm(firm)[nth]
        program.received = None
        truth.planted(
            "receipt-time-missing",
            "order_made_by_program",
            "程式自行產生的委託，沒有客戶委託",
            **_key(program),
        )
        truth.planted(
            "order-record-incomplete",
            "order_made_by_program",
            "程式自行產生的委託不在委託簿",
            record_on=program.sent.date(),
            subject_kind="order",
            subject=program.order_id,
            account=program.account,
        )


def _no_check(firm: Firm, truth: Truth, dial: Dial) -> None:
    unchecked = calm(firm)[dial.among(-41, -45, -36)]
    unchecked.checked = None
    _planted(truth, unchecked, "no_check", "送出前沒有風控檢核")


def _checked_late(firm: Firm, truth: Truth, dial: Dial) -> None:
    late = calm(firm)[dial.among(-52, -57, -48)]
    late.checked = late.sent + dial.whole(2_000, 60_000_000, 1) * MICROSECOND
    _planted(truth, late, "check_after_sending", "送出後才檢核")


def _checked_another(firm: Firm, truth: Truth, dial: Dial) -> None:
    other, less = calm(firm)[dial.among(-60, -68, -58)], dial.whole(1000, 8000, 1)
    other.checked_quantity = other.quantity + (less if other.quantity <= less else -less)
    _planted(truth, other, "check_of_another_quantity", "檢核的數量不是委託的數量")


def _planted(truth: Truth, order: Order, scenario: str, told: str) -> None:
    truth.planted("pre-trade-check-missing", scenario, told, **_key(order))


def _key(order: Order) -> dict[str, str | int]:
    order.timed = True
    return {"session": "haiyu>twse", "order_id": order.order_id, "event": "new", "sent_at_us": us(order.sent)}


SCENARIOS: Final = (
    Scenario(
        "order_made_by_program",
        "receipt-time-missing order-record-incomplete",
        _made_by_program,
        Text("六筆…一筆委託由程式產生", "six … one order made by a program"),
    ),
    Scenario(
        "no_check",
        "pre-trade-check-missing",
        _no_check,
        none("有檢核或沒有；換的是哪一筆", "checked or not; which order varies"),
    ),
    Scenario(
        "check_after_sending",
        "pre-trade-check-missing",
        _checked_late,
        Text("送出後一分鐘…一微秒才檢核", "checked a minute … a microsecond after sending"),
    ),
    Scenario(
        "check_of_another_quantity",
        "pre-trade-check-missing",
        _checked_another,
        Text("檢核的數量差八千股…一股", "the quantity checked differs by 8,000 shares … one"),
    ),
)
