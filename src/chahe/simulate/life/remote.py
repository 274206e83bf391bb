"""Remote access of the example firm: vendors' sessions by the headquarters' gateway, requests, records of work and reviews."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from chahe.simulate.cast.upkeep import RemoteRequest, RemoteReview, Session, Work
from chahe.simulate.days import DAY, at, months_before
from chahe.simulate.files import write_text
from chahe.simulate.life import people
from chahe.simulate.life.company import COLOCATED, Firm

GATEWAY, ACCOUNT, ADDRESS = "fg-hq", "vpn-v001", "198.51.100.77"
_LENGTH: Final = timedelta(minutes=50)


def month_end(day: date) -> date:
    return (day.replace(day=28) + 4 * DAY).replace(day=1) - DAY


def add_remote_access(firm: Firm) -> None:
    """A session a month, each asked for, approved, written down and reviewed after the month's end."""
    upkeep, manager = firm.upkeep, firm.employee(people.IT_MANAGER)
    for months in range(11, 0, -1):
        begins = at(months_before(firm.as_of, months), 14, 0, months)
        connect(firm, f"RA-{12 - months:02}", begins)
        last = month_end(begins.date())
        if months > 2:
            upkeep.reviews.append(
                RemoteReview(
                    f"RV-{12 - months:02}",
                    GATEWAY,
                    last.replace(day=1),
                    last,
                    last + 6 * DAY,
                    manager.name,
                    "與申請及維護紀錄相符",
                )
            )


def connect(firm: Firm, request: str, begins: datetime) -> None:
    """A session of the vendor's person, with the request and the record of the work."""
    manager, vendor = firm.employee(people.IT_MANAGER), firm.vendors[0]
    upkeep = firm.upkeep
    upkeep.sessions.append(Session(ACCOUNT, begins))
    upkeep.requests.append(
        RemoteRequest(
            request, ACCOUNT, vendor.person, "系統維護", manager.person, begins - DAY, begins, begins + 3 * _LENGTH
        )
    )
    upkeep.works.append(
        Work(f"MR-{request}", request, vendor.person, COLOCATED, begins.date(), "檢查交易程式與更新參數")
    )


def write_remote_logs(firm: Firm, folder: Path) -> None:
    """The gateway's events of tunnels, as FortiGate writes them."""
    lines = []
    for nth, one in enumerate(sorted(firm.upkeep.sessions, key=lambda one: one.begins), 101):
        about = f'tunneltype="ssl-tunnel" tunnelid={nth} remip={ADDRESS} tunnelip=10.9.0.7 user="{one.account}" group="vendors"'
        ends = one.begins + _LENGTH
        lines.append(_event(firm, one.begins, f'logid="0101039947" action="tunnel-up" {about} reason="N/A"'))
        seconds = int(_LENGTH.total_seconds())
        lines.append(
            _event(
                firm,
                ends,
                f'logid="0101039948" action="tunnel-down" {about} reason="N/A" duration={seconds} sentbyte=81920 rcvdbyte=20480',
            )
        )
    write_text(folder / f"{firm.called(GATEWAY)}-vpn.log", "\n".join([*lines, ""]))


def _event(firm: Firm, when: datetime, told: str) -> str:
    gateway = firm.called(GATEWAY)
    firm.watch.logged[gateway, when.date()] += 1
    serial = firm.firewall(gateway).serial
    return (
        f'date={when:%Y-%m-%d} time={when:%H:%M:%S} devname="{gateway}" devid="{serial}" tz="+0800" '
        f'type="event" subtype="vpn" level="information" vd="root" {told}'
    )
