"""How long objects must stay, what forbids that they go, and what may go. Pure: days and entries come in, a plan comes out.

Calendar periods are counted by the caller (years are not 365 days), who gives for each duty its last day.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from chahe.vault.entries import Kind
from chahe.vault.errors import Held


class TooEarly(Held):
    """An object must stay: until when, and because of what. `earliest` is None where no day can be told."""

    def __init__(self, item: "Item", earliest: date | None, duties: Sequence["Duty"], holds: Sequence[str]) -> None:
        because = [f"{duty.rule} until {duty.until.isoformat()}" for duty in duties]
        because += [f"hold {name}" for name in holds]
        because += ["it is the newest version of its file"] if item.in_use else []
        when = f"not before {earliest.isoformat()}" if earliest else "no day can be told"
        super().__init__(f"object {item.object} must stay ({'; '.join(because)}): {when}")
        self.item = item
        self.earliest = earliest
        self.duties = tuple(duties)
        self.holds = tuple(holds)


class NotTwoPeople(Held):
    """What needs two different people was asked by one, or by none."""


@dataclass(frozen=True, slots=True)
class Days:
    """From one day to another, both included; None: without a bound."""

    first: date | None
    last: date | None

    def touches(self, other: "Days") -> bool:
        """Is there a day in both? What has no bound may hold any day."""
        return not _is_before(self.last, other.first) and not _is_before(other.last, self.first)


def _is_before(last: date | None, first: date | None) -> bool:
    return last is not None and first is not None and last < first


@dataclass(frozen=True, slots=True)
class Duty:
    """A rule for whose sake an object stays."""

    rule: str
    since: date
    """From when the period is counted: the day of the newest record."""
    until: date
    """The last day on which the object must still be held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An object that could go, and what is in it."""

    object: str
    source: str
    path: str
    size: int
    tables: Mapping[str, Days]
    """By evidence table read from it, the days that its records are of."""
    duties: tuple[Duty, ...]
    in_use: bool = False
    """It is the newest version of a list that people keep: it counts until a newer one takes its place."""

    @property
    def free_from(self) -> date:
        """The first day on which no duty keeps it. Raises ValueError for an item without a duty."""
        return max(duty.until for duty in self.duties) + timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """What may not go whatever its period, until the hold is released: a lawsuit, an audit under way."""

    name: str
    why: str
    by: str
    objects: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    tables: Mapping[str, Days] | None = None
    at_us: int = 0

    def forbids(self, item: Item) -> bool:
        """Does it cover the item, or anything that may be in it?"""
        if item.object in self.objects or item.source in self.sources:
            return True
        held = self.tables or {}
        return any(held[table].touches(days) for table, days in item.tables.items() if table in held)

    def described(self) -> dict[str, object]:
        """The members of its entry. Raises ValueError where it covers nothing."""
        if not (self.objects or self.sources or self.tables):
            raise ValueError(f"hold {self.name} covers nothing: name objects, sources or tables")
        return {
            "hold": self.name,
            "why": self.why,
            "by": self.by,
            "objects": sorted(self.objects),
            "sources": sorted(self.sources),
            "tables": {
                table: [day.isoformat() if day else None for day in (days.first, days.last)]
                for table, days in (self.tables or {}).items()
            },
        }


@dataclass(frozen=True, slots=True)
class Kept:
    """An item that must stay, and why."""

    item: Item
    duties: tuple[Duty, ...]
    """Those that are not over yet."""
    holds: tuple[str, ...]

    @property
    def earliest(self) -> date | None:
        """The first day on which it may go; None where a hold or its use must end first, or no duty is known."""
        return None if self.holds or self.item.in_use or not self.item.duties else self.item.free_from


@dataclass(frozen=True, slots=True)
class Plan:
    """What may go on a day, and what may not."""

    day: date
    may_go: tuple[Item, ...]
    kept: tuple[Kept, ...]


def plan(items: Iterable[Item], holds: Iterable[Hold], day: date) -> Plan:
    """Judge every item as of a day, in the order given."""
    held = tuple(holds)
    may_go, kept = [], []
    for item in items:
        found = _kept(item, held, day)
        if found is None:
            may_go.append(item)
        else:
            kept.append(found)
    return Plan(day, tuple(may_go), tuple(kept))


def check_may_go(item: Item, holds: Iterable[Hold], day: date) -> None:
    """Raises TooEarly, or returns."""
    found = _kept(item, tuple(holds), day)
    if found is not None:
        raise TooEarly(item, found.earliest, found.duties, found.holds)


def check_two_people(by: Sequence[str]) -> tuple[str, str]:
    """The two people, as they named themselves. Raises NotTwoPeople; the same name otherwise spelled is one person."""
    names = [unicodedata.normalize("NFKC", name).strip() for name in by]
    if len(names) != 2 or not all(names) or len({"".join(name.split()).casefold() for name in names}) != 2:
        raise NotTwoPeople(f"two different people are needed, given: {', '.join(names) or 'none'}")
    return names[0], names[1]


def holds_in(entries: Iterable[Mapping[str, object]]) -> dict[str, Hold]:
    """The holds in force after entries (HOLD and RELEASE; others are passed over) in the order of the log."""
    found: dict[str, Hold] = {}
    for entry in entries:
        if entry["kind"] == Kind.HOLD:
            hold = _hold(entry)
            found[hold.name] = hold
        elif entry["kind"] == Kind.RELEASE:
            found.pop(str(entry["hold"]), None)
    return found


def deleted_in(entries: Iterable[Mapping[str, object]]) -> set[str]:
    """The objects that DELETION entries say have left."""
    return {str(entry["object"]) for entry in entries if entry["kind"] == Kind.DELETION}


def deletion(
    item: Item, *, stored: Mapping[str, object], parts: Sequence[str], by: tuple[str, str]
) -> dict[str, object]:
    """The members of the entry about an item that leaves; `parts` names the derived files that leave with it."""
    last = max(item.duties, key=lambda duty: duty.until)
    return {
        "object": item.object,
        "source": item.source,
        "path": item.path,
        "stored": dict(stored),
        "parts": list(parts),
        "rule": last.rule,
        "since": last.since.isoformat(),
        "until": last.until.isoformat(),
        "by": list(by),
    }


def _kept(item: Item, holds: Sequence[Hold], day: date) -> Kept | None:
    duties = tuple(duty for duty in item.duties if duty.until >= day)
    names = tuple(sorted(hold.name for hold in holds if hold.forbids(item)))
    # An object of which no duty is known is one whose rule nobody has looked up: it stays.
    if duties or names or item.in_use or not item.duties:
        return Kept(item, duties, names)
    return None


def _hold(entry: Mapping[str, object]) -> Hold:
    tables = cast("Mapping[str, Sequence[str | None]]", entry["tables"])
    return Hold(
        name=str(entry["hold"]),
        why=str(entry["why"]),
        by=str(entry["by"]),
        objects=frozenset(cast("list[str]", entry["objects"])),
        sources=frozenset(cast("list[str]", entry["sources"])),
        tables={
            table: Days(*(date.fromisoformat(day) if day else None for day in days)) for table, days in tables.items()
        },
        at_us=cast("int", entry["at_us"]),
    )
