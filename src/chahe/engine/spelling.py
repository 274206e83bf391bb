"""The spelling of a column's texts by its kind, in Arrow, as the engine's SQL has it."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from chahe.engine.addresses import canonical_addresses
from chahe.evidence.model import Kind, Table
from chahe.evidence.schema import arrow_type

_BLANKS = " \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""What SQL's trim takes off: Unicode's space separators."""


_EMPTIED = (Kind.NAME, Kind.TEXT, Kind.ADDRESS)


def spelled(column: pa.Array, kind: Kind) -> pa.Array:
    """The column in its kind's type: NAMEs trimmed and in lower case, empty texts null.

    A dictionary-encoded column stays so, and its dictionary is looked at, not its rows. Of NAMEs each stands there once.
    """
    if not pa.types.is_dictionary(column.type):
        return _spelled(column.cast(arrow_type(kind).arrow), kind)
    texts = _spelled(column.dictionary, kind)
    if texts is column.dictionary or texts.equals(column.dictionary):
        return column
    encoded = pc.dictionary_encode(texts)
    return pa.DictionaryArray.from_arrays(encoded.indices.take(column.indices), encoded.dictionary)


def _spelled(texts: pa.Array, kind: Kind) -> pa.Array:
    if kind is Kind.NAME:
        texts = pc.utf8_lower(pc.utf8_trim(texts, _BLANKS))
    if kind in _EMPTIED and _may_be_empty(texts):
        empty = pc.equal(texts, "")
        texts = pc.if_else(empty, None, texts) if pc.any(empty).as_py() else texts
    return texts


def _may_be_empty(texts: pa.Array) -> bool:
    """Told by the offsets alone: is any of the texts of no length (nulls are, too)?"""
    offsets = np.frombuffer(texts.buffers()[1] or b"", np.int32)[texts.offset : texts.offset + len(texts) + 1]
    return bool((offsets[1:] == offsets[:-1]).any())


def typed_columns(table: Table, columns: Mapping[str, Any]) -> pa.Table:
    """A reader's columns, and `raw_place`, as rows of the table: spelled, typed, and null where it gives none.

    KeyError for a column that the table has not.
    """
    places = columns["raw_place"]
    typed = {"raw_place": places}
    for name in columns.keys() - {"raw_place"}:
        table.column(name)
    for column in table.columns:
        told = columns.get(column.name)
        kind = arrow_type(column.kind).arrow
        typed[column.name] = pa.nulls(len(places), kind) if told is None else spelled(told, column.kind)
    return canonical_addresses(pa.table(typed), table)
