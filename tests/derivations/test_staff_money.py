"""Money between staff and customers: whose accounts they are, each payment once, and the ways money goes on."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

import pytest

from chahe.derivations.bank_accounts import Account, account_of
from chahe.engine.embedded import Embedded
from derivations.money_world import Rows, derived

STAFF, CLIENT, OTHER, THIRD = "808-001234567890", "812-000111222333", "700-00055566677788", "013-000999888777"
PEOPLE: dict[str, Rows] = {
    "employees": [
        {"person_id": "e1", "name": "林小華", "national_id": "A1", "hired_on": date(2020, 1, 1)},
        {"person_id": "e2", "name": "陳志明", "national_id": "A2", "left_on": date(2026, 3, 31)},
    ],
    "customers": [
        {"customer_id": "k1", "name": "王大明", "national_id": "B1"},
        {"customer_id": "k2", "name": "李美惠", "national_id": "B2"},
        {"customer_id": "k9", "name": "陳志明", "national_id": "A2"},
    ],
    "trading_accounts": [
        {"account": "1", "customer_id": "k1", "representative_id": "e1", "representative_from": date(2026, 2, 1)},
        {"account": "2", "customer_id": "k2", "opened_on": date(2026, 1, 10), "closed_on": date(2026, 6, 30)},
    ],
    "contact_details": [
        {"party_kind": "employee", "party_id": "e1", "contact_kind": "bank_account", "contact_value": STAFF},
        {"party_kind": "customer", "party_id": "k1", "contact_kind": "settlement_account", "contact_value": CLIENT},
        {"party_kind": "customer", "party_id": "k2", "contact_kind": "settlement_account", "contact_value": OTHER},
        {"party_kind": "customer", "party_id": "k9", "contact_kind": "settlement_account", "contact_value": "004-123412341234"},
    ],
    "relations": [],
}  # fmt: skip


@pytest.fixture(scope="module")
def engine() -> Iterator[Embedded]:
    with Embedded() as embedded:
        yield embedded


def paid(account: str, direction: str, amount: str, other: str | None, day: str = "2026-05-04", **more: object) -> Mapping[str, object]:  # fmt: skip
    return {
        "account": account,
        "direction": direction,
        "amount": Decimal(amount),
        "counterparty_account": other,
        "booked_on": date.fromisoformat(day),
        **more,
    }


def dealings(engine: Embedded, *transfers: Mapping[str, object], **changed: Rows) -> list[dict[str, object]]:
    rows = derived(engine, PEOPLE | {"transfers": transfers} | changed)
    return [row for row in rows if row["customer_id"] is not None]


@pytest.mark.parametrize(
    ("written", "bank", "found"),
    [
        ("812-000123456789", None, Account("123456789", "812")),
        ("(812) 0001-2345-6789", None, Account("123456789", "812")),
        ("８１２－０００１２３４５６７８９", None, Account("123456789", "812")),
        ("000123456789", "812", Account("123456789", "812")),
        ("812000123456789", "8120012", Account("812000123456789", "812")),
        ("812-000123456789", "812", Account("123456789", "812")),
        ("000123456789", "國泰世華", Account("123456789", None)),
        ("012-345-678", None, Account("12345678", None)),
        ("0001****6789", "812", None),
        ("12345", "812", None),
        ("000000000000", "812", None),
        ("", None, None),
        (None, "812", None),
        ("12345678901234567", None, None),
    ],
)
def test_an_account_is_read_however_it_is_written(written: str | None, bank: str | None, found: Account | None) -> None:
    assert account_of(written, bank) == found


def test_a_payment_is_one_however_many_statements_show_it(engine: Embedded) -> None:
    both = dealings(
        engine,
        paid(STAFF, "in", "40000", "000111222333", counterparty_bank="812"),
        paid("000111222333", "out", "40000", STAFF, bank="812"),
    )

    assert [(one["customer_id"], one["towards"], one["amount"], one["other_row"]) for one in both] == [
        ("k1", "staff", Decimal(40000), "transfers#0")
    ]
    assert both[0]["row_id"] == "transfers#1"
    assert both[0]["party_row"] == "contact_details#1"
    assert both[0]["staff_row"] == "contact_details#0"


def test_two_payments_of_one_day_and_amount_are_two(engine: Embedded) -> None:
    twice = dealings(
        engine,
        paid(STAFF, "in", "4000", CLIENT),
        paid(STAFF, "in", "4000", CLIENT),
        paid(CLIENT, "out", "4000", STAFF),
    )

    assert [(one["number"], one["year_amount"]) for one in twice] == [(1, Decimal(8000)), (2, Decimal(8000))]


def test_a_statement_exported_again_adds_nothing_that_was_there(engine: Embedded) -> None:
    first = [paid(STAFF, "in", "4000", CLIENT, row_id=f"a#{nth}") for nth in (3, 4)]
    again = [paid(STAFF, "in", "4000", CLIENT, row_id=f"b#{nth}") for nth in (3, 4, 5)]

    assert [one["row_id"] for one in dealings(engine, *first, *again)] == ["b#3", "b#4", "b#5"]


def test_two_columns_of_amounts_tell_the_direction(engine: Embedded) -> None:
    row = {"account": STAFF, "counterparty_account": CLIENT, "booked_on": date(2026, 5, 4)}

    found = dealings(
        engine, {**row, "paid_out": Decimal(700)}, {**row, "paid_in": Decimal(900), "paid_out": Decimal(0)}
    )

    assert sorted((str(one["towards"]), one["amount"]) for one in found) == [
        ("customer", Decimal(700)),
        ("staff", Decimal(900)),
    ]


@pytest.mark.parametrize(
    ("change", "unsure"),
    [({"currency": "USD"}, "amount"), ({"direction": None}, "amount"), ({"currency": "新臺幣"}, None)],
)
def test_what_the_statement_does_not_tell_is_unsure(
    engine: Embedded, change: Mapping[str, object], unsure: str | None
) -> None:
    [one] = dealings(engine, {**paid(STAFF, "in", "4000", CLIENT), **change})

    assert one["unsure"] == unsure
    assert one["year_amount"] == (Decimal(0) if unsure else Decimal(4000))


def test_a_name_alone_names_nobody(engine: Embedded) -> None:
    found = dealings(
        engine,
        paid(STAFF, "in", "50000", None, counterparty_name="王大明"),
        paid(STAFF, "in", "50000", "0001****4567", counterparty_name=" 李美惠 "),
        paid(CLIENT, "out", "50000", THIRD, counterparty_name="林小華"),
        paid(STAFF, "in", "50000", "004-888888888888", counterparty_name="趙無名"),
    )

    assert [(one["customer_id"], one["way"], one["unsure"]) for one in found] == [
        ("k1", "name_only", "name_only"),
        ("k1", "name_only", "name_only"),
        ("k2", "name_only", "name_only"),
    ]


def test_a_national_id_on_the_statement_goes_before_names_and_accounts(engine: Embedded) -> None:
    [one] = dealings(
        engine,
        paid(THIRD, "in", "50000", None, holder_national_id="A1", counterparty_national_id="B2", counterparty_name="x"),
    )

    assert (one["person_id"], one["customer_id"], one["way"], one["unsure"]) == ("e1", "k2", "direct", None)


@pytest.mark.parametrize(
    ("day", "set_apart"),
    [
        ("2026-01-09", "not_customer_then"),
        ("2026-01-10", None),
        ("2026-06-30", None),
        ("2026-07-01", "not_customer_then"),
        ("2019-12-31", "not_staff_then"),
    ],
)
def test_only_who_was_staff_and_customer_on_the_day_counts(engine: Embedded, day: str, set_apart: str | None) -> None:
    [one] = dealings(engine, paid(STAFF, "in", "4000", OTHER, day))

    assert one["set_apart"] == set_apart


@pytest.mark.parametrize(("day", "own"), [("2026-01-31", False), ("2026-02-01", True)])
def test_a_customer_is_the_employees_own_from_the_day_it_took_over(engine: Embedded, day: str, own: bool) -> None:
    [one] = dealings(engine, paid(STAFF, "in", "4000", CLIENT, day))

    assert one["own_customer"] is own


@pytest.mark.parametrize(("day", "set_apart"), [("2026-03-31", "colleagues"), ("2026-04-01", None)])
def test_a_colleague_is_a_customer_again_once_it_left(engine: Embedded, day: str, set_apart: str | None) -> None:
    [one] = dealings(engine, paid(STAFF, "in", "4000", "004-123412341234", day))

    assert (one["person_id"], one["customer_id"], one["set_apart"]) == ("e1", "k9", set_apart)


def test_relatives_are_set_apart_nominees_are_not_and_both_stand_on_the_employees_side(engine: Embedded) -> None:
    kin: Rows = [{"person_id": "e1", "related_name": "甲", "relation": "spouse", "national_id": "B1"}]
    nominee: Rows = [{"person_id": "e1", "related_name": "甲", "relation": "nominee", "national_id": "B1"}]
    payment = (paid(STAFF, "in", "4000", CLIENT), paid(CLIENT, "in", "4000", OTHER))

    assert [
        (one["customer_id"], one["way"], one["set_apart"]) for one in dealings(engine, *payment, relations=kin)
    ] == [
        ("k1", "direct", "kin"),
        ("k2", "relative", None),
    ]
    assert [
        (one["customer_id"], one["way"], one["set_apart"]) for one in dealings(engine, *payment, relations=nominee)
    ] == [("k1", "direct", None), ("k2", "relative", None)]


def test_without_a_national_id_relatives_cannot_be_ruled_out(engine: Embedded) -> None:
    nameless: Rows = [{"customer_id": "k1", "name": "王大明"}]

    [one] = dealings(engine, paid(STAFF, "in", "4000", CLIENT), customers=nameless)

    assert one["unsure"] == "identity"


def test_an_account_of_several_persons_is_nobodys_for_sure(engine: Embedded) -> None:
    contacts = [*PEOPLE["contact_details"], {"party_kind": "customer", "party_id": "k2", "contact_kind": "settlement_account", "contact_value": CLIENT}]  # fmt: skip

    found = dealings(engine, paid(STAFF, "in", "4000", CLIENT), contact_details=contacts)

    assert [(one["customer_id"], one["unsure"]) for one in found] == [
        ("k1", "shared_account"),
        ("k2", "shared_account"),
    ]


@pytest.mark.parametrize(
    ("amount", "day", "found"),
    [("80000", "2026-05-07", True), ("79999", "2026-05-04", False), ("100000", "2026-05-08", False), ("100001", "2026-05-04", False), ("100000", "2026-05-03", False)],
)  # fmt: skip
def test_money_passed_on_by_a_stranger_is_told(engine: Embedded, amount: str, day: str, found: bool) -> None:
    rows = dealings(engine, paid(CLIENT, "out", "100000", THIRD, "2026-05-04"), paid(STAFF, "in", amount, THIRD, day))

    expected = [("k1", "passed_on", "staff", Decimal(amount), "transfers#0", "transfers#1")]
    assert [
        (one["customer_id"], one["way"], one["towards"], one["amount"], one["row_id"], one["other_row"]) for one in rows
    ] == (expected if found else [])


def test_what_goes_through_the_firms_own_account_or_a_shop_is_not_passed_on(engine: Embedded) -> None:
    through = (paid(CLIENT, "out", "100000", THIRD), paid(STAFF, "in", "100000", THIRD))
    ledger = paid(THIRD, "in", "5", "004-777777777777", known_by="ledger")
    shop = [paid(THIRD, "in", "300", f"004-66666666660{nth}") for nth in range(4)]

    assert dealings(engine, *through, ledger) == []
    assert dealings(engine, *through, *shop) == []
    assert len(dealings(engine, *through, *shop[:3])) == 1


def test_money_that_comes_round_is_marked_and_money_returned_is_not(engine: Embedded) -> None:
    out = paid(STAFF, "out", "100000", CLIENT, "2026-05-04")
    on = paid(CLIENT, "out", "90000", OTHER, "2026-05-20")
    back = paid(OTHER, "out", "80000", STAFF, "2026-06-03")

    assert [one["circled"] for one in dealings(engine, out, on, back)] == [True, True]
    late = paid(OTHER, "out", "80000", STAFF, "2026-06-04")
    assert [one["circled"] for one in dealings(engine, out, on, late)] == [False, False]
    less = paid(OTHER, "out", "71999", STAFF, "2026-06-03")
    assert [one["circled"] for one in dealings(engine, out, on, less)] == [False, False]
    returned = paid(CLIENT, "out", "100000", STAFF, "2026-05-06")
    assert [one["circled"] for one in dealings(engine, out, returned)] == [False, False]


def test_the_year_ends_with_the_payment_and_holds_365_days(engine: Embedded) -> None:
    found = dealings(
        engine,
        paid(STAFF, "in", "100", CLIENT, "2025-05-04"),
        paid(STAFF, "in", "10", CLIENT, "2025-05-05"),
        paid(STAFF, "out", "1", CLIENT, "2026-05-04"),
    )

    assert [one["year_amount"] for one in found] == [Decimal(100), Decimal(110), Decimal(11)]


def test_an_employee_is_seen_whose_own_statement_is_at_hand(engine: Embedded) -> None:
    def seen(*transfers: Mapping[str, object]) -> list[object]:
        rows = derived(engine, PEOPLE | {"transfers": transfers})
        return [row["person_id"] for row in rows if row["customer_id"] is None]

    assert seen(paid(STAFF, "in", "5", None)) == ["e1"]
    assert seen(paid(CLIENT, "out", "5", STAFF)) == []
    assert seen(paid("004-123412341234", "in", "5", None)) == ["e2"]


def test_swapping_the_sides_of_a_payment_changes_its_direction_alone(engine: Embedded) -> None:
    ours = dealings(engine, paid(STAFF, "in", "4000", CLIENT), paid(STAFF, "out", "70", OTHER, "2026-06-01"))
    swapped = dealings(engine, paid(STAFF, "out", "4000", CLIENT), paid(STAFF, "in", "70", OTHER, "2026-06-01"))

    other = {"staff": "customer", "customer": "staff"}
    assert [{**one, "towards": other[str(one["towards"])]} for one in ours] == swapped


def test_a_thousand_payments_of_strangers_change_nothing(engine: Embedded) -> None:
    alone = dealings(engine, paid(STAFF, "in", "4000", CLIENT))
    strangers = [paid(f"004-5{nth:011}", "in", "90", f"005-6{nth:011}") for nth in range(1000)]

    assert dealings(engine, paid(STAFF, "in", "4000", CLIENT), *strangers) == alone
