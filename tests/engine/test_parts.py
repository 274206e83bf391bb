"""Rows written to Parquet, and the hours counted on the way."""

from datetime import date
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chahe.engine import parts
from chahe.engine.ledgers import HOUR_US
from chahe.engine.parts import PartWriter, days
from chahe.evidence.catalogue import tables
from chahe.evidence.schema import schema

LOG = tables()["firewall_events"]
NINE = 1_795_309_200_000_000
"""2026-11-22 09:00 in Taipei, 01:00 UTC."""


def rows(*events: tuple[int | None, str | None, int]) -> pa.Table:
    columns = list(zip(*events, strict=True)) or [(), (), ()]
    return pa.table(
        {
            "happened_at_us": pa.array(columns[0], pa.int64()),
            "device": pa.array(columns[1], pa.string()),
            "raw_place": pa.array(columns[2], pa.int64()),
        }
    )


def writer(path: Path, table: str = "firewall_events") -> PartWriter:
    return PartWriter(path, tables()[table], raw_object="ab" * 32, observed_at_us=5)


def test_rows_keep_their_origin_and_their_day(tmp_path: Path) -> None:
    made = writer(tmp_path / "a.parquet")
    made.write(rows((NINE, "fw", 3), (None, None, 4)), part="sheet")
    part = made.close()
    stored = pq.read_table(part.path)
    assert stored.schema.equals(schema(LOG))
    kept = ["happened_at_us", "device", "raw_object", "raw_part", "raw_place", "observed_at_us", "happened_on", "rule"]
    assert stored.select(kept).to_pylist() == [
        dict(zip(kept, (NINE, "fw", "ab" * 32, "sheet", 3, 5, date(2026, 11, 22), None), strict=True)),
        dict(zip(kept, (None, None, "ab" * 32, "sheet", 4, 5, None, None), strict=True)),
    ]
    assert (part.rows, part.first_us, part.last_us) == (2, NINE, NINE)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (NINE - 9 * HOUR_US - 1, date(2026, 11, 21)),
        (NINE - 9 * HOUR_US, date(2026, 11, 22)),
        (-8 * HOUR_US, date(1970, 1, 1)),
        (-8 * HOUR_US - 1, date(1969, 12, 31)),
        (-32 * HOUR_US, date(1969, 12, 31)),
    ],
)
def test_a_day_begins_at_midnight_in_taipei(moment: int, day: date) -> None:
    assert days(pa.array([moment, None])).to_pylist() == [day, None]


def test_a_file_appears_only_when_complete(tmp_path: Path) -> None:
    made = writer(tmp_path / "a.parquet")
    made.write(rows((NINE, "fw", 1)))
    assert not (tmp_path / "a.parquet").exists()
    made.abandon()
    assert list(tmp_path.iterdir()) == []


def test_a_file_may_have_no_rows(tmp_path: Path) -> None:
    part = writer(tmp_path / "a.parquet").close()
    assert (part.rows, part.first_us, len(part.ledger or ())) == (0, None, 0)
    assert pq.read_table(part.path).schema.equals(schema(LOG))


def test_the_same_rows_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "GROUP", 3)
    digests = set()
    for name in ("a", "b"):
        made = writer(tmp_path / name)
        for place in range(1, 11):
            made.write(rows((NINE + place, f"fw{place}", place)))
        digests.add(sha256(made.close().path.read_bytes()).hexdigest())
    assert len(digests) == 1
    assert pq.ParquetFile(tmp_path / "a").num_row_groups == 4


def test_the_first_groups_are_smaller(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a log of few lines is not encoded all at its end."""
    monkeypatch.setattr(parts, "_FIRST_GROUP", 2)
    monkeypatch.setattr(parts, "GROUP", 8)
    made = writer(tmp_path / "a")
    for place in range(1, 26):
        made.write(rows((NINE + place, "fw", place)))
    stored = pq.ParquetFile(made.close().path)
    groups = [stored.metadata.row_group(nth).num_rows for nth in range(stored.num_row_groups)]
    assert groups == [2, 4, 8, 8, 3]
    assert stored.read()["raw_place"].to_pylist() == list(range(1, 26))


def test_it_refuses_a_column_that_the_table_has_not(tmp_path: Path) -> None:
    made = writer(tmp_path / "a.parquet")
    with pytest.raises(ValueError, match="stranger"):
        made.write(pa.table({"stranger": [1], "raw_place": [1]}))
    made.abandon()


def test_what_goes_wrong_while_a_group_is_written_is_raised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "GROUP", 1)
    made = writer(tmp_path / "a.parquet")
    no_text = pa.array([b"\xff"]).dictionary_encode()
    made.write(pa.table({"rule": no_text, "raw_place": [1]}))
    with pytest.raises(pa.ArrowInvalid):
        made.close()
    made.abandon()
    assert list(tmp_path.iterdir()) == []


def test_a_text_that_no_row_has_is_not_written(tmp_path: Path) -> None:
    made = writer(tmp_path / "a.parquet")
    rules = pa.DictionaryArray.from_arrays(pa.array([2, None, 0], pa.int32()), pa.array(["one", "hunter2", "two"]))
    made.write(pa.table({"rule": rules, "raw_place": [1, 2, 3]}))
    made.write(pa.table({"rule": pa.array(["one", "three"]), "raw_place": [4, 5]}))
    stored = made.close().path
    assert pq.read_table(stored)["rule"].to_pylist() == ["two", None, "one", "one", "three"]
    assert b"hunter2" not in stored.read_bytes()


def test_texts_may_come_in_dictionaries(tmp_path: Path) -> None:
    made = writer(tmp_path / "a.parquet")
    devices = [pa.array(names).dictionary_encode() for names in (["fw", "fw2", "fw"], ["fw2", None])]
    for place, device in zip((1, 4), devices, strict=True):
        places = list(range(place, place + len(device)))
        made.write(pa.table({"happened_at_us": [NINE] * len(device), "device": device, "raw_place": places}))
    part = made.close()
    stored = pq.read_table(part.path)
    assert stored.schema.equals(schema(LOG))
    assert stored["device"].to_pylist() == ["fw", "fw2", "fw", "fw2", None]
    assert part.ledger is not None
    assert [(one["subject"], one["records"], one["last_place"]) for one in part.ledger.to_pylist()] == [
        ("fw", 2, 3),
        ("fw2", 2, 4),
    ]


def test_tables_without_a_subject_have_no_hours(tmp_path: Path) -> None:
    made = writer(tmp_path / "a.parquet", "employees")
    part = made.close()
    assert part.ledger is None


def test_the_ledger_tells_the_first_and_last_of_each_hour(tmp_path: Path) -> None:
    made = writer(tmp_path / "a.parquet")
    made.write(rows((NINE + 5, "fw", 1), (NINE, "fw", 2), (NINE, "fw", 3), (NINE + HOUR_US, "fw", 4), (NINE, None, 5)))
    made.write(rows((NINE + 5, "fw", 6), (None, "fw", 7), (NINE - 1, "fw2", 8)), part="two")
    part = made.close()
    names = ("subject", "hour_us", "first_us", "last_us", "records", "first_place", "last_place", "last_part")
    assert part.ledger is not None
    assert part.ledger["stream"].to_pylist() == ["firewall_events"] * 3
    assert [tuple(one[name] for name in names) for one in part.ledger.to_pylist()] == [
        ("fw", NINE, NINE, NINE + 5, 4, 2, 6, "two"),
        ("fw", NINE + HOUR_US, NINE + HOUR_US, NINE + HOUR_US, 1, 4, 4, None),
        ("fw2", NINE - HOUR_US, NINE - 1, NINE - 1, 1, 8, 8, "two"),
    ]
    assert (part.first_us, part.last_us) == (NINE - 1, NINE + HOUR_US)


moments = st.one_of(st.none(), st.integers(-3 * HOUR_US, 3 * HOUR_US), st.sampled_from([0, HOUR_US, HOUR_US - 1]))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(st.tuples(moments, st.sampled_from(["a", "b", None])), max_size=8), max_size=4))
def test_the_ledger_is_the_same_however_rows_are_parted(tmp_path_factory: pytest.TempPathFactory, many: list) -> None:
    made = writer(tmp_path_factory.mktemp("parts") / "a.parquet")
    hours: dict[tuple[str, int], list[tuple[int, int]]] = {}
    place = 0
    for chunk in many:
        placed = []
        for moment, device in chunk:
            place += 1
            placed.append((moment, device, place))
            if moment is not None and device is not None:
                hours.setdefault((device, moment // HOUR_US * HOUR_US), []).append((moment, place))
        made.write(rows(*placed))
    expected = [
        (device, hour, min(seen)[0], max(seen)[0], len(seen), min(seen)[1], max(seen)[1])
        for (device, hour), seen in sorted(hours.items())
    ]
    names = ("subject", "hour_us", "first_us", "last_us", "records", "first_place", "last_place")
    ledger = made.close().ledger
    assert ledger is not None
    assert [tuple(one[name] for name in names) for one in ledger.to_pylist()] == expected
