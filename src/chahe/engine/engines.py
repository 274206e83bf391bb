"""What an engine is to the rest: relations in, rows out. DuckDB in this process, or a Spark cluster."""

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import pyarrow as pa

from chahe.engine.compose import Dialect


class Engine(Protocol):
    """Runs the SQL of controls. Raises QueryFailed when a query cannot run; holds no state between audits."""

    @property
    def name(self) -> str: ...

    @property
    def dialect(self) -> Dialect: ...

    def files(self, relation: str, files: Sequence[Path], schema: pa.Schema) -> None:
        """Name Parquet files as one relation of that schema; without files it is empty.

        Files written before a table gained a column hold nothing for it: it is null in their rows.
        """

    def arrow(self, relation: str, rows: pa.Table) -> None:
        """Name an Arrow table as one relation."""

    def view(self, relation: str, sql: str) -> None:
        """Name a SELECT, given in DuckDB's dialect."""

    def keep(self, relation: str, sql: str) -> None:
        """Work out a SELECT, given in this engine's own dialect, once, and name its rows."""

    def rows(self, sql: str) -> pa.Table:
        """Run a SELECT in this engine's own dialect, whole result."""

    def close(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class QueryFailed(Exception):
    """A query could not run; the engine's own words."""


def open_engine(url: str, *, scratch: Path) -> Engine:
    """The engine for `duckdb` (the default) or a Spark master: `local[2]`, `local-cluster[2,1,1024]`, `spark://…`, `sc://…`.

    `scratch` is a folder for what does not fit in memory. ValueError for any other word.
    """
    if url == "duckdb":
        from chahe.engine.embedded import Embedded  # noqa: PLC0415 - each engine's library loads only when it is used

        return Embedded(scratch)
    if url.startswith(("local", "spark://", "sc://", "yarn", "k8s://")):
        from chahe.engine.cluster import Cluster  # noqa: PLC0415 - as above

        return Cluster(url, scratch)
    raise ValueError(
        f"unknown engine {url!r}: use duckdb, local[N], local-cluster[N,C,M], spark://HOST:PORT or sc://HOST:PORT"
    )
