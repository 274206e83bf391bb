"""PAM stacks, pwquality.conf and faillock.conf as evidence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chahe.sources.accounts.pam_policy import reader
from chahe.sources.model import Head
from reading import read

STACK = """#%PAM-1.0
auth        required      pam_env.so
auth        required      pam_faillock.so preauth silent deny=5 unlock_time=900
auth        [success=1 default=bad]  pam_unix.so
auth        [default=die] pam_faillock.so authfail deny=5
@include common-account

password    requisite     pam_pwquality.so try_first_pass retry=3 \\
            minlen=10 dcredit=-1 ucredit=-1 lcredit=-1
password    sufficient    pam_unix.so sha512 shadow use_authtok
-session    optional      pam_systemd.so
"""
PWQUALITY = "# settings\n# difok = 1\nminlen = 12\nminclass = 3\ndcredit = 0\nenforce_for_root\n"


def policy(text: str) -> dict[str, object]:
    reading = read(reader, text.encode(), system="db1")
    assert not reading.rejects
    [row] = reading.rows["password_policies"]
    return row


def test_a_stack_is_one_policy():
    assert policy(STACK) == {
        "place": 9,
        "system": "db1",
        "setting_source": "pam_faillock + pam_pwquality",
        "min_length": 10,
        "min_classes": 3,
        "complexity": True,
        "lockout_attempts": 5,
    }
    reading = read(reader, STACK.encode(), system="db1")
    assert reading.units == 11
    assert "next line" in dict(reading.skips)[8].en


def test_a_settings_file_is_one_policy():
    row = policy(PWQUALITY)
    assert row["setting_source"] == "pwquality.conf"
    assert (row["min_length"], row["min_classes"], row["complexity"]) == (12, 3, True)
    assert "lockout_attempts" not in row
    assert policy("deny = 3\nsilent\n")["setting_source"] == "faillock.conf"


def test_the_setting_names_the_file():
    [row] = read(reader, PWQUALITY.encode(), system="db1", setting_source="etc/x").rows["password_policies"]
    assert row["setting_source"] == "etc/x"


@pytest.mark.parametrize(
    ("arguments", "length", "kinds"),
    [
        ("pam_pwquality.so minlen=8", 8, None),
        ("pam_pwquality.so minlen=12 dcredit=1 ocredit=2", 9, 0),
        ("pam_pwquality.so minlen=8 dcredit=4", 6, 0),
        ("pam_cracklib.so minlen=12", 8, None),
        ("pam_cracklib.so minlen=12 dcredit=-1 ucredit=0", 10, 1),
        ("pam_pwquality.so minlen=8 minclass=2 dcredit=-1 ucredit=-1 lcredit=-1", 8, 3),
        ("pam_unix.so minlen=7", 7, None),
        ("/usr/lib64/security/pam_pwquality.so minlen=4", 6, None),
    ],
)
def test_credits_shorten_and_negative_credits_ask_for_kinds(arguments, length, kinds):
    row = policy(f"password required {arguments}\n")
    assert (row["min_length"], row.get("min_classes")) == (length, kinds)
    assert row.get("complexity") == (None if kinds is None else kinds >= 2)


@pytest.mark.parametrize(("first", "second", "deny"), [(5, 3, 5), (3, 5, 5), (0, 5, 0), (5, 0, 0)])
def test_of_two_lock_outs_the_laxest_counts(first, second, deny):
    row = policy(f"auth required pam_tally2.so deny={first}\nauth required pam_faillock.so deny={second}\n")
    assert row["lockout_attempts"] == deny


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("password required pam_pwquality.so minlen=eight", "min_length"),
        ("password required pam_pwquality.so minlen=-8", "min_length"),
        ("password required pam_pwquality.so dcredit=--1", "min_classes"),
        ("auth required pam_faillock.so deny=３", "lockout_attempts"),
        ("auth required pam_faillock.so deny=1_0", "lockout_attempts"),
        ("minlen = ", "min_length"),
        ("set password strength high", None),
    ],
)
def test_it_refuses_a_line_it_cannot_read(line, column):
    [reject] = read(reader, f"{line}\n".encode(), system="db1").rejects
    assert reject.column == column


def test_a_module_that_sets_nothing_we_read_gives_no_row():
    reading = read(reader, b"auth required pam_faillock.so preauth\nauth include system-auth\n", system="db1")
    assert reading.rows == {}
    assert len(reading.skips) == 2


def test_it_knows_its_files_and_no_other():
    assert reader.recognise(Head("system-auth", STACK.encode(), whole=True)).sureness == 85
    assert reader.recognise(Head("pwquality.conf", PWQUALITY.encode(), whole=True)).sureness == 85
    assert reader.recognise(Head("faillock.conf", b"# deny = 3\n", whole=True)).sureness == 85
    assert reader.recognise(Head("other.conf", PWQUALITY.encode(), whole=True)) is None
    assert reader.recognise(Head("pwquality.conf", b"dear reader\n", whole=True)) is None
    assert reader.recognise(Head("sshd_config", b"Port 22\nPermitRootLogin no\n", whole=True)) is None
    assert reader.recognise(Head("system-auth", b"", whole=True)) is None


@settings(deadline=None)
@given(
    st.binary(max_size=300)
    | st.lists(st.sampled_from((STACK + PWQUALITY).splitlines(keepends=True))).map("".join).map(str.encode)
)
def test_any_bytes_are_conserved(data):
    read(reader, data, system="db1")
