"""What Palo Alto's system records tell in words."""

import pytest

from chahe.sources.firewall_logs.paloalto import reader
from reading import read

PRECISE = "2026-11-22T09:00:00.443+08:00"
NINE = 1_795_309_200_000_000
"""2026-11-22 09:00 in Taipei."""


def row(words: str, subtype: str = "general", event: str = "general") -> dict[str, object]:
    line = (
        f"1,2026/11/22 09:00:01,0070510001,SYSTEM,{subtype},2817,2026/11/22 09:00:00,,{event},,0,0,general,medium,"
        f'"{words}",81,0x0,0,0,0,0,,PA-Taipei,0,0,{PRECISE}'
    )
    reading = read(reader, line.encode())
    assert not reading.rejects
    return reading.rows["firewall_events"][0]


def test_a_failed_sign_in_tells_who_and_from_where() -> None:
    words = "failed authentication for user 'corp\\lin'.  Reason: Invalid username/password. auth profile 'A', From: 10.1.2.9."
    one = row(words, "auth", "auth-fail")
    assert one == {
        "place": 1,
        "happened_at_us": NINE + 443_000,
        "device": "pa-taipei",
        "device_serial": "0070510001",
        "event_kind": "admin",
        "action": "deny",
        "action_written": "auth-fail",
        "source_address": "10.1.2.9",
        "account": "lin",
        "event_code": "auth-fail",
    }


@pytest.mark.parametrize(
    ("words", "subtype", "kind", "account", "source"),
    [
        ("User admin logged in via Web from 10.1.2.9 using https", "general", "admin", "admin", "10.1.2.9"),
        ("User lin logged out via CLI from 2001:db8::9", "general", "admin", "lin", "2001:db8::9"),
        ("authenticated for user lin.   auth profile A, From: 10.1.2.9.", "auth", "admin", "lin", "10.1.2.9"),
        (
            "GlobalProtect gateway user authentication succeeded. Login from: 192.0.2.9, Source region: TW, User name: lin, Auth type: profile",
            "globalprotect",
            "vpn",
            "lin",
            "192.0.2.9",
        ),
        ("Content update job succeeded  for user admin", "general", "system", "admin", None),
        ("WildFire update job succeeded  for user Auto update agent", "general", "system", None, None),
        ("Port ethernet1/1: down", "port", "system", None, None),
    ],
)
def test_system_records_tell_of_people_in_words(
    words: str, subtype: str, kind: str, account: str | None, source: str | None
) -> None:
    one = row(words, subtype)
    assert (one["event_kind"], one.get("account"), one.get("source_address")) == (kind, account, source)


def test_a_connection_of_the_firewall_itself_has_its_ends() -> None:
    out = row("Connection to Update server: updates.example completed successfully, initiated by 10.1.2.9")
    assert (out["event_kind"], out["source_address"]) == ("system", "10.1.2.9")
    far = row("Successfully connect to address: 192.0.2.9 port: 3978, conn id: 7")
    assert (far["destination_address"], far["destination_port"]) == ("192.0.2.9", 3978)


def test_the_server_asked_is_no_destination() -> None:
    one = row("authenticated for user 'lin'.   auth profile 'A', server address '192.0.2.9', From: 10.1.2.9.", "auth")
    assert (one["account"], one["source_address"], "destination_address" in one) == ("lin", "10.1.2.9", False)
