"""Makes a derived table a relation of an engine: the rows it is worked out of come from that engine, too."""

from collections.abc import Iterable, Mapping

import pyarrow as pa

from chahe.derivations.model import Condensation, Derivation
from chahe.engine.binding import Span
from chahe.engine.engines import Engine
from chahe.evidence.model import Table
from chahe.evidence.schema import arrow_type
from chahe.rules.periods import day_end_us, day_start_us, taipei_day


def derive(engine: Engine, derivation: Derivation) -> None:
    """Work a table out of relations that are there already, and name it.

    A row is observed when the newest of the rows behind all of them was.
    """
    given: dict[str, list[dict[str, object]]] = {}
    for table in derivation.reads:
        given[table.name] = engine.rows(f"SELECT * FROM {table.name} ORDER BY row_id").to_pylist()
    moments = [row["observed_at_us"] for rows in given.values() for row in rows]
    newest = max((one for one in moments if isinstance(one, int)), default=0)
    _name(engine, derivation.table, derivation.derive(given), newest)


def condense(engine: Engine, condensation: Condensation, span: Span) -> None:
    """The same of many rows: the engine brings together what is looked at, for the audited period."""
    source = f"behind_{condensation.table.name}"
    engine.view(source, condensation.query(day_start_us(span.begin), day_end_us(span.until)))
    newest = 0
    for table in condensation.reads:
        [row] = engine.rows(f"SELECT max(observed_at_us) AS newest FROM {table.name}").to_pylist()
        newest = max(newest, row["newest"] or 0)
    _name(engine, condensation.table, condensation.derive(engine.rows(f"SELECT * FROM {source}")), newest)


def _name(engine: Engine, table: Table, rows: Iterable[Mapping[str, object]], newest: int) -> None:
    made = [_whole(table, row, newest) for row in rows]
    engine.arrow(table.name, pa.Table.from_pylist(made, schema=_schema(table)))


def _whole(table: Table, row: Mapping[str, object], newest: int) -> dict[str, object]:
    whole = {"observed_at_us": newest, **row}
    if table.time is not None:
        at = row.get(table.time)
        whole["happened_on"] = taipei_day(at) if isinstance(at, int) else None
    return whole


def _schema(table: Table) -> pa.Schema:
    fields = [pa.field(column.name, arrow_type(column.kind).arrow) for column in table.columns]
    fields += [pa.field("row_id", pa.string()), pa.field("observed_at_us", pa.int64())]
    if table.time is not None:
        fields.append(pa.field("happened_on", pa.date32()))
    return pa.schema(fields)
