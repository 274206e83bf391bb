"""Every control of orders, credit and conduct held against a slow twin in plain Python, on five hundred random small worlds."""

from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from twins.against import differences, examined, told_small
from twins.worlds import World, drawn, together

from chahe.controls.catalogue import controls
from chahe.controls.model import Control
from chahe.engine.embedded import Embedded
from chahe.engine.engines import Engine

# 476 worlds in four sets of tables, told apart by their names; the last ones alone, so that tables are empty, too.
TOGETHER = [range(first, first + 119) for first in range(0, 476, 119)]
ALONE = [range(nth, nth + 1) for nth in range(476, 500)]
TWINS = sorted(
    path.stem for path in (Path(__file__).parent / "twins").glob("*.py") if path.stem.replace("_", "-") in controls()
)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with Embedded() as embedded:
        yield embedded


def _worlds(control: Control, twin: ModuleType, seeds: range) -> World:
    return together([drawn(control, twin.DRAWN, seed, seed) for seed in seeds])


@pytest.mark.parametrize("name", TWINS)
def test_on_random_worlds_a_control_says_what_its_twin_says(engine: Engine, name: str) -> None:
    twin, control = import_module(f"twins.{name}"), controls()[name.replace("_", "-")]
    for seeds in (*TOGETHER, *ALONE):
        world = _worlds(control, twin, seeds)
        if differences(engine, control, twin, world):
            pytest.fail(told_small(engine, control, twin, world))


@pytest.mark.parametrize("name", TWINS)
def test_the_worlds_hold_every_outcome_and_every_reason(engine: Engine, name: str) -> None:
    twin, control = import_module(f"twins.{name}"), controls()[name.replace("_", "-")]
    said = examined(engine, control, _worlds(control, twin, TOGETHER[0]))

    assert len(said.exceptions) >= 10
    assert {row.get("defect") for row in said.exceptions} >= set(getattr(twin, "DEFECTS", ()))
    assert set(said.excluded) == set(control.exclusions)
    assert set(Counter(row["why"] for row in said.undetermined)) == set(control.unclear) - getattr(
        twin, "UNSEEN", set()
    )
