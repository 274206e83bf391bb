"""What came to managers' knowledge about their staff, and what they did about it: plain records, no logic."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(slots=True)
class Notice:
    notice: str
    manager: str
    known: date
    subject: str
    matter: str
    how: str


@dataclass(slots=True)
class Step:
    step: str
    notice: str
    taken: date
    actor: str
    measure: str


@dataclass(slots=True)
class Supervision:
    notices: list[Notice] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
