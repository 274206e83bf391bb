"""Units that come many at once, made rows of their tables in several threads."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import NamedTuple

import pyarrow as pa

from chahe.engine.record_digests import is_counted, of_rows
from chahe.engine.side_by_side import results
from chahe.engine.spelling import typed_columns
from chahe.evidence.catalogue import tables
from chahe.sources.model import Batch, Piece


class BatchRows(NamedTuple):
    """A batch, and by table its rows, with their digests where these are counted by day."""

    batch: Batch
    rows: Mapping[str, pa.Table]
    digests: Mapping[str, pa.Array]


def rows_of(pieces: Iterator[Piece]) -> Iterator[BatchRows]:
    """The batches of a stream's pieces, in order. Raises what the reader raises, and KeyError for a column that a table has not."""
    return results(partial(_rows, made()) for made in results(pieces))


def _rows(batch: Batch) -> BatchRows:
    rows = {name: typed_columns(tables()[name], columns) for name, columns in batch.rows.items()}
    counted = {name: typed for name, typed in rows.items() if is_counted(tables()[name])}
    # A reader of batches has compiled code loaded.
    digests = {name: of_rows(typed, tables()[name].names, many=1) for name, typed in counted.items()}
    return BatchRows(batch, rows, digests)
