"""Orders' lines as columns of text, in the formats of the gateway, the risk system and the order book."""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from chahe.simulate.logs.fix_lines import CUSTOMER_VERSION, EXCHANGE_VERSION, SOH, framed, listed_moments, moments
from chahe.simulate.logs.order_changes import CANCEL, REPLACE
from chahe.simulate.logs.order_rows import NEW
from chahe.simulate.logs.order_table import Table, numbers
from chahe.simulate.logs.texts import Column, Ints, joined, numbers_of

EXCHANGE: Final = "TWSE"
BROKER: Final = "9A00"
BOOK_HEADING: Final = (
    "紀錄時間,委託編號,動作,帳號,證券代號,買賣別,價格別,有效期間,價格,數量,委託種類,委託方式,接收委託時間,經辦人,"
    "客戶位址,裝置識別碼,電子簽章,來電號碼,委託書編號,證券商代號,交易種類,鉅額撮合方式"
)
CHECKS_HEADING: Final = "檢核編號,風控系統,檢核時間,委託書號,客戶帳號,股票代號,買賣,委託價格,委託數量,檢核結果"
_FIRM: Final = "HAIYU"
_CUSTOMER: Final = "DMA1"
_ENDS: Final = f"49={_CUSTOMER}{SOH}56={_FIRM}{SOH}52="
_LEAD: Final = 350
"""Microseconds from a customer's stamp to its receipt."""


def customer_lines(nth: Ints, orders: Table) -> Column:
    """The customers' messages as the gateway logs them."""
    received = numbers(orders, "received")
    stamp = moments(received - _LEAD).stamped
    header = joined("34=", numbers_of(nth), f"{SOH}{_ENDS}", stamp, SOH)
    return framed(moments(received).logged, "IN  ", CUSTOMER_VERSION, _message(header, stamp, orders))


def resent_lines(nth: Ints, orders: Table) -> Column:
    """The same messages once more: the customers' programs had lost their lines."""
    received = numbers(orders, "received")
    stamp, again = moments(received - _LEAD).stamped, moments(received + numbers(orders, "again"))
    header = joined("34=", numbers_of(nth), f"{SOH}43=Y{SOH}{_ENDS}", again.stamped, f"{SOH}122=", stamp, SOH)
    return framed(again.logged, "IN  ", CUSTOMER_VERSION, _message(header, stamp, orders))


def beat_lines(nth: Ints, received: Ints) -> Column:
    """Heartbeats of the customers' programs."""
    when = moments(received)
    body = joined(f"35=0{SOH}34=", numbers_of(9000 + nth), f"{SOH}{_ENDS}", when.stamped, SOH)
    return framed(when.logged, "IN  ", CUSTOMER_VERSION, body)


def exchange_lines(nth: Ints, orders: Table, slips: Column) -> Column:
    """The firm's messages to the exchange; changes with the numbers of their orders' slips."""
    when = moments(numbers(orders, "sent"))
    slip = pc.if_else(is_new(orders), "", joined("37=", slips, SOH))
    header = joined(
        "34=",
        numbers_of(nth),
        f"{SOH}49=",
        orders.column("line"),
        f"{SOH}56={EXCHANGE}{SOH}52=",
        when.stamped,
        SOH,
        slip,
    )
    return framed(when.logged, "OUT ", EXCHANGE_VERSION, _message(header, when.stamped, orders))


def check_lines(orders: Table) -> Column:
    """The risk system's checks; the caller leaves out what was not checked."""
    order = orders.column("order_id")
    return joined(
        "K", order, ",risk01,", listed_moments(numbers(orders, "checked")), ",", order, ",", orders.column("account"), ",",
        orders.column("symbol"), pc.if_else(orders.column("buy"), ",買,", ",賣,"), orders.column("price"), ",",
        numbers_of(numbers(orders, "checked_quantity")), pc.if_else(orders.column("passed"), ",通過\r\n", ",未通過\r\n"),
    )  # fmt: skip


def book_lines(orders: Table, slips: Column) -> Column:
    """The orders as the order system exports them."""
    received, event = listed_moments(numbers(orders, "received")), orders.column("event")
    deed = pc.if_else(pc.equal(event, NEW), ",新單,", pc.if_else(pc.equal(event, REPLACE), ",改單,", ",刪單,"))
    return joined(
        received, ",", orders.column("order_id"), deed, orders.column("account"), ",", orders.column("symbol"),
        pc.if_else(orders.column("buy"), ",買,限價,當日有效,", ",賣,限價,當日有效,"), orders.column("price"), ",",
        numbers_of(numbers(orders, "quantity")), ",現股,", orders.column("channel"), ",", received, ",", orders.column("handler"), ",",
        orders.column("address"), ",", orders.column("device"), ",", orders.column("signature"), ",", orders.column("caller"), ",",
        slips, f",{BROKER},", orders.column("trade_type"), ",", orders.column("matching"), "\r\n",
    )  # fmt: skip


def is_new(orders: Table) -> Column:
    return pc.equal(orders.column("event"), NEW)


def blocks(orders: Table) -> Column:
    """The exchange's own tags of a block order: channel, cash, exchange code."""
    tags = f"10000=5{SOH}10001=0{SOH}10002=1{SOH}"
    return pc.if_else(pc.equal(orders.column("trade_type"), "鉅額"), tags, "")


def _message(header: Column, stamp: Column, orders: Table) -> Column:
    """NewOrderSingle (D), OrderCancelReplaceRequest (G) or OrderCancelRequest (F), from its type on."""
    event, first = orders.column("event"), ""
    cancels = pc.equal(event, CANCEL)
    if not pc.all(is_new(orders)).as_py():
        first = pc.if_else(is_new(orders), "", joined("41=", orders.column("original"), SOH))
    terms = joined(f"40=2{SOH}44=", orders.column("price"), f"{SOH}59=0{SOH}")
    return joined(
        "35=", event, SOH, header, first, "11=", orders.column("order_id"), f"{SOH}1=", orders.column("account"),
        pc.if_else(cancels, f"{SOH}55=", f"{SOH}21=1{SOH}55="), orders.column("symbol"),
        pc.if_else(orders.column("buy"), f"{SOH}54=1{SOH}60=", f"{SOH}54=2{SOH}60="), stamp, f"{SOH}38=",
        numbers_of(numbers(orders, "quantity")), SOH, pc.if_else(cancels, pa.scalar(""), terms), blocks(orders),
    )  # fmt: skip
