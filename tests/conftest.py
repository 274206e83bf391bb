"""Fixtures that several rooms of the tests share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from chahe.engine.engines import Engine

# Cases are a few rows each: planning is all the cost, so generated code and shuffles over many files only slow it down.
SMALL = {
    "spark.sql.shuffle.partitions": "1",
    "spark.default.parallelism": "1",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.adaptive.enabled": "false",
    "spark.driver.memory": "1g",
}


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One Spark session for all tests that ask for it."""
    from chahe.engine.cluster import Cluster  # noqa: PLC0415 - a run without Spark tests must not start a JVM

    scratch: Path = tmp_path_factory.mktemp("spark")
    with Cluster("local[2]", scratch, settings=SMALL) as engine:
        yield engine
