"""`chage -l` as evidence: password ageing, one block an account."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chahe.sources.accounts.chage import reader
from chahe.sources.model import Head
from reading import read, shared_data


def block(changed: str = "Mar 04, 2026", expires: str = "never") -> str:
    return (
        f"Last password change\t\t\t: {changed}\n"
        "Password expires\t\t\t: Jun 02, 2026\n"
        "Password inactive\t\t\t: never\n"
        f"Account expires\t\t\t\t: {expires}\n"
        "Minimum number of days between password change\t: 0\n"
        "Maximum number of days between password change\t: 90\n"
        "Number of days of warning before password expires\t: 7\n"
    )


def test_a_single_block_takes_the_account_from_the_setting():
    reading = read(reader, block().encode(), system="db1", account="trader1")
    assert reading.rows["user_accounts"] == [
        {"place": 1, "system": "db1", "account": "trader1", "password_changed_on": date(2026, 3, 4)}
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "ops1",
        "== ops1 ==",
        "[ops1]",
        "user: ops1",
        "使用者名稱：ops1",
        "# chage -l ops1",
        "root@db1:~# chage --list ops1",
        "ops1:",
    ],
)
def test_a_line_before_the_block_names_the_account(heading):
    reading = read(
        reader, f"{heading}\n{block()}\n{heading.replace('ops1', 'ops-2')}\n{block()}".encode(), system="db1"
    )
    assert [row["account"] for row in reading.rows["user_accounts"]] == ["ops1", "ops-2"]


def test_a_second_block_without_a_name_is_not_taken_for_the_set_account():
    reading = read(reader, (block() + block()).encode(), system="db1", account="trader1")
    assert len(reading.rows["user_accounts"]) == 1
    assert [(reject.place, reject.column) for reject in reading.rejects] == [(2, "account")]


@pytest.mark.parametrize("text", ["never", "password must be changed"])
def test_a_change_that_is_not_dated_stays_null(text):
    [row] = read(reader, block(text).encode(), system="db1", account="a").rows["user_accounts"]
    assert set(row) == {"place", "system", "account"}


def test_the_last_valid_day_is_the_one_before_expiry():
    [row] = read(reader, block(expires="2026-11-22").encode(), system="db1", account="a").rows["user_accounts"]
    assert (row["expires_on"], row["enabled"]) == (date(2026, 11, 21), False)
    [row] = read(reader, block(expires="Nov 23, 2026").encode(), system="db1", account="a").rows["user_accounts"]
    assert row["expires_on"] == date(2026, 11, 22)
    assert "enabled" not in row


@pytest.mark.parametrize("text", ["Feb 30, 2026", "04/03/2026", "Mär 04, 2026", "2026-13-01", "", "Mar ０4, 2026"])
def test_it_refuses_a_date_it_cannot_read(text):
    [reject] = read(reader, block(text).encode(), system="db1", account="a").rejects
    assert reject.column == "password_changed_on"


def test_it_refuses_a_block_that_is_cut_or_doubled():
    cut = "\n".join(block().splitlines()[:2])
    [reject] = read(reader, cut.encode(), system="db1", account="a").rejects
    assert "Account expires" in reject.why.en
    doubled = block() + "Account expires : never\n"
    [reject] = read(reader, doubled.encode(), system="db1", account="a").rejects
    assert "twice" in reject.why.en


def test_a_file_without_any_block_is_unreadable():
    [reject] = read(reader, b"chage: user 'x' does not exist\n", system="db1").rejects
    assert "LC_ALL=C" in reject.why.en


def test_it_knows_its_file_and_no_other():
    assert reader.recognise(Head("x.txt", block().encode(), whole=True)).sureness == 95
    assert reader.recognise(Head("chage.txt", b"Last password change: never\n", whole=True)) is None
    assert reader.recognise(Head("chage.txt", b"", whole=True)) is None


@pytest.mark.parametrize(
    ("sample", "changed"),
    [(("jc", "centos-7.7", "chage.out"), None), (("chage", "root.txt"), date(2020, 10, 12))],
)
def test_the_samples_agree_with_their_truth(sample, changed):
    data = shared_data("accounts", *sample).read_bytes()
    assert reader.recognise(Head(sample[-1], data, whole=True)) is not None
    [row] = read(reader, data, system="u20", account="root").rows["user_accounts"]
    assert row.get("password_changed_on") == changed
    assert "expires_on" not in row


@settings(deadline=None)
@given(
    st.binary(max_size=300) | st.lists(st.sampled_from(block().splitlines(keepends=True))).map("".join).map(str.encode)
)
def test_any_bytes_are_conserved(data):
    read(reader, data, system="db1")
    read(reader, data, system="db1", account="a")
