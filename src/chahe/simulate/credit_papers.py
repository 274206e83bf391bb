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


@dataclass
class Credit:
    limits: list[Limit] = field(default_factory=list)

    def limit_of(self, customer: str) -> Limit:
        """The first limit of a customer; StopIteration where there is none."""
        return next(one for one in self.limits if one.customer == customer)
