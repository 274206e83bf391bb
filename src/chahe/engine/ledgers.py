"""What is counted of a log while it is read: by subject and clock hour, and by subject and day with a digest of the records."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from chahe.engine import record_digests
from chahe.evidence.model import Table
from chahe.vault.keeping.ledger import MODULUS, Edges, Over

HOUR_US = 3_600_000_000
DAY_US = 24 * HOUR_US
TAIPEI_US = 8 * HOUR_US
"""Asia/Taipei is eight hours ahead of UTC and has had no summer time since 1979."""

HOURS = pa.schema(
    [
        *(pa.field("stream", pa.string()), pa.field("subject", pa.string()), pa.field("hour_us", pa.int64())),
        *(pa.field("first_us", pa.int64()), pa.field("last_us", pa.int64()), pa.field("records", pa.int64())),
        *(pa.field("first_place", pa.int64()), pa.field("last_place", pa.int64())),
        *(pa.field("first_part", pa.string()), pa.field("last_part", pa.string())),
    ]
)
"""One row for each subject and clock hour: how many records, the earliest and the latest and where each stands."""

_DIGEST = "record digest"
_SMALL = np.iinfo(np.uint16).max
"""Numbers of sixteen bits NumPy sorts by counting."""

Numbers = npt.NDArray[np.int64]


@dataclass(slots=True)
class Span:
    """Records of one subject in one hour or day: how many, the earliest and the latest with place and part."""

    first_us: int
    last_us: int
    records: int
    first: tuple[int, str | None]
    last: tuple[int, str | None]

    def take(self, more: "Span") -> None:
        self.records += more.records
        if more.first_us < self.first_us:
            self.first_us, self.first = more.first_us, more.first
        if more.last_us >= self.last_us:
            self.last_us, self.last = more.last_us, more.last


@dataclass(slots=True)
class DayCount:
    """One subject's day, and the sum of its records' digests."""

    span: Span
    digest: int


@dataclass(frozen=True, slots=True)
class _Sorted:
    """Records by subject and time; of those at one moment the one that stands first comes first."""

    at: Numbers
    places: Numbers
    codes: Numbers
    names: list[str]
    part: str | None

    def begins(self, periods: Numbers) -> npt.NDArray[np.intp]:
        """Where each subject's next period begins."""
        codes = self.codes
        return np.flatnonzero(np.r_[True, (codes[1:] != codes[:-1]) | (periods[1:] != periods[:-1])])

    def span(self, begin: int, end: int) -> Span:
        first, last = (int(self.places[begin]), self.part), (int(self.places[end]), self.part)
        return Span(int(self.at[begin]), int(self.at[end]), end - begin + 1, first, last)


class Ledgers:
    """Counts, firsts and lasts in memory that grows with subjects, hours and days only."""

    def __init__(self, table: Table) -> None:
        self.stream = table.name
        self.columns = table.names
        self.time = str(table.time)
        self.subject = str(table.covered_by)
        self.over: Over | None = None
        self.edges: Edges | None = None
        self.hours: dict[tuple[str, int], Span] = {}
        self.days: dict[tuple[str, int], DayCount] = {}
        """By subject and the day's number from 1970-01-01 in Taipei."""
        self.first_us: int | None = None
        self.last_us: int | None = None

    def add(self, rows: pa.Table, part: str | None, digests: pa.Array | None, over: Over = Over.LINE) -> None:
        """Rows with all columns of the table, and their digests, if they are known, and over what these are."""
        if digests is not None:
            rows = rows.append_column(_DIGEST, digests)
        timed = _with(rows, self.time)
        if not len(timed):
            return
        span = pc.min_max(timed[self.time]).as_py()
        self.first_us = span["min"] if self.first_us is None else min(self.first_us, span["min"])
        self.last_us = span["max"] if self.last_us is None else max(self.last_us, span["max"])
        timed = _with(timed, self.subject)
        if len(timed):
            self.over = Over.ROW if digests is None else over
            self._add(timed, part)

    def _add(self, timed: pa.Table, part: str | None) -> None:
        at: Numbers = timed[self.time].to_numpy()
        places: Numbers = timed["raw_place"].to_numpy()
        subjects = timed[self.subject].combine_chunks()
        if not pa.types.is_dictionary(subjects.type):
            subjects = pc.dictionary_encode(subjects)
        codes = subjects.indices.to_numpy().astype(np.int64)
        digests = record_digests.words(
            timed[_DIGEST] if _DIGEST in timed.column_names else record_digests.of_rows(timed, self.columns)
        )
        self._note_edges(at, digests)
        order = _order(places, at, codes)
        found = _Sorted(at[order], places[order], codes[order], subjects.dictionary.to_pylist(), part)
        self._add_hours(found, np.take(digests, order, axis=0))

    def _note_edges(self, at: Numbers, digests: record_digests.Words) -> None:
        head = self.edges or Edges(record_digests.number(digests[0].tolist()), int(at[0]), 0)
        self.edges = head._replace(tail_us=int(at[-1]))

    def _add_hours(self, found: _Sorted, digests: record_digests.Words) -> None:
        hours = found.at // HOUR_US
        begins = found.begins(hours)
        ends = np.r_[begins[1:], len(found.at)] - 1
        sums = record_digests.sums(digests, begins)
        for begin, end, digest in zip(begins.tolist(), ends.tolist(), sums, strict=True):
            subject, hour_us = found.names[found.codes[begin]], int(hours[begin]) * HOUR_US
            more = found.span(begin, end)
            if known := self.hours.get((subject, hour_us)):
                known.take(more)
            else:
                self.hours[subject, hour_us] = replace(more)
            self._add_day((subject, (hour_us + TAIPEI_US) // DAY_US), more, digest)

    def _add_day(self, key: tuple[str, int], more: Span, digest: int) -> None:
        """No hour is of two days: Taipei is whole hours ahead of UTC."""
        known = self.days.get(key)
        if known is None:
            self.days[key] = DayCount(more, digest % MODULUS)
        else:
            known.span.take(more)
            known.digest = (known.digest + digest) % MODULUS

    def table(self) -> pa.Table:
        """HOURS, by subject and hour."""
        rows = [
            (*(self.stream, *key, hour.first_us, hour.last_us, hour.records), *_across(hour.first, hour.last))
            for key, hour in sorted(self.hours.items())
        ]
        columns = zip(*rows, strict=True) if rows else [()] * len(HOURS)
        return pa.table(
            [pa.array(column, field.type) for column, field in zip(columns, HOURS, strict=True)], schema=HOURS
        )


def _with(rows: pa.Table, name: str) -> pa.Table:
    known = pc.is_valid(rows[name])
    return rows if pc.all(known).as_py() else rows.filter(known)


def _across(first: tuple[int, str | None], last: tuple[int, str | None]) -> tuple[int, int, str | None, str | None]:
    return first[0], last[0], first[1], last[1]


def _order(places: Numbers, at: Numbers, codes: Numbers) -> npt.NDArray[np.intp]:
    """By subject, time and place. Records mostly come by time and place already, and what is left are few small numbers to sort."""
    if len(places) and codes.max() <= _SMALL and (places[1:] > places[:-1]).all():
        order = np.argsort(codes.astype(np.uint16), kind="stable")
        ordered, of = at[order], codes[order]
        if ((ordered[1:] >= ordered[:-1]) | (of[1:] != of[:-1])).all():
            return order
    return np.lexsort((places, at, codes))
