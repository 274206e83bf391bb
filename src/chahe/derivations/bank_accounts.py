"""Bank accounts as people write them, and whose they are: matched by digits and bank, never by a name."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

_MASKED: Final = re.compile(r"[*xX＊●○•◯]")
_GROUPS: Final = re.compile(r"\d+")
_BANK: Final = 3
"""Digits of a bank's code (金融機構代號); branches add four more."""
_LEAST: Final = 6
_MOST: Final = 16
"""Digits of an account's own number, at least and at most."""
_LEAST_AFTER_CODE: Final = 9
"""A number with fewer digits behind its first three is more likely an account without the bank's code."""


class Account(NamedTuple):
    """An account's own number without leading zeros, and its bank's code where that is known."""

    number: str
    bank: str | None


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose account it is said to be: a person's key, and the record that says so (null: the statement itself)."""

    person: str
    row: str | None


def account_of(written: object, bank: object = None) -> Account | None:
    """The account a cell names; None where it is blank, masked, or no account number. A code before a sign is the bank's."""
    text = str(written or "")
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    if not text or _MASKED.search(text):
        return None
    groups = _GROUPS.findall(text)
    digits = "".join(groups)
    code = _code(str(bank or ""))
    if code is None and len(groups) > 1 and len(groups[0]) == _BANK and len(digits) - _BANK >= _LEAST_AFTER_CODE:
        code, digits = groups[0], digits[_BANK:]
    elif code is not None and groups and groups[0] == code and len(digits) - _BANK >= _LEAST_AFTER_CODE:
        digits = digits[_BANK:]
    number = digits.lstrip("0")
    return Account(number, code) if _LEAST <= len(digits) <= _MOST and number else None


@lru_cache(maxsize=1024)
def _code(bank: str) -> str | None:
    """The three digits of a bank's code; None for a bank's name. Statements name the same few banks line by line."""
    found = _GROUPS.match(unicodedata.normalize("NFKC", bank).strip())
    return found[0][:_BANK] if found and len(found[0]) >= _BANK else None


@dataclass(slots=True)
class AccountBook:
    """Registered accounts and their holders. Where one of two spellings lacks the bank, the number alone decides."""

    by_number: dict[str, list[tuple[str | None, Holder]]] = field(default_factory=dict)

    def enter(self, account: Account, holder: Holder) -> None:
        self.by_number.setdefault(account.number, []).append((account.bank, holder))

    def holders(self, account: Account | None) -> list[Holder]:
        """One holder a person, in the order of their keys; empty for an account that nobody registered."""
        if account is None:
            return []
        entered = self.by_number.get(account.number, ())
        agreeing = [one for bank, one in entered if bank is None or account.bank is None or bank == account.bank]
        return one_each(agreeing)


def one_each(holders: Iterable[Holder]) -> list[Holder]:
    """One holder for each person, by the first record that names it."""
    listed = list(holders)
    if len(listed) <= 1:
        return listed
    found: dict[str, Holder] = {}
    for one in sorted(listed, key=lambda one: (one.person, one.row or "")):
        found.setdefault(one.person, one)
    return list(found.values())
