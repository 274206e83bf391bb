"""Calendars as iCalendar files (RFC 5545): drills, reviews and meetings of Outlook, Google Calendar, Thunderbird, Apple and others.

    BEGIN:VCALENDAR
    X-WR-CALNAME:資訊安全
    BEGIN:VEVENT
    UID:drill-2026@firm.example
    DTSTART;TZID=Asia/Taipei:20260302T100000
    DTEND;TZID=Asia/Taipei:20260302T120000
    RRULE:FREQ=MONTHLY;BYDAY=1MO
    SUMMARY:備援演練
    ORGANIZER;CN=王小梅:mailto:mei@firm.example
    ATTENDEE;PARTSTAT=ACCEPTED:mailto:hua@firm.example
    STATUS:CONFIRMED
    END:VEVENT
    END:VCALENDAR

One unit is one component directly within a calendar. A series has a row for each occurrence from ten years before to two years after the file was
taken; moved and cancelled ones, added and excepted days are as the calendar shows them. Times that name no zone are in the context's. Tasks, journals, zones
and alarms are skipped. Passwords of meetings in descriptions and addresses are left out.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, BinaryIO

from chahe.sources.documents.calendar_parts import Component, components
from chahe.sources.documents.calendar_series import NONE_NOW, BadSeries, Occurrence, changed_us, occurrences
from chahe.sources.model import (
    Context,
    Head,
    Match,
    RecordReader,
    Records,
    Reject,
    Row,
    Setting,
    Skip,
    Unit,
)
from chahe.sources.reading.text_lines import head_lines, text_lines
from chahe.wording import Text

_STATES = {"CONFIRMED": "confirmed", "TENTATIVE": "tentative", "CANCELLED": "cancelled"}
_BEGIN = re.compile(
    r"BEGIN\s*:\s*(?P<name>VCALENDAR|VEVENT|VTODO|VJOURNAL|VFREEBUSY|VTIMEZONE|VALARM|VAVAILABILITY)\s*", re.IGNORECASE
)
_SECRET = re.compile(
    r"(?P<name>(?:(?:(?<=\\n)|(?<=\\N)|(?<![A-Za-z]))(?:pass(?:word|code)|pwd|pin)|密碼|會議密碼|通行碼)\s*(?:is|為|是)?\s*[:：=]\s*)[^\s,，;；。<>\"\\]+",
    re.IGNORECASE,
)
_UID = re.compile(r"UID(?:;[^:]*)?:(?P<uid>.*)", re.IGNORECASE)

_SETTINGS = (
    Setting(
        "calendar", Text("行事曆的名稱；不設則用檔案所寫的", "name of the calendar; without it, the one in the file")
    ),
)
_OTHER = Text("待辦、日誌、時區、忙碌時段等，不是事件", "a task, journal, zone or free/busy time, no event")
_CUT = Text(
    "這個事件或項目沒有結尾，檔案可能被截斷；請重新匯出",
    "this event or item has no end, the file may be cut; export it again",
)
_UNREADABLE = Text(
    "這個事件有無法解碼的文字，或長得不像事件；請由行事曆程式以 UTF-8 重新匯出",
    "this event holds text that cannot be decoded, or is longer than any event; export it again as UTF-8",
)


def _recognise(head: Head) -> Match | None:
    first = next((line for line in head_lines(head) if line.strip()), "") if head.data else ""
    found = _BEGIN.fullmatch(first.removeprefix("\ufeff").strip())
    if found is None:
        return None
    return Match(95 if found["name"].upper() == "VCALENDAR" else 70, f"it begins with {found[0].strip()[:40]}")


def _read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    found = list(components(text_lines(stream)))
    series: dict[tuple[int, str], list[Component]] = {}
    for one in found:
        if one.name == "VEVENT" and one.whole and not one.unreadable:
            series.setdefault((id(one.calendar), _uid(one) or f"\0{one.place}"), []).append(one)
    fates: dict[int, Unit] = {}
    for events in series.values():
        fates.update(_fates(events, context))
    for one in found:
        yield fates.get(one.place) or _aside(one)


def _uid(component: Component) -> str:
    return next((told["uid"].strip() for line in component.lines if (told := _UID.fullmatch(line))), "")


def _aside(component: Component) -> Unit:
    """The fate of a component that is no whole event."""
    if component.name != "VEVENT" and component.whole:
        return Skip(component.place, _OTHER)
    return Reject(
        component.place, _UNREADABLE if component.unreadable else _CUT, "event_id", _uid(component)[:80] or None
    )


def _fates(events: list[Component], context: Context) -> dict[int, Unit]:
    """Each event of a series with its rows."""
    try:
        found = occurrences(events, context.observed_at_us, context.zone)
    except BadSeries as bad:
        return {
            one.place: Reject(one.place, _hidden_text(bad.why), "event_id", _uid(one)[:80] or None) for one in events
        }
    rows: dict[int, list[Row]] = {}
    for one in found:
        rows.setdefault(one.place, []).append(_row(one, events[0], context))
    return {
        one.place: Records(one.place, tuple(rows[one.place])) if one.place in rows else Skip(one.place, NONE_NOW)
        for one in events
    }


def _row(one: Occurrence, component: Component, context: Context) -> Row:
    event, said = one.event, component.calendar.said
    attendees = _listed(event.get("ATTENDEE"))
    return Row(
        "calendar_events",
        {
            "event_id": _text(event.get("UID")),
            "calendar": context.settings.get("calendar", "").strip()
            or said.get("X-WR-CALNAME")
            or said.get("NAME")
            or None,
            "begins_at_us": one.begins_us,
            "ends_at_us": one.ends_us,
            "all_day": one.all_day,
            "summary": _text(event.get("SUMMARY")),
            "description": _text(event.get("DESCRIPTION")),
            "location": _text(event.get("LOCATION")),
            "organiser": next((_person(who) for who in _listed(event.get("ORGANIZER"))), None),
            "attendees": "\n".join(_person(who) for who in attendees) or None,
            "accepted": "\n".join(_person(who) for who in attendees if _part(who) == "ACCEPTED") or None,
            "status": _STATES.get((_text(event.get("STATUS")) or "").upper()),
            "categories": _categories(event) or None,
            "recurrence_id_us": one.original_us,
            "recurs": one.recurs,
            "changed_at_us": changed_us(event, context.zone),
        },
    )


def _listed(value: Any) -> list[Any]:  # noqa: ANN401 - properties of the library are untyped
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str | None:  # noqa: ANN401 - as above
    """A property as text; where it stands more than once, the first counts."""
    first = next(iter(_listed(value)), None)
    return _hidden(str(first).replace("\0", "")).strip() or None if first is not None else None


def _hidden(text: str) -> str:
    return _SECRET.sub(lambda found: f"{found['name']}…", text)


def _hidden_text(text: Text) -> Text:
    return Text(_hidden(text.zh), _hidden(text.en))


def _params(who: Any) -> Any:  # noqa: ANN401 - as above
    return getattr(who, "params", {})


def _part(who: Any) -> str:  # noqa: ANN401 - as above
    return str(_params(who).get("PARTSTAT", "")).upper()


def _person(who: Any) -> str:  # noqa: ANN401 - as above
    mail = re.sub("^mailto:", "", str(who).strip(), flags=re.IGNORECASE)
    name = str(_params(who).get("CN", "")).strip()
    return " ".join(f"{name} <{mail}>".split()) if name and name != mail else mail


def _categories(event: Any) -> str:  # noqa: ANN401 - as above
    named: list[str] = []
    for one in _listed(event.get("CATEGORIES")):
        named += [str(name) for name in getattr(one, "cats", [one])]
    return ", ".join(named)


def _excerpt(stream: BinaryIO, place: int, _part: str | None) -> str:
    """The component as written, without passwords; empty where there is none."""
    for component in islice(components(text_lines(stream)), place - 1, place):
        unfolded = re.sub(r"\n[ \t]", "", "\n".join(component.lines))
        return _hidden(unfolded)
    return ""


reader = RecordReader(
    name="icalendar",
    title=Text("行事曆（iCalendar，.ics）", "calendar (iCalendar, .ics)"),
    version=1,
    tables=("calendar_events",),
    recognise=_recognise,
    read=_read,
    settings=_SETTINGS,
    excerpt=_excerpt,
)
