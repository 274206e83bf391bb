"""Windows event logs as Windows stores them (`.evtx`): sign-ins, uses of privilege, changes of accounts.

    ElfFile\\0 …                 file header, 4096 bytes: next record id, number of chunks, CRC32
    ElfChnk\\0 … **\\0\\0 … …     chunks of 64 KiB, each read by itself (`windows_evtx_chunk`)

Every event record is one unit, in file order; what it becomes is decided in `windows_security`. The counts and
checksums of the file and of each chunk are checked: records that should be there and are not, and bytes that were
changed, are rejects that follow the chunk's records, and what can be read is read all the same. Memory holds one chunk.
A log taken while Windows was writing it may fail a checksum of its newest chunk; `wevtutil epl` exports a whole one.
"""

import json
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import BinaryIO, Final, NamedTuple, TypeGuard

from chahe.sources.model import Context, Head, Match, RecordReader, Reject, Skip, Unit, Unreadable
from chahe.sources.reading.xml_stream import NO_SUCH_RECORD
from chahe.sources.sign_ins.windows_evtx_chunk import CHUNK, Chunk, Decoded, Stretch, decode, shown, survey
from chahe.sources.sign_ins.windows_plans import Event
from chahe.sources.sign_ins.windows_security import TABLE, is_ours, not_ours, unit_of
from chahe.wording import Text

_MAGIC: Final = b"ElfFile\0"
_HEADER: Final = 4096

_OPENING = re.compile(
    r'\{"Event":\{"#attributes":\{[^{}]*\},"System":\{"Provider":\{"#attributes":\{'
    r'"Name":"(?P<provider>[^"\\{}]{1,80})"[^{}]*\}\},"EventID":(?P<code>\d{1,12}),'
)
"""How the library begins an event: enough to pass over the many that are none of ours without parsing them."""

NO_HEADER = Text(
    "檔案開頭 4096 個位元組的檔頭不完整，無法讀取；請由原主機重新匯出（wevtutil epl）",
    "the file's header of 4096 bytes is not whole, so nothing can be read; export it again from its host (wevtutil epl)",
)
HEADER_CHANGED = Text(
    "檔頭的檢查碼不符，檔案可能受損或遭改過；各區塊仍逐一讀取，請與原主機的日誌核對",
    "the checksum of the file header is wrong: the file is damaged or was changed; its chunks are read all the same, "
    "compare it with the log on its host",
)
DAMAGED = Text(
    "第 {chunk} 個區塊在位移 {offset} 有 {size} 個位元組不是事件紀錄，檔案可能受損或遭改過；請由原主機重新匯出",
    "{size} bytes at offset {offset} of chunk {chunk} are no event record: the file is damaged or was changed; "
    "export it again from its host",
)
UNDECODABLE = Text(
    "第 {chunk} 個區塊、紀錄編號 {record} 的內容無法解讀，檔案可能受損；請由原主機重新匯出",
    "the content of record {record} in chunk {chunk} cannot be decoded: the file may be damaged; "
    "export it again from its host",
)
CHUNK_HEADER_CHANGED = Text(
    "第 {chunk} 個區塊的表頭或其檢查碼不符，應有幾筆無從核對（讀到 {found} 筆）；請由原主機重新匯出",
    "the header of chunk {chunk} or its checksum is wrong, so how many records it should hold is unknown "
    "({found} were found); export the log again from its host",
)
RECORDS_CHANGED = Text(
    "第 {chunk} 個區塊的紀錄檢查碼不符：寫入後遭改過、受損，或複製時仍在寫入（{found} 筆仍已讀取）；請與原主機核對",
    "the checksum of the records of chunk {chunk} is wrong: changed after writing, damaged, or copied while being "
    "written ({found} records were read all the same); compare with the log on its host",
)
MISSING = Text(
    "第 {chunk} 個區塊應有 {counted} 筆，只找到 {found} 筆，少了 {missing} 筆；請由原主機重新匯出",
    "chunk {chunk} counts {counted} records and {found} were found, {missing} missing; export it again",
)
EMPTY_CHUNK = Text(
    "檔頭記載有 {chunks} 個區塊，但第 {chunk} 個全是零；其紀錄已不存在，請由原主機重新匯出",
    "the file header counts {chunks} chunks, but chunk {chunk} holds only zeros: its records are gone; export it again",
)
CUT = Text(
    "檔案在第 {chunk} 個區塊中途結束（65536 個位元組中只有 {size} 個；讀到 {found} 筆）；請重新複製整個檔案",
    "the file ends inside chunk {chunk} ({size} of 65536 bytes; {found} records were read); copy the whole file again",
)
GAP = Text(
    "紀錄編號 {first} 至 {last} 不在檔案裡，少了 {missing} 筆；請由原主機重新匯出",
    "records {first} to {last} are not in the file ({missing} of them); export it again from its host",
)
CUT_OFF = Text(
    "檔頭記載寫到紀錄編號 {last}，檔案只到 {known}，少了 {missing} 筆；請重新複製整個檔案",
    "the file header says records were written up to {last}, the file ends at {known} ({missing} missing); "
    "copy the whole file again",
)
FEWER_CHUNKS = Text(
    "檔頭記載有 {counted} 個區塊，檔案裡只有 {found} 個；請重新複製整個檔案",
    "the file header counts {counted} chunks and the file holds {found}; copy the whole file again",
)


class _FileHeader(NamedTuple):
    sound: bool
    next_id: int
    chunks: int


@dataclass
class _Known:
    """The record ids seen so far, as spans of one chunk each: 16 bytes for 64 KiB of log."""

    spans: list[tuple[int, int]] = field(default_factory=list)

    def add(self, chunk: Chunk) -> None:
        ids = [stretch.record_id for stretch in chunk.stretches if stretch.record_id is not None]
        if chunk.sound_header and chunk.counted:
            ids += [chunk.first_id, chunk.last_id]
        if ids:
            self.spans.append((min(ids), max(ids)))

    def gaps(self) -> Iterator[tuple[int, int]]:
        """First and last id of each gap. A full log goes on at its first chunk, so order in the file is no order."""
        reached: int | None = None
        for first, last in sorted(self.spans):
            if reached is not None and first > reached + 1:
                yield reached + 1, first - 1
            reached = max(last, reached or 0)


def recognise(head: Head) -> Match | None:
    """By its magic number."""
    return Match(100, "begins with ElfFile, the magic number of EVTX") if head.data.startswith(_MAGIC) else None


def read(stream: BinaryIO, context: Context) -> Iterator[Unit]:  # noqa: ARG001 - times in the file are UTC
    """The log's records in file order; see the module's docstring."""
    header = _exactly(stream, _HEADER)
    if len(header) < _HEADER or not header.startswith(_MAGIC):
        raise Unreadable(NO_HEADER, place=1)
    log = _file_header(header)
    places = count(1)
    known = _Known()
    if not log.sound:
        yield Reject(next(places), HEADER_CHANGED)
    number = 0
    while data := _exactly(stream, CHUNK):
        number += 1
        if data.strip(b"\0"):
            yield from _chunk_units(number, data, places, known)
        elif log.sound and number <= log.chunks:
            yield Reject(next(places), EMPTY_CHUNK.fill(chunk=number, chunks=log.chunks))
    yield from _missing_units(log, number, known, places)


def excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    """The event at a place as XML, or in hexadecimal what is no event. Raises Unreadable where there is no record."""
    header = _exactly(stream, _HEADER)
    if len(header) == _HEADER:
        log = _file_header(header)
        reached = 0 if log.sound else 1
        number = 0
        while reached < place and (data := _exactly(stream, CHUNK)):
            number += 1
            if data.strip(b"\0"):
                chunk = survey(data)
                if place <= reached + len(chunk.stretches):
                    return shown(data, chunk, chunk.stretches[place - reached - 1])
                reached += len(chunk.stretches) + sum(1 for _ in _complaints(number, len(data), chunk))
            elif log.sound and number <= log.chunks:
                reached += 1
    raise Unreadable(NO_SUCH_RECORD.fill(place=place), place=place)


def _exactly(stream: BinaryIO, size: int) -> bytes:
    """That many bytes, or what is left; a stream may hand them out in smaller pieces."""
    pieces = []
    while size and (piece := stream.read(size)):
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def _file_header(header: bytes) -> _FileHeader:
    (next_id,) = struct.unpack_from("<Q", header, 24)
    (chunks,) = struct.unpack_from("<H", header, 42)
    (checksum,) = struct.unpack_from("<I", header, 124)
    return _FileHeader(checksum == zlib.crc32(header[:120]), next_id, chunks)


def _chunk_units(number: int, data: bytes, places: "count[int]", known: _Known) -> Iterator[Unit]:
    chunk = survey(data)
    known.add(chunk)
    decoded = decode(data, chunk)
    for stretch in chunk.stretches:
        yield _record_unit(number, stretch, decoded, next(places))
    for why in _complaints(number, len(data), chunk):
        yield Reject(next(places), why)


def _record_unit(number: int, stretch: Stretch, decoded: Decoded, place: int) -> Unit:
    if stretch.record_id is None:
        return Reject(place, DAMAGED.fill(chunk=number, offset=stretch.offset, size=stretch.size))
    events = decoded.events.get(stretch.record_id)
    if events:
        try:
            return _event_unit(events.pop(0), place)
        except (ValueError, RecursionError) as problem:
            reason: str | None = str(problem)
    else:
        named = f"record number {stretch.record_id}:"
        reason = next((reason for reason in decoded.reasons if named in reason), None)
    why = UNDECODABLE.fill(chunk=number, record=stretch.record_id)
    return Reject(place, why, value=reason[:300] if reason else None)


def _event_unit(written: str, place: int) -> Unit:
    opening = _OPENING.match(written)
    if opening is not None and not is_ours(opening["code"], opening["provider"]):
        return Skip(place, not_ours(opening["code"], opening["provider"]))
    return unit_of(place, flat(json.loads(written)))


def _complaints(number: int, size: int, chunk: Chunk) -> Iterator[Text]:
    """What is wrong with a chunk as a whole."""
    found = chunk.found
    if size < CHUNK:
        yield CUT.fill(chunk=number, size=size, found=found)
    if not chunk.sound_header:
        yield CHUNK_HEADER_CHANGED.fill(chunk=number, found=found)
    elif chunk.counted > found:
        yield MISSING.fill(chunk=number, counted=chunk.counted, found=found, missing=chunk.counted - found)
    if size == CHUNK and not chunk.sound_records:
        yield RECORDS_CHANGED.fill(chunk=number, found=found)


def _missing_units(log: _FileHeader, chunks: int, known: _Known, places: "count[int]") -> Iterator[Unit]:
    """Whole chunks that are not in the file, by the ids around them and by what the file header says."""
    for first, last in known.gaps():
        yield Reject(next(places), GAP.fill(first=first, last=last, missing=last - first + 1))
    newest = max((last for _, last in known.spans), default=None)
    if log.sound and newest is not None and newest < log.next_id - 1:
        last = log.next_id - 1
        yield Reject(next(places), CUT_OFF.fill(last=last, known=newest, missing=last - newest))
    elif log.sound and chunks < log.chunks:
        yield Reject(next(places), FEWER_CHUNKS.fill(counted=log.chunks, found=chunks))


def flat(document: object) -> Event:
    """The library's JSON of an event as names and values; what is not there is absent."""
    event = _within(document, "Event")
    system = _within(event, "System")
    data = _within(event, "EventData") or next(filter(_is_part, _within(event, "UserData").values()), {})
    return Event(
        code=_text(system.get("EventID")) or "",
        provider=_text(_attributes(system.get("Provider")).get("Name")) or "",
        moment=_text(_attributes(system.get("TimeCreated")).get("SystemTime")),
        computer=_text(system.get("Computer")),
        keywords=_text(system.get("Keywords")),
        data=data,
        items=_items(data.get("Data", data.get("#text"))),
    )


def _is_part(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict)


def _within(value: object, name: str) -> dict[str, object]:
    inner = value.get(name) if isinstance(value, dict) else None
    return inner if isinstance(inner, dict) else {}


def _attributes(value: object) -> dict[str, object]:
    return _within(value, "#attributes")


def _text(value: object) -> str | None:
    if isinstance(value, dict):
        value = value.get("#text")
    return str(value) if isinstance(value, str | int) else None


def _items(value: object) -> tuple[str, ...]:
    """Values without a name: one, or a list of them."""
    if isinstance(value, dict):
        value = value.get("#text")
    if isinstance(value, list):
        return tuple(str(item) for item in value)
    return (str(value),) if isinstance(value, str | int) else ()


reader = RecordReader(
    name="windows_evtx",
    title=Text("Windows 事件日誌（.evtx）", "Windows event log (.evtx)"),
    version=1,
    tables=(TABLE,),
    recognise=recognise,
    read=read,
    excerpt=excerpt,
)
