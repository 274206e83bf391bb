"""The lines of a LINE export, told apart: title, day, message; and what kind of thing a message is. No reader of its own.

A line is looked at more than once in a row: to tell where the message before it ends, and for itself. The last few answers are kept.
"""

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

_TITLES = (
    re.compile(r"與\s?(?P<name>.+?)\s?的聊天[記紀]錄"),
    re.compile(r"(?P<name>.+?)\s?的?聊天[記紀]錄"),
    re.compile(r"Chat history (?:with|in) (?P<name>.+)"),
)
_SAVED = re.compile(r"(?:儲存日期|Saved on) ?[:：].*")
_WEEKDAYS = {
    **{name: day for day, name in enumerate("一二三四五六日")},
    **{name: day for day, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))},
}
_WEEKDAY = r"(?:星期|週|周|禮拜)?(?P<zh>[一二三四五六日])|(?P<en>(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?)"
_YEAR_FIRST = re.compile(
    rf"(?P<year>\d{{4}})[/.-](?P<month>\d{{1,2}})[/.-](?P<day>\d{{1,2}})\s*(?:[(（]?(?:{_WEEKDAY})[)）]?)?",
    re.IGNORECASE,
)
_YEAR_LAST = re.compile(rf"(?:{_WEEKDAY}),? (?P<one>\d{{1,2}})/(?P<two>\d{{1,2}})/(?P<year>\d{{4}})", re.IGNORECASE)
_CLOCK = r"(?P<before>上午|下午|AM|PM)? ?(?P<hour>\d{1,2}):(?P<minute>\d{2})(?: ?(?P<after>[AaPp]\.?[Mm]\.?))?"
_MESSAGE = re.compile(rf"{_CLOCK}(?P<part>[\t ])(?P<rest>.*)", re.DOTALL)
_CALL = re.compile(r"☎ ?(?:通話時間|Call time):? ?(?:(\d{1,3}):)?(\d{1,3}):(\d{2})")
_UNSENT = re.compile(r"(?P<zh>.*?) ?已收回訊息。?|(?P<en>.*?) ?unsent a message\.?")
_KINDS = {
    **dict.fromkeys(("貼圖", "Sticker"), "sticker"),
    **dict.fromkeys(("照片", "圖片", "Photo", "Photos", "Image"), "photo"),
    **dict.fromkeys(("影片", "Video"), "video"),
    **dict.fromkeys(("語音訊息", "Voice message"), "voice"),
    **dict.fromkeys(("檔案", "File"), "file"),
    **dict.fromkeys(
        ("相簿", "記事本", "位置訊息", "聯絡資訊", "禮物", "Album", "Note", "Location", "Contact", "Gift"), "other"
    ),
}
_MARKED = re.compile(r"\[([^\[\]]{1,20})\](?: .*)?")
_SELF = ("您", "你", "我", "You", "Me")


class Day(NamedTuple):
    """A line that says on which day the messages below it were sent."""

    day: date | None
    """Null where the day cannot be, or could be two."""
    agrees: bool = True
    """Is the weekday written beside it that of the day? True where none is written."""
    named: bool = True
    """Is a weekday written beside it?"""


class Message(NamedTuple):
    """The first line of a message, taken apart."""

    minutes: int | None
    """Since midnight; null where the time cannot be."""
    tabbed: bool
    """Are its parts parted by tabs? By blanks, else."""
    rest: str


class Said(NamedTuple):
    """What a message is."""

    sender: str | None
    text: str
    kind: str
    call_seconds: int | None = None


def title(line: str) -> str | None:
    """The name in the first line of an export; null for any other line."""
    if not line.startswith("[LINE]"):
        return None
    rest = line[len("[LINE]") :].strip()
    found = _titled(rest)
    return (found["name"] if found else rest).strip('"“”「」 ')


def is_titled(line: str) -> bool:
    """Does the line have the very words of a title, so that it cannot be part of a message?"""
    return line.startswith("[LINE]") and _titled(line[len("[LINE]") :].strip()) is not None


def _titled(rest: str) -> re.Match[str] | None:
    return next((found for pattern in _TITLES if (found := pattern.fullmatch(rest))), None)


def is_saved(line: str) -> bool:
    """Is this the line that says when the export was saved?"""
    return _SAVED.fullmatch(line.strip()) is not None


@lru_cache(maxsize=8)
def day(line: str) -> Day | None:
    """The day that a line says; null where it is no line of that kind."""
    written = line.strip()
    if len(written) > 40 or not (written[:1].isdigit() or written[:1].isalpha()):
        return None
    if found := _YEAR_FIRST.fullmatch(written):
        weekday = _weekday(found)
        known = _date(found["year"], found["month"], found["day"])
        return Day(known, known is None or weekday in (None, known.weekday()), weekday is not None)
    if found := _YEAR_LAST.fullmatch(written):
        return _by_weekday(found)
    return None


@lru_cache(maxsize=8)
def message(line: str) -> Message | None:
    """The first line of a message; null where it is none."""
    found = _MESSAGE.fullmatch(line)
    if found is None:
        return None
    return Message(_minutes(found), found["part"] == "\t", found["rest"])


def said(sender: str | None, text: str, *, desktop: bool) -> Said:
    """What a message is, by its text. LINE's desktop program leaves the brackets of `[貼圖]` out."""
    if call := _CALL.fullmatch(text.strip()):
        hours, minutes, seconds = (int(part or 0) for part in call.groups())
        return Said(sender, text, "call", hours * 3600 + minutes * 60 + seconds)
    if text.startswith("☎"):
        return Said(sender, text, "missed_call", 0)
    if found := _UNSENT.fullmatch(text.strip()):
        who = (found["zh"] or found["en"] or "").strip()
        if sender is None or not who:
            return Said(sender or who or None, text, "unsent")
    if sender is None:
        return Said(None, text, "system")
    marked = _MARKED.fullmatch(text)
    word = marked[1] if marked else text.strip() if desktop else ""
    return Said(sender, text, _KINDS.get(word, "text"))


def is_self(name: str) -> bool:
    """Does the name stand for whoever exported the chat?"""
    return name in _SELF


def _weekday(found: re.Match[str]) -> int | None:
    written = found["zh"] or (found["en"] or "")[:3].lower()
    return _WEEKDAYS.get(written)


def _by_weekday(found: re.Match[str]) -> Day:
    """12/01/2026 is the day that falls on the weekday written beside it."""
    weekday = _weekday(found)
    readings = {_date(found["year"], found["one"], found["two"]), _date(found["year"], found["two"], found["one"])} - {
        None
    }
    fitting = [known for known in readings if known is not None and known.weekday() == weekday]
    return Day(fitting[0] if len(fitting) == 1 else None)


def _date(year: str, month: str, of_month: str) -> date | None:
    try:
        return date(int(year), int(month), int(of_month))
    except ValueError:
        return None


def _minutes(found: re.Match[str]) -> int | None:
    hour, minute = int(found["hour"]), int(found["minute"])
    half = (found["before"] or found["after"] or "").upper().replace(".", "")
    if minute > 59 or hour > 23 or (half in ("上午", "AM") and hour > 12):
        return None
    if half and hour <= 12:
        hour = hour % 12 + (12 if half in ("下午", "PM") else 0)
    return hour * 60 + minute
