"""An audit tells whose the accounts and names are that its findings name; its cases follow from the record alone."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from chahe.controls.catalogue import controls
from chahe.controls.linked import Family, Linked, Node, Role, Tie
from chahe.controls.model import Control, Empty, Need, Severity
from chahe.engine.audit import Request, audit
from chahe.engine.binding import Span
from chahe.engine.casefiles import cases_of
from chahe.engine.embedded import Embedded
from chahe.engine.house import Cased, links_hold
from chahe.engine.record import AuditRecord
from chahe.evidence.customers import table as customers
from chahe.evidence.employees import table as employees
from chahe.evidence.trading_accounts import table as trading_accounts
from chahe.rules.citations import CUSTOMERS_NAME_NOT_USED
from chahe.wording import Text
from workspaces import Small

ACCOUNTS = "客戶帳號,客戶編號,營業員編號\nA1,K1,E1\nA2,K1,E1\nA3,K2,E2\nA4,K3,\n"
EMPLOYEES = "員工編號,姓名\nE1,王小明\nE2,陳同名\nE3,陳同名\nE4,林客戶\n"
CUSTOMERS = "客戶編號,客戶姓名\nK1,張三\nK2,李四\nK3,林客戶\n"
SAID = Text("內容", "told")


def _control(name: str, exceptions: str, linked: Linked) -> Control:
    return Control(
        id=name,
        title=Text("測試", "a test"),
        question=SAID,
        cites=(CUSTOMERS_NAME_NOT_USED,),
        deck=(),
        needs=(Need(table=trading_accounts), Need(table=employees), Need(table=customers)),
        blind_spots=(SAID,),
        frame=SAID,
        population="SELECT row_id FROM trading_accounts",
        exceptions=exceptions,
        key=("subject",),
        empty=Empty.UNEVIDENCED,
        severity=Severity.HIGH,
        message=Text("{subject} 如此", "{subject} is so"),
        remedy=SAID,
        margin=None,
        linked=linked,
    )


LOOKED_AFTER = _control(
    "looked-after",
    "SELECT account AS subject, account, representative_id AS person_id, row_id AS account_row FROM trading_accounts WHERE representative_id IS NOT NULL",
    Linked(
        family=Family.PAPERS,
        nodes=(Node(column="person_id", role=Role.EMPLOYEE), Node(column="account", role=Role.ACCOUNT)),
        ties=(
            Tie(
                ends=(("person_id",), ("account",)),
                what=Text("負責", "looks after"),
                rows=("account_row",),
            ),
        ),
        confidence=50,
    ),
)
SPOKE = _control(
    "spoke",
    "SELECT name AS subject, name AS sender, row_id AS employee_row FROM employees",
    Linked(family=Family.WORDS, nodes=(Node(column="sender", role=Role.SPEAKER),), confidence=50),
)


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> AuditRecord:
    return _audited(tmp_path_factory.mktemp("linked"))


def _audited(folder: Path) -> AuditRecord:
    small = Small(folder)
    small.write("accounts.csv", ACCOUNTS)
    small.write("employees.csv", EMPLOYEES)
    small.write("customers.csv", CUSTOMERS)
    small.ingest()
    span = Span(date(2026, 11, 22), date(2026, 11, 1), date(2026, 11, 22))
    request = Request(workspace=small.workspace, store=small.store, controls=(LOOKED_AFTER, SPOKE), span=span)
    with Embedded() as engine:
        return audit(engine, request, lambda control, outcome: None)


def test_it_knows_the_holders_of_named_accounts_and_the_one_employee_of_a_name(record: AuditRecord) -> None:
    told = [(one.role, one.value, one.owner_role, one.owner) for one in record.owners]
    assert told == [
        ("account", "a1", "customer", "k1"),
        ("account", "a2", "customer", "k1"),
        ("account", "a3", "customer", "k2"),
        ("speaker", "王小明", "employee", "e1"),
    ]
    assert all("#" in one.row for one in record.owners)


def test_the_record_kept_and_read_again_gives_the_same_cases(record: AuditRecord) -> None:
    known = {one.id: one for one in (LOOKED_AFTER, SPOKE)}
    again = AuditRecord.from_json(record.to_json())
    assert again == record
    made = cases_of(again, known)
    assert made == cases_of(record, known)
    # Two employees bear one name: who spoke is not known, and the name as written stands for itself.
    assert {(one.subjects[0].value, len(one.found)) for one in made} == {("e1", 3), ("e2", 1), ("陳同名", 2)}


def test_a_control_without_a_declaration_and_one_that_is_gone_make_no_cases(record: AuditRecord) -> None:
    assert cases_of(record, {}) == []
    assert cases_of(record, {LOOKED_AFTER.id: replace(LOOKED_AFTER, linked=None)}) == []


def test_an_older_record_without_owners_and_headings_is_read(record: AuditRecord) -> None:
    older = replace(record, owners=(), results=tuple(replace(one, headings={}, words={}) for one in record.results))
    known = {one.id: one for one in (LOOKED_AFTER, SPOKE)}
    made = cases_of(AuditRecord.from_json(older.to_json()), known)
    assert {(one.subjects[0].value, len(one.found)) for one in made} == {("e1", 2), ("e2", 1), ("陳同名", 2)}


def test_a_declaration_of_columns_that_no_exception_has_is_refused() -> None:
    assert list(links_hold(Cased(LOOKED_AFTER, ()))) == []
    linked = replace(LOOKED_AFTER.linked, money=("gone",))  # type: ignore[type-var]
    assert [text.en for text in links_hold(Cased(replace(LOOKED_AFTER, linked=linked), ()))] == [
        "linked names gone, which exceptions do not return; mend it or take it out"
    ]
    loose = replace(LOOKED_AFTER.linked, nodes=LOOKED_AFTER.linked.nodes[:1])  # type: ignore[type-var, union-attr]
    assert [text.en for text in links_hold(Cased(replace(LOOKED_AFTER, linked=loose), ()))] == [
        "a tie of linked ends at account, which is no node; declare it under nodes"
    ]


def test_the_catalogue_links_the_conduct_of_staff() -> None:
    linked = {name for name, control in controls().items() if control.linked is not None}
    assert {
        "opposite-trade-linked",
        "money-between-staff-and-customer",
        "shared-contact",
        "profit-guaranteed",
    } <= linked
