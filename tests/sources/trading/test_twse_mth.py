"""The exchange's executions as evidence."""

import csv
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from test_twse_odr import CATEGORIES, INVESTORS, put

from chahe.sources.model import Head
from chahe.sources.trading import twse_odr
from chahe.sources.trading.twse_mth import reader
from reading import read, shared_data

OLDER = b"201612292330  S00903004500000016k00030182.0000000300004410I9A95"
NEWER = b"202412022330  B009000012345600000017a00010612.0000000100020  0I9A95"


def row(line: bytes) -> dict[str, object]:
    reading = read(reader, line + b"\n")
    assert not reading.rejects
    [found] = reading.rows["executions"]
    return found


def test_a_record_of_63_bytes_is_read():
    assert row(OLDER) == {
        "place": 1,
        "executed_at_us": 1_482_973_380_450_000,
        "session": "twse",
        "execution_id": "00000016",
        "order_id": "k0003",
        "slip_number": "k0003",
        "symbol": "2330",
        "side": "sell",
        "last_price": Decimal("182.0000"),
        "last_quantity": 3000,
        "event": "fill",
        "broker_id": "9A95",
        "order_category": "cash",
        "trade_type": "regular",
        "investor_type": "natural_person",
        "terminal": "0441",
    }


def test_a_record_of_67_bytes_says_what_kind_of_price_the_order_had():
    found = row(NEWER)
    assert found["executed_at_us"] == 1_733_101_200_123_456
    assert (found["order_type"], found["time_in_force"], found.get("terminal")) == ("limit", "rod", None)
    market = row(put(NEWER, 58, b"14"))
    assert (market["order_type"], market["time_in_force"]) == ("market", "fok")
    assert not {"order_type", "time_in_force"} & row(put(NEWER, 58, b"    ")).keys()


@pytest.mark.parametrize(
    ("at", "value", "column"),
    [
        (1, b"20160230", "executed_at_us"),
        (17, b"09603045", "executed_at_us"),
        (15, b"b", "side"),
        (16, b"3", "trade_type"),
        (25, b"0000001x", "execution_id"),
        (38, b"182,000", "last_price"),
        (45, b"00000300-", "last_quantity"),
        (58, b"9", "order_category"),
        (59, b"X", "investor_type"),
    ],
)
def test_it_refuses_a_value_that_the_format_does_not_know(at, value, column):
    [reject] = read(reader, put(OLDER, at, value) + b"\n").rejects
    assert reject.column == column
    assert "format" in reject.why.en


def test_lines_of_other_lengths_are_refused_and_blank_ones_skipped():
    reading = read(reader, OLDER[:-1] + b"\n\n" + NEWER + b"0\n" + OLDER)
    assert [reject.place for reject in reading.rejects] == [1, 3]
    assert [place for place, _ in reading.skips] == [2]
    assert [found["place"] for found in reading.rows["executions"]] == [4]


def test_the_sample_equals_its_truth():
    data = shared_data("twse", "mth").read_bytes()
    truth = list(csv.DictReader(shared_data("twse", "transaction.csv").read_text().splitlines()))
    rows = read(reader, data).rows["executions"]
    assert len(rows) == len(truth) == 33
    for found, told in zip(rows, truth, strict=True):
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(str(found["executed_at_us"])), hours=8)
        assert moment.strftime("%Y-%m-%d %H:%M:%S.%f") == f"{told['trade_date']} {told['trade_time']}"
        assert found["symbol"] == told["securities_code"]
        assert found["side"] == {"B": "buy", "S": "sell"}[told["buy_sell"]]
        assert found["trade_type"] == {"0": "regular", "1": "block", "2": "odd_lot"}[told["trade_type_code"]]
        assert found["execution_id"] == told["trade_number"]
        assert found["order_id"] == found["slip_number"] == told["order_number_ii"]
        assert found["last_price"] == Decimal(told["trade_price"])
        assert found["last_quantity"] == int(told["trade_volume"])
        assert found["terminal"] == told["trading_report_print"]
        assert found["order_category"] == CATEGORIES[int(told["order_type_code"])]
        assert found["investor_type"] == INVESTORS[told["type_of_investor"]]
        assert found["broker_id"] == told["order_number_i"]


def test_the_layouts_of_63_bytes_are_told_apart():
    assert reader.recognise(Head("a", OLDER, whole=True))
    assert reader.recognise(Head("a", NEWER, whole=True))
    assert twse_odr.reader.recognise(Head("a", OLDER, whole=True)) is None
