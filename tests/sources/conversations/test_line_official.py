"""Chats of LINE official accounts as evidence."""

from io import BytesIO

import pytest

from chahe.sources.catalogue import readers
from chahe.sources.conversations.line_official import reader
from chahe.sources.model import Head
from chahe.sources.registry import recognise
from reading import Reading, read

HEAD = "帳號名稱,例示證券客服\n時區,+08:00\n下載時間,2026/03/06 18:20\n"
HEADINGS = "傳送者類型,傳送者名稱,傳送日期,傳送時間,內容\n"
NINE = 1_772_672_400_000_000
"""2026-03-05 09:00 in Taipei."""


def chat(*lines: str, head: str = HEAD, encoding: str = "utf-8", **settings: str) -> Reading:
    return read(reader, (head + HEADINGS + "\n".join(lines) + "\n").encode(encoding), **settings)


def test_a_message_is_a_row():
    [row] = chat("User,小陳,2026/03/05,09:00:11,這檔可以買嗎").rows["messages"]
    assert row == {
        "place": 5,
        "said_at_us": NINE + 11_000_000,
        "conversation": "例示證券客服",
        "channel": "line",
        "sender": "小陳",
        "sender_role": "customer",
        "kind": "text",
        "text": "這檔可以買嗎",
    }


@pytest.mark.parametrize(
    ("line", "sender", "role", "kind"),
    [
        ("Account,林襄理,2026/03/05,09:00,好", "林襄理", "staff", "text"),
        ("Account,自動回應訊息,2026/03/05,09:00,您好", "自動回應訊息", None, "text"),
        ("System,,2026/03/05,09:00,小陳加入好友", None, None, "system"),
        ("Bot,客服,2026/03/05,09:00,好", "客服", None, "text"),
        ("User,小陳,2026/03/05,09:00,照片已傳送", "小陳", "customer", "photo"),
        ("User,小陳,2026/03/05,09:00,貼圖已傳送", "小陳", "customer", "sticker"),
    ],
)
def test_who_says_what_is_told_by_the_kind_of_sender(line, sender, role, kind):
    [row] = chat(line).rows["messages"]
    assert (row.get("sender"), row.get("sender_role"), row["kind"], row["said_at_us"]) == (sender, role, kind, NINE)


def test_the_file_names_its_zone_or_the_source_does():
    assert chat("User,小陳,2026/03/05,10:00,好", head="時區,+09:00\n").rows["messages"][0]["said_at_us"] == NINE
    assert chat("User,小陳,2026/03/05,09:00,好", head="").rows["messages"][0]["said_at_us"] == NINE


def test_a_message_of_several_lines_is_one_record():
    reading = chat('Account,林襄理,2026/03/05,09:00,"先看, 基本面', '再說""好"""', "User,小陳,2026/03/05,09:01,好")
    assert [(row["place"], row["text"]) for row in reading.rows["messages"]] == [
        (5, '先看, 基本面\n再說"好"'),
        (6, "好"),
    ]
    assert [place for place, _ in reading.skips] == [1, 2, 3, 4]


@pytest.mark.parametrize("line", ["User,小陳,2026/02/30,09:00,好", "User,小陳,,09:00,好", "User,小陳,2026/03/05,,好"])
def test_a_time_that_cannot_be_read_is_refused(line):
    [reject] = chat(line).rejects
    assert (reject.place, reject.column) == (5, "said_at_us")


def test_a_record_that_lacks_cells_is_refused():
    assert "has 4 cells" in chat("User,小陳,2026/03/05,09:00").rejects[0].why.en


def test_a_setting_names_the_conversation():
    assert chat("User,小陳,2026/03/05,09:00,好", conversation="C-7").rows["messages"][0]["conversation"] == "C-7"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp950", "utf-16"])
def test_it_is_known_and_read_in_any_encoding(encoding):
    data = (HEAD + HEADINGS + "User,小陳,2026/03/05,09:00,好\n").encode(encoding)
    assert recognise(Head("export.dat", data, whole=True), readers()).reader is reader
    assert read(reader, data).rows["messages"][0]["text"] == "好"


def test_other_lists_are_not_its_own_and_without_headings_nothing_is_read():
    assert reader.recognise(Head("a.csv", "傳送者,內容\n小陳,好\n".encode(), whole=True)) is None
    assert "no headings" in read(reader, b"a,b\n" * 30).rejects[-1].why.en


def test_a_record_is_shown_as_it_stands():
    assert reader.excerpt is not None
    assert reader.excerpt(
        BytesIO((HEAD + HEADINGS + 'User,小陳,2026/03/05,09:00,"好\n的"\n').encode()), 5, None
    ).endswith('的"')
