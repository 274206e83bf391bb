"""Linux sign-in logs: who signed in from where, who became whom, whose account was changed."""

import csv
import json
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chahe.sources.model import Head
from chahe.sources.sign_ins.linux_auth import reader
from reading import read, shared_data


def table(*messages: str) -> list[dict[str, object]]:
    data = "\n".join(f"Mar  3 04:05:06 db1 {message}" for message in messages).encode()
    return read(reader, data).rows["auth_events"]


def told(message: str, *names: str) -> tuple[object, ...]:
    (row,) = table(message)
    return tuple(row.get(name) for name in names)


WHO = ("activity", "outcome", "account", "target_account")
WHENCE = ("account", "source_address", "source_port")
PAM_FAILURE = "authentication failure; logname=mei uid=1001 euid=0 tty=/dev/tty1 ruser=mei rhost="


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (
            "sshd[8]: Accepted publickey for mei from 192.0.2.7 port 5 ssh2: ED25519 SHA256:q",
            ("logon", "success", "mei", None),
        ),
        ("sshd[8]: Failed password for mei from 192.0.2.7 port 5 ssh2", ("logon", "failure", "mei", None)),
        ("sshd[8]: Failed none for invalid user x from 192.0.2.7 port 5 ssh2", ("logon", "failure", "x", None)),
        ("sshd[8]: Invalid user x y from 192.0.2.7", ("other", "failure", "x y", None)),
        (
            "sshd[8]: fatal: Access denied for user mei by PAM account configuration [preauth]",
            ("logon", "failure", "mei", None),
        ),
        (
            "sshd[8]: pam_unix(sshd:session): session opened for user mei(uid=7) by (uid=0)",
            ("other", "success", "mei", None),
        ),
        ("sshd[8]: pam_unix(sshd:session): session closed for user mei", ("logoff", "success", "mei", None)),
        (
            "login[8]: pam_unix(login:session): session opened for user mei(uid=7) by LOGIN(uid=0)",
            ("logon", "success", "mei", None),
        ),
        ("login[8]: LOGIN ON tty1 BY mei", ("other", "success", "mei", None)),
        ("login[8]: ROOT LOGIN ON tty1", ("other", "success", "root", None)),
        (
            "login[8]: FAILED LOGIN (1) on '/dev/tty1' FOR 'mei', Authentication failure",
            ("other", "failure", "mei", None),
        ),
        (f"login[8]: pam_unix(login:auth): {PAM_FAILURE}  user=mei", ("logon", "failure", "mei", None)),
        (
            "sudo:      mei : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/id",
            ("privilege_use", "success", "mei", "root"),
        ),
        (
            "sudo: mei : command not allowed ; TTY=pts/0 ; PWD=/ ; USER=dba ; COMMAND=/x",
            ("privilege_use", "failure", "mei", "dba"),
        ),
        (
            "sudo: mei : 3 incorrect password attempts ; TTY=pts/0 ; PWD=/ ; USER=dba ; COMMAND=/x",
            ("privilege_use", "failure", "mei", "dba"),
        ),
        (
            "sudo: mei : user NOT in sudoers ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/x",
            ("privilege_use", "failure", "mei", "root"),
        ),
        (
            "sudo: pam_unix(sudo:session): session opened for user root by mei(uid=7)",
            ("other", "success", "mei", "root"),
        ),
        (
            "su[8]: pam_unix(su:session): session opened for user root by mei(uid=7)",
            ("privilege_use", "success", "mei", "root"),
        ),
        (f"su[8]: pam_unix(su:auth): {PAM_FAILURE}  user=root", ("privilege_use", "failure", "mei", "root")),
        ("su[8]: (to root) mei on pts/0", ("other", "success", "mei", "root")),
        ("su[8]: FAILED SU (to root) mei on pts/0", ("other", "failure", "mei", "root")),
        ("su: 'su root' failed for mei on /dev/pts/8", ("privilege_use", "failure", "mei", "root")),
        ("su: BAD SU mei to root on ttyp0", ("privilege_use", "failure", "mei", "root")),
        (
            "pkexec[8]: mei: Executing command [USER=root] [TTY=unknown] [CWD=/] [COMMAND=/x]",
            ("privilege_use", "success", "mei", "root"),
        ),
        (
            "useradd[8]: new user: name=tmp1, UID=9, GID=9, home=/home/tmp1, shell=/bin/sh",
            ("account_change", "success", None, "tmp1"),
        ),
        ("usermod[8]: add 'mei' to group 'wheel'", ("account_change", "success", None, "mei")),
        ("userdel[8]: delete user 'mei'", ("account_change", "success", None, "mei")),
        ("gpasswd[8]: user mei added by root to group wheel", ("account_change", "success", "root", "mei")),
        ("passwd[8]: pam_unix(passwd:chauthtok): password changed for mei", ("account_change", "success", None, "mei")),
        ("chage[8]: changed password expiry for mei", ("account_change", "success", None, "mei")),
    ],
)
def test_it_tells_who_did_what_to_whom(message, expected):
    assert told(message, *WHO) == expected


def test_one_sign_in_over_ssh_is_one_logon():
    sign_in = table(
        "sshd[8]: Accepted password for mei from 192.0.2.7 port 5 ssh2",
        "sshd[8]: pam_unix(sshd:session): session opened for user mei(uid=7) by (uid=0)",
        "systemd-logind[3]: New session 41 of user mei.",
        "sshd[8]: Disconnected from user mei 192.0.2.7 port 5",
        "sshd[8]: pam_unix(sshd:session): session closed for user mei",
    )

    assert Counter(row["activity"] for row in sign_in) == {"logon": 1, "other": 3, "logoff": 1}
    assert sign_in[2]["session_id"] == "41"


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("x from 6.6.6.6 port 22 ssh2", "Failed password for invalid user {} from 192.0.2.7 port 5 ssh2"),
        ("from", "Failed password for invalid user {} from 192.0.2.7 port 5 ssh2"),
        ("", "Failed password for invalid user {} from 192.0.2.7 port 5 ssh2"),
        ("x from 6.6.6.6 port 1", "Invalid user {} from 192.0.2.7 port 5"),
        ("x 6.6.6.6 port 1", "Connection closed by invalid user {} 192.0.2.7 port 5 [preauth]"),
        (
            "x from 6.6.6.6 port 1 ssh2",
            "maximum authentication attempts exceeded for invalid user {} from 192.0.2.7 port 5 ssh2 [preauth]",
        ),
    ],
)
def test_a_name_cannot_forge_the_address(name, line):
    assert told(f"sshd[8]: {line.format(name)}", *WHENCE) == (name or None, "192.0.2.7", 5)


def test_a_certificate_cannot_forge_the_address():
    line = "sshd[8]: Accepted publickey for mei from 192.0.2.7 port 5 ssh2: RSA-CERT ID x from 6.6.6.6 port 1 ssh2 CA RSA SHA256:q"

    assert told(line, *WHENCE, "method") == ("mei", "192.0.2.7", 5, "certificate")


def test_whoever_became_root_in_any_reading_became_root():
    line = "sudo: mei : TTY=pts/0 ; PWD=/tmp/a ; USER=nobody ; COMMAND=/x ; USER=root ; COMMAND=/bin/sh"

    assert told(line, "target_account") == ("root",)


def test_terminals_domains_and_names_of_computers():
    assert told("sudo: mei : TTY=tty1 ; PWD=/ ; USER=root ; COMMAND=/x", "local_console") == (True,)
    assert told("sudo: mei : TTY=pts/1 ; PWD=/ ; USER=root ; COMMAND=/x", "local_console") == (None,)
    line = "sshd[8]: Failed keyboard-interactive/pam for {} from pc7.example port 5 ssh2"
    names = ("account", "account_domain", "source_host", "source_address", "method")
    assert told(line.format("CORP\\Mei"), *names) == ("mei", "corp", "pc7.example", None, "keyboard-interactive")
    assert told(line.format("mei@corp.example"), *names)[:2] == ("mei", "corp.example")


@pytest.mark.parametrize(
    "message",
    [
        "CRON[8]: pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)",
        "systemd: pam_unix(systemd-user:session): session opened for user mei(uid=7) by (uid=0)",
        "sshd[8]: Server listening on 0.0.0.0 port 22.",
        "sshd[8]: Received disconnect from 192.0.2.7 port 5:11: bye",
        "kernel: something",
        "Job done",
    ],
)
def test_what_is_no_sign_in_is_skipped_with_a_reason(message):
    reading = read(reader, f"Mar  3 04:05:06 db1 {message}\n".encode())

    assert [place for place, _ in reading.skips] == [1]


def test_lines_of_every_kind_have_their_fate():
    lines = [
        b"Mar  3 04:05:06 db1 sshd[8]: Failed password for mei from 192.0.2.7 port 5 ssh2\r",
        b"\r",
        b"Feb 30 04:05:06 db1 sshd[8]: Failed password for mei from 192.0.2.7 port 5 ssh2",
        b"\tcontinued",
        "Mar  3 04:05:06 db1 sshd[8]: Failed password for invalid user 王 from 192.0.2.7 port 5 ssh2".encode("cp950"),
        b"Mar  3 04:05:06 db1 sshd[8]: Failed password for invalid user a\x00b from 192.0.2.7 port 5 ssh2",
        b"\xff\xff\xff",
        b"Mar  3 04:05:06 db1 sshd[8]: Failed password for invalid user "
        + b"x" * 10_000_000
        + b" from 192.0.2.7 port 5 ssh2",
    ]
    reading = read(reader, b"\n".join(lines))

    assert [(row["place"], str(row["account"])[:9]) for row in reading.rows["auth_events"]] == [
        (1, "mei"),
        (5, "王"),
        (6, "a\x00b"),
        (8, "x" * 9),
    ]
    assert [place for place, _ in reading.skips] == [2]
    assert [(one.place, one.column, one.value) for one in reading.rejects] == [
        (3, "happened_at_us", "Feb 30 04:05:06"),
        (4, None, "\tcontinued"),
        (7, None, None),
    ]


def test_it_agrees_with_the_structure_of_two_thousand_lines():
    reading = read(reader, shared_data("auth_linux", "loghub", "OpenSSH", "OpenSSH_2k.log").read_bytes())
    with shared_data("auth_linux", "loghub", "OpenSSH", "OpenSSH_2k.log_structured.csv").open() as file:
        truth = Counter(row["EventId"] for row in csv.DictReader(file))
    rows = reading.rows["auth_events"]
    counted = Counter((row["activity"], row.get("outcome")) for row in rows)

    assert (reading.units, len(reading.rejects)) == (2000, 0)
    assert counted["logon", "success"] == truth["E1"]
    # E14 is `message repeated n times: [ Failed password …]`.
    assert counted["logon", "failure"] == truth["E8"] + truth["E9"] + truth["E10"] + truth["E14"]
    assert counted["logoff", "success"] == truth["E22"]
    assert {row["host"] for row in rows} == {"labsz"}


def test_it_agrees_with_the_truth_of_sshds_messages():
    folder = shared_data("auth_linux", "sekoia")
    reading = read(reader, (folder / "openssh.lines.log").read_bytes())
    with (folder / "openssh.truth.tsv").open() as file:
        truth = {int(row["line"]): row for row in csv.DictReader(file, delimiter="\t")}
    rows = {int(str(row["place"])): row for row in reading.rows["auth_events"]}

    assert (len(rows), len(reading.skips), len(reading.rejects)) == (18, 17, 0)
    for place, row in rows.items():
        true = truth[place]
        assert row.get("source_address", "") == true["src_ip"]
        assert str(row.get("source_port", "")) == true["src_port"]
        # The truth leaves out the name that the sample masks with asterisks.
        assert row.get("account", "").replace("*****", "") == true["user"].lower()
        # The truth calls an attempt that was given up a success of its connection.
        if true["action"] != "connection" or true["outcome"] == "failure":
            assert row["outcome"] == true["outcome"]


@pytest.mark.parametrize("name", ["sudo", "pam"])
def test_it_reads_samples_of_sudo_and_pam(name):
    reading = read(reader, shared_data("auth_linux", "wazuh_4.14.7_logtest", f"{name}.lines.log").read_bytes())

    assert not reading.rejects
    assert len(reading.rows["auth_events"]) == {"sudo": 8, "pam": 3}[name]


def test_it_knows_its_own_and_claims_nothing_else():
    own = b"Mar  3 04:05:06 db1 sshd[8]: Connection closed by 192.0.2.7 port 5\n"
    other = b"Mar  3 04:05:06 db1 kernel: x\n"
    firewall = b'Mar  3 04:05:06 fw1 date=2026-03-03 time=04:05:06 devname="fw1" type="event" user="sudo: x"\n'

    assert reader.recognise(Head("auth.log", own * 9 + b"strange\n", whole=True)) is not None
    assert reader.recognise(Head("x", other * 9 + own, whole=True)).sureness < 50
    assert reader.recognise(Head("messages", other * 9, whole=True)) is None
    assert reader.recognise(Head("auth.log", firewall * 9, whole=True)) is None
    assert reader.recognise(Head("x.csv", b"a,b\n1,2\n", whole=True)) is None
    assert reader.recognise(Head("auth.log", b"", whole=True)) is None
    assert reader.recognise(Head("x.json", json.dumps({"sshd": "x"}).encode(), whole=True)) is None


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=60),
            st.builds(
                lambda seed, cut, put: f"Mar  3 04:05:06 db1 {seed[:cut]}{put}{seed[cut:]}",
                st.sampled_from(
                    [
                        "sshd[8]: Failed password for invalid user x from 192.0.2.7 port 5 ssh2",
                        "sudo: mei : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/id",
                        f"su(pam_unix)[8]: {PAM_FAILURE}  user=root",
                        "<38>1 2026-03-03T04:05:06Z db1 su 8 - - (to root) mei on pts/0",
                    ]
                ),
                st.integers(0, 70),
                st.text(max_size=5),
            ),
        ),
        max_size=30,
    )
)
def test_whatever_stands_in_a_line_it_has_one_fate(lines):
    """`read` asserts that rows, skips and rejects add up."""
    read(reader, "\n".join(lines).encode("utf-8", "surrogatepass"))
