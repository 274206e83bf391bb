"""The 64 KiB chunks of a Windows event log, checked and read one by one. No reader of its own.

    offset  0  ElfChnk\\0     offset   8  first and last record number, first and last record id (u64 each)
    offset 48  end of records  offset  52  CRC32 of the records    offset 124  CRC32 of the header without itself
    offset 512 records: **\\0\\0, length u32, id u64, time u64, binary XML, length again

The structure is that of Microsoft's [MS-EVEN6] 2.2.17 and libyal's "Windows XML Event Log (EVTX)" description. The binary XML is
decoded by the `evtx` library, which stops at the first damaged record header and says nothing of a damaged end. So the
records are found here first; what lies between two sound records and is none itself is handed over as one record that
cannot be decoded, and the library goes on behind it.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Final, NamedTuple

from evtx import PyEvtxParser

CHUNK: Final = 65536
RECORDS: Final = 512
"""Where the records begin."""
_MAGIC = b"ElfChnk\0"
_RECORD = b"**\0\0"
_LEAST = 28
"""Bytes of a record without content: header, and its length again."""
_STRANGER = (1 << 63) + 1
"""The id under which a damaged stretch is handed to the library; no log counts that far."""


class Stretch(NamedTuple):
    """A record of the chunk, or bytes among its records that are none."""

    offset: int
    size: int
    record_id: int | None
    """None for a damaged stretch."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """What one chunk says of itself, and what was found in it."""

    sound_header: bool
    """Magic number and checksum are right; otherwise the numbers below are not to be trusted."""
    sound_records: bool
    """The checksum of the records is right."""
    counted: int
    """Records that the header counts; 0 in an empty chunk, where Windows writes -1 as the last."""
    first_id: int
    last_id: int
    stretches: tuple[Stretch, ...]

    @property
    def found(self) -> int:
        """Records with a sound header of their own."""
        return sum(stretch.record_id is not None for stretch in self.stretches)


class Decoded(NamedTuple):
    """What the library made of a chunk: events (as JSON) by record id, and why others failed."""

    events: dict[int, list[str]]
    reasons: tuple[str, ...]


def survey(data: bytes) -> Chunk:
    """Look at a chunk of at most CHUNK bytes (fewer: the file was cut) and find its records."""
    whole = data.ljust(CHUNK, b"\0")
    first, last, first_id, last_id = struct.unpack_from("<4q", whole, 8)
    end, records_crc = struct.unpack_from("<2I", whole, 48)
    (header_crc,) = struct.unpack_from("<I", whole, 124)
    sound_header = whole.startswith(_MAGIC) and header_crc == zlib.crc32(whole[:120] + whole[128:RECORDS])
    if not sound_header or not RECORDS <= end <= CHUNK:
        end = max(RECORDS, len(data.rstrip(b"\0")))
    return Chunk(
        sound_header=sound_header,
        sound_records=records_crc == zlib.crc32(whole[RECORDS:end]),
        counted=max(0, last - first + 1),
        first_id=first_id,
        last_id=last_id,
        stretches=tuple(_stretches(data, min(end, len(data)))),
    )


def decode(data: bytes, chunk: Chunk) -> Decoded:
    """Have the library decode the records of a chunk."""
    if not chunk.stretches:
        return Decoded({}, ())
    parser = PyEvtxParser(BytesIO(_ALONE + _rebuilt(data, chunk)), number_of_threads=1)
    rows = parser.records_json()
    events: dict[int, list[str]] = {}
    reasons: list[str] = []
    # Each step yields a record or fails on one; the bound keeps a library at odds with us from going on for ever.
    for _ in range(2 * len(chunk.stretches) + 2):
        try:
            row = next(rows)
            if row is not None:
                events.setdefault(row["event_record_id"], []).append(row["data"])
        except StopIteration:
            break
        except RuntimeError as problem:
            reasons.append(str(problem))
    return Decoded(events, tuple(reasons))


def shown(data: bytes, chunk: Chunk, stretch: Stretch) -> str:
    """A record as XML for a person to read; in hexadecimal what cannot be decoded."""
    parser = PyEvtxParser(BytesIO(_ALONE + _rebuilt(data, chunk)), number_of_threads=1)
    rows = parser.records()
    for _ in range(2 * len(chunk.stretches) + 2):
        try:
            row = next(rows)
        except StopIteration:
            break
        except RuntimeError:
            continue
        if row is not None and row["event_record_id"] == stretch.record_id:
            return str(row["data"])
    return data[stretch.offset : stretch.offset + stretch.size].hex(" ", 4)


def _stretches(data: bytes, end: int) -> Iterator[Stretch]:
    offset = RECORDS
    expected: int | None = None
    while offset + _LEAST <= len(data):
        found = _record(data, offset)
        if found is None:
            if offset >= end:
                return
            behind = _next_record(data, offset + _LEAST, end)
            yield Stretch(offset, behind - offset, None)
            offset, expected = behind, None
            continue
        size, record_id = found
        # Behind the end that the header knows, only records that go on counting are this chunk's: Windows writes the
        # header late, and an older chunk's records may lie beneath.
        if offset >= end and record_id != expected:
            return
        yield Stretch(offset, size, record_id)
        offset, expected = offset + size, record_id + 1
    if offset < end and data[offset:end].strip(b"\0"):
        yield Stretch(offset, end - offset, None)


def _record(data: bytes, offset: int) -> tuple[int, int] | None:
    """Length and id of the record at an offset, if a sound one begins there."""
    if data[offset : offset + 4] != _RECORD:
        return None
    size, record_id = struct.unpack_from("<IQ", data, offset + 4)
    if not _LEAST <= size <= len(data) - offset:
        return None
    return (size, record_id) if data[offset + size - 4 : offset + size] == data[offset + 4 : offset + 8] else None


def _next_record(data: bytes, offset: int, end: int) -> int:
    """Where the next sound record begins, or the end."""
    while (offset := data.find(_RECORD, offset, end)) >= 0:
        if _record(data, offset) is not None:
            return offset
        offset += 1
    return end


def _rebuilt(data: bytes, chunk: Chunk) -> bytes:
    """The chunk with a header of our own and damaged stretches made skippable.

    The header's tables of strings and templates only speed up reading: records name their offsets themselves. Left
    out, damage to them costs no record.
    """
    whole = bytearray(data.ljust(CHUNK, b"\0"))
    last = chunk.stretches[-1]
    for stretch in chunk.stretches:
        if stretch.record_id is None and stretch.size >= _LEAST:
            struct.pack_into("<4sIQ", whole, stretch.offset, _RECORD, stretch.size, _STRANGER)
    count = len(chunk.stretches)
    whole[:RECORDS] = bytes(RECORDS)
    struct.pack_into("<8s4Q3I", whole, 0, _MAGIC, 1, count, 1, count, 128, last.offset, last.offset + last.size)
    struct.pack_into("<I", whole, 52, zlib.crc32(whole[RECORDS : last.offset + last.size]))
    struct.pack_into("<I", whole, 124, zlib.crc32(whole[:120] + whole[128:RECORDS]))
    return bytes(whole)


def _file_header() -> bytes:
    """The header of a log of one chunk."""
    header = bytearray(4096)
    struct.pack_into("<8s3QI4H", header, 0, b"ElfFile\0", 0, 0, 1, 128, 1, 3, 4096, 1)
    struct.pack_into("<I", header, 124, zlib.crc32(header[:120]))
    return bytes(header)


_ALONE = _file_header()
