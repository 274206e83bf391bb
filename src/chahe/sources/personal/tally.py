"""What a whole file holds of personal data, field by field: numbers of one field that behave like a series are left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from chahe.sources.personal.finds import Find, masked
from chahe.sources.personal.words import Word

SHOWN = 3
"""Places kept of each kind."""
_FIELDS = 4096
"""Fields told apart in one file; what comes after them is counted under one."""
_REMEMBERED = 64
_SERIES = 5
_STEP = 20
"""Numbers that lie closer than this, one with the other, were given out one after another, not to persons."""


class Place(NamedTuple):
    """Where in a file something stands. `number` and `part` lead to the record, `shown` is what a person is told."""

    number: int
    part: str | None
    shown: str


class Held(NamedTuple):
    """What a file holds of one kind: how many, the first places, and the first value in its masked form."""

    kind: str
    found: int
    places: tuple[Place, ...]
    sample: str


@dataclass(slots=True)
class _Field:
    """What stands under one field."""

    sound: int = 0
    unsound: int = 0
    low: int = 0
    high: int = 0
    seen: set[int] = field(default_factory=set)
    places: list[Place] = field(default_factory=list)
    sample: str = ""

    def take(self, one: Find, place: Place) -> None:
        number = int(re.sub(r"[^0-9]", "", one.text) or 0)
        self.low = number if not self.sound + self.unsound else min(self.low, number)
        self.high = max(self.high, number)
        if len(self.seen) < _REMEMBERED:
            self.seen.add(number)
        if not one.sound:
            self.unsound += 1
            return
        self.sound += 1
        self.sample = self.sample or masked(one.kind, one.text)
        if len(self.places) < SHOWN:
            self.places.append(place)

    def is_personal(self, word: Word) -> bool:
        """Under an open word: do most pass their check digits (by chance one in ten does), and do they not follow one another?"""
        if not self.sound or word is Word.PERSONAL:
            return bool(self.sound)
        count = len(self.seen) if len(self.seen) < _REMEMBERED else self.sound + self.unsound
        series = len(self.seen) >= _SERIES and self.high - self.low < _STEP * count
        return self.sound >= self.unsound and not series


class Tally:
    """Filled find by find, in the order of the file."""

    def __init__(self) -> None:
        self._fields: dict[tuple[str, str, Word], _Field] = {}

    def take(self, one: Find, place: Place) -> None:
        """Count it, unless its field says that it is something else."""
        if one.word is Word.OTHER:
            return
        key = (one.kind, one.key, one.word)
        if key not in self._fields and len(self._fields) >= _FIELDS:
            key = (one.kind, "", one.word)
        self._fields.setdefault(key, _Field()).take(one, place)

    def held(self) -> Iterator[Held]:
        """Each kind that the file holds, by name."""
        for kind in sorted({kind for kind, _, _ in self._fields}):
            fields = [one for (of, _, word), one in self._fields.items() if of == kind and one.is_personal(word)]
            if fields:
                places = [place for one in fields for place in one.places]
                yield Held(kind, sum(one.sound for one in fields), tuple(places[:SHOWN]), fields[0].sample)
