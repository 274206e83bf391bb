"""Texts that each part of a column numbers its own way, given one numbering: what Parquet writes as one dictionary."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

MANY = 1 << 16
"""Texts of all parts together from which on they are compared by compiled code, which first has to be loaded."""
_MOST = 1 << 30
"""Bytes of all texts: places in them are numbers of 32 bits. To compiled code a text without a byte is none, so there may be none such."""

Ints = npt.NDArray[np.int32]


def one_numbering(column: pa.ChunkedArray) -> pa.DictionaryArray:
    """The column in one dictionary, which holds the texts that rows have, in the order in which the parts name them.

    A text that was left out with its row is not in it, and must not be written.
    """
    dictionaries = [part.dictionary for part in column.chunks]
    if len(dictionaries) > 1 and sum(map(len, dictionaries)) >= MANY:
        every = pa.concat_arrays(dictionaries)
        if every.nbytes < _MOST and pc.min(pc.binary_length(every), skip_nulls=False).as_py():
            return _compared(every, _codes(column, dictionaries))
    unified = column.unify_dictionaries().combine_chunks()
    return _occurring(unified.chunk(0) if isinstance(unified, pa.ChunkedArray) else unified)


def _codes(column: pa.ChunkedArray, dictionaries: list[pa.Array]) -> Ints:
    """Of each row the place of its text in all dictionaries behind one another; -1 for none."""
    codes = np.empty(len(column), np.int32)
    row, base = 0, 0
    for part, texts in zip(column.chunks, dictionaries, strict=True):
        indices = part.indices.fill_null(-1) if part.indices.null_count else part.indices
        of = indices.to_numpy()
        np.add(of, base, out=codes[row : row + len(of)], where=of >= 0, casting="same_kind")
        codes[row : row + len(of)][of < 0] = -1
        row, base = row + len(of), base + len(texts)
    return codes


def _compared(every: pa.Array, codes: Ints) -> pa.DictionaryArray:
    from chahe.sources.scanning.spans import coded, distinct  # noqa: PLC0415 - Numba is imported when there is much to compare

    occurs = np.zeros(len(every) + 1, np.bool_)
    occurs[codes] = True
    edges = np.frombuffer(every.buffers()[1], np.int32)[every.offset : every.offset + len(every) + 1]
    letters = np.frombuffer(every.buffers()[2] or b"", np.uint8)
    where = np.flatnonzero(occurs[:-1]).astype(np.int32)
    begins = edges[where]
    numbers, firsts = distinct(letters, begins, edges[where + 1] - begins)
    of_all = np.full(len(every) + 1, -1, np.int32)
    of_all[where] = numbers
    return coded(of_all[codes], every.take(pa.array(where[firsts])))


def _occurring(numbered: pa.DictionaryArray) -> pa.DictionaryArray:
    size = len(numbered.dictionary)
    occurs = np.zeros(size + 1, np.bool_)
    occurs[(numbered.indices.fill_null(size) if numbered.null_count else numbered.indices).to_numpy()] = True
    if occurs[:-1].all():
        return numbered
    places = pa.array(np.cumsum(occurs, dtype=np.int32) - 1)
    kept = numbered.dictionary.filter(pa.array(occurs[:-1]))
    return pa.DictionaryArray.from_arrays(places.take(numbered.indices), kept)
