"""Runs a case with its logs read in parts, as an audit reads them from the store: a record's identity is put together late."""

import pyarrow as pa

from chahe.controls.model import Control
from chahe.engine.casebook import Case
from chahe.engine.engines import Engine
from chahe.engine.judge import Circumstances, judge
from chahe.engine.late_identity import IDENTITY, PARTED, PARTS
from chahe.engine.outcome import Result
from chahe.engine.parameters import chosen
from chahe.engine.trial import evidence, span_of, standing_of
from chahe.evidence.model import Shape


def logs_of(control: Control) -> frozenset[str]:
    return frozenset(need.table.name for need in control.needs if need.table.shape is Shape.LOG)


def run_in_parts(engine: Engine, control: Control, case: Case) -> Result:
    """The result of a control on a case's rows."""
    logs = logs_of(control)
    for relation, rows in evidence(control, case).items():
        engine.arrow(relation, rows)
        if relation in logs:
            engine.arrow(f"{PARTED}{relation}", _parts(rows))
    standings = {name: standing_of(case, name) for name in case.given}
    given = Circumstances(span=span_of(case), facts=case.facts, standings=standings, parted=logs)
    return judge(engine, control, chosen(control, case.settings), given)


def _parts(rows: pa.Table) -> pa.Table:
    """What stands before the sign is the object, what follows it the place."""
    split = [str(one).split("#") for one in rows[IDENTITY].to_pylist()]
    columns = ([one for one, _ in split], [None for _ in split], [one for _, one in split])
    made = rows.drop_columns([IDENTITY])
    for name, column in zip(PARTS, columns, strict=True):
        made = made.append_column(name, pa.array(column, pa.string()))
    return made
