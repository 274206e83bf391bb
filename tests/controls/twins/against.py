"""Holds a control's SQL against its twin on one world, and makes a world on which they differ as small as can be."""

from collections.abc import Callable
from types import ModuleType

from twins.worlds import SPAN, Evidence, Told, World

from chahe.controls.model import Control
from chahe.engine.case_writing import written
from chahe.engine.casebook import Case
from chahe.engine.engines import Engine
from chahe.engine.examine import examine
from chahe.engine.outcome import Examination
from chahe.engine.parameters import chosen
from chahe.engine.trial import evidence

Differs = Callable[[World], list[str]]


def examined(engine: Engine, control: Control, world: World) -> Examination:
    """What the control's SQL says of a world."""
    for relation, rows in evidence(control, Case("a world", "here", given=dict(world))).items():
        engine.arrow(relation, rows)
    return examine(engine, control, chosen(control, {}), SPAN)


def shown(control: Control, twin: ModuleType) -> tuple[str, ...]:
    """The columns of an exception that are compared."""
    return (*control.key, *getattr(twin, "ALSO", ()))


def differences(engine: Engine, control: Control, twin: ModuleType, world: World) -> list[str]:
    """Where SQL and twin do not say the same of a world; empty: they agree."""
    sql = examined(engine, control, world)
    told: Told = twin.told(Evidence(control, world))
    names = shown(control, twin)
    pairs = {
        "exceptions": ([tuple(row[name] for name in names) for row in sql.exceptions], told.exceptions),
        "undetermined": (
            [tuple(row[name] for name in (*control.key, "why")) for row in sql.undetermined],
            told.undetermined,
        ),
        "excluded": (sorted(sql.excluded.items()), sorted(told.excluded.items())),
        "candidates": ([(sql.candidates,)], [(told.candidates,)]),
    }
    return [
        f"{what}: SQL only {_minus(ours, theirs)}, twin only {_minus(theirs, ours)}"
        for what, (ours, theirs) in pairs.items()
        if _sorted(ours) != _sorted(theirs)
    ]


def _sorted(rows: list[tuple[object, ...]]) -> list[str]:
    return sorted(map(_text, rows))


def _text(row: tuple[object, ...]) -> str:
    return str([None if one is None else str(one) for one in row])


def _minus(some: list[tuple[object, ...]], others: list[tuple[object, ...]]) -> list[str]:
    left = _sorted(others)
    only = []
    for text in _sorted(some):
        if text in left:
            left.remove(text)
        else:
            only.append(text)
    return only[:8]


def smallest(world: World, differs: Differs) -> World:
    """The world without every row that it differs without, found by dropping ever smaller stretches of rows."""
    rows = [(name, row) for name, listed in world.items() for row in listed]
    size = len(rows) // 2
    while size:
        start = 0
        while start < len(rows):
            fewer = rows[:start] + rows[start + size :]
            if differs(_tables(world, fewer)):
                rows = fewer
            else:
                start += size
        size //= 2
    return _tables(world, rows)


def _tables(world: World, rows: list[tuple[str, dict[str, object]]]) -> World:
    return {name: [row for table, row in rows if table == name] for name in world}


def told_small(engine: Engine, control: Control, twin: ModuleType, world: World) -> str:
    """A difference as a person reads it: what differs, and the smallest world as a case to paste."""
    small = smallest(world, lambda one: differences(engine, control, twin, one))
    said = "\n".join(differences(engine, control, twin, small))
    return f"{control.id}\n{said}\n\n{written(control, Case('a world', 'here', given=dict(small)))}"
