"""OpenVPN's server log: sign-ins and sessions under every header."""

import pytest

from chahe.sources.model import Head
from chahe.sources.sign_ins.openvpn import reader
from reading import Reading, read

AT = 1_795_136_400_000_000
PEER = "192.0.2.7:51820 "
NAMED = "mei/192.0.2.7:51820 "
STAMPS = ("2026-11-20 09:00:00 ", "Fri Nov 20 09:00:00 2026 ", "Nov 20 09:00:00 GW1 openvpn[811]: ")


def reading(*messages: str, stamp: str = STAMPS[0]) -> Reading:
    return read(reader, "".join(f"{stamp}{message}\n" for message in messages).encode(), system="GW1")


@pytest.mark.parametrize("stamp", STAMPS)
def test_a_connection_by_certificate_is_a_sign_in_and_a_session(stamp: str) -> None:
    found = reading(f"{PEER}[mei@corp] Peer Connection Initiated with [AF_INET]192.0.2.7:51820", stamp=stamp)

    assert found.rows == {
        "auth_events": [
            {
                "place": 1, "happened_at_us": AT, "host": "GW1", "activity": "logon", "outcome": "success", "account": "mei",
                "account_domain": "corp", "source_address": "192.0.2.7", "source_port": 51820, "method": "certificate",
                "service": "openvpn", "session_id": "192.0.2.7:51820",
            }
        ],
        "remote_sessions": [
            {
                "place": 1, "happened_at_us": AT, "device": "GW1", "phase": "began", "account": "mei", "account_domain": "corp",
                "source_address": "192.0.2.7", "began_at_us": AT, "technique": "openvpn", "session_id": "192.0.2.7:51820",
            }
        ],
    }  # fmt: skip


def test_where_a_password_is_asked_its_check_is_the_sign_in() -> None:
    found = reading(
        f"{PEER}TLS: Username/Password authentication succeeded for username 'mei' [CN SET]",
        f"{PEER}[laptop-7] Peer Connection Initiated with [AF_INET]192.0.2.7:51820",
    )

    assert [(row["place"], row["account"], row["method"]) for row in found.rows["auth_events"]] == [
        (1, "mei", "password")
    ]
    assert [(row["place"], row["account"]) for row in found.rows["remote_sessions"]] == [(2, "mei")]


def test_an_end_is_joined_to_the_begin_of_the_same_peer() -> None:
    began = "2026-11-20 08:00:00 192.0.2.7:51820 [mei] Peer Connection Initiated with [AF_INET]192.0.2.7:51820\n"
    for end in (
        "SIGTERM[soft,remote-exit] received, client-instance exiting",
        "SIGUSR1[soft,ping-restart] received, client-instance restarting",
    ):
        found = read(reader, f"{began}{STAMPS[0]}{NAMED}{end}\n".encode())
        last = found.rows["remote_sessions"][-1]
        assert (last["phase"], last["began_at_us"], last["ended_at_us"]) == ("ended", AT - 3_600_000_000, AT)
        assert last["reason"] in end
        assert found.rows["auth_events"][-1]["activity"] == "logoff"


@pytest.mark.parametrize(
    "message",
    [
        f"{NAMED}MULTI_sva: pool returned IPv4=10.8.0.6, IPv6=(Not enabled)",
        f"{NAMED}MULTI: primary virtual IP for mei/192.0.2.7:51820: 10.8.0.6",
    ],
)
def test_the_address_that_is_given_is_kept(message: str) -> None:
    (row,) = reading(message).rows["remote_sessions"]

    assert (row["phase"], row["assigned_address"], row["account"]) == ("going_on", "10.8.0.6", "mei")


@pytest.mark.parametrize(
    ("message", "account", "method"),
    [
        (f"{PEER}TLS Auth Error: Auth Username/Password verification failed for peer", None, "password"),
        (
            f"{PEER}VERIFY ERROR: depth=0, error=certificate has expired: C=TW, O=Corp, CN=mei, serial=7",
            "mei",
            "certificate",
        ),
    ],
)
def test_what_is_refused_is_a_failed_sign_in(message: str, account: str | None, method: str) -> None:
    (row,) = reading(message).rows["auth_events"]

    assert (row["outcome"], row.get("account"), row["method"], row["source_port"]) == (
        "failure",
        account,
        method,
        51820,
    )


def test_microseconds_and_ipv6_are_read() -> None:
    found = read(
        reader,
        b"Fri Nov 20 09:00:00 2026 us=123456 2001:db8::7:1194 [mei] Peer Connection Initiated with [AF_INET6]2001:db8::7:1194\n",
    )
    (row,) = found.rows["auth_events"]

    assert (row["happened_at_us"], row["source_address"], row["source_port"]) == (AT + 123_456, "2001:db8::7", 1194)


def test_other_lines_are_skipped_and_broken_ones_rejected() -> None:
    found = read(
        reader,
        f"{STAMPS[0]}OpenVPN 2.6.12 started\n\nno time\n2026-13-45 09:00:00 {PEER}[mei] Peer Connection Initiated with x\n".encode(),
    )

    assert [place for place, _ in found.skips] == [1, 2]
    assert [(reject.place, reject.column, reject.value) for reject in found.rejects] == [
        (3, None, "no time"),
        (4, "happened_at_us", "2026-13-45 09:00:00"),
    ]


def test_only_its_own_log_is_recognised() -> None:
    line = f"{STAMPS[0]}{PEER}[mei] Peer Connection Initiated with [AF_INET]192.0.2.7:51820\n"

    assert reader.recognise(Head("x", line.encode(), whole=True)) is not None
    assert reader.recognise(Head("x", f'{{"message": "{line.strip()}"}}'.encode(), whole=True)) is None
    assert reader.recognise(Head("x", b"2026-11-20 09:00:00 hello\n", whole=True)) is None
