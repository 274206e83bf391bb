"""Nmap's and Masscan's grepable output (`-oG`): the hosts that were scanned, and no weaknesses.

    # Nmap 7.94 scan initiated Mon Mar  2 09:00:00 2026 as: nmap -oG a.gnmap 192.0.2.0/30
    Host: 192.0.2.1 (srv1.broker.example)	Status: Up
    Host: 192.0.2.1 (srv1.broker.example)	Ports: 22/open/tcp//ssh///, 443/open/tcp//https///	Ignored State: closed (998)
    Host: 192.0.2.2 ()	Status: Down
    # Nmap done at Mon Mar  2 09:01:40 2026 -- 4 IP addresses (1 host up) scanned in 100.00 seconds

Each line is one unit: the host where it is first named, a skip after that; ports are no weaknesses, and the scan (kind `ports`) counts
for no control that asks for a vulnerability scan. The time is the end that the last line gives, in the zone of the context, or else the
beginning; Nmap's hosts are completed where there is that end. What scripts said is not in this output: bring the XML (`-oX`).
"""

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from chahe.sources.model import Context, Head, Match, RecordReader, Records, Reject, Skip, Unit
from chahe.sources.reading.replay import Replay
from chahe.sources.reading.text_lines import aside, text_lines
from chahe.sources.scans.nmap import DOWN
from chahe.sources.scans.scan_report import SCANS, SETTINGS, Fault, address_of, moment_us
from chahe.sources.scans.scan_rows import DECLARED, Scan, rejected
from chahe.wording import Text

_BEGUN = re.compile(r"# (Nmap|Masscan) \S+ scan initiated (.{10,40}?)(?: as: .*)?", re.IGNORECASE)
_ENDED = re.compile(r"# (?:Nmap|Masscan) done at (.{10,40}?)(?: -- .*)?", re.IGNORECASE)
_HOST = re.compile(
    r"(?:Timestamp: \d+\t)?Host: (\S+) \(([^)\t]*)\)\t(Status|Ports|Protocols|Ignored State|OS|Seq Index|IP ID Seq): ?(.*)"
)
_LONGEST_SHOWN: Final = 80

KNOWN = Text("主機 {host} 已列過；{said}", "host {host} is listed already; {said}")
STRANGE = Text(
    "不是「Host: 位址 (名稱)」開頭的一行；請由 Nmap 重新輸出，或改用 -oX",
    "the line does not begin “Host: address (name)”; have Nmap write it again, or use -oX",
)


def recognise(head: Head) -> Match | None:
    """By the first line, or by lines that begin with a host."""
    text = head.text.lstrip("\ufeff")
    first = text.split("\n", 1)[0].rstrip("\r")
    grepable = "\nHost: " in text or "\nTimestamp: " in text or not head.whole
    if _BEGUN.fullmatch(first) and grepable and "Nmap scan report for" not in text:
        return Match(85, "Nmap's first line, and lines of hosts")
    return None


def read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    """The lines in order."""
    replay = Replay(stream)
    begun, ended = _times(replay.again())
    scan = Scan(begun[0], "ports", context)
    written = ended or begun[1]
    fault = None
    try:
        scan.name(
            begun[0],
            at_us=moment_us(written, context.zone, "scan initiated", "scanned_at_us") if written else scan.at_us,
        )
    except Fault as problem:
        fault = problem
    place = 0
    for line in text_lines(replay.again()):
        place = line.place
        yield aside(line) or _unit(scan, line.text or "", place, _Ended(ended, fault))
    for unit in scan.declared():
        yield unit._replace(place=place + 1)


def excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    """The line at a place."""
    for line in text_lines(stream):
        if line.place == place:
            return line.text or ""
    return f"{DECLARED.zh}\n{DECLARED.en}"


class _Ended:
    """What is known of the scan's end, and why its time cannot be told."""

    def __init__(self, ended: str | None, fault: Fault | None) -> None:
        self.is_said = ended is not None
        self.fault = fault


def _times(stream: BinaryIO) -> tuple[tuple[str, str | None], str | None]:
    """The tool and when it began, and when it ended, as written."""
    tool, begun, ended = "nmap", None, None
    for line in text_lines(stream):
        text = line.text or ""
        if text.startswith("#"):
            if found := _BEGUN.fullmatch(text):
                tool, begun = found[1].lower(), found[2]
            elif found := _ENDED.fullmatch(text):
                ended = found[1]
    return (tool, begun), ended


def _unit(scan: Scan, text: str, place: int, end: _Ended) -> Unit:
    found = _HOST.fullmatch(text)
    if found is None:
        return Reject(place, STRANGE, None, text[:_LONGEST_SHOWN])
    address, name, about, said = found.groups()
    if about == "Status" and said.strip().lower() != "up":
        return Skip(place, DOWN.fill(state=said.strip()[:20] or "?"))
    host = name or address
    if scan.is_told(host):
        return Skip(place, KNOWN.fill(host=host[:_LONGEST_SHOWN], said=f"{about}: {said}"[:_LONGEST_SHOWN]))
    if end.fault is not None:
        return rejected(end.fault)._replace(place=place)
    completed = (True if end.is_said else None) if scan.scanner == "nmap" else None
    try:
        return Records(place, (scan.host(host, address=address_of(address), completed=completed),))
    except Fault as fault:
        return rejected(fault)._replace(place=place)


reader = RecordReader(
    name="nmap_grepable",
    title=Text("Nmap 連接埠掃描（-oG）", "Nmap ports (-oG)"),
    version=1,
    tables=(SCANS,),
    recognise=recognise,
    read=read,
    settings=SETTINGS,
    excerpt=excerpt,
)
