"""Payments between accounts, and whose statements show them: plain records, no logic."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Holder:
    """An account and the name on it."""

    account: str
    name: str


@dataclass(frozen=True, slots=True)
class Moved:
    """One payment, and whose statement shows it."""

    on: date
    payer: Holder
    payee: Holder
    amount: int
    memo: str
    statement: Holder
    kept_as: str
    """公司帳務, 員工申報 or 客訴: how the statement was come by."""


@dataclass(slots=True)
class Money:
    moved: list[Moved] = field(default_factory=list)
    staff_accounts: dict[str, Holder] = field(default_factory=dict)
    """The account of each employee to which the salary goes."""
