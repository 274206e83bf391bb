"""What became of the units that gave no rows: skips and rejects, counted and written to Parquet as they come."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from chahe.engine.store import FATES
from chahe.sources.model import Reject, Skip
from chahe.wording import Text

_BATCH = 20_000

Fate = Literal["skip", "reject"]


class FateWriter:
    """Writes fates to one file, in the order they come, which appears under its name when it is complete."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.draft = path.with_suffix(".draft")
        self.writer: pq.ParquetWriter | None = None
        self.waiting: list[tuple[Fate, str | None, int, Text, str | None, str | None]] = []
        self.skipped: Counter[Text] = Counter()
        """Skips by reason; complete once the file is closed."""

    def skip(self, unit: Skip) -> None:
        self._add(("skip", unit.part, unit.place, unit.why, None, None))

    def reject(self, unit: Reject) -> None:
        self._add(("reject", unit.part, unit.place, unit.why, unit.column, unit.value))

    def columns(self, fate: Fate, units: pa.Table, reasons: Mapping[str, Text]) -> None:
        """Units in columns: `raw_place`, `why` (a key of the reasons) and, of rejects, `bad_column` and `bad_value`."""
        if len(units) == 0:
            return
        self._flush()
        why = units["why"].combine_chunks()
        why = why if pa.types.is_dictionary(why.type) else why.dictionary_encode()
        texts = [reasons[key] for key in why.dictionary.to_pylist()]
        if fate == "skip":
            for entry in pc.value_counts(why.indices).to_pylist():
                self.skipped[texts[entry["values"]]] += entry["counts"]
        nulls = pa.nulls(len(units), pa.string())
        columns = {
            "fate": pa.repeat(pa.scalar(fate), len(units)),
            "raw_part": nulls,
            "raw_place": units["raw_place"],
            "why_zh": pa.array([text.zh for text in texts], pa.string()).take(why.indices),
            "why_en": pa.array([text.en for text in texts], pa.string()).take(why.indices),
            "bad_column": units["bad_column"] if "bad_column" in units.column_names else nulls,
            "bad_value": units["bad_value"] if "bad_value" in units.column_names else nulls,
        }
        self._write(pa.table(columns).cast(FATES))

    def close(self) -> None:
        """Complete the file; there is none when every unit gave rows."""
        self._flush()
        if self.writer is not None:
            self.writer.close()
            self.draft.replace(self.path)

    def abandon(self) -> None:
        """Close the file without completing it; the draft is written over by the next attempt."""
        if self.writer is not None:
            self.writer.close()

    def _add(self, fate: tuple[Fate, str | None, int, Text, str | None, str | None]) -> None:
        self.waiting.append(fate)
        if len(self.waiting) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        if not self.waiting:
            return
        fates, parts, places, whys, columns, values = zip(*self.waiting, strict=True)
        self.skipped.update(why for fate, why in zip(fates, whys, strict=True) if fate == "skip")
        told = (fates, parts, places, [why.zh for why in whys], [why.en for why in whys], columns, values)
        arrays = [pa.array(given, field.type) for given, field in zip(told, FATES, strict=True)]
        self._write(pa.table(arrays, schema=FATES))
        self.waiting = []

    def _write(self, rows: pa.Table) -> None:
        if self.writer is None:
            self.draft.parent.mkdir(parents=True, exist_ok=True)
            self.writer = pq.ParquetWriter(self.draft, FATES, compression="zstd")
        self.writer.write_table(rows)
