"""Reads the Markdown cases that stand beside each control: what is given, and what is expected.

A case is a section `## what it shows`, then lines of:

    as of 2026-11-22            the as-of day (2026-11-22 unless said)
    period 2026-01-01 .. 2026-11-22
    firm internet_orders = true
    set max_age = 2             a parameter of the firm's own
    observed user_accounts 2026-09-01
    rejects user_accounts 3 of 10
    hole auth_events 2026-10-03

a table's name alone on a line and a Markdown table of its rows (headings only: loaded, and empty; a table not named
was never loaded; columns left out are null), and

    expect deficient            or conforming, unevidenced, not applicable, error
    population 3 examined 2
    left out retired_long_ago 1
    margin 2026-11-23

with a Markdown table of the exceptions (or, under `undetermined`, of the rows that could not be judged; `undetermined none`: no row), and quoted lines:
for exceptions the whole message, in Chinese or English; for other outcomes a part of the reason. A cell `A .. B by 1d` (or `7d`, `1h`) stands for one row each.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from chahe.engine.outcome import Outcome
from chahe.evidence.catalogue import tables
from chahe.evidence.model import Column, Kind, Table
from chahe.rules.periods import day_start_us

AS_OF = date(2026, 11, 22)


class BadCase(Exception):
    """A case that cannot be read: file, line and what is wrong."""


@dataclass
class Case:
    """One case. `given` holds rows by table with typed values; `expected` rows are text, as written."""

    title: str
    place: str
    as_of: date = AS_OF
    period: tuple[date, date] | None = None
    facts: dict[str, bool] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    observed: dict[str, date] = field(default_factory=dict)
    rejects: dict[str, tuple[int, int]] = field(default_factory=dict)
    holes: dict[str, list[date]] = field(default_factory=dict)
    given: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    outcome: Outcome | None = None
    population: tuple[int, int] | None = None
    """Candidates and examined."""
    excluded: dict[str, int] = field(default_factory=dict)
    """How many rows were left out, by the control's exclusion key; compared only where the case says it."""
    margin: date | None = None
    expected: list[dict[str, str]] = field(default_factory=list)
    expected_undetermined: list[dict[str, str]] = field(default_factory=list)
    clear: bool = False
    """No row is undetermined: said by `undetermined none`."""
    quotes: list[str] = field(default_factory=list)


def read_cases(path: Path) -> list[Case]:
    """Every case of a file, in order. Raises BadCase with file and line."""
    cases: list[Case] = []
    reader: _CaseReader | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        place = f"{path.name}:{number}"
        if line.startswith("## "):
            reader = _CaseReader(Case(line[3:].strip(), place))
            cases.append(reader.case)
        elif reader is not None:
            try:
                reader.take(line.strip())
            except (ValueError, KeyError) as error:
                raise BadCase(f"{place}: {line.strip()!r}: {error}") from error
    for case in cases:
        if case.outcome is None:
            raise BadCase(f"{case.place}: the case expects nothing")
    return cases


class _CaseReader:
    """Takes a case's lines one after another."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.table: Table | None = None
        self.headings: list[str] | None = None
        self.target: list[dict[str, str]] | None = None

    def take(self, line: str) -> None:
        if line.startswith("|"):
            self._row([cell.strip() for cell in line.strip("|").split("|")])
            return
        self.headings = None
        if not line:
            return
        if line.startswith(">"):
            self.case.quotes.append(line[1:].strip())
        elif line in tables():
            self.table = tables()[line]
            self.target = None
            self.case.given.setdefault(line, [])
        else:
            self._directive(line)

    def _row(self, cells: list[str]) -> None:
        if self.headings is None:
            self.headings = cells
        elif all(set(cell) <= set("-: ") for cell in cells):
            return
        elif len(cells) != len(self.headings):
            raise ValueError(f"{len(cells)} cells under {len(self.headings)} headings")
        elif self.target is not None:
            self.target.append(dict(zip(self.headings, cells, strict=True)))
        elif self.table is not None:
            written = dict(zip(self.headings, cells, strict=True))
            self.case.given[self.table.name] += list(_rows(self.table, written))
        else:
            raise ValueError("a row belongs to no table")

    def _directive(self, line: str) -> None:
        case = self.case
        for pattern, act in _DIRECTIVES:
            found = re.fullmatch(pattern, line)
            if found:
                act(case, found)
                break
        else:
            # A sentence of prose between the parts of a case is welcome, unless it looks like a directive.
            if line.split(" ", 1)[0] in {
                "as",
                "period",
                "firm",
                "set",
                "observed",
                "rejects",
                "hole",
                "expect",
                "margin",
                "population",
                "left",
            }:
                raise ValueError("not understood")
            return
        if line.startswith("expect "):
            self.target = case.expected
        if line == "undetermined":
            self.target = case.expected_undetermined


def _set_period(case: Case, found: re.Match[str]) -> None:
    case.period = (date.fromisoformat(found[1]), date.fromisoformat(found[2]))


_DAY = r"(\d{4}-\d\d-\d\d)"
_DIRECTIVES = (
    (rf"as of {_DAY}", lambda case, found: setattr(case, "as_of", date.fromisoformat(found[1]))),
    (rf"period {_DAY} \.\. {_DAY}", _set_period),
    (r"firm (\w+) = (true|false)", lambda case, found: case.facts.__setitem__(found[1], found[2] == "true")),
    (r"set (\w+) = (.+)", lambda case, found: case.settings.__setitem__(found[1], found[2])),
    (rf"observed (\w+) {_DAY}", lambda case, found: case.observed.__setitem__(found[1], date.fromisoformat(found[2]))),
    (
        r"rejects (\w+) (\d+) of (\d+)",
        lambda case, found: case.rejects.__setitem__(found[1], (int(found[2]), int(found[3]))),
    ),
    (
        rf"hole (\w+) {_DAY}",
        lambda case, found: case.holes.setdefault(found[1], []).append(date.fromisoformat(found[2])),
    ),
    (r"expect (.+)", lambda case, found: setattr(case, "outcome", Outcome(found[1]))),
    (
        r"population (\d+) examined (\d+)",
        lambda case, found: setattr(case, "population", (int(found[1]), int(found[2]))),
    ),
    (r"left out (\w+) (\d+)", lambda case, found: case.excluded.__setitem__(found[1], int(found[2]))),
    (rf"margin {_DAY}", lambda case, found: setattr(case, "margin", date.fromisoformat(found[1]))),
    (r"undetermined none", lambda case, found: setattr(case, "clear", True)),  # noqa: ARG005 - the line says it all
    (r"undetermined", lambda case, found: None),  # noqa: ARG005 - only turns the target, above
)


def _rows(table: Table, written: Mapping[str, str]) -> Iterator[dict[str, object]]:
    """The typed rows that a written row stands for: one, or one for each step of its ranges."""
    ranges = {name: _steps(table.column(name), text) for name, text in written.items() if " .. " in text}
    count = {len(steps) for steps in ranges.values()}
    if len(count) > 1:
        raise ValueError("two ranges in one row have different lengths")
    for index in range(count.pop() if count else 1):
        row: dict[str, object] = {}
        for name, text in written.items():
            if name == "row_id":
                row[name] = f"{text}-{index + 1}" if ranges else text
            elif name in ranges:
                row[name] = ranges[name][index]
            else:
                row[name] = _cell(table.column(name), text)
        yield row


def _steps(column: Column, text: str) -> list[object]:
    found = re.fullmatch(r"(.+?) \.\. (.+?) by (\d+)(d|h)", text)
    if not found:
        raise ValueError("a range is written: FIRST .. LAST by 1d (or 7d, 1h)")
    moment, last = datetime.fromisoformat(found[1]), datetime.fromisoformat(found[2])
    step = timedelta(days=int(found[3])) if found[4] == "d" else timedelta(hours=int(found[3]))
    values: list[object] = []
    while moment <= last:
        values.append(moment.date() if column.kind is Kind.DATE else _moment_us(moment))
        moment += step
    return values


_READ: Mapping[Kind, Callable[[str], object]] = {
    Kind.DATE: date.fromisoformat,
    Kind.MOMENT: lambda text: int(text) if text.isdigit() else _moment_us(datetime.fromisoformat(text)),
    Kind.INTEGER: int,
    Kind.DECIMAL: Decimal,
    Kind.BOOLEAN: lambda text: {"true": True, "false": False}[text],
}


def _cell(column: Column, text: str) -> object:
    if text in ("", "null"):
        return None
    if column.kind is Kind.CHOICE and text not in column.choices:
        raise ValueError(f"{column.name} is one of {', '.join(column.choices)}")
    return _READ.get(column.kind, str)(text)


def _moment_us(moment: datetime) -> int:
    """A clock time in Asia/Taipei, as written in a case."""
    midnight = datetime(moment.year, moment.month, moment.day)  # noqa: DTZ001 - both are the same zone's clock
    return day_start_us(moment.date()) + (moment - midnight) // timedelta(microseconds=1)
