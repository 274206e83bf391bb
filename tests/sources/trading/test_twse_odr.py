"""The exchange's order log as evidence."""

import csv
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from chahe.sources.model import Head
from chahe.sources.trading import twse_mth
from chahe.sources.trading.twse_odr import reader
from reading import read, shared_data

OLDER = b"201612292330  S008300145k000340182.00+00000030000I0441I9A95"
NEWER = b"202412022330  B0090000123456a000110612.00+00000010000420B I9A95"
CATEGORIES = dict(
    enumerate(
        (
            "cash",
            "margin_finance_company",
            "short_finance_company",
            "margin_broker",
            "short_broker",
            "borrowed",
            "borrowed_hedge",
        )
    )
)
CHANNELS = {" ": "ordinary", "A": "automatic", "D": "dma", "I": "internet", "V": "voice", "P": "api"}
CHANNELS |= dict(zip("123456", CHANNELS.values(), strict=True))
INVESTORS = {"M": "investment_trust", "F": "foreign", "I": "natural_person", "J": "other_entity"}


def row(line: bytes) -> dict[str, object]:
    reading = read(reader, line + b"\n")
    assert not reading.rejects
    [found] = reading.rows["orders"]
    return found


def put(line: bytes, at: int, value: bytes) -> bytes:
    """The record with another value from a place on, counted from 1 as the exchange does."""
    return line[: at - 1] + value + line[at - 1 + len(value) :]


def test_a_record_of_59_bytes_is_read():
    assert row(OLDER) == {
        "place": 1,
        "logged_at_us": 1_482_971_401_450_000,
        "session": "twse",
        "leg": "exchange",
        "event": "new",
        "order_id": "k0003",
        "slip_number": "k0003",
        "symbol": "2330",
        "side": "sell",
        "trade_type": "regular",
        "price": Decimal("182.0000"),
        "quantity": 3000,
        "quantity_change": 3000,
        "order_category": "cash",
        "channel": "internet",
        "terminal": "0441",
        "investor_type": "natural_person",
        "broker_id": "9A95",
    }


def test_a_record_of_63_bytes_says_what_kind_of_price_and_who_made_it():
    found = row(NEWER)
    assert found["logged_at_us"] == 1_733_101_200_123_456
    assert (found["order_type"], found["time_in_force"], found["origin"]) == ("limit", "rod", "broker")
    assert "terminal" not in found
    blank = row(put(NEWER, 55, b"   "))
    assert not {"order_type", "time_in_force", "origin"} & blank.keys()


@pytest.mark.parametrize(
    ("code", "side", "event", "shares", "quantity", "change"),
    [
        ("1", "B", "new", "+0000001000", 1000, 1000),
        ("2", "B", "replace", "-0000001000", None, -1000),
        ("3", "B", "cancel", "-0000002000", None, -2000),
        ("4", "S", "new", "+0000000001", 1, 1),
        ("5", "S", "replace", "-0000000001", None, -1),
        ("6", "S", "cancel", "-0000002000", None, -2000),
        ("7", "B", "replace", "+0000001000", 1000, None),
        ("8", "S", "replace", "+0000001000", 1000, None),
    ],
)
def test_changed_trade_codes_tell_new_orders_from_changes(code, side, event, shares, quantity, change):
    found = row(put(put(put(NEWER, 15, side.encode()), 34, code.encode()), 42, shares.encode()))
    assert (found["event"], found.get("quantity"), found.get("quantity_change")) == (event, quantity, change)


def test_a_price_of_zero_is_no_price():
    assert "price" not in row(put(NEWER, 35, b"0000.00"))


@pytest.mark.parametrize(("code", "category"), CATEGORIES.items())
def test_order_categories_are_named(code, category):
    assert row(put(OLDER, 49, str(code).encode()))["order_category"] == category


@pytest.mark.parametrize(("code", "channel"), CHANNELS.items())
def test_channels_are_named_in_both_protocols(code, channel):
    assert row(put(OLDER, 50, code.encode()))["channel"] == channel


@pytest.mark.parametrize(("code", "trade"), [("0", "regular"), ("1", "block"), ("2", "odd_lot")])
def test_trade_types_are_named(code, trade):
    assert row(put(OLDER, 16, code.encode()))["trade_type"] == trade


def test_capitals_in_slip_numbers_and_brokers_are_kept():
    found = row(put(put(OLDER, 25, b"aBc01"), 56, b"7a7L"))
    assert (found["slip_number"], found["broker_id"]) == ("aBc01", "7a7L")


@pytest.mark.parametrize(
    ("at", "value", "column", "shown"),
    [
        (1, b"20161301", "logged_at_us", "20161301 08300145"),
        (17, b"25300145", "logged_at_us", "20161229 25300145"),
        (17, b"0830014x", "logged_at_us", "20161229 0830014x"),
        (15, b"X", "side", "X"),
        (16, b"9", "trade_type", "9"),
        (25, b"     ", "order_id", "     "),
        (30, b"9", "event", "9"),
        (31, b"01x2.00", "price", "01x2.00"),
        (31, b"1.2.345", "price", "1.2.345"),
        (31, b".......", "price", "......."),
        (38, b"*", "quantity", "*0000003000"),
        (39, b"00000_3000", "quantity", "+00000_3000"),
        (49, b"7", "order_category", "7"),
        (50, b"Z", "channel", "Z"),
        (55, b"Q", "investor_type", "Q"),
    ],
)
def test_it_refuses_a_value_that_the_format_does_not_know(at, value, column, shown):
    [reject] = read(reader, put(OLDER, at, value) + b"\n").rejects
    assert (reject.column, reject.value) == (column, shown)
    assert "format" in reject.why.en


def test_it_refuses_a_side_that_contradicts_the_changed_trade_code():
    for line in (put(OLDER, 15, b"B"), put(NEWER, 15, b"S"), put(NEWER, 34, b"8")):
        [reject] = read(reader, line).rejects
        assert reject.column == "side"
        assert "contradict" in reject.why.en


@pytest.mark.parametrize("line", [OLDER[:-1], OLDER + b" ", NEWER + b"  ", OLDER[:10], "證券".encode() + OLDER])
def test_it_refuses_a_line_of_another_length(line):
    [reject] = read(reader, line).rejects
    assert "long" in reject.why.en


def test_blank_lines_are_skipped_and_both_lengths_may_be_mixed():
    reading = read(reader, OLDER + b"\r\n\r\n  \n" + NEWER)
    assert [found["place"] for found in reading.rows["orders"]] == [1, 4]
    assert [place for place, _ in reading.skips] == [2, 3]


def test_the_session_can_be_named():
    [found] = read(reader, OLDER, session="Co-location 1").rows["orders"]
    assert found["session"] == "co-location 1"


def test_the_sample_equals_its_truth():
    data = shared_data("twse", "odr").read_bytes()
    truth = list(csv.DictReader(shared_data("twse", "order.csv").read_text().splitlines()))
    rows = read(reader, data).rows["orders"]
    assert len(rows) == len(truth) == 29
    for found, told in zip(rows, truth, strict=True):
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(str(found["logged_at_us"])), hours=8)
        assert moment.strftime("%Y-%m-%d %H:%M:%S.%f") == f"{told['order_date']} {told['order_time']}"
        assert found["symbol"] == told["securities_code"]
        assert found["side"] == {"B": "buy", "S": "sell"}[told["buy_sell"]]
        assert found["trade_type"] == {"0": "regular", "1": "block", "2": "odd_lot"}[told["trade_type_code"]]
        assert found["order_id"] == found["slip_number"] == told["order_number_ii"]
        assert found["event"] == ("new", "replace", "cancel")[(int(told["changed_trade_code"]) - 1) % 3]
        assert found["price"] == Decimal(told["order_price"])
        assert found["quantity"] == found["quantity_change"] == int(told["changed_trade_volume"])
        assert found["order_category"] == CATEGORIES[int(told["order_type_code"])]
        assert found["channel"] == CHANNELS[told["notes_investors_order_channel"]]
        assert found["terminal"] == told["order_report_print"]
        assert found["investor_type"] == INVESTORS[told["type_of_investor"]]
        assert found["broker_id"] == told["order_number_i"]


def test_orders_and_executions_are_not_mixed_up():
    for name, expected in (("odr", [True, False]), ("mth", [False, True])):
        seen = Head(name, shared_data("twse", name).read_bytes(), whole=True)
        assert [one.recognise(seen) is not None for one in (reader, twse_mth.reader)] == expected
    assert reader.recognise(Head("a", NEWER, whole=True))
    assert reader.recognise(Head("a", put(NEWER, 55, b"    "), whole=True))
    assert twse_mth.reader.recognise(Head("a", NEWER, whole=True)) is None
    assert reader.recognise(Head("a", b"\n".join([NEWER, b"x", b"y"]), whole=True)) is None
