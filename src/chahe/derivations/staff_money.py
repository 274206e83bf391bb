"""Money between staff and customers, worked out of bank statements and of whose the accounts are; see docs/decisions/0026."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Final

import pyarrow as pa

from chahe.derivations.bank_accounts import account_of
from chahe.derivations.model import Condensation
from chahe.derivations.money_entries import account_book, entry_of
from chahe.derivations.money_parties import Dealing, Parties
from chahe.derivations.money_rows import query
from chahe.derivations.payments import Entry, Flow, Payment, payments
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


def derive(found: pa.Table) -> Iterator[dict[str, object]]:
    """A row for each payment between an employee's side and a customer, and one for each employee with a statement."""
    parts: dict[object, list[Row]] = defaultdict(list)
    for row in sorted(
        found.to_pylist(), key=lambda row: (row["part"], row["row_id"] or "", str(row["a"]), str(row["b"]))
    ):
        parts[row["part"]].append(row)
    parties = Parties(parts)
    book = account_book(parts["contact"], parties)
    own = frozenset(_digits(one["a"], one["b"]) for one in parts["own"])
    entries = [entry for row in parts["payment"] if (entry := entry_of(row, book, parties)) is not None]
    whole = payments(entries)
    yield from _seen(entries, parties)
    yield from _numbered(_dealings(whole, Flow(whole, own), parties))


def _digits(written: object, bank: object) -> str:
    account = account_of(written, bank)
    return f"account:{account.number}" if account else ""


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
