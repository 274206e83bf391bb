"""Ports that Masscan found open, in JSON (`-oJ`): the hosts it reached.

    [
    {   "ip": "192.0.2.7",   "timestamp": "1785522037", "ports": [ {"port": 443, "proto": "tcp", "status": "open", "ttl": 64} ] }
    ,
    {   "ip": "192.0.2.8",   "timestamp": "1785522037", "ports": [ {"port": 22, "proto": "tcp", "status": "open", "ttl": 64} ] }
    ]

Each entry is one unit: the host where it is first named, a skip after that. A scan of ports (kind `ports`) looks for no weakness
and counts for no control that asks for a vulnerability scan. Masscan names no host without an open port, and not whether it came
to its end: name the hosts in the setting `scope`. Times are UTC.
"""

from collections.abc import Iterator, Mapping
from typing import BinaryIO, Final

from chahe.sources.model import Context, Head, Match, RecordReader, Records, Skip, Unit
from chahe.sources.reading.json_stream import ENTERED, elements, outline
from chahe.sources.reading.xml_stream import numbered
from chahe.sources.scans.scan_report import SCANS, SETTINGS, Fault, address_of, epoch_us
from chahe.sources.scans.scan_rows import Scan, json_shown, object_of, objects_of, rejected, text_of
from chahe.sources.scans.scan_times import utc
from chahe.wording import Text

_SIGNS: Final = (("*", "ip"), ("*", "timestamp"), ("*", "ports", "*", "proto"))

OPEN = Text(
    "開放的連接埠 {ports}，不是弱點；主機已列過",
    "open ports {ports}, no weakness; the host is listed already",
)
FINISHED = Text("掃描結束的記號", "the mark of the scan's end")


def recognise(head: Head) -> Match | None:
    """By entries with an address and its ports."""
    held = outline(head)
    return Match(88, "JSON with Masscan's ports") if held and all(sign in held for sign in _SIGNS) else None


def read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    """The entries in document order; Unreadable where the document breaks."""
    return numbered(unit for unit, _ in _units(stream, context))


def excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    """The JSON of the entry at a place. Raises Unreadable where there is none."""
    return json_shown(_units(stream, Context(0)), place)


def _units(stream: BinaryIO, context: Context) -> Iterator[tuple[Unit, object]]:
    scan = Scan("masscan", "ports", context)
    for element in elements(stream, ((),), many=True):
        if element.value is not ENTERED:
            yield _unit(scan, object_of(element.value)), element.value
    for unit in scan.declared():
        yield unit, None


def _unit(scan: Scan, said: Mapping[str, object]) -> Unit:
    if set(said) == {"finished"}:
        return Skip(0, FINISHED)
    host = text_of(said.get("ip"))
    if host and scan.is_told(host):
        ports = (f"{text_of(one.get('port'))}/{text_of(one.get('proto'))}" for one in objects_of(said.get("ports")))
        return Skip(0, OPEN.fill(ports=", ".join(ports)[:80]))
    written = text_of(said.get("timestamp"))
    try:
        at_us = epoch_us(written, "timestamp", "scanned_at_us") if written else None
        scan.name("masscan" if at_us is not None else None, utc(at_us) if at_us is not None else None)
        return Records(0, (scan.host(host, address=address_of(host), at_us=at_us, completed=None),))
    except Fault as fault:
        return rejected(fault)


reader = RecordReader(
    name="masscan",
    title=Text("Masscan 連接埠掃描（JSON）", "Masscan ports (JSON)"),
    version=1,
    tables=(SCANS,),
    recognise=recognise,
    read=read,
    settings=SETTINGS,
    excerpt=excerpt,
)
