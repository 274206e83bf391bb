"""Check Point's records in every form they come in."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from relay_truth import differences, relay_reading

from chahe.sources.firewall_logs.checkpoint import reader
from chahe.sources.model import Head
from reading import Reading, read, shared_data

NINE = 1_795_309_200_000_000
"""2026-11-22 09:00 in Taipei."""
BRACKETS = (
    '[action:"Accept"; ifdir:"inbound"; origin:"10.1.1.1"; originsicname:"CN=FW1,O=mgmt1.example.k3xyz"; time:"1795309200"; '
    'dst:"192.0.2.7"; product:"VPN-1 & FireWall-1"; proto:"6"; received_bytes:"4100"; rule:"7"; rule_name:"web out"; '
    's_port:"50100"; sent_bytes:"920"; service:"443"; src:"10.1.2.3"; src_user_name:"Chen Mei (mei)"; ]'
)
EXPORTED = f"<134>1 2026-11-22T02:00:00Z mgmt1 CheckPoint 13752 - {BRACKETS}"
BARS = (
    "time=1795309200|hostname=mgmt1|product=VPN-1 & FireWall-1|action=Accept|origin=10.1.1.1|originsicname=CN\\=FW1,O\\=x|"
    "dst=192.0.2.7|proto=6|rule_name=web out|s_port=50100|sent_bytes=920|received_bytes=4100|service=443|src=10.1.2.3|user=Chen Mei (mei)|"
)
OBJECT = (
    '{"action":"Accept","ifdir":"inbound","loguid":"{0x6a1,0x0,0xa,0xc}","origin":"10.1.1.1","originsicname":"CN=FW1,O=mgmt1",'
    '"time":"1795309200","dst":"192.0.2.7","product":"VPN-1 & FireWall-1","proto":"6","rule_name":"web out","s_port":"50100",'
    '"service":"443","src":"10.1.2.3","user":"Chen Mei (mei)","sent_bytes":"920","received_bytes":"4100"}'
)
TOLD = (
    "22Nov2026  9:00:00 accept FW1 >eth0 inzone: Internal; rule: 7; rule_name: web out; service_id: https; src: 10.1.2.3; "
    "dst: 192.0.2.7; proto: tcp; user: Chen Mei (mei); product: VPN-1 & FireWall-1; service: https; s_port: 50100; "
    "sent_bytes: 920; received_bytes: 4100;"
)
KEYED = (
    "HeaderDateHour: 22Nov2026 9:00:00; ContentVersion: 5; Action: accept; Origin: FW1; IfDir: <; InterfaceName: eth0; "
    "src: 10.1.2.3; dst: 192.0.2.7; proto: tcp; UP_action_table: TABLE_START; ROW_START: 0; action: 0; ROW_END: 0; "
    "ProductName: VPN-1 & FireWall-1; svc: https; sport_svc: 50100; rule_name: web out; user: Chen Mei (mei); "
    "sent_bytes: 920; received_bytes: 4100; ProductFamily: ;"
)
LISTED = (
    '"22" "22Nov2026" "09:00:00" "eth0" "FW1" "Log" "Accept" "443" "50100" "10.1.2.3" "192.0.2.7" "tcp" "7" "web out" '
    '"7-Standard" "Chen Mei (mei)" "inzone: Internal" "VPN-1 & FireWall-1" "" ""'
)
CEF = (
    "CEF:0|Check Point|VPN-1 & FireWall-1|Check Point|Log|https|Unknown|act=Accept rt=1795309200000 spt=50100 dpt=443 "
    "cs2Label=Rule Name cs2=web out origin=10.1.1.1 originsicname=CN\\=FW1,O\\=x src=10.1.2.3 dst=192.0.2.7 proto=6 "
    "suser=Chen Mei (mei) out=920 in=4100"
)
LEEF = (
    "LEEF:2.0|Check Point|VPN-1 & FireWall-1|1.0|Accept|devTime=1795309200\tsrcPort=50100\taction=Accept\torigin=10.1.1.1\t"
    "originsicname=CN=FW1,O=x\tdst=192.0.2.7\tproto=6\trule_name=web out\tdstPort=443\tsrc=10.1.2.3\tusrName=Chen Mei (mei)\t"
    "srcBytes=920\tdstBytes=4100"
)
SESSION = {
    "place": 1,
    "happened_at_us": NINE,
    "device": "fw1",
    "event_kind": "traffic",
    "action": "allow",
    "action_written": "Accept",
    "source_address": "10.1.2.3",
    "source_port": 50100,
    "destination_address": "192.0.2.7",
    "destination_port": 443,
    "protocol": "tcp",
    "bytes_sent": 920,
    "bytes_received": 4100,
    "account": "chen mei (mei)",
    "rule": "web out",
}


def readings(*lines: str, **facts: str) -> Reading:
    return read(reader, "\n".join(lines).encode(), **facts)


def row(line: str, **facts: str) -> dict[str, object]:
    reading = readings(line, **facts)
    assert not reading.rejects
    return reading.rows["firewall_events"][0]


@pytest.mark.parametrize(
    ("line", "more"),
    [
        (EXPORTED, {}),
        (f"syslog{BRACKETS}", {}),
        (BRACKETS.strip("[] "), {}),
        (EXPORTED.replace("2026-11-22T02:00:00Z", "2026-11-22 02:00:00"), {}),
        (OBJECT, {}),
        (f"<134>1 2026-11-22T02:00:00Z mgmt1 CheckPoint 13752 - {OBJECT}", {}),
        (BARS, {}),
        (f"Nov 22 10:00:00 relay lea: {BARS}", {}),
        (BARS.replace("time=1795309200", "time=22Nov2026 09:00:00"), {}),
        (BARS.replace("time=1795309200", "time=2026-11-22 09:00:00"), {}),
        (CEF, {"event_code": "Log"}),
        (CEF.replace("CEF:0", "CEF: 0"), {"event_code": "Log"}),
        (CEF.replace("CEF:0", "0"), {"event_code": "Log"}),
        (CEF.replace("CEF:0|", "CEF:0||").replace(" spt=", " #012spt="), {"event_code": "Log"}),
        (LEEF, {"event_code": "Accept"}),
    ],
)
def test_it_reads_a_session_whole_in_each_form(line: str, more: dict[str, str]) -> None:
    assert row(line) == SESSION | more


@pytest.mark.parametrize(
    "line",
    [
        TOLD,
        f"Nov 22 10:00:00 relay Checkpoint: {TOLD}",
        TOLD.replace("accept FW1 >eth0", "  5 N/A 1 accept FW1 > eth0 LogId: 0;"),
        TOLD.replace(" >eth0", ""),
        KEYED,
    ],
)
def test_it_reads_what_fw_log_prints(line: str) -> None:
    assert row(line) == SESSION | {"action_written": "accept"}


def test_it_reads_the_trackers_export() -> None:
    heading = (
        '"Number" "Date" "Time" "Interface" "Origin" "Type" "Action" "Service" "Source Port" "Source" "Destination" "Protocol" '
        '"Rule" "Rule Name" "Current Rule Number" "User" "Information" "Product"'
    )
    reading = readings(heading, LISTED, LISTED + "#013")

    assert [place for place, _ in reading.skips] == [1]
    assert [one | {"place": 1} for one in reading.rows["firewall_events"]] == [
        {name: value for name, value in SESSION.items() if not name.startswith("bytes")} | {"event_code": "Log"}
    ] * 2


EXPORT = (
    "num;date;time;orig;type;action;alert;i/f_name;i/f_dir;product;rule;rule_name;src;dst;proto;service;s_port;user;sent_bytes;received_bytes",
    "22;22Nov2026; 9:00:00;FW1;log;accept;;eth0;inbound;VPN-1 & FireWall-1;7;web out;10.1.2.3;192.0.2.7;tcp;https;50100;Chen Mei (mei);920;4100",
)


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_it_reads_what_fw_logexport_writes_by_its_heading(delimiter: str) -> None:
    heading, line = (text.replace(";", delimiter) for text in EXPORT)
    reading = readings(heading, line, line)

    assert [place for place, _ in reading.skips] == [1]
    expected = SESSION | {"action_written": "accept", "event_code": "log"}
    assert [one | {"place": 1} for one in reading.rows["firewall_events"]] == [expected] * 2


def test_a_heading_holds_until_the_next_and_lists_without_one_are_rejected() -> None:
    other = "num;date;time;orig;type;action;src;dst"
    reading = readings(
        EXPORT[1], EXPORT[0], EXPORT[1], other, "23;22Nov2026;9:00:00;FW1;log;drop;10.0.0.1;10.0.0.2", LISTED
    )

    assert ["names the columns" in one.why.en for one in reading.rejects] == [True]
    assert [one["source_address"] for one in reading.rows["firewall_events"]] == ["10.1.2.3", "10.0.0.1", "10.1.2.3"]


def test_a_heading_holds_in_later_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chahe.engine.lines.SMALL", 400)
    assert len(readings(EXPORT[0], *[EXPORT[1]] * 50).rows["firewall_events"]) == 50


def test_it_rejects_brackets_that_are_never_closed() -> None:
    cut = EXPORTED[: EXPORTED.index(" service:")]
    assert ["never closed" in one.why.en for one in readings(cut, f"{EXPORTED}  ", OBJECT[:200]).rejects] == [
        True,
        True,
    ]


def test_forms_may_change_from_line_to_line() -> None:
    rows = readings(EXPORTED, BARS, TOLD, KEYED, LISTED, CEF, LEEF).rows["firewall_events"]

    assert [one["source_address"] for one in rows] == ["10.1.2.3"] * 7
    assert [one["happened_at_us"] for one in rows] == [NINE] * 7


def test_what_a_visitor_writes_is_no_field() -> None:
    resource = 'resource:"http://x/\\"; src:\\"9.9.9.9\\"; dst:\\"9.9.9.9"; '
    assert row(EXPORTED.replace('dst:"', resource + 'dst:"', 1)) == SESSION
    assert row(CEF.replace("src=", "request=http://x/?src\\=9.9.9.9 src=")) == SESSION | {"event_code": "Log"}


@pytest.mark.parametrize(
    ("written", "action"),
    [
        *((word, "allow") for word in ("Accept", "Allow", "Encrypt", "Decrypt", "Bypass", "accept")),
        *((word, "deny") for word in ("Drop", "Reject", "Block", "Prevent", "drop")),
        *((word, "other") for word in ("Detect", "Redirect", "Ask User", "ctl")),
    ],
)
def test_actions(written: str, action: str) -> None:
    found = row(EXPORTED.replace('action:"Accept"', f'action:"{written}"'))
    assert (found["action"], found["action_written"]) == (action, written)


@pytest.mark.parametrize(
    ("product", "action", "kind"),
    [
        ("VPN-1 & FireWall-1", "Accept", "traffic"),
        ("VPN-1 & FireWall-1", "Key Install", "vpn"),
        ("VPN-1 & FireWall-1", "Log In", "vpn"),
        ("Firewall", "Drop", "traffic"),
        ("SmartDefense", "Prevent", "threat"),
        ("Anti-Bot", "Detect", "threat"),
        ("URL Filtering", "Block", "threat"),
        ("Mobile Access", "Accept", "vpn"),
        ("SmartConsole", "Accept", "admin"),
        ("System Monitor", "Accept", "system"),
    ],
)
def test_products_give_the_kind(product: str, action: str, kind: str) -> None:
    line = EXPORTED.replace("VPN-1 & FireWall-1", product).replace('action:"Accept"', f'action:"{action}"')
    assert row(line)["event_kind"] == kind


def test_a_record_without_ends_is_the_gateways_own() -> None:
    assert row('[action:"Update"; origin:"10.1.1.1"; time:"1795309200"; ]')["event_kind"] == "system"


def test_the_gateway_is_named_by_its_certificate_or_its_address() -> None:
    assert row(EXPORTED)["device"] == "fw1"
    unnamed = EXPORTED.replace('originsicname:"CN=FW1,O=mgmt1.example.k3xyz"; ', "")
    assert row(unnamed)["device"] == "10.1.1.1"
    nowhere = unnamed.replace('origin:"10.1.1.1"; ', "")
    assert row(nowhere)["device"] == "mgmt1"
    assert row(nowhere, device="FW-9")["device"] == "fw-9"


@pytest.mark.parametrize(
    ("service", "port"), [("https", 443), ("domain-udp", 53), ("Remote_Desktop_Protocol", 3389), ("my-own", None)]
)
def test_a_service_by_name_counts_by_its_port(service: str, port: int | None) -> None:
    assert row(TOLD.replace("service: https", f"service: {service}")).get("destination_port") == port


def test_without_its_own_time_the_headers_counts() -> None:
    assert row(EXPORTED.replace('time:"1795309200"; ', ""))["happened_at_us"] == NINE + 3_600_000_000
    assert "happened_at_us" not in row(f"syslog{BRACKETS}".replace('time:"1795309200"; ', ""))


@pytest.mark.parametrize(
    ("line", "column", "value"),
    [
        (EXPORTED.replace('s_port:"50100"', 's_port:"70000"'), "s_port", "70000"),
        (EXPORTED.replace('service:"443"', 'service:"443000"'), "service", "443000"),
        (EXPORTED.replace('sent_bytes:"920"', 'sent_bytes:"-1"'), "sent", "-1"),
        (EXPORTED.replace('time:"1795309200"', 'time:"soon"'), "time", "soon"),
        (TOLD.replace("22Nov2026", "31Nov2026"), "time", "31Nov2026  9:00:00"),
    ],
)
def test_it_rejects_what_cannot_be(line: str, column: str, value: str) -> None:
    assert [(one.column, one.value) for one in readings(line).rejects] == [(column, value)]


def test_it_rejects_cut_quotes_days_left_out_and_strangers_and_skips_what_is_no_record() -> None:
    reading = readings(
        EXPORTED[: EXPORTED.index("443")],
        TOLD.removeprefix("22Nov2026  "),
        "Nov 22 09:00:00 host sshd[1]: hello",
        "CEF:0|Fortinet|Fortigate|v7|13|x|3|act=deny src=10.0.0.1",
        "Date: Nov 22, 2026",
        "",
        "x=|",
    )

    assert [one.place for one in reading.rejects] == [1, 2, 3, 4, 7]
    assert "do not pair" in reading.rejects[0].why.en
    assert "fw log -l" in reading.rejects[1].why.en
    assert [place for place, _ in reading.skips] == [5, 6]


OTHERWISE = {
    # Their intake takes no time from rt=, time: and the lists' columns; we do.
    **{(place, "happened_at_us"): "rt=, time:, columns" for place in range(1, 11)},
    # The gateway, by its certificate's name.
    **{(place, "device"): "originsicname" for place in (1, 2, 3, 4, 5, 6, 9, 10)},
    # Bytes of the CEF's in= and out=, which theirs leaves out.
    **{(place, column): "in=, out=" for place in (4, 6) for column in ("bytes_sent", "bytes_received")},
    # The type of the record; theirs leaves it out of the lists, and takes the unique number of a record for a code.
    **{(place, "event_code"): "type, loguid" for place in (7, 8, 9, 10)},
}


def test_every_sample_of_the_relay_gives_the_facts_it_holds() -> None:
    reading = relay_reading(reader, "checkpoint")

    assert (reading.units, len(reading.rejects), len(reading.skips)) == (10, 0, 0)
    assert set(differences(reading, "checkpoint")) == set(OTHERWISE)
    rows = reading.rows["firewall_events"]
    assert [one["device"] for one in rows[:6]] == [
        "ertfw01",
        "ertfw01",
        "cip-fw-test-1",
        "mygw",
        "foobarfw002",
        "dn-example",
    ]
    assert [one.get("rule") for one in rows][0:4:3] == ["Explicit Proxy Access", "Antibot + TE EAP"]


def test_records_of_several_lines_are_whole_where_the_relay_wrote_their_ends_as_text() -> None:
    count = 0
    for path in sorted(shared_data("firewall_logs", "sekoia", "checkpoint").glob("*.json")):
        sample = json.loads(path.read_text())
        message, expected = sample["input"]["message"], sample["expected"]
        if "\n" not in message:
            continue
        count += 1
        found = row(message.replace("\n", "#012"))
        assert found["action_written"].lower() == expected["action"]["name"], path.name
        for column, end, key in (
            ("source_address", "source", "ip"),
            ("source_port", "source", "port"),
            ("destination_address", "destination", "ip"),
            ("destination_port", "destination", "port"),
        ):
            assert found.get(column) == expected.get(end, {}).get(key), (path.name, column)
        assert found.get("protocol") == expected.get("network", {}).get("transport"), path.name
        assert found["event_code"] == expected["event"]["code"], path.name
    assert count == 4


def sureness(text: str) -> int:
    match = reader.recognise(Head("x.log", text.encode(), whole=True))
    return match.sureness if match else 0


@pytest.mark.parametrize(
    "line", [EXPORTED, f"syslog{BRACKETS}", BARS, f"lea: loc=1|{BARS}", TOLD, KEYED, LISTED, CEF, LEEF]
)
def test_it_knows_its_files(line: str) -> None:
    assert sureness(line) == 95
    assert sureness(f"{line}\na") == 95
    assert sureness(f"{line}\na\nb") == 0


@pytest.mark.parametrize(
    "text",
    [
        *("", "a=b|c=d", '[x:"1"; ]', "CEF:0|Maker|Product|1|2|3|4|act=deny", "22Nov2026 09:00:00 something happened"),
        *(
            '{"message": "LINE"}',
            '{"input": {"action": "x", "loguid": "y"}}',
            '{"action": "x"}',
            '[\n"LINE"\n]',
            'x="LINE"',
        ),
    ],
)
def test_it_leaves_others_alone(text: str) -> None:
    assert sureness(text.replace("LINE", EXPORTED)) == 0


def test_it_leaves_other_formats_of_the_samples_alone() -> None:
    others = list(shared_data("firewall_logs", "sekoia", "checkpoint").glob("*.json"))
    assert len(others) == 14
    for other in others:
        assert reader.recognise(Head(other.name, other.read_bytes()[:65536], whole=False)) is None


LINES = [line.encode() for line in (EXPORTED, OBJECT, BARS, TOLD, KEYED, LISTED, CEF, LEEF)]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.one_of(
            st.binary(max_size=60),
            st.sampled_from(LINES),
            st.tuples(st.sampled_from(LINES), st.integers(0, 300)).map(lambda cut: cut[0][: cut[1]]),
        )
    )
)
def test_whatever_the_bytes_every_line_has_one_fate(lines: list[bytes]) -> None:
    data = b"\n".join(lines)
    assert read(reader, data).units == len(data.split(b"\n")) - (data.endswith(b"\n") or not data)
