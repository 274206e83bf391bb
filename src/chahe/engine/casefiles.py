"""The cases of an audit: its findings as `chahe.findings` takes them."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from chahe.controls.model import Control, Severity
from chahe.engine.record import AuditRecord
from chahe.findings.casefiles import Case, cases
from chahe.findings.links import Found, Owner, Thing

WEIGHTS: Final = {Severity.HIGH: 5, Severity.MEDIUM: 3, Severity.LOW: 1}
"""Of 1 to 5, as the field counts severity; ours has three grades."""


def cases_of(record: AuditRecord, controls: Mapping[str, Control]) -> list[Case]:
    """The cases of an audit, worst first, by the declarations of the controls as they stand; the same record, the same cases."""
    found = [
        Found(
            finding=one.finding,
            control=result.control,
            title=result.title,
            severity=WEIGHTS[Severity(result.severity)],
            message=one.message,
            row=one.row,
            linked=linked,
            words=result.words,
        )
        for result in record.results
        if (control := controls.get(result.control)) is not None and (linked := control.linked) is not None
        for one in result.findings
    ]
    owners = {Thing(one.role, one.value): Owner(Thing(one.owner_role, one.owner), one.row) for one in record.owners}
    return cases(found, owners, date.fromisoformat(record.as_of))
