"""Detail files of FreeRADIUS: packets, and what they say of sessions and sign-ins."""

from io import BytesIO

import pytest

from chahe.sources.model import Head
from chahe.sources.sign_ins.freeradius_detail import reader
from reading import Reading, read

AT = 1_795_136_400_000_000
START = {
    "Acct-Status-Type": "Start", "User-Name": '"mei@corp.example"', "NAS-Identifier": '"VPN1"', "NAS-Port-Type": "Virtual",
    "Calling-Station-Id": '"192.0.2.7"', "Framed-IP-Address": "10.9.0.7", "Acct-Session-Id": '"5F3A"',
}  # fmt: skip


def packet(attributes: dict[str, str], stamp: str = "Fri Nov 20 09:00:00 2026") -> str:
    return stamp + "\n" + "".join(f"\t{name} = {value}\n" for name, value in attributes.items()) + "\n"


def reading(*packets: str) -> Reading:
    return read(reader, "".join(packets).encode())


def test_a_start_is_the_begin_of_a_session() -> None:
    assert reading(packet(START)).rows == {
        "remote_sessions": [
            {
                "place": 1, "happened_at_us": AT, "device": "VPN1", "phase": "began", "session_id": "5F3A", "account": "mei",
                "account_domain": "corp.example", "source_address": "192.0.2.7", "assigned_address": "10.9.0.7",
                "began_at_us": AT, "technique": "radius", "event_code": "Start",
            }
        ]
    }  # fmt: skip


def test_a_stop_tells_how_long_it_lasted_and_counts_gigawords() -> None:
    stop = START | {
        "Acct-Status-Type": "Stop", "Acct-Session-Time": "3600", "Acct-Input-Octets": "7", "Acct-Input-Gigawords": "2",
        "Acct-Output-Octets": "9", "Acct-Terminate-Cause": "User-Request", "Timestamp": "1795136401",
    }  # fmt: skip
    (row,) = reading(packet(stop)).rows["remote_sessions"]

    assert (row["phase"], row["ended_at_us"], row["began_at_us"]) == ("ended", AT + 1_000_000, AT - 3_599_000_000)
    assert (row["bytes_from_client"], row["bytes_to_client"], row["reason"]) == (7 + 2 * 2**32, 9, "User-Request")


@pytest.mark.parametrize("answer", [("Access-Accept", "success"), ("Access-Reject", "failure")])
def test_an_answer_with_a_name_is_a_sign_in(answer: tuple[str, str]) -> None:
    (row,) = reading(
        packet({"Packet-Type": answer[0], "User-Name": '"CORP\\\\mei"', "Calling-Station-Id": '"00-11-22"'})
    ).rows["auth_events"]

    assert (row["outcome"], row["account"], row["account_domain"], row["source_host"]) == (
        answer[1],
        "mei",
        "CORP",
        "00-11-22",
    )


def test_what_is_no_remote_access_and_no_result_is_skipped() -> None:
    found = reading(
        packet(START | {"NAS-Port-Type": "Wireless-802.11"}),
        packet({"Packet-Type": "Access-Request", "User-Name": '"mei"'}),
        packet({"Acct-Status-Type": "Accounting-On"}),
    )

    assert not found.rows
    assert len(found.skips) == 3


def test_packets_without_a_time_or_attributes_are_rejected() -> None:
    found = reading(
        '\tUser-Name = "mei"\n\n', "Fri Nov 20 09:00:00 2026\n\n", packet(START, "Fri Feb 30 09:00:00 2026")
    )

    assert [(reject.place, reject.column) for reject in found.rejects] == [(1, None), (2, None), (3, "happened_at_us")]


def test_passwords_are_not_shown() -> None:
    data = packet(START | {"User-Password": '"hunter2hunter2"', "MS-CHAP2-Response": "0xhunter2hunter2"}).encode()
    assert reader.excerpt is not None
    shown = reader.excerpt(BytesIO(data), 1, None)

    assert "hunter2" not in shown
    assert "mei@corp.example" in shown


def test_only_its_own_files_are_recognised() -> None:
    assert reader.recognise(Head("x", packet(START).encode(), whole=True)) is not None
    assert reader.recognise(Head("x", b"Fri Nov 20 09:00:00 2026\n\thello = 1\n", whole=True)) is None
    assert reader.recognise(Head("x", b"\tUser-Name = mei\n", whole=True)) is None
