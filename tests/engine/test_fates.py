"""Skips and rejects written as they come, one by one or in columns."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from chahe.engine import fates
from chahe.engine.fates import FateWriter
from chahe.engine.store import FATES
from chahe.sources.model import Reject, Skip
from chahe.wording import Text

BLANK = Text("空白行", "a blank line")
NUMBER = Text("應為數字", "must be a number")


def test_fates_stand_in_the_order_they_came(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fates, "_BATCH", 2)
    writer = FateWriter(tmp_path / "load.parquet")
    writer.skip(Skip(1, BLANK))
    writer.reject(Reject(2, NUMBER, "port", "x", part="sheet"))
    writer.skip(Skip(3, BLANK))
    writer.columns(
        "reject", pa.table({"raw_place": [4], "bad_column": ["port"], "bad_value": ["y"], "why": ["n"]}), {"n": NUMBER}
    )
    writer.columns("skip", pa.table({"raw_place": [5, 6], "why": ["b", "b"]}), {"b": BLANK})
    writer.columns("skip", pa.table({"raw_place": pa.array([], pa.int64()), "why": pa.array([], pa.string())}), {})
    assert list(tmp_path.glob("*.parquet")) == []
    writer.close()
    stored = pq.read_table(tmp_path / "load.parquet")
    assert stored.schema.equals(FATES)
    assert [tuple(row.values()) for row in stored.to_pylist()] == [
        ("skip", None, 1, *BLANK, None, None),
        ("reject", "sheet", 2, *NUMBER, "port", "x"),
        ("skip", None, 3, *BLANK, None, None),
        ("reject", None, 4, *NUMBER, "port", "y"),
        ("skip", None, 5, *BLANK, None, None),
        ("skip", None, 6, *BLANK, None, None),
    ]
    assert writer.skipped == {BLANK: 4}


def test_there_is_no_file_without_fates(tmp_path: Path) -> None:
    FateWriter(tmp_path / "load.parquet").close()
    assert list(tmp_path.iterdir()) == []


def test_an_abandoned_file_does_not_appear(tmp_path: Path) -> None:
    writer = FateWriter(tmp_path / "load.parquet")
    writer.columns("skip", pa.table({"raw_place": [1], "why": ["b"]}), {"b": BLANK})
    writer.abandon()
    assert not (tmp_path / "load.parquet").exists()
