"""Money between two customers of the firm, worked out of customers' bank statements, and what else ties the two."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Final

import pyarrow as pa

from chahe.derivations.address_levels import Level, level
from chahe.derivations.addresses import Door, door
from chahe.derivations.contact_values import bank_account, email, phone
from chahe.derivations.customer_money_rows import query
from chahe.derivations.model import Condensation
from chahe.derivations.money_entries import account_book, entry_of
from chahe.derivations.money_parties import Parties
from chahe.derivations.payments import Entry, Payment, payments
from chahe.evidence.account_authorizations import table as account_authorizations
from chahe.evidence.contact_details import table as contact_details
from chahe.evidence.customer_money import table
from chahe.evidence.customers import table as customers
from chahe.evidence.employees import table as employees
from chahe.evidence.relations import table as relations
from chahe.evidence.trading_accounts import table as trading_accounts
from chahe.evidence.transfers import table as transfers

Row = Mapping[str, object]
_ADDRESSES: Final = ("registered_address", "mailing_address", "residence", "statement_delivery")
_SPELT: Final[Mapping[str, tuple[str, Callable[[str], str | None]]]] = {
    **dict.fromkeys(("phone", "mobile", "emergency_contact", "agent"), ("phone", phone)),
    **dict.fromkeys(("settlement_account", "bank_account"), ("account", bank_account)),
    "email": ("email", email),
}
"""By the kind of detail: what it may be one of, and its spelling."""


@dataclass(slots=True)
class _Known:
    """What may tie one person to another, each kind in one spelling."""

    values: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    doors: dict[str, Door] = field(default_factory=dict)
    """Addresses, by their text."""
    national_id: str | None = None

    def tie(self, other: "_Known") -> str | None:
        """The first kind that the two have in common, in the order of how much it says."""
        if self.national_id in other.values["agent"] or other.national_id in self.values["agent"]:
            return "agent"
        for kind in ("agent", "account", "phone", "email"):
            if self.values[kind] & other.values[kind]:
                return kind
        near = (level(one, another) for one in self.doors.values() for another in other.doors.values())
        return "address" if any(one >= Level.FLOOR_UNKNOWN for one in near) else None

    @property
    def reached(self) -> bool:
        """Is an address or telephone on record, without which nobody can say that two have nothing in common?"""
        return bool(self.doors or self.values["phone"])

    def without(self, staff: "_Known") -> "_Known":
        """What is an employee's ties no two customers: whoever looks after both may have put it on both files."""
        values = defaultdict(set, {kind: held - staff.values[kind] for kind, held in self.values.items()})
        doors = {text: one for text, one in self.doors.items() if text not in staff.doors}
        return _Known(values, doors, self.national_id)


def derive(found: pa.Table) -> Iterator[dict[str, object]]:
    """A row for each payment between two customers, and one for each customer whose own statement is at hand."""
    parts: dict[object, list[Row]] = defaultdict(list)
    ordered = sorted(
        found.to_pylist(), key=lambda row: (row["part"], row["row_id"] or "", str(row["a"]), str(row["b"]))
    )
    for row in ordered:
        parts[row["part"]].append(row)
    parties = Parties(parts)
    book = account_book(parts["contact"], parties)
    entries = [entry for row in parts["payment"] if (entry := entry_of(row, book, parties)) is not None]
    yield from _seen(entries, parties)
    pairs = _pairs(payments(entries), parties)
    yield from _numbered(pairs, parties, _all_known({one for pair in pairs for one in pair}, parts))


def _all_known(customers: AbstractSet[str], parts: Mapping[object, Sequence[Row]]) -> Mapping[str, _Known]:
    """What is known of each of these customers but for what is the staff's own. Few of all whose addresses are at hand paid another."""
    if not customers:
        return {}
    known = {customer: _Known() for customer in customers}
    staff = _Known()
    for one in parts["customer"]:
        if one["a"] in known:
            known[str(one["a"])].national_id = _upper(one["b"])
    for one in parts["reach"]:
        if one["a"] in known:
            _enter(known[str(one["a"])], one)
    for one in parts["staff_reach"]:
        _enter(staff, one)
    for one in parts["employee"]:
        _name(staff, one["b"])
    for one in parts["agent"]:
        if one["a"] in known:
            _name(known[str(one["a"])], one["c"])
    return {customer: one.without(staff) for customer, one in known.items()}


def _enter(one: _Known, told: Row) -> None:
    kind, written = str(told["b"]), str(told["c"])
    _name(one, told["d"])
    if kind in _ADDRESSES:
        read = door(written)
        one.doors[read.text] = read
    if kind in _SPELT:
        group, spell = _SPELT[kind]
        value = spell(written)
        if value is not None:
            one.values[group].add(value)


def _name(one: _Known, national_id: object) -> None:
    if national_id:
        one.values["agent"].add(str(_upper(national_id)))


def _upper(national_id: object) -> str | None:
    return str(national_id).strip().upper() if national_id else None


def _seen(entries: Iterable[Entry], parties: Parties) -> Iterator[dict[str, object]]:
    """One row for each customer whose own statement is at hand."""
    first: dict[str, tuple[str, str | None]] = {}
    for one in entries:
        own = one.payer if one.by_payer else one.payee
        for customer in parties.customers_at(own) if own.key else ():
            first[customer] = min(first.get(customer, (one.row, own.row)), (one.row, own.row), key=lambda pair: pair[0])
    for customer, (row, holder_row) in sorted(first.items()):
        yield {"payer_id": customer, "number": 0, "row_id": row, "payer_row": holder_row}


def _pairs(whole: Iterable[Payment], parties: Parties) -> Mapping[tuple[str, str], Sequence[Payment]]:
    """Payments by the customers who may be payer and payee."""
    pairs: dict[tuple[str, str], list[Payment]] = defaultdict(list)
    for one in whole:
        for payer in parties.customers_at(one.payer):
            for payee in parties.customers_at(one.payee):
                if payer != payee:
                    pairs[payer, payee].append(one)
    return pairs


def _numbered(
    pairs: Mapping[tuple[str, str], Sequence[Payment]], parties: Parties, known: Mapping[str, _Known]
) -> Iterator[dict[str, object]]:
    """Rows in the order of their days within each pair of payer and payee."""
    for (payer, payee), held in sorted(pairs.items()):
        one_side, other = known[payer], known[payee]
        related = one_side.tie(other)
        for number, one in enumerate(held, 1):
            yield {
                "payer_id": payer,
                "payee_id": payee,
                "number": number,
                "paid_on": one.on,
                "amount": one.amount,
                "related": related,
                "unsure": _unsure(one, parties, (payer, payee), reached=one_side.reached and other.reached),
                "row_id": one.row,
                "other_row": one.other_row,
                "payer_row": one.payer.row,
                "payee_row": one.payee.row,
            }


def _unsure(one: Payment, parties: Parties, pair: tuple[str, str], *, reached: bool) -> str | None:
    if one.payer.shared_by or one.payee.shared_by:
        return "shared_account"
    if one.payer.name or one.payee.name:
        return "name_only"
    if not all(parties.identified(customer) for customer in pair):
        return "identity"
    if one.amount is None or not one.directed:
        return "amount"
    return None if reached else "contacts"


derivation = Condensation(
    table=table,
    reads=(transfers, employees, relations, customers, trading_accounts, contact_details, account_authorizations),
    query=query,
    derive=derive,
)
