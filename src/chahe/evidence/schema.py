"""The physical types of evidence: Parquet schemas and SQL types, from the declaration."""

from typing import NamedTuple

import pyarrow as pa

from chahe.evidence.model import Kind, Table


class PhysicalType(NamedTuple):
    """How a kind is stored (Arrow) and what DuckDB calls it."""

    arrow: pa.DataType
    sql: str


_TYPES = {
    Kind.TEXT: PhysicalType(pa.string(), "VARCHAR"),
    Kind.NAME: PhysicalType(pa.string(), "VARCHAR"),
    Kind.ADDRESS: PhysicalType(pa.string(), "VARCHAR"),
    Kind.CHOICE: PhysicalType(pa.string(), "VARCHAR"),
    Kind.INTEGER: PhysicalType(pa.int64(), "BIGINT"),
    Kind.DECIMAL: PhysicalType(pa.decimal128(18, 4), "DECIMAL(18,4)"),
    Kind.BOOLEAN: PhysicalType(pa.bool_(), "BOOLEAN"),
    Kind.DATE: PhysicalType(pa.date32(), "DATE"),
    Kind.MOMENT: PhysicalType(pa.int64(), "BIGINT"),
}

RAW_COLUMNS = (("raw_object", pa.string()), ("raw_part", pa.string()), ("raw_place", pa.int64()))
"""Where a stored row came from; `row_id` is put together from these when a table is read."""


def arrow_type(kind: Kind) -> PhysicalType:
    """The physical type of a kind."""
    return _TYPES[kind]


def schema(table: Table) -> pa.Schema:
    """The Parquet schema of a table: its columns, the Asia/Taipei day it happened on, where it came from, when that was observed."""
    declared = [pa.field(column.name, arrow_type(column.kind).arrow) for column in table.columns]
    raw = [pa.field(name, kind) for name, kind in RAW_COLUMNS]
    day = [pa.field("happened_on", pa.date32())] if table.time is not None else []
    return pa.schema([*declared, *day, *raw, pa.field("observed_at_us", pa.int64())])
