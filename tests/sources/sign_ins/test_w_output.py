"""Output of w, whose times are told by its own clock."""

import json
from datetime import UTC, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest

from chahe.sources.model import Head
from chahe.sources.sign_ins.w_output import reader
from reading import NOON_2026_11_22, Reading, read, shared_data

TOP = " 10:25:20 up 16:03,  2 users,  load average: 0.00, 0.01, 0.05\nUSER     TTY      FROM             LOGIN@   IDLE   JCPU   PCPU WHAT\n"


def reading(*lines: str, top: str = TOP, observed_at_us: int = NOON_2026_11_22) -> Reading:
    return read(
        reader, (top + "".join(f"{line}\n" for line in lines)).encode(), system="db1", observed_at_us=observed_at_us
    )


def local(row: dict[str, object]) -> str:
    moment = datetime.fromtimestamp(int(str(row["happened_at_us"])) / 1_000_000, UTC)
    return moment.astimezone(ZoneInfo("Asia/Taipei")).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("written", "expected"),
    [("09:53", "2026-11-22 09:53"), ("22:10", "2026-11-21 22:10"), ("Fri18", "2026-11-20 18:00"), ("Sun11", "2026-11-15 11:00"), ("20Oct26", "2026-10-20 00:00")],
)  # fmt: skip
def test_times_are_the_last_before_the_output_was_taken(written: str, expected: str) -> None:
    (row,) = reading(f"mei      pts/0    192.0.2.7        {written}    8.00s  0.10s  0.00s w").rows["auth_events"]

    assert local(row) == expected
    assert (row["account"], row["source_address"], row["host"]) == ("mei", "192.0.2.7", "db1")


def test_its_clock_may_be_of_the_day_before() -> None:
    early = NOON_2026_11_22 - 3 * 3600 * 1_000_000
    (row,) = reading("mei      pts/0    192.0.2.7        09:53    8.00s  0.10s  0.00s w", observed_at_us=early).rows[
        "auth_events"
    ]

    assert local(row) == "2026-11-21 09:53"


def test_what_is_none_is_rejected() -> None:
    found = reading("hello", "mei tty1 30Feb26 1s 1s 1s w")

    assert [(reject.column, reject.value) for reject in found.rejects] == [
        (None, "hello"),
        ("happened_at_us", "30Feb26"),
    ]
    clockless = reading("mei tty1 09:53 1s 1s 1s w", top="")
    assert clockless.rejects[0].value == "09:53"


def test_what_runs_in_a_session_is_not_shown() -> None:
    data = (TOP + "mei      pts/0    192.0.2.7        09:53    8.00s  0.10s  0.00s mysql -p hunter2hunter2\n").encode()
    assert reader.excerpt is not None

    assert reader.excerpt(BytesIO(data), 3, None) == "mei      pts/0    192.0.2.7        09:53    …"


def test_only_its_own_output_is_recognised() -> None:
    assert reader.recognise(Head("x", TOP.encode(), whole=True)) is not None
    assert reader.recognise(Head("x", b"USER TTY FROM LOGIN@ IDLE\n", whole=True)) is None


def test_the_sample_equals_its_truth() -> None:
    found = read(reader, shared_data("auth_linux", "jc", "centos-7.7", "w.out").read_bytes(), system="db1")
    truth = json.loads(shared_data("auth_linux", "jc", "centos-7.7", "w.json").read_text())

    assert not found.rejects
    for row, told in zip(found.rows["auth_events"], truth, strict=True):
        assert row["account"] == told["user"]
        assert row.get("source_address") == told["from"]
        assert local(row)[11:] == {"Fri18": "18:00"}.get(told["login_at"], told["login_at"])
