"""Files of JSON records: one a line, a list of them, or one behind the other over several lines. No reader of its own.

{"a": 1}                    one a line: a line that is broken is a record of its own, and the next is read again
[{"a": 1}, {"a": 2}]        a list, as tools export it; where it breaks, nothing behind is read
{                           objects over several lines, as `-o json-pretty` and jq write them
  "a": 1
}
"""

import codecs
import io
import json
from collections.abc import Iterator, Mapping
from itertools import count, islice
from typing import BinaryIO, NamedTuple

from chahe.sources.model import Head, Reject, Skip, Unreadable
from chahe.sources.reading.json_stream import ENTERED, elements
from chahe.sources.reading.peeked import peeked
from chahe.sources.reading.text_lines import BLANK, Line, text_lines
from chahe.wording import Text

BROKEN_LINE = Text(
    "這一行不是完整的 JSON 物件（{problem}），可能被截斷或折行；請重新匯出",
    "this line is no whole JSON object ({problem}): it may be cut or folded; export the file again",
)
NO_OBJECT = Text(
    "這一筆是 JSON，但不是物件；請重新匯出，一筆一個物件",
    "this record is JSON but no object; export again, one object a record",
)
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


class JsonRecord(NamedTuple):
    """One record: its text as written (in a list, as written anew), or its value, or both."""

    place: int
    text: str | None
    parsed: Mapping[str, object] | None

    def value(self) -> Mapping[str, object] | Reject:
        """The object, or why it is none."""
        return self.parsed if self.parsed is not None else _object(self.place, self.text or "")

    def shown(self) -> str:
        """The record for a person to read."""
        return self.text if self.text is not None else json.dumps(self.parsed, ensure_ascii=False, default=str)


def json_records(stream: BinaryIO) -> Iterator[JsonRecord | Skip | Reject]:
    """The records of a file, with places 1, 2, 3 …; Unreadable where a list breaks."""
    first, whole = peeked(stream, 1 << 16)
    opened = _text(first).lstrip()
    if not opened.startswith("[") and _is_line(opened.partition("\n")[0], whole="\n" not in opened):
        yield from _by_line(text_lines(whole))
    else:
        yield from _documents(whole)


def json_excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    """The record at a place as it stands in the file; empty where there is none."""
    for record in islice(json_records(stream), place - 1, place):
        return record.shown() if isinstance(record, JsonRecord) else ""
    return ""


def head_objects(head: Head, most: int = 50) -> list[Mapping[str, object]]:
    """The first whole records of what might be such a file, for looking at."""
    if not _text(head.data).lstrip().startswith(("{", "[")):
        return []
    found: list[Mapping[str, object]] = []
    try:
        for record in json_records(io.BytesIO(head.data)):
            value = record.value() if isinstance(record, JsonRecord) else None
            if isinstance(value, Mapping):
                found.append(value)
            if len(found) >= most:
                break
    except Unreadable:
        pass  # the head ends within a record
    return found


def _text(data: bytes) -> str:
    """The first bytes as text, for looking at how they begin."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    return data.decode("utf-8", "replace")


def _is_line(line: str, *, whole: bool) -> bool:
    """Is the first line a record by itself? A broken one is, too, if it does not look like the begin of several lines."""
    begun = line.strip()
    if not begun.startswith("{"):
        return True
    return begun.endswith("}") or whole or begun.count('"') > 4


def _by_line(lines: Iterator[Line]) -> Iterator[JsonRecord | Skip | Reject]:
    for line in lines:
        if line.text is None:
            yield Reject(line.place, line.why)
        elif not line.text.strip():
            yield Skip(line.place, BLANK)
        else:
            yield JsonRecord(line.place, line.text, None)


def _documents(stream: BinaryIO) -> Iterator[JsonRecord | Skip | Reject]:
    places = count(1)
    try:
        for element in elements(stream, [()], many=True):
            if element.value is ENTERED:
                continue
            if isinstance(element.value, dict):
                yield JsonRecord(next(places), None, element.value)
            else:
                yield Reject(next(places), NO_OBJECT, value=str(element.value)[:80])
    except Unreadable as stop:
        stop.place = next(places)
        raise


def begun(text: str) -> str | None:
    """How a broken record begins; nothing of a line that is the middle of one, for it may be a secret's."""
    return text[:40] if text.lstrip("\ufeff").startswith(("{", "[")) else None


def _object(place: int, text: str) -> Mapping[str, object] | Reject:
    try:
        value = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as problem:
        return Reject(place, BROKEN_LINE.fill(problem=str(problem)[:80]), value=begun(text))
    return value if isinstance(value, dict) else Reject(place, NO_OBJECT, value=begun(text))
