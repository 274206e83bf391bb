"""Money between staff and customers, worked out of bank statements and of whose the accounts are; see docs/decisions/0026."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

import pyarrow as pa

from chahe.derivations.bank_accounts import AccountBook, Holder, account_of, one_each
from chahe.derivations.model import Condensation
from chahe.derivations.money_parties import Dealing, Parties
from chahe.derivations.money_rows import query
from chahe.derivations.payments import Entry, Flow, Payment, Side, payments
from chahe.evidence.contact_details import table as contact_details
from chahe.evidence.customers import table as customers
from chahe.evidence.employees import table as employees
from chahe.evidence.relations import table as relations
from chahe.evidence.staff_money import table
from chahe.evidence.trading_accounts import table as trading_accounts
from chahe.evidence.transfers import table as transfers

Row = Mapping[str, object]
_YEAR: Final = timedelta(days=364)
"""Before a day, so that both are within 365 days."""
_DOLLARS: Final = frozenset(("", "TWD", "NTD", "NT$", "新臺幣", "新台幣", "臺幣", "台幣"))


def derive(found: pa.Table) -> Iterator[dict[str, object]]:
    """A row for each payment between an employee's side and a customer, and one for each employee with a statement."""
    parts: dict[object, list[Row]] = defaultdict(list)
    for row in sorted(
        found.to_pylist(), key=lambda row: (row["part"], row["row_id"] or "", str(row["a"]), str(row["b"]))
    ):
        parts[row["part"]].append(row)
    parties = Parties(parts)
    book = _book(parts["contact"], parties)
    own = frozenset(_digits(one["a"], one["b"]) for one in parts["own"])
    entries = [entry for row in parts["payment"] if (entry := _entry(row, book, parties)) is not None]
    whole = payments(entries)
    yield from _seen(entries, parties)
    yield from _numbered(_dealings(whole, Flow(whole, own), parties))


def _book(contacts: Iterable[Row], parties: Parties) -> AccountBook:
    book = AccountBook()
    for one in contacts:
        account, person = account_of(one["c"]), parties.person(str(one["a"]), str(one["b"]))
        if account is not None and person is not None:
            book.enter(account, Holder(person, str(one["row_id"])))
    return book


def _digits(written: object, bank: object) -> str:
    account = account_of(written, bank)
    return f"account:{account.number}" if account else ""


def _entry(row: Row, book: AccountBook, parties: Parties) -> Entry | None:
    """None for a line that moved nothing."""
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


def _seen(entries: Iterable[Entry], parties: Parties) -> Iterator[dict[str, object]]:
    """One row for each employee whose own statement is at hand."""
    first: dict[str, tuple[str, str | None]] = {}
    for one in entries:
        own = one.payer if one.by_payer else one.payee
        for employee in parties.employees_named(own.key):
            first[employee] = min(first.get(employee, (one.row, own.row)), (one.row, own.row), key=lambda pair: pair[0])
    for employee, (row, staff_row) in sorted(first.items()):
        yield {"person_id": employee, "number": 0, "row_id": row, "staff_row": staff_row}


def _dealings(whole: list[Payment], flow: Flow, parties: Parties) -> Iterator[Dealing]:
    circled = flow.circled()
    for one in whole:
        for dealing in parties.dealings(one):
            yield dealing.marked(one.row in circled)
        if not parties.known(one.payee.key):
            for further in flow.passed_on(one):
                yield from parties.passed(one, further)


def _numbered(dealings: Iterable[Dealing]) -> Iterator[dict[str, object]]:
    """Rows in the order of their days within each pair, with what passed between the two in the year before."""
    pairs: dict[tuple[str, str], list[Dealing]] = defaultdict(list)
    for one in dealings:
        pairs[one.employee, one.customer].append(one)
    for (employee, customer), held in sorted(pairs.items()):
        held.sort(key=lambda one: (one.on, one.row, one.way, one.other_row or ""))
        counted = [one for one in held if one.set_apart is None and one.unsure is None]
        for number, one in enumerate(held, 1):
            within = (other.amount for other in counted if one.on - _YEAR <= other.on <= one.on)
            yield {
                "person_id": employee,
                "customer_id": customer,
                "number": number,
                "year_amount": sum((amount for amount in within if amount is not None), Decimal(0)),
                **one.row_of(),
            }


derivation = Condensation(
    table=table,
    reads=(transfers, employees, relations, customers, trading_accounts, contact_details),
    query=query,
    derive=derive,
)
