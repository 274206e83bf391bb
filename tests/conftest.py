"""Fixtures that several rooms of the tests share."""

import ctypes
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

if TYPE_CHECKING:
    from chahe.engine.cluster import Cluster

ROOM = Path(__file__).parent
# No test is timed: a busy machine must not fail what is right.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

# Cases are a few rows each: planning is all the cost, so generated code and shuffles over many files only slow it down.
SMALL = {
    "spark.sql.shuffle.partitions": "1",
    "spark.default.parallelism": "1",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.adaptive.enabled": "false",
    # Deriving constraints costs a plan of many joins more time than all else, and a few rows gain nothing by it.
    "spark.sql.constraintPropagation.enabled": "false",
    "spark.driver.memory": "3g",
    # The quick compiler only: planning runs through so much code once that the slow one never pays.
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
}


READ_OTHERS = (ROOM / "sources", ROOM / "test_samples.py")
"""The tests that read files of others with libraries that are not Python."""
OVERWRITE = -6
"""`M_PERTURB` of glibc's mallopt(3)."""


@pytest.fixture(scope="module", autouse=True)
def _overwritten(request: pytest.FixtureRequest) -> Iterator[None]:
    """There freed memory is overwritten at once (glibc), so that a library which still uses it fails here and not at a firm's.

    Elsewhere it would only cost: a third of the time, and more.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None or not any(request.path.is_relative_to(place) for place in READ_OTHERS):
        yield
        return
    assert mallopt(OVERWRITE, 0xA5)
    yield
    mallopt(OVERWRITE, 0)


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Cluster"]:
    """One Spark session for all tests that ask for it."""
    from chahe.engine.cluster import Cluster  # noqa: PLC0415 - a run without Spark tests must not start a JVM

    scratch: Path = tmp_path_factory.mktemp("spark")
    with Cluster("local[2]", scratch, settings=SMALL) as engine:
        yield engine


ON_SPARK = (
    "tests/controls/test_cases.py",
    "tests/engine/test_audit.py",
    "tests/engine/test_naming.py",
    "tests/engine/test_older_parts.py",
)
"""Run by one process: a second Spark costs a gibibyte, and the time until its code is loaded and compiled."""
LONGEST = (
    *ON_SPARK,
    "tests/test_samples.py",
    "tests/cli/test_commands.py",
    "tests/sources/test_contract.py",
    "tests/test_demo.py",
    "tests/engine/test_spark_masters.py",
    "tests/simulate/test_firm.py",
)
"""Begun first, so that no core is idle at the end while the other works on one of them."""


class FileByFile(LoadScopeScheduling):  # type: ignore[misc]  # pytest-xdist declares no types
    """Hands a file's tests to one process, and those of all files on Spark to the same."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", maxsplit=1)[0]
        return "spark" if file in ON_SPARK else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> FileByFile:
    return FileByFile(config, log)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: of the others one mostly waits, for a disk, a JVM or a program it started."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    order = {file: place for place, file in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.nodeid.split("::")[0], len(order)))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where everything can be had (CI), a test that was skipped is a test that was not run: the run fails."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") == "true" and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
