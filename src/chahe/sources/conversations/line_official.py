"""Chats of a LINE official account (LINE 官方帳號), as its management page lets one download them: CSV, one chat a file.

    帳號名稱,例示證券客服
    時區,+08:00
    下載時間,2026/03/06 18:20
    傳送者類型,傳送者名稱,傳送日期,傳送時間,內容
    User,小陳,2026/03/05,09:02:11,這檔可以買嗎
    Account,林襄理,2026/03/05,09:03:40,"先看基本面
    再決定"

A message of `User` is a customer's, one of `Account` the firm's; `System` says what the system does. What the account answers by itself has a
name for that (自動回應訊息) and is of no one's staff. Times are in the zone that the file names, else in that of the source. A place is a record's
number, the lines of the head included; a record with line breaks inside quotes is one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from chahe.rules.roc import UnreadableMoment, read_moment
from chahe.sources.lists.raw_rows import BLANK, NO_SUCH_ROW, Broken, RawRow, is_blank_row
from chahe.sources.model import (
    Context,
    Head,
    Match,
    RecordReader,
    Records,
    Reject,
    Row,
    Setting,
    Skip,
    Unit,
    Unreadable,
)
from chahe.sources.reading import csv_records
from chahe.wording import Text

_HEADINGS = ("傳送者類型", "傳送者名稱", "傳送日期", "傳送時間", "內容")
_HEAD = ("帳號名稱", "時區", "下載時間")
_ROLES = {"user": "customer", "account": "staff"}
_AUTOMATIC = re.compile(r"自動回應(?:訊息)?|Auto-response", re.IGNORECASE)
_KINDS = {
    **dict.fromkeys(("照片已傳送", "圖片已傳送"), "photo"),
    "貼圖已傳送": "sticker",
    "影片已傳送": "video",
    "語音訊息已傳送": "voice",
    "檔案已傳送": "file",
}
_OFFSET = re.compile(r"[+-]\d{2}:?\d{2}")
_MOST_HEAD = 20

_CONVERSATION = Setting(
    "conversation",
    Text("對話的名稱或編號；不設則為官方帳號的名稱", "the chat's name or number; the account's name where not set"),
)
_PREAMBLE = Text("檔頭：{name}", "the head of the file: {name}")
_HEADING = Text("標題列", "the heading row")
_NO_HEADING = Text(
    "前 20 筆沒有標題列（傳送者類型、傳送者名稱、傳送日期、傳送時間、內容）；請由官方帳號管理頁面重新下載",
    "the first 20 records have no headings (傳送者類型, 傳送者名稱, 傳送日期, 傳送時間, 內容); download the chat again",
)
_SHORT = Text(
    "這一筆有 {count} 欄，應有 5 欄；請確認檔案沒有被改過",
    "this record has {count} cells and should have 5; check that the file was not altered",
)
_BAD_TIME = Text(
    "傳送日期或時間無法讀取；請確認檔案沒有被 Excel 改過，重新下載",
    "the day or time cannot be read; check that Excel did not change the file, and download it again",
)


@dataclass
class _Chat:
    zone: str
    conversation: str | None
    offset: str = ""
    account: str | None = None
    headed: bool = field(default=False)


def _recognise(head: Head) -> Match | None:
    rows = csv_records.head_records(head.data, ",", whole=head.whole)
    if not any(_is_heading(row) for row in rows[:_MOST_HEAD]):
        return None
    return Match(97, "its headings are those of a LINE official account's chats")


def _is_heading(row: RawRow) -> bool:
    return not isinstance(row, Broken) and tuple(str(cell).strip() for cell in row[:5]) == _HEADINGS


def _read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    chat = _Chat(context.zone, context.settings.get("conversation", "").strip() or None)
    for place, row in enumerate(_rows(stream), 1):
        if place > _MOST_HEAD and not chat.headed:
            raise Unreadable(_NO_HEADING, place=place)
        yield _unit(place, row, chat)


def _rows(stream: BinaryIO) -> Iterator[RawRow]:
    first = stream.read(csv_records.LOOKAHEAD)
    encoding, _ = csv_records.encoding_of(first, whole=len(first) < csv_records.LOOKAHEAD)
    return csv_records.records(stream, first, encoding, ",")


def _unit(place: int, row: RawRow, chat: _Chat) -> Unit:
    if isinstance(row, Broken):
        return Reject(place, row.why, value=row.value)
    if is_blank_row(row):
        return Skip(place, BLANK)
    cells = [str(cell) for cell in row]
    if not chat.headed:
        return _head(place, cells, chat)
    if len(cells) < 5:
        return Reject(place, _SHORT.fill(count=len(cells)))
    return _message(place, cells, chat)


def _head(place: int, cells: list[str], chat: _Chat) -> Unit:
    if _is_heading(cells):
        chat.headed = True
        return Skip(place, _HEADING)
    name, value = cells[0].strip(), (cells[1].strip() if len(cells) > 1 else "")
    if name == "帳號名稱":
        chat.account = value or None
    if name == "時區" and _OFFSET.fullmatch(value):
        chat.offset = value
    return Skip(place, _PREAMBLE.fill(name=name[:20] if name in _HEAD else "…"))


def _message(place: int, cells: list[str], chat: _Chat) -> Unit:
    sort, name, day, clock = (cell.strip() for cell in cells[:4])
    try:
        at = read_moment(f"{day} {clock}{chat.offset}", chat.zone)
    except UnreadableMoment:
        return Reject(place, _BAD_TIME, "said_at_us", f"{day} {clock}"[:40])
    system = sort.lower() == "system"
    values = {
        "said_at_us": at,
        "conversation": chat.conversation or chat.account,
        "channel": "line",
        "sender": None if system else name or None,
        "sender_role": None if _AUTOMATIC.match(name) else _ROLES.get(sort.lower()),
        "kind": "system" if system else _KINDS.get(cells[4].strip(), "text"),
        "text": cells[4],
    }
    return Records(place, (Row("messages", values),))


def _excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    first = stream.read(csv_records.LOOKAHEAD)
    encoding, _ = csv_records.encoding_of(first, whole=len(first) < csv_records.LOOKAHEAD)
    return csv_records.raw_record(stream, first, encoding, ",", place) or NO_SUCH_ROW.zh.format(place=place)


reader = RecordReader(
    name="line_official",
    title=Text("LINE 官方帳號聊天記錄（CSV）", "chats of a LINE official account (CSV)"),
    version=1,
    tables=("messages",),
    recognise=_recognise,
    read=_read,
    settings=(_CONVERSATION,),
    excerpt=_excerpt,
)
