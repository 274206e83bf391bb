"""Results of ssh-audit in JSON (`--json`): the settings of one SSH server or client, and known weaknesses of its software.

    {"banner": {"raw": "SSH-2.0-OpenSSH_7.9", "software": "OpenSSH_7.9"}, "target": "quote-gw.broker.example:22",
     "cves": [{"name": "CVE-2021-41617", "cvssv2": 7.0, "description": "privilege escalation via supplemental groups"}],
     "kex": [{"algorithm": "diffie-hellman-group14-sha1", "notes": {"fail": ["using broken SHA-1 hash algorithm"]}}],
     "enc": [], "key": [], "mac": []}

The target is one unit, and each CVE and each algorithm. An algorithm with a failure is a high weakness, one with warnings a
medium one, both also configuration checks; without either it passed its check. The scan looks at one service only (kind
`service`), and its time is not written (setting `scanned_at`).
"""

from collections.abc import Iterator, Mapping
from typing import BinaryIO, Final

from chahe.sources.model import Context, Head, Match, RecordReader, Records, Row, Unit
from chahe.sources.reading.json_stream import ENTERED, elements, facts, outline
from chahe.sources.reading.replay import Replay
from chahe.sources.reading.xml_stream import numbered
from chahe.sources.scans.compliance import CHECKS, Check
from chahe.sources.scans.scan_report import SCANS, SETTINGS, WEAKNESSES, Fault, cves, severity_of, site_of
from chahe.sources.scans.scan_rows import Scan, Weakness, decimal_of, json_shown, object_of, rejected, text_of, texts_of
from chahe.wording import Text

_ALGORITHMS: Final = ("kex", "key", "enc", "mac")
_RECORDS: Final = tuple((part, "*") for part in ("cves", *_ALGORITHMS))
_RATED: Final = {"fail": ("high", "failed"), "warn": ("medium", "warning")}


def recognise(head: Head) -> Match | None:
    """By the banner and the four kinds of algorithm."""
    held = outline(head)
    if ("banner",) in held and all((kind,) in held for kind in _ALGORITHMS):
        return Match(92, "JSON with an SSH banner and its algorithms")
    return None


def read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    """The target, then CVEs and algorithms in document order; Unreadable where the document breaks."""
    return numbered(unit for unit, _ in _units(stream, context))


def excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    """The JSON of the CVE or algorithm at a place. Raises Unreadable where there is none."""
    return json_shown(_units(stream, Context(0)), place)


def _units(stream: BinaryIO, context: Context) -> Iterator[tuple[Unit, object]]:
    replay = Replay(stream)
    known = facts(replay.again(), (("target",), ("banner", "raw")))
    scan = Scan("ssh-audit", "service", context)
    target = text_of(known.get(("target",)))
    host, port = site_of(target)
    yield _begin(scan, host), {path[-1]: value for path, value in known.items()}
    for element in elements(replay.again(), _RECORDS):
        if element.value is not ENTERED:
            said = object_of(element.value)
            yield _unit(scan, (host, port or 22), element.path[0], said), {"target": target, element.path[0]: said}
    for unit in scan.declared():
        yield unit, None


def _begin(scan: Scan, host: str) -> Unit:
    try:
        scan.name(host, at_us=scan.at_us)
        return Records(0, (scan.host(host, completed=True),))
    except Fault as fault:
        return rejected(fault)


def _unit(scan: Scan, site: tuple[str, int], part: str, said: Mapping[str, object]) -> Unit:
    try:
        return Records(0, _known(scan, site, said) if part == "cves" else _algorithm(scan, site, part, said))
    except Fault as fault:
        return rejected(fault)


def _known(scan: Scan, site: tuple[str, int], said: Mapping[str, object]) -> tuple[Row, ...]:
    score = decimal_of(said.get("cvssv2"))
    number = text_of(said.get("name"))
    found = Weakness(
        host=site[0],
        port=site[1],
        protocol="tcp",
        finding_id=number,
        cve=cves([number]),
        title=text_of(said.get("description")),
        severity="unknown" if score is None else severity_of(score),
        cvss=score,
    )
    return (scan.weakness(found),)


def _algorithm(scan: Scan, site: tuple[str, int], part: str, said: Mapping[str, object]) -> tuple[Row, ...]:
    name = text_of(said.get("algorithm"))
    notes = object_of(said.get("notes"))
    severity, result = next((rated for level, rated in _RATED.items() if texts_of(notes.get(level))), ("", "passed"))
    objections = "; ".join(text for level in _RATED for text in texts_of(notes.get(level)))
    size = text_of(said.get("keysize"))
    check = Check(
        host=site[0],
        check_id=part,
        check=f"{part}: {name}" if name else None,
        policy="ssh-audit",
        result=result,
        actual_value="; ".join(filter(None, (f"{size} bit" if size else "", objections))),
    ).row(scan)
    if not severity:
        return (check,)
    found = Weakness(
        host=site[0],
        port=site[1],
        protocol="tcp",
        finding_id=f"{part}:{name}",
        title=f"{part} {name}: {objections}",
        component=name,
        severity=severity,
    )
    return scan.weakness(found), check


reader = RecordReader(
    name="ssh_audit",
    title=Text("ssh-audit 檢查結果（JSON）", "ssh-audit results (JSON)"),
    version=1,
    tables=(SCANS, WEAKNESSES, CHECKS),
    recognise=recognise,
    read=read,
    settings=SETTINGS,
    excerpt=excerpt,
)
