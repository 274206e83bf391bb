"""Sign-ins and remote sessions among FortiGate's events, in each form the lines come in."""

import pytest

from chahe.sources.firewall_logs.fortigate import reader
from reading import Reading, read, shared_data

HEAD = 'date=2026-11-20 time=09:00:00 devname="FG-1" devid="FG100E1" tz="+0800"'
VPN = f'{HEAD} logid="0101039947" type="event" subtype="vpn"'
ADMIN = f'{HEAD} logid="0100032001" type="event" subtype="system"'
TUNNEL = 'tunneltype="ssl-tunnel" tunnelid=105 remip=192.0.2.7 tunnelip=10.9.0.7 user="mei@corp.example" group="vpn"'
AT = 1_795_136_400_000_000


def reading(*lines: str) -> Reading:
    return read(reader, "".join(f"{line}\n" for line in lines).encode())


def sign_in(line: str) -> dict[str, object]:
    (found,) = reading(line).rows["auth_events"]
    return found


def test_a_tunnel_that_comes_up_is_a_sign_in_and_the_begin_of_a_session() -> None:
    found = reading(f'{VPN} action="tunnel-up" {TUNNEL} reason="N/A"')

    assert found.rows["remote_sessions"] == [
        {
            "place": 1, "happened_at_us": AT, "device": "fg-1", "phase": "began", "session_id": "105", "account": "mei",
            "account_domain": "corp.example", "source_address": "192.0.2.7", "assigned_address": "10.9.0.7",
            "began_at_us": AT, "technique": "ssl-tunnel", "profile": "vpn", "event_code": "0101039947",
        }
    ]  # fmt: skip
    assert found.rows["auth_events"] == [
        {
            "place": 1, "happened_at_us": AT, "host": "fg-1", "activity": "logon", "outcome": "success", "account": "mei",
            "account_domain": "corp.example", "source_address": "192.0.2.7", "service": "ssl-tunnel", "session_id": "105",
            "event_code": "0101039947",
        }
    ]  # fmt: skip
    assert len(found.rows["firewall_events"]) == 1


def test_a_tunnel_that_goes_down_tells_when_it_began_and_how_much_went_through_it() -> None:
    found = reading(
        f'{VPN} action="tunnel-down" {TUNNEL} reason="User requested" duration=147 sentbyte=2284 rcvdbyte=2630'
    )
    (session,) = found.rows["remote_sessions"]

    assert (session["phase"], session["ended_at_us"], session["began_at_us"]) == ("ended", AT, AT - 147_000_000)
    assert (session["bytes_to_client"], session["bytes_from_client"], session["reason"]) == (
        2284,
        2630,
        "User requested",
    )
    assert found.rows["auth_events"][0]["activity"] == "logoff"


def test_what_a_session_counts_on_its_way_is_no_sign_in() -> None:
    found = reading(f'{VPN} action="tunnel-stats" {TUNNEL} duration=60 sentbyte=1 rcvdbyte=2')

    assert [row["phase"] for row in found.rows["remote_sessions"]] == ["going_on"]
    assert not found.rows["auth_events"]


def test_a_tunnel_between_sites_is_no_session_of_a_person() -> None:
    found = reading(
        f'{VPN} action="tunnel-up" tunneltype="ipsec" remip=192.0.2.9 user="N/A" xauthuser="N/A" vpntunnel="DC2"'
    )

    assert not found.rows["remote_sessions"]
    assert not found.rows["auth_events"]


def test_a_refused_sign_in_has_no_session() -> None:
    found = reading(
        f'{VPN} action="ssl-login-fail" tunneltype="ssl-web" tunnelid=0 remip=192.0.2.7 user="x" reason="bad"'
    )

    assert not found.rows["remote_sessions"]
    assert [(row["outcome"], row["account"]) for row in found.rows["auth_events"]] == [("failure", "x")]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('action="login" status="success" user="admin" ui="https(10.1.1.5)"', ("logon", "success", "10.1.1.5", None)),
        ("action=login status=failed user=root ui=ssh(222.186.130.227)", ("logon", "failure", "222.186.130.227", None)),
        ('action="logout" status="success" user="admin" ui="console"', ("logoff", "success", None, True)),
    ],
)
def test_administrators_sign_in_to_the_firewall_itself(line: str, expected: tuple[object, ...]) -> None:
    found = sign_in(f"{ADMIN} {line}")

    assert (found["activity"], found["outcome"], found.get("source_address"), found.get("local_console")) == expected
    assert found["service"] == "fortigate"


def test_the_comma_form_and_cef_say_the_same() -> None:
    comma = f'{ADMIN} action="login" status="success" user="admin" ui="ssh(10.1.1.5)"'.replace(" ", ",")
    cef = (
        "CEF:0|Fortinet|Fortigate|v7.4|32001|event:system login success|3|deviceExternalId=FG100E1 dvchost=FG-1 "
        "FTNTFGTeventtime=1795136400 FTNTFGTlogid=0100032001 cat=event:system duser=admin sproc=ssh(10.1.1.5) act=login outcome=success"
    )

    for line in (comma, cef):
        found = sign_in(line)
        assert (found["account"], found["outcome"], found["source_address"]) == ("admin", "success", "10.1.1.5"), line
        assert (found["host"], found["happened_at_us"]) == ("fg-1", AT)


def test_other_events_give_no_further_rows() -> None:
    found = reading(
        f'{ADMIN} action="roll-log" msg="action=login by nobody" user="x"',
        f'{HEAD} logid="0000000013" type="traffic" subtype="forward" srcip=10.1.2.3 action="login" user="x"',
        f'{VPN} action="ssl-new-con" remip=192.0.2.7 user="N/A"',
    )

    assert not found.rows["auth_events"]
    assert not found.rows["remote_sessions"]


@pytest.mark.parametrize(
    ("sample", "sign_ins", "sessions"),
    [
        (("sekoia", "fortinet_fortigate.lines.log"), 5, 0),
        (("wazuh_4.14.7_logtest", "fortigate.lines.log"), 7, 2),
    ],
)
def test_the_sign_ins_of_the_samples_are_found(sample: tuple[str, ...], sign_ins: int, sessions: int) -> None:
    found = read(reader, shared_data("firewall_logs", *sample).read_bytes())

    assert len(found.rows["auth_events"]) == sign_ins
    assert len(found.rows["remote_sessions"]) == sessions
    assert all(
        (row["account"] and row.get("outcome")) or row["activity"] == "logoff" for row in found.rows["auth_events"]
    )
