"""LINE's exports of chats as evidence."""

from datetime import UTC, datetime
from io import BytesIO

import pytest

from chahe.sources.conversations.line_chat import reader
from chahe.sources.model import Head
from reading import Reading, read, shared_data

DAY = "2026/03/05（四）"
TITLE = "[LINE] 與小陳的聊天記錄\n儲存日期：2026/03/06 18:20\n\n"


def chat(*lines: str, title: str = TITLE, **settings: str) -> Reading:
    return read(reader, (title + "\n".join(lines) + "\n").encode(), **settings)


def told(*lines: str, **settings: str) -> list[tuple[object, ...]]:
    """(kind, sender, text) of the messages of a chat in which nothing is amiss."""
    reading = chat(DAY, *lines, **settings)
    assert not reading.rejects
    return [(row["kind"], row.get("sender"), row["text"]) for row in reading.rows["messages"]]


def taipei(*parts: int) -> int:
    return int(datetime(*parts, tzinfo=UTC).timestamp() - 8 * 3600) * 1_000_000  # type: ignore[arg-type,misc]  # year, month, …


def test_a_message_is_a_row():
    [row] = chat(DAY, "上午09:02\t小陳\t這檔可以買嗎").rows["messages"]
    assert row == {
        "place": 5,
        "said_at_us": taipei(2026, 3, 5, 9, 2),
        "conversation": "小陳",
        "channel": "line",
        "sender": "小陳",
        "kind": "text",
        "text": "這檔可以買嗎",
    }


@pytest.mark.parametrize(
    ("written", "hour", "minute"),
    [
        ("上午12:05", 0, 5),
        ("上午09:02", 9, 2),
        ("下午12:05", 12, 5),
        ("下午03:15", 15, 15),
        ("下午15:15", 15, 15),
        ("00:30", 0, 30),
        ("23:59", 23, 59),
        ("9:30 PM", 21, 30),
        ("12:00AM", 0, 0),
        ("12:00 p.m.", 12, 0),
    ],
)
def test_times_of_half_days_and_of_24_hours_are_read(written, hour, minute):
    [row] = chat(DAY, f"{written}\t小陳\t好").rows["messages"]
    assert row["said_at_us"] == taipei(2026, 3, 5, hour, minute)


@pytest.mark.parametrize("written", ["24:00", "9:60", "上午13:00"])
def test_a_time_that_cannot_be_is_refused(written):
    [reject] = chat(DAY, f"{written}\t小陳\t好").rejects
    assert (reject.place, reject.column) == (5, "said_at_us")


@pytest.mark.parametrize(
    "line",
    [
        "2026/03/05（四）",
        "2026/3/5(週四)",
        "2026.03.05 星期四",
        "2026-03-05 (四)",
        "2026/03/05 Thu",
        "2026.03.05 Thursday",
        "2026/03/05(Thu)",
        "Thu, 3/5/2026",
        "Thu, 05/03/2026",
        "2026/03/05",
    ],
)
def test_days_are_read_however_they_are_written(line):
    [row] = chat(line, "09:02\t小陳\t好").rows["messages"]
    assert row["said_at_us"] == taipei(2026, 3, 5, 9, 2)


def test_a_weekday_that_is_not_the_days_is_told_and_the_messages_stay():
    reading = chat("2026/03/05（三）", "09:02\t小陳\t好")
    assert [(reject.place, reject.value) for reject in reading.rejects] == [(4, "2026/03/05（三）")]
    assert "altered" in reading.rejects[0].why.en
    assert reading.rows["messages"][0]["said_at_us"] == taipei(2026, 3, 5, 9, 2)


@pytest.mark.parametrize("line", ["2026/02/30（一）", "Mon, 13/13/2026", "Fri, 3/5/2026"])
def test_a_day_that_cannot_be_read_leaves_its_messages_without_one(line):
    reading = chat(DAY, "09:02\t小陳\t好", "", line, "09:03\t小陳\t不好")
    assert [reject.place for reject in reading.rejects] == [7, 8]
    assert len(reading.rows["messages"]) == 1


def test_a_message_before_any_day_is_refused():
    [reject] = chat("09:02\t小陳\t好").rejects
    assert "day" in reject.why.en


def test_lines_below_belong_to_the_message():
    assert told("09:02\t小陳\t第一行", "\t第二行", "第三行", "", "第五行", "09:03\t小陳\t好") == [
        ("text", "小陳", "第一行\n第二行\n第三行\n\n第五行"),
        ("text", "小陳", "好"),
    ]
    reading = chat(DAY, "09:02\t小陳\t第一行", "\t第二行", "", "2026/03/06（五）")
    assert [place for place, _ in reading.skips] == [1, 2, 3, 4, 6, 7, 8]


def test_quotes_around_several_lines_are_not_part_of_the_message():
    assert told('09:02\t小陳\t"他說""好""', '就這樣"', '09:03\t小陳\t"一行"', '09:04\t小陳\t"沒有結束') == [
        ("text", "小陳", '他說"好"\n就這樣'),
        ("text", "小陳", '"一行"'),
        ("text", "小陳", '"沒有結束'),
    ]


def test_what_is_quoted_within_a_message_is_no_message_of_its_own():
    pasted = ['09:02\t小陳\t"主管昨天傳這個', "08:00\t主管\t保證獲利", '2026/03/04（三）"', "09:03\t小陳\t你看"]
    assert [(sender, text.count("\n")) for _, sender, text in told(*pasted)] == [("小陳", 2), ("小陳", 0)]


def test_quotes_that_are_never_closed_swallow_no_messages():
    lines = ['09:02\t小陳\t"開頭', "第二行", "09:03\t小陳\t好", "2026/03/06（五）", "09:04\t小陳\t早"]
    assert [text for _, _, text in told(*lines)] == ['"開頭\n第二行', "好", "早"]


@pytest.mark.parametrize(
    ("line", "kind", "sender", "seconds"),
    [
        ("☎ 通話時間 5:32", "call", None, 332),
        ("小陳\t☎ 通話時間 1:02:03", "call", "小陳", 3723),
        ("小陳\t☎ Call time 0:07", "call", "小陳", 7),
        ("☎ 未接來電", "missed_call", None, 0),
        ("小陳\t☎ 無人接聽", "missed_call", "小陳", 0),
        ("小陳\t[貼圖]", "sticker", "小陳", None),
        ("小陳\t[Photo]", "photo", "小陳", None),
        ("小陳\t[影片]", "video", "小陳", None),
        ("小陳\t[語音訊息]", "voice", "小陳", None),
        ("小陳\t[檔案] 對帳單.pdf", "file", "小陳", None),
        ("小陳\t[位置訊息]", "other", "小陳", None),
        ("小陳\t[漲停]", "text", "小陳", None),
        ("小陳\t照片", "text", "小陳", None),
        ("小陳已收回訊息", "unsent", "小陳", None),
        ("小陳\t已收回訊息", "unsent", "小陳", None),
        ("\t小陳已收回訊息", "unsent", "小陳", None),
        ("Kim unsent a message.", "unsent", "Kim", None),
        ("小陳\t主管已收回訊息，你有看到嗎", "text", "小陳", None),
        ("\t王小姐加入聊天", "system", None, None),
        ("Kim joined the chat.", "system", None, None),
    ],
)
def test_calls_pictures_and_what_was_taken_back_are_told_apart(line, kind, sender, seconds):
    [row] = chat(DAY, f"09:02\t{line}").rows["messages"]
    assert (row["kind"], row.get("sender"), row.get("call_seconds")) == (kind, sender, seconds)


def test_settings_say_who_is_who():
    rows = chat(DAY, "09:02\t您已收回訊息", "09:03\t小陳\t好", owner="林襄理", staff="林襄理", customers="小陳").rows
    assert [(row["sender"], row["sender_role"]) for row in rows["messages"]] == [
        ("林襄理", "staff"),
        ("小陳", "customer"),
    ]
    assert told("09:02\t您已收回訊息") == [("unsent", "您", "您已收回訊息")]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("[LINE] 與 小陳 的聊天紀錄", "小陳"),
        ("[LINE] 投資群組的聊天記錄", "投資群組"),
        ("[LINE] Chat history with Kim Lee", "Kim Lee"),
        ('[LINE] Chat history in "VIP"', "VIP"),
        ("[LINE]VIP 聊天記錄", "VIP"),
        ("\ufeff[LINE] VIP", "VIP"),
    ],
)
def test_the_title_names_the_conversation_unless_a_setting_does(title, name):
    data = f"{title}\nSaved on: 3/6/2026, 18:20\n\n{DAY}\n09:02\t小陳\t好\n".encode()
    assert reader.recognise(Head("a", data, whole=True))
    assert read(reader, data).rows["messages"][0]["conversation"] == name
    assert read(reader, data, conversation="C-7").rows["messages"][0]["conversation"] == "C-7"


def test_two_exports_in_one_file_stay_two_conversations():
    second = "[LINE] 與小王的聊天記錄\n儲存日期：2026/03/06 18:20\n\n"
    reading = chat(DAY, "09:02\t小陳\t好", second + "09:03\t小王\t早", DAY, "09:04\t小王\t早")
    assert [row["conversation"] for row in reading.rows["messages"]] == ["小陳", "小王"]
    assert len(reading.rejects) == 1


def test_the_desktops_export_tells_a_sender_by_names_that_are_known():
    lines = [
        "2026.03.05 星期四",
        "09:02 小陳 這檔 可以買嗎",
        "09:03 林 襄理 貼圖",
        "09:04 小陳已收回訊息",
        "09:05 誰 說的",
    ]
    reading = chat(*lines, names="林, 林 襄理")
    assert [(row["sender"], row["kind"], row["text"]) for row in reading.rows["messages"]] == [
        ("小陳", "text", "這檔 可以買嗎"),
        ("林 襄理", "sticker", "貼圖"),
        ("小陳", "unsent", "小陳已收回訊息"),
    ]
    [reject] = reading.rejects
    assert (reject.column, reject.value) == ("sender", "誰 說的")
    assert "names" in reject.why.en


def test_lines_that_belong_to_no_message_are_refused():
    [reject] = chat("不知從哪來的一行").rejects
    assert reject.place == 4
    endless = chat(DAY, "09:02\t小陳\t好", *["又一行"] * 2_001)
    assert len(endless.rejects) == 1


def test_a_message_is_shown_with_its_lines():
    data = (TITLE + f"{DAY}\n09:02\t小陳\t一\n\t二\n09:03\t小陳\t三\n").encode()
    assert reader.excerpt is not None
    assert reader.excerpt(BytesIO(data), 5, None) == "09:02\t小陳\t一\n\t二"


SAMPLES = {
    "en_slashes_weekday_no_comma.txt": (4, "Kaori Date", {"Erik Hornberger", "Kaori Date"}, "2015-12-25 07:33"),
    "zh-TW_24h_multiline_calls.txt": (15, "小美", {"小美", "阿明"}, "2024-01-15 09:15"),
    "zh-TW_ampm_spaced_header.txt": (3, "王小華", {"王大明", "王小華"}, "2023-12-01 10:00"),
    "zh-TW_mixed_ampm_24h_quoted_multiline.txt": (5, "王小明", {"王小明", "我"}, "2024-01-05 09:15"),
}


def sample(name: str) -> list[dict[str, object]]:
    data = shared_data("chat_line", "line_samples", name).read_bytes()
    assert reader.recognise(Head(name, data, whole=True))
    reading = read(reader, data)
    assert not reading.rejects
    return reading.rows["messages"]


def clock(row: dict[str, object]) -> str:
    return datetime.fromtimestamp(int(str(row["said_at_us"])) / 1e6 + 8 * 3600, UTC).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize("name", SAMPLES)
def test_the_samples_are_read(name):
    rows = sample(name)
    senders = {row["sender"] for row in rows if "sender" in row}
    assert (len(rows), rows[0]["conversation"], senders, clock(rows[0])) == SAMPLES[name]


def test_the_sample_with_calls_equals_what_its_author_says_of_it():
    rows = sample("zh-TW_24h_multiline_calls.txt")
    kinds = [row["kind"] for row in rows]
    assert len(rows) - kinds.count("call") - kinds.count("missed_call") == 13
    assert [row["call_seconds"] for row in rows if "call_seconds" in row] == [332, 0]
    assert (kinds.count("sticker"), kinds.count("photo")) == (1, 1)


def test_the_quoted_sample_equals_what_its_author_says_of_it():
    rows = sample("zh-TW_mixed_ampm_24h_quoted_multiline.txt")
    assert [clock(row)[5:] for row in rows] == [
        "01-05 09:15",
        "01-05 09:16",
        "01-05 13:02",
        "01-05 13:02",
        "01-06 00:30",
    ]
    assert rows[2]["text"] == "第一行\n第二行"
