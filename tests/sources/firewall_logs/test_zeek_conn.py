"""Zeek's connection logs, in its own form and in JSON."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chahe.sources.firewall_logs.zeek_conn import reader
from chahe.sources.model import Head
from reading import Reading, read

NINE = 1_795_309_200_000_000
"""2026-11-22 09:00 in Taipei."""
FIELDS = [
    "ts",
    "uid",
    "id.orig_h",
    "id.orig_p",
    "id.resp_h",
    "id.resp_p",
    "proto",
    "service",
    "duration",
    "orig_bytes",
    "resp_bytes",
    "conn_state",
    "local_orig",
]
VALUES = [
    "1795309200.486539",
    "CHhAvV",
    "10.1.2.3",
    "50100",
    "192.0.2.7",
    "443",
    "tcp",
    "ssl",
    "0.163820",
    "920",
    "4100",
    "SF",
    "T",
]
WHOLE = {
    "place": 5,
    "happened_at_us": NINE + 486_539,
    "event_kind": "traffic",
    "action": "allow",
    "action_written": "SF",
    "source_address": "10.1.2.3",
    "source_port": 50100,
    "destination_address": "192.0.2.7",
    "destination_port": 443,
    "protocol": "tcp",
    "bytes_sent": 920,
    "bytes_received": 4100,
}


def heading(fields: list[str] = FIELDS, separator: str = "\t", path: str = "conn", unset: str = "-") -> list[str]:
    return [
        f"#separator \\x{ord(separator):02x}",
        f"#unset_field{separator}{unset}",
        f"#path{separator}{path}",
        separator.join(["#fields", *fields]),
    ]


def line(separator: str = "\t", **values: str) -> str:
    told = dict(zip(FIELDS, VALUES, strict=True)) | {name.replace("__", "."): value for name, value in values.items()}
    return separator.join(told.values())


def readings(*lines: str, **facts: str) -> Reading:
    return read(reader, "\n".join(lines).encode(), **facts)


def row(*lines: str, **facts: str) -> dict[str, object]:
    reading = readings(*lines, **facts)
    assert not reading.rejects
    return reading.rows["firewall_events"][0]


def test_it_reads_a_connection_whole() -> None:
    assert row(*heading(), line()) == WHOLE
    assert row(*heading(), line(), device="Z-1") == WHOLE | {"device": "z-1"}


def test_the_headings_say_which_column_is_which() -> None:
    turned = list(reversed(FIELDS))
    assert row(*heading(turned), "\t".join(reversed(VALUES))) == WHOLE


@pytest.mark.parametrize("separator", [",", "|", " "])
def test_the_headings_say_what_parts_the_values(separator: str) -> None:
    assert row(*heading(separator=separator), line(separator)) == WHOLE


def test_the_headings_say_what_stands_for_no_value() -> None:
    one = row(*heading(unset="NIL"), line(orig_bytes="NIL", resp_bytes="(empty)", conn_state="NIL"))
    assert one == {
        name: value
        for name, value in WHOLE.items()
        if name not in ("bytes_sent", "bytes_received", "action", "action_written")
    }


def test_later_headings_hold_for_the_lines_behind_them() -> None:
    turned = list(reversed(FIELDS))
    reading = readings(
        *(*heading(), line(), "#close\t2026-11-22-10-00-00"),
        *(*heading(turned, separator=","), ",".join(reversed(VALUES))),
        *(*heading(["ts", "query"], path="dns"), "1795309200.5\texample"),
        *("#fields\t" + "\t".join(FIELDS), "#path\tconn", line()),
    )
    assert reading.rows["firewall_events"] == [WHOLE | {"place": place} for place in (5, 11, 19)]
    assert [place for place, why in reading.skips if "another log" in why.en] == [16]
    assert not reading.rejects


def test_lines_in_front_of_the_headings_are_rejected() -> None:
    reading = readings(line(), *heading(), line())
    assert [(reject.place, reject.why.zh[:10]) for reject in reading.rejects] == [(1, "這一行之前沒有 #f")]


def test_headings_hold_across_all_chunks_of_a_long_file() -> None:
    lines = [line(duration="1" * 400, ts=f"{1_795_309_200 + number}.0") for number in range(40_000)]
    data = "\n".join([*heading(), *lines]).encode()
    assert len(data) > 2 * (8 << 20)
    reading = read(reader, data)
    assert (len(reading.rows["firewall_events"]), len(reading.rejects), len(reading.skips)) == (40_000, 0, 4)
    assert reading.rows["firewall_events"][-1]["happened_at_us"] == NINE + 39_999_000_000


def thing(**values: object) -> str:
    told: dict[str, object] = {
        "ts": 1795309200.486539,
        "uid": "CHhAvV",
        "id.orig_h": "10.1.2.3",
        "id.orig_p": 50100,
        "id.resp_h": "192.0.2.7",
        "id.resp_p": 443,
        "proto": "tcp",
        "orig_bytes": 920,
        "resp_bytes": 4100,
        "conn_state": "SF",
    }
    return json.dumps(told | values)


@pytest.mark.parametrize(
    "text",
    [
        thing(),
        thing().replace(" ", ""),
        thing().replace("id.", "id_"),
        thing(ts="2026-11-22T01:00:00.486539Z", _path="conn"),
        thing(_path="conn_long", tags=["a", {"conn_state": "S0"}]),
    ],
)
def test_json_is_read_without_headings(text: str) -> None:
    assert row(text) == WHOLE | {"place": 1}


def test_corelights_sensors_name_themselves() -> None:
    assert row(thing(_system_name="Sensor-1"), device="Z-1")["device"] == "sensor-1"


def test_both_forms_may_be_mixed() -> None:
    reading = readings(thing(), *heading(), line(), thing(orig_bytes=None), "", line())
    places = {one["place"]: one.get("bytes_sent") for one in reading.rows["firewall_events"]}
    assert places == {1: 920, 6: 920, 7: None, 9: 920}
    assert not reading.rejects


@pytest.mark.parametrize(
    ("state", "action"),
    [*((state, "allow") for state in ("SF", "S1", "RSTO", "RSTR")), ("REJ", "deny"), ("S0", "other"), ("OTH", "other")],
)
def test_the_state_says_whether_both_sides_spoke(state: str, action: str) -> None:
    one = row(*heading(), line(conn_state=state))
    assert (one["action"], one["action_written"]) == (action, state)


def test_type_and_code_of_icmp_are_no_ports() -> None:
    one = row(*heading(), line(proto="icmp", id__orig_p="8", id__resp_p="0"))
    assert ("source_port" in one, "destination_port" in one, one["protocol"]) == (False, False, "icmp")


def test_a_protocol_without_a_name_has_its_number() -> None:
    assert row(thing(proto="unknown_transport", ip_proto=47))["protocol"] == "gre"
    assert row(thing(proto="unknown_transport", ip_proto=253))["protocol"] == "253"
    assert "protocol" not in row(thing(proto="unknown_transport"))


def test_a_byte_order_mark_is_no_part_of_the_first_line() -> None:
    assert row("\ufeff" + heading()[0], *heading()[1:], line()) == WHOLE
    assert row("\ufeff" + thing()) == WHOLE | {"place": 1}


def test_other_logs_of_zeek_are_skipped() -> None:
    reading = readings(thing(_path="dns"), '{"ts":1795309200.5,"uid":"C","id.orig_h":"10.1.2.3","query":"a"}')
    assert [why.zh for _, why in reading.skips] == ["Zeek 的其他紀錄（不是連線紀錄 conn）"] * 2


@pytest.mark.parametrize(
    ("values", "column", "value"),
    [
        ({"id__orig_p": "50x"}, "source_port", "50x"),
        ({"id__resp_p": "70000"}, "destination_port", "70000"),
        ({"orig_bytes": "-1"}, "bytes_sent", "-1"),
        ({"resp_bytes": "1.5"}, "bytes_received", "1.5"),
        ({"ts": "soon"}, "happened_at_us", "soon"),
    ],
)
def test_it_rejects_what_cannot_be(values: dict[str, str], column: str, value: str) -> None:
    (reject,) = readings(*heading(), line(**values)).rejects
    assert (reject.place, reject.column, reject.value) == (5, column, value)


def test_it_rejects_what_is_not_whole() -> None:
    reading = readings(*heading(), line()[:30], thing()[:80], '{"a": 1}', "hello")
    assert [(reject.place, reject.why.en[:16]) for reject in reading.rejects] == [
        (place, "the connection's") for place in (5, 6, 7, 8)
    ]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from([*heading(), line(), thing(), "", "#", "#fields", "#separator ", "#separator \\x2c", "#path,a"])
    )
)
def test_it_loses_no_line_of_a_mixture(lines: list[str]) -> None:
    readings(*lines)


def test_it_knows_its_files() -> None:
    def sureness(text: str) -> int:
        match = reader.recognise(Head("x.log", text.encode(), whole=True))
        return match.sureness if match else 0

    assert sureness("\n".join([*heading(), line()])) == 97
    assert sureness("\n".join(heading(["ts", "query"]))) == 0
    assert sureness(f"{thing()}\n{thing()}\nx") == 96
    assert sureness('{"ts":1,"id.orig_h":"a","id.resp_h":"b","query":"c"}') == 0
    assert sureness("# a comment\nline") == sureness("") == 0
