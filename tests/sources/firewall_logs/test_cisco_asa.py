"""Cisco ASA and FTD: who began what, what was refused, and nothing lost."""

import csv

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chahe.sources.firewall_logs.cisco_asa import reader
from chahe.sources.model import Head
from reading import read, shared_data

BUILT = (
    "%ASA-6-302013: Built {way} TCP connection 81 for outside:192.0.2.9/{far} (192.0.2.9/{far}) to inside:10.1.1.7/{near}"
    " (203.0.113.4/{near})"
)


def rows(*lines: str, **given: str) -> list[dict[str, object]]:
    return read(reader, "\n".join(lines).encode(), **given).rows["firewall_events"]


def ends(line: str) -> tuple[object, ...]:
    (row,) = rows(line)
    names = ("source_address", "source_port", "destination_address", "destination_port")
    return tuple(row.get(name) for name in names)


def told(line: str, *names: str) -> tuple[object, ...]:
    (row,) = rows(line)
    return tuple(row.get(name) for name in names)


def test_the_side_that_began_is_the_source():
    assert ends(BUILT.format(way="outbound", far=443, near=50123)) == ("10.1.1.7", 50123, "192.0.2.9", 443)
    assert ends(BUILT.format(way="inbound", far=4711, near=22)) == ("192.0.2.9", 4711, "10.1.1.7", 22)


def test_a_teardown_has_the_well_known_port_as_destination():
    line = "%ASA-6-302014: Teardown TCP connection 81 for outside:192.0.2.9/{} to inside:10.1.1.7/{} duration 0:00:30 bytes 99 TCP FINs"

    assert ends(line.format(443, 50123)) == ("10.1.1.7", 50123, "192.0.2.9", 443)
    assert ends(line.format(50123, 443)) == ("192.0.2.9", 50123, "10.1.1.7", 443)
    assert ends(line.format(9000, 8000)) == ("192.0.2.9", 9000, "10.1.1.7", 8000)
    assert told(line.format(443, 50123), "bytes_sent", "bytes_received", "action") == (None, None, "allow")


def test_of_icmp_the_side_with_a_number_began_and_there_are_no_ports():
    line = "%ASA-6-3020{}: {} ICMP connection for faddr 192.0.2.9/{} gaddr 203.0.113.4/{} laddr 10.1.1.7/{}"

    assert ends(line.format(20, "Built outbound", 0, 512, 512)) == ("10.1.1.7", None, "192.0.2.9", None)
    assert ends(line.format(20, "Built inbound", 512, 0, 0)) == ("192.0.2.9", None, "10.1.1.7", None)
    assert ends(line.format(21, "Teardown", 0, 512, 512)) == ("10.1.1.7", None, "192.0.2.9", None)
    assert ends(line.format(21, "Teardown", 512, 0, 0)) == ("192.0.2.9", None, "10.1.1.7", None)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            '%ASA-4-106023: Deny tcp src outside:192.0.2.9/4711 dst dmz:10.9.0.3/22 by access-group "edge" [0x0, 0x0]',
            ("deny", "tcp", "edge", "192.0.2.9", "10.9.0.3", 22),
        ),
        (
            '%ASA-4-106023: Deny icmp src a:192.0.2.9 dst b:10.9.0.3 (type 8, code 0) by access-group "edge" [0x0, 0x0]',
            ("deny", "icmp", "edge", "192.0.2.9", "10.9.0.3", None),
        ),
        (
            '%ASA-4-106023: Deny protocol 47 src a:2001:db8::1 dst b:2001:db8::2 by access-group "edge" [0x0, 0x0]',
            ("deny", "gre", "edge", "2001:db8::1", "2001:db8::2", None),
        ),
        (
            "%ASA-6-106100: access-list edge denied tcp outside/192.0.2.9(4711) -> dmz/10.9.0.3(22) hit-cnt 1 first hit [0x1, 0x2]",
            ("deny", "tcp", "edge", "192.0.2.9", "10.9.0.3", 22),
        ),
        (
            "%ASA-6-106100: access-list edge permitted udp a/192.0.2.9(53)(CORP\\mei) -> b/10.9.0.3(53) hit-cnt 3 300-second interval",
            ("allow", "udp", "edge", "192.0.2.9", "10.9.0.3", 53),
        ),
        (
            "%ASA-2-106001: Inbound TCP connection denied from 2001:db8::1/4711 to 2001:db8::2/25 flags SYN on interface outside",
            ("deny", "tcp", None, "2001:db8::1", "2001:db8::2", 25),
        ),
        (
            "%ASA-3-710003: TCP access denied by ACL from 192.0.2.9/4711 to outside:203.0.113.4/ssh",
            ("deny", "tcp", None, "192.0.2.9", "203.0.113.4", 22),
        ),
        (
            "%ASA-5-304002: Access denied URL http://x/ SRC 9.9.9.9 DEST 8.8.8.8 on SRC 10.1.1.7 DEST 192.0.2.9 on interface inside",
            ("deny", None, None, "10.1.1.7", "192.0.2.9", None),
        ),
        (
            "%ASA-4-338002: Dynamic filter dropped blacklisted TCP traffic from in:10.1.1.7/5 (1.1.1.1/5) to out:192.0.2.9/80 (192.0.2.9/80), x",
            ("deny", "tcp", None, "10.1.1.7", "192.0.2.9", 80),
        ),
    ],
)
def test_what_was_refused_has_its_rule_and_its_ends(line, expected):
    names = ("action", "protocol", "rule", "source_address", "destination_address", "destination_port")

    assert told(line, *names) == expected


def test_a_name_for_an_address_leaves_it_null():
    assert ends('%ASA-4-106023: Deny udp src office:PRINTER/321 dst x:10.9.0.3/53 by access-group "a"') == (
        None,
        321,
        "10.9.0.3",
        53,
    )


def test_a_command_that_speaks_of_denial_is_no_denial():
    line = "%ASA-5-111010: User 'mei', running 'CLI' from IP 10.0.0.5, executed 'access-list edge deny ip any any'"

    assert told(line, "event_kind", "action", "account", "source_address") == ("admin", "other", "mei", "10.0.0.5")


def test_the_bytes_of_a_vpn_session_are_the_visitors():
    line = (
        "%ASA-4-113019: Group = vpn, Username = CORP\\mei, IP = 192.0.2.9, Session disconnected. Session Type: SSL,"
        " Duration: 0h:10m:00s, Bytes xmt: 700, Bytes rcv: 30, Reason: User Requested"
    )

    assert told(line, "account", "bytes_sent", "bytes_received", "event_kind") == ("mei", 30, 700, "vpn")


def test_a_connection_event_of_ftd_has_its_serial_rule_and_first_second():
    line = (
        "%FTD-1-430003: EventPriority: Low, DeviceUUID: aa-01, FirstPacketSecond: 2026-03-03T04:05:06Z,"
        " AccessControlRuleAction: Block with reset, SrcIP: 10.1.1.7, DstIP: 192.0.2.9, SrcPort: 50123, DstPort: 443,"
        " Protocol: tcp, AccessControlRuleName: no-games, User: No Authentication Required, UserAgent: x, SrcIP: 6.6.6.6,"
        " InitiatorBytes: 10, ResponderBytes: 20"
    )
    (row,) = rows(line)

    assert row["happened_at_us"] == 1_772_510_706_000_000
    assert {name: row[name] for name in ("action", "action_written", "rule", "source_address", "device_serial")} == {
        "action": "deny",
        "action_written": "Block with reset",
        "rule": "no-games",
        "source_address": "10.1.1.7",
        "device_serial": "aa-01",
    }
    assert (row["bytes_sent"], row["bytes_received"], row.get("account")) == (10, 20, None)


def test_the_device_is_the_headers_host_or_else_the_setting():
    message = "%ASA-6-199018: nothing of note"
    lines = (
        f"Mar  3 04:05:06 fw1 {message}",
        f"Mar 03 2026 04:05:06 fw2 : {message}",
        f"<166>Mar 03 2026 04:05:06: {message}",
    )

    assert [row.get("device") for row in rows(*lines)] == ["fw1", "fw2", None]
    assert [row.get("device") for row in rows(*lines, device="FW9")] == ["fw1", "fw2", "fw9"]


def test_every_code_is_a_row_and_every_other_line_has_its_reason():
    reading = read(
        reader, b"%ASA-7-999999: unheard of\r\n\r\nhello\nFeb 30 04:05:06 fw1 %ASA-6-302013: x\n%ASA-6-30: x\n"
    )

    assert [(row["place"], row["event_code"]) for row in reading.rows["firewall_events"]] == [(1, "999999")]
    assert [place for place, _ in reading.skips] == [2]
    assert [(one.place, one.column, one.value) for one in reading.rejects] == [
        (3, "event_code", "hello"),
        (4, "happened_at_us", "Feb 30 04:05:06"),
        (5, "event_code", "%ASA-6-30: x"),
    ]


NOT_OURS = {
    "port of the far end": "302020 302021 305012",
    "translated address as destination": "305012",
    "the firewall's own end as source": "750003 750006",
    "no account is meant": "430003",
}
"""Where the truth of the samples says otherwise than we mean to: ICMP has no ports, a translated address is no
destination, the visitor of a VPN is its source, and `Not Found` is nobody."""


def test_it_agrees_with_the_truth_of_real_samples():
    data = shared_data("firewall_logs", "sekoia", "cisco_asa_ftd.lines.log").read_bytes()
    reading = read(reader, data)
    with shared_data("firewall_logs", "sekoia", "cisco_asa_ftd.truth.tsv").open() as file:
        truth = {int(row["line"]): row for row in csv.DictReader(file, delimiter="\t")}

    assert [one.place for one in reading.rejects] == [39, 40, 41, 42]
    assert len(reading.rows["firewall_events"]) == 38
    for row in reading.rows["firewall_events"]:
        true = truth[int(str(row["place"]))]
        code = true["event_code"]
        assert row["event_code"] == code
        if code in NOT_OURS["the firewall's own end as source"]:
            assert row["destination_address"] == true["src_ip"]
            continue
        assert row.get("source_address", "") == true["src_ip"]
        if code not in NOT_OURS["translated address as destination"]:
            assert row.get("destination_address", "") == true["dst_ip"]
        if code not in NOT_OURS["port of the far end"]:
            assert (str(row.get("source_port", "")), str(row.get("destination_port", ""))) == (
                true["src_port"],
                true["dst_port"],
            )
        if true["user"] != "Not Found":
            assert row.get("account", "") == true["user"].lower()
        if true["src_bytes"]:
            assert (str(row["bytes_sent"]), str(row["bytes_received"])) == (true["src_bytes"], true["dst_bytes"])


def test_every_line_of_another_sample_is_a_row():
    data = shared_data("firewall_logs", "wazuh_4.14.7_logtest", "cisco_asa.lines.log").read_bytes()

    assert len(read(reader, data).rows["firewall_events"]) == 88


@pytest.mark.parametrize("name", ["fortinet_fortigate", "paloalto_ngfw", "juniper_srx", "checkpoint", "pf_filterlog"])
def test_it_claims_no_other_firewalls_log(name):
    data = shared_data("firewall_logs", "sekoia", f"{name}.lines.log").read_bytes()

    assert reader.recognise(Head("fw.log", data, whole=True)) is None


def test_it_knows_its_own_by_most_lines():
    own = b"Mar  3 04:05:06 fw1 %ASA-6-199018: x\n" * 5

    assert reader.recognise(Head("x", own + b"a strange line\n", whole=True)) is not None
    assert reader.recognise(Head("x", own + b"some other log\n" * 9, whole=True)) is None
    assert reader.recognise(Head("x", b"", whole=True)) is None


SEEDS = [
    BUILT.format(way="outbound", far=443, near=50123),
    '%ASA-4-106023: Deny tcp src outside:192.0.2.9/4711 dst dmz:10.9.0.3/22 by access-group "edge" [0x0, 0x0]',
    "%FTD-1-430003: AccessControlRuleAction: Block, SrcIP: 10.1.1.7, DstIP: 192.0.2.9, InitiatorBytes: 10",
    "%ASA-6-113005: AAA user authentication Rejected : reason = x : server = 10.0.0.1 : user = mei : user IP = 192.0.2.9",
    '%ASA-6-605005: Login permitted from 192.0.2.9/11 to outside:203.0.113.4/ssh for user "mei"',
]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=60),
            st.builds(
                lambda seed, cut, put: f"Mar  3 04:05:06 fw1 {seed[:cut]}{put}{seed[cut:]}",
                st.sampled_from(SEEDS),
                st.integers(0, 90),
                st.text(max_size=5),
            ),
        ),
        max_size=30,
    )
)
def test_whatever_stands_in_a_line_it_has_one_fate(lines):
    """`read` asserts that rows, skips and rejects add up."""
    read(reader, "\n".join(lines).encode("utf-8", "surrogatepass"))


WAZUH = {
    "64007": ("admin", "deny"),
    "64008": ("admin", "other"),
    "64009": ("admin", "allow"),
    "64010": ("admin", "deny"),
    "64012": ("threat", "deny"),
    "64013": ("traffic", "deny"),
    "64017": ("traffic", "deny"),
    "64018": ("admin", "deny"),
    "64019": ("admin", "allow"),
    "64020": ("admin", "deny"),
    "64023": ("admin", "other"),
    "64024": ("admin", "other"),
    "64025": ("admin", "other"),
    "64026": ("admin", "other"),
    "64027": ("admin", "other"),
}
"""What kind of event Wazuh's rules tell of, and how it ended."""


def test_it_agrees_with_the_rules_of_wazuh():
    folder = shared_data("firewall_logs", "wazuh_4.14.7_logtest")
    found = read(reader, (folder / "cisco_asa.lines.log").read_bytes()).rows["firewall_events"]
    with (folder / "cisco_asa.truth.tsv").open() as file:
        truth = {int(row["line"]): row["wazuh_rule"] for row in csv.DictReader(file, delimiter="\t")}
    judged = [row for row in found if truth[int(str(row["place"]))] in WAZUH]

    assert len(judged) == 22
    for row in judged:
        meant = WAZUH[truth[int(str(row["place"]))]]
        assert (row["place"], row["event_kind"], row["action"]) == (row["place"], *meant)
