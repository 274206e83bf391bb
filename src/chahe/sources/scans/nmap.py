"""Reports of Nmap in XML (`-oX`): hosts scanned, and weaknesses that its scripts state.

    <?xml version="1.0"?>
    <!DOCTYPE nmaprun>
    <nmaprun scanner="nmap" args="nmap -sV --script vulners -oX a.xml 192.0.2.7" start="1772413200" version="7.94">
    <host starttime="1772413201" endtime="1772413262"><status state="up"/>
    <address addr="192.0.2.7" addrtype="ipv4"/><hostnames><hostname name="srv7" type="PTR"/></hostnames>
    <ports><port protocol="tcp" portid="443"><state state="open"/><service name="https"/>
      <script id="vulners" output="…"><table key="cpe:/a:openbsd:openssh:7.9"><table>
        <elem key="id">CVE-2019-6111</elem><elem key="cvss">5.8</elem><elem key="type">cve</elem></table></table></script>
    </port></ports></host>

Each host is one unit, and each port and each script of the host as a whole. Weaknesses are the CVEs that
`vulners` lists, rated by their scores, and what scripts of the `vuln` library find VULNERABLE (LIKELY VULNERABLE too). A port
without one is skipped: open is no weakness. A run without such scripts is a scan of ports (kind `ports`) and counts for no control
that asks for a vulnerability scan; so is what Masscan writes in the same form. A host is completed when its end is given; one that is down is skipped: it was not scanned.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import BinaryIO, Final

from lxml import etree

from chahe.sources.model import Context, Head, Match, RecordReader, Records, Skip, Unit
from chahe.sources.reading.xml_stream import elements, forget, numbered
from chahe.sources.scans.scan_report import (
    SCANS,
    SETTINGS,
    WEAKNESSES,
    Fault,
    address_of,
    cves,
    epoch_us,
    graver,
    port_of,
    score_of,
    severity_of,
)
from chahe.sources.scans.scan_rows import Scan, Weakness, rejected, xml_shown
from chahe.sources.scans.scan_times import utc
from chahe.wording import Text

_ROOT: Final = "nmaprun"
_NAMES: Final = (_ROOT, "host", "runstats")
_LOOKS_FOR_WEAKNESSES = re.compile(r"--script[= ]\S*(?:vul|exploit|all)")
_LISTED = re.compile(r"^\s*(CVE-\d{4}-\d{4,})\s+(\d{1,2}(?:\.\d)?)\s", re.MULTILINE)
"""A line of vulners' text in versions without tables: a number and its score."""
_RISK = re.compile(r"Risk factor: (\w+)")
_SCORE = re.compile(r"CVSSv[23]: (\d{1,2}(?:\.\d)?)")
_STATES: Final = frozenset({"VULNERABLE", "VULNERABLE (Exploitable)", "LIKELY VULNERABLE", "VULNERABLE (DoS)"})
_RATINGS: Final = {"HIGH": "high", "MEDIUM": "medium", "LOW": "low", "CRITICAL": "critical"}

DOWN = Text("沒有回應的主機（{state}），沒有掃描", "a host that did not answer ({state}); it was not scanned")
NO_WEAKNESS = Text(
    "連接埠 {port}（{state}，{service}），沒有指出弱點",
    "port {port} ({state}, {service}), with no weakness stated",
)
NO_FINDING = Text("指令稿 {script} 沒有指出弱點", "script {script} states no weakness")


@dataclass
class _Host:
    name: str
    address: str | None
    at_us: int | None


@dataclass(frozen=True)
class _Place:
    port: int | None
    protocol: str | None


def recognise(head: Head) -> Match | None:
    """By the name of its root element."""
    text = head.text.lstrip("\ufeff \t\r\n")
    return Match(97, f"XML with <{_ROOT}>") if text.startswith("<") and f"<{_ROOT}" in text else None


def read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    """Hosts, their ports and scripts in document order; Unreadable where the document breaks or declares an entity."""
    return numbered(unit for unit, _ in _units(stream, context))


def excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    """The XML of the host, port or script at a place. Raises Unreadable where there is none."""
    return xml_shown(_units(stream, Context(0), alone=True), place)


def _units(stream: BinaryIO, context: Context, *, alone: bool = False) -> Iterator[tuple[Unit, etree._Element]]:
    """Each unit with the element it was made of, while that is whole; `alone`: a copy fit to be shown."""
    scan = Scan("nmap", "ports", context)
    element = None
    for event, element in elements(stream, frozenset({_ROOT}), _NAMES, declared=True):
        if event == "start" and element.tag == _ROOT:
            _begin(scan, element)
        elif event == "end" and element.tag == "host":
            yield from _host_units(scan, element, alone=alone)
            forget(element)
    if element is not None:
        for unit in scan.declared():
            yield unit, element


def _begin(scan: Scan, run: etree._Element) -> None:
    # Masscan writes the same XML; what it calls a host's end is when a port of it answered.
    scan.scanner = (run.get("scanner") or "").strip() or scan.scanner
    start = (run.get("start") or "").strip()
    begun = utc(int(start) * 1_000_000) if start.isascii() and start.isdecimal() and len(start) <= 11 else None
    scan.name(scan.scanner if begun else None, begun)
    if _LOOKS_FOR_WEAKNESSES.search(run.get("args") or ""):
        scan.kind = "host"


def _host_units(scan: Scan, element: etree._Element, *, alone: bool) -> Iterator[tuple[Unit, etree._Element]]:
    status = element.find("status")
    state = (status.get("state") if status is not None else None) or "up"
    if state != "up":
        yield Skip(0, DOWN.fill(state=state[:20])), element
        return
    try:
        host = _know(scan, element)
        row = scan.host(host.name, address=host.address, at_us=host.at_us, completed=_completed(scan, element))
    except Fault as fault:
        yield rejected(fault), element
        for part in _parts(element):
            yield rejected(fault), part
        return
    yield Records(0, (row,)), _bare(element) if alone else element
    for part in _parts(element):
        yield _part_unit(scan, host, part), _under(element, part) if alone else part


def _completed(scan: Scan, element: etree._Element) -> bool | None:
    return bool(element.get("endtime")) if scan.scanner == "nmap" else None


def _know(scan: Scan, element: etree._Element) -> _Host:
    addresses = {one.get("addrtype") or "": one.get("addr") or "" for one in element.iterfind("address")}
    address = address_of(addresses.get("ipv4") or addresses.get("ipv6"))
    name = next((one.get("name") for one in element.iterfind("hostnames/hostname") if one.get("name")), None)
    written = element.get("endtime") or element.get("starttime")
    at_us = epoch_us(written, "host/@endtime", "scanned_at_us") if written else scan.at_us
    return _Host(name or address or addresses.get("mac") or "", address, at_us)


def _parts(element: etree._Element) -> Iterator[etree._Element]:
    yield from element.iterfind("ports/port")
    yield from element.iterfind("hostscript/script")


def _bare(element: etree._Element) -> etree._Element:
    """A host without its ports, for showing."""
    shown = etree.Element("host", dict(element.attrib))
    for part in element:
        if part.tag in {"status", "address", "hostnames"}:
            shown.append(_copy(part))
    return shown


def _under(element: etree._Element, part: etree._Element) -> etree._Element:
    """A part of a host under that host's names, for showing."""
    shown = _bare(element)
    shown.append(_copy(part))
    return shown


def _copy(part: etree._Element) -> etree._Element:
    return etree.fromstring(etree.tostring(part, with_tail=False))


def _part_unit(scan: Scan, host: _Host, part: etree._Element) -> Unit:
    try:
        if part.tag == "script":
            rows = tuple(scan.weakness(found) for found in _stated(host, part, _Place(0, None)))
            return Records(0, rows) if rows else Skip(0, NO_FINDING.fill(script=(part.get("id") or "?")[:60]))
        place = _Place(port_of(part.get("portid"), "port/@portid"), part.get("protocol"))
        rows = tuple(
            scan.weakness(found) for script in part.iterfind("script") for found in _stated(host, script, place)
        )
    except Fault as fault:
        return rejected(fault)
    return Records(0, rows) if rows else Skip(0, _no_weakness(part))


def _no_weakness(port: etree._Element) -> Text:
    state, service = port.find("state"), port.find("service")
    return NO_WEAKNESS.fill(
        port=f"{port.get('portid')}/{port.get('protocol')}"[:20],
        state=(state.get("state") or "?")[:20] if state is not None else "?",
        service=(service.get("name") or "?")[:40] if service is not None else "?",
    )


def _stated(host: _Host, script: etree._Element, place: _Place) -> Iterator[Weakness]:
    """The weaknesses that a script states: what vulners lists, or what the vuln library found VULNERABLE."""
    listed = script.get("id") == "vulners"
    for number, title, severity, score in _listed(script) if listed else _vulnerable(script):
        yield Weakness(
            host=host.name,
            address=host.address,
            port=place.port,
            protocol=place.protocol,
            finding_id=number,
            cve=cves([number, *(() if listed else (script.get("output"),))]),
            title=title,
            component=script.get("id"),
            severity=severity,
            cvss=score,
            family=script.get("id"),
            at_us=host.at_us,
        )


_Finding = tuple[str, str | None, str, Decimal | None]
"""Number, title, rating, score."""


def _listed(script: etree._Element) -> Iterator[_Finding]:
    """The CVEs of vulners; what it lists besides are other names and exploits of the same."""
    entries = [
        (said.get("id", ""), said.get("cvss", ""))
        for table in script.iterfind("table/table")
        if (said := {one.get("key") or "": one.text or "" for one in table.iterfind("elem")}).get("type", "cve")
        == "cve"
    ]
    for number, written in entries or _LISTED.findall(script.get("output") or ""):
        score = score_of(written, "vulners/cvss")
        yield number, None, "unknown" if score is None else severity_of(score), score


def _vulnerable(script: etree._Element) -> Iterator[_Finding]:
    """What the vuln library found, rated by its risk factor and its score, the graver of them."""
    said = script.get("output") or ""
    risk = _RISK.search(said)
    scored = _SCORE.search(said)
    for table in script.iterfind("table"):
        state = (table.findtext("elem[@key='state']") or "").strip()
        if state not in _STATES:
            continue
        score = score_of(scored[1], "CVSS") if scored else None
        rated = _RATINGS.get(risk[1].upper(), "unknown") if risk else "unknown"
        severity = graver(rated, "unknown" if score is None else severity_of(score))
        yield script.get("id") or "", table.findtext("elem[@key='title']"), severity, score


reader = RecordReader(
    name="nmap",
    title=Text("Nmap 掃描報告（XML）", "Nmap scan (XML)"),
    version=1,
    tables=(SCANS, WEAKNESSES),
    recognise=recognise,
    read=read,
    settings=SETTINGS,
    excerpt=excerpt,
)
