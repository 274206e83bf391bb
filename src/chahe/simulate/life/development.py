"""Development at the example firm as it should be: every change asked for, approved, tested, released and still what runs."""

from datetime import date
from hashlib import sha256
from typing import Final

from chahe.simulate.cast.development import Change, DatabaseChange, Deployment, Measured, Release
from chahe.simulate.days import DAY, at, months_before
from chahe.simulate.life import people
from chahe.simulate.life.company import COLOCATED, ORDER_GATEWAY, SETTLEMENT, WEB_ORDER, Firm
from chahe.simulate.registers.contract_texts import articles

PROGRAMS: Final = {
    ORDER_GATEWAY: "/opt/ogw/bin/ogwd",
    COLOCATED: "/opt/colo/bin/colod",
    WEB_ORDER: "/srv/web/order.war",
    SETTLEMENT: "D:\\settle\\settle.exe",
}
DATABASE_ACCOUNT: Final = "dba_set"


def add_development(firm: Firm) -> None:
    """Contracts' texts, changes, releases and digests, and a data repair with its approval."""
    for contract in firm.contracts:
        contract.articles = articles()
    for months in range(11, 0, -1):
        system = tuple(PROGRAMS)[months % 4]
        released = months_before(firm.as_of, months)
        release(firm, change(firm, system, released), f"4.{12 - months}")
    for system, program in PROGRAMS.items():
        newest = [one for one in firm.development.releases if one.system == system][-1]
        firm.development.measured.append(Measured(system, program, newest.digest))
    repair = change(firm, SETTLEMENT, firm.as_of - 30 * DAY, title="更正交割日期錯誤資料")
    repair.released_by = DATABASE_ACCOUNT
    edit(firm, firm.as_of - 30 * DAY, 3)


def change(firm: Firm, system: str, released: date, *, title: str = "功能調整") -> Change:
    """A change form for a release on a day: asked two weeks before, approved, and tested two days before."""
    number = len(firm.development.changes) + 1
    made = Change(
        request=f"CR-{released.year - 1911}-{number:03}",
        system=system,
        title=title,
        program=PROGRAMS[system],
        requester=firm.employee(people.BROKERAGE).person,
        requested=released - 14 * DAY,
        developer=firm.employee(people.ENGINEER).person,
        opinion="影響範圍限於本程式，可於收盤後上線",
        approver=firm.employee(people.IT_MANAGER).person,
        approved=at(released - 10 * DAY, 16, 20),
        tester=firm.employee(people.SECOND_ENGINEER).person,
        result="通過",
        tested=released - 2 * DAY,
        released=released,
        released_by=firm.employee(people.SECOND_ENGINEER).person,
    )
    firm.development.changes.append(made)
    return made


def release(firm: Firm, made: Change, version: str) -> Deployment:
    """The release of a change in the evening of its day: recorded, with the digest that was approved."""
    if made.released is None or made.released_by is None:
        raise ValueError(f"{made.request} was never released")
    program = PROGRAMS[made.system]
    deployed = Deployment(
        at(made.released, 20, 15), made.system, "正式環境", f"D-{made.request[3:]}", version, made.request,
        made.released_by,
    )  # fmt: skip
    firm.development.deployments.append(deployed)
    firm.development.releases.append(
        Release(made.system, program, version, digest(made.system, version), made.request, made.released, made.approver)
    )
    return deployed


def edit(firm: Firm, day: date, rows: int, *, hour: int = 18) -> DatabaseChange:
    """A repair of data by hand, on the settlement database."""
    made = DatabaseChange(
        at(day, hour, 12, 40), SETTLEMENT, DATABASE_ACCOUNT, "settle", "dbo.settlement", "資料", "update", "成功", rows
    )
    firm.development.database_changes.append(made)
    return made


def digest(system: str, version: str) -> str:
    """The digest of a made-up build."""
    return sha256(f"{system} {version}".encode()).hexdigest()
