"""Results of Nuclei in JSON lines, or as a list (`-json-export`): weaknesses found on sites and services.

    {"template-id":"tech-detect","info":{"name":"Technology detection","severity":"info","classification":{"cve-id":null}},
     "type":"http","host":"https://www.broker.example","matched-at":"https://www.broker.example/","ip":"192.0.2.7",
     "timestamp":"2026-03-13T11:05:07.373496332+08:00"}

Versions before 2.5 write `templateID` and `matched`. Each result is one unit; a host is scanned where a result first names it.
Nuclei writes nothing for a site on which it finds nothing, and not whether it came to its end: name those sites in the setting
`scope`. An empty output counts as a scan of that scope. What stands behind `?` in an address is left out: it can hold what users
typed. A result without a rating, or rated unknown, is unrated.
"""

from collections.abc import Iterator, Mapping
from typing import BinaryIO, Final

from chahe.sources.model import Context, Head, Match, RecordReader, Records, Unit, Unreadable
from chahe.sources.reading.json_stream import ENTERED, elements, outline
from chahe.sources.reading.xml_stream import numbered
from chahe.sources.scans.scan_report import (
    BAD_VALUE,
    SCANS,
    SETTINGS,
    WEAKNESSES,
    Fault,
    address_of,
    bare_url,
    cves,
    moment_us,
    port_of,
    site_of,
)
from chahe.sources.scans.scan_rows import Scan, Weakness, decimal_of, json_shown, object_of, rejected, text_of, texts_of
from chahe.sources.scans.scan_times import utc
from chahe.wording import Text

_SEVERITIES: Final = {
    "critical": "critical",
    "high": "high",
    "medium": "medium",
    "low": "low",
    "info": "info",
    "unknown": "unknown",
    "": "unknown",
}
_HIDDEN: Final = frozenset(
    {
        "request",
        "response",
        "curl-command",
        "extracted-results",
        "extracted_results",
        "interaction",
        "meta",
        "url",
        "matched-line",
    }
)

NO_RESULT = Text(
    "nuclei 的輸出是空的，看不出掃描了哪些主機；請在 chahe.toml 為這個來源設定 scope",
    "Nuclei's output is empty, so it does not show which hosts were scanned; set scope for this source in chahe.toml",
)


def recognise(head: Head) -> Match | None:
    """By a result's template and its rating."""
    held = outline(head)
    for above in ((), ("*",)):
        named = (*above, "template-id") in held or (*above, "templateID") in held
        if named and (*above, "info") in held and (*above, "host") in held:
            return Match(93, "JSON with a Nuclei template")
    return None


def read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    """The results in document order; Unreadable where a line breaks."""
    return numbered(unit for unit, _ in _units(stream, context))


def excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    """The JSON of the result at a place, requests and responses left out. Raises Unreadable where there is none."""
    return json_shown(_units(stream, Context(0)), place, hide=_HIDDEN)


def _units(stream: BinaryIO, context: Context) -> Iterator[tuple[Unit, object]]:
    scan = Scan("nuclei", "web", context)
    seen = False
    for element in elements(stream, ((),), many=True):
        if element.value is not ENTERED:
            said = object_of(element.value)
            yield _unit(scan, said), {**said, "matched-at": _bare(said), "matched": _bare(said)}
        seen = True
    if not seen and not scan.options.scope:
        raise Unreadable(NO_RESULT, column="scope")
    for unit in scan.declared():
        yield unit, None


def _unit(scan: Scan, said: Mapping[str, object]) -> Unit:
    try:
        return Records(0, scan.with_host(_weakness(scan, said)))
    except Fault as fault:
        return rejected(fault)


def _bare(said: Mapping[str, object]) -> str:
    """Where it matched, without what users typed."""
    return bare_url(text_of(said.get("matched-at")) or text_of(said.get("matched")))


def _weakness(scan: Scan, said: Mapping[str, object]) -> Weakness:
    about = object_of(said.get("info"))
    classes = object_of(about.get("classification"))
    severity = text_of(about.get("severity")).lower()
    if severity not in _SEVERITIES:
        raise Fault(BAD_VALUE.fill(field="info.severity"), "severity", severity)
    written = text_of(said.get("timestamp"))
    at_us = moment_us(written, scan.context.zone, "timestamp", "found_at_us") if written else None
    scan.name("nuclei" if at_us is not None else None, utc(at_us) if at_us is not None else None)
    matched = _bare(said)
    host, port = site_of(text_of(said.get("host")) or matched)
    template = text_of(said.get("template-id")) or text_of(said.get("templateID"))
    return Weakness(
        host=host,
        address=address_of(text_of(said.get("ip"))),
        port=port_of(text_of(said.get("port")), "port") or site_of(matched)[1] or port or 0,
        protocol="udp" if text_of(said.get("type")) == "dns" else "tcp",
        finding_id=template,
        cve=cves([template, *texts_of(classes.get("cve-id"))]),
        title=text_of(about.get("name")),
        component=matched,
        severity=_SEVERITIES[severity],
        cvss=decimal_of(classes.get("cvss-score")),
        family=" ".join(texts_of(about.get("tags"))),
        at_us=at_us,
    )


reader = RecordReader(
    name="nuclei",
    title=Text("Nuclei 掃描結果（JSON）", "Nuclei results (JSON)"),
    version=1,
    tables=(SCANS, WEAKNESSES),
    recognise=recognise,
    read=read,
    settings=SETTINGS,
    excerpt=excerpt,
)
