"""How tests run a reader: bytes in, plain Python out, with the law of conservation held on the way."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pytest

from chahe.engine.lines import read_lines
from chahe.engine.readings import ENGINE_REASONS
from chahe.engine.side_by_side import results
from chahe.engine.spelling import typed_columns
from chahe.evidence.catalogue import tables
from chahe.evidence.model import Kind
from chahe.sources.model import (
    Batch,
    Context,
    LineReader,
    Piece,
    Reader,
    RecordReader,
    Records,
    Reject,
    Skip,
    Unit,
    Unreadable,
)
from chahe.wording import Text

NOON_2026_11_22 = 1_795_320_000_000_000
"""2026-11-22T04:00:00Z, noon in Taipei: when test files are observed unless a test says otherwise."""

SHARED_DATA = Path(__file__).parents[2] / "shared" / "data"


def shared_data(*parts: str) -> Path:
    """A real sample file; the test is skipped, saying so, where the samples are absent."""
    path = SHARED_DATA.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"sample data is absent: {Path(*parts)}")
    return path


@dataclass
class Reading:
    """What a reader made of some bytes."""

    units: int = 0
    rows: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    """By table; each row with its `place`, nulls left out."""
    skips: list[tuple[int, Text]] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    places_with_rows: int = 0


def read(reader: Reader, data: bytes, *, observed_at_us: int = NOON_2026_11_22, **settings: str) -> Reading:
    """Run a reader over bytes; asserts rows + skips + rejects = units."""
    context = Context(observed_at_us=observed_at_us, settings=settings)
    reading = _lines(reader, data, context) if isinstance(reader, LineReader) else _records(reader, data, context)
    if isinstance(reader, RecordReader) and reader.batches is not None:
        assert _plain(_batches(reader.batches, data, context)) == _plain(reading), "the same, many at once"
    assert reading.places_with_rows + len(reading.skips) + len(reading.rejects) == reading.units
    return reading


def _lines(reader: LineReader, data: bytes, context: Context) -> Reading:
    reading = Reading()
    kept = reading.rows.setdefault(reader.table_in(context), [])
    reasons = {**reader.reasons, **ENGINE_REASONS}
    for fates in read_lines(reader, lambda: BytesIO(data), context):
        reading.units += fates.lines
        reading.places_with_rows += len(fates.rows)
        kept += _kept(fates.rows)
        for table, rows in fates.extras.items():
            reading.rows.setdefault(table, []).extend(_kept(rows))
        reading.skips += [(skip["raw_place"], reasons[skip["why"]]) for skip in fates.skips.to_pylist()]
        reading.rejects += [
            Reject(one["raw_place"], reasons[one["why"]], one["bad_column"], one["bad_value"])
            for one in fates.rejects.to_pylist()
        ]
    return reading


def _kept(rows: pa.Table) -> list[dict[str, object]]:
    return [
        {"place" if name == "raw_place" else name: value for name, value in row.items() if value is not None}
        for row in rows.to_pylist()
    ]


def _batches(batches: Callable[[BinaryIO, Context], Iterator[Piece]], data: bytes, context: Context) -> Reading:
    """What a reader makes of bytes, many records at once."""
    reading = Reading()
    try:
        for made in results(batches(BytesIO(data), context)):
            batch = made()
            assert batch.first == reading.units + 1, "batches follow on one another"
            reading.units += batch.count
            _others(batch, reading)
            for name, columns in batch.rows.items():
                rows = typed_columns(tables()[name], columns)
                reading.places_with_rows += len(rows)
                reading.rows.setdefault(name, []).extend(_kept(rows))
            if batch.skipped is not None:
                places, whys = (column.to_pylist() for column in batch.skipped)
                reading.skips += [(place, batch.reasons[why]) for place, why in zip(places, whys, strict=True)]
    except Unreadable as stop:
        reading.units += 1
        reading.rejects.append(Reject(stop.place, stop.why, stop.column, stop.value))
    assert reading.places_with_rows + len(reading.skips) + len(reading.rejects) == reading.units
    return reading


def _others(batch: Batch, reading: Reading) -> None:
    """The units of a batch that are no columns."""
    for unit in batch.units:
        assert batch.first <= unit.place < batch.first + batch.count
        _take(reading, unit)


def _plain(reading: Reading) -> Reading:
    """A reading in order of places, names spelled as the engine spells them."""
    rows = {}
    for name, found in sorted(reading.rows.items()):
        names = {column.name for column in tables()[name].columns if column.kind is Kind.NAME}
        spelled = [
            {key: str(value).strip().lower() if key in names else value for key, value in row.items()} for row in found
        ]
        rows[name] = sorted(spelled, key=_place)
    return replace(
        reading,
        rows=rows,
        skips=sorted(reading.skips, key=lambda skip: skip[0]),
        rejects=sorted(reading.rejects, key=lambda reject: reject.place),
    )


def _place(row: dict[str, object]) -> int:
    return int(str(row["place"]))


def _records(reader: Reader, data: bytes, context: Context) -> Reading:
    reading = Reading()
    seen: dict[str | None, int] = {}
    try:
        for unit in reader.read(BytesIO(data), context):
            reading.units += 1
            assert unit.place == seen.get(unit.part, 0) + 1, "places run 1, 2, 3 … within a part"
            seen[unit.part] = unit.place
            _take(reading, unit)
    except Unreadable as stop:
        reading.units += 1
        reading.rejects.append(Reject(stop.place, stop.why, stop.column, stop.value))
    return reading


def _take(reading: Reading, unit: Unit) -> None:
    match unit:
        case Records():
            assert unit.rows, "a unit with records has at least one row"
            reading.places_with_rows += 1
            for row in unit.rows:
                values = {name: value for name, value in row.values.items() if value is not None}
                reading.rows.setdefault(row.table, []).append({"place": unit.place, **values})
        case Skip():
            reading.skips.append((unit.place, unit.why))
        case Reject():
            reading.rejects.append(unit)
