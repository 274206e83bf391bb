"""Further tables that some lines of a log give rows for, beside the reader's own."""

from collections.abc import Sequence
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from chahe.engine.addresses import canonical_addresses
from chahe.engine.spelling import spelled
from chahe.evidence.catalogue import tables
from chahe.evidence.schema import arrow_type
from chahe.sources.model import Context, Extra


class BadExtra(Exception):
    """A reader's extra gave what its table does not have: an error of ours, never of the file."""


def extra_rows(
    extras: Sequence[Extra], lines: pa.Array, places: pa.Array, year: pa.Array | None, context: Context
) -> dict[str, pa.Table]:
    """Rows by table, with `raw_place`, of lines that gave rows of the reader's own table. Raises BadExtra."""
    return {extra.table: _rows(extra, lines, places, year, context) for extra in extras}


def _rows(extra: Extra, lines: pa.Array, places: pa.Array, year: pa.Array | None, context: Context) -> pa.Table:
    marked = reduce(pc.or_, (pc.match_substring(lines, mark) for mark in extra.marks))
    lines, places = lines.filter(marked), places.filter(marked)
    told = extra.columns(lines, context, year.filter(marked) if year is not None else None) if len(lines) else {}
    table = tables()[extra.table]
    strangers = set(told) - {"given"} - set(table.names)
    if strangers or any(len(column) != len(lines) for column in told.values()):
        raise BadExtra(
            f"{extra.table}: {len(lines)} lines went in; came out: {sorted(told)}, strangers {sorted(strangers)}"
        )
    columns = {"raw_place": places}
    for column in table.columns:
        kind = arrow_type(column.kind).arrow
        columns[column.name] = (
            spelled(told[column.name], column.kind) if column.name in told else pa.nulls(len(lines), kind)
        )
    rows = canonical_addresses(pa.table(columns), table)
    return rows.filter(told["given"]) if told else rows
