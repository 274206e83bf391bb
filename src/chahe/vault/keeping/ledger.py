"""The ledger of records: for each device or system and day how many, from when to when, and a digest of them in whatever order.

The digest is the sum modulo 2**256 of the SHA-256 of each record, a line without its line end (or, of records that are no
lines, what was read of them). Anyone can make it again from the raw bytes; how strong it is: docs/decisions/0016.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import reduce
from typing import NamedTuple, cast

import rfc8785

from chahe.vault.errors import Malformed, Place

FORMAT = "chahe record ledger 1"
MODULUS = 1 << 256


class Over(StrEnum):
    """What one record's digest is taken over."""

    LINE = "line"
    """The bytes of its line, without CR and LF at the end."""
    ROW = "row"
    """What was read of it: comparable only between readings by one version of one reader."""


class Day(NamedTuple):
    """One device's or system's day, in order of day."""

    day: str
    """ISO 8601, in Asia/Taipei."""
    subject: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many records, the earliest and latest moment (microseconds since 1970, UTC), and the sum of their digests."""

    records: int
    first_us: int
    last_us: int
    digest: int

    def plus(self, other: "Count") -> "Count":
        return Count(
            self.records + other.records,
            min(self.first_us, other.first_us),
            max(self.last_us, other.last_us),
            (self.digest + other.digest) % MODULUS,
        )

    def same_records(self, other: "Count | None") -> bool:
        """Are these the same records, in whatever order?"""
        return other is not None and (self.records, self.digest) == (other.records, other.digest)


class Edges(NamedTuple):
    """The first and the last record of a log as it lies in its file, whatever their times."""

    head: int
    """The first record's digest: what tells a log from the one that took its name."""
    head_us: int
    tail_us: int

    @property
    def newest_us(self) -> int:
        """When the newest record was made, in files that begin with the oldest or with the newest. The greatest of all times
        would not do: one record of a clock gone wrong would make every later file look older."""
        return max(self.head_us, self.tail_us)


@dataclass(frozen=True, slots=True)
class Stream:
    """One evidence table's part of a ledger."""

    over: Over
    edges: Edges
    days: Mapping[Day, Count] = field(default_factory=dict)

    def followed_by(self, tail: "Stream") -> "Stream":
        """This one with the records that were added behind it; their counts stay apart in their own ledgers."""
        days = dict(self.days)
        for day, count in tail.days.items():
            days[day] = days[day].plus(count) if day in days else count
        return Stream(self.over, Edges(self.edges.head, self.edges.head_us, tail.edges.tail_us), days)


@dataclass(frozen=True, slots=True)
class Ledger:
    """What one load counted, by evidence table."""

    streams: Mapping[str, Stream] = field(default_factory=dict)

    def encode(self) -> bytes:
        """Canonical JSON (RFC 8785). Moments and digests are texts: JSON's numbers end at 2**53."""
        told = {name: _told(stream) for name, stream in self.streams.items()}
        # rfc8785 types its input more narrowly than it takes it.
        return rfc8785.dumps(cast("dict[str, str]", {"format": FORMAT, "streams": told}))

    @classmethod
    def decode(cls, data: bytes, place: Place | None = None) -> "Ledger":
        """Reads what `encode` wrote. Raises Malformed."""
        where = place or Place()
        try:
            told = json.loads(data)
            if told["format"] != FORMAT:
                raise Malformed(where, f"is no ledger of the form {FORMAT!r}")
            ledger = cls({name: _read(stream) for name, stream in told["streams"].items()})
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise Malformed(where, f"is no ledger: {type(error).__name__}: {error}") from error
        if ledger.encode() != data:
            raise Malformed(where, "is a ledger, but not in canonical form")
        return ledger


def followed(ledgers: Iterable[Ledger]) -> Ledger:
    """The ledgers of a log and of all that was added to it, in order, as one."""
    return reduce(_followed, ledgers, Ledger())


def still_due(before: Stream, now: Stream) -> list[Day]:
    """The days of a log that a later reading of the same file must still hold; none where the file is another log by now.

    A file that is rotated, or that shows only the last days, loses records lawfully at its beginning, and always has newer
    ones then. So: where nothing newer came, or the first record is the same, all must be there. Else, where some day is the
    same, begins at the same moment, or reaches back further with half as many records at least (one that came late does not), all that follow it, and days before it of which it reaches back as far as it did.
    """
    if now.edges.newest_us <= before.edges.newest_us or now.edges.head == before.edges.head:
        return sorted(before.days)
    same = [day for day, count in before.days.items() if _begins_alike(now.days.get(day), count)]
    if not same:
        return []
    begin = min(same).day
    return sorted(day for day, count in before.days.items() if day.day > begin or _reaches(now.days.get(day), count))


def _begins_alike(now: Count | None, before: Count) -> bool:
    if now is None or now.first_us > before.first_us:
        return False
    return now.same_records(before) or now.first_us == before.first_us or 2 * now.records >= before.records


def _reaches(now: Count | None, before: Count) -> bool:
    return now is not None and now.first_us <= before.first_us


def _followed(log: Ledger, tail: Ledger) -> Ledger:
    streams = dict(log.streams)
    for name, stream in tail.streams.items():
        streams[name] = streams[name].followed_by(stream) if name in streams else stream
    return Ledger(streams)


def _told(stream: Stream) -> dict[str, object]:
    subjects: dict[str, dict[str, list[object]]] = {}
    for day, count in stream.days.items():
        told = [count.records, str(count.first_us), str(count.last_us), hexadecimal(count.digest)]
        subjects.setdefault(day.subject, {})[day.day] = told
    edges = stream.edges
    return {
        "over": stream.over.value,
        "edges": [hexadecimal(edges.head), str(edges.head_us), str(edges.tail_us)],
        "days": subjects,
    }


def _read(told: Mapping[str, object]) -> Stream:
    head, head_us, tail_us = cast("list[str]", told["edges"])
    return Stream(
        Over(cast("str", told["over"])),
        Edges(int(head, 16), int(head_us), int(tail_us)),
        dict(_read_days(cast("Mapping[str, Mapping[str, tuple[int, str, str, str]]]", told["days"]))),
    )


def _read_days(subjects: Mapping[str, Mapping[str, tuple[int, str, str, str]]]) -> Iterator[tuple[Day, Count]]:
    for subject, days in subjects.items():
        for day, (records, first_us, last_us, digest) in days.items():
            yield Day(day, subject), Count(records, int(first_us), int(last_us), int(digest, 16))


def hexadecimal(digest: int) -> str:
    """A digest as it is written: 64 hex digits."""
    return f"{digest:064x}"
