"""secedit's INF as evidence: Windows' password policy with its complexity."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chahe.sources.accounts.secedit_inf import reader
from chahe.sources.model import Head
from reading import read

SAMPLE = """[Unicode]
Unicode=yes
[System Access]
MinimumPasswordAge = 1
MaximumPasswordAge = 42
MinimumPasswordLength = 7
PasswordComplexity = 1
LockoutBadCount = 5
NewAdministratorName = "Boss"
[Event Audit]
AuditLogonEvents = 3
[Version]
signature="$CHICAGO$"
Revision=1
"""


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8", "utf-8-sig", "cp950"])
def test_it_reads_the_policy_in_every_encoding(encoding):
    reading = read(reader, SAMPLE.replace("\n", "\r\n").encode(encoding), system="pc1")
    assert reading.rows["password_policies"] == [
        {
            "place": 8,
            "system": "pc1",
            "setting_source": "secedit",
            "min_length": 7,
            "min_classes": 3,
            "complexity": True,
            "lockout_attempts": 5,
            "max_age_days": 42,
        }
    ]
    assert reading.units == 14


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_it_reads_both_byte_orders(mark):
    data = mark + SAMPLE.encode("utf-16-le" if mark == b"\xff\xfe" else "utf-16-be")
    assert reader.recognise(Head("a.inf", data, whole=True)) is not None
    assert len(read(reader, data, system="pc1").rows["password_policies"]) == 1


def test_never_and_no_complexity_are_told():
    text = "[System Access]\nMaximumPasswordAge = -1\nPasswordComplexity = 0\n"
    [row] = read(reader, text.encode(), system="pc1").rows["password_policies"]
    assert (row["max_age_days"], row["complexity"]) == (0, False)
    assert "min_classes" not in row


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("MinimumPasswordLength = seven", "min_length"),
        ("MinimumPasswordLength = -1", "min_length"),
        ("PasswordComplexity = 2", "complexity"),
        ("LockoutBadCount =", "lockout_attempts"),
        ("MaximumPasswordAge = 4_2", "max_age_days"),
    ],
)
def test_it_refuses_a_value_it_cannot_read(line, column):
    [reject] = read(reader, f"[System Access]\n{line}\n".encode(), system="pc1").rejects
    assert (reject.place, reject.column) == (2, column)


def test_a_setting_made_twice_is_rejected():
    text = "[System Access]\nLockoutBadCount = 5\nlockoutbadcount = 0\n"
    reading = read(reader, text.encode(), system="pc1")
    assert [reject.place for reject in reading.rejects] == [3]
    assert reading.rows["password_policies"][0]["lockout_attempts"] == 5


def test_settings_of_other_sections_are_not_the_policy():
    assert read(reader, b"[Other]\nLockoutBadCount = 5\n", system="pc1").rows == {}


def test_a_utf_16_file_cut_in_a_character_is_unreadable_there():
    data = SAMPLE.encode("utf-16")[:-1]
    reading = read(reader, data, system="pc1")
    assert "UTF-16" in reading.rejects[-1].why.en
    assert reading.rows == {}
    assert len(reading.rejects) == 5


def test_it_knows_its_file_and_no_other():
    assert reader.recognise(Head("cfg.inf", SAMPLE.encode("utf-16"), whole=True)).sureness == 95
    assert reader.recognise(Head("x.inf", b"[System Access]\nfoo=1\n", whole=True)) is None
    assert reader.recognise(Head("x.inf", b'[Version]\nsignature="$CHICAGO$"\n', whole=True)) is None
    assert reader.recognise(Head("x.inf", b"", whole=True)) is None


@settings(deadline=None)
@given(
    st.binary(max_size=300)
    | st.binary(max_size=100).map(b"\xff\xfe".__add__)
    | st.text(max_size=50).map(lambda text: SAMPLE + text).map(str.encode)
)
def test_any_bytes_are_conserved(data):
    read(reader, data, system="pc1")
