"""Whose accounts the firm has, and the paper behind each: requests before creation, half-yearly reviews, young passwords."""

from datetime import date, timedelta

from chahe.simulate.cast.staff_and_systems import Account, AccountList, HolderKind, Policy, Request, Review
from chahe.simulate.days import DAY, months_before
from chahe.simulate.life import people
from chahe.simulate.life.company import COLO, OFFICE, OGW, WEB, WEB_ORDER, WIN, WWW, Firm

LINUX = (OGW, COLO, WEB, WWW)
_ON_LINUX = {
    OGW: (people.ENGINEER, people.SECOND_ENGINEER, people.DATABASE),
    COLO: (people.ENGINEER, people.SECOND_ENGINEER),
    WEB: (people.SECOND_ENGINEER, people.DATABASE),
    WWW: (people.SECOND_ENGINEER,),
}
_ON_WINDOWS = (people.SETTLEMENT, people.CLERK, people.SECOND_CLERK)
_LAST_PASSWORDS = 60
"""Days: passwords of the firm as it should be are younger than this."""


def add_accounts(firm: Firm) -> None:
    """Every account of the firm with its request, its place in the half-yearly reviews, and the password rules."""
    for nth in range(len(firm.employees)):
        _staff(firm, OFFICE, "directory", nth)
    for host, who in _ON_LINUX.items():
        for nth in who:
            _staff(firm, host, "linux", nth)
        _linux_system_accounts(firm, host)
    _vendor(firm, COLO, "v.hanxin1", "V001")
    _vendor(firm, COLO, "v.hanxin2", "V002")
    _vendor(firm, WEB, "v.hengan1", "V003")
    for nth in _ON_WINDOWS:
        _staff(firm, WIN, "windows", nth, groups=("Users",))
    _windows_system_accounts(firm)
    _customers(firm)
    _whole_reviews(firm)
    firm.policies = [Policy(host, 12, 3, 5, 90) for host in (*LINUX, WIN, OFFICE)]


def young(firm: Firm, subject: str) -> date:
    """A day of a password change within the last two months."""
    return firm.as_of - timedelta(days=3 + firm.rng(f"password {subject}").randrange(_LAST_PASSWORDS - 5))


def request_for(
    firm: Firm, account: Account, *, requester: str, approved: date, requested: date | None = None
) -> Request:
    """A request approved by both managers on one day, put on file; by default asked for three days earlier."""
    of_it = requester in (firm.employee(people.IT_MANAGER).person, firm.employee(people.IT_DEPUTY).person)
    manager = firm.employee(people.PRESIDENT if of_it else people.IT_DEPUTY)
    it_manager = firm.employee(
        people.IT_DEPUTY if requester == firm.employee(people.IT_MANAGER).person else people.IT_MANAGER
    )
    request = Request(
        request=f"AR-{approved.year - 1911}-{len(firm.requests) + 1:04}",
        system=account.place,
        account=account.name,
        requester=requester,
        purpose="業務使用" if account.kind == "directory" else "系統維運",
        rights="、".join(account.groups)
        or ("trading" if account.kind == "linux" and account.holder == "員工" else "一般使用者"),
        requested=requested or approved - 3 * DAY,
        manager=manager.person,
        manager_on=approved,
        it_manager=it_manager.person,
        it_on=approved,
    )
    firm.requests.append(request)
    return request


def add_account(firm: Firm, account: Account, *, requester: str, approved: date | None = None) -> None:
    """An account with its request, approved by default two days before it was made."""
    firm.accounts.append(account)
    if account.enabled and account.holder != "客戶":
        request_for(firm, account, requester=requester, approved=approved or account.created - 2 * DAY)


def staff_account(firm: Firm, place: str, kind: AccountList, nth: int, *, name: str | None = None) -> Account:
    """An account of an employee as it should be, not yet on file."""
    who = firm.employee(nth)
    created = max(who.hired, months_before(firm.as_of, 30)) + timedelta(days=nth % 7)
    return Account(
        place=place,
        name=name or who.account,
        kind=kind,
        created=created,
        changed=young(firm, f"{place} {name or who.account}"),
        person=who.person,
        holder="員工",
        uid=1001 + nth,
        full_name=who.name,
    )


def _staff(firm: Firm, place: str, kind: AccountList, nth: int, groups: tuple[str, ...] = ()) -> None:
    account = staff_account(firm, place, kind, nth)
    account.groups = groups
    add_account(firm, account, requester=firm.employee(nth).person)


def _vendor(firm: Firm, place: str, name: str, person: str) -> None:
    who = next(one for one in firm.vendors if one.person == person)
    account = Account(
        place=place,
        name=name,
        kind="linux",
        created=who.engaged_from + 5 * DAY,
        changed=young(firm, f"{place} {name}"),
        person=person,
        holder="委外人員",
        uid=1200 + int(person[1:]),
        full_name=who.name,
    )
    add_account(firm, account, requester=firm.employee(people.ENGINEER).person)


def _linux_system_accounts(firm: Firm, host: str) -> None:
    made = firm.system_of(host).in_service
    responsible = firm.employee(people.SECOND_ENGINEER).person
    for name, uid, holder in (("root", 0, None), ("daemon", 2, None), ("sshd", 74, None), ("opsmon", 990, "系統服務")):
        firm.accounts.append(
            Account(
                host,
                name,
                "linux",
                made,
                made,
                responsible if holder else None,
                _kind(holder),
                enabled=False,
                locked=True,
                uid=uid,
            )
        )


def _kind(holder: str | None) -> HolderKind | None:
    return "系統服務" if holder else None


def _windows_system_accounts(firm: Firm) -> None:
    for place, kind, names in (
        (WIN, "windows", ("Administrator", "Guest")),
        (OFFICE, "directory", ("Administrator", "Guest", "krbtgt")),
    ):
        made = firm.system_of(place).in_service
        groups = {"Administrator": ("Administrators",), "Guest": ("Guests",)}
        for name in names:
            firm.accounts.append(
                Account(
                    place, name, "windows" if kind == "windows" else "directory", made, made, enabled=False,
                    groups=groups.get(name, ()) if kind == "windows" else (), signs_in=False, full_name="",
                )
            )  # fmt: skip

    service = Account(
        WIN, "svc_mon", "windows", firm.system_of(WIN).in_service, young(firm, "svc_mon"),
        firm.employee(people.SECOND_ENGINEER).person, "系統服務", groups=("Users",), full_name="監控服務",
    )  # fmt: skip
    add_account(firm, service, requester=firm.employee(people.SECOND_ENGINEER).person)


def _customers(firm: Firm) -> None:
    """Customers of the web ordering system: passwords as old as they like, accounts nobody reviews."""
    rng = firm.rng("customers")
    for nth in range(8):
        created = months_before(firm.as_of, 20 + 3 * nth)
        firm.accounts.append(
            Account(
                place=WEB_ORDER,
                name=f"98{rng.randrange(10**5):05}{nth}",
                kind="customers",
                created=created,
                changed=created,
                holder="客戶",
                full_name=f"客戶{nth + 1}",
                signs_in=False,
            )
        )


def _whole_reviews(firm: Firm) -> None:
    """Each system's accounts reviewed as a whole, five months and eleven months ago."""
    for nth, system in enumerate(firm.systems, 1):
        for half, months in ((1, 11), (2, 5)):
            firm.reviews.append(
                Review(
                    f"RV-{half}-{nth:02}", system.name, None, months_before(firm.as_of, months) + DAY,
                    firm.employee(people.SECURITY).person, "保留", "逐一核對使用情形",
                )
            )  # fmt: skip
