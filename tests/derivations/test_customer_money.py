"""Money between customers: whose accounts they are, what else ties the two, and what is not sure."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest

from chahe.derivations.customer_money import derivation
from chahe.engine.deriving import condense
from chahe.engine.embedded import Embedded
from chahe.evidence.schema import arrow_type
from derivations.money_world import SPAN, Rows

LENDER, BORROWER, STAFF = "812-000111222333", "700-00055566677788", "808-001234567890"
PEOPLE: dict[str, Rows] = {
    "employees": [{"person_id": "e1", "name": "林小華", "national_id": "A1"}],
    "customers": [
        {"customer_id": "k1", "name": "王大明", "national_id": "B1"},
        {"customer_id": "k2", "name": "李美惠", "national_id": "B2"},
        {"customer_id": "k3", "name": "林小華", "national_id": "A1"},
    ],
    "trading_accounts": [{"account": "1", "customer_id": "k1"}, {"account": "2", "customer_id": "k2"}],
}  # fmt: skip


@pytest.fixture(scope="module")
def engine() -> Iterator[Embedded]:
    with Embedded() as embedded:
        yield embedded


def contact(party: str, kind: str, value: str, **more: object) -> Mapping[str, object]:
    role = "employee" if party.startswith("e") else "customer"
    return {"party_kind": role, "party_id": party, "contact_kind": kind, "contact_value": value, **more}


ACCOUNTS = [contact("k1", "settlement_account", LENDER), contact("k2", "settlement_account", BORROWER)]
REACHED = [
    contact("k1", "registered_address", "臺北市大安區和平東路二段10號3樓"),
    contact("k2", "registered_address", "新北市板橋區文化路一段20號5樓"),
]


def paid(account: str, direction: str, amount: str, other: str | None, **more: object) -> Mapping[str, object]:
    told = {"account": account, "direction": direction, "amount": Decimal(amount), "counterparty_account": other}
    return {**told, "booked_on": date(2026, 5, 4), **more}


LENT = paid(LENDER, "out", "500000", BORROWER)


def derived(engine: Embedded, *transfers: Mapping[str, object], **changed: Rows) -> list[dict[str, object]]:
    given = PEOPLE | {"transfers": transfers, "contact_details": [*ACCOUNTS, *REACHED]} | changed
    for table in derivation.reads:
        fields = [pa.field(column.name, arrow_type(column.kind).arrow) for column in table.columns]
        fields += [pa.field("row_id", pa.string()), pa.field("observed_at_us", pa.int64())]
        rows = [
            {"row_id": f"{table.name}#{nth}", "observed_at_us": 0, **row}
            for nth, row in enumerate(given.get(table.name, ()))
        ]
        engine.arrow(table.name, pa.Table.from_pylist(rows, schema=pa.schema(fields)))
    condense(engine, derivation, SPAN)
    return engine.rows("SELECT * FROM customer_money ORDER BY payer_id, payee_id NULLS FIRST, number").to_pylist()


def between(engine: Embedded, *transfers: Mapping[str, object], **changed: Rows) -> list[dict[str, object]]:
    return [row for row in derived(engine, *transfers, **changed) if row["payee_id"] is not None]


def test_a_payment_between_two_customers_is_told_once_with_both_statements(engine: Embedded) -> None:
    rows = derived(engine, LENT, paid(BORROWER, "in", "500000", LENDER))

    assert [(row["payer_id"], row["payee_id"], row["number"]) for row in rows] == [
        ("k1", None, 0),
        ("k1", "k2", 1),
        ("k2", None, 0),
    ]
    assert [rows[1][name] for name in ("amount", "row_id", "other_row", "payer_row", "payee_row", "related", "unsure")] == [
        Decimal(500000), "transfers#0", "transfers#1", "contact_details#0", "contact_details#1", None, None,
    ]  # fmt: skip


def test_the_payees_statement_alone_tells_who_paid(engine: Embedded) -> None:
    rows = derived(engine, paid(BORROWER, "in", "500000", LENDER))

    assert [(row["payer_id"], row["payee_id"]) for row in rows] == [("k1", "k2"), ("k2", None)]


@pytest.mark.parametrize(
    ("one", "other", "related"),
    [
        (contact("k1", "mobile", "0911-222333"), contact("k2", "emergency_contact", "0911222333"), "phone"),
        (contact("k1", "email", "A.b@gmail.com"), contact("k2", "email", "ab@gmail.com"), "email"),
        (contact("k1", "bank_account", "013-000999888777"), contact("k2", "bank_account", "013000999888777"), "account"),
        (contact("k1", "residence", "台北市大安區和平東路2段8號"), contact("k2", "residence", "臺北市大安區和平東路二段8號6樓"), "address"),
        (contact("k1", "residence", "台北市大安區和平東路2段8號2樓"), contact("k2", "residence", "臺北市大安區和平東路二段8號6樓"), "address"),
        (contact("k1", "residence", "台北市大安區和平東路2段8號2樓"), contact("k2", "residence", "臺北市大安區和平東路二段9號6樓"), None),
        (contact("k1", "agent", "02-27001111", contact_national_id="b2"), contact("k2", "mobile", "0911222333"), "agent"),
        (contact("k1", "agent", "02-27001111", contact_national_id="C9"), contact("k2", "agent", "02-27002222", contact_national_id="C9"), "agent"),
        (contact("k1", "mobile", "0911222333"), contact("k2", "mobile", "0911222334"), None),
    ],
)  # fmt: skip
def test_what_two_customers_have_in_common_is_told(
    engine: Embedded, one: Mapping[str, object], other: Mapping[str, object], related: str | None
) -> None:
    [row] = between(engine, LENT, contact_details=[*ACCOUNTS, *REACHED, one, other])

    assert row["related"] == related


def test_an_authority_over_the_others_account_is_a_tie(engine: Embedded) -> None:
    filed: Rows = [{"account": "1", "agent_name": "李美惠", "authority": "trade", "national_id": "B2"}]

    [row] = between(engine, LENT, account_authorizations=filed)

    assert row["related"] == "agent"


def test_what_is_the_employees_own_ties_no_two_customers(engine: Embedded) -> None:
    both = [contact(party, kind, value) for party in ("k1", "k2", "e1") for kind, value in (("mobile", "0911222333"), ("mailing_address", "台中市西屯區臺灣大道四段1號2樓"))]  # fmt: skip
    agent: Rows = [{"account": account, "agent_name": "林小華", "authority": "trade", "national_id": "A1"} for account in "12"]  # fmt: skip

    [row] = between(engine, LENT, contact_details=[*ACCOUNTS, *REACHED, *both], account_authorizations=agent)

    assert row["related"] is None


@pytest.mark.parametrize(
    ("changed", "unsure"),
    [
        ({"contact_details": ACCOUNTS}, "contacts"),
        ({"contact_details": [*ACCOUNTS, REACHED[0]]}, "contacts"),
        ({"contact_details": [*ACCOUNTS, *REACHED, contact("k1", "bank_account", BORROWER)]}, "shared_account"),
        ({"customers": [PEOPLE["customers"][0], {"customer_id": "k2", "name": "李美惠"}]}, "identity"),
    ],
)
def test_what_the_lists_do_not_tell_is_unsure(engine: Embedded, changed: dict[str, Rows], unsure: str) -> None:
    [row] = between(engine, LENT, **changed)

    assert row["unsure"] == unsure


def test_a_name_alone_and_another_currency_are_unsure(engine: Embedded) -> None:
    by_name = paid(LENDER, "out", "500000", None, counterparty_name="李美惠")

    assert [row["unsure"] for row in between(engine, by_name)] == ["name_only"]
    assert [(row["unsure"], row["amount"]) for row in between(engine, {**LENT, "currency": "USD"})] == [
        ("amount", None)
    ]


def test_staff_their_relatives_and_the_firms_ledger_are_left_out(engine: Embedded) -> None:
    employee = [*ACCOUNTS, *REACHED, contact("k3", "settlement_account", STAFF)]
    kin: Rows = [{"person_id": "e1", "related_name": "李美惠", "relation": "spouse", "national_id": "B2"}]

    assert between(engine, paid(LENDER, "out", "500000", STAFF), contact_details=employee) == []
    assert between(engine, LENT, relations=kin) == []
    assert derived(engine, {**LENT, "known_by": "ledger"}) == []


def test_payments_are_numbered_in_the_order_of_their_days(engine: Embedded) -> None:
    later = {**LENT, "booked_on": date(2026, 5, 5), "amount": Decimal(7)}
    back = paid(LENDER, "in", "3000", BORROWER)

    rows = between(engine, later, LENT, back)

    assert [(row["payer_id"], row["number"], row["amount"]) for row in rows] == [
        ("k1", 1, Decimal(500000)),
        ("k1", 2, Decimal(7)),
        ("k2", 1, Decimal(3000)),
    ]
