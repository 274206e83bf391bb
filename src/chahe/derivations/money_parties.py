"""Who is an employee, a relative or a customer in a payment, and what a payment between them is."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from chahe.derivations.payments import Payment, Side

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Dealing:
    """One payment between an employee's side and a customer."""

    employee: str
    customer: str
    on: date
    towards: str | None
    amount: Decimal | None
    way: str
    set_apart: str | None
    unsure: str | None
    own_customer: bool
    row: str
    other_row: str | None
    party_row: str | None
    staff_row: str | None
    circled: bool = False

    def marked(self, circled: bool) -> "Dealing":
        return replace(self, circled=circled)

    def row_of(self) -> dict[str, object]:
        return {
            "paid_on": self.on,
            "towards": self.towards,
            "amount": self.amount,
            "way": self.way,
            "circled": self.circled,
            "own_customer": self.own_customer,
            "set_apart": self.set_apart,
            "unsure": self.unsure,
            "row_id": self.row,
            "other_row": self.other_row,
            "party_row": self.party_row,
            "staff_row": self.staff_row,
        }


class Parties:
    """The people on the firm's lists. A person is known by the national ID; without one each list's entry stands alone."""

    def __init__(self, parts: Mapping[object, Sequence[Row]]) -> None:
        self._employees = {str(one["a"]): one for one in parts["employee"]}
        self._customers = {str(one["a"]): one for one in parts["customer"]}
        self._accounts: dict[str, list[Row]] = defaultdict(list)
        for one in parts["account"]:
            self._accounts[str(one["a"])].append(one)
        self._staff_sides: dict[str, dict[str, str]] = defaultdict(dict)
        """By person: the employees on whose side it stands, and how (direct, relative)."""
        self._kin: set[tuple[str, str]] = set()
        for number, one in self._employees.items():
            self._staff_sides[_key("employee", number, one["b"])][number] = "direct"
        for one in parts["relation"]:
            if one["b"]:
                person, employee = _key("relative", "", one["b"]), str(one["a"])
                self._staff_sides[person].setdefault(employee, "relative")
                if one["c"] != "nominee":
                    self._kin.add((employee, person))
        self._named: dict[str, list[str]] = defaultdict(list)
        self._customer_of: dict[str, str] = {}
        self._by_name: dict[tuple[str, object], list[str]] = defaultdict(list)
        for number, one in self._customers.items():
            person = _key("customer", number, one["b"])
            self._customer_of.setdefault(person, number)
            self._by_name["customer", one["c"]].append(person)
        for number, one in self._employees.items():
            self._by_name["employee", one["c"]].append(_key("employee", number, one["b"]))

    def person(self, kind: str, number: str) -> str | None:
        """The person behind an entry of contact_details; None where no list has it. Relatives go by their national ID."""
        if kind == "relative":
            return _key(kind, "", number)
        listed = self._employees if kind == "employee" else self._customers
        return _key(kind, number, listed[number]["b"]) if number in listed else None

    def by_national_id(self, national_id: object) -> str | None:
        """The person of that national ID, if any list has it."""
        person = _key("", "", national_id) if national_id else None
        return person if person is not None and self.known(person) else None

    def known(self, person: str | None) -> bool:
        return person is not None and (person in self._staff_sides or person in self._customer_of)

    def customer_of(self, person: str) -> str | None:
        """The customer that a person is, if any."""
        return self._customer_of.get(person)

    def on_staffs_side(self, person: str) -> bool:
        """Is a person an employee, or a relative or nominee of one?"""
        return person in self._staff_sides

    def identified(self, customer: str) -> bool:
        """Has a customer a national ID?"""
        return bool(self._customers[customer]["b"])

    def customers_at(self, side: Side) -> list[str]:
        """The customers who may stand at one end of a payment, staff's side left out."""
        persons = [one for one in self._persons(side, "customer") if not self.on_staffs_side(one)]
        return [customer for one in persons if (customer := self.customer_of(one)) is not None]

    def employees_named(self, person: str | None) -> list[str]:
        """The employee that a person is, if any."""
        sides = self._staff_sides.get(person or "", {})
        return [number for number, how in sides.items() if how == "direct"]

    def dealings(self, paid: Payment) -> Iterator[Dealing]:
        """What a payment is between employees' sides and customers, both ways round."""
        for staff, other, towards in ((paid.payer, paid.payee, "customer"), (paid.payee, paid.payer, "staff")):
            for staff_person in self._persons(staff, "employee"):
                for employee, how in sorted(self._staff_sides.get(staff_person, {}).items()):
                    for person in self._persons(other, "customer"):
                        customer = self._customer_of.get(person)
                        if customer is None or person == staff_person or employee in self.employees_named(person):
                            continue
                        yield Dealing(
                            employee,
                            customer,
                            paid.on,
                            towards if paid.directed else None,
                            paid.amount,
                            "name_only" if staff.name or other.name else how,
                            self._set_apart(employee, person, customer, paid.on),
                            self._unsure(paid, (staff, other), (employee, customer)),
                            self._own_customer(employee, customer, paid.on),
                            paid.row,
                            paid.other_row,
                            other.row,
                            staff.row,
                        )

    def passed(self, first: Payment, second: Payment) -> Iterator[Dealing]:
        """What two payments are together, from the first's payer to the second's payee."""
        whole = Payment(
            second.on, first.payer, second.payee, second.amount, directed=True, row=first.row, other_row=second.row
        )
        for one in self.dealings(whole):
            yield replace(one, way="passed_on")

    def _persons(self, side: Side, kind: str) -> list[str]:
        """Who may stand at one end: by account; else, where only a name is told, everybody of that name."""
        if side.shared_by:
            return list(side.shared_by)
        if self.known(side.key):
            return [side.key] if side.key else []
        return self._by_name.get((kind, side.name), []) if side.name else []

    def _set_apart(self, employee: str, person: str, customer: str, on: date) -> str | None:
        if not _within(self._employees[employee], on):
            return "not_staff_then"
        if (employee, person) in self._kin:
            return "kin"
        if any(_within(self._employees[one], on) for one in self.employees_named(person)):
            return "colleagues"
        held = self._accounts[customer]
        return None if not held or any(_within(one, on) for one in held) else "not_customer_then"

    def _unsure(self, paid: Payment, sides: tuple[Side, Side], numbers: tuple[str, str]) -> str | None:
        employee, customer = numbers
        if sides[0].shared_by or sides[1].shared_by:
            return "shared_account"
        if sides[0].name or sides[1].name:
            return "name_only"
        if not self._employees[employee]["b"] or not self._customers[customer]["b"]:
            return "identity"
        return "amount" if paid.amount is None or not paid.directed else None

    def _own_customer(self, employee: str, customer: str, on: date) -> bool:
        return any(
            one["b"] == employee and (not isinstance(one["since_day"], date) or one["since_day"] <= on)
            for one in self._accounts[customer]
        )


def _key(kind: str, number: str, national_id: object) -> str:
    return f"person:{str(national_id).strip().upper()}" if national_id else f"{kind}:{number}"


def _within(one: Row, on: date) -> bool:
    """Is a day within the first and last day of an entry? A day that is not told bounds nothing."""
    begins, ends = one["day"], one["until_day"]
    return (not isinstance(begins, date) or begins <= on) and (not isinstance(ends, date) or on <= ends)
