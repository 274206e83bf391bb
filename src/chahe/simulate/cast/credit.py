"""What the example firm keeps on its customers' credit: limits, credit checks, settlements, defaults and the market's figures."""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(slots=True)
class Limit:
    """A single-day limit as it was granted or changed, in NT$."""

    limit: str
    customer: str | None
    account: str | None
    amount: int
    begins: datetime
    ends: date | None
    asker: str
    approver: str
    approved: datetime
    assessment: str | None
    basis: str


@dataclass(slots=True)
class Assessment:
    """A credit check of a customer; the means are in NT$."""

    assessment: str
    customer: str
    assessed: date
    assessor: str
    means: int
    identity: str
    proof: str


@dataclass(slots=True)
class Default:
    """A settlement default as it was entered at the exchange, in NT$."""

    default: str
    account: str
    traded: date
    due: date
    amount: int
    cause: str
    declared: datetime
    cleared: date | None


@dataclass(slots=True)
class MarketFigures:
    begins: date
    ends: date
    market: int
    firm: int
    value_percent: str
    customer_percent: str


@dataclass
class Credit:
    limits: list[Limit] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    settled_at: dict[tuple[str, date], datetime | None] = field(default_factory=dict)
    """By account and day of trades, where it was not settled as usual: when it was, or None for never."""
    defaults: list[Default] = field(default_factory=list)
    market: list[MarketFigures] = field(default_factory=list)

    def limit_of(self, customer: str) -> Limit:
        """The first limit of a customer; StopIteration where there is none."""
        return next(one for one in self.limits if one.customer == customer)
