"""What keeps the firm's network and machines sound: software and its fixes, and assessments of the network."""

from dataclasses import dataclass, field
from datetime import date


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
class Upkeep:
    software: list[Software] = field(default_factory=list)
    patches: list[Patch] = field(default_factory=list)
    assessments: list[NetworkAssessment] = field(default_factory=list)
