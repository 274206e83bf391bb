"""Software bills of materials in CycloneDX, JSON or XML (1.0 to 1.6): components, and weaknesses where the list has any.

    {"bomFormat": "CycloneDX", "specVersion": "1.5", "serialNumber": "urn:uuid:3e67…",
     "metadata": {"timestamp": "2026-01-04T15:25:30+08:00", "tools": [{"vendor": "anchore", "name": "syft"}],
                  "component": {"type": "container", "name": "quote-gw:1.4"}},
     "components": [{"type": "library", "bom-ref": "a", "group": "org.example", "name": "parser", "version": "2.1",
                     "purl": "pkg:maven/org.example/parser@2.1", "licenses": [{"license": {"id": "MIT"}}]}],
     "vulnerabilities": [{"id": "CVE-2026-0001", "ratings": [{"severity": "high", "score": 7.5, "method": "CVSSv31"}],
                          "affects": [{"ref": "a"}]}]}

    <bom xmlns="http://cyclonedx.org/schema/bom/1.2" xmlns:v="http://cyclonedx.org/schema/ext/vulnerability/1.0"><components>
      <component type="library"><name>parser</name><version>2.1</version>
        <v:vulnerabilities><v:vulnerability><v:id>CVE-2026-0001</v:id></v:vulnerability></v:vulnerabilities></component>…

The list itself is one unit, a scan where it has a list of weaknesses, be it empty; so is each component, however deep, and each vulnerability: a row for every component it affects. Whose
components they are is the setting `host`, or else `metadata.component`, or the serial number; a list that says neither is rejected.
Of several ratings the gravest counts, each by its word or else its score; a score that only has a vector is computed. An analysis
(`not_affected`, `false_positive`) makes no weakness smaller: record it as a treatment.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import BinaryIO, Final

from lxml import etree

from chahe.sources.model import Context, Head, Match, RecordReader, Unit, Unreadable
from chahe.sources.reading.json_stream import ENTERED, facts, holds, opening, outline
from chahe.sources.reading.json_stream import elements as json_elements
from chahe.sources.reading.replay import Replay
from chahe.sources.reading.xml_stream import elements, forget, numbered
from chahe.sources.scans.bill import Bill, Vulnerability, component_of
from chahe.sources.scans.component_rows import COMPONENTS
from chahe.sources.scans.scan_report import ARTIFACT_SETTINGS, SCANS, WEAKNESSES
from chahe.sources.scans.scan_rows import json_shown, object_of, objects_of, text_of, xml_shown
from chahe.wording import Text

_FACTS: Final = (("metadata", "timestamp"), ("metadata", "component"), ("metadata", "tools"), ("serialNumber",))
_RECORDS: Final = (("components", "*"), ("vulnerabilities", "*"))
_NAMES: Final = ("{*}metadata", "{*}component", "{*}vulnerability", "{*}vulnerabilities")


_HIDDEN: Final = frozenset({"properties", "externalReferences", "proofOfConcept"})


def recognise(head: Head) -> Match | None:
    """By the format's name in JSON, or its namespace in XML."""
    if outline(head).get(("bomFormat",)) == "CycloneDX":
        return Match(96, "JSON with the bomFormat CycloneDX")
    text = head.text.lstrip("\ufeff \t\r\n")
    if re.match(r"(?:<\?xml[^>]*\?>|<!--.*?-->|\s)*<(?:\w+:)?bom\s[^>]*cyclonedx\.org/schema/bom/", text, re.DOTALL):
        return Match(96, "XML in CycloneDX's namespace")
    return None


def read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    """The list, then components and vulnerabilities in document order; Unreadable where the document breaks or declares a type."""
    replay = Replay(stream)
    if _is_json(replay):
        return numbered(unit for unit, _ in _json_units(replay, context))
    return numbered(unit for unit, _ in _xml_units(replay, context))


def excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    """The component or vulnerability at a place. Raises Unreadable where there is none."""
    replay = Replay(stream)
    if _is_json(replay):
        return json_shown(_json_units(replay, Context(0)), place, hide=_HIDDEN)
    return xml_shown(_xml_units(replay, Context(0)), place, hide=tuple(f"{{*}}{name}" for name in sorted(_HIDDEN)))


def _is_json(replay: Replay) -> bool:
    return bool(opening(Head("", replay.again().read(4096), whole=False)))


def _json_units(replay: Replay, context: Context) -> Iterator[tuple[Unit, object]]:
    known = facts(replay.again(), _FACTS)
    subject = object_of(known.get(("metadata", "component")))
    tools = known.get(("metadata", "tools"))
    listed = objects_of(tools) or objects_of(object_of(tools).get("components"))
    bill = Bill(context, lister=text_of(listed[0].get("name")) if listed else "")
    system = text_of(subject.get("name")) or text_of(known.get(("serialNumber",)))
    about = {"system": system, "timestamp": known.get(("metadata", "timestamp"))}
    scanned = holds(replay.again(), ("vulnerabilities",))
    yield bill.begin(system, text_of(known.get(("metadata", "timestamp"))), scanned=scanned), about
    for element in json_elements(replay.again(), _RECORDS):
        if element.value is ENTERED:
            continue
        said = object_of(element.value)
        if element.path[0] == "components":
            yield from ((unit, {"system": system, **part}) for unit, part in _nested(bill, said))
        else:
            yield bill.weakness(_stated(said)), {"host": system, **said}
    for unit in bill.scan.declared():
        yield unit, None


def _nested(bill: Bill, said: Mapping[str, object]) -> Iterator[tuple[Unit, Mapping[str, object]]]:
    """A component and those within it, the outer one first."""
    waiting = [said]
    while waiting:
        part = waiting.pop()
        inner = objects_of(part.get("components"))
        own = {name: value for name, value in part.items() if name != "components"}
        yield bill.component(component_of(own), text_of(part.get("bom-ref"))), own
        waiting.extend(reversed(inner))


def _stated(said: Mapping[str, object]) -> Vulnerability:
    references = [text_of(one.get("id")) for one in objects_of(said.get("references"))]
    return Vulnerability(
        number=text_of(said.get("id")) or text_of(said.get("bom-ref")),
        also=(*references, text_of(said.get("description"))[:80]),
        title=text_of(said.get("description")),
        ratings=tuple(
            (
                text_of(one.get("severity")),
                text_of(one.get("score")),
                text_of(one.get("vector")),
                text_of(one.get("method")),
            )
            for one in objects_of(said.get("ratings"))
        ),
        refs=tuple(text_of(one.get("ref")) for one in objects_of(said.get("affects"))),
    )


def _xml_units(replay: Replay, context: Context) -> Iterator[tuple[Unit, etree._Element]]:
    bill = Bill(context, lister="")
    begun = within = False
    scanned = _lists_weaknesses(replay)
    element = None
    for event, element in elements(replay.again(), frozenset({"bom"}), _NAMES):
        name = _plain(element)
        if event == "start":
            within = within or name == "metadata"
            if not begun and not within:
                begun = True
                yield _begin(bill, element, None, scanned=scanned), etree.Element("bom")
        elif name == "metadata":
            begun, within = True, False
            yield _begin(bill, element, element, scanned=scanned), element
            forget(element)
        elif not within:
            yield from _xml_part(bill, name, element)
    if element is not None:
        for unit in bill.scan.declared():
            yield unit, element


def _plain(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _lists_weaknesses(replay: Replay) -> bool:
    found = False
    with suppress(Unreadable):
        for event, element in elements(replay.again(), frozenset({"bom"}), ("{*}vulnerabilities", "{*}component")):
            if _plain(element) == "vulnerabilities":
                found = True
                break
            # The parser is still at work inside an element that has only begun: clearing that one frees what it writes to.
            if event == "end" and (parent := element.getparent()) is not None and _plain(parent) == "components":
                element.clear()
    return found


def _begin(bill: Bill, element: etree._Element, metadata: etree._Element | None, *, scanned: bool) -> Unit:
    serial = element.getroottree().getroot().get("serialNumber") or ""
    if metadata is None:
        return bill.begin(serial, "", scanned=scanned)
    tool = metadata.findtext("{*}tools/{*}tool/{*}name") or metadata.findtext(
        "{*}tools/{*}components/{*}component/{*}name"
    )
    bill.scan.scanner = (tool or "").strip() or bill.scan.scanner
    name = (metadata.findtext("{*}component/{*}name") or "").strip()
    return bill.begin(name or serial, (metadata.findtext("{*}timestamp") or "").strip(), scanned=scanned)


def _xml_part(bill: Bill, name: str, element: etree._Element) -> Iterator[tuple[Unit, etree._Element]]:
    parent = element.getparent()
    above = parent.getparent() if parent is not None else None
    if name == "component":
        yield bill.component(component_of(_component_said(element)), element.get("bom-ref") or ""), element
    elif name == "vulnerability" and parent is not None:
        inside = above if above is not None and _plain(above) == "component" else None
        yield bill.weakness(_xml_stated(element, inside)), element
    if above is not None and _plain(above) == "bom":
        # What stands inside another component is dropped with that; its name still has to be read.
        forget(element)


def _component_said(element: etree._Element) -> dict[str, object]:
    said: dict[str, object] = {part: element.findtext(f"{{*}}{part}") for part in ("group", "name", "version", "purl")}
    licences = [
        {"license": {"id": one.findtext("{*}id") or one.findtext("{*}name")}}
        for one in element.iterfind("{*}licenses/{*}license")
    ]
    expressions = [{"expression": one.text} for one in element.iterfind("{*}licenses/{*}expression")]
    return {**said, "type": element.get("type"), "licenses": licences + expressions}


def _xml_stated(element: etree._Element, inside: etree._Element | None) -> Vulnerability:
    ratings = tuple(
        (
            (one.findtext("{*}severity") or "").strip(),
            (one.findtext("{*}score/{*}base") or one.findtext("{*}score") or "").strip(),
            (one.findtext("{*}vector") or "").strip(),
            (one.findtext("{*}method") or "").strip(),
        )
        for one in element.iterfind("{*}ratings/{*}rating")
    )
    refs = [(one.text or "").strip() for one in element.iterfind("{*}affects/{*}target/{*}ref")]
    component = component_of(_component_said(inside)) if inside is not None else None
    return Vulnerability(
        number=(element.findtext("{*}id") or "").strip() or element.get("bom-ref") or "",
        also=tuple(one.text for one in element.iterfind("{*}references/{*}reference/{*}id")),
        title=(element.findtext("{*}description") or "").strip(),
        ratings=ratings,
        refs=tuple(refs) if refs or component is not None else tuple(filter(None, (element.get("ref"),))),
        component=component,
    )


reader = RecordReader(
    name="cyclonedx",
    title=Text("CycloneDX 軟體元件清單（JSON、XML）", "CycloneDX bill of materials (JSON, XML)"),
    version=1,
    tables=(COMPONENTS, SCANS, WEAKNESSES),
    recognise=recognise,
    read=read,
    settings=ARTIFACT_SETTINGS,
    excerpt=excerpt,
)
