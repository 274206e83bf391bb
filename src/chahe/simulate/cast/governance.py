"""The papers a firm's management keeps: risks, classes, rules, drills, officers, audit findings, own controls, incidents."""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(slots=True)
class Operation:
    operation: str
    unit: str
    begins: date
    ends: date | None = None


@dataclass(slots=True)
class RiskAssessment:
    assessment: str
    operation: str
    assessed: date
    assessor: str
    level: str
    acceptable: str | None
    approver: str | None
    approved: date | None


@dataclass(slots=True)
class Asset:
    asset: str
    name: str
    kind: str
    keeper: str
    classified: str | None
    label: str | None
    listed: date
    disposed: date | None = None


@dataclass(slots=True)
class Rule:
    """A written rule of the firm, for one subject."""

    rule: str
    title: str
    subject: str
    approver: str
    approved: date
    reviewed: date | None
    reviewer: str | None
    controlled: date | None
    """Since when it is part of internal control and audit."""


@dataclass(slots=True)
class RecoveryPlan:
    plan: str
    system: str
    approved: date
    rto: int
    rpo: int


@dataclass(slots=True)
class Drill:
    drill: str
    system: str
    drilled: date
    people: str
    result: str
    rto: int
    rpo: int
    follow_up: str
    due: date | None = None
    mended: date | None = None


@dataclass(slots=True)
class Officer:
    person: str
    name: str
    post: str
    rank: str
    appointed: date
    left: date | None = None


@dataclass(slots=True)
class Figures:
    year_end: date
    capital: int
    e_orders: str
    market: str
    persons: str
    named: bool


@dataclass(slots=True)
class AuditFinding:
    finding: str
    reported: date
    unit: str
    summary: str
    mended: date | None = None


@dataclass(slots=True)
class FollowUp:
    follow_up: str
    finding: str
    followed: date
    follower: str
    state: str


@dataclass(slots=True)
class Step:
    """A step of the firm's own internal control."""

    step: str
    told: str
    item: str
    person: str
    months: int | None
    days: int | None
    begins: date


@dataclass(slots=True)
class StepRecord:
    record: str
    step: str
    due: date | None
    done: date | None
    person: str
    paper: str


@dataclass(slots=True)
class Incident:
    incident: str
    kind: str
    told: str
    system: str
    grade: int
    occurred: datetime
    known: datetime
    personal_data: bool
    major: bool
    closed: date | None


@dataclass(slots=True)
class IncidentReport:
    report: str
    incident: str
    reported: datetime
    recipient: str
    in_writing: bool
    reporter: str


@dataclass(slots=True)
class Correction:
    correction: str
    incident: str
    told: str
    owner: str
    recorded: date
    due: date
    done: date | None
    verified: date | None
    verifier: str | None


@dataclass(slots=True)
class Papers:
    operations: list[Operation] = field(default_factory=list)
    assessments: list[RiskAssessment] = field(default_factory=list)
    assets: list[Asset] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    plans: list[RecoveryPlan] = field(default_factory=list)
    drills: list[Drill] = field(default_factory=list)
    officers: list[Officer] = field(default_factory=list)
    figures: list[Figures] = field(default_factory=list)
    findings: list[AuditFinding] = field(default_factory=list)
    follow_ups: list[FollowUp] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    step_records: list[StepRecord] = field(default_factory=list)
    incidents: list[Incident] = field(default_factory=list)
    incident_reports: list[IncidentReport] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
