"""Checks of representatives' desks and deliveries of statements in the example firm, and the registers they stand in."""

from dataclasses import astuple, dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from chahe.simulate.cast.access import PersonalFile
from chahe.simulate.cast.customers import Contact
from chahe.simulate.days import DAY, months_before
from chahe.simulate.files import write_csv
from chahe.simulate.life import people

if TYPE_CHECKING:
    from chahe.simulate.life.company import Firm

DESKS: Final = (people.BROKER, people.SECOND_BROKER, people.THIRD_BROKER, people.FOURTH_BROKER)
_DELIVERIES: Final = "對帳單送達紀錄.csv"


@dataclass(slots=True)
class DeskCheck:
    check: str
    person: str
    number: int | None
    checked: date
    inspector: str
    item: str
    owner: str | None = None
    receipt: str | None = None


@dataclass(slots=True)
class Delivery:
    delivery: str
    customer: str
    delivered: date
    sent_to: str | None
    taken_by: str | None = None


@dataclass(slots=True)
class CustodyPapers:
    checks: list[DeskCheck] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)


def add_custody(firm: "Firm") -> None:
    """Each representative's desk checked every quarter by the auditor, and a statement by e-mail to each customer each month."""
    rng = firm.rng("desk checks")
    for back in (301, 212, 121, 33):
        for nth in DESKS:
            check_desk(firm, nth, firm.as_of - (back - rng.randrange(9)) * DAY)
    for nth, employee in enumerate(firm.employees[people.STORY :], people.STORY):
        if employee.title == "營業員":
            for back in (298, 215, 119, 31):
                check_desk(firm, nth, firm.as_of - (back - firm.rng(f"desk {nth} {back}").randrange(9)) * DAY)
    for nth in DESKS:
        employee = firm.employee(nth)
        firm.clientele.contacts.append(
            Contact("員工", employee.person, "電子郵件", f"{employee.account}@haiyu.example", employee.hired)
        )
    for months in range(11, -1, -1):
        day = months_before(firm.as_of, months).replace(day=4)
        for client in firm.clientele.clients[:40]:
            if day <= firm.as_of:
                deliver(firm, client.customer, day, client.email)
    firm.access.personal_files.append(
        PersonalFile(_DELIVERIES, "契約管理", firm.employee(people.BROKERAGE).name, firm.as_of + 700 * DAY)
    )


def check_desk(firm: "Firm", nth: int, day: date, item: str = "無") -> DeskCheck:
    """The auditor's check of an employee's desk; one row for each thing found."""
    kept = firm.custody.checks
    found = DeskCheck(
        f"PC-{1 + max((int(one.check[3:]) for one in kept), default=0):03}",
        firm.employee(nth).person,
        None,
        day,
        firm.employee(people.AUDITOR).person,
        item,
    )
    kept.append(found)
    return found


def deliver(firm: "Firm", customer: str, day: date, sent_to: str | None) -> Delivery:
    """One statement sent."""
    kept = firm.custody.deliveries
    found = Delivery(f"ST-{len(kept) + 1:04}", customer, day, sent_to)
    kept.append(found)
    return found


def write_custody(firm: "Firm", folder: Path) -> None:
    """`客戶物品抽查紀錄.csv` and `對帳單送達紀錄.csv` under `records/registers`."""
    write_csv(
        folder / "客戶物品抽查紀錄.csv",
        (
            "抽查編號",
            "受檢人員編號",
            "發現物品序號",
            "抽查日期",
            "抽查人員編號",
            "發現物品種類",
            "物品客戶編號",
            "物品收據編號",
        ),
        map(astuple, firm.custody.checks),
        "utf-8-sig",
    )
    write_csv(
        folder / _DELIVERIES,
        ("對帳單送達編號", "對帳單客戶編號", "對帳單送達日", "對帳單寄送處", "代領員工編號"),
        map(astuple, firm.custody.deliveries),
        "utf-8-sig",
    )
