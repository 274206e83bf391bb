"""The components of iCalendar files (RFC 5545, 3.4 to 3.6) as blocks of lines, whole or broken. No reader of its own.

Folded lines (3.1) stay as they are written. What a calendar says of itself (its name, its zones) goes with each of its components.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from chahe.sources.reading.text_lines import Line

_MARK = re.compile(r"(?P<what>BEGIN|END)\s*:\s*(?P<name>[A-Za-z0-9-]{1,60})\s*", re.IGNORECASE)
_OF_CALENDAR = re.compile(r"(?P<name>X-WR-CALNAME|NAME|X-WR-TIMEZONE)(?:;[^:]*)?:(?P<value>.*)", re.IGNORECASE)
_LONGEST = 20_000
"""Lines of one component that are kept; longer ones (pictures) are broken for us."""


@dataclass(slots=True)
class Calendar:
    """What a calendar says of itself."""

    said: dict[str, str] = field(default_factory=dict)
    zones: list["Component"] = field(default_factory=list)


@dataclass(slots=True)
class Component:
    """One component directly within a calendar, with what stands in it."""

    place: int
    name: str
    calendar: Calendar
    lines: list[str] = field(default_factory=list)
    whole: bool = False
    unreadable: bool = False


class _Cutter:
    def __init__(self) -> None:
        self.calendar = Calendar()
        self.open: list[str] = []
        """Names of the components that are open below the calendar, the outermost first."""
        self.now: Component | None = None
        self.place = 0

    def take(self, line: Line) -> Iterator[Component]:
        mark = _MARK.fullmatch(line.text) if line.text is not None else None
        if mark is None:
            self.text(line)
            return
        name = mark["name"].upper()
        begins = mark["what"].upper() == "BEGIN"
        if name == "VCALENDAR":
            yield from self.end()
            self.calendar = Calendar() if begins else self.calendar
        elif begins:
            if self.now is not None and name == "VEVENT":
                yield from self.end()  # events never stand within others: the one before was cut
            self.begin(name, line.text or "")
        elif self.now is not None:
            self.now.lines.append(line.text or "")
            yield from self.closed(name)

    def begin(self, name: str, text: str) -> None:
        if self.now is None:
            self.place += 1
            self.now = Component(self.place, name, self.calendar)
        self.now.lines.append(text)
        self.open.append(name)

    def closed(self, name: str) -> Iterator[Component]:
        if self.open and self.open[-1] == name:
            self.open.pop()
        if not self.open and self.now is not None:
            self.now.whole = True
            yield from self.end()

    def end(self) -> Iterator[Component]:
        if self.now is not None:
            if self.now.name == "VTIMEZONE":
                self.calendar.zones.append(self.now)
            yield self.now
        self.now = None
        self.open = []

    def text(self, line: Line) -> None:
        if self.now is not None:
            self.now.unreadable = self.now.unreadable or line.text is None or len(self.now.lines) > _LONGEST
            if not self.now.unreadable and line.text:
                self.now.lines.append(line.text)
        elif line.text is not None and (said := _OF_CALENDAR.fullmatch(line.text)) is not None:
            self.calendar.said[said["name"].upper()] = said["value"].strip()


def components(lines: Iterable[Line]) -> Iterator[Component]:
    """The components of all calendars of a file, numbered from 1; those that stand outside of any, too."""
    cutter = _Cutter()
    for line in lines:
        yield from cutter.take(line)
    yield from cutter.end()
