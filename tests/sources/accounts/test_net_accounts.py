"""`net accounts` as evidence: Windows' password policy in two languages."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chahe.sources.accounts.net_accounts import reader
from chahe.sources.model import Head
from reading import read

ENGLISH = """Force user logoff how long after time expires?:       Never
Minimum password age (days):                          1
Maximum password age (days):                          42
Minimum password length:                              7
Length of password history maintained:                None
Lockout threshold:                                    5
Lockout duration (minutes):                           30
Computer role:                                        WORKSTATION
The command completed successfully.
"""
CHINESE = """時間到期多久後強制登出使用者?:             永不
密碼最短使用期限 (天):                      0
密碼最長使用期限 (天):                      無限制
最小密碼長度:                               0
維護密碼歷程記錄的長度:                     無
鎖定閾值:                                   從不
鎖定期間 (分鐘):                            30
電腦角色:                                   WORKSTATION
命令已經成功完成。
"""


def test_it_reads_english_output():
    assert read(reader, ENGLISH.encode(), system="pc1").rows["password_policies"] == [
        {
            "place": 6,
            "system": "pc1",
            "setting_source": "net accounts",
            "min_length": 7,
            "lockout_attempts": 5,
            "max_age_days": 42,
        }
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp950", "utf-16"])
def test_it_reads_chinese_output_in_every_encoding_consoles_write(encoding):
    [row] = read(reader, CHINESE.encode(encoding), system="pc1").rows["password_policies"]
    assert (row["min_length"], row["lockout_attempts"], row["max_age_days"]) == (0, 0, 0)


@pytest.mark.parametrize("value", ["", "4_2", "４２", "42 days", "-1", "niemals"])
def test_it_refuses_a_value_it_cannot_read(value):
    [reject] = read(reader, f"Maximum password age (days): {value}\n".encode(), system="pc1").rejects
    assert reject.column == "max_age_days"
    assert "Maximum password age" in reject.why.en


def test_a_second_host_in_the_file_is_rejected():
    reading = read(reader, (ENGLISH + ENGLISH).encode(), system="pc1")
    assert [reject.place for reject in reading.rejects] == [12, 13, 15]


def test_it_knows_its_file_and_no_other():
    for text in (ENGLISH, CHINESE):
        for encoding in ("utf-8", "cp950", "utf-16"):
            assert reader.recognise(Head("a.txt", text.encode(encoding), whole=True)).sureness == 90
    assert reader.recognise(Head("net accounts.txt", b"Minimum password length: 7\n", whole=True)) is None
    assert reader.recognise(Head("a.txt", b"", whole=True)) is None


@settings(deadline=None)
@given(
    st.binary(max_size=300)
    | st.lists(st.sampled_from((ENGLISH + CHINESE).splitlines(keepends=True))).map("".join).map(str.encode)
)
def test_any_bytes_are_conserved(data):
    read(reader, data, system="pc1")
