"""The example firm's customers, their accounts and what is known of how to reach them: plain records, no logic."""

from dataclasses import dataclass, field
from datetime import date

from chahe.simulate.life.homes import Home


@dataclass(slots=True)
class Client:
    """A customer, with the places and numbers by which orders and letters reach one."""

    customer: str
    name: str
    national_id: str
    kind: str
    """自然人 or 法人."""
    residency: str
    born: date | None
    home: Home
    mobile: str
    email: str
    home_address: str
    """The IP address that the household orders from."""
    device: str
    bank: str
    died: date | None = None
    death_known: date | None = None


@dataclass(slots=True)
class TradingAccount:
    account: str
    customer: str
    account_class: str
    """一般, 內部人, 自營 …"""
    broker: str
    representative: str
    opened: date
    closed: date | None = None
    representative_from: date | None = None


@dataclass(slots=True)
class Contact:
    party_kind: str
    """客戶, 員工 or 員工關係人."""
    party: str
    kind: str
    value: str
    used_from: date
    used_until: date | None = None
    name: str | None = None
    national_id: str | None = None
    changed_by: str | None = None


@dataclass(slots=True)
class Relation:
    person: str
    name: str
    national_id: str
    relation: str
    known_from: str
    related_from: date | None = None
    related_until: date | None = None


@dataclass(slots=True)
class Authorization:
    account: str
    agent: str
    national_id: str
    authority: str
    begins: date
    ends: date | None = None


@dataclass(slots=True)
class KnownNetwork:
    network: str
    kind: str
    note: str


@dataclass(slots=True)
class Clientele:
    """Whom the firm serves, and who is related to whom."""

    clients: list[Client] = field(default_factory=list)
    accounts: list[TradingAccount] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    authorizations: list[Authorization] = field(default_factory=list)
    networks: list[KnownNetwork] = field(default_factory=list)
    staff_ids: dict[str, str] = field(default_factory=dict)
    """National IDs of the staff, by employee number."""
    staff_homes: dict[str, Home] = field(default_factory=dict)

    def client_of(self, account: str) -> Client:
        """Whose account it is; StopIteration where the firm keeps none of that number."""
        customer = next(one.customer for one in self.accounts if one.account == account)
        return next(one for one in self.clients if one.customer == customer)

    def account_of(self, customer: str) -> TradingAccount:
        """The first account of a customer; StopIteration where there is none."""
        return next(one for one in self.accounts if one.customer == customer)
