"""Transcripts of calls as evidence."""

from decimal import Decimal
from io import BytesIO

import pytest

from chahe.sources.conversations.transcript import reader
from chahe.sources.model import Head
from reading import Reading, read

SRT = """1
00:00:05,120 --> 00:00:07,480
營業員：您好

2
00:00:08,000 --> 00:00:12,000
客戶：我想問昨天那筆
- 營業員：請說
就是那一筆

3
00:01:00,5 --> 00:01:01,500
我跟你說：這支會漲
"""
VTT = """WEBVTT - 0305

NOTE
made by a program

STYLE
::cue { color: red }

a1
00:05.120 --> 00:07.480 align:start
<v.staff 營業員>您好 <i>&amp;</i> 請說</v>

01:00:08.000 --> 01:00:12.000
<v 客戶>好<v 營業員>沒問題
"""
PLAIN = """[00:00:05] 營業員：您好
[00:00:08.25] 客戶: 我想問
昨天那筆

[1:00:00] (沉默)
[2026-03-05 09:00:12] 營業員：請說
"""
NINE = 1_772_672_400_000_000
"""2026-03-05 09:00 in Taipei."""


def told(text: str, **settings: str) -> Reading:
    return read(reader, text.encode(), **settings)


def passages(reading: Reading) -> list[tuple[object, ...]]:
    assert not reading.rejects
    return [(row["place"], row.get("sender"), row["text"]) for row in reading.rows["messages"]]


def test_a_cue_is_a_row_where_its_times_stand():
    reading = told(SRT, begins="115/03/05 09:00:00", conversation="C-7", staff="營業員", customers="客戶")
    assert reading.rows["messages"][0] == {
        "place": 2,
        "said_at_us": NINE + 5_120_000,
        "conversation": "C-7",
        "channel": "phone",
        "sender": "營業員",
        "sender_role": "staff",
        "kind": "speech",
        "text": "您好",
        "offset_seconds": Decimal("5.120"),
        "offset_end_seconds": Decimal("7.480"),
    }


def test_names_before_a_colon_are_speakers_where_they_stand_so_twice():
    assert passages(told(SRT)) == [
        (2, "營業員", "您好"),
        (6, None, "客戶：我想問昨天那筆"),
        (6, "營業員", "請說\n就是那一筆"),
        (12, None, "我跟你說：這支會漲"),
    ]


def test_or_where_a_setting_names_them():
    assert passages(told(SRT, speakers="客戶，營業員"))[1] == (6, "客戶", "我想問昨天那筆")
    assert passages(told(SRT, speakers="客戶"))[0] == (2, None, "營業員：您好")


def test_without_its_beginning_a_recording_has_offsets_alone():
    rows = told(SRT).rows["messages"]
    assert not any("said_at_us" in row for row in rows)
    assert [row["offset_seconds"] for row in rows][-1] == Decimal("60.500")


def test_webvtt_names_speakers_itself():
    reading = told(VTT, begins="2026-03-05 09:00")
    assert passages(reading) == [(10, "營業員", "您好 & 請說"), (13, "客戶", "好"), (13, "營業員", "沒問題")]
    assert reading.rows["messages"][1]["said_at_us"] == NINE + 3_608_000_000
    assert [place for place, _ in reading.skips] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 14]


def test_plain_lines_have_a_time_a_speaker_and_words():
    reading = told(PLAIN)
    assert passages(reading) == [
        (1, "營業員", "您好"),
        (2, "客戶", "我想問\n昨天那筆"),
        (5, None, "(沉默)"),
        (6, "營業員", "請說"),
    ]
    rows = reading.rows["messages"]
    assert [row.get("offset_seconds") for row in rows] == [5, Decimal("8.25"), 3600, None]
    assert [row.get("said_at_us") for row in rows] == [None, None, None, NINE + 12_000_000]


def test_plain_times_may_stand_without_brackets_or_hours():
    assert passages(told("00:05 營業員: 您好\n1:02:03 客戶: 好\n")) == [(1, "營業員", "您好"), (2, "客戶", "好")]


@pytest.mark.parametrize(
    "times",
    [
        "00:00:07,480 --> 00:00:05,120",
        "00:61:05,120 --> 00:62:05,120",
        "00:00:5x,120 --> 00:00:07,480",
        "5 --> 7",
    ],
)
def test_a_cue_whose_times_cannot_be_is_refused(times):
    reading = told(SRT + f"\n4\n{times}\n多說\n")
    [reject] = reading.rejects
    assert (reject.place, reject.column, reject.value) == (16, "offset_seconds", times)


@pytest.mark.parametrize("stamp", ["[00:99]", "[1:60:00]", "[2026-02-30 09:00:00]"])
def test_a_plain_time_that_cannot_be_is_refused(stamp):
    [reject] = told(f"{stamp} 營業員：您好\n").rejects
    assert reject.place == 1
    assert reject.value == stamp[1:-1]


def test_words_without_a_time_are_refused():
    assert [reject.place for reject in told("您好\n" + PLAIN).rejects] == [1]
    assert [reject.place for reject in told(SRT + "\n忘了時間\n又一行\n").rejects] == [15]


def test_cues_without_words_are_skipped():
    reading = told("WEBVTT\n\n00:01.000 --> 00:02.000\n\n00:03.000 --> 00:04.000\n<i></i>\n")
    assert not reading.rows
    assert len(reading.skips) == reading.units == 6


def test_a_beginning_that_is_no_moment_makes_it_unreadable():
    [reject] = told(SRT, begins="2026-03-05").rejects
    assert "chahe.toml" in reject.why.en


@pytest.mark.parametrize("text", [SRT, VTT, PLAIN.replace("[2026-03-05 09:00:12]", "[01:00:12]"), "\ufeff" + SRT])
def test_it_is_known_by_its_cues_or_lines(text):
    assert reader.recognise(Head("call.dat", text.encode(), whole=True))


@pytest.mark.parametrize(
    "text",
    [
        "[00:00:05] INFO: started\n[00:00:06] ERROR: stopped\n",
        "[00:00:05] 營業員：您好\n",
        "1\n2\n",
        "WEBVTT\n",
        "[00:00:05] http://a.example\n[00:00:06] http://b.example\n",
    ],
)
def test_logs_and_lists_are_no_transcripts(text):
    assert reader.recognise(Head("call.srt", text.encode(), whole=True)) is None


def test_a_passage_is_shown_with_its_words():
    assert reader.excerpt is not None
    assert reader.excerpt(BytesIO(SRT.encode()), 2, None) == "00:00:05,120 --> 00:00:07,480\n營業員：您好"
    assert reader.excerpt(BytesIO(PLAIN.encode()), 2, None) == "[00:00:08.25] 客戶: 我想問\n昨天那筆"
