"""Lines of bank statements read as payments between people, by whose accounts they touch. No derivation of its own."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from chahe.derivations.bank_accounts import AccountBook, Holder, account_of, one_each
from chahe.derivations.money_parties import Parties
from chahe.derivations.payments import Entry, Side

Row = Mapping[str, object]
_DOLLARS: Final = frozenset(("", "TWD", "NTD", "NT$", "新臺幣", "新台幣", "臺幣", "台幣"))


def account_book(contacts: Iterable[Row], parties: Parties) -> AccountBook:
    """Whose the accounts on the lists of contact details are."""
    book = AccountBook()
    for one in contacts:
        account, person = account_of(one["c"]), parties.person(str(one["a"]), str(one["b"]))
        if account is not None and person is not None:
            book.enter(account, Holder(person, str(one["row_id"])))
    return book


def entry_of(row: Row, book: AccountBook, parties: Parties) -> Entry | None:
    """A line of a statement as a payment; None for a line that moved nothing."""
    paid_in, paid_out, amount = (_money(row[name]) for name in ("paid_in", "paid_out", "amount"))
    if amount is None:
        amount = paid_in or paid_out
    if amount == 0 or not isinstance(row["day"], date):
        return None
    direction = row["h"] or ("in" if paid_in else "out" if paid_out else None)
    holder = _side(book, parties, row["a"], row["b"], row["e"])
    other = _side(book, parties, row["c"], row["d"], row["f"], row["g"])
    payer, payee = (holder, other) if direction == "out" else (other, holder)
    domestic = str(row["i"] or "").strip().upper() in _DOLLARS
    return Entry(
        row["day"],
        payer,
        payee,
        abs(amount) if domestic and amount is not None else None,
        direction is not None,
        direction == "out",
        str(row["row_id"]),
    )


def _money(value: object) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


def _side(book: AccountBook, parties: Parties, *told: object) -> Side:
    """Account, bank, national ID and name as a statement tells them. The ID goes before the register of accounts."""
    written, bank, national_id, name = (*told, None)[:4]
    account = account_of(written, bank)
    stated = parties.by_national_id(national_id)
    holders = [Holder(stated, None)] if stated else one_each(book.holders(account))
    if len(holders) > 1:
        return Side(
            f"account:{account.number}" if account else None, holders[0].row, tuple(one.person for one in holders)
        )
    if holders:
        return Side(holders[0].person, holders[0].row)
    return Side(f"account:{account.number}" if account else None, name=str(name).strip() if name else None)
