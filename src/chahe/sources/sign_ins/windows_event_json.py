r"""Windows events as collectors forward them in JSON: NXLog, Winlogbeat and other ECS, Wazuh, `evtx_dump`.

    {"EventTime":"2026-03-02 09:02:03","Hostname":"dc01.broker.example","EventID":4625,"SourceName":
        "Microsoft-Windows-Security-Auditing","Keywords":-9218868437227405312,"TargetUserName":"wang.mei", …}     NXLog
    {"@timestamp":"2026-03-02T01:02:03.123Z","winlog":{"event_id":"4625","provider_name":
        "Microsoft-Windows-Security-Auditing","computer_name":"dc01","event_data":{"TargetUserName":"wang.mei"}}}
    {"win":{"system":{"eventID":"4625","providerName":…},"eventdata":{"targetUserName":"wang.mei"}}}              Wazuh 4
    {"Event":{"System":{"EventID":4625,"Provider":{"#attributes":{"Name":…}}},"EventData":{…}}}                  evtx_dump

(The first and the second are one line each.) One a line, in a list, or over several lines; in Elasticsearch's `_source`,
too. What an event becomes is decided in `windows_security`, as of EVTX and XML: the same event gives the same row.
NXLog writes local time without a zone unless told otherwise: then the zone of the context counts. Winlogbeat's
`@timestamp`, and the time of Wazuh and evtx_dump, are UTC. Values that stand in the message only are not looked for.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from typing import BinaryIO, Final
from zoneinfo import ZoneInfo

from chahe.sources.model import Context, Head, Match, RecordReader, Reject, Skip, Unit
from chahe.sources.reading.json_records import JsonRecord, begun, head_objects, json_excerpt, json_records
from chahe.sources.sign_ins.windows_evtx import flat
from chahe.sources.sign_ins.windows_plans import Event
from chahe.sources.sign_ins.windows_security import TABLE, is_ours, not_ours, unit_of
from chahe.wording import Text

Json = Mapping[str, object]

NO_EVENT = Text(
    "這一筆 JSON 不是 Windows 事件（找不到事件代碼與提供者）；請確認匯出的是 NXLog、Winlogbeat、Wazuh 或 evtx_dump 的格式",
    "this JSON is no Windows event (it has no event id with a provider); check that it is an export of NXLog, Winlogbeat, "
    "Wazuh or evtx_dump",
)
_CODE: Final = re.compile(r'"(?:EventID|event_id|eventID)": ?"?(\d{1,6})\b')
_PROVIDER: Final = re.compile(r'"(?:SourceName|provider_name|providerName|source_name)": ?"([^"\\]{1,120})"')
_LOCAL: Final = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d{1,9})?", re.ASCII)
_SUCCESS, _FAILURE = "0x8020000000000000", "0x8010000000000000"
_KEYWORDS: Final = {
    "audit success": _SUCCESS,
    "audit failure": _FAILURE,
    "audit_success": _SUCCESS,
    "audit_failure": _FAILURE,
    "稽核成功": _SUCCESS,
    "稽核失敗": _FAILURE,
    "success": _SUCCESS,
    "failure": _FAILURE,
}
"""How collectors put the two bits that say whether what was audited succeeded."""


def recognise(head: Head) -> Match | None:
    """By the first records: are most of them events in a shape known here?"""
    objects = head_objects(head)
    events = sum(1 for found in objects if _known(found))
    if not events or 2 * events < len(objects):
        return None
    return Match(90, f"{events} of the first {len(objects)} JSON records are Windows events")


def read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    """The events in file order; Unreadable where a list of them breaks."""
    for record in json_records(stream):
        yield _unit(record, context.zone) if isinstance(record, JsonRecord) else record


def _unit(record: JsonRecord, zone: str) -> Unit:
    passed_over = _not_ours(record.text) if record.text is not None else None
    if passed_over is not None:
        return Skip(record.place, passed_over)
    value = record.value()
    if isinstance(value, Reject):
        return value
    event = event_of(value, zone)
    if event is None:
        return Reject(record.place, NO_EVENT, value=begun(record.shown()))
    return unit_of(record.place, event)


def _not_ours(text: str) -> Text | None:
    """Why a line is no event of ours, where that can be told without taking it apart: of a whole one, most can."""
    code = _CODE.search(text)
    provider = _PROVIDER.search(text)
    if code is None or provider is None or not text.rstrip().endswith("}"):
        return None
    # A value may hold JSON of its own: then its quotes are escaped, and neither pattern fits there.
    return None if is_ours(code[1], provider[1]) else not_ours(code[1], provider[1])


def event_of(document: Json, zone: str) -> Event | None:
    """The event that a JSON object is, in whichever shape; null where it is none."""
    inner = _part(document, "_source") or document
    if _part(inner, "Event"):
        return flat(inner)
    win = _part(inner, "win") or _part(_part(inner, "data"), "win")
    if win:
        return _wazuh(win)
    if _part(_part(inner, "windows"), "System"):
        return _engine(_part(inner, "windows"))
    if _part(inner, "winlog"):
        return _winlogbeat(inner, _part(inner, "winlog"))
    if "winlog.event_id" in inner:
        return _winlogbeat(inner, _unfolded(inner, "winlog."))
    if "event_id" in inner and ("event_data" in inner or "computer_name" in inner):
        return _winlogbeat(inner, inner)
    return _nxlog(inner, zone) if "EventID" in inner else None


def _known(document: Json) -> bool:
    inner = _part(document, "_source") or document
    win = _part(inner, "win") or _part(_part(inner, "data"), "win")
    return bool(
        _part(_part(inner, "Event"), "System")
        or _part(win, "system")
        or _part(_part(inner, "windows"), "System")
        or "event_id" in _part(inner, "winlog")
        or "winlog.event_id" in inner
        or ("event_id" in inner and "computer_name" in inner and "log_name" in inner)
        or ("EventID" in inner and "Hostname" in inner and ("SourceName" in inner or "Channel" in inner))
    )


def _nxlog(document: Json, zone: str) -> Event:
    keywords = document.get("Keywords")
    if isinstance(keywords, str) and keywords.lstrip("-").isdecimal():
        keywords = int(keywords[:20])
    if isinstance(keywords, int):
        # A signed number of 64 bits.
        keywords = hex(keywords & 0xFFFF_FFFF_FFFF_FFFF)
    return Event(
        code=_text(document.get("EventID")) or "",
        provider=_text(document.get("SourceName")) or _text(document.get("ProviderName")) or "",
        moment=_moment(_text(document.get("EventTime")), zone),
        computer=_text(document.get("Hostname")) or _text(document.get("Computer")),
        keywords=_keywords(keywords or document.get("EventType")),
        data=document,
        items=_positional(document),
    )


def _winlogbeat(document: Json, winlog: Json) -> Event:
    data = _part(winlog, "event_data") or _part(winlog, "user_data")
    outcome = _part(document, "event").get("outcome", document.get("event.outcome"))
    keywords = winlog.get("keywords")
    return Event(
        code=_text(winlog.get("event_id")) or "",
        provider=_text(winlog.get("provider_name")) or _text(winlog.get("source_name")) or "",
        moment=_text(document.get("@timestamp")),
        computer=_text(winlog.get("computer_name")),
        keywords=_keywords(keywords) or _keywords(outcome),
        data=data,
        items=_positional(data),
    )


def _wazuh(win: Json) -> Event:
    """Wazuh 4 lowers the first letter of each name, and puts UserData beside EventData."""
    system = _part(win, "system")
    data = {
        name[:1].upper() + name[1:]: value
        for part, values in win.items()
        if part != "system" and isinstance(values, dict)
        for name, value in values.items()
    }
    return Event(
        code=_text(system.get("eventID")) or "",
        provider=_text(system.get("providerName")) or "",
        moment=_text(system.get("systemTime")),
        computer=_text(system.get("computer")),
        keywords=_keywords(system.get("keywords")) or _keywords(system.get("severityValue")),
        data=data,
        items=(_text(data.get("Data")) or "",) if "Data" in data else (),
    )


def _engine(windows: Json) -> Event:
    """The event's XML as JSON: attributes with `@`, texts under `#text`."""
    system = _part(windows, "System")
    written = _part(windows, "EventData")
    data = {name: _inner(value) for name, value in written.items() if name != "Data"}
    items: list[str] = []
    listed = written.get("Data")
    for entry in listed if isinstance(listed, list) else [listed]:
        if isinstance(entry, dict) and "@Name" in entry:
            data[str(entry["@Name"])] = _inner(entry)
        elif entry is not None:
            items.append(_inner(entry) or "")
    for part in _part(windows, "UserData").values():
        if isinstance(part, dict):
            data.update((name, _inner(value)) for name, value in part.items() if not name.startswith("@"))
    return Event(
        code=_inner(system.get("EventID")) or "",
        provider=_text(_part(system, "Provider").get("@Name")) or "",
        moment=_text(_part(system, "TimeCreated").get("@SystemTime")),
        computer=_inner(system.get("Computer")),
        keywords=_inner(system.get("Keywords")),
        data=data,
        items=tuple(items),
    )


def _unfolded(document: Json, prefix: str) -> Json:
    """What keys with dots say of one object: `winlog.event_data.TargetUserName`."""
    found: dict[str, object] = {}
    data: dict[str, object] = {}
    for name, value in document.items():
        key = name.removeprefix(prefix)
        if key == name:
            continue
        part, dot, rest = key.partition(".")
        if dot and part in ("event_data", "user_data"):
            data[rest] = value
        else:
            found[key] = value
    return found | ({"event_data": data} if data else {})


def _positional(data: Json) -> tuple[str, ...]:
    """Values without a name, as collectors number them: `param1`, `param2` …"""
    return tuple(str(data[f"param{number}"]) for number in range(1, 20) if data.get(f"param{number}") is not None)


def _keywords(value: object) -> str | None:
    """The keywords in hexadecimal, from a number, words, or a list of words."""
    words = value if isinstance(value, list) else [value]
    for word in words:
        if isinstance(word, str) and word:
            known = _KEYWORDS.get(word.strip().lower())
            if known is not None or word.lower().startswith("0x"):
                return known or word
    return None


@lru_cache(maxsize=1024)
def _moment(written: str | None, zone: str) -> str | None:
    """NXLog's time in ISO 8601: with an offset as it stands, without one as the zone's."""
    if written is None or not _LOCAL.fullmatch(written):
        return written.replace(" ", "T", 1) if written else None
    second, dot, fraction = written.replace(" ", "T").partition(".")
    try:
        moment = datetime.fromisoformat(second).replace(tzinfo=ZoneInfo(zone))
        offset = moment.strftime("%z")
    except (ValueError, OverflowError):
        return written
    return f"{second}{dot}{fraction}{offset[:3]}:{offset[3:5]}"


def _part(value: Json, name: str) -> Json:
    inner = value.get(name)
    return inner if isinstance(inner, dict) else {}


def _inner(value: object) -> str | None:
    """A text, or the one that an element of XML holds."""
    return _text(value.get("#text") if isinstance(value, dict) else value)


def _text(value: object) -> str | None:
    if isinstance(value, bool):
        return None
    return str(value).strip() or None if isinstance(value, str | int) else None


reader = RecordReader(
    name="windows_event_json",
    title=Text(
        "Windows 事件（NXLog、Winlogbeat、Wazuh 等 JSON）", "Windows events (JSON of NXLog, Winlogbeat, Wazuh …)"
    ),
    version=1,
    tables=(TABLE,),
    recognise=recognise,
    read=read,
    excerpt=json_excerpt,
)
