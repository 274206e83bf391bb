"""One order as a row of text and moments."""

from collections.abc import Callable
from typing import Final, NamedTuple

from chahe.simulate.cast.staff_and_systems import Order
from chahe.simulate.days import us

NEW: Final = "D"
"""NewOrderSingle; `order_changes` has the others."""


class Row(NamedTuple):
    """An order as its lines tell it; moments in microseconds since 1970."""

    order_id: str
    account: str
    symbol: str
    buy: bool
    price: str
    quantity: int
    received: int | None
    checked: int | None
    sent: int
    checked_quantity: int
    passed: bool
    filled: int
    """Shares, the first report's."""
    rest: int
    """Shares of a second report."""
    after: int
    """Microseconds from sending to the first report."""
    channel: str
    handler: str
    address: str
    device: str
    signature: str
    caller: str
    trade_type: str
    matching: str
    line: str
    skips_number: bool
    event: str = NEW
    """FIX's MsgType."""
    original: str = ""
    """Of a replacement or cancellation: the order that it changes."""
    followed: bool = False
    """Is it replaced or cancelled later?"""
    done: int = 0
    """Of a replacement or cancellation: shares that were filled before."""
    again: int | None = None
    """So many microseconds later the customer's message came once more."""


def row_of(one: Order, price: Callable[[Order], str]) -> Row:
    """An order of the firm's story."""
    return Row(
        one.order_id, one.account, one.symbol, one.buy, price(one), one.quantity,
        None if one.received is None else us(one.received), None if one.checked is None else us(one.checked), us(one.sent),
        one.checked_quantity or one.quantity, one.passed, one.quantity if one.filled else 0, 0, 7000,
        one.channel, one.handler, one.address or "", one.device or "", one.signature or "", one.caller or "",
        one.trade_type, one.matching, one.line, one.skips_number,
    )  # fmt: skip


def came(one: Row) -> int:
    """When it was received; ValueError where no customer sent it."""
    if one.received is None:
        raise ValueError(f"order {one.order_id} was received from nobody")
    return one.received
