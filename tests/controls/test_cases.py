"""Every case of every control, on both engines, row for row."""

from collections.abc import Iterator

import pytest

from chahe.controls.catalogue import cases_of, controls
from chahe.controls.model import Control
from chahe.engine.casebook import Case, read_cases
from chahe.engine.embedded import Embedded
from chahe.engine.engines import Engine
from chahe.engine.trial import differences

CASES = [
    pytest.param(control, case, id=f"{control.id}: {case.title}")
    for control in controls().values()
    for case in read_cases(cases_of(control))
]


@pytest.fixture(scope="module")
def embedded() -> Iterator[Engine]:
    with Embedded() as engine:
        yield engine


@pytest.mark.parametrize(("control", "case"), CASES)
def test_a_case_holds_on_duckdb(embedded: Engine, control: Control, case: Case) -> None:
    assert differences(embedded, control, case) == []


@pytest.mark.parametrize(("control", "case"), CASES)
def test_a_case_holds_on_spark(cluster: Engine, control: Control, case: Case) -> None:
    assert differences(cluster, control, case) == []
