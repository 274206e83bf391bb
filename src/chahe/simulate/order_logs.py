"""Orders as files: FIX 4.2 from customers, FIX 4.4 to the exchange, both parted by SOH, and the risk system's checks as CSV."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from chahe.simulate.cast import Order
from chahe.simulate.company import Firm
from chahe.simulate.files import write_gzip

EXCHANGE: Final = "TWSE"
_FIRM: Final = "HAIYU"
_CUSTOMER: Final = "DMA1"
_SOH: Final = "\x01"


def write_order_logs(firm: Firm, folder: Path) -> None:
    """One file a quarter for each leg, `customer_YYYYQn.log.gz` and `exchange_YYYYQn.log.gz`, and `checks_YYYYQn.csv.gz`."""
    quarters: dict[str, list[Order]] = {}
    for one in firm.orders:
        quarters.setdefault(f"{one.sent.year}Q{(one.sent.month + 2) // 3}", []).append(one)
    for quarter, orders in quarters.items():
        write_gzip(folder / f"customer_{quarter}.log.gz", _customer_log(orders))
        write_gzip(folder / f"exchange_{quarter}.log.gz", _exchange_log(orders))
        write_gzip(folder / f"checks_{quarter}.csv.gz", _checks(orders))


def _customer_log(orders: list[Order]) -> str:
    lines = []
    for nth, one in enumerate(sorted((one for one in orders if one.received), key=_received), 2):
        received = _received(one)
        fields = [
            ("34", str(nth)),
            ("49", _CUSTOMER),
            ("56", _FIRM),
            ("52", _stamp(received - timedelta(microseconds=350))),
        ]
        lines.append(f"{received:%Y%m%d-%H:%M:%S.%f} IN  {_message('FIX.4.2', fields, one, one.quantity)}")
        if nth % 20 == 0:
            beat = _framed(
                "FIX.4.2", "0", [("34", str(9000 + nth)), ("49", _CUSTOMER), ("56", _FIRM), ("52", _stamp(received))]
            )
            lines.append(f"{received:%Y%m%d-%H:%M:%S.%f} IN  {beat}")
    return "\n".join(lines) + "\n"


def _exchange_log(orders: list[Order]) -> str:
    lines = []
    for nth, one in enumerate(sorted(orders, key=lambda one: one.sent), 2):
        fields = [("34", str(nth)), ("49", one.line), ("56", EXCHANGE), ("52", _stamp(one.sent))]
        lines.append(f"{one.sent:%Y%m%d-%H:%M:%S.%f} OUT {_message('FIX.4.4', fields, one, one.quantity)}")
        if one.filled:
            filled = one.sent + timedelta(milliseconds=7)
            lines.append(f"{filled:%Y%m%d-%H:%M:%S.%f} IN  {_fill(nth, filled, one)}")
    return "\n".join(lines) + "\n"


def _received(one: Order) -> datetime:
    if one.received is None:
        raise ValueError(f"order {one.order_id} was received from nobody")
    return one.received


def _message(version: str, header: list[tuple[str, str]], one: Order, quantity: int) -> str:
    body = [
        *header,
        ("11", one.order_id),
        ("1", one.account),
        ("21", "1"),
        ("55", one.symbol),
        ("54", "1" if one.buy else "2"),
        ("60", header[-1][1]),
        ("38", str(quantity)),
        ("40", "2"),
        ("44", f"{one.price}"),
        ("59", "0"),
        *_block(one),
    ]
    return _framed(version, "D", body)


def _fill(nth: int, filled: datetime, one: Order) -> str:
    """The exchange's report that an order was filled whole, at its price."""
    return _framed(
        "FIX.4.4",
        "8",
        [("34", str(nth)), ("49", EXCHANGE), ("56", one.line), ("52", _stamp(filled)), ("37", one.slip or one.order_id),
         ("11", one.order_id), ("17", f"F{one.order_id}"), ("150", "F"), ("39", "2"), ("1", one.account),
         ("55", one.symbol), ("54", "1" if one.buy else "2"), ("38", str(one.quantity)), ("44", f"{one.price}"),
         ("32", str(one.quantity)), ("31", f"{one.price}"), ("151", "0"), ("14", str(one.quantity)),
         ("6", f"{one.price}"), ("60", _stamp(filled)), *_block(one)],
    )  # fmt: skip


def _block(one: Order) -> list[tuple[str, str]]:
    """The exchange's own tags of a block order: channel, cash, exchange code."""
    return [("10000", "5"), ("10001", "0"), ("10002", "1")] if one.trade_type == "鉅額" else []


def _framed(version: str, kind: str, fields: list[tuple[str, str]]) -> str:
    """A message with its BodyLength (9) and CheckSum (10)."""
    body = "".join(f"{tag}={value}{_SOH}" for tag, value in [("35", kind), *fields])
    message = f"8={version}{_SOH}9={len(body.encode())}{_SOH}{body}"
    return f"{message}10={sum(message.encode()) % 256:03}{_SOH}"


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%d-%H:%M:%S.%f}"


def _checks(orders: list[Order]) -> str:
    lines = ["檢核編號,風控系統,檢核時間,委託書號,客戶帳號,股票代號,買賣,委託價格,委託數量,檢核結果"]
    for one in sorted(orders, key=lambda one: one.sent):
        if one.checked is None:
            continue
        quantity = one.checked_quantity or one.quantity
        lines.append(
            f"K{one.order_id},risk01,{one.checked:%Y-%m-%d %H:%M:%S.%f},{one.order_id},{one.account},{one.symbol},"
            f"{'買' if one.buy else '賣'},{one.price},{quantity},{'通過' if one.passed else '未通過'}"
        )
    return "\r\n".join(lines) + "\r\n"
