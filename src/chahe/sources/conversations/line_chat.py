"""LINE's text exports of a chat (傳送聊天記錄), from phones and the desktop, in Traditional Chinese and English.

    [LINE] 與小陳的聊天記錄
    儲存日期：2026/03/06 18:20

    2026/03/05（四）
    上午09:02	小陳	這檔可以買嗎
    09:03	林襄理	"先看基本面
    再決定"
    09:05	林襄理	[照片]
    09:20	☎ 通話時間 5:32
    09:31	小陳已收回訊息

Days are written 2026/03/05（四）, (週四), 2026.03.05 星期四, 2026/03/05 Thu or Thu, 03/05/2026, where the weekday tells month from day. Times
have 上午, 下午, AM, PM or 24 hours. A message goes on over the lines below it that begin with neither time nor day; LINE puts quotes around
it, or a tab before each line. Lines of calls, of messages taken back and of people who come and go have no sender's name.

LINE's desktop program parts time, name and text by single blanks. A name may hold blanks, too, so there a sender is told only by the names
that the title or the setting `names` gives; other such lines are rejected. Times are in the zone of the source, and exact to the minute.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from typing import BinaryIO
from zoneinfo import ZoneInfo

from chahe.sources.conversations.line_chat_words import (
    Day,
    Message,
    Said,
    day,
    is_saved,
    is_self,
    is_titled,
    message,
    said,
    title,
)
from chahe.sources.model import Context, Head, Match, RecordReader, Records, Reject, Row, Setting, Skip, Unit
from chahe.sources.reading.text_lines import BLANK, Line, head_lines, text_lines
from chahe.wording import Text

_MOST_LINES = 2_000
"""Lines of one message; LINE sends at most 10,000 characters."""
_MOST_QUOTED = 500
"""Lines looked through for the quote that closes a message."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_SETTINGS = (
    Setting(
        "conversation",
        Text("對話的名稱或編號；不設則取檔案標題", "the chat's name or number; the title's where not set"),
    ),
    Setting(
        "names",
        Text(
            "參與者的名稱，以逗號分隔（電腦版匯出需要）",
            "the participants' names, parted by commas (for desktop exports)",
        ),
    ),
    Setting("owner", Text("匯出者的名稱，即「您」所指的人", "who exported the chat: whom 您 and You stand for")),
    Setting("staff", Text("參與者中的員工，以逗號分隔", "the participants who are staff, parted by commas")),
    Setting("customers", Text("參與者中的客戶，以逗號分隔", "the participants who are customers, parted by commas")),
)
_TITLE = Text("聊天記錄的標題", "the title of the export")
_SAVED = Text("儲存日期", "the day the export was saved")
_DAY = Text("日期行", "a line that names the day")
_CONTINUED = Text("上一則訊息的後續行", "a further line of the message above")
_BAD_DAY = Text(
    "日期無法讀取，或月、日無法分辨；請重新匯出，或確認檔案沒有被改過",
    "the day cannot be read, or month and day cannot be told apart; export the chat again, or check that it was not altered",
)
_WRONG_WEEKDAY = Text(
    "日期與星期不符，檔案可能被改過；其下的訊息仍以這個日期讀入，請與原始聊天室核對",
    "the weekday is not that of the day, so the file may have been altered; the messages below are read with that day: compare them with the chat itself",
)
_BAD_TIME = Text(
    "時間無法讀取；請確認檔案沒有被改過",
    "the time cannot be read; check that the file was not altered",
)
_NO_DAY = Text(
    "這則訊息上方沒有可用的日期行；請重新匯出完整的聊天記錄",
    "no readable line above this message names its day; export the whole chat again",
)
_STRAY = Text(
    "這一行不屬於任何訊息；請確認檔案完整，由 LINE 直接匯出",
    "this line belongs to no message; check that the file is whole and comes from LINE itself",
)
_NO_NAME = Text(
    "無法分辨名稱到哪裡為止；請在 chahe.toml 以 names 列出參與者，或改由手機匯出",
    "where the sender's name ends cannot be told; list the participants in `names` in chahe.toml, or export from a phone",
)


@dataclass
class _Chat:
    """What is known of a chat, and what of its file has been read."""

    zone: ZoneInfo
    conversation: str | None
    """As the setting names it."""
    names: frozenset[str]
    owner: str | None
    roles: dict[str, str]
    title: str | None = None
    day: date | None = None
    tabbed: bool | None = None
    """Are the parts of its messages parted by tabs? Null until the first message."""
    back: list[Line] = field(default_factory=list)
    """Lines to be looked at again, the next one last."""


def _recognise(head: Head) -> Match | None:
    lines = [line for line in head_lines(head)[:200] if line.strip()]
    if not lines or title(lines[0].removeprefix("\ufeff")) is None:
        return None
    if not any(is_saved(line) or day(line) is not None or message(line) is not None for line in lines[1:]):
        return None
    return Match(95, "it begins with [LINE], and days and messages follow")


def _read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    chat = _chat(context)
    lines = text_lines(stream)
    blank_above = True
    while (line := _next(chat, lines)) is not None:
        if line.text is None:
            yield Reject(line.place, line.why)
            continue
        first = message(line.text)
        if first is not None and chat.tabbed in (None, first.tabbed):
            yield from _message(line, first, chat, lines)
        else:
            yield _other(line.place, line.text, chat, blank_above=blank_above)
        blank_above = not line.text.strip()


def _chat(context: Context) -> _Chat:
    settings = {name: value.strip() for name, value in context.settings.items() if value.strip()}
    staff, customers, names = (_listed(settings.get(name, "")) for name in ("staff", "customers", "names"))
    roles = dict.fromkeys(customers, "customer") | dict.fromkeys(staff, "staff")
    owner = settings.get("owner")
    known = {*staff, *customers, *names, *([owner] if owner else [])}
    return _Chat(ZoneInfo(context.zone), settings.get("conversation"), frozenset(known), owner, roles)


def _listed(names: str) -> list[str]:
    return [name.strip() for name in re.split("[,，、]", names) if name.strip()]


def _next(chat: _Chat, lines: Iterator[Line]) -> Line | None:
    return chat.back.pop() if chat.back else next(lines, None)


def _other(place: int, text: str, chat: _Chat, *, blank_above: bool) -> Unit:
    """A line that begins no message."""
    if not text.strip():
        return Skip(place, BLANK)
    named = title(text)
    if named is not None:
        # Two exports may have been put into one file: what was known of the first holds no longer.
        chat.title, chat.day, chat.tabbed = named or None, None, None
        return Skip(place, _TITLE)
    if is_saved(text):
        return Skip(place, _SAVED)
    found = day(text)
    if found is None or not _is_day(found, blank_above=blank_above):
        return Reject(place, _STRAY, "text", text[:40])
    chat.day = found.day
    if found.day is None:
        return Reject(place, _BAD_DAY, "said_at_us", text.strip())
    return Skip(place, _DAY) if found.agrees else Reject(place, _WRONG_WEEKDAY, "said_at_us", text.strip())


def _is_day(found: Day, *, blank_above: bool) -> bool:
    """Without its weekday a day may as well be a line of a message."""
    return found.named or blank_above


def _message(line: Line, first: Message, chat: _Chat, lines: Iterator[Line]) -> Iterator[Unit]:
    """A message with the lines it goes on over."""
    chat.tabbed = first.tabbed
    below = _below(first, chat, lines)
    yield _unit(line.place, first, _whole(first.rest, below), chat)
    for further in below:
        yield Skip(further.place, _CONTINUED)


def _below(first: Message, chat: _Chat, lines: Iterator[Line]) -> list[Line]:
    """The lines that a message goes on over. Within its quotes they may look like anything, if the quotes are closed."""
    quoted = _opens(first)
    taken: list[Line] = []
    begins: int | None = None
    while len(taken) < (_MOST_QUOTED if quoted else _MOST_LINES) and (line := _next(chat, lines)) is not None:
        head = line.text is None or _is_head(line.text, chat)
        # A head that opens quotes itself shows that the quotes before it were a sign like any other.
        if line.text is None or (head and (not quoted or _opens(message(line.text)))):
            chat.back.append(line)
            break
        if head and begins is None:
            begins = len(taken)
        taken.append(line)
        if quoted and not head and line.text.endswith('"'):
            quoted, begins = False, None
    end = len(taken) if begins is None else begins
    while end and not (taken[end - 1].text or "").strip():
        end -= 1
    chat.back += reversed(taken[end:])
    return taken[:end]


def _opens(first: Message | None) -> bool:
    """Does a message begin with a quote that its first line does not close?"""
    begin = _parts(first.rest)[1] if first else ""
    return begin.startswith('"') and (len(begin) == 1 or not begin.endswith('"'))


def _is_head(text: str, chat: _Chat) -> bool:
    """Does the line look like one that begins a message, or names a day?"""
    found = message(text)
    if found is not None and found.tabbed == chat.tabbed:
        return True
    named = day(text)
    return (named is not None and named.named) or (title(text) is not None and is_titled(text))


def _whole(rest: str, below: list[Line]) -> str:
    """The sender and the whole text, as they would stand on one line."""
    if not below:
        return rest
    sender, begin = _parts(rest)
    text = "\n".join([begin, *((line.text or "").removeprefix("\t") for line in below)])
    if text.startswith('"') and text.endswith('"'):
        text = text[1:-1].replace('""', '"')
    return text if sender is None else f"{sender}\t{text}"


def _parts(rest: str) -> tuple[str | None, str]:
    """Sender and text where a tab parts them; no sender, else."""
    sender, tab, text = rest.partition("\t")
    return (sender, text) if tab else (None, rest)


def _unit(place: int, first: Message, rest: str, chat: _Chat) -> Unit:
    if first.minutes is None:
        return Reject(place, _BAD_TIME, "said_at_us", rest[:40])
    if chat.day is None:
        return Reject(place, _NO_DAY, "said_at_us")
    told = _tabbed(rest) if first.tabbed else _desktop(rest, chat)
    if told is None:
        return Reject(place, _NO_NAME, "sender", rest[:40])
    sender = chat.owner or told.sender if told.sender is not None and is_self(told.sender) else told.sender
    values = {
        "said_at_us": _moment(chat.day, first.minutes, chat.zone),
        "conversation": chat.conversation or chat.title,
        "channel": "line",
        "sender": sender,
        "sender_role": chat.roles.get(sender or ""),
        "kind": told.kind,
        "text": told.text,
        "call_seconds": told.call_seconds,
    }
    return Records(place, (Row("messages", values),))


@lru_cache(maxsize=1 << 11)
def _moment(on: date, minutes: int, zone: ZoneInfo) -> int:
    at = datetime.combine(on, time(), zone) + timedelta(minutes=minutes)
    return (at.astimezone(UTC) - _EPOCH) // timedelta(microseconds=1)


def _tabbed(rest: str) -> Said:
    sender, text = _parts(rest)
    return said((sender or "").strip() or None, text, desktop=False)


def _desktop(rest: str, chat: _Chat) -> Said | None:
    """A message whose parts are parted by blanks; null where the name cannot be told from the text."""
    names = {*chat.names, chat.title} if chat.title else chat.names
    name = max((name for name in names if rest.startswith(f"{name} ")), key=len, default=None)
    if name is not None:
        return said(name, rest[len(name) + 1 :], desktop=True)
    alone = said(None, rest, desktop=True)
    return None if alone.kind == "system" else alone


def _excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    """The line, and those its message goes on over."""
    shown: list[str] = []
    for line in islice(text_lines(stream), place - 1, place - 1 + _MOST_LINES):
        text = line.text or ""
        if shown and (message(text) is not None or day(text) is not None):
            break
        shown.append(text)
    return "\n".join(shown).rstrip()


reader = RecordReader(
    name="line_chat",
    title=Text("LINE 聊天記錄", "LINE chat export"),
    version=1,
    tables=("messages",),
    recognise=_recognise,
    read=_read,
    settings=_SETTINGS,
    excerpt=_excerpt,
)
