"""A digest for every record, so that the ledger of a day can tell whether its records are still the same."""

import hashlib
from collections.abc import Mapping, Sequence

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


def of_rows(rows: pa.Table, names: Sequence[str], *, many: int = _MANY) -> pa.Array:
    """SHA-256 of what was read of each record: `name=value`, each ended by U+001E, in the order of the columns, nulls left out. From `many` on by compiled code."""
    given = {name: _whole(rows[name]) for name in names if rows[name].null_count < len(rows)}
    if len(rows) >= many:
        return _of_many(given, len(rows))
    blank = pa.array([""] * len(rows), pa.string())
    told = (_put(name, column.cast(pa.string())) for name, column in given.items())
    texts = pc.binary_join_element_wise(*told, blank, "", null_handling="skip")
    digests = [hashlib.sha256(text).digest() for text in texts.cast(pa.binary()).to_pylist()]
    words = np.frombuffer(b"".join(digests), ">u4").astype(np.uint32)
    return pa.Array.from_buffers(_KIND, len(rows), [None, pa.py_buffer(words)])


def _of_many(given: Mapping[str, pa.Array], count: int) -> pa.Array:
    from chahe.sources.scanning.joined_texts import Columns, joined  # noqa: PLC0415 - Numba is imported where there is much to join

    whole = [name for name, values in given.items() if values.type == pa.int64()]
    codes, values = np.empty((len(given), count), np.int32), np.empty((len(whole), count), np.int64)
    numbers = np.array([whole.index(name) if name in whole else -1 for name in given], np.int32)
    told = [pa.array([*(f"{name}=" for name in given), _END], pa.string())]
    base = len(told[0])
    for index, (name, column) in enumerate(given.items()):
        if name in whole:
            codes[index] = np.where(_there(column), 0, -1)
            values[numbers[index]] = _known(column).to_numpy()
        else:
            # Of texts that many records have, each is there once.
            numbered = column if pa.types.is_dictionary(column.type) else column.cast(pa.string()).dictionary_encode()
            told.append(_escaped(numbered.dictionary))
            codes[index] = np.where(_there(numbered), _known(numbered.indices).to_numpy() + base, -1)
            base += len(told[-1])
    _, offsets, letters = (every := pa.concat_arrays(told)).buffers()
    edges = np.frombuffer(offsets, np.int32)[: len(every) + 1]
    columns = Columns(codes, np.arange(len(given), dtype=np.int32), len(given), numbers, values)
    data, ends = joined(np.frombuffer(letters or b"", np.uint8), edges, columns)
    return of_lines(pa.Array.from_buffers(pa.binary(), count, [None, pa.py_buffer(ends), pa.py_buffer(data)]))


def _there(values: pa.Array) -> npt.NDArray[np.bool_] | bool:
    """Where a value stands."""
    return values.is_valid().to_numpy(zero_copy_only=False) if values.null_count else True


def _known(numbers: pa.Array) -> pa.Array:
    """Any number for none."""
    return numbers.fill_null(0) if numbers.null_count else numbers


def words(digests: pa.Array) -> Words:
    """A row of `WORDS` numbers for each digest."""
    whole = _whole(digests)
    data = np.frombuffer(whole.buffers()[1], np.uint32)
    return data[WORDS * whole.offset : WORDS * (whole.offset + len(whole))].reshape(-1, WORDS)


def sums(found: Words, begins: npt.NDArray[np.intp]) -> list[int]:
    """The sum of the digests of each run of rows; at most 2**32 rows."""
    columns = np.add.reduceat(found, begins, axis=0, dtype=np.uint64)
    return [number(row) for row in columns.tolist()]


def number(words_of_one: Sequence[int]) -> int:
    total = 0
    for word in words_of_one:
        total = (total << 32) + int(word)
    return total


def _whole(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _put(name: str, values: pa.Array) -> pa.Array:
    return pc.binary_join_element_wise(f"{name}=", _escaped(values.cast(pa.string())), _END, "")


def _escaped(texts: pa.Array) -> pa.Array:
    # A value with the sign that ends values would otherwise tell of two columns what another tells of one.
    if not (np.frombuffer(texts.buffers()[2] or b"", np.uint8) == ord(_END)).any():
        return texts
    return pc.replace_substring(texts, _END, _STAND_IN)
