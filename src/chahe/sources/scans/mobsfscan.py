"""Results of mobsfscan in JSON: weaknesses in the source code of a mobile app.

    {"errors": [], "mobsfscan_version": "0.4.5",
     "results": {"android_kotlin_hardcoded": {
        "files": [{"file_path": "app/src/Key.kt", "match_lines": [10, 10], "match_string": "…"}],
        "metadata": {"cwe": "CWE-798", "description": "Files may contain hardcoded sensitive information", "severity": "WARNING"}}}}

The results do not name the app: the setting `host` does, and `scanned_at` when it was scanned. The scan is one unit, and each rule;
a rule that matched in several files names the first three. ERROR is high, WARNING medium and INFO low: they are the three grades
of its rules, and INFO is a finding, no mere note. What matched is never shown.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import BinaryIO, Final

from chahe.sources.model import Context, Head, Match, RecordReader, Records, Reject, Unit
from chahe.sources.reading.json_stream import ENTERED, elements, facts, outline
from chahe.sources.reading.replay import Replay
from chahe.sources.reading.xml_stream import numbered
from chahe.sources.scans.scan_report import BAD_VALUE, HOST, SCANS, SETTINGS, WEAKNESSES, Fault
from chahe.sources.scans.scan_rows import Scan, Weakness, json_shown, object_of, objects_of, rejected, text_of
from chahe.wording import Text

_SEVERITIES: Final = {"ERROR": "high", "WARNING": "medium", "INFO": "low"}
_HIDDEN: Final = frozenset({"match_string"})

NO_APP = Text(
    "mobsfscan 的結果沒有寫是哪一個應用程式；請在 chahe.toml 為這個來源設定 host",
    "mobsfscan's results do not name the app; set host for this source in chahe.toml",
)


def recognise(head: Head) -> Match | None:
    """By its results and its version."""
    held = outline(head)
    if ("mobsfscan_version",) in held and ("results",) in held:
        return Match(92, "JSON with mobsfscan's results")
    return None


def read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    """The scan, then its rules in document order; Unreadable where the document breaks."""
    return numbered(unit for unit, _ in _units(stream, context))


def excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    """The JSON of the rule at a place, what matched left out. Raises Unreadable where there is none."""
    return json_shown(_units(stream, Context(0)), place, hide=_HIDDEN)


def _units(stream: BinaryIO, context: Context) -> Iterator[tuple[Unit, object]]:
    replay = Replay(stream)
    version = facts(replay.again(), (("mobsfscan_version",),)).get(("mobsfscan_version",))
    scan = Scan("mobsfscan", "app", context)
    host = scan.artifact("")
    scan.name(host, at_us=scan.at_us)
    lacking = None if host else Reject(0, NO_APP, "host")
    yield lacking or Records(0, (scan.host(host, completed=True),)), {"mobsfscan_version": version}
    for element in elements(replay.again(), (("results", "*"),)):
        if element.value is not ENTERED:
            said = object_of(element.value)
            yield lacking or _unit(scan, host, element.name, said), {element.name: said}
    for unit in scan.declared():
        yield unit, None


def _unit(scan: Scan, host: str, rule: str, said: Mapping[str, object]) -> Unit:
    about = object_of(said.get("metadata"))
    written = text_of(about.get("severity"))
    if written.upper() not in _SEVERITIES:
        return rejected(Fault(BAD_VALUE.fill(field="metadata.severity"), "severity", written))
    files = dict.fromkeys(text_of(one.get("file_path")) for one in objects_of(said.get("files")))
    found = Weakness(
        host=host,
        finding_id=rule,
        title=text_of(about.get("description"))[:200],
        component=", ".join(list(files)[:3]),
        severity=_SEVERITIES[written.upper()],
    )
    try:
        return Records(0, (scan.weakness(found),))
    except Fault as fault:
        return rejected(fault)


reader = RecordReader(
    name="mobsfscan",
    title=Text("mobsfscan 行動應用程式原始碼檢測結果（JSON）", "mobsfscan results for the code of a mobile app (JSON)"),
    version=1,
    tables=(SCANS, WEAKNESSES),
    recognise=recognise,
    read=read,
    settings=(*SETTINGS, replace(HOST, required=True)),
    excerpt=excerpt,
)
