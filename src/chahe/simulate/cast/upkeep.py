"""What keeps the firm's network and machines sound: software and its fixes, assessments, remote access and work done."""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(slots=True)
class Software:
    host: str
    product: str
    kind: str
    version: str
    supported: date | None
    checked: date
    engine: date | None = None
    signatures: date | None = None
    exempt: date | None = None
    exempted_by: str | None = None


@dataclass(slots=True)
class Patch:
    patch: str
    host: str
    product: str
    severity: str
    published: date
    applied: date | None = None
    deferred: date | None = None
    approver: str | None = None
    reason: str | None = None


@dataclass(slots=True)
class NetworkAssessment:
    assessment: str
    assessed: date
    assessor: str
    scope: str
    result: str


@dataclass(slots=True)
class Session:
    account: str
    begins: datetime


@dataclass(slots=True)
class RemoteRequest:
    request: str
    account: str
    person: str
    purpose: str
    approver: str | None
    approved: datetime | None
    begins: datetime
    ends: datetime


@dataclass(slots=True)
class Work:
    record: str
    approval: str
    person: str
    system: str
    worked: date
    done: str


@dataclass(slots=True)
class RemoteReview:
    review: str
    device: str
    begins: date
    ends: date
    reviewed: date
    reviewer: str
    result: str


@dataclass(slots=True)
class CapacityAssessment:
    assessment: str
    system: str
    assessed: date
    assessor: str
    result: str


@dataclass(slots=True)
class StressTest:
    test: str
    system: str
    tested: date
    scope: str
    carries_orders: bool
    peak: int | None
    result: str


@dataclass(slots=True)
class Upkeep:
    software: list[Software] = field(default_factory=list)
    patches: list[Patch] = field(default_factory=list)
    assessments: list[NetworkAssessment] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    requests: list[RemoteRequest] = field(default_factory=list)
    works: list[Work] = field(default_factory=list)
    reviews: list[RemoteReview] = field(default_factory=list)
    capacities: list[CapacityAssessment] = field(default_factory=list)
    stress_tests: list[StressTest] = field(default_factory=list)
    unrecorded: set[str] = field(default_factory=set)
    """Approvals of top privilege for which nobody wrote a record."""
