"""What the firm keeps about personal data, shared accounts, order sign-ins and outages: plain records, no logic."""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(slots=True)
class PersonalFile:
    path: str
    purpose: str | None
    owner: str | None
    delete_by: date | None
    deleted: date | None = None


@dataclass(slots=True)
class Conflict:
    right: str
    other: str
    system: str | None
    reason: str


@dataclass(slots=True)
class Outage:
    outage: str
    system: str
    began: datetime
    restored: datetime | None
    told: str
    incident: str | None = None


@dataclass(slots=True)
class OrderSignIn:
    """A customer's sign-in to place orders, as the web application logs it."""

    when: datetime
    account: str
    address: str
    method: str
    session: str


@dataclass(slots=True)
class AccessPapers:
    personal_files: list[PersonalFile] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    outages: list[Outage] = field(default_factory=list)
    order_sign_ins: list[OrderSignIn] = field(default_factory=list)
    also_held: list[tuple[str, str, str]] = field(default_factory=list)
    """Further holders of accounts: place, account, person."""
    told_in_clear: list[tuple[datetime, str]] = field(default_factory=list)
    """When the web application wrote a customer's national ID into the system's log, and which."""
    phones_masked: bool = True
    """In the list of customers' accounts."""
