"""Every case of every control, on both engines, row for row."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue

import pytest

from chahe.controls.catalogue import cases_of, controls
from chahe.controls.model import Control
from chahe.engine.casebook import Case, read_cases
from chahe.engine.cluster import Cluster
from chahe.engine.embedded import Embedded
from chahe.engine.engines import Engine
from chahe.engine.trial import differences

CASES = [
    pytest.param(control, case, id=f"{control.id}: {case.title}")
    for control in controls().values()
    for case in read_cases(cases_of(control))
]
SESSIONS = 2
"""Spark plans a case for longer than it runs it, on one core; two sessions keep two cores busy."""


@pytest.fixture(scope="module")
def embedded() -> Iterator[Engine]:
    with Embedded() as engine:
        yield engine


@pytest.fixture(scope="module")
def on_spark(request: pytest.FixtureRequest, cluster: Cluster) -> Iterator[dict[str, Future[list[str]]]]:
    """The differences on Spark of every case that was asked for, by place, worked out side by side."""
    sessions: SimpleQueue[Cluster] = SimpleQueue()
    for _ in range(SESSIONS):
        sessions.put(cluster.beside())

    def tried(control: Control, case: Case) -> list[str]:
        session = sessions.get()
        try:
            return differences(session, control, case)
        finally:
            sessions.put(session)

    asked = [item.callspec.params for item in request.session.items if "on_spark" in getattr(item, "fixturenames", ())]
    with ThreadPoolExecutor(SESSIONS) as pool:
        yield {one["case"].place: pool.submit(tried, one["control"], one["case"]) for one in asked}
        pool.shutdown(cancel_futures=True)


@pytest.mark.parametrize(("control", "case"), CASES)
def test_a_case_holds_on_duckdb(embedded: Engine, control: Control, case: Case) -> None:
    assert differences(embedded, control, case) == []


@pytest.mark.parametrize(("control", "case"), CASES)
def test_a_case_holds_on_spark(on_spark: dict[str, Future[list[str]]], control: Control, case: Case) -> None:
    del control

    assert on_spark[case.place].result() == []
