"""utmp, wtmp and btmp: both record sizes, both byte orders, against the truth file of the samples."""

import json
import struct
from datetime import datetime

import pytest

from chahe.sources.model import Head
from chahe.sources.sign_ins.utmp import reader
from reading import Reading, read, shared_data

_SECOND = 1_772_500_000
_FORMS = {"narrow": "hxxi32s4s32s256shhIII16s20x", "wide": "hxxi32s4s32s256shhqqq16s20x4x"}
_KINDS = {"EMPTY": 0, "RUN_LVL": 1, "BOOT_TIME": 2, "LOGIN": 6, "USER": 7, "DEAD": 8}


def record(
    kind: int,
    user: str = "",
    line: str = "pts/3",
    *,
    host: str = "",
    address: bytes = b"",
    second: int = _SECOND,
    form: str = "<narrow",
) -> bytes:
    layout = struct.Struct(form[0] + _FORMS[form[1:]])
    texts = (line.encode(), b"s/3", user.encode(), host.encode())
    return layout.pack(kind, 811, *texts, 0, 0, 0, second, 250_000, address.ljust(16, b"\0"))


def rows(data: bytes, **settings: str) -> list[dict[str, object]]:
    return read(reader, data, system="db1", **settings).rows.get("auth_events", [])


def test_a_session_is_a_sign_in_and_a_sign_off_of_the_account_that_opened_it() -> None:
    data = record(7, "mei", host="192.0.2.7", address=bytes([192, 0, 2, 7])) + record(8, second=_SECOND + 60)

    assert rows(data) == [
        {
            "place": 1, "happened_at_us": _SECOND * 1_000_000 + 250_000, "host": "db1", "activity": "logon",
            "outcome": "success", "account": "mei", "source_address": "192.0.2.7", "session_id": "811",
            "event_code": "USER_PROCESS",
        },
        {
            "place": 2, "happened_at_us": (_SECOND + 60) * 1_000_000 + 250_000, "host": "db1", "activity": "logoff",
            "account": "mei", "session_id": "811", "event_code": "DEAD_PROCESS",
        },
    ]  # fmt: skip


@pytest.mark.parametrize("form", ["<narrow", ">narrow", "<wide", ">wide"])
def test_size_and_byte_order_are_told_from_the_content(form: str) -> None:
    data = record(2, "reboot", "~", form=form) + record(7, "mei", host="db.example", form=form)
    match = reader.recognise(Head("x", data, whole=True))

    assert match is not None
    assert match.sureness == 90
    boot, logon = rows(data)
    assert (boot["activity"], boot["event_code"], "account" in boot) == ("other", "BOOT_TIME", False)
    assert (logon["account"], logon["source_host"]) == ("mei", "db.example")
    assert logon["happened_at_us"] == _SECOND * 1_000_000 + 250_000


def test_a_name_that_was_typed_and_never_let_in_is_a_failed_sign_in() -> None:
    data = record(6, "oracle", "ssh:notty", host="203.0.113.9") + record(6, "LOGIN", "tty1") + record(7, "mei")

    failed, welcome = rows(data)
    assert (failed["outcome"], failed["account"], failed["service"]) == ("failure", "oracle", "sshd")
    assert welcome["outcome"] == "success"
    assert [row["outcome"] for row in rows(data, failures="yes")] == ["failure", "failure"]


def test_the_hosts_own_terminals_are_told_and_others_are_not_guessed() -> None:
    data = record(7, "a", "tty1") + record(7, "b", "pts/0", host=":0") + record(7, "c", "pts/1")

    assert [row.get("local_console") for row in rows(data)] == [True, True, None]


def test_an_address_of_ipv6_is_read_whatever_the_byte_order_of_the_host() -> None:
    address = bytes.fromhex("20010db8000000000000000000000007")

    assert rows(record(7, "mei", form=">narrow", address=address))[0]["source_address"] == "2001:db8::7"


def test_a_start_of_the_system_ends_the_sessions_before_it() -> None:
    data = record(7, "mei") + record(2, "reboot", "~") + record(8)

    assert "account" not in rows(data)[2]


def test_a_cut_record_and_one_that_cannot_be_are_rejected_with_their_place() -> None:
    data = record(7, "mei") * 20 + record(77, "mei") + record(7, "lin")[:100]
    reading: Reading = read(reader, data, system="db1")

    assert [(reject.place, reject.value) for reject in reading.rejects] == [
        (21, "77 pts/3 mei"),
        (22, record(7)[:16].hex()),
    ]
    assert "100" in reading.rejects[1].why.zh
    assert reading.places_with_rows == 20


def test_an_account_keeps_the_bytes_that_are_no_text() -> None:
    raw = bytearray(record(7, "mei") * 20)
    raw[44:46] = b"\xff\xfe"

    assert rows(bytes(raw))[0]["account"] == r"\xff\xfei"


def test_nothing_else_is_taken_for_it() -> None:
    for data in (b"\0" * 4000, b"A" * 4000, bytes(range(256)) * 20, record(0) * 4):
        assert reader.recognise(Head("wtmp", data, whole=True)) is None


def test_it_asks_for_the_system() -> None:
    reading = read(reader, record(7, "mei"))

    assert not reading.rows
    assert "system" in reading.rejects[0].why.en


@pytest.mark.parametrize(("name", "counts"), [("utmp", (8, 6, 0)), ("wtmp.1", (2, 2, 1))])
def test_the_samples_equal_their_truth(name: str, counts: tuple[int, int, int]) -> None:
    truth = json.loads(shared_data("auth_linux", "plaso", "utmp.truth.json").read_text())
    told = truth[f"dev/auth_linux/plaso/utmp/{name}"]
    reading = read(reader, shared_data("auth_linux", "plaso", "utmp", name).read_bytes(), system="db1")
    found = {row["place"]: row for row in reading.rows["auth_events"]}

    assert (reading.places_with_rows, len(reading.skips), len(reading.rejects)) == counts
    for place, entry in enumerate(told, 1):
        row = found.get(place)
        if row is None:
            assert entry["type"] in ("EMPTY", "LOGIN")
            continue
        assert str(row["event_code"]).startswith(entry["type"])
        assert int(str(row["happened_at_us"])) // 1_000_000 == datetime.fromisoformat(entry["time"]).timestamp()
        if entry["type"] in ("USER", "DEAD"):
            assert row["session_id"] == str(entry["pid"])
            assert row.get("account", "") == entry["user"]
            assert row.get("source_address", "") == ("" if entry["host"] == ":0" else entry["host"])
