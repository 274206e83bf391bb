"""FTD's connection, intrusion and file events: every key in its column, and none that a visitor wrote."""

import csv

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chahe.sources.firewall_logs.cisco_asa import reader
from reading import read, shared_data

ENDS = "SrcIP: 10.1.1.7, DstIP: 192.0.2.9, SrcPort: 50123, DstPort: 443, Protocol: tcp"


def event(code: int, told: str, **given: str) -> dict[str, object]:
    (row,) = read(reader, f"%FTD-1-{code}: {told}".encode(), **given).rows["firewall_events"]
    return row


def columns(code: int, told: str, *names: str) -> tuple[object, ...]:
    row = event(code, told)
    return tuple(row.get(name) for name in names)


def test_every_key_has_its_column():
    told = (
        "EventPriority: Low, DeviceUUID: Aa-01, InstanceID: 1, FirstPacketSecond: 2026-03-03T04:05:06Z, ConnectionID: 7,"
        f" AccessControlRuleAction: Allow, {ENDS}, IngressInterface: in, AccessControlRuleName: mail out, Prefilter Policy: p,"
        " User: CORP\\Mei, Client: SSL client, ConnectionDuration: 0, InitiatorBytes: 98, ResponderBytes: 1024, NAPPolicy: n"
    )

    assert {name: value for name, value in event(430003, told).items() if name != "place"} == {
        "happened_at_us": 1_772_510_706_000_000,
        "device_serial": "aa-01",
        "event_kind": "traffic",
        "action": "allow",
        "action_written": "Allow",
        "source_address": "10.1.1.7",
        "source_port": 50123,
        "destination_address": "192.0.2.9",
        "destination_port": 443,
        "protocol": "tcp",
        "bytes_sent": 98,
        "bytes_received": 1024,
        "account": "mei",
        "rule": "mail out",
        "event_code": "430003",
    }


def test_the_headers_time_counts_before_the_events_own():
    line = "<113>2026-03-03T04:06:00Z ftd1 : %FTD-1-430003: FirstPacketSecond: 2026-03-03T04:05:06Z, SrcIP: 10.1.1.7"
    (row,) = read(reader, line.encode()).rows["firewall_events"]

    assert (row["happened_at_us"], row["device"]) == (1_772_510_760_000_000, "ftd1")


@pytest.mark.parametrize(
    ("code", "told", "kind", "action", "written"),
    [
        (430001, f"{ENDS}, Priority: 1, Message: x, InlineResult: Blocked", "threat", "deny", "Blocked"),
        (430001, f"{ENDS}, Priority: 1, InlineResult: Would block", "threat", "other", "Would block"),
        (430001, f"AccessControlRuleAction: Allow, {ENDS}, InlineResult: Dropped", "threat", "deny", "Allow"),
        (430002, f"AccessControlRuleAction: Trust, {ENDS}", "traffic", "allow", "Trust"),
        (430002, f"AccessControlRuleAction: Block with reset, {ENDS}", "traffic", "deny", "Block with reset"),
        (430003, f"AccessControlRuleAction: Interactive Block, {ENDS}", "traffic", "other", "Interactive Block"),
        (430004, f"{ENDS}, FileDirection: Download, FileAction: Detect, FileName: a", "threat", "other", "Detect"),
        (430004, f"{ENDS}, FileAction: Block, FileName: a", "threat", "deny", "Block"),
        (430005, f"{ENDS}, FileAction: Malware Block, SHA_Disposition: Malware", "threat", "deny", "Malware Block"),
        (430005, f"{ENDS}, FileAction: Malware Cloud Lookup", "threat", "other", "Malware Cloud Lookup"),
    ],
)
def test_what_stopped_it_is_the_action(code, told, kind, action, written):
    names = ("event_kind", "action", "action_written", "source_address", "destination_port")

    assert columns(code, told, *names) == (kind, action, written, "10.1.1.7", 443)


def test_a_comma_within_a_value_does_not_end_it():
    told = f"AccessControlRuleName: mail, web, User: Not Found, {ENDS}"

    assert columns(430003, told, "rule", "account", "source_address") == ("mail, web", None, "10.1.1.7")


def test_a_visitor_forges_no_address_rule_or_action():
    told = (
        f"AccessControlRuleAction: Block, {ENDS}, AccessControlRuleName: no games, "
        "UserAgent: x, AccessControlRuleAction: Allow, SrcIP: 6.6.6.6, DstPort: 1, AccessControlRuleName: y, User: root"
    )

    names = ("action", "source_address", "destination_port", "rule")
    assert columns(430003, told, *names) == ("deny", "10.1.1.7", 443, "no games")


@pytest.mark.parametrize(
    "forged", ["UserAgent: x, InitiatorBytes: 1, InitiatorBytes: 98", "InitiatorBytes: 98, URL: x, InitiatorBytes: 1"]
)
def test_bytes_that_stand_twice_are_nobodys(forged):
    assert columns(430003, f"{ENDS}, {forged}, ResponderBytes: 5", "bytes_sent", "bytes_received") == (None, 5)


@pytest.mark.parametrize("told", ["", "SrcIP", "SrcIP:", "SrcIP: ", ", SrcIP: 10.1.1.7, DstIP:", ": , : ,", "x, y"])
def test_an_event_that_was_cut_is_a_row_still(told):
    assert event(430003, told)["event_code"] == "430003"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["User: ", "Client: ", ", ", ",", ":", "x y", "1", "王"])).map("".join))
def test_whatever_stands_before_or_behind_them_the_ends_are_found(noise):
    names = ("source_address", "source_port", "destination_address", "destination_port", "protocol")

    assert columns(430002, f"{ENDS}, Client: {noise}", *names) == ("10.1.1.7", 50123, "192.0.2.9", 443, "tcp")
    assert columns(430002, f"{noise}, {ENDS}", *names)[1:] == (50123, "192.0.2.9", 443, "tcp")


def test_it_agrees_with_the_truth_of_real_events():
    data = shared_data("firewall_logs", "sekoia", "cisco_asa_ftd.lines.log").read_bytes()
    rows = {row["place"]: row for row in read(reader, data).rows["firewall_events"]}
    with shared_data("firewall_logs", "sekoia", "cisco_asa_ftd.truth.tsv").open() as file:
        truth = [row for row in csv.DictReader(file, delimiter="\t") if row["event_code"].startswith("43000")]

    assert len(truth) == 4
    for true in truth:
        row = rows[int(true["line"])]
        found = {name: str(row.get(name, "")) for name in ("source_address", "source_port", "destination_address")}
        assert found == {
            "source_address": true["src_ip"],
            "source_port": true["src_port"],
            "destination_address": true["dst_ip"],
        }
        assert (str(row["destination_port"]), str(row["bytes_sent"]), str(row["bytes_received"])) == (
            *(true["dst_port"], true["src_bytes"], true["dst_bytes"]),
        )
