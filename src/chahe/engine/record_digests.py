"""A digest for every record, so that the ledger of a day can tell whether its records are still the same."""

import hashlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from chahe.evidence.model import Shape, Table

WORDS = 8
"""A SHA-256 as words of 32 bits, the most significant first."""
_KIND = pa.binary(4 * WORDS)
_MANY = 20_000
"""From this many texts on it is quicker to load the compiled code than to ask hashlib for each."""
_END, _STAND_IN = "\x1e", "\x1e\x1e"

Words = npt.NDArray[np.uint32]


def is_counted(table: Table) -> bool:
    """Does the ledger count this table's rows by subject and day?"""
    return table.shape is Shape.LOG and table.time is not None and table.covered_by is not None


def of_lines(lines: pa.Array) -> pa.Array:
    """SHA-256 of each line (binary) without its line end."""
    from chahe.sources.scanning.line_digests import line_digests  # noqa: PLC0415 - Numba is imported when a log is read

    _, offsets, data = lines.buffers()
    ends = np.frombuffer(offsets, np.int32)[lines.offset : lines.offset + len(lines) + 1]
    found = line_digests(np.frombuffer(data or b"", np.uint8), ends)
    return pa.Array.from_buffers(_KIND, len(lines), [None, pa.py_buffer(found)])


def of_rows(rows: pa.Table, names: Sequence[str]) -> pa.Array:
    """SHA-256 of what was read of each record: `name=value`, each ended by U+001E, in the order of the columns, nulls left out."""
    told = [_told(name, rows[name]) for name in names if rows[name].null_count < len(rows)]
    blank = pa.array([""] * len(rows), pa.string())
    texts = pc.binary_join_element_wise(*told, blank, "", null_handling="skip")
    texts = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
    if len(texts) >= _MANY:
        return of_lines(texts.cast(pa.binary()))
    digests = [hashlib.sha256(text).digest() for text in texts.cast(pa.binary()).to_pylist()]
    words = np.frombuffer(b"".join(digests), ">u4").astype(np.uint32)
    return pa.Array.from_buffers(_KIND, len(rows), [None, pa.py_buffer(words)])


def words(digests: pa.Array) -> Words:
    """A row of `WORDS` numbers for each digest."""
    whole = digests.combine_chunks() if isinstance(digests, pa.ChunkedArray) else digests
    data = np.frombuffer(whole.buffers()[1], np.uint32)
    return data[WORDS * whole.offset : WORDS * (whole.offset + len(whole))].reshape(-1, WORDS)


def sums(found: Words, begins: npt.NDArray[np.intp]) -> list[int]:
    """The sum of the digests of each run of rows; at most 2**32 rows."""
    columns = np.add.reduceat(found.astype(np.uint64), begins, axis=0)
    return [number(row) for row in columns.tolist()]


def number(words_of_one: Sequence[int]) -> int:
    total = 0
    for word in words_of_one:
        total = (total << 32) + int(word)
    return total


def _told(name: str, column: pa.ChunkedArray) -> pa.Array:
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if not pa.types.is_dictionary(whole.type):
        return _put(name, whole)
    # Of texts that many records have, each is put once.
    return pa.DictionaryArray.from_arrays(whole.indices, _put(name, whole.dictionary)).cast(pa.string())


def _put(name: str, values: pa.Array) -> pa.Array:
    # A value with the sign that ends values would otherwise tell of two columns what another tells of one.
    escaped = pc.replace_substring(values.cast(pa.string()), _END, _STAND_IN)
    return pc.binary_join_element_wise(f"{name}=", escaped, _END, "")
