"""Small worlds of accounts, people and payments for the derivation of staff_money, as the engine would hold them."""

from collections.abc import Mapping, Sequence
from datetime import date

import pyarrow as pa

from chahe.derivations.staff_money import derivation
from chahe.engine.binding import Span
from chahe.engine.deriving import condense
from chahe.engine.embedded import Embedded
from chahe.evidence.schema import arrow_type

Rows = Sequence[Mapping[str, object]]
SPAN = Span(date(2026, 11, 22), date(2025, 11, 23), date(2026, 11, 22))


def derived(engine: Embedded, given: Mapping[str, Rows]) -> list[dict[str, object]]:
    """The rows of staff_money for tables whose rows name the columns that matter; `row_id` is numbered where not given."""
    for table in derivation.reads:
        fields = [pa.field(column.name, arrow_type(column.kind).arrow) for column in table.columns]
        fields += [pa.field("row_id", pa.string()), pa.field("observed_at_us", pa.int64())]
        rows = [
            {"row_id": f"{table.name}#{nth}", "observed_at_us": 0, **row}
            for nth, row in enumerate(given.get(table.name, ()))
        ]
        engine.arrow(table.name, pa.Table.from_pylist(rows, schema=pa.schema(fields)))
    condense(engine, derivation, SPAN)
    return engine.rows("SELECT * FROM staff_money ORDER BY person_id, customer_id NULLS FIRST, number").to_pylist()
