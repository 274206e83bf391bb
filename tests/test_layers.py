"""Time and chance are arguments: the rooms that only describe or compute hold no clock and no dice."""

import ast
from pathlib import Path

import pytest

import chahe

HOUSE = Path(chahe.__file__).parent
QUIET_ROOMS = ("evidence", "rules", "sources", "derivations", "controls", "findings", "vault")
CLOCKS = {"now", "today", "utcnow", "time", "time_ns", "monotonic", "perf_counter"}
QUIET_FILES = [path for room in QUIET_ROOMS for path in sorted((HOUSE / room).rglob("*.py"))]


@pytest.mark.parametrize("path", QUIET_FILES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_it_holds_no_clock_and_no_dice(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            assert not {alias.name for alias in node.names} & {"time", "random", "secrets", "uuid"}
        if isinstance(node, ast.ImportFrom):
            assert node.module not in {"time", "random", "secrets", "uuid"}
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
        ):
            assert not (node.func.attr in CLOCKS and node.func.value.id in {"datetime", "date", "time"}), node.lineno


@pytest.mark.parametrize("path", sorted((HOUSE).rglob("*.py")), ids=lambda path: str(path.relative_to(HOUSE)))
def test_only_the_engine_catches_every_exception(path: Path) -> None:
    if path.relative_to(HOUSE).parts[0] == "engine":
        return
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            caught = node.type
            assert not (isinstance(caught, ast.Name) and caught.id in {"Exception", "BaseException"}), node.lineno
            assert caught is not None, node.lineno
