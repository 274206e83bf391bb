"""The papers of co-location: what stands in the cabinet, who may use it and who does, which lines orders take, who signs."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(slots=True)
class Item:
    device: str
    name: str
    kind: str
    cabinet: str
    serial: str | None
    system: str | None
    owner: str
    manager: str
    user: str
    party: str | None
    approval: str | None
    installed: date
    removed: date | None = None


@dataclass(slots=True)
class Application:
    application: str
    device: str
    direction: str
    applied: date
    approved: date | None


@dataclass(slots=True)
class Count:
    count: str
    device: str
    counted: date
    counter: str
    found: bool


@dataclass(slots=True)
class Eligible:
    account: str
    begins: date
    ends: date | None
    basis: str


@dataclass(slots=True)
class Notice:
    account: str
    notified: date
    means: str


@dataclass(slots=True)
class Use:
    account: str
    applied: date
    decision: str
    reason: str | None
    begins: date | None
    ends: date | None = None


@dataclass(slots=True)
class ListReview:
    review: str
    reviewed: date
    reviewer: str
    result: str


@dataclass(slots=True)
class Line:
    session: str
    colocated: bool
    begins: date
    ends: date | None = None


@dataclass(slots=True)
class SignOff:
    day: date
    handler: str
    manager: str | None
    signed: date


@dataclass(slots=True)
class Cabinet:
    items: list[Item] = field(default_factory=list)
    applications: list[Application] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    eligible: list[Eligible] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)
    list_reviews: list[ListReview] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    sign_offs: list[SignOff] = field(default_factory=list)
    archived: list[date] = field(default_factory=list)
    """The days of which the old line's orders are held."""
