"""Makes a derived table a relation of an engine: the rows it is worked out of come from that engine, too."""

from collections.abc import Mapping

import pyarrow as pa

from chahe.derivations.model import Derivation
from chahe.engine.engines import Engine
from chahe.evidence.model import Table
from chahe.evidence.schema import arrow_type
from chahe.rules.periods import taipei_day


def derive(engine: Engine, derivation: Derivation) -> None:
    """Work a table out of relations that are there already, and name it.

    A row is observed when the newest of the rows behind all of them was.
    """
    given: dict[str, list[dict[str, object]]] = {}
    for table in derivation.reads:
        given[table.name] = engine.rows(f"SELECT * FROM {table.name} ORDER BY row_id").to_pylist()
    moments = [row["observed_at_us"] for rows in given.values() for row in rows]
    newest = max((one for one in moments if isinstance(one, int)), default=0)
    made = [_whole(derivation.table, row, newest) for row in derivation.derive(given)]
    engine.arrow(derivation.table.name, pa.Table.from_pylist(made, schema=_schema(derivation.table)))


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
