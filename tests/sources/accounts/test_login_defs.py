"""/etc/login.defs as evidence: one password policy a file."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chahe.sources.accounts.login_defs import reader
from chahe.sources.model import Head
from reading import read

SAMPLE = """# password ageing
MAIL_DIR\t/var/spool/mail

PASS_MAX_DAYS\t90
PASS_MIN_LEN 8
PASS_WARN_AGE 7
UMASK 077
"""


def test_the_file_is_one_policy_at_the_last_line_that_sets_it():
    reading = read(reader, SAMPLE.encode(), system="db1")
    assert reading.rows["password_policies"] == [
        {"place": 5, "system": "db1", "setting_source": "login.defs", "max_age_days": 90, "min_length": 8}
    ]
    assert reading.units == 7
    assert "last line" in dict(reading.skips)[4].en


@pytest.mark.parametrize(("text", "days"), [("-1", 0), ("99999", 99999), ("0", 0)])
def test_no_limit_is_told_from_a_limit(text, days):
    [row] = read(reader, f"PASS_MAX_DAYS {text}\n".encode(), system="db1").rows["password_policies"]
    assert row["max_age_days"] == days


def test_of_two_settings_the_later_line_counts():
    [row] = read(reader, b"PASS_MAX_DAYS 90\nPASS_MAX_DAYS 180\n", system="db1").rows["password_policies"]
    assert (row["place"], row["max_age_days"]) == (2, 180)


@pytest.mark.parametrize("text", ["", "ninety", "9_0", "090", "９０", "+90", "90 days", "-2"])
def test_it_refuses_a_value_that_is_no_number(text):
    reading = read(reader, f"PASS_MIN_LEN 8\nPASS_MAX_DAYS {text}\n".encode(), system="db1")
    [reject] = reading.rejects
    assert (reject.place, reject.column) == (2, "max_age_days")
    assert "max_age_days" not in reading.rows["password_policies"][0]


def test_a_file_that_sets_nothing_gives_no_row():
    reading = read(reader, b"# PASS_MAX_DAYS 90\nUMASK 022\n", system="db1")
    assert reading.rows == {}
    assert len(reading.skips) == 2


def test_it_knows_its_file_and_no_other():
    assert reader.recognise(Head("login.defs", SAMPLE.encode(), whole=True)).sureness == 95
    assert reader.recognise(Head("a.txt", SAMPLE.encode(), whole=True)).sureness == 70
    assert reader.recognise(Head("a.txt", b"PASS_MAX_DAYS 90\n", whole=True)) is None
    assert reader.recognise(Head("login.defs", b"hello\n", whole=True)) is None
    assert reader.recognise(Head("login.defs", b"", whole=True)) is None


@settings(deadline=None)
@given(
    st.binary(max_size=300) | st.lists(st.sampled_from(SAMPLE.splitlines(keepends=True))).map("".join).map(str.encode)
)
def test_any_bytes_are_conserved(data):
    read(reader, data, system="db1")
