"""One spelling for each IP address of a whole column, whichever maker wrote it."""

import numpy as np
import numpy.typing as npt
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
            spelled = _spelled(written)
            if spelled is not written:
                rows = rows.set_column(rows.schema.get_field_index(column.name), column.name, spelled)
    return rows


def _spelled(written: pa.Array) -> pa.Array:
    if pa.types.is_dictionary(written.type):
        others = ~_are_plain(written.dictionary)
    else:
        if pc.all(pc.match_substring_regex(written, _PLAIN)).as_py() is not False:
            return written
        written = pc.dictionary_encode(written)
        others = ~pc.match_substring_regex(written.dictionary, _PLAIN).to_numpy(zero_copy_only=False)
    if not others.any():
        return written
    texts, mask = written.dictionary, pa.array(others)
    canonical = pa.array([canonical_address(text) for text in texts.filter(mask).to_pylist()], pa.string())
    encoded = pc.dictionary_encode(pc.replace_with_mask(texts, mask, canonical))
    return pa.DictionaryArray.from_arrays(encoded.indices.take(written.indices), encoded.dictionary)


def _are_plain(texts: pa.Array) -> npt.NDArray[np.bool_]:
    """Of a reader's dictionary; readers that number their texts are compiled."""
    from chahe.sources.scanning.plain_addresses import are_plain  # noqa: PLC0415 - Numba is imported when a reader needs it, too

    return are_plain(texts)
