"""Output of lastlog."""

from datetime import UTC, datetime

from chahe.sources.model import Head
from chahe.sources.sign_ins.lastlog_output import reader
from reading import read, shared_data

HEADING = "Username         Port     From             Latest\n"


def test_an_account_has_its_last_sign_in_or_none() -> None:
    text = HEADING + (
        "mei              pts/0    192.0.2.7        Fri Nov 20 09:40:56 +0800 2026\n"
        "lin              tty1                      Fri Nov 20 09:40:56 2026\n"
        "bin                                        **Never logged in**\n"
    )

    assert read(reader, text.encode(), system="db1").rows["user_accounts"] == [
        {"place": 2, "system": "db1", "account": "mei", "last_used_at_us": 1_795_138_856_000_000},
        {"place": 3, "system": "db1", "account": "lin", "last_used_at_us": 1_795_138_856_000_000},
        {"place": 4, "system": "db1", "account": "bin"},
    ]


def test_what_is_none_is_rejected_with_its_value() -> None:
    text = HEADING + "mei pts/0 x Mon Feb 30 09:40:56 +0800 2026\nhello\n\n"
    reading = read(reader, text.encode(), system="db1")

    assert [(reject.column, reject.value) for reject in reading.rejects] == [
        ("last_used_at_us", "Feb 30 09:40:56 +0800 2026"),
        (None, "hello"),
    ]
    assert [place for place, _ in reading.skips] == [1, 4]


def test_only_its_own_list_is_recognised() -> None:
    line = b"mei pts/0 x Fri Nov 20 09:40:56 +0800 2026\n"

    assert reader.recognise(Head("x", HEADING.encode() + line, whole=True)) is not None
    assert reader.recognise(Head("x", line, whole=True)) is None
    assert reader.recognise(Head("x", HEADING.encode() + b"a,b\nc,d\n", whole=True)) is None


def test_the_sample_is_read_whole() -> None:
    reading = read(reader, shared_data("accounts", "lastlog", "lastlog.txt").read_bytes(), system="db1")
    rows = reading.rows["user_accounts"]

    assert [row["account"] for row in rows] == ["root", "bin", "daemon", "adm", "lp", "sync", "shutdown"]
    used = [
        datetime.fromtimestamp(int(str(row["last_used_at_us"])) / 1e6, UTC).isoformat()
        for row in rows
        if "last_used_at_us" in row
    ]
    assert used == ["2019-02-15T15:40:56+00:00"]
    assert not reading.rejects
