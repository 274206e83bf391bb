"""The exchanges' daily file of price limits and special measures as evidence."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest

from chahe.sources.model import Head
from chahe.sources.trading.twse_t30 import reader
from reading import read

PLAIN = "2330  00673000000612000000551000020241129000024  1積體半導體      000000000000000000100X0"
CALL = "6101  00006600000006000000005400020241128011028  0例示電子        005000010000030100000 0"


def record(text: str) -> bytes:
    return text.encode("cp950").ljust(100)


def put(at: int, value: str, text: str = PLAIN) -> bytes:
    """The record with another value from a byte on, counted from 1."""
    data = bytearray(record(text))
    data[at - 1 : at - 1 + len(value)] = value.encode("ascii")
    return bytes(data)


TPEX = record(PLAIN) + record(CALL)
TWSE = put(85, "10X0 ") + put(85, "00 0 ", CALL)
AFTER = date(2024, 12, 2)
AFTER_US = 1_733_068_800_000_000


def test_a_record_is_a_security_of_the_day():
    reading = read(reader, TPEX)
    assert reading.rows["securities"][0] == {
        "place": 1,
        "effective_at_us": AFTER_US,
        "trading_day": AFTER,
        "market": "tpex",
        "symbol": "2330",
        "name": "積體半導體",
        "limit_up": Decimal("673.0000"),
        "reference_price": Decimal("612.0000"),
        "limit_down": Decimal("551.0000"),
        "last_traded_on": date(2024, 11, 29),
        "industry": "24",
        "short_below_reference": True,
        "borrowed_below_reference": True,
        "par_not_ten": False,
        "day_trade": "both",
        "board": "0",
    }
    assert [row["symbol"] for row in reading.rows["securities"]] == ["2330", "6101"]


def test_a_security_under_measures_has_them_told_as_well():
    assert read(reader, TPEX).rows["disposition_securities"] == [
        {
            "place": 2,
            "effective_at_us": AFTER_US,
            "begins_on": AFTER,
            "ends_on": AFTER,
            "market": "tpex",
            "symbol": "6101",
            "name": "例示電子",
            "measure": "disposition",
            "attention": True,
            "trading_method": "normal",
            "order_restricted": False,
            "match_interval_minutes": 5,
            "single_order_limit_lots": 10,
            "cumulative_limit_lots": 30,
            "prepay_percent": 100,
        }
    ]


def test_the_two_exchanges_differ_behind_byte_85():
    rows = read(reader, TWSE).rows["securities"]
    assert [row["market"] for row in rows] == ["twse", "twse"]
    assert [row["day_trade"] for row in rows] == ["both", "none"]
    assert [row["board"] for row in rows] == ["0", "0"]
    assert read(reader, TWSE, market="TPEx").rejects[0].column == "par_not_ten"


@pytest.mark.parametrize(
    ("at", "value", "column", "expected"),
    [
        (42, "1", "trading_method", "full_delivery"),
        (42, "2", "trading_method", "full_delivery_call"),
        (42, "7", "trading_method", "other"),
        (43, "2", "measure", "further"),
        (43, "3", "measure", "flexible"),
        (43, "9", "measure", "other"),
        (44, "1", "attention", True),
        (45, "1", "order_restricted", True),
        (67, "030", "match_interval_minutes", 30),
    ],
)
def test_every_mark_makes_it_a_security_under_measures(at, value, column, expected):
    [row] = read(reader, put(at, value) + record(CALL)).rows["disposition_securities"][:1]
    assert (row["symbol"], row[column]) == ("2330", expected)


def test_limits_that_are_blank_stay_unknown():
    [row] = read(reader, put(67, " " * 18, CALL)).rows["disposition_securities"]
    assert not {"match_interval_minutes", "single_order_limit_lots", "prepay_percent"} & row.keys()


@pytest.mark.parametrize(
    ("at", "value", "column"),
    [
        (1, "??", "symbol"),
        (7, "00673000-", "limit_up"),
        (16, "    ", "reference_price"),
        (25, "x", "limit_down"),
        (34, "20241399", "last_traded_on"),
        (44, "X", "attention"),
        (50, "2", "short_below_reference"),
        (67, "0-5", "match_interval_minutes"),
        (82, "1e2", "prepay_percent"),
        (85, "?", "borrowed_below_reference"),
        (88, "Z", "day_trade"),
    ],
)
def test_it_refuses_a_field_that_is_not_as_the_format_has_it(at, value, column):
    reading = read(reader, put(at, value) + record(CALL))
    [reject] = reading.rejects
    assert (reject.place, reject.column) == (1, column)
    assert f"from byte {at}" in reject.why.en
    assert reading.places_with_rows == 1


def test_records_may_stand_one_a_line_in_big5_or_utf_8():
    lines = [PLAIN.ljust(95), CALL.ljust(96)]
    expected = read(reader, TPEX).rows
    assert read(reader, b"\r\n".join((record(PLAIN), record(CALL))) + b"\r\n").rows == expected
    assert read(reader, ("\ufeff" + "\n".join((lines[0], lines[1]))).encode()).rows == expected
    assert read(reader, TPEX + b"\r\n\x1a").rows == expected


def test_a_record_of_another_length_is_refused_and_the_others_are_kept():
    reading = read(reader, TPEX + b"6102  0000")
    assert [(reject.place, "10" in reject.why.en) for reject in reading.rejects] == [(3, True)]
    assert reading.places_with_rows == 2
    lines = read(reader, record(PLAIN) + b"\n\n" + record(CALL)[:-3] + b"\n")
    assert [place for place, _ in lines.skips] == [2]
    assert [reject.place for reject in lines.rejects] == [3]


def test_a_security_that_stands_twice_is_refused():
    [reject] = read(reader, TPEX + record(CALL)).rejects
    assert (reject.place, reject.column, reject.value) == (3, "symbol", "6101")
    assert "record 2" in reject.why.en


def test_a_name_that_is_no_big5_is_refused():
    [reject] = read(reader, put(51, "A")[:50] + b"\xff\xff" + put(51, "A")[52:] + record(CALL)).rejects
    assert reject.column == "name"


@pytest.mark.parametrize("written", ["2024-12-03", "113/12/03", "1131203"])
def test_the_trading_day_can_be_named(written):
    rows = read(reader, TPEX, trading_day=written).rows["securities"]
    assert {row["trading_day"] for row in rows} == {date(2024, 12, 3)}


def test_the_trading_day_follows_the_latest_trade_over_weekends_and_holidays():
    eve = put(34, "20240205") + put(34, "20240201", CALL)
    assert read(reader, eve).rows["securities"][0]["trading_day"] == date(2024, 2, 15)


@pytest.mark.parametrize(
    ("data", "settings"),
    [
        (TPEX, {"market": "otc"}),
        (TPEX, {"trading_day": "tomorrow"}),
        (put(34, "00000000"), {}),
        (put(34, "20991231"), {}),
    ],
)
def test_without_a_day_or_with_a_bad_setting_nothing_is_read(data, settings):
    reading = read(reader, data, **settings)
    assert not reading.rows
    assert "chahe.toml" in reading.rejects[0].why.en


def test_it_is_known_by_its_records_and_other_lines_of_100_are_not():
    for data in (TPEX, TWSE, TPEX * 300, b"\n".join((record(PLAIN), record(CALL)))):
        assert reader.recognise(Head("T30V.OTC", data[:65_536], whole=len(data) <= 65_536))
    assert reader.recognise(Head("T30", b"x" * 200, whole=True)) is None
    assert reader.recognise(Head("T30", record(PLAIN) + b"x" * 100, whole=True)) is None


def test_a_record_can_be_shown():
    assert reader.excerpt is not None
    assert "例示電子" in reader.excerpt(BytesIO(TPEX), 2, None)
    assert "檔案沒有第 3 筆" in reader.excerpt(BytesIO(TPEX), 3, None)
