"""Whose the accounts are that findings name, and which employee a written name is, as the audited lists say."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

import pyarrow as pa

from chahe.controls.linked import Role
from chahe.controls.model import Control
from chahe.engine.engines import Engine
from chahe.engine.ready import Ready
from chahe.engine.record import OwnerRecord, ResultRecord
from chahe.findings.links import Thing, written

_ASKED: Final = "asked_things"
# An account on two customers' lines of the list, or a name that several bear, is nobody's here.
_HOLDERS: Final = f"""
    SELECT t.account AS value, min(t.customer_id) AS owner, min(t.row_id) AS row_id
    FROM trading_accounts t JOIN {_ASKED} a ON a.asked = t.account
    WHERE t.customer_id IS NOT NULL
    GROUP BY t.account HAVING count(DISTINCT t.customer_id) = 1
"""
_NAMES: Final = f"""
    SELECT trim(e.name) AS value, min(e.person_id) AS owner, min(e.row_id) AS row_id
    FROM employees e
    JOIN {_ASKED} a ON trim(a.asked) = trim(e.name)
    LEFT JOIN (SELECT DISTINCT trim(name) AS name FROM customers) c ON c.name = trim(e.name)
    WHERE c.name IS NULL
    GROUP BY trim(e.name) HAVING count(DISTINCT e.person_id) = 1
"""
_LISTS: Final[Mapping[Role, tuple[Role, tuple[str, ...], str]]] = {
    Role.ACCOUNT: (Role.CUSTOMER, ("trading_accounts",), _HOLDERS),
    Role.SPEAKER: (Role.EMPLOYEE, ("employees", "customers"), _NAMES),
}
"""By role: what its owner is, the tables that say so, and the question."""


def owners(
    engine: Engine, ready: Ready, controls: Sequence[Control], results: Sequence[ResultRecord]
) -> tuple[OwnerRecord, ...]:
    """The owners of what the findings name, in order of role and value.

    Only tables that an audited control needs are asked, so that the audit rests on no loads but those it names. Raises QueryFailed.
    """
    needed = {need.table.name for control in controls for need in control.needs}
    asked = _asked(controls, results)
    found: list[OwnerRecord] = []
    for role, (owner_role, tables, query) in _LISTS.items():
        if not asked.get(role) or not needed.issuperset(tables):
            continue
        ready.prepare(tables)
        engine.arrow(_ASKED, pa.table({"asked": pa.array(sorted(asked[role]), pa.string())}))
        found += [
            OwnerRecord(
                role=role.value, value=row["value"], owner_role=owner_role.value, owner=row["owner"], row=row["row_id"]
            )
            for row in engine.rows(query).to_pylist()
        ]
    return tuple(sorted(found, key=lambda one: (one.role, one.value)))


def _asked(controls: Sequence[Control], results: Sequence[ResultRecord]) -> Mapping[Role, Collection[str]]:
    declared = {control.id: control.linked for control in controls if control.linked is not None}
    asked: dict[Role, set[str]] = {}
    for result in results:
        linked = declared.get(result.control)
        for finding in result.findings if linked else ():
            things: set[Thing] = written(linked, finding.row) if linked else set()
            for thing in things:
                asked.setdefault(thing.kind, set()).add(thing.value)
    return asked
