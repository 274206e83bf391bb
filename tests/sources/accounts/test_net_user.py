"""`net user` as evidence: accounts and groups, in two languages and several regions."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chahe.sources.accounts.net_user import reader
from chahe.sources.model import Head
from reading import read, shared_data

ENGLISH = """User name                    trader1
Full Name                    Trader One
Comment
Account active               Yes
Account expires              Never

Password last set            3/5/2026 12:48:36 AM
Password expires             Never
Password required            Yes

Last logon                   11/10/2026 3:38:56 PM

Local Group Memberships      *Administrators       *Users
                             *Backup Operators
Global Group memberships     *None
The command completed successfully.

"""
CHINESE = """使用者名稱             ops1
全名                   王小明
帳戶使用中             No
帳戶到期               2026/11/1 上午 12:00:00

上次設定密碼           2026/3/5 上午 12:48:36
密碼到期               從不
請輸入密碼             No
上次登入時間           2026/11/20 下午 12:05:06

本機群組會員           *Users
全域群組會員           *Domain Admins
命令已經成功完成。

"""


def us(year: int, month: int, day: int, hour: int, minute: int, second: int) -> int:
    """Microseconds of a Taipei wall-clock time."""
    return (int(datetime(year, month, day, hour, minute, second, tzinfo=UTC).timestamp()) - 8 * 3600) * 1_000_000


def test_it_reads_english_output():
    reading = read(reader, ENGLISH.encode(), system="pc1")
    assert reading.rows["user_accounts"] == [
        {
            "place": 1,
            "system": "pc1",
            "account": "trader1",
            "display_name": "Trader One",
            "enabled": True,
            "password_changed_on": date(2026, 3, 5),
            "password_required": True,
            "last_used_at_us": us(2026, 11, 10, 15, 38, 56),
        }
    ]
    rights = [(row["right_name"], row["top_privilege"]) for row in reading.rows["account_rights"]]
    assert rights == [("Administrators", True), ("Users", False), ("Backup Operators", False)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp950", "utf-16"])
def test_it_reads_chinese_output_in_every_encoding_consoles_write(encoding):
    reading = read(reader, CHINESE.replace("\n", "\r\n").encode(encoding), system="pc1")
    assert reading.rows["user_accounts"] == [
        {
            "place": 1,
            "system": "pc1",
            "account": "ops1",
            "display_name": "王小明",
            "enabled": False,
            "expires_on": date(2026, 10, 31),
            "password_changed_on": date(2026, 3, 5),
            "password_required": False,
            "last_used_at_us": us(2026, 11, 20, 12, 5, 6),
        }
    ]
    assert [row["right_name"] for row in reading.rows["account_rights"]] == ["Users", "Domain Admins"]


def test_each_account_of_a_file_is_a_unit():
    data = "C:\\> net user ops1\n" + CHINESE + "The user name could not be found.\n\nMore help.\n" + ENGLISH
    reading = read(reader, data.encode(), system="pc1")
    assert [row["place"] for row in reading.rows["user_accounts"]] == [1, 3]
    assert [reject.place for reject in reading.rejects] == [2]


@pytest.mark.parametrize(
    "line",
    [
        "The request will be processed at a domain controller for domain corp.example.",
        "這項要求將由網域 corp.example 的網域控制站處理。",
        "系統將在網域 corp.example 的網域控制站處理這項要求。",
    ],
)
def test_the_domain_it_asked_is_the_system_unless_one_is_set(line):
    data = f"{line}\n\n{ENGLISH}".encode()
    assert read(reader, data).rows["user_accounts"][0]["system"] == "corp.example"
    assert read(reader, data, system="pc1").rows["user_accounts"][0]["system"] == "pc1"


def test_without_domain_or_setting_the_account_is_rejected():
    [reject] = read(reader, ENGLISH.encode()).rejects
    assert reject.column == "system"


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("3/5/2026 1:02:03 PM", "mdy", date(2026, 3, 5)),
        ("3/5/2026 1:02:03 PM", "dmy", date(2026, 5, 3)),
        ("31/12/2026 23:02:03", "dmy", date(2026, 12, 31)),
        ("2026-03-05 23:02:03", "dmy", date(2026, 3, 5)),
        ("31.12.2026 23:02:03", "dmy", date(2026, 12, 31)),
        ("\u200e3/\u200e5/\u200e2026 1:02:03\u202fAM", "mdy", date(2026, 3, 5)),
    ],
)
def test_dates_follow_the_order_that_is_set(text, order, expected):
    data = ENGLISH.replace("3/5/2026 12:48:36 AM", text).encode()
    [row] = read(reader, data, system="pc1", date_order=order).rows["user_accounts"]
    assert row["password_changed_on"] == expected


@pytest.mark.parametrize(
    "text",
    [
        "31/12/2026 1:02:03 PM",
        "3/5/2026 13:00:00 AM",
        "3/5/2026 25:00:00",
        "3/5/26",
        "上週",
        "",
        "３/5/2026",
        "3/5/2026 0:00 PM",
    ],
)
def test_a_date_impossible_in_its_order_rejects_the_account(text):
    data = ENGLISH.replace("3/5/2026 12:48:36 AM", text).encode()
    [reject] = read(reader, data, system="pc1").rejects
    assert (reject.place, reject.column, reject.value) == (1, "password_changed_on", text)
    assert "date_order" in reject.why.en


def test_an_order_that_is_none_makes_the_file_unreadable():
    [reject] = read(reader, ENGLISH.encode(), system="pc1", date_order="ymd").rejects
    assert "mdy or dmy" in reject.why.en


@pytest.mark.parametrize("gone", ["Account active", "Password last set", "Local Group Memberships", "Last logon"])
def test_an_account_cut_short_is_rejected(gone):
    data = "".join(line for line in ENGLISH.splitlines(keepends=True) if not line.startswith(gone)).encode()
    [reject] = read(reader, data, system="pc1").rejects
    assert gone in reject.why.en


@pytest.mark.parametrize("label", ["Full Name", "Account active", "Global Group memberships"])
def test_an_account_that_says_something_twice_is_rejected(label):
    line = next(line for line in ENGLISH.splitlines(keepends=True) if line.startswith(label))

    reading = read(reader, ENGLISH.replace(line, line * 2).encode(), system="dc1")

    assert [label in reject.why.en for reject in reading.rejects] == [True]


def test_a_value_in_another_language_is_rejected():
    data = ENGLISH.replace("active               Yes", "active               Ja").encode()
    [reject] = read(reader, data, system="pc1").rejects
    assert (reject.column, reject.value) == ("enabled", "Ja")


def test_a_locked_out_account_stays_enabled_and_an_expired_one_does_not():
    locked = ENGLISH.replace("active               Yes", "active               Locked").encode()
    assert read(reader, locked, system="pc1").rows["user_accounts"][0]["enabled"] is True
    expired = ENGLISH.replace("expires              Never", "expires              11/22/2026 12:00:00 AM", 1).encode()
    row = read(reader, expired, system="pc1").rows["user_accounts"][0]
    assert (row["enabled"], row["expires_on"]) == (False, date(2026, 11, 21))


def test_a_file_without_any_account_is_unreadable():
    assert len(read(reader, b"hello\n", system="pc1").rejects) == 1


def test_it_knows_its_file_and_no_other():
    for text in (ENGLISH, CHINESE):
        for encoding in ("utf-8", "cp950", "utf-16"):
            assert reader.recognise(Head("a.txt", text.encode(encoding), whole=True)).sureness == 90
    assert reader.recognise(Head("net_user.txt", b"User name  x\n", whole=True)) is None
    assert reader.recognise(Head("a.txt", b"", whole=True)) is None


@pytest.mark.parametrize(
    ("name", "account", "changed", "groups"),
    [
        ("en-US_domain_user.txt", "stephanie", date(2022, 9, 2), ["Domain Users", "Sales Department"]),
        ("en-US_never_logged_on.txt", "olivia", date(2024, 10, 5), ["Remote Management Use", "Domain Users"]),
        ("zh-TW_local_administrator.txt", "Administrator", date(2021, 9, 28), ["Administrators"]),
    ],
)
def test_the_samples_are_read(name, account, changed, groups):
    data = shared_data("accounts", "net_user", name).read_bytes()
    assert reader.recognise(Head(name, data, whole=True)) is not None
    reading = read(reader, data, system="pc1")
    assert not reading.rejects
    [row] = reading.rows["user_accounts"]
    assert (row["account"], row["password_changed_on"]) == (account, changed)
    assert row.get("last_used_at_us") == {
        "Administrator": us(2023, 8, 26, 0, 48, 36),
        "stephanie": us(2023, 10, 11, 15, 38, 56),
    }.get(account)
    assert [right["right_name"] for right in reading.rows["account_rights"]] == groups


@settings(deadline=None)
@given(
    st.binary(max_size=300)
    | st.lists(st.sampled_from((ENGLISH + CHINESE).splitlines(keepends=True))).map("".join).map(str.encode)
)
def test_any_bytes_are_conserved(data):
    read(reader, data, system="pc1")
