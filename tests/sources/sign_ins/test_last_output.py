"""Output of last, lastb and who, against jc's reading of the samples."""

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chahe.sources.model import Head
from chahe.sources.sign_ins.last_output import reader
from reading import NOON_2026_11_22, read, shared_data

TAIPEI = ZoneInfo("Asia/Taipei")
NOWHERE = "0.0.0.0"  # noqa: S104 - what last -i prints for none


def local(row: dict[str, object], form: str = "%Y-%m-%d %H:%M:%S") -> str:
    return datetime.fromtimestamp(int(str(row["happened_at_us"])) / 1_000_000, UTC).astimezone(TAIPEI).strftime(form)


def rows(text: str, **settings: str) -> list[dict[str, object]]:
    return read(reader, text.encode(), system="db1", **settings).rows.get("auth_events", [])


def test_a_line_is_a_sign_in_and_a_sign_off_where_its_end_is_told() -> None:
    text = "mei  pts/0  192.0.2.7  Thu Nov 19 09:01:07 2026 - Thu Nov 19 17:30:01 2026  (08:28)\n"
    logon, logoff = rows(text)

    assert logon == {
        "place": 1, "happened_at_us": 1_795_050_067_000_000, "host": "db1", "account": "mei",
        "source_address": "192.0.2.7", "activity": "logon", "outcome": "success",
    }  # fmt: skip
    assert (logoff["activity"], local(logoff)) == ("logoff", "2026-11-19 17:30:01")


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("- 17:30  (08:29)", "2026-11-19 17:30:00"),
        ("- 08:59 (1+23:58)", "2026-11-21 08:59:00"),
        ("- 00:00  (14:58)", "2026-11-20 00:00:00"),
        ("- down  (01:00)", "2026-11-19 10:01:00"),
        ("- crash  (01:00)", None),
        ("still logged in", None),
        ("gone - no logout", None),
        ("- 08:00  (-1:-01)", None),
    ],
)
def test_the_end_is_the_clock_that_is_printed_on_the_day_its_length_leads_to(end: str, expected: str | None) -> None:
    found = rows(f"mei  pts/0  192.0.2.7  Thu Nov 19 09:01   {end}\n")

    assert [local(row) for row in found if row["activity"] == "logoff"] == ([expected] if expected else [])


def test_years_are_found_from_the_last_line_upwards_over_new_year_and_silent_years() -> None:
    text = (
        "mei pts/0 a.example Wed Feb 11 09:00 - 09:10  (00:10)\n"  # 2026, as the weekday says: in 2025 it was a Tuesday
        "mei pts/0 a.example Wed Jan  3 09:00 - 09:10  (00:10)\n"
        "mei pts/0 a.example Sat Dec 30 09:00 - 09:10  (00:10)\n"
        "\nwtmp begins Sat Dec 30 08:00:00 2023\n"
    )

    assert [local(row, "%Y") for row in rows(text) if row["activity"] == "logon"] == ["2026", "2024", "2023"]


def test_without_the_last_line_years_go_downwards_from_the_observation() -> None:
    text = "mei pts/0 a Mon Nov 23 09:00 - 09:10  (00:10)\nmei pts/0 a Mon Dec 29 09:00 - 09:10  (00:10)\n"

    assert [local(row, "%Y") for row in rows(text) if row["activity"] == "logon"] == ["2026", "2025"]
    early = read(reader, text.encode(), system="db1", observed_at_us=NOON_2026_11_22 - 86_400_000_000 * 30)
    assert local(early.rows["auth_events"][0], "%Y") == "2020"


def test_a_day_that_cannot_be_is_rejected() -> None:
    reading = read(reader, b"mei pts/0 a Mon Feb 30 09:00 - 09:10  (00:10)\n", system="db1")

    assert [(reject.column, reject.value) for reject in reading.rejects] == [("happened_at_us", "Mon Feb 30 09:00")]


def test_failed_sign_ins_are_told_by_the_last_line_the_terminal_or_the_setting() -> None:
    line = "oracle   {}    192.0.2.9  Thu Nov 19 09:01 - 09:01  (00:00)\n"

    assert [row["outcome"] for row in rows(line.format("pts/0") + "\nbtmp begins Thu Nov 19 09:01:02 2026\n")] == [
        "failure"
    ]
    assert [row["outcome"] for row in rows(line.format("ssh:notty"))] == ["failure"]
    assert [row["outcome"] for row in rows(line.format("tty1"), failures="yes")] == ["failure"]
    nameless = rows("         ssh:notty    192.0.2.9  Thu Nov 19 09:01 - 09:01  (00:00)\n")
    assert "account" not in nameless[0]


def test_the_host_may_stand_last_and_times_in_iso_form() -> None:
    (logon, _) = rows(
        "mei pts/0 2026-11-19T09:01:07+08:00 - 2026-11-19T10:00:00+08:00  (00:58)     ws-31.broker.example\n"
    )

    assert (logon["source_host"], local(logon)) == ("ws-31.broker.example", "2026-11-19 09:01:07")


def test_starts_of_the_system_are_no_sign_ins() -> None:
    text = (
        "reboot   system boot  5.14.0  Mon Nov 16 08:00   still running\n"
        "runlevel (to lvl 3)   5.14.0  Mon Nov 16 08:00   still running\n"
        "reboot   pts/1        192.0.2.1  Mon Nov 16 09:00   still logged in\n"
    )

    assert [(row["activity"], row.get("event_code"), row.get("account")) for row in rows(text)] == [
        ("other", "BOOT_TIME", None),
        ("other", "RUN_LVL", None),
        ("logon", None, "reboot"),
    ]


def test_a_line_of_something_else_is_rejected() -> None:
    reading = read(reader, b"mei pts/0 a Mon Nov 23 09:00 - 09:10  (00:10)\nhello there\n", system="db1")

    assert [(reject.place, reject.value) for reject in reading.rejects] == [(2, "hello there")]


def test_other_lists_are_not_taken_for_it() -> None:
    for text in (
        "Jan  5 09:00:00 db1 sshd[1]: hello\n",
        "a b 2026-01-02 03:04 something else\n",
        "root:x:0:0::/:/bin/sh\n",
    ):
        assert reader.recognise(Head("last", text.encode(), whole=True)) is None


@given(st.text(alphabet="0123456789:+-() ", max_size=30))
def test_no_end_breaks_it(end: str) -> None:
    read(reader, f"mei pts/0 a Mon Nov 23 09:00 - {end}\n".encode(), system="db1")


def _truth(name: str) -> list[dict[str, object]]:
    told = json.loads(shared_data("auth_linux", "jc", *name.split("/")).with_suffix(".json").read_text())
    assert isinstance(told, list)
    return told


@pytest.mark.parametrize("name", ["last", "last-w", "last-wF", "last-crash", "last-wixF", "lastb"])
def test_the_samples_of_last_equal_their_truth(name: str) -> None:
    sample = shared_data("auth_linux", "jc", "centos-7.7", f"{name}.out")
    reading = read(reader, sample.read_bytes(), system="db1")
    begun = [row for row in reading.rows["auth_events"] if row["activity"] != "logoff"]
    ended = {row["place"]: row for row in reading.rows["auth_events"] if row["activity"] == "logoff"}
    truth = _truth(f"centos-7.7/{name}.json")
    exact = name in ("last-wF", "last-wixF")

    assert not reading.rejects
    assert len(begun) == len(truth)
    for row, told in zip(begun, truth, strict=True):
        login = str(told["login"])
        assert local(row, "%a %b %-d %H:%M:%S %Y" if exact else "%a %b %-d %H:%M") == login
        if row["activity"] == "other":
            assert told["user"] in ("reboot", "runlevel", "shutdown")
            continue
        assert row["account"] == told["user"]
        place = row.get("source_address", row.get("source_host"))
        # jc writes CONSOLE before what is a display, or a window of screen.
        somewhere = told["hostname"] != NOWHERE and not str(told["hostname"]).startswith("CONSOLE:")
        assert place == (told["hostname"] if somewhere else None)
        assert row["outcome"] == ("failure" if name == "lastb" else "success")
        logout, end = str(told["logout"]), ended.get(row["place"])
        if name == "lastb" or logout in ("crash", "still logged in", "gone - no logout"):
            assert end is None
        elif logout == "down":
            assert end is not None
        else:
            assert end is not None
            assert local(end, "%a %b %-d %H:%M:%S %Y" if exact else "%H:%M") == logout


@pytest.mark.parametrize("name", ["centos-7.7/who", "centos-7.7/who-a", "generic/who-login-screen"])
def test_the_samples_of_who_equal_their_truth(name: str) -> None:
    sample = shared_data("auth_linux", "jc", *f"{name}.out".split("/"))
    reading = read(reader, sample.read_bytes(), system="db1")
    truth = _truth(f"{name}.json")
    found = {row["place"]: row for row in reading.rows["auth_events"]}

    assert not reading.rejects
    for place, told in enumerate(truth, 1):
        row = found.get(place)
        if row is None:
            assert told["event"] == "login"
            continue
        assert local(row, "%Y-%m-%d %H:%M") == told["time"]
        assert row.get("account") == told.get("user")
        if told.get("from") not in (":0", "login screen"):
            assert row.get("source_address", row.get("source_host")) == told.get("from")
