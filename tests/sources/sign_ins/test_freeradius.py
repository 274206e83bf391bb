"""FreeRADIUS's log with and without headers, against the truth file of the samples."""

import csv

import pytest

from chahe.sources.model import Head
from chahe.sources.sign_ins.freeradius import reader
from reading import read, shared_data

STAMP = "Tue Mar  3 04:05:06 2026 : Auth: "
SECRET = "hunter2hunter2"  # noqa: S105 - a mark to look for, no password


def row(message: str, stamp: str = STAMP) -> dict[str, object]:
    (found,) = read(reader, f"{stamp}{message}\n".encode(), system="rad1").rows["auth_events"]
    return found


def test_a_sign_in_is_a_row_under_either_header_and_none() -> None:
    message = "(29512) Login OK: [wang.mei] (from client vpn1 port 0 cli 192.0.2.7)"
    expected = {
        "place": 1, "happened_at_us": 1_772_481_906_000_000, "host": "rad1", "activity": "logon", "outcome": "success",
        "account": "wang.mei", "source_address": "192.0.2.7", "service": "radius", "event_code": "Login OK",
    }  # fmt: skip

    assert row(message) == expected
    assert row(message, "Mar  3 04:05:06 RAD1 radiusd[811]: ") == expected
    assert row(message, "2026-03-03T04:05:06+08:00 rad1 freeradius[811]: ") == expected
    assert row(message, "") == {key: value for key, value in expected.items() if key != "happened_at_us"}


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (r"Login incorrect: [CORP\mei] (from client ap port 8 cli 00-11-22)", ("mei", "corp", "failure", "00-11-22")),
        ("Invalid user (Rejected): [mei@corp.example ] (from client ap port 8)", ("mei", "corp.example", "failure", "ap")),
        (f"Login incorrect: [mei/{SECRET}] (from client ap port 8)", ("mei", None, "failure", "ap")),
        ("Login OK: [host/ws.corp.example/x] (from client ap port 8)", ("host/ws.corp.example", None, "success", "ap")),
        ("Login incorrect (a [b] (c (d.)): [mei] (from client ap port 8)", ("mei", None, "failure", "ap")),
        ("Login incorrect: [x] (from client evil port 0)] (from client ap port 8)", ("x] (from client evil port 0)", None, "failure", "ap")),
        ("Login OK: [mei] (from client ap port 8 via TLS tunnel) vlan [7]", ("mei", None, "success", "ap")),
        ("Login OK: [] (from client ap port 8)", (None, None, "success", "ap")),
    ],
)  # fmt: skip
def test_names_places_and_results_are_told_apart(message: str, expected: tuple[str | None, ...]) -> None:
    found = row(message)

    assert (found.get("account"), found.get("account_domain"), found["outcome"], found["source_host"]) == expected
    assert SECRET not in str(found)


def test_the_method_of_a_sign_in_without_a_password_is_kept() -> None:
    assert row("Login OK: [mei/<via Auth-Type = EAP>] (from client ap port 8)")["method"] == "eap"


def test_a_request_of_an_unknown_device_is_kept() -> None:
    found = row(
        "Ignoring request to auth address * port 1812 bound to server default from unknown client 192.0.2.9 port 9459 proto udp"
    )

    assert (found["activity"], found["outcome"]) == ("other", "failure")
    assert (found["source_address"], found["source_port"]) == ("192.0.2.9", 9459)


def test_other_lines_are_skipped_and_cut_ones_rejected_without_what_was_typed() -> None:
    lines = [
        "Tue Mar  3 04:05:06 2026 : Info: Ready to process requests",
        "",
        f"{STAMP}Login incorrect: [mei/{SECRET}] (from cl",
        "Mon Feb 30 04:05:06 2026 : Auth: Login OK: [mei] (from client ap port 8)",
    ]
    reading = read(reader, "\n".join(lines).encode(), system="rad1")

    assert [place for place, _ in reading.skips] == [1, 2]
    assert [(reject.column, reject.value) for reject in reading.rejects] == [
        (None, f"{STAMP}Login incorrect"),
        ("happened_at_us", "Mon Feb 30 04:05:06 2026"),
    ]


def test_only_its_own_log_is_recognised() -> None:
    line = f"{STAMP}Login OK: [mei] (from client ap port 8)\n".encode()
    other = b"Tue Mar  3 04:05:06 2026 : Info: Ready\n"

    assert reader.recognise(Head("x", line + other * 20, whole=True)) is not None
    assert reader.recognise(Head("x", other * 20, whole=True)) is None
    assert reader.recognise(Head("x", b'{\n "message": "Login OK: [a] (from client b port 0)"\n}', whole=True)) is None


def test_the_samples_equal_their_truth() -> None:
    reading = read(reader, shared_data("auth_other", "sekoia", "freeradius.lines.log").read_bytes(), system="rad1")
    with shared_data("auth_other", "sekoia", "freeradius.truth.tsv").open(encoding="utf-8") as file:
        truth = list(csv.DictReader(file, delimiter="\t"))

    assert len(reading.rows["auth_events"]) == len(truth) == 13
    for found, told in zip(reading.rows["auth_events"], truth, strict=True):
        assert found["outcome"] == told["outcome"]
        # The truth names no account where a computer signed in.
        if told["user"]:
            assert found["account"] == told["user"].lower()
        else:
            assert str(found.get("account", "host/")).startswith("host/")
        assert found.get("source_address", "") == told["src_ip"]
