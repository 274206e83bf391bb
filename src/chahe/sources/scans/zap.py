"""Reports of ZAP (OWASP Zed Attack Proxy) in XML and JSON: web sites scanned and weaknesses found on them.

    <OWASPZAPReport version="2.14.0" generated="Tue, 12 May 2026 20:57:30">
      <site name="https://www.broker.example" host="www.broker.example" port="443" ssl="true"><alerts><alertitem>
        <pluginid>10011</pluginid><name>Cookie Without Secure Flag</name><riskcode>1</riskcode><confidence>2</confidence>
        <instances><instance><uri>https://www.broker.example/login</uri><method>GET</method></instance></instances><count>1</count>
      </alertitem></alerts></site></OWASPZAPReport>

    {"@version": "2.14.0", "@generated": "Tue, 12 May 2026 20:57:30", "site": [
      {"@name": "https://www.broker.example", "@host": "www.broker.example", "@port": "443",
       "alerts": [{"pluginid": "10011", "alert": "Cookie Without Secure Flag", "riskcode": "1", "instances": []}]}]}

Each site is one unit, with or without alerts, and each alert of a site. The time is that of the report, in the zone of the
context: ZAP writes none, and the day and month in the language it runs in; `created`, in newer versions, has a zone and counts
before it. The report does not say whether the scan came to its end: name the sites in the setting `scope`. An alert somebody marked
as a false positive keeps its risk. What stands behind `?` in an address, attacks and evidence are left out: they can hold
what users typed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO, Final

from lxml import etree

from chahe.sources.model import Context, Head, Match, RecordReader, Records, Skip, Unit
from chahe.sources.reading.json_stream import ENTERED, facts, opening, outline
from chahe.sources.reading.json_stream import elements as json_elements
from chahe.sources.reading.replay import Replay
from chahe.sources.reading.xml_stream import elements, forget, numbered
from chahe.sources.scans.scan_report import (
    BAD_VALUE,
    SCANS,
    SETTINGS,
    WEAKNESSES,
    Fault,
    bare_url,
    cves,
    moment_us,
    port_of,
    site_of,
)
from chahe.sources.scans.scan_rows import (
    Scan,
    Weakness,
    json_shown,
    object_of,
    objects_of,
    rejected,
    text_of,
    xml_shown,
)
from chahe.wording import Text

_ROOT: Final = "OWASPZAPReport"
_NAMES: Final = (_ROOT, "site", "alertitem")
_FACTS: Final = (("@generated",), ("created",), ("@programName",))
_SITE_FACTS: Final = ("@name", "@host", "@port")
_RECORDS: Final = (*(("site", "*", name) for name in _SITE_FACTS), ("site", "*", "alerts", "*"))
_SEVERITIES: Final = {"0": "info", "1": "low", "2": "medium", "3": "high"}
_HIDDEN: Final = (
    "evidence",
    "attack",
    "otherinfo",
    "requestheader",
    "requestbody",
    "responseheader",
    "responsebody",
    "uri",
    "param",
)

SAME_HOST = Text(
    "網站 {site}：主機已列過，只是連接埠不同",
    "site {site}: the host is listed already, under another port",
)


@dataclass
class _Site:
    name: str = ""
    host: str = ""
    port: str = ""
    told: bool = False


@dataclass
class _Reading:
    scan: Scan
    site: _Site
    fault: Fault | None = None
    """Why nothing of the report could be dated."""


def recognise(head: Head) -> Match | None:
    """By the name of the root element, or the keys of a report in JSON."""
    text = head.text.lstrip("\ufeff \t\r\n")
    if text.startswith("<") and f"<{_ROOT}" in text:
        return Match(97, f"XML with <{_ROOT}>")
    held = outline(head)
    if ("@generated",) in held and ("site",) in held:
        return Match(93, "JSON with ZAP's sites")
    return None


def read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    """Sites and their alerts in document order; Unreadable where the document breaks or declares a type."""
    replay = Replay(stream)
    if _is_json(replay):
        return numbered(unit for unit, _ in _json_units(replay, context))
    return numbered(unit for unit, _ in _xml_units(replay, context))


def excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    """The site or alert at a place, what may hold secrets left out. Raises Unreadable where there is none."""
    replay = Replay(stream)
    if _is_json(replay):
        return json_shown(_json_units(replay, Context(0)), place, hide=frozenset(_HIDDEN))
    return xml_shown(_xml_units(replay, Context(0)), place, within="site", hide=_HIDDEN)


def _is_json(replay: Replay) -> bool:
    return bool(opening(Head("", replay.again().read(4096), whole=False)))


def _begin(context: Context, generated: str, created: str) -> _Reading:
    reading = _Reading(Scan("zap", "web", context), _Site())
    try:
        written = created or generated
        at_us = moment_us(written, context.zone, "generated", "scanned_at_us") if written else None
        reading.scan.name("zap" if written else None, at_us=at_us)
    except Fault as fault:
        reading.fault = fault
    return reading


def _xml_units(replay: Replay, context: Context) -> Iterator[tuple[Unit, etree._Element]]:
    reading = _begin(context, "", "")
    element = None
    for event, element in elements(replay.again(), frozenset({_ROOT}), _NAMES):
        if event == "start" and element.tag == _ROOT:
            reading = _begin(context, element.get("generated") or "", element.get("created") or "")
        elif event == "start" and element.tag == "site":
            reading.site = _Site(element.get("name") or "", element.get("host") or "", element.get("port") or "")
            yield _site_unit(reading), etree.Element("site", dict(element.attrib))
        elif event == "end" and element.tag == "alertitem":
            yield _alert_unit(reading, _said(element)), _named(reading.site, element)
            forget(element)
    if element is not None:
        for unit in reading.scan.declared():
            yield unit, element


def _said(alert: etree._Element) -> dict[str, object]:
    """An alert in XML as it would stand in JSON."""
    said: dict[str, object] = {str(part.tag): (part.text or "").strip() for part in alert if isinstance(part.tag, str)}
    said["instances"] = [{"uri": one.findtext("uri") or ""} for one in alert.iterfind("instances/instance")]
    return said


def _named(site: _Site, alert: etree._Element) -> etree._Element:
    """The alert with its site's name, for showing."""
    alert.set("site", site.name or site.host)
    return alert


def _json_units(replay: Replay, context: Context) -> Iterator[tuple[Unit, object]]:
    known = {path[0]: text_of(value) for path, value in facts(replay.again(), _FACTS).items()}
    reading = _begin(context, known.get("@generated", ""), known.get("created", ""))
    for element in json_elements(replay.again(), _RECORDS):
        if element.value is ENTERED:
            if element.path == ("site", "*"):
                yield from _json_site(reading)
                reading.site = _Site()
            elif element.path == ("site", "*", "alerts"):
                yield from _json_site(reading)
        elif element.name in _SITE_FACTS:
            setattr(reading.site, element.name[1:], text_of(element.value))
        else:
            said = object_of(element.value)
            yield _alert_unit(reading, said), {"site": reading.site.name or reading.site.host, **said}
    yield from _json_site(reading)
    for unit in reading.scan.declared():
        yield unit, None


def _json_site(reading: _Reading) -> Iterator[tuple[Unit, object]]:
    """The unit of a site, once what names it has been read."""
    site = reading.site
    if not site.told and (site.name or site.host):
        site.told = True
        yield _site_unit(reading), {"@name": site.name, "@host": site.host, "@port": site.port}


def _host(site: _Site) -> str:
    return site.host or site_of(site.name)[0]


def _site_unit(reading: _Reading) -> Unit:
    host = _host(reading.site)
    if reading.scan.is_told(host):
        return Skip(0, SAME_HOST.fill(site=reading.site.name[:100]))
    try:
        _refuse(reading.fault)
        return Records(0, (reading.scan.host(host, completed=None),))
    except Fault as fault:
        return rejected(fault)


def _refuse(fault: Fault | None) -> None:
    if fault is not None:
        raise fault


def _alert_unit(reading: _Reading, said: Mapping[str, object]) -> Unit:
    try:
        _refuse(reading.fault)
        return Records(0, (reading.scan.weakness(_weakness(reading.site, said)),))
    except Fault as fault:
        return rejected(fault)


def _weakness(site: _Site, said: Mapping[str, object]) -> Weakness:
    code = text_of(said.get("riskcode"))
    if code not in _SEVERITIES:
        raise Fault(BAD_VALUE.fill(field="riskcode"), "severity", code)
    title = text_of(said.get("name")) or text_of(said.get("alert"))
    uris = [bare_url(text_of(one.get("uri"))) for one in objects_of(said.get("instances"))]
    return Weakness(
        host=_host(site),
        port=port_of(site.port, "site/@port") or site_of(site.name)[1] or 0,
        protocol="tcp",
        finding_id=text_of(said.get("alertRef")) or text_of(said.get("pluginid")),
        cve=cves((title, text_of(said.get("desc")), text_of(said.get("otherinfo")), text_of(said.get("reference")))),
        title=title,
        component=next(filter(None, uris), None) or bare_url(text_of(said.get("uri"))),
        severity=_SEVERITIES[code],
    )


reader = RecordReader(
    name="zap",
    title=Text("ZAP 網站弱點掃描報告（XML、JSON）", "ZAP scan of web sites (XML, JSON)"),
    version=1,
    tables=(SCANS, WEAKNESSES),
    recognise=recognise,
    read=read,
    settings=SETTINGS,
    excerpt=excerpt,
)
