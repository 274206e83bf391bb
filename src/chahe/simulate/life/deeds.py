"""What people do in an ordinary year: sign in every week, and now and then work as root with a written consent."""

from datetime import date, datetime, timedelta
from typing import Final

from chahe.simulate.cast.staff_and_systems import Account, Approval, RootUse, SignIn
from chahe.simulate.days import DAY, at, days_from, months_before
from chahe.simulate.life import people
from chahe.simulate.life.company import COLO, OGW, Firm, work_hours

JUMP_HOST: Final = "10.10.9.40"
"""Where vendors' people come through."""
_COMMANDS: Final = (
    "/usr/bin/systemctl restart ogw",
    "/usr/bin/dnf update --security",
    "/usr/bin/tail -n 200 /var/log/messages",
    "/usr/sbin/lvextend -r /dev/vg0/data",
)


def add_deeds(firm: Firm) -> None:
    """Sign-ins of every account that is used, last sign-ins as account lists keep them, uses of root and their approvals."""
    for account in firm.accounts:
        if account.person is not None and account.enabled and account.signs_in:
            sign_in_weekly(firm, account, months_before(firm.as_of, 7), firm.as_of - DAY)
    _root_uses(firm)


def desk_address(firm: Firm, account: Account) -> str:
    """The address a person's computer has; a vendor's people come through the jump host."""
    if account.holder == "委外人員":
        return JUMP_HOST
    nth = next((nth for nth, one in enumerate(firm.employees) if one.person == account.person), 0)
    return f"10.10.5.{20 + nth}"


def sign_in_weekly(firm: Firm, account: Account, first: date, last: date) -> None:
    """One sign-in in each week of a stretch; the account keeps the last one."""
    rng = firm.rng(f"sign-ins {account.place} {account.name}")
    weekday = sum(account.name.encode()) % 5
    for day in days_from(max(first, account.created), last):
        if day.weekday() != weekday:
            continue
        when = work_hours(rng, day) + timedelta(microseconds=rng.randrange(1_000_000))
        account.last_used = when.replace(microsecond=0)
        if account.kind in ("linux", "windows") and account.holder != "系統服務":
            firm.sign_ins.append(SignIn(account.place, account.name, when, desk_address(firm, account)))
    if account.holder == "系統服務":
        account.last_used = at(last, 21, 14, 3)


def use_root(
    firm: Firm, host: str, account: str, when: datetime, *, command: str = "/usr/bin/vi /etc/hosts", by_su: bool = False
) -> None:
    """Work as root on a host, from the holder's own computer."""
    address = desk_address(firm, firm.account(host, account))
    firm.root_uses.append(RootUse(host, account, when, address, command, by_su=by_su))


def approve(firm: Firm, host: str, begins: datetime, ends: datetime, *, requester: str | None = None) -> Approval:
    """A consent of the IT manager to use root on a host from one moment to another, given the evening before."""
    approval = Approval(
        approval=f"PA-{begins.year - 1911}-{len(firm.approvals) + 1:03}",
        system=host,
        account="root",
        requester=requester or firm.employee(people.ENGINEER).person,
        approver=firm.employee(people.IT_MANAGER).person,
        approved=at(begins.date() - DAY, 17, 30),
        begins=begins,
        ends=ends,
        purpose="例行維護",
    )
    firm.approvals.append(approval)
    return approval


def _root_uses(firm: Firm) -> None:
    rng = firm.rng("root")
    engineer = firm.employee(people.ENGINEER)
    for month in range(11, 0, -1):
        host = (OGW, COLO)[month % 2]
        when = work_hours(rng, months_before(firm.as_of, month) + 5 * DAY).replace(second=7)
        use_root(firm, host, engineer.account, when, command=rng.choice(_COMMANDS), by_su=month == 6)
        approve(firm, host, when.replace(minute=0, second=0), when.replace(minute=0, second=0) + timedelta(hours=2))
