"""Calls written down with the time of each passage: SubRip (SRT), WebVTT, and plain lines of time, speaker and words.

    1
    00:00:05,120 --> 00:00:07,480
    營業員：您好

    WEBVTT

    00:05.120 --> 00:07.480
    <v 營業員>您好</v>

    [00:00:05] 營業員：您好
    [2026-03-05 09:00:12] 客戶：我想問昨天那筆

Of WebVTT, as the W3C has it, identifiers, NOTE, STYLE and REGION are skipped, settings and tags left out; `<v …>` names
the speaker. In SRT, and where WebVTT has no `<v …>`, words before a colon name a speaker if they stand so in two cues or more, or in the
setting `speakers`. A plain line without a time goes on with the passage above it.

The times count from the beginning of the recording; when that was is the setting `begins`, without which `said_at_us` stays null: names of files
are no evidence of it. A plain line with a day tells its own time. A cue is found by its line of times; its other lines are skipped.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import BinaryIO

from chahe.rules.roc import UnreadableMoment, read_moment
from chahe.sources.conversations.cues import Block, blocks, names, passages, times
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
from chahe.sources.reading.text_lines import BLANK, Line, head_lines, text_lines
from chahe.wording import Text

_MOST_LINES = 500_000
"""A day of speech has some fifty thousand."""
_PLAIN = re.compile(
    r"\[?(?P<stamp>(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}[ T])?\d{1,3}:\d{2}(?::\d{2}(?:[.,]\d{1,6})?)?)\]?[ \t]+(?P<rest>\S.*)"
)
_SPEAKER = re.compile(r"(?P<name>[^:：\[\]{}<>=\"]{1,40}?) ?[:：](?!//)\s*(?P<words>.*)")
_LEVELS = frozenset({"trace", "debug", "info", "notice", "warn", "warning", "error", "fatal", "critical"})
_SHOWN = 60

_SETTINGS = (
    Setting(
        "begins",
        Text("錄音開始的時間，例如 2026-03-05 09:00:00", "when the recording begins, as 2026-03-05 09:00:00"),
    ),
    Setting("conversation", Text("通話或錄音的編號", "the number of the call or recording")),
    Setting("speakers", Text("說話者的名稱，以逗號分隔", "the speakers' names, parted by commas")),
    Setting("staff", Text("說話者中的員工，以逗號分隔", "the speakers who are staff, parted by commas")),
    Setting("customers", Text("說話者中的客戶，以逗號分隔", "the speakers who are customers, parted by commas")),
)
_OF_CUE = Text("字幕段落的其他行", "a further line of a cue")
_ASIDE = Text("檔頭、註解或樣式", "a head, note or style")
_WORDLESS = Text("沒有文字的段落", "a passage without words")
_CONTINUED = Text("上一段話的後續行", "a further line of the passage above")
_BAD_TIMES = Text(
    "這一段的起訖時間無法讀取，或結束早於開始；請由轉錄程式重新匯出",
    "the times of this cue cannot be read, or it ends before it begins; export the transcript again",
)
_BAD_STAMP = Text(
    "這一行的時間無法讀取；請由轉錄程式重新匯出",
    "the time of this line cannot be read; export the transcript again",
)
_STRAY = Text(
    "這些文字上方沒有時間，不屬於任何一段；請由轉錄程式重新匯出",
    "no time stands above these words, so they belong to no passage; export the transcript again",
)
_BAD_BEGIN = Text(
    "設定 begins 不是日期加時刻：「{value}」；請在 chahe.toml 改為 2026-03-05 09:00:00 之類",
    "the setting begins is no day with a time: `{value}`; write 2026-03-05 09:00:00 or the like in chahe.toml",
)
_TOO_LONG = Text(
    "檔案超過 50 萬行，不像一通電話的逐字稿；請把各通電話分成各自的檔案",
    "the file has more than 500,000 lines, which no call's transcript has; give each call a file of its own",
)


@dataclass(frozen=True, slots=True)
class _Call:
    """The settings of a transcript."""

    zone: str
    begins_us: int | None
    conversation: str | None
    speakers: frozenset[str]
    roles: dict[str, str]

    def row(
        self, speaker: str | None, words: str, *, at_us: int | None, spoken: tuple[Decimal | None, Decimal | None]
    ) -> Row:
        begin, end = spoken
        if at_us is None and self.begins_us is not None and begin is not None:
            at_us = self.begins_us + int(begin * 1_000_000)
        values = {
            "said_at_us": at_us,
            "conversation": self.conversation,
            "channel": "phone",
            "sender": speaker,
            "sender_role": self.roles.get(speaker or ""),
            "kind": "speech",
            "text": words,
            "offset_seconds": begin,
            "offset_end_seconds": end,
        }
        return Row("messages", values)


def _recognise(head: Head) -> Match | None:
    lines = [line.removeprefix("\ufeff").strip() for line in head_lines(head)[:200]]
    written = [line for line in lines if line]
    if written and re.fullmatch(r"WEBVTT(?:[ \t].*)?", written[0]) and any(times(line) for line in written):
        return Match(95, "it begins with WEBVTT, and cues follow")
    if len(written) > 1 and written[0].isdigit() and times(written[1]) is not None:
        return Match(95, "it begins with the number and times of a cue")
    return _plain_match(written)


def _plain_match(written: list[str]) -> Match | None:
    """Lines of `[00:00:05] speaker: words` have no mark of their own: other readers are surer of their files."""
    told = [found for line in written if line.startswith("[") and (found := _PLAIN.fullmatch(line)) and "]" in line]
    spoken = [found for line in told if (found := _SPEAKER.fullmatch(line["rest"])) is not None]
    speakers = {found["name"].strip().lower() for found in spoken}
    if len(spoken) < 2 or 2 * len(spoken) < len(written) or len(speakers) > 12 or speakers & _LEVELS:
        return None
    return Match(40, f"{len(spoken)} of the first {len(written)} lines have a time, a speaker and words")


def _read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    call = _call(context)
    lines = list(islice(text_lines(stream), _MOST_LINES + 1))
    if len(lines) > _MOST_LINES:
        raise Unreadable(_TOO_LONG)
    if any(times(line.text or "") is not None for line in lines):
        found = list(blocks(lines))
        speakers = call.speakers or names(found)
        for block in found:
            yield from _block(block, call, speakers) if isinstance(block, Block) else [_gap(block)]
    else:
        yield from _plain(lines, call)


def _call(context: Context) -> _Call:
    settings = {name: value.strip() for name, value in context.settings.items() if value.strip()}
    staff, customers, speakers = (_listed(settings.get(name, "")) for name in ("staff", "customers", "speakers"))
    begins = settings.get("begins")
    try:
        begins_us = read_moment(begins, context.zone) if begins else None
    except UnreadableMoment as error:
        raise Unreadable(_BAD_BEGIN.fill(value=begins)) from error
    roles = dict.fromkeys(customers, "customer") | dict.fromkeys(staff, "staff")
    known = frozenset((*staff, *customers, *speakers))
    return _Call(context.zone, begins_us, settings.get("conversation"), known, roles)


def _listed(named: str) -> list[str]:
    return [name.strip() for name in re.split("[,，、]", named) if name.strip()]


def _gap(line: Line) -> Unit:
    return Reject(line.place, line.why) if line.text is None else Skip(line.place, BLANK)


def _block(block: Block, call: _Call, speakers: frozenset[str]) -> Iterator[Unit]:
    timed = block.timed
    if timed is None:
        first, *others = block.lines
        yield Skip(first.place, _ASIDE) if block.aside else _stray(first)
        yield from (Skip(line.place, _ASIDE if block.aside else _OF_CUE) for line in others)
        return
    yield from (Skip(line.place, _OF_CUE) for line in block.lines[:timed])
    line, words = block.lines[timed], block.lines[timed + 1 :]
    spoken = times(line.text or "")
    said = passages([further.text or "" for further in words], speakers)
    if spoken is None:
        yield Reject(line.place, _BAD_TIMES, "offset_seconds", (line.text or "").strip()[:_SHOWN])
    elif not said:
        yield Skip(line.place, _WORDLESS)
    else:
        yield Records(line.place, tuple(call.row(one.speaker, one.words, at_us=None, spoken=spoken) for one in said))
    yield from (Skip(further.place, _OF_CUE) for further in words)


def _stray(line: Line) -> Unit:
    return Reject(line.place, _STRAY, "text", (line.text or "").strip()[:_SHOWN])


def _plain(lines: list[Line], call: _Call) -> Iterator[Unit]:
    place = 0
    while place < len(lines):
        line = lines[place]
        place += 1
        if line.text is None or not line.text.strip():
            yield _gap(line)
            continue
        found = _PLAIN.fullmatch(line.text.strip())
        if found is None:
            yield _stray(line)
            continue
        below: list[Line] = []
        while place < len(lines) and _goes_on(lines[place]):
            below.append(lines[place])
            place += 1
        yield _passage(line.place, found, [(further.text or "").strip() for further in below], call)
        yield from (Skip(further.place, _CONTINUED) for further in below)


def _goes_on(line: Line) -> bool:
    return line.text is not None and bool(line.text.strip()) and _PLAIN.fullmatch(line.text.strip()) is None


def _passage(place: int, found: re.Match[str], below: list[str], call: _Call) -> Unit:
    stamp = found["stamp"]
    dated = " " in stamp or "T" in stamp
    offset, at_us = (None, _moment(stamp, call.zone)) if dated else (_offset(stamp), None)
    if offset is None and at_us is None:
        return Reject(place, _BAD_STAMP, "said_at_us" if dated else "offset_seconds", stamp)
    named = _SPEAKER.fullmatch(found["rest"])
    words = "\n".join([named["words"] if named else found["rest"], *below]).strip()
    if not words:
        return Skip(place, _WORDLESS)
    speaker = named["name"].strip() if named else None
    return Records(place, (call.row(speaker, words, at_us=at_us, spoken=(offset, None)),))


def _moment(stamp: str, zone: str) -> int | None:
    try:
        return read_moment(stamp.replace(",", "."), zone)
    except UnreadableMoment:
        return None


def _offset(stamp: str) -> Decimal | None:
    """Seconds of `hh:mm:ss` or `mm:ss`, with a fraction or none."""
    *whole, last = stamp.replace(",", ".").split(":")
    seconds = Decimal(last)
    minutes = int(whole[-1])
    if seconds >= 60 or (len(whole) > 1 and minutes > 59):
        return None
    hours = int(whole[0]) if len(whole) > 1 else 0
    return (hours * 3600 + minutes * 60 + seconds).quantize(Decimal("0.0001"))


def _excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    """The line of times and the words below it, up to a blank line."""
    shown: list[str] = []
    for line in islice(text_lines(stream), place - 1, place + 200):
        text = line.text or ""
        if shown and (not text.strip() or _PLAIN.fullmatch(text.strip())):
            break
        shown.append(text)
    return "\n".join(shown)


reader = RecordReader(
    name="transcript",
    title=Text("通話逐字稿（SRT、WebVTT、文字）", "transcript of a call (SRT, WebVTT, plain)"),
    version=1,
    tables=("messages",),
    recognise=_recognise,
    read=_read,
    settings=_SETTINGS,
    excerpt=_excerpt,
)
