"""Sign-ins and remote sessions among messages of ASA and FTD."""

import pytest

from chahe.sources.firewall_logs.cisco_asa import reader
from reading import Reading, read, shared_data

HEAD = "Nov 20 2026 09:00:00 fw1 : %ASA-6-"
AT = 1_795_136_400_000_000
WHO = "Group <staff> User <CORP\\mei> IP <192.0.2.7>"


def reading(message: str) -> Reading:
    return read(reader, f"{HEAD}{message}\n".encode())


def sign_in(message: str) -> dict[str, object]:
    (found,) = reading(message).rows["auth_events"]
    return found


def session(message: str) -> dict[str, object]:
    (found,) = reading(message).rows["remote_sessions"]
    return found


def test_a_session_that_begins_is_a_sign_in() -> None:
    message = f"113039: {WHO} AnyConnect parent session started."

    assert session(message) == {
        "place": 1, "happened_at_us": AT, "device": "fw1", "phase": "began", "account": "mei", "account_domain": "corp",
        "source_address": "192.0.2.7", "began_at_us": AT, "technique": "anyconnect", "profile": "staff", "event_code": "113039",
    }  # fmt: skip
    assert sign_in(message) == {
        "place": 1, "happened_at_us": AT, "host": "fw1", "activity": "logon", "outcome": "success", "account": "mei",
        "account_domain": "corp", "source_address": "192.0.2.7", "service": "anyconnect", "event_code": "113039",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("length", "seconds"), [("2h:28m:09s", 8889), ("1d 2h:00m:00s", 93600), ("0h:00m:05s", 5), ("soon", None)]
)
def test_its_end_tells_how_long_it_lasted_and_how_much_went_through_it(length: str, seconds: int | None) -> None:
    message = (
        "113019: Group = staff, Username = mei, IP = 192.0.2.7, Session disconnected. Session Type: SSL, "
        f"Duration: {length}, Bytes xmt: 54735, Bytes rcv: 2747, Reason: Idle Timeout"
    )
    found = session(message)

    assert (found["phase"], found["ended_at_us"], found["reason"]) == ("ended", AT, "Idle Timeout")
    assert found.get("began_at_us") == (None if seconds is None else AT - seconds * 1_000_000)
    assert (found["bytes_to_client"], found["bytes_from_client"], found["technique"]) == (54735, 2747, "anyconnect")
    assert sign_in(message)["activity"] == "logoff"


def test_the_address_that_is_given_is_kept() -> None:
    found = session(f"722051: {WHO} IPv4 Address <10.9.0.7> IPv6 address <::> assigned to session")

    assert (found["phase"], found["assigned_address"]) == ("going_on", "10.9.0.7")
    assert not reading(f"722051: {WHO} IPv4 Address <10.9.0.7> IPv6 address <::> assigned to session").rows[
        "auth_events"
    ]
    old = session(
        "713228: Group = staff, Username = mei, IP = 192.0.2.7, Assigned private IP address 10.9.0.8 to remote user"
    )
    assert (old["phase"], old["assigned_address"]) == ("began", "10.9.0.8")


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (
            "113015: AAA user authentication Rejected : reason = Invalid password : local database : user = mei : user IP = 192.0.2.7",
            ("logon", "failure", "mei", "192.0.2.7", "aaa"),
        ),
        (
            "113005: AAA user authentication Rejected : reason = AAA failure : server = 10.1.1.9 : user = mei : user IP = 192.0.2.7",
            ("logon", "failure", "mei", "192.0.2.7", "aaa"),
        ),
        ("113005: AAA user authentication Rejected : reason = x : server = 10.1.1.9 : user = ***** : user IP = 192.0.2.7", ("logon", "failure", None, "192.0.2.7", "aaa")),
        ("113004: AAA user authentication Successful : server =  10.1.1.9 : user = mei", ("other", "success", "mei", None, "aaa")),
        ('605005: Login permitted from 10.1.1.5/50122 to inside:10.1.1.1/ssh for user "admin"', ("logon", "success", "admin", "10.1.1.5", "ssh")),
        ('605004: Login denied from 10.1.1.5/50122 to inside:10.1.1.1/https for user "x"', ("logon", "failure", "x", "10.1.1.5", "https")),
        ("611101: User authentication succeeded: IP address: 10.1.1.5, Uname: admin", ("other", "success", "admin", "10.1.1.5", "asa")),
        ("611103: User logged out: Uname: admin", ("logoff", None, "admin", None, "asa")),
        ("502103: User priv level changed: Uname: admin From: 1 To: 15", ("privilege_use", "success", "admin", None, "enable")),
    ],
)  # fmt: skip
def test_each_message_says_one_thing_of_a_sign_in(message: str, expected: tuple[str | None, ...]) -> None:
    found = sign_in(message)
    names = ("activity", "outcome", "account", "source_address", "service")

    assert tuple(found.get(name) for name in names) == expected


def test_a_sign_in_at_the_console_came_from_nowhere_else() -> None:
    found = sign_in('605005: Login permitted from serial to console for user "admin"')

    assert (found["local_console"], "source_host" in found) == (True, False)


def test_accounts_that_are_made_deleted_or_locked_are_changes() -> None:
    for message in (
        "502101: New user added to local dbase: Uname: tmp1 Priv: 15 Encpass: hunter2hunter2",
        "502102: User deleted from local dbase: Uname: tmp1 Priv: 15 Encpass: hunter2hunter2",
        "113006: User 'tmp1' locked out on exceeding '3' successive failed authentication attempts",
    ):
        found = sign_in(message)
        assert (found["activity"], found["target_account"]) == ("account_change", "tmp1")
        assert "hunter2" not in str(found)


def test_other_messages_give_no_further_rows() -> None:
    found = reading(
        "302013: Built outbound TCP connection 81 for outside:192.0.2.9/443 (192.0.2.9/443) to inside:10.1.1.7/1 (a/1)"
    )

    assert not found.rows["auth_events"]
    assert not found.rows["remote_sessions"]


@pytest.mark.parametrize(
    ("sample", "sign_ins", "sessions"),
    [(("sekoia", "cisco_asa_ftd.lines.log"), 6, 4), (("wazuh_4.14.7_logtest", "cisco_asa.lines.log"), 10, 0)],
)
def test_the_sign_ins_of_the_samples_are_found(sample: tuple[str, ...], sign_ins: int, sessions: int) -> None:
    found = read(reader, shared_data("firewall_logs", *sample).read_bytes())

    assert (len(found.rows["auth_events"]), len(found.rows["remote_sessions"])) == (sign_ins, sessions)
    assert all(
        row.get("account") or row.get("target_account") or row["service"] == "enable"
        for row in found.rows["auth_events"]
    )
