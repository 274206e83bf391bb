"""One order as a row of text and moments, and its lines in the formats of the gateway, the risk system and the order book."""

from collections.abc import Callable
from functools import lru_cache
from typing import Final, NamedTuple
from zlib import adler32

from chahe.simulate.cast import Order
from chahe.simulate.days import moment_of, us

EXCHANGE: Final = "TWSE"
BROKER: Final = "9A00"
BOOK_HEADING: Final = (
    "紀錄時間,委託編號,動作,帳號,證券代號,買賣別,價格別,有效期間,價格,數量,委託種類,委託方式,接收委託時間,經辦人,"
    "客戶位址,裝置識別碼,電子簽章,來電號碼,委託書編號,證券商代號,交易種類,鉅額撮合方式"
)
CHECKS_HEADING: Final = "檢核編號,風控系統,檢核時間,委託書號,客戶帳號,股票代號,買賣,委託價格,委託數量,檢核結果"
_FIRM: Final = "HAIYU"
_CUSTOMER: Final = "DMA1"
_SOH: Final = "\x01"
_UTC: Final = 8 * 3600


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


def row_of(one: Order, price: Callable[[Order], str]) -> Row:
    """An order of the firm's story."""
    return Row(
        one.order_id, one.account, one.symbol, one.buy, price(one), one.quantity,
        None if one.received is None else us(one.received), None if one.checked is None else us(one.checked), us(one.sent),
        one.checked_quantity or one.quantity, one.passed, one.quantity if one.filled else 0, 0, 7000,
        one.channel, one.handler, one.address or "", one.device or "", one.signature or "", one.caller or "",
        one.trade_type, one.matching, one.line, one.skips_number,
    )  # fmt: skip


@lru_cache(maxsize=8192)
def _second(second: int) -> tuple[str, str]:
    """The second of the day on the Taipei clock, as logs and as lists write it."""
    moment = moment_of(second * 1_000_000)
    return f"{moment:%Y%m%d-%H:%M:%S}", f"{moment:%Y-%m-%d %H:%M:%S}"


def _logged(micros: int) -> str:
    second, rest = divmod(micros, 1_000_000)
    return f"{_second(second)[0]}.{rest:06}"


def _stamp(micros: int) -> str:
    """UTC, as FIX wants it."""
    second, rest = divmod(micros, 1_000_000)
    return f"{_second(second - _UTC)[0]}.{rest:06}"


def _listed(micros: int) -> str:
    second, rest = divmod(micros, 1_000_000)
    return f"{_second(second)[1]}.{rest:06}"


def came(one: Row) -> int:
    """When it was received; ValueError where no customer sent it."""
    if one.received is None:
        raise ValueError(f"order {one.order_id} was received from nobody")
    return one.received


def customer_line(nth: int, one: Row) -> str:
    """The customer's message as the gateway logs it."""
    received = came(one)
    stamp = _stamp(received - 350)
    header = f"34={nth}{_SOH}49={_CUSTOMER}{_SOH}56={_FIRM}{_SOH}52={stamp}{_SOH}"
    return f"{_logged(received)} IN  {_order('FIX.4.2', header, stamp, one)}"


def resent_line(nth: int, one: Row, after: int) -> str:
    """The same message once more, so many microseconds later: the customer's program had lost its line."""
    received = came(one)
    stamp = _stamp(received - 350)
    times = f"52={_stamp(received + after)}{_SOH}122={stamp}{_SOH}"
    header = f"34={nth}{_SOH}43=Y{_SOH}49={_CUSTOMER}{_SOH}56={_FIRM}{_SOH}{times}"
    return f"{_logged(received + after)} IN  {_order('FIX.4.2', header, stamp, one)}"


def beat_line(nth: int, received: int) -> str:
    """A heartbeat of the customer's program."""
    body = f"34={9000 + nth}{_SOH}49={_CUSTOMER}{_SOH}56={_FIRM}{_SOH}52={_stamp(received)}{_SOH}"
    return f"{_logged(received)} IN  {_framed('FIX.4.2', '0', body)}"


def exchange_line(nth: int, one: Row) -> str:
    """The firm's message to the exchange."""
    stamp = _stamp(one.sent)
    header = f"34={nth}{_SOH}49={one.line}{_SOH}56={EXCHANGE}{_SOH}52={stamp}{_SOH}"
    return f"{_logged(one.sent)} OUT {_order('FIX.4.4', header, stamp, one)}"


def fills(nth: int, one: Row, slip: str) -> list[tuple[int, str]]:
    """The exchange's reports of what was filled, and when each came."""
    reports = []
    if one.filled:
        when, left = one.sent + one.after, one.quantity - one.filled
        reports.append((when, _fill(nth, when, one, slip, "", one.filled, one.filled, left)))
    if one.rest:
        when, total = one.sent + 3 * one.after, one.filled + one.rest
        reports.append((when, _fill(nth, when, one, slip, "-2", one.rest, total, one.quantity - total)))
    return reports


def _fill(nth: int, when: int, one: Row, slip: str, part: str, shares: int, total: int, left: int) -> str:  # noqa: PLR0913, PLR0917 - a report's fields
    stamp = _stamp(when)
    body = (
        f"34={nth}{_SOH}49={EXCHANGE}{_SOH}56={one.line}{_SOH}52={stamp}{_SOH}37={slip or one.order_id}{_SOH}"
        f"11={one.order_id}{_SOH}17=F{one.order_id}{part}{_SOH}150=F{_SOH}39={1 if left else 2}{_SOH}1={one.account}{_SOH}"
        f"55={one.symbol}{_SOH}54={1 if one.buy else 2}{_SOH}38={one.quantity}{_SOH}44={one.price}{_SOH}32={shares}{_SOH}"
        f"31={one.price}{_SOH}151={left}{_SOH}14={total}{_SOH}6={one.price}{_SOH}60={stamp}{_SOH}{_block(one)}"
    )
    return f"{_logged(when)} IN  {_framed('FIX.4.4', '8', body)}"


def check_line(one: Row) -> str:
    """The risk system's check; the caller leaves out what was not checked."""
    checked = _listed(one.checked or 0)
    return (
        f"K{one.order_id},risk01,{checked},{one.order_id},{one.account},{one.symbol},{'買' if one.buy else '賣'},"
        f"{one.price},{one.checked_quantity},{'通過' if one.passed else '未通過'}"
    )


def book_line(one: Row, slip: str) -> str:
    """The order as the order system exports it."""
    received = _listed(came(one))
    return (
        f"{received},{one.order_id},新單,{one.account},{one.symbol},{'買' if one.buy else '賣'},限價,當日有效,{one.price},"
        f"{one.quantity},現股,{one.channel},{received},{one.handler},{one.address},{one.device},{one.signature},{one.caller},"
        f"{slip},{BROKER},{one.trade_type},{one.matching}"
    )


def _order(version: str, header: str, stamp: str, one: Row) -> str:
    body = (
        f"{header}11={one.order_id}{_SOH}1={one.account}{_SOH}21=1{_SOH}55={one.symbol}{_SOH}54={1 if one.buy else 2}{_SOH}"
        f"60={stamp}{_SOH}38={one.quantity}{_SOH}40=2{_SOH}44={one.price}{_SOH}59=0{_SOH}{_block(one)}"
    )
    return _framed(version, "D", body)


def _block(one: Row) -> str:
    """The exchange's own tags of a block order: channel, cash, exchange code."""
    return f"10000=5{_SOH}10001=0{_SOH}10002=1{_SOH}" if one.trade_type == "鉅額" else ""


def _framed(version: str, kind: str, fields: str) -> str:
    """A message with its BodyLength (9) and CheckSum (10)."""
    body = f"35={kind}{_SOH}{fields}"
    message = f"8={version}{_SOH}9={len(body.encode())}{_SOH}{body}"
    # Adler-32's lower half is one more than the sum of the bytes, as long as that stays below 65,521: five hundred characters.
    return f"{message}10={((adler32(message.encode()) & 0xFFFF) - 1) % 256:03}{_SOH}"
