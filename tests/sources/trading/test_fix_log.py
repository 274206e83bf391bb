"""FIX logs as evidence: orders and fills, whatever the log's shape."""

import json
import re
from collections import Counter
from decimal import Decimal

import pytest

from chahe.sources.model import Head
from chahe.sources.trading.fix_log import reader
from fix_message import FILL, ORDER, fill, message, order
from reading import read, shared_data

MARKS = ["\x01", "^A", "<SOH>", "|", ";", "^", " ", ",", "\t"]
SENT = 1_772_587_425_118_000


def orders(data: bytes, **settings: str) -> list[dict[str, object]]:
    reading = read(reader, data, **settings)
    assert not reading.rejects
    return reading.rows.get("orders", [])


@pytest.mark.parametrize("mark", MARKS)
def test_a_new_order_is_a_row_however_its_fields_are_parted(mark):
    assert orders(order(mark)) == [
        {
            "place": 1,
            "logged_at_us": SENT,
            "session": "DESK>FIRM",
            "event": "new",
            "order_id": "A1",
            "account": "98001",
            "symbol": "2330",
            "side": "buy",
            "order_type": "limit",
            "time_in_force": "rod",
            "price": Decimal("612.5"),
            "quantity": 1000,
        }
    ]


@pytest.mark.parametrize("version", ["FIX.4.2", "FIX.4.3", "FIX.4.4", "FIX.5.0", "FIXT.1.1"])
def test_every_version_is_read(version):
    assert len(orders(message("D", ORDER, version=version) + b"\n")) == 1


@pytest.mark.parametrize(("kind", "event"), [("G", "replace"), ("F", "cancel")])
def test_replacements_and_cancellations_name_the_order_before(kind, event):
    [row] = orders(message(kind, ORDER | {"41": "A0", "59": None}))
    assert (row["event"], row["original_order_id"]) == (event, "A0")
    assert row.get("time_in_force") == ("rod" if kind == "G" else None)


@pytest.mark.parametrize(
    ("tag", "value", "column", "expected"),
    [
        ("t54", "5", "side", "sell"),
        ("t54", "8", "side", None),
        ("t40", "1", "order_type", "market"),
        ("t40", "P", "order_type", "other"),
        ("t59", None, "time_in_force", "rod"),
        ("t59", "3", "time_in_force", "ioc"),
        ("t59", "4", "time_in_force", "fok"),
        ("t59", "1", "time_in_force", "other"),
        ("t44", None, "price", None),
        ("t44", "95.00000000", "price", Decimal(95)),
        ("t44", "-0.0500", "price", Decimal("-0.05")),
        ("t38", "1000.00", "quantity", 1000),
        ("t38", None, "quantity", None),
        ("t1", None, "account", None),
        ("t1", "王小明", "account", "王小明"),
        ("t52", "20260304-01:23:45", "logged_at_us", SENT - 118_000),
        ("t52", "20260304-01:23:45.118999888", "logged_at_us", SENT + 999),
        ("t52", "20260304-01:22:60.5", "logged_at_us", 1_772_587_380_500_000),
    ],
)
def test_values_are_read_as_fix_means_them(tag, value, column, expected):
    assert orders(order(**{tag: value}))[0].get(column) == expected


@pytest.mark.parametrize(
    ("tag", "value", "column"),
    [
        ("t38", "1_000", "quantity"),
        ("t38", "-5", "quantity"),
        ("t38", "10.5", "quantity"),
        ("t38", "１０", "quantity"),
        ("t38", "9223372036854775808", "quantity"),
        ("t38", "", "quantity"),
        ("t44", "NaN", "price"),
        ("t44", "1e5", "price"),
        ("t44", ".", "price"),
        ("t44", "1.23456", "price"),
        ("t44", "100000000000000", "price"),
        ("t54", "X", "side"),
        ("t54", "11", "side"),
        ("t40", "", "order_type"),
        ("t52", "20261304-01:23:45", "logged_at_us"),
        ("t52", "20260304-24:23:45", "logged_at_us"),
        ("t52", "2026-03-04 01:23:45", "logged_at_us"),
        ("t52", "20260304-01:23:45.", "logged_at_us"),
        ("t52", None, "logged_at_us"),
        ("t11", None, "order_id"),
        ("t11", "", "order_id"),
        ("t49", None, "session"),
    ],
)
def test_it_refuses_a_value_that_fix_does_not_allow(tag, value, column):
    [reject] = read(reader, order(**{tag: value})).rejects
    assert reject.column == column
    assert f"tag {tag[1:]}" in reject.why.en


def test_a_fill_is_an_execution():
    assert read(reader, fill()).rows["executions"] == [
        {
            "place": 1,
            "executed_at_us": 1_772_587_426_000_000,
            "session": "DESK>FIRM",
            "execution_id": "X1",
            "event": "fill",
            "order_id": "A1",
            "symbol": "2330",
            "side": "sell",
            "last_price": Decimal("612.5"),
            "last_quantity": 500,
        }
    ]


def test_a_fill_without_its_time_takes_the_time_of_the_report():
    assert read(reader, fill(t60=None)).rows["executions"][0]["executed_at_us"] == SENT


@pytest.mark.parametrize(("exec_type", "transaction"), [("1", "0"), ("2", "0"), ("2", None)])
def test_fix_42_reports_fills_by_other_codes(exec_type, transaction):
    data = message("8", FILL | {"150": exec_type, "20": transaction}, version="FIX.4.2")
    assert len(read(reader, data).rows["executions"]) == 1


@pytest.mark.parametrize(
    ("exec_type", "transaction", "says"),
    [
        ("0", None, "was accepted"),
        ("A", None, "is being accepted"),
        ("4", None, "was cancelled"),
        ("5", None, "was replaced"),
        ("8", None, "was rejected"),
        ("Z", None, "150=Z"),
        ("2", "3", "no fill of its own"),
    ],
)
def test_other_reports_are_skipped_by_what_they_report(exec_type, transaction, says):
    reading = read(reader, fill(t150=exec_type, t20=transaction, t31=None, t32=None))
    assert says in reading.skips[0][1].en
    assert "no fill" in reading.skips[0][1].en


@pytest.mark.parametrize(
    ("exec_type", "transaction", "event"),
    [("G", None, "correct"), ("H", None, "cancel"), ("2", "1", "cancel"), ("1", "2", "correct"), ("F", "1", "cancel")],
)
def test_corrections_and_cancellations_of_fills_are_rows_that_name_the_fill(exec_type, transaction, event):
    data = fill(t17="X2", t19="X1", t150=exec_type, t20=transaction)
    [row] = read(reader, data).rows["executions"]
    assert (row["event"], row["execution_id"], row["original_execution_id"]) == (event, "X2", "X1")
    [bare] = read(reader, fill(t150=exec_type, t20=transaction, t31=None, t32=None)).rows["executions"]
    assert not {"last_price", "last_quantity"} & bare.keys()


@pytest.mark.parametrize("exec_type", ["1", "2"])
def test_a_fill_by_the_old_codes_without_price_shares_or_status_is_none(exec_type):
    unfilled = {"t150": exec_type, "t31": None, "t32": None}
    [(_, why)] = read(reader, fill(**unfilled, t39="0")).skips
    assert "neither price nor shares" in why.en
    [reject] = read(reader, fill(**unfilled, t39="2")).rejects
    assert "tag 31" in reject.why.en


def test_fix_40_tells_fills_by_the_orders_status():
    old = FILL | {"150": None, "39": "2"}
    assert len(read(reader, message("8", old, version="FIX.4.0")).rows["executions"]) == 1
    assert len(read(reader, message("8", old | {"39": "0"}, version="FIX.4.0")).skips) == 1
    assert len(read(reader, message("8", old, version="FIX.4.1")).rejects) == 1


@pytest.mark.parametrize("tag", ["17", "31", "32", "150"])
def test_a_fill_that_lacks_a_part_is_rejected(tag):
    [reject] = read(reader, fill(**{f"t{tag}": None})).rejects
    assert f"tag {tag}" in reject.why.en


@pytest.mark.parametrize("tag", ["11", "55", "38", "52", "49"])
def test_it_rejects_a_repeated_tag(tag):
    data = message("D", ORDER, extra=f"{tag}=1\x01")
    [reject] = read(reader, data).rejects
    assert f"tag {tag} stands 2 times" in reject.why.en


def test_tags_of_repeating_groups_repeat():
    assert len(orders(message("D", ORDER, extra="453=2\x01448=A\x01447=D\x01448=B\x01447=D\x01"))) == 1


def test_the_leg_follows_the_exchanges_name_or_the_setting():
    data = order() + b"\n" + order(t56="TWSE") + b"\n"
    assert [row.get("leg") for row in orders(data)] == [None, None]
    rows = orders(data, exchange_comp_id="TPEX, TWSE", leg="customer")
    assert [row["leg"] for row in rows] == ["customer", "exchange"]
    assert [row.get("sent_at_us") for row in rows] == [None, SENT]


@pytest.mark.parametrize(
    ("prefix", "zone", "offset"),
    [
        ("20260304-09:23:45.120 IN ", None, 2_000),
        ("2026-03-04 01:23:45,120_648 [7] (INFO) Receiving : ", "UTC", 2_648),
        ("2026-03-04T01:23:45.120Z ", None, 2_000),
        ("2026-03-04T10:23:45.12+09:00 ", None, 2_000),
        ("<20260304-09:23:46, FIX.4.4:DESK->FIRM, incoming> (", None, 882_000),
    ],
)
def test_receipt_from_a_customer_is_the_time_of_the_log_line(prefix, zone, offset):
    settings = {"leg": "customer"} | ({"log_zone": zone} if zone else {})
    [row] = orders(prefix.encode() + order() + b")\r\n", **settings)
    assert row["received_at_us"] == SENT + offset


def test_without_a_line_time_receipt_stays_unknown():
    for data in (order(), b"9999 IN " + order(), b"2026-02-30 01:00:00 " + order()):
        assert "received_at_us" not in orders(data, leg="customer")[0]
    assert "received_at_us" not in orders(b"20260304-09:23:45 " + order(), leg="exchange")[0]


def test_receipt_may_stand_in_a_tag_of_the_firms_own():
    data = order(t9001="20260304-01:23:44.000001") + b"\n" + order() + b"\n"
    first, second = orders(data, received_tag="9001", exchange_comp_id="FIRM")
    assert first["received_at_us"] == 1_772_587_424_000_001
    assert "received_at_us" not in second
    [reject] = read(reader, order(t9001="noon"), received_tag="9001").rejects
    assert reject.column == "received_at_us"


@pytest.mark.parametrize(
    "settings",
    [
        {"leg": "both"},
        {"trading_unit": "0"},
        {"trading_unit": "1k"},
        {"received_tag": "x"},
        {"received_tag": "１"},
        {"log_zone": "Mars"},
        {"log_zone": "../x"},
    ],
)
def test_a_setting_that_is_none_makes_the_log_unreadable(settings):
    [reject] = read(reader, order(), **settings).rejects
    assert "chahe.toml" in reject.why.zh or "時區" in reject.why.zh


def test_a_message_sent_again_is_read_once():
    again = order(t43="Y")
    reading = read(reader, order() + b"\n" + again + b"\n" + order(t34="8", t11="A2", t43="Y") + b"\n")
    assert [row["order_id"] for row in reading.rows["orders"]] == ["A1", "A2"]
    assert "sent again" in reading.skips[0][1].en


def test_a_sequence_number_used_anew_is_another_message():
    reading = read(reader, order() + b"\n" + order(t11="B1") + b"\n" + order(t11="A1", t43="Y") + b"\n")
    assert [row["order_id"] for row in reading.rows["orders"]] == ["A1", "B1", "A1"]


def test_a_line_of_several_messages_holds_the_rows_of_all():
    reading = read(reader, order() + fill() + message("0", {}) + b"\n")
    assert (len(reading.rows["orders"]), len(reading.rows["executions"]), reading.units) == (1, 1, 1)
    broken = order() + order().replace(b"2330", b"2331") + b"\n"
    assert len(read(reader, broken).rejects) == 1


@pytest.mark.parametrize("kind", ["0", "1", "2", "3", "4", "5", "A", "9", "j", "W", "AE"])
def test_messages_about_neither_are_skipped_by_name(kind):
    [(_, why)] = read(reader, message(kind, {})).skips
    assert f"35={kind}" in why.en


@pytest.mark.parametrize("kind", ["AB", "AC", "s", "t", "u", "q"])
def test_messages_that_hold_orders_otherwise_are_rejected(kind):
    [reject] = read(reader, message(kind, {})).rejects
    assert f"35={kind}" in reject.why.en


def test_lines_without_a_message_are_skipped():
    reading = read(reader, b"session created\n\n18=FIX.4.4|9=5|\n")
    assert (reading.units, len(reading.skips)) == (3, 3)


SAMPLES = {
    "20200105.txt": (1, 0, 0, 0),
    "FIXT.1.1-EXEC-BANZAI.messages.log": (45, 0, 49, 2),
    "Montran_order_messages.log": (2, 2, 14, 0),
    "Test_UserDefined.log": (1, 2, 13, 5),
    "UDFinNestedGroups.txt": (0, 0, 0, 1),
    "delimitertest.log": (3, 0, 5, 1),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_the_samples_are_read(name):
    data = shared_data("fix", "fix-log-to-orchestra", "test", "logs", name).read_bytes()
    assert reader.recognise(Head(name, data, whole=True)).sureness == 95
    reading = read(reader, data)
    counts = (len(reading.rows.get("orders", ())), len(reading.rows.get("executions", ())))
    assert (*counts, len(reading.skips), len(reading.rejects)) == SAMPLES[name]


# The truth leaves out messages parted by `^`, and counts one that has no end: two samples are not compared.
@pytest.mark.parametrize("name", sorted(SAMPLES.keys() - {"delimitertest.log", "UDFinNestedGroups.txt"}))
def test_the_samples_agree_with_their_counts(name):
    folder = shared_data("fix")
    data = (folder / "fix-log-to-orchestra" / "test" / "logs" / name).read_bytes()
    counts = json.loads((folder / "counts.json").read_text())
    truth = next(value for key, value in counts.items() if key.endswith(name))
    reading = read(reader, data)
    places = Counter(row["place"] for row in reading.rows.get("orders", ()))
    lists = [place for place, count in places.items() if count > 1]
    single = [place for place, count in places.items() if count == 1]
    skipped = Counter(found[1] for _, why in reading.skips if (found := re.search(r"35=(\w+)", why.en)))
    garbled = [reject for reject in reading.rejects if "damaged" in reject.why.en]
    assert (
        len(single) + len(lists) + len(reading.rows.get("executions", ())) + skipped.total() + len(reading.rejects)
        == truth["messages"]
    )
    assert len(lists) == truth["msg_types"].get("E", 0)
    assert len(single) <= truth["msg_types"]["D"]
    for kind in ("A", "5", "k"):
        assert skipped[kind] == truth["msg_types"].get(kind, 0)
    if "|" not in data.decode("latin-1"):
        assert len(garbled) == truth["messages"] - truth["checksum_ok"]
