"""What the firm keeps about looking after its logs and its machine rooms: plain records, no logic."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(slots=True)
class Backup:
    """A backup of one device's log over some days. How many records it holds comes with the writing of the log."""

    backup: str
    device: str
    begins: date
    ends: date
    medium: str
    made: date
    kept_until: date | None


@dataclass(slots=True)
class LogReviewer:
    system: str
    person: str
    appointed: date
    ended: date | None = None


@dataclass(slots=True)
class LogReview:
    review: str
    system: str
    begins: date
    ends: date
    reviewed: date
    reviewer: str
    result: str


@dataclass(slots=True)
class DoorRight:
    room: str
    person: str
    granted: date
    revoked: date | None = None


@dataclass(slots=True)
class DoorReview:
    review: str
    room: str
    reviewed: date
    reviewer: str
    result: str


@dataclass(slots=True)
class DoorEvent:
    when: datetime
    room: str
    person: str
    admitted: bool = True


@dataclass(slots=True)
class Watch:
    backups: list[Backup] = field(default_factory=list)
    logged: Counter[tuple[str, date]] = field(default_factory=Counter)
    """Records that each device wrote on each day, once its logs are written."""
    reviewers: list[LogReviewer] = field(default_factory=list)
    reviews: list[LogReview] = field(default_factory=list)
    rights: list[DoorRight] = field(default_factory=list)
    door_reviews: list[DoorReview] = field(default_factory=list)
    entries: list[DoorEvent] = field(default_factory=list)
