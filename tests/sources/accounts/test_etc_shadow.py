"""/etc/shadow as evidence: days, locks, expiry, and never a hash."""

import json
from datetime import date, timedelta
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chahe.sources.accounts.etc_passwd import reader as passwd_reader
from chahe.sources.accounts.etc_shadow import reader
from chahe.sources.model import Context, Head, Records, Unreadable
from reading import read, shared_data

HASH = "$6$c0ffee$" + "q" * 86


def one(line: str) -> dict[str, object]:
    reading = read(reader, line.encode(), system="db1")
    assert not reading.rejects
    [row] = reading.rows["user_accounts"]
    return row


def head(name: str, text: str) -> Head:
    return Head(name, text.encode(), whole=True)


def test_it_reads_the_day_the_password_was_changed():
    assert one(f"trader1:{HASH}:19783:0:90:7:::\n") == {
        "place": 1,
        "system": "db1",
        "account": "trader1",
        "enabled": True,
        "password_changed_on": date(2024, 3, 1),
        "password_required": True,
        "password_login": True,
    }


@pytest.mark.parametrize("changed", ["", "0", "-1"])
def test_a_change_day_that_is_not_known_stays_null(changed):
    row = one(f"trader1:{HASH}:{changed}:0:90:7:::")
    assert "password_changed_on" not in row
    assert "password_never_changed" not in row


@pytest.mark.parametrize("password", ["*", "!", "!!", "x", "*LK*", "NP", "!" + HASH])
def test_an_account_no_password_opens_is_not_enabled(password):
    row = one(f"daemon:{password}:19000:0:99999:7:::")
    assert row["password_login"] is False
    assert row["enabled"] is False
    assert row["password_required"] is True


def test_an_empty_password_opens_the_account():
    row = one("guest::19000:0:99999:7:::")
    assert (row["password_required"], row["password_login"], row["enabled"]) == (False, True, True)


@pytest.mark.parametrize(("field", "enabled"), [("20779", False), ("20780", True)])
def test_an_account_is_disabled_from_its_expiry_day_on(field, enabled):
    # Observed on 2026-11-22, day 20779.
    row = one(f"trader1:{HASH}:20700:0:90:7::{field}:")
    assert row["enabled"] is enabled
    assert row["expires_on"] == date(1970, 1, 1) + timedelta(int(field) - 1)


def test_expiry_day_zero_is_left_unknown():
    row = one(f"trader1:{HASH}:20700:0:90:7::0:")
    assert row["enabled"] is True
    assert "expires_on" not in row


@pytest.mark.parametrize(("grace", "enabled"), [("8", False), ("9", True), ("", True)])
def test_the_grace_after_an_expired_password_ends(grace, enabled):
    assert one(f"trader1:{HASH}:20681:0:90:7:{grace}::")["enabled"] is enabled


@pytest.mark.parametrize("number", ["1_0", "+5", "１２", " 7", "1e3", "2932897", "-2"])
def test_it_refuses_a_day_that_is_not_one(number):
    reading = read(reader, f"trader1:{HASH}:{number}:0:90:7:::".encode(), system="db1")
    [reject] = reading.rejects
    assert reject.column == "password_changed_on"
    assert "field 3" in reject.why.en


def test_a_line_with_a_field_too_few_is_rejected_without_being_quoted():
    [reject] = read(reader, f"trader1:{HASH}:19783:0:90:7::\n".encode(), system="db1").rejects
    assert "8" in reject.why.en
    assert reject.value is None


def test_blank_comment_and_nis_lines_are_skipped():
    reading = read(reader, b"\n# local\n+@ops::::::::\n", system="db1")
    assert [place for place, _ in reading.skips] == [1, 2, 3]


def test_it_needs_to_know_the_system():
    with pytest.raises(Unreadable, match="system"):
        list(reader.read(BytesIO(b"x"), Context(observed_at_us=0)))


def test_it_knows_its_file_and_no_other():
    shadow = f"root:{HASH}:19783:0:99999:7:::\ndaemon:*:19000:0:99999:7:::\n"
    assert reader.recognise(head("shadow", shadow)).sureness == 95
    assert reader.recognise(head("export.txt", shadow)).sureness == 80
    assert reader.recognise(head("shadow", "root:x:0:0:root:/root:/bin/bash\n")) is None
    assert reader.recognise(head("gshadow", "wheel:::joe\n")) is None
    assert reader.recognise(head("shadow.txt", "a novel about a shadow\n")) is None
    assert reader.recognise(head("shadow", "")) is None
    assert passwd_reader.recognise(head("passwd", shadow)) is None


def test_the_sample_agrees_with_its_truth():
    folder = shared_data("accounts", "jc", "centos-7.7")
    reading = read(reader, (folder / "shadow.out").read_bytes(), system="c7")
    truth = json.loads((folder / "shadow.json").read_text())
    assert not reading.rejects
    assert not reading.skips
    rows = reading.rows["user_accounts"]
    assert [row["account"] for row in rows] == [entry["username"] for entry in truth]
    for row, entry in zip(rows, truth, strict=True):
        days = entry["last_changed"]
        assert row.get("password_changed_on") == (days and date(1970, 1, 1) + timedelta(days))
        assert row["password_login"] is not entry["password"].startswith(("!", "*"))


def test_the_sample_agrees_with_what_chage_prints():
    reading = read(reader, shared_data("accounts", "chage", "root.shadow").read_bytes(), system="u20")
    assert len(reading.rows["user_accounts"]) == 3
    assert reading.rows["user_accounts"][0]["password_changed_on"] == date(2020, 10, 12)


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_conserved(data):
    read(reader, data, system="db1")


secrets = st.text("./0123456789ABCDEFabcdef", min_size=8, max_size=30).map(lambda text: f"$y$SECRET{text}")


@settings(deadline=None)
@given(
    fields=st.lists(st.sampled_from(["root", "", "!", "*", "19783", "0", "99999", "x"]), min_size=0, max_size=10),
    at=st.integers(0, 10),
    lock=st.sampled_from(["", "!", "*"]),
    secret=secrets,
)
def test_a_hash_never_leaves_the_reader(fields, at, lock, secret):
    fields.insert(at, lock + secret)
    for unit in reader.read(BytesIO(":".join(fields).encode()), Context(observed_at_us=0, settings={"system": "db1"})):
        assert "SECRET" not in repr(unit)


@settings(deadline=None)
@given(secret=secrets)
def test_a_hash_in_its_place_gives_a_row_without_it(secret):
    line = f"root:{secret}:19783:0:99999:7:::\n".encode()
    [unit] = reader.read(BytesIO(line), Context(observed_at_us=0, settings={"system": "db1"}))
    assert isinstance(unit, Records)
    assert "SECRET" not in repr(unit)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (f"root:{HASH}:1:::::", "root:…:1:::::"),
        (f"root:!{HASH}:1:::::", "root:!…:1:::::"),
        ("bin:*:1:::::", "bin:*:1:::::"),
        ("bin:!!:1:::::", "bin:!!:1:::::"),
        ("guest::1:::::", "guest::1:::::"),
        ("old:abJnggxhB/yWI:1:::::", "old:…:1:::::"),
        ("nis:x:1:::::", "nis:x:1:::::"),
        ("a-rather-long-name$:x:1:::::", "a-rather-long-name$:x:1:::::"),
        (f"{HASH}:1:::::", "…:…:::::"),
        (f"root:x:{HASH}:::::", "root:x:…:::::"),
    ],
)
def test_the_raw_line_is_shown_without_its_hash(line, shown):
    assert reader.excerpt(BytesIO(f"# first\n{line}\n".encode()), 2, None) == shown
