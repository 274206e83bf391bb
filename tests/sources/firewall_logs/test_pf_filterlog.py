"""Packets that filterlog writes, of both versions of IP and behind either header."""

import csv
import json

import pytest

from chahe.sources.firewall_logs.pf_filterlog import reader
from chahe.sources.model import Head
from reading import Reading, read, shared_data

NINE = 1_795_309_200_000_000
"""2026-11-22 09:00 in Taipei."""
HEADER = "<134>Nov 22 09:00:00 gate1 filterlog[97530]: "
FOUR = "146,,,1535324496,igb1,match,block,in,4,0x0,,63,12617,0,DF,6,tcp,60,10.1.2.3,192.0.2.7,50100,443,0,S,18912,,64240,,mss"
SIX = "6,,,1000000105,igb1.27,match,pass,in,6,0x00,0xf6279,1,UDP,17,32,FE80::0:1,ff02::1:2,546,547,32"
WHOLE = {
    "place": 1,
    "happened_at_us": NINE,
    "device": "gate1",
    "event_kind": "traffic",
    "action": "deny",
    "action_written": "block",
    "source_address": "10.1.2.3",
    "source_port": 50100,
    "destination_address": "192.0.2.7",
    "destination_port": 443,
    "protocol": "tcp",
    "bytes_sent": 60,
    "rule": "1535324496",
}


def readings(*lines: str, **facts: str) -> Reading:
    return read(reader, "\n".join(lines).encode(), **facts)


def row(line: str, **facts: str) -> dict[str, object]:
    reading = readings(line, **facts)
    assert not reading.rejects
    return reading.rows["firewall_events"][0]


def test_it_reads_a_packet_whole() -> None:
    assert row(HEADER + FOUR) == WHOLE


def test_it_reads_ipv6() -> None:
    assert row(HEADER + SIX) == WHOLE | {
        "action": "allow",
        "action_written": "pass",
        "source_address": "fe80::1",
        "source_port": 546,
        "destination_address": "ff02::1:2",
        "destination_port": 547,
        "protocol": "udp",
        "bytes_sent": 32,
        "rule": "1000000105",
    }


def test_headers_may_be_of_either_kind() -> None:
    new = '<134>1 2026-11-22T09:00:00+08:00 gate1 filterlog 97530 - [meta sequenceId="1"] '
    assert row(new + FOUR) == WHOLE
    assert row("Nov 22 09:00:00 gate1 filterlog: " + FOUR) == WHOLE
    hostless = {name: value for name, value in WHOLE.items() if name != "device"}
    assert row("Nov 22 09:00:00 filterlog[97530]: " + FOUR) == hostless
    assert row("<134>Nov 22 09:00:00 filterlog: " + FOUR, device="Gate9") == WHOLE | {"device": "gate9"}
    timeless = {name: value for name, value in hostless.items() if name != "happened_at_us"}
    assert row(FOUR) == timeless


@pytest.mark.parametrize(
    ("written", "action"), [("pass", "allow"), ("block", "deny"), ("reject", "deny"), ("rdr", "other")]
)
def test_actions(written: str, action: str) -> None:
    one = row(HEADER + FOUR.replace("block", written))
    assert (one["action"], one["action_written"]) == (action, written)


@pytest.mark.parametrize(
    ("line", "protocol"),
    [
        ("7,,,9,igb0,match,pass,in,4,0x0,,64,19736,0,DF,1,icmp,96,10.1.2.3,192.0.2.7,request,29705,76", "icmp"),
        ("7,,,9,igb0,match,pass,in,4,0x0,,64,19736,0,none,1,icmp,56,10.1.2.3,192.0.2.7,unreach,host a, b c36", "icmp"),
        ("7,,,9,igb0,match,pass,in,4,0xe0,,255,0,0,DF,112,carp,56,10.1.2.3,192.0.2.7,advertise,255,1,2,0,1", "carp"),
        ("7,,,9,igb0,match,pass,in,4,0xe0,,1,0,0,none,2,igmp,36,10.1.2.3,192.0.2.7,datalength=12", "igmp"),
        ("7,,,9,igb0,match,pass,in,6,0x00,0x00000,255,ICMPv6,58,32,fe80::1,ff02::1,", "ipv6-icmp"),
        ("7,,,9,igb0,match,pass,in,6,0x00,0x00000,1,Options,0,36,fe80::1,ff02::16,HBH,RTALERT,0x0000,", "hopopt"),
        ("7,,,9,igb0,match,pass,in,6,,123,64,12345,0,DF,vrrp,6,80,2001:db8::1,2001:db8::2,3,64,1,2,3,4", "vrrp"),
    ],
)
def test_protocols_without_ports_have_none(line: str, protocol: str) -> None:
    one = row(HEADER + line)
    assert (one["protocol"], one["source_address"], one["destination_address"]) == (
        protocol,
        *(("10.1.2.3", "192.0.2.7") if ",4,0x" in line else (one["source_address"], one["destination_address"])),
    )
    assert "source_port" not in one
    assert "destination_port" not in one


def test_without_a_tracker_the_number_is_the_rule() -> None:
    assert row(HEADER + FOUR.replace("1535324496", ""))["rule"] == "146"


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [("50100", "50x", "source_port"), ("443", "70000", "destination_port"), ("tcp,60", "tcp,6k", "bytes_sent")],
)
def test_it_rejects_a_number_that_is_none(old: str, new: str, column: str) -> None:
    (reject,) = readings(HEADER + FOUR.replace(old, new)).rejects
    assert (reject.column, reject.value) == (column, new.rpartition(",")[2])


def test_it_rejects_a_time_that_cannot_be() -> None:
    (reject,) = readings(HEADER.replace("Nov 22", "Feb 30") + FOUR).rejects
    assert (reject.column, reject.value) == ("happened_at_us", "Feb 30 09:00:00")


def test_other_programs_are_skipped_and_what_is_not_whole_is_rejected() -> None:
    reading = readings(
        HEADER + FOUR,
        "<30>Nov 22 09:00:00 gate1 unbound[811]: [811:0] info: 10.1.2.3 a.example, A IN",
        "",
        "hello, there",
        HEADER + FOUR[:70],
        HEADER + "146,,,1535324496,igb1,match,block,in,9,0x0",
        "<134>Nov 22 09:00:00 gate1 just a message",
    )
    assert [(place, why.en[:7]) for place, why in reading.skips] == [(2, "a recor"), (3, "blank l"), (7, "a recor")]
    assert [(reject.place, reject.why.en[:9]) for reject in reading.rejects] == [
        (4, "this line"),
        (5, "the packe"),
        (6, "the packe"),
    ]


def test_every_sample_of_the_relay_gives_the_facts_it_holds() -> None:
    source = shared_data("firewall_logs", "sekoia", "pf_filterlog.lines.log")
    reading = read(reader, source.read_bytes())
    assert (reading.units, len(reading.rejects), len(reading.skips)) == (10, 0, 0)
    truth = csv.DictReader(source.with_name("pf_filterlog.truth.tsv").read_text().splitlines(), delimiter="\t")
    compared = {
        "happened_at_us": "timestamp",
        "device": "device",
        "action_written": "action",
        "account": "user",
        "source_address": "src_ip",
        "destination_address": "dst_ip",
        "source_port": "src_port",
        "destination_port": "dst_port",
        "bytes_received": "dst_bytes",
    }
    for one, line in zip(reading.rows["firewall_events"], truth, strict=True):
        assert {ours: str(one.get(ours, "")) for ours in compared} == {
            ours: line[theirs] for ours, theirs in compared.items()
        }
        # The length of the packet, which theirs keeps as that of the connection.
        assert line["src_bytes"] == ""
        assert one["bytes_sent"]


def test_every_sample_equals_what_its_truth_says_field_by_field() -> None:
    compared = {
        "protocol": "network.transport",
        "bytes_sent": "network.bytes",
        "rule": "openbsd.pf.event.tracker.id",
        "action_written": "event.action",
        "source_port": "source.port",
        "destination_port": "destination.port",
    }
    for path in sorted(shared_data("firewall_logs", "sekoia", "pf_filterlog").glob("*.json")):
        truth = json.loads(path.read_text())
        one = row(truth["input"]["message"])
        for ours, theirs in compared.items():
            value = truth["expected"]
            for part in theirs.split("."):
                value = value.get(part, {})
            assert str(one.get(ours, {})) == str(value), (path.name, ours)


def test_the_samples_of_both_headers_are_read() -> None:
    source = shared_data("firewall_logs", "elastic", "pfsense", "test-opensense.log")
    reading = read(reader, source.read_bytes())
    assert (reading.units, len(reading.rejects)) == (5, 0)
    assert [place for place, _ in reading.skips] == [3, 4]
    first, second, third = reading.rows["firewall_events"]
    # Written in 2022 or before: the latest such day before the observation, in Taipei.
    assert (first["device"], first["happened_at_us"]) == ("firewall.opnsense.net", 1_767_205_298_000_000)
    assert (second["source_address"], second["protocol"]) == ("fe80::208:9bff:fef3:652b", "udp")
    assert (third["device"], third["happened_at_us"]) == ("opnsense.example.com", 1_654_807_451_000_000)


def test_it_knows_its_files() -> None:
    def sureness(text: str) -> int:
        match = reader.recognise(Head("x.log", text.encode(), whole=True))
        return match.sureness if match else 0

    other = "<30>Nov 22 09:00:00 gate1 unbound[811]: x"
    assert sureness(HEADER + FOUR) == sureness(FOUR) == sureness(HEADER + SIX) == 95
    assert sureness("\n".join([HEADER + FOUR, *[other] * 9])) == 60
    assert sureness("\n".join([HEADER + FOUR, *["a"] * 9])) == 0
    assert sureness("\n".join([HEADER + FOUR, *[other] * 29])) == 0
    assert sureness(other) == sureness("1,2,3") == sureness("") == 0
