"""Palo Alto's records in all their forms."""

import csv
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chahe.sources.firewall_logs.paloalto import reader
from chahe.sources.model import Head
from reading import Reading, read, shared_data

NINE = 1_795_309_200_000_000
"""2026-11-22 09:00 in Taipei."""
CLOCK = "2026/11/22 09:00:00"
HEAD = f"1,2026/11/22 09:00:01,0070510001,{{}},{CLOCK}"
PRECISE = "2026-11-22T09:00:00.443+08:00"


def traffic(**other: str) -> str:
    """A session's record as PAN-OS 11 writes it, with some of its values (`v30="drop"`) otherwise."""
    values = [""] * 117
    for position, value in {
        0: "1",
        1: "2026/11/22 09:00:01",
        2: "0070510001",
        3: "TRAFFIC",
        4: "end",
        5: "2817",
        6: CLOCK,
        7: "10.1.2.3",
        8: "192.0.2.7",
        11: "Internet out",
        12: "corp\\chen",
        13: "corp\\lin",
        14: "ssl",
        24: "50100",
        25: "443",
        29: "tcp",
        30: "allow",
        31: "5020",
        32: "920",
        33: "4100",
        52: "PA-Taipei",
        102: PRECISE,
    }.items():
        values[position] = value
    for name, value in other.items():
        values[int(name[1:])] = value
    return ",".join(values)


def placed(kind: str, **values: str) -> str:
    """A record of a type, from the values that stand at some positions."""
    filled = {0: "1", 1: "2026/11/22 09:00:01", 2: "0070510001", 3: kind, 6: CLOCK}
    filled |= {int(name[1:]): value for name, value in values.items()}
    return ",".join(filled.get(position, "") for position in range(max(filled) + 3))


def readings(*lines: str, **facts: str) -> Reading:
    return read(reader, "\n".join(lines).encode(), **facts)


def row(line: str, **facts: str) -> dict[str, object]:
    reading = readings(line, **facts)
    assert not reading.rejects
    return reading.rows["firewall_events"][0]


WHOLE = {
    "place": 1,
    "happened_at_us": NINE + 443_000,
    "device": "pa-taipei",
    "device_serial": "0070510001",
    "event_kind": "traffic",
    "action": "allow",
    "action_written": "allow",
    "source_address": "10.1.2.3",
    "source_port": 50100,
    "destination_address": "192.0.2.7",
    "destination_port": 443,
    "protocol": "tcp",
    "bytes_sent": 920,
    "bytes_received": 4100,
    "account": "chen",
    "rule": "Internet out",
    "event_code": "end",
}


def test_it_reads_a_session_whole() -> None:
    assert row(traffic()) == WHOLE


@pytest.mark.parametrize(
    "header",
    [
        "<14>",
        "<14>Nov 22 09:00:01 PA-1 ",
        "Nov 22 09:00:01 192.0.2.1 ",
        "<14>1 2026-11-22T09:00:01+08:00 PA-1 - - - - ",
        '<14>1 2026-11-22T09:00:01+08:00 PA-1 - - - [a@1 b="c, d"] ',
    ],
)
def test_a_syslog_header_changes_nothing(header: str) -> None:
    assert row(header + traffic()) == WHOLE


def test_the_logging_service_writes_the_same_places_and_utc() -> None:
    line = traffic(
        v1="2026-11-22T01:00:01.000000Z", v6="2026-11-22T01:00:00.000000Z", v102="2026-11-22T01:00:00.443000Z"
    )
    header = "Nov 22 01:00:02 relay-1 953 <142>1 2026-11-22T01:00:02.110Z stream-1 logforwarder - panwlogs - "
    assert row(line) == row(header + line) == WHOLE
    assert sureness(header + line) == 96


def test_older_releases_end_earlier() -> None:
    """PAN-OS 7 ends behind the action's source, 6 before the device's name."""
    seven = ",".join(traffic().split(",")[:54])
    six = ",".join(traffic().split(",")[:47])
    assert row(seven) == WHOLE | {"happened_at_us": NINE}
    assert row(f"<14>Nov 22 09:00:01 PA-1 {six}") == WHOLE | {"happened_at_us": NINE, "device": "pa-1"}


def test_a_quoted_value_may_hold_commas_and_quotes() -> None:
    assert row(traffic(v11='"a, b ""c"""'))["rule"] == 'a, b "c"'
    quoted = ",".join(f'"{value}"' for value in traffic().split(","))
    assert row(quoted) == WHOLE
    assert sureness(quoted) == 96
    assert row(traffic(v11='""', v12='"corp\\o,h"')) == {
        name: value for name, value in (WHOLE | {"account": "o,h"}).items() if name != "rule"
    }


def test_without_a_precise_time_the_generated_one_counts_in_the_zone() -> None:
    assert row(traffic(v102=""))["happened_at_us"] == NINE
    assert row(traffic(v102="1969-12-31T16:00:00.000-08:00"))["happened_at_us"] == NINE
    assert row(traffic(v102="n/a"))["happened_at_us"] == NINE
    assert row(traffic(v102="7253419119627122716"))["happened_at_us"] == NINE
    assert row(traffic(v102="", v6=""))["happened_at_us"] == NINE + 1_000_000


@pytest.mark.parametrize("written", ["2026/11/22 9:00", "2026/11/22 09:00:00", "11/22/26 9:00", "11/22/2026 9:00"])
def test_a_time_that_a_spreadsheet_wrote_back_is_read(written: str) -> None:
    assert row(traffic(v102="", v6=written))["happened_at_us"] == NINE


@pytest.mark.parametrize("written", ["2026/02/30 09:00:00", "22/11/2026 9:00", "2026/11/22", "soon"])
def test_it_rejects_a_time_that_cannot_be(written: str) -> None:
    (reject,) = readings(traffic(v102="", v6=written)).rejects
    assert (reject.place, reject.column, reject.value) == (1, "happened_at_us", written)


@pytest.mark.parametrize(
    ("written", "action"),
    [
        *((word, "allow") for word in ("allow", "alert", "continue", "override", "Allow")),
        *((word, "deny") for word in ("deny", "drop", "reset-both", "reset client", "block-url", "sinkhole")),
        ("wildfire-upload-fail", "other"),
    ],
)
def test_actions_let_through_or_refuse(written: str, action: str) -> None:
    one = row(traffic(v30=written))
    assert (one["action"], one["action_written"]) == (action, written)


def test_a_threat_has_its_number_and_device() -> None:
    one = row(
        placed("THREAT", v4="vulnerability", v7="10.1.2.3", v24="5", v30="drop", v32="Old attack(40015)", v59="PA-2")
    )
    assert (one["event_kind"], one["event_code"], one["device"], one["action"]) == (
        "threat",
        "40015",
        "pa-2",
        "deny",
    )
    assert "event_code" not in row(placed("THREAT", v4="url", v32="unknown"))


def test_a_change_is_told_with_or_without_its_details() -> None:
    plain = placed(
        "CONFIG", v7="10.1.2.9", v9="edit", v10="lin", v13="path", v15="0x0", v16="0", v21="PA-Taipei", v25=PRECISE
    )
    detailed = placed(
        "CONFIG", v7="10.1.2.9", v9="edit", v10="lin", v13="path", v17="0x0", v18="0", v23="PA-Taipei", v27=PRECISE
    )
    seven = placed("CONFIG", v7="10.1.2.9", v9="edit", v10="lin", v13="path", v15="0x0", v16="old", v23="PA-Taipei")
    wanted = {"event_kind": "admin", "action": "other", "action_written": "edit", "account": "lin"}
    for line in (plain, detailed, seven):
        one = row(line)
        assert wanted | {"device": "pa-taipei", "source_address": "10.1.2.9"} == {
            name: one[name] for name in (*wanted, "device", "source_address")
        }
    assert row(plain)["happened_at_us"] == row(detailed)["happened_at_us"] == NINE + 443_000


def test_globalprotect_is_remote_access() -> None:
    values = {"v8": "gateway-auth", "v9": "login", "v12": "corp\\lin", "v15": "192.0.2.9", "v28": "failure"}
    one = row(placed("GLOBALPROTECT", **values, v36=PRECISE, v47="PA-Taipei"))
    assert (one["event_kind"], one["event_code"], one["action"], one["account"], one["source_address"]) == (
        "vpn",
        "gateway-auth",
        "deny",
        "lin",
        "192.0.2.9",
    )
    assert (one["device"], one["happened_at_us"]) == ("pa-taipei", NINE + 443_000)
    early = f"1,2026/11/22 09:00:01,0070510001,81,0x0,GLOBALPROTECT,0,2305,{CLOCK},vsys1,gateway-auth,login,,,lin,TW,pc,192.0.2.9"
    assert row(early) == {
        "place": 1,
        "happened_at_us": NINE,
        "device": "0070510001",
        "device_serial": "0070510001",
        "event_kind": "vpn",
        "source_address": "192.0.2.9",
        "account": "lin",
        "event_code": "gateway-auth",
    }


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (placed("USERID", v4="login", v8="10.1.2.9", v9="corp\\lin", v25="PA"), ("system", "10.1.2.9", "lin")),
        (placed("AUTH", v8="10.1.2.9", v9="lin", v20="failed", v29="PA"), ("system", "10.1.2.9", "lin")),
        (placed("HIPMATCH", v7="corp\\lin", v11="10.1.2.9", v24="PA"), ("vpn", "10.1.2.9", "lin")),
        (placed("HIP-MATCH", v7="corp\\lin", v11="10.1.2.9", v24="PA"), ("vpn", "10.1.2.9", "lin")),
        (placed("IPTAG", v8="10.1.2.9", v10="Register", v23="PA"), ("system", "10.1.2.9", None)),
        (placed("CORRELATION", v7="10.1.2.9", v8="lin", v17="PA"), ("threat", "10.1.2.9", "lin")),
        (placed("DECRYPTION", v7="10.1.2.9", v12="lin", v96="PA"), ("traffic", "10.1.2.9", "lin")),
        (placed("TUNNEL", v7="10.1.2.9", v12="lin", v41="PA"), ("traffic", "10.1.2.9", "lin")),
        (placed("SCTP", v7="10.1.2.9", v30="sctp", v37="PA"), ("traffic", "10.1.2.9", None)),
        (placed("SOMETHING-NEW", v7="10.1.2.9"), ("system", None, None)),
    ],
)
def test_every_type_is_a_row_so_that_coverage_counts_it(line: str, told: tuple[str | None, ...]) -> None:
    one = row(line)
    assert (one["event_kind"], one.get("source_address"), one.get("account")) == told
    assert one["happened_at_us"] == NINE
    assert one["device"] == ("0070510001" if "NEW" in line else "pa")


def test_port_0_is_none_where_the_protocol_has_no_ports() -> None:
    one = row(traffic(v24="0", v25="0", v29="icmp"))
    assert ("source_port" in one, "destination_port" in one, one["protocol"]) == (False, False, "icmp")
    assert row(traffic(v25="0"))["destination_port"] == 0


def test_a_destinations_user_counts_where_the_source_has_none() -> None:
    assert row(traffic(v12=""))["account"] == "lin"
    assert row(traffic(v12="chen@corp.example"))["account"] == "chen"


def test_the_setting_names_a_device_that_the_record_does_not() -> None:
    nameless = traffic(v52="")
    assert row(nameless, device="PA-Tainan")["device"] == "pa-tainan"
    assert row(nameless)["device"] == "0070510001"
    assert row(f"<14>Nov 22 09:00:01 PA-1 {nameless}")["device"] == "pa-1"
    assert row(traffic(), device="PA-Tainan")["device"] == "pa-taipei"


@pytest.mark.parametrize(
    ("position", "value", "column"),
    [
        ("v24", "50x00", "source_port"),
        ("v25", "70000", "destination_port"),
        ("v32", "-1", "bytes_sent"),
        ("v33", "1.5", "bytes_received"),
    ],
)
def test_it_rejects_a_number_that_is_none(position: str, value: str, column: str) -> None:
    (reject,) = readings(traffic(**{position: value})).rejects
    assert (reject.column, reject.value) == (column, value)


def test_it_rejects_a_line_cut_within_quotes() -> None:
    reading = readings(traffic(), placed("SYSTEM", v4="general", v14='"Port ethern'), traffic())
    assert [reject.place for reject in reading.rejects] == [2]
    assert "截斷" in reading.rejects[0].why.zh


def test_blank_lines_and_headings_are_skipped_and_strangers_rejected() -> None:
    heading = "Domain,Receive Time,Serial #,Type,Threat/Content Type,Config Version,Generate Time,Source address"
    stranger = "Nov 22 09:00:00 host sshd[1]: Failed password, then {nothing}"
    reading = readings(heading, traffic(), "", "  ", stranger, '{"LogType": "x"}', traffic())
    assert [place for place, _ in reading.skips] == [1, 3, 4]
    assert len(readings(",".join(f'"{word}"' for word in heading.split(","))).skips) == 1
    assert [(reject.place, reject.value) for reject in reading.rejects] == [(5, stranger), (6, '{"LogType": "x"}')]


def test_a_list_in_another_order_is_a_strangers() -> None:
    custom = "0070510001,2026/11/22 09:00:00,TRAFFIC,end,allow,10.1.2.3,192.0.2.7"
    reading = readings(traffic(), custom)
    assert [(reject.place, reject.column) for reject in reading.rejects] == [(2, None)]
    assert sureness(custom) == 0


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from([traffic(), "x", "", '{"LogType":"A"', "CEF:0|Palo Alto Networks|", ',"', traffic()[:300]])
    )
)
def test_it_loses_no_line_of_a_mixture(lines: list[str]) -> None:
    readings(*lines)


def test_every_sample_of_the_relay_gives_the_facts_it_holds() -> None:
    source = shared_data("firewall_logs", "sekoia", "paloalto_ngfw.lines.log")
    reading = read(reader, source.read_bytes())
    assert (reading.units, len(reading.skips)) == (55, 0)
    # Source port 130000.
    assert [(reject.place, reject.column) for reject in reading.rejects] == [(54, "source_port")]
    rows = {one["place"]: one for one in reading.rows["firewall_events"]}
    truth = csv.DictReader(source.with_name("paloalto_ngfw.truth.tsv").read_text().splitlines(), delimiter="\t")
    different = {
        (int(line["line"]), ours)
        for line in truth
        if int(line["line"]) in rows
        for ours, theirs in COMPARED.items()
        if not agrees(rows[int(line["line"])], ours, line[theirs])
    }
    assert different == OTHERWISE


COMPARED = {
    "happened_at_us": "timestamp",
    "device": "device",
    "source_address": "src_ip",
    "source_port": "src_port",
    "destination_address": "dst_ip",
    "destination_port": "dst_port",
    "action_written": "action",
    "bytes_sent": "src_bytes",
    "bytes_received": "dst_bytes",
    "account": "user",
}
OTHERWISE = {
    # Times without a zone: theirs are taken as UTC, ours are Taipei's. 4: theirs is when it was received. 24: the precise one.
    *((place, "happened_at_us") for place in (4, 9, 24, 52)),
    # When the logging service generated the record precisely; theirs is the rounded one (47), or the time of receipt (53).
    *((place, "happened_at_us") for place in (44, 47, 53)),
    # A computer's name or serial number is not the firewall's.
    *((place, "device") for place in (3, 4)),
    # Whether a GlobalProtect event succeeded is what was done; what event it was is its code.
    *((place, "action_written") for place in (3, 4, 30)),
    (3, "source_address"),
    # A sign-in told in JSON as it is in CSV.
    (49, "action_written"),
    # The server asked for an authentication is no destination.
    *((place, "destination_address") for place in (11, 12, 13, 14, 17, 18, 23, 36, 37, 38)),
    # The firewall's own lease is no source.
    (20, "source_address"),
    # `out` of CEF is what the source sent (as PanOSPacketsSent says); theirs takes `in`. 45, 46: 0 bytes are not none.
    *((place, column) for place in (53,) for column in ("bytes_sent", "bytes_received")),
    *((place, "bytes_received") for place in (45, 46)),
    # Accounts without their domain; theirs keeps it (30), the full stop of the sentence (37), or drops the account (28, 55).
    *((place, "account") for place in (28, 30, 37, 55)),
}


def agrees(one: dict[str, object], column: str, theirs: str) -> bool:
    value = one.get(column)
    if column == "happened_at_us":
        assert isinstance(value, int)
        moment = datetime.fromisoformat(theirs)
        ours = datetime.fromtimestamp(value // 1_000_000, UTC).replace(microsecond=value % 1_000_000)
        return ours == moment or ours.replace(microsecond=0) == moment
    if column == "device" and theirs.lower() == one.get("device_serial"):
        return True
    return str("" if value is None else value).lower() == theirs.lower()


def sureness(text: str) -> int:
    match = reader.recognise(Head("x.log", text.encode(), whole=True))
    return match.sureness if match else 0


def test_it_knows_its_files() -> None:
    assert sureness(traffic()) == 96
    assert sureness(f"<14>Nov 22 09:00:01 PA-1 {traffic()}") == 96
    assert sureness("CEF:0|Palo Alto Networks|LF|2.0|TRAFFIC|end|3|src=10.1.2.3") == 96
    assert sureness("CEF:0|Fortinet|Fortigate|v7|1|x|3|act=deny") == 0
    assert sureness("Nov 22 09:00:00 host sshd[1]: hello, you") == 0
    assert sureness(f"{traffic()}\na") == 96
    assert sureness(f"{traffic()}\na\nb\nc") == 0
    assert sureness("") == 0


def test_json_that_quotes_a_record_is_no_log() -> None:
    for name in ("tcp_allow_csv.json", "test_traffic_event_1_json.json", "userid_cef.json"):
        path = shared_data("firewall_logs", "sekoia", "paloalto_ngfw", name)
        assert reader.recognise(Head(name, path.read_bytes()[: 64 << 10], whole=True)) is None
