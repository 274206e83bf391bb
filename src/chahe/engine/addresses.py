"""One spelling for each IP address, whichever maker wrote it."""

from functools import lru_cache
from ipaddress import IPv6Address, ip_address

import pyarrow as pa
import pyarrow.compute as pc

from chahe.evidence.model import Kind, Table


@lru_cache(maxsize=1 << 16)
def canonical_address(text: str) -> str | None:
    """The canonical spelling (RFC 5952; IPv4-mapped IPv6 as IPv4; zone dropped), or None if it is no address."""
    try:
        address = ip_address(text.strip().split("%", 1)[0])
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(address)


def canonical_addresses(rows: pa.Table, table: Table) -> pa.Table:
    """Rows with every ADDRESS column in canonical spelling; what is no address becomes null.

    The raw line keeps what was written. Each distinct value is looked at once.
    """
    for column in table.columns:
        if column.kind is Kind.ADDRESS and column.name in rows.column_names:
            index = rows.schema.get_field_index(column.name)
            encoded = pc.dictionary_encode(rows[column.name].combine_chunks())
            if isinstance(encoded, pa.ChunkedArray):
                encoded = encoded.combine_chunks()
            spelled = pa.array([canonical_address(value) for value in encoded.dictionary.to_pylist()], pa.string())
            rows = rows.set_column(index, column.name, spelled.take(encoded.indices))
    return rows
