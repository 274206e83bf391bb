"""Junos's messages, structured and plain, of several releases."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from relay_truth import differences, relay_reading

from chahe.sources.firewall_logs.juniper_srx import reader
from chahe.sources.model import Head
from reading import Reading, read, shared_data

NINE = 1_795_309_200_000_000
"""2026-11-22 09:00 in Taipei."""
HEADER = "Nov 22 09:00:00 SRX1 "
CLOSED = (
    '[junos@2636.1.1.1.2.142 reason="TCP FIN" source-address="10.1.2.3" source-port="50100" destination-address="192.0.2.7" '
    'destination-port="443" connection-tag="0" service-name="junos-https" nat-source-address="203.0.113.5" nat-source-port="61000" '
    'protocol-id="6" policy-name="web-out" source-zone-name="trust" destination-zone-name="untrust" session-id="4242" '
    'packets-from-client="9" bytes-from-client="920" packets-from-server="8" bytes-from-server="4100" elapsed-time="3" '
    'username="CORP\\\\Chen" roles="N/A"]'
)
STRUCTURED = f"<14>1 2026-11-22T09:00:00.123+08:00 SRX1 RT_FLOW - RT_FLOW_SESSION_CLOSE {CLOSED}"
NAT = "10.1.2.3/50100->192.0.2.7/443 {tag}junos-https 203.0.113.5/61000->192.0.2.7/443 {tag}"
SESSION = {
    "place": 1,
    "happened_at_us": NINE,
    "device": "srx1",
    "event_kind": "traffic",
    "action": "allow",
    "source_address": "10.1.2.3",
    "source_port": 50100,
    "destination_address": "192.0.2.7",
    "destination_port": 443,
    "protocol": "tcp",
    "rule": "web-out",
}


def readings(*lines: str, **facts: str) -> Reading:
    return read(reader, "\n".join(lines).encode(), **facts)


def row(line: str, **facts: str) -> dict[str, object]:
    reading = readings(line, **facts)
    assert not reading.rejects
    return reading.rows["firewall_events"][0]


def test_it_reads_a_structured_session_whole() -> None:
    assert row(STRUCTURED) == SESSION | {
        "happened_at_us": NINE + 123_000,
        "action_written": "RT_FLOW_SESSION_CLOSE",
        "bytes_sent": 920,
        "bytes_received": 4100,
        "account": "chen",
        "event_code": "RT_FLOW_SESSION_CLOSE",
    }


@pytest.mark.parametrize(
    "rules", ["r1 None", "N/A N/A N/A N/A", "source rule out N/A N/A", "None None", "source rule 6 N/A N/A"]
)
@pytest.mark.parametrize("tag", ["", "0x0 "])
@pytest.mark.parametrize(
    "more", ["", " N/A(N/A) ge-0/0/1.0 UNKNOWN UNKNOWN UNKNOWN No", " corp\\chen(staff) ge-0/0/1.0"]
)
def test_it_reads_plain_sessions_of_each_release(rules: str, tag: str, more: str) -> None:
    line = f"{HEADER}RT_FLOW: RT_FLOW_SESSION_CREATE: session created {NAT.format(tag=tag)}{rules} 6 web-out trust untrust 4242{more}"
    said = {"action_written": "RT_FLOW_SESSION_CREATE", "event_code": "RT_FLOW_SESSION_CREATE"}
    assert row(line) == SESSION | said | ({"account": "chen"} if "chen" in more else {})


@pytest.mark.parametrize("reason", ["TCP FIN", "idle Timeout", "TCP CLIENT RST", "response received"])
@pytest.mark.parametrize("policy", ["web-out", "1", "web-out(global)"])
def test_it_reads_how_plain_sessions_closed(reason: str, policy: str) -> None:
    found = row(
        f"{HEADER}RT_FLOW: RT_FLOW_SESSION_CLOSE: session closed {reason}: {NAT.format(tag='0x0 ')}N/A N/A N/A N/A 6 {policy} V40 "
        "Untrust 1714411 10(550) 9(709) 1 UNKNOWN UNKNOWN N/A(N/A) reth2.0 UNKNOWN"
    )
    assert (found["rule"], found["protocol"], found["bytes_sent"], found["bytes_received"]) == (policy, "tcp", 550, 709)
    assert "account" not in found


@pytest.mark.parametrize("more", ["", " UNKNOWN UNKNOWN N/A(N/A) ge-0/0/0.0 UNKNOWN policy deny"])
@pytest.mark.parametrize("front", ["RT_FLOW: ", "RT_FLOW: %USER-6-", "RT_FLOW: %-", "RT_FLOW - "])
def test_it_reads_refusals(front: str, more: str) -> None:
    line = f"{HEADER}{front}RT_FLOW_SESSION_DENY: session denied 10.1.2.3/8->192.0.2.7/0 0x0 icmp 1(8) web-out untrust trust{more}"
    assert row(line) == SESSION | {
        "action": "deny",
        "action_written": "RT_FLOW_SESSION_DENY",
        "event_code": "RT_FLOW_SESSION_DENY",
        "source_port": 8,
        "destination_port": 0,
        "protocol": "icmp",
    }


def test_it_reads_ipv6() -> None:
    found = row(
        f"{HEADER}RT_FLOW: RT_FLOW_SESSION_DENY: session denied 2001:db8::9/4711->2001:db8::7/22 junos-ssh 6(0) deny a b"
    )
    assert (found["source_address"], found["source_port"]) == ("2001:db8::9", 4711)
    assert (found["destination_address"], found["destination_port"], found["rule"]) == ("2001:db8::7", 22, "deny")


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (
            (
                "RT_IDP: IDP_ATTACK_LOG_EVENT: IDP: at 1795309200, SIG Attack log <198.51.100.4/4711->10.1.1.7/80> for TCP protocol and "
                "service HTTP application NONE by rule 9 of rulebase IPS in policy Recommended. attack: id=15229, repeat=0, action=DROP, "
                "threat-severity=HIGH, name=X, NAT <0.0.0.0:0->0.0.0.0:0>, username=unknown-user, roles=N/A"
            ),
            {
                "action": "deny",
                "action_written": "DROP",
                "source_address": "198.51.100.4",
                "source_port": 4711,
                "protocol": "tcp",
            }
            | {
                "destination_address": "10.1.1.7",
                "destination_port": 80,
                "rule": "Recommended",
                "event_kind": "threat",
            },
        ),
        (
            (
                'RT_UTM: WEBFILTER_URL_BLOCKED: WebFilter: ACTION="URL Blocked" 10.1.2.3(58071)->192.0.2.7(80) CATEGORY="games" '
                'REASON="BY_BLACK_LIST" PROFILE="uf1" URL=x.example OBJ=/ username mei roles N/A'
            ),
            {
                "action": "deny",
                "action_written": "URL Blocked",
                "source_address": "10.1.2.3",
                "source_port": 58071,
                "account": "mei",
            }
            | {"destination_address": "192.0.2.7", "destination_port": 80, "rule": "uf1", "event_kind": "threat"},
        ),
        (
            (
                "RT_IDS: RT_SCREEN_TCP: TCP port scan! source: 198.51.100.4:40000, destination: 10.1.1.7:22, zone name: untrust, "
                "interface name: ge-0/0/0.0, action: drop"
            ),
            {"action": "deny", "action_written": "drop", "source_address": "198.51.100.4", "source_port": 40000}
            | {"destination_address": "10.1.1.7", "destination_port": 22, "event_kind": "threat"},
        ),
        (
            (
                'RT_UTM - AV_VIRUS_DETECTED_MT [junos@2636.1.1.1.2.86 source-address="192.0.2.7" source-port="80" destination-address="10.1.2.3" '
                'destination-port="47095" source-zone-name="untrust" filename="x" username="N/A"]'
            ),
            {"action": "other", "source_address": "192.0.2.7", "destination_port": 47095, "event_kind": "threat"},
        ),
        (
            "mgd[811]: UI_LOGIN_EVENT: User 'mei' login, class 'j-super-user' [811], ssh-connection '10.9.8.7 50231 10.1.1.1 22'",
            {"action": "allow", "account": "mei", "source_address": "10.9.8.7", "event_kind": "admin"},
        ),
        (
            "sshd: SSHD_LOGIN_FAILED: Login failed for user 'root' from host '198.51.100.4'",
            {"action": "deny", "account": "root", "source_address": "198.51.100.4", "event_kind": "admin"},
        ),
        (
            'mgd 811 UI_COMMIT [junos@2636.1.1.1.2.86 username="mei" command="commit" message="none"]',
            {"action": "other", "account": "mei", "event_kind": "admin"},
        ),
        (
            "kmd[9]: KMD_PM_SA_ESTABLISHED: Local gateway: 10.1.1.1, Remote gateway: 192.0.2.1",
            {"event_kind": "vpn", "action": "other"},
        ),
        ("chassisd[9]: CHASSISD_SNMP_TRAP7: SNMP trap generated", {"event_kind": "system"}),
        ("cron[811]: (root) CMD (newsyslog)", {"event_kind": "system"}),
    ],
)
def test_it_reads_inspection_administration_and_daemons(message: str, expected: dict[str, object]) -> None:
    found = row(HEADER + message)
    assert found["happened_at_us"] == NINE
    assert {name: found.get(name) for name in expected} == expected
    if expected["event_kind"] == "system":
        assert "action" not in found


def test_what_a_visitor_writes_is_no_field() -> None:
    forged = STRUCTURED.replace('reason="TCP FIN"', 'reason="\\" source-address=\\"9.9.9.9\\" \\]"')
    assert row(forged)["source_address"] == "10.1.2.3"


def test_a_setting_names_the_device_where_no_header_does() -> None:
    bare = STRUCTURED[STRUCTURED.index("RT_FLOW_S") :]
    assert row(bare, device="SRX-9")["device"] == "srx-9"
    assert "happened_at_us" not in row(bare)
    assert row(STRUCTURED, device="SRX-9")["device"] == "srx1"


@pytest.mark.parametrize(
    ("line", "why", "column"),
    [
        (STRUCTURED[: STRUCTURED.index(" policy-name")], "never closed", None),
        (STRUCTURED[: STRUCTURED.index("web-out")], "do not pair", None),
        (STRUCTURED.replace('"50100"', '"501000"'), "must be a number", "source-port"),
        (STRUCTURED.replace('"920"', '"x"'), "must be a number", "bytes-from-client"),
        (f"Nov 31 09:00:00 SRX1 RT_FLOW: RT_FLOW_SESSION_DENY: session denied {NAT}", "cannot be", "happened_at_us"),
        ("1,2026/11/22 09:00:00,0163,SYSTEM,auth", "no tag of Junos", None),
    ],
)
def test_it_rejects_what_cannot_be(line: str, why: str, column: str | None) -> None:
    (reject,) = readings(line).rejects
    assert why in reject.why.en
    assert reject.column == column


def test_blank_lines_are_skipped() -> None:
    assert [place for place, _ in readings(STRUCTURED, "", " ", STRUCTURED).skips] == [2, 3]


OTHERWISE = {
    # The tag of a message is its code; theirs keeps none.
    **{(place, "event_code"): "tag" for place in (1, 2, 3, 4, 5)},
    # What the record calls its action; theirs names the action by the tag.
    (2, "action_written"): "action=",
    # Tags that say of nothing that it was let through or refused; theirs takes them, and words of cron, for actions.
    **{(place, "action_written"): "no action" for place in (4, 5, 7, 8)},
    # A record of Palo Alto's that got among them: it is rejected.
    **{(6, column): "PAN-OS" for column in ("happened_at_us", "device", "action_written", "account")},
}


def test_every_sample_of_the_relay_gives_the_facts_it_holds() -> None:
    reading = relay_reading(reader, "juniper_srx")

    assert (reading.units, [one.place for one in reading.rejects], reading.skips) == (9, [6], [])
    assert set(differences(reading, "juniper_srx")) == set(OTHERWISE)


def sureness(text: str) -> int:
    match = reader.recognise(Head("x.log", text.encode(), whole=True))
    return match.sureness if match else 0


def test_it_knows_its_files() -> None:
    daemon = f"{HEADER}cron[811]: (root) CMD (newsyslog)"
    assert sureness(STRUCTURED) == 95
    assert sureness(f"{HEADER}RT_FLOW: RT_FLOW_SESSION_DENY: session denied 1.1.1.1/1->2.2.2.2/2") == 95
    assert sureness(f"{STRUCTURED}\n{daemon}\n{daemon}") == 95
    assert sureness(f"{STRUCTURED}\na") == 95
    assert sureness(f"{STRUCTURED}\na\nb") == 0
    assert sureness(daemon) == 0
    assert sureness("") == 0


@pytest.mark.parametrize("text", ['{"message": "LINE"}', '[\n"LINE"\n]', 'x = "LINE"', "log 1 pass = LINE"])
def test_lines_within_other_formats_are_not_its_files(text: str) -> None:
    assert sureness(text.replace("LINE", STRUCTURED)) == 0


def test_it_leaves_other_formats_of_the_samples_alone() -> None:
    others = list(shared_data("firewall_logs", "sekoia", "juniper_srx").glob("*.json"))
    assert len(others) == 9
    for other in others:
        assert reader.recognise(Head(other.name, other.read_bytes()[:65536], whole=False)) is None


PLAIN = f"{HEADER}RT_FLOW: RT_FLOW_SESSION_CLOSE: session closed x: {NAT.format(tag='')}a b 6 p z z 42 10(550) 9(709) 1 N/A(N/A)"
LINES = [STRUCTURED.encode(), PLAIN.encode()]


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
