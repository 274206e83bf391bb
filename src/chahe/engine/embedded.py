"""DuckDB, in this process: the engine that needs no server."""

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb
import pyarrow as pa

from chahe.engine.compose import Dialect
from chahe.engine.engines import QueryFailed


class Embedded:
    """An in-memory DuckDB over Parquet files; spills to `scratch`."""

    name = "duckdb"
    dialect: Dialect = "duckdb"

    def __init__(self, scratch: Path | None = None, *, memory: str = "4GiB") -> None:
        # No extension is ever fetched, and no file is read but those that are named.
        config: dict[str, str | bool | int | float | list[str]] = {
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
        self._connection = duckdb.connect(config=config)
        self._connection.execute(
            f"SET memory_limit = '{memory}'; SET preserve_insertion_order = false; SET TimeZone = 'UTC'"
        )
        if scratch is not None:
            self._connection.execute(f"SET temp_directory = {_quoted(scratch)}")

    def files(self, relation: str, files: Sequence[Path], schema: pa.Schema) -> None:
        if files:
            listed = ", ".join(_quoted(file) for file in files)
            parts = f"read_parquet([{listed}], union_by_name = true)"
            held = {row[0] for row in self._connection.execute(f"DESCRIBE SELECT * FROM {parts}").fetchall()}
            columns = ", ".join(
                field.name if field.name in held else f"CAST(NULL AS {_sql_type(field.type)}) AS {field.name}"
                for field in schema
            )
            self._connection.execute(f"CREATE OR REPLACE VIEW {relation} AS SELECT {columns} FROM {parts}")
        else:
            self._connection.register(relation, schema.empty_table())

    def arrow(self, relation: str, rows: pa.Table) -> None:
        """Name an Arrow table as a relation."""
        self._connection.register(relation, rows)

    def view(self, relation: str, sql: str) -> None:
        self._connection.execute(f"CREATE OR REPLACE VIEW {relation} AS {sql}")

    def keep(self, relation: str, sql: str) -> None:
        try:
            self._connection.execute(f"DROP TABLE IF EXISTS {relation}")
            self._connection.execute(f"CREATE TEMP TABLE {relation} AS {sql}")
        except duckdb.Error as error:
            raise QueryFailed(str(error)) from error

    def rows(self, sql: str) -> pa.Table:
        try:
            return self._connection.sql(sql).to_arrow_table()
        except duckdb.Error as error:
            raise QueryFailed(str(error)) from error

    def interrupt(self) -> None:
        """Stop the running query (from another thread or a signal)."""
        self._connection.interrupt()

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _sql_type(kind: pa.DataType) -> str:
    if pa.types.is_decimal(kind):
        return f"DECIMAL({kind.precision}, {kind.scale})"
    return {pa.string(): "VARCHAR", pa.int64(): "BIGINT", pa.bool_(): "BOOLEAN", pa.date32(): "DATE"}[kind]


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
