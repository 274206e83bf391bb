"""Windows events exported as XML: by Event Viewer, by `wevtutil qe /f:xml`, or by `ToXml()` in PowerShell.

    <Events><Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>
      <Provider Name='Microsoft-Windows-Security-Auditing'/><EventID>4625</EventID>
      <TimeCreated SystemTime='2026-03-02T01:02:03.1234567Z'/><Computer>dc01.broker.example</Computer></System>
      <EventData><Data Name='TargetUserName'>wang.mei</Data><Data Name='LogonType'>3</Data></EventData>
    </Event></Events>

Events may stand in `<Events>`, or one after another without it, each with an XML declaration of its own or none. Each is
one unit and is parsed by itself: a broken one is a reject with its line and column, and the next is read again. What
an event becomes is decided in `windows_security`. UTF-8, UTF-16 (as PowerShell writes it) and the encoding that the
first declaration names are read; a part that is none of them is read as cp950, which `wevtutil` writes on a Chinese
Windows. Document type declarations are refused. JSON forwards (NXLog, Winlogbeat) are other formats.
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import BinaryIO, Final, NamedTuple

from lxml import etree

from chahe.sources.model import Context, Head, Match, RecordReader, Reject, Unit, Unreadable
from chahe.sources.reading.xml_stream import BROKEN, DECLARES_TYPE, NO_SUCH_RECORD, numbered
from chahe.sources.sign_ins.windows_plans import Event
from chahe.sources.sign_ins.windows_security import TABLE, is_ours, unit_of
from chahe.wording import Text

NAMESPACE: Final = "http://schemas.microsoft.com/win/2004/08/events/event"
_PIECE: Final = 1 << 18
LONGEST: Final = 16 << 20
"""Bytes of one event, or of what stands between two."""
_START = re.compile(rb"<Event(?:\s[^<>]*)?>")
_END = re.compile(rb"</Event\s*>")
_AROUND = re.compile(rb"<\?xml[^<>]*\?>|<!--.*?-->|</?Events(?:\s[^<>]*)?>|\xef\xbb\xbf|\s+|\0+", re.DOTALL)
_ENCODING = re.compile(rb"^[\s\xef\xbb\xbf]*<\?xml[^<>]*?\sencoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_CONTROLS = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|&#(?:x0*(?:[0-8bcefBCEF]|1[0-9a-fA-F])|0*(?:[0-8]|1[124-9]|2\d|3[01]));"
)
"""Characters below the blank that XML 1.0 does not allow, and references to them."""
_UTF16 = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))

STRAY = Text(
    "第 {line} 行第 {column} 欄起有不屬於任何事件的內容；請重新匯出",
    "from line {line}, column {column} there is content that belongs to no event; export the file again",
)
MALFORMED = Text(
    "第 {line} 行第 {column} 欄的事件不是正確的 XML，無法讀取；請由原主機重新匯出",
    "the event is malformed at line {line}, column {column} and cannot be read; export it again from its host",
)
UNDECODABLE = Text(
    "第 {line} 行起的事件不是 UTF-8，也不是 Big5（cp950）；請重新匯出為 UTF-8",
    "the event from line {line} is neither UTF-8 nor Big5 (cp950); export it again as UTF-8",
)
NOT_UTF16 = Text(
    "檔案以 UTF-16 開頭，但後面的內容不是；請重新匯出",
    "the file begins as UTF-16 and does not go on as it; export it again",
)
TOO_LONG = Text(
    "第 {line} 行起超過 16 MiB 沒有完整的事件；請確認檔案是事件日誌的 XML 匯出",
    "there is no whole event within 16 MiB from line {line}; check that the file is an XML export of an event log",
)


class _Part(NamedTuple):
    """An event as it stands in the file, or what stands between events."""

    data: bytes
    line: int
    column: int
    """In bytes, from 1."""
    is_event: bool


@dataclass
class _Cursor:
    """The line and column reached."""

    line: int = 1
    column: int = 1

    def cut(self, data: bytes, *, is_event: bool) -> _Part:
        """The bytes as a part that begins here; the cursor goes on behind them."""
        part = _Part(data, self.line, self.column, is_event)
        feeds = data.count(b"\n")
        self.line += feeds
        self.column = len(data) - data.rfind(b"\n") if feeds else self.column + len(data)
        return part


def recognise(head: Head) -> Match | None:
    """By the namespace of Windows events, or else by the names of its elements."""
    text = head.text
    for mark, encoding in _UTF16:
        if head.data.startswith(mark):
            text = head.data.decode(encoding, errors="ignore")
            break
    text = text.lstrip("\ufeff \t\r\n")
    if not text.startswith("<"):
        return None
    if NAMESPACE in text and "<Event" in text:
        return Match(95, "XML with the namespace of Windows events")
    begins = re.match(r"(?:<\?xml[^<>]*\?>\s*)?<Events?[\s>]", text)
    return Match(30, "XML that begins with <Event> or <Events>") if begins else None


def read(stream: BinaryIO, context: Context) -> Iterator[Unit]:  # noqa: ARG001 - times in events are UTC
    """The events in file order; Unreadable where the file ends inside one or declares a document type."""
    return numbered(unit for unit, _ in _units(stream))


def excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    """The event at a place as it stands in the file. Raises Unreadable where there is none."""
    for _, data in islice(_units(stream), place - 1, place):
        return data.decode("utf-8", "replace")
    raise Unreadable(NO_SUCH_RECORD.fill(place=place), place=place)


def _units(stream: BinaryIO) -> Iterator[tuple[Unit, bytes]]:
    """Each unit with the bytes it was made of, in UTF-8 wherever they can be read."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    declared: str | None = None
    first = True
    lists = 0
    cursor = _Cursor()
    for part in _parts(_as_utf8(stream), cursor):
        if first:
            declared, first = _declared(part.data), False
        if part.is_event:
            data = _decoded(part.data, declared)
            unit = Reject(0, UNDECODABLE.fill(line=part.line)) if data is None else _event_unit(data, part, parser)
            yield unit, data or part.data
        else:
            lists += len(re.findall(rb"<Events[\s>]", part.data)) - len(re.findall(rb"</Events\s*>", part.data))
            yield from ((unit, part.data) for unit in _between(part))
    if lists > 0:
        raise Unreadable(BROKEN.fill(line=cursor.line, column=cursor.column), value="</Events>")


def _as_utf8(stream: BinaryIO) -> Iterator[bytes]:
    """The stream's pieces, UTF-16 turned into UTF-8; other encodings are left for each event to be read in."""
    piece = stream.read(_PIECE)
    encoding = next((encoding for mark, encoding in _UTF16 if piece.startswith(mark)), None)
    if encoding is None:
        while piece:
            yield piece
            piece = stream.read(_PIECE)
        return
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while piece:
            yield decoder.decode(piece).encode()
            piece = stream.read(_PIECE)
        yield decoder.decode(b"", final=True).encode()
    except UnicodeError:
        raise Unreadable(NOT_UTF16) from None


def _parts(pieces: Iterator[bytes], cursor: _Cursor) -> Iterator[_Part]:
    """Events, and what stands between them; Unreadable when the file ends inside an event."""
    rest = b""
    searched = 0
    for piece in pieces:
        rest += piece
        done = 0
        while start := _START.search(rest, done):
            end = start if start[0].endswith(b"/>") else _END.search(rest, max(start.end(), searched))
            if end is None:
                break
            if start.start() > done:
                yield cursor.cut(rest[done : start.start()], is_event=False)
            yield cursor.cut(rest[start.start() : end.end()], is_event=True)
            done = end.end()
        rest = rest[done:]
        # What was looked through for an event's end is not looked through again; an end may lie across two pieces.
        searched = max(0, len(rest) - 64) if start else 0
        if len(rest) > LONGEST:
            raise Unreadable(TOO_LONG.fill(line=cursor.line), value=rest[:200].decode("utf-8", "replace"))
    opened = re.search(rb"<Event[\s>]", rest)
    if opened is None:
        if rest:
            yield cursor.cut(rest, is_event=False)
        return
    if opened.start():
        yield cursor.cut(rest[: opened.start()], is_event=False)
    cursor.cut(rest[opened.start() :], is_event=True)
    raise Unreadable(BROKEN.fill(line=cursor.line, column=cursor.column), value="</Event>")


def _between(part: _Part) -> Iterator[Unit]:
    """Nothing, if it is only the wrapping of events; otherwise a reject."""
    if b"<!DOCTYPE" in part.data:
        raise Unreadable(DECLARES_TYPE)
    stray = _AROUND.sub(b"", part.data)
    if stray:
        yield Reject(0, STRAY.fill(line=part.line, column=part.column), value=stray[:200].decode("utf-8", "replace"))


def _declared(data: bytes) -> str | None:
    """The encoding that an XML declaration at the start names, unless that is UTF-8 or unknown."""
    found = _ENCODING.match(data)
    try:
        name = codecs.lookup(found[1].decode()).name if found else "utf-8"
        "".encode(name)
    except LookupError:
        return None
    return None if name in {"utf-8", "utf-16", "ascii"} else name


def _event_unit(data: bytes, part: _Part, parser: etree.XMLParser) -> Unit:
    try:
        event = _parsed(data, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        at = {"line": part.line + line - 1, "column": column if line > 1 else part.column + column - 1}
        return Reject(0, MALFORMED.fill(**at), value=(error.msg or "")[:300] or None)
    return unit_of(0, flat(event))


def _parsed(data: bytes, parser: etree.XMLParser) -> etree._Element:
    """The event's element; XMLSyntaxError where it is malformed.

    Windows writes values as they are, control characters included, which XML 1.0 does not allow: they are read as U+FFFD.
    """
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        cleaned = _CONTROLS.sub(b"\xef\xbf\xbd", data)
        if cleaned == data:
            raise
    return etree.fromstring(cleaned, parser)


def _decoded(data: bytes, declared: str | None) -> bytes | None:
    """The event in UTF-8."""
    for encoding in (declared, "utf-8", "cp950") if declared else ("utf-8", "cp950"):
        try:
            return data.decode(encoding or "utf-8").encode()
        except UnicodeError:
            continue
    return None


def flat(event: etree._Element) -> Event:
    """An <Event> element as names and values; what is not there is absent. Values are only read of events that are ours."""
    parts = {_local(str(part.tag)): part for part in event}
    system = {_local(str(element.tag)): element for element in parts.get("System", ())}
    provider, created = system.get("Provider"), system.get("TimeCreated")
    code = _text(system.get("EventID")) or ""
    name = (provider.get("Name") or "") if provider is not None else ""
    data: dict[str, object] = {}
    items: list[str] = []
    if is_ours(code, name):
        _event_data(parts.get("EventData", ()), data, items)
        for record in parts.get("UserData", ()):
            data.update((_local(str(element.tag)), element.text) for element in record)
    return Event(
        code=code,
        provider=name,
        moment=created.get("SystemTime") if created is not None else None,
        computer=_text(system.get("Computer")),
        keywords=_text(system.get("Keywords")),
        data=data,
        items=tuple(items),
    )


def _event_data(part: Iterable[etree._Element], data: dict[str, object], items: list[str]) -> None:
    for element in part:
        name = element.get("Name")
        if name is None:
            items.append(element.text or "")
        else:
            data[name] = element.text


@lru_cache(maxsize=1024)
def _local(tag: str) -> str:
    """A name without its namespace."""
    return tag.rpartition("}")[2]


def _text(element: etree._Element | None) -> str | None:
    return (element.text or "").strip() or None if element is not None else None


reader = RecordReader(
    name="windows_event_xml",
    title=Text("Windows 事件（XML 匯出）", "Windows events (exported as XML)"),
    version=1,
    tables=(TABLE,),
    recognise=recognise,
    read=read,
    excerpt=excerpt,
)
