"""systemd's journal in JSON: the same rows as from auth.log."""

import json

from chahe.sources.model import Head
from chahe.sources.sign_ins import linux_auth
from chahe.sources.sign_ins.journald_json import reader
from reading import read, shared_data

AT = 1_795_136_400_123_456


def entry(message: object, program: str = "sshd", **more: object) -> str:
    return json.dumps(
        {"__REALTIME_TIMESTAMP": str(AT), "_HOSTNAME": "DB1", "SYSLOG_IDENTIFIER": program, "MESSAGE": message, **more},
        separators=(",", ":"),
    )


def test_a_message_is_the_same_row_as_in_auth_log() -> None:
    for program, message in (
        ("sshd", "Accepted publickey for mei from 192.0.2.7 port 50022 ssh2: ED25519 SHA256:q1w2e3"),
        ("sshd", "Failed password for invalid user CORP\\lin from 192.0.2.9 port 4711 ssh2"),
        ("sudo", "     mei : TTY=tty1 ; PWD=/home/mei ; USER=root ; COMMAND=/usr/bin/id"),
        ("su", "pam_unix(su:session): session opened for user root by mei(uid=1001)"),
        ("useradd", "new user: name=tmp1, UID=1009, GID=1009, home=/home/tmp1, shell=/bin/bash"),
    ):
        line = f"2026-11-20T09:00:00.123456+08:00 db1 {program}[811]: {message}\n"
        (told,) = read(linux_auth.reader, line.encode()).rows["auth_events"]
        assert read(reader, f"{entry(message, program)}\n".encode()).rows["auth_events"] == [told], message


def test_messages_of_other_programs_are_skipped() -> None:
    reading = read(reader, f"{entry('hello', 'backup')}\n\n{entry('x', 'cron')}\n".encode())

    assert not reading.rows["auth_events"]
    assert [place for place, _ in reading.skips] == [1, 2, 3]


def test_a_message_of_bytes_and_one_of_several_lines_are_read() -> None:
    message = "Accepted password for mei from 192.0.2.7 port 50022 ssh2"
    for written in (list(message.encode()), message + "\n"):
        (row,) = read(reader, entry(written).encode()).rows["auth_events"]
        assert row["account"] == "mei"


def test_the_program_may_be_known_by_its_command_and_the_host_by_the_setting() -> None:
    line = json.dumps(
        {
            "__REALTIME_TIMESTAMP": str(AT),
            "_COMM": "sshd",
            "MESSAGE": "Accepted password for mei from 192.0.2.7 port 1 ssh2",
        }
    )
    (row,) = read(reader, line.encode(), system="db9").rows["auth_events"]

    assert (row["host"], row["service"]) == ("db9", "sshd")
    assert "host" not in read(reader, line.encode()).rows["auth_events"][0]


def test_what_is_cut_or_has_no_time_is_rejected() -> None:
    good = entry("Accepted password for mei from 192.0.2.7 port 1 ssh2")
    lines = [good[:60], "hello", '{"a":1}', good.replace(str(AT), "soon")]
    reading = read(reader, "\n".join(lines).encode())

    assert [(reject.place, reject.column) for reject in reading.rejects] == [
        (1, None),
        (2, None),
        (3, None),
        (4, "happened_at_us"),
    ]
    assert reading.rejects[3].value == "soon"


def test_only_the_journals_own_json_is_recognised() -> None:
    def sure(text: str) -> bool:
        return reader.recognise(Head("x", text.encode(), whole=True)) is not None

    assert sure(entry("hello"))
    assert not sure(json.dumps(json.loads(entry("hello")), indent=2))
    assert not sure('{"MESSAGE": "hello"}')


def test_real_messages_of_sshd_give_the_same_rows_as_their_log() -> None:
    log = shared_data("auth_linux", "sekoia").rglob("*.lines.log")
    lines = [
        line
        for path in sorted(log)
        for line in path.read_text().splitlines()
        if line.strip() and not line.startswith("{")
    ]
    as_log = read(
        linux_auth.reader, "".join(f"2026-11-20T09:00:00.123456+08:00 db1 sshd[1]: {line}\n" for line in lines).encode()
    )
    as_json = read(reader, "".join(f"{entry(line)}\n" for line in lines).encode())

    assert as_json.rows == as_log.rows
    assert len(as_json.rows["auth_events"]) > 10
