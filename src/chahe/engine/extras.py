"""Further tables that some lines of a log give rows for, beside the reader's own."""

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from chahe.engine.addresses import canonical_addresses
from chahe.engine.spelling import spelled
from chahe.evidence.catalogue import tables
from chahe.evidence.schema import arrow_type
from chahe.sources.model import Context, Extra


class BadExtra(Exception):
    """A reader's extra gave what its table does not have: an error of ours, never of the file."""


def extra_rows(extras: Sequence[Extra], lines: pa.Array, found: pa.Table, context: Context) -> dict[str, pa.Table]:
    """Rows by table, with `raw_place`, of lines and what was found of each (their `fate`, `place`, and columns). Raises BadExtra."""
    return {extra.table: _rows(extra, lines, found, context) for extra in extras}


def _rows(extra: Extra, lines: pa.Array, found: pa.Table, context: Context) -> pa.Table:
    table = tables()[extra.table]
    marked = _has(found[extra.column], extra.values)
    if marked.any():
        marked &= _has(found["fate"], ("row",))
    if not marked.any():
        return _nothing(table.name)
    looked_at = pa.array(np.flatnonzero(marked))
    lines, own = lines.take(looked_at), found.take(looked_at)
    told = extra.columns(lines, own, context)
    strangers = set(told) - {"given"} - set(table.names)
    if strangers or any(len(column) != len(lines) for column in told.values()):
        raise BadExtra(
            f"{extra.table}: {len(lines)} lines went in; came out: {sorted(told)}, strangers {sorted(strangers)}"
        )
    columns = {"raw_place": own["place"]}
    for column in table.columns:
        kind = arrow_type(column.kind).arrow
        columns[column.name] = (
            spelled(told[column.name], column.kind) if column.name in told else pa.nulls(len(lines), kind)
        )
    rows = canonical_addresses(pa.table(columns), table)
    return rows.filter(told["given"])


@cache
def _nothing(name: str) -> pa.Table:
    columns = [pa.field(column.name, arrow_type(column.kind).arrow) for column in tables()[name].columns]
    return pa.schema([pa.field("raw_place", pa.int64()), *columns]).empty_table()


def _has(column: pa.ChunkedArray, values: Sequence[str]) -> npt.NDArray[np.bool_]:
    """In which rows one of the values stands. Of a dictionary, its texts are looked at."""
    written = column.combine_chunks()
    if not pa.types.is_dictionary(written.type):
        there: npt.NDArray[np.bool_] = pc.is_in(written, pa.array(values, pa.string())).to_numpy(zero_copy_only=False)
        return there
    by_code = np.array([*(text in values for text in written.dictionary.to_pylist()), False])
    codes = pc.fill_null(written.indices, -1) if written.null_count else written.indices
    known: npt.NDArray[np.bool_] = by_code[codes.to_numpy()]
    return known
