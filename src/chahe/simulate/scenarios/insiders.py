"""Scenarios of insiders' accounts left open, or opened for a child as anybody's; and what only looks so."""

from datetime import date
from typing import Final, NamedTuple

from chahe.simulate.cast.customers import Authorization, Client, Contact, Relation, TradingAccount
from chahe.simulate.days import DAY, months_before
from chahe.simulate.life import people
from chahe.simulate.life.access import national_id
from chahe.simulate.life.company import Firm
from chahe.simulate.scenarios.scenario import Dial, Scenario, none
from chahe.simulate.truth import Truth
from chahe.wording import Text


def near_misses(firm: Firm, truth: Truth) -> None:
    clerk = firm.employee(people.SECOND_CLERK)
    closed = _own_account(firm, people.SECOND_CLERK, "一般", months_before(clerk.hired, 26))
    closed.closed = clerk.hired
    truth.silent("insider-account-left-open", "到職當日即註銷原有帳戶", account=closed.account)
    grown = childs_account(
        firm, people.SECOND_CLERK, months_before(firm.as_of, 18 * 12), "一般", months_before(firm.as_of, 80)
    )
    truth.silent("insider-account-left-open", "子女今天滿十八歲", account=grown.account)


def _before_hiring(firm: Firm, truth: Truth, dial: Dial) -> None:
    late = firm.employee(people.LAST_BROKER)
    opened = months_before(late.hired, dial.among(31, 3, 60))
    left = _own_account(firm, people.LAST_BROKER, "一般", opened)
    truth.planted(
        "insider-account-left-open", "opened_before_hiring", "到職前開立的一般帳戶未註銷", account=left.account
    )


def _minors_account(firm: Firm, truth: Truth, dial: Dial) -> None:
    """The subtlest child is of age tomorrow."""
    soon = months_before(firm.as_of, 18 * 12) + DAY
    born = dial.day(months_before(firm.as_of, 100), months_before(firm.as_of, 30), soon)
    child = childs_account(firm, people.FOURTH_BROKER, born, "一般", months_before(firm.as_of, 20))
    truth.planted(
        "insider-account-left-open",
        "child_with_ordinary_account",
        "營業員未成年子女開立一般帳戶",
        account=child.account,
    )


class _Owner(NamedTuple):
    name: str
    national_id: str
    born: date


def _own_account(firm: Firm, nth: int, kind: str, opened: date) -> TradingAccount:
    """An account in an employee's name, apart from that for insiders."""
    employee = firm.employee(nth)
    owner = _Owner(employee.name, firm.clientele.staff_ids[employee.person], months_before(employee.hired, 340))
    return _opened(firm, owner, nth, kind, opened)


def childs_account(firm: Firm, nth: int, born: date, kind: str, opened: date) -> TradingAccount:
    """A declared child of an employee, with an account; the parent is the legal representative."""
    parent = firm.employee(nth)
    rng = firm.rng(f"child of {parent.person}")
    name, number = parent.name[0] + rng.choice(("宥廷", "語彤", "子睿", "品妍")), national_id(rng)
    firm.clientele.relations.append(Relation(parent.person, name, number, "未成年子女", "員工申報", born))
    account = _opened(firm, _Owner(name, number, born), nth, kind, opened)
    own = firm.clientele.staff_ids[parent.person]
    firm.clientele.authorizations.append(Authorization(account.account, parent.name, own, "法定代理", opened))
    return account


def _opened(firm: Firm, owner: _Owner, nth: int, kind: str, opened: date) -> TradingAccount:
    """An account of somebody who lives with an employee."""
    rng = firm.rng(f"account of {owner.name} {owner.national_id}")
    employee = firm.employee(nth)
    home = firm.clientele.staff_homes[employee.person]
    mobile = f"0931{rng.randrange(10**6):06}"
    client = Client(
        customer=f"K{30000 + rng.randrange(9000)}",
        name=owner.name,
        national_id=owner.national_id,
        kind="自然人",
        residency="本國",
        born=owner.born,
        home=home,
        mobile=mobile,
        email=f"user{rng.randrange(10**5):05}@example.com",
        home_address=f"192.0.2.{100 + nth}",
        device=f"{rng.getrandbits(48):012x}",
        bank=f"812-{rng.randrange(10**12):012}",
    )
    firm.clientele.clients.append(client)
    for detail, value in (("戶籍地址", home.written(rng)), ("手機", mobile), ("交割銀行帳戶", client.bank)):
        firm.clientele.contacts.append(Contact("客戶", client.customer, detail, value, opened))
    front = "98" if kind == "內部人" else "06"
    account = TradingAccount(
        f"{front}{nth + 30:02}{rng.randrange(1000):03}",
        client.customer,
        kind,
        "9A00",
        firm.employee(people.SECOND_BROKER if nth != people.SECOND_BROKER else people.BROKER).person,
        opened,
    )
    firm.clientele.accounts.append(account)
    return account


SCENARIOS: Final = (
    Scenario(
        "opened_before_hiring",
        "insider-account-left-open",
        _before_hiring,
        none("註銷或沒有；換的是開戶日", "closed or not; the day of opening varies"),
    ),
    Scenario(
        "child_with_ordinary_account",
        "insider-account-left-open",
        _minors_account,
        Text("兩歲半…明天成年", "aged two and a half … of age tomorrow"),
    ),
)
