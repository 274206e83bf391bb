"""Apache Spark, classic or Connect: the same Parquet, the same controls, many machines."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa
import sqlglot

from chahe.engine.compose import Dialect
from chahe.engine.engines import QueryFailed
from chahe.engine.stages import stages

try:
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession
except ImportError as error:  # pragma: no cover - depends on how Chahe was installed
    raise ImportError("Spark is not installed; install chahe[spark]") from error

_SETTINGS = {
    "spark.sql.ansi.enabled": "true",  # a bad cast is an error on both engines, never a silent null
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
}


class Cluster:
    """A Spark session. `sc://…` is Spark Connect; anything else is a classic master."""

    dialect: Dialect = "spark"

    def __init__(self, url: str, scratch: Path | None = None, *, settings: dict[str, str] | None = None) -> None:
        self.name = url
        builder = SparkSession.builder.appName("chahe")
        if url.startswith("sc://"):
            builder = builder.remote(url)
            chosen = {"spark.sql.ansi.enabled": "true", "spark.sql.session.timeZone": "UTC"}
        else:
            # A driver that guesses its own name on a machine without a resolvable one does not start.
            os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
            builder = builder.master(url)
            chosen = dict(_SETTINGS)
            if scratch is not None:
                chosen["spark.sql.warehouse.dir"] = str(scratch / "spark-warehouse")
                chosen["spark.local.dir"] = str(scratch)
        for key, value in (chosen | (settings or {})).items():
            builder = builder.config(key, value)
        self._spark = builder.getOrCreate()
        self._owns = True

    def beside(self) -> "Cluster":
        """Another engine on the same cluster, with relations of its own; closing it closes nothing."""
        made = object.__new__(Cluster)
        made.name = self.name
        made._spark = self._spark.newSession()
        made._owns = False
        return made

    def files(self, relation: str, files: Sequence[Path], schema: pa.Schema) -> None:
        if files:
            parts = self._spark.read.option("mergeSchema", "true").parquet(*[str(file) for file in files])
            held = set(parts.columns)
            columns = [
                field.name if field.name in held else f"CAST(NULL AS {_spark_type(field.type)}) AS {field.name}"
                for field in schema
            ]
            parts.selectExpr(*columns).createOrReplaceTempView(relation)
        else:
            self._spark.sql(_empty(schema)).createOrReplaceTempView(relation)

    def arrow(self, relation: str, rows: pa.Table) -> None:
        """Name an Arrow table as a relation."""
        if len(rows) == 0:
            # Spark Connect infers nothing from an empty table, not even from its schema.
            self._spark.sql(_empty(rows.schema)).createOrReplaceTempView(relation)
            return
        self._spark.createDataFrame(rows).createOrReplaceTempView(relation)

    def view(self, relation: str, sql: str) -> None:
        translated = sqlglot.transpile(sql, read="duckdb", write="spark")[0]
        self._spark.sql(translated).createOrReplaceTempView(relation)

    def keep(self, relation: str, sql: str) -> None:
        with self._steps(sql) as last:
            self._spark.sql(last).localCheckpoint().createOrReplaceTempView(relation)

    def rows(self, sql: str) -> pa.Table:
        with self._steps(sql) as last:
            return self._spark.sql(last).toArrow()

    @contextmanager
    def _steps(self, sql: str) -> Iterator[str]:
        """What is left of a query once relations that it reads again and again are worked out, each once. Raises QueryFailed."""
        steps, last = stages(sql, "step")
        try:
            for step in steps:
                self._spark.sql(step.sql).localCheckpoint().createOrReplaceTempView(step.name)
            yield last
        except PySparkException as error:
            raise QueryFailed(str(error)) from error
        finally:
            for step in steps:
                self._spark.catalog.dropTempView(step.name)

    def close(self) -> None:
        if self._owns:
            self._spark.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _empty(schema: pa.Schema) -> str:
    """A SELECT without rows that has the schema's columns."""
    columns = ", ".join(f"CAST(NULL AS {_spark_type(field.type)}) AS {field.name}" for field in schema)
    return f"SELECT {columns} WHERE FALSE"


def _spark_type(kind: pa.DataType) -> str:
    if pa.types.is_decimal(kind):
        return f"DECIMAL({kind.precision},{kind.scale})"
    return {pa.string(): "STRING", pa.int64(): "BIGINT", pa.bool_(): "BOOLEAN", pa.date32(): "DATE"}[kind]
