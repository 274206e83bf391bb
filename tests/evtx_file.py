"""Windows event logs made in memory, so that tests own their samples: binary XML without templates, checksums right."""

import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

SECURITY = "Microsoft-Windows-Security-Auditing"
FILE_HEADER, CHUNK, RECORDS = 4096, 65536, 512


@dataclass
class Element:
    """An element of an event."""

    name: str
    children: Sequence["Element | str"] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)


def event(
    code: int,
    data: Mapping[str, str] | Sequence[str] = (),
    *,
    provider: str = SECURITY,
    moment: str = "2026-03-02T01:02:03.1234567Z",
    computer: str = "dc01.broker.example",
    keywords: str = "0x8020000000000000",
    user_data: str | None = None,
) -> Element:
    """A Windows event; `data` by name or without names; under `user_data`'s element where that is given."""
    system = Element(
        "System",
        [
            Element("Provider", attributes={"Name": provider}),
            Element("EventID", [str(code)]),
            Element("Keywords", [keywords]),
            Element("TimeCreated", attributes={"SystemTime": moment}),
            Element("Computer", [computer]),
        ],
    )
    if not isinstance(data, Mapping):
        body = Element("EventData", [Element("Data", [value]) for value in data])
    elif user_data is None:
        body = Element("EventData", [Element("Data", [value], {"Name": name}) for name, value in data.items()])
    else:
        body = Element("UserData", [Element(user_data, [Element(name, [value]) for name, value in data.items()])])
    return Element("Event", [system, body], {"xmlns": "http://schemas.microsoft.com/win/2004/08/events/event"})


def evtx(*chunks: Sequence[Element]) -> bytes:
    """A log file with those events, chunk by chunk; record ids count from 1 through all chunks."""
    first, built = 1, []
    for events in chunks:
        built.append(_chunk(events, first))
        first += len(events)
    header = bytearray(FILE_HEADER)
    struct.pack_into(
        "<8s3QI4H", header, 0, b"ElfFile\0", 0, len(chunks) - 1, first, 128, 1, 3, FILE_HEADER, len(chunks)
    )
    struct.pack_into("<I", header, 124, zlib.crc32(header[:120]))
    return bytes(header) + b"".join(built)


def record_offsets(data: bytes) -> list[int]:
    """Where each record of a log file begins."""
    offsets, offset = [], 0
    while (offset := data.find(b"**\0\0", offset)) >= 0:
        offsets.append(offset)
        offset += 4
    return offsets


def as_xml(element: Element | str) -> str:
    """The element as text."""
    if isinstance(element, str):
        return element.replace("&", "&amp;").replace("<", "&lt;")
    attributes = "".join(f' {name}="{value}"' for name, value in element.attributes.items())
    return f"<{element.name}{attributes}>{''.join(map(as_xml, element.children))}</{element.name}>"


def _chunk(events: Sequence[Element], first: int) -> bytes:
    chunk = bytearray(RECORDS)
    last_offset = RECORDS
    for number, one in enumerate(events, first):
        last_offset = len(chunk)
        content = b"\x0f\x01\x01\x00" + _element(one, last_offset + 28) + b"\0"
        size = (24 + len(content) + 4 + 7) // 8 * 8
        record = struct.pack("<4sIQQ", b"**\0\0", size, number, 133_000_000_000_000_000) + content
        chunk += record.ljust(size - 4, b"\0") + struct.pack("<I", size)
    end, last = len(chunk), first + len(events) - 1
    records_crc = zlib.crc32(chunk[RECORDS:])
    struct.pack_into("<8s4q4I", chunk, 0, b"ElfChnk\0", first, last, first, last, 128, last_offset, end, records_crc)
    struct.pack_into("<I", chunk, 124, zlib.crc32(chunk[:120] + chunk[128:RECORDS]))
    return bytes(chunk).ljust(CHUNK, b"\0")


def _element(element: Element | str, at: int) -> bytes:
    """Binary XML; names stand where they are used, so each must know its offset in the chunk."""
    if isinstance(element, str):
        return b"\x05\x01" + _text(element)
    attributed = bool(element.attributes)
    inner = _name(element.name, at + 5)
    if attributed:
        listed = b""
        for left, (name, value) in zip(range(len(element.attributes), 0, -1), element.attributes.items(), strict=True):
            listed += b"\x46" if left > 1 else b"\x06"
            listed += _name(name, at + 5 + len(inner) + 4 + len(listed)) + b"\x05\x01" + _text(value)
        inner += struct.pack("<I", len(listed)) + listed
    inner += b"\x02"
    for child in element.children:
        inner += _element(child, at + 5 + len(inner))
    inner += b"\x04"
    return struct.pack("<BI", 0x41 if attributed else 0x01, len(inner)) + inner


def _name(name: str, at: int) -> bytes:
    return struct.pack("<IIHH", at + 4, 0, 0, len(name)) + name.encode("utf-16-le") + b"\0\0"


def _text(text: str) -> bytes:
    written = text.encode("utf-16-le")
    return struct.pack("<H", len(written) // 2) + written
