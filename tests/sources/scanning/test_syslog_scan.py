"""The envelopes of syslog: forms, times, and the years of lines that name none."""

import json
import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from syslog_patterns import HEADER

from chahe.engine.chunks import chunks
from chahe.sources.model import Context
from chahe.sources.scanning.syslog_scan import columns
from chahe.sources.scanning.syslog_years import Years
from reading import NOON_2026_11_22, shared_data

TAIPEI = ZoneInfo("Asia/Taipei")
UTC_NAMED = re.compile(r"\d [A-Z]{2,5}: %")


def headers(data: bytes, *, zone: str = "Asia/Taipei", observed_at_us: int = NOON_2026_11_22, size: int = 1 << 20):
    context = Context(observed_at_us=observed_at_us, zone=zone)
    years = Years(context)
    for chunk in chunks(BytesIO(data), size):
        years.scan(chunk.lines)
    found = []
    for chunk in chunks(BytesIO(data), size):
        read = pa.table(columns(chunk.lines.cast(pa.string()), context, years.of(chunk.lines)))
        found += read.to_pylist()
    return [{name.removeprefix("header_"): value for name, value in row.items()} for row in found]


def header(line: str, **given: object):
    return headers(f"{line}\n".encode(), **given)[0]


def us(text: str) -> int:
    moment = datetime.fromisoformat(text)
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("line", "at", "origin"),
    [
        ("Mar  3 04:05:06 gate1 sshd[811]: hello", "2026-03-03T04:05:06+08:00", ("gate1", "sshd", "811", "hello")),
        ("Mar 3 04:05:06 gate1 sshd: hello", "2026-03-03T04:05:06+08:00", ("gate1", "sshd", None, "hello")),
        ("Mar 13 04:05:06.123 gate1 a/b[7]: x", "2026-03-13T04:05:06.123+08:00", ("gate1", "a/b", "7", "x")),
        ("Mar 03 2025 04:05:06: %ASA-6-1: x", "2025-03-03T04:05:06+08:00", (None, None, None, "%ASA-6-1: x")),
        ("Mar 03 2025 04:05:06 fw1 : %ASA-6-1: x", "2025-03-03T04:05:06+08:00", ("fw1", None, None, "%ASA-6-1: x")),
        ("Mar  3 04:05:06 fw1 %ASA-6-1: x", "2026-03-03T04:05:06+08:00", ("fw1", None, None, "%ASA-6-1: x")),
        ("*Mar  3 04:05:06 fw1: %ASA-6-1: x", "2026-03-03T04:05:06+08:00", (None, "fw1", None, "%ASA-6-1: x")),
        ("*Mar  3 04:05:06.123 UTC: %ASA-6-1: x", "2026-03-03T04:05:06.123+00:00", (None, None, None, "%ASA-6-1: x")),
        ("Mar 03 2026 04:05:06 TPE: %ASA-6-1: x", "2026-03-03T04:05:06+08:00", (None, None, None, "%ASA-6-1: x")),
        (
            ":Mar 03 2026 04:05:06 GMT: %ASA-session-6-1: x",
            "2026-03-03T04:05:06Z",
            (None, None, None, "%ASA-session-6-1: x"),
        ),
        ("Mar  3 04:05:06 CRON: x", "2026-03-03T04:05:06+08:00", (None, "CRON", None, "x")),
        ("2024 Mar 3 04:05:06 gate1 cron[9]: x", "2024-03-03T04:05:06+08:00", ("gate1", "cron", "9", "x")),
        ("Mar  3 04:05:06 kernel: [1.2] oops", "2026-03-03T04:05:06+08:00", (None, "kernel", None, "[1.2] oops")),
        ("Mar  3 04:05:06 gate1 Job done", "2026-03-03T04:05:06+08:00", ("gate1", None, None, "Job done")),
        ("Mar  3 04:05:06 2001:db8::9 su: x", "2026-03-03T04:05:06+08:00", ("2001:db8::9", "su", None, "x")),
        ("Mar  3 04:05:06 gate1 su(pam_unix)[4]: x", "2026-03-03T04:05:06+08:00", ("gate1", "su(pam_unix)", "4", "x")),
        ("2026-03-03T04:05:06.123456+08:00 g su[4]: x", "2026-03-03T04:05:06.123456+08:00", ("g", "su", "4", "x")),
        ("2026-03-03T04:05:06Z g su[4]: x", "2026-03-03T04:05:06+00:00", ("g", "su", "4", "x")),
        ("2026-03-03 04:05:06.5-0700  g su[4]: x", "2026-03-03T04:05:06.5-07:00", ("g", "su", "4", "x")),
        ("2026-03-03T04:05:06 g su[4]: x", "2026-03-03T04:05:06+08:00", ("g", "su", "4", "x")),
        ("1 2026-03-03T04:05:06.123456789Z g su 4 ID - x", "2026-03-03T04:05:06.123456+00:00", ("g", "su", "4", "x")),
        (
            '1 2026-03-03T04:05:06Z g su - - [a@1 b="c]\\"d"][e f="g"] x',
            "2026-03-03T04:05:06+00:00",
            ("g", "su", None, "x"),
        ),
        ("1 2026-03-03T04:05:06Z g su 4 ID - \ufeffx", "2026-03-03T04:05:06+00:00", ("g", "su", "4", "x")),
        ("1 2026-03-03T04:05:06Z g su 4 ID -", "2026-03-03T04:05:06+00:00", ("g", "su", "4", "")),
        ("1 - - - - - - x", None, (None, None, None, "x")),
    ],
)
@pytest.mark.parametrize("pri", [None, 0, 38, 191])
def test_it_reads_each_form_of_header(line, at, origin, pri):
    found = header(line if pri is None else f"<{pri}>{line}")

    assert (found["host"], found["program"], found["pid"], found["message"]) == origin
    assert found["pri"] == pri
    assert found["at_us"] == (None if at is None else us(at))


@pytest.mark.parametrize(
    "line", ["", "hello", "\tgoes on", "MMM 22 07:54:32 gate1 su: x", "a,b,c", "<190)1 x", "- - -", "date=2026-03-03 x"]
)
def test_a_line_without_header_is_all_message(line):
    found = header(line)

    assert found.pop("message") == line
    assert set(found.values()) == {None}


@pytest.mark.parametrize(
    "line",
    [
        "Feb 30 04:05:06 g su: x",
        "Feb 29 2025 04:05:06 g su: x",
        "Mar  3 25:05:06 g su: x",
        "Mar  3 24:00:00 g su: x",
        "Mar  0 04:05:06 g su: x",
        "2026-02-30T04:05:06Z g su: x",
        "2026-03-03T04:61:06+08:00 g su: x",
        "1 2026-13-03T04:05:06Z g su 4 ID - x",
        "Foo  3 04:05:06 g su: x",
    ],
)
def test_an_impossible_time_is_null_and_kept_as_written(line):
    found = header(line)

    assert found["at_us"] is None
    assert found["time"] is not None
    assert found["host"] == "g"


def test_a_first_line_may_begin_with_a_byte_order_mark():
    assert header("\ufeff<38>Mar  3 04:05:06 gate1 su: x")["at_us"] == us("2026-03-03T04:05:06+08:00")


def test_times_without_an_offset_follow_the_zone_and_its_summer_time():
    lines = b"Jan  3 04:05:06 g su: x\nJul  3 04:05:06 g su: x\n"

    assert [row["at_us"] for row in headers(lines, zone="America/New_York")] == [
        us("2026-01-03T04:05:06-05:00"),
        us("2026-07-03T04:05:06-04:00"),
    ]


def test_headers_agree_with_jc_on_rfc_3164():
    """Two differences: jc parts a tag at `(`, and calls a line unreadable that is read here without its header."""
    lines = shared_data("auth_linux", "jc", "generic", "syslog-3164.out").read_text().splitlines()
    truth = json.loads(shared_data("auth_linux", "jc", "generic", "syslog-3164.json").read_text())
    found = [
        row for row, line in zip(headers("".join(f"{line}\n" for line in lines).encode()), lines, strict=True) if line
    ]

    assert len(found) == len(truth)
    for row, true in zip(found, truth, strict=True):
        if "unparsable" in true:
            assert row["time"] is None
            continue
        tag = row["program"].split("(")[0] if row["program"] else None
        assert (row["pri"], row["time"], row["host"], tag) == (
            true["priority"],
            true["date"],
            true["hostname"],
            true["tag"],
        )
        assert true["content"].endswith(row["message"].rstrip())


def test_headers_agree_with_jc_on_rfc_5424():
    lines = shared_data("auth_linux", "jc", "generic", "syslog-5424.out").read_text().splitlines()
    truth = json.loads(shared_data("auth_linux", "jc", "generic", "syslog-5424.json").read_text())
    found = [
        row for row, line in zip(headers("".join(f"{line}\n" for line in lines).encode()), lines, strict=True) if line
    ]

    assert len(found) == len(truth)
    for row, true in zip(found, truth, strict=True):
        if "unparsable" in true:
            assert row["time"] is None
            continue
        assert (row["pri"], row["time"], row["host"]) == (true["priority"], true["timestamp"], true["hostname"])
        assert (row["program"], row["message"] or None) == (true["appname"], true["message"])
        assert row["pid"] == (None if true["proc_id"] is None else str(true["proc_id"]))


def by_patterns(lines: list[str], zone: str) -> list[dict[str, object]]:
    with duckdb.connect() as connection:
        places = range(2, len(lines) + 2)
        raw = pa.table({"place": places, "text": lines, "year": pa.array([2026] * len(lines), pa.int32())})
        connection.register("raw_lines", raw)
        found = connection.sql(HEADER, params={"zone": zone}).to_arrow_table().sort_by("place")
    return found.drop_columns(["place", "text"]).to_pylist()


def by_scan(lines: list[str], zone: str) -> list[dict[str, object]]:
    context = Context(observed_at_us=NOON_2026_11_22, zone=zone)
    ended = pa.array([f"{line}\n" for line in lines], pa.string())
    return pa.table(columns(ended, context, [2026] * len(lines))).to_pylist()


REAL = [
    ("auth_linux", "sekoia", "openssh.lines.log"),
    ("auth_linux", "wazuh_4.14.7_logtest", "sshd.lines.log"),
    ("auth_linux", "wazuh_4.14.7_logtest", "sudo.lines.log"),
    ("auth_linux", "wazuh_4.14.7_logtest", "pam.lines.log"),
    ("auth_linux", "wazuh_4.14.7_logtest", "syslog.lines.log"),
    ("auth_linux", "wazuh_4.14.7_logtest", "systemd.lines.log"),
    ("auth_linux", "jc", "generic", "syslog-3164.out"),
    ("auth_linux", "jc", "generic", "syslog-5424.out"),
    ("firewall_logs", "sekoia", "cisco_asa_ftd.lines.log"),
    ("firewall_logs", "sekoia", "checkpoint.lines.log"),
    ("firewall_logs", "sekoia", "juniper_srx.lines.log"),
    ("firewall_logs", "sekoia", "paloalto_ngfw.lines.log"),
    ("firewall_logs", "sekoia", "pf_filterlog.lines.log"),
    ("firewall_logs", "sekoia", "netfilter_iptables.lines.log"),
    ("firewall_logs", "wazuh_4.14.7_logtest", "cisco_asa.lines.log"),
    ("firewall_logs", "wazuh_4.14.7_logtest", "iptables.lines.log"),
]


@pytest.mark.parametrize("parts", REAL, ids="-".join)
def test_real_lines_have_the_headers_that_the_patterns_tell(parts):
    text = shared_data(*parts).read_text()
    lines = [line for line in text.split("\n") if not UTC_NAMED.search(line)]

    assert by_scan(lines, "Asia/Taipei") == by_patterns(lines, "Asia/Taipei")


FRONTS = ["", "", "<38>", "<1>", "<999>", "<", "\ufeff", "*", ".", "1 ", "12 ", "- ", " ", "\ufeff<38>"]
TIMES = [
    *(
        "Mar  3 04:05:06",
        "Mar 13 04:05:06",
        "Mar 3 04:05:06",
        "Mar 03 2025 04:05:06",
        "2024 Feb 29 04:05:06",
        "Feb 30 04:05:06",
    ),
    *(
        "Dec 31 23:59:59.123",
        "Nov  1 01:30:00",
        "Apr  5 01:45:00,5",
        "Mar  8 02:30:00",
        "Foo  1 04:05:06",
        "Mar  3 24:00:00",
    ),
    *("Mar   3 04:05:06", "Mar 113 04:05:06", "mar  3 04:05:06", "Mar  3 4:05:06", "Mar  3 04:05", "Mar  0 04:05:06"),
    *("2026-03-03T04:05:06", "2026-03-03 04:05:06.1234567Z", "2026-03-03T04:05:06+08:00", "2026-03-03t04:05:06-0330"),
    *(
        "2026-03-03T04:05:06+15:00",
        "2025-02-29T04:05:06z",
        "2019-03-03T04:05:06Z",
        "2026-03-03T04:05:60Z",
        "9999-12-31T23:59:59+00:00",
    ),
    *("2026-3-03T04:05:06", "2026-03-03T04:05:06.Z", "-", "", "a", "date=2026-03-03"),
]
HOSTS = [
    "gate1",
    "fw-2.example",
    "2001:db8::9",
    "192.0.2.7",
    "%ASA",
    "a:",
    "[x]",
    "-",
    ":",
    "",
    "王",
    "a%b",
    "a[b",
    "a\tb",
]
TAGS = [
    *(
        "sshd[811]:",
        "sshd:",
        "su(pam_unix)[7]:",
        "a/b[]:",
        "sshd[x y]:",
        "sshd[811]",
        "sshd 811 ID47 -",
        "su - - -",
        "su 811 ID47",
    ),
    *(
        'su 8 ID [a@1 b="c\\"]"]',
        'su 8 ID [a][b c="d"]',
        'su 8 ID [a b="c"',
        "su 8 ID [a b=c]",
        "su 8 ID - \ufeff",
        "%ASA-6-1:",
        ":",
        "",
    ),
    *(
        "gate1: last message repeated 3 times",
        "last message repeated 3 times",
        "a%b:",
        "a]b:",
        "sshd[811]:x",
    ),
]
SPACES = [" ", " ", " ", "  ", "", ": ", " : ", "\t", ":"]
LINES = st.builds(
    "".join,
    st.tuples(
        *(
            st.sampled_from(part)
            for part in (FRONTS, TIMES, SPACES, HOSTS, SPACES, TAGS, SPACES, ["", "message", " x: y"])
        )
    ),
)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(LINES, min_size=50, max_size=100),
    st.sampled_from(["Asia/Taipei", "America/New_York", "Australia/Lord_Howe"]),
)
def test_whatever_stands_in_a_line_the_scan_agrees_with_the_patterns(lines, zone):
    for line, one, other in zip(lines, by_scan(lines, zone), by_patterns(lines, zone), strict=True):
        assert (line, one) == (line, other)
