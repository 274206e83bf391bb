"""Staff, their relatives, and what each can be reached by, as rows of one table brought together for `contact_links`."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from chahe.derivations.addresses import UNREAD, Door, door
from chahe.derivations.contact_values import bank_account, email, phone
from chahe.rules.periods import taipei_day

ADDRESSES = frozenset({"registered_address", "mailing_address", "residence"})
PHONES = frozenset({"phone", "mobile"})
_BATCH = 65_536


def query(from_us: int, until_end_us: int) -> str:
    """Everybody's contacts that stood on a day of the period, and staff, relations, customers and agents, in one shape.

    Employees who left before the period are left out.
    """
    begin, until = taipei_day(from_us), taipei_day(until_end_us - 1)
    nothing = "CAST(NULL AS VARCHAR)"
    first, last = f"DATE '{begin}'", f"DATE '{until}'"
    return f"""
        SELECT 'contact' AS what, party_kind AS kind, party_id AS party, contact_kind AS detail, contact_value AS value,
               contact_name AS name, upper(trim(contact_national_id)) AS national_id, changed_by AS further, used_from AS begins,
               used_until AS ends, row_id
        FROM contact_details
        WHERE coalesce(used_from, {first}) <= {last} AND coalesce(used_until, {last}) >= {first}
        UNION ALL
        SELECT 'employee', {nothing}, person_id, {nothing}, {nothing}, name, upper(trim(national_id)), {nothing}, hired_on, left_on, row_id
        FROM employees
        WHERE coalesce(hired_on, {first}) <= {last} AND coalesce(left_on, {last}) >= {first}
        UNION ALL
        SELECT 'relation', relation, person_id, known_from, {nothing}, related_name, upper(trim(national_id)), {nothing}, related_from,
               related_until, row_id
        FROM relations
        WHERE coalesce(related_from, {first}) <= {last} AND coalesce(related_until, {last}) >= {first}
        UNION ALL
        SELECT 'customer', {nothing}, customer_id, {nothing}, {nothing}, name, upper(trim(national_id)), {nothing}, CAST(NULL AS DATE),
               CAST(NULL AS DATE), row_id
        FROM customers
        UNION ALL
        SELECT 'authority', {nothing}, t.customer_id, a.authority, {nothing}, a.agent_name, upper(trim(a.national_id)), {nothing},
               a.authority_from, a.authority_until, a.row_id
        FROM account_authorizations a JOIN trading_accounts t ON t.account = a.account
        WHERE a.authority <> 'legal_representative' AND coalesce(a.authority_from, {first}) <= {last}
              AND coalesce(a.authority_until, {last}) >= {first}
    """  # noqa: S608 - two days, from an audit's period


class Known(NamedTuple):
    """One row of `query`; the fields mean what its branches put there."""

    what: str
    kind: str | None
    party: str
    detail: str | None
    value: str | None
    name: str | None
    national_id: str | None
    further: str | None
    begins: date | None
    ends: date | None
    row_id: str

    def meets(self, other: "Known") -> bool:
        """Is there a day on which both stood? An end that is not said is open."""
        begins = max(self.begins or date.min, other.begins or date.min)
        return begins <= min(self.ends or date.max, other.ends or date.max)


class Side(NamedTuple):
    """A detail on the employee's side: the employee's own, or a relative's."""

    person: str
    via: str
    row: Known
    relation: Known | None
    door: Door | None = None


@dataclass(slots=True)
class Staff:
    """Everything on the side of staff, by the values that customers may share."""

    employees: dict[str, Known] = field(default_factory=dict)
    relations: dict[str, list[Known]] = field(default_factory=dict)
    values: dict[str, list[Side]] = field(default_factory=dict)
    """Telephones, mail addresses and bank accounts, each behind the word for its kind."""
    doors: dict[tuple[str, ...], list[Side]] = field(default_factory=dict)
    """Addresses by street; those without known parts by their whole text."""
    ids: dict[str, list[Side]] = field(default_factory=dict)
    unread: list[Known] = field(default_factory=list)

    def household(self, person: str) -> set[str]:
        """The identities that count as one with the employee's: the own, and those of known relatives."""
        kin = (one.national_id for one in self.relations.get(person, ()))
        own = identity(self.employees[person])
        return {own, *(one for one in kin if one is not None)}


def identity(row: Known) -> str:
    """By what two records are known to be of one person: the national ID, or for want of it the number on the list."""
    return row.national_id or f"{row.what} {row.party}"


def rows(found: pa.Table, mask: pa.Array | None = None) -> Iterator[Known]:
    """The rows of a result, a batch at a time, in no order."""
    for batch in (found if mask is None else found.filter(mask)).to_batches(max_chunksize=_BATCH):
        columns = (batch.column(name).to_pylist() for name in Known._fields)
        yield from (Known(*cells) for cells in zip(*columns, strict=True))


def of_customers(found: pa.Table) -> pa.Array:
    """Which rows are customers' contacts and agents: the many, read one batch after the other."""
    contacts = pc.and_(pc.equal(found["what"], "contact"), pc.equal(pc.fill_null(found["kind"], ""), "customer"))
    return pc.or_(contacts, pc.equal(found["what"], "authority"))


def staff(found: pa.Table) -> Staff:
    """The side of staff: employees in order of their numbers, so that the same rows give the same."""
    made = Staff()
    apart = pc.and_(pc.invert(of_customers(found)), pc.invert(pc.equal(found["what"], "customer")))
    known = sorted(rows(found, apart), key=lambda row: (row.what, row.party, row.row_id))
    for row in (one for one in known if one.what == "employee"):
        made.employees.setdefault(row.party, row)
        if row.national_id is not None:
            made.ids.setdefault(row.national_id, []).append(Side(row.party, "self", row, None))
    # As a party an ID is a name, and names are in small letters.
    of_relative: dict[str, list[Side]] = {}
    for row in (one for one in known if one.what == "relation" and one.party in made.employees):
        made.relations.setdefault(row.party, []).append(row)
        if row.national_id is not None:
            one = Side(row.party, row.kind or "other", row, row)
            made.ids.setdefault(row.national_id, []).append(one)
            of_relative.setdefault(row.national_id.casefold(), []).append(one)
    for row in (one for one in known if one.what == "contact"):
        if row.kind == "employee" and row.party in made.employees:
            _reach(made, Side(row.party, "self", row, None))
        for relative in of_relative.get(row.party.casefold(), ()) if row.kind == "relative" else ():
            _reach(made, relative._replace(row=row))
    return made


def _reach(made: Staff, side: Side) -> None:
    row = side.row
    if not row.meets(made.employees[side.person]) or (side.relation and not row.meets(side.relation)):
        return
    if row.detail in ADDRESSES:
        read = door(row.value or "")
        made.doors.setdefault(place(read), []).append(side._replace(door=read))
        if read.status == UNREAD and side.via == "self":
            made.unread.append(row)
    elif (key := value_key(row)) is not None:
        made.values.setdefault(key, []).append(side)


def place(read: Door) -> tuple[str, ...]:
    """Under what an address is looked for."""
    return read.street if read.road or read.lane else (read.text,)


def value_key(row: Known) -> str | None:
    """A telephone, mail address or bank account in one spelling; None for anything else, and for what is too short to tell."""
    written = row.value or ""
    if row.detail in PHONES or row.detail in ("agent", "emergency_contact"):
        return _marked("phone", phone(written))
    if row.detail == "email":
        return _marked("email", email(written))
    if row.detail == "settlement_account":
        return _marked("settlement_account", bank_account(written))
    if row.detail == "statement_delivery":
        return _marked("email", email(written)) or _marked("phone", _alone(written))
    return None


def _alone(written: str) -> str | None:
    """A telephone where nothing but one is written: an address has letters."""
    return phone(written) if not any(char.isalpha() for char in written) else None


def _marked(kind: str, value: str | None) -> str | None:
    return None if value is None else f"{kind} {value}"
