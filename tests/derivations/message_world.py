"""Messages for tests of what is derived from them."""

from collections.abc import Mapping, Sequence

import pyarrow as pa

from chahe.evidence.messages import table as messages
from chahe.evidence.schema import arrow_type


def messages_of(rows: Sequence[Mapping[str, object]]) -> pa.Table:
    """The table as controls see it; what a row leaves out is null."""
    fields = [pa.field(column.name, arrow_type(column.kind).arrow) for column in messages.columns]
    fields += [
        pa.field("row_id", pa.string()),
        pa.field("observed_at_us", pa.int64()),
        pa.field("happened_on", pa.date32()),
    ]
    return pa.Table.from_pylist([dict(row) for row in rows], schema=pa.schema(fields))
