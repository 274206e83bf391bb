"""One spelling for each IP address of a whole column, whichever maker wrote it."""

import pyarrow as pa
import pyarrow.compute as pc

from chahe.evidence.addresses import canonical_address
from chahe.evidence.model import Kind, Table

_OCTET = r"(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_PLAIN = rf"\A{_OCTET}\.{_OCTET}\.{_OCTET}\.{_OCTET}\z"


def canonical_addresses(rows: pa.Table, table: Table) -> pa.Table:
    """Rows with every ADDRESS column in canonical spelling; what is no address becomes null.

    The raw line keeps what was written. Plain IPv4 is canonical already; of the rest each distinct value is looked at once.
    """
    for column in table.columns:
        if column.kind is Kind.ADDRESS and column.name in rows.column_names:
            written = rows[column.name].combine_chunks()
            encoded = written if pa.types.is_dictionary(written.type) else None
            if _all_plain(written if encoded is None else encoded.dictionary):
                continue
            encoded = pc.dictionary_encode(written) if encoded is None else encoded
            spelled = pa.array([canonical_address(value) for value in encoded.dictionary.to_pylist()], pa.string())
            index = rows.schema.get_field_index(column.name)
            rows = rows.set_column(index, column.name, spelled.take(encoded.indices))
    return rows


def _all_plain(values: pa.Array) -> bool:
    return pc.all(pc.match_substring_regex(values, _PLAIN)).as_py() is not False
