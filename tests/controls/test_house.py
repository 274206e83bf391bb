"""Every control keeps the house's rules (`chahe.engine.house`), which a firm's own controls must keep, too."""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest

import chahe.controls
from chahe.controls.catalogue import cases_of, controls
from chahe.controls.model import Control
from chahe.engine.casebook import read_cases
from chahe.engine.embedded import Embedded
from chahe.engine.engines import Engine
from chahe.engine.house import CHECKS, Cased, Check, module_faults, parameters_apart
from chahe.engine.trial import run
from chahe.rules.deck import ITEMS
from controls.deck import DECK

ROOM = Path(chahe.controls.__path__[0])
VALUES = sorted(path for path in ROOM.glob("*/*.py") if path.name != "__init__.py")
SHAPES = {"model.py", "linked.py"}
SHARED = sorted(path for path in ROOM.glob("*.py") if path.name not in {"__init__.py", "catalogue.py", *SHAPES})

every_control = pytest.mark.parametrize("control", controls().values(), ids=controls().keys())


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with Embedded() as embedded:
        yield embedded


@cache
def _cased(name: str) -> Cased:
    control = controls()[name]
    return Cased(control, read_cases(cases_of(control)))


@every_control
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_it_keeps_the_rule(control: Control, check: Check) -> None:
    assert [text.en for text in check(_cased(control.id))] == []


@every_control
def test_every_reason_to_leave_a_row_out_is_cased(engine: Engine, control: Control) -> None:
    seen: set[str] = set()
    for case in _cased(control.id).cases:
        seen |= set(run(engine, control, case).examination.excluded)
        if seen == set(control.exclusions):
            break
    assert seen == set(control.exclusions)


@every_control
def test_amounts_in_its_message_are_said_to_be_money(control: Control) -> None:
    for text in (control.message.zh, control.message.en):
        fields = re.findall(r"NT\$\{(\w+:?\w*)\}|\{(\w+:?\w*)\} 元", text)
        assert [one for pair in fields for one in pair if one and not one.endswith(":money")] == []


@every_control
def test_it_answers_the_deck_items_the_table_gives_it(control: Control) -> None:
    given = {item for item, names in DECK.items() for name in names.split() if fnmatch(control.id, name)}
    assert set(control.deck) == given
    assert len(control.deck) == len(given)


def test_the_decks_items_are_numbered_alike_everywhere() -> None:
    assert list(DECK) == list(ITEMS)


@pytest.mark.parametrize("path", VALUES, ids=lambda path: path.name)
def test_a_control_is_a_value_without_code_that_knows_tables_and_rules_only(path: Path) -> None:
    assert [text.en for text in module_faults(path.read_text("utf-8"))] == []


@pytest.mark.parametrize("path", SHARED, ids=lambda path: path.name)
def test_a_module_that_controls_share_is_no_longer_than_theirs(path: Path) -> None:
    text = path.read_text("utf-8")
    foreign = [one for one in module_faults(text) if "may not be imported" in one.en or "longer" in one.en]
    assert foreign == []
    assert ast.get_docstring(ast.parse(text))


def test_a_parameter_with_the_name_of_a_column_is_refused() -> None:
    sound = controls()["orders-copied"]
    shadowing = replace(sound, parameters={"days": sound.parameters["least_days"]})

    told = [text.en for text in parameters_apart(Cased(shadowing, read_cases(cases_of(sound))))]

    assert len(told) == 1
    assert "the parameter days has the name of a column" in told[0]
