"""Packets that Linux logged, in all the dresses they come in."""

import csv

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from relay_truth import differences, relay_reading

from chahe.sources.firewall_logs.netfilter import reader
from chahe.sources.model import Head
from reading import Reading, read, shared_data

HEADER = "Nov 22 09:00:00 gate1 kernel: "
PACKET = (
    "IN=eth0 OUT= MAC=02:42:ac:11:00:02:02:42:0a:01:22:7a:08:00 SRC=192.0.2.9 DST=10.1.1.7 LEN=60 TOS=0x00 PREC=0x00 "
    "TTL=52 ID=5394 DF PROTO=TCP SPT=4711 DPT=22 WINDOW=8192 RES=0x00 SYN URGP=0"
)
BLOCKED = f"{HEADER}[ 3529.289825] [UFW BLOCK] {PACKET}"
NINE = 1_795_309_200_000_000
"""2026-11-22 09:00 in Taipei."""


def readings(*lines: str, **facts: str) -> Reading:
    return read(reader, "\n".join(lines).encode(), **facts)


def row(line: str, **facts: str) -> dict[str, object]:
    reading = readings(line, **facts)
    assert not reading.rejects
    return reading.rows["firewall_events"][0]


def test_it_reads_a_packet_whole() -> None:
    assert row(BLOCKED) == {
        "place": 1,
        "happened_at_us": NINE,
        "device": "gate1",
        "event_kind": "traffic",
        "action": "deny",
        "action_written": "BLOCK",
        "source_address": "192.0.2.9",
        "source_port": 4711,
        "destination_address": "10.1.1.7",
        "destination_port": 22,
        "protocol": "tcp",
        "bytes_sent": 60,
        "rule": "[UFW BLOCK]",
    }


@pytest.mark.parametrize(
    ("prefix", "action", "written"),
    [
        ("DROP ", "deny", "DROP"),
        ("DROP(src wan)", "deny", "DROP"),
        ("[UFW ALLOW] ", "allow", "ALLOW"),
        ("[UFW LIMIT BLOCK] ", "deny", "BLOCK"),
        ("SFW2-INext-ACC-TCP ", "allow", "ACC"),
        ("Shorewall:net2fw:REJECT:", "deny", "REJECT"),
        ("filter_IN_public_REJECT: ", "deny", "REJECT"),
        ("iptables denied: ", "deny", "denied"),
        ("Firewall: *TCP_IN Blocked* ", "deny", "Blocked"),
        ("reject wan in: ", "deny", "reject"),
        ("DENYALL ", "deny", "DENYALL"),
        ("IPTABLES ", None, None),
        ("[UFW AUDIT] ", None, None),
        ("dropbear ", None, None),
        ("ACCEPT then DROP ", None, None),
        ("", None, None),
    ],
)
def test_the_prefix_says_what_became_of_it(prefix: str, action: str | None, written: str | None) -> None:
    found = row(f"{HEADER}{prefix}{PACKET}")

    assert (found.get("action"), found.get("action_written")) == (action, written)
    assert found.get("rule") == (prefix.strip(" :-") or None)


@pytest.mark.parametrize("clock", ["", "[    0.000000] ", "[10051.313745] "])
def test_seconds_since_the_kernel_began_are_no_time(clock: str) -> None:
    assert "happened_at_us" not in row(f"{clock}DROP {PACKET}")
    assert row(f"{clock}DROP {PACKET}")["rule"] == "DROP"


@pytest.mark.parametrize(
    "front",
    [
        HEADER,
        "<4>Nov 22 09:00:00 gate1 kernel: ",
        "2026-11-22T09:00:00+08:00 gate1 kernel: ",
        "<4>1 2026-11-22T01:00:00Z gate1 kernel - - - ",
        "[Sun Nov 22 09:00:00 2026] ",
    ],
)
def test_the_time_stands_before_it(front: str) -> None:
    assert row(f"{front}DROP {PACKET}")["happened_at_us"] == NINE


def test_of_two_lengths_the_first_is_the_packets() -> None:
    assert (
        row(f"{HEADER}IN= OUT=ppp0 SRC=10.1.1.7 DST=192.0.2.9 LEN=83 PROTO=UDP SPT=5 DPT=53 LEN=63")["bytes_sent"] == 83
    )


def test_the_packet_that_an_error_is_about_is_left_aside() -> None:
    found = row(
        f"{HEADER}IN=eth0 OUT= SRC=192.0.2.1 DST=10.1.1.7 LEN=88 PROTO=ICMP TYPE=3 CODE=3 "
        "[SRC=10.1.1.7 DST=192.0.2.9 LEN=60 PROTO=UDP SPT=40000 DPT=53 LEN=40 ]"
    )

    assert (found["source_address"], found["destination_address"], found["protocol"]) == (
        "192.0.2.1",
        "10.1.1.7",
        "icmp",
    )
    assert "source_port" not in found
    assert "destination_port" not in found


def test_it_reads_ipv6() -> None:
    found = row(
        f"{HEADER}edge-drop: IN=eth0 OUT= SRC=2001:0db8:0000:0000:0000:0000:0000:0009 "
        "DST=2001:0db8:0001:0000:0000:0000:0000:0007 LEN=72 TC=0 HOPLIMIT=63 FLOWLBL=0 PROTO=ICMPv6 TYPE=135 CODE=0"
    )

    assert (found["source_address"], found["destination_address"]) == ("2001:db8::9", "2001:db8:1::7")
    assert (found["protocol"], found["action_written"]) == ("ipv6-icmp", "drop")


def test_a_setting_names_the_device_where_no_header_does() -> None:
    assert row(f"DROP {PACKET}", device="GW-1")["device"] == "gw-1"
    assert row(BLOCKED, device="GW-1")["device"] == "gate1"


def test_records_of_other_programs_are_skipped() -> None:
    reading = readings(
        BLOCKED,
        "",
        "Nov 22 09:00:01 gate1 sshd[811]: Connection closed by 192.0.2.9 port 5022",
        "[  126.140100] usb 1-1: new high-speed USB device number 2 using xhci_hcd",
        "neither of these",
    )

    assert [place for place, _ in reading.skips] == [2, 3, 4]
    assert [(one.place, one.value) for one in reading.rejects] == [(5, "neither of these")]


@pytest.mark.parametrize("end", [" OUT=", "SRC=192", " TOS", "PROTO", " SPT=47", " DPT=", " DPT=2"])
def test_it_rejects_a_packet_that_was_cut(end: str) -> None:
    (reject,) = readings(f"{HEADER}DROP {PACKET[: PACKET.index(end) + len(end)]}").rejects
    assert "not whole" in reject.why.en in reject.why.en


@pytest.mark.parametrize(
    ("field", "column"), [("SPT=4x", "SPT"), ("DPT=70000", "DPT"), ("LEN=", "LEN"), ("LEN=-4", "LEN")]
)
def test_it_rejects_a_number_that_is_none(field: str, column: str) -> None:
    key, value = field.split("=")
    line = " ".join(field if part.startswith(f"{key}=") else part for part in BLOCKED.split(" "))
    reading = readings(line)
    if not value:
        assert column not in reading.rows["firewall_events"][0]
        return
    assert [(one.column, one.value) for one in reading.rejects] == [(column, value)]


def test_it_rejects_a_time_that_cannot_be() -> None:
    (reject,) = readings(BLOCKED.replace("Nov 22", "Nov 31")).rejects
    assert (reject.column, reject.value) == ("happened_at_us", "Nov 31 09:00:00")


def test_every_sample_of_the_relay_gives_the_facts_it_holds() -> None:
    reading = relay_reading(reader, "netfilter_iptables")

    assert (reading.units, len(reading.rejects), len(reading.skips)) == (4, 0, 0)
    assert differences(reading, "netfilter_iptables") == {}


def test_the_log_testers_samples_are_rows_that_their_titles_describe() -> None:
    source = shared_data("firewall_logs", "wazuh_4.14.7_logtest", "iptables.lines.log")
    reading = read(reader, source.read_bytes())
    rows = {one["place"]: one for one in reading.rows["firewall_events"]}
    titles = {
        int(line["line"]): line["section"]
        for line in csv.DictReader(source.with_name("iptables.truth.tsv").read_text().splitlines(), delimiter="\t")
    }

    assert sorted(rows) == sorted(titles) == list(range(1, 44))
    for place, title in titles.items():
        denied = "drop" in title or "block" in title or place == 3  # SFW2-INext-DROP-DEFLT
        assert (rows[place].get("action") == "deny") is denied, title
        assert rows[place]["device"] in ("hostname", "myhostname", "openwrt", "server01")
        assert {"happened_at_us", "source_address", "destination_address", "protocol", "bytes_sent"} < rows[
            place
        ].keys()


def sureness(text: str) -> int:
    match = reader.recognise(Head("x.log", text.encode(), whole=True))
    return match.sureness if match else 0


def test_it_knows_its_files() -> None:
    other = "Nov 22 09:00:01 gate1 CRON[7]: session opened"
    assert sureness(BLOCKED) == 95
    assert sureness(f"{BLOCKED}\n{other}") == 95
    assert sureness(f"{BLOCKED}\n{other}\n{other}") == 60
    assert sureness(f"{BLOCKED}\na\nb") == 0
    assert sureness("\n".join([BLOCKED, *[other] * 30])) == 0
    assert sureness(other) == 0
    assert sureness("") == 0


@pytest.mark.parametrize(
    "text", ['{"message": "LINE"}', '[\n"LINE"\n]', "log 1 pass = LINE\nrule = 4100", "echo 'LINE'"]
)
def test_lines_within_other_formats_are_not_its_files(text: str) -> None:
    assert sureness(text.replace("LINE", BLOCKED)) == 0


def test_it_leaves_other_formats_of_the_samples_alone() -> None:
    folder = shared_data("firewall_logs", "sekoia", "netfilter_iptables")
    others = [*folder.glob("*.json"), shared_data("firewall_logs", "wazuh_4.14.7_logtest", "iptables.ini")]
    assert len(others) == 5
    for other in others:
        assert reader.recognise(Head(other.name, other.read_bytes()[:65536], whole=False)) is None


@settings(deadline=None, max_examples=40)
@given(st.lists(st.one_of(st.binary(max_size=60), st.text(max_size=60).map(str.encode), st.just(BLOCKED.encode()))))
def test_whatever_the_bytes_every_line_has_one_fate(lines: list[bytes]) -> None:
    data = b"\n".join(lines)
    assert read(reader, data).units == len(data.split(b"\n")) - (data.endswith(b"\n") or not data)
