"""Every case of every control, on both engines, row for row."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue

import pytest

from chahe.controls.catalogue import cases_of, controls
from chahe.controls.model import Control
from chahe.engine.casebook import Case, read_cases
from chahe.engine.cluster import Cluster
from chahe.engine.embedded import Embedded
from chahe.engine.engines import Engine
from chahe.engine.trial import compare, differences, span_of
from companies import Company, companies, reaches_sql, seen
from in_parts import logs_of, run_in_parts

CASES = [
    pytest.param(control, case, id=f"{control.id}: {case.title}")
    for control in controls().values()
    for case in read_cases(cases_of(control))
]
SESSIONS = 2
"""Spark plans a scene for longer than it runs it, on one core; two sessions keep two cores busy."""


@pytest.fixture(scope="module")
def embedded() -> Iterator[Engine]:
    with Embedded() as engine:
        yield engine


@pytest.fixture(scope="module")
def on_spark(request: pytest.FixtureRequest, cluster: Cluster) -> Iterator[dict[str, Future[list[str]]]]:
    """The differences on Spark of every control that was asked for, worked out side by side."""
    sessions: SimpleQueue[Cluster] = SimpleQueue()
    for _ in range(SESSIONS):
        sessions.put(cluster.beside())

    def tried(control: Control) -> list[str]:
        session = sessions.get()
        try:
            return differing(session, control)
        finally:
            sessions.put(session)

    asked = [item.callspec.params for item in request.session.items if "on_spark" in getattr(item, "fixturenames", ())]
    with ThreadPoolExecutor(SESSIONS) as pool:
        yield {one["control"].id: pool.submit(tried, one["control"]) for one in asked}
        pool.shutdown(cancel_futures=True)


def differing(session: Cluster, control: Control) -> list[str]:
    """What Spark shows otherwise than the cases expect. A case alone is held to all it says; those in company to what DuckDB
    shows, which is for each of them what it shows alone, and DuckDB is held to what each says."""
    cases = read_cases(cases_of(control))
    with Embedded() as engine:
        every = list(companies(engine, control, cases))
    found = _left_out(control, cases, every)
    for one in every:
        alone = one.cases[0] if len(one.cases) == 1 else None
        told = differences(session, control, alone) if alone else _unlike(session, control, one)
        found += [f"{', '.join(case.place for case in one.cases)}: {text}" for text in told]
    return found


def _left_out(control: Control, cases: Sequence[Case], every: Sequence[Company]) -> list[str]:
    tried = {case.place for one in every for case in one.cases}
    return [f"{one.place}: in no company" for one in cases if reaches_sql(control, one) and one.place not in tried]


def _unlike(session: Cluster, control: Control, company: Company) -> list[str]:
    shows = seen(session, control, company.scene)
    return [] if shows == company.shows else [f"Spark shows {shows}, DuckDB {company.shows}"]


@pytest.mark.parametrize(("control", "case"), CASES)
def test_a_case_holds_on_duckdb(embedded: Engine, control: Control, case: Case) -> None:
    assert differences(embedded, control, case) == []


@pytest.mark.parametrize(("control", "case"), [one for one in CASES if logs_of(one.values[0])])
def test_a_case_holds_where_logs_are_read_in_parts(embedded: Engine, control: Control, case: Case) -> None:
    assert list(compare(control, case, run_in_parts(embedded, control, case), span_of(case))) == []


@pytest.mark.parametrize("control", controls().values(), ids=controls().keys())
def test_every_case_of_a_control_holds_on_spark(on_spark: dict[str, Future[list[str]]], control: Control) -> None:
    assert on_spark[control.id].result() == []
