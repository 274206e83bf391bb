"""Reports of MobSF in JSON: a mobile app analysed, and weaknesses of its code, its package and its settings.

    {"version": "v3.1.9 Beta", "file_name": "trade.apk", "package_name": "tw.example.trade", "timestamp": "2026-11-26T16:03:16.140Z",
     "manifest_analysis": [{"title": "Debug Enabled For App", "stat": "high", "name": "Debug Enabled For App", "component": []}],
     "code_analysis": {"android_logging": {"files": {"a/Log.java": "23"},
                                           "metadata": {"severity": "info", "cvss": 7.5, "description": "The App logs information"}}}}

The app is one unit, by its package name (`package_name`, `bundle_id`) or else its file's; it is what vulnerability_scans and
vulnerabilities call the host. Each finding of `code_analysis`, `manifest_analysis`, `binary_analysis`, `macho_analysis`,
`dylib_analysis`, `certificate_analysis`, `network_security` and `ats_analysis` is one unit. `high` is high, `warning` medium, `info` a
note, `hotspot` (to be looked at by a person) unrated; what is `secure` or `good` is skipped. `appsec` repeats these and is not
read; neither are permissions, strings, secrets and addresses, which MobSF lists without judging them. Before 3.2 and after 3.4 no
time is given (setting `scanned_at`).
"""

import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO, Final

from chahe.sources.model import Context, Head, Match, RecordReader, Records, Skip, Unit
from chahe.sources.reading.json_stream import ENTERED, Element, Path, elements, facts, outline
from chahe.sources.reading.replay import Replay
from chahe.sources.reading.xml_stream import numbered
from chahe.sources.scans.scan_report import ARTIFACT_SETTINGS, BAD_VALUE, SCANS, WEAKNESSES, Fault, cves, moment_us
from chahe.sources.scans.scan_rows import Scan, Weakness, decimal_of, json_shown, object_of, rejected, text_of
from chahe.wording import Text

_FACTS: Final = tuple(
    (name,) for name in ("package_name", "bundle_id", "packagename", "app_name", "file_name", "timestamp", "version")
)
_LISTS: Final = {
    "manifest_analysis": "manifest_findings",
    "network_security": "network_findings",
    "ats_analysis": "ats_findings",
    "certificate_analysis": "certificate_findings",
}
"""Sections that are a list of findings, and the name under which newer versions keep that list."""
_RULES: Final = ("code_analysis", "binary_analysis", "macho_analysis", "dylib_analysis", "framework_analysis")
_PATHS: Final = tuple(
    path for section in (*_LISTS, *_RULES) for path in ((section, "*"), (section, _LISTS.get(section, "findings"), "*"))
)
_SEVERITIES: Final = {
    "high": "high",
    "medium": "medium",
    "warning": "medium",
    "low": "low",
    "info": "info",
    "hotspot": "unknown",
    "": "unknown",
}
_PASSED: Final = frozenset({"secure", "good", "pass"})
_WORD = re.compile(r"[a-z]{1,20}")
_MARKUP = re.compile(r"<[^>]{1,20}>")

PASSED = Text("這一項檢查沒有問題（{severity}）", "a check that found nothing amiss ({severity})")
SUMMARY = Text("這一節的摘要", "a summary of the section")


def recognise(head: Head) -> Match | None:
    """By the app's name and the sections of an analysis."""
    held = {path[0] for path in outline(head) if path}
    if "md5" in held and held & {"app_name", "file_name"} and held & {"app_type", "bundle_id"}:
        return Match(90, "JSON with MobSF's app facts")
    return None


def read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    """The app, then its findings in document order; Unreadable where the document breaks."""
    return numbered(unit for unit, _ in _units(stream, context))


def excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    """The JSON of the app or finding at a place. Raises Unreadable where there is none."""
    return json_shown(_units(stream, Context(0)), place)


def _units(stream: BinaryIO, context: Context) -> Iterator[tuple[Unit, object]]:
    replay = Replay(stream)
    known = {path[0]: text_of(value) for path, value in facts(replay.again(), _FACTS).items()}
    scan = Scan("mobsf", "app", context)
    name = next(filter(None, (known.get(path[0]) for path in _FACTS[:5])), "")
    host = scan.artifact(name)
    yield _begin(scan, host, known.get("timestamp", "")), known
    for element in elements(replay.again(), _PATHS):
        if element.value is not ENTERED:
            for number, severity, found in _findings(element):
                yield (
                    _unit(scan, host, number, severity, found),
                    {"app": name, "section": element.path[0], number: found},
                )
    for unit in scan.declared():
        yield unit, None


def _begin(scan: Scan, host: str, written: str) -> Unit:
    try:
        at_us = moment_us(written, scan.context.zone, "timestamp", "scanned_at_us") if written else scan.at_us
        scan.name(host, at_us=at_us)
        return Records(0, (scan.host(host, completed=True),))
    except Fault as fault:
        return rejected(fault)


def _findings(element: Element) -> Iterator[tuple[str, str, Mapping[str, object]]]:
    """The findings at one place of a section: their number, rating, and what is said of them."""
    section, value = element.path[0], element.value
    if _is_summary(element.path, element.name):
        return
    said = object_of(value)
    if section in _LISTS:
        if isinstance(value, list):
            # certificate_analysis: a rating, a description, and in newer versions a title
            written = [text_of(part) for part in value]
            said = {
                "description": written[1] if len(written) > 1 else "",
                "title": written[-1],
                "severity": written[:1] and written[0],
            }
        number = (
            text_of(said.get("rule"))
            or text_of(said.get("title"))
            or text_of(said.get("issue"))
            or text_of(said.get("description"))
        )
        yield _plain(number), _rating(said), said
    elif element.name and not any(
        isinstance(part, dict) and "severity" in part for name, part in said.items() if name != "metadata"
    ):
        metadata = object_of(said.get("metadata")) or said
        yield element.name, _rating(metadata), {**metadata, "files": said.get("files")}
    else:
        # A binary, with one judgement under each protection's name.
        for name, part in said.items():
            if "severity" in (judged := object_of(part)):
                yield name, _rating(judged), {**judged, "files": {text_of(said.get("name")): ""}}


def _is_summary(path: Path, name: str) -> bool:
    """Is this not a finding but what stands beside the list of them?"""
    return len(path) == 2 and (
        name.endswith("_summary")
        or name in {"summary", "certificate_info", "name"}
        or name in _LISTS.values()
        or name == "findings"
    )


def _rating(said: Mapping[str, object]) -> str:
    return (
        text_of(said.get("severity"))
        or text_of(said.get("stat"))
        or text_of(said.get("status"))
        or text_of(said.get("level"))
    ).lower()


def _unit(scan: Scan, host: str, number: str, severity: str, said: Mapping[str, object]) -> Unit:
    if severity in _PASSED:
        return Skip(0, PASSED.fill(severity=severity))
    try:
        if severity not in _SEVERITIES:
            _refuse(severity)
        title = _first(said, "title", "name", "issue", "description", "desc") or number
        files = said.get("files")
        found = Weakness(
            host=host,
            finding_id=number[:200],
            cve=cves([title]),
            title=_plain(title)[:200],
            component=", ".join(list(files)[:3]) if isinstance(files, dict) else None,
            severity=_SEVERITIES[severity],
            cvss=decimal_of(said.get("cvss")) or None,
        )
        return Records(0, (scan.weakness(found),))
    except Fault as fault:
        return rejected(fault)


def _refuse(severity: str) -> None:
    # Where a report is damaged, another text stands in the rating's place; only a word is shown.
    raise Fault(BAD_VALUE.fill(field="severity"), "severity", severity if _WORD.fullmatch(severity) else None)


def _first(said: Mapping[str, object], *names: str) -> str:
    return next(filter(None, (text_of(said.get(name)) for name in names)), "")


def _plain(text: str) -> str:
    return " ".join(_MARKUP.sub(" ", text).split())


reader = RecordReader(
    name="mobsf",
    title=Text("MobSF 行動應用程式檢測報告（JSON）", "MobSF analysis of a mobile app (JSON)"),
    version=1,
    tables=(SCANS, WEAKNESSES),
    recognise=recognise,
    read=read,
    settings=ARTIFACT_SETTINGS,
    excerpt=excerpt,
)
