"""Forty customers with accounts, homes, phones and devices; staff with theirs, their relatives, and the networks that many share."""

from datetime import date, timedelta
from random import Random
from typing import Final

from chahe.simulate.cast.customers import Authorization, Client, Contact, KnownNetwork, Relation, TradingAccount
from chahe.simulate.days import months_before
from chahe.simulate.life import people
from chahe.simulate.life.access import national_id
from chahe.simulate.life.company import Firm
from chahe.simulate.life.homes import Home, made_home

TRADERS: Final = 12
"""The first customers, whose orders are those of the order book."""
_SURNAMES: Final = "陳林黃張李王吳劉蔡楊許鄭謝郭洪曾邱廖賴周徐蘇葉莊呂江何蕭羅高"
_GIVEN: Final = (
    "淑惠", "明宏", "秀英", "志豪", "美惠", "俊宏", "麗卿", "文雄", "雅雯", "建志", "淑娟", "政憲", "玉珍", "宗賢",
    "素貞", "家銘", "婉婷", "金水", "月娥", "嘉玲",
)  # fmt: skip
_BRANCHES: Final = ("9A00", "9A01", "9A02")
_BROKERS: Final = (people.BROKER, people.SECOND_BROKER, people.THIRD_BROKER, people.FOURTH_BROKER)
_WITH_ACCOUNT: Final = (people.ENGINEER, people.BROKER, people.THIRD_BROKER, people.CLERK, people.ACCOUNTANT)
"""Staff who trade through an account of the firm."""


def add_clients(firm: Firm) -> None:
    """Everybody the firm knows by an account, and how to reach them."""
    for nth in range(40):
        _client(firm, nth)
    for nth, employee in enumerate(firm.employees):
        rng = firm.rng(f"home of {employee.person}")
        firm.clientele.staff_ids[employee.person] = national_id(rng)
        home = made_home(rng)
        firm.clientele.staff_homes[employee.person] = home
        reach(firm, "員工", employee.person, home, f"0932{rng.randrange(10**6):06}", employee.hired)
        if nth in _WITH_ACCOUNT:
            _insider(firm, nth, home, rng)
    _relatives(firm)
    firm.clientele.networks = [
        KnownNetwork("10.10.0.0/16", "辦公室", "總公司內部網路"),
        KnownNetwork("203.0.113.250", "辦公室", "總公司對外出口"),
        KnownNetwork("203.0.113.251", "分公司", "台中分公司營業廳無線網路"),
        KnownNetwork("198.51.100.0/26", "電信業者共用出口", "行動上網共用位址"),
    ]


def _client(firm: Firm, nth: int) -> None:
    rng = firm.rng(f"client {nth}")
    corporate = nth in (19, 20, 33)
    opened = months_before(firm.as_of, 14 + rng.randrange(90)) - timedelta(days=rng.randrange(28))
    name = rng.choice(_SURNAMES) + _GIVEN[nth % len(_GIVEN)]
    client = Client(
        customer=f"K{10042 + 17 * nth}",
        name=f"{name[1:]}投資股份有限公司" if corporate else name,
        national_id=f"{rng.randrange(10**7, 10**8)}" if corporate else national_id(rng),
        kind="法人" if corporate else "自然人",
        residency="本國",
        born=None if corporate else months_before(firm.as_of, 12 * (26 + rng.randrange(50)) + rng.randrange(12)),
        home=made_home(rng),
        mobile=f"09{rng.choice('1235678')}{rng.randrange(10)}{rng.randrange(10**6):06}",
        email=f"user{rng.randrange(10**5):05}@example.com",
        home_address=f"203.0.113.{20 + 5 * nth}",
        device=f"{rng.getrandbits(48):012x}",
        bank=f"812-{rng.randrange(10**12):012}",
    )
    firm.clientele.clients.append(client)
    firm.clientele.accounts.append(
        TradingAccount(
            account=f"0{120 + 7 * nth}{rng.randrange(1000):03}",
            customer=client.customer,
            account_class="一般",
            broker=_BRANCHES[nth % 3],
            representative=firm.employee(_BROKERS[nth % 4]).person,
            opened=opened,
        )
    )
    reach_client(firm, client, opened)


def reach_client(firm: Firm, client: Client, since: date) -> None:
    """Where a customer is reached, and the bank account for settlements."""
    reach(firm, "客戶", client.customer, client.home, client.mobile, since)
    firm.clientele.contacts += [
        Contact("客戶", client.customer, "電子郵件", client.email, since),
        Contact("客戶", client.customer, "交割銀行帳戶", client.bank, since),
    ]


def reach(firm: Firm, kind: str, party: str, home: Home, mobile: str, since: date) -> None:
    """Where letters and calls reach somebody, as it was put on file."""
    rng = firm.rng(f"letters to {party}")
    add = firm.clientele.contacts.append
    add(Contact(kind, party, "戶籍地址", home.written(rng), since))
    add(Contact(kind, party, "通訊地址", home.written(rng), since))
    add(Contact(kind, party, "手機", mobile if rng.random() < 0.5 else f"{mobile[:4]}-{mobile[4:]}", since))


def _insider(firm: Firm, nth: int, home: Home, rng: Random) -> None:
    """An account of the kind for insiders, opened after the employee was hired."""
    employee = firm.employee(nth)
    customer = f"K{20011 + 13 * nth}"
    firm.clientele.clients.append(
        Client(
            customer=customer,
            name=employee.name,
            national_id=firm.clientele.staff_ids[employee.person],
            kind="自然人",
            residency="本國",
            born=months_before(employee.hired, 12 * 27),
            home=home,
            mobile=f"0932{rng.randrange(10**6):06}",
            email=f"{employee.account}@haiyu.example",
            home_address=f"192.0.2.{100 + nth}",
            device=f"{rng.getrandbits(48):012x}",
            bank=f"812-{rng.randrange(10**12):012}",
        )
    )
    firm.clientele.accounts.append(
        TradingAccount(
            f"98{nth:02}{rng.randrange(1000):03}",
            customer,
            "內部人",
            _BRANCHES[0],
            firm.employee(people.FOURTH_BROKER if nth != people.FOURTH_BROKER else people.BROKER).person,
            employee.hired + timedelta(days=30),
        )
    )
    if firm.members is not None:
        reach_client(firm, firm.clientele.clients[-1], employee.hired + timedelta(days=30))


def _relatives(firm: Firm) -> None:
    """Declared spouses, a minor child with a legal representative, and parents; none of them a customer."""
    declared = (
        (people.BROKER, "配偶"),
        (people.SECOND_BROKER, "父母"),
        (people.CLERK, "配偶"),
        (people.ACCOUNTANT, "兄弟姊妹"),
    )
    for nth, relation in declared:
        employee = firm.employee(nth)
        rng = firm.rng(f"relative of {employee.person}")
        name = (employee.name[0] if relation != "配偶" else rng.choice(_SURNAMES)) + rng.choice(_GIVEN)
        firm.clientele.relations.append(
            Relation(employee.person, name, national_id(rng), relation, "員工申報", employee.hired)
        )
    parent = firm.clientele.clients[14]
    firm.clientele.authorizations.append(
        Authorization(
            firm.clientele.account_of(firm.clientele.clients[15].customer).account,
            parent.name,
            parent.national_id,
            "買賣",
            months_before(firm.as_of, 20),
        )
    )
