"""What the firm keeps of orders that need more than an order: prepayments, standings, approvals, insiders, filings, pairings. Plain records."""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(slots=True)
class Prepayment:
    prepayment: str
    account: str
    symbol: str
    day: date
    collected: datetime
    amount: str | None = None
    shares: int | None = None


@dataclass(slots=True)
class Standing:
    customer: str
    standing: str
    symbol: str | None = None
    begins: date | None = None
    ends: date | None = None
    known: date | None = None
    daily_limit: int | None = None


@dataclass(slots=True)
class SaleApproval:
    approval: str
    customer: str
    symbol: str
    approved: date
    until: date
    shares: int


@dataclass(slots=True)
class IssuerInsider:
    symbol: str
    national_id: str
    name: str
    role: str
    insider_id: str | None = None
    begins: date | None = None


@dataclass(slots=True)
class Filing:
    filing: str
    symbol: str
    insider_id: str
    holder_id: str | None
    method: str
    channel: str
    shares: int
    a_day: int | None
    received: date
    begins: date
    ends: date
    transferee: str | None = None
    transferee_id: str | None = None


@dataclass(slots=True)
class Pairing:
    pairing: str
    day: date
    account: str
    order: str
    counterparty: str
    counterparty_id: str
    confirmed: datetime | None
    clerk: str


@dataclass(slots=True)
class SpecialPapers:
    prepayments: list[Prepayment] = field(default_factory=list)
    standings: list[Standing] = field(default_factory=list)
    approvals: list[SaleApproval] = field(default_factory=list)
    insiders: list[IssuerInsider] = field(default_factory=list)
    filings: list[Filing] = field(default_factory=list)
    pairings: list[Pairing] = field(default_factory=list)
    calm_from: date | None = None
    """First day of a disposition that ended before the period."""
    disposed: tuple[date, date] | None = None
    """First and last day of the disposition in the period."""
