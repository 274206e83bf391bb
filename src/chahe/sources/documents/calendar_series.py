"""Occurrences of calendar events, series expanded by the icalendar and recurring-ical-events libraries. No reader of its own."""

import re
import warnings
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from threading import Lock
from typing import Any, NamedTuple

import icalendar
import recurring_ical_events

from chahe.rules.roc import UnreadableMoment, moment_of
from chahe.sources.documents.calendar_parts import Component
from chahe.wording import Text

_LIBRARY = Lock()
"""icalendar keeps the zones of the last file in one place for all."""
_PLACE = "X-CHAHE-PLACE"
_TIMES = ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID")
_TIME_LINE = re.compile(rf"'?(?:{'|'.join(_TIMES)})\b", re.IGNORECASE)
_TOO_OFTEN = frozenset({"SECONDLY", "MINUTELY"})
_MOST = 20_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BREAKS = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    OverflowError,
    ArithmeticError,
    RecursionError,
    AssertionError,
)
"""What the two libraries raise on events that are not as RFC 5545 has them (found by damaging good ones)."""

BAD_EVENT = Text(
    "這個事件不合 RFC 5545（{problem}），無法可靠讀取；請由行事曆程式修正後重新匯出",
    "this event is not as RFC 5545 has it ({problem}) and cannot be read safely; mend it in the calendar and export it again",
)
NO_BEGIN = Text(
    "這個事件沒有開始時間（DTSTART）；請由行事曆程式修正後重新匯出",
    "this event has no begin (DTSTART); mend it in the calendar and export it again",
)
UNKNOWN_ZONE = Text(
    "事件的時區「{zone}」在檔案中沒有定義；請由行事曆程式重新匯出（含 VTIMEZONE）",
    "the event's zone “{zone}” is not described in the file; export it again from the calendar, with its VTIMEZONE",
)
OTHER_SCALE = Text(
    "這個週期事件以農曆等曆法計算（RSCALE），無法展開；請由行事曆程式改列各次日期後重新匯出",
    "this series recurs by another calendar (RSCALE), as the lunar one, and is not expanded; list its days and export it again",
)
TOO_MANY = Text(
    "這個週期事件的次數超過 2 萬次，不像演練或會議；請確認其週期規則",
    "this series has more than 20,000 occurrences, which no drill or meeting has; check its rule",
)
NONE_NOW = Text(
    "這個事件在觀察時間的前十年到後兩年之間沒有發生（已取消各次，或被較新的版本取代）",
    "this event does not occur from ten years before to two years after the file was taken, or a newer version replaces it",
)


class Occurrence(NamedTuple):
    """One occurrence: the component it came from, and its times in microseconds UTC."""

    place: int
    event: Any
    begins_us: int
    ends_us: int | None
    all_day: bool
    original_us: int | None
    recurs: bool


class BadSeries(Exception):
    """The events of a series cannot be read; `why` says what is wrong and what to do."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


def occurrences(events: list[Component], observed_at_us: int, zone: str) -> list[Occurrence]:
    """All occurrences of the events of one UID, in order of time. Raises BadSeries.

    A series is expanded from ten years before the observation to two years after; a single event is taken whenever it is.
    """
    with _LIBRARY, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library guesses `/maker/Europe/Berlin` right and says that it guessed
        icalendar.use_zoneinfo()  # type: ignore[no-untyped-call]  # forgets the zones of other files
        try:
            return sorted(_expanded(events, observed_at_us, zone), key=lambda one: (one.begins_us, one.place))
        except _BREAKS as problem:
            said = f"{type(problem).__name__}: {problem}".replace("\n", " ")[:120]
            raise BadSeries(BAD_EVENT.fill(problem=said)) from problem
        except UnreadableMoment as problem:
            raise BadSeries(problem.text) from problem


def _expanded(events: list[Component], observed_at_us: int, zone: str) -> Iterator[Occurrence]:
    calendar = icalendar.Calendar.from_ical(_document(events))
    if isinstance(calendar, list):
        raise BadSeries(BAD_EVENT.fill(problem="more than one calendar"))
    found = [one for one in calendar.subcomponents if one.name == "VEVENT"]
    for event in found:
        _check(event)
    recurs = any(event.get("RRULE") or event.get("RDATE") for event in found)
    if not recurs and all(event.get("RECURRENCE-ID") is None for event in found) and len(found) == 1:
        yield _occurrence(found[0], zone, recurs=False)
        return
    observed = _EPOCH + timedelta(microseconds=observed_at_us)
    begin, end = (observed + timedelta(days=days) for days in (-3652, 731))
    if not recurs:
        begin, end = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
    for count, event in enumerate(recurring_ical_events.of(calendar).between(begin, end)):
        if count >= _MOST:
            raise BadSeries(TOO_MANY)
        yield _occurrence(event, zone, recurs=True)


def _document(events: list[Component]) -> str:
    """A calendar of these events and the zones they name, each event with its place."""
    calendar = events[0].calendar
    text = "\n".join(line for event in events for line in event.lines)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-"]
    if "X-WR-TIMEZONE" in calendar.said:
        lines.append(f"X-WR-TIMEZONE:{calendar.said['X-WR-TIMEZONE']}")
    for component in calendar.zones:
        names = [line.partition(":")[2].strip() for line in component.lines if line.upper().startswith("TZID")]
        if component.whole and any(name and name in text for name in names):
            lines += component.lines
    for event in events:
        lines += [event.lines[0], f"{_PLACE}:{event.place}", *event.lines[1:]]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


def _check(event: Any) -> None:  # noqa: ANN401 - a component's properties are untyped
    for name, problem in event.errors:
        if name in _TIMES or (name is None and _TIME_LINE.search(str(problem).partition("parts: ")[2])):
            raise BadSeries(BAD_EVENT.fill(problem=str(problem)[:120]))
    if event.get("DTSTART") is None:
        raise BadSeries(NO_BEGIN)
    for name in ("DTSTART", "DTEND", "RECURRENCE-ID"):
        stated = event.get(name)
        if stated is None:
            continue
        if isinstance(stated, list):
            raise BadSeries(BAD_EVENT.fill(problem=f"{name} stands twice"))
        named = stated.params.get("TZID")
        if named and isinstance(stated.dt, datetime) and stated.dt.tzinfo is None:
            raise BadSeries(UNKNOWN_ZONE.fill(zone=str(named)[:60]))
    _check_rules(event.get("RRULE") or [])


def _check_rules(rules: Any) -> None:  # noqa: ANN401 - as above
    for rule in rules if isinstance(rules, list) else [rules]:
        if {str(one).upper() for one in rule.get("RSCALE", ["GREGORIAN"])} != {"GREGORIAN"}:
            raise BadSeries(OTHER_SCALE)
        if {str(one).upper() for one in rule.get("FREQ", [])} & _TOO_OFTEN:
            raise BadSeries(TOO_MANY)


def _occurrence(event: Any, zone: str, *, recurs: bool) -> Occurrence:  # noqa: ANN401 - as above
    begins = event.start
    ends = event.end
    original = event.get("RECURRENCE-ID")
    all_day = not isinstance(begins, datetime)
    return Occurrence(
        int(str(event.get(_PLACE))),
        event,
        _moment(begins, zone),
        _moment(ends, zone) if ends is not None and _moment(ends, zone) >= _moment(begins, zone) else None,
        all_day,
        _moment(original.dt, zone) if original is not None else None,
        recurs,
    )


def _moment(day: date, zone: str) -> int:
    """Microseconds UTC; days begin at midnight in the zone, and so does what names none."""
    if not isinstance(day, datetime):
        return moment_of(datetime(day.year, day.month, day.day), zone)  # noqa: DTZ001 - moment_of puts the zone in
    return moment_of(day, zone)


def changed_us(event: Mapping[str, Any], zone: str) -> int | None:
    """When the calendar last changed the event: LAST-MODIFIED."""
    changed = event.get("LAST-MODIFIED")
    if changed is None or not isinstance(getattr(changed, "dt", None), datetime):
        return None
    try:
        return _moment(changed.dt, zone)
    except UnreadableMoment:
        return None
