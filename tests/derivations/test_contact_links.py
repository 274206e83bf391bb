"""What staff and customers share is found, weighed by how few share it, and never made of what is missing."""

from collections.abc import Sequence
from datetime import date
from random import Random

import pytest

from chahe.derivations.contact_links import MOST, strength
from chahe.derivations.contact_values import bank_account, email, mobile, phone
from contact_world import Row, contact, customer, employee, links, relative

HOME, UPSTAIRS = "臺北市大安區和平東路二段12號3樓", "台北市大安區和平東路2段12號5F"


def told(rows: Sequence[Row]) -> list[tuple[object, ...]]:
    return [(row["person_id"], row["customer_id"], row["channel"], row["level"], row["points"]) for row in rows]


def test_case_four_shows_another_floor_the_agent_and_the_emergency_contact_of_the_family() -> None:
    rows = links(
        employees=[employee("E1")],
        relations=[relative("E1", "R1")],
        customers=[customer("K1")],
        trading_accounts=[{"account": "0011", "customer_id": "K1"}],
        account_authorizations=[
            {"account": "0011", "agent_name": "親R1", "national_id": "NR1", "authority": "trade"},
        ],
        contact_details=[
            contact("employee", "E1", "residence", HOME, row_id="d#home"),
            contact("relative", "nr1", "mobile", "0912-345-678", row_id="d#spouse"),
            contact("customer", "K1", "mailing_address", UPSTAIRS, row_id="d#up", changed_by="E1"),
            contact("customer", "K1", "emergency_contact", "+886 912 345 678", row_id="d#sos"),
        ],
    )

    assert told(rows) == [
        ("E1", "K1", "address", "building", 250),
        ("E1", "K1", "agent", None, 300),
        ("E1", "K1", "emergency_contact", None, 300),
    ]
    assert [row["via"] for row in rows] == ["self", "spouse", "spouse"]
    assert [(row["staff_row"], row["customer_row"], row["relation_row"]) for row in rows] == [
        ("d#home", "d#up", None),
        ("relations#1", "account_authorizations#1", "relations#1"),
        ("d#spouse", "d#sos", "relations#1"),
    ]
    assert rows[0]["changed_by"] == "E1"


@pytest.mark.parametrize(
    ("own", "theirs", "kind", "points"),
    [
        ("0912345678", "０９１２－３４５－６７８", "mobile", 300),
        ("02-2345-6789", "(02)23456789#12", "phone", 300),
        ("User.One@gmail.com", "userone+tw@googlemail.com", "email", 300),
        ("812-000012345678", "812 000012345678", "settlement_account", 300),
    ],
)
def test_one_value_is_known_again_however_it_is_written(own: str, theirs: str, kind: str, points: int) -> None:
    rows = links(
        employees=[employee("E1")],
        customers=[customer("K1"), customer("K2")],
        contact_details=[contact("employee", "E1", kind, own), contact("customer", "K1", kind, theirs)],
    )

    assert [(row["customer_id"], row["points"]) for row in rows] == [("K1", points)]


def test_a_flats_own_telephone_is_no_second_proof_but_a_mobile_is() -> None:
    def found(number: str) -> list[object]:
        rows = links(
            employees=[employee("E1")],
            customers=[customer("K1")],
            contact_details=[
                contact("employee", "E1", "residence", HOME),
                contact("employee", "E1", "phone", number),
                contact("customer", "K1", "residence", HOME),
                contact("customer", "K1", "phone", number),
            ],
        )
        return [row["channel"] for row in rows]

    assert found("02-2345-6789") == ["address"]
    assert found("0912-345-678") == ["address", "phone"]


def test_a_house_of_more_than_thirty_ties_nobody() -> None:
    def found(others: int) -> list[Row]:
        several = [customer(f"K{nth}") for nth in range(others)]
        homes = [
            contact("customer", f"K{nth}", "residence", HOME.replace("3樓", f"{nth + 4}樓")) for nth in range(others)
        ]
        return links(
            employees=[employee("E1")],
            customers=several,
            contact_details=[contact("employee", "E1", "residence", HOME), *homes],
        )

    assert [len(found(others)) for others in (1, MOST - 1, MOST)] == [1, MOST - 1, 0]
    assert {row["sharers"] for row in found(MOST - 1)} == {MOST}


def test_an_employees_own_number_stays_strong_however_many_customers_have_it_and_the_offices_does_not() -> None:
    def found(staff: int, customers: int) -> list[object]:
        rows = links(
            employees=[employee(f"E{nth}") for nth in range(staff)],
            customers=[customer(f"K{nth}") for nth in range(customers)],
            contact_details=[contact("employee", f"E{nth}", "mobile", "0912345678") for nth in range(staff)]
            + [contact("customer", f"K{nth}", "mobile", "0912345678") for nth in range(customers)],
        )
        return sorted({row["points"] for row in rows})

    assert found(1, 40) == [300]
    assert found(3, 1) == [225]
    assert found(31, 1) == []


def test_an_employee_who_is_agent_or_gets_the_statements_is_enough_alone() -> None:
    rows = links(
        employees=[employee("E1")],
        customers=[customer("K1"), customer("K2")],
        trading_accounts=[{"account": "0011", "customer_id": "K1"}, {"account": "0012", "customer_id": "K2"}],
        account_authorizations=[
            {"account": "0011", "agent_name": "員E1", "national_id": "NE1", "authority": "trade"},
            {"account": "0012", "agent_name": "員E1", "national_id": "NE1", "authority": "legal_representative"},
        ],
        contact_details=[
            contact("employee", "E1", "email", "e1@example.com"),
            contact("customer", "K2", "statement_delivery", "E1@Example.com"),
            contact("customer", "K1", "statement_delivery", "電子對帳單"),
        ],
    )

    assert told(rows) == [
        ("E1", "K1", "agent", None, 400),
        ("E1", "K2", "email", None, 300),
        ("E1", "K2", "statement", None, 400),
    ]


def test_only_what_stood_at_one_time_within_the_period_and_the_employment_is_shared() -> None:
    def found(own: dict[str, object], theirs: dict[str, object], job: dict[str, object]) -> int:
        return len(
            links(
                employees=[employee("E1", **job)],
                customers=[customer("K1")],
                contact_details=[
                    contact("employee", "E1", "mobile", "0912345678", **own),
                    contact("customer", "K1", "mobile", "0912345678", **theirs),
                ],
            )
        )

    day, next_day = date(2026, 3, 1), date(2026, 3, 2)
    assert found({"used_until": day}, {"used_from": day}, {}) == 1
    assert found({"used_until": day}, {"used_from": next_day}, {}) == 0
    assert found({"used_until": date(2025, 11, 23)}, {}, {}) == 1
    assert found({"used_until": date(2025, 11, 22)}, {}, {}) == 0
    assert found({}, {"used_from": date(2026, 11, 23)}, {}) == 0
    assert found({"used_until": day}, {}, {"hired_on": day}) == 1
    assert found({"used_until": day}, {}, {"hired_on": next_day}) == 0
    assert found({}, {}, {"left_on": date(2025, 11, 22)}) == 0


@pytest.mark.parametrize(
    ("given", "whose", "kinship"),
    [
        ({"national_id": "NK1"}, {}, "kin"),
        ({"national_id": "NK1", "known_from": "inquiry"}, {}, "inquiry"),
        ({"national_id": "NK1", "known_from": None}, {}, "inquiry"),
        ({"national_id": "NK1", "relation": "nominee"}, {}, None),
        ({"national_id": "NK1", "related_until": date(2025, 11, 22)}, {}, None),
        ({"national_id": None, "related_name": "客K1"}, {}, "perhaps"),
        ({"national_id": None}, {}, None),
        ({}, {"national_id": None}, None),
        ({}, {"national_id": None, "name": None}, "perhaps"),
        ({}, {"national_id": None, "name": "員E1"}, "perhaps"),
    ],
)
def test_kin_is_who_is_declared_and_a_missing_number_leaves_it_open(
    given: dict[str, object], whose: dict[str, object], kinship: str | None
) -> None:
    rows = links(
        employees=[employee("E1")],
        relations=[relative("E1", "R1", **given)],
        customers=[customer("K1", **whose)],
        contact_details=[
            contact("employee", "E1", "mobile", "0912345678"),
            contact("customer", "K1", "mobile", "0912345678"),
        ],
    )

    assert [row["kinship"] for row in rows] == [kinship]


def test_the_employees_own_account_is_no_tie_and_nothing_is_made_of_what_is_too_short() -> None:
    assert not links(
        employees=[employee("E1"), employee("E2")],
        customers=[customer("K1", national_id="NE1"), customer("K2")],
        contact_details=[
            contact("employee", "E1", "mobile", "0912345678"),
            contact("customer", "K1", "mobile", "0912345678"),
            contact("employee", "E2", "phone", "2345-6789"),
            contact("customer", "K2", "phone", "2345-6789"),
        ],
    )


def test_addresses_that_cannot_be_read_are_told_once_for_each_person() -> None:
    rows = links(
        employees=[employee("E1")],
        customers=[customer("K1")],
        contact_details=[
            contact("employee", "E1", "residence", "忠孝東路", row_id="d#1"),
            contact("customer", "K1", "registered_address", "地址不詳", row_id="d#3"),
            contact("customer", "K1", "mailing_address", "同上", row_id="d#2"),
        ],
    )

    assert [(row["person_id"], row["customer_id"], row["channel"], row["row_id"]) for row in rows] == [
        ("E1", None, "unread", "d#1"),
        (None, "K1", "unread", "d#2"),
    ]


def _world(seed: int) -> dict[str, list[Row]]:
    rng = Random(seed)  # noqa: S311 - the same worlds every time
    floors = ["", "3樓", "5樓", "十樓"]
    details: list[Row] = []
    for kind, names in (("employee", ["E1", "E2"]), ("relative", ["NR1"]), ("customer", ["K1", "K2", "K3"])):
        for name in names:
            details += [
                contact(kind, name, "residence", f"台北市大安區和平東路{rng.choice((2, 4))}號{rng.choice(floors)}"),
                contact(kind, name, "mobile", f"091234567{rng.randrange(3)}"),
            ]
    return {
        "employees": [employee("E1"), employee("E2")],
        "relations": [relative("E1", "R1")],
        "customers": [customer(name) for name in ("K1", "K2", "K3")],
        "contact_details": details,
    }


@pytest.mark.parametrize("seed", range(4))
def test_order_names_and_strangers_change_nothing(seed: int) -> None:
    given = _world(seed)
    found = told(links(**given))
    turned = {
        name: [{"row_id": f"x#{nth}"} | dict(row) for nth, row in enumerate(rows)][::-1] for name, rows in given.items()
    }
    strangers = [contact("customer", "K9", "residence", "台中市西區公益路68號2樓")]

    assert told(links(**turned)) == found
    assert told(links(**given | {"contact_details": given["contact_details"] + strangers})) == found
    renamed = [dict(row) | {"name": f"{row['name']}新"} for row in given["customers"]]
    assert told(links(**given | {"customers": renamed})) == found


def test_strength_falls_by_a_quarter_for_each_doubling() -> None:
    assert [strength(300, sharers) for sharers in (2, 4, 8, 16, MOST, MOST + 1)] == [300, 225, 150, 75, 7, 0]


def test_values_in_one_spelling() -> None:
    assert (phone("+886-2-2345-6789"), phone("２３４５"), phone("02 2345 6789 分機 12")) == (
        "0223456789",
        None,
        "0223456789",
    )
    assert (mobile("0912345678"), mobile("0223456789")) == (True, False)
    assert (email("無"), email("A@B.com "), email("@b.com")) == (None, "a@b.com", None)
    assert (bank_account("812-1"), bank_account("812-000012345678")) == (None, "812000012345678")
