"""Units that come many at once are held to the same law as those that come one by one."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from chahe.engine.intake import Intake, LostUnits, take_in
from chahe.engine.store import Store
from chahe.sources.model import Batch, Context, Piece, RecordReader, Records, Reject, Row, Skip
from chahe.wording import Text

WHY = Text("沒有內容", "nothing in it")


def executions(*places: int) -> dict[str, dict[str, pa.Array]]:
    return {
        "executions": {
            "raw_place": pa.array(places, pa.int64()),
            "executed_at_us": pa.array([0] * len(places), pa.int64()),
            "session": pa.array([" A>B "] * len(places)).dictionary_encode(),
            "execution_id": pa.array([f"X{place}" for place in places]),
        }
    }


def skipped(*places: int) -> tuple[pa.Array, pa.Array]:
    return pa.array(places, pa.int64()), pa.array([0] * len(places), pa.int64())


def take(folder: Path, *batches: Batch) -> Intake:
    def read(_stream: object, _context: Context) -> Iterator[Piece]:
        for batch in batches:
            yield lambda batch=batch: lambda: batch  # type: ignore[misc] # bound now

    reader = RecordReader(
        name="batched",
        title=WHY,
        version=1,
        tables=("executions",),
        recognise=lambda _head: None,
        read=lambda _stream, _context: iter(()),
        batches=read,
    )
    return take_in(Store(folder), "load", reader, lambda: BytesIO(b""), Context(0), raw_object="0" * 64)


ROW = Row("executions", {"executed_at_us": 1, "session": "A>B", "execution_id": "X4"})


def test_rows_skips_and_other_units_of_batches_are_counted_and_kept(tmp_path):
    intake = take(
        tmp_path,
        Batch(
            1,
            4,
            rows=executions(1, 3),
            skipped=skipped(2),
            reasons=(WHY,),
            units=(Records(4, (ROW,)),),
        ),
        Batch(5, 2, units=(Skip(5, WHY), Reject(6, WHY))),
    )
    assert (intake.units, intake.with_rows, intake.skips, intake.rejects) == (6, 3, 2, 1)
    [part] = _parts(tmp_path)
    rows = pq.read_table(part).sort_by("raw_place").to_pylist()
    assert [(row["raw_place"], row["session"], row["execution_id"]) for row in rows] == [
        (1, "a>b", "X1"),
        (3, "a>b", "X3"),
        (4, "a>b", "X4"),
    ]


def _parts(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*.parquet") if "execution_id" in pq.read_schema(path).names]


@pytest.mark.parametrize(
    "batches",
    [
        (Batch(1, 3, rows=executions(1, 2)),),
        (Batch(1, 1, rows=executions(1), skipped=skipped(1), reasons=(WHY,)),),
        (Batch(2, 1, rows=executions(2)),),
        (Batch(1, 1, rows=executions(1)), Batch(3, 1, rows=executions(3))),
    ],
)
def test_a_batch_that_loses_or_doubles_units_is_our_error(tmp_path, batches):
    with pytest.raises(LostUnits):
        take(tmp_path, *batches)


def test_a_column_that_the_table_has_not_is_our_error(tmp_path):
    rows = executions(1)
    rows["executions"]["colour"] = pa.array(["red"])
    with pytest.raises(KeyError, match="colour"):
        take(tmp_path, Batch(1, 1, rows=rows))
