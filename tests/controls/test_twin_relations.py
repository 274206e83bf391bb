"""What may be done to the worlds of the twins without changing what the controls say: other names, later, families split …"""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from twins.relations import HOLD_NOT, RELATIONS, said
from twins.worlds import drawn, together

from chahe.controls.catalogue import controls
from chahe.engine.embedded import Embedded
from chahe.engine.engines import Engine

WORLDS = range(1000, 1080)
STRANGERS = range(2000, 2040)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with Embedded() as embedded:
        yield embedded


def _worlds(name: str, seeds: range):
    twin, control = import_module(f"twins.{name.replace('-', '_')}"), controls()[name]
    return control, together([drawn(control, twin.DRAWN, seed, seed) for seed in seeds])


@pytest.mark.parametrize("name", sorted(HOLD_NOT))
def test_what_says_nothing_about_a_breach_changes_nothing_that_a_control_says(engine: Engine, name: str) -> None:
    control, world = _worlds(name, WORLDS)
    for title, relation in RELATIONS.items():
        if title in HOLD_NOT[name]:
            continue
        before = relation.of(world)
        after = relation.change(control, before)
        assert after != before, title
        assert said(engine, control, after, later=relation.later) == said(
            engine, control, before, name=relation.expect
        ), title


@pytest.mark.parametrize("name", sorted(name for name, reasons in HOLD_NOT.items() if "strangers" not in reasons))
def test_strangers_add_what_is_said_of_them_and_change_nothing_else(engine: Engine, name: str) -> None:
    control, world = _worlds(name, WORLDS)
    _, others = _worlds(name, STRANGERS)

    apart = sorted([*said(engine, control, world), *said(engine, control, others)])

    assert said(engine, control, together([world, others])) == apart


def test_every_twin_has_its_relations_told() -> None:
    folder = Path(__file__).parent / "twins"
    stems = {path.stem.replace("_", "-") for path in folder.glob("*.py")}

    assert set(HOLD_NOT) == stems & set(controls())
