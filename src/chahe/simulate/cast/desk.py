"""What a firm keeps about its desks: look-ups of customers' data, the forms for them, interests, tasks. Plain records, no logic."""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(slots=True)
class LookUp:
    """A look-up as the system logs it."""

    when: datetime
    person: str
    account: str
    data: str
    """開戶, 徵信, 交易, 集保 or 印鑑."""
    action: str = "檢視"
    form: str | None = None


@dataclass(slots=True)
class QueryForm:
    form: str
    asked: date
    kind: str
    reason: str
    document: str | None
    requester: str
    name: str
    title: str
    account: str
    data: str
    executor: str | None
    for_whom: str | None
    approver: str | None
    approved: datetime | None
    voided: bool = False


@dataclass(slots=True)
class Authority:
    person: str
    data: str
    begins: date
    ends: date | None = None


@dataclass(slots=True)
class Interest:
    person: str
    customer: str
    kind: str
    begins: date | None
    ends: date | None = None


@dataclass(slots=True)
class Task:
    task: str
    kind: str
    person: str
    account: str | None
    customer: str | None
    assigned: date
    finished: date | None


@dataclass(slots=True)
class DeskPapers:
    look_ups: list[LookUp] = field(default_factory=list)
    forms: list[QueryForm] = field(default_factory=list)
    authorities: list[Authority] = field(default_factory=list)
    interests: list[Interest] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
