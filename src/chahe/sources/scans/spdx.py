"""Software bills of materials in SPDX 2.2 and 2.3, JSON or tag-value: the packages software is made of.

    {"spdxVersion": "SPDX-2.3", "name": "quote-gw-1.4", "creationInfo": {"created": "2026-01-04T15:25:30Z",
     "creators": ["Organization: Example", "Tool: syft-1.0"]},
     "packages": [{"name": "parser", "versionInfo": "2.1", "licenseConcluded": "NOASSERTION", "licenseDeclared": "MIT",
                   "externalRefs": [{"referenceType": "purl", "referenceLocator": "pkg:pypi/parser@2.1"}]}]}

    SPDXVersion: SPDX-2.3
    DocumentName: quote-gw-1.4
    Creator: Tool: syft-1.0
    Created: 2026-01-04T15:25:30Z
    PackageName: parser
    PackageVersion: 2.1
    ExternalRef: PACKAGE-MANAGER purl pkg:pypi/parser@2.1

The document is one unit, and each package. Whose packages they are is the setting `host`, or else the document's name. Files,
snippets, relations and remarks are no packages and not read. The licence is the concluded one, or else the declared one;
NOASSERTION and NONE are none. SPDX 3.0 is not read.
"""

import re
from collections.abc import Iterator
from io import TextIOWrapper
from typing import BinaryIO, Final

from chahe.sources.model import Context, Head, Match, RecordReader, Unit, Unreadable
from chahe.sources.reading.json_stream import ENTERED, NO_TEXT, elements, facts, opening, outline
from chahe.sources.reading.replay import Replay
from chahe.sources.reading.xml_stream import numbered
from chahe.sources.scans.bill import Bill
from chahe.sources.scans.component_rows import COMPONENTS, Component
from chahe.sources.scans.scan_report import HOST, SCANNED_AT
from chahe.sources.scans.scan_rows import json_shown, object_of, objects_of, text_of, texts_of
from chahe.wording import Text

_FACTS: Final = (("name",), ("creationInfo", "created"), ("creationInfo", "creators"))
_NOTHING: Final = frozenset({"NOASSERTION", "NONE", ""})
_TAG = re.compile(r"([A-Z][A-Za-z]+):[ \t]*(.*)")
_PURL = re.compile(r"PACKAGE[-_]MANAGER\s+purl\s+(\S+)")
_TOOL = re.compile(r"Tool:\s*(.+?)(?:-v?\d[\w.]*)?\s*")
_LONGEST: Final = 1 << 20
"""Characters of a line."""
_PACKAGE_TAGS: Final = frozenset(
    {
        "PackageName",
        "PackageVersion",
        "PackageLicenseConcluded",
        "PackageLicenseDeclared",
        "PrimaryPackagePurpose",
        "ExternalRef",
    }
)


def recognise(head: Head) -> Match | None:
    """By the version of the format."""
    held = outline(head)
    if str(held.get(("spdxVersion",)) or "").startswith("SPDX-2") or held.get(("SPDXID",)) == "SPDXRef-DOCUMENT":
        return Match(96, "JSON with an SPDX version")
    if re.search(r"(?m)^SPDXVersion: *SPDX-2\.\d", head.text[:4096]):
        return Match(96, "the tag SPDXVersion")
    return None


def read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    """The document, then its packages in document order; Unreadable where it breaks."""
    return numbered(unit for unit, _ in _units(stream, context))


def excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    """The package at a place, by the keys of SPDX in JSON. Raises Unreadable where there is none."""
    return json_shown(_units(stream, Context(0)), place)


def _units(stream: BinaryIO, context: Context) -> Iterator[tuple[Unit, object]]:
    replay = Replay(stream)
    is_json = bool(opening(Head("", replay.again().read(4096), whole=False)))
    yield from _json_units(replay, context) if is_json else _tag_units(replay, context)


def _json_units(replay: Replay, context: Context) -> Iterator[tuple[Unit, object]]:
    known = facts(replay.again(), _FACTS)
    name = text_of(known.get(("name",)))
    bill = Bill(context, lister=_tool(texts_of(known.get(("creationInfo", "creators")))))
    yield bill.begin(name, text_of(known.get(("creationInfo", "created")))), {"name": name}
    for element in elements(replay.again(), (("packages", "*"),)):
        if element.value is not ENTERED:
            said = object_of(element.value)
            purls = (
                text_of(one.get("referenceLocator"))
                for one in objects_of(said.get("externalRefs"))
                if text_of(one.get("referenceType")) == "purl"
            )
            component = Component(
                name=text_of(said.get("name")),
                version=_asserted(text_of(said.get("versionInfo"))),
                purl=next(purls, None),
                type=text_of(said.get("primaryPackagePurpose")),
                licence=_asserted(text_of(said.get("licenseConcluded")))
                or _asserted(text_of(said.get("licenseDeclared"))),
            )
            yield bill.component(component, ""), {"system": name, **said}


def _tool(creators: list[str]) -> str:
    return next((found[1] for one in creators if (found := _TOOL.fullmatch(one.strip()))), "") or "spdx"


def _asserted(text: str) -> str | None:
    return None if text.upper() in _NOTHING else text


def _tag_units(replay: Replay, context: Context) -> Iterator[tuple[Unit, object]]:
    bill: Bill | None = None
    said: dict[str, str] = {}
    for tag, value in _tags(replay.again()):
        if tag == "PackageName":
            if bill is None:
                bill, unit = _begin(said, context)
                yield unit, said
            else:
                yield _package(bill, said), said
            said = {"DocumentName": said.get("DocumentName", ""), tag: value}
        elif tag == "ExternalRef":
            if found := _PURL.fullmatch(value):
                said.setdefault("purl", found[1])
        elif (tag in _PACKAGE_TAGS) == (bill is not None):
            said.setdefault(tag, value)
    if bill is None:
        yield _begin(said, context)[1], said
    else:
        yield _package(bill, said), said


def _begin(said: dict[str, str], context: Context) -> tuple[Bill, Unit]:
    bill = Bill(context, lister=_tool([said.get("Creator", "")]))
    return bill, bill.begin(said.get("DocumentName", ""), said.get("Created", ""))


def _package(bill: Bill, said: dict[str, str]) -> Unit:
    component = Component(
        name=said["PackageName"],
        version=_asserted(said.get("PackageVersion", "")),
        purl=said.get("purl"),
        type=said.get("PrimaryPackagePurpose"),
        licence=_asserted(said.get("PackageLicenseConcluded", "")) or _asserted(said.get("PackageLicenseDeclared", "")),
    )
    return bill.component(component, "")


def _tags(stream: BinaryIO) -> Iterator[tuple[str, str]]:
    """Tags and their values; `<text>` that runs over several lines is passed over. Of creators, the tool counts."""
    within = False
    number = 0
    try:
        lines = TextIOWrapper(stream, encoding="utf-8-sig", newline=None)
        while line := lines.readline(_LONGEST):
            number += 1
            if within:
                within = "</text>" not in line
            elif found := _TAG.fullmatch(line.rstrip("\n")):
                value = found[2].strip()
                within = "<text>" in value and "</text>" not in value
                if found[1] != "Creator" or value.startswith("Tool:"):
                    yield found[1], value
        lines.detach()
    except UnicodeDecodeError:
        raise Unreadable(NO_TEXT.fill(line=number, encoding="UTF-8")) from None


reader = RecordReader(
    name="spdx",
    title=Text("SPDX 軟體元件清單（JSON、標籤文字）", "SPDX bill of materials (JSON, tag-value)"),
    version=1,
    tables=(COMPONENTS,),
    recognise=recognise,
    read=read,
    settings=(HOST, SCANNED_AT),
    excerpt=excerpt,
)
