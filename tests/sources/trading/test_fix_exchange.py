"""FIX as TWSE's lines have it, and orders in lists."""

import pytest
from test_fix_log import SENT, orders

from chahe.sources.trading.fix_log import reader
from fix_message import ORDER, fill, message, order
from reading import read

LISTED = "66=L1\x0173=2\x0111=A1\x0167=1\x011=98001\x0155=2330\x0154=1\x0138=1000\x0111=A2\x0167=2\x0155=2317\x0154=2\x0138=2000\x01"


def test_every_order_of_a_list_is_a_row():
    [first, second] = orders(message("E", {}, extra=LISTED), leg="exchange")
    assert (first["order_id"], first["symbol"], first["account"], first["list_id"]) == ("A1", "2330", "98001", "L1")
    assert (second["order_id"], second["side"], second["quantity"], second["list_id"]) == ("A2", "sell", 2000, "L1")
    assert "account" not in second
    assert {row["event"] for row in (first, second)} == {"new"}
    assert {row["sent_at_us"] for row in (first, second)} == {SENT}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("73=2", "73=3"), "NoOrders"),
        (("73=2", "68=2"), "NoOrders"),
        (("67=2", "55=9"), "tag 55"),
        (("38=2000", "38=x"), "tag 38"),
    ],
)
def test_a_list_that_does_not_add_up_is_rejected_whole(change, says):
    reading = read(reader, message("E", {}, extra=LISTED.replace(*change)))
    assert says in reading.rejects[0].why.en
    assert not reading.rows


TWSE = {"t37": "a0001", "t11": "7790a0000001", "t50": "7790", "t57": "0", "t55": "2330  ", "t38": "10", "t56": "XTAI"}


def twse(**changes: str | None) -> dict[str, object]:
    tags = TWSE | {"t10000": "4", "t10001": "0", "t10002": "0", "t10004": "N"} | changes
    return orders(order(**tags), trading_unit="1000")[0]


def test_the_exchanges_own_tags_are_read():
    row = twse()
    told = ("slip_number", "broker_id", "order_category", "trade_type", "channel", "quantity", "symbol")
    assert [row[name] for name in told] == ["a0001", "7790", "cash", "regular", "internet", 10_000, "2330"]


@pytest.mark.parametrize(
    ("subsystem", "code", "trade_type", "quantity"),
    [
        ("0", "0", "regular", 10_000),
        ("0", "1", "block", 10),
        ("0", "2", "odd_lot", 10),
        ("7", "0", "fixed_price", 10_000),
        ("2", "2", "odd_lot_after_hours", 10),
        ("C", "2", "odd_lot_intraday", 10),
        (None, "0", "regular", 10_000),
        ("X", "3", None, 10),
    ],
)
def test_the_kind_of_trading_follows_the_subsystem_and_the_exchanges_code(subsystem, code, trade_type, quantity):
    row = twse(t57=subsystem, t10002=code)
    assert (row.get("trade_type"), row["quantity"]) == (trade_type, quantity)


def test_reports_of_the_exchange_name_subsystem_and_broker_the_other_way_round():
    tags = {"t50": "0", "t57": "7790", "t37": "a0001", "t10001": "3", "t10002": "0", "t32": "5", "t40": "2", "t59": "3"}
    [row] = read(reader, fill(**tags), trading_unit="1000").rows["executions"]
    told = ("slip_number", "broker_id", "order_category", "trade_type", "last_quantity", "order_type", "time_in_force")
    assert [row[name] for name in told] == ["a0001", "7790", "margin_broker", "regular", 5000, "limit", "ioc"]


@pytest.mark.parametrize("tags", [{"t10001": "outer"}, {"t10001": "9"}, {}])
def test_without_codes_of_the_exchange_its_tags_mean_nothing(tags):
    [row] = orders(order(**{"t50": "ABCD", "t57": "0", "t38": "10"} | tags), trading_unit="1000")
    assert not {"broker_id", "trade_type", "order_category", "channel"} & row.keys()
    assert row["quantity"] == 10
    repeated = message("D", ORDER, extra="10001=0\x0110001=1\x01")
    assert "order_category" not in orders(repeated)[0]
